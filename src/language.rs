//! The language of the screen. The code says each sentence in English, as `tr!("not loaded")`; the catalogues in
//! `assets/nb` say the same in Norwegian Bokmål, in the format of gettext that translators' programs read.
//!
//! A text that must be a constant is marked with `later!` and translated where it is shown, by `tr!(text)`. What the
//! commands print, what the log holds and what is said before the screen is there stays English.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};
use tr::{Translator, set_translator};

/// A language that the screen knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    /// Norwegian Bokmål.
    Norwegian,
    /// English.
    #[default]
    English,
}

impl Language {
    /// The language of the locale; `variable` gives the value of an environment variable.
    #[must_use]
    pub fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Self {
        let mut set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable);
        let locale = set.find(|value| !value.is_empty()).unwrap_or_default();
        let language = locale.split(['_', '.', '@']).next().unwrap_or_default();
        if ["nb", "nn", "no"].contains(&language) { Self::Norwegian } else { Self::English }
    }

    /// Its name in the settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Norwegian => "nb",
            Self::English => "en",
        }
    }
}

/// The sentences in Norwegian: those of `words`, those of `keys` and its tables, and those of all other rooms.
const NORWEGIAN: [&str; 3] = [
    include_str!("../assets/nb/words.po"),
    include_str!("../assets/nb/keys.po"),
    include_str!("../assets/nb/rooms.po"),
];

static SPOKEN: OnceLock<Language> = OnceLock::new();

thread_local! {
    // What is written for the log is English on any screen; tests run side by side, each in a language of its own.
    static HERE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// The language of the screen from now on, until the program ends. The first call decides.
pub fn speak(language: Language) {
    if *SPOKEN.get_or_init(|| language) != Language::English {
        set_translator!(Catalogue);
    }
}

/// The language of the screen.
#[must_use]
pub fn spoken() -> Language {
    HERE.get().or_else(|| SPOKEN.get().copied()).unwrap_or_default()
}

/// Does something in English, whatever the screen speaks: what goes into the log.
pub fn in_english<T>(says: impl FnOnce() -> T) -> T {
    in_language(Language::English, says)
}

fn in_language<T>(language: Language, says: impl FnOnce() -> T) -> T {
    /// The language before, whether it ended well or not.
    struct Before(Option<Language>);
    impl Drop for Before {
        fn drop(&mut self) {
            HERE.set(self.0);
        }
    }
    let _before = Before(HERE.replace(Some(language)));
    says()
}

/// Says a sentence in the language of the screen: `tr!("row {row}", row)`, `tr!("{count} row" | "{count} rows" % number, count =
/// grouped(number))`, or a text of a variable. The values are made before: some are sentences themselves, and the crate's own
/// macro makes them while it holds a lock.
macro_rules! tr {
    (@value $name:ident) => { &$name };
    (@value $name:ident $value:expr) => { &$value };
    ($one:literal | $several:literal % $number:expr $(, $name:ident $(= $value:expr)?)+ $(,)?) => {
        match ($number, $($crate::language::tr!(@value $name $($value)?),)+) {
            (number, $($name,)+) => ::tr::tr!($one | $several % number, $($name),+),
        }
    };
    ($text:tt, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        match ($($crate::language::tr!(@value $name $($value)?),)+) {
            ($($name,)+) => ::tr::tr!($text, $($name),+),
        }
    };
    ($text:tt) => {
        ::tr::tr!($text)
    };
}
pub(crate) use tr;

/// Marks a text that is translated where it is shown.
macro_rules! later {
    ($text:literal) => {
        $text
    };
}
pub(crate) use later;

/// Says each sentence in the language of the screen.
struct Catalogue;

/// By the English text, that of one where there are two: what is said, for one and for several where it differs.
type Sentences = HashMap<String, (String, Option<String>)>;

impl Catalogue {
    /// What is said in place of an English text. `None` for English itself, and for a text that is not known.
    fn said(english: &str) -> Option<&'static (String, Option<String>)> {
        static SENTENCES: LazyLock<Sentences> = LazyLock::new(|| read(&NORWEGIAN.join("\n")));
        match spoken() {
            Language::English => None,
            Language::Norwegian => SENTENCES.get(english),
        }
    }
}

