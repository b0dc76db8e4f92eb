//! Bytes that no keyboard sends, pastes without measure: the program stays, and the next `q` quits.

use super::{cubedex, started};
use crate::pty::Pty;
use portable_pty::CommandBuilder;
use rstest::rstest;
use rustix::process::Signal;

/// The escape key, spelt so that it begins nothing else.
const ESC: &str = "\x1b[27u";
const PASTE: &str = "\x1b[200~";
const PASTED: &str = "\x1b[201~";

/// Presses what leads to the table from anywhere, and quits. An escape sequence that was left open takes in what
/// comes next, hence the first letter of all.
fn quit(mut pty: Pty) {
    pty.press(format!("x{}", ESC.repeat(4)));
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

/// Fails unless the program still answers: a search shows what is typed, and is taken back.
fn still_answers(pty: &mut Pty) {
    pty.press(format!("x{}{}/zebra", ESC.repeat(4), ESC));
    pty.wait_for("/ zebra");
    pty.press(ESC.repeat(3));
}

#[test]
fn no_single_byte_ends_or_blocks_the_program() {
    let mut pty = started();
    // But for those that are meant to end it: Ctrl+C and Ctrl+Q.
    for byte in (0..=u8::MAX).filter(|byte| ![0x03, 0x11].contains(byte)) {
        pty.press([byte]);
        if byte % 16 == 15 {
            still_answers(&mut pty);
        }
    }
    quit(pty);
}

#[rstest]
#[case::mouse_before_the_first_column(b"\x1b[M   ")]
#[case::mouse_far_away(b"\x1b[M\xff\xff\xff")]
#[case::mouse_in_the_last_column(b"\x1b[<0;65535;65535M")]
#[case::mouse_beyond(b"\x1b[<0;99999;99999M\x1b[<-1;0;0M")]
#[case::mouse_in_column_nothing(b"\x1b[<0;0;0M\x1b[32;0;0M")]
#[case::two_escapes(b"\x1b\x1b")]
#[case::introducer_alone(b"\x1b[")]
#[case::answer_of_a_cursor(b"\x1b[999999999999R\x1b[1;1R")]
#[case::answer_of_a_device(b"\x1b[?1;2c")]
#[case::focus(b"\x1b[I\x1b[O")]
#[case::kitty(b"\x1b[97;5u\x1b[1114111;1u\x1b[97;1:3u\x1b[55296u\x1b[57344;99u")]
#[case::answer_of_a_colour(b"\x1b]11;rgb:ffff/ffff/ffff")]
#[case::paste_within_a_paste(b"\x1b[200~a\x1b[200~q\n\x1b\x1b[201~q\n\x1b[201~\x1b[201~")]
#[case::half_a_character(b"\xc3")]
#[case::overlong(b"\xc0\xaf")]
#[case::surrogate(b"\xed\xa0\x80")]
#[case::beyond_unicode(b"\xf4\x90\x80\x80")]
#[case::control_keys(b"\x1c\x13\x04\x1a\x1d\x1e\x1f")]
fn no_sequence_ends_or_blocks_the_program(#[case] bytes: &[u8]) {
    let mut pty = started();
    // Opened as a line, so that letters of what is not understood do nothing else.
    pty.press("/");
    pty.press(bytes);
    still_answers(&mut pty);
    quit(pty);
}

/// What a terminal answers to a question of another program, or too late.
const ANSWERS: [&str; 11] = [
    "\x1b[?997;1n",
    "\x1b[?2026;2$y",
    "\x1b[?12;40R",
    "\x1b[12;40R",
    "\x1b[?65;1;9c",
    "\x1b[>41;354;0c",
    "\x1b]11;rgb:ffff/ffff/ffff\x07",
    "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    "\x1bP>|XTerm(370)\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1b]11;rgb:ffff",
];

#[test]
fn an_answer_that_nobody_asked_for_is_no_key_and_keeps_none_from_arriving() {
    for answer in ANSWERS {
        let mut pty = started();
        pty.press(answer);
        // Each of these begins anew, also after an answer that is not finished.
        pty.press("\x1b[B");
        pty.wait_for("row 2");
        assert!(!pty.screen().contains("rgb"), "{answer:?} was typed:\n{}", pty.screen());
        pty.press("\x11");
        assert_eq!(pty.wait_exit(), 0, "{answer:?}");
        pty.assert_given_back();
    }
}

#[rstest]
#[case::an_arrow(&["\x1b", "[B"], "row 2")]
#[case::another_arrow(&["\x1b[", "B"], "row 2")]
#[case::an_arrow_with_ctrl(&["\x1b[6", "~"], "row 2")]
#[case::a_letter(&["/\u{e5}"], "/ å")]
fn a_key_that_comes_in_two_reads_is_one_key(#[case] parts: &[&str], #[case] shown: &str) {
    let mut pty = started();
    for part in parts {
        pty.press(part);
    }
    pty.wait_for(shown);
    quit(pty);
}

