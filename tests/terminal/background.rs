//! The question for the terminal's background: the colours follow the answer, and nothing waits for it.

use super::{UP, cubedex, shell, started};
use crate::pty::Pty;
use rstest::rstest;

const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";

/// The backgrounds of the delivered themes.
const DARK: vt100::Color = vt100::Color::Rgb(0x16, 0x19, 0x1d);
const LIGHT: vt100::Color = vt100::Color::Rgb(0xff, 0xff, 0xff);
const NEUTRAL: vt100::Color = vt100::Color::Default;

fn has(screen: &vt100::Screen, background: vt100::Color) -> bool {
    let is_there = |(row, column)| screen.cell(row, column).is_some_and(|cell| cell.bgcolor() == background);
    // The corners, none of which is in the marked row.
    [(0, 0), (29, 0), (29, 99)].into_iter().all(is_there)
}

fn wait_for_background(pty: &Pty, background: vt100::Color) {
    pty.wait_until(&format!("{background:?}"), |screen| {
        has(screen, background) && screen.contents().contains(UP)
    });
}

fn quit(mut pty: Pty) {
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[rstest]
#[case::dark("\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", DARK)]
#[case::light("\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\", LIGHT)]
#[case::two_digits_and_a_bell("\x1b]11;rgb:ff/ff/ff\x07", LIGHT)]
#[case::see_through("\x1b]11;rgba:0000/0000/0000/cccc\x07", DARK)]
fn the_colours_follow_what_the_terminal_answers(#[case] answer: &str, #[case] background: vt100::Color) {
    let mut pty = started();
    pty.wait_for_bytes(QUESTION);
    assert!(has(&pty.vt100(), NEUTRAL), "the first frame waits for no answer");
    pty.press(answer);
    wait_for_background(&pty, background);
    assert_eq!(pty.raw().windows(QUESTION.len()).filter(|bytes| *bytes == QUESTION).count(), 1);
    quit(pty);
}

#[rstest]
#[case::nothing("")]
#[case::garbage("\x1b]11;rgb:zz/zz/zz\x07")]
#[case::the_question("\x1b]11;?\x07")]
#[case::half("\x1b]11;rgb:ffff/ff")]
#[case::of_the_text("\x1b]10;rgb:0000/0000/0000\x1b\\")]
fn without_an_answer_the_colours_stay_the_terminal_s_own(#[case] answer: &str) {
    let mut pty = started();
    pty.wait_for_bytes(QUESTION);
    pty.press(answer);
    pty.press("\x1b[B");
    pty.wait_for("row 2");
    assert!(has(&pty.vt100(), NEUTRAL));
    quit(pty);
}

#[rstest]
#[case::console("TERM", "linux", &[])]
#[case::screen("TERM", "screen", &[])]
#[case::screen_by_another_name("STY", "1234.pts-0.host", &[])]
#[case::without_colours("NO_COLOR", "1", &[])]
#[case::a_theme("COLORTERM", "truecolor", &["--theme", "dark"])]
fn where_no_answer_is_of_use_nothing_is_asked(
    #[case] name: &str,
    #[case] value: &str,
    #[case] args: &[&str],
) {
    let mut plain = cubedex();
    plain.env(name, value);
    plain.args(args);
    let pty = Pty::spawn(plain, 100, 30);
    pty.wait_for(UP);
    let raw = pty.raw();
    // The console has no title either.
    let unwanted: &[u8] = if value == "linux" { b"\x1b]" } else { b"\x1b]11" };
    assert!(!raw.windows(unwanted.len()).any(|bytes| bytes == unwanted), "something was asked");
    quit(pty);
}

#[test]
fn the_answer_is_remembered_while_the_program_is_stopped() {
    let mut pty = shell();
    pty.press("$CUBEDEX --demo\r");
    pty.wait_for(UP);
    pty.press("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    wait_for_background(&pty, LIGHT);
    pty.press("\x1a");
    pty.wait_for("Stopped");
    pty.press("fg\r");
    wait_for_background(&pty, LIGHT);
    pty.press("\x11");
    pty.wait_until("the shell's screen", |screen| !screen.alternate_screen());
    pty.press("exit 7\r");
    assert_eq!(pty.wait_exit(), 7);
}

/// The last answer is thrown away while the keys are still ours, so that no shell takes it for typed.
#[test]
fn an_answer_that_comes_at_the_end_is_not_typed_into_the_shell() {
    let mut pty = shell();
    pty.press("$CUBEDEX --demo\r");
    pty.wait_for(UP);
    pty.wait_for_bytes(QUESTION);
    pty.press("\x11\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    pty.wait_until("the shell's screen", |screen| !screen.alternate_screen());
    pty.press("echo back-$((1+1))\r");
    pty.wait_for("back-2");
    assert!(!pty.screen().contains("rgb:") && !pty.screen().contains("]11"), "{}", pty.screen());
    pty.press("exit 7\r");
    assert_eq!(pty.wait_exit(), 7);
}
