//! The order of text in one language, and the first weights of a text without asking the collator for all of it.
//! What was sorted by it last is kept here.

use crate::list::Searchable;
use crate::search::sort::key::{Kept, Ranks};
use crate::text;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// As many primary weights decide between two texts before the collator is asked for all.
pub(super) const FIRST: usize = 15;
/// What divides the levels of a collator's key.
const LEVEL_END: u8 = 1;
/// The characters whose weights are known one by one: those of the European languages that are written in Latin letters.
const CHARS: usize = 0x180;

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
    /// For each two characters whether they weigh together what they weigh alone, which `aa` does not in Norwegian:
    /// [`UNKNOWN`] until that is asked.
    pairs: Box<[AtomicU8]>,
}

const UNKNOWN: u8 = 0;
const PLAIN: u8 = 1;
const TOGETHER: u8 = 2;

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
            pairs: (0..CHARS * CHARS).map(|_| AtomicU8::new(UNKNOWN)).collect(),
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
            let known = at.filter(|&at| before.is_none_or(|before| self.is_plain(by_char, before, at)));
            let weights = known.and_then(|at| by_char.weights.get(at)).filter(|weights| !weights.is_empty());
            let Some(weights) = weights else {
                *first = [0; FIRST];
                return None;
            };
            // What follows the last one that counts was looked at too: it may weigh together with that.
            if len == FIRST {
                break;
            }
            for (place, weight) in first.iter_mut().skip(len).zip(weights) {
                *place = *weight;
            }
            len = FIRST.min(len + weights.len());
            before = at;
        }
        Some(())
    }

    fn is_plain(&self, by_char: &ByChar, one: usize, other: usize) -> bool {
        let Some(pair) = by_char.pairs.get(one * CHARS + other) else { return false };
        let known = match pair.load(Ordering::Relaxed) {
            UNKNOWN => {
                let alone = [one, other].map(|at| by_char.weights.get(at).map(|weights| &**weights));
                let alone = alone.into_iter().flatten().collect::<Vec<_>>().concat();
                let both: String = [one, other].map(char_at).iter().collect();
                let known = if self.primary(&both) == alone { PLAIN } else { TOGETHER };
                pair.store(known, Ordering::Relaxed);
                known
            }
            known => known,
        };
        known == PLAIN
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
