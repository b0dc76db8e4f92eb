//! The terminal as a device: the modes that we set and take back, bytes written without ever blocking, its size, who
//! is in its foreground. It keeps no account of whether we are inside; that is `session`.

use std::{
    io,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread,
    time::{Duration, Instant},
};

use ratatui::layout::Size;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fd::{AsFd, BorrowedFd, OwnedFd},
    fs::{Mode, OFlags, open},
    io::Errno,
    process::getpgrp,
    termios::{
        OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr,
        ttyname,
    },
};

use super::{screen::clamped, title};
use crate::keyboard::Tty;

/// Alternate screen, cleared; no cursor; bracketed paste.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l\x1b[?2004h";

/// What a frame cut in the middle may have left: a synchronized update that never ended, a style.
const END_FRAME: &[u8] = b"\x1b[?2026l\x1b[0m";

/// The opposite of [`TAKE`] in reverse.
const GIVE_BACK: &[u8] = b"\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// Presses of the buttons and the wheel, in the form that knows every column.
const TAKE_MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1006h";

/// The opposite of [`TAKE_MOUSE`].
const GIVE_MOUSE_BACK: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// How long a question may go unanswered before it is clear that no answer will come.
const ANSWER: Duration = Duration::from_secs(10);

/// How long the terminal is drained of an answer that is still to come, or of what the mouse did.
const DRAIN: Duration = Duration::from_millis(40);

/// How long to wait for room in the terminal's buffer before asking again whether the bytes are still wanted.
const SLICE: Duration = Duration::from_millis(50);

/// How long a terminal that does not read may hold up its own restoration, twice at the most.
const PATIENCE: Duration = Duration::from_millis(200);

/// The terminal that standard output is, through an open file of our own.
///
/// Its own, because it does not block: a terminal that stopped reading must not keep a signal from ending the
/// program, and setting `O_NONBLOCK` on standard output itself would set it for the shell too.
///
/// The modes are set with termios directly and not by crossterm, which asks for its record of them only when it
/// queries the terminal (nothing here does): ours can be given back from any thread without a lock of another's.
#[derive(Debug)]
pub(super) struct Device {
    fd: OwnedFd,
    /// The modes as the shell had them, to the bit.
    before: Termios,
    /// Where keys come from; what is typed while the terminal is the shell's, is the shell's. `None` in a test.
    tty: Option<Tty>,
    /// Whether the mouse is wanted.
    mouse: AtomicBool,
    /// What the window is called while it is ours. `None` where its own title stays.
    title: Mutex<Option<String>>,
    /// When the terminal was asked something that it has not answered.
    asked: Mutex<Option<Instant>>,
}

impl Device {
    /// Opens the terminal and notes its modes; changes nothing.
    ///
    /// # Errors
    /// The system's, when standard output is no terminal or cannot be opened.
    pub(super) fn open() -> io::Result<Self> {
        let stdout = rustix::stdio::stdout();
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        // The name first: macOS cannot poll `/dev/tty`. That one helps where the name leads nowhere (a container)
        // or belongs to someone else (after `su`). The last resort may block, but is better than no screen.
        let fd = ttyname(stdout, Vec::new())
            .and_then(|name| open(name, flags, Mode::empty()))
            .or_else(|_| open(c"/dev/tty", flags, Mode::empty()))
            .map_or_else(|_| stdout.try_clone_to_owned(), Ok)?;
        Ok(Self { tty: Some(Tty::over(open_input()?)?), ..Self::over(fd)? })
    }

    /// The terminal behind `fd`, which had better not block.
    ///
    /// # Errors
    /// The system's, when it is no terminal.
    pub(super) fn over(fd: OwnedFd) -> io::Result<Self> {
        let before = tcgetattr(&fd)?;
        Ok(Self {
            fd,
            before,
            tty: None,
            mouse: AtomicBool::new(false),
            title: Mutex::default(),
            asked: Mutex::default(),
        })
    }

