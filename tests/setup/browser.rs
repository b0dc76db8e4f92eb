//! Another account, and another token, in the running browser.

use super::{Home, profile};
use crate::pty::Pty;
use crate::server::Server;

#[test]
fn f2_opens_the_other_account_and_one_that_fails_leaves_this_one() {
    let (one, other) = (Server::start(&["--customers", "3"]), Server::start(&["--customers", "7"]));
    let home = Home::with_settings(format!(
        "default_profile = \"one\"\n\
         [profile.one]\nurl = \"{}\"\nassignment = 9\ntoken_command = [\"echo\", \"demo-token\"]\n\
         [profile.other]\nurl = \"{}\"\nassignment = 9\ntoken_command = [\"echo\", \"demo-token\"]\naccent = \"green\"\n\
         [profile.zbroken]\nurl = \"{}\"\nassignment = 9\ntoken_command = [\"/no/such\"]\n",
        one.address, other.address, other.address
    ));
    let mut pty = home.pty(&[]);
    pty.wait_for("3 customers (");
    pty.press("\x1bOQ");
    pty.wait_for("zbroken");
    pty.press("\x1b[B\r");
    pty.wait_for("could not open zbroken: token_command (such) can't be started");
    pty.wait_for("3 customers (");
    pty.press("\x1bOQ");
    pty.wait_for("Accounts");
    pty.press("\r");
    pty.wait_for("7 customers (");
    pty.wait_for("cubedex  other");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[test]
fn f2_asks_for_what_nobody_keeps() {
    let (one, other) = (Server::start(&["--customers", "3"]), Server::start(&["--customers", "7"]));
    let home = Home::with_settings(format!(
        "default_profile = \"one\"\n\
         [profile.one]\nurl = \"{}\"\nassignment = 9\ntoken_command = [\"echo\", \"demo-token\"]\n\
         [profile.other]\nurl = \"{}\"\nassignment = 9\n",
        one.address, other.address
    ));
    let mut pty = home.pty(&[]);
    pty.wait_for("3 customers (");
    pty.press("\x1bOQ");
    pty.wait_for("Accounts");
    pty.press("\r");
    pty.wait_for("type the token for other");
    pty.press("\x1b");
    pty.wait_for("↑↓ move");
    pty.wait_for("3 customers (");
    pty.press("\x1bOQ");
    pty.wait_for("Accounts");
    pty.press("\r");
    pty.wait_for("type the token for other");
    pty.press("demo-token\r");
    pty.wait_for("7 customers (");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("demo-token"));
}

#[test]
fn a_token_of_the_environment_goes_to_no_other_address() {
    let (one, other) = (Server::start(&["--customers", "3"]), Server::start(&["--customers", "7"]));
    let home = Home::with_settings(format!(
        "default_profile = \"one\"\n[profile.one]\nurl = \"{}\"\nassignment = 9\n\
         [profile.other]\nurl = \"{}\"\nassignment = 9\n[profile.same]\nurl = \"{}\"\ndata_owner = 2\ncrm_type = \"B2C\"\n",
        one.address, other.address, one.address
    ));
    let mut command = home.terminal(&[]);
    command.env("CUBEDEX_TOKEN", "demo-token");
    let mut pty = Pty::spawn(command, 120, 40);
    pty.wait_for("3 customers (");
    pty.press("\x1bOQ");
    pty.wait_for("Accounts");
    pty.press("\r");
    pty.wait_for("type the token for other");
    pty.press("\x1b");
    pty.wait_for("↑↓ move");
    pty.press("\x1bOQ");
    pty.wait_for("Accounts");
    pty.press("\x1b[B\r");
    pty.wait_for("data owner 2 · B2C");
    pty.wait_for("3 customers (");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_token_that_is_refused_is_typed_anew_in_the_browser() {
    let server = Server::start(&["--customers", "3"]);
    let home = Home::with_settings(profile(&server, "token_command = [\"echo\", \"old\"]"));
    let mut pty = home.pty(&[]);
    pty.wait_for("F5 enters a new one");
    pty.press("\x1b[15~");
    pty.press("demo-token");
    pty.wait_for("••••••••••");
    pty.press("\r");
    pty.wait_for("Olas Produksjon AS");
    pty.press("\x11");
    assert_eq!(pty.wait_exit(), 0);
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("demo-token"));
}
