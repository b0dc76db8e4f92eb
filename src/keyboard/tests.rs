//! Sequences → events, whole and cut anywhere; and the reader over a pseudo-terminal.

use super::{Heard, Parser, Reader, Tty};
use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use portable_pty::{MasterPty, PtySize, native_pty_system};
use proptest::prelude::*;
use rstest::rstest;
use rustix::fs::{Mode, OFlags, open};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use std::io::Write;
use std::time::{Duration, Instant};

const NONE: KeyModifiers = KeyModifiers::NONE;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const ALT: KeyModifiers = KeyModifiers::ALT;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;

/// A parser and the time at which it is.
struct Typed {
    parser: Parser,
    now: Instant,
}

impl Typed {
    fn new() -> Self {
        Self { parser: Parser::default(), now: Instant::now() }
    }

    /// What is heard of bytes that come in one read.
    fn read(&mut self, bytes: impl AsRef<[u8]>) -> Vec<Event> {
        self.parser.feed(bytes.as_ref(), self.now);
        self.heard()
    }

    /// What is heard when this many milliseconds pass and nothing comes.
    fn wait(&mut self, milliseconds: u64) -> Vec<Event> {
        self.now += Duration::from_millis(milliseconds);
        self.parser.expire(self.now);
        self.heard()
    }

