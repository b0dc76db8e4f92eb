//! The one place where a status, or whatever came instead of one, becomes words for a person.
//! Which key asks again is not said here: the app knows its keys, and [`Error::can_be_retried`] tells when.
//!
//! [`Error::can_be_retried`]: crate::cube::Error::can_be_retried

use std::fmt;
use std::time::Duration;

use crate::cube::error::{Endpoint, Kind, Operation, Tls};
use crate::cube::moment::Moment;
use crate::cube::route::List;

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connecting => f.write_str("getting ready to ask Cube"),
            Self::Page(number) => write!(f, "reading page {number}"),
            Self::Customer => f.write_str("reading the customer"),
            Self::Labels => f.write_str("reading the labels"),
            Self::Campaigns => f.write_str("reading the campaigns"),
            Self::Calls => f.write_str("reading the calls"),
            Self::Writing => f.write_str("writing to Cube"),
        }
    }
}

/// What came, for a log: without what the server wrote.
pub(super) fn of_own_words(operation: Operation, endpoint: &Endpoint, kind: &Kind) -> String {
    match kind {
        Kind::RedirectedHere { status, .. } => redirected_here(*status, "another path"),
        kind => of(operation, endpoint, kind),
    }
}

/// What came, and what to do next where trying again is not all of it.
pub(super) fn of(operation: Operation, endpoint: &Endpoint, kind: &Kind) -> String {
    let host = &endpoint.host;
    match kind {
        Kind::Refused => "Cube can't be reached (refused)".into(),
        Kind::UnknownHost => format!("unknown host {host} – check the account name"),
        Kind::Unreachable => "Cube can't be reached (no way through the network)".into(),
        Kind::NoConnection(limit) => format!("no answer in {}", seconds(*limit)),
        Kind::Proxy(Some(status)) => format!("the proxy refused ({status}) – ask IT to let cubedex through"),
        Kind::Proxy(None) => "the proxy refused or can't be reached – ask IT about it".into(),
        Kind::SlowProxy(limit) => {
            format!("no answer through the proxy in {} – ask IT about it", seconds(*limit))
        }
        Kind::Tls(tls) => of_tls(host, tls),
        Kind::Broken => "connection broken".into(),
        Kind::Cut(received) => format!("incomplete answer ({received} bytes came)"),
        Kind::Stalled { idle, received: 0 } => {
            format!("Cube stopped answering (no answer in {})", seconds(*idle))
        }
        Kind::Stalled { idle, .. } => format!("Cube stopped answering (nothing for {})", seconds(*idle)),
        Kind::TooSlow { total, received } => {
            format!("no whole answer in {} ({received} bytes came)", seconds(*total))
        }
        Kind::Protocol => "the answer is not understood (protocol error)".into(),
        Kind::TooLarge(limit) => format!("the answer is larger than {}", size(*limit)),
        Kind::TooMany(limit) => format!("the answer holds more than {limit} records"),
        Kind::Empty => "Cube sent an empty answer".into(),
        Kind::Unreadable(Some(at)) | Kind::NotJson(at) => {
            format!("unreadable answer (line {}, column {})", at.line, at.column)
        }
        Kind::Unreadable(None) => "unreadable answer".into(),
        Kind::Packed(packed) => {
            format!("the answer is packed ({packed}), which was not asked for – ask IT what is in between")
        }
        Kind::Encoding(encoding) => {
            format!("the answer is written in {encoding} instead of UTF-8 – please report this")
        }
        Kind::WebPage => "got a web page instead of data – a login portal or proxy?".into(),
        Kind::RedirectedHere { status, path } => redirected_here(*status, path.0.as_str()),
        Kind::WrongShape => format!("Cube sent something other than {}", wanted(operation)),
        Kind::Redirected(Some(other)) => format!("Cube sent us to another address ({other}) – refused"),
        Kind::Redirected(None) => "Cube sent us to another address – refused".into(),
        Kind::RedirectLoop => "Cube sends us round in a circle (redirects)".into(),
        Kind::Status(status) => of_status(operation, endpoint, *status),
        Kind::AskedToWait { status, seconds, until } => of_wait(*status, *seconds, *until),
        Kind::Setup => "the client could not be set up on this computer".into(),
        Kind::ReadOnly => "not sent – writing is turned off".into(),
        Kind::NoWriting => format!("not sent – Cube has no way to change customers of {}", endpoint.list),
    }
}

fn redirected_here(status: u16, path: &str) -> String {
    format!("Cube redirects to {path} ({status}), which is not followed – a login portal or proxy?")
}

