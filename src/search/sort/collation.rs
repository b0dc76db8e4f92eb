//! The order of text in one language, and the first weights of a text without asking the collator for all of it.
//! What was sorted by it last is kept here.

use crate::list::Searchable;
use crate::search::sort::key::{Kept, Ranks};
use crate::text;
use hashbrown::DefaultHashBuilder;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use std::fmt;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// As many primary weights decide between two texts before the collator is asked for all.
pub(super) const FIRST: usize = 31;
/// What divides the levels of a collator's key.
const LEVEL_END: u8 = 1;
/// The characters whose weights are known one by one: those of Latin-1.
const CHARS: usize = 0x100;

/// The order of text in one language.
pub struct Collation {
    collator: Option<CollatorBorrowed<'static>>,
    by_char: OnceLock<ByChar>,
    /// What was sorted by last.
    kept: Mutex<Kept>,
    hasher: DefaultHashBuilder,
}

/// What characters weigh one by one, worked out at the first sort.
struct ByChar {
    /// The primary weights of each character. Empty for one that has none.
    weights: Vec<Box<[u8]>>,
    /// What the second of two characters adds to the weights of the first one, as the bits of [`Added`]: 0 until that is
    /// asked.
    pairs: Box<[AtomicU64]>,
}

/// The weights that a character adds behind another one, whose own weights may go on in them: how many in the highest
/// byte, then they themselves, as many as fit. All bits are set where the two weigh together what neither begins, as `aa`
/// in Norwegian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Added(u64);

impl Added {
    const NONE: Self = Self(u64::MAX);

    fn new(added: &[u8]) -> Self {
        let len = u8::try_from(added.len()).unwrap_or(u8::MAX);
        if !(1..=7).contains(&len) {
            return Self::NONE;
        }
        let mut bytes = [len, 0, 0, 0, 0, 0, 0, 0];
        bytes.iter_mut().skip(1).zip(added).for_each(|(byte, of_added)| *byte = *of_added);
        Self(u64::from_be_bytes(bytes))
    }

    /// What two characters weigh more than the first one alone.
    fn between(one: &[u8], both: &[u8]) -> Self {
        let added = both.strip_prefix(one).filter(|_| !one.is_empty());
        added.map_or(Self::NONE, Self::new)
    }

    /// The weights with zeros behind them, and how many they are.
    fn weights(self) -> Option<([u8; 8], usize)> {
        (self != Self::NONE).then_some(((self.0 << 8).to_be_bytes(), (self.0 >> 56) as usize))
    }
}

impl Collation {
    /// The order of the language that a locale names, as `nb-NO` or `nb_NO.UTF-8`; that of Norwegian for one that is not
    /// known.
    #[must_use]
    pub fn of(locale: &str) -> Self {
        let tag = locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
        let locale = tag.parse::<Locale>().ok().filter(|_| !matches!(tag.as_str(), "" | "C" | "POSIX"));
        let of = |locale: Locale| Collator::try_new(locale.into(), CollatorOptions::default()).ok();
        let norwegian = || of("nb".parse().ok()?);
        let collator = locale.and_then(of).or_else(norwegian);
        Self {
            collator,
            by_char: OnceLock::new(),
            kept: Mutex::default(),
            hasher: DefaultHashBuilder::default(),
        }
    }

    fn by_char(&self) -> &ByChar {
        self.by_char.get_or_init(|| ByChar {
            weights: (0..CHARS).map(|at| self.primary(&char_at(at).to_string()).into()).collect(),
            pairs: (0..CHARS * CHARS).map(|_| AtomicU64::new(0)).collect(),
        })
    }

