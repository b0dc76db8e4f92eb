//! Names that would drive a terminal, on every screen: whatever Cube sends, the stream holds our own sequences alone.

use crate::account::Account;
use axum::http::StatusCode;
use cubedex::demo::{Answer, Fault, Target};
use rstest::rstest;
use serde_json::json;
use std::fmt::Write;

/// Samples of every class, each in every field.
const HOSTILE: [&str; 30] = [
    "",
    "a\0b\tc",
    "a\r\nb\rOVER",
    "abc\u{8}\u{8}\u{8}XYZ\u{7f}\u{85}",
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}[31mRED",
    "\u{1b}]0;pwned\u{7}",
    "\u{1b}]8;;http://evil.test\u{7}link\u{1b}]8;;\u{7}",
    "\u{1b}]52;c;cm0gLXJmIH4=\u{7}",
    "\u{1b}P$q q\u{1b}\\",
    "\u{1b}_Gf=24;AAAA\u{1b}\\",
    "\u{9b}31m\u{90}q\u{9d}0;x\u{9c}",
    "\u{1b}[?1003h\u{1b}[6n\u{1b}c",
    "ends in \u{1b}",
    "Invoice\u{202e}gnp.exe",
    "a\u{2066}b\u{2069}\u{61c}\u{200e}\u{200f}",
    "Kari\u{200b}Olsen\u{feff}\u{2060}",
    "Ka\u{ad}ri\u{34f}\u{115f}\u{1160}\u{3164}\u{ffa0}\u{180e}",
    "a\u{2028}b\u{2029}c",
    "\u{e000}\u{fdd0}\u{ffff}\u{10ffff}\u{fff9}",
    "\u{e0068}\u{e0069}🏴\u{e0067}\u{e007f}",
    "a\u{fe0f}b\u{e0101}",
    "מוטי כהן",
    "محمد علي",
    "漢字テスト漢字テスト漢字テスト漢字テスト",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦🇳🇴🇳❤\u{fe0f}",
    "\u{301}abc",
    "Hårklipperi Æøå",
    "a@b\r\nBcc: x",
    "$(rm -rf ~)`{0}{}../../etc/passwd",
];

/// The escape key, spelt so that it begins nothing else.
const ESC: &str = "\x1b[27u";

/// A page of customers with a hostile text in each field.
fn page() -> String {
    let customer = |(n, text): (usize, &&str)| record(&(1000 + n).to_string(), text);
    let records: Vec<_> = HOSTILE.iter().enumerate().map(customer).collect();
    json!({ "count": HOSTILE.len(), "next": null, "previous": null, "results": records }).to_string()
}

fn record(id: &str, text: &str) -> serde_json::Value {
    let mut record = json!({
        "crm__customer_id": id,
        "crm__standard_info__name": format!("Ola {text}"),
        "crm__standard_info__phone_1": text,
        "crm__standard_info__phone_2": text,
        "crm__standard_info__phone_3": text,
        "crm__standard_info__email": text,
        "crm__custom_info__17": [text, { text: text }],
    });
    for (n, text) in HOSTILE.iter().enumerate() {
        record[format!("crm__custom_info__{}", 300 + n)] = (*text).into();
        record[format!("{text}{n}")] = (*text).into();
    }
    record
}

/// Labels that are no better, in the form that Cube answers with.
fn labels() -> String {
    let label =
        |(n, text): (usize, &&str)| json!({ "id": 300 + n, "key": format!("{text}{n}"), "type": text });
    json!(HOSTILE.iter().enumerate().map(label).collect::<Vec<_>>()).to_string()
}

/// Everything hostile at once, in one string and short enough to stay whole in an error.
fn sentence() -> String {
    let mut sentence = String::new();
    for text in HOSTILE.iter().filter(|text| text.len() < 12) {
        let _ = write!(sentence, "{text} ");
    }
    sentence
}

