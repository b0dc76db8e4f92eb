//! The cubedex program: parse, run, exit status.

use cubedex::cli::{Cli, Stop};
use cubedex::runtime::terminal;
use cubedex::text::{self, Place};
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    terminal::replace_panic_hook();
    terminal::forbid_core_files();
    // With standard output or error closed there is nobody to tell; the exit status still says it.
    let cli = match Cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(Stop::Shown(text)) => {
            let _ = write!(std::io::stdout(), "{text}");
            return ExitCode::SUCCESS;
        }
        Err(Stop::Wrong(wrong)) => {
            let _ = writeln!(std::io::stderr(), "cubedex: {wrong}");
            return ExitCode::from(2);
        }
    };
    match cubedex::run(&cli) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            // It can name a file, whose name anybody may have chosen, and there is no widget to clean it any more.
            let words = failure.to_string();
            let _ = writeln!(std::io::stderr(), "cubedex: {}", text::clean_str(&words, Place::Card));
            ExitCode::from(failure.status())
        }
    }
}