    fn heard(&mut self) -> Vec<Event> {
        let heard = std::iter::from_fn(|| self.parser.heard());
        heard.filter_map(|heard| if let Heard::Event(event) = heard { Some(event) } else { None }).collect()
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

fn letter(c: char) -> Event {
    key(KeyCode::Char(c), if c.is_uppercase() { SHIFT } else { NONE })
}

fn mouse(kind: MouseEventKind, column: u16, row: u16, modifiers: KeyModifiers) -> Event {
    Event::Mouse(MouseEvent { kind, column, row, modifiers })
}

/// Fails unless `bytes` are these events, in one read and cut at every byte, and a letter that follows at once is one.
fn assert_heard(bytes: &[u8], events: &[Event]) {
    for cut in 0..bytes.len() {
        let mut typed = Typed::new();
        let mut heard = typed.read(&bytes[..cut]);
        heard.extend(typed.wait(40));
        heard.extend(typed.read(&bytes[cut..]));
        heard.extend(typed.read("q"));
        assert_eq!(
            heard,
            [events, &[letter('q')]].concat(),
            "{:?} cut at {cut}",
            bytes.escape_ascii().to_string()
        );
    }
}

#[rstest]
#[case::a_letter("a", 'a', NONE)]
#[case::a_capital("A", 'A', SHIFT)]
#[case::a_norwegian_letter("å", 'å', NONE)]
#[case::an_emoji("😀", '😀', NONE)]
#[case::ctrl("\x11", 'q', CTRL)]
#[case::ctrl_space("\0", ' ', CTRL)]
#[case::ctrl_digit("\x1c", '4', CTRL)]
#[case::alt("\x1bx", 'x', ALT)]
#[case::alt_with_a_capital("\x1bA", 'A', SHIFT.union(ALT))]
#[case::alt_with_more_bytes("\x1bå", 'å', ALT)]
#[case::kitty("\x1b[97;5u", 'a', CTRL)]
#[case::kitty_with_shift("\x1b[97;2u", 'A', SHIFT)]
#[case::kitty_with_what_shift_makes("\x1b[50:34;2u", '"', SHIFT)]
#[case::kitty_with_ctrl_and_shift("\x1b[97:65;6u", 'a', CTRL | SHIFT)]
#[case::kitty_with_a_lock("\x1b[97;69u", 'a', CTRL)]
#[case::keypad_of_kitty("\x1b[57404u", '5', NONE)]
#[case::xterm_with_ctrl("\x1b[27;5;44~", ',', CTRL)]
#[case::keypad("\x1bOq", '1', NONE)]
#[case::keypad_plus("\x1bOk", '+', NONE)]
fn characters(#[case] bytes: &str, #[case] c: char, #[case] modifiers: KeyModifiers) {
    assert_heard(bytes.as_bytes(), &[key(KeyCode::Char(c), modifiers)]);
}

#[rstest]
#[case::enter("\r", KeyCode::Enter, NONE)]
#[case::a_line_feed("\n", KeyCode::Enter, NONE)]
#[case::tab("\t", KeyCode::Tab, NONE)]
#[case::backspace("\x7f", KeyCode::Backspace, NONE)]
#[case::alt_backspace("\x1b\x7f", KeyCode::Backspace, ALT)]
#[case::back_tab("\x1b[Z", KeyCode::BackTab, SHIFT)]
#[case::up("\x1b[A", KeyCode::Up, NONE)]
#[case::up_of_an_application("\x1bOA", KeyCode::Up, NONE)]
#[case::ctrl_down("\x1b[1;5B", KeyCode::Down, CTRL)]
#[case::ctrl_right_of_old("\x1b[5C", KeyCode::Right, CTRL)]
#[case::all_modifiers("\x1b[1;8D", KeyCode::Left, SHIFT.union(ALT).union(CTRL))]
#[case::home("\x1b[H", KeyCode::Home, NONE)]
#[case::home_of_a_console("\x1b[1~", KeyCode::Home, NONE)]
#[case::home_of_rxvt("\x1b[7~", KeyCode::Home, NONE)]
#[case::end("\x1bOF", KeyCode::End, NONE)]
#[case::end_of_a_console("\x1b[4~", KeyCode::End, NONE)]
#[case::insert("\x1b[2~", KeyCode::Insert, NONE)]
#[case::ctrl_delete("\x1b[3;5~", KeyCode::Delete, CTRL)]
#[case::page_up("\x1b[5~", KeyCode::PageUp, NONE)]
#[case::page_down("\x1b[6~", KeyCode::PageDown, NONE)]
#[case::f1("\x1bOP", KeyCode::F(1), NONE)]
#[case::f1_of_a_console("\x1b[[A", KeyCode::F(1), NONE)]
#[case::f5_of_a_console("\x1b[[E", KeyCode::F(5), NONE)]
#[case::f1_of_rxvt("\x1b[11~", KeyCode::F(1), NONE)]
#[case::ctrl_f1("\x1b[1;5P", KeyCode::F(1), CTRL)]
#[case::f3("\x1bOR", KeyCode::F(3), NONE)]
#[case::f4_of_kitty("\x1b[S", KeyCode::F(4), NONE)]
#[case::f5("\x1b[15~", KeyCode::F(5), NONE)]
#[case::shift_f5("\x1b[15;2~", KeyCode::F(5), SHIFT)]
#[case::f10("\x1b[21~", KeyCode::F(10), NONE)]
#[case::f12("\x1b[24~", KeyCode::F(12), NONE)]
#[case::f20("\x1b[34~", KeyCode::F(20), NONE)]
#[case::esc_of_kitty("\x1b[27u", KeyCode::Esc, NONE)]
#[case::enter_of_kitty("\x1b[13;2u", KeyCode::Enter, SHIFT)]
#[case::shift_tab_of_kitty("\x1b[9;2u", KeyCode::BackTab, SHIFT)]
#[case::enter_of_the_keypad("\x1bOM", KeyCode::Enter, NONE)]
#[case::middle_of_the_keypad("\x1b[E", KeyCode::KeypadBegin, NONE)]
#[case::f13_of_kitty("\x1b[57376u", KeyCode::F(13), NONE)]
fn keys(#[case] bytes: &str, #[case] code: KeyCode, #[case] modifiers: KeyModifiers) {
    assert_heard(bytes.as_bytes(), &[key(code, modifiers)]);
}

#[rstest]
#[case::released("\x1b[97;1:3u", KeyEventKind::Release)]
#[case::held("\x1b[97;1:2u", KeyEventKind::Repeat)]
fn kitty_says_what_is_done_to_a_key(#[case] bytes: &str, #[case] kind: KeyEventKind) {
    let event = KeyEvent::new_with_kind(KeyCode::Char('a'), NONE, kind);
    assert_heard(bytes.as_bytes(), &[Event::Key(event)]);
}

#[rstest]
#[case::focus("\x1b[I", Event::FocusGained)]
#[case::no_focus("\x1b[O", Event::FocusLost)]
#[case::a_paste("\x1b[200~kari\x1b[31m\x1bq\n\x03å\x1b\x1b[201~", Event::Paste("kari\x1b[31m\x1bq\n\x03å\x1b".to_owned()))]
#[case::a_paste_in_a_paste("\x1b[200~a\x1b[200~b\x1b[201~", Event::Paste("a\x1b[200~b".to_owned()))]
#[case::an_empty_paste("\x1b[200~\x1b[201~", Event::Paste(String::new()))]
#[case::a_click("\x1b[<0;12;3M", mouse(MouseEventKind::Down(MouseButton::Left), 11, 2, NONE))]
#[case::a_click_ends("\x1b[<0;12;3m", mouse(MouseEventKind::Up(MouseButton::Left), 11, 2, NONE))]
#[case::a_drag("\x1b[<34;12;3M", mouse(MouseEventKind::Drag(MouseButton::Right), 11, 2, NONE))]
#[case::the_wheel_up("\x1b[<64;1;1M", mouse(MouseEventKind::ScrollUp, 0, 0, NONE))]
#[case::the_wheel_down_with_shift("\x1b[<69;300;200M", mouse(MouseEventKind::ScrollDown, 299, 199, SHIFT))]
#[case::column_nothing("\x1b[<0;0;0M", mouse(MouseEventKind::Down(MouseButton::Left), 0, 0, NONE))]
#[case::the_last_column(
    "\x1b[<0;65535;65535M",
    mouse(MouseEventKind::Down(MouseButton::Left), 65534, 65534, NONE)
)]
#[case::rxvt("\x1b[96;5;6M", mouse(MouseEventKind::ScrollUp, 4, 5, NONE))]
fn what_else_is_heard(#[case] bytes: &str, #[case] event: Event) {
    assert_heard(bytes.as_bytes(), &[event]);
}

