//! The list of all fields that the records have, in which the table's columns are chosen. Its order is that of the
//! columns; fields that are not shown keep their place in it while it is open.

use super::{Narrowed, Outcome, Wish};
use crate::app::{FieldCounts, Ticket};
use crate::fields::FieldMap;
use crate::keys::Action;
use crate::text::{self, SafeText};
use std::sync::Arc;

/// The open list of fields.
#[derive(Debug)]
pub struct ColumnMenu {
    /// What is typed, and the selected one of the fields that are listed.
    pub narrowed: Narrowed,
    /// How many records have a value in each field. `None` until that is counted.
    pub counts: Option<FieldCounts>,
    fields: Vec<MenuField>,
    counting: Ticket,
}

/// One field of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuField {
    /// Its key in a record.
    pub key: Arc<str>,
    /// What it is called.
    pub label: SafeText<'static>,
    /// Whether it is a column of the table.
    pub is_shown: bool,
}

impl ColumnMenu {
    /// A list of the columns, then of the other fields that the labels name. `counting` is the question that brings
    /// the counts, and those fields that only records have.
    pub(in crate::app) fn new(columns: &[Arc<str>], labels: &FieldMap, counting: Ticket) -> Self {
        let mut menu = Self { narrowed: Narrowed::default(), counts: None, fields: Vec::new(), counting };
        for key in columns {
            menu.add(Arc::clone(key), true, labels);
        }
        labels.schema().columns.iter().for_each(|column| menu.add(column.key.into(), false, labels));
        labels.fields().for_each(|field| menu.add(field.key.as_str().into(), false, labels));
        menu
    }

    fn add(&mut self, key: Arc<str>, is_shown: bool, labels: &FieldMap) {
        if self.fields.iter().all(|field| field.key != key) {
            self.fields.push(MenuField { label: labels.name_of(&key), key, is_shown });
        }
    }

    /// Takes in the counts, unless they answer another question.
    pub(in crate::app) fn counted(&mut self, ticket: Ticket, counts: FieldCounts, labels: &FieldMap) {
        if ticket == self.counting {
            counts.fields.iter().for_each(|field| self.add(Arc::clone(&field.key), false, labels));
            self.counts = Some(counts);
        }
    }

    /// The fields are called otherwise now.
    pub(in crate::app) fn labels_changed(&mut self, labels: &FieldMap) {
        for field in &mut self.fields {
            field.label = labels.name_of(&field.key);
        }
        labels.fields().for_each(|field| self.add(field.key.as_str().into(), false, labels));
    }

    /// The fields that have what is typed in their label or key, with their places.
    fn listed(&self) -> Vec<(usize, &MenuField)> {
        let wanted = self.narrowed.wanted();
        let holds = |text: &str| text::fold(text).contains(&wanted);
        let fields = self.fields.iter().enumerate();
        fields.filter(|(_, field)| holds(field.label.as_str()) || holds(&field.key)).collect()
    }

    /// The fields that have what is typed in their label or key.
    #[must_use]
    pub fn lines(&self) -> Vec<&MenuField> {
        self.listed().into_iter().map(|(_, field)| field).collect()
    }

    /// The keys of the columns, from the left.
    fn shown(&self) -> Vec<Arc<str>> {
        self.fields.iter().filter(|field| field.is_shown).map(|field| Arc::clone(&field.key)).collect()
    }

    /// Does what a key is for. `window` lines fit.
    pub(in crate::app) fn act(&mut self, action: Action, window: usize) -> Outcome {
        let places: Vec<usize> = self.listed().into_iter().map(|(at, _)| at).collect();
        let row = self.narrowed.row;
        match action {
            Action::Back => Outcome::Wish(Wish::Close),
            Action::ShowColumn => self.toggle(places.get(row).copied()),
            Action::MoveUp => self.move_to(&places, row.checked_sub(1)),
            Action::MoveDown => self.move_to(&places, row.checked_add(1)),
            _ => Outcome::of(self.narrowed.step(action, window, places.len().saturating_sub(1))),
        }
    }

    fn toggle(&mut self, at: Option<usize>) -> Outcome {
        let shown = self.shown().len();
        let Some(field) = at.and_then(|at| self.fields.get_mut(at)) else { return Outcome::Done };
        if field.is_shown && shown == 1 {
            return Outcome::Wish(Wish::Say(crate::words::Notice::LastColumn));
        }
        field.is_shown = !field.is_shown;
        Outcome::Wish(Wish::ShowColumns(self.shown()))
    }

    /// Moves the selected field to the place of the one on another row.
    fn move_to(&mut self, places: &[usize], row: Option<usize>) -> Outcome {
        let place = |row: usize| places.get(row).copied();
        let (Some(row), Some(from), Some(to)) = (row, place(self.narrowed.row), row.and_then(place)) else {
            return Outcome::Done;
        };
        let field = self.fields.remove(from);
        let is_shown = field.is_shown;
        self.fields.insert(to, field);
        self.narrowed.row = row;
        if is_shown { Outcome::Wish(Wish::ShowColumns(self.shown())) } else { Outcome::Done }
    }
}
