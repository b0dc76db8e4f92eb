//! The bytes of a body as text: UTF-8, or what the answer says that they are.

use encoding_rs::Encoding;

use crate::cube::error::{Fault, Kind};

/// This many places of replaced bytes are remembered; a page with more has every value spoilt as it is.
const MOST_PLACES: usize = 1_000_000;

/// A body as text.
#[derive(Default)]
pub(super) struct Text {
    pub(super) text: String,
    /// The places in `text` where U+FFFD stands for bytes that are not UTF-8, ascending.
    pub(super) replaced: Vec<usize>,
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self { text, replaced: Vec::new() }
    }
}

impl Text {
    /// Decodes bytes that are in `charset`, or in UTF-8 where they are that whatever is said. Bytes that are neither
    /// become U+FFFD. A text longer than `limit` bytes is refused.
    pub(super) fn decode(
        bytes: Vec<u8>,
        charset: Option<&'static Encoding>,
        limit: usize,
    ) -> Result<Self, Fault> {
        let is_wide = charset.is_some_and(|charset| charset.output_encoding() != charset);
        if let Some(name) = wide_encoding(&bytes).or(is_wide.then_some("UTF-16")) {
            return Err(Kind::Encoding(name).into());
        }
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return Ok(text.into()),
            Err(broken) => broken.into_bytes(),
        };
        let charset = charset.filter(|charset| *charset != encoding_rs::UTF_8);
        // A byte beyond ASCII becomes three at most, in either way of decoding.
        let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
        if bytes.len().saturating_add(beyond.saturating_mul(2)) > limit {
            return Err(Kind::TooLarge(limit as u64).into());
        }
        Ok(match charset {
            Some(charset) => charset.decode_without_bom_handling(&bytes).0.into_owned().into(),
            None => Self::replacing(&bytes),
        })
    }

    fn replacing(bytes: &[u8]) -> Self {
        let mut decoded = Self { text: String::with_capacity(bytes.len()), ..Self::default() };
        for chunk in bytes.utf8_chunks() {
            decoded.text.push_str(chunk.valid());
            if chunk.invalid().is_empty() {
                continue;
            }
            if decoded.replaced.len() < MOST_PLACES {
                decoded.replaced.push(decoded.text.len());
            }
            decoded.text.push(char::REPLACEMENT_CHARACTER);
        }
        decoded
    }
}

/// The encoding that a `Content-Type` names. `None` for none, and for one that no one knows.
pub(super) fn charset(content_type: &str) -> Option<&'static Encoding> {
    let parameters = content_type.split(';').skip(1);
    let named = parameters.filter_map(|parameter| parameter.split_once('='));
    let (_, label) = { named }.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Encoding::for_label(label.trim().trim_matches('"').as_bytes())
}

/// The name of an encoding with more than one byte a letter, told by a byte order mark, or by the zeros that it has
/// around the ASCII with which JSON begins.
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.get(..16).unwrap_or(bytes);
    let is_little = start.chunks(2).all(|unit| matches!(unit, [1..=255, 0]));
    let is_big = start.chunks(2).all(|unit| matches!(unit, [0, 1..=255]));
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] | [1..=255, 0, 0, 0, ..] | [0, 0, 0, 1..=255, ..] => {
            Some("UTF-32")
        }
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some("UTF-16"),
        [_, _, ..] if is_little || is_big => Some("UTF-16"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const LIMIT: usize = 1000;

    fn decoded(bytes: &[u8], content_type: &str) -> Result<(String, Vec<usize>), Kind> {
        let decoded = Text::decode(bytes.to_vec(), charset(content_type), LIMIT);
        decoded.map(|decoded| (decoded.text, decoded.replaced)).map_err(|fault| fault.kind)
    }

    #[rstest]
    #[case::latin_1(b"{\"a\":\"\xe5\xf8\xe6\"}", "application/json; charset=iso-8859-1", "{\"a\":\"åøæ\"}")]
    #[case::another_name(b"\xc5", "application/json;charset=\"Latin1\"", "Å")]
    #[case::windows(b"\x80 \x96", "text/plain; x=y; CHARSET = windows-1252", "€ –")]
    #[case::latin_9(b"\xa4", "application/json; charset=ISO-8859-15", "€")]
    #[case::utf_8_whatever_is_said("åøæ".as_bytes(), "application/json; charset=iso-8859-1", "åøæ")]
    #[case::ascii(b"abc", "application/json; charset=us-ascii", "abc")]
    #[case::byte_order_mark("\u{feff}{}".as_bytes(), "application/json", "\u{feff}{}")]
    fn a_declared_encoding_is_read(#[case] bytes: &[u8], #[case] content_type: &str, #[case] text: &str) {
        assert_eq!(decoded(bytes, content_type), Ok((text.to_owned(), Vec::new())));
    }

    #[rstest]
    #[case::nothing_said(b"a\xe5b\xf8", "application/json", "a\u{fffd}b\u{fffd}", &[1, 5])]
    #[case::utf_8(b"\xe5", "application/json; charset=utf-8", "\u{fffd}", &[0])]
    #[case::unknown(b"\xe5", "application/json; charset=CANARY", "\u{fffd}", &[0])]
    #[case::half_a_letter(b"a\xe6\xbc", "", "a\u{fffd}", &[1])]
    #[case::beside_one_that_was_sent("\u{fffd}\u{fffd}".as_bytes(), "", "\u{fffd}\u{fffd}", &[])]
    fn other_bytes_are_replaced_and_their_places_known(
        #[case] bytes: &[u8],
        #[case] content_type: &str,
        #[case] text: &str,
        #[case] places: &[usize],
    ) {
        assert_eq!(decoded(bytes, content_type), Ok((text.to_owned(), places.to_vec())));
    }

    #[rstest]
    #[case::little(b"\xff\xfe{\0}\0", "", "UTF-16")]
    #[case::big(b"\xfe\xff\0{\0}", "", "UTF-16")]
    #[case::little_unmarked(b"{\0\"\0", "", "UTF-16")]
    #[case::big_unmarked(b"\0{\0\"", "", "UTF-16")]
    #[case::declared(b"{}", "application/json; charset=utf-16", "UTF-16")]
    #[case::four_bytes(b"\xff\xfe\0\0{\0\0\0", "", "UTF-32")]
    #[case::four_bytes_unmarked(b"\0\0\0{", "", "UTF-32")]
    fn an_encoding_of_several_bytes_is_named(
        #[case] bytes: &[u8],
        #[case] content_type: &str,
        #[case] name: &'static str,
    ) {
        assert_eq!(decoded(bytes, content_type), Err(Kind::Encoding(name)));
    }

    #[rstest]
    #[case::zeros_alone(b"\0{\0}CANARY")]
    #[case::one_zero(b"{\0}")]
    #[case::nothing(b"")]
    fn zeros_alone_are_no_encoding(#[case] bytes: &[u8]) {
        assert!(decoded(bytes, "").is_ok());
    }

    #[test]
    fn a_text_does_not_grow_beyond_its_limit() {
        let high = vec![0xe5; LIMIT / 2];
        for content_type in ["", "x; charset=iso-8859-1"] {
            assert_eq!(decoded(&high, content_type), Err(Kind::TooLarge(LIMIT as u64)));
            assert!(decoded(&high[..LIMIT / 3], content_type).is_ok());
        }
    }
}