#[rstest]
#[case::before_the_first_column(b"\x1b[M   ", MouseEventKind::Down(MouseButton::Left), 0, 0)]
#[case::a_click(b"\x1b[M +,", MouseEventKind::Down(MouseButton::Left), 10, 11)]
#[case::far_away(b"\x1b[M`\xff\xfe", MouseEventKind::ScrollUp, 222, 221)]
#[case::let_go(b"\x1b[M#!!", MouseEventKind::Up(MouseButton::Left), 0, 0)]
fn old_reports_of_the_mouse(
    #[case] bytes: &[u8],
    #[case] kind: MouseEventKind,
    #[case] column: u16,
    #[case] row: u16,
) {
    assert_heard(bytes, &[mouse(kind, column, row, NONE)]);
}

#[rstest]
#[case::colour_scheme(b"\x1b[?997;1n")]
#[case::state_of_a_mode(b"\x1b[?2026;2$y")]
#[case::cursor_by_page(b"\x1b[?12;40R")]
#[case::cursor(b"\x1b[12;40R")]
#[case::cursor_beyond(b"\x1b[999999999999R")]
#[case::device(b"\x1b[?1;2c")]
#[case::device_of_vt525(b"\x1b[?65;1;9c")]
#[case::version(b"\x1b[>41;354;0c")]
#[case::keyboard_flags(b"\x1b[?1u")]
#[case::size_of_the_window(b"\x1b[8;24;80t")]
#[case::status(b"\x1b[0n")]
#[case::end_of_a_paste(b"\x1b[201~")]
#[case::no_such_key(b"\x1b[999~")]
#[case::no_such_character(b"\x1b[55296u\x1b[1114112u\x1b[3u\x1b[155u")]
#[case::modifier_of_kitty(b"\x1b[57441;2u")]
#[case::no_such_button(b"\x1b[<-1;0;0M\x1b[<0;99999;99999M\x1b[<200;1;1M")]
#[case::colour_with_a_bell(b"\x1b]10;rgb:ffff/ffff/ffff\x07")]
#[case::colour(b"\x1b]4;1;rgb:ffff/ffff/ffff\x1b\\")]
#[case::title("\x1b]lå ☃\x1b\\".as_bytes())]
#[case::clipboard(b"\x1b]52;c;cQ==\x07")]
#[case::name_of_the_terminal(b"\x1bP>|XTerm(370)\x1b\\")]
#[case::capability(b"\x1bP1+r544e=787465726d\x1b\\")]
#[case::graphics(b"\x1b_Gi=31;OK\x1b\\")]
#[case::privacy(b"\x1b^q\x1b\\")]
#[case::start_of_string(b"\x1bXq\x1b\\")]
#[case::no_letters(b"\xc0\xaf\xed\xa0\x80\xff\xf4\x90\x80\x80")]
#[case::c1("\u{9b}".as_bytes())]
#[case::shift_of_nothing(b"\x1bOz")]
#[case::console_beyond(b"\x1b[[")]
#[case::endless_numbers(&[b"\x1b[".as_slice(), &[b'7'; 10_000], b"A"].concat())]
fn answers_that_nobody_asked_for_are_dropped(#[case] bytes: &[u8]) {
    for cut in (0..bytes.len()).step_by(bytes.len().div_ceil(64)) {
        let mut typed = Typed::new();
        let mut heard = typed.read(&bytes[..cut]);
        heard.extend(typed.wait(40));
        heard.extend(typed.read(&bytes[cut..]));
        heard.extend(typed.read("\x1b[Bq"));
        assert_eq!(heard, [key(KeyCode::Down, NONE), letter('q')], "cut at {cut}");
    }
}

