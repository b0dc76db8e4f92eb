//! `cubedex export`: all customers, page by page, into a file or standard output. As many are held as are under way.

use super::file::NewFile;
use super::pages::{Arrived, Pages};
use super::progress::{Data, Progress};
use super::sink::{self, Form};
use super::{Failure, Session, counted, labels, odd, output, query, view};
use crate::cli::{self, Written};
use crate::cube::Record;
use crate::export::{
    About, BadColumns, Choice, Columns, CsvStyle, CutValues, Export, Finished, Format, Headers, NotWritten,
    Shape, UnknownEnding,
};
use crate::fields::FieldMap;
use crate::list::{Packing, Searchable, Segment};
use crate::prompt::tell;
use crate::search::sort::{self, Collation, Order};
use crate::search::{self, PageHits, Query};
use crate::text::{self, Place, SafeText, grouped};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// What is wanted, known before anything is asked.
struct Plan {
    format: Format,
    choice: Choice,
    headers: Headers,
    csv: CsvStyle,
    all_text: bool,
    strict_json: bool,
    file: Option<NewFile>,
}

/// What the writer is handed.
enum Part {
    /// A page more.
    Page(Box<Arrived>),
    /// All pages were there: the export may be ended. Without it, it stays a piece.
    End {
        /// How many customers the list has.
        customers: u64,
    },
}

/// Writes all customers.
///
/// # Errors
/// Not all of them could be read or written; then no file is left.
pub(super) async fn run(args: &cli::Export, session: &Session) -> Result<u8, Failure> {
    let mut plan = Plan::of(args)?;
    let view = args.view.as_deref().map(|name| view::named(name, session)).transpose()?;
    if let Some(view) = view.as_ref().filter(|view| args.columns.is_none() && !view.column.is_empty()) {
        plan.choice = Choice::of(view::columns(view));
    }
    let search = args.search.clone().or_else(|| view.as_ref().map(|view| view.filter.clone()));
    let search = search.filter(|line| args.search.is_some() || !line.is_empty());
    let orders = view.as_ref().map(view::orders).unwrap_or_default();
    let progress = Progress::new(if plan.file.is_some() { Data::IntoFile } else { Data::Streams });
    let mut pages = Pages::new(&session.cube);
    let first = next(&mut pages, session, &progress).await?;
    plan.format.takes(pages.count().unwrap_or_default()).map_err(anyhow::Error::from)?;
    let labels = plan.labels(search.as_deref(), session).await?;
    let all_fields = args.all_fields || args.view.is_some();
    let about = About {
        place: format!("{} · {}", session.account.name(), session.account.list),
        of: None,
        search: search.clone().unwrap_or_default(),
        sorted: orders
            .iter()
            .map(|order| (labels.name_of(&order.key).to_string(), order.descending))
            .collect(),
        read: first.as_ref().map(|arrived| arrived.page.read),
        are_marked: false,
    };
    let chosen = search.map(|line| chosen(&line, all_fields, &labels)).transpose()?;
    let writing = Writing { chosen, orders, packing: Packing::of(session.settings.country) };
    let columns = plan.columns(&labels, first.as_ref())?;
    let Plan { format, csv, all_text, strict_json, .. } = plan;
    let shape = Shape { format, columns, csv, all_text, about, strict_json };
    let (to, out) = plan.out()?;
    let (sender, parts) = channel(1);
    let writing = tokio::task::spawn_blocking(move || write(shape, &writing, out, parts));
    let read = hand_over(first, &mut pages, session, &progress, &sender).await;
    drop(sender);
    let written = writing.await.map_err(|_| Failure::Internal)?;
    // A reader that has gone away, or a full disk, is why reading has stopped.
    let finished = match (read, written) {
        (_, Err(why)) => return Err(output::not_exported(&to, why)),
        (Err(why), Ok(written)) => return Err(plan.stopped(written.customers(), why)),
        (Ok(()), Ok(Outcome::Whole(finished))) => finished,
        (Ok(()), Ok(Outcome::Piece(_))) => return Err(Failure::Internal),
    };
    drop(progress);
    odd::tell_of(pages.odd(), plan.written());
    if !finished.without_column.is_empty() {
        return Err(plan.stopped(finished.written, without_column(&finished.without_column)));
    }
    tell_of_cut(&finished.cut);
    if let Some(file) = plan.file {
        file.keep()?;
        let customers = match pages.customers() {
            all if all == finished.written => counted(all, "customer"),
            all => format!("{} of {}", grouped(finished.written), counted(all, "customer")),
        };
        tell(format!("{customers} written to {to}"));
    }
    Ok(0)
}