#[rstest]
#[case::usual(120, 40)]
#[case::narrow(44, 14)]
fn promise_10_names_that_would_drive_a_terminal_are_only_shown(#[case] columns: u16, #[case] rows: u16) {
    let account = Account::of(1);
    account.answer(Target::List, page());
    account.answer(Target::Labels, labels());
    account.answer(Target::Customers, record("1004", HOSTILE[4]).to_string());
    let mut browser = account.browser();
    browser.env("CUBEDEX_LOG", "trace");
    let mut pty = crate::pty::Pty::spawn(browser, columns, rows);
    pty.wait_for("1009");
    // The rest of the table, every card with its labels and as it was sent.
    pty.press("\x1b[F");
    pty.wait_for("1029");
    pty.press("\x1b[H\r");
    for id in 1001..1000 + HOSTILE.len() {
        pty.press("J");
        pty.wait_for(&id.to_string());
        pty.press("az\x1b[6~\x1b[6~\x1b[F\x1b[Hza");
    }
    // One field among them, the copy of it; then a search with its matches.
    pty.press(format!("/bcc\ry{ESC}{ESC}{ESC}/ola"));
    pty.wait_for(" of ");
    // A search for nobody and who is near, a lookup, a reading of one customer, the lists of keys and actions.
    pty.press(format!("{ESC}/ rm\u{202e}{ESC}{ESC}/harklipperx"));
    pty.wait_for("Tab tries");
    pty.press(format!("{ESC}{ESC}1004\r\x1b[15~{ESC}{ESC}\x1bOP{ESC}\x10w"));
    pty.wait_for("Actions");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[rstest]
#[case::unauthorised(StatusCode::UNAUTHORIZED)]
#[case::forbidden(StatusCode::FORBIDDEN)]
#[case::invalid(StatusCode::BAD_REQUEST)]
#[case::throttled(StatusCode::IM_A_TEAPOT)]
fn promise_10_what_cube_says_of_an_error_is_only_shown(#[case] status: StatusCode) {
    let account = Account::of(1);
    let detail = json!({ "detail": sentence() }).to_string();
    account.town.faults.set(Target::All, Fault::Answer(Answer::json(status, detail)));
    let mut pty = account.browse();
    pty.wait_for(&status.as_u16().to_string());
    // A 401 opens the line for another token, in which q is a letter.
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

/// What is printed after the screen was given back, or before it was taken, goes through no widget.
#[rstest]
#[case::argument(&["--\u{1b}[2Jevil"])]
#[case::value(&["--assignment", "\u{1b}]0;x\u{7}\u{202e}"])]
#[case::address(&["--url", "https://\u{1b}[2J\u{9b}31m.test", "--assignment", "9"])]
#[case::address_of_tricks(&["--url", "https://acme\u{202e}.test/\u{1b}", "--assignment", "9"])]
#[case::customer(&["--demo", "\u{1b}[2J"])]
#[case::account(&["--account", "a\u{1b}[2J", "--assignment", "9"])]
fn promise_10_what_is_printed_outside_the_screen_is_clean_too(#[case] arguments: &[&str]) {
    let mut wrong = crate::pty::command(env!("CARGO_BIN_EXE_cubedex"), arguments);
    wrong.env("CUBEDEX_TOKEN", "demo-token");
    let pty = crate::pty::Pty::spawn(wrong, 100, 30);
    assert_eq!(pty.wait_exit(), 2);
    pty.assert_given_back();
    assert!(pty.screen().starts_with("cubedex: "), "{}", pty.screen());
}

#[test]
fn a_file_with_a_hostile_name_is_named_cleanly() {
    let account = Account::of(1);
    let folder = account.home().join(".config/cubedex\u{1b}[2J\u{202e}\u{1b}]0;x\u{7}");
    std::fs::create_dir_all(folder.join("cubedex")).unwrap();
    std::fs::write(folder.join("cubedex/keys.toml"), "[[key]]\nnonsense = \"\u{202e}\"\n").unwrap();
    let mut browser = account.browser();
    browser.env("XDG_CONFIG_HOME", &folder);
    let pty = crate::pty::Pty::spawn(browser, 100, 30);
    assert_eq!(pty.wait_exit(), 2);
    pty.assert_given_back();
    assert!(pty.screen().contains("keys.toml"), "{}", pty.screen());
}

/// The name of a mapping file is in a notice and at the end of the help; what is in it is in the labels.
#[rstest]
#[case::whole("[]")]
#[case::broken("{\"17\": ")]
#[case::labels("{\"17\": \"\\u001b]0;x\\u0007\\u202eClass\", \"390\": \"\\u009b31m\", \"\\u001b[2J\": 7}")]
fn a_mapping_file_with_a_hostile_name_is_named_cleanly(#[case] json: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mapping = folder.path().join("labels\u{1b}]0;x\u{7}\u{202e}\u{200b}.json");
    std::fs::write(&mapping, json).unwrap();
    let arguments = ["--demo", "--custom-fields", mapping.to_str().unwrap()];
    let mut pty =
        crate::pty::Pty::spawn(crate::pty::command(env!("CARGO_BIN_EXE_cubedex"), &arguments), 140, 30);
    pty.wait_for("Olas Produksjon AS");
    pty.press("\r");
    pty.wait_for("Phone 1");
    pty.press(format!("za{ESC}\x1bOP\x1b[F"));
    pty.wait_for(" Keys");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}
