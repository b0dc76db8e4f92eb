//! The pages of `docs/`, which `cubedex help TOPIC` shows without a network.

/// Each topic and its page.
const TOPICS: [(&str, &str); 8] = [
    ("search", include_str!("../../docs/search.md")),
    ("columns", include_str!("../../docs/columns.md")),
    ("call", include_str!("../../docs/call.md")),
    ("writing", include_str!("../../docs/writing.md")),
    ("shell", include_str!("../../docs/shell.md")),
    ("settings", include_str!("../../docs/settings.md")),
    ("plain", include_str!("../../docs/plain.md")),
    ("it", include_str!("../../docs/it.md")),
];

/// The page of a topic. `None` iff there is no such topic.
pub(super) fn page(topic: &str) -> Option<&'static str> {
    TOPICS.into_iter().find(|(name, _)| *name == topic).map(|(_, page)| page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{Cli, Command, Stop};
    use clap::CommandFactory;
    use std::ffi::OsString;

    /// The words of a command line, as a shell divides them; what follows a `#`, a `<` or a `|` is not the program's.
    fn words(line: &str) -> Vec<OsString> {
        let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
        for c in line.chars() {
            match (c, quote) {
                ('\'' | '"', None) => {
                    quote = Some(c);
                    word.get_or_insert_default();
                }
                (c, Some(open)) if c == open => quote = None,
                ('#' | '<' | '|' | '>', None) => break,
                (' ', None) => words.extend(word.take()),
                (c, _) => word.get_or_insert_default().push(c),
            }
        }
        words.extend(word);
        words.into_iter().map(OsString::from).collect()
    }

    /// The command lines of a page: those of its blocks for a shell.
    fn commands(page: &str) -> Vec<&str> {
        let mut is_code = false;
        let mut commands = Vec::new();
        for line in page.lines() {
            if line.starts_with("```") {
                is_code = !is_code && line == "```sh";
            } else if is_code && line.starts_with("cubedex ") {
                commands.push(line);
            }
        }
        commands
    }

    #[test]
    fn every_command_of_the_documents_is_taken_as_it_is_written() {
        let readme = include_str!("../../README.md");
        let pages = TOPICS.iter().map(|(_, page)| *page).chain([readme]);
        let mut count = 0;
        for line in pages.flat_map(commands) {
            let read = Cli::read(words(line));
            assert!(!matches!(read, Err(Stop::Wrong(_))), "{line}: {:?}", read.err());
            count += 1;
        }
        assert!(count > 40, "{count}");
    }

    #[test]
    fn the_help_and_the_readme_name_every_page() {
        let help = Cli::command().render_long_help().to_string();
        let readme = include_str!("../../README.md");
        let pages = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).unwrap();
        assert_eq!(pages.count(), TOPICS.len(), "a page that no topic shows");
        for (topic, _) in TOPICS {
            assert!(help.contains(&format!("  cubedex help {topic} ")), "{topic}");
            assert!(readme.contains(&format!("(docs/{topic}.md)")), "{topic}");
            assert!(Command::named(topic).is_none(), "{topic} is a command too");
        }
    }

    #[test]
    fn a_topic_is_shown_and_what_is_none_is_a_command() {
        let read = |line: &str| Cli::read(line.split(' ').map(OsString::from));
        assert!(
            matches!(read("cubedex help writing"), Err(Stop::Shown(page)) if page.starts_with("# Change customers"))
        );
        assert!(matches!(read("cubedex help export"), Err(Stop::Shown(page)) if page.contains("--columns")));
        assert!(matches!(read("cubedex help wriing"), Err(Stop::Wrong(_))));
    }
}
