//! What stands between us and Cube: names, proxies and TLS, told apart by the errors they cause.

use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{ClientBuilder, Proxy};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use super::server::{Play, SOON, Server, answer, empty_page, json};
use super::*;
use crate::cube::wire_error;

/// Asks a secure address in a way that production has no switch for, and tells how it failed.
async fn failure(url: &str, change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Kind, String) {
    // For its side effect: without a provider of cryptography no builder works.
    transport::client(&"http://127.0.0.1:1".parse().unwrap(), limits().connect).unwrap();
    let client = change(Client::builder().tls_certs_only([]).no_proxy()).build().unwrap();
    let error = client.get(url).header("authorization", TOKEN).send().await.unwrap_err();
    (wire_error::sending(&error, &limits(), true), format!("{error:?}"))
}

struct NoNames;

impl Resolve for NoNames {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async { Err::<Addrs, _>("no such name".into()) })
    }
}

#[tokio::test]
async fn a_name_without_an_address_is_an_unknown_host() {
    let (kind, _) = failure("https://x.invalid/", |builder| builder.dns_resolver(Arc::new(NoNames))).await;
    assert_eq!(kind, Kind::UnknownHost);
}

#[tokio::test]
async fn plain_http_on_the_secure_port_is_no_secure_server() {
    // Not our usual listener, which waits for the end of a head that a TLS greeting does not have.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        socket.write_all(&answer("400 Bad Request", "", "")).await.unwrap();
        socket
    });
    let (kind, _) = failure(&format!("https://{address}/"), |builder| builder).await;
    assert_eq!(kind, Kind::Tls(Tls::NotTls));
    serving.await.unwrap();
}

#[tokio::test]
async fn a_proxy_that_wants_a_login_is_named_and_never_sees_the_token() {
    let proxy = Server::answering(answer("407 Proxy Authentication Required", "", "")).await;
    let through = Proxy::all(proxy.origin().to_string()).unwrap().basic_auth("kari", "PROXYCANARY");
    let (kind, shown) = failure("https://acme.headshed.com/", |builder| builder.proxy(through)).await;
    assert_eq!(kind, Kind::Proxy(Some(407)));
    assert!(!shown.contains("PROXYCANARY"));
    let seen = proxy.seen();
    assert!(seen[0].starts_with("CONNECT acme.headshed.com:443 "));
    assert!(!seen[0].contains(TOKEN));
}

#[tokio::test]
async fn a_proxy_that_never_answers_is_told_as_one() {
    let proxy = Server::playing([Play::Stall(Vec::new())]).await;
    let through = Proxy::all(proxy.origin().to_string()).unwrap();
    let change = |builder: ClientBuilder| builder.proxy(through).connect_timeout(SOON);
    let (kind, _) = failure("https://acme.headshed.com/", change).await;
    assert_eq!(kind, Kind::SlowProxy(limits().connect));
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_told_from_cube_not_being_there() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let through = Proxy::all(format!("http://{}", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let (kind, _) = failure("https://acme.headshed.com/", |builder| builder.proxy(through)).await;
    assert_eq!(kind, Kind::Proxy(None));
}

#[tokio::test]
async fn a_connection_that_closes_between_two_pages_is_not_noticed() {
    let kept = "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"results\":[]}";
    let server = Server::playing([Play::Bytes(kept.into()), Play::Bytes(empty_page())]).await;
    let cube = cube(&server);
    assert!(cube.page(1).await.is_ok());
    assert!(cube.page(2).await.is_ok());
}

#[tokio::test]
async fn the_name_localhost_means_this_computer() {
    let server = Server::answering(json("{\"results\":[]}")).await;
    let named = server.origin().to_string().replace("127.0.0.1", "localhost");
    let credential = Credential::token(TOKEN.into()).unwrap();
    let cube = Cube::new(named.parse().unwrap(), List::Assignment(9), credential, limits()).unwrap();
    assert!(cube.page(1).await.is_ok());
}
