//! Some records as one text that packs well: the shape of a record once, then values alone.
//!
//! ```text
//! record  := shape index, [its shape ␞ when it is new in the block], value ␟, value ␟, … ␞
//! shape   := {"crm__customer_id": ␟ ,"crm__standard_info__name": ␟ … }      a record's JSON with holes for its values
//! ```
//! No control character but white space can stand in JSON text, so the dividers are never part of a record.

use std::fmt;
use std::ops::Range;

/// Stands where a shape has a hole, and behind each value.
pub(crate) const FIELD_END: char = '\u{1f}';
/// Stands behind a shape, and behind the values of a record.
const RECORD_END: char = '\u{1e}';
/// The shape index is a byte of its own, and must not be one of the dividers.
const MOST_SHAPES: usize = 16;
/// This many records are in a block, fewer where they are long.
const RECORDS: u32 = 16;
/// A block that has grown to this is full.
const FULL: usize = 16 * 1024;

/// Writes the records of a page as blocks.
#[derive(Default)]
pub(crate) struct Writer {
    text: String,
    /// The shapes of the block that is being written.
    shapes: Vec<String>,
    shape: String,
    /// The length of the text and the number of records before and with each full block.
    ends: Vec<(usize, u32)>,
    records: u32,
}

/// The blocks of a page, one after the other, and where each ends: in bytes, and in records.
pub(crate) struct Texts {
    pub text: String,
    pub ends: Vec<(usize, u32)>,
}

impl Writer {
    /// Adds the next record: its JSON text, where in it its values stand, and what is written in their place, with a
    /// [`FIELD_END`] behind each.
    pub(crate) fn add(&mut self, json: &str, values: &[Range<usize>], written: &str) {
        // A long record has a block of its own, so that those beside it are not unpacked with it.
        let before = self.ends.last().map_or(0, |(_, records)| *records);
        if json.len() > FULL && self.records > before {
            self.end_block();
        }
        self.shape.clear();
        write_shape(json, values, &mut self.shape);
        let known = self.shapes.iter().position(|shape| *shape == self.shape);
        let index = known.unwrap_or(self.shapes.len());
        self.text.push(u8::try_from(index).map(char::from).unwrap_or_default());
        if known.is_none() {
            self.text.push_str(&self.shape);
            self.text.push(RECORD_END);
            self.shapes.push(std::mem::take(&mut self.shape));
        }
        self.text.push_str(written);
        self.text.push(RECORD_END);
        self.records += 1;
        let (bytes, records) = self.ends.last().copied().unwrap_or_default();
        let is_full = self.records - records >= RECORDS || self.text.len() - bytes >= FULL;
        if is_full || self.shapes.len() == MOST_SHAPES {
            self.end_block();
        }
    }

    pub(super) fn into_blocks(mut self) -> Texts {
        if self.ends.last().is_none_or(|(_, records)| *records < self.records) {
            self.end_block();
        }
        Texts { text: self.text, ends: self.ends }
    }

    fn end_block(&mut self) {
        self.ends.push((self.text.len(), self.records));
        self.shapes.clear();
    }
}

/// A block that was unpacked.
#[derive(Clone, Default)]
pub(crate) struct Block {
    text: String,
}

impl Block {
    pub(super) fn new(text: String) -> Self {
        Self { text }
    }

    /// The records in order: the shape of each, and its values with a [`FIELD_END`] behind each.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut shapes: Vec<&str> = Vec::new();
        let mut rest = self.text.as_str();
        std::iter::from_fn(move || {
            let index = usize::from(*rest.as_bytes().first()?);
            rest = rest.get(1..)?;
            if index == shapes.len() {
                let (shape, after) = divided(rest)?;
                shapes.push(shape);
                rest = after;
            }
            let (values, after) = divided(rest)?;
            rest = after;
            Some((*shapes.get(index)?, values))
        })
    }

    /// The shape and the values of the record at `row` of the block. `None` iff there are not this many.
    pub(crate) fn row(&self, row: u32) -> Option<(&str, &str)> {
        self.rows().nth(row as usize)
    }
}

impl fmt::Debug for Block {
    /// Tells only the size: the text is customers' records.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Block({} bytes)", self.text.len())
    }
}

/// What is before and behind the first [`RECORD_END`].
fn divided(text: &str) -> Option<(&str, &str)> {
    let (before, behind) = text.split_at_checked(memchr::memchr(RECORD_END as u8, text.as_bytes())?)?;
    Some((before, behind.get(1..)?))
}

