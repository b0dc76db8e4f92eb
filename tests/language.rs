//! Every sentence of the screen is in the catalogue of each language, and none stands in the code outside `tr!`.

mod scan;

use rspolib::{POEntry, pofile};
use scan::{Scan, Text, Translated};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms whose texts are read on the screen, and in a dialogue of lines. Before the screen is there, and in commands,
/// English is spoken: by `config`, `session`, `commands` and the start in `browse`. The words of `keys` are in its tables.
const ROOMS: [&str; 11] =
    ["words", "plain", "app", "ui", "list", "search", "fields", "cube", "text", "export", "runtime"];

/// Texts with letters that no one reads on the screen, by the end of the file's path and the text's beginning.
const NO_SENTENCES: &[(&str, &str)] = &[
    // Labels that are looked for.
    ("app/shared.rs", "post sted"),
    // What is wrong with an address, said by the commands that take one.
    ("cube/origin.rs", ""),
    ("cube/route.rs", "a customer's id"),
    // Files and commands have a list's name in English.
    ("cube/route.rs", "data owner"),
    // For the log, and for `doctor`.
    ("cube/page.rs", ""),
    ("cube/probe.rs", ""),
    ("cube/error.rs", "this host"),
    ("cube/transport.rs", "a way of its own"),
    // What is wrong with a theme, said before the screen is there.
    ("ui/theme/own.rs", ""),
    ("ui/theme.rs", ""),
    // What is wrong with a setting, said before the screen is there, and letters that are spelled in both languages.
    ("text/calling.rs", "a country"),
    ("text/template.rs", ""),
    ("text/spelling.rs", ""),
    // What is in a file, and what is wrong with an option of a command.
    ("export/about.rs", ""),
    ("export/columns.rs", ""),
    ("export/excel.rs", ""),
    ("excel/parts.rs", ""),
    // Why there is no screen.
    ("runtime/terminal.rs", ""),
    ("terminal/panic.rs", ""),
    // What another crate says, which is looked for.
    ("cube/wire_error.rs", ""),
    // A key of Cube, and a label that is compared.
    ("words/calls.rs", "name"),
    ("words/notice.rs", "ID"),
];

/// Macros whose texts are for the log or for developers.
const NOT_SHOWN: [&str; 12] = [
    "trace!",
    "debug!",
    "info!",
    "warn!",
    "error!",
    "span!",
    "debug_span!",
    "panic!",
    "assert!",
    "assert_eq!",
    "debug_assert!",
    "include_str!",
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_test = path.file_name().is_some_and(|name| name == "tests" || name == "tests.rs");
        if path.is_dir() && !is_test {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|kind| kind == ending) && !is_test {
            found.push(path);
        }
    }
}

/// Each source file that says something, without its tests.
fn sources() -> Vec<(String, Scan)> {
    let source = folder("src");
    let mut all = Vec::new();
    files(&source, "rs", &mut all);
    // It has the macro itself.
    all.retain(|path| !path.ends_with("language.rs"));
    all.sort();
    let scan = |path: &PathBuf| {
        let code = fs::read_to_string(path).unwrap();
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap();
        (path.strip_prefix(&source).unwrap().to_string_lossy().into_owned(), Scan::of(code))
    };
    all.iter().map(scan).collect()
}

/// The words and hints of the tables of keys, which are translated where they are shown.
fn of_keys() -> Vec<String> {
    let mut said = Vec::new();
    for name in ["assets/keys.toml", "assets/keys-vi.toml"] {
        let table: toml::Table = fs::read_to_string(folder(name)).unwrap().parse().unwrap();
        for row in table["key"].as_array().unwrap() {
            said.extend(
                ["words", "hint"].iter().filter_map(|part| Some(row.get(part)?.as_str()?.to_owned())),
            );
        }
    }
    said
}

/// What is translated: the text, its plural where it has one, and the file.
fn translated() -> BTreeMap<(String, Option<String>), String> {
    let mut all: BTreeMap<_, _> =
        of_keys().into_iter().map(|text| ((text, None), "assets/keys.toml".to_owned())).collect();
    for (file, scan) in sources() {
        let later = scan.texts.iter().filter(|text| text.is_directly_in("later!"));
        all.extend(later.map(|text| ((text.says.clone(), None), file.clone())));
        for sentence in scan.translated {
            if let Some(text) = sentence.text {
                all.insert((text, sentence.plural), file.clone());
            }
        }
    }
    all
}

/// The entries of the Norwegian catalogues.
fn norwegian() -> Vec<(String, POEntry)> {
    let mut all = Vec::new();
    files(&folder("assets/nb"), "po", &mut all);
    all.sort();
    let mut entries = Vec::new();
    for path in all {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let catalogue = pofile(fs::read_to_string(&path).unwrap().as_str()).unwrap();
        entries.extend(catalogue.entries.into_iter().map(|entry| (name.clone(), entry)));
    }
    entries
}

