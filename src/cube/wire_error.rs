//! What went wrong on the wire, read out of the errors of reqwest and those beneath it.
//! Only kinds leave this file: reqwest's own text holds the whole URL.

use std::error::Error as StdError;
use std::io::{self, ErrorKind};
use std::iter::successors;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rustls::pki_types::{InvalidDnsNameError, UnixTime};
use rustls::{AlertDescription, CertificateError, InvalidMessage, PeerIncompatible};

use crate::cube::error::{Kind, Tls};
use crate::cube::limits::Limits;

/// How many names of a foreign certificate are repeated.
const MOST_NAMES: usize = 3;

/// A request that got no answer; `by_proxy` when a proxy stands between us and Cube.
pub(super) fn sending(error: &reqwest::Error, limits: &Limits, by_proxy: bool) -> Kind {
    if let Some(kind) = chain(error).find_map(of_proxy) {
        return kind;
    }
    // A name that no certificate can hold is none that a resolver would know.
    if error.is_dns() || chain(error).any(<dyn StdError>::is::<InvalidDnsNameError>) {
        return Kind::UnknownHost;
    }
    if let Some(tls) = chain(error).find_map(of_tls) {
        return Kind::Tls(tls);
    }
    if error.is_timeout() {
        return if by_proxy { Kind::SlowProxy(limits.connect) } else { Kind::NoConnection(limits.connect) };
    }
    match chain(error).find_map(io_kind) {
        Some(ErrorKind::ConnectionRefused) => Kind::Refused,
        Some(
            ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::AddrNotAvailable,
        ) => Kind::Unreachable,
        _ if chain(error).any(is_not_http) => Kind::Protocol,
        _ => Kind::Broken,
    }
}

/// An answer that began and did not end well, after `received` bytes of its body.
pub(super) fn reading(error: &reqwest::Error, received: u64) -> Kind {
    match chain(error).find_map(io_kind) {
        // Chunks or compression that make no sense; a connection that just ends has other kinds.
        Some(ErrorKind::InvalidData | ErrorKind::InvalidInput) => Kind::Unreadable(None),
        // What cannot be unpacked has no kind, and nothing of the connection's in its causes.
        None if error.is_decode() && !chain(error).any(<dyn StdError>::is::<hyper::Error>) => {
            Kind::Unreadable(None)
        }
        _ => Kind::Cut(received),
    }
}

/// An error and all that caused it. An `io::Error` passes over its own content when it is asked for its source,
/// and TLS puts one into another.
fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    successors(Some(error), |&error| {
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        inner.map(|inner| inner as &(dyn StdError + 'static)).or_else(|| error.source())
    })
}

fn io_kind(error: &(dyn StdError + 'static)) -> Option<ErrorKind> {
    error.downcast_ref::<io::Error>().map(io::Error::kind).filter(|kind| *kind != ErrorKind::Other)
}

fn is_not_http(error: &(dyn StdError + 'static)) -> bool {
    error.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse)
}

/// The errors of a tunnel through a proxy have no public type, so that their words must do.
fn of_proxy(error: &(dyn StdError + 'static)) -> Option<Kind> {
    let words = error.to_string();
    let cause = words.strip_prefix("tunnel error: ")?;
    Some(Kind::Proxy(cause.starts_with("proxy authorization required").then_some(407)))
}

fn of_tls(error: &(dyn StdError + 'static)) -> Option<Tls> {
    match error.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(why) => Some(of_certificate(why)),
        rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => Some(Tls::NotTls),
        // A server either refuses our versions or answers in one of its own.
        rustls::Error::AlertReceived(AlertDescription::ProtocolVersion)
        | rustls::Error::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13) => {
            Some(Tls::TooOld)
        }
        _ => Some(Tls::Other),
    }
}

fn of_certificate(why: &CertificateError) -> Tls {
    match why {
        CertificateError::Expired => Tls::OutOfDate { early: false, day: None, today: None },
        CertificateError::ExpiredContext { time, not_after } => {
            Tls::OutOfDate { early: false, day: day(*not_after), today: day(*time) }
        }
        CertificateError::NotValidYet => Tls::OutOfDate { early: true, day: None, today: None },
        CertificateError::NotValidYetContext { time, not_before } => {
            Tls::OutOfDate { early: true, day: day(*not_before), today: day(*time) }
        }
        CertificateError::NotValidForName => Tls::WrongHost(Vec::new()),
        CertificateError::NotValidForNameContext { presented, .. } => {
            Tls::WrongHost(presented.iter().filter_map(|name| host_name(name)).take(MOST_NAMES).collect())
        }
        // What a self-signed certificate is found to be depends on how it was made.
        CertificateError::UnknownIssuer | CertificateError::BadSignature | CertificateError::Other(_) => {
            Tls::Untrusted
        }
        _ => Tls::Other,
    }
}

fn day(time: UnixTime) -> Option<String> {
    let time = Timestamp::from_second(i64::try_from(time.as_secs()).ok()?).ok()?;
    Some(time.to_zoned_datetime(TimeZone::UTC).date().to_string())
}

/// The host in a certificate's name, which comes as `DnsName("acme.test")` or bare. Whoever made the certificate
/// wrote it, so that anything but the letters of a host name is not repeated.
fn host_name(presented: &str) -> Option<String> {
    let name = presented.split('"').nth(1).unwrap_or(presented);
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b".-*:".contains(&byte);
    (!name.is_empty() && name.len() <= 253 && name.bytes().all(known)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::time::Duration;

    /// A TLS error as it arrives: inside an `io::Error` inside another one.
    fn tls_of(error: rustls::Error) -> Option<Tls> {
        let wrapped = io::Error::other(io::Error::new(ErrorKind::InvalidData, error));
        chain(&wrapped).find_map(of_tls)
    }

    #[rstest]
    #[case::issuer(CertificateError::UnknownIssuer, Tls::Untrusted)]
    #[case::expired(
        CertificateError::ExpiredContext {
            time: UnixTime::since_unix_epoch(Duration::from_hours(500_000)),
            not_after: UnixTime::since_unix_epoch(Duration::from_hours(481_368)),
        },
        Tls::OutOfDate { early: false, day: Some("2024-11-30".into()), today: Some("2027-01-15".into()) }
    )]
    #[case::early(CertificateError::NotValidYet, Tls::OutOfDate { early: true, day: None, today: None })]
    #[case::revoked(CertificateError::Revoked, Tls::Other)]
    fn a_certificate_is_judged(#[case] why: CertificateError, #[case] tls: Tls) {
        assert_eq!(tls_of(rustls::Error::InvalidCertificate(why)), Some(tls));
    }

    #[test]
    fn plain_http_on_the_tls_port_is_told_from_bad_tls() {
        let plain = rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType);
        assert_eq!(tls_of(plain), Some(Tls::NotTls));
        assert_eq!(tls_of(rustls::Error::DecryptError), Some(Tls::Other));
        assert_eq!(of_tls(&io::Error::from(ErrorKind::ConnectionReset)), None);
    }

    #[rstest]
    #[case::wrapped("DnsName(\"acme.test\")", Some("acme.test"))]
    #[case::bare("*.acme.test", Some("*.acme.test"))]
    #[case::hostile("DnsName(\"\u{1b}[2J\")", None)]
    #[case::empty("", None)]
    fn only_plain_names_of_a_certificate_are_repeated(#[case] presented: &str, #[case] name: Option<&str>) {
        assert_eq!(host_name(presented).as_deref(), name);
    }
}
