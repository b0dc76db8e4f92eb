//! Messages in, effects and state out.

mod accounts;
mod alike;
mod browsing;
mod caller;
mod calls;
mod card;
mod columns;
mod copying;
mod elsewhere;
mod exporting;
mod finding;
mod forms;
mod incoming;
mod loading;
mod looking_up;
mod marks;
mod masks;
mod mouse;
mod notices;
mod own_commands;
mod reaching;
mod recents;
mod shared;
mod sorting;
mod values;
mod views;
mod walk;

use super::*;
use crate::cube::{Error, FetchedCustomer, Kind, List, Odd, Operation, Page, Record};
use crate::fields::FieldMap;
use crate::list::{Packing, Segment};
use crate::search;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const NOW: Moment = Moment::at(1_000_000, 8, 12);

/// An app over a list of customers that this test answers for, page by page.
struct Desk {
    app: App,
    customers: Vec<(String, String, String)>,
    size: usize,
    /// The tasks that were not answered yet.
    tasks: Vec<Task>,
    /// Counts that were not answered yet: those that are asked for by themselves when a card opens.
    counts: Vec<Task>,
    /// The calls on the session that were not answered yet.
    calls: Vec<SessionCall>,
    /// What was copied.
    copied: Vec<String>,
    now: Moment,
}

impl Desk {
    /// This many customers in pages of `size`, named "Kunde N", with the id 1000 + N and the phone 9000 0000 + N.
    fn new(customers: usize, size: usize) -> Self {
        let customer =
            |n: usize| (format!("{}", 1000 + n), format!("Kunde {n}"), format!("{}", 90_000_000 + n));
        Self::of((0..customers).map(customer).collect(), size)
    }

    fn of(customers: Vec<(String, String, String)>, size: usize) -> Self {
        Self::start(customers, size, None)
    }

    fn start(customers: Vec<(String, String, String)>, size: usize, typed: Option<&str>) -> Self {
        Self::with_keys(customers, size, typed, Keymap::vi().unwrap())
    }

    /// Like [`Self::new`], with the keys as delivered.
    fn delivered(customers: usize, size: usize) -> Self {
        let customers = Self::new(customers, size).customers;
        Self::with_keys(customers, size, None, Keymap::delivered().unwrap())
    }

