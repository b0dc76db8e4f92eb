//! One way in which a term may hold, made ready to be looked for in the lines of a page; and the rank of each hit.

use crate::list::letters::{Letters, letter_of};
use crate::list::lines::{BEGINNING, Lines, beginning};
use crate::list::phone::AFTER_COUNTRY;
use crate::list::row_text::{FIELD_END, OTHER_FORM, is_divider, is_end};
use crate::list::word_parts::FIRST_PART;
use crate::search::divided::Divided;
use crate::search::part::Part;
use crate::search::pieces::each_piece;
use crate::search::query::{Alternative, Lead};
use crate::search::rank::{NO_HIT, Rank};
use crate::search::run::FEW;
use crate::text;
use memchr::arch::all::packedpair::HeuristicFrequencyRank;
use memchr::memmem::{Finder, FinderBuilder};

/// A text shorter than this is no whole number, and is a part of most others: to look for it behind the dividers is
/// cheaper.
const SHORT: usize = 3;

/// This many last digits tell a number.
const LAST_DIGITS: usize = 4;

/// How frequent bytes are in lines, which are another text than what searchers are usually made for: the rarest two of
/// a text are what it is looked for by.
struct InLines;

impl HeuristicFrequencyRank for InLines {
    fn rank(&self, byte: u8) -> u8 {
        const LETTERS: &[u8; 26] = b"qxzwcyufpbvhjmgdkiltosanre";
        match byte {
            b'a'..=b'z' => {
                let place = LETTERS.iter().position(|&letter| letter == byte).unwrap_or_default();
                100 + 5 * u8::try_from(place).unwrap_or_default()
            }
            // Ids of one account begin alike, and 47 stands before every Norwegian number.
            b'4' | b'7' => 250,
            b'1' | b'2' | b'9' => 245,
            b'0'..=b'9' => 240,
            b' ' | b'.' | b'@' => 235,
            _ if is_end(byte) || byte == AFTER_COUNTRY as u8 => 255,
            _ => 50,
        }
    }
}

/// A wanted text with its searchers.
pub(crate) struct Needle<'q> {
    wanted: &'q Alternative,
    finder: Finder<'q>,
    /// For a short text that must stand at the beginning of a field: with each of the dividers that may be before it.
    leads: Vec<Finder<'static>>,
    /// Its only character, where that is a letter or a digit and may stand anywhere.
    letter: Option<usize>,
    /// The same with signs between its letters.
    divided: Option<Divided<'q>>,
    /// Whether it can be a whole phone number.
    is_number: bool,
    /// Whether it is the form of a company.
    is_form: bool,
    /// Whether any hit will do, because such rows are left out.
    any_will_do: bool,
}

impl<'q> Needle<'q> {
    pub(crate) fn new(wanted: &'q Alternative, any_will_do: bool) -> Self {
        let pattern = wanted.pattern.as_bytes();
        let is_short = wanted.lead == Lead::Start && pattern.len() < SHORT;
        let leads = if is_short { vec![FIELD_END, AFTER_COUNTRY, OTHER_FORM] } else { Vec::new() };
        let with = |lead: char| finder(&[&[lead as u8], pattern].concat()).into_owned();
        let may_be_anywhere = wanted.part.is_none() && wanted.lead == Lead::Any;
        Self {
            wanted,
            finder: finder(pattern),
            leads: leads.into_iter().map(with).collect(),
            letter: letter_of(pattern).filter(|_| may_be_anywhere),
            divided: (wanted.lead == Lead::Divided).then(|| Divided::new(&wanted.pattern)),
            is_number: pattern.iter().all(|&byte| byte.is_ascii_digit() || byte == AFTER_COUNTRY as u8),
            is_form: wanted.part.is_none_or(|part| part == Part::Name)
                && text::is_company_form(&wanted.pattern),
            any_will_do,
        }
    }

    /// The text that is looked for.
    pub(crate) fn pattern(&self) -> &str {
        &self.wanted.pattern
    }

