//! What a search has found, in how much of the list, and what can be pressed.

use super::scope::{incomplete, searched};
use super::{Halt, Keys, OrderState, Said, Tone, joined, noun};
use crate::cube::{CustomerId, Error, Moment};
use crate::keys::Action;
use crate::language::tr;
use crate::list::Scope;
use crate::search::alike::Alike;
use crate::search::{BadFilter, Query, Reach, UnknownField, WhyBad};
use crate::text::{self, grouped};
use std::borrow::Cow;
use std::sync::Arc;

/// No more words that are spelled alike are named.
const NAMED: usize = 3;

/// How a number in the line is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// It is no number, or nothing is known by it.
    Words,
    /// The customer under the cursor has it as id; the name.
    Id(String),
    /// The customer under the cursor alone has it as phone number; the name.
    Phone(String),
    /// This many customers have it as id or phone number.
    Shared(usize),
    /// Ids or phone numbers start with it.
    Start,
}

/// How far Cube was asked for the id in the line.
#[derive(Debug, Clone)]
pub enum LookedUp {
    /// Not asked.
    No,
    /// Asked, with the seconds since Cube was last heard where they are worth a word.
    Waiting(Option<u64>),
    /// Cube has no customer with this id in any of the lists that were asked; how many these were.
    NotFound(CustomerId, usize),
    /// The request failed.
    Failed(Arc<Error>),
}

/// What the key that narrows a search does while it is narrowed.
#[must_use]
pub fn all_fields() -> String {
    tr!("all fields")
}

/// How far a search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The hits answer an older text.
    Behind,
    /// The standard fields were searched; other fields, or pages that came since, are being searched.
    Searching,
    /// All fields of all that is loaded were searched.
    Settled,
}

/// Customers with names that are spelled alike.
#[derive(Debug, Clone, Copy)]
pub struct AlikeState<'a> {
    /// Who they are.
    pub alike: &'a Alike,
    /// Whether they are on the screen.
    pub is_on_screen: bool,
}

/// Everything that decides what is said about a search.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a finding of its own about the search")]
pub struct SearchState<'a> {
    /// What was typed.
    pub text: &'a str,
    /// What it means.
    pub query: &'a Query,
    /// Which fields are searched.
    pub reach: Reach,
    /// The number of hits, and how many of them are in other fields. `None` before the first answer.
    pub hits: Option<(usize, usize)>,
    /// How far the search is.
    pub stage: Stage,
    /// How much of the list is loaded.
    pub scope: Scope,
    /// How a number is known.
    pub cause: Cause,
    /// Whether the text is an id that Cube can be asked for.
    pub is_id: bool,
    /// How far Cube was asked for it.
    pub looked_up: LookedUp,
    /// The line with its wrong words replaced, where it has no match.
    pub correction: Option<&'a str>,
    /// Who has a name that is spelled alike. `None` while no one is known to have one.
    pub alike: Option<AlikeState<'a>>,
    /// How the rows are sorted.
    pub order: OrderState,
    /// Whether the rest of the list is being loaded.
    pub loads_rest: bool,
    /// Why nothing more is loaded. `None` while that is allowed.
    pub halt: Option<Halt>,
    /// Whether what may be a number or an address is masked.
    pub is_masked: bool,
    /// Whether the line has the focus, so that its keys can be pressed.
    pub in_line: bool,
    /// The time.
    pub now: Moment,
}

