//! A credential as people have it: out of a file, a command, a variable, or pasted from a mail. What comes around it by
//! the way is dropped, whatever the source; what is wrong inside is refused and not guessed.
//!
//! ```text
//! byte order mark, blanks, line ends ─▶ one pair of quotes ─▶ Token … │ Basic … │ the bare token or password
//! ```

use super::auth::{BadCredential, Credential};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

/// Quotes of programs; typographic ones come from word processors.
const QUOTES: [(char, char); 4] = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')];

impl Credential {
    /// Makes a credential of a text: a token, or the password of `user`. A whole header value is taken for what it
    /// is, `Token …` or `Basic …`.
    ///
    /// # Errors
    /// [`BadCredential`] when it is none.
    pub fn pasted(text: &SecretString, user: Option<&str>) -> Result<Self, BadCredential> {
        let bare = unwrapped(text.expose_secret());
        if let Some(token) = after("token", bare) {
            return Self::token(token.into());
        }
        if let Some((user, password)) = after("basic", bare).and_then(decoded) {
            return Self::basic(&user, password);
        }
        match user {
            Some(user) => Self::basic(unwrapped(user), bare.into()),
            None => Self::token(bare.trim().into()),
        }
    }
}

/// The text without what comes around it. Blanks inside of quotes stay, since a password may have them.
fn unwrapped(text: &str) -> &str {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let inside = |(open, close): &(char, char)| bare.strip_prefix(*open)?.strip_suffix(*close);
    QUOTES.iter().find_map(inside).unwrap_or(bare)
}

/// What follows the name of a scheme, if that is one word.
fn after<'a>(scheme: &str, text: &'a str) -> Option<&'a str> {
    let (first, rest) = text.trim().split_once(char::is_whitespace)?;
    let rest = rest.trim();
    (first.eq_ignore_ascii_case(scheme) && !rest.contains(char::is_whitespace)).then_some(rest)
}

/// The user and the password that Basic authentication holds. `None` where it is not that.
fn decoded(value: &str) -> Option<(String, SecretString)> {
    let bytes = Zeroizing::new(STANDARD.decode(value).ok()?);
    let (user, password) = std::str::from_utf8(&bytes).ok()?.split_once(':')?;
    Some((user.to_owned(), password.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// The user and the secret of a credential.
    fn parts(credential: &Credential) -> (Option<&str>, &str) {
        let (user, secret) = credential.parts();
        (user, secret.expose_secret())
    }

    #[rstest]
    #[case::plain("CANARY")]
    #[case::line_end("CANARY\n")]
    #[case::windows("CANARY\r\n")]
    #[case::two_line_ends("CANARY\n\n")]
    #[case::mark("\u{feff}CANARY")]
    #[case::mark_and_line_end("\u{feff}CANARY\r\n")]
    #[case::blanks("  CANARY\t ")]
    #[case::no_break_space("\u{a0}CANARY\u{a0}")]
    #[case::quotes("\"CANARY\"")]
    #[case::single_quotes("'CANARY'\n")]
    #[case::typographic_quotes("“CANARY”")]
    #[case::blanks_in_quotes(" \" CANARY \" ")]
    #[case::header("Token CANARY")]
    #[case::header_in_small_letters("token  CANARY\n")]
    #[case::header_in_quotes("\"Token CANARY\"")]
    fn what_comes_around_a_token_is_dropped(#[case] text: &str) {
        for user in
            [None, Some("kari")].into_iter().take(if text.to_lowercase().contains("token") { 2 } else { 1 })
        {
            let credential = Credential::pasted(&text.into(), user).unwrap();
            assert_eq!(parts(&credential), (None, "CANARY"));
        }
    }

    #[rstest]
    #[case::line_end("blå bær\n", "blå bær")]
    #[case::quotes("\" blå bær \"", " blå bær ")]
    #[case::two_pairs("''x''", "'x'")]
    #[case::half_a_pair("\"x", "\"x")]
    #[case::no_scheme("basic training", "basic training")]
    #[case::more_than_a_token("Token of love", "Token of love")]
    fn a_password_keeps_what_is_inside(#[case] text: &str, #[case] password: &str) {
        let credential = Credential::pasted(&text.into(), Some("kari@acme.no")).unwrap();
        assert_eq!(parts(&credential), (Some("kari@acme.no"), password));
    }

    #[rstest]
    #[case::without_a_user(None)]
    #[case::in_place_of_a_password(Some("per@acme.no"))]
    fn basic_is_a_user_and_a_password(#[case] user: Option<&str>) {
        // kari@acme.no:CAN:ARY
        let credential = Credential::pasted(&"Basic a2FyaUBhY21lLm5vOkNBTjpBUlk=\n".into(), user).unwrap();
        assert_eq!(parts(&credential), (Some("kari@acme.no"), "CAN:ARY"));
    }

    #[rstest]
    #[case::nothing("", "the token is empty")]
    #[case::blanks(" \n", "the token is empty")]
    #[case::quotes("\"\"", "the token is empty")]
    #[case::blank("CANARY x", "the token (8 bytes) holds a blank")]
    #[case::lines("CANARY\nx\n", "the token (8 bytes) holds a line end")]
    #[case::escape("CAN\u{1b}ARY", "the token (7 bytes) holds a control character")]
    #[case::nul("CANARY\0", "the token (7 bytes) holds a control character")]
    #[case::letter("CANÅRY", "the token (7 bytes) holds a character beyond ASCII")]
    #[case::unseen("CAN\u{200b}ARY", "the token (9 bytes) holds a character beyond ASCII")]
    #[case::other_scheme("Bearer CANARY", "the token (13 bytes) holds a blank")]
    #[case::no_basic("Basic CANARY", "the token (12 bytes) holds a blank")]
    fn anything_else_is_refused_with_what_is_wrong(#[case] text: &str, #[case] why: &str) {
        assert_eq!(Credential::pasted(&text.into(), None).unwrap_err().to_string(), why);
    }
}
