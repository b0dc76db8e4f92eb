//! `cubedex find`: the browser's search, over all customers of the list.

use super::pages::Pages;
use super::progress::{Data, Progress};
use super::{Failure, NOT_FOUND, Session, labels, odd, output, show};
use crate::cli::{Find, Shown};
use crate::cube::{Odd, Record};
use crate::fields::FieldMap;
use crate::list::{Packing, Scope, Searchable, Segment, Store};
use crate::prompt::tell;
use crate::search::alike::{self, Alike};
use crate::search::{self, Found, Part, Query, Reach, Unsearched};
use crate::text::{self, Place, grouped};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Shows who was found, the best first, and says among how many, and who has a name that is alike.
///
/// # Errors
/// Not all customers could be read; who was found until then is shown all the same.
pub(super) async fn run(args: &Find, session: &Session) -> Result<u8, Failure> {
    let line = line(args)?;
    let on_terminal = output::is_terminal();
    let form = args.format.unwrap_or(if on_terminal { Shown::Table } else { Shown::Jsonl });
    let written = show::written(form, args.strict_json)?;
    let needs_labels = line.contains(':') || form == Shown::Csv;
    let fields = if needs_labels { labels::find(session).await?.fields } else { FieldMap::default() };
    let query = query(args, &fields)?;
    let (store, found, odd, ended) = search_all(&query, session).await?;
    let alike = alike(&line, query, &store, &found).await?;
    let limit = args.limit.map_or(usize::MAX, |limit| limit as usize);
    let hits = (0..found.len()).filter_map(|row| found.slot(row));
    let others = alike.slots.iter().copied().filter(|_| args.alike);
    let mut reader = store.reader();
    let records: Vec<Record<'_>> =
        hits.chain(others).take(limit).filter_map(|slot| reader.record(slot)).collect();
    output::write(data(&records, form, &fields, args.strict_json)?).await?;
    tell(scope(&store.scope(), found.len(), records.len().min(found.len())));
    odd::tell_of(&odd, written);
    if let Some(said) = alike_said(&alike, found.is_empty(), args.alike) {
        tell(said);
    }
    match ended {
        Err(failure) => Err(failure),
        Ok(()) => Ok(if records.is_empty() { NOT_FOUND } else { 0 }),
    }
}

/// What the arguments say in one line: for what is said of it, and for correcting it.
fn line(args: &Find) -> Result<String, Failure> {
    let named = [&args.phone, &args.email, &args.name].into_iter().flatten();
    let words: Vec<&str> = args.text.iter().chain(named).map(|word| word.trim()).collect();
    if words.iter().all(|word| word.is_empty()) {
        return Err(Failure::Usage(
            "there is nothing to look for, for example: cubedex find kari".to_owned(),
        ));
    }
    Ok(words.join(" "))
}

fn query(args: &Find, fields: &FieldMap) -> Result<Query, Failure> {
    let reach = if args.all_fields { Reach::AllFields } else { Reach::Standard };
    let query = Query::search(&args.text.join(" "), reach, fields);
    if let Some(unknown) = &query.unknown {
        let near = unknown.nearest.as_deref().map(|near| text::clean_str(near, Place::Message));
        let near = near.map(|near| format!(", but one is called {near}")).unwrap_or_default();
        tell(format!("there is no field {}{near}; its text is searched", text::typed(&unknown.typed)));
    }
    let named = [(Part::Phone, &args.phone), (Part::Email, &args.email), (Part::Name, &args.name)];
    let with = |query: Query, (part, text): (Part, &Option<String>)| match text {
        Some(text) => query.with(part, text),
        None => query,
    };
    let query = named.into_iter().fold(query, with);
    if query.is_empty() {
        return Err(Failure::Usage(
            "there is nothing to look for in signs alone; type a letter or digit".to_owned(),
        ));
    }
    Ok(query)
}

/// Who has a name that is alike and was not found.
async fn alike(line: &str, query: Query, store: &Store, found: &Found) -> Result<Alike, Failure> {
    let with_hits = |page: Searchable| Unsearched { wider: found.page(page.page).cloned(), ..page.into() };
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
    session: &Session,
) -> Result<(Store, Found, Odd, Result<(), Failure>), Failure> {
    let progress = Progress::new(Data::Follows);
    let mut pages = Pages::new(&session.cube);
    let (mut store, packing) = (Store::new(), Packing::of(session.settings.country));
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

fn data(
    records: &[Record<'_>],
    form: Shown,
    fields: &FieldMap,
    strict_json: bool,
) -> Result<Vec<u8>, Failure> {
    match form {
        Shown::Json => Ok(show::json(records, false, strict_json)),
        Shown::Table if records.is_empty() => Ok(Vec::new()),
        Shown::Table => Ok(show::rows(records).into_bytes()),
        Shown::Jsonl | Shown::Csv => show::exported(records, form, fields, strict_json),
    }
}

/// How many were found, and among how many: "all" only where all were there.
fn scope(scope: &Scope, found: usize, shown: usize) -> String {
    let found = match (found, shown) {
        (0, _) => "nobody found".to_owned(),
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
