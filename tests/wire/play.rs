//! What a server does with one request, byte by byte, and the bytes of answers that are written here.

use cubedex::demo::Town;
use std::time::Duration;

/// What a server does with one request.
#[derive(Clone)]
pub(crate) enum Play {
    /// The answer of a Cube that is well.
    Good,
    /// Writes these bytes, and closes the connection in good order.
    Bytes(Vec<u8>),
    /// Writes these bytes, and drops the connection without a goodbye: over TLS there is no `close_notify`.
    Drop(Vec<u8>),
    /// Writes these bytes, and breaks the connection with a reset.
    Reset(Vec<u8>),
    /// Writes these bytes, then nothing more, with the connection open.
    Stall(Vec<u8>),
    /// Writes the first bytes at once, then one byte of the others at a time with this pause before each.
    Trickle(Vec<u8>, Duration, Vec<u8>),
    /// Writes the first bytes once, then the others again and again for as long as somebody reads.
    Endless(Vec<u8>, Vec<u8>),
}

/// An answer with a length, the connection's last one.
pub(crate) fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Play {
    Play::Bytes(bytes_of(status, headers, body))
}

/// The bytes of an answer with a length.
pub(crate) fn bytes_of(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

/// A good answer with this JSON.
pub(crate) fn json(body: impl AsRef<[u8]>) -> Play {
    Play::Bytes(json_bytes(body))
}

/// The bytes of a good answer with this JSON.
pub(crate) fn json_bytes(body: impl AsRef<[u8]>) -> Vec<u8> {
    bytes_of("200 OK", "Content-Type: application/json\r\n", body)
}

/// An error as Cube words it.
pub(crate) fn detail(status: &str, headers: &str, words: &str) -> Play {
    let headers = format!("Content-Type: application/json\r\n{headers}");
    answer(status, &headers, serde_json::json!({ "detail": words }).to_string())
}

/// A web page with a status.
pub(crate) fn web_page(status: &str, words: &str) -> Play {
    answer(status, "Content-Type: text/html\r\n", format!("<html><h1>{words}</h1></html>"))
}

/// A redirect.
pub(crate) fn moved(status: &str, location: &str) -> Play {
    answer(status, &format!("Location: {location}\r\n"), "")
}

/// The head of a good answer that promises this many bytes.
pub(crate) fn head(length: usize) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n").into()
}

/// The head of a good answer in chunks.
pub(crate) fn chunked_head() -> Vec<u8> {
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec()
}

/// One chunk.
pub(crate) fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

/// The body of one page of a list of these records; `next` is JSON.
pub(crate) fn page(count: &str, next: &str, records: &[String]) -> String {
    format!(r#"{{"count":{count},"next":{next},"previous":null,"results":[{}]}}"#, records.join(","))
}

/// The body of page `number` of the town, in pages of `size`, as a Cube behind a proxy words it.
pub(crate) fn town_page(town: Town, size: u64, number: u64) -> Option<String> {
    let (start, all) = ((number - 1) * size, town.customers());
    let end = (start + size).min(all);
    let is_there = number == 1 || start < all;
    let next = format!(r#""http://cube.example/api/v1/assignments/9/customers/?page={}""#, number + 1);
    let next = if end < all { &next } else { "null" };
    let records: Vec<String> = (start..end).map(|row| town.record(row)).collect();
    is_there.then(|| page(&all.to_string(), next, &records))
}

/// A record with an id (as JSON) and a name.
pub(crate) fn record(id: &str, name: &str) -> String {
    let name = serde_json::Value::from(name);
    format!(r#"{{"crm__customer_id":{id},"crm__standard_info__name":{name}}}"#)
}
