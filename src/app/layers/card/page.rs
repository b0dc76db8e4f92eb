//! A record as the lines of a card: the standard fields, the custom fields under their labels in the mapping's
//! order, then whatever else it holds under its key; or all of it as raw JSON.

use crate::cube::{CUSTOM_PREFIX, Field, Record, StandardField};
use crate::fields::{CustomField, FieldMap, Position, time, value};
use crate::language::{later, tr};
use crate::text::{self, Place, RawText, SafeText};
use std::borrow::Cow;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// The widest that labels may be, as a part of the card's width.
const LABELS_AT_MOST: (usize, usize) = (2, 5);
/// Between label and value are a mark and a blank; the selected field's bar is before both.
pub const BESIDES: usize = 3;
/// How far a value below its label is indented.
pub const BELOW: usize = 3;

/// What a card is made of, and how.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The record.
    pub record: &'a Record<'a>,
    /// What it was before it was read again, to mark what changed.
    pub before: Option<&'a Record<'a>>,
    /// What its custom fields are called.
    pub labels: &'a FieldMap,
    /// Whether empty fields are shown too.
    pub all: bool,
    /// Whether the fields are shown as raw JSON, in the order in which they were sent.
    pub raw: bool,
    /// Folded: only fields are shown that have it in their label, key or value.
    pub wanted: &'a str,
}

/// One field of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardField {
    /// The record's key.
    pub key: String,
    /// What it is called: the label, or the key without one; in the raw view the key with the label beside it.
    pub label: SafeText<'static>,
    /// Whether it is a custom field without a label.
    pub unlabelled: bool,
    /// The value, cleaned; in the raw view its JSON text.
    pub value: SafeText<'static>,
    /// The value before the record was read again, where it is another now.
    pub was: Option<SafeText<'static>>,
    lines: Range<usize>,
}

/// One line of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardLine {
    /// A line of a field: the first carries its label, each a part of its value.
    Field {
        /// The field's place in [`CardPage::fields`].
        field: usize,
        /// The label; `None` on lines that go on with a value.
        label: Option<SafeText<'static>>,
        /// The part of the value.
        value: SafeText<'static>,
    },
    /// What a field's value was before.
    Was {
        /// The field's place in [`CardPage::fields`].
        field: usize,
        /// Whether this is the first line of it.
        is_first: bool,
        /// The old value.
        value: SafeText<'static>,
    },
    /// A line of a value that is below its label, with the card's whole width to itself: an address or a number that
    /// would break inside a word beside the label.
    Below {
        /// The field's place in [`CardPage::fields`].
        field: usize,
        /// The part of the value.
        value: SafeText<'static>,
    },
    /// Divides the groups.
    Space,
    /// This many fields are empty and not shown.
    Empty(usize),
    /// No field has what is looked for.
    Nothing,
}

/// A record laid out for a width.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CardPage {
    /// The fields that are shown, in order.
    pub fields: Vec<CardField>,
    /// The lines.
    pub lines: Vec<CardLine>,
    /// How wide the labels are; 0 in the raw view, where they stand above the values.
    pub label_width: usize,
}

impl CardPage {
    /// Lays out a record.
    #[must_use]
    pub fn new(view: View<'_>, width: usize) -> Self {
        let groups = if view.raw { vec![raw(&view)] } else { groups(&view) };
        let is_wanted = |field: &CardField| view.wanted.is_empty() || holds(field, view.wanted);
        let is_full = |field: &CardField| {
            view.all || view.raw || !field.value.as_str().is_empty() || field.was.is_some()
        };
        let empty = groups.iter().flatten().filter(|field| is_wanted(field) && !is_full(field)).count();
        // All labels count, shown or not, so that nothing moves when empty fields are shown. A key in the place of a
        // label may be cut while there are labels; where there are none, the keys are all that there is to read.
        let has_labels = groups.iter().flatten().any(|field| is_custom(&field.key) && !field.unlabelled);
        let labelled = groups.iter().flatten().filter(|field| !field.unlabelled || !has_labels);
        let widest = labelled.map(|field| field.label.as_str().width()).max();
        let shown = groups.into_iter().map(|group| {
            let shown: Vec<CardField> =
                group.into_iter().filter(|field| is_wanted(field) && is_full(field)).collect();
            shown
        });
        let shown: Vec<Vec<CardField>> = shown.filter(|group| !group.is_empty()).collect();
        let mut page = Self::default();
        if !view.raw {
            page.label_width = widest.unwrap_or_default().min(labels_at_most(width));
        }
        for group in shown {
            if !page.lines.is_empty() {
                page.lines.push(CardLine::Space);
            }
            for field in group {
                page.push(field, width);
            }
        }
        match empty {
            0 if page.lines.is_empty() => page.lines.push(CardLine::Nothing),
            0 => {}
            empty => page.lines.push(CardLine::Empty(empty)),
        }
        page
    }