#[test]
fn escape_alone_is_a_key_after_a_short_wait() {
    let mut typed = Typed::new();
    assert_eq!(typed.read("\x1b"), []);
    assert_eq!(typed.wait(49), []);
    assert_eq!(typed.wait(1), [key(KeyCode::Esc, NONE)]);
    assert_eq!(typed.parser.deadline(), None);
    assert_eq!(typed.read("[A"), [letter('['), letter('A')]);
}

#[rstest]
#[case::interrupt("\x1b\x03", &[key(KeyCode::Esc, NONE), key(KeyCode::Char('c'), CTRL)])]
#[case::quit("\x1b\x11", &[key(KeyCode::Esc, NONE), key(KeyCode::Char('q'), CTRL)])]
#[case::enter("\x1b\r", &[key(KeyCode::Esc, NONE), key(KeyCode::Enter, NONE)])]
#[case::twice_and_an_arrow("\x1b\x1b[A", &[key(KeyCode::Esc, NONE), key(KeyCode::Up, NONE)])]
#[case::in_a_sequence("\x1b[12\x1b[A", &[key(KeyCode::Up, NONE)])]
#[case::interrupt_in_a_sequence("\x1b[12\x03", &[key(KeyCode::Char('c'), CTRL)])]
#[case::interrupt_in_a_string("\x1b]11;rgb:\x03", &[key(KeyCode::Char('c'), CTRL)])]
#[case::arrow_in_a_string("\x1b]11;rgb:\x1b[A", &[key(KeyCode::Up, NONE)])]
#[case::string_in_a_string("\x1b]11;rgb:\x1bPx\x07", &[])]
#[case::a_letter_of_more_bytes_in_a_sequence("\x1b[12å", &[letter('å')])]
#[case::backspace_in_a_sequence("\x1b[12\x7f", &[key(KeyCode::Backspace, NONE)])]
#[case::arrow_in_the_mouse("\x1b[M\x1b[A", &[key(KeyCode::Up, NONE)])]
#[case::arrow_in_shift("\x1bO\x1b[A", &[key(KeyCode::Char('O'), SHIFT | ALT), key(KeyCode::Up, NONE)])]
fn what_cannot_continue_a_sequence_is_taken_for_itself(#[case] bytes: &str, #[case] events: &[Event]) {
    assert_heard(bytes.as_bytes(), events);
}

#[test]
fn half_a_letter_does_not_take_the_next_one_with_it() {
    assert_eq!(Typed::new().read(b"\xc3q"), [letter('q')]);
    assert_eq!(Typed::new().read(b"\xe2\x98\x1b[A"), [key(KeyCode::Up, NONE)]);
    assert_eq!(Typed::new().read(b"\xe2\xc3\xa5"), [letter('å')]);
    assert_eq!(Typed::new().read(b"\x1b\xc3q"), [letter('q')]);
}

