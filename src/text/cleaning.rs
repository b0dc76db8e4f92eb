//! Makes what a server sent safe to show. What becomes of a single character is in [`class`], how much is kept in
//! [`bounded`](super::bounded); here neighbours meet: line ends, tabs, joiners, selectors and flags.

#[cfg(test)]
mod tests;

use super::bounded::{Bounded, Limit};
use super::class::{self, Class};
use super::{Place, RawText, SafeText};
use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

/// No more than this is ever looked at, so that 10 MB in a name cost no more than a screenful. It is at least twice
/// what any place holds: only text that is half invisible characters and stacked marks is cut here.
const WINDOW_BYTES: usize = 32 * 1024;
/// Tabs in the card reach to the next column divisible by this.
const TAB_COLUMNS: usize = 4;

impl Place {
    fn limit(self) -> Limit {
        match self {
            Self::Row => Limit::Graphemes(512),
            Self::Card | Self::Clipboard => Limit::Bytes(16 * 1024),
            Self::Message => Limit::Characters(200),
        }
    }
}

/// The text as it may stand in `place`: borrowed where it was clean already, and the same however often it is cleaned.
#[must_use]
pub fn clean<'a>(raw: &'a RawText<'_>, place: Place) -> SafeText<'a> {
    clean_str(raw.as_raw(), place)
}

/// [`clean()`] for text that was never a [`RawText`]: an argument, a path, a setting.
#[must_use]
pub fn clean_str(text: &str, place: Place) -> SafeText<'_> {
    if is_plain(text, place) {
        return SafeText(Cow::Borrowed(text));
    }
    let cleaned = Cleaner::new(place).run(text).out.into_string();
    SafeText(if cleaned == text { Cow::Borrowed(text) } else { Cow::Owned(cleaned) })
}

/// Whether bidi controls or invisible characters are in the text, as far as the card would show it: a name that is not
/// what it looks like. Joiners and selectors that do their work don't count; one between Latin letters does.
#[must_use]
pub fn hides_something(raw: &RawText<'_>) -> bool {
    let text = window(raw.as_raw());
    !text.is_ascii() && class::plain_len(text) < text.len() && Cleaner::new(Place::Card).run(text).hid
}

/// Whether a glance shows that nothing is to be done.
fn is_plain(text: &str, place: Place) -> bool {
    let is_plain = |line: &str| class::plain_len(line) == line.len();
    place.limit().holds_plain(text)
        && if place == Place::Card { text.split('\n').all(is_plain) } else { is_plain(text) }
}

fn window(text: &str) -> &str {
    text.get(..text.floor_char_boundary(WINDOW_BYTES)).unwrap_or(text)
}

/// One cleaning, from the first character on.
struct Cleaner {
    place: Place,
    out: Bounded,
    /// Read, and written once it is known to stand between two characters that it joins.
    joiner: Option<char>,
    /// Whether something was there that no one could see.
    hid: bool,
    /// Where in `out` the text after the last line end or tab starts, and the column it starts in.
    measured: (usize, usize),
}

impl Cleaner {
    fn new(place: Place) -> Self {
        Self { place, out: Bounded::new(place.limit()), joiner: None, hid: false, measured: (0, 0) }
    }

    fn run(mut self, text: &str) -> Self {
        let mut rest = window(text);
        let is_all = rest.len() == text.len();
        while !rest.is_empty() && !self.out.is_cut() {
            rest = self.step(rest);
        }
        self.drop_joiner();
        if !is_all {
            self.out.cut();
        }
        self
    }

