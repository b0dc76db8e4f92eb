//! The terminal comes back, whatever ends or stops the program: the real binary in a pseudo-terminal.

mod background;
mod export;
mod hostile;
mod humble;
mod input;
mod mouse;
mod requests;
mod sizes;

use std::fs;

use portable_pty::CommandBuilder;
use rstest::rstest;
use rustix::process::{Pid, Signal, kill_process};

use crate::pty::{Pty, command};
use crate::run::PROGRAM;

/// What is on the screen when the program is up.
const UP: &str = "Olas Produksjon AS";
/// The Ctrl+Z key in raw mode.
const CTRL_Z: &str = "\x1a";
/// A key that makes the program draw, but does nothing else: the help.
const ANY_KEY: &str = "?";

/// The program on its own data, so that it needs no account.
fn cubedex() -> CommandBuilder {
    command(PROGRAM, &["--demo"])
}

/// The program, up and waiting for keys.
fn started() -> Pty {
    let pty = Pty::spawn(cubedex(), 100, 30);
    pty.wait_for(UP);
    pty
}

/// A shell with job control, which sets no modes to read lines and tells at once (`set -b`) when a job stops.
fn shell() -> Pty {
    let mut shell = command("bash", &["--norc", "--noprofile", "--noediting", "-i"]);
    shell.env("PS1", "$ ");
    shell.env("CUBEDEX", PROGRAM);
    let mut pty = Pty::spawn(shell, 100, 30);
    // Put together by the shell, so that the echo of the line is not taken for its answer.
    pty.press("set -b; echo shell-$((1+1))\r");
    pty.wait_for("shell-2");
    pty
}

/// From the shell's prompt to the stopped program, and out of both.
fn back_to_the_program_and_out(mut pty: Pty) {
    pty.press("fg\r");
    pty.wait_until("the whole screen again", |screen| {
        screen.alternate_screen() && screen.contents().contains(UP)
    });
    pty.press("\x11");
    pty.wait_until("the shell's screen", |screen| !screen.alternate_screen());
    pty.press("exit 7\r");
    assert_eq!(pty.wait_exit(), 7);
    pty.assert_given_back();
}

#[test]
fn promise_13_quitting_gives_the_terminal_back() {
    let mut pty = started();
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
    assert_eq!(pty.after_leaving(), "");
    assert_eq!(pty.screen(), "", "something is left on the shell's screen");
}

