//! The main screens in Norwegian, as a small terminal shows them.

use super::*;
use crate::app::{FieldCounts, SessionCall};
use crate::cube::{CrmType, Error, FetchedCustomer, Kind, List, Odd, Operation, Record};
use crate::demo::{CUSTOM_FIELDS, Town};
use crate::keys::Action;
use crate::language::{Language, in_norwegian};
use crate::search::sort::{self, Collation};
use crate::search::{alike, counts};
use insta::assert_snapshot;

const SIZE: (u16, u16) = (80, 24);
const CUSTOMERS: u64 = 2_340;
const PAGE: u64 = 500;
const OWNER: List = List::DataOwner { owner: 2, crm_type: CrmType::B2C };
/// A time that would be shown by the time zone of whoever runs the tests.
const TIME: &str = "1281847542.0";
/// The second customer's phone, in the town and as someone else has changed it meanwhile.
const PHONES: (&str, &str) = ("90909088", "95412345");

/// A browser over a town of customers, whose Cube answers when it is told to.
struct Desk {
    app: App,
    town: Town,
    tasks: Vec<Task>,
    /// Whether the phones in Cube are others now.
    is_changed: bool,
    /// When Cube failed, by the real clock.
    failed: Option<Moment>,
}

impl Desk {
    fn open() -> Self {
        let (fields, _) = FieldMap::read(CUSTOM_FIELDS).unwrap();
        let account = Account {
            host: "cube.example".into(),
            list: "oppdrag 9".into(),
            calls: Some(OWNER),
            credential: Some("CUBEDEX_TOKEN".into()),
            credential_kind: "token",
            ..session().account
        };
        let start = Start {
            session: Session { account, language: Language::Norwegian, ..Session::default() },
            labels: Labels { fields, source: Source::Cube, problems: Vec::new() },
            size: SIZE,
            ..Start::default()
        };
        let (app, effects) = App::new(start, Keymap::delivered().unwrap(), NOW);
        let mut desk =
            Self { app, town: Town::new(CUSTOMERS), tasks: Vec::new(), is_changed: false, failed: None };
        desk.take(effects);
        desk
    }

