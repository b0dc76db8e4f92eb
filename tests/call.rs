//! Around a call, with the real program in a real terminal: a caller is handed over, and the screen is shared.

use crate::harness::Town;
use crate::pty::Pty;
use crate::run::{PROGRAM, cubedex, in_terminal};
use crate::server::Server;
use cubedex::cube::{CrmType, Days, List};
use std::path::Path;

/// The browser on a town, in this home.
fn browser(server: &Server, home: &Path) -> Pty {
    let mut browser = in_terminal(PROGRAM, &["--url", &server.address, "--assignment", "9"]);
    browser.env("CUBEDEX_TOKEN", "demo-token");
    browser.env("HOME", home);
    Pty::spawn(browser, 120, 40)
}

/// What `cubedex open` says to this, and its exit status.
fn open(home: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let arguments: Vec<&str> = ["open"].into_iter().chain(arguments.iter().copied()).collect();
    let out = cubedex(&arguments).env("HOME", home).output().unwrap();
    let said = [out.stdout, out.stderr].concat();
    (out.status.code(), String::from_utf8(said).unwrap())
}

/// The customer of the town with this number: id, name, phone.
fn customer(number: u64) -> (String, String, String) {
    let record: serde_json::Value =
        serde_json::from_str(&cubedex::demo::Town::new(12_340).record(number)).unwrap();
    let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
    (text("crm__customer_id"), text("crm__standard_info__name"), text("crm__standard_info__phone_1"))
}

#[test]
fn a_caller_who_is_handed_over_is_on_the_screen_and_the_socket_goes_with_the_browser() {
    let (server, home) = (Server::start(&[]), tempfile::tempdir().unwrap());
    let mut browser = browser(&server, home.path());
    browser.wait_for("Olas Produksjon AS");
    let said = open(home.path(), &["tel:90909088"]);
    assert_eq!(said, (Some(0), "the card is open\n".to_owned()));
    browser.wait_for("read ");
    browser.wait_for("per@klipperiet.no");
    // The last line of the card: until then the keys of the table are still there.
    browser.wait_for("find field");
    // While something is typed, a line says who calls.
    browser.press("\x1b");
    browser.wait_for("keys");
    browser.press("kunde");
    browser.wait_for("/ kunde");
    let said = open(home.path(), &["90909090"]);
    assert_eq!(said, (Some(0), "the agent is busy; a line says who calls\n".to_owned()));
    browser.wait_for("☎ 909 09 090: Olas Produksjon AS");
    browser.press("\x0f");
    browser.wait_for("olan@produksjon.no");
    browser.press("\x11");
    assert_eq!(browser.wait_exit(), 0);
    let state = home.path().join(".local/state/cubedex");
    assert!(!state.join("run").exists(), "the socket and its folder are gone");
    let log = std::fs::read_to_string(state.join("cubedex.log")).unwrap_or_default();
    assert!(!log.contains("90909"), "{log}");
    let nobody = open(home.path(), &["90909088"]);
    assert_eq!(nobody.0, Some(4), "{}", nobody.1);
}

#[test]
fn what_is_no_caller_is_wrong_use() {
    let (server, home) = (Server::start(&[]), tempfile::tempdir().unwrap());
    let browser = browser(&server, home.path());
    browser.wait_for("Olas Produksjon AS");
    let (status, said) = open(home.path(), &["kari nord"]);
    assert_eq!(status, Some(2), "{said}");
    let (status, entry) = open(home.path(), &["--desktop-entry"]);
    assert!(status == Some(0) && entry.contains("x-scheme-handler/tel"), "{entry}");
    assert_eq!(open(home.path(), &[]).0, Some(2));
}

/// A key that a terminal sends, and what is on the screen then.
type Step<'a> = (&'a str, &'a str);

