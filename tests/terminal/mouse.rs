//! The mouse stays the terminal's own unless it is wanted, and is given back whatever ends the program.

use super::{CTRL_Z, PROGRAM, UP, back_to_the_program_and_out, shell};
use crate::pty::{Pty, command};
use crate::setup::Home;
use rstest::rstest;
use rustix::process::Signal;
use vt100::MouseProtocolMode;

const WHEEL_DOWN: &str = "\x1b[<65;5;5M";
/// A click on the third row of the table.
const CLICK: &str = "\x1b[<0;5;5M\x1b[<0;5;5m";

fn home(settings: &str) -> Home {
    Home::with_settings(settings)
}

fn started(home: &Home) -> Pty {
    let mut cubedex = command(PROGRAM, &["--demo"]);
    cubedex.env("HOME", home.0.path());
    let pty = Pty::spawn(cubedex, 100, 30);
    pty.wait_for(UP);
    pty
}

fn wait_for_mode(pty: &Pty, mode: MouseProtocolMode) {
    pty.wait_until(&format!("{mode:?}"), |screen| screen.mouse_protocol_mode() == mode);
}

#[rstest]
#[case::unsaid("")]
#[case::off("mouse = false\n")]
fn the_mouse_is_the_terminals_own_unless_it_is_wanted(#[case] settings: &str) {
    let home = home(settings);
    let mut pty = started(&home);
    pty.press(WHEEL_DOWN);
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    assert!(!raw.contains("\x1b[?1000h"));
    pty.assert_given_back();
}

#[test]
fn the_wheel_scrolls_and_clicks_mark_and_open() {
    let home = home("mouse = true\n");
    let mut pty = started(&home);
    wait_for_mode(&pty, MouseProtocolMode::PressRelease);
    pty.press(WHEEL_DOWN);
    pty.wait_until("the first row scrolled away", |screen| !screen.contents().contains(UP));
    pty.press("\x1b[<64;5;5M");
    pty.wait_for(UP);
    pty.press(CLICK);
    pty.wait_for("row 3");
    // With Shift the mouse is the terminal's, even if it tells of it.
    pty.press("\x1b[<4;5;8M");
    pty.press(CLICK);
    pty.wait_for("empty fields");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[rstest]
#[case::terminated(Signal::TERM, 143)]
#[case::interrupted(Signal::INT, 130)]
fn a_signal_gives_the_mouse_back(#[case] signal: Signal, #[case] status: u32) {
    let home = home("mouse = true\n");
    let pty = started(&home);
    pty.signal(signal);
    assert_eq!(pty.wait_exit(), status);
    pty.assert_given_back();
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "no panic can be asked for in a release")]
fn a_crash_gives_the_mouse_back() {
    let home = home("mouse = true\n");
    let mut cubedex = command(PROGRAM, &["--demo"]);
    cubedex.env("HOME", home.0.path());
    cubedex.env("CUBEDEX_PANIC", "task");
    let pty = Pty::spawn(cubedex, 100, 30);
    assert_eq!(pty.wait_exit(), 101);
    pty.assert_given_back();
}

#[test]
fn ctrl_z_gives_the_mouse_back_and_fg_takes_it_again() {
    let home = home("mouse = true\n");
    let mut pty = shell();
    pty.press(format!("HOME={} $CUBEDEX --demo\r", home.0.path().display()));
    pty.wait_for(UP);
    pty.press(CTRL_Z);
    pty.wait_for("Stopped");
    wait_for_mode(&pty, MouseProtocolMode::None);
    back_to_the_program_and_out(pty);
}
