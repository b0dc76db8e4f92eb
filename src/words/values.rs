//! What the list of the values of a column says of what was counted.

use super::noun;
use super::scope::searched;
use crate::cube::Moment;
use crate::language::tr;
use crate::list::Scope;
use crate::search::counts::Counts;
use crate::text::grouped;

/// What a line says of customers without a value.
#[must_use]
pub fn no_value() -> String {
    tr!("no value")
}

/// What the list says where no value has what is typed.
#[must_use]
pub fn no_value_matches() -> String {
    tr!("   No value matches")
}

/// What was counted.
#[derive(Debug, Clone)]
pub struct ValuesState<'a> {
    /// The counts. `None` until they are known.
    pub counts: Option<&'a Counts>,
    /// Whether only those who are found were counted.
    pub is_of_found: bool,
    /// How much of the list is loaded.
    pub scope: Scope,
    /// The time.
    pub now: Moment,
}

impl ValuesState<'_> {
    /// " · 178 values among all 12,340 (08:12)".
    #[must_use]
    pub fn words(&self) -> String {
        let Some(counts) = self.counts else { return tr!(" · counting") };
        let scope = searched(&self.scope, self.now);
        let values = match counts.values.len() {
            shown if shown < counts.distinct => {
                let (shown, distinct) = (grouped(shown as u64), grouped(counts.distinct as u64));
                tr!("the {shown} most frequent of {distinct} values", shown, distinct)
            }
            _ => noun::values(counts.distinct as u64),
        };
        let found = grouped(counts.customers as u64);
        let among = if self.is_of_found { tr!("the {found} found in {scope}", found, scope) } else { scope };
        tr!(" · {values} among {among}", values, among)
    }
}
