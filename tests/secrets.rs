//! A token and names that stand out, through a whole run with everything logged and everything going wrong: where do
//! they end up?

use crate::account::Account;
use crate::pty::Pty;
use crate::run::cubedex;
use axum::http::StatusCode;
use cubedex::demo::{Answer, Fault, Settings, Target};
use portable_pty::CommandBuilder;
use rustix::process::Signal;
use std::fs;

/// What Cube hands out looks like this: 40 hexadecimal digits.
const TOKEN: &str = "c0ffee5ec12e7ca9a12ybadc0ffee5ec12e7ca9a";
/// Names, numbers and labels of the list.
const NAMES: [&str; 6] = [
    "Kanarina Fuglesang",
    "47011229900",
    "kanarina@fugl.example",
    "Fuglefeltet",
    "Kanariverdi",
    "Kanarietikett",
];

/// An account whose one page is about a canary.
fn account() -> Account {
    let account = Account::with(Settings { page_size: 50, ..Settings::default() });
    let records: Vec<_> = (0..50).map(|n| record(&(1000 + n).to_string())).collect();
    account.answer(
        Target::List,
        serde_json::json!({ "count": 200, "next": "x", "results": records }).to_string(),
    );
    account.answer(Target::Customers, record("1001").to_string());
    account.answer(
        Target::Labels,
        serde_json::json!([{ "id": 17, "key": NAMES[5], "lookup__id": "crm__custom_info__17" }, { "key": NAMES[3] }])
            .to_string(),
    );
    account
}

fn record(id: &str) -> serde_json::Value {
    serde_json::json!({
        "crm__customer_id": id,
        "crm__standard_info__name": NAMES[0],
        "crm__standard_info__phone_1": NAMES[1],
        "crm__standard_info__email": NAMES[2],
        "crm__custom_info__17": NAMES[4],
        NAMES[3]: { NAMES[3]: [NAMES[4]] },
    })
}

fn browser(account: &Account) -> CommandBuilder {
    let mut browser = account.browser();
    browser.env("CUBEDEX_TOKEN", TOKEN);
    for traced in ["CUBEDEX_LOG", "RUST_LOG"] {
        browser.env(traced, "trace");
    }
    browser.env("RUST_BACKTRACE", "full");
    browser.env("SSLKEYLOGFILE", account.home().join("keys"));
    browser.cwd(account.home());
    browser
}

/// A day's work, with everything going wrong in the middle of it.
fn whole_run(account: &Account) -> Pty {
    // The town knows another token than the canary, so that what it answers is what the test says it answers.
    let mut pty = Pty::spawn(browser(account), 120, 40);
    pty.wait_for(NAMES[0]);
    pty.press("/kanarina 47\r");
    pty.wait_for(NAMES[5]);
    pty.press("zzy\x1b[15~");
    pty.wait_for("read ");
    let said = serde_json::json!({ "detail": format!("{} {TOKEN}", NAMES[0]) }).to_string();
    let broken = format!("{{\"{}\": \"{}\",, \"x\": 1}}", NAMES[3], NAMES[0]);
    let entries = format!("{{\"count\": 1, \"next\": null, \"results\": [null, \"{}\", 7]}}", NAMES[0]);
    let web = Answer::html(StatusCode::OK, format!("<html><title>{}</title>", NAMES[0]));
    let elsewhere = Answer::redirect(StatusCode::FOUND, "https://elsewhere.test/Kanarina");
    for (fault, seen) in [
        (Fault::Body(broken.into()), "unreadable"),
        (Fault::Body(entries.into()), "something"),
        (Fault::Answer(web), "portal"),
        (Fault::Answer(elsewhere), "elsewhere"),
        (Fault::Answer(Answer::json(StatusCode::BAD_REQUEST, said.clone())), "(400)"),
        (Fault::Answer(Answer::json(StatusCode::FORBIDDEN, said.clone())), "(403)"),
        (Fault::Answer(Answer::json(StatusCode::UNAUTHORIZED, said)), "(401)"),
    ] {
        account.town.faults.set(Target::All, fault);
        // The card's customer is read again, and so is the list.
        pty.press("\x1b[15~");
        pty.wait_for(seen);
    }
    pty.press(format!("{0}{0}{0}\x1b[15;2~", "\x1b[27u"));
    pty.wait_for("loaded before");
    pty
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn promise_05_the_token_is_shown_nowhere() {
    let account = account();
    let mut pty = whole_run(&account);
    #[cfg(target_os = "linux")]
    {
        let arguments = fs::read(format!("/proc/{}/cmdline", pty.pid())).unwrap();
        assert!(
            holds(&arguments, "--url") && !holds(&arguments, TOKEN),
            "the token is in the list of processes"
        );
    }
    // A 401 opens the line for another token, in which q is a letter.
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
    let shown = String::from_utf8(pty.raw()).unwrap();
    // What Cube itself says of an error is shown, and here that holds the token: those words are cut out.
    let ours = shown.replace(&format!("{} {TOKEN}", NAMES[0]), "");
    assert!(!ours.contains(TOKEN), "the token is on the screen");
    let basic = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, TOKEN);
    for (path, bytes) in account.files_of_home() {
        assert!(!holds(&bytes, TOKEN) && !holds(&bytes, &basic), "the token is in {}", path.display());
    }
}

