//! One page, immutable once built: its records packed, the search text of its rows, and what it says of the list.

use crate::cube::{Moment, Odd, Page, Record, Schema, Standard, Value};
use crate::list::columns::{Coded, Columns, PageFields, Restorer};
use crate::list::letters::Letters;
use crate::list::lines::Lines;
use crate::list::name_words::RowNames;
use crate::list::packed::{Chunk, Packed, Packing, fill};
use crate::list::row_text::FIELD_END;
use crate::text::RawText;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

/// A record that was asked for again by itself, after its page was read.
#[derive(Clone)]
struct Reread {
    record: Record<'static>,
    /// The record as its page had it.
    as_paged: Record<'static>,
    read: Moment,
}

/// The records of one page, in the order of its `results`; those that were left out have no place in it.
#[derive(Clone)]
pub struct Segment {
    /// The page's number, from 1.
    pub number: u32,
    /// How many customers Cube said there are; `None` when it said nothing usable.
    pub count: Option<u64>,
    /// Whether Cube named a page after this one.
    pub has_next: bool,
    /// How many entries `results` had: records, repeats and what could not be read.
    pub entries: usize,
    /// How many of them were no records.
    pub left_out: usize,
    /// The values that are not what they should be.
    pub odd: Odd,
    /// When the page was read.
    pub read: Moment,
    /// What its records are.
    pub schema: &'static Schema,
    packed: Arc<Packed>,
    columns: Arc<Columns>,
    /// The records with values that are too long to be worked with, these cut.
    shortened: BTreeMap<u32, Record<'static>>,
    reread: BTreeMap<u32, Reread>,
    lines: Lines,
    letters: Letters,
    names: RowNames,
    id_hashes: Box<[u32]>,
}

