//! The one place where a status, or whatever came instead of one, becomes words for a person.
//! Which key asks again is not said here: the app knows its keys, and [`Error::can_be_retried`] tells when.
//!
//! [`Error::can_be_retried`]: crate::cube::Error::can_be_retried

use std::fmt;
use std::time::Duration;

use crate::cube::error::{Endpoint, Kind, Operation, Tls};
use crate::cube::moment::Moment;
use crate::cube::route::List;
use crate::language::in_english;
use crate::language::tr;

impl Operation {
    /// What is being asked, in the language of the screen.
    pub(super) fn said(self) -> String {
        match self {
            Self::Connecting => tr!("getting ready to ask Cube"),
            Self::Page(number) => tr!("reading page {number}", number),
            Self::Customer => tr!("reading the customer"),
            Self::Labels => tr!("reading the labels"),
            Self::Campaigns => tr!("reading the campaigns"),
            Self::Calls => tr!("reading the calls"),
            Self::Writing => tr!("writing to Cube"),
        }
    }
}

/// In English, as the log and the commands have it.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_english(|| self.said()))
    }
}

/// What came, without what the server wrote.
pub(super) fn of_own_words(operation: Operation, endpoint: &Endpoint, kind: &Kind) -> String {
    match kind {
        Kind::RedirectedHere { status, .. } => redirected_here(*status, &tr!("another path")),
        kind => of(operation, endpoint, kind),
    }
}

/// What came, and what to do next where trying again is not all of it.
pub(super) fn of(operation: Operation, endpoint: &Endpoint, kind: &Kind) -> String {
    let host = &endpoint.host;
    match kind {
        Kind::Refused => tr!("Cube can't be reached (refused)"),
        Kind::UnknownHost => tr!("unknown host {host} – check the account name", host),
        Kind::Unreachable => tr!("Cube can't be reached (no way through the network)"),
        Kind::NoConnection(limit) => tr!("no answer in {limit}", limit = seconds(*limit)),
        Kind::Proxy(Some(status)) => {
            tr!("the proxy refused ({status}) – ask IT to let cubedex through", status)
        }
        Kind::Proxy(None) => tr!("the proxy refused or can't be reached – ask IT about it"),
        Kind::SlowProxy(limit) => {
            tr!("no answer through the proxy in {limit} – ask IT about it", limit = seconds(*limit))
        }
        Kind::Tls(tls) => of_tls(host, tls),
        Kind::Broken => tr!("connection broken"),
        Kind::Cut(received) => tr!("incomplete answer ({received} bytes came)", received),
        Kind::Stalled { idle, received: 0 } => {
            tr!("Cube stopped answering (no answer in {idle})", idle = seconds(*idle))
        }
        Kind::Stalled { idle, .. } => {
            tr!("Cube stopped answering (nothing for {idle})", idle = seconds(*idle))
        }
        Kind::TooSlow { total, received } => {
            tr!("no whole answer in {total} ({received} bytes came)", total = seconds(*total), received)
        }
        Kind::Protocol => tr!("the answer is not understood (protocol error)"),
        Kind::TooLarge(limit) => tr!("the answer is larger than {limit}", limit = size(*limit)),
        Kind::TooMany(limit) => tr!("the answer holds more than {limit} records", limit),
        Kind::Empty => tr!("Cube sent an empty answer"),
        Kind::Unreadable(Some(at)) | Kind::NotJson(at) => {
            tr!("unreadable answer (line {line}, column {column})", line = at.line, column = at.column)
        }
        Kind::Unreadable(None) => tr!("unreadable answer"),
        Kind::Packed(packed) => {
            tr!(
                "the answer is packed ({packed}), which was not asked for – ask IT what is in between",
                packed
            )
        }
        Kind::Encoding(encoding) => {
            tr!("the answer is written in {encoding} instead of UTF-8 – please report this", encoding)
        }
        Kind::WebPage => tr!("got a web page instead of data – a login portal or proxy?"),
        Kind::RedirectedHere { status, path } => redirected_here(*status, path.0.as_str()),
        Kind::WrongShape => tr!("Cube sent something other than {operation}", operation = wanted(operation)),
        Kind::Redirected(Some(other)) => tr!("Cube sent us to another address ({other}) – refused", other),
        Kind::Redirected(None) => tr!("Cube sent us to another address – refused"),
        Kind::RedirectLoop => tr!("Cube sends us round in a circle (redirects)"),
        Kind::Status(status) => of_status(operation, endpoint, *status),
        Kind::AskedToWait { status, seconds, until } => of_wait(*status, *seconds, *until),
        Kind::Setup => tr!("the client could not be set up on this computer"),
        Kind::ReadOnly => tr!("not sent – writing is turned off"),
        Kind::NoWriting => {
            tr!("not sent – Cube has no way to change customers of {list}", list = endpoint.list.said())
        }
    }
}

fn redirected_here(status: u16, path: &str) -> String {
    tr!("Cube redirects to {path} ({status}), which is not followed – a login portal or proxy?", path, status)
}

