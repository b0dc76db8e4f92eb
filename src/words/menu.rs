//! What menus say beside the table of keys.

use crate::fields::{FieldMap, Source};
use crate::keys::Context;
use crate::language::tr;
use crate::text::grouped;

/// The title of the keys of a context.
#[must_use]
pub fn section(context: Context) -> String {
    match context {
        Context::Table => tr!("In the table"),
        Context::Card => tr!("In the card"),
        Context::Field => tr!("In the line that finds a field"),
        Context::Line => tr!("In the line"),
        Context::Form => tr!("In a form"),
        Context::Review => tr!("In the review of a form"),
        Context::Help => tr!("In this help"),
        Context::Palette => tr!("In the list of actions"),
        Context::Profiles => tr!("In the list of accounts"),
        Context::Columns => tr!("In the list of columns"),
        Context::Values => tr!("In the list of values"),
        Context::Recents => tr!("In the list of the last customers"),
        Context::Choices => tr!("In a list to choose from"),
        Context::Calls => tr!("In the list of calls"),
        Context::Large => tr!("While a value is shown large"),
        Context::Views => tr!("In the list of views"),
        Context::File => tr!("In the line for the file of an export"),
        Context::Compare => tr!("With two customers side by side"),
        Context::Credential => tr!("In the line for a token"),
    }
}

/// What can be typed into the line, and what it finds.
#[must_use]
pub fn syntax() -> Vec<(String, String)> {
    let ids = ("9120011888".to_owned(), tr!("an ID; Cube is asked for one that is not loaded"));
    let numbers = ("909 09 090".to_owned(), tr!("a phone number in any spelling, also its last four digits"));
    vec![
        ids,
        numbers,
        (tr!("kari oslo"), tr!("both words, in any order, in any field")),
        (tr!("\"kari nord\""), tr!("the words as they are")),
        (tr!("-as"), tr!("without this word")),
        (tr!("name: phone: email: id:"), tr!("in this field alone")),
        (tr!("city:askim \"post sted\":askim"), tr!("in the custom field with this label or ID")),
        (tr!("city:=Askim,Oslo  -city:=Oslo"), tr!("whose whole value is one of these; all others")),
        (tr!("turnover:>100"), tr!("with a number above; turnover:100..200: between")),
        (tr!("founded:1990..1999"), tr!("with a day in these years; founded:>2019: after")),
        (tr!("email:empty  phone:any"), tr!("without a value; with any value")),
    ]
}

/// The signs in front of rows and fields, and what they mean.
#[must_use]
pub fn signs() -> Vec<(String, String)> {
    vec![
        (
            tr!("!  in front of a row or field"),
            tr!("something hidden was removed, or the field has no label"),
        ),
        (tr!("×  in front of a row"), tr!("the customer is no longer in Cube")),
    ]
}

/// Where the labels come from, how many there are, and which fields of the first page have none.
#[must_use]
pub fn labels_in_short(fields: &FieldMap, source: &Source, missing: &[String]) -> String {
    let missing = match missing {
        [] => tr!("every field on the first page has one"),
        keys => {
            let numbers: Vec<String> = keys.iter().take(8).map(|key| fields.number_of(key)).collect();
            let more = if keys.len() > 8 { " …" } else { "" };
            tr!(
                "{count} on the first page without one ({numbers}{more})",
                count = keys.len(),
                numbers = numbers.join(", "),
                more
            )
        }
    };
    tr!("{source} · {count} labels · {missing}", source, count = fields.len(), missing)
}

/// What the list of columns says where no field has what is typed.
#[must_use]
pub fn no_field() -> String {
    tr!("   No field matches")
}

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