fn of_status(operation: Operation, endpoint: &Endpoint, status: u16) -> String {
    let Endpoint { list, credential, .. } = endpoint;
    match (status, operation) {
        (400, Operation::Writing) => "Cube does not accept these values (400)".into(),
        (400, _) => "Cube does not know this host name, or not this request (400) – check the address".into(),
        (401, _) => format!("Cube does not accept this {credential} (401) – check where it comes from"),
        (403, Operation::Customer) => {
            format!("not allowed to read this customer (403) – the {credential} may lack rights for {list}")
        }
        (403, Operation::Labels) => {
            "not allowed to read the labels (403) – field ids are shown instead".into()
        }
        (403, Operation::Calls) => "not allowed to read the calls (403)".into(),
        (403, Operation::Campaigns) => "not allowed to read the campaigns (403)".into(),
        (403, _) => {
            format!("not allowed (403) – the {credential} may be wrong or lack rights for {list}")
        }
        (404, Operation::Writing) => {
            format!("no such customer in {list}, or this account does not take changes yet (404)")
        }
        (405 | 501, Operation::Writing) => format!("this account does not take changes yet ({status})"),
        (409 | 412, Operation::Writing) => {
            format!("the customer was changed in Cube meanwhile ({status}) – read them again")
        }
        (404, Operation::Customer) => format!("no such customer in {list} (404)"),
        (404, Operation::Labels) => format!("no labels for {list} (404) – field ids are shown instead"),
        (404, Operation::Calls) => "this account has no calls to read (404)".into(),
        (404, Operation::Campaigns) => "this account has no list of campaigns (404)".into(),
        (404, Operation::Page(2..)) => "the list has no such page (404)".into(),
        (404, _) => format!("no such list (404) – check {}", part_to_check(*list)),
        (405 | 406 | 415, _) => format!("the API has changed ({status}) – please report this"),
        (408 | 425, _) => format!("Cube asks to try again ({status})"),
        (429, _) => "Cube asks for fewer requests (429) – wait a moment".into(),
        (500..=511, _) => format!("Cube has a problem ({status})"),
        _ => format!("unexpected answer ({status})"),
    }
}

fn of_wait(status: u16, seconds: u64, until: Option<Moment>) -> String {
    match (status, until) {
        (503, Some(until)) => format!("Cube is down for maintenance until about {until}"),
        (503, None) => format!("Cube is down for maintenance for more than a day ({seconds} s)"),
        (_, Some(until)) => {
            format!("Cube asks us to wait {seconds} s ({status}) – try again at about {until}")
        }
        (_, None) => format!("Cube asks us to wait for more than a day, {seconds} s ({status})"),
    }
}

fn of_tls(host: &str, tls: &Tls) -> String {
    match tls {
        Tls::Untrusted => {
            format!("certificate of {host} not trusted – ask IT; a company CA belongs in the system store")
        }
        Tls::OutOfDate { early, day, today } => {
            let verb = if *early { "is not valid yet" } else { "has expired" };
            let word = if *early { "from" } else { "on" };
            let when = day.as_ref().map(|day| format!(" ({word} {day})")).unwrap_or_default();
            let here = today.as_ref().map(|today| format!(", which says {today}")).unwrap_or_default();
            format!("certificate of {host} {verb}{when} – check this computer's clock{here}")
        }
        Tls::WrongHost(names) if names.is_empty() => format!("the certificate is not for {host}"),
        Tls::WrongHost(names) => format!("the certificate is for {}, not for {host}", names.join(", ")),
        Tls::NotTls => format!("{host} is not a secure server (no TLS)"),
        Tls::TooOld => format!("{host} speaks no TLS that is safe (1.2 or newer) – ask IT"),
        Tls::NoRoots => "this computer has no trusted certificates – install its CA certificates".into(),
        Tls::Other => format!("no secure connection to {host} – ask IT"),
    }
}

const fn wanted(operation: Operation) -> &'static str {
    match operation {
        Operation::Connecting | Operation::Writing => "an answer",
        Operation::Page(_) => "a list of customers",
        Operation::Customer => "a customer",
        Operation::Labels => "labels",
        Operation::Campaigns => "a list of campaigns",
        Operation::Calls => "a list of calls",
    }
}

const fn part_to_check(list: List) -> &'static str {
    match list {
        List::Assignment(_) => "the assignment's number",
        List::DataOwner { .. } => "the data owner's number and B2C or B2B",
    }
}

fn seconds(time: Duration) -> String {
    if time.subsec_millis() == 0 {
        format!("{} s", time.as_secs())
    } else {
        format!("{:.1} s", time.as_secs_f32())
    }
}

