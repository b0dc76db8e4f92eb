//! The order of text in one language, and the first weights of a text without asking the collator for all of it.
//! What was sorted by it last is kept here.

use crate::list::Searchable;
use crate::search::sort::key::{Kept, Ranks};
use crate::text;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use std::fmt;
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
}

/// What characters weigh one by one, worked out at the first sort.
struct ByChar {
    /// The primary weights of each character. Empty for one that has none.
    weights: Vec<Box<[u8]>>,
    /// What the second of two characters adds to the weights of the first one, as [`Added`] has it: 0 until that is asked.
    pairs: Box<[AtomicU64]>,
}

/// The weights that a character adds behind another one, whose own weights may go on in them: as many as fit into seven
/// bytes. `None` where the two weigh together what neither begins, as `aa` in Norwegian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Added(Option<([u8; 7], usize)>);

impl Added {
    fn new(added: &[u8]) -> Self {
        let fits = (1..=7).contains(&added.len());
        let mut bytes = [0; 7];
        bytes.iter_mut().zip(added).for_each(|(byte, of_added)| *byte = *of_added);
        Self(fits.then_some((bytes, added.len())))
    }

    /// What two characters weigh more than the first one alone.
    fn between(one: &[u8], both: &[u8]) -> Self {
        let added = both.strip_prefix(one).filter(|_| !one.is_empty());
        added.map_or(Self(None), Self::new)
    }

    /// Never 0.
    fn to_bits(self) -> u64 {
        let Some((added, len)) = self.0 else { return u64::MAX };
        let mut bytes = [0; 8];
        let all = u8::try_from(len).into_iter().chain(added);
        bytes.iter_mut().zip(all).for_each(|(byte, of_all)| *byte = of_all);
        u64::from_be_bytes(bytes)
    }

    fn of_bits(bits: u64) -> Self {
        let [len, rest @ ..] = bits.to_be_bytes();
        Self((bits != u64::MAX).then_some((rest, len.into())))
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
        Self { collator, by_char: OnceLock::new(), kept: Mutex::default() }
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
        let mut first = [0; FIRST];
        let weights = self.char_by_char(text, &mut first).map_or_else(|| self.primary(text), |()| Vec::new());
        first.iter_mut().zip(weights).for_each(|(first, weight)| *first = weight);
        first
    }

    /// Notes the first primary weights of a text, one character after the other. `None` where only the collator knows them;
    /// then `first` is to be written anew.
    fn char_by_char(&self, text: &str, first: &mut [u8; FIRST]) -> Option<()> {
        let by_char = self.by_char();
        let (mut len, mut before) = (0, None);
        for c in text.chars() {
            let at = usize::try_from(u32::from(c)).ok().filter(|at| *at < CHARS);
            let added = at.and_then(|at| match before {
                None => Added::new(by_char.weights.get(at)?).0,
                Some(before) => self.added(by_char, before, at).0,
            });
            let Some((weights, more)) = added else {
                *first = [0; FIRST];
                return None;
            };
            // What follows the last one that counts was looked at too: it may weigh together with that.
            if len == FIRST {
                break;
            }
            for (place, weight) in first.iter_mut().skip(len).zip(weights.iter().take(more)) {
                *place = *weight;
            }
            len = FIRST.min(len + more);
            before = at;
        }
        Some(())
    }

    fn added(&self, by_char: &ByChar, one: usize, other: usize) -> Added {
        let Some(pair) = by_char.pairs.get(one * CHARS + other) else { return Added(None) };
        match pair.load(Ordering::Relaxed) {
            0 => {
                let both: String = [one, other].map(char_at).iter().collect();
                let alone = by_char.weights.get(one).map(|weights| &**weights).unwrap_or_default();
                let added = Added::between(alone, &self.primary(&both));
                pair.store(added.to_bits(), Ordering::Relaxed);
                added
            }
            known => Added::of_bits(known),
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