/// Reads a catalogue. A test sees to it that ours can be read.
fn read(catalogue: &str) -> Sentences {
    let entries = rspolib::pofile(catalogue).map(|catalogue| catalogue.entries).unwrap_or_default();
    let said = |entry: rspolib::POEntry| {
        let mut forms = entry.msgstr.into_iter().chain(entry.msgstr_plural).filter(|form| !form.is_empty());
        Some((entry.msgid, (forms.next()?, forms.next())))
    };
    entries.into_iter().filter_map(said).collect()
}

impl Translator for Catalogue {
    fn translate<'a>(&'a self, text: &'a str, _: Option<&'a str>) -> Cow<'a, str> {
        Self::said(text).map_or(text, |(said, _)| said).into()
    }

    fn ntranslate<'a>(
        &'a self,
        number: u64,
        one: &'a str,
        several: &'a str,
        _: Option<&'a str>,
    ) -> Cow<'a, str> {
        match Self::said(one) {
            Some((said, _)) if number == 1 => said,
            Some((_, Some(said))) => said,
            _ if number == 1 => one,
            _ => several,
        }
        .into()
    }
}

/// Runs a test with the screen in Norwegian.
#[cfg(test)]
pub(crate) fn in_norwegian<T>(test: impl FnOnce() -> T) -> T {
    static SET: std::sync::Once = std::sync::Once::new();
    SET.call_once(|| set_translator!(Catalogue));
    in_language(Language::Norwegian, test)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::nothing_is_set(&[], Language::English)]
    #[case::norwegian(&[("LANG", "nb_NO.UTF-8")], Language::Norwegian)]
    #[case::new_norwegian(&[("LANG", "nn_NO.UTF-8")], Language::Norwegian)]
    #[case::without_a_country(&[("LANG", "no")], Language::Norwegian)]
    #[case::another(&[("LANG", "de_DE.UTF-8")], Language::English)]
    #[case::a_country_is_no_language(&[("LANG", "en_NO.UTF-8")], Language::English)]
    #[case::messages_go_before_the_rest(&[("LC_MESSAGES", "en_GB"), ("LANG", "nb_NO")], Language::English)]
    #[case::all_goes_first(&[("LC_ALL", "nb_NO"), ("LC_MESSAGES", "en_GB")], Language::Norwegian)]
    #[case::empty_is_not_set(&[("LC_ALL", ""), ("LANG", "nb_NO")], Language::Norwegian)]
    fn the_language_is_that_of_the_locale(#[case] set: &[(&str, &str)], #[case] language: Language) {
        let variable =
            |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(Language::of_locale(variable), language);
    }

    #[test]
    fn a_sentence_is_said_in_the_language_of_the_screen_and_one_that_is_not_known_in_english() {
        assert_eq!(tr!("not loaded"), "not loaded");
        in_norwegian(|| {
            assert_eq!(tr!("not loaded"), "ikke lastet");
            assert_eq!(tr!("a sentence that nobody says"), "a sentence that nobody says");
        });
        assert_eq!(tr!("not loaded"), "not loaded");
        in_norwegian(|| assert_eq!(in_english(|| tr!("not loaded")), "not loaded"));
    }

    #[test]
    fn a_catalogue_is_read_over_several_lines_and_with_quotes() {
        let known = read(
            "msgid \"\"\nmsgstr \"Language: nb\\n\"\n\nmsgid \"\"\n\"a \\\"b\\\" \"\n\"c\"\nmsgstr \"å \\\"b\\\" c\"\n",
        );
        assert_eq!(known.get("a \"b\" c"), Some(&("å \"b\" c".to_owned(), None)));
    }

    #[test]
    fn plurals_and_gaps_are_those_of_the_language() {
        let said = |count: u64| tr!("{count} customer" | "{count} customers" % count, count = count);
        assert_eq!([1, 2].map(said), ["1 customer", "2 customers"]);
        in_norwegian(|| assert_eq!([1, 2].map(said), ["1 kunde", "2 kunder"]));
    }
}
