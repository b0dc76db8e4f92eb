//! `cubedex status`: which account is used, where what opens it comes from, and whether Cube accepts it.

use super::output::print;
use super::{Failure, login};
use crate::cli::{Status, Writing};
use crate::config::{Folders, Settings, Target};
use crate::session::{Account, Lookup, Session, account_name};
use crate::text;

/// Tells it. The exit status: 0 where Cube accepts the credential.
pub(super) fn run(status: &Status) -> Result<u8, Failure> {
    let folders = Folders::of_this_person();
    let variable = |name: &str| std::env::var_os(name);
    let settings = Settings::of(&status.account, &folders, variable)?;
    let sources = settings.sources((&status.account, Writing::default()), &folders, variable)?;
    let mut lines: Vec<(&str, String)> = Vec::new();
    let profile = settings.profile.clone().unwrap_or_else(|| "none".to_owned());
    lines.push(("Profile", profile));
    if let Some(path) = &settings.path {
        let there = if path.exists() { "" } else { " (not there)" };
        lines.push(("Settings", format!("{}{there}", text::path(path))));
    }
    if let Some(path) = &settings.everybody {
        lines.push(("Everybody's", text::path(path).to_string()));
    }
    if let Some(writes) = sources.iter().find(|one| one.name == "writes") {
        let words = if settings.writes { "on" } else { "off" };
        lines.push(("Writing", format!("{words} ({})", writes.from)));
    }
    let Target::Account { origin, list, .. } = &settings.target else {
        lines.push(("Account", "the demo town, which needs nothing".to_owned()));
        return print(&table(&lines));
    };
    lines.push(("Account", format!("{} ({origin})", account_name(origin))));
    lines.push(("List", list.to_string()));
    let is_accepted = match Account::look_up(&settings) {
        Ok(Lookup::Found(account)) => {
            let source = account.as_ref().and_then(|account| account.source.as_ref());
            lines.push(("Credential", source.map(|source| format!("from {source}")).unwrap_or_default()));
            let list = *list;
            let answer = super::runtime()?.block_on(async {
                let session = Session::open(settings, folders, account).await?;
                session.cube.page(1).await.map_err(Failure::from)
            });
            let is_accepted = answer.is_ok();
            lines.push(("Cube", answer.map_or_else(|why| why.to_string(), |page| login::found(list, &page))));
            is_accepted
        }
        Ok(Lookup::Missing { why, .. }) => {
            let why = why.map(|why| format!("{why}, so it is ")).unwrap_or_default();
            lines.push(("Credential", format!("{why}asked for each time")));
            false
        }
        Err(why) => {
            lines.push(("Credential", why.to_string()));
            false
        }
    };
    print(&table(&lines))?;
    Ok(u8::from(!is_accepted))
}

fn table(lines: &[(&str, String)]) -> String {
    let lines = lines.iter().map(|(name, words)| format!("{name:<12}{words}"));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}
