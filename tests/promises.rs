//! The promises of `SECURITY.md`, where no other test stands for one already: a short proof each.

mod sockets;

use crate::account::Account;
use crate::harness::{Screen, Town};
use crate::run::{PROGRAM, cubedex, in_terminal};
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::CommandFactory;
use cubedex::cli::Cli;
use cubedex::cube::CustomerId;
use cubedex::demo::{Answer, Fault, Gate, Settings, Target};
use rstest::rstest;
use std::net::{IpAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// An address that is never to be asked.
struct Evil {
    listener: TcpListener,
    address: String,
}

impl Evil {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        Self { listener, address }
    }

    /// Fails if anybody has connected, if only to say nothing.
    fn assert_untouched(&self) {
        let visitor = self.listener.accept();
        assert!(visitor.is_err_and(|none| none.kind() == io::ErrorKind::WouldBlock), "somebody came");
    }
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[tokio::test]
async fn promise_01_whatever_is_pressed_nothing_but_get_leaves() {
    let town = Town::of(700).await;
    let mut screen = Screen::sized(&town, (50, 10)).settle().await;
    let keys: Vec<String> = (' '..='~').map(String::from).collect();
    let named = [
        "enter",
        "up",
        "down",
        "pgdn",
        "end",
        "home",
        "tab",
        "f1",
        "esc",
        "f3",
        "backspace",
        "esc",
        "f5",
        "shift+f5",
        "f9",
        "ctrl+g",
        "ctrl+f",
        "ctrl+r",
        "ctrl+y",
        "ctrl+l",
        "ctrl+p",
        "ctrl+u",
        "ctrl+n",
        "ctrl+s",
        "ctrl+x",
    ];
    // In the table, in the card, and in what the key before has opened.
    for first in ["esc", "enter"] {
        for key in keys.iter().map(String::as_str).chain(named) {
            screen = screen.press("esc").press("esc").press(first).press(key).settle().await;
        }
    }
    // A form that is filled in, reviewed and confirmed: writing is turned off.
    let screen =
        screen.press("esc").press("esc").press("esc").press("enter").settle().await.press("e").type_text("1");
    let screen = screen.press("ctrl+s").press("enter").settle().await.press("r").settle().await;
    let screen = screen.press("ctrl+x").press("ctrl+x");
    // The question for one customer, from the card and by an id that is not loaded.
    let screen =
        screen.press("esc").press("esc").press("esc").press("home").press("enter").press("f5").settle().await;
    drop(screen.press("esc").type_text("9129999999").settle().await.press("enter").settle().await);
    let seen = town.log.seen();
    assert!(seen.iter().any(|request| request.path.ends_with("/customers/9129999999")));
    // The first row, in whatever order the keys have left the list.
    let first = ["/customers/9120011999", "/customers/9120011888"];
    assert!(seen.iter().any(|request| first.iter().any(|path| request.path.ends_with(path))));
    assert!(seen.iter().all(|request| request.method == "GET"));
}

/// Every way in which an answer can point elsewhere.
#[rstest]
#[case::next(Target::List, None)]
#[case::moved(Target::All, Some(StatusCode::MOVED_PERMANENTLY))]
#[case::found(Target::All, Some(StatusCode::FOUND))]
#[case::see_other(Target::All, Some(StatusCode::SEE_OTHER))]
#[case::temporary(Target::Customers, Some(StatusCode::TEMPORARY_REDIRECT))]
#[case::permanent(Target::Labels, Some(StatusCode::PERMANENT_REDIRECT))]
#[tokio::test]
async fn promise_02_no_other_address_is_talked_to(
    #[case] target: Target,
    #[case] status: Option<StatusCode>,
) {
    let evil = Evil::new();
    let elsewhere = format!("http://{}/api/v1/assignments/9/customers/?page=2", evil.address);
    let town = Town::with(Settings { page_size: 300, ..Settings::default() }).await;
    town.faults.set(Target::List, Fault::OtherHost(evil.address.clone()));
    if let Some(status) = status {
        town.faults.set(target, Fault::Answer(Answer::redirect(status, &elsewhere)));
    }
    let screen = Screen::open(&town).settle().await.press("end").settle().await;
    drop(screen.press("enter").press("f5").settle().await);
    evil.assert_untouched();
    assert!(!town.log.seen().is_empty());
}

/// The host of each is the listener's, or would lead there if it were believed.
#[rstest]
#[case::other_port("http://{evil}/")]
#[case::without_a_scheme("//{evil}/x")]
#[case::backslashes("\\\\{evil}\\x")]
#[case::mixed("/\\{evil}/x")]
#[case::user("http://127.0.0.1@{evil}/")]
#[case::user_and_password("http://a:b@{evil}/?page=2")]
#[case::secure("https://{evil}/")]
#[case::capitals("HTTP://{evil}/")]
#[case::another_spelling("http://127.1:{port}/")]
#[case::a_number("http://2130706433:{port}/")]
#[case::ipv6("http://[::ffff:127.0.0.1]:{port}/")]
#[case::blank(" http://{evil}/")]
#[case::tab("ht\ttp://{evil}/")]
#[tokio::test]
async fn promise_03_a_credential_goes_to_no_other_address(#[case] location: &str) {
    let evil = Evil::new();
    let port = evil.address.rsplit(':').next().unwrap();
    let location = location.replace("{evil}", &evil.address).replace("{port}", port);
    let town = Town::of(700).await;
    town.faults.set(Target::Customers, Fault::Answer(Answer::redirect(StatusCode::FOUND, &location)));
    let next =
        serde_json::json!({ "count": 700, "next": location, "results": [{ "crm__customer_id": "1" }] });
    town.faults.set_times(Target::Page(1), 1, Fault::Body(next.to_string().into()));
    let screen = Screen::open(&town).settle().await;
    drop(screen.press("enter").press("f5").settle().await);
    evil.assert_untouched();
    assert!(town.log.seen().iter().all(|request| request.is_authorized), "the credential goes to Cube alone");
}

/// Refused before a packet is sent: the name of the host does not even exist.
#[rstest]
#[case::plain("http://acme.headshed.com", "plain http is only for this computer itself; write https://")]
#[case::plain_elsewhere(
    "http://cube.invalid:8080",
    "plain http is only for this computer itself; write https://"
)]
#[case::another_scheme("ftp://cube.invalid", "an address begins with https://")]
fn promise_03_a_credential_is_never_sent_unencrypted(#[case] url: &str, #[case] words: &str) {
    let mut unsafe_address = cubedex(&["--url", url, "--assignment", "9"]);
    unsafe_address.env("CUBEDEX_TOKEN", "demo-token");
    let ended = unsafe_address.output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.starts_with(&format!("cubedex: --url is wrong: {words}")), "{said}");
}