fn size(bytes: u64) -> String {
    match bytes >> 20 {
        0 => format!("{bytes} bytes"),
        mebibytes => format!("{mebibytes} MiB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::route::CrmType;
    use rstest::rstest;

    fn endpoint() -> Endpoint {
        Endpoint {
            list: List::DataOwner { owner: 2, crm_type: CrmType::B2C },
            host: "acme.headshed.com".into(),
            credential: "token",
        }
    }

    #[rstest]
    #[case::token(
        Operation::Page(1),
        401,
        "Cube does not accept this token (401) – check where it comes from"
    )]
    #[case::list(
        Operation::Page(1),
        403,
        "not allowed (403) – the token may be wrong or lack rights for data owner 2 · B2C"
    )]
    #[case::labels(
        Operation::Labels,
        403,
        "not allowed to read the labels (403) – field ids are shown instead"
    )]
    #[case::customer(
        Operation::Customer,
        403,
        "not allowed to read this customer (403) – the token may lack rights for data owner 2 · B2C"
    )]
    #[case::campaigns(Operation::Campaigns, 403, "not allowed to read the campaigns (403)")]
    #[case::calls(Operation::Calls, 403, "not allowed to read the calls (403)")]
    #[case::no_calls(Operation::Calls, 404, "this account has no calls to read (404)")]
    #[case::no_campaigns(Operation::Campaigns, 404, "this account has no list of campaigns (404)")]
    #[case::no_list(
        Operation::Page(1),
        404,
        "no such list (404) – check the data owner's number and B2C or B2B"
    )]
    #[case::no_page(Operation::Page(7), 404, "the list has no such page (404)")]
    #[case::no_customer(Operation::Customer, 404, "no such customer in data owner 2 · B2C (404)")]
    #[case::api(Operation::Page(1), 405, "the API has changed (405) – please report this")]
    #[case::throttled(Operation::Page(1), 429, "Cube asks for fewer requests (429) – wait a moment")]
    #[case::gateway(Operation::Page(1), 502, "Cube has a problem (502)")]
    #[case::odd(Operation::Page(1), 299, "unexpected answer (299)")]
    fn each_status_has_its_own_words(#[case] operation: Operation, #[case] status: u16, #[case] words: &str) {
        assert_eq!(of(operation, &endpoint(), &Kind::Status(status)), words);
    }

    #[rstest]
    #[case::maintenance(
        503,
        3600,
        Some(Moment::at(0, 15, 10)),
        "Cube is down for maintenance until about 15:10"
    )]
    #[case::throttled(
        429,
        600,
        Some(Moment::at(0, 15, 10)),
        "Cube asks us to wait 600 s (429) – try again at about 15:10"
    )]
    #[case::absurd(
        429,
        u64::MAX,
        None,
        "Cube asks us to wait for more than a day, 18446744073709551615 s (429)"
    )]
    fn a_long_wait_tells_when_it_ends(
        #[case] status: u16,
        #[case] seconds: u64,
        #[case] until: Option<Moment>,
        #[case] words: &str,
    ) {
        let kind = Kind::AskedToWait { status, seconds, until };
        assert_eq!(of(Operation::Page(1), &endpoint(), &kind), words);
    }

    #[rstest]
    #[case::unknown(
        Tls::Untrusted,
        "certificate of acme.headshed.com not trusted – ask IT; a company CA belongs in the system store"
    )]
    #[case::expired(Tls::OutOfDate { early: false, day: Some("2024-11-30".into()), today: Some("2025-01-02".into()) }, "certificate of acme.headshed.com has expired (on 2024-11-30) – check this computer's clock, which says 2025-01-02")]
    #[case::early(Tls::OutOfDate { early: true, day: None, today: None }, "certificate of acme.headshed.com is not valid yet – check this computer's clock")]
    #[case::host(Tls::WrongHost(vec!["evil.test".into()]), "the certificate is for evil.test, not for acme.headshed.com")]
    fn a_bad_certificate_is_explained(#[case] tls: Tls, #[case] words: &str) {
        assert_eq!(of(Operation::Page(1), &endpoint(), &Kind::Tls(tls)), words);
    }

    #[rstest]
    #[case::dns(Kind::UnknownHost, "unknown host acme.headshed.com – check the account name")]
    #[case::connect(Kind::NoConnection(Duration::from_secs(10)), "no answer in 10 s")]
    #[case::proxy(
        Kind::SlowProxy(Duration::from_secs(10)),
        "no answer through the proxy in 10 s – ask IT about it"
    )]
    #[case::silence(Kind::Stalled { idle: Duration::from_secs(20), received: 0 }, "Cube stopped answering (no answer in 20 s)")]
    #[case::silence_inside(Kind::Stalled { idle: Duration::from_secs(20), received: 7 }, "Cube stopped answering (nothing for 20 s)")]
    #[case::large(Kind::TooLarge(64 << 20), "the answer is larger than 64 MiB")]
    #[case::slow(Kind::TooSlow { total: Duration::from_secs(90), received: 12 }, "no whole answer in 90 s (12 bytes came)")]
    #[case::shape(Kind::WrongShape, "Cube sent something other than a list of customers")]
    fn what_came_instead_of_an_answer_is_told(#[case] kind: Kind, #[case] words: &str) {
        assert_eq!(of(Operation::Page(1), &endpoint(), &kind), words);
    }
}
