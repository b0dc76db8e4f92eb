//! Proxies as the real program meets them: what it says of one that is in the way, what the proxy gets to see, and that
//! none is used for this computer itself.

use super::certificates::{Authority, Wrong};
use super::server::{Elsewhere, Server, TOKEN};
use super::tls::{browser, quit, wait_for_words};
use rstest::rstest;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

/// A name that no resolver outside this computer is asked for: only the proxy hears it.
const CUBE: &str = "https://cube.invalid";

/// A proxy that answers everything alike, and what it was told.
struct Proxy {
    address: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    async fn answering(answer: &'static str) -> Self {
        Self::with(answer, None).await
    }

    /// One that lets everything through, to this port of this computer.
    async fn tunnelling(port: u16) -> Self {
        Self::with("HTTP/1.1 200 Connection established\r\n\r\n", Some(port)).await
    }

    async fn with(answer: &'static str, to: Option<u16>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        tokio::spawn({
            let seen = Arc::clone(&seen);
            async move {
                while let Ok((mut socket, _)) = listener.accept().await {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        match socket.read_u8().await {
                            Ok(byte) => head.push(byte),
                            Err(_) => break,
                        }
                    }
                    seen.lock().unwrap().push(String::from_utf8_lossy(&head).into_owned());
                    let _ = socket.write_all(answer.as_bytes()).await;
                    if let Some(port) = to {
                        tokio::spawn(async move {
                            let mut server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                            let _ = copy_bidirectional(&mut socket, &mut server).await;
                        });
                    }
                }
            }
        });
        Self { address, seen }
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_wants_a_login_is_named_is_asked_once_and_its_password_is_never_shown() {
    let proxy =
        Proxy::answering("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n").await;
    let company = Authority::new();
    let through = format!("http://kari:PROXYCANARY@{}", proxy.address);
    let pty = browser(
        CUBE,
        &company.home(),
        &company.file(),
        &[("HTTPS_PROXY", &through), ("CUBEDEX_LOG", "trace")],
    );
    wait_for_words(&pty, "the proxy refused (407) – ask IT to let cubedex through");
    let seen = proxy.seen();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].starts_with("CONNECT cube.invalid:443 HTTP/1.1\r\n"), "{}", seen[0]);
    assert!(!seen[0].to_lowercase().contains("\r\nauthorization"));
    assert!(!seen[0].contains(TOKEN));
    let shown = String::from_utf8_lossy(&pty.raw()).into_owned();
    quit(pty);
    let log = std::fs::read_to_string(company.home().join(".local/state/cubedex/cubedex.log")).unwrap();
    for secret in ["PROXYCANARY", TOKEN] {
        assert!(!shown.contains(secret) && !log.contains(secret));
    }
    assert!(log.contains("proxy"), "{log}");
}

/// The proxy sees the name of the host and bytes that it can't read; the certificate is checked for Cube all the same.
#[rstest]
#[case::right("cube.invalid", "1,000 of 2,400 customers loaded")]
#[case::of_the_proxy("localhost", "the certificate is for localhost, not for cube.invalid")]
#[tokio::test(flavor = "multi_thread")]
async fn through_a_proxy_the_connection_is_as_safe_as_without(#[case] host: &str, #[case] words: &str) {
    let company = Authority::new();
    let server = Server::secure(company.acceptor_for(host, Wrong::Nothing)).await;
    let port = server.address.rsplit_once(':').unwrap().1.parse().unwrap();
    let proxy = Proxy::tunnelling(port).await;
    let through = format!("http://{}", proxy.address);
    let pty = browser(CUBE, &company.home(), &company.file(), &[("HTTPS_PROXY", &through)]);
    wait_for_words(&pty, words);
    quit(pty);
    let seen = proxy.seen();
    assert!(!seen.is_empty());
    for head in seen {
        assert!(head.starts_with("CONNECT cube.invalid:443 HTTP/1.1\r\n"), "{head}");
        assert!(!head.to_lowercase().contains("\r\nauthorization") && !head.contains(TOKEN));
    }
    assert!(company.asked_for().iter().all(|name| name.as_deref() == Some("cube.invalid")));
    assert_eq!(server.seen().is_empty(), host != "cube.invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_refuses_in_another_way_is_said_to() {
    let proxy = Proxy::answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n").await;
    let company = Authority::new();
    let through = format!("http://{}", proxy.address);
    let pty = browser(CUBE, &company.home(), &company.file(), &[("HTTPS_PROXY", &through)]);
    wait_for_words(&pty, "the proxy refused or can't be reached – ask IT about it");
    assert_eq!(proxy.seen().len(), 1);
    quit(pty);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_is_not_there_is_told_from_cube_not_being_there() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let company = Authority::new();
    let through = format!("http://kari:PROXYCANARY@{closed}");
    let pty = browser(CUBE, &company.home(), &company.file(), &[("HTTPS_PROXY", &through)]);
    wait_for_words(&pty, "the proxy refused or can't be reached – ask IT about it");
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("PROXYCANARY"));
    quit(pty);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_proxy_is_used_for_this_computer_itself() {
    let elsewhere = Elsewhere::new();
    let through = format!("http://{}", elsewhere.host);
    let proxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].map(|name| (name, through.as_str()));
    let company = Authority::new();
    for server in [Server::open().await, Server::secure(company.acceptor(Wrong::Nothing)).await] {
        let pty = browser(&server.address, &company.home(), &company.file(), &proxies);
        pty.wait_for("1,000 of 2,400 customers loaded");
        quit(pty);
    }
    elsewhere.assert_alone();
}