/// Every Rust file below `folder` of the project, with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&project().join(folder), &mut found);
    found
}

#[test]
fn promise_04_no_switch_turns_the_checks_of_certificates_off() {
    for (path, text) in sources("src") {
        // What reqwest and rustls call it.
        for switch in
            ["danger_accept", "tls_danger", "dangerous()", "ServerCertVerifier", "add_root_certificate"]
        {
            assert!(!text.contains(switch), "{switch} in {}", path.display());
        }
    }
    let commands = Cli::command();
    let names = commands.get_subcommands().map(|command| vec![command.get_name(), "--help"]);
    for arguments in names.chain([vec!["--help"]]) {
        let help = cubedex(&arguments).output().unwrap().stdout;
        let help = String::from_utf8(help).unwrap().to_lowercase();
        assert!(help.contains("usage: cubedex"), "{arguments:?}: {help}");
        for word in ["insecure", "certificate", "verify", "tls"] {
            assert!(!help.contains(word), "{word} in the help of {arguments:?}");
        }
    }
}

#[rstest]
#[case::token(&[("CUBEDEX_TOKEN", "demo-token")], &["demo-token"])]
#[case::password(
    &[("CUBEDEX_USER", "demo@example.com"), ("CUBEDEX_PASSWORD", "demo-password")],
    &["demo-password", "ZGVtb0BleGFtcGxlLmNvbTpkZW1vLXBhc3N3b3Jk"]
)]
fn promise_06_no_credential_is_stored(#[case] variables: &[(&str, &str)], #[case] secrets: &[&str]) {
    let account = Account::of(3);
    let mut browser = account.browser();
    browser.env_remove("CUBEDEX_TOKEN");
    browser.env("CUBEDEX_LOG", "trace");
    for (name, value) in variables {
        browser.env(name, value);
    }
    let mut pty = crate::pty::Pty::spawn(browser, 100, 30);
    pty.wait_for("Olas Produksjon AS");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    let files = account.files_of_home();
    assert!(files.keys().any(|path| path.ends_with("cubedex.log")), "what could hold it is not there");
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(secrets.iter().all(|secret| !text.contains(secret)), "stored in {}", path.display());
    }
}

