//! `cubedex open`.

use super::Account;
use clap::Args;

const AFTER: &str = "\
The caller is shown in the browser that was used last: of the profile that is named, else of any. Where the agent is \
busy there, a line says who calls. Without a browser one is started in this terminal.

For a Linux desktop, cubedex open --desktop-entry prints what makes cubedex the program for tel: addresses:

  cubedex open --desktop-entry > ~/.local/share/applications/cubedex-open.desktop
  xdg-mime default cubedex-open.desktop x-scheme-handler/tel

Softphones that run a command for an incoming call take one of these, with their own word for the number:

  cubedex open %number%        3CX, MicroSIP (cmdIncomingCall), Zoiper, Linphone
  cubedex open ${CALLERID}     a script of Asterisk or FreePBX

Exit codes:
  0      The browser has it
  1      The browser does not answer, or is busy with other callers
  2      Wrong use: neither a number nor an ID nor an address
  4      No browser runs, and there is no terminal to start one in
  128+n  Ended by signal n";

/// Whose card is shown.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Open {
    /// Who calls: a number in any spelling, an ID, tel:… or mailto:…
    #[arg(value_name = "CALLER", required_unless_present = "desktop_entry")]
    pub caller: Option<String>,
    /// Print a desktop entry that hands tel: addresses to this command
    #[arg(long, conflicts_with = "caller")]
    pub desktop_entry: bool,
    /// Whose customers.
    #[command(flatten)]
    pub account: Account,
}