    /// Whether the text is anywhere in another one: of a field that is not in the lines.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        match self.wanted.lead {
            // A query that narrows another one relies on it: only the lines are looked through for these.
            Lead::Divided => false,
            _ => self.finder.find(text.as_bytes()).is_some(),
        }
    }

    /// Its only character, where that is a letter or a digit and may stand anywhere.
    pub(crate) fn letter(&self) -> Option<usize> {
        self.letter
    }

    /// Calls `hit` with the number of each piece of a text that holds it; `accepts` is asked of each place: the piece's
    /// number, where it starts, and the place.
    pub(crate) fn each_in(
        &self,
        (text, ends): (&str, impl Iterator<Item = usize>),
        accepts: impl Fn(usize, usize, usize) -> bool,
        hit: impl FnMut(usize),
    ) {
        if self.wanted.lead != Lead::Divided {
            each_piece(&self.finder, (text, ends), accepts, hit);
        }
    }

    /// Notes for each row that is hit the rank of its best hit, unless a better one is noted there.
    pub(crate) fn mark(&self, lines: &Lines, letters: &Letters, ranks: &mut [u8]) {
        match self.letter.filter(|_| !lines.odd().short) {
            Some(letter) => self.mark_letter(letter, lines, letters, ranks),
            None if self.wanted.lead == Lead::Divided => self.mark_divided(lines, letters, ranks),
            None if !self.leads.is_empty() => self.mark_behind_dividers(lines, ranks),
            None => self.mark_anywhere(lines, ranks),
        }
    }

    /// The rank of the best hit in the line of one row. `None` iff there is no hit.
    pub(crate) fn best_in(&self, line: &str) -> Option<Rank> {
        let line = line.as_bytes();
        if let Some(divided) = &self.divided {
            let next = |from: usize| divided.find(line, from);
            let mut hits = std::iter::successors(next(0), |last| next(last.start + 1));
            return hits.any(|hit| self.is_in_part(line, hit.start)).then_some(Rank::WordStart);
        }
        let mut best: Option<Rank> = None;
        for at in self.finder.find_iter(line) {
            if let Some(rank) = self.rank_at(line, 0, at) {
                best = Some(best.map_or(rank, |best| best.min(rank)));
                if rank <= Rank::ExactPhone {
                    break;
                }
            }
        }
        best
    }

    /// Whether signs divide its letters.
    pub(crate) fn is_divided(&self) -> bool {
        self.divided.is_some()
    }

    /// Notes the rows in which signs divide it. Only those are looked at that may have it, as far as letters tell.
    pub(crate) fn mark_divided(&self, lines: &Lines, letters: &Letters, ranks: &mut [u8]) {
        let Some(divided) = &self.divided else { return };
        let rows = letters.may_divide(&self.wanted.pattern, FIRST_PART);
        let mut note = |row: usize| {
            if let Some(noted) = ranks.get_mut(row) {
                *noted = (*noted).min(Rank::WordStart as u8);
            }
        };
        let may_be: usize = rows.iter().map(|bits| bits.count_ones() as usize).sum();
        if may_be * FEW > lines.len() {
            let text = lines.text().as_bytes();
            let accepts = |_, start: usize, at: usize| {
                let line = text.get(start..).unwrap_or_default();
                divided.end_at(text, at).is_some() && self.is_in_part(line, at - start)
            };
            return each_piece(divided.beginning(), (lines.text(), lines.ends().iter()), accepts, note);
        }
        for (first, mut bits) in (0..).step_by(64).zip(rows) {
            while bits != 0 {
                let row = first + bits.trailing_zeros();
                bits &= bits - 1;
                if self.best_in(lines.line(row)).is_some() {
                    note(row as usize);
                }
            }
        }
    }

    fn is_in_part(&self, line: &[u8], at: usize) -> bool {
        self.wanted.part.is_none_or(|wanted| wanted == Part::at(line, at))
    }

    fn mark_letter(&self, letter: usize, lines: &Lines, letters: &Letters, ranks: &mut [u8]) {
        letters.mark(letter, [Rank::WordStart as u8, Rank::Inside as u8, NO_HIT], ranks);
        if self.is_number || lines.odd().worded_ids {
            self.mark_beginnings(lines, ranks);
        }
    }

    /// Notes the rows that begin with the text, and so their ids.
    fn mark_beginnings(&self, lines: &Lines, ranks: &mut [u8]) {
        let pattern = self.wanted.pattern.as_bytes();
        let wanted = beginning(pattern);
        let mask = if pattern.len() < BEGINNING { (1 << (8 * pattern.len())) - 1 } else { u32::MAX };
        for ((row, &known), noted) in (0..).zip(lines.beginnings()).zip(ranks) {
            if known & mask != wanted {
                continue;
            }
            let behind = if pattern.len() < BEGINNING {
                known.to_le_bytes().get(pattern.len()).copied()
            } else {
                // The first bytes are alike; the rest, and what follows it, stand in the line.
                let line = lines.line(row).as_bytes();
                match line.strip_prefix(pattern) {
                    Some(rest) => rest.first().copied(),
                    None => continue,
                }
            };
            let is_whole = behind.is_none_or(is_divider);
            let rank = if is_whole { Rank::ExactId } else { Rank::IdPrefix };
            *noted = (*noted).min(rank as u8);
        }
    }

    /// Whether it is shorter than any whole number, but for odd ones: a calling code before it does not count.
    fn is_short(&self) -> bool {
        self.wanted.pattern.rsplit(AFTER_COUNTRY).next().is_some_and(|behind| behind.len() < SHORT)
    }

    /// Whether all ids of a page seem to begin with this number, as those of one account begin alike.
    fn begins_most(&self, lines: &Lines) -> bool {
        let last = u32::try_from(lines.len()).unwrap_or_default().saturating_sub(1);
        let samples = [0, last / 3, last / 3 * 2, last];
        self.is_number && samples.iter().all(|&row| lines.line(row).starts_with(&self.wanted.pattern))
    }

    fn mark_anywhere(&self, lines: &Lines, ranks: &mut [u8]) {
        let may_be_id = self.wanted.part.is_none_or(|part| part == Part::Id);
        if may_be_id && self.wanted.lead == Lead::Any && self.begins_most(lines) {
            self.mark_beginnings(lines, ranks);
            if !ranks.contains(&NO_HIT) {
                return;
            }
        }
        let text = lines.text().as_bytes();
        // In a row that holds only numbers as numbers, nothing is better than the beginning of a word for a word.
        let enough = match () {
            () if self.any_will_do => Rank::Inside,
            () if self.is_short() && !lines.odd().short => Rank::WordStart,
            () if self.is_number || lines.odd().worded_phones || lines.odd().worded_ids => Rank::ExactPhone,
            () => Rank::WordStart,
        };
        let (mut start, mut from) = (0, 0);
        let mut part = None;
        let mut rows = lines.ends().iter().zip(ranks);
        let Some((mut end, mut noted)) = rows.next() else { return };
        while let Some(hit) = text.get(from..).and_then(|rest| self.finder.find(rest)) {
            let at = from + hit;
            while at >= end {
                start = end;
                part = None;
                let Some(next) = rows.next() else { return };
                (end, noted) = next;
            }
            if let Some(wanted) = self.wanted.part {
                let row = || text.get(start..end).unwrap_or_default();
                let part = *part.get_or_insert_with(|| start + wanted.start(row()));
                if at < part {
                    from = part;
                    continue;
                } else if !wanted.goes_on(text.get(part..at).unwrap_or_default()) {
                    from = end;
                    continue;
                }
            }
            from = at + 1;
            if let Some(rank) = self.rank_in_part(text, start, at) {
                *noted = (*noted).min(rank as u8);
                if rank <= enough {
                    from = end;
                }
            }
        }
    }

    fn mark_behind_dividers(&self, lines: &Lines, ranks: &mut [u8]) {
        let text = lines.text().as_bytes();
        if self.wanted.part.is_none_or(|part| part == Part::Id) {
            self.mark_beginnings(lines, ranks);
        }
        for lead in &self.leads {
            let mut start = 0;
            let mut rows = lines.ends().iter().zip(&mut *ranks);
            let Some((mut end, mut noted)) = rows.next() else { return };
            'hits: for hit in lead.find_iter(text) {
                while hit >= end {
                    start = end;
                    let Some(next) = rows.next() else { break 'hits };
                    (end, noted) = next;
                }
                *noted = (*noted).min(self.rank_at(text, start, hit + 1).map_or(NO_HIT, |rank| rank as u8));
            }
        }
    }

    /// The rank of a hit at `at` of `text`, in the row that begins at `row`. `None` where it does not count.
    fn rank_at(&self, text: &[u8], row: usize, at: usize) -> Option<Rank> {
        let is_there = self.is_in_part(text.get(row..)?, at - row);
        is_there.then(|| self.rank_in_part(text, row, at))?
    }

    /// The same of a hit that is in the part that must hold it.
    fn rank_in_part(&self, text: &[u8], row: usize, at: usize) -> Option<Rank> {
        let end = at + self.wanted.pattern.len();
        let Lead::Number(lead) = &self.wanted.lead else {
            return self.rank_between(text, row, (at, end));
        };
        let typed = at.checked_sub(lead.typed.len()).filter(|&start| start >= row && start < at);
        let as_typed = typed.filter(|&start| text.get(start..at) == Some(lead.typed.as_bytes()));
        let as_typed = as_typed.and_then(|start| self.rank_between(text, row, (start, end)));
        as_typed.into_iter().chain(lead.rank(text, row, (at, end))).min()
    }

    fn rank_between(&self, text: &[u8], row: usize, (at, end): (usize, usize)) -> Option<Rank> {
        let before = if at == row { None } else { at.checked_sub(1).and_then(|at| text.get(at)).copied() };
        let starts_number = before.is_none_or(|byte| is_divider(byte) || byte == AFTER_COUNTRY as u8);
        if self.wanted.lead == Lead::Start && !starts_number {
            return None;
        }
        let here = || Part::at(text.get(row..).unwrap_or_default(), at - row);
        let part = || self.wanted.part.unwrap_or_else(here);
        let next = text.get(end).copied();
        let ends = next.is_none_or(is_end);
        let ends_word = next.is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
        if !starts_number {
            let starts_word = before.is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
            return Some(match starts_word {
                true if self.is_form && ends_word && part() == Part::Name => Rank::CompanyForm,
                true => Rank::WordStart,
                false if ends && self.is_number && end - at >= LAST_DIGITS && part() == Part::Phone => {
                    Rank::NumberEnd
                }
                false => Rank::Inside,
            });
        }
        // Behind the beginning of a row, only the other form of its id begins in the id.
        let is_id = at == row || (before == Some(OTHER_FORM as u8) && part() == Part::Id);
        Some(match ends {
            true if is_id => Rank::ExactId,
            false if is_id => Rank::IdPrefix,
            true if part() == Part::Phone => Rank::ExactPhone,
            false if self.is_form && ends_word && part() == Part::Name => Rank::CompanyForm,
            _ => Rank::WordStart,
        })
    }
}

