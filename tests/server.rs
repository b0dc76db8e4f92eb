//! The demo town as a server of its own process.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use crate::run::cubedex;

/// `cubedex serve` in a process of its own. It ends when this is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(args: &[&str]) -> Self {
        let mut child = cubedex(&["serve"]).args(args).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (address, token) = line.trim().split_once(" token ").unwrap();
        assert_eq!(token, "demo-token");
        Self { address: address.to_owned(), child }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
