//! What happened with a customer: their calls of today, of 7 and of 30 days. The calls of a range are read once for all
//! customers, and kept in memory with their age.

use crate::app::layers::{Choice, Layer, Layers, Pick, PickItem, PickKind};
use crate::app::{Env, List, Task, Ticket};
use crate::cube::{Days, Error, Moment, Record};
use crate::fields::value;
use crate::text::{self, Place, SafeText};
use crate::words::{self, CallsState, Notice};
use std::sync::Arc;

/// No more pages than this are read of a range.
const MOST_PAGES: u32 = 40;

/// How far back calls are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallRange {
    /// Today.
    Today,
    /// Today and the 6 days before.
    Week,
    /// Today and the 29 days before.
    Month,
}

impl CallRange {
    /// The next longer one, and after the longest the shortest again.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Today => Self::Week,
            Self::Week => Self::Month,
            Self::Month => Self::Today,
        }
    }

    /// How many days it has.
    #[must_use]
    pub const fn days(self) -> i32 {
        match self {
            Self::Today => 1,
            Self::Week => 7,
            Self::Month => 30,
        }
    }
}

/// The calls of some days, as far as they are read.
#[derive(Debug, Clone)]
struct ReadCalls {
    days: Days,
    rows: Vec<Record<'static>>,
    count: Option<u64>,
    /// When the first page was read.
    read: Option<Moment>,
    asked: Option<(Ticket, u32)>,
    problem: Option<Arc<Error>>,
    is_whole: bool,
}

/// A page of calls, as it was read.
#[derive(Debug, Clone)]
pub struct CallsPage {
    /// The calls.
    pub rows: Vec<Record<'static>>,
    /// How many there are, as Cube says.
    pub count: Option<u64>,
    /// Whether there is another page.
    pub has_next: bool,
    /// When it was read.
    pub read: Moment,
}

/// The ranges that were read in this run.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct Calls {
    ranges: Vec<ReadCalls>,
}

impl Calls {
    /// Lists the calls of the card's customer of today; pressed again, of a longer range.
    pub(in crate::app) fn list(&mut self, list: &List, layers: &mut Layers, env: &mut Env<'_>) {
        let next = match layers.pick().map(|pick| pick.kind) {
            Some(PickKind::Calls(range)) => range.next(),
            _ => CallRange::Today,
        };
        if env.account.calls.is_none() {
            return env.say(Notice::NoCalls);
        }
        let days = Days::until(env.now.day(), next.days());
        let is_known = self.ranges.iter().any(|read| read.days == days && read.problem.is_none());
        if !is_known {
            self.ranges.retain(|read| read.days != days);
            let mut read = ReadCalls {
                days,
                rows: Vec::new(),
                count: None,
                read: None,
                asked: None,
                problem: None,
                is_whole: false,
            };
            read.ask(list, env, 1);
            self.ranges.push(read);
        }
        self.show(next, list, layers, env);
    }

    /// Takes in a page of calls, or why it could not be read.
    pub(in crate::app) fn arrived(
        &mut self,
        list: &mut List,
        layers: &mut Layers,
        env: &mut Env<'_>,
        (ticket, result): (Ticket, Result<CallsPage, Arc<Error>>),
    ) {
        let is_asked = |read: &&mut ReadCalls| read.asked.is_some_and(|(asked, _)| asked == ticket);
        let Some(read) = self.ranges.iter_mut().find(is_asked) else { return };
        let number = read.asked.take().map_or(1, |(_, page)| page);
        match result {
            Ok(page) => {
                read.rows.extend(page.rows);
                read.count = page.count.or(read.count);
                read.read = read.read.or(Some(page.read));
                read.is_whole = !page.has_next;
                if page.has_next && number < MOST_PAGES {
                    read.ask(list, env, number + 1);
                }
            }
            Err(error) => {
                read.problem = Some(Arc::clone(&error));
                list.note_refusal(env, &error);
            }
        }
        if let Some(PickKind::Calls(range)) = layers.pick().map(|pick| pick.kind) {
            self.show(range, list, layers, env);
        }
    }

    /// Shows the calls of a range, as far as they are read; in a list that is open the cursor stays.
    fn show(&self, range: CallRange, list: &List, layers: &mut Layers, env: &Env<'_>) {
        let days = Days::until(env.now.day(), range.days());
        let Some(read) = self.ranges.iter().find(|read| read.days == days) else { return };
        let Some(record) = layers.record(list) else { return };
        let standard = record.standard();
        let id = standard.id.as_raw();
        let mut items: Vec<PickItem> = (read.rows.iter())
            .filter(|call| !id.is_empty() && call.standard().id.as_raw() == id)
            .map(|call| item(call, env))
            .collect();
        // Times are written so that their text sorts as they do.
        items.sort_by(|one, other| other.name.as_str().cmp(one.name.as_str()));
        let about = words::calls(&CallsState {
            name: text::clean(&standard.name, Place::Message).into_owned(),
            days: range.days(),
            calls: items.len(),
            loaded: read.rows.len(),
            count: read.count,
            is_whole: read.is_whole,
            is_reading: read.asked.is_some(),
            read: read.read,
            problem: read.problem.clone(),
            now: env.now,
        });
        match layers.top_mut() {
            Some(Layer::Pick(pick)) if pick.kind == PickKind::Calls(range) => {
                pick.replace(items);
                pick.about = about;
            }
            _ => {
                let mut pick = Pick::new(PickKind::Calls(range), items);
                pick.about = about;
                layers.open_pick(pick);
            }
        }
    }
}

impl ReadCalls {
    fn ask(&mut self, list: &List, env: &mut Env<'_>, page: u32) {
        if let Some(of) = env.account.calls {
            let ticket = env.out.ticket(list.id);
            self.asked = Some((ticket, page));
            env.out.task(Task::FetchCalls { ticket, list: of, days: self.days, page });
        }
    }
}

/// A call as a line: when, its outcome, and below all that Cube says of it by label.
fn item(call: &Record<'static>, env: &Env<'_>) -> PickItem {
    let masked = env.masks.record(call);
    let labels = env.labels.of(call.schema());
    let fields: Vec<(String, String, SafeText<'static>)> = (masked.fields().iter())
        .map(|field| {
            let key = field.key.as_raw().to_owned();
            let label = words::label_of_call(&key, labels.name_of(&key).as_str());
            (key, label, text::clean_str(value::text(&field.value), Place::Row).into_owned())
        })
        .filter(|(.., value)| !value.as_str().is_empty())
        .collect();
    let with =
        |word: &str| fields.iter().find(|(key, ..)| key.contains(word)).map(|(.., value)| value.clone());
    let when = with("time").or_else(|| with("date")).unwrap_or_default();
    let lines = fields
        .iter()
        .map(|(_, label, value)| text::clean_str(&format!("{label}: {value}"), Place::Row).into_owned());
    let lines: Vec<SafeText<'static>> = lines.collect();
    let rest =
        fields.iter().filter(|(key, ..)| ["campaign", "user", "note"].iter().any(|it| key.contains(it)));
    let rest: Vec<&str> = rest.map(|(.., value)| value.as_str()).collect();
    PickItem {
        name: when,
        value: with("outcome").unwrap_or_default(),
        note: rest.join(" · "),
        choice: Choice::Copy(words::CALL_AS_LINES.to_owned(), SafeText::joined(lines.clone(), "\n")),
        preview: lines,
    }
}
