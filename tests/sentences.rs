//! Sentences of the screen name no key by themselves: they ask the table of keys, so that no sentence names a key that
//! does something else.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms whose texts an agent reads on the screen.
const ROOMS: [&str; 4] = ["words", "app", "ui", "browse"];
/// How keys are written in sentences; a function key is any of these and a number.
const KEYS: [&str; 12] =
    ["Esc", "Tab", "Enter", "Space", "Backspace", "PgUp", "PgDn", "Home", "End", "Ctrl+", "Shift+", "Alt+"];
const SIGNS: [char; 6] = ['⏎', '↑', '↓', '←', '→', '⌫'];

/// The text literals of a file, without its comments and its tests.
fn literals(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut literals = Vec::new();
    let mut rest = code.join("\n");
    while let Some(start) = rest.find('"') {
        let after = rest.split_off(start + 1);
        let mut text = String::new();
        let mut chars = after.char_indices();
        let end = loop {
            match chars.next() {
                Some((_, '\\')) => text.extend(chars.next().map(|(_, c)| c)),
                Some((at, '"')) => break at + 1,
                Some((_, c)) => text.push(c),
                None => break after.len(),
            }
        };
        literals.push(text);
        after[end..].clone_into(&mut rest);
    }
    literals
}

/// The key that a text names, as a word of its own.
fn key_in(text: &str) -> Option<String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '+'));
    let is_function_key = |word: &str| {
        word.strip_prefix('F')
            .is_some_and(|number| (1..=2).contains(&number.len()) && number.parse::<u8>().is_ok())
    };
    let is_key = |word: &&str| {
        KEYS.iter().any(|key| word == key || (key.ends_with('+') && word.starts_with(key)))
            || is_function_key(word)
    };
    let mut named: Vec<String> = words.filter(is_key).map(str::to_owned).collect();
    // An arrow between two numbers is no key, and neither is one alone: those are drawn.
    named.extend(
        SIGNS
            .iter()
            .filter(|sign| text.contains(**sign) && text.trim().len() > 4 && !text.contains("{} → {}"))
            .map(char::to_string),
    );
    named.into_iter().next()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_test = path.file_name().is_some_and(|name| name == "tests" || name == "tests.rs");
        if path.is_dir() && !is_test {
            files(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") && !is_test {
            found.push(path);
        }
    }
}

#[test]
fn no_sentence_of_the_screen_names_a_key_by_itself() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    for room in ROOMS {
        all.push(src.join(format!("{room}.rs")));
        files(&src.join(room), &mut all);
    }
    assert!(all.len() > 50, "{} files", all.len());
    let mut named = Vec::new();
    for file in all {
        for text in literals(&fs::read_to_string(&file).unwrap()) {
            if let Some(key) = key_in(&text) {
                named.push(format!("{}: {key} in {text:?}", file.display()));
            }
        }
    }
    assert!(named.is_empty(), "{}", named.join("\n"));
}

#[test]
fn a_sentence_that_names_a_key_is_found() {
    for text in [
        "{loaded} loaded · F5 retries",
        "Esc stops",
        "press Ctrl+R",
        "⏎ asks Cube for it",
        "stopped (Tab goes on)",
    ] {
        assert!(key_in(text).is_some(), "{text}");
    }
    for text in ["F {number}", "Table", "Endless", "{} → {}", "⏎", "Escape is a word", "a Field 388"] {
        assert_eq!(key_in(text), None, "{text}");
    }
    let code = "// \"Esc\"\nlet a = \"say \\\"Tab\\\" twice\";\n#[cfg(test)]\nmod tests { \"Esc\" }";
    assert_eq!(literals(code), ["say \"Tab\" twice"]);
}