    /// Sets the modes that the screen needs.
    ///
    /// Raw mode comes first: in the background it stops the program, before anything can be seen of it.
    ///
    /// # Errors
    /// The system's; some of the modes may be set then.
    pub(super) fn take(&self) -> io::Result<()> {
        let mut raw = self.before.clone();
        raw.make_raw();
        tcsetattr(&self.fd, OptionalActions::Now, &raw)?;
        self.tty.iter().for_each(Tty::open);
        self.write(TAKE, within(PATIENCE))?;
        let title = self.title.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.write(&title::change(None, title.as_deref()), within(PATIENCE))?;
        if self.mouse.load(SeqCst) { self.write(TAKE_MOUSE, within(PATIENCE)) } else { Ok(()) }
    }

    /// Takes the mouse from the terminal from now on, or gives it back; what is to be written for that. Empty where
    /// nothing changes.
    pub(super) fn want_mouse(&self, wanted: bool) -> &'static [u8] {
        match (self.mouse.swap(wanted, SeqCst), wanted) {
            (false, true) => TAKE_MOUSE,
            (true, false) => GIVE_MOUSE_BACK,
            _ => b"",
        }
    }

    /// Calls the window this from now on, or gives it its own title back; what is to be written for that. Empty where
    /// nothing changes.
    pub(super) fn want_title(&self, wanted: Option<&str>) -> Vec<u8> {
        let mut title = self.title.lock().unwrap_or_else(PoisonError::into_inner);
        let change = title::change(title.as_deref(), wanted);
        *title = wanted.map(str::to_owned);
        change
    }

    /// The terminal was asked something, or has answered.
    pub(super) fn expect_answer(&self, is_expected: bool) {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = is_expected.then(Instant::now);
    }

    /// Waits a moment for what the terminal may still send of itself, and throws it away: the shell would take it for
    /// typed.
    fn drain(&self) {
        let asked = self.asked.try_lock().ok().and_then(|asked| *asked);
        let mouse = self.mouse.load(SeqCst);
        if mouse {
            let _ = self.write(GIVE_MOUSE_BACK, within(PATIENCE));
        }
        if !mouse && asked.is_none_or(|at| at.elapsed() > ANSWER) {
            return;
        }
        let until = Instant::now() + DRAIN;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            let left = Timespec { tv_sec: 0, tv_nsec: left.subsec_nanos().into() };
            let mut coming = [PollFd::new(&self.fd, PollFlags::IN)];
            if !poll(&mut coming, Some(&left)).is_ok_and(|ready| ready > 0) {
                return;
            }
            let _ = tcflush(&self.fd, QueueSelector::IFlush);
        }
    }

    /// Gives all modes back, each step though the one before failed.
    ///
    /// The shell's screen comes last: who sees it may type, and those keys are the shell's.
    pub(super) fn give_back(&self) {
        self.tty.iter().for_each(Tty::shut);
        if self.in_foreground() {
            self.drain();
            // The rest of a paste must not arrive in the shell as commands.
            let _ = tcflush(&self.fd, QueueSelector::IFlush);
            let _ = tcsetattr(&self.fd, OptionalActions::Now, &self.before);
        }
        // A terminal without another screen would go on showing customers.
        let rows = self.size().map_or(0, |size| clamped(size).height);
        // A thread that panicked may hold it for ever.
        let title = self.title.try_lock().ok().and_then(|title| title.clone());
        let give_title_back = title::change(title.as_deref(), None);
        let give_back = [END_FRAME, &wiped(rows), &give_title_back, GIVE_BACK].concat();
        if self.write(&give_back, within(PATIENCE)).is_err() {
            // No one reads: what is queued was for the screen that we are leaving, and makes room.
            let _ = tcflush(&self.fd, QueueSelector::OFlush);
            let _ = self.write(&give_back, within(PATIENCE));
        }
    }

    /// Writes `bytes`, all of them unless `wanted` says no while the terminal has no room for more.
    ///
    /// # Errors
    /// [`io::ErrorKind::TimedOut`] if it did say no; else the system's.
    pub(super) fn write(&self, mut bytes: &[u8], wanted: impl Fn() -> bool) -> io::Result<()> {
        while !bytes.is_empty() {
            if has_room(self.fd.as_fd()) {
                match rustix::io::write(&self.fd, bytes) {
                    Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                    Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                    Err(Errno::AGAIN | Errno::INTR) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            if !bytes.is_empty() && !wanted() {
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
        Ok(())
    }

    /// The size that the terminal claims, in columns and rows; may be 0×0 or absurd.
    ///
    /// # Errors
    /// The system's, when the terminal is gone.
    pub(super) fn size(&self) -> io::Result<Size> {
        let size = tcgetwinsize(&self.fd)?;
        Ok(Size::new(size.ws_col, size.ws_row))
    }

    /// Where keys come from.
    pub(super) fn tty(&self) -> Option<&Tty> {
        self.tty.as_ref()
    }

    /// Whether the terminal is ours to change: its shell gave it to our process group, or there is none to say so.
    pub(super) fn in_foreground(&self) -> bool {
        tcgetpgrp(&self.fd).map_or(true, |group| group == getpgrp())
    }

    /// Sleeps until the other side of the terminal is closed; `false` if that cannot be waited for.
    pub(super) fn wait_for_hang_up(&self) -> bool {
        loop {
            // Linux reports a hang-up unasked, macOS only when asked.
            let mut watched = [PollFd::new(&self.fd, PollFlags::HUP)];
            let polled = poll(&mut watched, None);
            let [watched] = watched;
            match polled {
                Ok(_) if watched.revents().contains(PollFlags::NVAL) => return false,
                Ok(_) if watched.revents().intersects(PollFlags::HUP | PollFlags::ERR) => return true,
                Ok(_) | Err(Errno::INTR) => {}
                Err(_) => return false,
            }
        }
    }
}

/// Clears this many rows, one by one, and places the cursor in the first: many terminals without another screen keep what
/// was cleared at once in their scrollback.
pub(super) fn wiped(rows: u16) -> Vec<u8> {
    let rows = (1..=rows).map(|row| format!("\x1b[{row};1H\x1b[2K"));
    rows.chain(["\x1b[1;1H".to_owned()]).collect::<String>().into_bytes()
}

/// The terminal that standard input is, through an open file of our own: to set `O_NONBLOCK` on the one that is there
/// would set it for the shell too.
fn open_input() -> io::Result<OwnedFd> {
    let stdin = rustix::stdio::stdin();
    let flags = OFlags::RDONLY | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    ttyname(stdin, Vec::new())
        .and_then(|name| open(name, flags, Mode::empty()))
        .or_else(|_| open(c"/dev/tty", flags, Mode::empty()))
        .map_or_else(|_| stdin.try_clone_to_owned(), Ok)
}

/// Prints one line on standard error without its lock, which another thread may hold, and without waiting long.
pub(super) fn say(line: &str) {
    let stderr = rustix::stdio::stderr();
    if has_room(stderr) {
        let _ = rustix::io::write(stderr, format!("{line}\n").as_bytes());
    }
}

/// Waits a [`SLICE`] at most until `fd` takes bytes; also true when a write would tell of an error.
fn has_room(fd: BorrowedFd<'_>) -> bool {
    let mut waiting = [PollFd::new(&fd, PollFlags::OUT)];
    let slice = Timespec { tv_sec: 0, tv_nsec: SLICE.subsec_nanos().into() };
    let polled = poll(&mut waiting, Some(&slice));
    let [waiting] = waiting;
    if polled.is_ok() && waiting.revents().contains(PollFlags::NVAL) {
        // A terminal that cannot be polled: wait blindly, then let the write find out.
        thread::sleep(Duration::from_millis(1));
    }
    polled.is_ok_and(|ready| ready > 0)
}

/// True from now on until `limit` is over.
fn within(limit: Duration) -> impl Fn() -> bool {
    let start = Instant::now();
    move || start.elapsed() < limit
}
