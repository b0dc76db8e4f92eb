//! `cubedex open`: hands a caller to the browser that runs.

use super::Failure;
use super::output::print;
use crate::cli::{self, Account};
use crate::config::{Folders, Settings, Target};
use crate::session::account_name;
use crate::system::inbox::{self, Answer, HandedOver, NotHandedOver};
use crate::text;
use std::env;

/// The exit status for "no browser runs".
pub const NO_BROWSER: u8 = 4;

/// What is said of a text that is no caller's.
pub const NOT_A_CALLER: &str = "this is neither a number nor an ID nor an e-mail address";

/// What makes this command the program for `tel:` addresses on a Linux desktop.
const DESKTOP_ENTRY: &str = "\
[Desktop Entry]
Type=Application
Name=cubedex: show the caller
Comment=Shows a caller in the cubedex that runs
Exec=cubedex open %u
NoDisplay=true
Terminal=false
MimeType=x-scheme-handler/tel;x-scheme-handler/callto;
";

/// How handing a caller over went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// It has ended with this status.
    Ended(u8),
    /// No browser runs.
    NoBrowser,
}

/// Hands the caller over, or prints the desktop entry.
///
/// # Errors
/// The browser does not answer, or the settings can't be read.
pub fn run(args: &cli::Open) -> Result<Opened, Failure> {
    let Some(caller) = args.caller.as_deref().filter(|_| !args.desktop_entry) else {
        return print(DESKTOP_ENTRY).map(Opened::Ended);
    };
    let folders = Folders::of_this_person();
    let name = if names_one(&args.account) {
        Some(inbox_name(&Settings::of(&args.account, &folders, |name| env::var_os(name))?))
    } else {
        None
    };
    let Some(folder) = folders.inbox() else { return Ok(Opened::NoBrowser) };
    match inbox::hand_over(&folder, name.as_deref(), caller) {
        Ok(handed) => said(handed).map(Opened::Ended),
        Err(NotHandedOver::NoBrowser) => Ok(Opened::NoBrowser),
        Err(why) => Err(Failure::Other(why.into())),
    }
}

/// Whether the command line or the environment says whose browser is meant.
fn names_one(account: &Account) -> bool {
    let customers = &account.customers;
    account.demo
        || account.setup.profile.is_some()
        || customers.account.is_some()
        || customers.url.is_some()
        || env::var_os("CUBEDEX_PROFILE").is_some()
}

/// By what name other programs know the browser of these settings.
#[must_use]
pub fn inbox_name(settings: &Settings) -> String {
    let of_target = || match &settings.target {
        Target::Demo { .. } => "demo".to_owned(),
        Target::Account { origin, .. } => account_name(origin),
    };
    settings.profile.clone().unwrap_or_else(of_target)
}

/// Says what became of the caller. The exit status.
fn said(HandedOver { answer, browsers }: HandedOver) -> Result<u8, Failure> {
    let of = match browsers {
        1 => String::new(),
        several => format!(" (of {} the one that was used last)", text::counted(several, "browser")),
    };
    let words = match answer {
        Answer::Opened => "the card is open",
        Answer::Listed => "several customers have this number; they are listed",
        Answer::Searched => "no customer who is loaded has this number; it is searched for",
        Answer::Told => "the agent is busy; a line says who calls",
        Answer::Refused => {
            return Err(Failure::Usage(NOT_A_CALLER.to_owned()));
        }
        Answer::Busy => {
            return Err(Failure::Other(anyhow::anyhow!("the browser is busy with other callers")));
        }
    };
    print(&format!("{words}{of}\n"))
}