#[rstest]
#[case::introducer("\x1b[", &[key(KeyCode::Char('['), ALT)])]
#[case::shift("\x1bO", &[key(KeyCode::Char('O'), SHIFT | ALT)])]
#[case::command("\x1b]", &[key(KeyCode::Char(']'), ALT)])]
#[case::numbers("\x1b[1;5", &[])]
#[case::answer("\x1b[?2026;2$", &[])]
#[case::string("\x1b]11;rgb:ffff/ffff/ffff", &[])]
#[case::device("\x1bP1+r", &[])]
#[case::mouse("\x1b[<0;12", &[])]
#[case::console("\x1b[[", &[])]
fn an_unfinished_sequence_is_given_up_and_swallows_nothing(#[case] bytes: &str, #[case] events: &[Event]) {
    let mut typed = Typed::new();
    assert_eq!(typed.read(bytes), []);
    assert_eq!(typed.wait(99), []);
    assert_eq!(typed.wait(1), events);
    assert_eq!(typed.read("q"), [letter('q')]);
}

#[test]
fn a_string_that_comes_slowly_is_not_cut() {
    let mut typed = Typed::new();
    for byte in b"\x1b]11;rgb:ffff/ffff/ffff\x07" {
        assert_eq!(typed.read([*byte]), []);
        assert_eq!(typed.wait(if *byte == 0x1b { 40 } else { 90 }), []);
    }
    assert_eq!(typed.read("q"), [letter('q')]);
}

#[test]
fn what_follows_an_old_report_that_is_none_is_typed() {
    let mut typed = Typed::new();
    assert_eq!(typed.read("\x1b[Mq"), []);
    assert_eq!(typed.wait(100), [letter('q')]);
}

#[test]
fn a_paste_without_an_end_is_taken_after_a_while_and_keys_work_again() {
    let mut typed = Typed::new();
    assert_eq!(typed.read("\x1b[200~kari\x1b[20"), []);
    assert_eq!(typed.wait(999), []);
    assert_eq!(typed.wait(1), [Event::Paste("kari".to_owned())]);
    assert_eq!(typed.read("1~\x11").last(), Some(&key(KeyCode::Char('q'), CTRL)));
}

#[test]
fn of_a_paste_beyond_measure_the_beginning_is_kept() {
    let mut typed = Typed::new();
    let mut heard = typed.read("\x1b[200~");
    for _ in 0..64 {
        heard.extend(typed.read([b'z'; 4096]));
    }
    heard.extend(typed.read("\x1b[201~q"));
    assert_eq!(heard, [Event::Paste("z".repeat(64 * 1024)), letter('q')]);
}

#[rstest]
#[case::dark("\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", Some(true))]
#[case::light("\x1b]11;rgb:fd/f6/e3\x07", Some(false))]
#[case::see_through("\x1b]11;rgba:0000/0000/0000/8080\x07", Some(true))]
#[case::of_the_text("\x1b]10;rgb:ffff/ffff/ffff\x07", None)]
#[case::garbage("\x1b]11;rgb:/zz\x07", None)]
#[case::interrupted("\x1b]11;rgb:0000/0000/0000\x1b[A", None)]
#[case::of_a_device("\x1bP11;rgb:0000/0000/0000\x1b\\", None)]
fn what_the_terminal_says_of_its_background_is_heard(#[case] answer: &str, #[case] is_dark: Option<bool>) {
    for cut in 0..answer.len() {
        let (first, second) = answer.split_at(cut);
        let mut typed = Typed::new();
        typed.parser.feed(first.as_bytes(), typed.now);
        typed.parser.feed(second.as_bytes(), typed.now);
        let heard = std::iter::from_fn(|| typed.parser.heard()).find_map(|heard| match heard {
            Heard::Background(color) => Some(color.is_dark()),
            _ => None,
        });
        assert_eq!(heard, is_dark, "cut at {cut}");
    }
}

