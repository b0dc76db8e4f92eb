//! `cubedex status`: which account is used, where what opens it comes from, and whether Cube accepts it.

use super::account::Account;
use super::{Failure, account, login, print};
use crate::cli::Status;
use crate::config::{Folders, Found, Place, Settings};
use crate::text::{self, Place as Shown};

/// Tells it. The exit status: 0 where Cube accepts the credential.
pub(super) fn run(status: &Status) -> Result<u8, Failure> {
    let folders = Folders::of_this_person();
    let settings = Settings::of(&status.account, &folders, |name| std::env::var_os(name))?;
    let mut lines: Vec<(&str, String)> = Vec::new();
    let profile = settings.profile.clone().unwrap_or_else(|| "none".to_owned());
    lines.push(("Profile", profile));
    if let Some(path) = &settings.path {
        let there = if path.exists() { "" } else { " (not there)" };
        lines.push((
            "Settings",
            format!("{}{there}", text::clean_str(&path.to_string_lossy(), Shown::Message)),
        ));
    }
    let Place::Account { origin, list, secret } = &settings.place else {
        lines.push(("Account", "the demo town, which needs nothing".to_owned()));
        return print(&table(&lines));
    };
    lines.push(("Account", format!("{} ({origin})", account::name(origin))));
    lines.push(("List", list.to_string()));
    let is_accepted = match secret.find() {
        Ok(Found::Credential(credential, source)) => {
            lines.push(("Credential", format!("from {source}")));
            let account = Account { origin: origin.clone(), list: *list, credential, source: Some(source) };
            let cube = account.cube(settings.at_once)?;
            let answer = super::runtime()?.block_on(cube.page(1));
            lines.push((
                "Cube",
                answer.as_ref().map_or_else(crate::cube::Error::to_message, |page| login::found(*list, page)),
            ));
            answer.is_ok()
        }
        Ok(Found::Ask(trouble)) => {
            let why = trouble.map(|trouble| format!("{trouble}, so it is ")).unwrap_or_default();
            lines.push(("Credential", format!("{why}asked for each time")));
            false
        }
        Err(bad) => {
            lines.push(("Credential", bad.to_string()));
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
