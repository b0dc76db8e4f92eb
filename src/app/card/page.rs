//! A record as the lines of a card: the standard fields, the custom fields under their labels in the mapping's
//! order, then whatever else it holds under its key.

use crate::app::columns::title;
use crate::cube::{CUSTOM_PREFIX, Field, Record, StandardField};
use crate::fields::{FieldMap, value};
use crate::text::{self, Place, RawText, SafeText};
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// The widest that labels may be, as a part of the card's width.
const LABELS_AT_MOST: (usize, usize) = (2, 5);
/// Between label and value.
const GAP: usize = 2;

/// One field of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardField {
    /// The record's key.
    pub key: String,
    /// What it is called: the label, or the key without one.
    pub label: SafeText<'static>,
    /// Whether it is a custom field without a label.
    pub unlabelled: bool,
    /// The value, cleaned.
    pub value: SafeText<'static>,
    /// Its lines.
    lines: Range<usize>,
}

/// One line of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardLine {
    /// A line of a field: the first carries its label, each a part of its value.
    Field {
        /// The field's place in [`CardPage::fields`].
        field: usize,
        /// The label, cut to the labels' width; `None` on lines that go on with a value.
        label: Option<SafeText<'static>>,
        /// The part of the value.
        value: SafeText<'static>,
    },
    /// Divides the groups.
    Space,
    /// So many fields are empty and not shown.
    Empty(usize),
}

/// How many custom fields have a value but no label.
pub type Unlabelled = usize;

/// A record laid out for a width.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardPage {
    /// The fields that are shown, in order.
    pub fields: Vec<CardField>,
    /// The lines.
    pub lines: Vec<CardLine>,
    /// How wide the labels are.
    pub label_width: usize,
    /// How many custom fields have no label.
    pub unlabelled: Unlabelled,
}

impl CardPage {
    /// Lays out a record. Empty fields are counted instead of shown unless `all` is set.
    #[must_use]
    pub fn new(record: &Record<'_>, labels: &FieldMap, all: bool, width: usize) -> Self {
        let groups = groups(record, labels);
        let is_shown = |field: &CardField| all || !field.value.as_str().is_empty();
        let empty = groups.iter().flatten().filter(|field| !is_shown(field)).count();
        let unlabelled = groups.iter().flatten().filter(|field| field.unlabelled).count();
        let shown: Vec<Vec<CardField>> = groups
            .into_iter()
            .map(|group| group.into_iter().filter(is_shown).collect())
            .collect();
        let widest = shown
            .iter()
            .flatten()
            .map(|field| field.label.as_str().width())
            .max()
            .unwrap_or_default();
        let (part, whole) = LABELS_AT_MOST;
        let mut page = Self {
            label_width: widest.min(width * part / whole),
            unlabelled,
            ..Self::default()
        };
        for group in shown.into_iter().filter(|group| !group.is_empty()) {
            if !page.lines.is_empty() {
                page.lines.push(CardLine::Space);
            }
            for field in group {
                page.push(field, width);
            }
        }
        if empty > 0 {
            page.lines.push(CardLine::Empty(empty));
        }
        page
    }

    /// The key of a field. `None` iff there are not so many.
    #[must_use]
    pub fn key_at(&self, field: usize) -> Option<&str> {
        self.fields.get(field).map(|field| field.key.as_str())
    }

    /// Where a key stands. `None` iff it is not shown.
    #[must_use]
    pub fn position(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.key == key)
    }

    /// The lines of a field; none for a field that is not there.
    #[must_use]
    pub fn lines_of(&self, field: usize) -> Range<usize> {
        self.fields
            .get(field)
            .map(|field| field.lines.clone())
            .unwrap_or_default()
    }

    fn push(&mut self, mut field: CardField, width: usize) {
        let room = width.saturating_sub(self.label_width + GAP + 1).max(1);
        let first = self.lines.len();
        let mut label = Some(field.label.clone());
        for part in wrap(field.value.as_str(), room) {
            let value = text::clean(&RawText::from(part), Place::Card).into_owned();
            self.lines.push(CardLine::Field {
                field: self.fields.len(),
                label: label.take(),
                value,
            });
        }
        field.lines = first..self.lines.len();
        self.fields.push(field);
    }
}

/// The lines of a value; one empty line for no value.
fn wrap(value: &str, width: usize) -> Vec<String> {
    let lines = textwrap::wrap(value, textwrap::Options::new(width).break_words(true));
    if lines.is_empty() {
        vec![String::new()]
    } else {
        lines.into_iter().map(Into::into).collect()
    }
}

/// The fields in their three groups. The id and the name stand in the card's head.
fn groups(record: &Record<'_>, labels: &FieldMap) -> [Vec<CardField>; 3] {
    let mut standard: Vec<(usize, CardField)> = Vec::new();
    let mut custom: Vec<(usize, CardField)> = Vec::new();
    let mut others = Vec::new();
    for field in record.fields() {
        let key = field.key.as_raw();
        if let Some(known) = StandardField::ALL
            .iter()
            .position(|standard| standard.key() == key)
        {
            if !matches!(
                StandardField::ALL.get(known),
                Some(StandardField::Id | StandardField::Name)
            ) {
                standard.push((known, card_field(&field, labels)));
            }
        } else if let Some(position) = labels.position(key).filter(|_| labels.label(key).is_some()) {
            custom.push((position, card_field(&field, labels)));
        } else {
            others.push(card_field(&field, labels));
        }
    }
    let in_order = |mut fields: Vec<(usize, CardField)>| {
        fields.sort_by_key(|(position, _)| *position);
        fields.into_iter().map(|(_, field)| field).collect()
    };
    [in_order(standard), in_order(custom), others]
}

fn card_field(field: &Field<'_>, labels: &FieldMap) -> CardField {
    let key = field.key.as_raw();
    let standard = StandardField::ALL
        .into_iter()
        .find(|standard| standard.key() == key);
    let label = standard
        .map(|standard| SafeText::from(title(standard)))
        .or_else(|| labels.label(key));
    let shown_key = text::clean(&field.key, Place::Row).into_owned();
    let value = RawText::from(value::text(&field.value).into_owned());
    CardField {
        key: key.to_owned(),
        unlabelled: label.is_none() && key.starts_with(CUSTOM_PREFIX),
        label: label.unwrap_or(shown_key),
        value: text::clean(&value, Place::Card).into_owned(),
        lines: 0..0,
    }
}
