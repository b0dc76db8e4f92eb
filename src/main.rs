//! The cubedex program: parse, run, exit status.

use clap::Parser;
use cubedex::cli::Cli;
use cubedex::runtime::terminal;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    terminal::replace_panic_hook();
    terminal::forbid_core_files();
    let ended = cubedex::run(&Cli::parse());
    match ended {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            // With standard error closed there is nobody to tell; the exit status still says it.
            let _ = writeln!(std::io::stderr(), "cubedex: {failure}");
            ExitCode::from(failure.status())
        }
    }
}
