//! The form and its review as lines of a width.

use super::{Form, FormField, FormStage};
use crate::app::layers::card::HEAD;
use crate::app::layers::card::page::{BELOW, BESIDES, labels_at_most, wrap};
use crate::cube::StandardField;
use crate::language::later;
use crate::text::{self, Place, SafeText};
use crate::words::{self, SameAs};
use unicode_width::UnicodeWidthStr;

/// What a line of the form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// The text of a field that can be typed into.
    Input,
    /// A value that cannot be changed here.
    Fixed,
    /// What Cube has.
    Old,
    /// What is to replace it.
    New,
    /// What Cube has now, where both have changed the field.
    Now,
    /// Something is wrong with the text of the field.
    Wrong,
    /// Something about the text of the field is worth a look.
    Doubt,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormLine {
    /// The field's place. `None` for a line that belongs to none.
    pub field: Option<usize>,
    /// What the field is called, on its first line; else empty.
    pub label: SafeText<'static>,
    /// What stands before the value: "was", "→".
    pub before: &'static str,
    /// The value, or what is said of it; empty for a field that can be typed into.
    pub value: SafeText<'static>,
    /// What it is.
    pub kind: LineKind,
}

/// What is before the values of the review, all equally wide.
const OLD: &str = "     ";
const NEW: &str = "  →  ";
const WAS: &str = later!("was  ");
const NOW: &str = later!("now  ");
const MINE: &str = later!("mine ");

impl FormLine {
    /// Divides the groups of fields.
    fn space() -> Self {
        Self {
            field: None,
            label: SafeText::default(),
            before: "",
            value: SafeText::default(),
            kind: LineKind::Fixed,
        }
    }
}

impl Form {
    /// How wide the labels are in a form of this width.
    #[must_use]
    pub fn label_width(&self, width: usize) -> usize {
        let widest = self.fields.iter().map(|field| field.label.as_str().width()).max();
        widest.unwrap_or_default().min(labels_at_most(width))
    }

    /// The lines of what is shown now.
    #[must_use]
    pub fn lines(&self, width: usize) -> Vec<FormLine> {
        let room = width.saturating_sub(self.label_width(width) + BESIDES + 1).max(1);
        let shown = self.fields.iter().enumerate();
        if self.is_review() {
            let differs = |field: &FormField| {
                (field.is_changed() && !field.is_id())
                    || field.conflict().is_some()
                    || field.before().is_some()
            };
            let mut lines: Vec<FormLine> = shown
                .filter(|(_, field)| differs(field))
                .flat_map(|(at, field)| review_of(at, field, room))
                .collect();
            let width = width.saturating_sub(BELOW + 1).max(1);
            lines.extend(self.same.iter().flat_map(|same| same_as(same, width)));
            lines
        } else {
            let mut lines = Vec::new();
            let mut was_standard = true;
            for (at, field) in shown {
                let is_standard = StandardField::of_key(&field.key).is_some();
                if was_standard && !is_standard && !lines.is_empty() {
                    lines.push(FormLine::space());
                }
                was_standard = is_standard;
                lines.extend(typing(at, field, room));
            }
            lines
        }
    }

    /// The lines above the fields: whose form it is, the id and what is changed, then what stands in the way.
    #[must_use]
    pub fn head_lines(&self, width: u16) -> u16 {
        let told = u16::try_from(self.told(width).len()).unwrap_or(u16::MAX);
        HEAD + told.max(1)
    }

    /// What stands in the way, in lines of this width.
    #[must_use]
    pub fn told(&self, width: u16) -> Vec<String> {
        let Some(obstacle) = &self.obstacle else { return Vec::new() };
        let width = usize::from(width.saturating_sub(2)).max(1);
        let told = words::obstacle(obstacle, self.writing);
        let lines = told.iter().flat_map(|words| textwrap::wrap(words, width));
        lines.map(Into::into).collect()
    }

    /// How many fields differ, and whether they are only being read or sent.
    #[must_use]
    pub fn is_sending(&self) -> bool {
        matches!(self.stage, FormStage::Sending(_))
    }
}

