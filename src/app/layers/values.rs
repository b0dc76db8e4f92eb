//! The list of the values of a column, with how many customers have each. Those that are marked become a filter.

use super::{Narrowed, Outcome, Wish};
use crate::app::Ticket;
use crate::keys::Action;
use crate::search::Condition;
use crate::search::counts::{Counts, ValueCount};
use crate::text::{self, Place, RawText, SafeText};
use std::sync::Arc;

/// The open list of values.
#[derive(Debug)]
pub struct ValueMenu {
    /// The column's key.
    pub key: Arc<str>,
    /// What the column is called.
    pub label: SafeText<'static>,
    /// What is typed, and the selected one of the lines that are listed.
    pub narrowed: Narrowed,
    /// What was counted. `None` until that is known.
    pub counts: Option<Arc<Counts>>,
    /// Whether those who are found were counted, and not the whole list.
    pub is_of_found: bool,
    /// Whether ranges are listed, and not the values themselves.
    pub shows_ranges: bool,
    marked: Vec<Listed>,
    counting: Option<Asked>,
    /// The rows that were counted, as they were then.
    counted: Option<Rows>,
}

/// What rows there were when they were counted: how often they had changed, and how many there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) struct Rows {
    /// How often rows had come, gone or changed.
    pub changes: u64,
    /// How many there were.
    pub len: usize,
}

/// A count that is under way.
#[derive(Debug, Clone, Copy)]
struct Asked {
    ticket: Ticket,
    rows: Rows,
    is_of_found: bool,
}

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// A value, as the first customer has it.
    Value(String),
    /// A range, as a filter has it.
    Range(String),
    /// No value.
    Nothing,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueLine {
    /// What it is about.
    pub listed: Listed,
    /// Its text. Empty for no value.
    pub text: SafeText<'static>,
    /// How many customers it is about.
    pub customers: usize,
    /// Whether it is marked.
    pub is_marked: bool,
}

impl ValueMenu {
    /// A list that is not counted yet.
    #[must_use]
    pub(in crate::app) fn new(key: Arc<str>, label: SafeText<'static>) -> Self {
        Self {
            key,
            label,
            narrowed: Narrowed::default(),
            counts: None,
            is_of_found: false,
            shows_ranges: false,
            marked: Vec::new(),
            counting: None,
            counted: None,
        }
    }

    /// Whether these rows are to be counted. While more of them `come`, only once they are a good part more.
    pub(in crate::app) fn wants_count(&self, rows: Rows, come: bool) -> bool {
        let has_grown = |counted: Rows| rows.len >= counted.len + counted.len / 8;
        let is_old = self.counted.is_none_or(|counted| counted != rows && (!come || has_grown(counted)));
        self.counting.is_none() && is_old
    }

    /// Rows are being counted.
    pub(in crate::app) fn asked(&mut self, ticket: Ticket, rows: Rows, is_of_found: bool) {
        self.counting = Some(Asked { ticket, rows, is_of_found });
    }

    /// Takes in the counts, unless they answer another question. What is marked stays so as far as it is still there.
    pub(in crate::app) fn counted(&mut self, ticket: Ticket, counts: Counts) {
        let Some(asked) = self.counting.take_if(|asked| asked.ticket == ticket) else { return };
        let selected = self.selected();
        let is_first = self.counts.is_none();
        self.shows_ranges = !counts.ranges.is_empty() && (is_first || self.shows_ranges);
        (self.counts, self.counted) = (Some(Arc::new(counts)), Some(asked.rows));
        self.is_of_found = asked.is_of_found;
        let lines: Vec<Listed> = self.all().into_iter().map(|line| line.listed).collect();
        self.marked.retain(|marked| lines.contains(marked));
        let lines = self.lines();
        let row = lines.iter().position(|line| Some(&line.listed) == selected.as_ref());
        self.narrowed.row = row.unwrap_or_else(|| self.narrowed.row.min(lines.len().saturating_sub(1)));
    }

    /// The column is called otherwise now.
    pub(in crate::app) fn label_changed(&mut self, label: SafeText<'static>) {
        self.label = label;
    }

    /// Whether the values can be listed as ranges.
    #[must_use]
    pub fn has_ranges(&self) -> bool {
        self.counts.as_ref().is_some_and(|counts| !counts.ranges.is_empty())
    }