impl SearchState<'_> {
    /// What is said.
    #[must_use]
    pub fn said(&self, keys: &Keys<'_>) -> Said {
        if let Some(said) = self.lookup(keys) {
            return said;
        }
        if let Some(bad) = &self.query.bad_filter {
            let bad = self.shown_filter(bad).to_string();
            return Said::problem(joined([bad.clone(), self.found(keys).words])).or_short(bad);
        }
        match &self.query.unknown {
            Some(unknown) => self.unknown_field(unknown, keys),
            None => self.found(keys),
        }
    }

    /// What was typed, as it may be shown.
    fn shown<'t>(&self, typed: &'t str) -> Cow<'t, str> {
        if self.is_masked { Cow::Owned(text::mask_typed(typed)) } else { Cow::Borrowed(typed) }
    }

    fn shown_filter(&self, bad: &BadFilter) -> BadFilter {
        let why = match &bad.why {
            WhyBad::NoAmount(bound) => WhyBad::NoAmount(self.shown(bound).into_owned()),
            why => why.clone(),
        };
        BadFilter {
            field: self.shown(&bad.field).into_owned(),
            condition: self.shown(&bad.condition).into_owned(),
            why,
            ..bad.clone()
        }
    }

    /// The text before a colon that names no field is searched as text.
    fn unknown_field(&self, unknown: &UnknownField, keys: &Keys<'_>) -> Said {
        let field = tr!("There is no field {typed}", typed = quoted(&self.shown(&unknown.typed)));
        let meant = unknown.nearest.as_ref().map(|name| {
            let name = if name.contains(' ') { format!("\"{name}\"") } else { name.clone() };
            tr!("did you mean {name}:?", name)
        });
        let meant = meant.unwrap_or_default();
        let words = joined([tr!("{field}, so it is text", field), meant.clone(), self.found(keys).words]);
        Said::problem(words).or_short(joined([field, meant]))
    }

    fn found(&self, keys: &Keys<'_>) -> Said {
        match self.hits {
            None if self.query.is_empty() => self.invitation(),
            _ if self.stage == Stage::Behind => {
                Said::quiet(tr!("searching {scope}", scope = searched(&self.scope, self.now)))
            }
            None => Said::quiet(tr!("searching {scope}", scope = searched(&self.scope, self.now))),
            Some((0, _)) => self.no_match(keys),
            Some((hits, others)) => self.matches(hits, others, keys),
        }
    }

    fn invitation(&self) -> Said {
        let scope = searched(&self.scope, self.now);
        match self.reach {
            Reach::AllFields => {
                Said::quiet(tr!("Searches all fields of {scope}", scope)).or_short(tr!("Searches all fields"))
            }
            Reach::Standard => Said::quiet(tr!("Searches ID, name, phone and e-mail of {scope}", scope))
                .or_short(tr!("Searches ID, name, phone and e-mail")),
        }
    }

    fn lookup(&self, keys: &Keys<'_>) -> Option<Said> {
        match &self.looked_up {
            LookedUp::No => None,
            LookedUp::Waiting(silence) => {
                let silence = silence.map(|seconds| format!(" ({seconds} s)")).unwrap_or_default();
                let close = keys.key(Action::Back);
                Some(Said::plain(tr!(
                    "asking Cube for the ID {id}{silence} · {close} stops",
                    id = self.shown(self.text),
                    silence,
                    close
                )))
            }
            LookedUp::Failed(error) => {
                let retry = keys.key(Action::Retry);
                Some(Said::problem(joined([error.to_message(), tr!("{retry} retries", retry)])))
            }
            LookedUp::NotFound(id, lists) => {
                let id = self.shown(id.as_str());
                let nobody = match lists {
                    0 | 1 => tr!("Cube has no customer with the ID {id}", id),
                    lists => tr!("None of the {lists} lists has a customer with the ID {id}", lists, id),
                };
                let rest = match self.hits {
                    Some((0, _)) | None => self.no_match(keys).words,
                    Some((hits, others)) => self.matches(hits, others, keys).words,
                };
                let words = format!("{nobody} · {rest}");
                let short = if self.hits.is_none_or(|(hits, _)| hits == 0) && self.is_complete() {
                    tr!(
                        "No customer has this ID or number · {scope} searched",
                        scope = searched(&self.scope, self.now)
                    )
                } else {
                    nobody
                };
                Some(Said::plain(words).or_short(short))
            }
        }
    }

    /// Whether the answer is about all.
    fn is_complete(&self) -> bool {
        self.scope.is_all() && self.stage == Stage::Settled
    }

    fn matches(&self, hits: usize, others: usize, keys: &Keys<'_>) -> Said {
        let scope = searched(&self.scope, self.now);
        let standard = grouped((hits - others) as u64);
        let opens =
            if self.in_line { tr!("{key} opens", key = keys.key(Action::Open)) } else { String::new() };
        let (found, key) = match &self.cause {
            Cause::Id(name) => (tr!("ID of {name}", name), opens),
            Cause::Phone(name) => (tr!("Phone of {name}", name), opens),
            Cause::Shared(number) => {
                let choose = if self.in_line {
                    tr!("{key} to choose", key = keys.key(Action::Open))
                } else {
                    String::new()
                };
                (tr!("{number} customers have this number ({scope})", number, scope), choose)
            }
            Cause::Start => {
                let typed = self.shown(self.text.trim());
                (
                    tr!(
                        "{count} starts with {typed} ({scope} searched)"
                            | "{count} start with {typed} ({scope} searched)" % hits - others,
                        count = standard,
                        typed,
                        scope
                    ),
                    String::new(),
                )
            }
            Cause::Words if others == hits => (
                tr!("{hits} in other fields of {scope}", hits = grouped(others as u64), scope),
                String::new(),
            ),
            Cause::Words => (tr!("{hits} of {scope}", hits = standard, scope), String::new()),
        };
        let more = match others {
            _ if others == hits && matches!(self.cause, Cause::Words) => String::new(),
            0 => String::new(),
            others => tr!("{hits} more in other fields", hits = grouped(others as u64)),
        };
        let rest = self.rest(keys, false);
        let tone = if self.scope.failed > 0 { Tone::Warning } else { Tone::Quiet };
        let (alike, alike_in_short) = self.alike(keys);
        let short = joined([found.clone(), rest.clone(), alike_in_short]);
        Said::new(tone, joined([found, self.order.words(), more, rest, alike, key])).or_short(short)
    }

    fn no_match(&self, keys: &Keys<'_>) -> Said {
        let scope = searched(&self.scope, self.now);
        if self.stage != Stage::Settled || self.hits.is_none() {
            return Said::plain(tr!("none yet · searching {scope}", scope));
        }
        if self.loads_rest {
            return Said::plain(joined([
                tr!("none yet · {scope} searched", scope),
                incomplete_of(self, keys),
            ]));
        }
        let none = match self.reach {
            Reach::AllFields => tr!("No match in any field of {scope}", scope),
            Reach::Standard => tr!("No match in ID, name, phone or e-mail of {scope}", scope),
        };
        let tries = match self.correction {
            Some(line) if self.in_line => {
                tr!("{key} tries {line}", key = keys.key(Action::Keep), line = quoted(&self.shown(line)))
            }
            _ => String::new(),
        };
        let (alike, alike_in_short) = self.alike(keys);
        let asks =
            if self.is_id && self.in_line && matches!(self.looked_up, LookedUp::No) && !self.scope.is_all() {
                tr!("{key} asks Cube", key = keys.key(Action::Open))
            } else {
                String::new()
            };
        let widens = match self.reach {
            Reach::Standard if self.in_line => {
                tr!("{key} searches all fields", key = keys.key(Action::Narrow))
            }
            _ => String::new(),
        };
        let rest = self.rest(keys, true);
        let words = joined([none, alike, asks.clone(), tries.clone(), widens, rest.clone()]);
        let short = joined([tries, asks, tr!("No match in {scope}", scope), alike_in_short, rest]);
        Said::new(if self.scope.failed > 0 { Tone::Warning } else { Tone::Plain }, words).or_short(short)
    }

    /// Who is spelled alike, and the key that goes there; and the same in short.
    fn alike(&self, keys: &Keys<'_>) -> (String, String) {
        let Some(AlikeState { alike, is_on_screen }) = self.alike else { return Default::default() };
        let number = tr!("{all} spelled alike", all = grouped(alike.len as u64));
        let mut words: Vec<&str> = alike.words.iter().map(|(word, _)| word.as_str()).take(NAMED).collect();
        words.extend((alike.words.len() > NAMED).then_some("…"));
        let shows = tr!("{key} shows them", key = keys.key(Action::Alike));
        let shows = if is_on_screen { String::new() } else { shows };
        (joined([format!("{number}: {}", words.join(", ")), shows.clone()]), joined([number, shows]))
    }

    /// What is missing from the answer, and the key that goes on.
    fn rest(&self, keys: &Keys<'_>, has_no_match: bool) -> String {
        if self.loads_rest {
            return incomplete_of(self, keys);
        }
        let goes_on = if has_no_match && self.in_line && self.correction.is_none() {
            keys.key(Action::Keep)
        } else {
            keys.key(Action::LoadRest)
        };
        let missing = self.scope.missing;
        let next = match &self.halt {
            Some(Halt::Refused(error)) => {
                tr!("stopped: {why} · {key} retries", why = error.sentence(), key = keys.key(Action::Retry))
            }
            Some(Halt::ByHand) => tr!("stopped · {goes_on} goes on", goes_on),
            None if missing > 0 => {
                tr!(
                    "{goes_on} searches the rest ({requests})",
                    goes_on,
                    requests = noun::requests(missing as u64)
                )
            }
            None => String::new(),
        };
        joined([next, incomplete_of(self, keys)])
    }
}

fn incomplete_of(state: &SearchState<'_>, keys: &Keys<'_>) -> String {
    incomplete(&state.scope, &keys.key(Action::Retry), &keys.key(Action::Refresh))
}

/// What was typed, in quotes unless it has some of its own.
fn quoted(typed: &str) -> String {
    if typed.contains('"') { typed.to_owned() } else { format!("\"{typed}\"") }
}
