//! Text and the columns of a terminal: cut at the border of a grapheme, never through a wide character.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Where something is missing.
const CUT: &str = "…";

/// As much of `text` as fits into `width` columns, with `…` at its end where something is missing.
#[must_use]
pub fn fit(text: &str, width: usize) -> Cow<'_, str> {
    if text.len() <= width && text.is_ascii() || text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut kept = String::new();
    let mut used = CUT.width();
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > width {
            break;
        }
        kept.push_str(grapheme);
    }
    if width > 0 {
        kept.push_str(CUT);
    }
    Cow::Owned(kept)
}

/// As much of the end of `text` as fits into `width` columns, with `…` before it where something is missing: a key
/// differs from others at its end.
#[must_use]
pub fn fit_end(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut used = CUT.width();
    let kept: Vec<&str> = text
        .graphemes(true)
        .rev()
        .take_while(|grapheme| {
            used += grapheme.width();
            used <= width
        })
        .collect();
    let cut = if width > 0 { CUT } else { "" };
    Cow::Owned(std::iter::once(cut).chain(kept.into_iter().rev()).collect())
}

/// The text without its first `columns` columns, and without all of a wide character that they end in.
#[must_use]
pub fn skip(text: &str, columns: usize) -> &str {
    let mut skipped = 0;
    let start = text.grapheme_indices(true).find(|(_, grapheme)| {
        let found = skipped >= columns;
        skipped += grapheme.width();
        found
    });
    start.map_or("", |(at, _)| text.get(at..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::fits("Kari", 4, "Kari")]
    #[case::cut("Kari Nordmann", 6, "Kari …")]
    #[case::before_a_wide_character("漢字テスト", 4, "漢…")]
    #[case::wide_that_fits("漢字", 4, "漢字")]
    #[case::combining("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…")]
    #[case::a_family_of_one_grapheme("👨\u{200d}👩\u{200d}👧 og mer", 4, "👨\u{200d}👩\u{200d}👧 …")]
    #[case::one_column("Kari", 1, "…")]
    #[case::no_column("Kari", 0, "")]
    #[case::nothing("", 0, "")]
    fn text_is_cut_between_graphemes(#[case] text: &str, #[case] width: usize, #[case] fitted: &str) {
        assert_eq!(fit(text, width), fitted);
    }

    #[rstest]
    #[case::cut("crm__custom_info__388", 8, "…fo__388")]
    #[case::after_a_wide_character("漢字テスト", 4, "…ト")]
    #[case::fits("17", 8, "17")]
    #[case::one_column("17", 1, "…")]
    #[case::no_column("17", 0, "")]
    fn a_key_is_cut_at_its_beginning(#[case] text: &str, #[case] width: usize, #[case] fitted: &str) {
        assert_eq!(fit_end(text, width), fitted);
    }

    #[rstest]
    #[case::from_the_start("Kari", 0, "Kari")]
    #[case::from_the_middle("Kari", 2, "ri")]
    #[case::beyond_the_end("Kari", 9, "")]
    #[case::in_the_middle_of_a_wide_character("漢字テスト", 3, "テスト")]
    fn a_text_begins_with_a_whole_grapheme(#[case] text: &str, #[case] columns: usize, #[case] rest: &str) {
        assert_eq!(skip(text, columns), rest);
    }
}
