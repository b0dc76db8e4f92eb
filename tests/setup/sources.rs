//! Where the token comes from: a file, the keyring, a command, the environment.

use super::{Home, ended, profile};
use crate::server::Server;
use rstest::rstest;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::sync::mpsc;
use std::thread;

#[test]
fn a_token_file_that_others_may_read_is_refused_with_what_mends_it() {
    let server = Server::start(&["--customers", "3"]);
    let home = Home::with_settings(profile(&server, "token_file = \"work.token\""));
    let file = home.folder().join("work.token");
    fs::write(&file, "demo-token\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let said = home.run(&["status"], "").out;
    assert!(said.contains(&format!("fix: chmod 600 {}", file.display())), "{said}");
    assert!(!said.contains("demo-token"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(home.run(&["status"], "").status, 0);
}

#[test]
fn a_dead_keyring_is_named_and_the_token_asked_for() {
    let server = Server::start(&["--customers", "3"]);
    let home = Home::with_settings(profile(&server, "keyring = true"));
    let status = home.run(&["status"], "");
    assert_eq!(status.status, 1);
    assert!(
        status.out.contains("the system's keyring is not available, so it is asked for each time"),
        "{}",
        status.out
    );
    let mut pty = home.pty(&[]);
    pty.wait_for("the system's keyring is not available");
    pty.press("demo-token\r");
    pty.wait_for("Olas Produksjon AS");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_keyring_that_hangs_is_not_waited_for() {
    let server = Server::start(&["--customers", "3"]);
    let home = Home::with_settings(profile(&server, "keyring = true"));
    let socket = home.0.path().join("bus");
    let bus = UnixListener::bind(&socket).unwrap();
    let (asked, was_asked) = mpsc::channel();
    // A bus that takes the call and never says a word.
    thread::spawn(move || {
        let mut held = Vec::new();
        while let Ok((caller, _)) = bus.accept() {
            held.push(caller);
            let _ = asked.send(());
        }
    });
    let address = format!("unix:path={}", socket.display());
    let ended = ended(home.command(&["status"]).env("DBUS_SESSION_BUS_ADDRESS", address));
    assert_eq!(ended.status, 1);
    if cfg!(target_os = "linux") {
        was_asked.try_recv().expect("the bus was never asked");
        assert!(ended.out.contains("did not answer within 2 s"), "{}", ended.out);
    }
}

#[test]
fn a_token_command_runs_without_a_shell_and_its_source_is_named() {
    let server = Server::start(&["--customers", "3"]);
    let home =
        Home::with_settings(profile(&server, "token_command = [\"printf\", \"demo-token\\nnote\\n\"]"));
    let status = home.run(&["status"], "");
    assert_eq!(status.status, 0, "{}{}", status.out, status.said);
    assert!(status.out.contains("Credential  from token_command (printf)\n"), "{}", status.out);
}

#[rstest]
#[case::environment(&[("CUBEDEX_TOKEN", "demo-token")], "from CUBEDEX_TOKEN", 0)]
#[case::user(&[("CUBEDEX_USER", "demo@example.com"), ("CUBEDEX_PASSWORD", "demo-password")], "from CUBEDEX_USER and CUBEDEX_PASSWORD", 0)]
#[case::wrong(&[("CUBEDEX_TOKEN", "CANARY")], "Cube does not accept this token (401)", 1)]
#[case::empty(&[("CUBEDEX_TOKEN", "")], "token_command (sh) ended with 3", 1)]
#[case::huge(&[("CUBEDEX_TOKEN", &*"CANARY".repeat(10_000))], "the token (60000 bytes) is too long to be one", 2)]
fn status_names_the_source_and_never_the_value(
    #[case] variables: &[(&str, &str)],
    #[case] said: &str,
    #[case] status: i32,
) {
    let server = Server::start(&["--customers", "3"]);
    let home = Home::with_settings(profile(&server, "token_command = [\"sh\", \"-c\", \"exit 3\"]"));
    let ended = ended(home.command(&["status"]).envs(variables.iter().copied()));
    assert_eq!(ended.status, status, "{}{}", ended.out, ended.said);
    let told = ended.out + &ended.said;
    assert!(told.contains(said) && !told.contains("demo-"), "{told}");
}

/// What is done with a text that is to be a credential, at each place where one comes from.
fn each_source(text: &str, check: impl Fn(&str, i32, &str)) {
    let server = Server::start(&["--customers", "3"]);
    let account = ["--url", &server.address, "--assignment", "9"];
    let home = Home::new();
    let status = [&["status"], account.as_slice()].concat();
    let run = ended(home.command(&status).env("CUBEDEX_TOKEN", text));
    check("environment", run.status, &(run.out + &run.said));

    let login = [&["login", "--with-token", "--store", "nowhere"], account.as_slice()].concat();
    let run = home.run(&login, text);
    check("login", run.status, &run.said);

    let home = Home::with_settings(profile(&server, "token_file = \"work.token\""));
    let file = home.folder().join("work.token");
    fs::write(&file, text).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let run = home.run(&["status"], "");
    check("file", run.status, &(run.out + &run.said));

    let home = Home::with_settings(profile(&server, "token_command = [\"cat\", \"secret\"]"));
    fs::write(home.0.path().join("secret"), text).unwrap();
    let run = home.run(&["status"], "");
    check("command", run.status, &(run.out + &run.said));
}

#[rstest]
#[case::line_end("demo-token\n")]
#[case::windows("\u{feff}demo-token\r\n")]
#[case::blanks(" demo-token\t\n")]
#[case::quotes("\"demo-token\"\n")]
#[case::header("Token demo-token\n")]
// demo@example.com:demo-password
#[case::user_and_password("Basic ZGVtb0BleGFtcGxlLmNvbTpkZW1vLXBhc3N3b3Jk\n")]
fn what_comes_around_a_credential_is_dropped_wherever_it_comes_from(#[case] text: &str) {
    each_source(text, |source, status, said| assert_eq!(status, 0, "{source}: {said}"));
}

#[rstest]
#[case::blank("CANARY x\n", "holds a blank")]
#[case::control("CAN\u{1b}ARY\n", "holds a control character")]
#[case::letter("CANÅRY\n", "holds a character beyond ASCII")]
#[case::nothing("\"\"\n", "the token is empty")]
fn what_is_no_credential_is_refused_wherever_it_comes_from(#[case] text: &str, #[case] why: &str) {
    each_source(text, |source, status, said| {
        assert!(status != 0 && said.contains(why), "{source}: {said}");
        assert!(!said.contains("CAN"), "{source}: {said}");
    });
}

#[test]
fn what_is_typed_or_pasted_into_a_masked_line_is_treated_alike() {
    let server = Server::start(&["--customers", "3"]);
    let home = Home::with_settings(profile(&server, ""));
    let mut pty = home.pty(&[]);
    pty.wait_for("The token for");
    pty.press(" Token old-token \r");
    pty.wait_for("F5 enters a new one");
    pty.press("\x1b[15~");
    pty.press("CANARY x\r");
    pty.wait_for("holds a blank");
    pty.press("\x1b[200~\"Token demo-token\" \x1b[201~");
    pty.press("\r");
    pty.wait_for("Olas Produksjon AS");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
}