    fn with_keys(
        customers: Vec<(String, String, String)>,
        size: usize,
        typed: Option<&str>,
        keymap: Keymap,
    ) -> Self {
        let account = Account {
            name: "acme".into(),
            list: "assignment 9".into(),
            credential: Some("CUBEDEX_TOKEN".into()),
            credential_kind: "token",
            profile: Some("work".into()),
            ..Account::default()
        };
        let profiles = ["home", "work"]
            .map(|name| Profile { name: name.into(), place: "beta · assignment 3".into(), list: None })
            .into();
        let start = Start {
            session: Session { account, profiles, ..Session::default() },
            labels: Labels { fields: FieldMap::default(), source: Source::Demo, problems: Vec::new() },
            typed: typed.map(str::to_owned),
            warnings: Vec::new(),
            size: (120, 14),
            card_width: None,
            drafts: Drafts::default(),
            views: SavedViews::default(),
            view: None,
            recents: Vec::new(),
            is_masked: false,
        };
        let (app, effects) = App::new(start, keymap, NOW);
        let (tasks, counts, calls, copied) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut desk = Self { app, customers, size, tasks, counts, calls, copied, now: NOW };
        desk.take(effects);
        desk
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Task(task @ Task::CountHits { .. }) => self.counts.push(task),
                Effect::Task(task) => self.tasks.push(task),
                Effect::Session(call) => self.calls.push(call),
                Effect::Terminal(TerminalCall::Copy(text)) => self.copied.push(text.to_string()),
                Effect::Terminal(TerminalCall::Suspend | TerminalCall::Repaint) => {}
            }
        }
    }

    /// Answers whatever can be answered, until nothing is wanted any more.
    fn settle(mut self) -> Self {
        while let Some(answer) = self.next_answer() {
            self.send(answer);
        }
        self
    }

    fn next_answer(&mut self) -> Option<Msg> {
        if let Some(call) = self.calls.iter().position(|call| answer_to(call).is_some()) {
            return answer_to(&self.calls.remove(call));
        }
        if let Some(count) = self.counts.pop() {
            return self.answer(&count);
        }
        let at = self.tasks.iter().position(|task| self.answer(task).is_some())?;
        let task = self.tasks.remove(at);
        self.answer(&task)
    }

    fn answer(&self, task: &Task) -> Option<Msg> {
        Some(Msg::Replied(match task {
            Task::FetchPage { list, generation, number } => {
                let result = Ok(self.page(*number));
                Reply::Page { list: *list, generation: *generation, number: *number, result }
            }
            Task::Search { ticket, query, pages } => {
                let hits = search::run(query, pages, &AtomicBool::new(false))?;
                Reply::Searched { ticket: *ticket, hits }
            }
            Task::Alike { ticket, text, query, pages } => {
                let alike = search::alike::run(text, query, pages, &AtomicBool::new(false))?;
                Reply::Alike { ticket: *ticket, alike }
            }
            Task::FetchCustomer { ticket, id, .. } => {
                let known = self.customers.iter().find(|(known, ..)| known == id.as_str());
                let result = match known {
                    Some(customer) => Ok(reading(customer, self.now)),
                    None => Err(failure(Operation::Customer, 404)),
                };
                Reply::Customer { ticket: *ticket, list: ticket.list, result }
            }
            Task::Sort { ticket, orders, pages, among } => {
                let collation = search::sort::Collation::default();
                let never = AtomicBool::new(false);
                let sorted = search::sort::sort(orders, pages, among.as_deref(), &collation, &never)?;
                Reply::Sorted { ticket: *ticket, sorted: Arc::new(sorted) }
            }
            Task::CountFields { ticket, pages } => {
                let counts = FieldCounts::count(pages, &AtomicBool::new(false))?;
                Reply::FieldsCounted { ticket: *ticket, counts }
            }
            Task::CountValues { ticket, key, pages, among } => {
                let never = AtomicBool::new(false);
                let counts = search::counts::count(key, pages, among.as_deref(), 100, &never)?;
                Reply::ValuesCounted { ticket: *ticket, counts }
            }
            Task::FindSame { ticket, wanted, pages } => {
                let found = search::same(wanted, pages, &AtomicBool::new(false))?;
                Reply::Same { ticket: *ticket, found }
            }
            Task::FindCaller { ticket, text, pages } => {
                let slots = search::caller(text, pages, &AtomicBool::new(false))?;
                Reply::CallerFound { ticket: *ticket, slots }
            }
            Task::CountHits { ticket, queries, pages } => {
                let counts = search::count_hits(queries, pages, &AtomicBool::new(false))?;
                Reply::HitsCounted { ticket: *ticket, counts }
            }
            Task::NameCalls { ticket, calls, customers } => {
                Reply::CallsNamed { ticket: *ticket, pages: crate::list::named(calls, customers) }
            }
            Task::CancelPages(_)
            | Task::CancelCustomer(_)
            | Task::CancelSearch(_)
            | Task::CancelSort(_)
            | Task::CancelCount
            | Task::Write { .. }
            | Task::FetchCalls { .. }
            | Task::Run(_)
            | Task::FetchLabels => return None,
        }))
    }

    fn page(&self, number: u32) -> Arc<Segment> {
        let from = (number as usize - 1) * self.size;
        let records: Vec<String> = self.customers.iter().skip(from).take(self.size).map(json).collect();
        let next = if from + self.size < self.customers.len() { "\"x\"" } else { "null" };
        let mut body = String::new();
        let count = self.customers.len();
        let _ = write!(body, r#"{{"count":{count},"next":{next},"results":[{}]}}"#, records.join(","));
        Arc::new(Segment::new(&Page::from_json(number, body, NOW).unwrap(), &Packing::default()))
    }

    fn send(&mut self, msg: Msg) {
        let effects = self.app.update(self.now, msg);
        self.take(effects);
    }

    fn press(mut self, code: KeyCode) -> Self {
        self.send(Msg::Pressed(KeyEvent::new(code, KeyModifiers::NONE)));
        self
    }

    fn keys(self, text: &str) -> Self {
        text.chars().fold(self, |desk, c| desk.press(KeyCode::Char(c)))
    }

    /// Types a script, and settles after each key: `\n` Enter, `\t` Tab, `↓` down, `⎋` Esc, `①` F1, `⌘` Ctrl+P.
    fn script(self, keys: &str) -> Self {
        keys.chars().fold(self, |desk, c| {
            let desk = match c {
                '\n' => desk.press(KeyCode::Enter),
                '\t' => desk.press(KeyCode::Tab),
                '↓' => desk.press(KeyCode::Down),
                '⎋' => desk.press(KeyCode::Esc),
                '①' => desk.press(KeyCode::F(1)),
                '⌘' => desk.ctrl('p'),
                c => desk.press(KeyCode::Char(c)),
            };
            desk.settle()
        })
    }

    fn ctrl(mut self, c: char) -> Self {
        self.send(Msg::Pressed(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)));
        self
    }

    fn paste(mut self, text: &str) -> Self {
        self.send(Msg::Pasted(text.to_owned()));
        self
    }

    /// Drops the questions that the app has dropped, as the tasks would, and returns them.
    fn forget_what_was_cancelled(&mut self) -> Vec<Task> {
        let mut dropped = Vec::new();
        while let Some(at) = self.tasks.iter().position(is_cancel) {
            let cancel = self.tasks.remove(at);
            let newer = self.tasks.split_off(at);
            let (cancelled, kept) = self.tasks.drain(..).partition(|task| is_cancelled_by(task, &cancel));
            self.tasks = kept;
            self.tasks.extend(newer);
            dropped.extend::<Vec<_>>(cancelled);
        }
        dropped
    }

    /// The time this many seconds from now.
    fn now_in(&self, seconds: i64) -> Moment {
        let since = i64::try_from(self.now.seconds_since(NOW)).unwrap_or_default();
        Moment::at(1_000_000 + since + seconds, 8, 12)
    }

    /// The pages that are asked for and not answered.
    fn asked(&self) -> Vec<u32> {
        let page = |task: &Task| match task {
            Task::FetchPage { number, .. } => Some(*number),
            _ => None,
        };
        self.tasks.iter().filter_map(page).collect()
    }

    /// The page that is asked for could not be read.
    fn fail(mut self, number: u32, status: u16) -> Self {
        self.tasks
            .retain(|effect| !matches!(effect, Task::FetchPage { number: asked, .. } if *asked == number));
        let error = failure(Operation::Page(number), status);
        let generation = self.app.list.load.generation();
        let list = self.app.list.id;
        self.send(Msg::Replied(Reply::Page { list, generation, number, result: Err(error) }));
        self
    }

    /// The id of the customer under the cursor.
    fn selected(&self) -> Option<String> {
        let slot = self.app.list.selected()?;
        self.app.list.id_at(slot)
    }

    /// The names on the table.
    fn names(&self) -> Vec<String> {
        let name = |row| match self.app.list.row(row) {
            Some(crate::list::Row::Loaded(slot)) => {
                let record = self.app.list.store.record(slot)?;
                Some(record.standard().name.as_raw().to_owned())
            }
            _ => Some("·".to_owned()),
        };
        (0..self.app.list.row_count()).filter_map(name).collect()
    }

    fn says(&self) -> String {
        self.app.said().words
    }

    fn card_id(&self) -> Option<&str> {
        self.app.layers.card().map(|card| card.id.as_str())
    }
}

