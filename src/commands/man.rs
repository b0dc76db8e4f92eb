//! `cubedex man`: the manual page of the program or of one command.

use super::sink::Form;
use super::{Failure, output};
use crate::cli::Man;
use crate::text;

/// Prints the manual page.
///
/// # Errors
/// There is no such command, or the page can't be written.
pub(super) async fn run(args: &Man) -> Result<u8, Failure> {
    let page = args.page().map_err(|_| Failure::Internal)?.ok_or_else(|| {
        let typed = args.command.join(" ");
        let name = text::typed(&typed);
        Failure::Usage(format!("there is no command {name}; cubedex --help lists them"))
    })?;
    output::write(page, Form::Text).await?;
    Ok(0)
}
