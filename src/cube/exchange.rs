//! One request from its first attempt to its last: the slash of its URL, redirects, waits and retries.

use std::sync::Arc;

use crate::cube::Cube;
use crate::cube::error::{Error, Fault, Kind, ServerPath};
use crate::cube::error_body::ErrorBody;
use crate::cube::gate::Lane;
use crate::cube::request::Request;
use crate::cube::retry::{self, Next, Retries};
use crate::cube::route::{Redirect, Route, Slash};
use crate::cube::transport::{self, Answer};
use crate::cube::wire::Body;
use crate::text::{Place, clean_str};

impl Cube {
    /// Sends `request` and reads its answer; sends it again as long as that is allowed and worth it.
    pub(super) async fn ask<T>(
        &self,
        request: &Request<'_>,
        lane: Lane,
        read: impl Fn(Body) -> Result<T, Fault>,
    ) -> Result<T, Error> {
        let mut retries = Retries::new(request.repeat());
        let read = |body| read(body).map_err(|fault| Fault { status: Some(200), ..fault });
        let mut failures = 0;
        loop {
            let mut fault = match self.attempt(request, lane).await.and_then(read) {
                Ok(answer) => {
                    if failures > 0 {
                        tracing::info!(path = self.logged(request), failures, "answered in the end");
                    }
                    return Ok(answer);
                }
                Err(fault) => fault,
            };
            failures += 1;
            if fault.kind == Kind::Status(429) {
                fault = retries.throttle(fault, &self.shared.limits, (self.clock)());
            }
            if let (Some(wait), Kind::Status(status)) = (fault.wait, &fault.kind) {
                self.shared.gate.pause(wait, *status, (self.clock)());
            }
            let next = retries.next(&fault, &self.shared.limits, fastrand::f64());
            let (status, kind) = (fault.status, format!("{:?}", fault.kind));
            let error = Error::new(request.operation(), Arc::clone(&self.endpoint), fault, (self.clock)());
            // Our own words alone: nothing that the server or a customer said.
            tracing::warn!(path = self.logged(request), status, kind, next = ?next, "{error}");
            match next {
                Next::GiveUp => return Err(error),
                Next::Backoff(wait) => tokio::time::sleep(wait).await,
                // The gate delays the next attempt.
                Next::Pause => {}
            }
        }
    }

    /// What a request goes to, for the log: no id is in it.
    fn logged(&self, request: &Request<'_>) -> String {
        request.route().documented_path(self.list)
    }

    /// Sends it once. A redirect that only moves the last slash is a hint: then our own URL with the other slash is
    /// asked once, by the same method with the same body. What was redirected was not done.
    async fn attempt(&self, request: &Request<'_>, lane: Lane) -> Result<Body, Fault> {
        let route = request.route();
        let slash = self.shared.slashes.of(route);
        let mut answer = self.send(request, lane, slash).await?;
        let is_hint = self.redirect(route, slash, &answer) == Some(Redirect::OtherSlash);
        if is_hint {
            answer = self.send(request, lane, slash.flip()).await?;
            if self.redirect(route, slash.flip(), &answer) == Some(Redirect::OtherSlash) {
                return Err(Kind::RedirectLoop.into());
            }
            if request.succeeds_with(answer.status) {
                self.shared.slashes.remember(route, slash.flip());
            }
            return self.judge(request, slash.flip(), answer);
        }
        self.judge(request, slash, answer)
    }

    async fn send(&self, request: &Request<'_>, lane: Lane, slash: Slash) -> Result<Answer, Fault> {
        let url = request.route().url(&self.shared.origin, self.list, slash);
        let signed = self.shared.bound.sign(&self.shared.client, request, url)?;
        let _place = self.shared.gate.pass(lane).await;
        Ok(transport::ask(signed, &self.shared.limits, self.shared.by_proxy, self.writes).await?)
    }

    /// Where an answer with a redirect status points; `None` for any other answer.
    fn redirect(&self, route: Route<'_>, slash: Slash, answer: &Answer) -> Option<Redirect> {
        let location = answer.location.as_ref()?;
        let origin = &self.shared.origin;
        matches!(answer.status, 301 | 302 | 303 | 307 | 308)
            .then(|| Redirect::read(&route.url(origin, self.list, slash), origin, location))
    }

    /// An answer's body if its status is the one for success.
    fn judge(&self, request: &Request<'_>, slash: Slash, answer: Answer) -> Result<Body, Fault> {
        let route = request.route();
        let status = answer.status;
        let redirected = self.redirect(route, slash, &answer).map(|redirect| match redirect {
            Redirect::Elsewhere(host) => Kind::Redirected(host),
            Redirect::OtherPath(path) => {
                let path = ServerPath(clean_str(&path, Place::Message).into_owned());
                Kind::RedirectedHere { status, path }
            }
            Redirect::Itself | Redirect::OtherSlash => Kind::RedirectLoop,
        });
        if let Some(kind) = redirected {
            return Err(Fault { status: Some(status), ..kind.into() });
        }
        if request.succeeds_with(status) {
            return Body::decode(answer.body, &answer.content_type, self.shared.limits.body);
        }
        let now = (self.clock)();
        let wait = answer.retry_after.and_then(|value| retry::retry_after(&value, now));
        let fault = retry::with_wait(status, wait, &self.shared.limits, now);
        let body = ErrorBody::read(status, &String::from_utf8_lossy(&answer.body));
        Err(Fault { body: Box::new(body), ..fault })
    }
}