fn is_cancel(task: &Task) -> bool {
    matches!(
        task,
        Task::CancelPages(_) | Task::CancelCustomer(_) | Task::CancelSearch(_) | Task::CancelSort(_)
    )
}

fn is_cancelled_by(task: &Task, cancel: &Task) -> bool {
    match (task, cancel) {
        (Task::FetchCustomer { ticket, .. }, Task::CancelCustomer(cancelled)) => ticket == cancelled,
        (Task::FetchPage { list, .. } | Task::FetchCalls { list, .. }, Task::CancelPages(of)) => list == of,
        (Task::Sort { ticket, .. }, Task::CancelSort(of))
        | (Task::Search { ticket, .. } | Task::Alike { ticket, .. }, Task::CancelSearch(of)) => {
            ticket.list == *of
        }
        _ => false,
    }
}

fn answer_to(call: &SessionCall) -> Option<Msg> {
    Some(Msg::Session(match call {
        SessionCall::UseCredential(_) => SessionReply::CredentialTaken,
        SessionCall::OpenProfile { name, .. } => {
            SessionReply::ProfileFailed(format!("could not open {name}: no"))
        }
        SessionCall::ReadLabels
        | SessionCall::KeepCardWidth(_)
        | SessionCall::KeepDrafts(_)
        | SessionCall::KeepRecents(_)
        | SessionCall::AnswerCaller(..)
        | SessionCall::KeepViews(_)
        | SessionCall::Export(_)
        | SessionCall::StopExport
        | SessionCall::CompletePath(_)
        | SessionCall::Quit => return None,
    }))
}

fn failure(doing: Operation, status: u16) -> Arc<Error> {
    Arc::new(Error::of_kind(doing, List::Assignment(9), Kind::Status(status)))
}

fn json((id, name, phone): &(String, String, String)) -> String {
    format!(
        r#"{{"crm__customer_id":"{id}","crm__standard_info__name":"{name}","crm__standard_info__phone_1":"{phone}","crm__custom_info__17":"A","crm__custom_info__18":""}}"#
    )
}

fn reading(customer: &(String, String, String), read: Moment) -> FetchedCustomer {
    FetchedCustomer { record: Record::new(json(customer)).unwrap(), read, odd: Odd::default() }
}

fn people(names: &[&str]) -> Vec<(String, String, String)> {
    let person = |(n, name): (usize, &&str)| {
        (format!("{}", 1000 + n), (*name).to_owned(), format!("{}", 90_000_000 + n))
    };
    names.iter().enumerate().map(person).collect()
}
