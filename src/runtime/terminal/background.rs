//! The question for the terminal's background (OSC 11), and which terminals can answer it.

/// The question.
pub(super) const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// What `TERM` begins with where a string of control (OSC) would be shown or go astray.
pub(super) const KNOW_NO_STRINGS: [&str; 7] = ["linux", "dumb", "ansi", "vt", "con", "sun", "wy"];

/// What `TERM` ends with where the exact colours of a theme cannot be shown, so that there is no choice to make.
const FEW_COLORS: [&str; 4] = ["-m", "-mono", "-color", "-16color"];

/// Whether it makes sense to ask, by the environment.
pub(super) fn can_be_asked(variable: impl Fn(&str) -> Option<String>) -> bool {
    let term = variable("TERM").unwrap_or_default();
    let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
    // GNU screen does not answer for the terminal around it; tmux, which calls itself by that name too, does.
    let is_in_screen = is_set("STY") || (term.starts_with("screen") && !is_set("TMUX"));
    let is_old_apple =
        variable("TERM_PROGRAM").is_some_and(|name| name == "Apple_Terminal") && !is_set("COLORTERM");
    let has_few_colors = is_old_apple || FEW_COLORS.iter().any(|kind| term.ends_with(kind));
    !is_in_screen && !has_few_colors && !KNOW_NO_STRINGS.iter().any(|kind| term.starts_with(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::xterm(&[("TERM", "xterm-256color")], true)]
    #[case::kitty(&[("TERM", "xterm-kitty")], true)]
    #[case::foot(&[("TERM", "foot")], true)]
    #[case::tmux(&[("TERM", "tmux-256color"), ("TMUX", "/tmp/tmux-0/default,1,0")], true)]
    #[case::tmux_as_screen(&[("TERM", "screen-256color"), ("TMUX", "/tmp/tmux-0/default,1,0")], true)]
    #[case::screen(&[("TERM", "screen"), ("STY", "1.pts-0.host")], false)]
    #[case::screen_as_xterm(&[("TERM", "xterm"), ("STY", "1.pts-0.host")], false)]
    #[case::screen_far_away(&[("TERM", "screen.xterm-256color")], false)]
    #[case::console(&[("TERM", "linux")], false)]
    #[case::paper(&[("TERM", "dumb")], false)]
    #[case::old(&[("TERM", "vt220")], false)]
    #[case::few_colors(&[("TERM", "xterm-16color")], false)]
    #[case::apple(&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], false)]
    #[case::new_apple(
        &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal"), ("COLORTERM", "truecolor")], true
    )]
    fn only_a_terminal_that_can_answer_is_asked(#[case] variables: &[(&str, &str)], #[case] is_asked: bool) {
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(can_be_asked(variable), is_asked);
    }
}
