//! Commands that print a token, and what they do with the terminal: at the start, and under F2 in the running browser.

use super::Home;
use crate::pty::Pty;
use crate::run::PROGRAM;
use crate::server::Server;
use rstest::rstest;
use rustix::process::{Pid, Signal, test_kill_process};
use std::fs;
use std::time::{Duration, Instant};

/// What the browser shows when it is up.
const UP: &str = "3 customers (";
/// What a command prints that is to open the other account.
const TOKEN: &str = "demo-token";

/// A home with the account `one`, which opens by itself, and `two`, whose token `words` print. Both are the same town.
fn home(server: &Server, words: &[&str]) -> Home {
    let profile = |name: &str, words: &[&str]| {
        format!("[profile.{name}]\nurl = \"{}\"\nassignment = 9\ntoken_command = {words:?}\n", server.address)
    };
    let one = profile("one", &["echo", TOKEN]);
    Home::with_settings(format!("default_profile = \"one\"\n{one}{}", profile("two", words)))
}

/// A shell's script as the words of a command. It is run by a shell of a shell, as password managers have it.
fn nested(script: &str) -> [String; 3] {
    ["sh".to_owned(), "-c".to_owned(), format!("sh -c '{script}'; exit $?")]
}

/// Opens the account `two` from the browser's list of accounts.
fn press_f2(pty: &mut Pty) {
    pty.wait_for(UP);
    pty.press("\x1bOQ");
    pty.wait_for("Accounts");
    pty.press("\r");
}

/// Fails unless every key arrives; then quits.
fn types_and_quits(mut pty: Pty) {
    pty.wait_until("the screen", |screen| screen.alternate_screen() && screen.contents().contains(UP));
    let keys = "zyxwvutsrqponmlkjihgfedcbazyxw";
    keys.chars().for_each(|key| pty.press(key.to_string()));
    pty.wait_for(keys);
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[rstest]
#[case::echoed("echo Ready >/dev/tty; read -r t </dev/tty; echo $t", false)]
#[case::hidden(
    "stty -echo </dev/tty; echo Ready >/dev/tty; read -r t </dev/tty; stty echo </dev/tty; echo $t",
    true
)]
#[case::left_hidden("stty -echo </dev/tty; echo Ready >/dev/tty; read -r t </dev/tty; echo $t", true)]
fn a_command_that_asks_has_the_terminal_and_then_the_browser_has(
    #[case] script: &str,
    #[case] is_hidden: bool,
) {
    let server = Server::start(&["--customers", "3"]);
    let words = nested(script);
    let home = home(&server, &words.each_ref().map(String::as_str));
    let mut pty = home.pty(&[]);
    press_f2(&mut pty);
    pty.wait_for("token_command (sh) asks on this terminal (120 s at most, Ctrl+C ends it)");
    pty.wait_for("Ready");
    pty.press("demo-token\r");
    pty.wait_for("cubedex  two");
    assert_eq!(String::from_utf8_lossy(&pty.raw()).contains(TOKEN), !is_hidden);
    types_and_quits(pty);
}

#[test]
fn a_command_that_asks_before_the_start_has_the_terminal_too() {
    let server = Server::start(&["--customers", "3"]);
    let words = nested("read -r t </dev/tty; echo $t");
    let home = home(&server, &words.each_ref().map(String::as_str));
    let mut pty = home.pty(&["--profile", "two"]);
    pty.wait_for("asks on this terminal");
    pty.press("demo-token\r");
    pty.wait_for("cubedex  two");
    types_and_quits(pty);
}

#[rstest]
#[case::silent(&["sleep", "1000"], "waiting for token_command (sleep) (10 s at most, Ctrl+C ends it)")]
#[case::asking(&["sh", "-c", "sh -c 'stty -echo </dev/tty; read -r t </dev/tty'; exit 1"], "asks on this terminal")]
fn ctrl_c_ends_the_command_alone(#[case] words: &[&str], #[case] said: &str) {
    let server = Server::start(&["--customers", "3"]);
    let home = home(&server, words);
    let mut pty = home.pty(&[]);
    press_f2(&mut pty);
    pty.wait_for(said);
    pty.press("\x03");
    pty.wait_for("could not open two: token_command (s");
    types_and_quits(pty);

    let mut start = home.pty(&["--profile", "two"]);
    start.wait_for(said);
    start.press("\x03");
    assert_eq!(start.wait_exit(), 130);
    start.wait_for(") was interrupted");
    start.assert_given_back();
}