    /// The key of a field. `None` iff there are not this many.
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
        self.fields.get(field).map(|field| field.lines.clone()).unwrap_or_default()
    }

    fn push(&mut self, mut field: CardField, width: usize) {
        let room = width.saturating_sub(self.label_width + BESIDES + 1).max(1);
        let (first, at) = (self.lines.len(), self.fields.len());
        let mut label = Some(field.label.clone());
        if self.label_width == 0 {
            self.lines.push(CardLine::Field { field: at, label: label.take(), value: SafeText::default() });
        }
        let whole = width.saturating_sub(BELOW + 1).max(1);
        if longest_word(&field.value) > room && longest_word(&field.value) <= whole && self.label_width > 0 {
            self.lines.push(CardLine::Field { field: at, label: label.take(), value: SafeText::default() });
            let below = wrap(&field.value, whole).into_iter();
            self.lines.extend(below.map(|value| CardLine::Below { field: at, value }));
        } else {
            for value in wrap(&field.value, room) {
                self.lines.push(CardLine::Field { field: at, label: label.take(), value });
            }
        }
        if let Some(was) = &field.was {
            let lines = wrap(was, room.saturating_sub(WAS.width()).max(1));
            let lines = lines.into_iter().enumerate();
            self.lines.extend(lines.map(|(part, value)| CardLine::Was {
                field: at,
                is_first: part == 0,
                value,
            }));
        }
        field.lines = first..self.lines.len();
        self.fields.push(field);
    }
}

/// Stands before an old value.
pub const WAS: &str = later!("was ");

/// How wide labels may be in this width.
pub(in crate::app) const fn labels_at_most(width: usize) -> usize {
    let (part, whole) = LABELS_AT_MOST;
    width * part / whole
}

/// How wide the longest word of a value is.
fn longest_word(value: &SafeText<'_>) -> usize {
    value.as_str().split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or_default()
}

/// Stands between a number and the time that it is.
const BESIDE_NUMBER: &str = "  (";

/// The lines of a value, broken at blanks alone where they fit; one empty line for no value.
pub(in crate::app) fn wrap(value: &SafeText<'_>, width: usize) -> Vec<SafeText<'static>> {
    let options = textwrap::Options::new(width)
        .break_words(true)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    // No line ends within the time that stands beside a number.
    let text = match value.as_str().split_once(BESIDE_NUMBER) {
        Some((number, time)) if number.parse::<f64>().is_ok() => {
            Cow::Owned(format!("{number}{BESIDE_NUMBER}{}", time.replace(' ', "\u{a0}")))
        }
        _ => Cow::Borrowed(value.as_str()),
    };
    let lines = textwrap::wrap(&text, options);
    if lines.is_empty() {
        return vec![SafeText::default()];
    }
    lines.into_iter().map(|line| clean(line.replace('\u{a0}', " "))).collect()
}

fn is_custom(key: &str) -> bool {
    key.starts_with(CUSTOM_PREFIX)
}

fn clean(text: String) -> SafeText<'static> {
    text::clean(&RawText::from(text), Place::Card).into_owned()
}

fn holds(field: &CardField, wanted: &str) -> bool {
    [field.label.as_str(), field.value.as_str(), &field.key]
        .into_iter()
        .any(|text| text::fold(text).contains(wanted))
}

/// The fields in their three groups. The id and the name stand in the card's head.
fn groups(view: &View<'_>) -> Vec<Vec<CardField>> {
    let (mut standard, mut custom, mut others) = (Vec::new(), Vec::new(), Vec::new());
    let before = view.before.map(Record::fields);
    let schema = view.record.schema();
    let labels = view.labels.of(schema);
    let mut sent = view.record.fields();
    sent.sort_by_cached_key(|field| labels.place_of(field.key.as_raw()));
    for field in &sent {
        let key = field.key.as_raw();
        let shown = labelled(field, before.as_deref(), &labels);
        let is_in_head = matches!(schema.field_of(key), Some(StandardField::Id | StandardField::Name));
        match labels.place_of(key) {
            Position::Standard(_) if is_in_head && shown.was.is_none() => {}
            Position::Standard(_) => standard.push(shown),
            Position::Labelled(_) => custom.push(shown),
            Position::Other => others.push(shown),
        }
    }
    vec![standard, custom, others]
}

