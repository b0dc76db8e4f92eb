//! One request from its first attempt to its last: the slash of its URL, redirects, waits and retries.

use std::sync::Arc;

use crate::cube::Cube;
use crate::cube::error::{Error, Fault, Kind};
use crate::cube::error_body::ErrorBody;
use crate::cube::gate::Lane;
use crate::cube::request::{Repeat, Request};
use crate::cube::retry::{self, Next, Retries};
use crate::cube::route::{Redirect, Route, Slash};
use crate::cube::transport::{self, Answer};
use crate::cube::wire::Body;

impl Cube {
    /// Sends `request` and reads its answer; sends it again as long as that is allowed and worth it.
    pub(super) async fn ask<T>(
        &self,
        request: &Request<'_>,
        lane: Lane,
        read: impl Fn(Body) -> Result<T, Fault>,
    ) -> Result<T, Error> {
        let mut retries = Retries::new(request.repeat());
        loop {
            let fault = match self.attempt(request, lane).await.and_then(&read) {
                Ok(answer) => return Ok(answer),
                Err(fault) => fault,
            };
            if let (Some(wait), Kind::Status(status)) = (fault.wait, &fault.kind) {
                self.shared.gate.pause(wait, *status, (self.clock)());
            }
            match retries.next(&fault, &self.shared.limits, fastrand::f64()) {
                Next::GiveUp => {
                    let asked = Arc::clone(&self.shared.asked);
                    return Err(Error::new(request.operation(), asked, fault, (self.clock)()));
                }
                Next::Backoff(wait) => tokio::time::sleep(wait).await,
                // The gate delays the next attempt.
                Next::Pause => {}
            }
            tracing::debug!(operation = %request.operation(), kind = ?fault.kind, "trying again");
        }
    }

    /// Sends it once. A redirect that only moves the last slash is a hint for what may be repeated: then our own URL
    /// with the other slash is asked once.
    async fn attempt(&self, request: &Request<'_>, lane: Lane) -> Result<Body, Fault> {
        let route = request.route();
        let slash = self.shared.slashes.of(route);
        let mut answer = self.send(request, lane, slash).await?;
        let is_hint = self.redirect(route, slash, &answer) == Some(Redirect::OtherSlash);
        if is_hint && request.repeat() == Repeat::Always {
            answer = self.send(request, lane, slash.flip()).await?;
            if self.redirect(route, slash.flip(), &answer) == Some(Redirect::OtherSlash) {
                return Err(Kind::RedirectLoop.into());
            }
            if answer.status == 200 {
                self.shared.slashes.remember(route, slash.flip());
            }
            return self.judge(route, slash.flip(), answer);
        }
        self.judge(route, slash, answer)
    }

    async fn send(&self, request: &Request<'_>, lane: Lane, slash: Slash) -> Result<Answer, Fault> {
        let url = request.route().url(&self.shared.origin, self.shared.list, slash);
        let signed = self.shared.bound.sign(&self.shared.client, request, url)?;
        let _place = self.shared.gate.pass(lane).await;
        Ok(transport::ask(signed, &self.shared.limits, self.shared.by_proxy).await?)
    }

    /// Where an answer with a redirect status points; `None` for any other answer.
    fn redirect(&self, route: Route<'_>, slash: Slash, answer: &Answer) -> Option<Redirect> {
        let location = answer.location.as_ref()?;
        let origin = &self.shared.origin;
        matches!(answer.status, 301 | 302 | 303 | 307 | 308)
            .then(|| Redirect::read(&route.url(origin, self.shared.list, slash), origin, location))
    }

    /// An answer's body if its status is the one for success.
    fn judge(&self, route: Route<'_>, slash: Slash, answer: Answer) -> Result<Body, Fault> {
        match self.redirect(route, slash, &answer) {
            Some(Redirect::Elsewhere(host)) => return Err(Kind::Redirected(host).into()),
            Some(Redirect::OtherPath) => return Err(Kind::WebPage.into()),
            Some(Redirect::Itself | Redirect::OtherSlash) => return Err(Kind::RedirectLoop.into()),
            None => {}
        }
        if answer.status == 200 {
            return Body::decode(answer.body, answer.is_html, self.shared.limits.body);
        }
        let now = (self.clock)();
        let wait = answer.retry_after.and_then(|value| retry::retry_after(&value, now));
        let fault = retry::with_wait(answer.status, wait, &self.shared.limits, now);
        let body = ErrorBody::read(answer.status, &String::from_utf8_lossy(&answer.body));
        Err(Fault { body: Box::new(body), ..fault })
    }
}
