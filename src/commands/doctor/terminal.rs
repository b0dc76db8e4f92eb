//! How it stands with the terminal: size, colours, characters, clipboard.

use super::{Line, Surroundings};
use crate::system::Multiplexer;
use crate::system::child::{self, Limits};
use crate::text;
use rustix::termios;
use std::io;
use std::process::Command;
use std::time::Duration;

/// Columns and lines below which the browser shows too little to be of use.
const LEAST: (u16, u16) = (40, 10);

pub(super) fn lines(around: &Surroundings) -> Vec<Line> {
    let size = [
        termios::tcgetwinsize(io::stdin()),
        termios::tcgetwinsize(io::stdout()),
        termios::tcgetwinsize(io::stderr()),
    ];
    let size = size.into_iter().flatten().map(|size| (size.ws_col, size.ws_row)).find(|size| size.0 > 0);
    vec![
        of_size(size, (around.variable)("TERM").as_deref()),
        colours(around),
        characters(around),
        clipboard(around),
    ]
}

fn of_size(size: Option<(u16, u16)>, term: Option<&str>) -> Line {
    match (size, term.filter(|term| !term.is_empty())) {
        (None, _) => Line::ok("terminal", "none here; the browser needs one"),
        (Some(_), None | Some("dumb")) => Line::to_do(
            "terminal",
            "TERM does not name one; start cubedex in another terminal, or export TERM=xterm-256color",
        ),
        (Some((columns, rows)), _) if columns < LEAST.0 || rows < LEAST.1 => {
            Line::to_do("terminal", format!("{columns} × {rows} is too small; make the window larger"))
        }
        (Some((columns, rows)), Some(term)) => {
            let term: String = term.chars().filter(char::is_ascii_graphic).take(40).collect();
            Line::ok("terminal", format!("{columns} × {rows}, {term}"))
        }
    }
}

fn colours(around: &Surroundings) -> Line {
    let set = |name: &str| (around.variable)(name).filter(|value| !value.is_empty());
    let term = set("TERM").unwrap_or_default();
    let words = if set("NO_COLOR").is_some() {
        "none, as NO_COLOR asks"
    } else if set("COLORTERM").is_some_and(|value| matches!(value.as_str(), "truecolor" | "24bit")) {
        "16 million"
    } else if term.contains("256color") {
        "256"
    } else {
        "16"
    };
    Line::ok("colours", words)
}

fn characters(around: &Surroundings) -> Line {
    if text::is_utf8(around.variable) {
        Line::ok("characters", "UTF-8")
    } else {
        Line::to_do(
            "characters",
            "the locale is not UTF-8, so that æ, ø and å may look wrong; export LC_ALL=C.UTF-8",
        )
    }
}

/// Whether what is copied can arrive. The terminal itself does not say whether it takes it.
fn clipboard(around: &Surroundings) -> Line {
    let variable = |name: &str| (around.variable)(name);
    match Multiplexer::here(variable) {
        Multiplexer::Tmux => {
            let option = |scope: &str, name: &str| tmux_says(&["show-options", scope, name]);
            through_tmux(
                option("-sv", "set-clipboard").as_deref(),
                option("-gwv", "allow-passthrough").as_deref(),
            )
        }
        Multiplexer::Screen => Line::ok("clipboard", "by OSC 52 through screen, which passes it on in parts"),
        Multiplexer::None => match variable("TERM").as_deref() {
            Some("linux") => Line::to_do("clipboard", "the Linux console has none; use another terminal"),
            _ if variable("TERM_PROGRAM").as_deref() == Some("Apple_Terminal") => Line::to_do(
                "clipboard",
                "Terminal.app takes no OSC 52; use another terminal, or select with the mouse",
            ),
            _ => Line::ok("clipboard", "by OSC 52; the terminal does not say whether it takes it"),
        },
    }
}

/// What tmux lets through, by its two settings. `None` where it did not say.
fn through_tmux(set_clipboard: Option<&str>, passthrough: Option<&str>) -> Line {
    let is_on = |value: Option<&str>| value.is_some_and(|value| matches!(value, "on" | "all"));
    let fix = "tmux set -s set-clipboard on";
    if is_on(set_clipboard) {
        Line::ok("clipboard", "by OSC 52 through tmux, whose set-clipboard is on")
    } else if is_on(passthrough) {
        Line::ok("clipboard", "by OSC 52 past tmux, whose allow-passthrough is on")
    } else if set_clipboard.is_none() {
        Line::ok(
            "clipboard",
            format!("by OSC 52 through tmux, which did not say whether it passes it on; {fix}"),
        )
    } else {
        Line::to_do("clipboard", format!("tmux does not pass OSC 52 on: {fix}"))
    }
}

/// What tmux prints, without blanks around it. `None` where it fails or takes too long.
fn tmux_says(arguments: &[&str]) -> Option<String> {
    let limit = Duration::from_secs(2);
    let limits = Limits { quiet: limit, asking: limit, printed: 4096, said: 4096 };
    let mut command = Command::new("tmux");
    command.args(arguments);
    let ended = child::run("tmux", command, &limits).ok().filter(|ended| ended.status.success())?;
    Some(String::from_utf8_lossy(&ended.printed).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::Verdict;
    use crate::config::Folders;
    use rstest::rstest;

    #[rstest]
    #[case::on(Some("on"), Some("off"), Verdict::Ok, "set-clipboard is on")]
    #[case::past_it(Some("external"), Some("on"), Verdict::Ok, "allow-passthrough is on")]
    #[case::as_delivered(Some("external"), Some("off"), Verdict::Do, "tmux set -s set-clipboard on")]
    #[case::old(Some("off"), None, Verdict::Do, "tmux set -s set-clipboard on")]
    #[case::silent(None, None, Verdict::Ok, "did not say")]
    fn what_tmux_passes_on_follows_from_its_settings(
        #[case] set_clipboard: Option<&str>,
        #[case] passthrough: Option<&str>,
        #[case] verdict: Verdict,
        #[case] said: &str,
    ) {
        let line = through_tmux(set_clipboard, passthrough);
        assert_eq!(line.verdict, verdict);
        assert!(line.words.contains(said), "{}", line.words);
    }

    /// The screen decides by the same function, whose table of locales is in `text`.
    #[rstest]
    #[case::no_locale(|_: &str| None, Verdict::Ok)]
    #[case::utf8(|name: &str| (name == "LANG").then(|| "nb_NO.UTF-8".to_owned()), Verdict::Ok)]
    #[case::plain(|name: &str| (name == "LC_ALL").then(|| "C".to_owned()), Verdict::Do)]
    fn what_is_said_of_the_characters_is_what_the_screen_draws(
        #[case] variable: fn(&str) -> Option<String>,
        #[case] verdict: Verdict,
    ) {
        let around = Surroundings { folders: Folders::default(), home: None, variable };
        assert_eq!(characters(&around).verdict, verdict);
        assert_eq!(text::is_utf8(variable), verdict == Verdict::Ok);
    }
}
