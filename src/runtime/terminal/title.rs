//! The title of the terminal's window: kept while it is ours, and given back as it was by terminals that can (`CSI t`).
//! Which terminals know titles at all is told by their name.

use super::background::KNOW_NO_STRINGS;

/// Keeps the window's own title.
const KEEP: &[u8] = b"\x1b[22;2t";

/// The opposite of [`KEEP`].
const GIVE_BACK: &[u8] = b"\x1b[23;2t";

/// What is to be written for the window to be called otherwise. Empty where nothing changes.
pub(super) fn change(from: Option<&str>, to: Option<&str>) -> Vec<u8> {
    let set = |title: &str| format!("\x1b]2;{title}\x1b\\").into_bytes();
    match (from, to) {
        (None, Some(title)) => [KEEP, &set(title)].concat(),
        (Some(old), Some(title)) if old != title => set(title),
        (Some(_), None) => GIVE_BACK.to_vec(),
        (None, None) | (Some(_), Some(_)) => Vec::new(),
    }
}

/// Whether a terminal of this name (`TERM`) has a title, or would show it among the text.
pub(super) fn can_be_set(term: &str) -> bool {
    !KNOW_NO_STRINGS.iter().any(|kind| term.starts_with(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::set(None, Some("work"), "\x1b[22;2t\x1b]2;work\x1b\\")]
    #[case::another(Some("work"), Some("beta"), "\x1b]2;beta\x1b\\")]
    #[case::the_same(Some("work"), Some("work"), "")]
    #[case::given_back(Some("work"), None, "\x1b[23;2t")]
    #[case::never_set(None, None, "")]
    fn a_title_is_kept_before_it_is_set_and_given_back_once(
        #[case] from: Option<&str>,
        #[case] to: Option<&str>,
        #[case] written: &str,
    ) {
        assert_eq!(String::from_utf8(change(from, to)).unwrap(), written);
    }

    #[rstest]
    #[case::xterm("xterm-256color", true)]
    #[case::tmux("tmux-256color", true)]
    #[case::console("linux", false)]
    #[case::old("vt220", false)]
    fn a_terminal_without_a_title_gets_none(#[case] term: &str, #[case] can: bool) {
        assert_eq!(can_be_set(term), can);
    }
}
