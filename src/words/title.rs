//! What the terminal's window is called: the profile and the list, and never a customer.

use crate::text::{Place, SafeText, clean_str};

/// "work, assignment 9 - cubedex". In ASCII: how a window's title is encoded is not the locale's alone.
#[must_use]
pub fn title(account: &str, list: &str) -> SafeText<'static> {
    clean_str(&format!("{account}, {list} - cubedex"), Place::Message).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_the_account_and_the_list_and_cannot_end_itself() {
        assert_eq!(title("work", "assignment 9").as_str(), "work, assignment 9 - cubedex");
        assert!(!title("a\u{1b}\\b\u{7}", "x").as_str().contains(['\u{1b}', '\u{7}']));
    }
}
