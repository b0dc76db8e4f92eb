//! Tests of the server over plain TCP: what goes over the wire, read by nothing that we wrote for the client.

mod faults;
mod pages;
mod routes;
mod wire;
mod writing;
