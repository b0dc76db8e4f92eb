//! `cubedex doctor`: what is well, and what is to be done, a line each. Made to be pasted into a ticket: nothing of a
//! customer's is in it, no secret, and of the computer no user's name.

mod account;
mod folders;
mod terminal;

use super::sink::Form;
use super::{Failure, Session, output};
use crate::cli;
use crate::config::{self, Folders, OwnCommand};
use serde_json::json;
use std::fmt::Write;

/// What is looked at besides the account.
struct Surroundings {
    /// The folders of this person.
    folders: Folders,
    /// The home folder, which is written `~`.
    home: Option<String>,
    /// The value of an environment's variable, by its name.
    variable: fn(&str) -> Option<String>,
}

/// What one line says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    verdict: Verdict,
    what: &'static str,
    words: String,
}

/// How it stands with something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Well.
    Ok,
    /// To be mended, as the words say.
    Do,
    /// Not known, because something before it is to be mended first.
    Untried,
}

impl Verdict {
    /// One word for it.
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Do => "do",
            Self::Untried => "untried",
        }
    }
}

impl Line {
    fn ok(what: &'static str, words: impl Into<String>) -> Self {
        Self { verdict: Verdict::Ok, what, words: words.into() }
    }

    fn to_do(what: &'static str, words: impl Into<String>) -> Self {
        Self { verdict: Verdict::Do, what, words: words.into() }
    }

    fn untried(what: &'static str) -> Self {
        Self { verdict: Verdict::Untried, what, words: "not tried".to_owned() }
    }
}

/// What a start of the browser would say of the person's own keys.
fn own_keys(folders: &Folders, keys: config::Keys, commands: &[OwnCommand]) -> Line {
    match super::keymap(folders, keys, commands) {
        Err(why) => Line::to_do("keys", why.to_string()),
        Ok((_, warnings)) if !warnings.is_empty() => Line::to_do("keys", warnings.join("; ")),
        Ok(_) if folders.keys().is_some_and(|path| path.exists()) => {
            Line::ok("keys", "as delivered, with those of keys.toml")
        }
        Ok(_) => Line::ok("keys", "as delivered"),
    }
}

/// What a start of the browser would say of the person's own colours.
fn own_colors(folders: &Folders, is_locked: bool) -> Line {
    let is_there = folders.theme().is_some_and(|path| path.exists());
    match super::themes(folders, is_locked) {
        Err(why) => Line::to_do("theme", why.to_string()),
        Ok(_) if is_there && is_locked => Line::ok(
            "theme",
            "theme.toml does nothing: the colours are the same for everybody on this computer",
        ),
        Ok(_) if is_there => Line::ok("theme", "as delivered, with the colours of theme.toml"),
        Ok(_) => Line::ok("theme", "as delivered"),
    }
}

/// Looks at everything and says how it stands. The status is 1 when anything is to be done.
///
/// # Errors
/// What was found can't be written.
pub(super) async fn run(args: &cli::Doctor, session: Result<Session, Failure>) -> Result<u8, Failure> {
    let variable = |name: &str| std::env::var(name).ok();
    let around = Surroundings { folders: Folders::of_this_person(), home: variable("HOME"), variable };
    let keys = session.as_ref().map(|session| session.settings.keys).unwrap_or_default();
    let commands = session.as_ref().map(|session| session.settings.commands.clone()).unwrap_or_default();
    let settings = session.as_ref().ok().map(|session| &session.settings);
    let is_locked = settings.is_some_and(|settings| settings.locked_by("theme").is_some());
    let mut lines = match session {
        Ok(session) => account::lines(&session).await,
        Err(why) => vec![Line::to_do("account", why.to_string())],
    };
    lines.push(own_keys(&around.folders, keys, &commands));
    lines.push(own_colors(&around.folders, is_locked));
    lines.extend(terminal::lines(&around));
    lines.extend(folders::lines(&around));
    let (version, system, machine) =
        (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    // A home folder names a person.
    let home = around.home.as_deref().filter(|home| home.len() > 1);
    let anyone = |words: &str| home.map_or_else(|| words.to_owned(), |home| words.replace(home, "~"));
    let is_to_do = lines.iter().any(|line| line.verdict == Verdict::Do);
    if args.json {
        let lines: Vec<_> = lines.iter().map(|line| {
            json!({"verdict": line.verdict.word(), "what": line.what, "words": anyone(&line.words)})
        }).collect();
        let worst = if is_to_do { Verdict::Do } else { Verdict::Ok };
        let json = json!({
            "cubedex": version, "system": system, "machine": machine, "verdict": worst.word(), "lines": lines
        });
        output::write(format!("{json}\n").into_bytes(), Form::Json).await?;
        return Ok(u8::from(is_to_do));
    }
    let mut text = format!("cubedex {version} on {system} {machine}\n");
    for Line { verdict, what, words } in &lines {
        let verdict = match verdict {
            Verdict::Untried => "--",
            verdict => verdict.word(),
        };
        let words = anyone(words);
        // Into memory.
        let _ = writeln!(text, "{verdict}  {what:<11} {words}");
    }
    output::write(text.into_bytes(), Form::Text).await?;
    Ok(u8::from(is_to_do))
}
