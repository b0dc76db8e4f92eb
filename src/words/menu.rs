//! What menus say beside the table of keys.

use crate::fields::{FieldMap, Source};
use crate::keys::Context;
use crate::text::grouped;
use tr::tr;

/// The title of the keys of a context.
#[must_use]
pub const fn section(context: Context) -> &'static str {
    match context {
        Context::Table => "In the table",
        Context::Card => "In the card",
        Context::Field => "In the line that finds a field",
        Context::Line => "In the line",
        Context::Form => "In a form",
        Context::Review => "In the review of a form",
        Context::Help => "In this help",
        Context::Palette => "In the list of actions",
        Context::Profiles => "In the list of accounts",
        Context::Columns => "In the list of columns",
        Context::Values => "In the list of values",
        Context::Recents => "In the list of the last customers",
        Context::Choices => "In a list to choose from",
        Context::Calls => "In the list of calls",
        Context::Large => "While a value is shown large",
        Context::Views => "In the list of views",
        Context::File => "In the line for the file of an export",
        Context::Compare => "With two customers side by side",
        Context::Credential => "In the line for a token",
    }
}

/// What can be typed into the line, and what it finds.
pub const SYNTAX: [(&str, &str); 13] = [
    ("9120011888", "an ID; Cube is asked for one that is not loaded"),
    ("909 09 090", "a phone number in any spelling, also its last four digits"),
    ("kari oslo", "both words, in any order, in any field"),
    ("\"kari nord\"", "the words as they are"),
    ("-as", "without this word"),
    ("name: phone: email: id:", "in this field alone"),
    ("city:askim \"post sted\":askim", "in the custom field with this label or ID"),
    ("city:=Askim,Oslo  -city:=Oslo", "whose whole value is one of these; all others"),
    ("turnover:>100  turnover:100..200", "with a number in this range"),
    ("founded:1990..1999  founded:>2019-05", "with a day in these years, or after this month"),
    ("email:empty  phone:any", "without a value; with any value"),
    ("!  in front of a row or field", "something hidden was removed, or the field has no label"),
    ("×  in front of a row", "the customer is no longer in Cube"),
];

/// Where the labels come from, how many there are, and which fields of the first page have none.
#[must_use]
pub fn labels_in_short(fields: &FieldMap, source: &Source, missing: &[String]) -> String {
    let missing = match missing {
        [] => tr!("every field on the first page has one"),
        keys => {
            let numbers: Vec<String> = keys.iter().take(8).map(|key| fields.number_of(key)).collect();
            let more = if keys.len() > 8 { " …" } else { "" };
            tr!(
                "{words} on the first page without one ({join}{more})",
                words = keys.len(),
                join = numbers.join(", "),
                more
            )
        }
    };
    tr!("{source} · {fields} labels · {missing}", source, fields = fields.len(), missing)
}

/// What the list of columns says where no field has what is typed.
pub const NO_FIELD: &str = "   No field matches";

/// What the head of the list of columns says of the counts: among how many customers they are. `None` while they are
/// still counted.
#[must_use]
pub fn counted_fields(records: Option<usize>) -> String {
    match records {
        Some(records) => {
            tr!(
                " · how many of the {records} loaded have a value, and an example",
                records = grouped(records as u64)
            )
        }
        None => tr!(" · counting values"),
    }
}
