//! The forms in which a customer can be copied: for a ticket, a mail, a sheet, another program. Each is cleaned line by
//! line.

mod markdown;
mod vcard;

use crate::app::layers::{Choice, PickItem};
use crate::cube::{Record, StandardField};
use crate::fields::{FieldMap, value};
use crate::language::tr;
use crate::text::{self, Place, SafeText, Template};
use crate::words;
use std::sync::Arc;

/// More than this many bytes do not arrive: terminals drop a longer OSC 52.
pub(super) const MOST: usize = 74_994;

/// More of a line is cut.
const LONGEST_LINE: usize = 16 * 1024;

/// The phone numbers, in their order.
pub(super) const PHONES: [StandardField; 3] =
    [StandardField::Phone1, StandardField::Phone2, StandardField::Phone3];

/// A customer who is to be copied.
pub(super) struct CopyOf<'a> {
    pub(super) record: &'a Record<'a>,
    pub(super) labels: &'a FieldMap,
    /// The label and the value under the cursor. `None` outside of a card.
    pub(super) under_cursor: Option<(String, String)>,
    /// The columns of the table, from the left.
    pub(super) columns: Vec<Arc<str>>,
    /// The person's own forms.
    pub(super) templates: &'a [Template],
}

/// One form of a customer.
struct Form {
    name: String,
    text: SafeText<'static>,
    /// What is between two customers.
    between: &'static str,
}

/// Each form with what it gives of the customer, or of several: one after the other, rows with the names of their columns.
pub(super) fn items(customers: &[CopyOf<'_>]) -> Vec<PickItem> {
    let [first, others @ ..] = customers else { return Vec::new() };
    let mut forms: Vec<Vec<Form>> = customers.iter().map(CopyOf::forms).collect();
    let is_json_cut = customers.iter().any(CopyOf::is_json_cut);
    let mut items = Vec::new();
    for at in 0..forms.first().map_or(0, Vec::len) {
        let of_each = forms.iter_mut().filter_map(|forms| forms.get_mut(at));
        let mut of_each: Vec<Form> = of_each
            .map(|form| Form { text: std::mem::take(&mut form.text), name: form.name.clone(), ..*form })
            .collect();
        let (name, between) = match of_each.first() {
            Some(form) => (form.name.clone(), form.between),
            None => continue,
        };
        if name == words::copy_json() && is_json_cut {
            continue;
        }
        of_each.retain(|form| !form.text.as_str().is_empty());
        let mut text = SafeText::joined(of_each.into_iter().map(|form| form.text), between);
        if !others.is_empty() && name == words::copy_json() {
            text = SafeText::joined([SafeText::from("["), text, SafeText::from("]")], "");
        } else if !others.is_empty() && name == words::copy_row() {
            text = SafeText::joined([first.header_row(), text], between);
        }
        if !text.as_str().is_empty() {
            items.push(item((&name, text)));
        }
    }
    if is_json_cut {
        let bytes = customers.iter().map(|customer| customer.record.as_json().len()).sum();
        items.push(too_long(&words::copy_json(), bytes));
    }
    items
}

impl CopyOf<'_> {
    /// Each form. All customers have the same ones, also where they give nothing.
    fn forms(&self) -> Vec<Form> {
        let id = self.value(StandardField::Id);
        let form = |name: &str, text, between| Form { name: name.to_owned(), text, between };
        let mut forms = vec![form("ID", id.clone(), "\n")];
        if let Some((name, value)) = &self.under_cursor {
            forms.push(form(line(name).as_str(), line(value), "\n"));
        }
        forms.push(form(&words::copy_short(), self.in_short(), "\n"));
        forms.extend(self.templates.iter().map(|template| {
            let text = self.filled(template);
            let between = if text.as_str().contains('\n') { "\n\n" } else { "\n" };
            form(&template.name, text, between)
        }));
        forms.push(form(&words::copy_fields(), self.fields_as_lines(), "\n\n"));
        let markdown = markdown::of(&self.value(StandardField::Name), &id, &self.filled_fields());
        forms.push(form("Markdown", markdown, "\n\n"));
        forms.push(form(
            &words::copy_json(),
            if self.is_json_cut() { SafeText::default() } else { self.json() },
            ",\n",
        ));
        forms.push(form("vCard", vcard::of(self), "\r\n"));
        forms.push(form(&words::copy_row(), self.row(), "\n"));
        forms
    }

    /// The names of the table's columns as a row of a sheet.
    fn header_row(&self) -> SafeText<'static> {
        let labels = self.labels.of(self.record.schema());
        SafeText::joined(self.columns.iter().map(|key| line(&cell_of(labels.name_of(key).as_str()))), "\t")
    }

    pub(super) fn value(&self, field: StandardField) -> SafeText<'static> {
        line(self.record.standard().get(field).as_raw())
    }

    /// The phone numbers that there are.
    fn phones(&self) -> impl Iterator<Item = SafeText<'static>> {
        PHONES.into_iter().map(|field| self.value(field)).filter(|phone| !phone.as_str().is_empty())
    }

    /// "Name (id) phone".
    fn in_short(&self) -> SafeText<'static> {
        let (name, id) = (self.value(StandardField::Name), self.value(StandardField::Id));
        let phone = self.phones().next().unwrap_or_default();
        let id = if id.as_str().is_empty() { String::new() } else { format!("({id})") };
        let parts = [name.as_str(), &id, phone.as_str()].into_iter().filter(|part| !part.is_empty());
        line(&parts.collect::<Vec<_>>().join(" "))
    }

    /// The label and the value of each field that has one, in reading order.
    fn filled_fields(&self) -> Vec<(SafeText<'static>, SafeText<'static>)> {
        let labels = self.labels.of(self.record.schema());
        let mut sent = self.record.fields();
        sent.sort_by_cached_key(|field| labels.place_of(field.key.as_raw()));
        let fields = sent.iter().map(|field| {
            let label = labels.name_of(field.key.as_raw());
            (label, line(value::text(&field.value)))
        });
        fields.filter(|(_, value)| !value.as_str().trim().is_empty()).collect()
    }

    fn fields_as_lines(&self) -> SafeText<'static> {
        let fields = self.filled_fields().into_iter();
        SafeText::joined(fields.map(|(label, value)| line(&format!("{label}: {value}"))), "\n")
    }

    /// The record as sent. Its line ends are between values alone: within one they are escaped.
    fn json(&self) -> SafeText<'static> {
        let json = text::escape_controls(self.record.as_json());
        SafeText::joined(json.lines().map(line), "\n")
    }

    /// Whether a line of the record is longer than what is copied of one.
    fn is_json_cut(&self) -> bool {
        self.record.as_json().lines().any(|line| line.len() > LONGEST_LINE)
    }

    /// The columns of the table as one row of a sheet.
    fn row(&self) -> SafeText<'static> {
        let keys: Vec<&str> = self.columns.iter().map(AsRef::as_ref).collect();
        let cells = self.record.texts(&keys);
        SafeText::joined(cells.iter().map(|cell| line(&cell_of(line(cell.as_raw()).as_str()))), "\t")
    }

    /// One of the person's own forms.
    fn filled(&self, template: &Template) -> SafeText<'static> {
        filled(template, self.record, self.labels, |value| value)
    }
}

