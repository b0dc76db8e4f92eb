//! Answers in the words and headers of Django and Django REST Framework (DRF), the framework that Cube's API shows.

use axum::body::Body;
use axum::http::header::{ALLOW, CONTENT_TYPE, LOCATION, VARY, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::line::Scissors;

/// The methods that a view allows which only reads, as each of its answers says.
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");
/// The methods of the view of one customer where it can be written.
const WRITING_METHODS: HeaderValue = HeaderValue::from_static("GET, PUT, POST, HEAD, OPTIONS");
pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json");
pub(super) const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Django's page for a route that does not exist, with its debug mode off.
const NOT_FOUND: &str = "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>Not Found</title>\n</head>\n<body>\n  \
    <h1>Not Found</h1><p>The requested resource was not found on this server.</p>\n</body>\n</html>\n";

/// Django's page for a `Host` header that is missing or malformed, with its debug mode off.
const BAD_REQUEST: &str = "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>Bad Request (400)</title>\n</head>\n<body>\n  \
    <h1>Bad Request (400)</h1><p></p>\n</body>\n</html>\n";

/// A DRF view's answer: JSON, with the headers that each of its answers carries.
pub(super) fn view(status: StatusCode, body: impl Into<Body>) -> Response {
    let headers = [(CONTENT_TYPE, JSON), (ALLOW, METHODS), (VARY, HeaderValue::from_static("Accept"))];
    (status, headers, body.into()).into_response()
}

/// The answer of a view of one customer that can be written.
pub(super) fn written(status: StatusCode, body: impl Into<Body>) -> Response {
    let mut response = view(status, body);
    response.headers_mut().insert(ALLOW, WRITING_METHODS);
    response
}

/// A DRF error: one sentence under `detail`. The sentence must need no JSON escape.
pub(super) fn detail(status: StatusCode, sentence: &str) -> Response {
    view(status, format!(r#"{{"detail":"{sentence}"}}"#))
}

/// DRF's answer to a credential that is missing or wrong.
pub(super) fn unauthorized(sentence: &str) -> Response {
    let mut response = detail(StatusCode::UNAUTHORIZED, sentence);
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Token"));
    response
}

/// DRF's answer to a method that a view does not have; `method` is a token, which needs no JSON escape.
pub(super) fn method_not_allowed(method: &str, is_writable: bool) -> Response {
    let mut response =
        detail(StatusCode::METHOD_NOT_ALLOWED, &format!(r#"Method \"{method}\" not allowed."#));
    if is_writable {
        response.headers_mut().insert(ALLOW, WRITING_METHODS);
    }
    response
}

/// Django's answer to a route that does not exist.
pub(super) fn no_such_route() -> Response {
    page(StatusCode::NOT_FOUND, NOT_FOUND)
}

/// Django's answer to a request that does not name the host it asks, or names none that can exist.
pub(super) fn bad_host() -> Response {
    page(StatusCode::BAD_REQUEST, BAD_REQUEST)
}

/// Django's answer where only the slash at the path's end is missing (its setting `APPEND_SLASH`).
pub(super) fn with_slash(path: &str, query: Option<&str>) -> Response {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let mut response = page(StatusCode::MOVED_PERMANENTLY, "");
    // A path that came in a request can be sent back in a header.
    if let Ok(location) = HeaderValue::from_str(&format!("{path}/{query}")) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// Ends the connection. The response that it returns is never sent.
pub(super) fn dropped(scissors: &Scissors) -> Response {
    scissors.cut();
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

fn page(status: StatusCode, html: &'static str) -> Response {
    (status, [(CONTENT_TYPE, HTML)], html).into_response()
}
