//! The text of a help below its options, as sections of a manual page.
//!
//! A heading begins at the line's start and ends with a colon. Below it an item is indented by two blanks, and its words
//! follow after two more or on lines that are indented further. All else is a paragraph.

use roff::{Roff, bold, roman};
use std::io::{self, Write};

/// The headings that there are in a help, and what they are called in a manual, in its order.
const TITLES: [(&str, &str); 6] = [
    ("Exit codes", "EXIT STATUS"),
    ("Environment", "ENVIRONMENT"),
    ("Files", "FILES"),
    ("Examples", "EXAMPLES"),
    ("Topics", "TOPICS"),
    ("", "NOTES"),
];

/// One section.
pub(super) struct Section {
    /// What it is called. `None` for what comes before the first heading: it belongs to the description.
    pub(super) title: Option<&'static str>,
    parts: Vec<Part>,
}

enum Part {
    Paragraph(String),
    Item { tag: String, words: String },
}

impl Section {
    /// The sections of a text, in its order.
    pub(super) fn all(text: &str) -> Vec<Self> {
        let mut sections = vec![Self { title: None, parts: Vec::new() }];
        let mut is_new = true;
        for line in text.lines() {
            let titled = line.split_once(':').and_then(|(heading, rest)| Some((title(heading)?, rest)));
            if let Some((title, rest)) = titled {
                sections.push(Self { title: Some(title), parts: Vec::new() });
                is_new = true;
                if rest.trim().is_empty() {
                    continue;
                }
            }
            let line = titled.map_or(line, |(_, rest)| rest.trim());
            if let Some(section) = sections.last_mut() {
                section.take(line, is_new);
            }
            is_new = line.is_empty();
        }
        sections.retain(|section| !section.parts.is_empty());
        sections
    }

    /// Where the section is among others.
    pub(super) fn place(&self) -> usize {
        TITLES.iter().position(|(_, title)| Some(*title) == self.title).unwrap_or(TITLES.len())
    }

    fn take(&mut self, line: &str, is_new: bool) {
        let text = line.trim();
        if text.is_empty() {
            return;
        }
        let indent = line.len() - line.trim_start().len();
        match (indent, self.parts.last_mut()) {
            (2, Some(Part::Item { tag, words })) if words.is_empty() && tag.ends_with(',') => {
                *tag = format!("{tag} {text}");
            }
            (2, _) => {
                let (tag, words) = text.split_once("  ").unwrap_or((text, ""));
                self.parts.push(Part::Item { tag: tag.to_owned(), words: words.trim().to_owned() });
            }
            (3.., Some(Part::Item { words, .. })) => {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(text);
            }
            (_, Some(Part::Paragraph(paragraph))) if !is_new => *paragraph = format!("{paragraph} {text}"),
            _ => self.parts.push(Part::Paragraph(text.to_owned())),
        }
    }

    /// Writes it as a manual has it.
    pub(super) fn render(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut page = Roff::new();
        if let Some(title) = self.title {
            page.control("SH", [title]);
        }
        for part in &self.parts {
            match part {
                Part::Paragraph(text) => page.control("PP", []).text([roman(text)]),
                Part::Item { tag, words } => page.control("TP", []).text([bold(tag)]).text([roman(words)]),
            };
        }
        page.to_writer(out)
    }
}

fn title(heading: &str) -> Option<&'static str> {
    TITLES.into_iter().find(|(known, _)| !known.is_empty() && *known == heading).map(|(_, title)| title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_sections_with_items_that_do_not_fall_apart() {
        let text = "About it,\nall of it.\n\nMore.\n\nExamples:\n  cubedex x -y\n      Does it.\n\nEnvironment:\n  A   One\n      more\n  B,\n  C\n      Both\n\nExit codes: 0 done.";
        let sections = Section::all(text);
        let titles: Vec<_> = sections.iter().map(|section| section.title).collect();
        assert_eq!(titles, [None, Some("EXAMPLES"), Some("ENVIRONMENT"), Some("EXIT STATUS")]);
        let mut out = Vec::new();
        for section in &sections {
            section.render(&mut out).unwrap();
        }
        let page = String::from_utf8(out).unwrap();
        let lines: Vec<&str> =
            page.lines().filter(|line| !line.starts_with(".ie") && !line.starts_with(".el")).collect();
        for line in
            ["About it, all of it.", "More.", r"\fBcubedex x \-y\fR", "One more", r"\fBB, C\fR", "0 done."]
        {
            assert!(lines.contains(&line), "no {line} in {page}");
        }
    }
}
