//! What the browser is told of the account that is open.

use super::views;
use super::{drafts, programs, recents};
use crate::app::{self, ListId, Start};
use crate::config::Profile;
use crate::cube::{Credential, List, Moment};
use crate::language::tr;
use crate::session::{Session, place_in, place_of};
use crate::text::{self, SafeText};
use crate::words::{self, NoWriting};

/// What the browser starts with; size, colours and customer are set by whoever opens it.
pub(super) fn of(open: &Session) -> Start {
    let Session { settings, account, .. } = open;
    let place = account.lists.iter().position(|list| *list == account.list);
    let number = place.and_then(|place| place.try_into().ok());
    let host = if open.is_demo() { tr!("the demo town") } else { account.origin.host().to_owned() };
    let session = app::Session {
        account: app::Account {
            name: account.name(),
            host,
            list: account.list.said(),
            lists: account.lists.clone(),
            open: ListId(number.unwrap_or_default()),
            schema: account.list.schema(),
            credential: account.source.as_ref().map(ToString::to_string),
            credential_kind: match &account.credential {
                Credential::Token(_) => "token",
                Credential::Basic { .. } => "password",
            },
            is_demo: open.is_demo(),
            no_writing: no_writing(open),
            keeps_drafts: settings.keep_drafts,
            calls: open.calls_of(),
            country: settings.country,
            programs: programs::of(settings),
            templates: settings.templates.clone(),
            commands: programs::commands(settings),
            keeps_recents: settings.recents,
            profile: settings.profile.clone(),
            accent: settings.accent.filter(|_| !settings.no_color),
        },
        no_color: settings.no_color,
        language: settings.language,
        is_theme_locked: settings.locked_by("theme").is_some(),
        profiles: settings.profiles.iter().flat_map(lines).collect(),
        ..app::Session::default()
    };
    let kept = if settings.keep_drafts { drafts::read(&open.folders, Moment::now()) } else { Vec::new() };
    let drafts = app::Drafts::new(kept);
    let recents = if settings.recents { recents::read(&open.folders) } else { Vec::new() };
    let views = views::read(open);
    Start { session, labels: open.labels().into(), drafts, recents, views, ..Start::default() }
}

/// What the terminal's window is called. `None` where its own title is to stay.
pub(super) fn title(open: &Session) -> Option<SafeText<'static>> {
    if open.settings.leaves_title {
        return None;
    }
    let name = open.settings.profile.clone().unwrap_or_else(|| open.account.name());
    Some(words::title(&name, &open.account.list.said()))
}

/// Why no customer can be changed. `None` where writing is turned on.
fn no_writing(open: &Session) -> Option<NoWriting> {
    if open.cube.writes() {
        return None;
    }
    Some(match open.settings.locked_by("writes") {
        Some(file) => NoWriting::Locked(text::path(file)),
        None => NoWriting::TurnedOff(open.settings.profile.clone()),
    })
}

/// A profile for the list of profiles: a line for each of its lists.
fn lines(profile: &Profile) -> Vec<app::Profile> {
    let line = |list: Option<List>| {
        let place = list.map_or_else(|| place_of(profile), |list| place_in(profile, list));
        app::Profile { name: profile.name.clone(), place, list }
    };
    match profile.lists.as_slice() {
        [] | [_] => vec![line(None)],
        several => several.iter().map(|list| line(Some(*list))).collect(),
    }
}
