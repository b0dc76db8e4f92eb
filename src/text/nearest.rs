//! "Did you mean": the name that a person most likely meant by a word that names nothing.

use super::folding::{fold, fold_variant};

/// The candidate nearest to `word`: one that begins with it, else the one with the fewest letters wrong. `None` where
/// too many letters are wrong for it to be meant: more than one, and one more for every four letters of the word.
/// Case, accents and the two spellings of a letter do not matter.
#[must_use]
pub fn nearest<S: AsRef<str>>(word: &str, candidates: impl IntoIterator<Item = S>) -> Option<S> {
    let kept = |text: &str| fold_variant(text).unwrap_or_else(|| fold(text)).trim().to_owned();
    let word = kept(word);
    let letters = word.chars().count();
    let distance = |name: &str| match kept(name) {
        name if letters > 1 && name.starts_with(&word) => 0,
        name => strsim::osa_distance(&word, &name),
    };
    let measured = candidates.into_iter().map(|name| (distance(name.as_ref()), name));
    let (distance, name) =
        measured.min_by(|(a, one), (b, other)| (a, one.as_ref()).cmp(&(b, other.as_ref())))?;
    (letters > 0 && distance <= 1 + letters / 4).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const NAMES: [&str; 8] =
        ["Class", "City", "Phone 1", "E-mail", "Address street", "theme", "token_command", "Ås"];

    #[rstest]
    #[case::it_begins_so("cla", Some("Class"))]
    #[case::one_letter_wrong("Clas", Some("Class"))]
    #[case::two_changed_places("ctiy", Some("City"))]
    #[case::case_does_not_matter("PHONE 2", Some("Phone 1"))]
    #[case::a_long_word_may_have_more_wrong("adress stret", Some("Address street"))]
    #[case::a_setting("token_comand", Some("token_command"))]
    #[case::another_spelling_of_a_letter("aas", Some("Ås"))]
    #[case::nothing_is_near("industry", None)]
    #[case::a_short_word_is_near_to_nothing_far("x", None)]
    #[case::nothing("", None)]
    #[case::blanks("  ", None)]
    fn the_nearest_name_is_the_one_that_is_meant(#[case] word: &str, #[case] name: Option<&str>) {
        assert_eq!(nearest(word, NAMES), name);
    }

    #[test]
    fn of_no_names_none_is_near() {
        assert_eq!(nearest("city", std::iter::empty::<&str>()), None);
    }
}
