//! What is tried again by itself, how often, and after which wait.
//! Decisions only: no clock, no sleeping. The client acts on them.

use std::time::Duration;

use crate::cube::error::{Fault, Kind};
use crate::cube::limits::Limits;
use crate::cube::moment::Moment;
use crate::cube::request::Repeat;

/// A wait from here on has an end that an hour and a minute do not name.
const DAY: u64 = 24 * 60 * 60;

/// What to do after a failed attempt.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Tell the user.
    GiveUp,
    /// Try again after a wait of our own choice, which concerns this request alone.
    Backoff(Duration),
    /// Try again when the time that Cube asked for is over, which concerns every request.
    Pause,
}

/// The count of one request's attempts.
#[derive(Debug, Default)]
pub(super) struct Retries {
    repeat: Repeat,
    made: u32,
    second_look_taken: bool,
    throttled: u32,
}

/// How often a failure of one kind is worth another attempt.
#[derive(Debug, PartialEq, Eq)]
enum Worth {
    Nothing,
    OneMore,
    AsManyAsAllowed,
}

impl Retries {
    /// No attempt yet of a request that may be repeated like this.
    pub(super) fn new(repeat: Repeat) -> Self {
        Self { repeat, ..Self::default() }
    }

    /// How long a 429 stops everything: as long as Cube asks for, else 1, 2, 4 … up to 60 s. A number of seconds in
    /// its sentence makes that longer, never shorter. `now` is when it came.
    pub(super) fn throttle(&mut self, fault: Fault, limits: &Limits, now: Moment) -> Fault {
        let own = longest_backoff(self.throttled, limits).saturating_mul(2);
        self.throttled += 1;
        let own = Some(own).filter(|_| self.throttled <= limits.throttles);
        let said = fault.body.detail.as_ref().and_then(|detail| seconds_in(detail.as_str()));
        match fault.wait.or(own).max(said) {
            Some(wait) => Fault { body: fault.body, ..with_wait(429, Some(wait), limits, now) },
            None => fault,
        }
    }

    /// Counts the failed attempt and decides about the next one; `dice` is a number from 0 up to 1.
    pub(super) fn next(&mut self, fault: &Fault, limits: &Limits, dice: f64) -> Next {
        let again = match worth(&fault.kind) {
            Worth::Nothing => false,
            Worth::OneMore => !std::mem::replace(&mut self.second_look_taken, true),
            Worth::AsManyAsAllowed => true,
        };
        let is_allowed = self.repeat == Repeat::Always || !may_have_arrived(&fault.kind);
        let is_enough = if fault.kind == Kind::Status(429) {
            self.throttled > limits.throttles
        } else {
            self.made >= limits.retries
        };
        if !again || !is_allowed || is_enough {
            return Next::GiveUp;
        }
        let longest = longest_backoff(self.made, limits);
        self.made += u32::from(fault.kind != Kind::Status(429));
        if fault.wait.is_some() { Next::Pause } else { Next::Backoff(longest.mul_f64(dice.clamp(0.0, 1.0))) }
    }
}

/// The longest wait of our own choice after this many retries.
fn longest_backoff(made: u32, limits: &Limits) -> Duration {
    limits.backoff_base.saturating_mul(2_u32.saturating_pow(made)).min(limits.backoff_cap)
}

fn worth(kind: &Kind) -> Worth {
    match kind {
        Kind::Refused
        | Kind::Unreachable
        | Kind::NoConnection(_)
        | Kind::Broken
        | Kind::Cut(_)
        | Kind::Stalled { .. }
        | Kind::TooSlow { .. }
        | Kind::Empty
        | Kind::Status(408 | 425 | 429 | 500 | 502 | 503 | 504) => Worth::AsManyAsAllowed,
        Kind::UnknownHost | Kind::Unreadable(_) => Worth::OneMore,
        Kind::Proxy(_)
        | Kind::SlowProxy(_)
        | Kind::Tls(_)
        | Kind::Protocol
        | Kind::TooLarge(_)
        | Kind::TooMany(_)
        | Kind::NotJson(_)
        | Kind::Packed(_)
        | Kind::Encoding(_)
        | Kind::WebPage
        | Kind::RedirectedHere { .. }
        | Kind::WrongShape
        | Kind::Redirected(_)
        | Kind::RedirectLoop
        | Kind::Status(_)
        | Kind::AskedToWait { .. }
        | Kind::Setup
        | Kind::ReadOnly
        | Kind::NoWriting => Worth::Nothing,
    }
}

