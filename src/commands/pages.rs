//! All pages of the list in their order, up to four under way at once, and whether they made up the whole list.

use super::Failure;
use super::seen::Seen;
use crate::cube::{AT_ONCE, Cube, Error, LeftOut, Odd, Page};
use crate::list::Follows;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesOrdered;
use futures_util::{FutureExt, StreamExt};

/// The pages of a list, one after the other.
pub(super) struct Pages {
    cube: Cube,
    under_way: FuturesOrdered<BoxFuture<'static, (u32, Result<Page, Error>)>>,
    next: u32,
    /// The last page, as far as is known; another one is asked for when that names a next.
    last: u32,
    seen: Seen,
    tally: Tally,
    odd: Odd,
    has_ended: bool,
}

/// What the pages said about the list.
#[derive(Debug, Default)]
struct Tally {
    first_count: Option<u64>,
    count: Option<u64>,
    entries: u64,
    customers: u64,
    left_out: Option<(u32, LeftOut)>,
    repeats: Option<u32>,
    /// The first page that came empty though it names a next one, and the last such page.
    empty: Option<u32>,
    last_empty: Option<u32>,
    ends_at: Option<u32>,
}

/// One page as it arrived.
pub(super) struct Arrived {
    /// The page.
    pub(super) page: Page,
    /// The places of the customers that an earlier page, or this one, brought already; ascending.
    pub(super) repeated: Vec<usize>,
}

/// Why the customers that were read are not known to be all there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotWhole {
    /// Fewer than Cube says.
    #[error("Cube says that there are {count} customers, but its pages hold {read}; try again")]
    Short {
        /// How many were read.
        read: u64,
        /// How many Cube says there are.
        count: u64,
    },
    /// A page that was to follow is not there any more.
    #[error("page {0} of the list was there no longer when its turn came; try again")]
    Ended(u32),
    /// Customers went away meanwhile, and others moved up from a page still to be read to one already read.
    #[error(
        "customers were removed in Cube while the list was read ({before} before, {now} now), so that one may be \
         missing; try again"
    )]
    Shrunk {
        /// How many there were.
        before: u64,
        /// How many there are.
        now: u64,
    },
    /// An entry that is no customer.
    #[error("on page {page} of the list {entry}; ask Headshed about it")]
    LeftOut {
        /// The page.
        page: u32,
        /// The entry.
        entry: LeftOut,
    },
    /// A page that brought no one new.
    #[error("Cube repeats itself from page {0} of the list on; try again, or ask Headshed about it")]
    Repeats(u32),
    /// A page without a customer that names a next one.
    #[error(
        "page {0} of the list came empty, though Cube says that more follow; try again, or ask Headshed about it"
    )]
    Empty(u32),
}

impl From<NotWhole> for Failure {
    fn from(why: NotWhole) -> Self {
        Self::Other(why.into())
    }
}

impl Pages {
    /// All pages of the list of `cube`.
    pub(super) fn new(cube: &Cube) -> Self {
        Self {
            cube: cube.clone(),
            under_way: FuturesOrdered::new(),
            next: 1,
            last: 1,
            seen: Seen::default(),
            tally: Tally::default(),
            odd: Odd::default(),
            has_ended: false,
        }
    }

    /// The next page. `None` behind the last one. Safe to drop at any time.
    ///
    /// # Errors
    /// The page can't be read; there is none behind it then.
    pub(super) async fn next(&mut self) -> Option<Result<Arrived, Error>> {
        self.ask_ahead();
        let (number, answer) = self.under_way.next().await?;
        match answer {
            Ok(page) => Some(Ok(self.take(page))),
            Err(error) => {
                self.end();
                // Behind the first page, the list has become shorter: what is missing then, the count says.
                if number > 1 && error.is_not_found() {
                    self.tally.ends_at = Some(number);
                    return None;
                }
                Some(Err(error))
            }
        }
    }

    /// Whether all customers of the list were read, once there is no next page.
    ///
    /// # Errors
    /// What speaks against it.
    pub(super) fn whole(&self) -> Result<(), NotWhole> {
        let Tally { first_count, count, entries, left_out, repeats, empty, ends_at, .. } = self.tally;
        if let Some(page) = repeats {
            return Err(NotWhole::Repeats(page));
        }
        if let Some(page) = empty {
            return Err(NotWhole::Empty(page));
        }
        if let Some((page, entry)) = left_out {
            return Err(NotWhole::LeftOut { page, entry });
        }
        match (first_count, count) {
            (_, Some(count)) if count > entries => Err(NotWhole::Short { read: entries, count }),
            (Some(before), Some(now)) if now < before => Err(NotWhole::Shrunk { before, now }),
            (_, count) => match ends_at {
                Some(page) if count != Some(entries) => Err(NotWhole::Ended(page)),
                _ => Ok(()),
            },
        }
    }

    /// How many different customers were read.
    pub(super) fn customers(&self) -> u64 {
        self.tally.customers
    }

    /// How many customers there are, as Cube last said.
    pub(super) fn count(&self) -> Option<u64> {
        self.tally.count
    }

    /// The first page that turned out not to be there. `None` when the list ended as it said.
    pub(super) fn ends_at(&self) -> Option<u32> {
        self.tally.ends_at
    }

    /// The values so far that are not what they should be.
    pub(super) fn odd(&self) -> &Odd {
        &self.odd
    }

    fn ask_ahead(&mut self) {
        while !self.has_ended && self.next <= self.last && self.under_way.len() < AT_ONCE {
            let (number, cube) = (self.next, self.cube.clone());
            self.under_way.push_back(async move { (number, cube.page(number).await) }.boxed());
            self.next += 1;
        }
    }

    fn take(&mut self, page: Page) -> Arrived {
        let mut repeated = Vec::new();
        for (place, (_, record)) in page.records().enumerate() {
            if !self.seen.insert(record.standard().id.as_raw()) {
                repeated.push(place);
            }
        }
        self.odd.add(page.odd.clone());
        let tally = &mut self.tally;
        tally.entries += page.entries as u64;
        tally.customers += (page.len() - repeated.len()) as u64;
        tally.first_count = tally.first_count.or(page.count);
        tally.count = page.count.or(tally.count);
        tally.left_out = tally.left_out.or_else(|| page.left_out.first().map(|entry| (page.number, *entry)));
        let new = page.len() - repeated.len();
        match Follows::of(page.number, page.entries, page.len(), new, page.has_next) {
            Follows::More => {
                self.last = self.last.max(Self::supposed_last(&page)).max(page.number.saturating_add(1));
                return Arrived { page, repeated };
            }
            Follows::Nothing => {}
            Follows::Repeat => tally.repeats = Some(page.number),
            Follows::Empty => {
                let is_second = tally.last_empty.is_some_and(|last| last + 1 == page.number);
                tally.empty = tally.empty.or(Some(page.number));
                tally.last_empty = Some(page.number);
                if !is_second {
                    self.last = self.last.max(page.number.saturating_add(1));
                    return Arrived { page, repeated };
                }
            }
        }
        self.end();
        Arrived { page, repeated }
    }

    /// The last page by the count, where the first page tells how many a page holds.
    fn supposed_last(page: &Page) -> u32 {
        let count = page.count.filter(|_| page.number == 1 && page.entries > 0).unwrap_or_default();
        u32::try_from(count.div_ceil(page.entries.max(1) as u64)).unwrap_or(u32::MAX)
    }

    /// Asks for nothing more, and drops what is under way.
    fn end(&mut self) {
        self.has_ended = true;
        self.under_way = FuturesOrdered::new();
    }
}
