//! The search form of text, in which spellings that a person takes for the same are the same: case, accents, å/aa/ä/æ/ae/a,
//! ø/ö/oe/o, ü/ue/u, apostrophes or none, any dash, full-width forms, any white space. The same in every locale.
//!
//! # Two forms
//! Folding `oe` to `o` makes `Strøm`, `Stroem` and `Strom` one, but takes the `e` from names in which `oe` is two
//! sounds: `Hoel` folds to `hol`, in which a search for `el` finds nothing. The same holds for `ae` and `ue`, as in
//! `Michael` and `Samuel`. [`fold_variant`] therefore keeps the two letters (`hoel`), and is there only for the text
//! that has them. There `þ` is `t` too, which is `th` in the first form.
//!
//! For any part `s` of a text `t`, with either form's outer spaces trimmed:
//! - what `s` is in the form that keeps two letters is in what `t` is in that form;
//! - `fold(s)` is in `fold(t)` or in what `t` is in the form that keeps two letters, unless `s` starts with the second
//!   letter of a pair and holds a whole pair further on (`el hoel` in `Hoel Hoel`). Only a search in both forms finds
//!   that.

#[cfg(test)]
mod tests;

use super::class::is_default_ignorable;
use std::ops::Range;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Text in a search form, with the way back to where each letter came from.
#[derive(Clone, PartialEq, Eq)]
pub struct Folded {
    /// The search form.
    pub text: String,
    /// For each byte of `text`, the byte offset in the input of the character that it came from.
    pub origin: Vec<usize>,
    /// The length of the input in bytes.
    input_len: usize,
}

impl Folded {
    /// The bytes of the input that became `folded`, a byte range of [`text`](Self::text): whole characters, with the
    /// accents, the second letter of an `aa` or `oe`, apostrophes and the further white space that were folded into them.
    #[must_use]
    pub fn origin_of(&self, folded: Range<usize>) -> Range<usize> {
        let start_of = |at: usize| self.origin.get(at).copied().unwrap_or(self.input_len);
        let start = start_of(folded.start);
        let Some(last) = folded.end.checked_sub(1).filter(|last| *last >= folded.start) else {
            return start..start;
        };
        let last = start_of(last);
        let after = self.origin.get(folded.end..).unwrap_or_default();
        let end = after.iter().copied().find(|&origin| origin > last).unwrap_or(self.input_len);
        start..end
    }
}

impl std::fmt::Debug for Folded {
    /// Tells only the length: the text can be a customer's name.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Folded({} bytes)", self.text.len())
    }
}

/// The search form of cleaned text. White space at its ends stays, as one space.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::new();
    fold_into(text, &mut out);
    out
}

/// Appends the search form of cleaned text, in which nothing depends on what `out` holds already. As cleaned text has no
/// control character but the newline, which becomes a space, control characters can divide what was appended.
pub fn fold_into(text: &str, out: &mut String) {
    Folder::new(Pairs::Folded).run(text, out);
}

/// The search form that keeps `oe`, `ae` and `ue` as two letters. `None` iff it is the same as [`fold`]'s.
#[must_use]
pub fn fold_variant(text: &str) -> Option<String> {
    if text.is_ascii() && !has_ascii_pair(text) {
        return None;
    }
    let mut folder = Folder::new(Pairs::Kept);
    let mut out = String::new();
    folder.run(text, &mut out);
    folder.has_pair.then_some(out)
}

/// [`fold`] with the way back to the input, to show where a match stands.
#[must_use]
pub fn fold_with_origin(text: &str) -> Folded {
    Folder::new(Pairs::Folded).trace(text)
}

/// [`fold_variant`] with the way back to the input. `None` iff [`fold_variant`] is.
#[must_use]
pub fn fold_variant_with_origin(text: &str) -> Option<Folded> {
    let mut folder = Folder::new(Pairs::Kept);
    let traced = folder.trace(text);
    folder.has_pair.then_some(traced)
}

/// Joins single letters that a slash divides, as in `a/s`, which is written `as` too. The text is folded.
pub(crate) fn join_initials(folded: &mut String) {
    if !folded.contains('/') {
        return;
    }
    let bytes = folded.as_bytes();
    let byte = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied();
    let is_letter = |at: Option<usize>| byte(at).is_some_and(|byte| byte.is_ascii_lowercase());
    let is_outside =
        |at: Option<usize>| byte(at).is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
    let joins = |at: usize| {
        let (before, after) = (at.checked_sub(1), Some(at + 1));
        is_letter(before) && is_letter(after) && is_outside(at.checked_sub(2)) && is_outside(Some(at + 2))
    };
    let slashes: Vec<usize> = folded.match_indices('/').map(|(at, _)| at).filter(|at| joins(*at)).collect();
    for at in slashes.into_iter().rev() {
        folded.remove(at);
    }
}