/// Whether the request may have reached Cube although it failed. No only where no connection came about: a broken or
/// silent one may have carried it, and an answer of any kind proves that something received it.
pub(super) fn may_have_arrived(kind: &Kind) -> bool {
    match kind {
        Kind::Refused
        | Kind::UnknownHost
        | Kind::NoConnection(_)
        | Kind::Proxy(_)
        | Kind::SlowProxy(_)
        | Kind::Setup
        | Kind::ReadOnly
        | Kind::NoWriting => false,
        // An established connection can lose its network too.
        Kind::Unreachable
        | Kind::Tls(_)
        | Kind::Broken
        | Kind::Cut(_)
        | Kind::Stalled { .. }
        | Kind::TooSlow { .. }
        | Kind::Protocol
        | Kind::TooLarge(_)
        | Kind::TooMany(_)
        | Kind::Empty
        | Kind::Unreadable(_)
        | Kind::NotJson(_)
        | Kind::Packed(_)
        | Kind::Encoding(_)
        | Kind::WebPage
        | Kind::RedirectedHere { .. }
        | Kind::WrongShape
        | Kind::Redirected(_)
        | Kind::RedirectLoop
        | Kind::Status(_)
        | Kind::AskedToWait { .. } => true,
    }
}

/// Turns a status that may be tried again and asks for a wait into a fault: with the wait where it is short
/// enough to be waited out, else as [`Kind::AskedToWait`], which is not tried again. `now` is when it was asked for.
pub(super) fn with_wait(status: u16, wait: Option<Duration>, limits: &Limits, now: Moment) -> Fault {
    let kind = Kind::Status(status);
    let wait = wait.filter(|_| worth(&kind) == Worth::AsManyAsAllowed);
    let (kind, wait) = match wait {
        Some(wait) if wait > limits.retry_after_cap => {
            let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0));
            let until = (seconds < DAY).then(|| now.after(seconds)).flatten();
            (Kind::AskedToWait { status, seconds, until }, None)
        }
        wait => (kind, wait),
    };
    Fault { wait, status: Some(status), ..kind.into() }
}

/// The seconds that DRF names in its sentence about throttling: "Expected available in 17 seconds."
fn seconds_in(sentence: &str) -> Option<Duration> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let pair = words.windows(2).find(|pair| matches!(pair, [_, unit] if unit.starts_with("second")))?;
    Some(Duration::from_secs(pair.first()?.parse().ok()?))
}

