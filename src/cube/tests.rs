//! The client against a listener that answers with bytes as they are written here, never with our own server's.

mod between;
mod calls;
mod decoding;
mod hints;
mod hostile;
mod log;
mod properties;
mod retries;
mod second_list;
mod server;
mod writing;

use std::time::Duration;

use super::*;
use server::Server;

/// What a token looks like, and what must never be seen anywhere but in a request's own header.
const TOKEN: &str = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

/// Limits with the real number of tries and next to no waits.
fn limits() -> Limits {
    Limits { backoff_base: Duration::from_micros(10), ..Limits::default() }
}

fn cube_with(server: &Server, limits: Limits) -> Cube {
    let credential = Credential::token(TOKEN.into()).unwrap();
    Cube::new(server.origin(), List::Assignment(9), credential, limits).unwrap()
}

fn cube(server: &Server) -> Cube {
    cube_with(server, limits())
}

fn id(text: &str) -> CustomerId {
    CustomerId::try_from(text).unwrap()
}
