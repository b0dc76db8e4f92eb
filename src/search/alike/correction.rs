//! Corrected lines: the wrong words alone replaced, by words as customers' names have them.

use super::Combination;
use crate::cube::Record;
use crate::search::Unsearched;
use crate::text::{self, Place};
use std::collections::HashMap;

/// No more lines are offered.
const MOST_LINES: usize = 3;
/// No more words are named.
const MOST_WORDS: usize = 5;

/// The words that are near, with the number of customers who have them, and the lines with them.
pub(super) fn words_and_lines(
    line: &str,
    pieces: &[&str],
    combinations: &HashMap<Vec<String>, Combination>,
    pages: &[Unsearched],
) -> (Vec<(String, usize)>, Vec<String>) {
    let mut best: Vec<(&Vec<String>, &Combination)> = combinations.iter().collect();
    best.sort_by_key(|(words, found)| (found.score / 2, std::cmp::Reverse(found.rows), found.first, *words));
    let mut lines: Vec<String> = Vec::new();
    for (words, found) in best.iter().take(MOST_LINES) {
        let record = record(found, pages);
        let replaced = pieces.iter().zip(words.iter()).filter(|(_, word)| !word.is_empty());
        let corrected = replaced.fold(line.to_owned(), |line, (piece, word)| {
            replace(&line, piece, &as_written(record.as_ref(), word))
        });
        if corrected != line && !lines.contains(&corrected) {
            lines.push(corrected);
        }
    }
    (near_words(&best, pages), lines)
}

/// The words that are near, the most frequent first.
fn near_words(best: &[(&Vec<String>, &Combination)], pages: &[Unsearched]) -> Vec<(String, usize)> {
    let mut counts: HashMap<&str, (usize, &Combination)> = HashMap::new();
    for (words, found) in best {
        for word in words.iter().filter(|word| !word.is_empty()) {
            counts.entry(word).or_insert((0, found)).0 += found.rows;
        }
    }
    let mut words: Vec<_> = counts.into_iter().collect();
    words.sort_by_key(|(word, (rows, _))| (std::cmp::Reverse(*rows), *word));
    let written = |(word, (rows, found)): (&str, (usize, &Combination))| {
        (as_written(record(found, pages).as_ref(), word), rows)
    };
    words.into_iter().take(MOST_WORDS).map(written).collect()
}

fn record(found: &Combination, pages: &[Unsearched]) -> Option<Record<'static>> {
    let page = pages.iter().find(|page| page.searchable.page == found.first.page)?;
    Some(page.searchable.segment.record(found.first.index))
}

/// A folded word as a customer's name has it.
fn as_written(record: Option<&Record<'_>>, folded: &str) -> String {
    let name = record.map(|record| text::clean(&record.standard().name, Place::Row).to_string());
    let name = name.unwrap_or_default();
    let written = runs(&name).map(|(_, run)| run).find(|run| text::fold(run) == folded);
    written.unwrap_or(folded).to_owned()
}

/// The line with each run of letters that folds to `piece` replaced.
fn replace(line: &str, piece: &str, word: &str) -> String {
    let mut corrected = String::new();
    let mut end = 0;
    for (at, run) in runs(line).filter(|(_, run)| text::fold(run) == piece) {
        corrected.push_str(line.get(end..at).unwrap_or_default());
        corrected.push_str(word);
        end = at + run.len();
    }
    corrected + line.get(end..).unwrap_or_default()
}

/// The words of a text with their places: what is between hyphens and other signs, apostrophes and accents within.
pub(super) fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_sign = |c: char| !c.is_alphanumeric() && !text::fold(c.encode_utf8(&mut [0; 4])).is_empty();
    let start = text.as_ptr() as usize;
    text.split(is_sign).filter(|run| !run.is_empty()).map(move |run| (run.as_ptr() as usize - start, run))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::the_wrong_word_alone("kari olsne", "olsne", "Olsen", "kari Olsen")]
    #[case::in_capitals("KARI OLSNE", "olsne", "Olsen", "KARI Olsen")]
    #[case::a_part_of_a_hyphenated_name("anne-marei olsen", "marei", "Marie", "anne-Marie olsen")]
    #[case::in_a_field("name:olsne 909", "olsne", "Olsen", "name:Olsen 909")]
    #[case::in_quotes("\"olsne\"", "olsne", "Olsen", "\"Olsen\"")]
    #[case::with_an_apostrophe("o’connr", "oconnr", "O’Connor", "O’Connor")]
    #[case::a_part_of_a_word_stays("olsnes", "olsne", "Olsen", "olsnes")]
    fn a_word_is_replaced_where_it_is(
        #[case] line: &str,
        #[case] piece: &str,
        #[case] word: &str,
        #[case] corrected: &str,
    ) {
        assert_eq!(replace(line, piece, word), corrected);
    }
}
