//! What is said about a form, its fields, and what became of a change.

use super::{Keys, Said, joined, nameless, noun};
use crate::cube::{Error, Writing};
use crate::fields::{CustomField, Unfit};
use crate::keys::Action;
use crate::language::tr;
use crate::text::{self, Place, SafeText};
use std::sync::Arc;

/// What stands in the way of a change, or became of it.
#[derive(Debug, Clone)]
pub enum Obstacle {
    /// This many fields hold what Cube is sure to refuse.
    Unfit(usize),
    /// Nothing differs from what Cube has.
    Unchanged,
    /// A new customer needs an id.
    NoId,
    /// A customer with this id is in Cube already; their name.
    Exists(String),
    /// Fields were changed in Cube meanwhile: a person chooses.
    Conflict,
    /// Others have changed this many other fields in Cube meanwhile. They are shown, and stay as they are.
    Meanwhile(usize),
    /// Cube has no such customer any more.
    Gone,
    /// The record could not be read again: nothing was sent.
    NotRead(Arc<Error>),
    /// Cube does not take the change: nothing was changed.
    Refused(Arc<Error>),
    /// Cube failed, and the record shows that nothing was changed.
    NotSaved(Arc<Error>),
    /// Cube failed, and nothing tells whether the change was made.
    Unknown(Arc<Error>),
}

/// Why a field cannot be changed in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixed {
    /// It holds a list or an object.
    Nested,
    /// It is longer than a line that can be typed.
    TooLong,
    /// It has several lines, or characters that cannot be typed.
    Unprintable,
}

/// Customers who have the same value as a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameAs {
    /// The field that is the same.
    pub label: SafeText<'static>,
    /// The first one's name.
    pub name: SafeText<'static>,
    /// The first one's id.
    pub id: SafeText<'static>,
    /// How many more have it.
    pub others: usize,
}

/// Why customers cannot be changed here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoWriting {
    /// It is not turned on. The profile in which it could be, where one is open.
    TurnedOff(Option<String>),
    /// The administrator has turned it off for everybody, in this file.
    Locked(SafeText<'static>),
    /// Cube has no way to change customers of this list.
    NoWay(String),
}

/// What a form is doing.
#[derive(Debug, Clone, Copy)]
pub enum FormState<'a> {
    /// A field is being filled in: what it is called, what the mapping knows of it.
    Typing(&'a str, Option<&'a CustomField>),
    /// All changes are to be dropped, if that is asked for once more; how many.
    Dropping(usize),
    /// The review: how many fields differ, and whether the customer is new.
    Review(usize, Writing),
    /// The review again, after the change was not saved: how many fields differ.
    Again(usize),
    /// Both have changed the field under the cursor.
    Conflict,
    /// Nothing tells whether the change was made.
    Unknown,
    /// The record is being read. For how long Cube has not answered, if for long.
    Reading(Option<u64>),
    /// The change is being sent.
    Sending(Option<u64>),
}

impl FormState<'_> {
    /// What is said.
    #[must_use]
    pub fn said(&self, keys: &Keys<'_>) -> Said {
        let key = |action| keys.key(action);
        let asking = |what: String, silence: &Option<u64>| {
            let silence =
                silence.map(|seconds| tr!("no answer for {seconds} s", seconds)).unwrap_or_default();
            Said::plain(joined([what, silence]))
        };
        match self {
            Self::Typing(label, known) => {
                let about = known.map(|known| super::card::about(label, known)).unwrap_or_default();
                Said::quiet(if about.is_empty() { (*label).to_owned() } else { about })
            }
            Self::Dropping(count) => Said::plain(tr!(
                "{key} again drops {changes}",
                key = key(Action::DropChanges),
                changes = changes(*count)
            )),
            Self::Review(count, Writing::Update) => Said::plain(tr!(
                "Nothing is sent yet · {key} sends {changes} to Cube · {back} goes back",
                key = key(Action::Open),
                changes = these(*count),
                back = key(Action::Back)
            ))
            .or_short(tr!(
                "{key} sends {changes}",
                key = key(Action::Open),
                changes = these(*count)
            )),
            Self::Review(_, Writing::Create) => Said::plain(tr!(
                "Nothing is sent yet · {key} creates this customer in Cube · {back} goes back",
                key = key(Action::Open),
                back = key(Action::Back)
            ))
            .or_short(tr!("{key} creates this customer", key = key(Action::Open))),
            Self::Again(count) => Said::plain(tr!(
                "{key} sends {changes} again · {back} goes back",
                key = key(Action::Open),
                changes = these(*count),
                back = key(Action::Back)
            )),
            Self::Conflict => Said::plain(tr!(
                "{mine} keeps yours · {cubes} keeps what Cube has now",
                mine = key(Action::TakeMine),
                cubes = key(Action::TakeCubes)
            )),
            Self::Unknown => {
                Said::problem(tr!("{key} asks Cube whether it was saved", key = key(Action::Retry)))
            }
            Self::Reading(silence) => asking(tr!("Reading the record from Cube"), silence),
            Self::Sending(silence) => asking(tr!("Sending to Cube"), silence),
        }
    }
}