fn go(browser: &mut Pty, steps: &[Step<'_>]) {
    for (keys, then) in steps {
        browser.press(keys);
        browser.wait_for(then);
    }
}

/// Goes through every layer: card, record, copies, numbers, calls, two side by side, a search by number, views, values,
/// columns, the line of an export, the last customers, the calls of all, and a caller while something is typed.
fn go_everywhere(server: &Server, home: &Path, view_of: &str) -> Pty {
    let list = ["--url", &server.address, "--data-owner", "2", "--crm-type", "B2C"];
    let mut browser = in_terminal(PROGRAM, &list);
    browser.env("CUBEDEX_TOKEN", "demo-token");
    browser.env("HOME", home);
    let mut browser = Pty::spawn(browser, 120, 40);
    browser.wait_for("Olas Produksjon AS");
    let (_, name, phone) = customer(7);
    let (table, card) = ("F1 keys", "/ find field");
    let on_a_card = [
        ("\x1b[B", table),
        ("\r", card),
        ("z", "crm__customer_id"),
        ("z", card),
        ("c", "⏎ choose"),
        ("\x1b", card),
        ("m", "⏎ choose"),
        ("\x1b", card),
        ("Y", "⏎ choose"),
        ("\x1b", card),
        ("t", "other days"),
        ("\x1b", card),
        ("\x1b", table),
    ];
    go(&mut browser, &on_a_card);
    let two = [
        (phone.as_str(), name.as_str()),
        ("\r", card),
        ("d", "equal fields"),
        ("\x1b", card),
        ("\x1b", table),
        ("\x1b", "Type an ID"),
    ];
    go(&mut browser, &two);
    let lists = [
        (view_of, "of all 12,340"),
        ("\t", "↑↓ move"),
        ("\x1b[18;2~", "save as typed"),
        ("mine", "mine"),
        ("\x13", "mine"),
        ("\x1b", table),
        ("\x1b", "Type an ID"),
        ("\x1b[C\x1b[C\x1b[C\x1b[17~", "⏎ filter"),
        ("\x1b", table),
        ("\x1b[18~", "show or hide"),
        ("\x1b", table),
        ("\x05", "⏎ write"),
        ("\x1b", table),
        ("\x1bOS", "Space pin"),
        ("\x1b", table),
        ("\x1b[24~", "40 calls"),
        ("\x1b[B\r", card),
        ("\x1b", "Esc customers"),
        ("\x1b", "Type an ID"),
        ("kunde", "/ kunde"),
    ];
    go(&mut browser, &lists);
    let (status, said) = open(home, &[&phone]);
    assert_eq!(status, Some(0), "{said}");
    browser.wait_for("☎");
    browser.press("\x11");
    assert_eq!(browser.wait_exit(), 0);
    browser
}

#[test]
fn on_a_shared_screen_no_phone_number_of_the_town_is_written_to_the_terminal() {
    let (server, home) = (Server::start(&[]), tempfile::tempdir().unwrap());
    let folder = home.path().join(".config/cubedex");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), "mask = true\n").unwrap();
    let view_of = format!("phone:={}", customer(7).2);
    let browser = go_everywhere(&server, home.path(), &view_of);
    let raw = String::from_utf8_lossy(&browser.raw()).into_owned();
    assert!(raw.contains("9120011999"), "ids are shown");
    for number in 0..500 {
        let (id, _, phone) = customer(number);
        let is_told = |text: &str| text.len() >= 8 && !id.contains(text) && raw.contains(text);
        let plain: String = phone.chars().filter(char::is_ascii_digit).collect();
        assert!(!is_told(&phone) && !is_told(&plain), "the phone of customer {number} is on the screen");
    }
}

/// All files below a folder, with what is in each.
fn files(folder: &Path) -> Vec<(std::path::PathBuf, String)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let text = |path: &Path| String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned();
    let files = entries.flat_map(|path| match text(&path) {
        _ if path.is_dir() => files(&path),
        text => vec![(path, text)],
    });
    files.collect()
}

#[test]
fn whatever_is_used_nothing_of_a_customer_is_on_the_disk() {
    let (server, home) = (Server::start(&[]), tempfile::tempdir().unwrap());
    let view_of = "name:any";
    drop(go_everywhere(&server, home.path(), view_of));
    let kept = files(home.path());
    assert!(kept.iter().any(|(_, text)| text.contains(view_of)), "the view is kept: {kept:?}");
    for (path, text) in kept {
        for number in 0..500 {
            let (id, name, phone) = customer(number);
            for value in [id, name, phone].iter().filter(|value| value.len() >= 6) {
                assert!(!text.contains(value.as_str()), "customer {number} is in {}", path.display());
            }
        }
    }
}

#[tokio::test]
async fn the_calls_of_some_days_come_in_pages_for_a_data_owner_and_for_no_one_else() {
    let town = Town::open().await;
    let cube = town.cube().of_list(List::DataOwner { owner: 2, crm_type: CrmType::B2C });
    let month = Days::until(20_783, 30);
    let mut rows = 0;
    for number in 1..=3 {
        let page = cube.calls(month, number).await.unwrap();
        assert_eq!((page.count, page.has_next), (Some(1200), number < 3));
        rows += page.records().len();
    }
    assert_eq!(rows, 1200);
    assert!(cube.calls(month, 4).await.unwrap_err().is_not_found());
    let again = cube.calls(Days::until(20_783, 1), 1).await.unwrap();
    assert_eq!(again.records().len(), 40, "the last day of the month, alone");
    let other = town.cube().of_list(List::DataOwner { owner: 3, crm_type: CrmType::B2C });
    assert!(other.calls(month, 1).await.unwrap_err().to_string().contains("no calls to read (404)"));
}

#[test]
fn in_the_demo_a_card_lists_the_calls_of_today_and_of_30_days() {
    let mut demo = Pty::spawn(in_terminal(PROGRAM, &["--demo"]), 120, 40);
    demo.wait_for("Olas Produksjon AS");
    demo.press("\r");
    demo.wait_for("read ");
    demo.press("t");
    demo.wait_for("Calls of Olas Produksjon AS, today: ");
    demo.wait_for("all 40 calls read");
    demo.press("\t\t");
    demo.wait_for("all 1,200 calls read");
    demo.press("\x11");
    assert_eq!(demo.wait_exit(), 0);
}
