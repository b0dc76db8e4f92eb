//! Tells of Ctrl+C while a child has the terminal. The terminal then sends the signal to the child's group alone, and the
//! child may ignore it. A process of ours in that group, which does nothing but wait for us, is ended by it.

use rustix::process::Pid;
use signal_hook::consts::SIGINT;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{ChildStdin, Command, Stdio};
use std::thread;

/// The process. It ends when this is dropped, and with its group.
pub(super) struct Sentinel(
    #[expect(dead_code, reason = "held open: its end is the end of the process")] ChildStdin,
);

impl Sentinel {
    /// Puts a process into `group`; `tell` is called at Ctrl+C. `None` where there can be none, so that the child's limit
    /// of time alone ends it.
    pub(super) fn set(group: Pid, tell: impl FnOnce() + Send + 'static) -> Option<Self> {
        let mut sentinel = Command::new("cat")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(group.as_raw_nonzero().get())
            .spawn()
            .ok()?;
        let held = sentinel.stdin.take()?;
        let wait = move || {
            if sentinel.wait().is_ok_and(|ended| ended.signal() == Some(SIGINT)) {
                tell();
            }
        };
        thread::Builder::new().name("sentinel".to_owned()).spawn(wait).ok()?;
        Some(Self(held))
    }
}
