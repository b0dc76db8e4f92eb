//! Effects under way: requests and searches, each of which ends in a message. Dropping [`Tasks`] drops them all.

use crate::app::{CallsOf, FieldCounts, Labels, ListId, Msg, Reply, Task, Ticket};
use crate::cube::{Change, Cube, CustomerId, Error, List, Page, Wait, Writing, Written};
use crate::fields;
use crate::list::{self, Packing, Segment};
use crate::search::sort::{self, Collation};
use crate::search::{self, alike, counts};
use crate::system::program;
use crate::text::{self, Country, Place};
use std::collections::HashMap;
use std::future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{oneshot, watch};
use tokio::task::{AbortHandle, JoinSet};

/// The most frequent values of a column, no more than this, are told.
const VALUES: usize = 5_000;

/// What is under way.
#[derive(Debug)]
pub struct Tasks {
    /// The client of the open list.
    cube: Cube,
    /// The lists of the account; their places are the numbers that the app has for them.
    lists: Vec<List>,
    country: Country,
    /// What the pages of each list share.
    packings: HashMap<ListId, Packing>,
    collation: Arc<Collation>,
    waiting: watch::Receiver<Option<Wait>>,
    running: JoinSet<Option<Msg>>,
    /// Programs that were started and left to themselves: nothing waits for their end.
    programs: JoinSet<Option<Msg>>,
    pages: Vec<(ListId, AbortHandle)>,
    customers: HashMap<Ticket, AbortHandle>,
    labels: Option<AbortHandle>,
    search: HashMap<ListId, Flag>,
    sort: HashMap<ListId, Flag>,
    count: Option<Flag>,
}

/// Set to stop what was begun with it.
type Flag = Arc<AtomicBool>;

impl Tasks {
    /// Nothing under way yet.
    #[must_use]
    pub fn new(cube: Cube) -> Self {
        let waiting = cube.waiting();
        Self {
            cube,
            lists: Vec::new(),
            country: Country::default(),
            packings: HashMap::new(),
            collation: Arc::default(),
            waiting,
            running: JoinSet::new(),
            programs: JoinSet::new(),
            pages: Vec::new(),
            customers: HashMap::new(),
            labels: None,
            search: HashMap::new(),
            sort: HashMap::new(),
            count: None,
        }
    }

    /// The same for an account in this country.
    #[must_use]
    pub fn in_country(self, country: Country) -> Self {
        Self { country, ..self }
    }

    /// The same for a person with this locale, in whose order text is sorted.
    #[must_use]
    pub fn in_language_of(self, locale: &str) -> Self {
        Self { collation: Arc::new(Collation::of(locale)), ..self }
    }

    /// The same for an account with these lists.
    #[must_use]
    pub fn with_lists(self, lists: Vec<List>) -> Self {
        Self { lists, ..self }
    }

    /// Asks another client from now on; what the old one is being asked is dropped.
    pub fn use_cube(&mut self, cube: Cube) {
        self.pages.drain(..).for_each(|(_, page)| page.abort());
        self.customers.drain().for_each(|(_, question)| question.abort());
        self.labels.take().into_iter().for_each(|labels| labels.abort());
        self.waiting = cube.waiting();
        self.cube = cube;
    }

    /// How many are under way, those that were dropped but have not ended yet included, and programs left out.
    #[must_use]
    pub fn under_way(&self) -> usize {
        self.running.len()
    }

