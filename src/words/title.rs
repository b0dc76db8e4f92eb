//! What the terminal's window is called: the profile and the list, and never a customer.

use crate::language::tr;
use crate::text::{Place, SafeText, clean_str};

/// "work, assignment 9 - cubedex". In ASCII: how a window's title is encoded is not the locale's alone.
#[must_use]
pub fn title(account: &str, list: &str) -> SafeText<'static> {
    let named = tr!("{account}, {list} - cubedex", account, list).replace(" · ", ", ");
    let ascii: String = named.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
    clean_str(&ascii, Place::Message).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_the_account_and_the_list_and_cannot_end_itself() {
        assert_eq!(title("work", "assignment 9").as_str(), "work, assignment 9 - cubedex");
        assert_eq!(title("blå", "data owner 2 · B2B").as_str(), "bl?, data owner 2, B2B - cubedex");
        assert!(title("a\u{1b}\\b\u{7}", "x").as_str().chars().all(|c| !c.is_ascii_control()));
    }
}
