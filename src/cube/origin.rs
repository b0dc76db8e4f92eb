//! The one address that cubedex talks to: scheme, host and port, as typed by the user and checked here.
//! It builds no paths; those are the business of `route`.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

/// The domain under which every account has its own host.
const CUBE_DOMAIN: &str = ".headshed.com";

/// Where a Cube account lives: `https` and a host, or plain `http` on this very computer.
#[derive(Clone, PartialEq, Eq)]
pub struct Origin {
    /// Scheme, host and port, with the path `/`.
    url: Url,
}

/// Why an address is not one that cubedex will talk to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadOrigin {
    /// Not one DNS label of small letters, digits and inner hyphens.
    #[error("an account name is 1 to 63 small letters, digits and hyphens, such as acme")]
    Account,
    /// No `https://` (or `http://`) in front.
    #[error("an address begins with https://, such as https://acme.headshed.com")]
    Scheme,
    /// Plain http to another computer.
    #[error("plain http is only for this computer itself; write https://")]
    PlainHttp,
    /// A user name or password in the address.
    #[error("an address must not hold a user name or password; they come from the environment")]
    UserInfo,
    /// A query or a fragment.
    #[error("an address ends with its host or port; leave out what follows ? or #")]
    Query,
    /// A path other than `/`, `/api/v1` or `/api/v1/`.
    #[error("an address ends with its host or port; only /api/v1/ may follow")]
    Path,
    /// A host or port that no address can have.
    #[error("the host or port in the address is not one that exists")]
    Host,
}

impl Origin {
    /// The address of an account by its name: `acme` lives at `https://acme.headshed.com`.
    ///
    /// # Errors
    /// [`BadOrigin::Account`] unless `name` is one DNS label in small letters.
    pub fn account(name: &str) -> Result<Self, BadOrigin> {
        let known = name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        let edges = !name.starts_with('-') && !name.ends_with('-');
        if !(1..=63).contains(&name.len()) || !known || !edges {
            return Err(BadOrigin::Account);
        }
        let url = Url::parse(&format!("https://{name}{CUBE_DOMAIN}/")).map_err(|_| BadOrigin::Account)?;
        Ok(Self { url })
    }

    /// The account's name, when the host is one of Cube's own.
    #[must_use]
    pub fn account_name(&self) -> Option<&str> {
        let name = self.host().strip_suffix(CUBE_DOMAIN)?;
        (!name.contains('.')).then_some(name)
    }

    /// The host as it stands in a URL: a name, or an address (an IPv6 one in its brackets).
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether requests stay on this computer, which allows plain http and needs no proxy.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// Whether requests are encrypted.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The root of the origin, which the paths of requests are set upon.
    pub(super) const fn root(&self) -> &Url {
        &self.url
    }

    /// Whether `url` has this scheme, host and port.
    pub(super) fn holds(&self, url: &Url) -> bool {
        self.url.origin() == url.origin()
    }
}

impl FromStr for Origin {
    type Err = BadOrigin;

