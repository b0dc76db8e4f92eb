//! A session over a pseudo-terminal that the test holds the other end of.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::OpenOptionsExt,
    thread,
};

use portable_pty::{MasterPty, PtySize, native_pty_system};
use rustix::fs::OFlags;

use super::Session;
use crate::runtime::terminal::device::Device;

const TAKE: &str = "\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l\x1b[?2004h";
/// Every row of three is cleared.
const GIVE_BACK: &str = "\x1b[?2026l\x1b[0m\x1b[1;1H\x1b[2K\x1b[2;1H\x1b[2K\x1b[3;1H\x1b[2K\x1b[1;1H\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// The end at which what the session writes comes out.
struct Window {
    master: Box<dyn MasterPty + Send>,
    reader: Box<dyn Read + Send>,
    /// The session's side, so that the test can write behind it.
    terminal: File,
}

impl Window {
    fn open() -> (Self, Session) {
        let pair = native_pty_system().openpty(PtySize { rows: 3, ..PtySize::default() }).unwrap();
        let name = pair.master.tty_name().unwrap();
        let open = |flags: OFlags| {
            let flags = (OFlags::NOCTTY | flags).bits().cast_signed();
            OpenOptions::new().read(true).write(true).custom_flags(flags).open(&name).unwrap()
        };
        let session = Session::over(Device::over(open(OFlags::NONBLOCK).into()).unwrap());
        let reader = pair.master.try_clone_reader().unwrap();
        (Self { master: pair.master, reader, terminal: open(OFlags::empty()) }, session)
    }

    /// All that was written since the last call.
    fn written(&mut self) -> String {
        let Self { reader, terminal, .. } = self;
        let mut written = Vec::new();
        // On a thread, in case the terminal is full.
        thread::scope(|scope| {
            scope.spawn(|| terminal.write_all(b"\0").unwrap());
            let mut byte = [0];
            while reader.read_exact(&mut byte).is_ok() && byte != [0] {
                written.extend(byte);
            }
        });
        String::from_utf8(written).unwrap()
    }

    fn modes(&self) -> String {
        format!("{:?}", self.master.get_termios().unwrap())
    }
}

#[test]
fn what_was_taken_is_given_back_once() {
    let (mut window, session) = Window::open();
    let before = window.modes();
    session.enter().unwrap();
    assert_ne!(window.modes(), before);
    assert_eq!(window.written(), TAKE);
    session.end();
    assert_eq!(window.modes(), before);
    assert_eq!(window.written(), GIVE_BACK);
    session.end();
    session.leave();
    assert_eq!(window.written(), "");
}

#[test]
fn what_was_never_taken_is_not_given_back() {
    let (mut window, session) = Window::open();
    session.leave();
    session.end();
    assert_eq!(window.written(), "");
}

#[test]
fn an_ended_session_cannot_be_entered_again() {
    let (mut window, session) = Window::open();
    let before = window.modes();
    session.end();
    session.enter().unwrap();
    session.let_go();
    session.enter().unwrap();
    assert_eq!((window.written().as_str(), window.modes()), ("", before));
}

#[test]
fn frames_are_shown_while_inside_only() {
    let (mut window, session) = Window::open();
    session.show(b"too early").unwrap();
    session.enter().unwrap();
    session.show(b"inside").unwrap();
    session.leave();
    session.show(b"stopped").unwrap();
    session.enter().unwrap();
    session.show(b"again").unwrap();
    session.let_go();
    session.show(b"in the background").unwrap();
    session.enter().unwrap();
    session.end();
    session.show(b"too late").unwrap();
    let shown = [TAKE, "inside", GIVE_BACK, TAKE, "again", TAKE, GIVE_BACK].concat();
    assert_eq!(window.written(), shown);
}

#[test]
fn a_frame_stuck_in_a_terminal_that_does_not_read_is_dropped_at_the_end() {
    let (mut window, session) = Window::open();
    session.enter().unwrap();
    assert_eq!(window.written(), TAKE);
    let frame = vec![b'x'; 4 << 20];
    thread::scope(|scope| {
        let writer = scope.spawn(|| session.show(&frame));
        // Its first byte is here, and no one takes the rest.
        window.reader.read_exact(&mut [0]).unwrap();
        session.end();
        writer.join().unwrap().unwrap();
    });
    let written = window.written();
    assert!(written.ends_with(GIVE_BACK), "ends with {:?}", written.get(written.len().saturating_sub(80)..));
    assert!(written.len() < frame.len());
}

#[test]
fn a_frame_for_a_terminal_that_has_vanished_is_no_error() {
    let (window, session) = Window::open();
    session.enter().unwrap();
    drop(window);
    session.show(b"nobody").unwrap();
    assert!(session.wait_for_hang_up());
    session.end();
}
