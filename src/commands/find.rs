//! `cubedex find`: the browser's search, over all customers of the list.

use super::pages::Pages;
use super::progress::{Data, Progress};
use super::{Failure, NOT_FOUND, Session, labels, output, show};
use crate::cli::{Find, Shown};
use crate::cube::Record;
use crate::fields::FieldMap;
use crate::list::{Packing, Scope, Segment, Store};
use crate::prompt::tell;
use crate::search::{self, Found, Query, Reach, Unsearched};
use crate::text::{self, Place, grouped};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Shows who was found, the best first, and says among how many.
///
/// # Errors
/// Not all customers could be read; who was found until then is shown all the same.
pub(super) async fn run(args: &Find, session: &Session) -> Result<u8, Failure> {
    let line = line(args)?;
    let on_terminal = output::is_terminal();
    let form = args.format.unwrap_or(if on_terminal { Shown::Table } else { Shown::Jsonl });
    let needs_labels = line.contains(':') || form == Shown::Csv;
    let fields = if needs_labels { labels::find(session).await?.fields } else { FieldMap::default() };
    let query = query(&line, args, &fields)?;
    let (store, found, ended) = search_all(&query, session).await?;
    let shown = args.limit.map_or(usize::MAX, |limit| limit as usize).min(found.len());
    let mut reader = store.reader();
    let records: Vec<Record<'_>> =
        (0..shown).filter_map(|row| found.slot(row)).filter_map(|slot| reader.record(slot)).collect();
    output::write(data(&records, form, &fields)?).await?;
    tell(scope(&store.scope(), found.len(), shown));
    match ended {
        Err(failure) => Err(failure),
        Ok(()) => Ok(if found.is_empty() { NOT_FOUND } else { 0 }),
    }
}

/// The search line that the arguments make up.
fn line(args: &Find) -> Result<String, Failure> {
    let mut words = args.text.clone();
    let named = [("phone", &args.phone), ("email", &args.email), ("name", &args.name)];
    for (field, value) in named {
        if let Some(value) = value {
            // A number is read as one however it is grouped; within quotes it would be words.
            let quote = if field == "phone" { "" } else { "\"" };
            words.push(format!("{field}:{quote}{}{quote}", value.replace('"', " ").trim()));
        }
    }
    if words.iter().all(|word| word.trim().is_empty()) {
        return Err(Failure::Usage(
            "there is nothing to look for, for example: cubedex find kari".to_owned(),
        ));
    }
    Ok(words.join(" "))
}

fn query(line: &str, args: &Find, fields: &FieldMap) -> Result<Query, Failure> {
    let reach = if args.all_fields { Reach::AllFields } else { Reach::Standard };
    let query = Query::search(line, reach, fields);
    if let Some(unknown) = &query.unknown {
        let name = |text: &str| text::clean_str(text, Place::Message).to_string();
        let near = unknown.nearest.as_deref().map(|near| format!(", but one is called {}", name(near)));
        let near = near.unwrap_or_default();
        let typed = name(&unknown.typed);
        return Err(Failure::Usage(format!("no field is called {typed}{near}; cubedex fields lists them")));
    }
    if query.is_empty() {
        return Err(Failure::Usage(
            "there is nothing to look for in signs alone; type a letter or digit".to_owned(),
        ));
    }
    Ok(query)
}

/// Reads and searches page by page, as long as pages come, and says why no more did where that was too early.
async fn search_all(
    query: &Query,
    session: &Session,
) -> Result<(Store, Found, Result<(), Failure>), Failure> {
    let progress = Progress::new(Data::Follows);
    let mut pages = Pages::new(&session.cube);
    let (mut store, packing) = (Store::new(), Packing::default());
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
    Ok((store, found, ended))
}

fn data(records: &[Record<'_>], form: Shown, fields: &FieldMap) -> Result<Vec<u8>, Failure> {
    match form {
        Shown::Json => Ok(show::json(records, false)),
        Shown::Table if records.is_empty() => Ok(Vec::new()),
        Shown::Table => Ok(show::rows(records).into_bytes()),
        Shown::Jsonl | Shown::Csv => show::exported(records, form, fields),
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