#[test]
fn a_phone_is_changed_by_keys_and_a_form_that_is_not_sent_keeps_the_program_from_quitting() {
    let mut pty = started();
    pty.press("\r");
    pty.wait_for("close");
    pty.press("e\x1595412399\x13");
    pty.wait_for("sends this change to Cube");
    pty.press("\r");
    pty.wait_for("Saved in Cube");
    pty.press("e1\x11");
    pty.wait_for("1 form is not sent");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[test]
fn inside_the_modes_are_those_that_the_screen_needs() {
    let pty = started();
    pty.wait_until("the modes", |screen| {
        screen.alternate_screen()
            && screen.hide_cursor()
            && screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    });
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    assert!(!raw.contains("\x1b[?1004h"), "focus reports were asked for");
    assert!(!raw.contains("\x1b[6n"), "the cursor was asked for: its answer comes in among the keys");
}

#[rstest]
#[case::of_the_screen("ui")]
#[case::of_a_task("task")]
#[case::of_a_thread("thread")]
#[case::of_a_blocking_task("blocking")]
#[cfg_attr(not(debug_assertions), ignore = "no panic can be asked for in a release")]
fn promise_13_a_panic_gives_the_terminal_back_and_names_its_place_only(#[case] thread: &str) {
    let mut panicking = cubedex();
    panicking.env("CUBEDEX_PANIC", thread);
    panicking.env("RUST_BACKTRACE", "full");
    let pty = Pty::spawn(panicking, 100, 30);
    assert_eq!(pty.wait_exit(), 101);
    pty.assert_given_back();
    // Neither a second frame nor what panicked.
    let said = pty.after_leaving();
    let place =
        said.strip_prefix("cubedex: stopped by a fault of its own at ").unwrap_or_else(|| panic!("{said:?}"));
    let place: Vec<&str> = place.trim_end().split(':').collect();
    assert!(
        matches!(place[..], [file, line, column]
            if file.strip_suffix(".rs").is_some() && line.parse::<u32>().is_ok() && column.parse::<u32>().is_ok()),
        "{said:?}"
    );
}

#[rstest]
#[case::hang_up(Signal::HUP, 129)]
#[case::interrupt(Signal::INT, 130)]
#[case::quit(Signal::QUIT, 131)]
#[case::terminate(Signal::TERM, 143)]
fn promise_13_a_signal_ends_the_program_with_its_status_and_gives_the_terminal_back(
    #[case] signal: Signal,
    #[case] status: u32,
) {
    let pty = started();
    pty.signal(signal);
    assert_eq!(pty.wait_exit(), status);
    pty.assert_given_back();
    assert_eq!(pty.after_leaving(), "");
}

#[test]
fn a_second_signal_at_once_gives_the_terminal_back_too() {
    let pty = started();
    pty.signal(Signal::TERM);
    pty.signal(Signal::INT);
    // Which of the two is seen first is the system's choice.
    assert!(matches!(pty.wait_exit(), 130 | 143));
    pty.assert_given_back();
}

#[test]
fn a_terminal_that_does_not_read_cannot_keep_a_signal_from_ending_the_program() {
    let mut pty = started();
    pty.stop_reading();
    for columns in [400, 399, 398, 397, 396, 395] {
        pty.resize(columns, 200);
        pty.press(ANY_KEY);
    }
    pty.signal(Signal::TERM);
    pty.wait_gone();
    pty.read_on();
    assert_eq!(pty.wait_exit(), 143);
    // Its last frame may be cut in the middle of a sequence.
    pty.assert_modes_given_back();
}

#[test]
fn promise_13_closing_the_window_ends_the_program() {
    let mut pty = started();
    pty.hang_up(ANY_KEY);
    assert_eq!(pty.wait_exit(), 129);
}

/// In another session than its terminal's, no SIGHUP ever comes: only the watchdog knows.
#[test]
#[cfg(target_os = "linux")]
fn promise_13_a_program_that_hears_nothing_of_the_closed_window_ends_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let status = folder.path().join("status");
    let script = r#"trap "" HUP; setsid -w "$0" --demo; echo $? >"$1""#;
    let mut pty = Pty::spawn(command("sh", &["-c", script, PROGRAM, status.to_str().unwrap()]), 100, 30);
    pty.wait_for(UP);
    pty.hang_up(ANY_KEY);
    pty.wait_exit();
    assert_eq!(fs::read_to_string(status).unwrap(), "129\n");
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again() {
    let mut pty = shell();
    let cooked = pty.modes();
    pty.press("$CUBEDEX --demo\r");
    pty.wait_for(UP);
    assert_ne!(pty.modes(), cooked);

    pty.press(CTRL_Z);
    pty.wait_until("the shell's screen", |screen| {
        !screen.alternate_screen() && !screen.hide_cursor() && screen.contents().contains("Stopped")
    });
    pty.press("echo stopped-$((1+1))\r");
    pty.wait_for("stopped-2");
    assert_eq!(pty.modes(), cooked);

    pty.resize(90, 25);
    back_to_the_program_and_out(pty);
}

#[test]
fn a_stop_from_outside_is_obeyed_as_ctrl_z_is() {
    let folder = tempfile::tempdir().unwrap();
    let noted = folder.path().join("pid");
    let mut pty = shell();
    let cooked = pty.modes();
    pty.press(format!("sh -c 'echo $$ >{}; exec $CUBEDEX --demo'\r", noted.display()));
    pty.wait_for(UP);
    let pid = fs::read_to_string(noted).unwrap().trim().parse().unwrap();
    kill_process(Pid::from_raw(pid).unwrap(), Signal::TSTP).unwrap();
    pty.wait_for("Stopped");
    assert_eq!(pty.modes(), cooked);
    back_to_the_program_and_out(pty);
}

#[test]
fn going_on_in_the_background_leaves_the_terminal_to_the_shell() {
    let mut pty = shell();
    let cooked = pty.modes();
    pty.press("$CUBEDEX --demo\r");
    pty.wait_for(UP);
    pty.press(CTRL_Z);
    pty.wait_for("Stopped");
    let before = pty.raw().len();

    // `bg` sends SIGCONT. The shell says at once when a job stops, and has said so once.
    pty.press("bg\r");
    pty.wait_until("the job stopped again", |screen| screen.contents().matches("Stopped").count() == 2);
    assert_eq!(pty.modes(), cooked);
    let meanwhile = String::from_utf8_lossy(&pty.raw()[before..]).into_owned();
    assert!(!meanwhile.contains('\x1b'), "written in the background: {meanwhile:?}");

    back_to_the_program_and_out(pty);
}

#[test]
fn a_stopped_program_ends_at_a_signal_without_touching_the_shells_screen() {
    let mut pty = shell();
    pty.press("$CUBEDEX --demo\r");
    pty.wait_for(UP);
    pty.press(CTRL_Z);
    pty.wait_for("Stopped");
    let before = pty.raw().len();
    // The shell sends SIGTERM and then SIGCONT.
    pty.press("kill %1\r");
    pty.wait_for("Exit 143");
    assert!(!pty.raw()[before..].contains(&0x1b));
    pty.press("exit 7\r");
    assert_eq!(pty.wait_exit(), 7);
    pty.assert_given_back();
}

#[test]
fn ctrl_z_does_nothing_where_no_shell_could_bring_the_program_back() {
    let mut pty = started();
    pty.press(CTRL_Z);
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}