impl Plan {
    /// Decides what is wanted, and makes the file ready: what is wrong with it is known before Cube is asked.
    fn of(args: &cli::Export) -> Result<Self, Failure> {
        let usage = |bad: BadColumns| Failure::Usage(bad.to_string());
        let path = args.output.as_deref().filter(|path| path.as_os_str() != "-");
        let format = match (args.format, path) {
            (Some(Written::Csv), _) | (None, None) => Format::Csv,
            (Some(Written::Jsonl), _) => Format::JsonLines,
            (Some(Written::Xlsx), _) => Format::Excel,
            (None, Some(path)) => match Format::of_path(path) {
                Ok(format) => format,
                // A device or a pipe is like standard output; of a folder is said what it is.
                Err(UnknownEnding::None(_)) if path.exists() && !path.is_file() => Format::Csv,
                Err(unknown) => return Err(Failure::Usage(unknown.to_string())),
            },
        };
        let refuse = |words: &str| Err(Failure::Usage(words.to_owned()));
        if format == Format::JsonLines && args.headers == Some(cli::Headers::Labels) {
            return refuse("JSON Lines have the keys as Cube sends them; leave --headers out");
        }
        if args.plain && format != Format::Csv {
            return refuse("--plain is for --format csv; the other formats hold each value as it is anyway");
        }
        if args.strict_json && format != Format::JsonLines {
            return refuse("--strict-json is for --format jsonl; no other format is JSON");
        }
        if (args.separator.is_some() || args.bom) && format != Format::Csv {
            return refuse("--separator and --bom are for --format csv");
        }
        if args.text && format != Format::Excel {
            return refuse("--text is for --format xlsx; the other formats hold no other cells");
        }
        let file = path.map(|path| NewFile::at(path, args.force)).transpose()?;
        if format == Format::Excel && file.as_ref().map_or_else(output::is_terminal, NewFile::is_terminal) {
            return refuse("an Excel workbook is not for a terminal, for example: --output customers.xlsx");
        }
        let choice = args.columns.as_deref().map(Choice::read).transpose().map_err(usage)?;
        Ok(Self {
            format,
            choice: choice.unwrap_or_else(Choice::all),
            headers: if args.headers == Some(cli::Headers::Keys) { Headers::Keys } else { Headers::Labels },
            csv: CsvStyle {
                plain: args.plain,
                separator: args.separator.map_or(b',', |separator| separator.0),
                bom: args.bom,
            },
            all_text: args.text,
            strict_json: args.strict_json,
            file,
        })
    }

    /// The labels, which are read where they matter.
    async fn labels(&self, search: Option<&str>, session: &Session) -> Result<FieldMap, Failure> {
        let names_fields = search.is_some_and(|line| line.contains(':'));
        let is_whole_record = self.format == Format::JsonLines && self.choice.wants_all();
        let is_needed = names_fields || !is_whole_record;
        let fields = if is_needed { labels::find_surely(session).await?.fields } else { FieldMap::default() };
        Ok(fields.of(session.cube.list().schema()))
    }

    /// The columns.
    fn columns(&self, fields: &FieldMap, first: Option<&Arrived>) -> Result<Columns, Failure> {
        let seen = first.map(keys).unwrap_or_default();
        let columns = Columns::choose(&self.choice, fields, &seen, self.headers);
        columns.map_err(|bad| Failure::Usage(bad.to_string()))
    }

