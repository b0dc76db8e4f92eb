//! The children that run at this moment: each with its group, its news, and the terminal that it may get. A signal ends
//! them without being handed anything.

use super::output::Output;
use super::sentinel::Sentinel;
use super::{Limits, NotEnded, group};
use crate::system::terminal::{Terminal, has_job_control};
use rustix::fd::{AsFd, BorrowedFd};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, kill_current_process_group, waitpid};
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// All that run.
static RUNNING: Mutex<Vec<Arc<Shared>>> = Mutex::new(Vec::new());

/// Whether the program is about to end.
static ENDING: AtomicBool = AtomicBool::new(false);

/// What happened to a child.
pub(super) enum News {
    /// It has ended, whatever it has started.
    Ended(ExitStatus),
    /// It was stopped because it reached for the terminal.
    Asks,
    /// It was stopped otherwise, as by Ctrl+Z.
    Suspended,
    /// Ctrl+C, of which only we know.
    Interrupted,
    /// Ctrl+C, which it got itself.
    GotInterrupt,
}

/// A child that runs.
pub(super) struct Running {
    shared: Arc<Shared>,
    news: Receiver<News>,
    bell: UnixStream,
}

/// What others than its caller know of it.
struct Shared {
    group: Pid,
    /// `None` where there is no terminal.
    terminal: Option<Terminal>,
    has_terminal: AtomicBool,
    teller: Teller,
}

/// Tells news, and rings the bell so that they are read.
#[derive(Clone)]
struct Teller(Sender<News>, Arc<UnixStream>);

impl Teller {
    fn tell(&self, news: News) {
        let _ = self.0.send(news);
        let _ = self.1.as_ref().write(&[0]);
    }
}

/// Ends all children as Ctrl+C does: their callers hear of it. `false` when none runs.
#[must_use]
pub fn interrupt() -> bool {
    let running = running();
    running.iter().for_each(|shared| shared.teller.tell(News::Interrupted));
    !running.is_empty()
}

/// Ends all children and takes the terminal back, for whoever ends the program then; takes a second at most.
pub fn end_all() {
    // Their callers would tell of an end that is not the children's own, and end the program with another status.
    ENDING.store(true, SeqCst);
    let all = std::mem::take(&mut *running());
    for shared in all {
        shared.end();
        shared.take_terminal();
    }
}

