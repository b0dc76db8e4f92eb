//! One request and its answer, in the order in which Django, DRF and the proxies before them work.

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use tokio::sync::watch;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::answer::{self, Answer};
use super::faults::Fault;
use super::line::Scissors;
use super::log::Seen;
use super::page::Paging;
use super::route::{Resource, Route};
use super::{CUSTOM_FIELDS, Settings, credential, gone, page};

/// The campaigns of the account: the town's list twice, called once and called no longer.
const CAMPAIGNS: &str = include_str!("../../assets/demo/campaigns.json");

/// What DRF says of a view to who asks by OPTIONS.
const OPTIONS: &str =
    r#"{"name":"Customers","description":"","renders":["application/json"],"parses":["application/json"]}"#;

/// The service behind every connection; once the sender of `stopped` is gone, no request waits any longer.
pub(super) fn router(settings: Settings, stopped: watch::Receiver<()>) -> Router {
    Router::new()
        .fallback(answer)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(Arc::new(Cube { settings, stopped }))
}

struct Cube {
    settings: Settings,
    stopped: watch::Receiver<()>,
}

async fn answer(
    State(cube): State<Arc<Cube>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let route = Route::of(request.uri().path());
    let page = match &route {
        Route::View { resource: Resource::List, .. } => {
            Paging::of(&cube.settings).asked(request.uri().query())
        }
        _ => None,
    };
    let _in_flight = cube.settings.log.as_ref().map(|log| log.enter(seen(&request, page)));
    let fault = cube.settings.faults.meet(&route, page);
    let is_waited = tokio::select! {
        () = cube.wait(fault.as_ref()) => true,
        () = gone(cube.stopped.clone()) => false,
    };
    match fault {
        _ if !is_waited => dropped(&scissors),
        Some(Fault::Drop) => dropped(&scissors),
        Some(Fault::Answer(answer)) => answer.into_response(),
        Some(Fault::Body(body)) => Answer::json(StatusCode::OK, body).into_response(),
        Some(Fault::Cut(bytes)) => cut(cube.view(&request, route, page), bytes).await,
        Some(Fault::Hold(_)) | None => cube.view(&request, route, page),
    }
}

impl Cube {
    /// Lets the latency pass, and the gate open where there is one.
    async fn wait(&self, fault: Option<&Fault>) {
        if !self.settings.latency.is_zero() {
            tokio::time::sleep(self.settings.latency).await;
        }
        if let Some(Fault::Hold(gate)) = fault {
            gate.pass().await;
        }
    }

    /// The answer of a Cube that is well: route, then credential, then method, then what is asked for.
    fn view(&self, request: &Request, route: Route, page: Option<u64>) -> Response {
        let (path, query) = (request.uri().path(), request.uri().query());
        let (resource, is_town) = match route {
            Route::View { resource, is_town } => (resource, is_town),
            Route::AddSlash => return answer::with_slash(path, query),
            Route::Nowhere => return answer::no_such_route(),
        };
        if let Err(sentence) = credential::check(request.headers()) {
            return answer::unauthorized(sentence);
        }
        match *request.method() {
            Method::GET | Method::HEAD => {}
            Method::OPTIONS => return answer::view(StatusCode::OK, OPTIONS),
            ref other => return answer::method_not_allowed(other.as_str()),
        }
        let body = match resource {
            _ if !is_town => Err("Not found."),
            Resource::List => self.list(page, path, query).ok_or("Invalid page."),
            Resource::Customer(id) => self.customer(&id).ok_or("Not found."),
            Resource::Labels => Ok(Body::from(CUSTOM_FIELDS)),
            Resource::Campaigns => Ok(Body::from(CAMPAIGNS)),
        };
        match body {
            Ok(body) => answer::view(StatusCode::OK, body),
            Err(sentence) => answer::detail(StatusCode::NOT_FOUND, sentence),
        }
    }

    fn list(&self, number: Option<u64>, path: &str, query: Option<&str>) -> Option<Body> {
        page::body(&self.settings, number?, path, query).map(Body::from)
    }

    fn customer(&self, id: &str) -> Option<Body> {
        let number = self.settings.town.position_of(id)?;
        Some(Body::from(self.settings.town.record(number)))
    }
}

/// What the log keeps of a request.
fn seen(request: &Request, page: Option<u64>) -> Seen {
    let header = |name: HeaderName| {
        request.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    Seen {
        method: request.method().to_string(),
        path: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
        page,
        has_authorization: request.headers().contains_key(AUTHORIZATION),
        is_authorized: credential::check(request.headers()).is_ok(),
        host: header(HOST),
        accept: header(ACCEPT),
        content_type: header(CONTENT_TYPE),
        in_flight: 0,
    }
}

/// Cuts the connection; the answer that it returns is never sent.
fn dropped(scissors: &Scissors) -> Response {
    scissors.cut();
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
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