    /// How values are written that are no JSON.
    fn written(&self) -> odd::Written {
        match self.format {
            Format::JsonLines if self.strict_json => odd::Written::Null,
            Format::JsonLines => odd::Written::NoJson,
            Format::Csv | Format::Excel => odd::Written::Sent,
        }
    }

    /// Where to write, and what a message calls it.
    fn out(&self) -> Result<(SafeText<'static>, Box<dyn Write + Send>), Failure> {
        match &self.file {
            Some(file) => Ok((file.name().clone(), sink::to(file.handle()?, self.form()))),
            None => Ok((SafeText::from(output::STANDARD), output::standard(self.form())?)),
        }
    }

    /// Why the export ends early, with what has become of the customers that were written until then. A file that is
    /// not whole is gone, but what a stream has taken is not.
    fn stopped(&self, written: u64, why: Failure) -> Failure {
        let is_stream = self.file.as_ref().is_none_or(NewFile::is_stream);
        if is_stream && written > 0 {
            let written = counted(written, "customer");
            tell(format!("the output is not whole: {written} were written before what follows"));
            return why;
        }
        Failure::Early { why: Box::new(why) }
    }

    /// What that is on its way out.
    fn form(&self) -> Form {
        match self.format {
            Format::Csv if self.csv.plain => Form::Plain,
            Format::Csv => Form::Text,
            Format::JsonLines => Form::Json,
            Format::Excel => Form::Bytes,
        }
    }
}

/// The keys of a page's customers beyond the standard ones, in the order in which they come.
fn keys(page: &Arrived) -> Vec<String> {
    let records: Vec<Record<'_>> = page.page.records().map(|(_, record)| record).collect();
    let mut keys = super::show::keys(&records);
    keys.retain(|key| page.page.schema.position(key).is_none());
    keys
}

/// The next page, while the bar tells of waits that Cube asks for.
async fn next(pages: &mut Pages, session: &Session, progress: &Progress) -> Result<Option<Arrived>, Failure> {
    let mut waiting = session.cube.waiting();
    loop {
        tokio::select! {
            page = pages.next() => {
                progress.reached(pages.customers(), pages.count());
                return Ok(page.transpose()?);
            }
            Ok(()) = waiting.changed() => progress.waits(*waiting.borrow_and_update()),
        }
    }
}

/// Hands all pages to the writer, until it has had enough of them.
async fn hand_over(
    first: Option<Arrived>,
    pages: &mut Pages,
    session: &Session,
    progress: &Progress,
    writer: &Sender<Part>,
) -> Result<(), Failure> {
    let mut page = first;
    while let Some(arrived) = page {
        if writer.send(Part::Page(Box::new(arrived))).await.is_err() {
            return Ok(());
        }
        page = next(pages, session, progress).await?;
    }
    pages.whole()?;
    // Without the writer there is its error to tell.
    let _ = writer.send(Part::End { customers: pages.customers() }).await;
    Ok(())
}

/// Which customers are written, and in which order.
struct Writing {
    /// Those whom a search finds. `None` for all.
    chosen: Option<Query>,
    /// What they are sorted by; nothing for Cube's order, in which they are written as they come.
    orders: Vec<Order>,
    packing: Packing,
}

impl Writing {
    /// The customers of a page who are written. `None` for all of them.
    fn on_page(&self, page: &Searchable) -> Option<Arc<PageHits>> {
        let query = self.chosen.as_ref()?;
        let hits = search::run(query, &[page.clone().into()], &AtomicBool::new(false));
        let hits = hits.into_iter().flatten().next();
        Some(hits.map(|(_, hits)| hits).unwrap_or_default())
    }

    fn searchable(&self, arrived: &Arrived) -> Searchable {
        let segment = Arc::new(Segment::new(&arrived.page, &self.packing));
        let repeats = arrived.repeated.iter().filter_map(|place| u32::try_from(*place).ok()).collect();
        Searchable { page: arrived.page.number, segment, repeats }
    }
}

