//! What the environment says of the person's language: whether the terminal shows UTF-8, which the screen draws by and the
//! doctor reports, and in whose order text is sorted.

/// Whether the characters of the locale are those of UTF-8; `variable` gives the value of an environment variable.
///
/// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is not empty decides. Without any of them it is UTF-8: a shell in
/// a container has no locale, and its terminal knows UTF-8 all the same.
#[must_use]
pub fn is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    first_set(["LC_ALL", "LC_CTYPE", "LANG"], variable)
        .is_none_or(|locale| locale.to_ascii_lowercase().replace('-', "").contains("utf8"))
}

/// The locale in whose order text is sorted: the first of `LC_ALL`, `LC_COLLATE` and `LANG` that is not empty. Empty
/// without any of them.
#[must_use]
pub fn order_of_text(variable: impl Fn(&str) -> Option<String>) -> String {
    first_set(["LC_ALL", "LC_COLLATE", "LANG"], variable).unwrap_or_default()
}

fn first_set(names: [&str; 3], variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    names.into_iter().filter_map(variable).find(|value| !value.is_empty())
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

    #[rstest]
    #[case::nothing_is_set(&[], "")]
    #[case::the_language(&[("LANG", "nb_NO.UTF-8")], "nb_NO.UTF-8")]
    #[case::another_order(&[("LC_COLLATE", "sv_SE"), ("LANG", "nb_NO.UTF-8")], "sv_SE")]
    #[case::all_counts_first(&[("LC_ALL", "en_GB"), ("LC_COLLATE", "sv_SE")], "en_GB")]
    #[case::empty_counts_as_unset(&[("LC_ALL", ""), ("LANG", "da_DK")], "da_DK")]
    fn text_is_in_the_order_of_the_first_variable_that_is_set(
        #[case] set: &[(&str, &str)],
        #[case] locale: &str,
    ) {
        let variable =
            |name: &str| set.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(order_of_text(variable), locale);
    }
}