/// A template with the values of a customer, each as `write` has it.
pub(super) fn filled(
    template: &Template,
    record: &Record<'_>,
    labels: &FieldMap,
    write: impl Fn(String) -> String,
) -> SafeText<'static> {
    let labels = labels.of(record.schema());
    let value = |word: &str| {
        let keys = labels.keys_of(word).unwrap_or_default();
        let mut texts = keys.iter().filter_map(|key| {
            let texts = record.texts(&[key.as_str()]);
            texts.first().map(|text| line(text.as_raw()).to_string())
        });
        write(texts.find(|text| !text.is_empty()).unwrap_or_default())
    };
    SafeText::joined(template.fill(value).split('\n').map(line), "\n")
}

/// A value in a cell of a sheet: what would run there, or lose its zeros, is text. A number that is dialled stays.
fn cell_of(value: &str) -> String {
    let is_formula = value.trim_start().starts_with(['=', '@', '+', '-', '＝', '＠', '＋', '－']);
    if is_formula || value.starts_with('\'') { format!("'{value}") } else { value.to_owned() }
}

fn line(text: &str) -> SafeText<'static> {
    text::clean_str(text, Place::Clipboard).into_owned()
}

fn too_long(name: &str, bytes: usize) -> PickItem {
    PickItem {
        name: text::clean_str(name, Place::Row).into_owned(),
        value: SafeText::default(),
        note: words::too_long(bytes),
        preview: Vec::new(),
        choice: Choice::TooLong(bytes),
    }
}

fn item((name, text): (&str, SafeText<'static>)) -> PickItem {
    let shown = |line: &str| text::clean_str(line, Place::Row).into_owned();
    let preview: Vec<SafeText<'static>> = text.as_str().lines().map(shown).collect();
    let (lines, bytes) = (preview.len(), text.as_str().len());
    if bytes > MOST {
        return PickItem { name: line(name), ..too_long("", bytes) };
    }
    PickItem {
        name: line(name),
        value: preview.first().cloned().unwrap_or_default(),
        note: if lines > 1 { tr!("{lines} lines", lines) } else { String::new() },
        preview,
        choice: Choice::Copy(name.to_owned(), text),
    }
}

#[cfg(test)]
mod tests;
