//! Login, from a pipe and by questions, and the first start.

use super::{Home, mode};
use crate::server::Server;
use rstest::rstest;
use std::fs;

#[test]
fn a_token_from_a_pipe_is_tried_and_kept_where_it_was_said() {
    let (server, home) = (Server::start(&["--customers", "700"]), Home::new());
    let url = server.address.as_str();
    let login =
        ["login", "--profile", "work", "--url", url, "--assignment", "9", "--with-token", "--store", "file"];
    let done = home.run(&login, "demo-token\r\n");
    assert_eq!((done.status, done.out.as_str()), (0, ""), "{}", done.said);
    assert!(done.said.contains("assignment 9: 700 customers, 500 a page"), "{}", done.said);
    assert_eq!(home.files(), [".config/cubedex/config.toml", ".config/cubedex/work.token"]);
    assert_eq!((mode(&home.settings()), mode(&home.folder().join("work.token"))), (0o600, 0o600));
    assert_eq!(mode(&home.folder()), 0o700);
    assert!(!fs::read_to_string(home.settings()).unwrap().contains("demo-token"));

    let status = home.run(&["status"], "");
    assert_eq!(status.status, 0);
    assert!(status.out.contains("work.token") && !status.out.contains("demo-token"), "{}", status.out);
    let profiles = home.run(&["profiles"], "");
    assert!(profiles.out.starts_with("* work  127.0.0.1:"), "{}", profiles.out);

    assert_eq!(home.run(&["logout"], "").status, 0);
    assert_eq!(home.files(), [".config/cubedex/config.toml"]);
    let status = home.run(&["status"], "");
    assert_eq!(status.status, 1);
    assert!(status.out.contains("asked for each time"), "{}", status.out);
}

#[rstest]
#[case::wrong_token(&["--assignment", "9", "--store", "file"], "CANARY", 1, "Cube does not accept this token (401)")]
#[case::wrong_list(&["--assignment", "8", "--store", "file"], "demo-token", 1, "no such list (404) – check the assignment's number")]
#[case::no_list(&["--store", "file"], "demo-token", 2, "no list is named")]
#[case::no_keyring(&["--assignment", "9"], "demo-token", 1, "the system's keyring is not available; nothing was kept. --store file keeps it in")]
#[case::blank(&["--assignment", "9"], "CANARY x", 2, "the token (8 bytes) holds a blank")]
#[case::two_lines(&["--assignment", "9"], "CANARY\nx\n", 2, "the token (8 bytes) holds a line end")]
#[case::nothing(&["--assignment", "9"], "", 2, "the token is empty")]
#[case::password(&["--assignment", "9", "--user", "demo@example.com"], "CANARY", 1, "Cube does not accept this user name and password (401)")]
#[case::name(&["--assignment", "9", "--profile", "../x"], "demo-token", 2, "--profile takes a name of 1 to 40 letters")]
fn what_cube_does_not_accept_is_not_kept(
    #[case] more: &[&str],
    #[case] input: &str,
    #[case] status: i32,
    #[case] said: &str,
) {
    let (server, home) = (Server::start(&["--customers", "3"]), Home::new());
    let mut args = vec!["login", "--with-token", "--url", &server.address];
    args.extend(more);
    let ended = home.run(&args, input);
    assert_eq!(ended.status, status, "{}", ended.said);
    assert!(ended.said.contains(said), "{}", ended.said);
    assert_eq!(home.files(), [] as [String; 0]);
}

#[test]
fn a_password_is_asked_for_each_time_where_nobody_keeps_it() {
    let (server, home) = (Server::start(&["--customers", "3"]), Home::new());
    let url = server.address.as_str();
    let who = ["--user", "demo@example.com", "--data-owner", "2", "--crm-type", "b2c"];
    let login = [&["login", "--url", url, "--with-token", "--store", "nowhere"], who.as_slice()].concat();
    assert_eq!(home.run(&login, "demo-password").status, 0);
    let mut pty = home.pty(&[]);
    pty.wait_for("The password of demo@example.com for 127.0.0.1");
    pty.press("demo-password\r");
    pty.wait_for("Olas Produksjon AS");
    pty.wait_for("data owner 2 · B2C");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("demo-password"));
}

#[test]
fn login_asks_tries_and_keeps_and_then_cubedex_alone_browses() {
    let (server, home) = (Server::start(&["--customers", "700"]), Home::new());
    let mut pty = home.pty(&["login", "--profile", "work"]);
    pty.wait_for("Account:");
    pty.press(&server.address);
    pty.press("\r");
    pty.wait_for("Sign in with:");
    pty.press("\r");
    pty.wait_for("Token:");
    pty.press("wrong-token\r");
    pty.wait_for("Cube does not accept this token (401)");
    pty.wait_for("What now?");
    pty.press("\r");
    pty.wait_until("the question again", |screen| screen.contents().matches("Sign in with:").count() == 2);
    pty.press("\r");
    pty.wait_until("the line again", |screen| screen.contents().matches("Token:").count() == 2);
    pty.press("demo-token\r");
    pty.wait_for("data owner 2 · B2C  Demobyen, Høstkampanje");
    pty.press("\r");
    pty.wait_for("data owner 2 · B2C: 700 customers, 500 a page");
    pty.wait_for("Where is it to be kept?");
    assert_eq!(home.files(), [] as [String; 0], "nothing is kept before it is said where");
    pty.press("\r");
    pty.wait_for("the system's keyring is not available");
    pty.wait_until("the question again", |screen| screen.contents().matches("unencrypted").count() == 1);
    pty.press("\x1b[B\r");
    pty.wait_for("now: cubedex");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    assert!(!raw.contains("demo-token") && !raw.contains("wrong-token"));

    let mut browser = home.pty(&[]);
    browser.wait_for("Olas Produksjon AS");
    browser.wait_for("work  127.0.0.1");
    browser.press("\x11");
    assert_eq!(browser.wait_exit(), 0);
}

