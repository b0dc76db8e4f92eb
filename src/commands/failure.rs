//! Why a command ends before its time, in words for standard error, and its exit status.

use super::file::Refused;
use super::pages::NotWhole;
use crate::cube;
use crate::export::NotWritten;
use crate::text::SafeText;
use std::io;

/// Why a command ends before its time.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It was asked for what there is not.
    #[error("{0}")]
    Usage(String),
    /// Cube could not be asked.
    #[error("{}", .0.to_message())]
    Cube(#[from] cube::Error),
    /// Not every customer could be read.
    #[error("{0}; nothing was written")]
    NotWhole(#[from] NotWhole),
    /// The same where what could be read was of use.
    #[error("{0}")]
    NotAll(NotWhole),
    /// What was read can't be written in this form.
    #[error("{0}")]
    Form(NotWritten),
    /// Fields that came too late for a column of their own.
    #[error(
        "the first page of the list lacks these fields, so they have no column: name them with --columns all,{0}"
    )]
    WithoutColumn(String),
    /// A file can't be made.
    #[error("{0}")]
    File(#[from] Refused),
    /// The system does not take what is written.
    #[error("writing to {to}: {}", words(.why))]
    Write {
        /// Where to.
        to: SafeText<'static>,
        /// Why.
        why: io::Error,
    },
    /// Who read it has had enough: no failure at all.
    #[error("nobody reads on")]
    Closed,
    /// A task ended by a fault of cubedex itself.
    #[error("cubedex has failed itself")]
    Itself,
}

impl Failure {
    /// The exit status that says so.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Usage(_) | Self::File(Refused::Exists { .. } | Refused::NotAFile { .. }) => 2,
            _ => 1,
        }
    }

    /// What became of writing to `to`.
    pub(super) fn of_write(to: &SafeText<'static>, why: io::Error) -> Self {
        if why.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::Write { to: to.clone(), why }
        }
    }

    /// What became of an export into `to`.
    pub(super) fn of_export(to: &SafeText<'static>, why: NotWritten) -> Self {
        match why {
            NotWritten::Io(why) => Self::of_write(to, why),
            why => Self::Form(why),
        }
    }
}

/// A system's error without its number.
pub(super) fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "no space is left there".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not write there".to_owned(),
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "nothing can be written there".to_owned(),
        _ => {
            let words = error.to_string();
            words.split(" (os error").next().unwrap_or_default().to_owned()
        }
    }
}
