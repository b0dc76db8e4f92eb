//! The search text of the fields beyond the standard ones. It is made when it is asked for: held for every customer
//! it would take as much memory as all the rest.

use crate::cube::{Record, Schema, Value};
use crate::list::Segment;
use crate::list::packed::{FIELD_END, fill};
use crate::list::row_text;

/// The search text of one field.
pub(crate) struct CustomText<'k> {
    pub key: &'k str,
    pub text: String,
}

/// Calls `row` with the other fields that are not empty of each record that is `left`: of those keys that are wanted.
pub(crate) fn each(
    segment: &Segment,
    left: &[bool],
    is_wanted: impl Fn(&str) -> bool,
    mut row: impl FnMut(u32, &[CustomText<'_>]),
) {
    // The keys at the holes of the last record's shape are nearly always those of the next one too.
    let mut last = String::new();
    let mut keys: Vec<Option<String>> = Vec::new();
    segment.each(
        |index| left.get(index as usize).copied().unwrap_or_default(),
        |index, shape, values| {
            if last != shape {
                keys = keys_of(shape, segment.schema, &is_wanted);
                shape.clone_into(&mut last);
            }
            let sent = keys.iter().zip(values.split(FIELD_END));
            let texts: Vec<_> = sent
                .filter_map(|(key, json)| Some(CustomText { key: key.as_deref()?, text: text_of(json)? }))
                .collect();
            row(index, &texts);
        },
    );
}

/// The key at each hole of a shape, where it is wanted: not that of a standard field, which is searched elsewhere, nor
/// one that comes again further on, for of several values the last one counts.
fn keys_of(shape: &str, schema: &Schema, is_wanted: impl Fn(&str) -> bool) -> Vec<Option<String>> {
    let holes = shape.matches(FIELD_END).count();
    let record = Record::again(fill(shape, &format!("null{FIELD_END}").repeat(holes)));
    let mut keys: Vec<Option<String>> = Vec::new();
    record.each(|key, _| {
        for earlier in keys.iter_mut().filter(|earlier| earlier.as_deref() == Some(&*key)) {
            *earlier = None;
        }
        let is_wanted = schema.field_of(&key).is_none() && is_wanted(&key);
        keys.push(is_wanted.then(|| key.into_owned()));
    });
    keys
}

/// The search text of a value. `None` for an empty one.
fn text_of(json: &str) -> Option<String> {
    if matches!(json, "null" | "\"\"") {
        return None;
    }
    let mut text = String::new();
    row_text::write_words(Value::read(json).into_text().as_raw(), &mut text);
    Some(text)
}
