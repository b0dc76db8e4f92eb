//! "Did you mean": the names that are nearest to words that no customer has, by edit distance.

use crate::cube::Record;
use crate::list::Searchable;
use crate::list::row_text::FIELD_END;
use crate::text::{self, Place};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// More names than this are not offered.
const AT_MOST: usize = 3;

/// The words of customers' names that are nearest to `words`, which are folded: the nearest first, of equals the
/// more frequent. None for words that nothing is near to; `None` iff `cancelled` was set before the end.
#[must_use]
pub fn run(words: &[String], pages: &[Searchable], cancelled: &AtomicBool) -> Option<Vec<String>> {
    let near: Option<Vec<BTreeMap<String, Near>>> = pages
        .par_iter()
        .map(|page| (!cancelled.load(Ordering::Relaxed)).then(|| on_page(words, page)))
        .collect();
    let mut all: BTreeMap<String, Near> = BTreeMap::new();
    for (folded, near) in near?.into_iter().flatten() {
        let known = all.entry(folded).or_insert_with(|| Near { times: 0, ..near.clone() });
        known.times += near.times;
    }
    let mut all: Vec<Near> = all.into_values().collect();
    all.sort_by(|a, b| (a.distance, b.times, &a.name).cmp(&(b.distance, a.times, &b.name)));
    Some(all.into_iter().take(AT_MOST).map(|near| near.name).collect())
}

/// A word of a name that is near.
#[derive(Debug, Clone)]
struct Near {
    name: String,
    distance: usize,
    times: usize,
}

fn on_page(words: &[String], page: &Searchable) -> BTreeMap<String, Near> {
    let mut near: BTreeMap<String, Near> = BTreeMap::new();
    let mut records = page.segment.records();
    for index in page.segment.indices() {
        let line = page.segment.lines().line(index);
        let name = line.split(FIELD_END).nth(1).unwrap_or_default();
        let folded_words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        for folded in folded_words {
            if let Some(known) = near.get_mut(folded) {
                known.times += 1;
            } else if let Some(distance) = words.iter().filter_map(|wanted| distance(wanted, folded)).min()
                && let Some(name) = as_written(&records.record(index), folded)
            {
                near.insert(folded.to_owned(), Near { name, distance, times: 1 });
            }
        }
    }
    near
}

/// A word of a customer's name as it is written there. `None` where it is only in the other form of the name.
fn as_written(record: &Record<'_>, folded: &str) -> Option<String> {
    let standard = record.standard();
    let name = text::clean(&standard.name, Place::Row);
    let words = name.as_str().split(|c: char| !c.is_alphanumeric());
    words.into_iter().find(|word| text::fold(word) == folded).map(str::to_owned)
}

/// How far a word is from the wanted one. `None` when too far to be meant.
fn distance(wanted: &str, word: &str) -> Option<usize> {
    let length = wanted.chars().count();
    let most = match length {
        0..=2 => return None,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    };
    if word.chars().count().abs_diff(length) > most {
        return None;
    }
    Some(strsim::osa_distance(wanted, word)).filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::one_letter("olsne", "olsen", Some(1))]
    #[case::left_out("harklipperi", "harkliperi", Some(1))]
    #[case::too_far("olsen", "berg", None)]
    #[case::one_of_seven("perssen", "persson", Some(1))]
    #[case::two_of_four("klip", "lie", None)]
    #[case::too_short("ol", "ola", None)]
    fn near_is_a_letter_or_two_or_three(
        #[case] wanted: &str,
        #[case] word: &str,
        #[case] far: Option<usize>,
    ) {
        assert_eq!(distance(wanted, word), far);
    }
}