#[test]
fn escape_and_what_quits_in_one_read_quit() {
    let mut pty = started();
    pty.press("/kari");
    pty.wait_for("/ kari");
    pty.press("\x1b\x03\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[test]
fn a_paste_that_never_ends_is_taken_and_keys_work_again() {
    let mut pty = started();
    pty.press(format!("/{PASTE}kari"));
    pty.wait_for("/ kari");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[test]
fn noise_neither_ends_nor_blocks_the_program() {
    let mut pty = started();
    let mut noise = fastrand::Rng::with_seed(1832);
    for _ in 0..8 {
        // No Ctrl+C and no Ctrl+Q; no Ctrl+N, since a form that is not sent makes quitting ask; and nothing that a paste
        // begins with: what is between its marks is text.
        let bytes: Vec<u8> = std::iter::repeat_with(|| noise.u8(..))
            .filter(|byte| ![0x03, 0x0e, 0x11, b':', b'~'].contains(byte))
            .take(16 * 1024)
            .collect();
        pty.press(bytes);
    }
    still_answers(&mut pty);
    quit(pty);
}

#[test]
fn every_key_with_every_modifier_is_survived() {
    let mut pty = started();
    for modifiers in 1..=16 {
        for last in "ABCDEFHPQRS".chars() {
            pty.press(format!("\x1b[1;{modifiers}{last}"));
        }
        for number in (1..=34).filter(|number| *number != 21) {
            pty.press(format!("\x1b[{number};{modifiers}~"));
        }
        for letter in ('a'..='z').filter(|letter| !matches!(letter, 'q' | 'c')) {
            pty.press(format!("\x1b[{};{modifiers}u", u32::from(letter)));
        }
    }
    still_answers(&mut pty);
    quit(pty);
}

#[test]
fn ten_thousand_key_presses_are_taken_in() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    std::fs::write(&config, "keys = \"vi\"\n").unwrap();
    let mut vi = super::cubedex();
    vi.args(["--config", config.to_str().unwrap()]);
    let mut pty = Pty::spawn(vi, 100, 30);
    pty.wait_for(super::UP);
    pty.press("j".repeat(10_000));
    pty.wait_for("row 10,001");
    quit(pty);
}

#[test]
fn of_ten_megabytes_pasted_a_line_takes_four_kilobytes_and_no_key_is_pressed() {
    let mut pty = started();
    pty.press("/");
    pty.press(PASTE);
    let lines = "quit now\nq\n:quit\n\x03".repeat(1 << 10);
    pty.press("z".repeat(10 << 20));
    pty.press(lines);
    pty.press(PASTED);
    pty.wait_for("zzz");
    still_answers(&mut pty);
    quit(pty);
}

#[test]
fn a_paste_that_never_ends_does_not_keep_a_signal_from_ending_the_program() {
    let mut pty = started();
    pty.press(format!("/{PASTE}qqq\x03\x1b"));
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit(), 143);
    pty.assert_given_back();
}

/// What the line of a search holds of what is typed and pasted.
#[rstest]
#[case::patterns(".*+?[](){}|^$\\")]
#[case::long(&"ab ".repeat(300))]
#[case::tricks("Invoice\u{202e}gnp\u{200b}\u{1b}[2J")]
#[case::decomposed("ha\u{30a}rklipperi")]
#[case::emoji("👨\u{200d}👩\u{200d}👧")]
fn no_search_text_ends_or_blocks_the_program(#[case] text: &str) {
    let mut pty = started();
    pty.press(format!("/{text}"));
    still_answers(&mut pty);
    pty.press(format!("/{PASTE}{text}{PASTED}"));
    still_answers(&mut pty);
    quit(pty);
}

/// The environments of which something could be made.
#[rstest]
#[case::columns("COLUMNS", "0")]
#[case::lines("LINES", "-1")]
#[case::colours("COLORTERM", "x")]
#[case::time_zone("TZ", "Bogus")]
#[case::traces("RUST_LOG", "trace")]
#[case::backtraces("RUST_BACKTRACE", "full")]
#[case::home("HOME", "relative")]
#[case::no_home("HOME", "")]
#[case::configuration("XDG_CONFIG_HOME", "/dev/null")]
#[case::temporary("TMPDIR", "/nope")]
#[case::pager("PAGER", "sh -c evil")]
#[case::kind_of_terminal("TERM", "../../x")]
#[case::plain_locale("LC_ALL", "C")]
#[case::turkish("LC_ALL", "tr_TR.UTF-8")]
#[case::no_colour("NO_COLOR", "1")]
fn no_variable_keeps_the_program_from_starting_and_quitting(#[case] name: &str, #[case] value: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut odd: CommandBuilder = cubedex();
    odd.env(name, value);
    odd.cwd(folder.path());
    let pty = Pty::spawn(odd, 100, 30);
    pty.wait_for(super::UP);
    quit(pty);
    assert_eq!(folder.path().read_dir().unwrap().count(), 0, "something was written into the working folder");
}
