//! Wrong answers to order: what the server does wrong, for which requests, switched while it runs. Tests alone have
//! this, by the feature `faults`.

mod answer;
mod writing;

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CONTENT_LENGTH, HOST};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use tokio::sync::watch;

pub use self::answer::Answer;
pub use self::writing::Taking;
use super::Settings;
use super::answer::{dropped, with_slash};
use super::line::Scissors;
use super::page::Paging;
use super::route::{Resource, Route};

/// Which requests meet a fault, whatever their credential; where nothing else is said, whatever their method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Every request, also to a route that does not exist.
    All,
    /// Every page of the list.
    List,
    /// One page of the list, counted from 1; `page=last` counts as the page that it is.
    Page(u64),
    /// Every single customer.
    Customers,
    /// The single customer with this id, as spelt in the path.
    Customer(String),
    /// The labels of the custom fields.
    Labels,
    /// The campaigns.
    Campaigns,
    /// Every change of a customer: PUT and POST.
    Writes,
}

impl Target {
    /// Whether a request to `route`, for `page` where it is the list, is meant.
    fn is_hit(&self, route: &Route, page: Option<u64>, writes: bool) -> bool {
        let resource = match route {
            Route::View { resource, .. } => Some(resource),
            Route::AddSlash | Route::Nowhere => None,
        };
        match self {
            Self::All => true,
            Self::List => resource == Some(&Resource::List),
            Self::Page(number) => page == Some(*number),
            Self::Customers => matches!(resource, Some(Resource::Customer(_))),
            Self::Customer(id) => matches!(resource, Some(Resource::Customer(asked)) if asked == id),
            Self::Labels => resource == Some(&Resource::Labels),
            Self::Campaigns => resource == Some(&Resource::Campaigns),
            Self::Writes => writes,
        }
    }
}

/// One way to misbehave.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Answers with this, whatever was asked.
    Answer(Answer),
    /// Answers 200 `application/json` with exactly these bytes.
    Body(Bytes),
    /// Waits until the gate opens, then answers as if nothing had happened.
    Hold(Gate),
    /// Answers as if this host had been asked, with its port where it has one: `next` and `previous` name it. Behind
    /// a proxy a real Cube does that.
    OtherHost(String),
    /// Ends the connection without a byte of an answer.
    Drop,
    /// Promises the whole true answer in `Content-Length`, sends this many bytes of its body and ends the connection.
    Cut(usize),
    /// Does what was asked, and then misbehaves so instead of answering.
    After(Box<Fault>),
    /// Wants a slash at the end of the path of one customer: without it the answer is 301 to there.
    Slash,
    /// Takes a change otherwise than it was sent, and answers as if nothing had happened.
    Taking(Taking),
}

/// `router` with the faults of `settings` before it.
pub(super) fn layer(router: Router, settings: &Settings) -> Router {
    let state = (settings.faults.clone(), Paging::of(settings));
    router.layer(middleware::from_fn_with_state(state, meet))
}

/// Answers a request wrongly where a fault is set for it.
async fn meet(
    State((faults, paging)): State<(Faults, Paging)>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let route = match Route::of(path) {
        // Nothing but `Slash` leads there.
        Route::Nowhere => Route::of(path.strip_suffix('/').unwrap_or(path)),
        route => route,
    };
    let page = paging.page_of(&route, request.uri().query());
    let writes = [Method::PUT, Method::POST].contains(request.method());
    let (mut fault, mut request) = (faults.meet(&route, page, writes), request);
    if let Some(Fault::After(then)) = fault {
        let done = next.clone().run(request).await;
        drop(done);
        (fault, request) = (Some(*then), Request::default());
    }
    match fault {
        None => next.run(request).await,
        Some(Fault::Answer(answer)) => answer.into_response(),
        Some(Fault::Body(body)) => Answer::json(StatusCode::OK, body).into_response(),
        Some(Fault::Hold(gate)) => {
            gate.pass().await;
            next.run(request).await
        }
        Some(Fault::OtherHost(host)) => {
            // A host that no header can hold is none that a client could have named.
            if let Ok(host) = HeaderValue::from_str(&host) {
                request.headers_mut().insert(HOST, host);
            }
            next.run(request).await
        }
        // What comes after a change is one fault, not a chain of them.
        Some(Fault::Drop | Fault::After(_)) => dropped(&scissors),
        Some(Fault::Cut(bytes)) => cut(next.run(request).await, bytes).await,
        Some(Fault::Slash) => match request.uri().path().strip_suffix('/').map(str::parse) {
            Some(Ok(uri)) => {
                *request.uri_mut() = uri;
                next.run(request).await
            }
            _ => with_slash(request.uri().path(), request.uri().query()),
        },
        Some(Fault::Taking(taking)) => next.run(taking.of(request).await).await,
    }
}

