//! What a workbook says of itself, on a sheet of its own: how many customers of how many it has, and which these are. CSV
//! and JSON Lines hold customers alone, so that whatever reads them finds nothing else.

use crate::cube::Moment;
use crate::text::grouped;

/// Which customers of a list are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The account and the list.
    pub place: String,
    /// Whether a person has marked them.
    pub are_marked: bool,
    /// How many customers the list has. `None` where that is not known.
    pub of: Option<u64>,
    /// What was searched for. Empty where nothing was.
    pub search: String,
    /// The headers of the columns that they are sorted by, and whether the greatest value is first.
    pub sorted: Vec<(String, bool)>,
    /// When the list was read.
    pub read: Option<Moment>,
}

impl About {
    /// "178 of 12,340", with `written` customers.
    #[must_use]
    pub fn customers(&self, written: u64) -> String {
        let marked = if self.are_marked { " marked" } else { "" };
        let of = self.of.filter(|all| *all != written).map(|all| format!(" of {}", grouped(all)));
        format!("{}{marked}{}", grouped(written), of.unwrap_or_default())
    }

    /// What the sheet says: names and values, with `written` customers. Only what there is.
    pub(super) fn lines(&self, written: u64) -> Vec<(&'static str, String)> {
        let sorted = |(header, descending): &(String, bool)| {
            if *descending { format!("{header} (descending)") } else { header.clone() }
        };
        let sorted: Vec<String> = self.sorted.iter().map(sorted).collect();
        let lines = [
            ("Customers", self.customers(written)),
            ("List", self.place.clone()),
            ("Search", self.search.clone()),
            ("Sorted by", sorted.join(", then ")),
            ("Read from Cube", self.read.map(Moment::with_day).unwrap_or_default()),
        ];
        lines.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}
