//! The results, a line each, and the lines of an earlier run.

use super::cells;
use super::text;
use crate::cli::Apply;
use crate::commands::sink::Form;
use crate::commands::{Failure, output};
use crate::cube::CustomerId;
use crate::text::SafeText;
use rustix::fs::OFlags;
use std::collections::HashSet;
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

const HEADINGS: [&str; 2] = ["ID", "Result"];
const SAVED: &str = "saved";
const UNCHANGED: &str = "unchanged";

/// What became of one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Cube has the values.
    Saved,
    /// Cube took these fields otherwise.
    SavedOtherwise(String),
    /// Cube had the values already.
    Unchanged,
    /// The customer was changed in Cube meanwhile.
    Conflict,
    /// Nothing was changed, and why.
    Refused(String),
    /// Nothing tells.
    Unknown,
}

impl Outcome {
    /// Whether Cube has the values.
    pub(super) fn is_well(&self) -> bool {
        matches!(self, Self::Saved | Self::Unchanged)
    }

    /// The word by which outcomes are counted.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Saved => SAVED,
            Self::SavedOtherwise(_) => "saved otherwise",
            Self::Unchanged => UNCHANGED,
            Self::Conflict => "conflict",
            Self::Refused(_) => "refused",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SavedOtherwise(names) => write!(f, "saved, but Cube took otherwise: {names}"),
            Self::Refused(why) => write!(f, "refused: {why}"),
            outcome => f.write_str(outcome.word()),
        }
    }
}

/// Where the results go.
pub(super) struct Results {
    out: Box<dyn Write + Send>,
    name: SafeText<'static>,
}

impl Results {
    /// Makes ready to write them: into a new file, behind those of the run that is gone on with, or to standard output.
    ///
    /// # Errors
    /// The file is there already, or can't be made.
    pub(super) fn open(args: &Apply) -> Result<Self, Failure> {
        let Some(path) = args.results.as_deref() else {
            let out = output::standard(Form::Text)?;
            let mut results = Self { out, name: SafeText::from(output::STANDARD) };
            results.line(&HEADINGS)?;
            return Ok(results);
        };
        let goes_on = args.resume.iter().any(|resumed| resumed == path);
        let mut options = OpenOptions::new();
        options.mode(0o600).custom_flags(OFlags::NOFOLLOW.bits().cast_signed());
        if goes_on {
            options.append(true)
        } else {
            options.write(true).create_new(true)
        };
        let name = crate::text::path(path);
        let file = options.open(path).map_err(|why| match why.kind() {
            io::ErrorKind::AlreadyExists => Failure::Usage(format!(
                "{name} is there already; take another name, or go on with --resume {name} --results {name}"
            )),
            _ => output::not_written(&name, &why),
        })?;
        let mut results = Self { out: Box::new(file), name };
        if !goes_on {
            results.line(&HEADINGS)?;
        }
        Ok(results)
    }

    /// Writes what became of one customer, at once.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn write(&mut self, id: &CustomerId, outcome: &Outcome) -> Result<(), Failure> {
        self.line(&[id.as_str(), &outcome.to_string()])
    }

    fn line(&mut self, cells: &[&str; 2]) -> Result<(), Failure> {
        let mut line = ::csv::WriterBuilder::new().from_writer(Vec::new());
        // Into memory: nothing can be refused.
        let _ = line.write_record(cells);
        let line = line.into_inner().unwrap_or_default();
        let written = self.out.write_all(&line).and_then(|()| self.out.flush());
        written.map_err(|why| match output::not_written(&self.name, &why) {
            // What became of the rest would not be known.
            Failure::ReaderGone => Failure::Other(anyhow::anyhow!("the reader of the results has gone")),
            failure => failure,
        })
    }
}

/// The ids that need nothing more, by the results of earlier runs.
///
/// # Errors
/// A file can't be read, or is none of results.
pub(super) fn done(paths: &[impl AsRef<Path>]) -> Result<HashSet<String>, Failure> {
    let mut done = HashSet::new();
    for path in paths {
        let path = path.as_ref();
        let name = crate::text::path(path);
        let wrong = |why: &str| Failure::Usage(format!("{name}: {why}"));
        let (headings, lines) = cells::read(&text::read(path)?).map_err(|why: String| wrong(&why))?;
        let place = |heading| headings.cells.iter().position(|cell| cell.trim() == heading);
        let [Some(id), Some(result)] = HEADINGS.map(place) else {
            return Err(wrong(
                "these are no results of cubedex apply: the columns ID and Result are missing",
            ));
        };
        for cells::Line { cells, .. } in lines {
            let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
            let key = cell(id).trim_start_matches('\'').to_owned();
            // The last line about a customer counts.
            if [SAVED, UNCHANGED].contains(&cell(result)) {
                done.insert(key)
            } else {
                done.remove(&key)
            };
        }
    }
    Ok(done)
}
