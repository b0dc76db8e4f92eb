//! `cubedex login`: asks for what was not said, tries it against Cube, shows what it found, and only then keeps it.
//!
//! ```text
//! account ─▶ token or password ─▶ list ─▶ tried against Cube ─▶ kept: the secret, then the profile
//!                  ▲                ▲            │ no
//!                  └────────────────┴────────────┘
//! ```

mod answers;
mod keep;
mod lists;

use super::Failure;
use crate::cli::Login;
use crate::config::{BadSetting, Folders, SetUp};
use crate::cube::{Cube, Error, Limits, List, Page};
use crate::prompt::{self, NoAnswer, tell};
use crate::text::grouped;
use answers::{Answers, Opening};
use anyhow::Context;
pub(super) use keep::file;

/// Asks, tries, keeps. The exit status.
///
/// # Errors
/// A setting is wrong, a question is not answered, Cube says no, or nothing can be kept.
pub fn run(login: &Login) -> Result<u8, Failure> {
    let variable = |name: &str| std::env::var_os(name);
    let set_up = SetUp::read_or_new(&login.setup, &Folders::of_this_person(), &variable)?;
    let path = set_up.path.clone().ok_or(BadSetting::NoFolder)?;
    if !login.with_token && !prompt::is_possible() {
        return Err(BadSetting::NobodyToAsk.into());
    }
    let answers = Answers::new(login, &set_up, &variable)?;
    let runtime = super::runtime()?;
    let (opening, list) = loop {
        let opening = answers.opening()?;
        match runtime.block_on(tried(&answers, &opening)) {
            Ok(list) => break (opening, list),
            Err(Failure::Cube(error)) if !login.with_token => {
                tell(refused(&error));
                again()?;
            }
            Err(Failure::Cube(error)) if error.status() == Some(401) => {
                return Err(anyhow::anyhow!("{}; nothing was kept", refused(&error)).into());
            }
            Err(failure) => return Err(failure),
        }
    };
    keep::keep(&answers, opening, list, &path)?;
    Ok(0)
}

/// Why Cube says no. Of a wrong token it does not matter what was read with it.
fn refused(error: &Error) -> String {
    if error.status() == Some(401) { error.sentence() } else { error.to_message() }
}

/// Finds out the list and reads its first page.
async fn tried(answers: &Answers<'_>, opening: &Opening) -> Result<List, Failure> {
    // Campaigns are the account's and not a list's, so that any list will do to ask for them.
    let cube = |list| {
        Cube::new(answers.origin.clone(), list, opening.credential.clone(), Limits::default())
            .context("preparing to ask Cube")
    };
    let list = match answers.list {
        Some(list) => list,
        None if answers.asks => {
            let campaigns = cube(List::Assignment(1))?.campaigns().await;
            match campaigns {
                Err(error) if error.status() == Some(401) => return Err(Failure::Cube(error)),
                campaigns => lists::choose(campaigns)?,
            }
        }
        None => return Err(BadSetting::NoList.into()),
    };
    let page = cube(list)?.page(1).await.map_err(Failure::Cube)?;
    tell(found(list, &page));
    Ok(list)
}

/// What the first page tells of a list.
pub(super) fn found(list: List, page: &Page) -> String {
    let here = grouped(page.entries as u64);
    match (page.has_next, page.count) {
        (true, Some(count)) => format!("{list}: {} customers, {here} a page", grouped(count)),
        (true, None) => format!("{list}: {here} customers a page"),
        (false, _) => format!("{list}: {here} customers, all on one page"),
    }
}

/// After a no of Cube's.
fn again() -> Result<(), Failure> {
    let words = ["Try again, with another token or list", "Give up; nothing is changed"];
    match prompt::choice("What now?", &words)? {
        0 => Ok(()),
        _ => Err(NoAnswer::GivenUp.into()),
    }
}