fn running() -> MutexGuard<'static, Vec<Arc<Shared>>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Running {
    /// Starts it.
    pub(super) fn start(mut command: Command, limits: &Limits) -> Result<(Self, Output), NotEnded> {
        let terminal = Terminal::open();
        let (bell, rings) = UnixStream::pair()?;
        bell.set_nonblocking(true)?;
        let mut child =
            command.process_group(0).spawn().map_err(|error| NotEnded::NotStarted(error.kind()))?;
        let group = Pid::from_child(&child);
        let (sender, news) = channel();
        let teller = Teller(sender, Arc::new(rings));
        let shared = Shared { group, terminal, has_terminal: AtomicBool::new(false), teller: teller.clone() };
        let shared = Arc::new(shared);
        running().push(shared.clone());
        let started = Self { shared, news, bell };
        let pipes = child.stdout.take().zip(child.stderr.take());
        let watched = thread::Builder::new().name("child".to_owned()).spawn(move || watch(group, &teller));
        let output = pipes.ok_or(io::ErrorKind::BrokenPipe.into()).and_then(|(printed, said)| {
            watched.and_then(|_| Output::of(printed.into(), said.into(), limits))
        });
        match output {
            Ok(output) => Ok((started, output)),
            Err(error) => {
                started.finish(true, false);
                Err(error.into())
            }
        }
    }

    /// What has happened since the last call.
    pub(super) fn news(&self) -> Vec<News> {
        // First the bell: what is told after that rings it again.
        let _ = (&self.bell).read(&mut [0; 64]);
        self.news.try_iter().collect()
    }

    /// What becomes readable when there are news.
    pub(super) fn bell(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }

    /// What tells of a Ctrl+C that goes to its group alone.
    pub(super) fn sentinel(&self) -> Option<Sentinel> {
        let teller = self.shared.teller.clone();
        Sentinel::set(self.shared.group, move || teller.tell(News::GotInterrupt))
    }

    /// Gives it the terminal, after `line` is said there. `false` where the terminal is not ours to give.
    pub(super) fn lend(&self, line: Option<&str>) -> bool {
        let Shared { group, terminal, has_terminal, .. } = &*self.shared;
        let Some(terminal) = terminal else { return false };
        if !has_terminal.load(SeqCst) {
            if !terminal.is_ours() {
                // As the terminal does with any program in the background that touches it: until `fg`.
                let _ = kill_current_process_group(Signal::TTIN);
            }
            if !terminal.is_ours() {
                return false;
            }
            if let Some(line) = line {
                terminal.say(line);
            }
            has_terminal.store(true, SeqCst);
        }
        terminal.give_to(*group);
        group::wake(*group);
        true
    }

    /// Stops with a child that has the terminal, until the shell's `fg`; how long that took. Without a shell to bring
    /// us back it goes on at once.
    pub(super) fn suspend(&self) -> Duration {
        let since = Instant::now();
        let Shared { group, terminal, has_terminal, .. } = &*self.shared;
        let Some(terminal) = terminal.as_ref().filter(|_| has_terminal.load(SeqCst)) else {
            return Duration::ZERO;
        };
        if has_job_control() {
            let modes = terminal.modes();
            terminal.restore();
            let _ = kill_current_process_group(Signal::STOP);
            modes.iter().filter(|_| terminal.is_ours()).for_each(|modes| terminal.set_modes(modes));
        }
        if terminal.is_ours() || !has_job_control() {
            terminal.give_to(*group);
        }
        group::wake(*group);
        since.elapsed()
    }

    /// Wakes it, should it have stopped itself.
    pub(super) fn wake(&self) {
        group::wake(self.shared.group);
    }

    /// Whether a program asks on the terminal by its modes.
    pub(super) fn is_terminal_changed(&self) -> bool {
        self.shared.terminal.as_ref().is_some_and(Terminal::is_changed)
    }

    /// Says a line on the terminal, where we are in its foreground.
    pub(super) fn say(&self, line: &str) {
        self.shared
            .terminal
            .iter()
            .filter(|terminal| terminal.is_ours())
            .for_each(|terminal| terminal.say(line));
    }

    /// Ends what is left of its group if `ends_all`, and takes the terminal back.
    pub(super) fn finish(self, ends_all: bool, asks: bool) {
        if ends_all {
            self.shared.end();
        }
        if asks {
            self.shared.has_terminal.store(true, SeqCst);
        }
        self.shared.take_terminal();
        running().retain(|shared| !Arc::ptr_eq(shared, &self.shared));
        while ENDING.load(SeqCst) {
            thread::park();
        }
    }
}

impl Shared {
    /// Ends its group, and the one that it has put into the terminal's foreground, as a shell with jobs does.
    fn end(&self) {
        let had = self.has_terminal.load(SeqCst);
        let other = self.terminal.as_ref().filter(|_| had).and_then(Terminal::foreign_group);
        group::end(self.group);
        other.into_iter().filter(|other| *other != self.group).for_each(group::end);
    }

    fn take_terminal(&self) {
        if let Some(terminal) = self.terminal.as_ref().filter(|_| self.has_terminal.swap(false, SeqCst)) {
            terminal.restore();
        }
    }
}

/// Waits for what happens to it, until its end.
fn watch(child: Pid, teller: &Teller) {
    loop {
        match waitpid(Some(child), WaitOptions::UNTRACED) {
            Ok(Some((_, status))) if status.stopped() => teller.tell(stopped(status)),
            Ok(Some((_, status))) => return teller.tell(News::Ended(ExitStatus::from_raw(status.as_raw()))),
            Ok(None) | Err(Errno::INTR) => {}
            // Without an answer: somebody else has waited for it.
            Err(_) => return teller.tell(News::Ended(ExitStatus::default())),
        }
    }
}

fn stopped(status: WaitStatus) -> News {
    let reaches = [Signal::TTIN, Signal::TTOU].map(Signal::as_raw);
    if status.stopping_signal().is_some_and(|signal| reaches.contains(&signal)) {
        News::Asks
    } else {
        News::Suspended
    }
}
