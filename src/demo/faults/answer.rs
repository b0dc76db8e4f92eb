//! A whole answer that a test makes up.

use axum::body::Bytes;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::demo::answer::{HTML, JSON};

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

    /// An HTML page, such as proxies and Django's own error pages send.
    #[must_use]
    pub fn html(status: StatusCode, body: impl Into<Bytes>) -> Self {
        Self::new(status, body).with(CONTENT_TYPE, HTML)
    }

    /// A redirect to `location`. A location that no header can hold is left out, which is a broken redirect too.
    #[must_use]
    pub fn redirect(status: StatusCode, location: &str) -> Self {
        Self::html(status, "").header(LOCATION, location)
    }

    /// Adds a header. A value that no header can hold is left out.
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
