//! `cubedex fields check`: the problems between the mapping and the customers. It names fields, never a value.

use super::pages::Pages;
use super::progress::{Data, Progress};
use super::sink::Form;
use super::{Failure, Session, counted, labels, output};
use crate::cube::{CUSTOM_PREFIX, Record};
use crate::fields::{CustomField, FieldMap, value};
use crate::prompt::tell;
use crate::text::{self, Place, grouped};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What was seen of one field.
#[derive(Debug, Default, Clone, Copy)]
struct Use {
    /// How many customers have a value in it.
    values: u64,
    /// How many of these are longer than the mapping allows.
    too_long: u64,
    /// The longest of those, in characters.
    longest: u64,
}

/// Reads all customers and names the problems, a line each. The status is 1 when there is any.
///
/// # Errors
/// Not all customers could be read.
pub(super) async fn run(session: &Session) -> Result<u8, Failure> {
    let found = labels::look_for(session).await?;
    labels::tell_unusable(&found);
    let progress = Progress::new(Data::Follows);
    let mut pages = Pages::new(&session.cube);
    let mut used: BTreeMap<String, Use> = BTreeMap::new();
    while let Some(arrived) = pages.next().await.transpose()? {
        for (_, record) in arrived.page.records() {
            count(&record, &found.fields, &mut used);
        }
        progress.reached(pages.customers(), pages.count());
    }
    drop(progress);
    pages.whole()?;
    let mut said: Vec<String> = found.left_out.iter().map(ToString::to_string).collect();
    said.extend(problems(&found.fields, &used));
    let mut data = String::new();
    for line in &said {
        // Into memory.
        let _ = writeln!(data, "{line}");
    }
    output::write(data.into_bytes(), Form::Text).await?;
    let problems = match said.len() as u64 {
        0 => "no problems".to_owned(),
        some => counted(some, "problem"),
    };
    let customers = counted(pages.customers(), "customer");
    tell(format!(
        "{problems} in {} and {customers}, {}",
        counted(found.fields.len() as u64, "field"),
        found.source
    ));
    Ok(u8::from(!said.is_empty()))
}

fn count(record: &Record<'_>, fields: &FieldMap, used: &mut BTreeMap<String, Use>) {
    for field in record.fields() {
        let key = field.key.as_raw();
        let text = value::text(&field.value);
        if !key.starts_with(CUSTOM_PREFIX) || text.is_empty() {
            continue;
        }
        if !used.contains_key(key) {
            used.insert(key.to_owned(), Use::default());
        }
        let length = text.chars().count() as u64;
        let most = fields.get(key).and_then(|field| field.max_length).unwrap_or(u64::MAX);
        if let Some(seen) = used.get_mut(key) {
            seen.values += 1;
            seen.too_long += u64::from(length > most);
            seen.longest = seen.longest.max(length);
        }
    }
}

/// The problems, a line each.
fn problems(fields: &FieldMap, used: &BTreeMap<String, Use>) -> Vec<String> {
    let mut said = Vec::new();
    for (key, seen) in used.iter().filter(|(key, _)| fields.label(key).is_none()) {
        said.push(format!("no label: {} has a value for {}", id(key), counted(seen.values, "customer")));
    }
    for field in fields.fields() {
        if !used.contains_key(&field.key) {
            said.push(format!("never used: {}", named(field, fields)));
        }
    }
    for alike in alike(fields) {
        said.push(format!("one label for several: {}", alike.join(", ")));
    }
    for field in fields.fields() {
        if let (Some(seen), Some(most)) =
            (used.get(&field.key).filter(|seen| seen.too_long > 0), field.max_length)
        {
            said.push(format!(
                "too long: {} takes {} and has up to {}, for {}",
                named(field, fields),
                counted(most, "character"),
                grouped(seen.longest),
                counted(seen.too_long, "customer")
            ));
        }
    }
    said
}

/// The fields that the mapping calls the same, as a person sees it.
fn alike(fields: &FieldMap) -> Vec<Vec<String>> {
    let mut by_label: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for field in fields.fields() {
        let label = text::fold(text::clean(&field.label, Place::Row).as_str().trim());
        if !label.is_empty() {
            by_label.entry(label).or_default().push(named(field, fields));
        }
    }
    by_label.into_values().filter(|alike| alike.len() > 1).collect()
}

/// The label and the id, or the id alone.
fn named(field: &CustomField, fields: &FieldMap) -> String {
    let id = id(&field.key);
    match fields.label(&field.key).map(|label| label.to_string()) {
        None => id,
        Some(label) if label.ends_with(&format!("({id})")) => label,
        Some(label) => format!("{label} ({id})"),
    }
}

fn id(key: &str) -> String {
    text::clean_str(key.strip_prefix(CUSTOM_PREFIX).unwrap_or(key), Place::Message).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_named_by_field_and_never_by_value() {
        let mapping = r#"[{"id": 1, "key": "Class", "max_length": 3}, {"id": 2, "key": "City"},
            {"id": 3, "key": "city "}, {"id": 4, "key": ""}]"#;
        let fields = FieldMap::read(mapping).unwrap().0;
        let mut used = BTreeMap::new();
        for json in [
            r#"{"crm__custom_info__1":"CANARY","crm__custom_info__2":"x","crm__custom_info__3":null}"#,
            r#"{"crm__custom_info__1":"ÅØÆ","crm__custom_info__4":"","crm__custom_info__9":0}"#,
        ] {
            count(&Record::new(json).unwrap(), &fields, &mut used);
        }
        assert_eq!(
            problems(&fields, &used),
            [
                "no label: 9 has a value for 1 customer",
                "never used: city (3)",
                "never used: 4",
                "one label for several: City (2), city (3)",
                "too long: Class (1) takes 3 characters and has up to 6, for 1 customer"
            ]
        );
    }
}
