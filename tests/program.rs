//! The real program in a real terminal, against `cubedex serve`.

use crate::pty::Pty;
use crate::run::{PROGRAM, cubedex, in_terminal};
use crate::server::Server;
use rstest::rstest;
use std::process::Stdio;

/// The browser on the server's list, in a home of its own.
struct Browser {
    pty: Pty,
    _server: Server,
    _home: tempfile::TempDir,
}

impl Browser {
    fn open(server: &[&str], keys: Option<&str>) -> Self {
        let server = Server::start(server);
        let home = tempfile::tempdir().unwrap();
        if let Some(keys) = keys {
            let folder = home.path().join(".config/cubedex");
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("keys.toml"), keys).unwrap();
        }
        let mut browser = in_terminal(PROGRAM, &["--url", &server.address, "--assignment", "9"]);
        browser.env("CUBEDEX_TOKEN", "demo-token");
        browser.env("HOME", home.path());
        let pty = Pty::spawn(browser, 120, 40);
        pty.wait_for("Olas Produksjon AS");
        Self { pty, _server: server, _home: home }
    }

    fn quit(mut self) {
        self.pty.press("\x11");
        assert_eq!(self.pty.wait_exit(), 0);
        self.pty.assert_given_back();
    }
}

/// Id and phone of a customer of the demo town, by number.
fn customer(number: u64) -> (String, String) {
    let record: serde_json::Value =
        serde_json::from_str(&cubedex::demo::Town::new(12_340).record(number)).unwrap();
    let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
    (text("crm__customer_id"), text("crm__standard_info__phone_1"))
}

#[test]
fn scrolling_over_the_border_of_a_page_and_to_the_end() {
    let mut browser = Browser::open(&["--page-size", "50"], None);
    for _ in 0..3 {
        browser.pty.press("\x1b[6~");
    }
    browser.pty.wait_for(&customer(110).0);
    browser.pty.press("\x1b[F");
    browser.pty.wait_for(&customer(12_339).0);
    browser.quit();
}

#[test]
fn a_search_says_how_many_it_has_searched() {
    let mut browser = Browser::open(&[], None);
    browser.pty.press("/harklip");
    browser.pty.wait_for("Pers Hårklipperi AS");
    browser.pty.wait_for("of all 12,340 (");
    browser.quit();
}

#[test]
fn a_customer_is_looked_up_by_an_id_that_is_not_loaded() {
    let mut browser = Browser::open(&[], None);
    let (id, _) = customer(12_000);
    browser.pty.press(&id);
    browser.pty.press("\r");
    browser.pty.wait_for("read ");
    browser.pty.wait_for("Class");
    browser.quit();
}

#[test]
fn a_customer_is_looked_up_by_a_phone_on_the_last_page() {
    let mut browser = Browser::open(&[], None);
    let (id, phone) = customer(12_337);
    browser.pty.press(&phone);
    browser.pty.wait_for(&id);
    browser.pty.press("\r");
    browser.pty.wait_for("City");
    browser.quit();
}

#[test]
fn the_card_shows_labels_from_cube() {
    let mut browser = Browser::open(&["--customers", "3"], None);
    browser.pty.press("\r");
    browser.pty.wait_for("Contact");
    browser.pty.wait_for("Per Olsen");
    browser.quit();
}

#[test]
fn the_palette_does_what_its_line_says() {
    let mut browser = Browser::open(&["--customers", "3"], None);
    browser.pty.press("\x10last row");
    browser.pty.wait_for("to the last row");
    browser.pty.press("\r");
    browser.pty.wait_for("row 3");
    browser.quit();
}

#[test]
fn a_key_of_ones_own_does_what_it_was_given() {
    let keys = "[[key]]\nin = [\"table\"]\nkeys = [\"s\"]\naction = \"find\"\n";
    let mut browser = Browser::open(&["--customers", "3"], Some(keys));
    browser.pty.press("shåkon");
    browser.pty.wait_for("No match in any field of all 3 (");
    browser.quit();
}

