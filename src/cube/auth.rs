//! The credential: what it may look like, and the one function that puts it on a request.
//! It is bound to one origin; a request to anywhere else is not made, with or without it.

use std::fmt;

use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderValue};
use reqwest::{Client, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::cube::error::Kind;
use crate::cube::origin::Origin;
use crate::cube::request::Request;
use crate::language::{later, tr};

/// A longer part is no credential, in bytes.
const LONGEST: usize = 4096;

/// What proves to Cube who asks. Its `Debug` shows neither token nor password.
///
/// [`Credential::token`] and [`Credential::basic`] make one and check it.
#[derive(Clone)]
pub enum Credential {
    /// An API token, which Headshed recommends.
    Token(SecretString),
    /// An e-mail address and its password.
    Basic {
        /// The e-mail address, or another name of any letters, without a colon.
        user: String,
        /// The password, which may hold blanks and any letters.
        password: SecretString,
    },
}

/// Why a text cannot be a credential. It tells the length, never the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadCredential {
    /// Nothing is there.
    #[error("{}", tr!("the {what} is empty", what = said(_0)))]
    Empty(&'static str),
    /// More than Cube hands out, and than a server takes.
    #[error("{}", tr!("the {what} ({length} bytes) is too long to be one", what = said(what), length))]
    TooLong {
        /// Which part.
        what: &'static str,
        /// Its length in bytes.
        length: usize,
    },
    /// A colon in a user name: it ends there, where Basic authentication is read.
    #[error("{}", tr!("the user name has a colon, at which Basic authentication ends it; use a name without one, or a token"))]
    Colon,
    /// Blanks, line ends, controls or letters beyond ASCII, none of which Cube hands out.
    #[error("{}", tr!("the {what} ({length} bytes) holds {holds}", what = said(what), length, holds = said(holds)))]
    Unsendable {
        /// Which part: `token`, `user name` or `password`.
        what: &'static str,
        /// Its length in bytes.
        length: usize,
        /// The first thing that cannot be sent.
        holds: &'static str,
    },
}

impl Credential {
    /// A token: visible ASCII characters without blanks.
    ///
    /// # Errors
    /// [`BadCredential`] when it is empty or could not be sent unchanged.
    pub fn token(token: SecretString) -> Result<Self, BadCredential> {
        check(later!("token"), token.expose_secret(), |c| c.is_ascii_graphic())?;
        Ok(Self::Token(token))
    }

    /// A user and a password. Base64 carries any letter, as UTF-8, so that only controls are refused, and a colon in
    /// the name of the user.
    ///
    /// # Errors
    /// [`BadCredential`] when one of them is empty or could not be sent unchanged.
    pub fn basic(user: &str, password: SecretString) -> Result<Self, BadCredential> {
        Self::check_user(user)?;
        check(later!("password"), password.expose_secret(), |c| !c.is_control())?;
        Ok(Self::Basic { user: user.to_owned(), password })
    }

    /// Whether a text can be the user of [`Credential::basic`].
    ///
    /// # Errors
    /// [`BadCredential`] when it is empty, could not be sent unchanged, or has a colon.
    pub fn check_user(user: &str) -> Result<(), BadCredential> {
        check(later!("user name"), user, |c| !c.is_control())?;
        if user.contains(':') { Err(BadCredential::Colon) } else { Ok(()) }
    }

    /// The user, where there is one, and the token or the password.
    #[must_use]
    pub fn parts(&self) -> (Option<&str>, &SecretString) {
        match self {
            Self::Token(token) => (None, token),
            Self::Basic { user, password } => (Some(user), password),
        }
    }

    /// What a person calls it, for messages that say what to check.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Token(_) => later!("token"),
            Self::Basic { .. } => later!("user name and password"),
        }
    }
}

fn check(what: &'static str, text: &str, allowed: impl Fn(char) -> bool) -> Result<(), BadCredential> {
    if text.is_empty() {
        return Err(BadCredential::Empty(what));
    }
    if text.len() > LONGEST {
        return Err(BadCredential::TooLong { what, length: text.len() });
    }
    match text.chars().find(|c| !allowed(*c)) {
        Some(c) => Err(BadCredential::Unsendable { what, length: text.len(), holds: kind(c) }),
        None => Ok(()),
    }
}

/// A part of a credential, or what is in it, in the language of the screen.
fn said(what: &str) -> String {
    tr!(what)
}

/// What a character is that cannot be sent.
fn kind(c: char) -> &'static str {
    match c {
        '\n' | '\r' => later!("a line end"),
        c if c.is_control() && c != '\t' => later!("a control character"),
        c if c.is_whitespace() => later!("a blank"),
        _ => later!("a character beyond ASCII"),
    }
}

/// A credential together with the only origin that may see it.
pub(super) struct Bound {
    origin: Origin,
    credential: Credential,
}

impl Bound {
    pub(super) const fn new(origin: Origin, credential: Credential) -> Self {
        Self { origin, credential }
    }

