//! What the browser is to open. At the first start, with no account set up, it asks how to go on.

use crate::cli::{Browse, Login};
use crate::commands;
use crate::config::{BadSetting, Folders, Settings};
use crate::prompt;
use crate::session::Failure;
use std::env;
use std::io::{self, IsTerminal};

const WELCOME: &str = "
cubedex browses the customers that a company keeps in Cube.
Nothing is set up yet, and there are three ways on:

";

const WAYS: [&str; 4] = [
    "look around in an invented town     cubedex --demo",
    "set an account of yours up          cubedex login",
    "do without, with options            cubedex --account acme --assignment 9",
    "not now",
];

const OPTIONS: &str = "
With options, and the token in the environment, nothing is kept:

  read -rs CUBEDEX_TOKEN && export CUBEDEX_TOKEN
  cubedex --account acme --assignment 9                   an assignment of acme.headshed.com
  cubedex --account acme --data-owner 2 --crm-type B2C    the newer kind of list

cubedex --help lists all of them.
";

/// Whether a person can choose.
fn is_possible() -> bool {
    prompt::is_possible() && io::stdout().is_terminal()
}

/// The settings of what is to be opened. `None` when the person chooses to open nothing.
pub(super) fn settings(browse: &Browse, folders: &Folders) -> Result<Option<Settings>, Failure> {
    match resolve(browse, folders) {
        Err(nothing) if nothing.is_first_start() && is_possible() && !browse.plain => {
            first_start(browse, folders)
        }
        settings => Ok(Some(settings?)),
    }
}

fn resolve(browse: &Browse, folders: &Folders) -> Result<Settings, BadSetting> {
    Settings::resolve(browse, folders, |name| env::var_os(name))
}

/// Explains, asks, and goes on as was chosen.
fn first_start(browse: &Browse, folders: &Folders) -> Result<Option<Settings>, Failure> {
    prompt::say(WELCOME);
    match prompt::choice("Which one?", &WAYS)? {
        0 => {
            let mut demo = browse.clone();
            demo.account.demo = true;
            Ok(Some(resolve(&demo, folders)?))
        }
        1 => {
            commands::login(&Login { setup: browse.account.setup.clone(), ..Login::default() })?;
            prompt::tell("opening it");
            Ok(Some(resolve(browse, folders)?))
        }
        2 => {
            prompt::say(OPTIONS);
            Ok(None)
        }
        _ => Ok(None),
    }
}
