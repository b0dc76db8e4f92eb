//! The cubedex program: parse, run, exit status.

use cubedex::Failure;
use cubedex::cli::{Cli, Stop};
use cubedex::runtime::terminal;
use cubedex::system;
use cubedex::text::{self, Place};
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    terminal::replace_panic_hook();
    terminal::forbid_core_files();
    system::signals::outlive_file_limits();
    let ended = cubedex::completed().unwrap_or_else(|| match Cli::read(std::env::args_os()) {
        Ok(cli) => cubedex::run(&cli),
        Err(Stop::Shown(text)) => cubedex::print(&text),
        Err(Stop::Wrong(wrong)) => Err(Failure::Usage(wrong.to_string())),
    });
    match ended {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            // It can name a file, whose name anybody may have chosen, and there is no widget to clean it any more.
            let words = failure.to_string();
            // With standard error closed there is no one to tell; the exit status still says it.
            let _ = writeln!(std::io::stderr(), "cubedex: {}", text::clean_str(&words, Place::Card));
            ExitCode::from(failure.status())
        }
    }
}
