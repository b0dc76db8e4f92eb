//! The cubedex program: parse, run, exit status.

use cubedex::cli::{Cli, Stop};
use cubedex::runtime::terminal;
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
            let _ = writeln!(std::io::stderr(), "cubedex: {failure}");
            ExitCode::from(failure.status())
        }
    }
}
