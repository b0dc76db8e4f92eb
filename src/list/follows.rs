//! Whether the list goes on behind a page: one rule for the screen and for the commands.

/// What a page says about what is behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// More pages.
    More,
    /// Nothing: Cube names no next page.
    Nothing,
    /// A next page is named, and this one is empty.
    Empty,
    /// A next page is named, and this one has only customers that other pages have. The list would go on for ever.
    Repeat,
}

impl Follows {
    /// What page `number` (from 1) says that has this many `entries`, of which this many are `records`, and this many of
    /// these are `new`. An entry that is no record does not end a list: it could be a new customer.
    #[must_use]
    pub const fn of(number: u32, entries: usize, records: usize, new: usize, has_next: bool) -> Self {
        match (has_next, entries, new) {
            (false, ..) => Self::Nothing,
            (true, 0, _) => Self::Empty,
            (true, _, 0) if number > 1 && records == entries => Self::Repeat,
            (true, ..) => Self::More,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::as_it_should_be(2, 500, 500, 500, true, Follows::More)]
    #[case::the_last(2, 3, 3, 3, false, Follows::Nothing)]
    #[case::the_last_has_one_who_moved_up(2, 1, 1, 0, false, Follows::Nothing)]
    #[case::the_last_is_empty(2, 0, 0, 0, false, Follows::Nothing)]
    #[case::empty_first(1, 0, 0, 0, true, Follows::Empty)]
    #[case::empty_later(7, 0, 0, 0, true, Follows::Empty)]
    #[case::the_same_again(2, 500, 500, 0, true, Follows::Repeat)]
    #[case::one_who_is_new(2, 500, 500, 1, true, Follows::More)]
    #[case::anonymised_customers_on_the_first_page(1, 2, 2, 0, true, Follows::More)]
    #[case::no_entry_could_be_read(2, 500, 0, 0, true, Follows::More)]
    #[case::some_could_not_be_read(2, 500, 499, 0, true, Follows::More)]
    fn a_page_says_what_follows(
        #[case] number: u32,
        #[case] entries: usize,
        #[case] records: usize,
        #[case] new: usize,
        #[case] has_next: bool,
        #[case] follows: Follows,
    ) {
        assert_eq!(Follows::of(number, entries, records, new, has_next), follows);
    }
}
