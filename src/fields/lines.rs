//! Where in a text something stands, as an editor tells it: line and column.

/// Counts lines from the start of a text to its end, each byte once. A line ends as in any editor: `\n`, `\r\n` or `\r`.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    line_start: usize,
}

impl<'a> Lines<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1, line_start: 0 }
    }

    /// The line on which `part` begins, a slice of the text that is not before what was passed.
    pub(super) fn line_of(&mut self, part: &str) -> usize {
        self.pass(part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr()))
    }

    /// Goes on to a byte offset, and returns its line.
    pub(super) fn pass(&mut self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        while self.at < offset.min(bytes.len()) {
            let next = self.at + 1;
            let ends = match bytes.get(self.at) {
                Some(b'\n') => true,
                Some(b'\r') => bytes.get(next) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                self.line += 1;
                self.line_start = next;
            }
            self.at = next;
        }
        self.line
    }

    /// The column of where it stands, in characters from 1.
    pub(super) fn column(&self) -> usize {
        let end = self.text.floor_char_boundary(self.at);
        self.text.get(self.line_start..end).map_or(1, |before| before.chars().count() + 1)
    }
}