    /// Reads an address as strictly as one that a credential is bound to deserves: the parser beneath would drop
    /// blanks, tabs and an empty user name, and turn `\` into `/`; here the characters are checked before it.
    fn from_str(address: &str) -> Result<Self, BadOrigin> {
        let (scheme, rest) = address.split_once("://").ok_or(BadOrigin::Scheme)?;
        let plain = scheme.eq_ignore_ascii_case("http");
        if !plain && !scheme.eq_ignore_ascii_case("https") {
            return Err(BadOrigin::Scheme);
        }
        if rest.contains(['?', '#']) {
            return Err(BadOrigin::Query);
        }
        let (authority, path) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, ""),
        };
        if authority.contains('@') {
            return Err(BadOrigin::UserInfo);
        }
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        if authority.is_empty() || !authority.bytes().all(known) {
            return Err(BadOrigin::Host);
        }
        if !matches!(path, "" | "/" | "/api/v1" | "/api/v1/") {
            return Err(BadOrigin::Path);
        }
        let url = Url::parse(&format!("{scheme}://{authority}/")).map_err(|_| BadOrigin::Host)?;
        if url.port() == Some(0) {
            return Err(BadOrigin::Host);
        }
        if plain && !is_loopback(&url) {
            return Err(BadOrigin::PlainHttp);
        }
        Ok(Self { url })
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::bare("https://acme.headshed.com", "https://acme.headshed.com")]
    #[case::slash("https://acme.headshed.com/", "https://acme.headshed.com")]
    #[case::api("https://xxx.headshed.com/api/v1/", "https://xxx.headshed.com")]
    #[case::api_without_slash("https://xxx.headshed.com/api/v1", "https://xxx.headshed.com")]
    #[case::capitals("HTTPS://Acme.Headshed.com", "https://acme.headshed.com")]
    #[case::own_port("https://acme.headshed.com:443", "https://acme.headshed.com")]
    #[case::port("https://cube.test:8443/", "https://cube.test:8443")]
    #[case::loopback("http://127.0.0.1:8000", "http://127.0.0.1:8000")]
    #[case::short_loopback("http://127.1:80", "http://127.0.0.1")]
    #[case::ipv6_loopback("http://[::1]:9", "http://[::1]:9")]
    #[case::localhost("http://localhost:8000/", "http://localhost:8000")]
    #[case::punycode("https://xn--mnchen-3ya.test", "https://xn--mnchen-3ya.test")]
    fn an_origin_is_read(#[case] address: &str, #[case] shown: &str) {
        assert_eq!(address.parse::<Origin>().unwrap().to_string(), shown);
    }

    #[rstest]
    #[case::plain("http://acme.headshed.com", BadOrigin::PlainHttp)]
    #[case::plain_look_alike("http://127.0.0.1.evil.test", BadOrigin::PlainHttp)]
    #[case::plain_to_all("http://0.0.0.0", BadOrigin::PlainHttp)]
    #[case::mapped("http://[::ffff:127.0.0.1]", BadOrigin::PlainHttp)]
    #[case::no_scheme("acme.headshed.com", BadOrigin::Scheme)]
    #[case::one_slash("https:/acme.headshed.com", BadOrigin::Scheme)]
    #[case::other_scheme("ftp://acme.headshed.com", BadOrigin::Scheme)]
    #[case::script("javascript:alert(1)", BadOrigin::Scheme)]
    #[case::blank_before(" https://acme.headshed.com", BadOrigin::Scheme)]
    #[case::empty("", BadOrigin::Scheme)]
    #[case::path("https://acme.headshed.com/cube", BadOrigin::Path)]
    #[case::longer_api("https://acme.headshed.com/api/v1/x", BadOrigin::Path)]
    #[case::dots("https://acme.headshed.com/api/../", BadOrigin::Path)]
    #[case::two_slashes("https://acme.headshed.com//", BadOrigin::Path)]
    #[case::query("https://acme.headshed.com/?q", BadOrigin::Query)]
    #[case::empty_query("https://acme.headshed.com?", BadOrigin::Query)]
    #[case::fragment("https://acme.headshed.com/#f", BadOrigin::Query)]
    #[case::user("https://u:p@acme.headshed.com", BadOrigin::UserInfo)]
    #[case::empty_user("https://@acme.headshed.com", BadOrigin::UserInfo)]
    #[case::account_as_user("https://acme.headshed.com@evil.test/", BadOrigin::UserInfo)]
    #[case::port_zero("https://acme.headshed.com:0", BadOrigin::Host)]
    #[case::port_too_high("https://acme.headshed.com:99999", BadOrigin::Host)]
    #[case::letters("https://blåbær.test", BadOrigin::Host)]
    #[case::blank("https://acme .headshed.com", BadOrigin::Host)]
    #[case::blank_after("https://acme.headshed.com ", BadOrigin::Host)]
    #[case::tab("https://acme\t.headshed.com", BadOrigin::Host)]
    #[case::backslash("https://acme.headshed.com\\@evil.test", BadOrigin::UserInfo)]
    #[case::backslash_path("https://acme.headshed.com\\", BadOrigin::Host)]
    #[case::percent("https://%61cme.headshed.com", BadOrigin::Host)]
    #[case::no_host("https://", BadOrigin::Host)]
    #[case::no_host_but_path("https:///api/v1/", BadOrigin::Host)]
    fn what_is_no_origin_is_refused(#[case] address: &str, #[case] why: BadOrigin) {
        assert_eq!(address.parse::<Origin>(), Err(why));
    }

    #[rstest]
    #[case::empty("")]
    #[case::dot("acme.evil")]
    #[case::capitals("Acme")]
    #[case::edge("-acme")]
    #[case::other_edge("acme-")]
    #[case::slash("acme/")]
    #[case::letter("blå")]
    #[case::user("acme@")]
    #[case::line_end("acme\n")]
    #[case::too_long(&"a".repeat(64))]
    fn an_account_is_one_small_label(#[case] name: &str) {
        assert_eq!(Origin::account(name), Err(BadOrigin::Account));
    }

    #[test]
    fn an_account_has_its_own_host_and_a_host_its_account() {
        let origin = Origin::account("acme-2").unwrap();
        assert_eq!(origin.to_string(), "https://acme-2.headshed.com");
        assert_eq!(origin.account_name(), Some("acme-2"));
        for other in ["https://cube.test", "https://a.b.headshed.com", "https://headshed.com"] {
            assert_eq!(other.parse::<Origin>().unwrap().account_name(), None);
        }
    }

    #[test]
    fn an_error_never_repeats_the_address() {
        let refused = "https://u:CANARY@acme.headshed.com".parse::<Origin>().unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains("CANARY"));
    }
}