    /// Takes what stands first in `rest`, and returns what comes after it.
    fn step<'t>(&mut self, rest: &'t str) -> &'t str {
        let (plain, after) = rest.split_at(class::plain_len(rest));
        if let Some(first) = plain.chars().next() {
            self.settle_joiner(first);
            self.out.push_plain(plain);
            return after;
        }
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return "" };
        let after = chars.as_str();
        match c {
            '\r' if after.starts_with('\n') => {}
            '\n' => self.end_line(),
            '\t' => self.tab(),
            class::BLACK_FLAG => return self.flag(rest),
            _ => match class::class_of(c) {
                Class::Selector => return self.selector(c, after),
                class => self.single(c, class),
            },
        }
        after
    }

    fn single(&mut self, c: char, class: Class) {
        match class {
            Class::Shown => self.show(c),
            Class::Extender => {
                self.settle_joiner(c);
                self.out.extend(c.encode_utf8(&mut [0; 4]));
            }
            Class::Replaced(picture) => self.show(picture),
            Class::Numbered => self.show_all(&format!("<{:02X}>", u32::from(c))),
            Class::Bidi(name) => {
                self.hid = true;
                if self.place == Place::Card {
                    self.show_all(name);
                }
            }
            Class::Joiner if self.joiner.is_none() => self.joiner = Some(c),
            Class::Hidden => {
                self.hid = true;
                if self.place == Place::Card {
                    self.show_all(&format!("<{:04X}>", u32::from(c)));
                }
            }
            Class::Joiner | Class::Selector => self.hid = true,
        }
    }

    fn show(&mut self, c: char) {
        self.settle_joiner(c);
        self.out.push(c.encode_utf8(&mut [0; 4]));
    }

    fn show_all(&mut self, ascii: &str) {
        self.drop_joiner();
        self.out.push_plain(ascii);
    }

    fn end_line(&mut self) {
        if self.place == Place::Card {
            self.show('\n');
            self.measured = (self.out.as_str().len(), 0);
        } else {
            self.show('⏎');
        }
    }

    fn tab(&mut self) {
        if self.place != Place::Card {
            return self.show(' ');
        }
        self.drop_joiner();
        let (start, column) = self.measured;
        let column = column + self.out.as_str().get(start..).unwrap_or_default().width();
        let spaces = TAB_COLUMNS - column % TAB_COLUMNS;
        self.out.push_plain("    ".get(..spaces).unwrap_or_default());
        self.measured = (self.out.as_str().len(), column + spaces);
    }

    /// Keeps the tag characters after a black flag only where they spell a flag; elsewhere they are hidden writing.
    fn flag<'t>(&mut self, rest: &'t str) -> &'t str {
        let flag = class::BLACK_FLAG.len_utf8();
        let tags = rest.get(flag..).and_then(class::flag_tags).unwrap_or(0);
        let (flag, after) = rest.split_at(flag + tags);
        self.settle_joiner(class::BLACK_FLAG);
        self.out.push(flag);
        after
    }

    /// Keeps a variation selector only right after what it can vary. A digit is varied only under a keycap.
    fn selector<'t>(&mut self, selector: char, after: &'t str) -> &'t str {
        self.drop_joiner();
        let base = self.out.as_str().chars().next_back();
        let is_key = base.is_some_and(|c| c.is_ascii_digit() || matches!(c, '#' | '*'));
        if is_key
            && selector == class::EMOJI_SELECTOR
            && let Some(after) = after.strip_prefix(class::KEYCAP)
        {
            self.out.extend(&String::from_iter([selector, class::KEYCAP]));
            return after;
        }
        if base.is_some_and(|base| class::may_vary(base, selector)) {
            self.out.extend(selector.encode_utf8(&mut [0; 4]));
        } else {
            self.hid = true;
        }
        after
    }

    /// Writes the joiner that was read, if there is one and it joins what stands before it with `next`.
    fn settle_joiner(&mut self, next: char) {
        let Some(joiner) = self.joiner.take() else { return };
        let grapheme = self.out.last_grapheme();
        let unit = String::from_iter([joiner, next]);
        if !class::may_join(grapheme, joiner, next) || !self.out.has_room(&unit) {
            self.hid = true;
            return;
        }
        self.hid |= class::stands_unjoined(next) && grapheme.chars().all(class::stands_unjoined);
        self.out.extend(joiner.encode_utf8(&mut [0; 4]));
    }

    fn drop_joiner(&mut self) {
        self.hid |= self.joiner.take().is_some();
    }
}
