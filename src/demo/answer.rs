//! Answers in the words and headers of Django and Django REST Framework (DRF), the framework that Cube's API shows.

use axum::body::{Body, Bytes};
use axum::http::header::{ALLOW, CONTENT_TYPE, LOCATION, VARY, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// What every view answers to a method that it does not have, and names in each answer's `Allow`.
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Django's page for a route that does not exist, with its debug mode off.
const NOT_FOUND: &str = "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>Not Found</title>\n</head>\n<body>\n  \
    <h1>Not Found</h1><p>The requested resource was not found on this server.</p>\n</body>\n</html>\n";

/// One ready answer for a [`Fault`](super::Fault): status, headers and body.
#[derive(Clone, Debug)]
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    /// An answer with this status and body, and no header of its own.
    #[must_use]
    pub fn new(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self { status, headers: HeaderMap::new(), body: body.into() }
    }

    /// A JSON document.
    #[must_use]
    pub fn json(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::new(status, body).with(CONTENT_TYPE, JSON)
    }

    /// An HTML page, as proxies and Django's own error pages are.
    #[must_use]
    pub fn html(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::new(status, body).with(CONTENT_TYPE, HTML)
    }

    /// A redirect to `location`; one that no header can hold is left out, which is a broken redirect too.
    #[must_use]
    pub fn redirect(status: StatusCode, location: &str) -> Self {
        Self::html(status, "").header(LOCATION, location)
    }

    /// Adds a header; a value that no header can hold is left out.
    #[must_use]
    pub fn header(self, name: HeaderName, value: &str) -> Self {
        match HeaderValue::from_str(value) {
            Ok(value) => self.with(name, value),
            Err(_) => self,
        }
    }

    fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        (self.status, self.headers, self.body).into_response()
    }
}

/// What a DRF view answers: JSON, with the headers that each of its answers carries.
pub(super) fn view(status: StatusCode, body: impl Into<Body>) -> Response {
    let headers = [(CONTENT_TYPE, JSON), (ALLOW, METHODS), (VARY, HeaderValue::from_static("Accept"))];
    (status, headers, body.into()).into_response()
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
pub(super) fn method_not_allowed(method: &str) -> Response {
    detail(StatusCode::METHOD_NOT_ALLOWED, &format!(r#"Method \"{method}\" not allowed."#))
}

/// Django's answer to a route that does not exist.
pub(super) fn no_such_route() -> Response {
    Answer::html(StatusCode::NOT_FOUND, NOT_FOUND).into_response()
}

/// Django's answer where only the slash at the path's end is missing (its setting `APPEND_SLASH`).
pub(super) fn with_slash(path: &str, query: Option<&str>) -> Response {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Answer::redirect(StatusCode::MOVED_PERMANENTLY, &format!("{path}/{query}")).into_response()
}