    /// A browser whose list is loaded to its end.
    fn whole() -> Self {
        let desk = Self::open().settle().does(Action::LoadRest).settle();
        assert!(desk.app.list.store.scope().is_all());
        desk
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Task(task) => self.tasks.push(task),
                Effect::Session(SessionCall::Quit) => unreachable!(),
                Effect::Session(_) | Effect::Terminal(_) => {}
            }
        }
    }

    fn send(mut self, msg: Msg) -> Self {
        let effects = self.app.update(NOW, msg);
        self.take(effects);
        self
    }

    fn does(self, action: Action) -> Self {
        self.send(Msg::Asked(action))
    }

    fn all_of(self, actions: &[Action]) -> Self {
        actions.iter().fold(self, |desk, action| desk.does(*action).settle())
    }

    fn types(self, text: &str) -> Self {
        self.send(Msg::Pasted(text.to_owned())).settle()
    }

    fn presses(self, c: char) -> Self {
        self.send(Msg::Pressed(KeyEvent::from(KeyCode::Char(c))))
    }

    fn settle(mut self) -> Self {
        while !self.tasks.is_empty() {
            let task = self.tasks.remove(0);
            if let Some(answer) = self.answer(&task) {
                self = self.send(Msg::Replied(answer));
            }
        }
        self
    }

    /// Answers the first question with this status.
    fn fails(mut self, status: u16) -> Self {
        let error = |doing| Arc::new(Error::of_kind(doing, List::Assignment(9), Kind::Status(status)));
        self.failed = Some(error(Operation::Customer).at());
        let is_asked = |task: &Task| {
            matches!(task, Task::FetchPage { .. } | Task::FetchCustomer { .. } | Task::Write { .. })
        };
        let at = self.tasks.iter().position(is_asked).unwrap();
        let reply = match self.tasks.remove(at) {
            Task::FetchPage { list, generation, number } => {
                Reply::Page { list, generation, number, result: Err(error(Operation::Page(number))) }
            }
            Task::FetchCustomer { ticket, .. } => {
                Reply::Customer { ticket, list: ticket.list, result: Err(error(Operation::Customer)) }
            }
            Task::Write { ticket, .. } => Reply::Written { ticket, result: Err(error(Operation::Writing)) },
            _ => unreachable!(),
        };
        self.send(Msg::Replied(reply))
    }

    fn answer(&self, task: &Task) -> Option<Reply> {
        let never = AtomicBool::new(false);
        Some(match task {
            Task::FetchPage { list, generation, number } => {
                let result = Ok(self.page(*number));
                Reply::Page { list: *list, generation: *generation, number: *number, result }
            }
            Task::FetchCustomer { ticket, id, .. } => {
                let record = (0..10).map(|n| self.record(n)).find(|json| json.contains(id.as_str()));
                let result = match record {
                    Some(json) => Ok(FetchedCustomer {
                        record: Record::new(json).unwrap(),
                        read: NOW,
                        odd: Odd::default(),
                    }),
                    None => Err(Arc::new(Error::of_kind(
                        Operation::Customer,
                        List::Assignment(9),
                        Kind::Status(404),
                    ))),
                };
                Reply::Customer { ticket: *ticket, list: ticket.list, result }
            }
            Task::Search { ticket, query, pages } => {
                Reply::Searched { ticket: *ticket, hits: search::run(query, pages, &never)? }
            }
            Task::Alike { ticket, text, query, pages } => {
                Reply::Alike { ticket: *ticket, alike: alike::run(text, query, pages, &never)? }
            }
            Task::Sort { ticket, orders, pages, among } => {
                let sorted = sort::sort(orders, pages, among.as_deref(), &Collation::default(), &never)?;
                Reply::Sorted { ticket: *ticket, sorted: Arc::new(sorted) }
            }
            Task::CountFields { ticket, pages } => {
                Reply::FieldsCounted { ticket: *ticket, counts: FieldCounts::count(pages, &never)? }
            }
            Task::CountValues { ticket, key, pages, among } => {
                let counts = counts::count(key, pages, among.as_deref(), 100, &never)?;
                Reply::ValuesCounted { ticket: *ticket, counts }
            }
            Task::CountHits { ticket, queries, pages } => {
                Reply::HitsCounted { ticket: *ticket, counts: search::count_hits(queries, pages, &never)? }
            }
            Task::FetchCalls { list, generation, number, .. } => {
                let result = Ok(self.calls(*number));
                Reply::Page { list: *list, generation: *generation, number: *number, result }
            }
            Task::NameCalls { ticket, calls, customers } => {
                Reply::CallsNamed { ticket: *ticket, pages: crate::list::named(calls, customers) }
            }
            _ => return None,
        })
    }

    fn record(&self, n: u64) -> String {
        let json = self.town.record(n).replace(TIME, "");
        if self.is_changed { json.replace(PHONES.0, PHONES.1) } else { json }
    }

    fn page(&self, number: u32) -> Arc<Segment> {
        let from = (u64::from(number) - 1) * PAGE;
        let records: Vec<String> =
            (from..CUSTOMERS.min(from + PAGE)).map(|n| self.town.record(n).replace(TIME, "")).collect();
        let next = if from + PAGE < CUSTOMERS { "\"x\"" } else { "null" };
        let body = format!(r#"{{"count":{CUSTOMERS},"next":{next},"results":[{}]}}"#, records.join(","));
        Arc::new(Segment::new(&Page::from_json(number, body, NOW).unwrap(), &Packing::default()))
    }

    fn calls(&self, number: u32) -> Arc<Segment> {
        let id: serde_json::Value = serde_json::from_str(&self.town.record(1)).unwrap();
        let call = |time: &str, outcome: &str| {
            serde_json::json!({
                "crm__customer_id": id["crm__customer_id"], "callflow__time": time,
                "callflow__outcome": outcome, "campaign__name": "Vinter", "user__email": "a@b.no",
            })
            .to_string()
        };
        let calls = [call("1970-01-01T08:00:00", "Salg"), call("1970-01-01T07:10:00", "Ikke svar")];
        let body = format!(r#"{{"count":2,"next":null,"results":[{}]}}"#, calls.join(","));
        let page = Page::from_json_of(&crate::cube::CALL_OUTCOMES, number, body, NOW).unwrap();
        Arc::new(Segment::new(&page, &Packing::default()))
    }

    fn screen(&self) -> String {
        let screen = lines(&drawn(&self.app, SIZE)).join("\n");
        self.failed.map_or(screen.clone(), |failed| screen.replace(&failed.to_string(), &NOW.to_string()))
    }

    /// The form of the second customer, on the first phone.
    fn form() -> Self {
        Self::open().settle().all_of(&[Action::Down, Action::Open, Action::Edit])
    }
}

/// What a person has done, under the name of the screen.
type Named = (&'static str, fn() -> Desk);

/// Draws each moment in Norwegian.
fn shown(moments: &[Named]) {
    in_norwegian(|| {
        for (name, moment) in moments {
            assert_snapshot!(*name, moment().screen());
        }
    });
}

#[test]
fn the_table_says_how_much_is_loaded() {
    shown(&[
        ("first_frame", Desk::open),
        ("table_loading", || Desk::open().settle()),
        ("table_whole", Desk::whole),
        ("table_sorted", || Desk::open().settle().all_of(&[Action::ColumnRight, Action::Sort])),
        ("table_marked", || Desk::whole().all_of(&[Action::Mark, Action::Mark])),
        ("table_masked", || Desk::open().settle().does(Action::Mask)),
    ]);
}

#[test]
fn a_search_says_what_it_found_and_in_how_much() {
    shown(&[
        ("search_open", || Desk::whole().does(Action::Find)),
        ("search_matches", || Desk::open().settle().does(Action::Find).types("hår")),
        ("search_no_match", || Desk::open().settle().does(Action::Find).types("hårklyppera")),
        ("search_number", || Desk::whole().does(Action::Find).types("909090")),
        ("search_unknown_field", || Desk::whole().does(Action::Find).types("navnet:per")),
        ("search_bad_filter", || Desk::whole().does(Action::Find).types("founded:>mai")),
        ("search_of_no_one", || {
            Desk::open().settle().does(Action::Find).types("9120000000").all_of(&[Action::Open])
        }),
    ]);
}

#[test]
fn a_card_says_what_can_be_done_with_it() {
    let card: fn() -> Desk = || Desk::whole().all_of(&[Action::Down, Action::Open]);
    shown(&[
        ("card", card),
        ("card_copy_as", || Desk::whole().all_of(&[Action::Open, Action::CopyAs])),
        ("card_large", || Desk::whole().all_of(&[Action::Open, Action::Down, Action::Large])),
        ("card_compare", || {
            let two = [Action::Open, Action::NextCustomer, Action::Compare];
            Desk::whole().all_of(&two)
        }),
        ("card_calls", || Desk::whole().all_of(&[Action::Down, Action::Open, Action::Calls])),
        ("card_gone", || Desk::whole().all_of(&[Action::Open]).does(Action::Retry).fails(404)),
    ]);
}

#[test]
fn a_form_says_what_is_wrong_and_what_is_sent() {
    shown(&[
        ("form", Desk::form),
        ("form_bad_value", || {
            let desk = Desk::form().all_of(&[Action::Down]).types("ukjent");
            desk.all_of(&[Action::Down; 5]).types("99").all_of(&[Action::Review])
        }),
        ("form_review", || Desk::form().types("1").does(Action::Review)),
        ("form_conflict", || {
            let desk = Desk::form().types("1").does(Action::Review);
            Desk { is_changed: true, ..desk }.all_of(&[Action::Open])
        }),
        ("form_not_saved", || {
            Desk::form().types("1").all_of(&[Action::Review]).does(Action::Open).fails(500)
        }),
        ("form_new", || Desk::whole().all_of(&[Action::NewCustomer, Action::Review])),
        ("form_kept", || Desk::form().types("1").does(Action::Back)),
    ]);
}

#[test]
fn menus_say_what_they_list() {
    shown(&[
        ("help", || Desk::open().settle().does(Action::Help)),
        ("help_of_the_line", || {
            Desk::open().settle().all_of(&[Action::Find, Action::Help, Action::PageDown])
        }),
        ("palette", || Desk::open().settle().does(Action::Palette)),
        ("columns", || Desk::whole().all_of(&[Action::Columns])),
        ("values", || Desk::whole().all_of(&[Action::ColumnRight, Action::Values])),
        ("views", || Desk::whole().all_of(&[Action::Views])),
        ("recents", || Desk::whole().all_of(&[Action::Open, Action::Back, Action::Recents])),
        ("export", || Desk::open().settle().does(Action::Export)),
        ("export_whole", || Desk::whole().does(Action::Export)),
        ("call_list", || Desk::whole().all_of(&[Action::CallList])),
        ("nothing_matches", || Desk::open().settle().does(Action::Palette).presses('q').presses('q')),
    ]);
}

#[test]
fn an_error_of_cube_is_said_with_what_to_do() {
    shown(&[
        ("refused", || Desk::open().fails(401)),
        ("not_allowed", || Desk::open().fails(403)),
        ("failed", || Desk::open().fails(500)),
        ("page_failed", || {
            let mut desk = Desk::open();
            let first = desk.tasks.remove(0);
            let answer = desk.answer(&first).unwrap();
            desk.send(Msg::Replied(answer)).does(Action::LoadRest).fails(503)
        }),
    ]);
}
