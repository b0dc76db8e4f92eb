//! Why a run of the program fails, in words for standard error, and its exit status.

use crate::config::{BadSetting, CredentialError};
use crate::cube;
use crate::prompt::NoAnswer;

/// Why a run fails; [`status`](Self::status) is the program's exit status.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// The credential is not where it should be.
    #[error(transparent)]
    Credential(#[from] CredentialError),
    /// What was given can't be a credential.
    #[error(transparent)]
    BadCredential(#[from] cube::BadCredential),
    /// The program was asked for something that it can't do.
    #[error("{0}")]
    Usage(String),
    /// A question was not answered.
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    /// Cube refused a request, or could not be reached.
    #[error("{}", .0.to_message())]
    Cube(#[from] cube::Error),
    /// A command has ended before it left anything.
    #[error("{why}; nothing was written")]
    Early {
        /// Why.
        why: Box<Self>,
    },
    /// The program that reads our output has stopped reading: no failure at all.
    #[error("the reader of the output has gone")]
    ReaderGone,
    /// A task ended by a fault of cubedex itself.
    #[error("internal error")]
    Internal,
    /// Anything else, with what we were doing.
    #[error("{0:#}")]
    Other(#[from] anyhow::Error),
}

impl Failure {
    /// The exit status that says so.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::ReaderGone => 0,
            Self::Early { why } => why.status(),
            Self::Credential(CredentialError::Interrupted(_)) | Self::NoAnswer(NoAnswer::Interrupted) => 130,
            Self::Setting(_) | Self::Credential(_) | Self::BadCredential(_) | Self::Usage(_) => 2,
            Self::NoAnswer(_) | Self::Cube(_) | Self::Internal | Self::Other(_) => 1,
        }
    }
}
