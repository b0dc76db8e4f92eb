//! What a file would change: every customer is read, and the fields that differ are kept.

use super::sheet::{Reading, Row, Sheet};
use crate::commands::changes::{self, Difference};
use crate::commands::progress::{Data, Progress};
use crate::commands::{Failure, Session};
use crate::cube::{AT_ONCE, Field};
use crate::export::{protect, unprotect};
use crate::fields::{FieldMap, value};
use crate::prompt::tell;
use crate::text::{counted, grouped};
use futures_util::{StreamExt, stream};
use std::collections::HashSet;

/// How many customers are shown with what would change.
const MOST_SHOWN: usize = 10;

/// What is to become of one customer.
pub(super) struct Planned {
    pub(super) row: Row,
    /// The fields that differ, as they were shown. `None` for a customer who is not there.
    pub(super) differences: Option<Vec<Difference>>,
}

/// What is to become of all.
pub(super) struct Plan {
    pub(super) all: Vec<Planned>,
}

impl Plan {
    /// Reads every customer of the sheet.
    ///
    /// # Errors
    /// One can't be read, or a column is of no field that any customer has.
    pub(super) async fn read(
        sheet: Sheet,
        session: &Session,
        fields: &FieldMap,
        reading: Reading,
    ) -> Result<Self, Failure> {
        let progress = Progress::new(Data::Follows);
        let count = sheet.rows.len() as u64;
        let asked = stream::iter(sheet.rows).map(async |row| {
            let answer = session.cube.customer(&row.id).await;
            (row, answer)
        });
        let mut answers = Box::pin(asked.buffered(AT_ONCE));
        let mut unknown: HashSet<&str> = sheet.keys.iter().map(String::as_str).collect();
        unknown
            .retain(|key| crate::cube::StandardField::of_key(key).is_none() && fields.label(key).is_none());
        let mut all = Vec::new();
        while let Some((row, answer)) = answers.next().await {
            let differences = match answer {
                Ok(found) => {
                    let sent = found.record.fields();
                    for field in &sent {
                        unknown.remove(field.key.as_raw());
                    }
                    Some(differences(&row, &sent, reading))
                }
                Err(error) if error.is_not_found() => None,
                Err(error) => return Err(error.into()),
            };
            all.push(Planned { row, differences });
            progress.reached(all.len() as u64, Some(count));
        }
        if all.iter().all(|planned| planned.differences.is_none()) {
            unknown.clear();
        }
        if let Some(key) = sheet.keys.iter().find(|key| unknown.contains(key.as_str())) {
            let name = fields.name_of(key);
            return Err(Failure::Usage(format!("line 1: no customer has a field {name}; nothing was sent")));
        }
        Ok(Self { all })
    }

    /// Shows what would change: the first customers field by field, then how many.
    pub(super) fn show(&self, fields: &FieldMap, list: crate::cube::List) {
        let changed = || self.all.iter().filter(|planned| planned.is_changed());
        for Planned { row, differences } in changed().take(MOST_SHOWN) {
            for difference in differences.iter().flatten() {
                tell(format!("{} {}", row.id, difference.shown(fields)));
            }
        }
        let more = changed().count().saturating_sub(MOST_SHOWN);
        if more > 0 {
            tell(format!("and {}", counted(more, "more customer")));
        }
        for missing in self.all.iter().filter(|planned| planned.differences.is_none()).take(MOST_SHOWN) {
            tell(format!("line {}: no customer {} in {list}", missing.row.line, missing.row.id));
        }
        tell(self.totals(fields));
    }

    /// "340 customers: 300 would change (City 280, Phone 2 40), 38 would not, 2 are not there".
    fn totals(&self, fields: &FieldMap) -> String {
        let number =
            |is_meant: &dyn Fn(&Planned) -> bool| self.all.iter().filter(|one| is_meant(one)).count();
        let changed = number(&Planned::is_changed);
        let missing = number(&|planned| planned.differences.is_none());
        let mut by_field: Vec<(&str, u64)> = Vec::new();
        for difference in self.all.iter().filter_map(|planned| planned.differences.as_ref()).flatten() {
            match by_field.iter_mut().find(|(key, _)| *key == difference.key) {
                Some((_, count)) => *count += 1,
                None => by_field.push((&difference.key, 1)),
            }
        }
        let by_field: Vec<String> = by_field
            .iter()
            .map(|(key, count)| format!("{} {}", fields.name_of(key), grouped(*count)))
            .collect();
        let by_field =
            if by_field.is_empty() { String::new() } else { format!(" ({})", by_field.join(", ")) };
        let unchanged = self.all.len() - changed - missing;
        let missing = match missing {
            0 => String::new(),
            missing => format!(", {} not found", grouped(missing as u64)),
        };
        format!(
            "{}: {} to change{by_field}, {} unchanged{missing}",
            counted(self.all.len(), "customer"),
            grouped(changed as u64),
            grouped(unchanged as u64)
        )
    }
}

impl Planned {
    fn is_changed(&self) -> bool {
        self.differences.as_ref().is_some_and(|differences| !differences.is_empty())
    }
}

/// What a row changes of a record with these fields. A cell that an export has made of the very value changes nothing.
fn differences(row: &Row, sent: &[Field<'_>], reading: Reading) -> Vec<Difference> {
    let is_kept = |key: &str, cell: &str| {
        let old = sent.iter().find(|field| field.key.as_raw() == key);
        let old = old.map(|field| value::text(&field.value)).unwrap_or_default();
        cell == old || (!reading.plain && cell == protect(old))
    };
    let wanted: Vec<(String, String)> = row
        .cells
        .iter()
        .filter(|(key, cell)| !is_kept(key, cell))
        .map(|(key, cell)| (key.clone(), if reading.plain { cell.clone() } else { unprotect(cell) }))
        .collect();
    changes::between(row.id.clone(), &wanted, Some(sent)).1
}
