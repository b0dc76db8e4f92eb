//! Whether the terminal shows UTF-8, by what the environment says of it. The screen draws by it, and the doctor reports
//! it.

/// Whether the characters of the locale are those of UTF-8; `variable` gives the value of an environment variable.
///
/// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is not empty decides. Without any of them it is UTF-8: a shell in
/// a container has no locale, and its terminal knows UTF-8 all the same.
#[must_use]
pub fn is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let mut set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable);
    set.find(|value| !value.is_empty())
        .is_none_or(|locale| locale.to_ascii_lowercase().replace('-', "").contains("utf8"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::nothing_is_set(&[], true)]
    #[case::all_are_empty(&[("LC_ALL", ""), ("LC_CTYPE", ""), ("LANG", "")], true)]
    #[case::norwegian(&[("LANG", "nb_NO.UTF-8")], true)]
    #[case::another_spelling(&[("LC_CTYPE", "en_US.utf8")], true)]
    #[case::macos_names_no_country(&[("LC_CTYPE", "UTF-8")], true)]
    #[case::with_a_modifier(&[("LANG", "ca_ES.utf8@valencia")], true)]
    #[case::plain(&[("LANG", "C")], false)]
    #[case::posix(&[("LC_ALL", "POSIX")], false)]
    #[case::latin_1(&[("LANG", "nb_NO")], false)]
    #[case::latin_9(&[("LANG", "nb_NO.ISO-8859-15")], false)]
    #[case::all_counts_first(&[("LC_ALL", "C"), ("LANG", "nb_NO.UTF-8")], false)]
    #[case::characters_count_before_the_language(&[("LC_CTYPE", "C.UTF-8"), ("LANG", "C")], true)]
    #[case::empty_counts_as_unset(&[("LC_ALL", ""), ("LANG", "nb_NO.UTF-8")], true)]
    fn the_first_variable_that_is_set_decides(#[case] set: &[(&str, &str)], #[case] utf8: bool) {
        let variable =
            |name: &str| set.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(is_utf8(variable), utf8);
    }
}