/// Every sequence of this form, cut at every byte: what begins with a sign or ends in an unusual way, too.
#[test]
fn after_any_control_sequence_the_next_key_arrives() {
    for prefix in ["", "?", ">", "<", "=", "?1;2", "1;2:3", "1;22;333;4444", ";", ":"] {
        for intermediate in ["", "$", " ", "!", "\"", "#%"] {
            for end in '@'..='~' {
                let bytes = format!("\x1b[{prefix}{intermediate}{end}");
                // What begins a paste, and an old report of the mouse.
                if bytes == "\x1b[M" {
                    continue;
                }
                for cut in 0..=bytes.len() {
                    let (first, second) = bytes.split_at(cut);
                    let mut typed = Typed::new();
                    typed.read(first);
                    typed.wait(40);
                    typed.read(second);
                    let heard = typed.read("q");
                    assert_eq!(heard, [letter('q')], "{bytes:?} cut at {cut}");
                    // Cut off for good.
                    let mut typed = Typed::new();
                    typed.read(first);
                    typed.wait(100);
                    assert_eq!(typed.read("q"), [letter('q')], "{bytes:?} cut off at {cut}");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn after_any_bytes_and_a_pause_the_next_key_arrives(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"\x1b[]OPM<?;0123~\\\x07".to_vec())], 0..64),
    ) {
        let mut typed = Typed::new();
        typed.read(&bytes);
        // An old report of the mouse may be given up for the beginning of something else.
        while typed.parser.deadline().is_some() {
            typed.wait(1000);
        }
        prop_assert_eq!(typed.read("q"), [letter('q')]);
    }

    #[test]
    fn how_bytes_are_cut_into_reads_changes_nothing(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"\x1b[]OPM<?;0123~\\\x07".to_vec())], 0..64),
        cut in 0..64_usize,
    ) {
        let whole = Typed::new().read(&bytes);
        let (first, second) = bytes.split_at(cut.min(bytes.len()));
        let mut typed = Typed::new();
        let mut parts = typed.read(first);
        parts.extend(typed.wait(40));
        parts.extend(typed.read(second));
        prop_assert_eq!(parts, whole);
    }
}

/// The window of a pseudo-terminal, and the end that is read.
fn terminal() -> (Box<dyn MasterPty + Send>, Tty) {
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK;
    let terminal = open(pair.master.tty_name().unwrap(), flags, Mode::empty()).unwrap();
    let mut modes = tcgetattr(&terminal).unwrap();
    modes.make_raw();
    tcsetattr(&terminal, OptionalActions::Now, &modes).unwrap();
    (pair.master, Tty::over(terminal).unwrap())
}

/// The next event that is no ringing.
fn next(reader: &mut Reader, tty: &Tty) -> Event {
    loop {
        if let Heard::Event(event) = reader.next(tty).unwrap() {
            return event;
        }
    }
}

#[test]
fn what_is_typed_is_read_in_order() {
    let (window, tty) = terminal();
    tty.open();
    let mut reader = Reader::new(3);
    let mut keys = window.take_writer().unwrap();
    keys.write_all("ab\x1b[Acå\x1b".as_bytes()).unwrap();
    let heard: Vec<Event> = (0..6).map(|_| next(&mut reader, &tty)).collect();
    let wanted =
        [letter('a'), letter('b'), key(KeyCode::Up, NONE), letter('c'), letter('å'), key(KeyCode::Esc, NONE)];
    assert_eq!(heard, wanted);
}

#[test]
fn while_it_is_shut_nothing_is_taken_and_nothing_wakes_the_reader() {
    let (window, tty) = terminal();
    let mut keys = window.take_writer().unwrap();
    tty.open();
    tty.shut();
    keys.write_all(b"theirs").unwrap();
    assert_eq!(tty.read(&mut [0; 64]).unwrap(), None);
    tty.open();
    assert_eq!(next(&mut Reader::new(1), &tty), letter('t'));
    // One byte at a time, the rest is there for whoever comes next.
    assert_eq!(tty.read(&mut [0; 64]).unwrap(), Some(5));
}

#[test]
fn a_terminal_that_has_vanished_is_an_error() {
    let (window, tty) = terminal();
    tty.open();
    drop(window);
    let mut reader = Reader::new(1);
    let ended = std::iter::repeat_with(|| reader.next(&tty)).find(Result::is_err);
    assert!(ended.is_some());
}
