//! Text that grows by graphemes and stays within bounds, so that neither a long value nor a single tall grapheme can
//! fill the screen. It decides what fits, not what is clean.

#[cfg(test)]
mod tests;

use super::class;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// The most code points in a grapheme: its first and 8 further ones.
const GRAPHEME_CHARACTERS: usize = 9;
/// The most bytes in a grapheme.
const GRAPHEME_BYTES: usize = 32;
/// Stands where text was cut.
const ELLIPSIS: &str = "…";

/// How much text a place takes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Limit {
    /// Counted in graphemes.
    Graphemes(usize),
    /// Counted in code points.
    Characters(usize),
    /// Counted in bytes of UTF-8.
    Bytes(usize),
}

impl Limit {
    /// Whether text of [`class::plain_len`] fits, in time that doesn't grow with text that can't.
    pub(super) fn holds_plain(self, text: &str) -> bool {
        match self {
            Self::Bytes(most) => text.len() <= most,
            Self::Graphemes(most) | Self::Characters(most) => {
                // A plain character has at most two bytes.
                text.len() <= most || (text.len() <= 2 * most && text.chars().count() <= most)
            }
        }
    }

    fn most(self) -> usize {
        match self {
            Self::Graphemes(most) | Self::Characters(most) | Self::Bytes(most) => most,
        }
    }

    /// The most that may be used while a cut there still has room for its ellipsis.
    fn most_before_cut(self) -> usize {
        let ellipsis = if matches!(self, Self::Bytes(_)) { ELLIPSIS.len() } else { 1 };
        self.most().saturating_sub(ellipsis)
    }
}

/// The text so far, its last grapheme, and where it would be cut.
///
/// Each decision depends only on the last grapheme and on what is added, never on what was left out before: this is
/// what makes cleaning twice the same as cleaning once.
pub(super) struct Bounded {
    text: String,
    limit: Limit,
    /// Where the last grapheme starts.
    last: usize,
    graphemes: usize,
    characters: usize,
    /// The end of the last grapheme after which an ellipsis fits.
    cut_at: usize,
    is_cut: bool,
}

impl Bounded {
    /// Empty text that will hold at most `limit`.
    pub(super) fn new(limit: Limit) -> Self {
        Self { text: String::new(), limit, last: 0, graphemes: 0, characters: 0, cut_at: 0, is_cut: false }
    }

    /// Whether the limit was reached, so that whatever is added now is lost.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The text so far.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The text.
    pub(super) fn into_string(self) -> String {
        self.text
    }

    /// The last grapheme; empty iff the text is.
    pub(super) fn last_grapheme(&self) -> &str {
        self.text.get(self.last..).unwrap_or_default()
    }

    /// Whether `unit` could still join the last grapheme.
    pub(super) fn has_room(&self, unit: &str) -> bool {
        let last = self.last_grapheme();
        last.len() + unit.len() <= GRAPHEME_BYTES
            && last.chars().count() + unit.chars().count() <= GRAPHEME_CHARACTERS
    }

    /// Adds marks where the last grapheme has room for them all; else they are left out.
    pub(super) fn extend(&mut self, marks: &str) {
        if self.has_room(marks) {
            self.push(marks);
        }
    }

    /// Adds a character, or an emoji of at most 28 bytes and 8 code points, that must not be lost: where it would join a
    /// full grapheme, it takes the place of what joins it.
    pub(super) fn push(&mut self, unit: &str) {
        while !self.is_cut {
            let start = self.text.len();
            self.text.push_str(unit);
            if self.is_border(start) {
                return self.open(start, unit);
            }
            self.text.truncate(start);
            if self.has_room(unit) {
                self.text.push_str(unit);
                return self.count(unit);
            }
            self.pop();
        }
    }

    /// Adds text in which each character is a grapheme of its own.
    pub(super) fn push_plain(&mut self, text: &str) {
        let mut rest = text;
        // What stands before may still take in the first of them, and what goes over the limit is cut by grapheme.
        while let Some(first) = rest.chars().next().filter(|_| !self.is_cut) {
            let (head, tail) = rest.split_at(first.len_utf8());
            self.push(head);
            // No limit counts more than one for a byte of plain text.
            let room = self.limit.most_before_cut().saturating_sub(self.used());
            let (run, tail) = tail.split_at(tail.floor_char_boundary(room));
            self.push_run(run);
            rest = tail;
        }
    }

    /// Ends the text here, with an ellipsis in place of what can't follow.
    pub(super) fn cut(&mut self) {
        if self.is_cut {
            return;
        }
        if self.used() > self.limit.most_before_cut() {
            self.text.truncate(self.cut_at);
        }
        // A joiner would have nothing to join, and what joins the ellipsis would hide the cut.
        while self.text.chars().next_back().is_some_and(|c| class::is_joiner(c) || takes_in_ellipsis(c)) {
            self.text.pop();
        }
        self.text.push_str(ELLIPSIS);
        self.is_cut = true;
    }

    fn push_run(&mut self, run: &str) {
        let Some(last) = run.chars().next_back() else {
            return;
        };
        self.text.push_str(run);
        self.last = self.text.len() - last.len_utf8();
        self.cut_at = self.last;
        let characters = run.chars().count();
        self.graphemes += characters;
        self.characters += characters;
    }

    /// Whether a grapheme ends at byte `at`, which lies in what starts with the last grapheme.
    fn is_border(&self, at: usize) -> bool {
        let tail = self.last_grapheme();
        // Only an incomplete chunk is an error, and this one starts where the grapheme does.
        GraphemeCursor::new(at - self.last, tail.len(), true).is_boundary(tail, 0).unwrap_or(true)
    }

    fn open(&mut self, start: usize, unit: &str) {
        if self.used_with(start) <= self.limit.most_before_cut() {
            self.cut_at = start;
        }
        self.last = start;
        self.graphemes += 1;
        self.count(unit);
    }

    fn count(&mut self, unit: &str) {
        self.characters += unit.chars().count();
        if self.used() > self.limit.most() {
            self.cut();
        }
    }

    fn used(&self) -> usize {
        self.used_with(self.text.len())
    }

    /// What is used of the limit when the text has `bytes`.
    fn used_with(&self, bytes: usize) -> usize {
        match self.limit {
            Limit::Graphemes(_) => self.graphemes,
            Limit::Characters(_) => self.characters,
            Limit::Bytes(_) => bytes,
        }
    }

    /// Takes back the last character.
    fn pop(&mut self) {
        self.text.pop();
        self.characters -= 1;
    }
}

fn takes_in_ellipsis(c: char) -> bool {
    let mut pair = String::from(c);
    pair.push_str(ELLIPSIS);
    pair.graphemes(true).count() == 1
}