#[test]
fn promise_11_copying_hands_over_one_visible_line_and_only_when_asked() {
    let account = Account::of(1);
    let name = "Kari\r\nrm -rf ~\u{202e}\u{200b}\u{1b}[2J\tOlsen";
    let record = serde_json::json!({ "crm__customer_id": "1001", "crm__custom_info__17": name });
    let page = serde_json::json!({ "count": 1, "next": null, "results": [record] });
    account.answer(Target::List, page.to_string());
    let mut pty = account.browse();
    pty.wait_for("1001");
    // All that is done before the key leaves the clipboard alone.
    pty.press("\r");
    pty.wait_for("Kari");
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("\u{1b}]52"));
    pty.press("y");
    pty.wait_for("Copied");
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    let payload = raw.split("\u{1b}]52;c;").nth(1).and_then(|rest| rest.split('\u{7}').next()).unwrap();
    let copied = String::from_utf8(STANDARD.decode(payload).unwrap()).unwrap();
    assert_eq!(copied, "Kari⏎rm -rf ~<RLO><200B>␛[2J Olsen", "what the card shows");
    assert_eq!(raw.matches("\u{1b}]52").count(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn promise_14_an_answer_without_measure_is_given_up() {
    let account = Account::of(12_340);
    account.answer(Target::List, vec![b' '; 70 << 20]);
    let mut pty = account.browse();
    pty.wait_for("the answer is larger than 64 MiB");
    let most: u64 = pty.status("VmHWM").trim_end_matches("kB").trim().parse().unwrap();
    assert!(most < 250 << 10, "{most} kB");
    assert_eq!(account.town.log.pages(), [1], "asked again for what was too large");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
}

#[tokio::test]
async fn promise_15_no_more_than_four_requests_at_a_time() {
    let town = Town::of(12_340).await;
    let screen = Screen::open(&town).settle().await;
    let gate = Gate::default();
    town.faults.set(Target::List, Fault::Hold(gate.clone()));
    let screen = screen.press("/").type_text("nobody here");
    gate.reached(4).await;
    assert_eq!(town.log.in_flight(), 4);
    gate.open();
    town.faults.clear();
    drop(screen.settle().await);
    assert_eq!(town.log.most_in_flight(), 4);
}

/// The client itself lets no more pass, however many are asked for.
#[tokio::test]
async fn promise_15_ten_questions_wait_for_each_other() {
    let town = Town::of(12_340).await;
    let cube = town.cube();
    let gate = Gate::default();
    town.faults.set(Target::List, Fault::Hold(gate.clone()));
    let pages = (1..=10).map(|page| {
        let cube = cube.clone();
        tokio::spawn(async move { cube.page(page).await.map(|page| page.len()) })
    });
    let pages: Vec<_> = pages.collect();
    gate.reached(4).await;
    // While customers are looked up, which have a turn of their own, a fifth page would have come.
    for _ in 0..20 {
        cube.customer(&CustomerId::try_from("9120011888").unwrap()).await.unwrap();
    }
    assert_eq!(town.log.in_flight(), 4);
    gate.open();
    for page in pages {
        assert_eq!(page.await.unwrap().unwrap(), 500);
    }
}

#[tokio::test]
async fn promise_15_the_first_not_authorised_stops_the_list() {
    let town = Town::of(12_340).await;
    let screen = Screen::open(&town).settle().await;
    town.faults.set(Target::All, Fault::Answer(Answer::json(StatusCode::UNAUTHORIZED, "{}")));
    let screen = screen.press("end").settle().await;
    let before = town.log.seen().len();
    // Neither a search nor scrolling to where nothing is loaded asks again by itself.
    let mut screen =
        screen.press("/").type_text("olas").settle().await.press("esc").press("esc").press("home");
    for _ in 0..40 {
        screen = screen.press("pgdn").settle().await;
    }
    assert_eq!(town.log.seen().len(), before);
}

#[tokio::test]
async fn promise_16_what_is_shown_says_how_much_of_the_list_it_is() {
    let town = Town::of(2_400).await;
    town.faults.set(Target::Page(3), Fault::Answer(Answer::html(StatusCode::BAD_GATEWAY, "")));
    let screen = Screen::open(&town).settle().await.shows("1,000 of 2,400 customers loaded");
    let screen = screen.press("/").type_text("nobody here").settle().await.hides("of all");
    // The end of the list is known, and a part before it is not here.
    let screen = screen.press("esc").press("esc").press("end").settle().await.shows("row 2,400");
    let screen = screen.press("/").type_text("nobody here").settle().await.hides("of all");
    town.faults.clear();
    let screen = screen
        .press("esc")
        .press("esc")
        .press("f5")
        .settle()
        .await
        .press("/")
        .type_text("olas")
        .settle()
        .await;
    screen.shows("of all 2,400 (").shows(" customers (");
}

#[test]
fn promise_18_every_crate_is_locked_and_from_crates_io() {
    let lock = fs::read_to_string(project().join("Cargo.lock")).unwrap();
    let crates: Vec<&str> = lock.split("[[package]]").skip(1).collect();
    assert!(crates.len() > 100);
    for package in crates.iter().filter(|package| !package.contains("name = \"cubedex\"")) {
        let is_from_crates_io =
            package.contains("source = \"registry+https://github.com/rust-lang/crates.io-index\"");
        assert!(is_from_crates_io && package.contains("checksum = "), "{package}");
    }
    let deny = table(".cargo/deny.toml");
    for unknown in ["unknown-registry", "unknown-git"] {
        assert_eq!(deny["sources"][unknown].as_str(), Some("deny"), "{unknown}");
    }
}

fn table(file: &str) -> toml::Table {
    fs::read_to_string(project().join(file)).unwrap().parse().unwrap()
}

/// No code can take `forbid` back, so that the compiler reads every file for this test; only a setting of Cargo could
/// keep it from doing so.
#[test]
fn promise_19_there_is_no_unsafe_code() {
    assert_eq!(table("Cargo.toml")["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    assert!(!project().join(".cargo/config.toml").exists(), "its flags could cap the lints");
}

/// The document and the tests hold each other to their word.
#[test]
fn every_promise_names_a_test_that_there_is() {
    let promises = fs::read_to_string(project().join("SECURITY.md")).unwrap();
    let code: String = ["src", "tests"].into_iter().flat_map(sources).map(|(_, text)| text).collect();
    let named: Vec<&str> =
        promises.split('`').skip(1).step_by(2).filter(|name| name.starts_with("promise_")).collect();
    assert!(named.len() > 18, "{named:?}");
    for name in &named {
        assert!(code.contains(&format!("fn {name}(")), "there is no test {name}");
    }
    let tests =
        code.split("fn promise_").skip(1).map(|rest| format!("promise_{}", rest.split('(').next().unwrap()));
    for test in tests.filter(|test| !test.contains('"')) {
        assert!(named.contains(&test.as_str()), "{test} stands for no promise");
    }
}

/// Its town is a server on this computer, under a port of the system's choice: neither a proxy nor anything else is
/// reached.
#[test]
fn the_demo_needs_no_network() {
    let evil = Evil::new();
    let mut demo = in_terminal(PROGRAM, &["--demo"]);
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        demo.env(proxy, format!("http://user:PROXYCANARY@{}", evil.address));
    }
    let mut pty = crate::pty::Pty::spawn(demo, 100, 30);
    pty.wait_for("Olas Produksjon AS");
    #[cfg(target_os = "linux")]
    {
        let addresses = sockets::addresses(pty.pid());
        assert!(!addresses.is_empty());
        assert!(addresses.iter().all(IpAddr::is_loopback), "{addresses:?}");
    }
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("PROXYCANARY"));
    evil.assert_untouched();
}
