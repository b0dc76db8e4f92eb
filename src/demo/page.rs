//! One page of the list: which one a query asks for, and its envelope as DRF's paginator builds it.

use std::ops::Range;

use url::form_urlencoded;

use super::Settings;

/// How the town's list falls into pages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paging {
    customers: u64,
    size: u64,
}

impl Paging {
    /// The paging that `settings` ask for.
    pub(super) fn of(settings: &Settings) -> Self {
        Self { customers: settings.town.customers(), size: (settings.page_size as u64).max(1) }
    }

    /// The number of the last page; an empty list has one page too.
    fn last(self) -> u64 {
        self.customers.div_ceil(self.size).max(1)
    }

    /// The page that `query` asks for, counted from 1 and perhaps past the end; `None` when it is not a page number.
    pub(super) fn asked(self, query: Option<&str>) -> Option<u64> {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        match pairs.filter(|(key, _)| key == "page").last() {
            None => Some(1),
            // DRF takes an empty number for none.
            Some((_, number)) if number.is_empty() => Some(1),
            Some((_, number)) if number == "last" => Some(self.last()),
            Some((_, number)) => number.trim().parse().ok().filter(|&number| number > 0),
        }
    }

    /// The numbers of the customers on page `number`; `None` past the end.
    fn rows(self, number: u64) -> Option<Range<u64>> {
        if !(1..=self.last()).contains(&number) {
            return None;
        }
        let start = (number - 1) * self.size;
        Some(start..(start + self.size).min(self.customers))
    }
}

/// The JSON of page `number` of the list at `path`; `None` past the end.
pub(super) fn body(settings: &Settings, number: u64, path: &str, query: Option<&str>) -> Option<String> {
    /// What one record takes, with room to spare.
    const RECORD: usize = 1_100;
    let paging = Paging::of(settings);
    let rows = paging.rows(number)?;
    let town = settings.town;
    let count = paging.customers;
    let link = |page: Option<u64>| {
        page.map_or("null".to_owned(), |page| {
            format!("\"{}{path}{}\"", settings.next_origin, with_page(query, page))
        })
    };
    let next = link((number < paging.last()).then(|| number + 1));
    let previous = link((number > 1).then(|| number - 1));
    let mut out = format!(r#"{{"count":{count},"next":{next},"previous":{previous},"results":["#);
    out.reserve(usize::try_from(rows.end - rows.start).unwrap_or_default().saturating_mul(RECORD));
    for row in rows.clone() {
        if row > rows.start {
            out.push(',');
        }
        town.write(row, &mut out);
    }
    out.push_str("]}");
    Some(out)
}

/// `query` with its page replaced, keys in order, as DRF words a link: page 1 is the list without a page.
fn with_page(query: Option<&str>, page: u64) -> String {
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .filter(|(key, _)| key != "page")
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    if page > 1 {
        pairs.push(("page".to_owned(), page.to_string()));
    }
    // Stable: DRF keeps the values of one key in their order.
    pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { query } else { format!("?{query}") }
}