/// The gaps of a sentence.
fn gaps(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_sentence_of_the_screen_is_there_in_norwegian() {
    let known: BTreeSet<(String, Option<String>)> =
        norwegian().into_iter().map(|(_, entry)| (entry.msgid, entry.msgid_plural)).collect();
    let missing = translated().into_iter().filter(|(text, _)| !known.contains(text));
    let missing: Vec<String> =
        missing.map(|((text, plural), file)| format!("{file}: {text:?} {plural:?}")).collect();
    assert!(missing.is_empty(), "not in assets/nb:\n{}", missing.join("\n"));
}

#[test]
fn no_entry_of_the_catalogue_is_of_a_sentence_that_is_said_no_longer_or_there_twice() {
    let said = translated();
    let mut seen = BTreeSet::new();
    let wrong = norwegian().into_iter().filter_map(|(file, entry)| {
        let text = (entry.msgid, entry.msgid_plural);
        let is_known = said.contains_key(&text);
        (!is_known || !seen.insert(text.clone())).then(|| format!("{file}: {:?}", text.0))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_sentence_has_the_same_gaps_and_no_empty_text_in_norwegian() {
    let mut wrong = Vec::new();
    for (file, entry) in norwegian() {
        let POEntry { msgid, msgid_plural, msgstr, msgstr_plural, .. } = entry;
        let english = gaps(msgid_plural.as_deref().unwrap_or(&msgid));
        let said: Vec<String> =
            msgstr.into_iter().filter(|_| msgid_plural.is_none()).chain(msgstr_plural).collect();
        let forms = if msgid_plural.is_some() { 2 } else { 1 };
        // A singular may leave its number out.
        let fits = |text: &String| gaps(text) == english || (forms == 2 && gaps(text).is_subset(&english));
        let is_said = said.len() == forms && said.iter().all(|text| !text.trim().is_empty());
        if !is_said || !said.iter().all(fits) || said.last().is_none_or(|last| gaps(last) != english) {
            wrong.push(format!("{file}: {msgid:?} → {said:?}"));
        }
        let spaces = |text: &str| (text.starts_with(' '), text.ends_with(' '));
        if said.iter().any(|text| spaces(text) != spaces(&msgid)) {
            wrong.push(format!("{file}: spaces around {msgid:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_gap_of_a_sentence_is_filled_by_a_value_of_its_name() {
    let mut wrong = Vec::new();
    for (file, scan) in sources() {
        for Translated { text, plural, values, .. } in scan.translated {
            let Some(values) = values else {
                wrong.push(format!("{file}: {text:?} has a value without a name"));
                continue;
            };
            let text = text.unwrap_or_default();
            let values: BTreeSet<&str> = values.iter().map(String::as_str).collect();
            let named: BTreeSet<&str> =
                gaps(&text).into_iter().chain(gaps(plural.as_deref().unwrap_or(""))).collect();
            if named != values {
                wrong.push(format!("{file}: {text:?} has {named:?} and is given {values:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a text is what `Debug` writes of a type: "Page({} records)".
fn is_debug(text: &str) -> bool {
    let name = text.split('(').next().unwrap_or_default();
    text.contains('(') && name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric)
}

/// Whether a text is one that a person reads: letters of two words, or in the room of sentences any word.
fn is_sentence(room: &str, text: &str) -> bool {
    let mut outside = String::new();
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let words = outside.split_whitespace().filter(|word| {
        word.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !word.contains(['_', '/', '='])
    });
    words.count() >= if room == "words" { 1 } else { 2 }
}

#[test]
fn no_sentence_of_the_screen_is_said_outside_the_catalogue() {
    let mut outside = Vec::new();
    for (file, scan) in sources() {
        let room = file.split(['/', '.']).next().unwrap();
        if !ROOMS.contains(&room) {
            continue;
        }
        let is_exempt = |text: &Text| {
            text.is_in(&["tr!", "later!"])
                || is_debug(&text.says)
                || text.is_in(&NOT_SHOWN)
                || (text.is_in(&["#"]) && !text.is_in(&["error"]))
                || NO_SENTENCES.iter().any(|(of, start)| file.ends_with(of) && text.says.starts_with(start))
        };
        let found = scan.texts.iter().filter(|text| is_sentence(room, &text.says) && !is_exempt(text));
        outside.extend(found.map(|text| format!("src/{file}:{}: {:?}", text.line, text.says)));
    }
    assert!(outside.is_empty(), "{} texts:\n{}", outside.len(), outside.join("\n"));
}
