//! Forms of companies, which stand in names beside what tells one company from another.

/// The forms, folded: Norwegian ones, the neighbours', and those that traders bring.
const FORMS: [&str; 44] = [
    "ab", "ag", "ans", "aps", "as", "asa", "ba", "bv", "co", "corp", "da", "enk", "gmbh", "hb", "hf", "iks",
    "inc", "is", "kb", "kf", "kg", "ks", "llc", "lp", "ltd", "nuf", "nv", "ohf", "oy", "oyj", "plc", "ps",
    "sa", "sam", "sarl", "se", "sf", "sia", "sl", "spa", "srl", "ta", "uab", "ug",
];

/// Whether a folded word is the form of a company, as `as`.
pub(crate) fn is_company_form(folded: &str) -> bool {
    FORMS.binary_search(&folded).is_ok()
}

/// The form that a word with dots between its letters is, as `A.S.`. `None` for any other word.
pub(crate) fn dotted_form(word: &str) -> Option<String> {
    let parts = || word.trim_matches('.').split('.');
    let is_dotted = parts().count() > 1 && parts().all(|part| part.chars().count() == 1);
    let form = is_dotted.then(|| super::fold(&parts().collect::<String>()))?;
    is_company_form(&form).then_some(form)
}

/// A word that folds to the form of a company and is not one, as `Ås` and `Aas`: with two letters for each that was
/// folded to one. `None` for any other word.
pub(crate) fn not_a_form(word: &str) -> Option<String> {
    let mut folded = super::fold(word);
    super::join_initials(&mut folded);
    if !is_company_form(&folded) {
        return None;
    }
    let mut written = String::new();
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'å' => written.push_str("aa"),
            'æ' | 'ä' => written.push_str("ae"),
            'ø' | 'ö' => written.push_str("oe"),
            c => written.push(c),
        }
    }
    let has_pair = ["aa", "ae", "oe"].iter().any(|pair| written.contains(pair));
    has_pair.then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn the_forms_are_in_order() {
        assert!(FORMS.is_sorted());
    }

    #[rstest]
    #[case::a_form("A.S.", Some("as"))]
    #[case::without_the_last_dot("a.s", Some("as"))]
    #[case::without_dots("AS", None)]
    #[case::initials("P.O.", None)]
    #[case::a_word("as.", None)]
    fn a_form_may_have_dots(#[case] word: &str, #[case] form: Option<&str>) {
        assert_eq!(dotted_form(word).as_deref(), form);
    }

    #[rstest]
    #[case::the_form("AS", None)]
    #[case::with_a_slash("A/S", None)]
    #[case::a_family("Aas", Some("aas"))]
    #[case::with_a_ring("Ås", Some("aas"))]
    #[case::a_first_name("Åsa", Some("aasa"))]
    #[case::an_island("Øy", Some("oey"))]
    #[case::another_word("Åsen", None)]
    fn a_family_is_told_from_a_form(#[case] word: &str, #[case] written: Option<&str>) {
        assert_eq!(not_a_form(word).as_deref(), written);
    }
}