impl Segment {
    /// Packs the records and builds the search text of every row: work for another thread than the one that draws.
    #[must_use]
    pub fn new(page: &Page, packing: &Packing) -> Self {
        let records: Vec<Record<'_>> = page.records().map(|(_, record)| record).collect();
        let mut fields = PageFields::default();
        let mut lines = Lines::default();
        let mut id_hashes = Vec::with_capacity(page.len());
        let mut shortened = BTreeMap::new();
        for (index, record) in (0..).zip(&records) {
            let mut standard = Standard::default();
            let short = record.shortened();
            if short.is_some() {
                fields.add_long(record);
            } else {
                fields.add(record, page.schema, |key, value| standard.take(page.schema, key, value));
            }
            let mut add_line = |standard: &Standard<'_>| {
                lines.push(standard, packing.country());
                // Records are not told apart by an id that several may have.
                let id = if page.schema.ids_repeat { "" } else { standard.id.as_raw() };
                id_hashes.push(hash_id(id));
            };
            match short {
                None => add_line(&standard),
                Some(short) => {
                    add_line(&short.standard());
                    shortened.insert(index, short);
                }
            }
        }
        lines.shrink();
        let names = packing.names().of_rows(&lines);
        packing.parts().add(&lines);
        let (columns, writer) = fields.finish(&lines, packing.dictionaries());
        Self {
            number: page.number,
            count: page.count,
            has_next: page.has_next,
            entries: page.entries,
            left_out: page.left_out.len(),
            odd: page.odd.clone(),
            read: page.read,
            schema: page.schema,
            packed: Arc::new(Packed::new(writer, packing)),
            columns: Arc::new(columns),
            shortened,
            reread: BTreeMap::new(),
            letters: Letters::new(&lines),
            names,
            lines,
            id_hashes: id_hashes.into(),
        }
    }

    /// The same page with one record as it was read later; its id is the same. Of its values no more is kept than is
    /// shown.
    #[must_use]
    pub fn with_reread(&self, index: u32, record: Record<'static>, read: Moment) -> Self {
        let record = record.shortened().unwrap_or(record);
        let as_paged = self.records().whole(index);
        let mut segment = self.clone();
        segment.lines = self.lines.with(index, &record.standard(), self.packing().country());
        segment.names = self.packing().names().of_rows(&segment.lines);
        self.packing().parts().add(&segment.lines);
        segment.letters = Letters::new(&segment.lines);
        segment.reread.insert(index, Reread { record, as_paged, read });
        segment
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// The places of the records.
    #[must_use]
    pub fn indices(&self) -> Range<u32> {
        0..u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    /// Whether it has no entry at all, and names a next page.
    #[must_use]
    pub fn is_empty_of_many(&self) -> bool {
        self.entries == 0 && self.has_next
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record at `index`, as sent but for values of more than 64 KiB, which are cut. One without fields beyond the
    /// last.
    #[must_use]
    pub fn record(&self, index: u32) -> Record<'static> {
        self.records().record(index)
    }

    /// What is held of a record beside the page.
    fn beside(&self, index: u32) -> Option<&Record<'static>> {
        self.reread.get(&index).map(|reread| &reread.record).or_else(|| self.shortened.get(&index))
    }

    /// Reads several records, which is cheaper than one by one where they stand close together.
    #[must_use]
    pub fn records(&self) -> Records<'_> {
        Records { segment: self, shape: None, chunks: Vec::new(), asked: Vec::new() }
    }

    /// The records that are held beside the page, in order: those that were read again, and those with values that
    /// are cut. The columns do not have what these say.
    pub(crate) fn besides(&self) -> impl Iterator<Item = (u32, &Record<'static>)> {
        let reread = self.reread.iter().map(|(&index, reread)| (index, &reread.record));
        let only_shortened = self.shortened.iter().filter(|(index, _)| !self.reread.contains_key(index));
        reread.chain(only_shortened.map(|(&index, record)| (index, record)))
    }

    /// Lets `act` restore values.
    fn restoring<T>(&self, act: impl FnOnce(&Restorer<'_>) -> T) -> T {
        self.packing()
            .dictionaries()
            .look(|dictionaries| act(&Restorer { columns: &self.columns, lines: &self.lines, dictionaries }))
    }

    /// The codes of a field. `None` where it has none on this page.
    pub(crate) fn coded(&self, key: &str) -> Option<&Coded> {
        self.packing().dictionaries().look(|known| {
            let is_its =
                |coded: &&Coded| known.get(coded.dictionary as usize).is_some_and(|known| known.key() == key);
            self.columns.coded.iter().find(is_its)
        })
    }

    /// How many bytes it holds, without what it shares with the other pages of its list.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let beside = self.besides().map(|(_, record)| record.as_json().len()).sum::<usize>();
        self.packed.len()
            + self.columns.bytes()
            + self.lines.bytes()
            + self.letters.bytes()
            + self.names.bytes()
            + size_of_val(&*self.id_hashes)
            + beside
    }

    /// Whether any record has a value for a key that is not coded.
    pub(crate) fn may_have(&self, key: &str) -> bool {
        self.schema.field_of(key).is_some() || self.columns.texts.keys().iter().any(|known| **known == *key)
    }

    /// Calls `each` with each key of the records, in the order in which they come first, how many have data under it, and
    /// the first record whose value has any text. Returns whether it could: of a page beside which records are held,
    /// these must be read.
    pub(crate) fn each_key(&self, each: impl FnMut(&str, usize, Option<u32>)) -> bool {
        let is_told = self.besides().next().is_none();
        if is_told {
            let Columns { coded, texts, keys, .. } = &*self.columns;
            let look = |known: &[_]| keys.each(self.schema, (coded, texts), known, each);
            self.packing().dictionaries().look(look);
        }
        is_told
    }

    /// The column of a key. `None` where no record of the page has it, as the page was sent.
    fn column(&self, key: &str) -> Option<usize> {
        let Columns { coded, texts, keys, .. } = &*self.columns;
        self.packing().dictionaries().look(|known| keys.column(key, self.schema, (coded, texts), known))
    }

    /// The JSON text of a record's value for a key. Empty where it has none.
    pub(crate) fn value(&self, index: u32, key: &str) -> String {
        self.records().values(index, &[key]).pop().unwrap_or_default()
    }

    /// Calls `each` with the JSON text of each record's value for a key that has no codes, empty where it has none: as the
    /// page has it, which is not what those say that are held beside it.
    pub(crate) fn each_value(&self, key: &str, mut each: impl FnMut(u32, &str)) {
        let Some(column) = self.column(key) else {
            self.indices().for_each(|row| each(row, ""));
            return;
        };
        let restorer = Restorer { columns: &self.columns, lines: &self.lines, dictionaries: &[] };
        let (mut json, mut records) = (String::new(), self.records());
        self.packed.each_note(column, |row, note| {
            json.clear();
            if self.packed.is_whole(row) {
                json.push_str(&value_of(&records.whole(row), key));
            } else {
                restorer.restore(row, column, note, &mut json);
            }
            each(row, &json);
        });
    }

    /// When the record at `index` was read: with its page, or later by itself.
    #[must_use]
    pub fn read(&self, index: u32) -> Moment {
        self.reread.get(&index).map_or(self.read, |reread| reread.read)
    }

    /// The id of the record at `index`, as sent; empty for an anonymised customer.
    #[must_use]
    pub fn id(&self, index: u32) -> String {
        if self.lines.odd().worded_ids {
            return self.record(index).standard().id.as_raw().to_owned();
        }
        let line = self.lines.line(index);
        line.split_once(FIELD_END).map_or(line, |(id, _)| id).to_owned()
    }

    /// A number that is the same for the same id.
    pub(crate) fn id_hash(&self, index: u32) -> u32 {
        self.id_hashes.get(index as usize).copied().unwrap_or_default()
    }

    /// The search text of the rows.
    pub(crate) fn lines(&self) -> &Lines {
        &self.lines
    }

    /// The words of each row's name.
    pub(crate) fn names(&self) -> &RowNames {
        &self.names
    }

    /// The other fields.
    pub(crate) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// What it shares with the other pages of its list.
    pub(crate) fn packing(&self) -> &Packing {
        self.packed.packing()
    }

    /// Which rows hold which letter.
    pub(crate) fn letters(&self) -> &Letters {
        &self.letters
    }
}

