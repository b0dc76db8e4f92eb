//! How a Cube differs from its documents where the client copes with it in silence. For a diagnosis alone: nothing is
//! ever sent to where an answer points.

use std::fmt;

use url::Url;

/// What asking for the first page has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// What it names as the next page.
    pub next: Next,
    /// Whether the list's route has its last slash the other way round than documented.
    pub has_other_slashes: bool,
}

/// Where `next` points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Nowhere: the first page is the only one.
    None,
    /// To the second page at the address that is asked.
    SecondPage,
    /// To the second page by another scheme, as behind a proxy that ends TLS.
    Scheme,
    /// To another host or port; here the host, when it has a plain name.
    Host(Option<String>),
    /// To another path or page.
    Elsewhere,
    /// It is no address.
    Unreadable,
}

impl Next {
    /// Compares what was sent with what `second`, the second page's address, should be.
    pub(super) fn read(sent: Option<&str>, second: &Url) -> Self {
        let Some(sent) = sent else { return Self::None };
        let Ok(next) = second.join(sent) else { return Self::Unreadable };
        let path = |url: &Url| (url.path().trim_end_matches('/').to_owned(), url.query().map(str::to_owned));
        if next.host_str() != second.host_str() {
            let is_plain =
                |host: &&str| host.len() <= 253 && host.bytes().all(|byte| byte.is_ascii_graphic());
            return Self::Host(next.host_str().filter(is_plain).map(str::to_owned));
        }
        if path(&next) != path(second) {
            return Self::Elsewhere;
        }
        if next.scheme() != second.scheme() {
            return Self::Scheme;
        }
        if next.port() == second.port() { Self::SecondPage } else { Self::Host(None) }
    }
}

impl fmt::Display for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("nowhere: there is one page"),
            Self::SecondPage => f.write_str("to the second page"),
            Self::Scheme => f.write_str("to http instead of https, which is not followed"),
            Self::Host(Some(host)) => write!(f, "to another host ({host}), which is not followed"),
            Self::Host(None) => f.write_str("to another host or port, which is not followed"),
            Self::Elsewhere => f.write_str("to another path or page, which is not followed"),
            Self::Unreadable => f.write_str("to no address at all, which does not matter"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::none(None, Next::None)]
    #[case::second(
        Some("https://acme.headshed.com/api/v1/assignments/9/customers/?page=2"),
        Next::SecondPage
    )]
    #[case::relative(Some("?page=2"), Next::SecondPage)]
    #[case::without_slash(Some("/api/v1/assignments/9/customers?page=2"), Next::SecondPage)]
    #[case::plain(Some("http://acme.headshed.com/api/v1/assignments/9/customers/?page=2"), Next::Scheme)]
    #[case::host(Some("http://evil.test/api/v1/assignments/9/customers/?page=2"), Next::Host(Some("evil.test".into())))]
    #[case::port(
        Some("https://acme.headshed.com:8443/api/v1/assignments/9/customers/?page=2"),
        Next::Host(None)
    )]
    #[case::no_page(Some("https://acme.headshed.com/api/v1/assignments/9/customers/"), Next::Elsewhere)]
    #[case::endpoint(Some("https://acme.headshed.com/api/v1/call_outcomes/?page=2"), Next::Elsewhere)]
    #[case::script(Some("javascript:alert(1)"), Next::Host(None))]
    #[case::nonsense(Some("https://["), Next::Unreadable)]
    fn where_next_points_to_is_told(#[case] sent: Option<&str>, #[case] next: Next) {
        let second = Url::parse("https://acme.headshed.com/api/v1/assignments/9/customers/?page=2").unwrap();
        assert_eq!(Next::read(sent, &second), next);
    }
}
