//! What an e-mail address looks like. Whether it is one, only its host knows.

/// Whether a text looks like one e-mail address: a name and a host with a dot, without blanks.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        let has_blank = text.contains(char::is_whitespace);
        !name.is_empty() && host.contains('.') && !host.contains('@') && !has_blank
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::address("kari@acme.no", true)]
    #[case::plus("kari+cube@mail.acme.no", true)]
    #[case::no_host("kari@acme", false)]
    #[case::no_name("@acme.no", false)]
    #[case::two("a@x.no b@x.no", false)]
    #[case::two_signs("a@b@x.no", false)]
    #[case::nothing("", false)]
    fn an_address_has_a_name_and_a_host(#[case] text: &str, #[case] is: bool) {
        assert_eq!(is_address(text), is);
    }
}
