//! A process group: a child and all that it has started, unless that has left the group.

use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
use std::thread;
use std::time::{Duration, Instant};

/// How long a group may take to end when it is asked to.
const GRACE: Duration = Duration::from_secs(1);
/// How long the system may take to end what can't refuse.
const DEATH: Duration = Duration::from_millis(100);
/// How long between two looks whether it has.
const LOOK: Duration = Duration::from_millis(5);

/// Ends the group: asks it to end, and after a second makes it.
pub(super) fn end(group: Pid) {
    let _ = kill_process_group(group, Signal::TERM);
    // What is stopped can't end.
    wake(group);
    if !is_gone_within(group, GRACE) {
        let _ = kill_process_group(group, Signal::KILL);
        is_gone_within(group, DEATH);
    }
}

fn is_gone_within(group: Pid, limit: Duration) -> bool {
    let until = Instant::now() + limit;
    while test_kill_process_group(group).is_ok() {
        if Instant::now() >= until {
            return false;
        }
        thread::sleep(LOOK);
    }
    true
}

/// Wakes what is stopped in the group.
pub(super) fn wake(group: Pid) {
    let _ = kill_process_group(group, Signal::CONT);
}
