//! A program in a pseudo-terminal: keys go in, a screen (vt100) and the raw stream come out. It waits for what is
//! seen, never for time, and knows nothing of cubedex.

use std::{
    io::Write,
    num::NonZeroU16,
    sync::{
        Arc, Condvar, Mutex,
        mpsc::{Sender, channel},
    },
    thread::{self, JoinHandle},
};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::{
    io::Errno,
    process::{Pid, Signal, kill_process},
};

mod ledger;
mod output;
mod stream;

use self::output::{Reading, Shared, State};

/// A running program and its terminal; killed when dropped.
pub(crate) struct Pty {
    /// `None` once the window is closed, as are the next three.
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Sender<Vec<u8>>>,
    /// Types on a thread of its own: a program that reads nothing blocks that, and not the test with its deadlines.
    writer: Option<JoinHandle<()>>,
    reader: Option<JoinHandle<()>>,
    pid: Pid,
    shared: Arc<Shared>,
    /// The terminal's modes before the program started.
    before: String,
}

pub(crate) use crate::run::in_terminal as command;

impl Pty {
    /// Starts `command` as the leader of a session of its own, in a terminal of `columns` by `rows`.
    pub(crate) fn spawn(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let before = modes(pair.master.as_ref());
        let state = State {
            screen: vt100::Parser::new(kept(rows), kept(columns), 0),
            raw: Vec::new(),
            reading: Reading::On,
            ended: false,
            exit: None,
        };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() });
        let mut keys = pair.master.take_writer().unwrap();
        let (keyboard, typed) = channel::<Vec<u8>>();
        let writer = thread::spawn(move || {
            let mut typed = typed.into_iter();
            // Ends as well when the program has ended and nobody is there to read.
            while typed.next().is_some_and(|bytes| keys.write_all(&bytes).and_then(|()| keys.flush()).is_ok())
            {
            }
        });
        let source = pair.master.try_clone_reader().unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let pid = child.process_id().and_then(|pid| Pid::from_raw(pid.cast_signed())).unwrap();
        let reader = thread::spawn({
            let shared = shared.clone();
            move || output::read(source, &shared)
        });
        thread::spawn({
            let shared = shared.clone();
            move || output::reap(child, &shared)
        });
        Self {
            master: Some(pair.master),
            keyboard: Some(keyboard),
            writer: Some(writer),
            reader: Some(reader),
            pid,
            shared,
            before,
        }
    }

    /// Types `bytes`.
    pub(crate) fn press(&mut self, bytes: impl AsRef<[u8]>) {
        // It may have ended already.
        let _ = self.keyboard.as_ref().unwrap().send(bytes.as_ref().to_vec());
    }

    /// Blocks until `text` is on the screen.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    /// Blocks until `wanted` holds for the screen; `what` says what that is, should it never do so.
    pub(crate) fn wait_until(&self, what: &str, mut wanted: impl FnMut(&vt100::Screen) -> bool) {
        drop(self.shared.wait(what, |state| wanted(state.screen.screen())));
    }

    /// Blocks until these bytes have been written.
    pub(crate) fn wait_for_bytes(&self, bytes: &[u8]) {
        let wanted = |state: &State| state.raw.windows(bytes.len()).any(|written| written == bytes);
        drop(self.shared.wait(&bytes.escape_ascii().to_string(), wanted));
    }

    /// Blocks until `text` has been written after the first `seen` bytes.
    pub(crate) fn wait_for_more(&self, seen: usize, text: &str) {
        let wanted = |state: &State| {
            let more = state.raw.get(seen..).unwrap_or_default();
            more.windows(text.len()).any(|written| written == text.as_bytes())
        };
        drop(self.shared.wait(text, wanted));
    }

    /// The most memory that the program has had at once, in MiB, as Linux counts it.
    #[cfg(target_os = "linux")]
    pub(crate) fn most_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid.as_raw_nonzero())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
    }

    /// The lines on the screen, without what is blank at their ends.
    pub(crate) fn screen(&self) -> String {
        self.shared.state().screen.screen().contents()
    }

    /// The screen at this moment, with its colours.
    pub(crate) fn vt100(&self) -> vt100::Screen {
        self.shared.state().screen.screen().clone()
    }

    /// Every byte that was written to the terminal so far.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.shared.state().raw.clone()
    }

    /// Gives the terminal another size; the program in its foreground gets SIGWINCH.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.shared.change(|state| {
            state.screen.screen_mut().set_size(kept(rows), kept(columns));
        });
        self.master().resize(size(columns, rows)).unwrap();
    }

    /// Sends `signal` to the program, and to it alone; it may have ended already.
    pub(crate) fn signal(&self, signal: Signal) {
        assert!(matches!(kill_process(self.pid, signal), Ok(()) | Err(Errno::SRCH)));
    }

    /// Reads no more, except what is being read already: the program will find its terminal full.
    pub(crate) fn stop_reading(&self) {
        self.shared.change(|state| state.reading = Reading::Paused);
    }

    /// Reads on, what was written in the meantime first.
    pub(crate) fn read_on(&self) {
        self.shared.change(|state| state.reading = Reading::On);
    }

    /// Closes the window. The program must draw at `key`, because only its bytes free the reader.
    pub(crate) fn hang_up(&mut self, key: &str) {
        self.shared.change(|state| state.reading = Reading::LettingGo);
        self.press(key);
        self.reader.take().unwrap().join().unwrap();
        // The last two of the three that hold our end open.
        drop(self.keyboard.take());
        self.writer.take().unwrap().join().unwrap();
        drop(self.master.take());
    }

    /// Blocks until the program has ended, whether or not its output is read.
    pub(crate) fn wait_gone(&self) {
        drop(self.shared.wait("the end of the program", |state| state.exit.is_some()));
    }

    /// Blocks until the program has ended by itself and all of its output is read; its exit status.
    pub(crate) fn wait_exit(&self) -> u32 {
        let state = self.shared.wait("the end of the program", |state| state.ended && state.exit.is_some());
        let exit = state.exit.clone().unwrap();
        drop(state);
        assert_eq!(exit.signal(), None, "killed by a signal");
        exit.exit_code()
    }

    /// The program's process.
    pub(crate) fn pid(&self) -> i32 {
        self.pid.as_raw_nonzero().get()
    }

    /// What the system says of the program under `name`, such as `VmHWM`.
    #[cfg(target_os = "linux")]
    pub(crate) fn status(&self, name: &str) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let value = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        value.unwrap_or_else(|| panic!("no {name} in\n{status}")).trim().to_owned()
    }

    /// How often the program's threads have gone to sleep of their own will, which is as often as they woke up.
    #[cfg(target_os = "linux")]
    pub(crate) fn wake_ups(&self) -> u64 {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.pid())).unwrap();
        let of_thread = |thread: std::io::Result<std::fs::DirEntry>| {
            let status = std::fs::read_to_string(thread.ok()?.path().join("status")).ok()?;
            let count = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            count.trim().parse::<u64>().ok()
        };
        threads.filter_map(of_thread).sum()
    }

    /// The terminal's modes (termios) at this moment, to be compared.
    pub(crate) fn modes(&self) -> String {
        modes(self.master())
    }

    /// Fails unless all is as it was before: termios, and every mode that an escape sequence sets. And unless all that
    /// was written is of our own making.
    pub(crate) fn assert_given_back(&self) {
        self.assert_modes_given_back();
        self.assert_only_ours();
    }

    /// Fails unless termios, and every mode that an escape sequence sets, is as it was before.
    pub(crate) fn assert_modes_given_back(&self) {
        assert_eq!(self.modes(), self.before, "termios differs from what it was before");
        let changed = ledger::changed(&self.raw());
        assert!(changed.is_empty(), "modes that differ from what they were before: {changed:?}");
    }

    /// Fails if anything was written that cubedex does not write by itself.
    pub(crate) fn assert_only_ours(&self) {
        let foreign = stream::foreign(&self.raw());
        assert!(foreign.is_empty(), "written, but not ours: {foreign:?}");
    }

    /// What was written since the alternate screen was left last.
    pub(crate) fn after_leaving(&self) -> String {
        let raw = String::from_utf8_lossy(&self.raw()).into_owned();
        let (_, after) = raw.rsplit_once("\u{1b}[?1049l").expect("the alternate screen was never left");
        after.to_owned()
    }

    fn master(&self) -> &dyn MasterPty {
        self.master.as_deref().unwrap()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if self.shared.state.lock().is_ok_and(|state| state.exit.is_none()) {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// The screen that we keep for a terminal that claims none, or one that no memory could hold.
fn kept(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells.min(1000)).unwrap_or(NonZeroU16::MIN)
}
