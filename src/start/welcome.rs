//! The first start, with nothing set up: the three ways on, to choose from.

use super::{Failure, browse, login, tell};
use crate::cli::{Browse, Login};
use crate::prompt;
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

/// Whether somebody sits there to choose.
pub(super) fn is_possible() -> bool {
    prompt::is_possible() && io::stdout().is_terminal()
}

/// Explains, asks, and goes that way. The exit status.
pub(super) fn run(browse: &Browse) -> Result<u8, Failure> {
    prompt::say(WELCOME);
    match prompt::choice("Which one?", &WAYS)? {
        0 => {
            let mut demo = browse.clone();
            demo.account.demo = true;
            browse::run(&demo)
        }
        1 => {
            login::run(&Login { setup: browse.account.setup.clone(), ..Login::default() })?;
            tell("opening it");
            browse::run(browse)
        }
        2 => {
            prompt::say(OPTIONS);
            Ok(0)
        }
        _ => Ok(0),
    }
}
