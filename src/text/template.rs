//! A text with gaps for the fields of a customer, as a person writes it: `{name} ({id}) {phone_1|phone_2}`. What the
//! words in a gap mean is decided by whoever fills it.

/// A text with gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// What it is called.
    pub name: String,
    /// The line of the file that has it, from 1.
    pub line: usize,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// The first of these fields that has a value.
    Gap(Vec<String>),
}

/// Why a text is no template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadTemplate {
    /// A gap has no end.
    #[error("a {{ has no }} behind it; write {{{{ for the sign itself")]
    Open,
    /// A gap ends that has not begun.
    #[error("a }} has no {{ before it; write }}}} for the sign itself")]
    Closed,
    /// A gap has no field, or one of its fields has no name.
    #[error("a gap names no field")]
    Nameless,
}

impl Template {
    /// Reads a template. `{{` and `}}` are the signs themselves.
    ///
    /// # Errors
    /// [`BadTemplate`].
    pub fn read(name: &str, line: usize, text: &str) -> Result<Self, BadTemplate> {
        let (mut pieces, mut plain) = (Vec::new(), String::new());
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            plain.push_str(before);
            if let Some((sign, after)) =
                ["{{", "}}"].into_iter().find_map(|twice| Some((twice, from.strip_prefix(twice)?)))
            {
                plain.extend(sign.chars().take(1));
                rest = after;
                continue;
            }
            let inner = from.strip_prefix('{').ok_or(BadTemplate::Closed)?;
            let (gap, after) = inner.split_once('}').ok_or(BadTemplate::Open)?;
            let words: Vec<String> = gap.split('|').map(|word| word.trim().to_owned()).collect();
            if gap.contains('{') {
                return Err(BadTemplate::Open);
            }
            if words.iter().any(String::is_empty) {
                return Err(BadTemplate::Nameless);
            }
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
            pieces.push(Piece::Gap(words));
            rest = after;
        }
        plain.push_str(rest);
        pieces.push(Piece::Text(plain));
        Ok(Self { name: name.to_owned(), line, pieces })
    }

    /// The words in its gaps.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let words = self.pieces.iter().map(|piece| match piece {
            Piece::Text(_) => [].as_slice(),
            Piece::Gap(words) => words,
        });
        words.flatten().map(String::as_str)
    }

    /// Whether it begins with a gap, so that a value decides what it begins with.
    #[must_use]
    pub fn begins_with_gap(&self) -> bool {
        let first = self.pieces.iter().find(|piece| **piece != Piece::Text(String::new()));
        matches!(first, Some(Piece::Gap(_)))
    }

    /// Whether it begins as an address does: `https:`.
    #[must_use]
    pub fn is_address(&self) -> bool {
        let Some(Piece::Text(text)) = self.pieces.first() else { return false };
        text.split_once(':').is_some_and(|(scheme, rest)| {
            let is_part = |c: char| c.is_ascii_alphanumeric() || "+.-".contains(c);
            let is_scheme =
                scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_part);
            is_scheme && !rest.starts_with(char::is_whitespace)
        })
    }

    /// The text with its gaps filled: each with the first of its words that has a value.
    #[must_use]
    pub fn fill(&self, value: impl Fn(&str) -> String) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Gap(words) => {
                words.iter().map(|word| value(word)).find(|value| !value.is_empty()).unwrap_or_default()
            }
        };
        self.pieces.iter().map(piece).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn filled(text: &str) -> String {
        let value = |word: &str| match word {
            "name" => "Kari".to_owned(),
            "phone_2" => "22 33".to_owned(),
            "City" => "ASKIM {id}".to_owned(),
            _ => String::new(),
        };
        Template::read("x", 1, text).unwrap().fill(value)
    }

    #[rstest]
    #[case::plain("nothing to fill", "nothing to fill")]
    #[case::a_gap("Dear {name},", "Dear Kari,")]
    #[case::blanks_in_a_gap("{ name }", "Kari")]
    #[case::the_first_with_a_value("{phone_1|phone_2}", "22 33")]
    #[case::none_with_a_value("<{phone_1|phone_3}>", "<>")]
    #[case::a_value_is_no_template("{City}", "ASKIM {id}")]
    #[case::signs("{{{name}}} {{}}", "{Kari} {}")]
    #[case::lines("{name}\n{City}", "Kari\nASKIM {id}")]
    fn a_gap_has_the_first_value_that_there_is(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(filled(text), expected);
    }

    #[rstest]
    #[case::address("https://acme.no/{id}", true, false)]
    #[case::short("tel:{phone_1}", true, false)]
    #[case::words("name: {name}", false, false)]
    #[case::no_scheme("//acme.no:80/{id}", false, false)]
    #[case::a_gap("{id}:1", false, true)]
    #[case::signs("{{id}}", false, false)]
    #[case::nothing("", false, false)]
    fn how_a_text_begins_is_known(#[case] text: &str, #[case] is_address: bool, #[case] is_gap: bool) {
        let template = Template::read("x", 1, text).unwrap();
        assert_eq!((template.is_address(), template.begins_with_gap()), (is_address, is_gap));
    }

    #[rstest]
    #[case::open("a {name", BadTemplate::Open)]
    #[case::open_in_a_gap("a {na{me}", BadTemplate::Open)]
    #[case::closed("a name}", BadTemplate::Closed)]
    #[case::nameless("{}", BadTemplate::Nameless)]
    #[case::half_nameless("{name|}", BadTemplate::Nameless)]
    fn what_is_no_template_is_told(#[case] text: &str, #[case] why: BadTemplate) {
        assert_eq!(Template::read("x", 1, text), Err(why));
    }
}
