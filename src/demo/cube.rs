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

use super::changes::Records;
use super::line::Scissors;
use super::log::Seen;
use super::page::{self, Links, Paging};
use super::route::{Resource, Route};
use super::{CUSTOM_FIELDS, Settings, answer, calls, credential, gone, write};

/// The campaigns of the account: two that call the town's list, one of them active.
const CAMPAIGNS: &str = include_str!("../../assets/demo/campaigns.json");

/// DRF's answer to OPTIONS: what a view renders and parses.
const OPTIONS: &str =
    r#"{"name":"Customers","description":"","renders":["application/json"],"parses":["application/json"]}"#;

/// The service behind every connection. Once the sender of `stopped` is gone, requests no longer wait.
pub(super) fn router(settings: Settings, stopped: watch::Receiver<()>) -> Router {
    let records = Records::of(settings.town);
    let cube = Arc::new(Cube { settings, records, stopped });
    let router = Router::new().fallback(view).with_state(Arc::clone(&cube));
    #[cfg(feature = "faults")]
    let router = super::faults::layer(router, &cube.settings);
    router
        .layer(middleware::from_fn_with_state(cube, enter))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}

struct Cube {
    settings: Settings,
    records: Records,
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
    let (parts, body) = request.into_parts();
    let (path, query) = (parts.uri.path(), parts.uri.query());
    let Some(host) = parts.headers.get(HOST).and_then(page::host) else {
        return answer::bad_host();
    };
    let (resource, is_town, is_writable) = match Route::of(path) {
        Route::View { resource, is_town, is_writable } => (resource, is_town, is_writable),
        Route::AddSlash => return answer::with_slash(path, query),
        Route::Nowhere => return answer::no_such_route(),
    };
    if let Err(sentence) = credential::check(&parts.headers) {
        return answer::unauthorized(sentence);
    }
    let is_writable = is_writable && !cube.settings.read_only;
    match parts.method {
        Method::GET | Method::HEAD => {}
        Method::PUT | Method::POST if is_writable && is_town => {
            return cube.write(&parts.method, &resource, body).await;
        }
        Method::OPTIONS => return answer::view(StatusCode::OK, OPTIONS),
        ref other => return answer::method_not_allowed(other.as_str(), is_writable),
    }
    let body = match resource {
        _ if !is_town => Err("Not found."),
        Resource::List => cube.list(&Links { host, path, query }).ok_or("Invalid page."),
        Resource::Customer(id) => match cube.customer(&id) {
            Some(record) if is_writable => return answer::written(StatusCode::OK, record),
            found => found.ok_or("Not found."),
        },
        Resource::Labels => Ok(Body::from(CUSTOM_FIELDS)),
        Resource::Campaigns => Ok(Body::from(CAMPAIGNS)),
        Resource::Calls => {
            let links = Links { host, path, query };
            calls::body(&cube.settings, &links).map(Body::from).ok_or("Invalid page.")
        }
    };
    match body {
        Ok(body) => answer::view(StatusCode::OK, body),
        Err(sentence) => answer::detail(StatusCode::NOT_FOUND, sentence),
    }
}

impl Cube {
    fn list(&self, links: &Links<'_>) -> Option<Body> {
        let paging = Paging::of(&self.settings).with(self.records.count());
        page::body(paging, &self.records, paging.asked(links.query)?, links).map(Body::from)
    }

    fn customer(&self, id: &str) -> Option<Body> {
        let number = self.records.position_of(id)?;
        Some(Body::from(self.records.record(number)))
    }

    /// Changes or creates one customer.
    async fn write(&self, method: &Method, resource: &Resource, body: Body) -> Response {
        let Resource::Customer(id) = resource else { return answer::no_such_route() };
        let Ok(body) = axum::body::to_bytes(body, write::LARGEST).await else {
            return answer::detail(StatusCode::PAYLOAD_TOO_LARGE, "Request body is too large.");
        };
        let records = &self.records;
        if *method == Method::PUT { write::put(records, id, &body) } else { write::post(records, id, &body) }
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
