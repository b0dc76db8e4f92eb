//! `cubedex get`: customers by their ids, each with one request, and one more for each other list of the profile where the
//! open one does not have them.

use super::show::{self, How};
use super::{Failure, NOT_FOUND, Session, id, labels, odd, output};
use crate::cli::{Get, Shown};
use crate::cube::{AT_ONCE, CustomerId, List, Odd, Record};
use crate::fields::FieldMap;
use crate::prompt::tell;
use futures_util::{StreamExt, stream};

/// The ids that were typed.
///
/// # Errors
/// One that no customer can have.
pub(super) fn ids(typed: &[String]) -> Result<Vec<CustomerId>, Failure> {
    typed.iter().map(|typed| id::read(typed, "get 9120011888")).collect()
}

/// The lists that were asked: "assignment 9 or data owner 2 · B2B".
fn names(list: List, others: &[List]) -> String {
    let names = std::iter::once(&list).chain(others).map(List::to_string);
    names.collect::<Vec<_>>().join(" or ")
}

/// Shows the customers in the order of their ids; who is not there is told, and makes the status 3.
///
/// # Errors
/// Cube can't be asked, or what it said not written.
pub(super) async fn run(args: &Get, session: &Session) -> Result<u8, Failure> {
    let ids = ids(&args.ids)?;
    let usual = if output::is_terminal() { Shown::Table } else { Shown::Json };
    let how = How::of(args.format.unwrap_or(usual), args.plain, args.strict_json)?;
    let others = session.account.other_lists();
    let asked = stream::iter(&ids).map(|id| session.cube.customer_or_in(&others, id));
    let mut answers = asked.buffered(AT_ONCE);
    let mut records: Vec<Record<'static>> = Vec::new();
    let (mut odd, mut is_missing) = (Odd::default(), false);
    let mut asked = ids.iter();
    while let Some(answer) = answers.next().await {
        let id = asked.next().map(CustomerId::as_str).unwrap_or_default();
        match answer {
            Ok((fetched, list)) => {
                if list != session.cube.list() {
                    tell(format!("customer {id} is in {list}"));
                }
                odd.add(fetched.odd);
                records.push(fetched.record);
            }
            Err(error) if error.is_not_found() => {
                tell(format!("no customer {id} in {}", names(session.cube.list(), &others)));
                is_missing = true;
            }
            Err(error) => return Err(error.into()),
        }
    }
    let data = match how.shown {
        _ if records.is_empty() => Vec::new(),
        Shown::Json => show::json(&records, ids.len() == 1, how),
        Shown::Table => {
            let fields = labels::find(session).await?.fields;
            let cards: Vec<String> = records.iter().map(|record| show::card(record, &fields)).collect();
            cards.join("\n").into_bytes()
        }
        Shown::Csv => show::exported(&records, &[], &labels::find(session).await?.fields, how)?,
        Shown::Jsonl => show::exported(&records, &[], &FieldMap::default(), how)?,
    };
    output::write(data, how.form()).await?;
    odd::tell_of(&odd, how.written());
    Ok(if is_missing { NOT_FOUND } else { 0 })
}