/// It is ended with all that it has started, at the second Ctrl+C or two seconds after the first one.
#[rstest]
#[case::deaf("trap \"\" INT; read -r t </dev/tty", 2)]
#[case::deaf_to_all("trap \"\" INT TERM; read -r t </dev/tty", 2)]
#[case::deaf_and_pressed_once("trap \"\" INT; read -r t </dev/tty", 1)]
#[case::deaf_without_lines("trap \"\" INT; stty -icanon -echo </dev/tty; read -r t </dev/tty", 2)]
#[case::asking_again_and_again("trap : INT; while :; do read -r t </dev/tty; done", 2)]
fn a_command_that_ignores_ctrl_c_is_ended(#[case] script: &str, #[case] times: usize) {
    for under_f2 in [true, false] {
        let server = Server::start(&["--customers", "3"]);
        let words = nested(&format!("echo $$ >pid; {script}"));
        let words = ["sh", "-c", &format!("trap \"\" INT; {}", words[2])];
        let home = home(&server, &words);
        let mut pty = home.pty(if under_f2 { &[] } else { &["--profile", "two"] });
        if under_f2 {
            press_f2(&mut pty);
        }
        pty.wait_for("asks on this terminal (120 s at most, Ctrl+C ends it)");
        for pressed in 1..=times {
            pty.press("\x03");
            pty.wait_until("its echo", |screen| {
                script.contains("-echo")
                    || screen.contents().matches("^C").count() >= pressed
                    || pressed == times
            });
        }
        if under_f2 {
            pty.wait_for("could not open two: token_command (s");
            types_and_quits(pty);
        } else {
            assert_eq!(pty.wait_exit(), 130);
            pty.assert_given_back();
        }
        assert_gone(&home);
    }
}

/// Fails unless the process ends whose number a command has written into the file `pid`.
fn assert_gone(home: &Home) {
    let pid = fs::read_to_string(home.0.path().join("pid")).unwrap().trim().parse().unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while test_kill_process(Pid::from_raw(pid).unwrap()).is_ok() {
        assert!(Instant::now() < until, "the grandchild lives on");
        std::thread::yield_now();
    }
}

#[rstest]
#[case::silent("sleep 1000", "waiting for token_command")]
#[case::asking("stty -echo </dev/tty; read -r t </dev/tty", "asks on this terminal")]
#[case::deaf("trap \"\" TERM; read -r t </dev/tty", "asks on this terminal")]
fn a_signal_ends_the_command_and_all_that_it_has_started(#[case] script: &str, #[case] said: &str) {
    for under_f2 in [true, false] {
        let server = Server::start(&["--customers", "3"]);
        let words = nested(&format!("echo $$ >pid; {script}"));
        let home = home(&server, &words.each_ref().map(String::as_str));
        let mut pty = home.pty(if under_f2 { &[] } else { &["--profile", "two"] });
        if under_f2 {
            press_f2(&mut pty);
        }
        pty.wait_for(said);
        pty.signal(Signal::TERM);
        assert_eq!(pty.wait_exit(), 143);
        pty.assert_given_back();
        assert_gone(&home);
    }
}

#[test]
fn the_end_of_the_command_counts_and_not_that_of_what_it_leaves_behind() {
    let server = Server::start(&["--customers", "3"]);
    let home = home(&server, &["sh", "-c", "echo demo-token; sleep 1000 & exit 0"]);
    let mut pty = home.pty(&[]);
    press_f2(&mut pty);
    pty.wait_for("cubedex  two");
    types_and_quits(pty);
}

#[test]
#[cfg(target_os = "linux")]
fn nothing_of_the_program_runs_while_it_waits_for_a_command() {
    let server = Server::start(&["--customers", "3"]);
    let home = home(&server, &["sh", "-c", "echo >started; exec sleep 1000"]);
    let mut pty = home.pty(&[]);
    press_f2(&mut pty);
    pty.wait_for("waiting for token_command");
    // Since the terminal was given back, 300 ms have gone by.
    let spent = of_thread(&pty, "keyboard");
    assert!(spent < 10, "the keyboard's thread has taken {spent} hundredths of a second");
    pty.press("\x03");
    types_and_quits(pty);
}

/// The processor time of the program's thread of that name, in hundredths of a second.
#[cfg(target_os = "linux")]
fn of_thread(pty: &Pty, name: &str) -> u64 {
    let threads = fs::read_dir(format!("/proc/{}/task", pty.pid())).unwrap();
    let folders = threads.map(|thread| thread.unwrap().path());
    let mut named = folders.filter(|folder| fs::read_to_string(folder.join("comm")).unwrap().trim() == name);
    let stat = fs::read_to_string(named.next().unwrap().join("stat")).unwrap();
    // Behind the name in brackets: state, ten more, and then the time in the program and in the system.
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

#[test]
fn ctrl_z_stops_program_and_command_until_fg() {
    let server = Server::start(&["--customers", "3"]);
    let words = nested("stty -echo </dev/tty; read -r t </dev/tty; echo $t");
    let home = home(&server, &words.each_ref().map(String::as_str));
    let mut shell = home.in_terminal("bash", &["--norc", "--noprofile", "--noediting", "-i"]);
    shell.env("PS1", "$ ");
    shell.env("CUBEDEX", PROGRAM);
    let mut pty = Pty::spawn(shell, 120, 40);
    pty.press("set -b; $CUBEDEX --profile two\r");
    pty.wait_for("asks on this terminal");
    pty.press("\x1a");
    pty.wait_for("Stopped");
    pty.press("echo stopped-$((1+1))\r");
    pty.wait_for("stopped-2");
    pty.press("fg\r");
    pty.wait_until("the command again", |screen| {
        screen.contents().matches("$CUBEDEX --profile two").count() == 3
    });
    pty.press("demo-token\r");
    pty.wait_for("cubedex  two");
    pty.press("\x11");
    pty.wait_until("the shell's screen", |screen| !screen.alternate_screen());
    pty.press("exit 7\r");
    assert_eq!(pty.wait_exit(), 7);
    pty.assert_given_back();
}
