//! `cubedex completions` and `cubedex man`: what the command line says about itself.

use super::{Failure, output};
use crate::cli;
use crate::text::{self, Place};

/// Prints the script by which a shell completes.
///
/// # Errors
/// It can't be written.
pub(super) async fn completions(args: &cli::Completions) -> Result<u8, Failure> {
    output::write(args.script()).await?;
    Ok(0)
}

/// Prints the manual page.
///
/// # Errors
/// There is no such command, or the page can't be written.
pub(super) async fn man(args: &cli::Man) -> Result<u8, Failure> {
    let page = args.page().map_err(|_| Failure::Internal)?.ok_or_else(|| {
        let typed = args.command.as_deref().unwrap_or_default();
        let name = text::clean_str(typed, Place::Message);
        Failure::Usage(format!("there is no command {name}; cubedex --help lists them"))
    })?;
    output::write(page).await?;
    Ok(0)
}