/// Reads a `Retry-After`: seconds or an HTTP date, of which one in the past means at once.
/// `None` when it is neither; digits beyond any number mean for ever.
pub(super) fn retry_after(value: &str, now: Moment) -> Option<Duration> {
    let value = value.trim_ascii();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(now.until(date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::error::{BodyPosition, Tls};
    use crate::cube::error_body::ErrorBody;
    use rstest::rstest;

    const NOON: Moment = Moment::at(1_732_968_000, 12, 0);

    #[test]
    fn a_wait_beyond_the_cap_tells_the_moment_when_it_ends() {
        let fault = with_wait(503, Some(Duration::from_millis(599_500)), &Limits::default(), NOON);
        let until = Some(Moment::at(1_732_968_600, 12, 10));
        assert_eq!(fault.kind, Kind::AskedToWait { status: 503, seconds: 600, until });
    }

    fn decisions(kinds: &[Kind]) -> Vec<Next> {
        let mut retries = Retries::default();
        kinds.iter().map(|kind| retries.next(&kind.clone().into(), &Limits::default(), 1.0)).collect()
    }

    fn tries(kind: Kind) -> usize {
        let kinds = vec![kind; 9];
        1 + decisions(&kinds).iter().take_while(|next| **next != Next::GiveUp).count()
    }

    fn tries_of_a_write(kind: &Kind) -> usize {
        let mut retries = Retries::new(Repeat::UnlessArrived);
        let next = || retries.next(&kind.clone().into(), &Limits::default(), 1.0);
        1 + std::iter::repeat_with(next).take_while(|next| *next != Next::GiveUp).count()
    }

    #[rstest]
    #[case::refused(Kind::Refused, 4)]
    #[case::no_connection(Kind::NoConnection(Duration::ZERO), 4)]
    #[case::unknown_host(Kind::UnknownHost, 2)]
    #[case::network_lost(Kind::Unreachable, 1)]
    #[case::broken(Kind::Broken, 1)]
    #[case::cut(Kind::Cut(7), 1)]
    #[case::stalled(Kind::Stalled { idle: Duration::ZERO, received: 0 }, 1)]
    #[case::too_slow(Kind::TooSlow { total: Duration::ZERO, received: 0 }, 1)]
    #[case::empty(Kind::Empty, 1)]
    #[case::unreadable(Kind::Unreadable(None), 1)]
    #[case::throttled(Kind::Status(429), 1)]
    #[case::gateway_timeout(Kind::Status(504), 1)]
    #[case::not_sent_at_all(Kind::ReadOnly, 1)]
    fn a_write_is_repeated_only_where_it_did_not_arrive(#[case] kind: Kind, #[case] expected: usize) {
        assert_eq!(tries_of_a_write(&kind), expected);
    }

    #[rstest]
    #[case::refused(Kind::Refused, 4)]
    #[case::broken(Kind::Broken, 4)]
    #[case::cut(Kind::Cut(7), 4)]
    #[case::stalled(Kind::Stalled { idle: Duration::ZERO, received: 0 }, 4)]
    #[case::empty(Kind::Empty, 4)]
    #[case::request_timeout(Kind::Status(408), 4)]
    #[case::too_early(Kind::Status(425), 4)]
    #[case::server(Kind::Status(500), 4)]
    #[case::gateway(Kind::Status(502), 4)]
    #[case::unavailable(Kind::Status(503), 4)]
    #[case::gateway_timeout(Kind::Status(504), 4)]
    #[case::unknown_host(Kind::UnknownHost, 2)]
    #[case::unreadable(Kind::Unreadable(Some(BodyPosition { line: 1, column: 1 })), 2)]
    #[case::written_so(Kind::NotJson(BodyPosition { line: 1, column: 1 }), 1)]
    #[case::bad_request(Kind::Status(400), 1)]
    #[case::unauthorised(Kind::Status(401), 1)]
    #[case::forbidden(Kind::Status(403), 1)]
    #[case::not_found(Kind::Status(404), 1)]
    #[case::method(Kind::Status(405), 1)]
    #[case::not_acceptable(Kind::Status(406), 1)]
    #[case::media_type(Kind::Status(415), 1)]
    #[case::not_implemented(Kind::Status(501), 1)]
    #[case::tls(Kind::Tls(Tls::Untrusted), 1)]
    #[case::proxy(Kind::Proxy(Some(407)), 1)]
    #[case::slow_proxy(Kind::SlowProxy(Duration::ZERO), 1)]
    #[case::web_page(Kind::WebPage, 1)]
    #[case::too_large(Kind::TooLarge(1), 1)]
    #[case::redirected(Kind::Redirected(None), 1)]
    fn each_kind_is_tried_as_often_as_it_is_worth(#[case] kind: Kind, #[case] expected: usize) {
        assert_eq!(tries(kind), expected);
    }

    #[test]
    fn waits_double_up_to_a_cap_and_the_dice_shorten_them() {
        let limits = Limits { retries: 9, ..Limits::default() };
        let mut retries = Retries::default();
        let longest: Vec<_> = (0..8).map(|_| retries.next(&Kind::Refused.into(), &limits, 1.0)).collect();
        let expected = [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000];
        assert_eq!(longest, expected.map(|ms| Next::Backoff(Duration::from_millis(ms))));
        let shortened = Retries::default().next(&Kind::Refused.into(), &limits, 0.25);
        assert_eq!(shortened, Next::Backoff(Duration::from_millis(125)));
    }

    #[test]
    fn a_second_look_is_granted_once_among_other_failures() {
        let unreadable = Kind::Unreadable(None);
        let next = decisions(&[Kind::Broken, unreadable.clone(), Kind::Broken, unreadable]);
        assert!(matches!(next[..], [Next::Backoff(_), Next::Backoff(_), Next::Backoff(_), Next::GiveUp]));
    }

    #[test]
    fn a_wait_that_cube_asks_for_replaces_our_own() {
        let fault = with_wait(429, Some(Duration::from_secs(3)), &Limits::default(), NOON);
        assert_eq!(Retries::default().next(&fault, &Limits::default(), 1.0), Next::Pause);
    }

    /// How long each 429 of one request stops everything, in seconds, until it is given up.
    fn waits(header: Option<u64>, sentence: &str) -> Vec<u64> {
        let mut retries = Retries::default();
        let mut waits = Vec::new();
        loop {
            let body = ErrorBody::read(429, &serde_json::json!({ "detail": sentence }).to_string());
            let sent = with_wait(429, header.map(Duration::from_secs), &Limits::default(), NOON);
            let fault = retries.throttle(Fault { body: Box::new(body), ..sent }, &Limits::default(), NOON);
            if let Kind::AskedToWait { seconds, .. } = fault.kind {
                return vec![seconds];
            }
            if retries.next(&fault, &Limits::default(), 1.0) != Next::Pause {
                return waits;
            }
            waits.push(fault.wait.unwrap().as_secs());
        }
    }

    #[rstest]
    #[case::nothing_said(None, "Slowly.", &[1, 2, 4, 8, 16, 32, 60])]
    #[case::a_longer_time(None, "Request was throttled. Expected available in 17 seconds.", &[17, 17, 17, 17, 17, 32, 60])]
    #[case::one_second(None, "Expected available in 1 second.", &[1, 2, 4, 8, 16, 32, 60])]
    #[case::other_numbers(None, "Limit: 500 requests. Expected available in 3 minutes", &[1, 2, 4, 8, 16, 32, 60])]
    #[case::no_number(None, "Wait some seconds", &[1, 2, 4, 8, 16, 32, 60])]
    #[case::in_a_header(Some(3), "Slowly.", &[3; 7])]
    #[case::longer_than_the_header(Some(3), "Expected available in 17 seconds.", &[17; 7])]
    #[case::shorter_than_the_header(Some(17), "Expected available in 3 seconds.", &[17; 7])]
    #[case::too_long(None, "Expected available in 3600 seconds.", &[3600])]
    fn a_429_waits_longer_each_time_and_as_long_as_cube_says(
        #[case] header: Option<u64>,
        #[case] sentence: &str,
        #[case] expected: &[u64],
    ) {
        assert_eq!(waits(header, sentence), expected);
    }

    #[rstest]
    #[case::two_minutes(Some(120), false)]
    #[case::more(Some(121), true)]
    #[case::absurd(Some(u64::MAX), true)]
    #[case::none(None, false)]
    fn a_wait_beyond_the_cap_ends_the_request(#[case] seconds: Option<u64>, #[case] ends: bool) {
        let fault = with_wait(503, seconds.map(Duration::from_secs), &Limits::default(), NOON);
        assert_eq!(matches!(fault.kind, Kind::AskedToWait { .. }), ends);
    }

    #[test]
    fn a_status_that_is_final_is_not_waited_for() {
        let fault = with_wait(404, Some(Duration::from_secs(9999)), &Limits::default(), NOON);
        assert_eq!(fault.kind, Kind::Status(404));
    }

    #[rstest]
    #[case::seconds("17", Some(17))]
    #[case::blanks(" 3 ", Some(3))]
    #[case::zero("0", Some(0))]
    #[case::large("99999999999", Some(99_999_999_999))]
    #[case::beyond_numbers("99999999999999999999999999", Some(u64::MAX))]
    #[case::date("Thu, 01 Jan 1970 00:01:00 GMT", Some(50))]
    #[case::past("Thu, 01 Jan 1970 00:00:03 GMT", Some(0))]
    #[case::negative("-5", None)]
    #[case::word("soon", None)]
    #[case::empty("", None)]
    #[case::fraction("1.5", None)]
    fn retry_after_is_seconds_or_a_date(#[case] value: &str, #[case] seconds: Option<u64>) {
        let now = Moment::at(10, 0, 0);
        assert_eq!(retry_after(value, now), seconds.map(Duration::from_secs));
    }
}