    /// Starts a task, or drops what it says to drop.
    pub fn start(&mut self, task: Task) {
        match task {
            Task::FetchPage { list, generation, number } => self.fetch_page(list, generation, number),
            Task::CancelPages(list) => {
                let dropped = self.pages.extract_if(.., |(of, _)| *of == list);
                dropped.for_each(|(_, page)| page.abort());
            }
            Task::FetchCustomer { ticket, id, or_elsewhere } => self.fetch_customer(ticket, id, or_elsewhere),
            Task::CancelCustomer(ticket) => {
                if let Some(question) = self.customers.remove(&ticket) {
                    question.abort();
                }
            }
            Task::Write { ticket, writing, change } => self.write(ticket, writing, change),
            Task::FindSame { ticket, wanted, pages } => {
                self.running.spawn(computed(move || {
                    let found = search::same(&wanted, &pages, &AtomicBool::new(false))?;
                    Some(Msg::Replied(Reply::Same { ticket, found }))
                }));
            }
            Task::FindCaller { ticket, text, pages } => {
                self.running.spawn(computed(move || {
                    let slots = search::caller(&text, &pages, &AtomicBool::new(false))?;
                    Some(Msg::Replied(Reply::CallerFound { ticket, slots }))
                }));
            }
            Task::FetchCalls { list, generation, number, of } => {
                self.fetch_calls((list, generation, number), of);
            }
            Task::NameCalls { ticket, calls, customers } => {
                self.running.spawn(computed(move || {
                    let pages = list::named(&calls, &customers);
                    Some(Msg::Replied(Reply::CallsNamed { ticket, pages }))
                }));
            }
            Task::CountHits { ticket, queries, pages } => {
                self.running.spawn(computed(move || {
                    let counts = search::count_hits(&queries, &pages, &AtomicBool::new(false))?;
                    Some(Msg::Replied(Reply::HitsCounted { ticket, counts }))
                }));
            }
            Task::Run(arguments) => {
                self.programs.spawn_blocking(move || {
                    let failed = program::run_to_its_end(&arguments).err()?.to_string();
                    let program = arguments.first().map(|program| text::clean_str(program, Place::Message));
                    let program = program.unwrap_or_default().to_string();
                    Some(Msg::Replied(Reply::ProgramFailed(program, failed)))
                });
            }
            Task::FetchLabels => self.fetch_labels(),
            Task::Search { ticket, query, pages } => {
                let cancelled = next_of(&mut self.search, ticket.list);
                self.running.spawn(computed(move || {
                    let hits = search::run(&query, &pages, &cancelled)?;
                    Some(Msg::Replied(Reply::Searched { ticket, hits }))
                }));
            }
            Task::Alike { ticket, text, query, pages } => {
                let cancelled = next_of(&mut self.search, ticket.list);
                self.running.spawn(computed(move || {
                    let alike = alike::run(&text, &query, &pages, &cancelled)?;
                    Some(Msg::Replied(Reply::Alike { ticket, alike }))
                }));
            }
            Task::CancelSearch(list) => {
                next_of(&mut self.search, list);
            }
            Task::Sort { ticket, orders, pages, among } => {
                let cancelled = next_of(&mut self.sort, ticket.list);
                let collation = Arc::clone(&self.collation);
                self.running.spawn(computed(move || {
                    let sorted = sort::sort(&orders, &pages, among.as_deref(), &collation, &cancelled)?;
                    Some(Msg::Replied(Reply::Sorted { ticket, sorted: Arc::new(sorted) }))
                }));
            }
            Task::CancelSort(list) => {
                next_of(&mut self.sort, list);
            }
            Task::CountFields { ticket, pages } => {
                let cancelled = self.next_count();
                self.running.spawn(computed(move || {
                    let counts = FieldCounts::count(&pages, &cancelled)?;
                    Some(Msg::Replied(Reply::FieldsCounted { ticket, counts }))
                }));
            }
            Task::CountValues { ticket, key, pages, among } => {
                let cancelled = self.next_count();
                self.running.spawn(computed(move || {
                    let counts = counts::count(&key, &pages, among.as_deref(), VALUES, &cancelled)?;
                    Some(Msg::Replied(Reply::ValuesCounted { ticket, counts }))
                }));
            }
            Task::CancelCount => {
                self.next_count();
            }
        }
    }

    /// Does on a thread of its own what may wait for the system.
    pub fn start_blocking(&mut self, work: impl FnOnce() -> Option<Msg> + Send + 'static) {
        let working = tokio::task::spawn_blocking(work);
        self.running.spawn(async move { working.await.ok().flatten() });
    }

    /// The next message; `None` when something that was dropped has ended without one. Waits for ever while nothing
    /// is under way. Safe to drop at any time.
    pub async fn next(&mut self) -> Option<Msg> {
        tokio::select! {
            Ok(()) = self.waiting.changed() => Some(Msg::Throttled(*self.waiting.borrow_and_update())),
            Some(ended) = self.running.join_next() => ended.ok().flatten(),
            Some(ended) = self.programs.join_next() => ended.ok().flatten(),
            else => future::pending().await,
        }
    }

    fn fetch_page(&mut self, list: ListId, generation: u64, number: u32) {
        let cube = self.cube.clone();
        self.read_page((list, generation, number), async move { cube.page(number).await });
    }