/// A field as it is filled in: its text, what it was, and what is wrong with it.
fn typing(at: usize, field: &FormField, room: usize) -> Vec<FormLine> {
    let kind = if field.fixed.is_some() { LineKind::Fixed } else { LineKind::Input };
    let value = field.fixed.map(|fixed| clean(&words::fixed(fixed))).unwrap_or_default();
    let mut lines = vec![FormLine { field: Some(at), label: field.label.clone(), before: "", value, kind }];
    let mut add = |text: &SafeText<'static>, before: &'static str, kind: LineKind| {
        let parts = wrap(text, room.saturating_sub(before.width()).max(1));
        for (part, value) in parts.into_iter().enumerate() {
            let before = if part == 0 || before.is_empty() { before } else { "    " };
            lines.push(FormLine { field: Some(at), label: SafeText::default(), before, value, kind });
        }
    };
    if field.is_changed() && !field.base().is_empty() {
        add(&shown(field.base()), "was ", LineKind::Old);
    }
    if let Some(unfit) = field.unfit {
        let kind = if unfit.is_certain() { LineKind::Wrong } else { LineKind::Doubt };
        add(&clean(&words::unfit(unfit)), "", kind);
    }
    for told in &field.refused {
        add(told, "", LineKind::Wrong);
    }
    lines
}

/// A change as it is reviewed: the old value, then the new one; with a conflict all three. Of a field that others alone
/// have changed what it was and what it is now.
fn review_of(at: usize, field: &FormField, room: usize) -> Vec<FormLine> {
    let mut lines = Vec::new();
    let mut add = |before: &'static str, value: &str, kind| {
        let value = if value.is_empty() { clean(&words::empty()) } else { shown(value) };
        let parts = wrap(&value, room.saturating_sub(before.width()).max(1));
        for (part, value) in parts.into_iter().enumerate() {
            let label = if lines.is_empty() { field.label.clone() } else { SafeText::default() };
            let before = if part == 0 { before } else { OLD };
            lines.push(FormLine { field: Some(at), label, before, value, kind });
        }
    };
    match (field.conflict(), field.before()) {
        (None, None) => {
            add(OLD, field.base(), LineKind::Old);
            add(NEW, field.text(), LineKind::New);
        }
        (None, Some(before)) => {
            add(WAS, before, LineKind::Old);
            add(NOW, field.base(), LineKind::Now);
        }
        (Some(now), _) => {
            add(WAS, field.base(), LineKind::Old);
            add(NOW, now, LineKind::Now);
            add(MINE, field.text(), LineKind::New);
        }
    }
    if let Some(unfit) = field.unfit {
        let parts = wrap(&clean(&words::unfit(unfit)), room.saturating_sub(OLD.width()).max(1));
        lines.extend(parts.into_iter().map(|value| FormLine {
            field: Some(at),
            label: SafeText::default(),
            before: OLD,
            value,
            kind: LineKind::Doubt,
        }));
    }
    lines
}

fn same_as(same: &SameAs, width: usize) -> Vec<FormLine> {
    let parts = wrap(&clean(&words::same_as(same)), width).into_iter();
    let line = |value| FormLine {
        field: None,
        label: SafeText::default(),
        before: "",
        value,
        kind: LineKind::Doubt,
    };
    parts.map(line).collect()
}

/// A value on the screen: blanks at its ends are shown, since they are sent.
fn shown(value: &str) -> SafeText<'static> {
    let inner = value.trim_matches(' ');
    let blanks = |at: &str| "␠".repeat(at.len());
    if inner.len() == value.len() || inner.is_empty() {
        let all = if inner.is_empty() { blanks(value) } else { value.to_owned() };
        return clean(&all);
    }
    let start = value.len() - value.trim_start_matches(' ').len();
    let end = start + inner.len();
    let (before, after) = (value.get(..start).unwrap_or_default(), value.get(end..).unwrap_or_default());
    clean(&format!("{}{inner}{}", blanks(before), blanks(after)))
}

fn clean(text: &str) -> SafeText<'static> {
    text::clean_str(text, Place::Card).into_owned()
}
