//! The other accounts that are set up, as a list over everything. What opening one takes is not known here.

use crate::app::{App, Effect, PopupKind, PopupLine};

/// A profile, in the words of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileName {
    /// What it is called.
    pub name: String,
    /// Which customers: "acme · assignment 9".
    pub place: String,
}

impl App {
    /// Another account stays closed, and this one open.
    pub(super) fn profile_failed(&mut self, why: String) {
        self.asking = None;
        self.say(why);
    }

    pub(super) fn profile_lines(&self) -> Vec<PopupLine> {
        let line = |profile: &ProfileName| PopupLine::Profile {
            name: profile.name.clone(),
            place: profile.place.clone(),
            is_open: self.place.profile.as_ref() == Some(&profile.name),
        };
        self.profiles.iter().map(line).collect()
    }

    /// Opens the list, on the profile after the one that is open.
    pub(super) fn open_profiles(&mut self) {
        if self.profiles.is_empty() {
            self.say("no profile is set up · cubedex login makes one");
            return;
        }
        let open = self.profiles.iter().position(|one| self.place.profile.as_ref() == Some(&one.name));
        self.open_popup(PopupKind::Profiles);
        if let (Some(popup), Some(open)) = (&mut self.popup, open) {
            popup.row = (open + 1) % self.profiles.len();
        }
    }

    /// Asks for the profile that was chosen, unless it is open.
    pub(super) fn choose_profile(&mut self, line: Option<&PopupLine>) {
        match line {
            Some(PopupLine::Profile { name, is_open: false, .. }) => {
                self.effects.push(Effect::OpenProfile { name: name.clone(), typed: None });
            }
            Some(PopupLine::Profile { name, .. }) => self.say(format!("{name} is open")),
            _ => {}
        }
    }
}
