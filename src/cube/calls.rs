//! The calls of a data owner's customers, within some days.

use super::{Cube, Error, Lane, List, Page, Request, Route};
use crate::cube::schema::CALL_OUTCOMES;
use jiff::ToSpan;
use jiff::civil::Date;

/// Days from one to another, both among them, counted from 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Days {
    /// The first one.
    pub from: i32,
    /// The last one.
    pub to: i32,
}

impl Days {
    /// As many days up to `last`, that day among them.
    #[must_use]
    pub const fn until(last: i32, count: i32) -> Self {
        Self { from: last - count + 1, to: last }
    }

    /// Both as Cube writes them in a query: `20261127`.
    pub(super) fn query(self) -> String {
        format!("from_date={}&to_date={}", digits(self.from), digits(self.to))
    }
}

/// A day as eight digits; 1 January 1970 where no calendar reaches that far.
fn digits(day: i32) -> String {
    let epoch = Date::constant(1970, 1, 1);
    let date = epoch.checked_add(day.days()).unwrap_or(epoch);
    date.strftime("%Y%m%d").to_string()
}

impl List {
    /// Whether the documents name a route for the calls of its customers.
    #[must_use]
    pub const fn has_calls(self) -> bool {
        matches!(self, Self::DataOwner { .. })
    }
}

impl Cube {
    /// Reads one page of the calls of these days, counted from 1.
    ///
    /// # Errors
    /// 403 or 404 where calls are not for us, and all else that can stand between us and Cube.
    pub async fn calls(&self, days: Days, page: u32) -> Result<Page, Error> {
        let request = Request::get(Route::Calls(days, page));
        self.ask(&request, Lane::Background, |body| {
            body.into_page(page, &CALL_OUTCOMES, (self.clock)(), Some(&self.shared.origin))
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_eight_digits() {
        assert_eq!(Days::until(20_783, 7).query(), "from_date=20261120&to_date=20261126");
        assert_eq!(Days::until(0, 1).query(), "from_date=19700101&to_date=19700101");
    }
}
