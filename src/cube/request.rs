//! One request to Cube: which route, by which method, with which body, and whether it may be sent twice.
//! It decides nothing about being sent at all: that is the choke point's part, in `transport`.

use std::fmt;

use bytes::Bytes;
use reqwest::Method;

use crate::cube::error::Operation;
use crate::cube::route::Route;

/// What is asked of Cube.
pub(super) struct Request<'a> {
    route: Route<'a>,
    method: Method,
    body: Option<Bytes>,
}

/// Whether a request may be sent again by itself after it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Repeat {
    /// It only reads: it may always be sent again.
    #[default]
    Always,
    /// It changes something: it may be sent again only when it certainly did not reach Cube.
    UnlessArrived,
}

impl<'a> Request<'a> {
    /// A request that reads.
    pub(super) const fn get(route: Route<'a>) -> Self {
        Self { route, method: Method::GET, body: None }
    }

    /// A request that changes something, with a JSON body.
    pub(super) fn write(method: Method, route: Route<'a>, json: impl Into<Bytes>) -> Self {
        Self { route, method, body: Some(json.into()) }
    }

    /// Whether an answer with this status is the one that was asked for.
    pub(super) fn succeeds_with(&self, status: u16) -> bool {
        status == 200 || (self.method == Method::POST && status == 201)
    }

    /// Where the request goes.
    pub(super) const fn route(&self) -> Route<'a> {
        self.route
    }

    /// How it is sent.
    pub(super) const fn method(&self) -> &Method {
        &self.method
    }

    /// The JSON that it carries.
    pub(super) const fn body(&self) -> Option<&Bytes> {
        self.body.as_ref()
    }

    /// Whether it may be sent twice. PUT, which HTTP calls idempotent, may not: between the two another person may
    /// have changed the same customer.
    pub(super) fn repeat(&self) -> Repeat {
        if self.method == Method::GET { Repeat::Always } else { Repeat::UnlessArrived }
    }

    /// What its errors call it.
    pub(super) fn operation(&self) -> Operation {
        if self.method == Method::GET { self.route.operation() } else { Operation::Writing }
    }
}

impl fmt::Debug for Request<'_> {
    /// Without the body, which holds a customer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("route", &self.route)
            .field("body", &self.body.as_ref().map(Bytes::len))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn a_get_reads_has_no_body_and_may_always_be_repeated() {
        let request = Request::get(Route::Page(3));
        assert_eq!((request.method(), request.body()), (&Method::GET, None));
        assert_eq!((request.repeat(), request.operation()), (Repeat::Always, Operation::Page(3)));
    }

    #[rstest]
    #[case::put(Method::PUT)]
    #[case::post(Method::POST)]
    fn a_write_has_a_body_and_is_never_repeated_once_it_may_have_arrived(#[case] method: Method) {
        let request = Request::write(method, Route::Labels, "{}");
        assert_eq!(request.body().map(Bytes::len), Some(2));
        assert_eq!((request.repeat(), request.operation()), (Repeat::UnlessArrived, Operation::Writing));
    }
}