fn of_status(operation: Operation, endpoint: &Endpoint, status: u16) -> String {
    let (list, credential) = (endpoint.list.said(), endpoint.credential);
    let credential = tr!(credential);
    match (status, operation) {
        (400, Operation::Writing) => tr!("Cube does not accept these values (400)"),
        (400, _) => tr!("Cube does not know this host name, or not this request (400) – check the address"),
        (401, _) => {
            tr!("Cube does not accept this {credential} (401) – check where it comes from", credential)
        }
        (403, Operation::Customer) => {
            tr!(
                "not allowed to read this customer (403) – the {credential} may lack rights for {list}",
                credential,
                list
            )
        }
        (403, Operation::Labels) => {
            tr!("not allowed to read the labels (403) – field ids are shown instead")
        }
        (403, Operation::Calls) => tr!("not allowed to read the calls (403)"),
        (403, Operation::Campaigns) => tr!("not allowed to read the campaigns (403)"),
        (403, _) => {
            tr!(
                "not allowed (403) – the {credential} may be wrong or lack rights for {list}",
                credential,
                list
            )
        }
        (404, Operation::Writing) => {
            tr!("no such customer in {list}, or this account does not take changes yet (404)", list)
        }
        (405 | 501, Operation::Writing) => tr!("this account does not take changes yet ({status})", status),
        (409 | 412, Operation::Writing) => {
            tr!("the customer was changed in Cube meanwhile ({status}) – read them again", status)
        }
        (404, Operation::Customer) => tr!("no such customer in {list} (404)", list),
        (404, Operation::Labels) => tr!("no labels for {list} (404) – field ids are shown instead", list),
        (404, Operation::Calls) => tr!("this account has no calls to read (404)"),
        (404, Operation::Campaigns) => tr!("this account has no list of campaigns (404)"),
        (404, Operation::Page(2..)) => tr!("the list has no such page (404)"),
        (404, _) => tr!("no such list (404) – check {list}", list = part_to_check(endpoint.list)),
        (405 | 406 | 415, _) => tr!("the API has changed ({status}) – please report this", status),
        (408 | 425, _) => tr!("Cube asks to try again ({status})", status),
        (429, _) => tr!("Cube asks for fewer requests (429) – wait a moment"),
        (500..=511, _) => tr!("Cube has a problem ({status})", status),
        _ => tr!("unexpected answer ({status})", status),
    }
}

fn of_wait(status: u16, seconds: u64, until: Option<Moment>) -> String {
    match (status, until) {
        (503, Some(until)) => tr!("Cube is down for maintenance until about {until}", until),
        (503, None) => tr!("Cube is down for maintenance for more than a day ({seconds} s)", seconds),
        (_, Some(until)) => {
            tr!(
                "Cube asks us to wait {seconds} s ({status}) – try again at about {until}",
                seconds,
                status,
                until
            )
        }
        (_, None) => tr!("Cube asks us to wait for more than a day, {seconds} s ({status})", seconds, status),
    }
}

fn of_tls(host: &str, tls: &Tls) -> String {
    match tls {
        Tls::Untrusted => {
            tr!("certificate of {host} not trusted – ask IT; a company CA belongs in the system store", host)
        }
        Tls::OutOfDate { early, day, today } => {
            let when = match (early, day) {
                (true, Some(day)) => tr!("is not valid yet (from {day})", day),
                (true, None) => tr!("is not valid yet"),
                (false, Some(day)) => tr!("has expired (on {day})", day),
                (false, None) => tr!("has expired"),
            };
            let here = today.as_ref().map(|today| tr!(", which says {today}", today)).unwrap_or_default();
            tr!("certificate of {host} {when} – check this computer's clock{here}", host, when, here)
        }
        Tls::WrongHost(names) if names.is_empty() => tr!("the certificate is not for {host}", host),
        Tls::WrongHost(names) => {
            tr!("the certificate is for {join}, not for {host}", join = names.join(", "), host)
        }
        Tls::NotTls => tr!("{host} is not a secure server (no TLS)", host),
        Tls::TooOld => tr!("{host} speaks no TLS that is safe (1.2 or newer) – ask IT", host),
        Tls::NoRoots => tr!("this computer has no trusted certificates – install its CA certificates"),
        Tls::Other => tr!("no secure connection to {host} – ask IT", host),
    }
}

fn wanted(operation: Operation) -> String {
    match operation {
        Operation::Connecting | Operation::Writing => tr!("an answer"),
        Operation::Page(_) => tr!("a list of customers"),
        Operation::Customer => tr!("a customer"),
        Operation::Labels => tr!("labels"),
        Operation::Campaigns => tr!("a list of campaigns"),
        Operation::Calls => tr!("a list of calls"),
    }
}

fn part_to_check(list: List) -> String {
    match list {
        List::Assignment(_) => tr!("the assignment's number"),
        List::DataOwner { .. } => tr!("the data owner's number and B2C or B2B"),
    }
}

fn seconds(time: Duration) -> String {
    if time.subsec_millis() == 0 {
        tr!("{seconds} s", seconds = time.as_secs())
    } else {
        tr!("{seconds} s", seconds = format!("{:.1}", time.as_secs_f32()))
    }
}

fn size(bytes: u64) -> String {
    match bytes >> 20 {
        0 => tr!("{bytes} bytes", bytes),
        mebibytes => tr!("{mebibytes} MiB", mebibytes),
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