#[test]
fn promise_07_a_run_leaves_the_log_alone_and_nothing_of_a_customers() {
    let account = account();
    assert!(account.files_of_home().is_empty());
    let mut pty = whole_run(&account);
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    let left = account.files_of_home();
    let names: Vec<_> = left.keys().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["cubedex.log"]);
    for name in NAMES {
        assert!(left.values().all(|bytes| !holds(bytes, name)), "{name} is on the disk");
    }
}

#[test]
fn promise_09_the_log_holds_what_failed_and_nothing_that_was_sent() {
    let account = account();
    let mut pty = whole_run(&account);
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    let log = account.files_of_home().into_values().next().unwrap();
    let log = String::from_utf8(log).unwrap();
    assert!(log.contains("(401)") && log.contains("unreadable"), "{log}");
    let path = "path=\"/api/v1/assignments/{assignment}/customers/{customer}\"";
    assert!(log.lines().any(|line| line.contains(path) && line.contains("status=403")), "{log}");
    // Neither a customer's, nor the server's own words, nor where it pointed to.
    for word in NAMES.into_iter().chain([TOKEN, "kanarina", "Kanarina", "crm__"]) {
        assert!(!log.contains(word), "{word} is in the log:\n{log}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn promise_17_a_crash_leaves_no_memory_dump() {
    let account = account();
    let pty = Pty::spawn(browser(&account), 120, 40);
    pty.wait_for(NAMES[0]);
    let limits = fs::read_to_string(format!("/proc/{}/limits", pty.pid())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    // What may not be dumped belongs to root, so that others of the same user cannot read its memory either.
    let owner = |path: &str| std::os::unix::fs::MetadataExt::uid(&fs::metadata(path).unwrap());
    assert_eq!(owner(&format!("/proc/{}/mem", pty.pid())), 0);
    // As SIGSEGV would, but the standard library looks at that one first, for a stack overflow.
    pty.signal(Signal::ABORT);
    pty.wait_gone();
    let left = account.files_of_home();
    assert!(left.keys().all(|path| !path.to_string_lossy().contains("core")), "{:?}", left.keys());
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "no panic can be asked for in a release")]
fn a_panic_says_nothing_of_what_it_was_about() {
    let account = account();
    let mut panicking = browser(&account);
    panicking.env("CUBEDEX_PANIC", "task");
    let pty = Pty::spawn(panicking, 120, 40);
    assert_eq!(pty.wait_exit(), 101);
    let said = pty.after_leaving();
    assert!(!said.contains("Olas") && !said.contains(TOKEN), "{said}");
    for (path, bytes) in account.files_of_home() {
        assert!(!holds(&bytes, "Olas") && !holds(&bytes, TOKEN), "{}", path.display());
    }
}

/// Wherever a secret is typed that does not belong there, it is not repeated.
#[rstest::rstest]
#[case::flag(&["--token", TOKEN])]
#[case::flag_with_value(&["--token=c0ffee5ec12e7ca9a12ybadc0ffee5ec12e7ca9a"])]
#[case::password(&["--password", TOKEN])]
#[case::number(&["--data-owner", TOKEN])]
#[case::kind(&["--data-owner", "2", "--crm-type", TOKEN])]
#[case::address(&["--url", "https://u:c0ffee5ec12e7ca9a12ybadc0ffee5ec12e7ca9a@acme.headshed.com", "--assignment", "9"])]
#[case::customer(&["--demo", TOKEN])]
#[case::account(&["--account", "c0ffee5ec12e7ca9a12ybadc0ffee5ec12e7ca9a/x", "--assignment", "9"])]
fn promise_05_a_secret_on_the_command_line_is_refused_and_not_repeated(#[case] arguments: &[&str]) {
    let account = Account::of(1);
    let ended =
        cubedex(arguments).env("HOME", account.home()).env("CUBEDEX_TOKEN", "demo-token").output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(!holds(&ended.stderr, TOKEN) && !holds(&ended.stdout, TOKEN));
    assert!(account.files_of_home().values().all(|bytes| !holds(bytes, TOKEN)));
}
