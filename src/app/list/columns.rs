//! The table's columns: which of the standard fields fit, and how wide each is.

use crate::cube::StandardField;
pub use crate::fields::title;
use crate::list::Store;
use unicode_width::UnicodeWidthStr;

/// Blank columns between two fields.
pub(super) const GAP: u16 = 2;
/// The mark of the selected row, before the first field.
pub(super) const MARK: u16 = 1;

/// The least that is left to a name, and to an e-mail address, before another column goes.
const NAME_AT_LEAST: u16 = 26;
const EMAIL_AT_LEAST: u16 = 20;
/// Who gets what is left over, in turn, and how wide that makes the column. What is left after that stays blank:
/// what belongs together is read more easily when it stands together.
const WIDENED: [(StandardField, u16); 4] = [
    (StandardField::Name, 30),
    (StandardField::Email, 30),
    (StandardField::Name, 44),
    (StandardField::Email, 44),
];
/// Those that matter least go first.
const FIRST_TO_GO: [StandardField; 4] =
    [StandardField::Phone3, StandardField::Phone2, StandardField::Email, StandardField::Phone1];

/// One column on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Whose values stand in it.
    pub field: StandardField,
    /// The first screen column, counted from the left edge of the table.
    pub x: u16,
    /// How wide it is.
    pub width: u16,
}

/// How wide ids and phone numbers are in this list. Learnt from the first page and kept, so that nothing moves
/// when more arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    id: u16,
    phone: u16,
    learnt: bool,
}

impl Default for Columns {
    fn default() -> Self {
        Self { id: 10, phone: 14, learnt: false }
    }
}

impl Columns {
    /// Learns from the first page, once.
    pub(super) fn learn(&mut self, store: &Store) {
        let Some(segment) = store.segment(1).filter(|_| !self.learnt) else {
            return;
        };
        self.learnt = true;
        let mut records = segment.records();
        for index in segment.indices() {
            let record = records.record(index);
            let standard = record.standard();
            let width = |field| standard.get(field).as_raw().width().try_into().unwrap_or(u16::MAX);
            self.id = self.id.max(width(StandardField::Id)).min(20);
            for phone in [StandardField::Phone1, StandardField::Phone2, StandardField::Phone3] {
                self.phone = self.phone.max(width(phone)).min(17);
            }
        }
    }

    /// The columns that fit into a table of this width, from the left.
    #[must_use]
    pub fn fit(self, width: u16) -> Vec<Column> {
        let mut fields = StandardField::ALL.to_vec();
        for gone in FIRST_TO_GO {
            if MARK + self.least(&fields) > width {
                fields.retain(|field| *field != gone);
            }
        }
        let mut spare = width.saturating_sub(MARK + self.least(&fields));
        let mut widths: Vec<u16> = fields.iter().map(|field| self.least_of(*field)).collect();
        for (field, most) in WIDENED {
            let place = fields.iter().position(|known| *known == field);
            if let Some(width) = place.and_then(|place| widths.get_mut(place)) {
                let more = spare.min(most.saturating_sub(*width));
                *width += more;
                spare -= more;
            }
        }
        let mut x = MARK;
        let mut columns = Vec::new();
        for (field, wanted) in fields.into_iter().zip(widths) {
            let width = wanted.min(width.saturating_sub(x));
            columns.push(Column { field, x, width });
            x += width + GAP;
        }
        columns
    }

    fn least(self, fields: &[StandardField]) -> u16 {
        let gaps = GAP * u16::try_from(fields.len().saturating_sub(1)).unwrap_or_default();
        fields.iter().map(|field| self.least_of(*field)).sum::<u16>() + gaps
    }

    fn least_of(self, field: StandardField) -> u16 {
        match field {
            StandardField::Id => self.id,
            StandardField::Name => NAME_AT_LEAST,
            StandardField::Phone1 | StandardField::Phone2 | StandardField::Phone3 => self.phone,
            StandardField::Email => EMAIL_AT_LEAST,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::all_six(119, "ID Name Phone 1 Phone 2 Phone 3 E-mail")]
    #[case::one_goes(105, "ID Name Phone 1 Phone 2 E-mail")]
    #[case::beside_a_card(82, "ID Name Phone 1 E-mail")]
    #[case::small_terminal(79, "ID Name Phone 1 E-mail")]
    #[case::narrow(60, "ID Name Phone 1")]
    #[case::very_narrow(40, "ID Name")]
    fn those_that_matter_least_go_first(#[case] width: u16, #[case] titles: &str) {
        let columns = Columns::default().fit(width);
        let shown: Vec<_> = columns.iter().map(|column| title(column.field)).collect();
        assert_eq!(shown.join(" "), titles);
    }

    #[test]
    fn columns_never_overlap_and_never_leave_the_table() {
        for width in 1..300 {
            let mut end = 0;
            for column in Columns::default().fit(width) {
                assert!(column.width == 0 || column.x >= end, "{width}");
                end = column.x + column.width;
                assert!(column.width == 0 || end <= width, "{width}");
            }
        }
    }
}
