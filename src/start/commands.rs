//! The commands without a screen: finds their account, and runs them until they end or a signal ends them.

use super::account::Account;
use super::interrupt::interrupted;
use super::{Failure, runtime};
use crate::cli::{self, Command, FieldsCommand};
use crate::commands::{self, Found, Surroundings};
use crate::config::{Folders, Settings};
use crate::logging;

/// The settings of a command, and the account that they mean; `None` means the demo, which is still to be started.
struct Ready {
    settings: Settings,
    folders: Folders,
    account: Option<Account>,
}

/// Runs a command; its exit status, or 128 and the number of the signal that ended it.
pub(super) fn run(command: &Command) -> Result<u8, Failure> {
    if let Command::Get(args) = command {
        // Known before anything is looked for.
        commands::ids(&args.ids)?;
    }
    // What opens the account may be asked for on the terminal, which answers signals by itself then.
    let ready = typed(command).map(ready);
    let runtime = runtime()?;
    let ended = runtime.block_on(async {
        tokio::select! {
            biased;
            status = interrupted() => Ok(status),
            ended = perform(command, ready) => ended,
        }
    });
    // A writer may still wait for a reader that takes nothing.
    runtime.shutdown_background();
    match ended {
        Err(Failure::Command(failure)) if failure.status() == 0 => Ok(0),
        ended => ended,
    }
}

/// Which account was typed. `None` for a command that needs none.
fn typed(command: &Command) -> Option<&cli::Account> {
    match command {
        Command::Get(args) => Some(&args.account),
        Command::Find(args) => Some(&args.account),
        Command::Export(args) => Some(&args.account),
        Command::Fields(args) => Some(match &args.command {
            None => &args.list.account,
            Some(FieldsCommand::List(args)) => &args.account,
            Some(FieldsCommand::Pull(args)) => &args.account,
            Some(FieldsCommand::Check(args)) => &args.account,
        }),
        Command::Doctor(args) => Some(&args.account),
        _ => None,
    }
}

fn ready(typed: &cli::Account) -> Result<Ready, Failure> {
    let folders = Folders::of_this_person();
    let settings = Settings::of(typed, &folders, |name| std::env::var_os(name))?;
    if let Some(state) = &folders.state {
        // Without a log a command is as good as with one.
        let _ = logging::init(state);
    }
    let account = Account::find(&settings)?;
    Ok(Ready { settings, folders, account })
}

async fn perform(command: &Command, ready: Option<Result<Ready, Failure>>) -> Result<u8, Failure> {
    let account = match ready {
        None => return without_account(command).await,
        Some(ready) => account(ready).await,
    };
    if let Command::Doctor(_) = command {
        return doctor(account).await;
    }
    let (account, _) = account?;
    Ok(match command {
        Command::Get(args) => commands::get(args, &account).await?,
        Command::Find(args) => commands::find(args, &account).await?,
        Command::Export(args) => commands::export(args, &account).await?,
        Command::Fields(args) => commands::fields(args, &account).await?,
        _ => 0,
    })
}

async fn without_account(command: &Command) -> Result<u8, Failure> {
    Ok(match command {
        Command::Completions(args) => commands::completions(args).await?,
        Command::Man(args) => commands::man(args).await?,
        _ => 0,
    })
}

/// The account as commands ask it, and where its credential comes from.
async fn account(ready: Result<Ready, Failure>) -> Result<(commands::Account, String), Failure> {
    let Ready { settings, folders, account } = ready?;
    let account = match account {
        Some(account) => account,
        None => Account::demo().await?,
    };
    let source = account.source.as_ref().map_or_else(|| "the demo itself".to_owned(), ToString::to_string);
    let cube = account.cube(settings.at_once)?;
    Ok((commands::Account { cube, custom_fields: settings.custom_fields, folders }, source))
}

async fn doctor(account: Result<(commands::Account, String), Failure>) -> Result<u8, Failure> {
    let found = match account {
        Ok((account, source)) => Found::Account(Box::new(account), source),
        Err(failure) => Found::Nothing(failure.to_string()),
    };
    let variable = |name: &str| std::env::var(name).ok();
    let around = Surroundings { folders: Folders::of_this_person(), home: variable("HOME"), variable };
    Ok(commands::doctor(&found, &around).await?)
}
