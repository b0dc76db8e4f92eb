//! What a shell asks when Tab is pressed: commands and options, and the names of what is configured. No network is asked,
//! and nothing is said of what is wrong: a shell would show it in the middle of the line.
//!
//! The scripts of `cubedex completions` start the program with a variable that names the shell, and with the words of
//! the line behind `--`.

use super::Failure;
use crate::cli::{self, Cli, Completions};
use crate::config::{self, Folders, SetUp, Settings};
use crate::cube::CUSTOMERS;
use crate::fields::FieldMap;
use crate::session;
use crate::text::{self, Place};
use clap::CommandFactory;
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// Answers a shell that completes a line. `None` where none has asked.
#[must_use]
pub fn completed() -> Option<Result<u8, Failure>> {
    let shell = env::var_os(Completions::VARIABLE)?;
    let line = Line::of(env::args_os(), shell == "bash");
    let complete = CompleteEnv::with_factory(move || with_names(Cli::command(), &line));
    let complete = complete.var(Completions::VARIABLE);
    match complete.try_complete(env::args_os(), env::current_dir().ok().as_deref()) {
        Ok(true) => Some(Ok(0)),
        Ok(false) => None,
        // There is no one to tell, and the line stays as it is.
        Err(_) => Some(Ok(1)),
    }
}

/// What the line says so far of the account that is meant.
#[derive(Clone, Default)]
struct Line {
    account: cli::Account,
    /// Whether the shell takes what it is given as typed, so that blanks need a backslash.
    takes_as_typed: bool,
}

impl Line {
    fn of(words: impl Iterator<Item = OsString>, takes_as_typed: bool) -> Self {
        let mut line = Self { takes_as_typed, ..Self::default() };
        let mut words = words.filter_map(|word| word.into_string().ok()).peekable();
        while let Some(word) = words.next() {
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word.as_str(), words.peek().cloned()),
            };
            let account = &mut line.account;
            match name {
                "--demo" => account.demo = true,
                "--profile" => account.setup.profile = value,
                "--config" => account.setup.config = value.map(PathBuf::from),
                "--custom-fields" => account.custom_fields = value.map(PathBuf::from),
                "--account" => account.customers.account = value,
                "--url" => account.customers.url = value,
                _ => {}
            }
        }
        line
    }

    /// The profiles that are set up.
    fn profiles(&self) -> Vec<String> {
        let setup = cli::Setup { profile: None, config: self.account.setup.config.clone() };
        let set_up = SetUp::read(&setup, &Folders::of_this_person(), &|name| env::var_os(name));
        let file = set_up.ok().and_then(|set_up| set_up.file).unwrap_or_default();
        file.profiles.into_iter().map(|profile| profile.name).collect()
    }

    /// The settings of the account that is meant. `None` where they lead to none.
    fn settings(&self, folders: &Folders) -> Option<Settings> {
        let mut account = self.account.clone();
        // The list does not matter to labels and views, and one has to be named.
        account.customers.assignment = (!account.demo).then_some(1);
        Settings::of(&account, folders, |name| env::var_os(name)).ok()
    }

    /// The names of all fields that are known without asking Cube: those of the columns, then the labels.
    fn fields(&self) -> Vec<String> {
        let folders = Folders::of_this_person();
        let fields =
            self.settings(&folders).map(|settings| session::known_labels(&settings, &folders).fields);
        names(&fields.unwrap_or_default())
    }

    /// The views that were saved for a list of the account.
    fn views(&self, word: &OsStr) -> Vec<CompletionCandidate> {
        let folders = Folders::of_this_person();
        let Some(settings) = self.settings(&folders) else { return Vec::new() };
        let account = session::account_of(&settings);
        let mut names = config::view_names(settings.profile.as_deref(), &account, &folders);
        names.retain(|name| is_plain(name));
        self.candidates("", &word.to_string_lossy(), &names, "")
    }

    /// The name as the shell is to put it into the line.
    fn as_typed(&self, name: &str) -> String {
        if self.takes_as_typed { name.replace(' ', "\\ ") } else { name.to_owned() }
    }

    /// The names that begin with what is typed, each behind what stands `before` it in the word.
    fn candidates(&self, before: &str, typed: &str, names: &[String], end: &str) -> Vec<CompletionCandidate> {
        let wanted = text::fold(&typed.replace('\\', ""));
        let begins = |name: &&String| text::fold(name).starts_with(&wanted);
        let candidate =
            |name: &String| CompletionCandidate::new(format!("{before}{}{end}", self.as_typed(name)));
        names.iter().filter(begins).map(candidate).collect()
    }

    /// The last of several columns.
    fn columns(&self, word: &OsStr) -> Vec<CompletionCandidate> {
        let word = word.to_string_lossy();
        let start = word.rfind(',').map_or(0, |comma| comma + 1);
        let (before, typed) = word.split_at(start);
        let mut names = vec!["all".to_owned(), "standard".to_owned()];
        names.extend(self.fields());
        self.candidates(before, typed, &names, "")
    }

    /// A field that is to be changed. What it is to become, no one knows yet.
    fn assignments(&self, word: &OsStr) -> Vec<CompletionCandidate> {
        let word = word.to_string_lossy();
        if word.contains('=') { Vec::new() } else { self.candidates("", &word, &self.fields(), "=") }
    }
}

