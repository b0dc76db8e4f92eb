//! A random walk that is drawn: whatever servers send and whoever types, whatever the size, no cell holds what no
//! terminal should get.

use super::*;
use crate::app::FieldCounts;
use crate::cube::{Error, FetchedCustomer, Kind, List, Odd, Operation, Record, Written};
use crate::keys::Context;
use crate::search::alike;
use crate::search::sort::{self, Collation};
use crate::text;
use crossterm::event::KeyModifiers;
use proptest::prelude::*;

/// One thing that can happen.
#[derive(Debug, Clone)]
enum Step {
    Press(KeyEvent),
    Paste(String),
    Resize(u16, u16),
    /// What was asked for longest ago is answered, or fails with this status.
    Answer(Option<u16>),
    /// What was asked for before the last question is answered once more.
    AnswerAgain,
}

/// Text of what is dangerous and of what stands beside it.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-e0-9 å漢م👨]{1,6}".prop_map(String::from),
        3 => prop::sample::select(vec![
            "\u{1b}[2J", "\u{1b}]52;c;eA==\u{7}", "\u{9b}31m", "\0", "\r", "\n", "\t", "\u{7f}", "\u{85}", "\u{2028}",
            "\u{202e}", "\u{2066}", "\u{200b}", "\u{feff}", "\u{ad}", "\u{115f}", "\u{3164}", "\u{e000}", "\u{fdd0}",
            "\u{fff9}", "\u{e0041}", "\u{200d}", "\u{200c}", "\u{fe0f}", "\u{301}", "🏴\u{e0067}", "\u{600}", "\u{605}",
        ]).prop_map(String::from),
        1 => (prop::sample::select(vec!["\u{301}", "\u{11a8}\u{1161}", "👨\u{200d}", "\u{d4e}", "\u{605}", "漢"]), 1..40_usize)
            .prop_map(|(piece, times)| piece.repeat(times)),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let typed = any::<char>().prop_map(|c| KeyEvent::from(KeyCode::Char(c)));
    let key = "[0-9a-zåøGJKRYpze/:?+\"-]"
        .prop_map(|key| KeyEvent::from(KeyCode::Char(key.chars().next().unwrap())));
    let named = prop::sample::select(vec![
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::F(1),
        KeyCode::F(4),
        KeyCode::F(6),
        KeyCode::F(7),
        KeyCode::Char(' '),
        KeyCode::Char('>'),
    ])
    .prop_map(KeyEvent::from);
    let ctrl = prop::sample::select(vec!['u', 'w', 'k', 'a', 'p', 'f', 's', 'n', 'x'])
        .prop_map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL));
    let step = prop_oneof![
        6 => key.prop_map(Step::Press),
        2 => typed.prop_map(Step::Press),
        4 => named.prop_map(Step::Press),
        1 => ctrl.prop_map(Step::Press),
        1 => hostile().prop_map(Step::Paste),
        1 => (0..130_u16, 0..40_u16).prop_map(|(width, height)| Step::Resize(width, height)),
        8 => Just(Step::Answer(None)),
        1 => prop::sample::select(vec![401, 403, 404, 500]).prop_map(|status| Step::Answer(Some(status))),
        1 => Just(Step::AnswerAgain),
    ];
    prop::collection::vec(step, 0..300)
}

fn task(effect: Effect) -> Option<Task> {
    match effect {
        Effect::Task(task) => Some(task),
        Effect::Terminal(_) | Effect::Session(_) => None,
    }
}

/// The browser, what it waits for, and the Cube that answers.
struct Desk {
    app: App,
    size: (u16, u16),
    names: Vec<String>,
    wanted: Vec<Task>,
    last: Option<Task>,
}

