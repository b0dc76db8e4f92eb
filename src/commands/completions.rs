//! `cubedex completions`: the script by which a shell completes commands and options.

use super::sink::Form;
use super::{Failure, output};
use crate::cli::Completions;

/// Prints the script.
///
/// # Errors
/// It can't be written.
pub(super) async fn run(args: &Completions) -> Result<u8, Failure> {
    let script = args.script().map_err(|_| Failure::Internal)?;
    output::write(script, Form::Text).await?;
    Ok(0)
}
