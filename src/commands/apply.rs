//! `cubedex apply`: a CSV file of changes is shown, and sent one customer at a time.
//!
//! ```text
//! file ─▶ sheet ─▶ plan: every customer is read ─▶ shown ─▶ --yes ─▶ read again ─▶ PUT ─▶ results, a line each
//!           │                                                           └─ changed meanwhile ─▶ conflict
//!           └─ mistakes, each with its line: nothing is asked
//! ```

mod cells;
mod plan;
mod results;
mod send;
mod sheet;
mod text;

use super::changes::{self, NOT_SAVED};
use super::interrupt::Interrupts;
use super::{Failure, Session, labels};
use crate::cli::Apply;
use crate::prompt::tell;
use plan::Plan;
use results::Results;
use send::Sending;
use sheet::{Reading, Sheet};
use std::collections::HashSet;

/// What was named on the command line, read before a credential is looked for.
pub(super) struct Files {
    text: String,
    done: HashSet<String>,
}

impl Files {
    /// Reads the changes, and the results of earlier runs.
    ///
    /// # Errors
    /// One of the files can't be read.
    pub(super) fn read(args: &Apply) -> Result<Self, Failure> {
        Ok(Self { text: text::read(&args.file)?, done: results::done(&args.resume)? })
    }
}

/// Shows what the file would change, and with `--yes` sends it; the exit status.
///
/// # Errors
/// The file has mistakes, Cube can't be asked, or the results not be written.
pub(super) async fn run(args: &Apply, files: Files, session: &Session) -> Result<u8, Failure> {
    let mut interrupts = Interrupts::listen();
    let (plan, fields) = match interrupts.before_sending(prepare(args, files, session)).await {
        Ok(prepared) => prepared?,
        Err(status) => return Ok(status),
    };
    plan.show(&fields, session.cube.list());
    if !args.yes {
        tell("nothing was sent; --yes sends it");
        return Ok(if plan.all.iter().all(|planned| planned.differences.is_some()) { 0 } else { NOT_SAVED });
    }
    let results = Results::open(args)?;
    Sending { session, fields: &fields, results }.run(&plan, &mut interrupts).await
}

/// Reads the file, and every customer in it.
async fn prepare(
    args: &Apply,
    files: Files,
    session: &Session,
) -> Result<(Plan, crate::fields::FieldMap), Failure> {
    if !session.cube.list().can_be_written() {
        return Err(changes::no_route(session));
    }
    if args.yes {
        changes::check_allowed(session)?;
    }
    let fields = labels::find_surely(session).await?.fields;
    let reading = Reading { clear_empty: args.clear_empty, plain: args.plain };
    let mut sheet = Sheet::read(&files.text, &fields, reading).map_err(|mistakes| {
        let name = crate::text::path(&args.file);
        for mistake in mistakes {
            tell(format!("{name}, {mistake}"));
        }
        Failure::Usage("the file has mistakes; nothing was sent".to_owned())
    })?;
    let count = sheet.rows.len();
    sheet.rows.retain(|row| !files.done.contains(row.id.as_str()));
    if sheet.rows.len() < count {
        tell(format!(
            "passing over {}, done before",
            super::counted((count - sheet.rows.len()) as u64, "customer")
        ));
    }
    let plan = Plan::read(sheet, session, &fields, reading).await?;
    Ok((plan, fields))
}
