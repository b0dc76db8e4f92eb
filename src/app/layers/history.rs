//! The lines that were used, to be used again. Kept in memory only: they can name a customer.

/// The number of lines that are kept.
const LONGEST: usize = 100;

/// Lines that were used, the last one at the end.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct History {
    lines: Vec<String>,
}

impl History {
    /// Remembers a line. One that was used before moves to the end.
    pub(in crate::app) fn add(&mut self, line: &str) {
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        self.lines.retain(|known| known != line);
        self.lines.push(line.to_owned());
        if self.lines.len() > LONGEST {
            self.lines.remove(0);
        }
    }

    /// The line this many uses back, 0 for the last one. `None` iff there are fewer.
    pub(in crate::app) fn back(&self, uses: usize) -> Option<&str> {
        self.lines.iter().rev().nth(uses).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_used_again_moves_to_the_end() {
        let mut history = History::default();
        for line in ["kari", " ola ", "", "kari"] {
            history.add(line);
        }
        assert_eq!((history.back(0), history.back(1), history.back(2)), (Some("kari"), Some("ola"), None));
    }
}
