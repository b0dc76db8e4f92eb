//! `cubedex find`: the browser's search, over all customers of the list, or of all lists of the profile.

use super::pages::Pages;
use super::progress::{Data, Progress};
use super::show::{self, How};
use super::{Failure, NOT_FOUND, Session, labels, odd, output, query, view};
use crate::cli::{Find, Shown};
use crate::cube::{Cube, List, Odd, Record};
use crate::fields::FieldMap;
use crate::list::{Packing, Scope, Searchable, Segment, Slot, Store};
use crate::prompt::tell;
use crate::search::alike::{self, Alike};
use crate::search::sort::{self, Collation, Order, Sorted};
use crate::search::{self, Found, Part, Query, Rank, Unsearched};
use crate::text::{self, Country, Place, grouped};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Shows who was found, the best first, and says among how many, and who has a name that is alike.
///
/// # Errors
/// Not all customers could be read; who was found until then is shown all the same.
pub(super) async fn run(args: &Find, session: &Session) -> Result<u8, Failure> {
    let view = args.view.as_deref().map(|name| view::named(name, session)).transpose()?.unwrap_or_default();
    let (orders, columns) = (view::orders(&view), view::columns(&view));
    let filter = Some(view.filter).filter(|filter| !filter.is_empty());
    let line = line(args, filter.as_deref())?;
    let on_terminal = output::is_terminal();
    let form = args.format.unwrap_or(if on_terminal { Shown::Table } else { Shown::Jsonl });
    let how = How::of(form, args.plain, args.strict_json)?;
    let needs_labels =
        line.contains(':') || form == Shown::Csv || (!columns.is_empty() && form == Shown::Table);
    let fields = if needs_labels { labels::find(session).await?.fields } else { FieldMap::default() };
    let fields = fields.of(session.account.list.schema());
    let query = query(args, filter.as_deref(), &fields)?;
    let mut lists = vec![session.account.list];
    lists.extend(session.account.other_lists().into_iter().filter(|_| args.all_lists));
    let mut searched = Vec::new();
    let mut failed = None;
    for list in lists {
        match Searched::of(list, &line, &query, &orders, session).await {
            Ok(list) => searched.push(list),
            // What another list has is shown all the same.
            Err(failure) => failed = failed.or(Some(failure)),
        }
    }
    if searched.is_empty() {
        return failed.map_or(Ok(NOT_FOUND), Err);
    }
    let limit = args.limit.map_or(usize::MAX, |limit| limit as usize);
    let rows: Vec<Row> = rows(&searched, args.alike).into_iter().take(limit).collect();
    let mut readers: Vec<_> = searched.iter().map(|list| list.store.reader()).collect();
    let records = rows.iter().filter_map(|row| readers.get_mut(row.list)?.whole(row.slot));
    let records: Vec<Record<'_>> = records.collect();
    output::write(data(&records, &columns, &fields, how)?, how.form()).await?;
    for (at, list) in searched.iter().enumerate() {
        let shown = rows.iter().filter(|row| row.list == at && row.rank.is_some()).count();
        let place = if args.all_lists { format!("{}: ", list.list) } else { String::new() };
        tell(format!("{place}{}", scope(&list.store.scope(), list.found.len(), shown)));
        if let Some(said) = alike_said(&list.alike, list.found.is_empty(), args.alike) {
            tell(format!("{place}{said}"));
        }
    }
    let mut odd = Odd::default();
    for list in &searched {
        odd.add(list.odd.clone());
    }
    odd::tell_of(&odd, how.written());
    let mut ended = searched.into_iter().map(|list| list.ended).chain(failed.map(Err));
    match ended.find_map(Result::err) {
        Some(failure) => Err(failure),
        None => Ok(if records.is_empty() { NOT_FOUND } else { 0 }),
    }
}

/// One list, searched as far as its pages came.
struct Searched {
    list: List,
    store: Store,
    found: Found,
    /// Those who were found in the order of the view. `None` where the best rank is first.
    sorted: Option<Sorted>,
    alike: Alike,
    odd: Odd,
    ended: Result<(), Failure>,
}

