//! Two customers side by side, by label: the fields in which they differ, then those that are equal.

use super::{Outcome, Wish};
use crate::cube::Record;
use crate::fields::{FieldMap, value};
use crate::keys::Action;
use crate::text::{self, Place, SafeText};

/// Two customers side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compare {
    /// The fields in which they differ, in reading order.
    pub different: Vec<Compared>,
    /// The fields in which they are equal, those that are empty in both left out.
    pub equal: Vec<Compared>,
    /// Whether the equal ones are shown too.
    pub shows_equal: bool,
    /// The first line that is shown.
    pub scroll: usize,
}

/// A field of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// What the field is called.
    pub label: SafeText<'static>,
    /// The values: of the one to the left, and of the one to the right.
    pub values: [SafeText<'static>; 2],
}

impl Compare {
    /// Compares two customers of one list.
    #[must_use]
    pub(in crate::app) fn new(records: [&Record<'_>; 2], labels: &FieldMap) -> Self {
        let labels = labels.of(records[0].schema());
        let mut keys: Vec<String> = Vec::new();
        for field in records.iter().flat_map(|record| record.fields()) {
            let key = field.key.as_raw();
            if !keys.iter().any(|known| known == key) {
                keys.push(key.to_owned());
            }
        }
        keys.sort_by_key(|key| labels.place_of(key));
        let values = records.map(|record| {
            let fields = record.fields();
            let of_key = |key: &String| {
                let field = fields.iter().find(|field| field.key.as_raw() == key);
                let text = field.map_or("", |field| value::text(&field.value));
                text::clean_str(text, Place::Row).into_owned()
            };
            keys.iter().map(of_key).collect::<Vec<_>>()
        });
        let [left, right] = values;
        let (mut different, mut equal) = (Vec::new(), Vec::new());
        for (key, values) in keys.iter().zip(left.into_iter().zip(right)) {
            let compared = Compared { label: labels.name_of(key), values: values.into() };
            let [left, right] = &compared.values;
            if left != right {
                different.push(compared);
            } else if !left.as_str().is_empty() {
                equal.push(compared);
            }
        }
        Self { different, equal, shows_equal: false, scroll: 0 }
    }

    /// The fields that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &Compared> {
        let equal = self.equal.iter().filter(|_| self.shows_equal);
        self.different.iter().chain(equal)
    }

    /// Does what a key is for. This many lines are on the screen.
    pub(in crate::app) fn act(&mut self, action: Action, height: usize) -> Outcome {
        // Below the fields is a line that says how many are equal.
        let last = (self.shown().count() + 2).saturating_sub(height);
        let page = height.max(1);
        self.scroll = match action {
            Action::Up => self.scroll.saturating_sub(1),
            Action::Down => self.scroll.saturating_add(1),
            Action::PageUp => self.scroll.saturating_sub(page),
            Action::PageDown => self.scroll.saturating_add(page),
            Action::First => 0,
            Action::Last => last,
            Action::AllFields => {
                self.shows_equal = !self.shows_equal;
                return Outcome::Done;
            }
            Action::Back => return Outcome::Wish(Wish::Close),
            _ => return Outcome::Ignored,
        }
        .min(last);
        Outcome::Done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_fields_come_first_by_label_and_equal_ones_are_folded() {
        let one = r#"{"crm__customer_id":"1","crm__standard_info__name":"Kari","crm__custom_info__17":"A",
            "crm__custom_info__390":"ASKIM","crm__custom_info__5":"","crm__custom_info__6":null}"#;
        let other = r#"{"crm__custom_info__390":"ASKIM","crm__customer_id":"2","crm__standard_info__name":"Kari",
            "crm__custom_info__17":"B","crm__custom_info__6":"","crm__custom_info__7":"x"}"#;
        let labels = FieldMap::read(r#"{"17": "Class", "390": "City"}"#).unwrap().0;
        let (one, other) = (Record::new(one).unwrap(), Record::new(other).unwrap());
        let mut compare = Compare::new([&one, &other], &labels);
        let lines = |compare: &Compare| -> Vec<String> {
            let line = |it: &Compared| format!("{}: {} | {}", it.label, it.values[0], it.values[1]);
            compare.shown().map(line).collect()
        };
        assert_eq!(lines(&compare), ["ID: 1 | 2", "Class: A | B", "Field 7:  | x"]);
        compare.act(Action::AllFields, 20);
        assert_eq!(lines(&compare)[3..], ["Name: Kari | Kari", "City: ASKIM | ASKIM"]);
    }
}