fn labelled(field: &Field<'_>, before: Option<&[Field<'_>]>, labels: &FieldMap) -> CardField {
    let key = field.key.as_raw();
    let label = labels.name_of(key);
    let text = value::text(&field.value);
    let old = before.map(|fields| fields.iter().find(|old| old.key.as_raw() == key));
    let was =
        old.map(|old| old.map(|old| value::text(&old.value)).unwrap_or_default()).filter(|old| *old != text);
    CardField {
        key: key.to_owned(),
        unlabelled: labels.label(key).is_none() && is_custom(key),
        value: readable(labels.get(key), label.as_str(), text),
        label,
        was: was.map(|old| clean(if old.is_empty() { tr!("empty") } else { old.to_owned() })),
        lines: 0..0,
    }
}

/// The value, and beside a number that is a time what time that is.
fn readable(field: Option<&CustomField>, label: &str, value: &str) -> SafeText<'static> {
    match time::as_time(field, label, value) {
        Some(time) => clean(format!("{value}{BESIDE_NUMBER}{time})")),
        None => clean(value.to_owned()),
    }
}

/// All fields as they were sent.
fn raw(view: &View<'_>) -> Vec<CardField> {
    let raw = |field: &Field<'_>| {
        let key = field.key.as_raw();
        let beside = view.labels.label(key).map(|label| format!("  {label}")).unwrap_or_default();
        CardField {
            key: key.to_owned(),
            unlabelled: false,
            label: clean(format!("\"{key}\":{beside}")),
            value: text::clean(&field.json, Place::Card).into_owned(),
            was: None,
            lines: 0..0,
        }
    };
    view.record.fields().iter().map(raw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::CALLS;

    const NOW: &str = r#"{"crm__customer_id":"1","crm__standard_info__name":"Kari","crm__standard_info__email":"",
        "crm__standard_info__phone_1":"90909090","crm__custom_info__9":"x","crm__custom_info__390":"ASKIM",
        "crm__custom_info__17":"A","callflow__state":{"a":[1,2.0]}}"#;

    fn labels() -> FieldMap {
        FieldMap::read(r#"{"17": "Class", "390": "City"}"#).unwrap().0
    }

    fn lines(view: View<'_>, width: usize) -> Vec<String> {
        let line = |line: &CardLine| match line {
            CardLine::Field { label, value, .. } => {
                format!("{}|{value}", label.as_ref().map(ToString::to_string).unwrap_or_default())
            }
            CardLine::Was { value, .. } => format!("was {value}"),
            CardLine::Below { value, .. } => format!("> {value}"),
            CardLine::Space => String::new(),
            CardLine::Empty(count) => format!("{count} empty"),
            CardLine::Nothing => "nothing".to_owned(),
        };
        CardPage::new(view, width).lines.iter().map(line).collect()
    }

    fn view<'a>(record: &'a Record<'a>, labels: &'a FieldMap) -> View<'a> {
        View { record, before: None, labels, all: false, raw: false, wanted: "" }
    }

    #[test]
    fn standard_fields_come_first_then_labels_in_their_order_then_whatever_else() {
        let (record, labels) = (Record::new(NOW).unwrap(), labels());
        let expected = [
            "Phone 1|90909090",
            "",
            "Class|A",
            "City|ASKIM",
            "",
            "Field 9|x",
            r#"callflow__state|{"a":[1,2.0]}"#,
            "1 empty",
        ];
        assert_eq!(lines(view(&record, &labels), 60), expected);
    }

    #[test]
    fn a_record_of_another_list_is_read_under_the_titles_of_its_own_schema() {
        let json = r#"{"user__email":"per@x.no","callflow__number":"90909090","callflow__id":7,
            "crm__standard_info__email":"x","callflow__outcome":"Answered"}"#;
        let (record, labels) = (Record::new(json).unwrap().with_schema(&CALLS), labels());
        let expected =
            ["Outcome|Answered", "Number|90909090", "Agent|per@x.no", "", "crm__standard_info__email|x"];
        assert_eq!(lines(view(&record, &labels), 60), expected);
    }

    #[test]
    fn all_fields_are_shown_when_asked_for() {
        let (record, labels) = (Record::new(NOW).unwrap(), labels());
        let lines = lines(View { all: true, ..view(&record, &labels) }, 60);
        assert!(lines.contains(&"E-mail|".to_owned()) && !lines.contains(&"1 empty".to_owned()));
    }

    #[test]
    fn a_field_is_found_by_label_key_or_value() {
        let (record, labels) = (Record::new(NOW).unwrap(), labels());
        for wanted in ["city", "askim", "info__390"] {
            assert_eq!(lines(View { wanted, ..view(&record, &labels) }, 60), ["City|ASKIM"], "{wanted}");
        }
        assert_eq!(lines(View { wanted: "zzz", ..view(&record, &labels) }, 60), ["nothing"]);
    }

    #[test]
    fn what_changed_is_shown_with_what_it_was() {
        let (record, labels) = (Record::new(NOW).unwrap(), labels());
        let before = Record::new(NOW.replace("ASKIM", "OSLO").replace("\"Kari\"", "\"Karin\"")).unwrap();
        let lines = lines(View { before: Some(&before), ..view(&record, &labels) }, 60);
        assert_eq!(lines[..3], ["Name|Kari", "was Karin", "Phone 1|90909090"]);
        assert!(lines.windows(2).any(|pair| pair == ["City|ASKIM", "was OSLO"]), "{lines:?}");
    }

    #[test]
    fn the_raw_view_keeps_order_and_spelling_with_labels_beside_the_keys() {
        let (record, labels) = (Record::new(NOW).unwrap(), labels());
        let lines = lines(View { raw: true, ..view(&record, &labels) }, 60);
        assert_eq!(lines[..2], [r#""crm__customer_id":|"#, r#"|"1""#]);
        assert!(
            lines.windows(2).any(|pair| pair == [r#""crm__custom_info__17":  Class|"#, r#"|"A""#]),
            "{lines:?}"
        );
        assert_eq!(lines.last().unwrap(), r#"|{"a":[1,2.0]}"#);
    }

    #[test]
    fn a_long_value_is_wrapped_and_a_wide_character_never_cut() {
        let json = r#"{"crm__custom_info__17":"en to tre fire 漢字漢字漢字漢字"}"#;
        let (record, labels) = (Record::new(json).unwrap(), labels());
        let page = CardPage::new(view(&record, &labels), 20);
        let widest = page.lines.iter().map(|line| match line {
            CardLine::Field { value, .. } => value.as_str().width(),
            _ => 0,
        });
        assert!(widest.max().unwrap() <= 20 - page.label_width - BESIDES);
        assert!(page.lines.len() > 2);
    }

    #[test]
    fn an_address_or_a_number_never_breaks_inside_a_word_while_a_line_of_its_own_holds_it() {
        let json = r#"{"crm__standard_info__email":"post@eiriks-kafe.example","crm__custom_info__17":"Kirkegata 53, 2500 TYNSET"}"#;
        let (record, labels) = (Record::new(json).unwrap(), labels());
        let expected = ["E-mail|", "> post@eiriks-kafe.example", "", "Class|Kirkegata 53, 2500", "|TYNSET"];
        assert_eq!(lines(view(&record, &labels), 28), expected);
    }

    #[test]
    fn a_number_that_is_a_time_says_which_beside_what_was_sent() {
        let labels = FieldMap::read(r#"{"20": "Last changed", "21": "Turnover"}"#).unwrap().0;
        let json = r#"{"crm__custom_info__20":"1281847542.0","crm__custom_info__21":"233.0"}"#;
        let record = Record::new(json).unwrap();
        let lines = lines(view(&record, &labels), 60);
        assert!(
            lines[0].starts_with("Last changed|1281847542.0  (") && lines[0].contains("Aug 2010"),
            "{lines:?}"
        );
        assert_eq!(lines[1], "Turnover|233.0");
    }

    #[test]
    fn a_time_that_does_not_fit_beside_its_number_is_a_line_of_its_own() {
        let labels = FieldMap::read(r#"{"20": "Last changed"}"#).unwrap().0;
        let record = Record::new(r#"{"crm__custom_info__20":"1281847542.0"}"#).unwrap();
        let lines = lines(view(&record, &labels), 40);
        assert_eq!(lines[0], "Last changed|1281847542.0");
        assert!(lines[1].starts_with("|(") && lines[1].ends_with(')'), "{lines:?}");
    }
}
