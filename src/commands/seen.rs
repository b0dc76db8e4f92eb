//! Which customers were read already, by their ids: a list that moves while it is read brings some of them twice.

use std::collections::HashSet;

/// The ids that were seen. Most are plain numbers and take eight bytes each.
#[derive(Debug, Default)]
pub(super) struct Seen {
    numbers: HashSet<u64>,
    others: HashSet<String>,
}

impl Seen {
    /// Notes an id, and returns whether it is new. The empty one, which all anonymised customers have, always is.
    pub(super) fn insert(&mut self, id: &str) -> bool {
        if id.is_empty() {
            return true;
        }
        // "007" and "7" are two ids.
        let is_plain = !id.starts_with('0') && id.bytes().all(|byte| byte.is_ascii_digit());
        match id.parse() {
            Ok(number) if is_plain => self.numbers.insert(number),
            _ => self.others.insert(id.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_new_once_and_spellings_differ() {
        let mut seen = Seen::default();
        for id in ["7", "007", " 7 ", "+7", "99999999999999999999", "a"] {
            assert!(seen.insert(id), "{id}");
            assert!(!seen.insert(id), "{id}");
        }
    }

    #[test]
    fn anonymised_customers_are_never_the_same() {
        let mut seen = Seen::default();
        assert!(seen.insert("") && seen.insert(""));
    }
}
