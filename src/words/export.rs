//! What is said of a file into which what the table shows is written.

use super::{Keys, Said, joined, noun};
use crate::keys::Action;
use crate::language::tr;
use crate::text::{SafeText, grouped};

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
            Self::Typing { missing: Some(all), .. } => Said::plain(tr!(
                "{writes} loads all {all} first and writes what is shown then · .xlsx .csv .jsonl",
                writes,
                all = grouped(*all)
            ))
            .or_short(tr!("{writes} loads all {all} first", writes, all = grouped(*all))),
            Self::Typing { customers, are_marked, columns, missing: None } => {
                let customers = if *are_marked {
                    tr!("the {count} marked", count = grouped(*customers as u64))
                } else {
                    noun::customers(*customers as u64)
                };
                let columns = noun::columns(*columns as u64);
                Said::plain(tr!(
                    "{writes} writes {customers} in {columns} · .xlsx .csv .jsonl",
                    writes,
                    customers,
                    columns
                ))
                .or_short(tr!("{writes} writes {customers}", writes, customers))
            }
            Self::Failed(NotExported::Exists(name)) => {
                Said::problem(tr!("{name} is there already · {writes} replaces it", name, writes))
            }
            Self::Failed(NotExported::Other(why)) => Said::problem(tr!("Not written: {why}", why)),
            Self::Loading { loaded, of } => Said::plain(tr!(
                "Loading the rest first: {loaded} · {closes} stops",
                loaded = of_all(*loaded, *of),
                closes
            )),
            Self::Partly { loaded, of } => Said::problem(tr!(
                "Only {loaded} could be loaded · {writes} writes these",
                loaded = of_all(*loaded, *of),
                writes
            )),
            Self::Writing(customers) => Said::plain(tr!(
                "Writing {customers} · {closes} stops",
                customers = noun::customers(*customers as u64),
                closes
            )),
        }
    }
}

fn of_all(loaded: usize, all: Option<u64>) -> String {
    let all = all.map(|all| tr!(" of {all}", all = grouped(all))).unwrap_or_default();
    format!("{}{all}", grouped(loaded as u64))
}

impl Exported {
    /// What is said of it.
    #[must_use]
    pub fn said(&self) -> String {
        let Self { name, customers, of, are_marked, cut } = self;
        let of = of.filter(|all| all != customers).map(|all| tr!(" of {all}", all = grouped(all)));
        let marked = if *are_marked { tr!(" marked") } else { String::new() };
        let written = tr!(
            "{customers}{marked}{of} written to {name}",
            customers = grouped(*customers),
            marked,
            of = of.unwrap_or_default(),
            name
        );
        let cut = if *cut > 0 {
            tr!("{values} cut: no cell holds more", values = noun::values(*cut))
        } else {
            String::new()
        };
        joined([written, cut])
    }
}
