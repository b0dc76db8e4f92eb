//! `cubedex completions`: scripts that ask the program itself, so that commands and options never differ, and names
//! are those that are configured.

use clap::{Args, ValueEnum};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};
use std::io;

const AFTER: &str = "\
Commands, options, the names of profiles, and the columns and labels that are known without a network are completed.

Examples:
  cubedex completions bash > ~/.local/share/bash-completion/completions/cubedex
  cubedex completions zsh > \"${fpath[1]}/_cubedex\"
  cubedex completions fish > ~/.config/fish/completions/cubedex.fish";

/// Which shell.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Completions {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL", ignore_case = true, hide_possible_values = true)]
    pub shell: CompletedShell,
}

/// The shells that there is a script for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompletedShell {
    /// GNU's.
    Bash,
    /// Elvish.
    Elvish,
    /// Fish.
    Fish,
    /// PowerShell.
    Powershell,
    /// That of macOS.
    Zsh,
}

impl Completions {
    /// The variable by which a script asks the program; its value is the name of the shell.
    pub const VARIABLE: &str = "CUBEDEX_COMPLETE";

    /// The script that lets the shell complete commands, options and names.
    ///
    /// # Errors
    /// Those of writing into memory.
    pub fn script(&self) -> io::Result<Vec<u8>> {
        let shell: &dyn EnvCompleter = match self.shell {
            CompletedShell::Bash => &Bash,
            CompletedShell::Elvish => &Elvish,
            CompletedShell::Fish => &Fish,
            CompletedShell::Powershell => &Powershell,
            CompletedShell::Zsh => &Zsh,
        };
        let mut script = Vec::new();
        shell.write_registration(Self::VARIABLE, "cubedex", "cubedex", "cubedex", &mut script)?;
        Ok(script)
    }
}
