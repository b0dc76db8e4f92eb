//! What calls and writes: the profile's own program, and the system's opener of addresses where there is one.

use crate::app::{Opener, OwnCommand, Programs};
use crate::config::{self, Settings};
use crate::words::NoProgram;

/// The programs of a profile.
pub(super) fn of(settings: &Settings) -> Programs {
    Programs {
        call: settings.call.clone(),
        mail: settings.mail.clone(),
        opener: opener(|name| std::env::var(name).ok()),
    }
}

/// The person's own commands.
pub(super) fn commands(settings: &Settings) -> Vec<OwnCommand> {
    let command = |command: &config::OwnCommand| OwnCommand {
        words: command.words.clone(),
        program: command.program.clone(),
    };
    settings.commands.iter().map(command).collect()
}

/// The system's opener. Over ssh it would open on a screen that the person does not see.
fn opener(variable: impl Fn(&str) -> Option<String>) -> Opener {
    let is_set = |name: &&str| variable(name).is_some_and(|value| !value.is_empty());
    if ["SSH_CONNECTION", "SSH_TTY"].iter().any(&is_set) {
        Opener::None(NoProgram::OverSsh)
    } else if cfg!(target_os = "macos") {
        Opener::Program("open")
    } else if ["WAYLAND_DISPLAY", "DISPLAY"].iter().any(is_set) {
        Opener::Program("xdg-open")
    } else {
        Opener::None(NoProgram::NoDesktop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_ssh_nothing_is_opened() {
        let with = |set: &'static [&str]| opener(|name| set.contains(&name).then(|| "x".to_owned()));
        assert_eq!(with(&["DISPLAY", "SSH_CONNECTION"]), Opener::None(NoProgram::OverSsh));
        assert_eq!(with(&["SSH_TTY"]), Opener::None(NoProgram::OverSsh));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn without_a_desktop_there_is_no_opener() {
        assert_eq!(opener(|_| None), Opener::None(NoProgram::NoDesktop));
        let wayland = |name: &str| (name == "WAYLAND_DISPLAY").then(|| "wayland-0".to_owned());
        assert_eq!(opener(wayland), Opener::Program("xdg-open"));
    }
}
