//! Messages in, effects and state out.

mod accounts;
mod browsing;
mod card;
mod finding;
mod loading;
mod looking_up;
mod walk;

use super::*;
use crate::cube::{Doing, Error, Kind, List, Page, Reading, Record};
use crate::fields::FieldMap;
use crate::list::{Packing, Segment};
use crate::search;
use crossterm::event::{KeyCode, KeyModifiers};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const NOW: Moment = Moment::at(1_000_000, 8, 12);

/// An app over a list of customers that this test answers for, page by page.
struct Desk {
    app: App,
    customers: Vec<(String, String, String)>,
    size: usize,
    /// What the app wants done and was not answered yet.
    effects: Vec<Effect>,
    now: Moment,
}

impl Desk {
    /// So many customers in pages of `size`, named "Kunde N", with the id 1000 + N and the phone 9000 0000 + N.
    fn new(customers: usize, size: usize) -> Self {
        let customer =
            |n: usize| (format!("{}", 1000 + n), format!("Kunde {n}"), format!("{}", 90_000_000 + n));
        Self::of((0..customers).map(customer).collect(), size)
    }

    fn of(customers: Vec<(String, String, String)>, size: usize) -> Self {
        Self::start(customers, size, None)
    }

    fn start(customers: Vec<(String, String, String)>, size: usize, customer: Option<CustomerId>) -> Self {
        let start = Start {
            place: Place {
                account: "acme".into(),
                list: "assignment 9".into(),
                wanted: "token",
                profile: Some("work".into()),
                ..Place::default()
            },
            profiles: ["home", "work"]
                .map(|name| ProfileName { name: name.into(), place: "beta · assignment 3".into() })
                .into(),
            labels: Labels { fields: FieldMap::default(), source: Source::Demo, problems: Vec::new() },
            customer,
            theme: ThemeName::default(),
            warnings: Vec::new(),
            size: (120, 14),
        };
        let (app, effects) = App::new(start, Keymap::delivered().unwrap(), NOW);
        Self { app, customers, size, effects, now: NOW }
    }

    /// Answers whatever can be answered, until nothing is wanted any more.
    fn settle(mut self) -> Self {
        while let Some(answer) = self.next_answer() {
            self.send(answer);
        }
        self
    }

    fn next_answer(&mut self) -> Option<Msg> {
        let at = self.effects.iter().position(|effect| self.answer(effect).is_some())?;
        let effect = self.effects.remove(at);
        self.answer(&effect)
    }

    fn answer(&self, effect: &Effect) -> Option<Msg> {
        Some(match effect {
            Effect::FetchPage { generation, number } => {
                Msg::PageArrived { generation: *generation, number: *number, result: Ok(self.page(*number)) }
            }
            Effect::Search { ticket, query, pages } => {
                let hits = search::run(query, pages, &AtomicBool::new(false))?;
                Msg::Searched { ticket: *ticket, hits }
            }
            Effect::FetchCustomer { ticket, id } => {
                let known = self.customers.iter().find(|(known, ..)| known == id.as_str());
                let result = match known {
                    Some(customer) => Ok(reading(customer, self.now)),
                    None => Err(failure(Doing::Customer, 404)),
                };
                Msg::CustomerArrived { ticket: *ticket, result }
            }
            Effect::UseSecret(_) => Msg::SecretTaken,
            Effect::OpenProfile { name, .. } => Msg::ProfileFailed(format!("{name} stays closed: no")),
            _ => return None,
        })
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
        self.effects.extend(effects);
    }

    fn press(mut self, code: KeyCode) -> Self {
        self.send(Msg::Pressed(KeyEvent::new(code, KeyModifiers::NONE)));
        self
    }

    fn keys(self, text: &str) -> Self {
        text.chars().fold(self, |desk, c| desk.press(KeyCode::Char(c)))
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
    fn forget_what_was_cancelled(&mut self) -> Vec<Effect> {
        let mut dropped = Vec::new();
        while let Some(at) = self.effects.iter().position(is_cancel) {
            let cancel = self.effects.remove(at);
            let newer = self.effects.split_off(at);
            let (cancelled, kept) =
                self.effects.drain(..).partition(|effect| is_cancelled_by(effect, &cancel));
            self.effects = kept;
            self.effects.extend(newer);
            dropped.extend::<Vec<_>>(cancelled);
        }
        dropped
    }

    /// The time so many seconds from now.
    fn now_in(&self, seconds: i64) -> Moment {
        let since = i64::try_from(self.now.seconds_since(NOW)).unwrap_or_default();
        Moment::at(1_000_000 + since + seconds, 8, 12)
    }

    /// The pages that are asked for and not answered.
    fn asked(&self) -> Vec<u32> {
        let page = |effect: &Effect| match effect {
            Effect::FetchPage { number, .. } => Some(*number),
            _ => None,
        };
        self.effects.iter().filter_map(page).collect()
    }

    /// The page that is asked for could not be read.
    fn fail(mut self, number: u32, status: u16) -> Self {
        self.effects
            .retain(|effect| !matches!(effect, Effect::FetchPage { number: asked, .. } if *asked == number));
        let error = failure(Doing::Page(number), status);
        let generation = self.app.load.generation;
        self.send(Msg::PageArrived { generation, number, result: Err(error) });
        self
    }

    /// The id of the customer under the cursor.
    fn selected(&self) -> Option<String> {
        let slot = self.app.selected()?;
        Some(self.app.store.segment(slot.page)?.id(slot.index))
    }

    /// The names on the table.
    fn names(&self) -> Vec<String> {
        let name = |row| match self.app.row(row) {
            Some(crate::list::Row::Loaded(slot)) => {
                let record = self.app.store.record(slot)?;
                Some(record.standard().name.as_raw().to_owned())
            }
            _ => Some("·".to_owned()),
        };
        (0..self.app.row_count()).filter_map(name).collect()
    }

    fn says(&self) -> String {
        self.app.status().words
    }

    fn card_id(&self) -> Option<&str> {
        self.app.card.as_ref().map(|card| card.id.as_str())
    }
}

fn is_cancel(effect: &Effect) -> bool {
    matches!(effect, Effect::CancelPages | Effect::CancelCustomer { .. } | Effect::CancelSearch)
}

fn is_cancelled_by(effect: &Effect, cancel: &Effect) -> bool {
    match (effect, cancel) {
        (Effect::FetchCustomer { ticket, .. }, Effect::CancelCustomer { ticket: cancelled }) => {
            ticket == cancelled
        }
        (Effect::FetchPage { .. }, Effect::CancelPages)
        | (Effect::Search { .. } | Effect::Suggest { .. }, Effect::CancelSearch) => true,
        _ => false,
    }
}

fn failure(doing: Doing, status: u16) -> Arc<Error> {
    Arc::new(Error::of_kind(doing, List::Assignment(9), Kind::Status(status)))
}

fn json((id, name, phone): &(String, String, String)) -> String {
    format!(
        r#"{{"crm__customer_id":"{id}","crm__standard_info__name":"{name}","crm__standard_info__phone_1":"{phone}","crm__custom_info__17":"A","crm__custom_info__18":""}}"#
    )
}

fn reading(customer: &(String, String, String), read: Moment) -> Reading {
    Reading { record: Record::new(json(customer)).unwrap(), read }
}

fn people(names: &[&str]) -> Vec<(String, String, String)> {
    let person = |(n, name): (usize, &&str)| {
        (format!("{}", 1000 + n), (*name).to_owned(), format!("{}", 90_000_000 + n))
    };
    names.iter().enumerate().map(person).collect()
}
