//! Faults that a test can ask for, in builds with debug assertions alone: `CUBEDEX_PANIC` is `ui`, `task`,
//! `blocking` or `thread`.
#![cfg(debug_assertions)]
#![expect(clippy::panic, reason = "to panic is what it is for")]

/// Panics on this thread, in a task or on a thread of its own, with a payload that must not be seen anywhere.
pub(super) fn if_asked_for() {
    match std::env::var("CUBEDEX_PANIC").as_deref() {
        Ok("ui") => panic!("Olas Produksjon AS"),
        Ok("task") => {
            tokio::spawn(async { panic!("Olas Produksjon AS") });
        }
        Ok("blocking") => {
            tokio::task::spawn_blocking(|| panic!("Olas Produksjon AS"));
        }
        Ok("thread") => {
            std::thread::spawn(|| panic!("Olas Produksjon AS"));
        }
        _ => {}
    }
}
