//! Where the pieces of a text end: in two bytes each while the text is short, as that of nearly every page is.

use std::ops::Range;

/// The ends of the pieces of a text, ascending.
#[derive(Debug, Clone)]
pub(crate) enum Ends {
    Short(Vec<u16>),
    Long(Vec<u32>),
}

impl Default for Ends {
    fn default() -> Self {
        Self::Short(Vec::new())
    }
}

impl Ends {
    /// Adds the end of the next piece. No text is longer than 4 GiB.
    pub(crate) fn push(&mut self, end: usize) {
        match (&mut *self, u16::try_from(end)) {
            (Self::Short(ends), Ok(end)) => ends.push(end),
            (Self::Short(ends), Err(_)) => {
                *self = Self::Long(ends.iter().map(|&end| end.into()).collect());
                self.push(end);
            }
            (Self::Long(ends), _) => ends.push(u32::try_from(end).unwrap_or(u32::MAX)),
        }
    }

    /// Gives back what was taken for growing.
    pub(crate) fn shrink(&mut self) {
        match self {
            Self::Short(ends) => ends.shrink_to_fit(),
            Self::Long(ends) => ends.shrink_to_fit(),
        }
    }

    /// How many pieces there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Short(ends) => ends.len(),
            Self::Long(ends) => ends.len(),
        }
    }

    /// How many bytes are held.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Short(ends) => size_of_val(&**ends),
            Self::Long(ends) => size_of_val(&**ends),
        }
    }

    /// Where a piece ends. `None` beyond the last.
    fn end(&self, piece: usize) -> Option<usize> {
        match self {
            Self::Short(ends) => ends.get(piece).map(|&end| end.into()),
            Self::Long(ends) => ends.get(piece).map(|&end| end as usize),
        }
    }

    /// Where each piece ends.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        (0..self.len()).filter_map(|piece| self.end(piece))
    }

    /// Where a piece stands. Nowhere beyond the last.
    pub(crate) fn span(&self, piece: u32) -> Range<usize> {
        let start = piece.checked_sub(1).and_then(|before| self.end(before as usize)).unwrap_or_default();
        start..self.end(piece as usize).unwrap_or(start)
    }
}

impl FromIterator<usize> for Ends {
    fn from_iter<T: IntoIterator<Item = usize>>(ends: T) -> Self {
        let mut all = Self::default();
        ends.into_iter().for_each(|end| all.push(end));
        all.shrink();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::none(&[])]
    #[case::short(&[0, 5, 65_535])]
    #[case::long(&[5, 65_535, 65_536, 70_000])]
    #[case::long_at_once(&[65_536, 65_536])]
    fn each_piece_is_between_two_ends(#[case] given: &[usize]) {
        let ends: Ends = given.iter().copied().collect();
        assert_eq!((ends.iter().collect::<Vec<_>>(), ends.len()), (given.to_vec(), given.len()));
        let mut start = 0;
        for (piece, &end) in (0..).zip(given) {
            assert_eq!(ends.span(piece), start..end);
            start = end;
        }
        assert!(ends.span(u32::try_from(given.len()).unwrap()).is_empty());
    }
}
