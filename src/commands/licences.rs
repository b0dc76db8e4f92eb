//! `cubedex licences`: under which terms the crates are that the program is made of.

use super::sink::Form;
use super::{Failure, output};
use crate::cli::Licences;

/// Prints the texts.
///
/// # Errors
/// They can't be written.
pub(super) async fn run() -> Result<u8, Failure> {
    output::write(Licences::texts().into(), Form::Text).await?;
    Ok(0)
}