/// `whole` with all its headers and the first `bytes` of its body, after which the connection breaks off.
async fn cut(whole: Response, bytes: usize) -> Response {
    let (mut parts, body) = whole.into_parts();
    // Every body here is in memory already.
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.insert(CONTENT_LENGTH, body.len().into());
    let start = body.slice(..bytes.min(body.len()));
    let sent = stream::once(async move { Ok::<Bytes, io::Error>(start) });
    let broken = stream::once(async {
        // One turn for the server to write what it has: an error at once would take that along.
        tokio::task::yield_now().await;
        Err(io::ErrorKind::ConnectionAborted.into())
    });
    Response::from_parts(parts, Body::from_stream(sent.chain(broken)))
}

/// The faults in force. A clone is another handle to the same ones.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<Vec<Entry>>>);

#[derive(Debug)]
struct Entry {
    target: Target,
    fault: Fault,
    /// How many more requests meet it; `None` means all of them.
    left: Option<u32>,
}

impl Faults {
    /// Makes every request that `target` means meet `fault`, until [`Faults::clear`]. Of several faults for one request
    /// the latest is met.
    pub fn set(&self, target: Target, fault: Fault) {
        self.entries().push(Entry { target, fault, left: None });
    }

    /// Like [`Faults::set`], but for the next `times` requests only.
    pub fn set_times(&self, target: Target, times: u32, fault: Fault) {
        self.entries().push(Entry { target, fault, left: Some(times) });
    }

    /// Switches every fault off. A request already held goes on waiting for its gate.
    pub fn clear(&self) {
        self.entries().clear();
    }

    /// The fault that a request meets now, counted as met.
    pub(super) fn meet(&self, route: &Route, page: Option<u64>, writes: bool) -> Option<Fault> {
        let mut entries = self.entries();
        let entry = entries
            .iter_mut()
            .rev()
            .find(|entry| entry.left != Some(0) && entry.target.is_hit(route, page, writes))?;
        if let Some(left) = &mut entry.left {
            *left -= 1;
        }
        Some(entry.fault.clone())
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        // A list of faults is whole after each of its steps, so a panic elsewhere cannot have spoilt it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Holds requests back until it is opened. A clone is another handle to the same gate.
#[derive(Clone)]
pub struct Gate(Arc<watch::Sender<Passage>>);

#[derive(Default)]
struct Passage {
    is_open: bool,
    reached: usize,
}

impl Gate {
    /// Lets everyone through, those who wait and those who come later.
    pub fn open(&self) {
        self.0.send_modify(|passage| passage.is_open = true);
    }

    /// Waits until at least `requests` have come to the gate since it was made, given up or not.
    pub async fn reached(&self, requests: usize) {
        self.until(|passage| passage.reached >= requests).await;
    }

    /// Comes to the gate and waits until it is open.
    pub(super) async fn pass(&self) {
        self.0.send_modify(|passage| passage.reached += 1);
        self.until(|passage| passage.is_open).await;
    }

    async fn until(&self, holds: impl FnMut(&Passage) -> bool) {
        // It fails only without a sender, and this handle is one.
        let _ = self.0.subscribe().wait_for(holds).await;
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Passage::default())))
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate").field("is_open", &self.0.borrow().is_open).finish_non_exhaustive()
    }
}