impl Searched {
    async fn of(
        list: List,
        line: &str,
        query: &Query,
        orders: &[Order],
        session: &Session,
    ) -> Result<Self, Failure> {
        let cube = session.cube.of_list(list);
        let (store, found, odd, ended) = search_all(query, &cube, session.settings.country).await?;
        let alike = alike(line, query.clone(), &store, &found).await?;
        let sorted = sorted(orders, &store, &found).await?;
        Ok(Self { list, store, found, sorted, alike, odd, ended })
    }

    /// Those who were found, as they are shown.
    fn slots(&self) -> Vec<Slot> {
        match &self.sorted {
            Some(sorted) => (0..sorted.len()).filter_map(|row| sorted.slot(row)).collect(),
            None => (0..self.found.len()).filter_map(|row| self.found.slot(row)).collect(),
        }
    }
}

/// A customer who is shown.
struct Row {
    /// The place of their list among those that were searched.
    list: usize,
    /// How well they match. `None` for one who is only alike.
    rank: Option<Rank>,
    slot: Slot,
}

/// The customers of all lists, the best first, then in the order of the lists; those of a view with an order list by
/// list.
fn rows(searched: &[Searched], with_alike: bool) -> Vec<Row> {
    let hits = |(list, of): (usize, &'_ Searched)| -> Vec<Row> {
        let rank = |slot| of.found.row_of(slot).and_then(|row| of.found.rank(row));
        of.slots().into_iter().map(|slot| Row { list, rank: rank(slot), slot }).collect()
    };
    let mut rows: Vec<Row> = searched.iter().enumerate().flat_map(hits).collect();
    if searched.iter().all(|of| of.sorted.is_none()) {
        rows.sort_by_key(|row| row.rank);
    }
    let alike = searched.iter().enumerate().filter(|_| with_alike);
    rows.extend(
        alike.flat_map(|(list, of)| {
            of.alike.slots.iter().map(move |slot| Row { list, rank: None, slot: *slot })
        }),
    );
    rows
}

/// What the arguments say in one line: for what is said of it, and for correcting it.
fn line(args: &Find, filter: Option<&str>) -> Result<String, Failure> {
    let named = [&args.phone, &args.email, &args.name].into_iter().flatten();
    let words: Vec<&str> = args.text.iter().chain(named).map(|word| word.trim()).chain(filter).collect();
    if words.iter().all(|word| word.is_empty()) {
        return Err(Failure::Usage(
            "there is nothing to look for, for example: cubedex find kari".to_owned(),
        ));
    }
    Ok(words.join(" "))
}

/// What is looked for; the words of a view mean what they mean in the browser, in all fields.
fn query(args: &Find, filter: Option<&str>, fields: &FieldMap) -> Result<Query, Failure> {
    let words: Vec<&str> = args.text.iter().map(String::as_str).chain(filter).collect();
    let line = query::read(&words.join(" "), args.all_fields || filter.is_some(), fields)?;
    if let Some(unknown) = line.unknown {
        tell(format!("{unknown}; its text is searched"));
    }
    let named = [(Part::Phone, &args.phone), (Part::Email, &args.email), (Part::Name, &args.name)];
    let with = |query: Query, (part, text): (Part, &Option<String>)| match text {
        Some(text) => query.with(part, text),
        None => query,
    };
    query::not_empty(named.into_iter().fold(line.query, with))
}

/// Those who were found in the order of the view. `None` where it has none.
async fn sorted(orders: &[Order], store: &Store, found: &Found) -> Result<Option<Sorted>, Failure> {
    if orders.is_empty() {
        return Ok(None);
    }
    let (orders, pages, found) = (orders.to_vec(), store.searchable(), found.clone());
    let sorted = tokio::task::spawn_blocking(move || {
        let collation = Collation::of(&text::order_of_text(|name| std::env::var(name).ok()));
        sort::sort(&orders, &pages, Some(&found), &collation, &AtomicBool::new(false))
    });
    sorted.await.map_err(|_| Failure::Internal)
}

