//! `cubedex profiles`: the accounts that are set up, a line each.

use super::Failure;
use super::output::print;
use crate::cli::{Profiles, Setup};
use crate::config::{CredentialStore, Folders, Profile, SetUp};
use crate::prompt::tell;
use crate::session::place_of;

/// Lists them. The exit status.
pub(super) fn run(profiles: &Profiles) -> Result<u8, Failure> {
    let setup = Setup { profile: None, config: profiles.config.clone() };
    let set_up = SetUp::read(&setup, &Folders::of_this_person(), &|name| std::env::var_os(name))?;
    let file = set_up.file.unwrap_or_default();
    if file.profiles.is_empty() {
        tell("no profile is set up; cubedex login does that");
        return Ok(0);
    }
    let usual = file.usual().map(|usual| usual.name.clone());
    let width =
        |of: &dyn Fn(&Profile) -> String| file.profiles.iter().map(|one| of(one).chars().count()).max();
    let (names, places) = (width(&|one| one.name.clone()), width(&place_of));
    let line = |one: &Profile| {
        let mark = if usual.as_ref() == Some(&one.name) { "*" } else { " " };
        let (names, places) = (names.unwrap_or(0), places.unwrap_or(0));
        format!("{mark} {:<names$}  {:<places$}  {}\n", one.name, place_of(one), store(&one.store))
    };
    print(&file.profiles.iter().map(line).collect::<String>())
}

fn store(store: &CredentialStore) -> &'static str {
    match store {
        CredentialStore::Prompt => "asked for each time",
        CredentialStore::Command(_) => "token_command",
        CredentialStore::Keyring => "keyring",
        CredentialStore::File(_) => "token_file",
    }
}
