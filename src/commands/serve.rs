//! `cubedex serve`: the demo town as a server of its own.

use super::Failure;
use super::output::print;
use crate::cli::Serve;
use crate::demo::{self, Settings, TOKEN, Town};
use anyhow::Context;
use std::time::Duration;
use tokio::net::TcpListener;

/// Serves until Ctrl-C, after one line with the address and the token.
pub(super) fn run(serve: &Serve) -> Result<u8, Failure> {
    let settings = Settings {
        town: Town::new(serve.customers),
        page_size: serve.page_size as usize,
        latency: Duration::from_millis(serve.latency_ms),
        read_only: serve.read_only,
        ..Settings::default()
    };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the server")?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", serve.port))
            .await
            .with_context(|| format!("listening on port {} of 127.0.0.1", serve.port))?;
        let address = listener.local_addr().context("listening")?;
        // A reader that has gone away is no reason not to serve.
        print(&format!("http://{address} token {TOKEN}\n"))?;
        let until_ctrl_c = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        demo::serve(listener, until_ctrl_c, settings).await.context("serving")?;
        Ok(0)
    })
}