/// Who has a name that is alike and was not found.
async fn alike(line: &str, query: Query, store: &Store, found: &Found) -> Result<Alike, Failure> {
    let query = Arc::new(query);
    let with_hits = |page: Searchable| Unsearched::within(page, &query, found);
    let (line, pages): (_, Vec<_>) =
        (line.to_owned(), store.searchable().into_iter().map(with_hits).collect());
    let looked =
        tokio::task::spawn_blocking(move || alike::run(&line, &query, &pages, &AtomicBool::new(false)));
    Ok(looked.await.map_err(|_| Failure::Internal)?.unwrap_or_default())
}

/// What is said of names that are alike. `None` where there are none.
fn alike_said(alike: &Alike, has_no_match: bool, is_shown: bool) -> Option<String> {
    if alike.len == 0 {
        return None;
    }
    let words: Vec<&str> = alike.words.iter().map(|(word, _)| word.as_str()).collect();
    let hint = if is_shown { "" } else { "; --alike shows them" };
    let mean = alike.lines.first().filter(|_| has_no_match);
    let mean = mean.map(|line| format!("did you mean {}? ", text::clean_str(line, Place::Message)));
    let words = words.join(", ");
    let words = text::clean_str(&words, Place::Message).to_string();
    Some(format!("{}{} spelled alike: {words}{hint}", mean.unwrap_or_default(), grouped(alike.len as u64)))
}

/// Reads and searches page by page, as long as pages come, and says why no more did where that was too early.
async fn search_all(
    query: &Query,
    cube: &Cube,
    country: Country,
) -> Result<(Store, Found, Odd, Result<(), Failure>), Failure> {
    let progress = Progress::new(Data::Follows);
    let mut pages = Pages::new(cube);
    let (mut store, packing) = (Store::new(), Packing::of(country));
    let mut found = Found::default();
    let ended = loop {
        let arrived = match pages.next().await {
            None => break Ok(()),
            Some(Err(error)) if store.held() == 0 => return Err(error.into()),
            Some(Err(error)) => break Err(error.into()),
            Some(Ok(arrived)) => arrived,
        };
        progress.reached(pages.customers(), pages.count());
        let packing = packing.clone();
        let segment = tokio::task::spawn_blocking(move || Arc::new(Segment::new(&arrived.page, &packing)));
        // Who is shown no more on another page is searched there no more.
        let touched = store.page_arrived(segment.await.map_err(|_| Failure::Internal)?);
        let pages = touched.iter().filter_map(|page| store.searchable_page(*page));
        let unsearched: Vec<_> = pages.map(Unsearched::from).collect();
        found.add(search::run(query, &unsearched, &AtomicBool::new(false)).unwrap_or_default());
        found.forget(touched.into_iter().filter(|page| store.segment(*page).is_none()));
    };
    if let Some(page) = pages.ends_at() {
        store.page_missing(page);
    }
    let ended = ended.and_then(|()| pages.whole().map_err(Failure::from));
    Ok((store, found, pages.odd().clone(), ended))
}

/// The customers as they are shown, with the columns of a view, where it has some. JSON is always whole.
fn data(records: &[Record<'_>], columns: &[String], fields: &FieldMap, how: How) -> Result<Vec<u8>, Failure> {
    match how.shown {
        Shown::Json => Ok(show::json(records, false, how)),
        Shown::Table if records.is_empty() => Ok(Vec::new()),
        Shown::Table => Ok(show::rows(records, columns, fields).into_bytes()),
        Shown::Jsonl | Shown::Csv => show::exported(records, columns, fields, how),
    }
}

/// How many were found, and among how many: "all" only where all were there.
fn scope(scope: &Scope, found: usize, shown: usize) -> String {
    let found = match (found, shown) {
        (0, _) => "no match".to_owned(),
        (found, shown) if shown < found => {
            format!("{} found, the first {} shown,", grouped(found as u64), grouped(shown as u64))
        }
        (found, _) => format!("{} found", grouped(found as u64)),
    };
    let loaded = grouped(scope.loaded as u64);
    match (scope.is_all(), scope.as_of, scope.total()) {
        (true, Some(as_of), _) => format!("{found} among all {loaded} as of {as_of}"),
        (_, _, Some(total)) => format!("{found} in {loaded} of {}", grouped(total)),
        _ => format!("{found} in {loaded}"),
    }
}