/// Looks for a folded text by its rarest bytes.
pub(crate) fn finder(pattern: &[u8]) -> Finder<'_> {
    FinderBuilder::new().build_forward_with_ranker(InLines, pattern)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::Standard;
    use crate::text::Country;
    use rstest::rstest;

    fn lines() -> Lines {
        let mut lines = Lines::default();
        lines.push(
            &Standard { id: "1".into(), name: "Nobody".into(), ..Standard::default() },
            Country::default(),
        );
        lines.push(
            &Standard {
                id: "9120011888".into(),
                name: "Joel Hårklipperi Ås".into(),
                phone_1: "+47 909 09 088".into(),
                phone_2: "".into(),
                phone_3: "Kari: 95499097".into(),
                email: "per.olsen@klipperiet.no".into(),
            },
            Country::default(),
        );
        lines
    }

    /// The rank of the second row, which must be the same whether its line or the whole page is searched.
    fn rank_of(pattern: &str, part: Option<Part>, anchored: bool) -> Option<Rank> {
        let lead = if anchored { Lead::Start } else { Lead::Any };
        let wanted = Alternative { pattern: pattern.to_owned(), part, lead };
        let needle = Needle::new(&wanted, false);
        let lines = lines();
        let mut ranks = [NO_HIT; 2];
        needle.mark(&lines, &Letters::new(&lines), &mut ranks);
        let best = needle.best_in(lines.line(1));
        assert_eq!(best.map_or(NO_HIT, |rank| rank as u8), ranks[1]);
        best
    }

    #[rstest]
    #[case::whole_id("9120011888", Rank::ExactId)]
    #[case::beginning_of_the_id("9120", Rank::IdPrefix)]
    #[case::first_digit_of_the_id("9", Rank::IdPrefix)]
    #[case::national_number("90909088", Rank::ExactPhone)]
    #[case::whole_number("47\u{1c}90909088", Rank::ExactPhone)]
    #[case::beginning_of_a_number("909090", Rank::WordStart)]
    #[case::number_beside_words("95499097", Rank::ExactPhone)]
    #[case::word_beside_a_number("kari", Rank::WordStart)]
    #[case::all_the_words_beside_a_number("kari: 95499097", Rank::ExactPhone)]
    #[case::first_word("jol", Rank::WordStart)]
    #[case::word_with_ae_and_oe_kept_apart("oel", Rank::Inside)]
    #[case::folded_word("hark", Rank::WordStart)]
    #[case::after_a_dot("olsen", Rank::WordStart)]
    #[case::inside_a_word("klipperi", Rank::WordStart)]
    #[case::only_inside("lipperi", Rank::Inside)]
    #[case::first_letter_of_a_word("h", Rank::WordStart)]
    #[case::letter_inside("t", Rank::Inside)]
    fn a_hit_has_the_rank_of_what_it_is_in(#[case] pattern: &str, #[case] rank: Rank) {
        assert_eq!(rank_of(pattern, None, false), Some(rank));
    }

    #[test]
    fn a_field_name_keeps_other_fields_out() {
        assert_eq!(rank_of("klip", Some(Part::Email), false), Some(Rank::WordStart));
        assert_eq!(rank_of("klip", Some(Part::Id), false), None);
        assert_eq!(rank_of("kari", Some(Part::Name), false), None);
    }

    #[test]
    fn an_anchored_pattern_stands_at_the_beginning_only() {
        assert_eq!(rank_of("909", Some(Part::Phone), true), Some(Rank::WordStart));
        assert_eq!(rank_of("95499097", Some(Part::Phone), true), Some(Rank::ExactPhone));
        assert_eq!(rank_of("088", Some(Part::Phone), true), None);
        assert_eq!(rank_of("0011", Some(Part::Id), true), None);
        assert_eq!(rank_of("912", Some(Part::Id), true), Some(Rank::IdPrefix));
    }
}