impl Desk {
    fn new(names: Vec<String>) -> Self {
        let size = (100, 20);
        let start = Start { session: session(), size, ..Start::default() };
        let (app, effects) = App::new(start, Keymap::delivered().unwrap(), NOW);
        Self { app, size, names, wanted: effects.into_iter().filter_map(task).collect(), last: None }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Press(key) => self.send(Msg::Pressed(key)),
            Step::Paste(text) => self.send(Msg::Pasted(text)),
            Step::Resize(width, height) => {
                self.size = (width, height);
                self.send(Msg::Resized(width.max(1), height.max(1)));
            }
            Step::Answer(status) => {
                if !self.wanted.is_empty() {
                    let effect = self.wanted.remove(0);
                    self.answer(&effect, status);
                    self.last = Some(effect);
                }
            }
            Step::AnswerAgain => {
                if let Some(effect) = self.last.take() {
                    self.answer(&effect, None);
                }
            }
        }
    }

    fn send(&mut self, msg: Msg) {
        let effects = self.app.update(NOW, msg);
        self.wanted.extend(effects.into_iter().filter_map(task));
    }

    fn answer(&mut self, effect: &Task, status: Option<u16>) {
        let failed = |doing| {
            status.map(|status| Arc::new(Error::of_kind(doing, List::Assignment(9), Kind::Status(status))))
        };
        let msg = match effect {
            Task::FetchPage { list, generation, number } => {
                let result = failed(Operation::Page(*number)).map_or_else(|| Ok(self.page(*number)), Err);
                Reply::Page { list: *list, generation: *generation, number: *number, result }
            }
            Task::FetchCustomer { ticket, id, .. } => {
                let json = self.record(id.as_str(), 0);
                let read =
                    || FetchedCustomer { record: Record::new(json).unwrap(), read: NOW, odd: Odd::default() };
                let result = failed(Operation::Customer).map_or_else(|| Ok(read()), Err);
                Reply::Customer { ticket: *ticket, list: ticket.list, result }
            }
            Task::FetchLabels => {
                let json =
                    serde_json::json!({ "17": self.names.first(), "18": self.names.last() }).to_string();
                let fields = FieldMap::read(&json).map(|(fields, _)| fields).unwrap_or_default();
                let problems = self.names.clone();
                let problems =
                    problems.iter().map(|name| text::clean_str(name, text::Place::Message).to_string());
                Reply::Labels(Ok(Labels { fields, source: Source::Cube, problems: problems.collect() }))
            }
            Task::Search { ticket, query, pages } => {
                let Some(hits) = search::run(query, pages, &AtomicBool::new(false)) else { return };
                Reply::Searched { ticket: *ticket, hits }
            }
            Task::Alike { ticket, text, query, pages } => {
                let Some(alike) = alike::run(text, query, pages, &AtomicBool::new(false)) else { return };
                Reply::Alike { ticket: *ticket, alike }
            }
            Task::Sort { ticket, orders, pages, among } => {
                let (collation, never) = (Collation::default(), AtomicBool::new(false));
                let sorted = sort::sort(orders, pages, among.as_deref(), &collation, &never);
                let Some(sorted) = sorted.map(Arc::new) else { return };
                Reply::Sorted { ticket: *ticket, sorted }
            }
            Task::CountValues { ticket, key, pages, among } => {
                let never = AtomicBool::new(false);
                let Some(counts) = search::counts::count(key, pages, among.as_deref(), 100, &never) else {
                    return;
                };
                Reply::ValuesCounted { ticket: *ticket, counts }
            }
            Task::FindSame { ticket, wanted, pages } => {
                let Some(found) = search::same(wanted, pages, &AtomicBool::new(false)) else { return };
                Reply::Same { ticket: *ticket, found }
            }
            Task::Write { ticket, .. } => {
                let result = failed(Operation::Writing).map_or_else(|| Ok(self.written()), Err);
                Reply::Written { ticket: *ticket, result }
            }
            Task::CountFields { ticket, pages } => {
                let Some(counts) = FieldCounts::count(pages, &AtomicBool::new(false)) else { return };
                Reply::FieldsCounted { ticket: *ticket, counts }
            }
            Task::CancelPages(_)
            | Task::CancelCustomer(_)
            | Task::CancelSearch(_)
            | Task::CancelSort(_)
            | Task::CancelCount
            | Task::FindCaller { .. }
            | Task::CountHits { .. }
            | Task::FetchCalls { .. }
            | Task::NameCalls { .. }
            | Task::Run(_) => {
                return;
            }
        };
        self.send(Msg::Replied(msg));
    }

    /// The answer to a change: the record as it was read, so that Cube has taken all of it otherwise.
    fn written(&self) -> Written {
        let record = Record::new(self.record("10", 0)).unwrap();
        Written::Saved(Box::new(FetchedCustomer { record, read: NOW, odd: Odd::default() }))
    }

    /// One of three pages.
    fn page(&self, number: u32) -> Arc<Segment> {
        let ids = (0..self.names.len()).map(|n| self.record(&format!("{number}{n}"), n));
        let records: Vec<String> = ids.collect();
        let next = if number < 3 { "\"x\"" } else { "null" };
        let count = 3 * self.names.len();
        let body = format!(r#"{{"count":{count},"next":{next},"results":[{}]}}"#, records.join(","));
        Arc::new(Segment::new(&Page::from_json(number, body, NOW).unwrap(), &Packing::default()))
    }

    fn record(&self, id: &str, n: usize) -> String {
        let name = self.names.get(n).map_or("", String::as_str);
        serde_json::json!({
            "crm__customer_id": id, "crm__standard_info__name": name, "crm__standard_info__phone_1": name,
            "crm__standard_info__email": name, "crm__custom_info__17": name, "crm__custom_info__99": [name],
            name: { name: name },
        })
        .to_string()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
    ))]

    #[test]
    fn whatever_happens_no_cell_holds_what_no_terminal_should_get(
        names in prop::collection::vec(hostile(), 1..12),
        steps in steps(),
    ) {
        let mut desk = Desk::new(names);
        for step in steps {
            let when = format!("{step:?}");
            desk.take(step);
            assert_clean(&drawn(&desk.app, desk.size), &when);
        }
        for _ in 0..6 {
            desk.send(Msg::Pressed(KeyEvent::from(KeyCode::Esc)));
        }
        prop_assert_eq!(desk.app.context(), Context::Table);
        assert_clean(&drawn(&desk.app, desk.size), "the end");
    }
}
