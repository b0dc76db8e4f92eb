//! Callers that another program hands over: the card opens, or, while the agent is busy, a line above the hints says
//! who calls until that is opened or dismissed.

use crate::app::layers::Layer;
use crate::app::{App, Asked, Line, SessionCall, Task, Ticket};
use crate::list::Slot;
use crate::search::Unsearched;
use crate::text::{self, Place, SafeText};
use crate::words::{self, Banner, Notice, Reached};

/// No longer text is a caller's.
const LONGEST: usize = 200;

/// What became of a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallerAnswer {
    /// The card is open.
    Opened,
    /// Several customers have the number, and are listed.
    Listed,
    /// No customer who is loaded has it: it is searched for.
    Searched,
    /// The agent is busy, and is told.
    Told,
    /// It is no number, ID or address.
    Refused,
}

/// A caller who is looked for.
#[derive(Debug, Clone)]
struct Pending {
    ticket: Ticket,
    /// Names the sender, who waits for an answer.
    sender: u64,
    text: String,
}

/// A caller the agent is told of.
#[derive(Debug, Clone)]
struct Waiting {
    text: String,
    found: Known,
}

/// Who has the number.
#[derive(Debug, Clone)]
enum Known {
    /// This one; the id and the name.
    One(String, SafeText<'static>),
    /// This many.
    Several(usize),
    /// None of those who are loaded.
    None,
}

/// The callers of this run that are not opened yet.
#[derive(Debug, Clone, Default)]
pub(in crate::app) struct Incoming {
    pending: Vec<Pending>,
    waiting: Option<Waiting>,
}

impl App {
    /// Takes in a caller; who it is, is looked for among those who are loaded.
    pub(super) fn caller_came(&mut self, sender: u64, said: &str) {
        let Some(text) = number_or_address(said) else {
            return self.answer_caller(sender, CallerAnswer::Refused);
        };
        let ticket = self.out.ticket(self.list.id);
        let pages: Vec<Unsearched> = self.list.store.searchable().into_iter().map(Into::into).collect();
        self.out.task(Task::FindCaller { ticket, text: text.clone(), pages });
        self.incoming.pending.push(Pending { ticket, sender, text });
    }

    /// Takes in who has the number.
    pub(super) fn caller_found(&mut self, ticket: Ticket, slots: &[Slot]) {
        let Some(at) = self.incoming.pending.iter().position(|pending| pending.ticket == ticket) else {
            return;
        };
        let Pending { sender, text, .. } = self.incoming.pending.remove(at);
        let known = match slots {
            [] => Known::None,
            [slot] => match self.list.id_at(*slot) {
                Some(id) => Known::One(id, self.name_of(*slot)),
                None => Known::Several(1),
            },
            several => Known::Several(several.len()),
        };
        let waiting = Waiting { text, found: known };
        let answer = if self.is_free() {
            self.open_caller_now(waiting)
        } else {
            self.incoming.waiting = Some(waiting);
            CallerAnswer::Told
        };
        self.answer_caller(sender, answer);
    }

    /// Opens the caller the agent was told of.
    pub(super) fn open_incoming(&mut self) {
        let Some(waiting) = self.incoming.waiting.take() else { return self.say(Notice::NoCaller) };
        self.layers.close_menu();
        if self.layers.form().is_some() {
            self.close_form();
        }
        if self.layers.form().is_some() {
            // It is being sent; what becomes of it must be seen.
            self.incoming.waiting = Some(waiting);
            return;
        }
        self.open_caller_now(waiting);
    }

    /// The agent does not want to be told of the caller any more.
    pub(super) fn dismiss_incoming(&mut self) {
        if self.incoming.waiting.take().is_none() {
            self.say(Notice::NoCaller);
        }
    }

    /// The caller the agent is told of.
    #[must_use]
    pub fn banner(&self) -> Option<Banner> {
        let waiting = self.incoming.waiting.as_ref()?;
        let number = self.caller_as_said(&waiting.text);
        Some(match &waiting.found {
            Known::One(_, name) => Banner::One(number, name.clone()),
            Known::Several(count) => Banner::Several(number, *count),
            Known::None => Banner::None(number, self.list.store.scope()),
        })
    }

    fn caller_as_said(&self, text: &str) -> SafeText<'static> {
        let shown = if text.contains('@') {
            text.to_owned()
        } else {
            text::number_groups(text, self.session.account.country).join(" ")
        };
        let shown = self.masks.typed(&shown).into_owned();
        text::clean_str(&shown, Place::Message).into_owned()
    }

