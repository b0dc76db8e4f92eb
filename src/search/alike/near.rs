//! How near the words of a list are to one that was typed.

use crate::list::name_words::{Words, letters_of, sound_of};
use crate::search::query::{Lead, Term};

/// A word is the typed one.
const SAME: u8 = 0;
/// A word has the typed one in it.
const PART: u8 = 1;
/// The typed one is not in the name, but elsewhere in the row.
pub(super) const ELSEWHERE: u8 = 2;
/// A word sounds like the typed one.
const SOUND: u8 = 3;
/// A word is one edit away.
const ONE_EDIT: u8 = 4;
/// A word is two edits away.
const TWO_EDITS: u8 = 6;
/// A word is none of these.
pub(super) const FAR: u8 = u8::MAX;

/// A shorter word is like too many others, as `as` is like every word that sounds so.
pub(super) const SHORTEST: usize = 3;
/// From this many letters on in the longer word, one edit is near, and two.
const FOR_ONE_EDIT: usize = 4;
const FOR_TWO_EDITS: usize = 8;

/// Whether a word of that closeness is what was typed, as it is.
pub(super) fn is_itself(closeness: u8) -> bool {
    closeness <= PART
}

/// How near each word of a list is to one that was typed.
pub(super) struct Table {
    closeness: Vec<u8>,
    /// Whether any word is the typed one, or has it in it.
    pub(super) has_itself: bool,
}

impl Table {
    /// Takes the distance of `typed`, a piece of `term`, from each of `words`.
    pub(super) fn new(typed: &str, term: &Term, words: &Words) -> Self {
        let near = Near::new(typed, term);
        let mut closeness = Vec::with_capacity(words.len());
        closeness.extend(words.iter().map(|(word, known)| near.closeness(word, known.sound, known.letters)));
        let has_itself = closeness.iter().any(|&closeness| is_itself(closeness));
        Self { closeness, has_itself }
    }

    /// The closeness of the nearest of these words, and its number.
    pub(super) fn nearest(&self, numbers: &[u32]) -> (u8, u32) {
        let closeness = |number: u32| self.closeness.get(number as usize).copied().unwrap_or(FAR);
        numbers.iter().map(|&number| (closeness(number), number)).min().unwrap_or((FAR, u32::MAX))
    }
}

/// A typed word, made ready to be compared.
struct Near<'q> {
    typed: &'q str,
    /// The other ways in which its term is written.
    ways: Vec<&'q str>,
    length: usize,
    sound: u32,
    letters: u32,
}

impl<'q> Near<'q> {
    fn new(typed: &'q str, term: &'q Term) -> Self {
        let length = typed.chars().count();
        let ways = term.alternatives.iter().skip(1).filter(|way| way.lead == Lead::Any);
        let ways = ways.map(|way| way.pattern.as_str()).collect();
        Self { typed, ways, length, sound: sound_of(typed), letters: letters_of(typed) }
    }

    fn closeness(&self, word: &str, sound: u32, letters: u32) -> u8 {
        if word == self.typed {
            return SAME;
        }
        if word.contains(self.typed) || self.ways.iter().any(|way| word.contains(way)) {
            return PART;
        }
        if word.len() < SHORTEST {
            return FAR;
        }
        if sound == self.sound {
            return SOUND;
        }
        let length = word.chars().count();
        let edits = match length.max(self.length) {
            FOR_TWO_EDITS.. => 2,
            FOR_ONE_EDIT.. => 1,
            _ => 0,
        };
        // Each edit changes two letters at most.
        let differing = (letters ^ self.letters).count_ones() as usize;
        if differing > 2 * edits || length.abs_diff(self.length) > edits {
            return FAR;
        }
        match strsim::osa_distance(self.typed, word) {
            distance if distance > edits => FAR,
            0 | 1 => ONE_EDIT,
            _ => TWO_EDITS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::FieldMap;
    use crate::search::{Query, Reach};
    use rstest::rstest;

    #[rstest]
    #[case::itself("olsen", "olsen", SAME)]
    #[case::its_beginning("ols", "olsen", PART)]
    #[case::a_sound("jakobsen", "jacobsen", SOUND)]
    #[case::a_sound_of_three_letters("tor", "thor", SOUND)]
    #[case::another_letter("hansen", "hensen", ONE_EDIT)]
    #[case::swapped("olsne", "olsen", ONE_EDIT)]
    #[case::left_out("hnsen", "hansen", ONE_EDIT)]
    #[case::one_too_many("hanssten", "hansten", SOUND)]
    #[case::two_of_eight("kristian", "kristine", TWO_EDITS)]
    #[case::two_of_eight_where_the_word_is_longer("kristia", "kristine", TWO_EDITS)]
    #[case::two_of_seven("johanna", "jahonna", FAR)]
    #[case::one_of_four_where_the_word_is_longer("rne", "rune", ONE_EDIT)]
    #[case::a_form("azz", "as", FAR)]
    #[case::one_of_three("kar", "kal", FAR)]
    #[case::another_name("olsen", "berg", FAR)]
    fn a_word_is_near_by_sound_or_by_few_edits(
        #[case] typed: &str,
        #[case] word: &str,
        #[case] expected: u8,
    ) {
        let query = Query::search(typed, Reach::Standard, &FieldMap::default());
        let near = Near::new(typed, &query.terms[0]);
        assert_eq!(near.closeness(word, sound_of(word), letters_of(word)), expected);
    }
}
