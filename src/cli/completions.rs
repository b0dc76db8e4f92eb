//! `cubedex completions`: made of the options themselves, so that they never differ.

use super::Cli;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

const AFTER: &str = "\
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
    pub shell: Shell,
}

impl Completions {
    /// The script that lets the shell complete commands and options.
    #[must_use]
    pub fn script(&self) -> Vec<u8> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "cubedex", &mut script);
        script
    }
}