/// What a search line means.
fn chosen(line: &str, all_fields: bool, fields: &FieldMap) -> Result<Query, Failure> {
    let line = query::read(line, all_fields, fields)?;
    // A report of whoever has a word somewhere is not the report that was asked for.
    if let Some(unknown) = line.unknown {
        return Err(Failure::Usage(unknown));
    }
    query::not_empty(line.query)
}

/// What the writer has done with what it was handed.
enum Outcome<W> {
    /// It has ended the export.
    Whole(Finished<W>),
    /// It was not handed the end, but this many customers.
    Piece(u64),
}

impl<W> Outcome<W> {
    fn customers(&self) -> u64 {
        match self {
            Self::Whole(finished) => finished.written,
            Self::Piece(written) => *written,
        }
    }
}

/// Writes what it is handed.
fn write<W: Write + Send>(
    shape: Shape,
    writing: &Writing,
    out: W,
    mut parts: Receiver<Part>,
) -> Result<Outcome<W>, NotWritten> {
    let mut export = Export::begin(shape, out)?;
    let mut held = Vec::new();
    while let Some(part) = parts.blocking_recv() {
        let arrived = match part {
            Part::Page(arrived) => arrived,
            Part::End { customers } => {
                write_sorted(&mut export, writing, &held)?;
                export.are_of(Some(customers));
                return export.finish().map(Outcome::Whole);
            }
        };
        if !writing.orders.is_empty() {
            held.push(writing.searchable(&arrived));
            continue;
        }
        let is_chosen = writing.chosen.as_ref().and_then(|_| writing.on_page(&writing.searchable(&arrived)));
        for (place, (_, record)) in arrived.page.records().enumerate() {
            let is_wanted = is_chosen.as_ref().is_none_or(|hits| hits.has(place));
            if is_wanted && arrived.repeated.binary_search(&place).is_err() {
                export.write(&record)?;
            }
        }
    }
    Ok(Outcome::Piece(export.written()))
}

/// Writes the customers that were held to be sorted.
fn write_sorted<W: Write + Send>(
    export: &mut Export<W>,
    writing: &Writing,
    pages: &[Searchable],
) -> Result<(), NotWritten> {
    let collation = Collation::of(&text::order_of_text(|name| std::env::var(name).ok()));
    let sorted = sort::sort(&writing.orders, pages, None, &collation, &AtomicBool::new(false));
    let Some(sorted) = sorted.filter(|_| !pages.is_empty()) else { return Ok(()) };
    let pages = pages.iter().map(|page| (page.page, page.segment.records(), writing.on_page(page)));
    let mut pages: Vec<_> = pages.collect();
    pages.sort_by_key(|(number, ..)| *number);
    for slot in (0..sorted.len()).filter_map(|row| sorted.slot(row)) {
        let Ok(at) = pages.binary_search_by_key(&slot.page, |(number, ..)| *number) else { continue };
        let Some((_, records, hits)) = pages.get_mut(at) else { continue };
        if hits.as_ref().is_none_or(|hits| hits.has(slot.index as usize)) {
            export.write(&records.whole(slot.index))?;
        }
    }
    Ok(())
}

/// Says of which values a workbook has only the beginning.
fn tell_of_cut(cut: &CutValues) {
    let clean = |text: &str| text::clean_str(text, Place::Message).to_string();
    for (id, header) in &cut.first {
        let (id, header) = (clean(id), clean(header));
        tell(format!("warning: {header} of customer {id} is longer than a cell can be, and was cut"));
    }
    let more = cut.count.saturating_sub(cut.first.len() as u64);
    if more > 0 {
        tell(format!("warning: {} more were cut", counted(more, "value")));
    }
    if cut.count > 0 {
        tell("--format csv and jsonl have every value whole".to_owned());
    }
}

/// Fields with values that no column could be made for.
fn without_column(keys: &[String]) -> Failure {
    let keys: Vec<String> = keys.iter().map(|key| text::clean_str(key, Place::Message).to_string()).collect();
    let keys = keys.join(",");
    Failure::Other(anyhow::anyhow!(
        "the first page of the list lacks these fields, so they have no column: name them with --columns all,{keys}"
    ))
}