/// As terminals mark a paste: the line ends in it are no keys.
fn pasted(text: &str) -> String {
    format!("\x1b[200~{text}\x1b[201~")
}

#[test]
fn a_paste_answers_one_question_and_waits_for_enter() {
    let (server, home) = (Server::start(&["--customers", "3"]), Home::new());
    let mut pty = home.pty(&["login", "--profile", "work", "--assignment", "9", "--store", "file"]);
    pty.wait_for("Account:");
    pty.press(pasted(&format!("{}\r\rCANARY\r", server.address)));
    pty.wait_for(&server.address);
    pty.press("\r");
    pty.wait_for("Sign in with:");
    pty.press(pasted("CANARY\r"));
    pty.press("\r");
    pty.wait_for("Token:");
    pty.press(pasted("Token demo-token\r\n"));
    pty.wait_for("••••••");
    assert!(!pty.screen().contains("assignment 9:"), "nothing was tried yet");
    pty.press("\r");
    pty.wait_for("now: cubedex");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    assert!(!raw.contains("demo-token") && !raw.contains("CANARY"), "{raw:?}");
}

#[rstest]
#[case::esc("\x1b", 1)]
#[case::ctrl_c("\x03", 130)]
fn login_that_is_given_up_leaves_nothing(#[case] key: &str, #[case] status: u32) {
    let home = Home::new();
    let mut pty = home.pty(&["login", "--url", "http://127.0.0.1:1"]);
    pty.wait_for("Sign in with:");
    pty.press("\r");
    pty.wait_for("Token:");
    pty.press("CANARY");
    pty.wait_for("••••••");
    pty.press(key);
    assert_eq!(pty.wait_exit(), status);
    pty.assert_given_back();
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("CANARY"));
    assert_eq!(home.files(), [] as [String; 0]);
}

/// Late answers of the terminal to whatever ran before.
#[rstest]
#[case::colour_scheme("\x1b[?997;1n")]
#[case::state_of_a_mode("\x1b[?2026;2$y")]
#[case::cursor("\x1b[?12;40R")]
#[case::colour("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")]
#[case::version("\x1bP>|XTerm(370)\x1b\\")]
#[case::unfinished("\x1b]11;rgb:ffff")]
fn an_answer_that_nobody_asked_for_is_no_answer_to_a_question(#[case] answer: &str) {
    let home = Home::new();
    let mut pty = home.pty(&["login", "--url", "http://127.0.0.1:1"]);
    pty.wait_for("Sign in with:");
    pty.press(answer);
    pty.press("\x1b[B");
    pty.wait_for("> an e-mail address and a password");
    pty.press("\r");
    pty.wait_for("E-mail address:");
    pty.press(answer);
    pty.press("\x1b[Dkari");
    pty.wait_for("kari");
    assert!(!pty.screen().contains("rgb"), "{}", pty.screen());
    pty.press("\x03");
    assert_eq!(pty.wait_exit(), 130);
    pty.assert_given_back();
}

#[test]
fn what_is_typed_ahead_of_a_question_is_its_answer() {
    let home = Home::new();
    let mut pty = home.pty(&["login", "--url", "http://127.0.0.1:1"]);
    pty.wait_for("Sign in with:");
    pty.press("\rCANARY");
    pty.wait_for("••••••");
    pty.press("\x1b");
    assert_eq!(pty.wait_exit(), 1);
}

#[test]
fn a_signal_in_the_middle_of_a_question_gives_the_terminal_back() {
    let home = Home::new();
    let pty = home.pty(&["login"]);
    pty.wait_for("Account:");
    pty.signal(rustix::process::Signal::TERM);
    assert_eq!(pty.wait_exit(), 143);
    pty.assert_given_back();
}

#[test]
fn the_first_start_shows_three_ways_on() {
    let home = Home::new();
    let mut pty = home.pty(&[]);
    pty.wait_for("Nothing is set up yet, and there are three ways on");
    for way in ["cubedex --demo", "cubedex login", "cubedex --account acme --assignment 9"] {
        pty.wait_for(way);
    }
    pty.press("\r");
    pty.wait_for("Olas Produksjon AS");
    pty.wait_for("cubedex  demo");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
    let ended = home.run(&[], "");
    assert_eq!(ended.status, 2);
    assert!(ended.said.starts_with("cubedex: nothing is set up yet: cubedex --demo"), "{}", ended.said);
}

#[test]
fn of_twelve_logins_at_once_none_is_lost() {
    let (server, home) = (Server::start(&["--customers", "3"]), Home::new());
    std::thread::scope(|scope| {
        for number in 0..12 {
            let (server, home) = (&server, &home);
            scope.spawn(move || {
                let profile = format!("p{number}");
                let args = ["--url", &server.address, "--assignment", "9", "--with-token", "--store", "file"];
                let args = [&["login", "--profile", &profile], args.as_slice()].concat();
                let done = home.run(&args, "demo-token");
                assert_eq!(done.status, 0, "{}", done.said);
            });
        }
    });
    assert_eq!(home.run(&["profiles"], "").out.lines().count(), 12);
    assert_eq!(home.files().len(), 13);
}
