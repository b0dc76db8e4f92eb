//! Who may ask: DRF's Token and Basic authentication for the one account of the demo.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use super::TOKEN;

/// [`USER`](super::USER), a colon and [`PASSWORD`](super::PASSWORD), in Base64.
const BASIC: &str = "ZGVtb0BleGFtcGxlLmNvbTpkZW1vLXBhc3N3b3Jk";

/// Passes a request with the right credential.
///
/// # Errors
/// DRF's sentence on what is wrong with it.
pub(super) fn check(headers: &HeaderMap) -> Result<(), &'static str> {
    const MISSING: &str = "Authentication credentials were not provided.";
    let header = headers.get(AUTHORIZATION).ok_or(MISSING)?;
    let header = String::from_utf8_lossy(header.as_bytes());
    let mut words = header.split_ascii_whitespace();
    let scheme = words.next().unwrap_or_default();
    let secret = (words.next(), words.next());
    if scheme.eq_ignore_ascii_case("token") {
        check_token(secret)
    } else if scheme.eq_ignore_ascii_case("basic") {
        check_basic(secret)
    } else {
        Err(MISSING)
    }
}

fn check_token(secret: (Option<&str>, Option<&str>)) -> Result<(), &'static str> {
    match secret {
        (None, _) => Err("Invalid token header. No credentials provided."),
        (_, Some(_)) => Err("Invalid token header. Token string should not contain spaces."),
        (Some(TOKEN), None) => Ok(()),
        (Some(_), None) => Err("Invalid token."),
    }
}

fn check_basic(secret: (Option<&str>, Option<&str>)) -> Result<(), &'static str> {
    match secret {
        (None, _) => Err("Invalid basic header. No credentials provided."),
        (_, Some(_)) => Err("Invalid basic header. Credentials string should not contain spaces."),
        (Some(BASIC), None) => Ok(()),
        (Some(other), None) if is_base64(other) => Err("Invalid username/password."),
        (Some(_), None) => Err("Invalid basic header. Credentials not correctly base64 encoded."),
    }
}

fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - digits.len() <= 2
        && digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/')
}
