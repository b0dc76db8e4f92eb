//! Windows of any size, and windows that change it: the last size is what is drawn, and memory stays within bounds.

use super::{UP, cubedex, started};
use crate::pty::Pty;
use rstest::rstest;

#[rstest]
#[case::none(0, 0)]
#[case::one_cell(1, 1)]
#[case::narrow(3, 2)]
#[case::one_column(1, 500)]
#[case::large(500, 200)]
#[case::largest(u16::MAX, u16::MAX)]
fn no_size_keeps_the_program_from_starting_and_quitting(#[case] columns: u16, #[case] rows: u16) {
    let mut pty = Pty::spawn(cubedex(), columns, rows);
    pty.wait_until("the alternate screen", vt100::Screen::alternate_screen);
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[rstest]
#[case::none(0, 0)]
#[case::one_cell(1, 1)]
#[case::large(500, 200)]
#[case::largest(u16::MAX, u16::MAX)]
fn a_window_may_take_any_size_and_come_back(#[case] columns: u16, #[case] rows: u16) {
    let mut pty = started();
    pty.resize(columns, rows);
    pty.press("\x1bOP\x1b[B");
    pty.resize(17, 3);
    pty.wait_for("window too small");
    pty.resize(90, 20);
    pty.press("\x1b[27u\x1b[27u");
    pty.wait_for(UP);
    #[cfg(target_os = "linux")]
    assert!(most_memory(&pty) < 300 << 10, "{} kB", most_memory(&pty));
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

/// The most memory that the program ever had, in kB.
#[cfg(target_os = "linux")]
fn most_memory(pty: &Pty) -> u64 {
    let line = pty.status("VmHWM");
    line.trim_end_matches("kB").trim().parse().unwrap()
}

#[test]
fn after_a_thousand_sizes_while_loading_the_last_is_drawn() {
    let mut pty = Pty::spawn(cubedex(), 100, 30);
    for step in 0..1000_u16 {
        pty.resize(20 + step % 180, 5 + step % 60);
    }
    pty.resize(97, 31);
    pty.wait_until("the last size", |screen| {
        let lines: Vec<String> = screen.rows(0, 97).collect();
        lines[30].contains("Ctrl+Q quit") && lines[0].contains(" loaded (") && screen.contents().contains(UP)
    });
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[test]
fn a_paste_that_never_ends_does_not_keep_a_new_size_from_being_drawn() {
    let mut pty = started();
    pty.press("/");
    pty.wait_for(" / ");
    // By itself, so that the reader finds no whole key in it.
    pty.press("\x1b[200~without an end");
    pty.resize(17, 3);
    pty.wait_for("window too small");
    pty.signal(rustix::process::Signal::TERM);
    assert_eq!(pty.wait_exit(), 143);
    pty.assert_given_back();
}