    /// `request` for `url`, with the credential. A body goes with its length: Django reads none from chunks.
    ///
    /// # Errors
    /// [`Kind::Redirected`] when `url` is not on the credential's origin, [`Kind::Setup`] when no header can hold the
    /// credential.
    pub(super) fn sign(
        &self,
        client: &Client,
        request: &Request<'_>,
        url: Url,
    ) -> Result<RequestBuilder, Kind> {
        if !self.origin.holds(&url) {
            return Err(Kind::Redirected(None));
        }
        let mut signed = client.request(request.method().clone(), url);
        if let Some(body) = request.body() {
            signed = signed.header(CONTENT_LENGTH, body.len()).body(body.clone());
        }
        match &self.credential {
            Credential::Token(token) => {
                let header = format!("Token {}", token.expose_secret());
                let mut header = HeaderValue::try_from(header).map_err(|_| Kind::Setup)?;
                header.set_sensitive(true);
                Ok(signed.header(AUTHORIZATION, header))
            }
            // reqwest marks this header as sensitive itself.
            Credential::Basic { user, password } => {
                Ok(signed.basic_auth(user, Some(password.expose_secret())))
            }
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "Credential::Token",
            Self::Basic { .. } => "Credential::Basic",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::route::Route;
    use crate::cube::transport;
    use rstest::rstest;

    #[rstest]
    #[case::blank("to ken", "a blank")]
    #[case::line_end("token\n", "a line end")]
    #[case::carriage_return("to\rken", "a line end")]
    #[case::escape("tok\u{1b}en", "a control character")]
    #[case::letter("tøken", "a character beyond ASCII")]
    #[case::nul("token\0", "a control character")]
    fn a_token_that_cannot_be_sent_is_refused_by_its_length_alone(
        #[case] token: &str,
        #[case] holds: &'static str,
    ) {
        let refused = Credential::token(token.into()).unwrap_err();
        assert_eq!(refused, BadCredential::Unsendable { what: "token", length: token.len(), holds });
        assert!(refused.to_string().contains(&token.len().to_string()));
        assert!(!refused.to_string().contains(token));
    }

    #[test]
    fn a_part_that_is_too_long_is_refused() {
        let refused = Credential::token("x".repeat(1_000_000).into()).unwrap_err();
        assert_eq!(refused.to_string(), "the token (1000000 bytes) is too long to be one");
        assert!(Credential::token("x".repeat(4096).into()).is_ok());
    }

    #[test]
    fn an_empty_part_is_named() {
        assert_eq!(Credential::token("".into()).unwrap_err(), BadCredential::Empty("token"));
        assert_eq!(Credential::basic("a@b.no", "".into()).unwrap_err(), BadCredential::Empty("password"));
        assert_eq!(Credential::basic("", "x".into()).unwrap_err(), BadCredential::Empty("user name"));
    }

    #[test]
    fn a_user_and_a_password_may_hold_blanks_and_letters_but_a_user_no_colon() {
        assert!(Credential::basic("kari@olsen.no", "blå bær: 7".into()).is_ok());
        assert!(Credential::basic("Åse Blåbær", "x".into()).is_ok());
        let unsendable = |what, length, holds| BadCredential::Unsendable { what, length, holds };
        for user in ["kari:olsen", ":", "å:"] {
            let colon = Credential::basic(user, "x".into()).unwrap_err();
            assert_eq!(colon, BadCredential::Colon);
            assert!(colon.to_string().starts_with("the user name has a colon"));
        }
        assert_eq!(Credential::basic("a\tb", "x".into()).unwrap_err(), unsendable("user name", 3, "a blank"));
        let two_lines = Credential::basic("kari@olsen.no", "a\nb".into()).unwrap_err();
        assert_eq!(two_lines, unsendable("password", 3, "a line end"));
    }

    #[test]
    fn debug_shows_neither_token_nor_password() {
        let token = Credential::token("CANARY".into()).unwrap();
        let basic = Credential::basic("kari", "CANARY".into()).unwrap();
        assert!(!format!("{token:?}{basic:?}").contains("CANARY"));
    }

    #[rstest]
    #[case::the_same("https://acme.headshed.com/api/v1/x", true)]
    #[case::the_same_with_its_port("https://acme.headshed.com:443/x", true)]
    #[case::plain("http://acme.headshed.com/x", false)]
    #[case::port("https://acme.headshed.com:8443/x", false)]
    #[case::longer_host("https://acme.headshed.com.evil.test/x", false)]
    #[case::user("https://acme.headshed.com@evil.test/x", false)]
    fn the_credential_goes_to_its_own_origin_only(#[case] url: &str, #[case] goes: bool) {
        let bound = Bound::new(Origin::account("acme").unwrap(), Credential::token("secret".into()).unwrap());
        let home = "http://127.0.0.1:1".parse().unwrap();
        let client = transport::client(&home, std::time::Duration::from_secs(1)).unwrap();
        let request = bound.sign(&client, &Request::get(Route::Page(1)), Url::parse(url).unwrap());
        assert_eq!(request.is_ok(), goes);
        if let Ok(request) = request {
            let request = request.build().unwrap();
            assert!(request.headers()[AUTHORIZATION].is_sensitive());
            assert_eq!(request.headers()[AUTHORIZATION], "Token secret");
        }
    }
}
