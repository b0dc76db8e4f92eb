//! How it stands with the terminal: size, colours, characters, clipboard.

use super::{Line, Surroundings};
use crate::text;
use rustix::termios;
use std::io;

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

fn clipboard(around: &Surroundings) -> Line {
    let set = |name: &str| (around.variable)(name).is_some_and(|value| !value.is_empty());
    let words = match (set("TMUX"), set("STY")) {
        (true, _) => "by OSC 52 through tmux, which needs: set -g set-clipboard on",
        (_, true) => "screen does not pass OSC 52 on; copy by mouse",
        _ => "by OSC 52; the terminal does not say whether it takes it",
    };
    Line::ok("clipboard", words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::Verdict;
    use crate::config::Folders;
    use rstest::rstest;

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
