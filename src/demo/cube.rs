//! One request and its answer, in the order in which Django, DRF and the proxies before them work.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName};
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::Response;
use tokio::sync::watch;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::line::Scissors;
use super::log::Seen;
use super::page::{self, Links, Paging};
use super::route::{Resource, Route};
use super::{CUSTOM_FIELDS, Settings, answer, credential, gone};

/// The campaigns of the account: two that call the town's list, one of them active.
const CAMPAIGNS: &str = include_str!("../../assets/demo/campaigns.json");

/// DRF's answer to OPTIONS: what a view renders and parses.
const OPTIONS: &str =
    r#"{"name":"Customers","description":"","renders":["application/json"],"parses":["application/json"]}"#;

/// The service behind every connection. Once the sender of `stopped` is gone, requests no longer wait.
pub(super) fn router(settings: Settings, stopped: watch::Receiver<()>) -> Router {
    let cube = Arc::new(Cube { settings, stopped });
    let router = Router::new().fallback(view).with_state(Arc::clone(&cube));
    #[cfg(feature = "faults")]
    let router = super::faults::layer(router, &cube.settings);
    router
        .layer(middleware::from_fn_with_state(cube, enter))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}

struct Cube {
    settings: Settings,
    stopped: watch::Receiver<()>,
}

/// Logs a request, lets the latency pass and hands the request on. A request that waits when the server stops loses
/// its connection.
async fn enter(
    State(cube): State<Arc<Cube>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
    next: Next,
) -> Response {
    let _in_flight = cube.settings.log.as_ref().map(|log| log.enter(cube.seen(&request)));
    let answered = async {
        if !cube.settings.latency.is_zero() {
            tokio::time::sleep(cube.settings.latency).await;
        }
        next.run(request).await
    };
    tokio::select! {
        response = answered => response,
        () = gone(cube.stopped.clone()) => answer::dropped(&scissors),
    }
}

/// The answer of a Cube in good order: host, route, credential, method, then what is asked for.
async fn view(State(cube): State<Arc<Cube>>, request: Request) -> Response {
    let (path, query) = (request.uri().path(), request.uri().query());
    let Some(host) = request.headers().get(HOST).and_then(page::host) else {
        return answer::bad_host();
    };
    let (resource, is_town) = match Route::of(path) {
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
        Resource::List => cube.list(&Links { host, path, query }).ok_or("Invalid page."),
        Resource::Customer(id) => cube.customer(&id).ok_or("Not found."),
        Resource::Labels => Ok(Body::from(CUSTOM_FIELDS)),
        Resource::Campaigns => Ok(Body::from(CAMPAIGNS)),
    };
    match body {
        Ok(body) => answer::view(StatusCode::OK, body),
        Err(sentence) => answer::detail(StatusCode::NOT_FOUND, sentence),
    }
}

impl Cube {
    fn list(&self, links: &Links<'_>) -> Option<Body> {
        let number = Paging::of(&self.settings).asked(links.query)?;
        page::body(&self.settings, number, links).map(Body::from)
    }

    fn customer(&self, id: &str) -> Option<Body> {
        let number = self.settings.town.position_of(id)?;
        Some(Body::from(self.settings.town.record(number)))
    }

    /// What the log keeps of a request.
    fn seen(&self, request: &Request) -> Seen {
        let header = |name: HeaderName| {
            request.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        Seen {
            method: request.method().to_string(),
            path: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
            page: Paging::of(&self.settings).page_of(&Route::of(request.uri().path()), request.uri().query()),
            has_authorization: request.headers().contains_key(AUTHORIZATION),
            is_authorized: credential::check(request.headers()).is_ok(),
            host: header(HOST),
            accept: header(ACCEPT),
            content_type: header(CONTENT_TYPE),
            in_flight: 0,
        }
    }
}
