//! Sends what was shown, one customer at a time, until all are done, Cube takes no more, or a person ends it.

use super::plan::{Plan, Planned};
use super::results::{Outcome, Results};
use crate::commands::changes::{self, Difference, NOT_SAVED};
use crate::commands::interrupt::Interrupts;
use crate::commands::progress::{Data, Progress};
use crate::commands::{Failure, Session};
use crate::cube::{Change, CustomerId, Error, Kind, Writing, Written};
use crate::fields::FieldMap;
use crate::prompt::tell;
use crate::text::grouped;

/// How often one change is sent that Cube has refused as one request too many.
const TRIES: u32 = 5;

/// What sends, and where the results go.
pub(super) struct Sending<'a> {
    pub(super) session: &'a Session,
    pub(super) fields: &'a FieldMap,
    pub(super) results: Results,
}

/// How one customer has ended.
struct Ended {
    /// `None` where nothing tells of this one alone: Cube can't be asked.
    outcome: Option<Outcome>,
    /// Why no other customer is tried.
    stop: Option<String>,
}

impl Ended {
    const fn with(outcome: Outcome) -> Self {
        Self { outcome: Some(outcome), stop: None }
    }
}

impl Sending<'_> {
    /// Sends all of the plan; the exit status.
    ///
    /// # Errors
    /// The results can't be written.
    pub(super) async fn run(mut self, plan: &Plan, interrupts: &mut Interrupts) -> Result<u8, Failure> {
        let progress = Progress::new(Data::Streams);
        let count = plan.all.len();
        let mut outcomes: Vec<Outcome> = Vec::new();
        let (mut signal, mut stop) = (None, None);
        for planned in &plan.all {
            let ending = format!("ending after customer {}", planned.row.id);
            let awaited = interrupts.verdict(&ending, self.one(planned)).await;
            let ended = awaited.came.unwrap_or_else(|| Ended::with(Outcome::Unknown));
            signal = awaited.signal;
            if let Some(outcome) = ended.outcome {
                self.results.write(&planned.row.id, &outcome)?;
                outcomes.push(outcome);
                progress.reached(outcomes.len() as u64, Some(count as u64));
            }
            stop = ended.stop;
            if stop.is_some() || signal.is_some() {
                break;
            }
        }
        drop(progress);
        if let Some(why) = stop {
            tell(why);
        }
        let is_whole = outcomes.len() == count;
        tell(totals(&outcomes, count));
        Ok(match signal {
            Some(status) if !is_whole => status,
            _ if is_whole && outcomes.iter().all(Outcome::is_well) => 0,
            _ => NOT_SAVED,
        })
    }

    async fn one(&self, planned: &Planned) -> Ended {
        let id = &planned.row.id;
        match &planned.differences {
            None => {
                Ended::with(Outcome::Refused(format!("no such customer in {}", self.session.cube.list())))
            }
            Some(shown) if shown.is_empty() => Ended::with(Outcome::Unchanged),
            Some(shown) => {
                for _ in 1..TRIES {
                    let sent = self.send(id, shown).await;
                    if !matches!(&sent, Sent::Refused(error) if *error.kind() == Kind::Status(429)) {
                        return self.ended(sent);
                    }
                    // A request too many was not looked at. To read the customer again waits for as long as Cube asks.
                }
                let sent = self.send(id, shown).await;
                self.ended(sent)
            }
        }
    }

    /// Reads the customer once more and sends what was shown, if it still is what it was.
    async fn send(&self, id: &CustomerId, shown: &[Difference]) -> Sent {
        let now = match self.session.cube.customer(id).await {
            Ok(now) => now,
            Err(error) => return Sent::Refused(error),
        };
        let wanted: Vec<(String, String)> =
            shown.iter().map(|difference| (difference.key.clone(), difference.new.clone())).collect();
        let (change, differences) = changes::between(id.clone(), &wanted, Some(&now.record.fields()));
        if differences.iter().any(|difference| !shown.contains(difference)) {
            return Sent::Conflict;
        }
        if change.is_empty() {
            return Sent::Nothing;
        }
        match self.session.cube.write(Writing::Update, &change).await {
            Ok(written) => Sent::Written(change, written),
            Err(error) => Sent::Refused(error),
        }
    }

    fn ended(&self, sent: Sent) -> Ended {
        match sent {
            Sent::Nothing => Ended::with(Outcome::Unchanged),
            Sent::Conflict => Ended::with(Outcome::Conflict),
            Sent::Written(change, Written::Saved(now)) => {
                let names: Vec<String> = change
                    .not_in(&now.record)
                    .iter()
                    .map(|key| self.fields.name_of(key).to_string())
                    .collect();
                let is_as_sent = names.is_empty();
                let otherwise = || Outcome::SavedOtherwise(names.join(", "));
                Ended::with(if is_as_sent { Outcome::Saved } else { otherwise() })
            }
            Sent::Written(_, Written::NotSaved { why, .. }) => {
                Ended::with(Outcome::Refused(format!("not saved: {}", why.sentence())))
            }
            Sent::Written(_, Written::Unknown { .. }) => Ended::with(Outcome::Unknown),
            Sent::Refused(error) => self.refused(&error),
        }
    }

    fn refused(&self, error: &Error) -> Ended {
        let Some(status) = error.status() else {
            return Ended { outcome: None, stop: Some(error.to_message()) };
        };
        if [409, 412].contains(&status) {
            return Ended::with(Outcome::Conflict);
        }
        let mut why = error.sentence();
        for reason in changes::reasons(error, self.fields) {
            why = format!("{why}; {reason}");
        }
        let concerns_all = [401, 403, 405, 501].contains(&status) || error.stops_the_list();
        let stop = concerns_all.then(|| error.to_message());
        Ended { outcome: Some(Outcome::Refused(why)), stop }
    }
}

/// What was done with one customer.
enum Sent {
    /// Cube has the values already.
    Nothing,
    /// The customer is not as they were shown.
    Conflict,
    /// A change was sent, and what became of it.
    Written(Change, Written),
    /// The customer can't be read, or Cube does not take the change.
    Refused(Error),
}

/// "340 of 340: 298 saved, 38 unchanged, 4 refused".
fn totals(outcomes: &[Outcome], count: usize) -> String {
    let mut words: Vec<(&str, u64)> = Vec::new();
    for outcome in outcomes {
        match words.iter_mut().find(|(word, _)| *word == outcome.word()) {
            Some((_, number)) => *number += 1,
            None => words.push((outcome.word(), 1)),
        }
    }
    let words: Vec<String> =
        words.iter().map(|(word, number)| format!("{} {word}", grouped(*number))).collect();
    let words = if words.is_empty() { "none was tried".to_owned() } else { words.join(", ") };
    let (done, all) = (outcomes.len(), grouped(count as u64));
    let rest = if done < count { "; --resume with these results goes on" } else { "" };
    format!("{} of {all}: {words}{rest}", grouped(done as u64))
}
