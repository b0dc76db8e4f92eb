//! The distinct values of a list's other fields, each held once: a page has a number in the place of each.
//!
//! A field whose values hardly repeat has none: its pages hold them as text.

use crate::cube::Value;
use crate::list::letters::letters_in;
use crate::list::row_text::{self, FIELD_END};
use hashbrown::{DefaultHashBuilder, HashTable};
use std::fmt;
use std::hash::BuildHasher;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

/// The number of a value in its dictionary.
pub(crate) type Code = u16;
/// The number of no value: the record does not have the key, or its value is elsewhere.
pub(crate) const NO_CODE: Code = 0;
/// A list with more fields than this has the others as text.
const MOST_FIELDS: usize = 1_000;
/// This many values are taken in, however seldom they repeat: some pages must be seen to know.
const TRIAL: usize = 16 * 1024;
/// After this many pages whose values hardly repeat no more pages are tried.
const MISSES: u32 = 4;

/// The dictionaries of one list, filled while its pages come in. A clone is another handle to the same.
///
/// Who reads them takes them as they are now: a lock that is held while a thread waits for others would never be given
/// back, where that thread takes in a page meanwhile.
#[derive(Clone, Default)]
pub(crate) struct Dictionaries(Arc<RwLock<Vec<Arc<Dictionary>>>>);

/// The distinct values of one field.
#[derive(Clone)]
pub(crate) struct Dictionary {
    key: String,
    /// The values' JSON text, and where each ends.
    json: String,
    json_ends: Vec<u32>,
    /// Their search text with a [`FIELD_END`] behind each, and where each ends.
    folded: String,
    folded_ends: Vec<u32>,
    /// Which letters each holds.
    letters: Vec<u64>,
    codes: HashTable<Code>,
    hasher: DefaultHashBuilder,
    misses: u32,
}

impl Dictionaries {
    /// The codes of the values of one field on a page. `None` where they hardly repeat.
    pub(crate) fn codes_of(&self, key: &str, values: &[&str]) -> Option<(u32, Vec<Code>)> {
        let known = self.locked();
        let mut codes = Vec::with_capacity(values.len());
        let place = known.iter().position(|dictionary| dictionary.key == key);
        match place.and_then(|at| known.get(at)) {
            Some(dictionary) if dictionary.misses >= MISSES => return None,
            Some(dictionary) => {
                codes.extend(values.iter().map_while(|value| dictionary.code_of(value)));
                if codes.len() == values.len() {
                    return Some((u32::try_from(place?).ok()?, codes));
                }
            }
            None => {}
        }
        drop(known);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let place = match known.iter().position(|dictionary| dictionary.key == key) {
            Some(at) => at,
            None if known.len() < MOST_FIELDS => {
                known.push(Arc::new(Dictionary::new(key)));
                known.len() - 1
            }
            None => return None,
        };
        // Whoever reads this one goes on with what it was.
        let dictionary = Arc::make_mut(known.get_mut(place)?);
        dictionary.take_in(values, &mut codes).then_some((u32::try_from(place).ok()?, codes))
    }

    /// The dictionaries until now.
    pub(crate) fn read(&self) -> Vec<Arc<Dictionary>> {
        self.locked().clone()
    }

    fn locked(&self) -> RwLockReadGuard<'_, Vec<Arc<Dictionary>>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many bytes the values take.
    pub(crate) fn bytes(&self) -> usize {
        let of_value = 2 * size_of::<u32>() + size_of::<u64>() + 2 * size_of::<Code>();
        let of = |known: &Arc<Dictionary>| known.json.len() + known.folded.len() + known.len() * of_value;
        self.read().iter().map(of).sum()
    }

    /// Whether this is another handle to the same dictionaries.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Dictionary {
    fn new(key: &str) -> Self {
        let mut dictionary = Self {
            key: key.to_owned(),
            json: String::new(),
            json_ends: Vec::new(),
            folded: String::new(),
            folded_ends: Vec::new(),
            letters: Vec::new(),
            codes: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            misses: 0,
        };
        // The first number is that of no value.
        dictionary.push("");
        dictionary
    }

    /// The key of the field.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// The JSON text of a value. Empty for none.
    pub(crate) fn json(&self, code: Code) -> &str {
        slice(&self.json, &self.json_ends, code)
    }

    /// The search text of all values, in the order of their codes, with a [`FIELD_END`] behind each.
    pub(crate) fn folded(&self) -> (&str, &[u32]) {
        (&self.folded, &self.folded_ends)
    }

    /// The search text of each value, in the order of their codes.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.folded.split_terminator(FIELD_END)
    }

    /// Which letters a value holds.
    pub(crate) fn letters(&self, code: Code) -> u64 {
        self.letters.get(usize::from(code)).copied().unwrap_or_default()
    }

    /// How many codes there are, that of no value included.
    pub(crate) fn len(&self) -> usize {
        self.json_ends.len()
    }

    fn code_of(&self, json: &str) -> Option<Code> {
        if json.is_empty() {
            return Some(NO_CODE);
        }
        let hash = self.hasher.hash_one(json);
        self.codes.find(hash, |&code| self.json(code) == json).copied()
    }

    /// Takes in a page's values. Whether they are worth it.
    fn take_in(&mut self, values: &[&str], codes: &mut Vec<Code>) -> bool {
        codes.clear();
        let before = self.len();
        for (at, json) in values.iter().enumerate() {
            if let Some(code) = self.code_of(json) {
                codes.push(code);
                continue;
            }
            let new = self.len() - before;
            let is_full = self.len() > usize::from(Code::MAX);
            if is_full || (self.len() > TRIAL && new * 2 > values.len() && at < values.len()) {
                self.misses += 1;
                return false;
            }
            codes.push(self.add(json));
        }
        if self.len() == before || self.len() - before < values.len() / 2 {
            self.misses = 0;
        }
        true
    }

    fn add(&mut self, json: &str) -> Code {
        let code = Code::try_from(self.len()).unwrap_or(NO_CODE);
        self.push(json);
        let (text, ends, hasher) = (&self.json, &self.json_ends, &self.hasher);
        let hash_again = |&code: &Code| hasher.hash_one(slice(text, ends, code));
        self.codes.insert_unique(self.hasher.hash_one(json), code, hash_again);
        code
    }

    fn push(&mut self, json: &str) {
        self.json.push_str(json);
        self.json_ends.push(len_u32(self.json.len()));
        let start = self.folded.len();
        write_search_text(json, &mut self.folded);
        self.letters.push(letters_in(self.folded.get(start..).unwrap_or_default().as_bytes()).0);
        self.folded.push(FIELD_END);
        self.folded_ends.push(len_u32(self.folded.len()));
    }
}

/// Appends the search text of a value: nothing for an empty one.
pub(crate) fn write_search_text(json: &str, out: &mut String) {
    if !matches!(json, "" | "null" | "\"\"") {
        row_text::write_words(Value::read(json).into_text().as_raw(), out);
    }
}

fn slice<'t>(text: &'t str, ends: &[u32], code: Code) -> &'t str {
    let end = |code: usize| ends.get(code).map(|&end| end as usize);
    let start = usize::from(code).checked_sub(1).and_then(end).unwrap_or_default();
    end(code.into()).and_then(|end| text.get(start..end)).unwrap_or_default()
}

fn len_u32(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

impl fmt::Debug for Dictionary {
    /// Tells only the size: the values are customers'.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dictionary({}, {} values)", self.key, self.len())
    }
}
