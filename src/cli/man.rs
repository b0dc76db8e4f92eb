//! `cubedex man`: made of the options themselves, so that they never differ.

use super::Cli;
use clap::{Args, CommandFactory};
use std::io;

const AFTER: &str = "\
Examples:
  cubedex man | man -l -
      Read it at once.
  cubedex man export > cubedex-export.1
      The page of one command.";

/// Which page.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Man {
    /// The command whose page is wanted; that of cubedex itself without it
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

impl Man {
    /// The manual page. `None` when there is no such command.
    ///
    /// # Errors
    /// Those of writing into memory.
    pub fn page(&self) -> io::Result<Option<Vec<u8>>> {
        let mut program = Cli::command();
        // Gives each command its whole name, such as cubedex-export.
        program.build();
        let command = match &self.command {
            None => Some(&program),
            Some(name) => program.find_subcommand(name),
        };
        let Some(command) = command else { return Ok(None) };
        let mut page = Vec::new();
        clap_mangen::Man::new(command.clone()).render(&mut page)?;
        Ok(Some(page))
    }
}