    fn fetch_calls(&mut self, page: (ListId, u64, u32), of: CallsOf) {
        let cube = self.cube.of_list(of.list);
        self.read_page(page, async move { cube.calls(of.days, page.2).await });
    }

    /// Reads a page of a list and packs it.
    fn read_page(
        &mut self,
        (list, generation, number): (ListId, u64, u32),
        read: impl Future<Output = Result<Page, Error>> + Send + 'static,
    ) {
        let country = self.country;
        let packing = self.packings.entry(list).or_insert_with(|| Packing::of(country)).clone();
        self.pages.retain(|(_, page)| !page.is_finished());
        let page = self.running.spawn(async move {
            let result = match read.await {
                Ok(page) => Ok(computed(move || Some(Arc::new(Segment::new(&page, &packing)))).await?),
                Err(error) => Err(Arc::new(error)),
            };
            Some(Msg::Replied(Reply::Page { list, generation, number, result }))
        });
        self.pages.push((list, page));
    }

    fn fetch_customer(&mut self, ticket: Ticket, id: CustomerId, or_elsewhere: bool) {
        let cube = self.client_of(ticket.list);
        let lists = self.lists.clone();
        let others = lists.iter().copied().filter(|list| or_elsewhere && *list != cube.list());
        let others: Vec<List> = others.collect();
        self.customers.retain(|_, question| !question.is_finished());
        let question = self.running.spawn(async move {
            let found = cube.customer_or_in(&others, &id).await;
            let number = |found_in| lists.iter().position(|list| *list == found_in)?.try_into().ok();
            let list = found.as_ref().ok().and_then(|(_, found_in)| number(*found_in));
            let list = list.map_or(ticket.list, ListId);
            let result = match found {
                Ok((fetched, _)) => Ok(computed(move || Some(fetched.shortened())).await?),
                Err(error) => Err(Arc::new(error)),
            };
            Some(Msg::Replied(Reply::Customer { ticket, list, result }))
        });
        self.customers.insert(ticket, question);
    }

    /// Sends a change. It goes on whatever else is dropped: only its answer tells whether it was saved.
    fn write(&mut self, ticket: Ticket, writing: Writing, change: Arc<Change>) {
        let cube = self.client_of(ticket.list);
        self.running.spawn(async move {
            let result = cube.write(writing, &change).await;
            let result = computed(move || Some(result.map(Written::shortened).map_err(Arc::new))).await?;
            Some(Msg::Replied(Reply::Written { ticket, result }))
        });
    }

    /// The client of a list of the account; of the open one where no other is known.
    fn client_of(&self, list: ListId) -> Cube {
        let list = self.lists.get(list.0 as usize);
        list.map_or_else(|| self.cube.clone(), |list| self.cube.of_list(*list))
    }

    fn fetch_labels(&mut self) {
        let cube = self.cube.clone();
        let asking = self
            .running
            .spawn(async move { Some(Msg::Replied(Reply::Labels(labels(&cube).await.map_err(Arc::new)))) });
        self.labels = Some(asking);
    }

    /// Stops the count that is under way; the flag is for the next one.
    fn next_count(&mut self) -> Flag {
        let next = Flag::default();
        if let Some(running) = self.count.replace(Arc::clone(&next)) {
            running.store(true, Ordering::Relaxed);
        }
        next
    }
}

/// A flag in place of the one of a list, which is set.
fn next_of(flags: &mut HashMap<ListId, Flag>, list: ListId) -> Flag {
    let next = Flag::default();
    if let Some(running) = flags.insert(list, Arc::clone(&next)) {
        running.store(true, Ordering::Relaxed);
    }
    next
}

/// Works something out on the threads for that, as many as there are cores: never on those that wait for answers.
fn computed<T: Send + 'static>(
    work: impl FnOnce() -> Option<T> + Send + 'static,
) -> impl Future<Output = Option<T>> + Send {
    let (done, result) = oneshot::channel();
    rayon::spawn(move || {
        // No one waits any more for what was dropped.
        let _ = done.send(work());
    });
    async { result.await.ok().flatten() }
}

/// Reads the labels from Cube. A mapping that can't be read is a problem that is told, not an error.
async fn labels(cube: &Cube) -> Result<Labels, Error> {
    Ok(fields::Labels::of_cube(&cube.custom_fields().await?).into())
}