/// Where a value stands in the JSON text that it is a slice of.
pub(crate) fn place(json: &str, value: &str) -> Range<usize> {
    let start = value.as_ptr().addr() - json.as_ptr().addr();
    start..start + value.len()
}

fn write_shape(json: &str, values: &[Range<usize>], out: &mut String) {
    let mut at = 0;
    for value in values {
        out.push_str(json.get(at..value.start).unwrap_or_default());
        out.push(FIELD_END);
        at = value.end;
    }
    out.push_str(json.get(at..).unwrap_or_default());
}

/// A shape with its holes filled: `restore` appends the value for what was written in its place.
pub(crate) fn fill(shape: &str, values: &str, mut restore: impl FnMut(&str, &mut String)) -> String {
    let mut json = String::with_capacity(shape.len() + values.len());
    let mut values = values.split(FIELD_END);
    let mut pieces = shape.split(FIELD_END);
    json.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        restore(values.next().unwrap_or_default(), &mut json);
        json.push_str(piece);
    }
    json
}

#[cfg(test)]
mod tests {
    use super::super::{Packed, Packing};
    use super::*;
    use crate::cube::Record;
    use proptest::prelude::*;

    fn packed(records: &[String], packing: &Packing) -> Packed {
        let mut writer = Writer::default();
        for json in records {
            let record = Record::new(json.as_str()).unwrap();
            let (mut values, mut written) = (Vec::new(), String::new());
            record.each(|_, value| {
                values.push(place(json, value));
                written.extend([value, "\u{1f}"]);
            });
            writer.add(json, &values, &written);
        }
        Packed::new(writer, packing)
    }

    fn unpacked(packed: &Packed, records: usize) -> Vec<String> {
        let rows = 0..u32::try_from(records).unwrap();
        rows.map(|row| {
            let (block, at) = packed.place(row);
            packed.block(block).row(at).map_or("{}".to_owned(), |(shape, values)| {
                fill(shape, values, |value, out| out.push_str(value))
            })
        })
        .collect()
    }

    #[test]
    fn white_space_number_spellings_repeated_keys_and_nesting_come_back_to_the_byte() {
        let records = [
            r#"{ "a" : 1.50 ,"b":"\u00e5\n", "a":[1, {"c": "}"}] }"#,
            "{}",
            "{\"a\"\t:\n{ } }",
            r#"{"a":"x","b":""}"#,
            r#"{"a":"y","b":null}"#,
        ];
        let records: Vec<String> = records.iter().cycle().take(100).map(|json| (*json).to_owned()).collect();
        let packed = packed(&records, &Packing::default());
        assert!(packed.blocks() > 5);
        assert_eq!(unpacked(&packed, records.len()), records);
    }

    #[test]
    fn a_long_record_has_a_block_of_its_own() {
        let long = format!(r#"{{"a":"{}"}}"#, "x".repeat(100_000));
        let packed = packed(&[long.clone(), long.clone()], &Packing::default());
        assert_eq!(packed.blocks(), 2);
        assert_eq!(unpacked(&packed, 2), [long.clone(), long]);
    }

    #[test]
    fn a_row_that_is_not_there_is_a_record_without_fields() {
        let packed = packed(&[r#"{"a":1}"#.to_owned()], &Packing::default());
        assert_eq!(unpacked(&packed, 2)[1], "{}");
    }

    #[test]
    fn pages_that_share_a_dictionary_take_a_fraction_of_what_was_sent() {
        let packing = Packing::default();
        let record = |n: u32| {
            format!(
                r#"{{"crm__customer_id":"{n}","crm__standard_info__name":"Kunde {n}","crm__custom_info__17":"A"}}"#
            )
        };
        let first: Vec<String> = (0..500).map(record).collect();
        let second: Vec<String> = (500..1000).map(record).collect();
        packed(&first, &packing);
        let packed = packed(&second, &packing);
        let sent: usize = second.iter().map(String::len).sum();
        assert!(packed.len() * 6 < sent, "{} of {sent} bytes", packed.len());
        assert_eq!(unpacked(&packed, 500), second);
    }

    proptest! {
        #[test]
        fn any_records_come_back_to_the_byte(values in proptest::collection::vec(proptest::collection::vec(".{0,20}", 0..5), 1..60)) {
            let json = |values: &Vec<String>| {
                let members: Vec<String> = values.iter().enumerate()
                    .map(|(n, value)| format!("\"{n}\":{}", serde_json::to_string(value).unwrap())).collect();
                format!("{{{}}}", members.join(", "))
            };
            let records: Vec<String> = values.iter().map(json).collect();
            prop_assert_eq!(unpacked(&packed(&records, &Packing::default()), records.len()), records);
        }
    }
}
