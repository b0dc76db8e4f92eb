//! The wire: one request, one answer, within the limits. It follows nothing, repeats nothing, remembers nothing.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use bytes::Bytes;
use hyper::http::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName,
    HeaderValue, LOCATION, RETRY_AFTER,
};
use reqwest::{Client, Method, RequestBuilder, Response, redirect, retry};
use rustls::crypto::{CryptoProvider, ring};
use tokio::time::{Instant, timeout_at};

use crate::cube::error::{Kind, Tls};
use crate::cube::limits::Limits;
use crate::cube::origin::Origin;
use crate::cube::wire_error;

/// What came back, whatever its status.
pub(super) struct Answer {
    pub(super) status: u16,
    /// `Retry-After` as sent.
    pub(super) retry_after: Option<String>,
    /// `Location` as sent.
    pub(super) location: Option<String>,
    /// `Content-Type` as sent, `""` without one.
    pub(super) content_type: String,
    /// Whole when the status is 200, else as much as an error's body is worth.
    pub(super) body: Vec<u8>,
}

/// The HTTP client for one origin. Certificates are checked against the store of the operating system, which on
/// Linux `SSL_CERT_FILE` and `SSL_CERT_DIR` replace; there is no way to turn the check off.
///
/// # Errors
/// [`Tls::NoRoots`] when that store is empty, which is of no matter to plain http on this computer.
pub(super) fn client(origin: &Origin, connect: Duration) -> Result<Client, Kind> {
    if CryptoProvider::get_default().is_none() {
        // Fails only when another thread was quicker, and then there is one too.
        let _ = ring::default_provider().install_default();
    }
    let json = HeaderValue::from_static("application/json");
    let mut headers = HeaderMap::from_iter([(ACCEPT, json.clone()), (CONTENT_TYPE, json)]);
    let mut builder = Client::builder()
        .user_agent(concat!("cubedex/", env!("CARGO_PKG_VERSION")))
        .http1_only()
        .referer(false)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .connect_timeout(connect);
    if origin.is_loopback() {
        // To pack and unpack what never leaves the computer takes longer than all the rest.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        // The name must mean this computer, whatever a resolver says of it.
        let here = [(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()];
        builder = builder.no_proxy().resolve_to_addrs("localhost", &here);
    }
    if !origin.is_https() {
        builder = builder.tls_certs_only([]);
    }
    builder
        .default_headers(headers)
        .build()
        .map_err(|_| if origin.is_https() { Kind::Tls(Tls::NoRoots) } else { Kind::Setup })
}

/// Whether the environment, or the system's settings, put a proxy between us and `origin`.
pub(super) fn is_by_proxy(origin: &Origin) -> bool {
    let address: Result<Uri, _> = origin.root().as_str().parse();
    !origin.is_loopback() && address.is_ok_and(|address| Matcher::from_system().intercept(&address).is_some())
}

/// The choke point, which every request passes last: what only reads may leave, and PUT and POST where writing is
/// turned on. Nothing else ever does.
fn may_leave(method: &Method, writes: bool) -> Result<(), Kind> {
    let is_write = *method == Method::PUT || *method == Method::POST;
    if *method == Method::GET || (is_write && writes) { Ok(()) } else { Err(Kind::ReadOnly) }
}

/// Sends `request`, if it may leave, and reads its answer.
pub(super) async fn ask(
    request: RequestBuilder,
    limits: &Limits,
    by_proxy: bool,
    writes: bool,
) -> Result<Answer, Kind> {
    let (client, request) = request.build_split();
    let request = request.map_err(|_| Kind::Setup)?;
    may_leave(request.method(), writes)?;
    let deadline = Deadline::new(limits);
    let sent = timeout_at(deadline.next(), client.execute(request)).await;
    let response = sent
        .map_err(|_| deadline.missed(0))?
        .map_err(|error| wire_error::sending(&error, limits, by_proxy))?;
    let mut answer = Answer {
        status: response.status().as_u16(),
        retry_after: header(&response, &RETRY_AFTER),
        location: header(&response, &LOCATION),
        content_type: header(&response, &CONTENT_TYPE).unwrap_or_default(),
        body: Vec::new(),
    };
    match answer.status {
        200 | 201 => {
            // What is unpacked already has lost this header.
            if let Some(packed) = header(&response, &CONTENT_ENCODING).as_deref().and_then(packing) {
                return Err(Kind::Packed(packed));
            }
            answer.body = read_whole(response, limits, &deadline).await?;
        }
        400.. => answer.body = read_some(response, limits, &deadline).await,
        _ => {}
    }
    Ok(answer)
}

/// Reads a body to its end.
async fn read_whole(
    mut response: Response,
    limits: &Limits,
    deadline: &Deadline<'_>,
) -> Result<Vec<u8>, Kind> {
    let announced = header(&response, &CONTENT_LENGTH).and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = Vec::with_capacity(limits.body.min(announced));
    while let Some(chunk) = next_chunk(&mut response, deadline, body.len() as u64).await? {
        if body.len().saturating_add(chunk.len()) > limits.body {
            return Err(Kind::TooLarge(limits.body as u64));
        }
        body.extend_from_slice(&chunk);
    }
    body.shrink_to_fit();
    Ok(body)
}

/// Reads the beginning of an error's body. The status alone is the news: whatever goes wrong ends the reading only.
async fn read_some(mut response: Response, limits: &Limits, deadline: &Deadline<'_>) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = next_chunk(&mut response, deadline, 0).await {
        let room = limits.error_body.saturating_sub(body.len());
        body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
        if room <= chunk.len() {
            break;
        }
    }
    body
}

async fn next_chunk(
    response: &mut Response,
    deadline: &Deadline<'_>,
    received: u64,
) -> Result<Option<Bytes>, Kind> {
    timeout_at(deadline.next(), response.chunk())
        .await
        .map_err(|_| deadline.missed(received))?
        .map_err(|error| wire_error::reading(&error, received))
}

/// The two clocks of one attempt: since its start, and since the last byte.
struct Deadline<'a> {
    limits: &'a Limits,
    end: Option<Instant>,
}

impl<'a> Deadline<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self { limits, end: Instant::now().checked_add(limits.total) }
    }

    /// When the next piece must be here.
    fn next(&self) -> Instant {
        let idle = Instant::now() + self.limits.idle;
        self.end.map_or(idle, |end| end.min(idle))
    }

    /// Which of the two has run out.
    fn missed(&self, received: u64) -> Kind {
        if self.end.is_some_and(|end| end <= Instant::now()) {
            Kind::TooSlow { total: self.limits.total, received }
        } else {
            Kind::Stalled { idle: self.limits.idle, received }
        }
    }
}

fn header(response: &Response, name: &HeaderName) -> Option<String> {
    Some(String::from_utf8_lossy(response.headers().get(name)?.as_bytes()).into_owned())
}

/// How a body is packed, by a name of ours; `None` when it is not.
fn packing(encoding: &str) -> Option<&'static str> {
    let names = encoding.split(',').map(str::trim).filter(|name| !name.is_empty());
    let packed = names.rev().find(|name| !name.eq_ignore_ascii_case("identity"))?;
    let known = ["br", "zstd", "deflate", "gzip", "compress", "x-gzip", "x-compress"];
    let known = known.into_iter().find(|known| known.eq_ignore_ascii_case(packed));
    Some(known.unwrap_or("a way of its own"))
}
