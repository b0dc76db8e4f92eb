//! Callers that another program hands over: the card opens, or, while the agent is busy, a line above the hints says
//! who calls until that is opened or dismissed.

use crate::app::layers::{Layer, Layers};
use crate::app::{Asked, Env, Line, List, Masks, Parts, SessionCall, Task, Ticket, editing};
use crate::list::Slot;
use crate::search::Unsearched;
use crate::text::{self, Country, Place, SafeText};
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

impl Incoming {
    /// Takes in a caller; who it is, is looked for among those who are loaded.
    pub(super) fn came(&mut self, list: &List, env: &mut Env<'_>, sender: u64, said: &str) {
        let Some(text) = number_or_address(said) else {
            return env.out.session(SessionCall::AnswerCaller(sender, CallerAnswer::Refused));
        };
        let ticket = env.out.ticket(list.id);
        let pages: Vec<Unsearched> = list.store.searchable().into_iter().map(Into::into).collect();
        env.out.task(Task::FindCaller { ticket, text: text.clone(), pages });
        self.pending.push(Pending { ticket, sender, text });
    }

    /// Takes in who has the number.
    pub(super) fn found(
        &mut self,
        list: &mut List,
        layers: &mut Layers,
        env: &mut Env<'_>,
        (ticket, slots): (Ticket, &[Slot]),
    ) {
        let is_its = |pending: &Pending| pending.ticket == ticket;
        let Some(at) = self.pending.iter().position(is_its) else { return };
        let Pending { sender, text, .. } = self.pending.remove(at);
        let found = match slots {
            [] => Known::None,
            [slot] => list.id_at(*slot).map_or(Known::Several(1), |id| {
                let name = list.name_at(*slot).filter(|name| !name.as_str().is_empty());
                Known::One(
                    id,
                    name.unwrap_or_else(|| text::clean_str(&words::nameless(), Place::Row).into_owned()),
                )
            }),
            several => Known::Several(several.len()),
        };
        let waiting = Waiting { text, found };
        let answer = if is_free(layers) {
            waiting.open(list, layers, env)
        } else {
            self.waiting = Some(waiting);
            CallerAnswer::Told
        };
        env.out.session(SessionCall::AnswerCaller(sender, answer));
    }

    /// Whether the agent is told of a caller.
    pub(super) fn waits(&self) -> bool {
        self.waiting.is_some()
    }

    /// The agent does not want to be told of the caller any more.
    pub(super) fn dismiss(&mut self, env: &mut Env<'_>) {
        if self.waiting.take().is_none() {
            env.say(Notice::NoCaller);
        }
    }

    /// The caller the agent is told of.
    pub(super) fn banner(&self, list: &List, masks: &Masks, country: Country) -> Option<Banner> {
        let Waiting { text, found } = self.waiting.as_ref()?;
        let shown =
            if text.contains('@') { text.to_owned() } else { text::number_groups(text, country).join(" ") };
        let number = text::clean_str(&masks.typed(&shown), Place::Message).into_owned();
        Some(match found {
            Known::One(_, name) => Banner::One(number, name.clone()),
            Known::Several(count) => Banner::Several(number, *count),
            Known::None => Banner::None(number, list.store.scope()),
        })
    }
}

/// Opens the caller the agent was told of.
pub(super) fn open(parts: &mut Parts<'_>) {
    let Some(waiting) = parts.incoming.waiting.take() else { return parts.env.say(Notice::NoCaller) };
    parts.layers.close_menu();
    if parts.layers.form().is_some() {
        editing::close(parts);
    }
    if parts.layers.form().is_some() {
        // It is being sent; what becomes of it must be seen.
        parts.incoming.waiting = Some(waiting);
    } else {
        waiting.open(parts.list, parts.layers, &mut parts.env);
    }
}

/// Whether the card of a caller may open: the table or a card has the focus, or an empty line.
pub(super) fn is_free(layers: &Layers) -> bool {
    let is_free = match layers.top() {
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
    is_free && layers.form().is_none()
}

impl Waiting {
    fn open(self, list: &mut List, layers: &mut Layers, env: &mut Env<'_>) -> CallerAnswer {
        if layers.line().is_some_and(|line| Line::text(line).is_empty()) {
            layers.close_line(list, env);
        }
        let slot = match &self.found {
            Known::One(id, _) => list.store.find_id(id),
            Known::Several(_) | Known::None => None,
        };
        match (slot, self.found) {
            (Some(slot), _) => {
                layers.open_card(list, env, slot, Reached::Call);
                CallerAnswer::Opened
            }
            (None, Known::Several(_)) => {
                layers.open_line(list, env, &self.text);
                CallerAnswer::Listed
            }
            (None, Known::One(..) | Known::None) => {
                layers.begin_with(list, env, &self.text);
                CallerAnswer::Searched
            }
        }
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