    /// Whether the card of a caller may open: the table or a card has the focus, or an empty line.
    fn is_free(&self) -> bool {
        let is_free = match self.layers.top() {
            None => true,
            Some(Layer::Card(card)) => !card.is_typing(),
            Some(Layer::Line(line)) => line.text().is_empty() && !matches!(line.asked, Asked::Waiting(_)),
            Some(
                Layer::Menu(_)
                | Layer::Form(_)
                | Layer::Columns(_)
                | Layer::Values(_)
                | Layer::Pick(_)
                | Layer::Large(_)
                | Layer::Export(_)
                | Layer::Compare(_)
                | Layer::Credential(_),
            ) => false,
        };
        is_free && self.layers.form().is_none()
    }

    fn open_caller_now(&mut self, Waiting { text, found }: Waiting) -> CallerAnswer {
        if self.layers.line().is_some_and(|line| Line::text(line).is_empty()) {
            self.close_line();
        }
        let slot = match &found {
            Known::One(id, _) => self.list.store.find_id(id),
            Known::Several(_) | Known::None => None,
        };
        match (slot, found) {
            (Some(slot), _) => {
                self.open_card(slot, Reached::Call);
                CallerAnswer::Opened
            }
            (None, Known::Several(_)) => {
                self.open_line(&text);
                CallerAnswer::Listed
            }
            (None, Known::One(..) | Known::None) => {
                self.begin_with(&text);
                CallerAnswer::Searched
            }
        }
    }

    fn name_of(&self, slot: Slot) -> SafeText<'static> {
        let record = self.list.store.record(slot);
        let name = record.map(|record| text::clean(&record.standard().name, Place::Row).into_owned());
        name.filter(|name| !name.as_str().is_empty()).unwrap_or_else(|| SafeText::from(words::NAMELESS))
    }

    fn answer_caller(&mut self, sender: u64, answer: CallerAnswer) {
        self.out.session(SessionCall::AnswerCaller(sender, answer));
    }
}

/// What is typed for a caller whom another program names: a number as it is, an address without its scheme. `None` for
/// anything else.
#[must_use]
pub fn number_or_address(said: &str) -> Option<String> {
    let said = said.trim();
    if said.is_empty() || said.len() > LONGEST {
        return None;
    }
    let scheme = ["tel:", "callto:", "sip:", "mailto:"]
        .into_iter()
        .find(|scheme| said.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let rest = said.get(scheme.map_or(0, str::len)..)?;
    // What follows are parameters, such as a subject.
    let rest = rest.split([';', '?']).next().unwrap_or_default();
    let text = decoded(rest)?;
    let text = text.trim();
    let is_in_number = |c: char| c.is_ascii_digit() || " +-()./".contains(c);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_number = text.chars().all(is_in_number) && (1..=20).contains(&digits);
    let user = text.split('@').next().unwrap_or_default();
    if scheme == Some("sip:") && !user.is_empty() && user.chars().all(is_in_number) {
        return Some(user.to_owned());
    }
    (is_number || text::is_address(text)).then(|| text.to_owned())
}

/// The text without percent signs. `None` where that is no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (hex, after) = rest.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()?);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::number("+4790909088", Some("+4790909088"))]
    #[case::with_blanks(" 909 09 088 ", Some("909 09 088"))]
    #[case::tel("tel:+4790909088", Some("+4790909088"))]
    #[case::tel_with_parameters("TEL:+47-909-09-088;ext=12", Some("+47-909-09-088"))]
    #[case::tel_encoded("tel:%2B4790909088", Some("+4790909088"))]
    #[case::sip("sip:4790909088@pbx.example", Some("4790909088"))]
    #[case::mailto("mailto:kari%40nord.no?subject=x", Some("kari@nord.no"))]
    #[case::address("kari@nord.no", Some("kari@nord.no"))]
    #[case::nothing("", None)]
    #[case::words("kari nord", None)]
    #[case::a_command("$(rm -rf ~)", None)]
    #[case::half_a_sign("tel:%2", None)]
    #[case::no_digit("tel:+", None)]
    #[case::too_many_digits("tel:123456789012345678901", None)]
    #[case::control_characters("tel:90\u{1b}[2J", None)]
    #[case::http("https://90909088", None)]
    fn promise_20_only_a_number_or_an_address_is_a_caller(#[case] said: &str, #[case] text: Option<&str>) {
        assert_eq!(number_or_address(said).as_deref(), text);
    }
}