    /// The ranks of the values of a field, those that are kept where the pages are the same. `None` iff `cancelled` was set
    /// before the end.
    pub(super) fn ranks(
        &self,
        key: &str,
        pages: &[Searchable],
        cancelled: &AtomicBool,
    ) -> Option<Arc<Ranks>> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept().find(key, pages);
        if known.is_some() {
            return known;
        }
        let ranks = Arc::new(Ranks::new(key, pages, self, cancelled)?);
        kept().keep(key, pages, Arc::clone(&ranks));
        Some(ranks)
    }

    /// A number that is the same for the same text.
    pub(super) fn hash(&self, text: &str) -> u64 {
        self.hasher.hash_one(text)
    }

    /// Bytes that are in the order of texts.
    pub(super) fn write(&self, text: &str, out: &mut Vec<u8>) {
        match &self.collator {
            Some(collator) => {
                let Ok(()) = collator.write_sort_key_to(text, out);
            }
            None => out.extend_from_slice(text::fold(text).as_bytes()),
        }
    }

    /// The first primary weights of a text, which decide between any two texts that differ in them; zeros behind fewer.
    pub(super) fn first_weights(&self, text: &str) -> [u8; FIRST] {
        self.char_by_char(text).unwrap_or_else(|| {
            let mut first = [0; FIRST];
            first.iter_mut().zip(self.primary(text)).for_each(|(first, weight)| *first = weight);
            first
        })
    }

    /// The first primary weights of a text, one character after the other. `None` where only the collator knows them.
    fn char_by_char(&self, text: &str) -> Option<[u8; FIRST]> {
        let by_char = self.by_char();
        // What is written last may go beyond those that count.
        let mut first = [0; FIRST + size_of::<Added>()];
        let (mut len, mut before) = (0, None);
        for c in text.chars() {
            let at = usize::try_from(u32::from(c)).ok().filter(|at| *at < CHARS)?;
            let added = match before {
                None => Added::new(by_char.weights.get(at)?),
                Some(before) => self.added(by_char, before, at),
            };
            let (weights, more) = added.weights()?;
            // What follows the last one that counts was looked at too: it may weigh together with that.
            if len >= FIRST {
                break;
            }
            first.get_mut(len..len + weights.len())?.copy_from_slice(&weights);
            len += more;
            before = Some(at);
        }
        first.first_chunk().copied()
    }

    fn added(&self, by_char: &ByChar, one: usize, other: usize) -> Added {
        let Some(pair) = by_char.pairs.get(one * CHARS + other) else { return Added::NONE };
        match pair.load(Ordering::Relaxed) {
            0 => {
                let both: String = [one, other].map(char_at).iter().collect();
                let alone = by_char.weights.get(one).map(|weights| &**weights).unwrap_or_default();
                let added = Added::between(alone, &self.primary(&both));
                pair.store(added.0, Ordering::Relaxed);
                added
            }
            known => Added(known),
        }
    }

    /// All primary weights of a text.
    fn primary(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        self.write(text, &mut key);
        let end = key.iter().position(|&byte| byte == LEVEL_END).unwrap_or(key.len());
        key.truncate(end);
        key
    }
}

fn char_at(at: usize) -> char {
    u32::try_from(at).ok().and_then(char::from_u32).unwrap_or_default()
}

/// Norwegian: æ, ø and å last, aa as å.
impl Default for Collation {
    fn default() -> Self {
        Self::of("nb")
    }
}

impl fmt::Debug for Collation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Collation")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    const LOCALES: [&str; 9] = ["nb", "sv", "de", "cs", "hu", "hr", "cy", "en", "nb-u-kn"];
    static COLLATIONS: LazyLock<[Collation; 9]> = LazyLock::new(|| LOCALES.map(Collation::of));

    proptest! {
        #[test]
        fn the_first_weights_are_those_of_the_collator(
            text in "[a-zæøåéüßłA-Z0-9 .,'-]{0,20}|[acdghlnsz]{0,20}|\\PC{0,20}",
            locale in 0..LOCALES.len(),
        ) {
            let collation = &COLLATIONS[locale];
            let mut expected = [0; FIRST];
            expected.iter_mut().zip(collation.primary(&text)).for_each(|(first, weight)| *first = weight);
            prop_assert_eq!(collation.first_weights(&text), expected);
        }
    }
}
