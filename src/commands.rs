//! What cubedex does without its screen: a command a file, each from arguments to an exit status.
//!
//! ```text
//! cli ─▶ session ─▶ pages, customers, labels ─▶ get · find · export · fields · doctor ─▶ output (data)
//!  │                                                                               └─▶ standard error (words)
//!  └──▶ login · logout · status · profiles: the configuration file and where credentials are kept
//!  └──▶ serve · completions · man: nothing is asked
//! ```
//!
//! Data goes to standard output or into a file, words to standard error. What a terminal or a pipe gets can't drive a
//! terminal; what a file gets is as Cube sent it.

mod apply;
mod changes;
mod check;
mod complete;
mod completions;
mod config;
mod doctor;
mod export;
mod fields;
mod file;
mod find;
mod get;
mod id;
mod interrupt;
mod keys;
mod labels;
mod licences;
mod login;
mod logout;
mod man;
mod odd;
pub mod open;
mod output;
mod pages;
mod profiles;
mod progress;
mod query;
mod seen;
mod serve;
mod show;
pub mod shown;
mod sink;
mod status;
mod table;
mod themes;
mod view;
mod write;

pub use complete::completed;
pub use keys::keymap;
pub use login::run as login;
pub use output::print;
pub use themes::themes;

use crate::cli::{self, Command, FieldsCommand};
use crate::config::{Folders, Settings};
use crate::cube::Writing;
use crate::logging;
use crate::session::{Account, Failure, Session};
use crate::text;
use anyhow::Context;
use std::env;

/// The exit status for "no customer was found", told apart from a failure.
const NOT_FOUND: u8 = 3;

/// Runs a command; its exit status, or 128 and the number of the signal that ended it.
///
/// # Errors
/// Why the command failed.
pub fn run(command: &Command) -> Result<u8, Failure> {
    match command {
        Command::Serve(args) => serve::run(args),
        Command::Open(args) => open::run(args).map(|opened| match opened {
            open::Opened::Ended(status) => status,
            open::Opened::NoBrowser => open::NO_BROWSER,
        }),
        Command::Login(args) => login::run(args),
        Command::Logout(args) => logout::run(args),
        Command::Status(args) => status::run(args),
        Command::Profiles(args) => profiles::run(args),
        Command::Config(args) => config::run(args),
        Command::Completions(args) => until_a_signal(completions::run(args)),
        Command::Licences(_) => until_a_signal(licences::run()),
        Command::Man(args) => until_a_signal(man::run(args)),
        Command::Get(args) => {
            // A wrong id is told before a credential is looked for.
            get::ids(&args.ids)?;
            with_session(&args.account, async |session| get::run(args, &session?).await)
        }
        Command::Set(args) => {
            write::id(&args.values)?;
            with_writing(&args.values.account, args.values.writing, async |session| {
                write::run(Writing::Update, &args.values, &session?).await
            })
        }
        Command::Create(args) => {
            write::id(&args.values)?;
            with_writing(&args.values.account, args.values.writing, async |session| {
                write::run(Writing::Create, &args.values, &session?).await
            })
        }
        Command::Apply(args) => {
            let files = apply::Files::read(args)?;
            with_writing(&args.account, args.writing, async |session| {
                apply::run(args, files, &session?).await
            })
        }
        Command::Find(args) => with_session(&args.account, async |session| find::run(args, &session?).await),
        Command::Export(args) => {
            with_session(&args.account, async |session| export::run(args, &session?).await)
        }
        Command::Fields(args) => {
            let account = match &args.command {
                None => &args.list.account,
                Some(FieldsCommand::List(args)) => &args.account,
                Some(FieldsCommand::Pull(args)) => &args.account,
                Some(FieldsCommand::Check(args)) => &args.account,
            };
            with_session(account, async |session| fields::run(args, &session?).await)
        }
        Command::Doctor(args) => {
            with_session(&args.account, async |session| doctor::run(args, session).await)
        }
    }
}

/// Opens the account and runs a command on it.
fn with_session(
    typed: &cli::Account,
    command: impl AsyncFnOnce(Result<Session, Failure>) -> Result<u8, Failure>,
) -> Result<u8, Failure> {
    // The credential may be asked for on the terminal, and the prompt answers signals itself.
    let found = find_account(typed, cli::Writing::default());
    until_a_signal(async { command(open(found).await).await })
}

/// As [`with_session`], where customers may be changed as was typed, for a command that answers signals itself.
fn with_writing(
    typed: &cli::Account,
    writing: cli::Writing,
    command: impl AsyncFnOnce(Result<Session, Failure>) -> Result<u8, Failure>,
) -> Result<u8, Failure> {
    let found = find_account(typed, writing);
    let runtime = runtime()?;
    let ended = runtime.block_on(async { command(open(found).await).await });
    runtime.shutdown_background();
    without_reader_gone(ended)
}

/// Where the settings lead to.
type Found = (Settings, Folders, Option<Account>);

async fn open(found: Result<Found, Failure>) -> Result<Session, Failure> {
    let (settings, folders, account) = found?;
    Ok(Session::open(settings, folders, account).await?)
}

/// The settings, and the account that they lead to: `None` for the demo, which is not started yet.
fn find_account(typed: &cli::Account, writing: cli::Writing) -> Result<Found, Failure> {
    let folders = Folders::of_this_person();
    let settings = Settings::of(typed, &folders, |name| env::var_os(name))?.allowing(writing)?;
    if let Some(state) = &folders.state {
        // A command does not need its log.
        let _ = logging::init(state);
    }
    let account = Account::find(&settings)?;
    Ok((settings, folders, account))
}

/// Runs a command until it ends or a signal ends it.
fn until_a_signal(command: impl Future<Output = Result<u8, Failure>>) -> Result<u8, Failure> {
    let runtime = runtime()?;
    let ended = runtime.block_on(async {
        tokio::select! {
            biased;
            status = interrupt::interrupted() => Ok(status),
            ended = command => ended,
        }
    });
    // A writer may still wait for a reader that takes nothing.
    runtime.shutdown_background();
    without_reader_gone(ended)
}

/// How a command has ended. A reader of its output that has gone away is no failure.
fn without_reader_gone(ended: Result<u8, Failure>) -> Result<u8, Failure> {
    match ended {
        Err(Failure::ReaderGone) => Ok(0),
        ended => ended,
    }
}

/// Where commands wait for Cube: on one thread.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("starting the runtime")
}

/// "1 customer", "12,340 customers".
fn counted(number: u64, noun: &str) -> String {
    text::counted(usize::try_from(number).unwrap_or(usize::MAX), noun)
}