fn has_ascii_pair(text: &str) -> bool {
    let is_pair =
        |pair: &[u8]| matches!(pair, [b'o' | b'O' | b'a' | b'A' | b'u' | b'U', b'e' | b'E' | b'\'' | b'`']);
    text.as_bytes().windows(2).any(is_pair)
}

/// What becomes of `oe`, `ae` and `ue`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pairs {
    Folded,
    Kept,
}

/// One folding, from the first character on.
struct Folder {
    pairs: Pairs,
    /// The last character of the search form; a NUL before the first.
    last: char,
    /// Whether the two forms differ.
    has_pair: bool,
}

impl Folder {
    fn new(pairs: Pairs) -> Self {
        Self { pairs, last: '\0', has_pair: false }
    }

    /// Copies ASCII in runs, which is most of what there is, and folds the rest by character.
    fn run(&mut self, text: &str, out: &mut String) {
        let start = out.len();
        out.reserve(text.len());
        let mut rest = text;
        loop {
            let (copied, after) = rest.split_at(self.copied_len(rest.as_bytes()));
            out.push_str(copied);
            if let Some(&last) = copied.as_bytes().last() {
                self.last = char::from(last.to_ascii_lowercase());
            }
            let mut chars = after.chars();
            let Some(c) = chars.next() else { break };
            self.fold_char(c, out);
            rest = chars.as_str();
        }
        if let Some(folded) = out.get_mut(start..) {
            folded.make_ascii_lowercase();
        }
    }

    /// The bytes at the start of `text` whose case alone changes: ASCII up to what may fold into the byte before it.
    fn copied_len(&self, text: &[u8]) -> usize {
        let mut last = u8::try_from(self.last).unwrap_or_default();
        let stops = |&byte: &u8| {
            // Lower-case for letters. What it makes of other bytes can stop without need, but never fail to stop.
            let lower = byte | 0x20;
            let folds = matches!((last, lower), (b'a', b'a') | (b'o' | b'a' | b'u', b'e') | (b' ', b' '));
            last = lower;
            folds || !byte.is_ascii() || matches!(byte, b'\t'..=b'\r' | b'\'' | b'`')
        };
        text.iter().position(stops).unwrap_or(text.len())
    }

    /// Folds by character, noting where each one came from.
    fn trace(&mut self, text: &str) -> Folded {
        let mut folded = Folded { text: String::new(), origin: Vec::new(), input_len: text.len() };
        for (at, c) in text.char_indices() {
            self.fold_char(c, &mut folded.text);
            folded.origin.resize(folded.text.len(), at);
        }
        folded
    }

    fn fold_char(&mut self, c: char, out: &mut String) {
        // Asked first because they are common here: a decomposition takes several times as long.
        match c {
            'å' | 'Å' | 'æ' | 'Æ' => return self.put('a', out),
            'ø' | 'Ø' => return self.put('o', out),
            _ if is_apostrophe(c) => return,
            _ => {}
        }
        decompose_compatible(c, |part| {
            if part.is_whitespace() {
                self.put(' ', out);
            } else if is_dash(part) {
                self.put('-', out);
            } else if !is_combining_mark(part) && !is_default_ignorable(part) && !is_apostrophe(part) {
                for letter in part.to_lowercase() {
                    self.fold_letter(letter, out);
                }
            }
        });
    }

    fn fold_letter(&mut self, letter: char, out: &mut String) {
        match (letter, plain_spelling(letter)) {
            ('þ', _) if self.pairs == Pairs::Kept => {
                self.has_pair = true;
                self.put('t', out);
            }
            (_, Some(spelling)) => spelling.chars().for_each(|plain| self.put(plain, out)),
            (_, None) => self.put(letter, out),
        }
    }

    fn put(&mut self, folded: char, out: &mut String) {
        if self.admits(folded) {
            out.push(folded);
        }
    }

    /// Whether `next` follows the last character in the search form; else it is folded into it.
    fn admits(&mut self, next: char) -> bool {
        match (self.last, next) {
            ('a', 'a') | (' ', ' ') => return false,
            ('o' | 'a' | 'u', 'e') => {
                self.has_pair = true;
                if self.pairs == Pairs::Folded {
                    return false;
                }
            }
            _ => {}
        }
        self.last = next;
        true
    }
}

/// Whether a character is an apostrophe, or what people type for one: names are written with it and without.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '‘' | '’' | '′' | 'ʹ' | 'ʻ' | 'ʼ')
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// How a lower-case letter without a decomposition is written in letters that any keyboard has.
fn plain_spelling(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ø' | 'œ' => "o",
        'æ' => "a",
        'ə' => "e",
        'ǥ' => "g",
        'ʒ' => "z",
        'ĸ' => "k",
        'ß' => "ss",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'ŋ' => "n",
        'þ' => "th",
        'ŧ' => "t",
        // The form of a sigma that ends a word: upper-case Σ knows no difference.
        'ς' => "σ",
        _ => return None,
    })
}
