//! Who imports whom: every `crate::room` path in the code, comments left out, against the table in `lib.rs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms that it may use, as the table in `lib.rs` has it.
fn may_use() -> Vec<(String, Vec<String>)> {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! | [`"));
    rows.map(|row| {
        let room = row.split('`').next().unwrap().to_owned();
        let allowed = row.rsplit('|').nth(1).unwrap();
        (room, allowed.split('`').skip(1).step_by(2).map(str::to_owned).collect())
    })
    .collect()
}

/// Crates that a room must not know.
const MUST_NOT_KNOW: [(&str, &[&str]); 7] = [
    ("text", &["ratatui", "crossterm", "tokio", "reqwest"]),
    ("fields", &["reqwest", "tokio", "ratatui"]),
    ("list", &["reqwest", "tokio", "ratatui", "std::time", "jiff"]),
    ("search", &["reqwest", "tokio", "ratatui", "std::time", "jiff"]),
    ("export", &["tokio", "reqwest", "ratatui", "std::fs"]),
    ("app", &["tokio", "reqwest", "std::fs", "std::time", "jiff"]),
    ("ui", &["tokio", "reqwest", "std::time", "&mut App"]),
];

/// The rooms that a file of `room` uses against the table.
fn reaches(room: &str, file: &str, code: &str) -> Vec<String> {
    let may_use = may_use();
    let allowed = may_use.iter().find(|(name, _)| name == room).map(|(_, allowed)| allowed.as_slice());
    let allowed = allowed.unwrap_or_default();
    let mut found = BTreeSet::new();
    for path in paths(code) {
        let is_known = may_use.iter().any(|(name, _)| *name == path);
        if is_known && path != room && !allowed.contains(&path) {
            found.insert(format!("{file}: {room} uses {path}"));
        }
    }
    let unknown =
        MUST_NOT_KNOW.iter().filter(|(name, _)| *name == room).flat_map(|(_, crates)| crates.iter());
    let code = without_comments(code);
    found.extend(
        unknown.filter(|name| code.contains(**name)).map(|name| format!("{file}: {room} knows {name}")),
    );
    found.into_iter().collect()
}

/// The first names of all paths from the crate's root, those in braces and by `super::super` too.
fn paths(code: &str) -> Vec<String> {
    let code = without_comments(code);
    let mut found = Vec::new();
    for root in ["crate::", "super::super::"] {
        for (at, _) in code.match_indices(root) {
            let rest = &code[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(list) => found.extend(names_in_braces(list)),
                None => found.push(first_name(rest)),
            }
        }
    }
    found
}

/// The first names of a list after its `{`, not those of lists inside it.
fn names_in_braces(list: &str) -> Vec<String> {
    let (mut depth, mut names) = (0, vec![String::new()]);
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            c if depth == 0 => names.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    names.iter().map(|name| first_name(name.trim())).collect()
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn without_comments(code: &str) -> String {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| line.split(" // ").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_room_reaches_upward() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&source, &mut all);
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for path in all {
        let inside = path.strip_prefix(&source).unwrap();
        // Tests may stand on whatever they need.
        if inside.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs") {
            continue;
        }
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let room = first.trim_end_matches(".rs").to_owned();
        seen.insert(room.clone());
        let code = fs::read_to_string(&path).unwrap();
        let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap();
        if !["lib", "main"].contains(&room.as_str()) {
            wrong.extend(reaches(&room, &inside.to_string_lossy(), code));
        }
    }
    assert_eq!(wrong, [] as [String; 0]);
    let rooms: BTreeSet<String> = may_use().into_iter().map(|(room, _)| room).collect();
    let outside = ["lib", "main"].map(str::to_owned);
    assert_eq!(seen, rooms.into_iter().chain(outside).collect(), "the table and the folders differ");
}

#[test]
fn a_room_may_use_only_rooms_above_it_in_the_table() {
    let table = may_use();
    for (at, (room, allowed)) in table.iter().enumerate() {
        for used in allowed {
            assert!(table.iter().take(at).any(|(above, _)| above == used), "{room} is above {used}");
        }
    }
}

#[test]
fn a_room_that_reaches_upward_is_found() {
    let planted = [
        ("list", "use crate::app::App;"),
        ("list", "use crate::search::Query;"),
        ("search", "use crate::{text::fold, ui::draw};"),
        ("search", "use crate::{text::{clean, Place}, ui::draw};"),
        ("cube", "fn x() { crate::list::Store::new(); }"),
        ("fields", "use super::super::runtime::Tasks;"),
        ("app", "use tokio::time::sleep;"),
        ("demo", "use crate::cube::Record;"),
        ("session", "use crate::commands::login;"),
        ("commands", "use crate::browse::run;"),
    ];
    for (room, line) in planted {
        assert_eq!(reaches(room, "planted.rs", line).len(), 1, "{line}");
    }
    assert_eq!(
        reaches("app", "planted.rs", "// use crate::ui::draw;\nuse crate::list::Store;"),
        [] as [String; 0]
    );
}
