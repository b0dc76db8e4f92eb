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
/// Who waits for other threads while reading takes them as they are now: a lock that is held meanwhile would never be
/// given back, where such a thread takes in a page. All others look at them in place, because a page with new values
/// must copy each dictionary that somebody has taken.
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
    /// The codes of the values of one field on a page, whose letters are added to those of the rows. `None` where they
    /// hardly repeat.
    pub(crate) fn codes_of(
        &self,
        key: &str,
        values: &[&str],
        letters: &mut [u64],
    ) -> Option<(u32, Vec<Code>)> {
        let known = self.locked();
        let mut codes = Vec::with_capacity(values.len());
        let place = known.iter().position(|dictionary| dictionary.key == key);
        match place.and_then(|at| known.get(at)) {
            Some(dictionary) if dictionary.misses >= MISSES => return None,
            Some(dictionary) => {
                codes.extend(values.iter().map_while(|value| dictionary.code_of(value)));
                if codes.len() == values.len() {
                    dictionary.add_letters(&codes, letters);
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
        if !dictionary.take_in(values, &mut codes) {
            return None;
        }
        dictionary.add_letters(&codes, letters);
        Some((u32::try_from(place).ok()?, codes))
    }

    /// The dictionaries until now, for who waits for other threads while reading them.
    pub(crate) fn read(&self) -> Vec<Arc<Dictionary>> {
        self.locked().clone()
    }

    /// Looks at the dictionaries in place. Meanwhile no page is taken in: `look` must not wait for another thread.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&[Arc<Dictionary>]) -> T) -> T {
        look(&self.locked())
    }

    fn locked(&self) -> RwLockReadGuard<'_, Vec<Arc<Dictionary>>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many bytes the values take.
    pub(crate) fn bytes(&self) -> usize {
        let of_value = 2 * size_of::<u32>() + size_of::<u64>() + 2 * size_of::<Code>();
        let of = |known: &Arc<Dictionary>| known.json.len() + known.folded.len() + known.len() * of_value;
        self.look(|known| known.iter().map(of).sum())
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

    /// Adds to the letters of each row those of its value.
    fn add_letters(&self, codes: &[Code], letters: &mut [u64]) {
        for (letters, &code) in letters.iter_mut().zip(codes) {
            *letters |= self.letters.get(usize::from(code)).copied().unwrap_or_default();
        }
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
        for text in [&mut self.json, &mut self.folded] {
            if text.capacity() - text.len() <= json.len() {
                text.reserve_exact(more_room(text.len()).max(json.len() + 1));
            }
        }
        self.json.push_str(json);
        push(&mut self.json_ends, len_u32(self.json.len()));
        let start = self.folded.len();
        write_search_text(json, &mut self.folded);
        push(&mut self.letters, letters_in(self.folded.get(start..).unwrap_or_default().as_bytes()).0);
        self.folded.push(FIELD_END);
        push(&mut self.folded_ends, len_u32(self.folded.len()));
    }
}

/// Appends the search text of a value: nothing for an empty one.
pub(crate) fn write_search_text(json: &str, out: &mut String) {
    if !Value::is_no_data(json) {
        row_text::write_words(Value::text_of(json).as_raw(), out);
    }
}

/// How much room is made where there is none left: what grows by itself doubles, and half of it would stay empty.
fn more_room(len: usize) -> usize {
    len / 16 + 1
}

fn push<T>(values: &mut Vec<T>, value: T) {
    if values.len() == values.capacity() {
        values.reserve_exact(more_room(values.len()));
    }
    values.push(value);
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

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;

    /// Where the only dictionary is.
    fn place(dictionaries: &Dictionaries) -> *const Dictionary {
        dictionaries.look(|known| Arc::as_ptr(&known[0]))
    }

    fn take_in(dictionaries: &Dictionaries, page: usize) -> u64 {
        let values: Vec<String> = (0..9).map(|at| format!("\"{page}x{at}\"")).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let mut letters = [0; 9];
        dictionaries.codes_of("city", &values, &mut letters).unwrap();
        letters.iter().fold(u64::MAX, |all, letters| all & letters)
    }

    #[test]
    fn pages_that_come_at_once_fill_a_dictionary_in_place_and_know_the_letters_of_their_values() {
        let dictionaries = Dictionaries::default();
        take_in(&dictionaries, 0);
        let before = place(&dictionaries);
        (0..200_usize).into_par_iter().for_each(|page| {
            assert_eq!(take_in(&dictionaries, page) & letters_in(b"x").0, letters_in(b"x").0);
        });
        assert_eq!(place(&dictionaries), before);
        assert_eq!(dictionaries.look(|known| known[0].len()), 200 * 9 + 1);
    }

    #[test]
    fn who_has_taken_a_dictionary_goes_on_with_what_it_was() {
        let dictionaries = Dictionaries::default();
        take_in(&dictionaries, 0);
        let taken = dictionaries.read();
        take_in(&dictionaries, 1);
        assert_eq!((taken[0].len(), dictionaries.look(|known| known[0].len())), (10, 19));
    }
}
