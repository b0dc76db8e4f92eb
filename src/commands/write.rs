//! `cubedex set` and `cubedex create`: fields of one customer are written, and what became of it is said.

use super::changes::{self, NOT_SAVED};
use super::interrupt::{Awaited, Interrupts};
use super::sink::Form;
use super::{Failure, NOT_FOUND, Session, id, labels, output};
use crate::cli::Values;
use crate::cube::{Change, CustomerId, Error, Record, StandardField, Writing, Written};
use crate::fields::FieldMap;
use crate::prompt::tell;
use crate::text;

/// The id that was typed.
///
/// # Errors
/// One that no customer can have.
pub(super) fn id(values: &Values) -> Result<CustomerId, Failure> {
    id::read(&values.id, "set 9120011888 'Phone 2=90978457'")
}

/// What is known before anything is sent.
enum Ready {
    /// A change, and the names of its fields.
    ToSend(Change, FieldMap),
    /// There is nothing to send; the exit status.
    Ended(u8),
}

/// Writes the values, and waits for the verdict even when a signal comes meanwhile.
///
/// # Errors
/// Wrong use, or Cube can't be asked.
pub(super) async fn run(writing: Writing, values: &Values, session: &Session) -> Result<u8, Failure> {
    let mut interrupts = Interrupts::listen();
    let (change, fields) = match interrupts.before_sending(prepare(writing, values, session)).await {
        Ok(ready) => match ready? {
            Ready::ToSend(change, fields) => (change, fields),
            Ready::Ended(status) => return Ok(status),
        },
        Err(status) => return Ok(status),
    };
    let until = format!("waiting for what becomes of customer {}", change.id());
    let awaited = interrupts.verdict(&until, session.cube.write(writing, &change)).await;
    match awaited {
        Awaited { came: Some(written), .. } => Ok(said(&written, &change, &fields)?),
        Awaited { came: None, signal } => {
            let id = change.id();
            tell(format!("unknown: whether customer {id} was saved; look with: cubedex get {id}"));
            Ok(signal.unwrap_or(NOT_SAVED))
        }
    }
}

/// Reads the customer and what is to be changed; whether the customer is there already decides nothing but what is said.
///
/// # Errors
/// Wrong use, or Cube can't be asked.
async fn prepare(writing: Writing, values: &Values, session: &Session) -> Result<Ready, Failure> {
    let id = self::id(values)?;
    let fields = labels::find(session).await?.fields;
    let typed = typed(&values.values, &fields)?;
    let known = match session.cube.customer(&id).await {
        Ok(found) => Some(found.record),
        Err(error) if error.is_not_found() => None,
        Err(error) => return Err(error.into()),
    };
    match (writing, &known) {
        (Writing::Update, None) => {
            tell(format!("no customer {id} in {}", session.cube.list()));
            return Ok(Ready::Ended(NOT_FOUND));
        }
        (Writing::Create, Some(_)) => {
            tell(format!(
                "customer {id} is in {} already; cubedex set {id} changes them",
                session.cube.list()
            ));
            return Ok(Ready::Ended(NOT_SAVED));
        }
        _ => {}
    }
    let sent = known.as_ref().map(Record::fields);
    let (change, differences) = changes::between(id, &typed, sent.as_deref());
    for difference in &differences {
        tell(difference.shown(&fields));
    }
    if change.is_empty() && writing == Writing::Update {
        tell("unchanged: the customer has these values already");
        return Ok(Ready::Ended(0));
    }
    if values.dry_run {
        let body = change.body(session.cube.list()).ok_or_else(|| changes::no_route(session))?;
        output::write((body + "\n").into_bytes(), Form::Json).await?;
        return Ok(Ready::Ended(0));
    }
    changes::check_allowed(session)?;
    Ok(Ready::ToSend(change, fields))
}

/// The keys and values that were typed, each key once.
fn typed(values: &[String], fields: &FieldMap) -> Result<Vec<(String, String)>, Failure> {
    let mut typed: Vec<(String, String)> = Vec::new();
    for one in values {
        let Some((name, value)) = one.split_once('=') else {
            let word = text::typed(one);
            return Err(Failure::Usage(format!("{word} has no =, for example: 'Phone 2=90978457'")));
        };
        let key = fields.key_of(name).map_err(|why| Failure::Usage(why.to_string()))?;
        if key == StandardField::Id.key() {
            return Err(Failure::Usage("the id of a customer cannot be changed".to_owned()));
        }
        if typed.iter().any(|(known, _)| *known == key) {
            return Err(Failure::Usage(format!("{} is given twice", fields.name_of(&key))));
        }
        typed.push((key, value.to_owned()));
    }
    Ok(typed)
}

/// Says what became of a change; the exit status.
fn said(written: &Result<Written, Error>, change: &Change, fields: &FieldMap) -> Result<u8, Error> {
    let id = change.id();
    match written {
        Ok(Written::Saved(now)) => {
            let otherwise = change.not_in(&now.record);
            if otherwise.is_empty() {
                tell(format!("saved: customer {id}"));
                return Ok(0);
            }
            let names: Vec<String> = otherwise.iter().map(|key| fields.name_of(key).to_string()).collect();
            tell(format!("saved: customer {id}, but Cube took otherwise: {}", names.join(", ")));
        }
        Ok(Written::NotSaved { why, now: None }) => {
            tell(format!("not saved: no customer {id} is in Cube: {}", why.to_message()));
        }
        Ok(Written::NotSaved { why, now: Some(_) }) => {
            tell(format!("not saved: customer {id}: {}", why.to_message()));
        }
        Ok(Written::Unknown { why }) => tell(format!(
            "unknown: Cube did not say whether customer {id} was saved, and cannot be read: {}; look with: \
             cubedex get {id}",
            why.to_message()
        )),
        Err(error) if error.status().is_none() => return Err(error.clone()),
        Err(error) => {
            tell(format!("refused: customer {id}: {error}"));
            for reason in changes::reasons(error, fields) {
                tell(format!("  {reason}"));
            }
        }
    }
    Ok(NOT_SAVED)
}
