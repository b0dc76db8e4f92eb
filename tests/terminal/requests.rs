//! Ends while Cube has not answered, and a program that has nothing to do: it does nothing.

use super::{UP, started};
use crate::account::Account;
use crate::pty::Pty;
use cubedex::demo::{Gate, Target};
use rstest::rstest;
use rustix::process::Signal;

/// The program up, with a request under way that is not answered.
fn waiting(account: &Account) -> (Pty, Gate) {
    let mut pty = account.browse();
    pty.wait_for(UP);
    let gate = account.hold(Target::All);
    pty.press("\x1b[F");
    account.wait_for_requests(&gate, 1);
    (pty, gate)
}

#[test]
fn a_request_under_way_keeps_nobody_from_quitting() {
    let account = Account::of(12_340);
    let (mut pty, _gate) = waiting(&account);
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[rstest]
#[case::hang_up(Signal::HUP, 129)]
#[case::interrupt(Signal::INT, 130)]
#[case::quit(Signal::QUIT, 131)]
#[case::terminate(Signal::TERM, 143)]
fn a_signal_ends_the_program_while_a_request_is_under_way(#[case] signal: Signal, #[case] status: u32) {
    let account = Account::of(12_340);
    let (pty, _gate) = waiting(&account);
    pty.signal(signal);
    assert_eq!(pty.wait_exit(), status);
    pty.assert_given_back();
}

/// A program's life from the start to the end is time enough for whatever ticks to be seen.
#[test]
#[cfg(target_os = "linux")]
fn a_program_that_has_nothing_to_do_writes_nothing_and_does_not_wake_up() {
    let account = Account::of(300);
    let pty = account.browse();
    pty.wait_for(" customers (");
    another_life();
    let (written, woken) = (pty.raw().len(), pty.wake_ups());
    another_life();
    another_life();
    assert_eq!(pty.raw().len(), written, "something was written");
    // The runtime may put an idle thread to rest meanwhile; whatever ticks, ticks more often than that.
    let woken = pty.wake_ups() - woken;
    assert!(woken < 10, "woken {woken} times");
}

#[cfg(target_os = "linux")]
fn another_life() {
    let mut other = started();
    other.press("\x11");
    assert_eq!(other.wait_exit(), 0);
}
