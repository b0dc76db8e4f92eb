//! `cubedex man`: made of the options themselves, so that they never differ. The sections of the help below the options
//! become sections of the page.

mod section;

use super::Cli;
use clap::{Args, CommandFactory};
use section::Section;
use std::io;

const AFTER: &str = "\
Examples:
  cubedex man | man -l -
      Read it at once.
  cubedex man export > cubedex-export.1
      The page of one command.
  cubedex man fields pull | man -l -
      The page of a command within a command.";

/// The files of cubedex, as the pages list them.
const FILES: &str = "\
Files:
  ~/.config/cubedex/config.toml
      Profiles and settings. On macOS this folder is ~/Library/Application Support/cubedex.
  ~/.config/cubedex/keys.toml
      Keys of your own.
  ~/.config/cubedex/theme.toml
      Colours of your own.
  ~/.config/cubedex/CustomerCustomFields.ACCOUNT.json
      Labels of custom fields, which are added to Cube's. ACCOUNT is the account's name, or the host of its address,
      with -PORT behind it.
  ~/.local/state/cubedex/cubedex.log
      What failed and when, and nothing of a customer's.";

/// Which page.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Man {
    /// The command whose page is wanted; that of cubedex itself without it
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
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
        let found = self.command.iter().try_fold(&program, |command, name| command.find_subcommand(name));
        let Some(command) = found else { return Ok(None) };
        let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let page = clap_mangen::Man::new(command.clone());
        let mut out = Vec::new();
        page.render_title(&mut out)?;
        page.render_name_section(&mut out)?;
        page.render_synopsis_section(&mut out)?;
        page.render_description_section(&mut out)?;
        let mut sections = Section::all(&after);
        if let Some(first) = sections.first().filter(|section| section.title.is_none()) {
            first.render(&mut out)?;
            sections.remove(0);
        }
        if command.get_arguments().any(|argument| !argument.is_hide_set()) {
            page.render_options_section(&mut out)?;
        }
        if command.has_subcommands() {
            page.render_subcommands_section(&mut out)?;
        }
        sections.extend(Section::all(FILES));
        sections.sort_by_key(Section::place);
        for section in &sections {
            section.render(&mut out)?;
        }
        Ok(Some(out))
    }
}