/// Names that can stand in a shell's word, once each.
fn names(fields: &FieldMap) -> Vec<String> {
    let plain = |title: &str| -> String {
        title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let mut names: Vec<String> = CUSTOMERS.columns.iter().map(|column| plain(column.title)).collect();
    for field in fields.fields() {
        let label = text::clean_str(field.label.as_raw(), Place::Message);
        let name = if is_plain(label.as_str()) { label.to_string() } else { fields.number_of(&field.key) };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Whether a shell takes the name for nothing else. A field with another one is named by its number.
fn is_plain(name: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/');
    !name.is_empty() && name.chars().all(is_plain)
}

/// The program's options and commands, with what is configured for the values of some.
fn with_names(command: clap::Command, line: &Line) -> clap::Command {
    let add = |argument: clap::Arg| {
        let line = line.clone();
        match argument.get_id().as_str() {
            "profile" => argument.add(ArgValueCandidates::new(move || {
                line.profiles().into_iter().map(CompletionCandidate::new).collect()
            })),
            "columns" => argument.add(ArgValueCompleter::new(move |word: &OsStr| line.columns(word))),
            "view" => argument.add(ArgValueCompleter::new(move |word: &OsStr| line.views(word))),
            "values" => argument.add(ArgValueCompleter::new(move |word: &OsStr| line.assignments(word))),
            _ => argument,
        }
    };
    command.mut_args(add).mut_subcommands(|command| with_names(command, line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn line(words: &str) -> Line {
        Line::of(words.split(' ').map(OsString::from), true)
    }

    fn values(candidates: &[CompletionCandidate]) -> Vec<String> {
        candidates.iter().map(|one| one.get_value().to_string_lossy().into_owned()).collect()
    }

    #[rstest]
    #[case::first("ph", &["phone1", "phone2", "phone3"])]
    #[case::behind_a_comma("id,Ci", &["id,City"])]
    #[case::case_does_not_matter("id,ci", &["id,City"])]
    #[case::a_label_with_blanks("Street\\ ad", &["Street\\ address"])]
    #[case::all("al", &["all"])]
    #[case::nothing("xyz", &[])]
    fn the_last_column_is_completed(#[case] word: &str, #[case] expected: &[&str]) {
        assert_eq!(values(&line("cubedex export --demo").columns(OsStr::new(word))), expected);
    }

    #[test]
    fn a_field_is_completed_up_to_its_value() {
        let line = line("cubedex set --demo");
        assert_eq!(values(&line.assignments(OsStr::new("Cit"))), ["City="]);
        assert!(line.assignments(OsStr::new("City=A")).is_empty());
    }

    #[test]
    fn a_label_that_a_shell_would_take_for_something_else_is_named_by_its_number() {
        let fields = FieldMap::read(r#"{"17": "a; rm -rf $HOME", "390": "City"}"#).unwrap().0;
        let names = names(&fields);
        assert_eq!(names[names.len() - 2..], ["17", "City"]);
    }
}