fn these(count: usize) -> String {
    if count == 1 { tr!("this change") } else { tr!("these {count} changes", count) }
}

/// What stands in the way, a sentence each. What the server itself says comes last.
#[must_use]
pub fn obstacle(obstacle: &Obstacle, writing: Writing) -> Vec<String> {
    let is_new = writing == Writing::Create;
    vec![match obstacle {
        Obstacle::Unfit(1) => tr!("One field is not as Cube takes it"),
        Obstacle::Unfit(count) => tr!("{count} fields are not as Cube takes them", count),
        Obstacle::Unchanged => tr!("Nothing differs from what Cube has"),
        Obstacle::NoId => tr!("A new customer needs an ID of 1 to 20 digits"),
        Obstacle::Exists(name) => {
            let name = text::clean_str(name, Place::Message);
            let whose = if name.as_str().is_empty() { String::new() } else { format!(": {name}") };
            tr!("Cube has a customer with this ID already{whose}", whose)
        }
        Obstacle::Conflict => tr!("Changed in Cube meanwhile: choose what is to stay"),
        Obstacle::Meanwhile(1) => tr!("One other field was changed in Cube meanwhile, and stays so"),
        Obstacle::Meanwhile(count) => {
            tr!("{count} other fields were changed in Cube meanwhile, and stay so", count)
        }
        Obstacle::Gone => tr!("Not sent: this customer is no longer in Cube"),
        Obstacle::NotRead(error) => tr!("Not sent: {error}", error = why(error)),
        Obstacle::Refused(error) => {
            let body = error.body();
            let told = body.detail.iter().chain(&body.general).map(ToString::to_string);
            let fields = body.fields.iter().filter(|field| field.messages.is_empty());
            let told: Vec<String> = told.chain(fields.map(|field| field.key.to_string())).collect();
            return [tr!("Not saved: {error}", error = why(error))].into_iter().chain(told).collect();
        }
        Obstacle::NotSaved(error) if is_new => {
            tr!("Not saved, Cube has no such customer: {error}", error = why(error))
        }
        Obstacle::NotSaved(error) => tr!("Not saved, Cube has the old values: {error}", error = why(error)),
        Obstacle::Unknown(error) => {
            tr!("It cannot be told whether this was saved: {error}", error = why(error))
        }
    }]
}

fn why(error: &Error) -> String {
    error.sentence()
}

/// Why a field cannot be changed in a form.
#[must_use]
pub fn fixed(fixed: Fixed) -> String {
    match fixed {
        Fixed::Nested => tr!("a list: it cannot be changed here"),
        Fixed::TooLong => tr!("too long to be changed here"),
        Fixed::Unprintable => tr!("has several lines or hidden characters: it cannot be changed here"),
    }
}

/// Why what was typed does not fit its field.
#[must_use]
pub fn unfit(unfit: Unfit) -> String {
    match unfit {
        Unfit::NotAnInteger => tr!("not a whole number"),
        Unfit::NotANumber => tr!("not a number"),
        Unfit::NotADate => tr!("not a date as 1948-01-31"),
        Unfit::TooLong { most, typed } => tr!("{typed} characters, at most {most}", typed, most),
        Unfit::NotAnAddress => tr!("does not look like an e-mail address"),
        Unfit::NotAPhoneNumber => tr!("does not look like a phone number"),
    }
}

/// Who has the same value as a new customer.
#[must_use]
pub fn same_as(same: &SameAs) -> String {
    let SameAs { label, name, id, others } = same;
    let more =
        if *others > 0 { tr!(" and {others}", others = noun::others(*others as u64)) } else { String::new() };
    tr!("Same {label} as {name} ({id}){more}", label, name, id, more)
}

/// What is said in the place of no value.
#[must_use]
pub fn empty() -> String {
    tr!("(empty)")
}

/// The head of a form: "2 changes".
#[must_use]
pub fn changes(count: usize) -> String {
    match count {
        0 => String::new(),
        count => noun::changes(count as u64),
    }
}

/// The title of a form: what is done, and with whom.
#[must_use]
pub fn form_title(writing: Writing, is_review: bool, name: &str) -> String {
    let name = text::clean_str(name, Place::Row);
    let name = if name.as_str().is_empty() { nameless() } else { name.to_string() };
    match (writing, is_review) {
        (Writing::Update, false) => tr!("Change {name}", name),
        (Writing::Update, true) => tr!("Review the change of {name}", name),
        (Writing::Create, false) => tr!("New customer"),
        (Writing::Create, true) => tr!("Review the new customer {name}", name),
    }
}