    /// All lines, whatever is typed.
    fn all(&self) -> Vec<ValueLine> {
        let Some(counts) = &self.counts else { return Vec::new() };
        let listed: Vec<(Listed, &ValueCount)> = if self.shows_ranges {
            counts.ranges.iter().map(|range| (Listed::Range(range.text.clone()), range)).collect()
        } else {
            counts.values.iter().map(|value| (Listed::Value(value.text.clone()), value)).collect()
        };
        let line = |(listed, count): (Listed, &ValueCount)| {
            let raw = RawText::from(count.text.as_str());
            let text = text::clean(&raw, Place::Row).into_owned();
            ValueLine { is_marked: self.marked.contains(&listed), listed, text, customers: count.customers }
        };
        let without = counts.customers - counts.any;
        let nothing = (without > 0).then(|| ValueLine {
            listed: Listed::Nothing,
            text: SafeText::default(),
            customers: without,
            is_marked: self.marked.contains(&Listed::Nothing),
        });
        listed.into_iter().map(line).chain(nothing).collect()
    }

    /// The lines that have what is typed.
    #[must_use]
    pub fn lines(&self) -> Vec<ValueLine> {
        let wanted = self.narrowed.wanted();
        let mut lines = self.all();
        if !wanted.is_empty() {
            lines.retain(|line| text::fold(line.text.as_str()).contains(&wanted));
        }
        lines
    }

    fn selected(&self) -> Option<Listed> {
        self.lines().into_iter().nth(self.narrowed.row).map(|line| line.listed)
    }

    /// Does what a key is for. `window` lines fit.
    pub(in crate::app) fn act(&mut self, action: Action, window: usize) -> Outcome {
        let last = self.lines().len().saturating_sub(1);
        match action {
            Action::Back => return Outcome::Wish(Wish::Close),
            Action::Mark => {
                self.mark();
                self.narrowed.step(Action::Down, window, last);
            }
            Action::SwitchFocus => {
                self.shows_ranges = !self.shows_ranges && self.has_ranges();
                self.marked.clear();
                self.narrowed.row = 0;
            }
            Action::Open => {
                let condition = self.condition();
                return condition.map_or(Outcome::Done, |condition| Outcome::Wish(Wish::Filter(condition)));
            }
            _ => return Outcome::of(self.narrowed.step(action, window, last)),
        }
        Outcome::Done
    }

    /// Marks the selected line, or no longer. Ranges between two that are marked are marked too, and whoever has no value
    /// is asked for alone, as a filter can say it.
    fn mark(&mut self) {
        let Some(selected) = self.selected() else { return };
        if let Some(at) = self.marked.iter().position(|marked| *marked == selected) {
            self.marked.remove(at);
        } else {
            let is_other = |marked: &Listed| (*marked == Listed::Nothing) != (selected == Listed::Nothing);
            self.marked.retain(|marked| !is_other(marked));
            self.marked.push(selected.clone());
        }
        if matches!(selected, Listed::Range(_)) {
            self.mark_between(&selected);
        }
    }

    /// Marks all ranges between the first and the last one that is marked; after one of these was taken out, those before it.
    fn mark_between(&mut self, selected: &Listed) {
        let lines: Vec<Listed> = self.all().into_iter().map(|line| line.listed).collect();
        let place = |listed: &Listed| lines.iter().position(|line| line == listed);
        let taken_out = place(selected).filter(|_| !self.marked.contains(selected));
        let mut places: Vec<usize> = self.marked.iter().filter_map(place).collect();
        places.sort_unstable();
        if let Some(at) = taken_out.filter(|at| places.first().is_some_and(|first| first < at)) {
            places.retain(|place| *place < at);
        }
        let between = places.first().zip(places.last()).and_then(|(first, last)| lines.get(*first..=*last));
        self.marked = between.unwrap_or_default().to_vec();
    }

    /// What the marked lines ask for, or the selected one where none is marked. `None` where there is none.
    fn condition(&self) -> Option<Condition> {
        let marked = if self.marked.is_empty() { vec![self.selected()?] } else { self.marked.clone() };
        match (marked.first()?, marked.last()?) {
            (Listed::Nothing, _) => Some(Condition::Empty),
            (Listed::Range(first), Listed::Range(last)) => {
                let (from, to) = (first.split_once("..")?.0, last.split_once("..")?.1);
                Some(Condition::Within(format!("{from}..{to}")))
            }
            _ => {
                let value = |listed| if let Listed::Value(value) = listed { Some(value) } else { None };
                Some(Condition::OneOf(marked.into_iter().filter_map(value).collect()))
            }
        }
    }
}