#[test]
fn copying_hands_the_id_to_the_terminals_clipboard() {
    let mut browser = Browser::open(&["--customers", "3"], None);
    browser.pty.press("\x19");
    browser.pty.wait_for("Copied");
    let raw = String::from_utf8_lossy(&browser.pty.raw()).into_owned();
    // The id 9120011999 in base64.
    assert!(raw.contains("\x1b]52;c;OTEyMDAxMTk5OQ==\x07"));
    browser.quit();
}

#[test]
fn a_label_in_a_search_finds_by_a_custom_field() {
    let mut browser = Browser::open(&["--customers", "500"], None);
    browser.pty.press("/city:askim produksjon");
    browser.pty.wait_for("1 of all 500 (");
    browser.quit();
}

#[test]
fn without_a_terminal_one_line_says_so() {
    let ended = cubedex(&["--demo"]).stdin(Stdio::null()).output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(said, "cubedex: standard input is not a terminal; cubedex needs a terminal\n");
    assert_eq!(ended.stdout, b"");
}

#[test]
fn a_missing_setting_is_named_with_an_example() {
    let ended = cubedex(&["--account", "acme"]).output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.starts_with("cubedex: no list is named, for example: --assignment 9"), "{said}");
}

#[test]
fn the_help_is_as_it_was_read() {
    let ended = cubedex(&["--help"]).output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    insta::assert_snapshot!("help", String::from_utf8(ended.stdout).unwrap());
}

#[test]
fn a_reader_that_goes_away_early_is_no_error() {
    let mut child = cubedex(&["--help"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[rstest]
#[case::broken(
    "[\n  {\"id\": 17, \"key\": \"Class\"},,\n]",
    "broken.json: the JSON is broken at line 2, column 30 · labels of the demo town"
)]
#[case::without_a_label("[]", "broken.json: the list in it is empty · labels of the demo town")]
#[case::too_long_for_the_line(
    "{\"Class\": 17, \"City\": 390}",
    "labels of the demo town · broken.json: none of its 2 entries gives a label"
)]
fn a_mapping_file_that_cannot_be_used_is_told_and_the_next_source_is_used(
    #[case] json: &str,
    #[case] said: &str,
) {
    let folder = tempfile::tempdir().unwrap();
    let mapping = folder.path().join("broken.json");
    std::fs::write(&mapping, json).unwrap();
    let mut pty =
        Pty::spawn(in_terminal(PROGRAM, &["--demo", "--custom-fields", &mapping.to_string_lossy()]), 80, 24);
    pty.wait_for(said);
    pty.press("\r");
    pty.wait_for("Street address");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_mapping_file_that_changed_is_read_again_with_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let mapping = folder.path().join("mine.json");
    std::fs::write(&mapping, "{\"17\": \"Class\"}").unwrap();
    let mut pty =
        Pty::spawn(in_terminal(PROGRAM, &["--demo", "--custom-fields", &mapping.to_string_lossy()]), 80, 24);
    pty.wait_for("Olas Produksjon AS");
    pty.press("\r");
    pty.wait_for("Class ");
    std::fs::write(&mapping, "{\"17\": \"Priority\"}").unwrap();
    pty.press("\x1b[15;2~");
    pty.wait_for("Priority ");
    std::fs::write(&mapping, "[]").unwrap();
    pty.press("\x1b[15;2~");
    pty.wait_for("mine.json: the list in it is empty · labels of the demo town");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_server_that_comes_back_is_asked_again_with_f5() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    drop(listener);
    let server = Server::start(&["--port", &port]);
    let mut browser = in_terminal(PROGRAM, &["--url", &server.address, "--assignment", "9"]);
    browser.env("CUBEDEX_TOKEN", "demo-token");
    let mut pty = Pty::spawn(browser, 100, 24);
    pty.wait_for("1,000 of 12,340 customers loaded");
    drop(server);
    pty.press("\x1b[F");
    pty.wait_for("can't be reached (refused)");
    pty.press("\x1b[H");
    pty.wait_for("Olas Produksjon AS");
    let _back = Server::start(&["--port", &port]);
    pty.press("\x1b[F\x1b[15~");
    pty.wait_for(&customer(12_339).0);
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
}
