//! What may be between a program and the terminal that it draws on.

/// A program that has a terminal of its own for others, and draws it on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiplexer {
    /// There is none.
    None,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

impl Multiplexer {
    /// The nearest one, as the environment says; `variable` gives the value of one of its variables.
    #[must_use]
    pub fn here(variable: impl Fn(&str) -> Option<String>) -> Self {
        let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
        if is_set("TMUX") {
            Self::Tmux
        } else if is_set("STY") {
            Self::Screen
        } else {
            Self::None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::neither(&[], Multiplexer::None)]
    #[case::tmux(&["TMUX"], Multiplexer::Tmux)]
    #[case::screen(&["STY"], Multiplexer::Screen)]
    #[case::tmux_in_screen(&["STY", "TMUX"], Multiplexer::Tmux)]
    fn the_environment_says_what_it_is(#[case] set: &[&str], #[case] expected: Multiplexer) {
        let variable = |name: &str| set.contains(&name).then(|| "1".to_owned());
        assert_eq!(Multiplexer::here(variable), expected);
    }
}
