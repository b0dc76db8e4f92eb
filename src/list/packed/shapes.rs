//! The shapes of a page's records: their JSON text with holes for the values.
//!
//! ```text
//! shape   {"crm__customer_id": ␟ ,"crm__standard_info__name": ␟ … }
//! ```
//! A record that has a key twice, or that is too long to be worked with, is a shape of its own without holes. Each shape
//! is packed by itself: to read a record is to unpack one.

use super::{FIELD_END, Packing, pack, unpack};
use std::collections::HashMap;
use std::ops::Range;

/// A place in a record's JSON text where a value stands, and the column that has the value.
#[derive(Debug, Clone)]
pub(crate) struct Hole {
    pub column: usize,
    pub value: Range<usize>,
}

/// The shapes of a page.
pub(super) struct Shapes {
    each: Box<[Shape]>,
    /// The shape of each row. Empty where all have the first one.
    of_rows: Box<[u32]>,
    rows: u32,
}

struct Shape {
    packed: Box<[u8]>,
    /// The column of each hole.
    columns: Box<[u32]>,
}

impl Shapes {
    /// How many records there are.
    pub(super) fn rows(&self) -> u32 {
        self.rows
    }

    /// Which shape a record has. `None` beyond the last.
    pub(super) fn of_row(&self, row: u32) -> Option<usize> {
        let shape = || self.of_rows.get(row as usize).copied().unwrap_or_default() as usize;
        (row < self.rows).then(shape)
    }

    /// The text of a shape.
    pub(super) fn text(&self, shape: usize, packing: &Packing) -> String {
        self.each.get(shape).and_then(|shape| unpack(&shape.packed, packing)).unwrap_or_default()
    }

    /// The columns of the holes of a shape, in their order.
    pub(super) fn columns(&self, shape: usize) -> impl Iterator<Item = usize> {
        let columns = self.each.get(shape).map(|shape| &*shape.columns).unwrap_or_default();
        columns.iter().map(|&column| column as usize)
    }

    /// How many bytes are held.
    pub(super) fn bytes(&self) -> usize {
        let of = |shape: &Shape| shape.packed.len() + size_of_val(&*shape.columns) + size_of::<Shape>();
        self.each.iter().map(of).sum::<usize>() + size_of_val(&*self.of_rows)
    }
}

/// Finds the shapes of records.
#[derive(Default)]
pub(super) struct ShapesWriter {
    shapes: Vec<(String, Box<[u32]>)>,
    known: HashMap<String, u32>,
    of_rows: Vec<u32>,
}

impl ShapesWriter {
    /// Adds the next record.
    pub(super) fn add(&mut self, json: &str, holes: &[Hole]) {
        // Records are nearly always like the one before.
        let likely = self.of_rows.last().copied().unwrap_or_default();
        if self.shapes.get(likely as usize).is_some_and(|(shape, _)| is_of_shape(json, holes, shape)) {
            self.of_rows.push(likely);
            return;
        }
        let mut shape = String::with_capacity(json.len());
        let mut at = 0;
        for hole in holes {
            shape.push_str(json.get(at..hole.value.start).unwrap_or_default());
            shape.push(FIELD_END);
            at = hole.value.end;
        }
        shape.push_str(json.get(at..).unwrap_or_default());
        let new = u32::try_from(self.shapes.len()).unwrap_or(u32::MAX);
        let known = self.known.get(&shape).copied();
        if known.is_none() {
            let columns = holes.iter().map(|hole| u32::try_from(hole.column).unwrap_or(u32::MAX));
            // No other record is like one without holes, which may be immense.
            if !holes.is_empty() {
                self.known.insert(shape.clone(), new);
            }
            self.shapes.push((shape, columns.collect()));
        }
        self.of_rows.push(known.unwrap_or(new));
    }

    /// The texts of the shapes.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.shapes.iter().map(|(text, _)| text.as_str())
    }

    pub(super) fn finish(self, packing: &Packing) -> Shapes {
        let packed = |text: &str| pack(text.as_bytes(), packing).unwrap_or_default().into();
        let shape = |(text, columns): (String, _)| Shape { packed: packed(&text), columns };
        let rows = u32::try_from(self.of_rows.len()).unwrap_or(u32::MAX);
        let is_one = self.shapes.len() <= 1;
        Shapes {
            each: self.shapes.into_iter().map(shape).collect(),
            of_rows: if is_one { Box::default() } else { self.of_rows.into() },
            rows,
        }
    }
}

/// Whether a record is this shape with its values in the holes.
fn is_of_shape(json: &str, holes: &[Hole], shape: &str) -> bool {
    let (mut at, mut rest) = (0, shape);
    for hole in holes {
        let before = json.get(at..hole.value.start).unwrap_or_default();
        let Some(behind) = rest.strip_prefix(before).and_then(|rest| rest.strip_prefix(FIELD_END)) else {
            return false;
        };
        (at, rest) = (hole.value.end, behind);
    }
    json.get(at..) == Some(rest)
}
