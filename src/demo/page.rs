//! One page of the list: which one a query asks for, and its envelope as DRF's paginator builds it.

use std::ops::Range;

use axum::http::HeaderValue;
use url::form_urlencoded;

use super::Settings;
use super::changes::Records;
use super::route::{Resource, Route};

/// How the town's list falls into pages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paging {
    customers: u64,
    size: u64,
}

impl Paging {
    /// The paging that `settings` ask for, before anything is written.
    pub(super) fn of(settings: &Settings) -> Self {
        Self { customers: settings.town.customers(), size: (settings.page_size as u64).max(1) }
    }

    /// The same for this many customers.
    pub(super) const fn with(self, customers: u64) -> Self {
        Self { customers, ..self }
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

    /// The page that a request to `route` asks for; `None` when the route is not the list's.
    pub(super) fn page_of(self, route: &Route, query: Option<&str>) -> Option<u64> {
        let is_list = matches!(route, Route::View { resource: Resource::List, .. });
        is_list.then(|| self.asked(query)).flatten()
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

/// What `next` and `previous` are built from: what the request asked for.
pub(super) struct Links<'a> {
    /// The host, with the port where the client named one.
    pub(super) host: &'a str,
    /// The path of the list.
    pub(super) path: &'a str,
    /// The query, which the links repeat with another page.
    pub(super) query: Option<&'a str>,
}

impl Links<'_> {
    /// The link to `page` as JSON. The scheme is http: nothing else can be asked of this server.
    fn to(&self, page: Option<u64>) -> String {
        let Self { host, path, query } = self;
        page.map_or("null".to_owned(), |page| format!("\"http://{host}{path}{}\"", with_page(*query, page)))
    }
}

/// The host that a request names. `None` when Django would not take it for one, so that it needs no JSON escape.
pub(super) fn host(header: &HeaderValue) -> Option<&str> {
    let host = header.to_str().ok()?;
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    (!host.is_empty() && host.bytes().all(is_known)).then_some(host)
}

/// The JSON of page `number` of the list; `None` past the end.
pub(super) fn body(paging: Paging, records: &Records, number: u64, links: &Links<'_>) -> Option<String> {
    /// What one record takes, with room to spare.
    const RECORD: usize = 1_100;
    let rows = paging.rows(number)?;
    let room = usize::try_from(rows.end - rows.start).unwrap_or_default().saturating_mul(RECORD);
    envelope(paging, number, links, |row, out| {
        if row == rows.start {
            out.reserve(room);
        }
        records.write(row, out);
    })
}

/// The JSON of page `number` of any list, whose rows `write` adds; `None` past the end.
pub(super) fn envelope(
    paging: Paging,
    number: u64,
    links: &Links<'_>,
    mut write: impl FnMut(u64, &mut String),
) -> Option<String> {
    let rows = paging.rows(number)?;
    let count = paging.customers;
    let next = links.to((number < paging.last()).then(|| number + 1));
    let previous = links.to((number > 1).then(|| number - 1));
    let mut out = format!(r#"{{"count":{count},"next":{next},"previous":{previous},"results":["#);
    for row in rows.clone() {
        if row > rows.start {
            out.push(',');
        }
        write(row, &mut out);
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