/// Reads the records of one segment; keeps what was unpacked last.
#[derive(Debug)]
pub struct Records<'s> {
    segment: &'s Segment,
    /// The shape that was read last.
    shape: Option<(usize, String)>,
    /// For each column the chunk that was read last.
    chunks: Vec<Option<(usize, Chunk<'s>)>>,
    /// The columns of the keys that were asked for last.
    asked: Vec<(String, Option<usize>)>,
}

impl Records<'_> {
    /// The record at `index`, as sent but for values of more than 64 KiB, which are cut. One without fields beyond the
    /// last.
    #[must_use]
    pub fn record(&mut self, index: u32) -> Record<'static> {
        self.segment.beside(index).cloned().unwrap_or_else(|| self.whole(index))
    }

    /// The record at `index` as its page had it, to the byte. One without fields beyond the last.
    #[must_use]
    pub fn whole(&mut self, index: u32) -> Record<'static> {
        let segment = self.segment;
        if let Some(reread) = segment.reread.get(&index) {
            return reread.as_paged.clone();
        }
        let json = segment.packed.shape_of(index).map(|shape| {
            let text = match self.shape.take() {
                Some((known, text)) if known == shape => text,
                _ => segment.packed.shape(shape),
            };
            let mut columns = segment.packed.columns(shape);
            let json = segment.restoring(|restorer| {
                fill(&text, |out| {
                    if let Some(column) = columns.next() {
                        restorer.restore(index, column, self.note(index, column), out);
                    }
                })
            });
            self.shape = Some((shape, text));
            json
        });
        Record::again(json.unwrap_or_else(|| "{}".to_owned())).with_schema(segment.schema)
    }

    /// The texts of some fields of the record at `index`, in the order of their keys; empty for those that it does not
    /// have. Nothing else is restored or read: a row of the table shows few of a record's fields.
    #[must_use]
    pub fn texts(&mut self, index: u32, keys: &[&str]) -> Vec<RawText<'static>> {
        let values = self.values(index, keys);
        values.iter().map(|json| Value::text_of(json).into_owned()).collect()
    }

    /// The JSON texts of some fields of the record at `index`, in the order of their keys.
    fn values(&mut self, index: u32, keys: &[&str]) -> Vec<String> {
        let segment = self.segment;
        if index >= segment.indices().end {
            return keys.iter().map(|_| String::new()).collect();
        }
        if segment.beside(index).is_some() || segment.packed.is_whole(index) {
            let record = self.record(index);
            return keys.iter().map(|key| value_of(&record, key)).collect();
        }
        if !self.asked.iter().map(|(key, _)| key.as_str()).eq(keys.iter().copied()) {
            self.asked = keys.iter().map(|&key| (key.to_owned(), segment.column(key))).collect();
        }
        let columns: Vec<Option<usize>> = self.asked.iter().map(|(_, column)| *column).collect();
        segment.restoring(|restorer| {
            let values = columns.into_iter().map(|column| {
                let mut json = String::new();
                if let Some(column) = column {
                    restorer.restore(index, column, self.note(index, column), &mut json);
                }
                json
            });
            values.collect()
        })
    }

    /// What is noted of the value of a row in a column.
    fn note(&mut self, index: u32, column: usize) -> &str {
        let (chunk, row) = Packed::place(index);
        if self.chunks.len() <= column {
            self.chunks.resize_with(column + 1, || None);
        }
        let Some(held) = self.chunks.get_mut(column) else { return "" };
        if held.as_ref().is_none_or(|(known, _)| *known != chunk) {
            *held = None;
        }
        held.get_or_insert_with(|| (chunk, self.segment.packed.chunk(column, chunk))).1.note(row)
    }
}

/// The JSON text of a record's value. Empty where it has none; of a key that comes twice the last value counts.
fn value_of(record: &Record<'_>, key: &str) -> String {
    let mut value = String::new();
    record.each(|name, json| {
        if *name == *key {
            json.clone_into(&mut value);
        }
    });
    value
}

/// The hash by which ids are compared first.
pub(crate) fn hash_id(id: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    let hash = hasher.finish();
    // Folded: all bits of the long hash count.
    u32::try_from((hash ^ (hash >> 32)) & u64::from(u32::MAX)).unwrap_or_default()
}

impl fmt::Debug for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Segment(page {}, {} records)", self.number, self.len())
    }
}

#[cfg(test)]
mod tests;
