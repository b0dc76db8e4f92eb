//! What the table shows, written into a file from the screen.

use super::{PROGRAM, UP};
use crate::pty::{Pty, command};
use crate::setup::Home;
use std::fs;

const CTRL_E: &str = "\x05";

/// The program in the demo town, with its files in `home`.
fn started(home: &Home) -> Pty {
    let mut cubedex = command(PROGRAM, &["--demo"]);
    cubedex.env("HOME", home.0.path());
    let pty = Pty::spawn(cubedex, 120, 30);
    pty.wait_for(UP);
    pty
}

#[test]
fn a_filter_is_written_whole_though_the_list_was_not_loaded() {
    let home = Home::with_settings("");
    let mut pty = started(&home);
    pty.press("city:=askim");
    pty.wait_for("of all 12,340");
    pty.press("\x1b[B");
    pty.wait_for("row 2");
    pty.press(CTRL_E);
    pty.wait_for("writes");
    pty.press("\x15~/askim.csv\r");
    pty.wait_for("of 12,340 written to");
    let said = pty.screen();
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    let csv = fs::read_to_string(home.0.path().join("askim.csv")).unwrap();
    let customers = csv.lines().count() - 1;
    assert!(csv.starts_with("ID,Name,Phone 1,") && customers > 10, "{customers}");
    assert!(said.contains(&format!("{customers} of 12,340 written to")), "{said}");
}

#[test]
fn a_file_that_is_there_is_not_replaced_by_one_key() {
    let home = Home::with_settings("");
    let path = home.0.path().join("all.xlsx");
    fs::write(&path, "old").unwrap();
    let mut pty = started(&home);
    pty.press(CTRL_E);
    pty.wait_for("loads all 12,340 first");
    pty.press("\x15~/all.xlsx\r");
    pty.wait_for("is there already");
    assert_eq!(fs::read(&path).unwrap(), b"old");
    pty.press("\r");
    pty.wait_for("12,340 written to");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    assert!(fs::read(&path).unwrap().starts_with(b"PK"));
}
