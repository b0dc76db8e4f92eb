//! What is said of a file into which what the table shows is written.

use super::{Keys, Said, joined, marked};
use crate::keys::Action;
use crate::text::{SafeText, counted, grouped};

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// What it is called.
    pub name: SafeText<'static>,
    /// How many customers are in it.
    pub customers: u64,
    /// How many customers the list has. `None` where that is not known.
    pub of: Option<u64>,
    /// Whether they are the marked ones.
    pub are_marked: bool,
    /// How many values no cell of a workbook holds, so that only their beginning is in it.
    pub cut: u64,
}

/// Why a file was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotExported {
    /// There is such a file; its name.
    Exists(SafeText<'static>),
    /// Any other reason.
    Other(String),
}

/// What is going on in the line for its path.
#[derive(Debug, Clone)]
pub enum ExportState<'a> {
    /// The path is being typed.
    Typing {
        /// How many customers are written.
        customers: usize,
        /// Whether they are the marked ones.
        are_marked: bool,
        /// In how many columns.
        columns: usize,
        /// How many customers the list has, where not all are loaded.
        missing: Option<u64>,
    },
    /// The last path could not be written.
    Failed(&'a NotExported),
    /// The rest of the list is loaded first.
    Loading {
        /// How many customers are loaded.
        loaded: usize,
        /// How many there are.
        of: Option<u64>,
    },
    /// The rest of the list cannot be had.
    Partly {
        /// How many customers are loaded.
        loaded: usize,
        /// How many there are.
        of: Option<u64>,
    },
    /// The file is being written, with this many customers.
    Writing(usize),
}

impl ExportState<'_> {
    /// What is said beside the path.
    #[must_use]
    pub fn said(&self, keys: &Keys<'_>) -> Said {
        let (writes, closes) = (keys.key(Action::Open), keys.key(Action::Back));
        match self {
            Self::Typing { missing: Some(all), .. } => Said::plain(format!(
                "{writes} loads all {} first and writes what is shown then · .xlsx .csv .jsonl",
                grouped(*all)
            ))
            .or_short(format!("{writes} loads all {} first", grouped(*all))),
            Self::Typing { customers, are_marked, columns, missing: None } => {
                let customers = if *are_marked {
                    format!("the {}", marked(*customers))
                } else {
                    counted(*customers, "customer")
                };
                let columns = counted(*columns, "column");
                Said::plain(format!("{writes} writes {customers} in {columns} · .xlsx .csv .jsonl"))
                    .or_short(format!("{writes} writes {customers}"))
            }
            Self::Failed(NotExported::Exists(name)) => {
                Said::problem(format!("{name} is there already · {writes} replaces it"))
            }
            Self::Failed(NotExported::Other(why)) => Said::problem(format!("Not written: {why}")),
            Self::Loading { loaded, of } => {
                Said::plain(format!("Loading the rest first: {} · {closes} stops", of_all(*loaded, *of)))
            }
            Self::Partly { loaded, of } => Said::problem(format!(
                "Only {} could be loaded · {writes} writes these",
                of_all(*loaded, *of)
            )),
            Self::Writing(customers) => {
                Said::plain(format!("Writing {} · {closes} stops", counted(*customers, "customer")))
            }
        }
    }
}

fn of_all(loaded: usize, all: Option<u64>) -> String {
    let all = all.map(|all| format!(" of {}", grouped(all))).unwrap_or_default();
    format!("{}{all}", grouped(loaded as u64))
}

impl Exported {
    /// What is said of it.
    #[must_use]
    pub fn said(&self) -> String {
        let Self { name, customers, of, are_marked, cut } = self;
        let of = of.filter(|all| all != customers).map(|all| format!(" of {}", grouped(all)));
        let marked = if *are_marked { " marked" } else { "" };
        let written = format!("{}{marked}{} written to {name}", grouped(*customers), of.unwrap_or_default());
        let cut = if *cut > 0 {
            format!(
                "{} cut: no cell holds more",
                counted(usize::try_from(*cut).unwrap_or(usize::MAX), "value")
            )
        } else {
            String::new()
        };
        joined([written, cut])
    }
}
