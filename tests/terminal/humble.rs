//! Terminals that can do less, and things that are no terminal: the first are served, the others refused in one plain
//! line.

use super::{PROGRAM, UP, cubedex, started};
use crate::pty::{Pty, command};
use rstest::rstest;
use std::num::NonZeroU16;

#[rstest]
#[case::unset(None)]
#[case::empty(Some(""))]
#[case::dumb(Some("dumb"))]
fn a_terminal_that_obeys_no_escape_sequence_gets_none(#[case] term: Option<&str>) {
    let mut dumb = cubedex();
    match term {
        Some(term) => dumb.env("TERM", term),
        None => dumb.env_remove("TERM"),
    }
    let pty = Pty::spawn(dumb, 100, 30);
    assert_eq!(pty.wait_exit(), 2);
    let said = String::from_utf8(pty.raw()).unwrap();
    assert!(said.contains("TERM") && !said.contains('\x1b') && said.lines().count() == 1, "{said:?}");
}

/// The rest of the streams stay the terminal, in which not one escape sequence may appear either.
#[rstest]
#[case::input("</dev/null", "standard input")]
#[case::output(">/dev/null", "standard output")]
#[case::both("</dev/null >/dev/null", "standard input")]
#[case::closed_output(">&-", "standard output")]
#[case::closed_input("<&-", "standard input")]
#[case::a_file(">out", "standard output")]
fn what_is_no_terminal_is_refused_in_one_plain_line(#[case] streams: &str, #[case] named: &str) {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(r#""$0" --demo {streams}; echo "status $?""#);
    let mut shell = command("sh", &["-c", &script, PROGRAM]);
    shell.cwd(folder.path());
    let pty = Pty::spawn(shell, 100, 30);
    assert_eq!(pty.wait_exit(), 0);
    let wanted = format!("cubedex: {named} is not a terminal; cubedex needs a terminal\r\nstatus 2\r\n");
    assert_eq!(String::from_utf8(pty.raw()).unwrap(), wanted);
    let out = std::fs::read(folder.path().join("out")).unwrap_or_default();
    assert_eq!(out, b"", "something was written into the file");
}

#[test]
fn with_all_streams_closed_the_exit_status_still_says_it() {
    let script = r#"("$0" --demo <&- >&- 2>&-); echo "status $?""#;
    let pty = Pty::spawn(command("sh", &["-c", script, PROGRAM]), 100, 30);
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(pty.raw(), b"status 2\r\n");
}

/// GNU screen as delivered, and the Linux console, have one screen alone; many of its kind put what is cleared at once
/// into their scrollback.
#[test]
fn on_a_terminal_without_another_screen_no_customer_stays() {
    let mut pty = started();
    // What clears the screen: another size, and the key for it.
    pty.resize(90, 30);
    pty.wait_until("the new size", |screen| {
        screen.rows(0, 90).nth(29).is_some_and(|row| row.contains("quit"))
    });
    pty.press("\x0c\x1b[B");
    pty.wait_for("row 2");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    let raw = String::from_utf8(pty.raw()).unwrap().replace("\x1b[?1049h", "").replace("\x1b[?1049l", "");
    let mut screen = vt100::Parser::new(NonZeroU16::new(30).unwrap(), NonZeroU16::new(100).unwrap(), 0);
    for (number, written) in raw.split("\x1b[2J").enumerate() {
        assert_eq!(screen.screen().contents(), "", "cleared at once, number {number}");
        screen.process(written.as_bytes());
        screen.process(b"\x1b[m");
    }
    assert_eq!(screen.screen().contents(), "");
    assert!(raw.contains(UP));
}

#[rstest]
#[case::a_locale("LC_ALL", "C")]
#[case::the_linux_console("TERM", "linux")]
fn without_our_signs_lines_and_marks_are_in_ascii(#[case] name: &str, #[case] value: &str) {
    let mut plain = cubedex();
    plain.env(name, value);
    let mut pty = Pty::spawn(plain, 120, 30);
    pty.wait_for(UP);
    pty.press("\x1b[20~\x1bOP\x1b[27u");
    pty.wait_for("Class");
    pty.press("/harkl");
    pty.wait_for(" of ");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    let raw = String::from_utf8(pty.raw()).unwrap();
    let odd: String = raw.chars().filter(|c| !c.is_ascii() && !c.is_alphabetic()).collect();
    assert_eq!(odd, "", "signs that a plain terminal does not know");
    assert!(raw.contains('å'), "names stay as they were sent");
    pty.assert_given_back();
}

#[test]
fn without_colours_none_is_written() {
    let mut plain = cubedex();
    plain.env("NO_COLOR", "1");
    let mut pty = Pty::spawn(plain, 120, 30);
    pty.wait_for(UP);
    pty.press("\x10other colours\r");
    pty.wait_for("NO_COLOR is set, so no theme has colours");
    pty.press("\x1b[20~/ola\x1bOP\x1b[27u");
    pty.wait_for(" of ");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    let raw = String::from_utf8(pty.raw()).unwrap();
    assert!(!raw.contains("38;") && !raw.contains("48;"), "a colour was written");
    assert!(raw.contains("\x1b[1m"), "without colours, boldness sets apart");
    pty.assert_given_back();
}

/// In Turkish a small I has no dot, and in none of these is the order of letters the same.
#[rstest]
#[case::plain("C", "of all 12,340")]
#[case::norwegian("nb_NO.UTF-8", "av alle 12\u{a0}340")]
#[case::turkish("tr_TR.UTF-8", "of all 12,340")]
fn no_locale_changes_what_is_found_or_in_which_order(#[case] locale: &str, #[case] searched: &str) {
    let mut there = cubedex();
    there.env("LC_ALL", locale);
    let mut pty = Pty::spawn(there, 120, 12);
    pty.wait_for(UP);
    pty.press("/ISAKSEN AS");
    pty.wait_for(searched);
    let ids: Vec<String> =
        pty.screen().lines().skip(2).take(4).map(|row| row.chars().skip(1).take(10).collect()).collect();
    assert_eq!(ids, ["9120019749", "9120038310", "9120044249", "9120047388"]);
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
}
