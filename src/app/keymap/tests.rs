//! The delivered keys, and keys of one's own.

use super::*;
use crossterm::event::{KeyCode, KeyModifiers};
use rstest::rstest;

fn press(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
    KeyEvent::new(code, modifiers)
}

#[test]
fn the_delivered_table_parses_and_no_key_means_two_things_in_one_place() {
    let keymap = Keymap::delivered().unwrap();
    for context in Context::ALL {
        let mut seen: Vec<Key> = Vec::new();
        for key in keymap.bindings(context).flat_map(|binding| &binding.keys) {
            assert!(!seen.contains(key), "{key} twice in {context:?}");
            seen.push(*key);
        }
    }
}

#[test]
fn one_can_quit_and_step_back_from_everywhere() {
    let keymap = Keymap::delivered().unwrap();
    for context in Context::ALL {
        let ctrl_c = press(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(keymap.action(context, &ctrl_c), Some(Action::Quit), "{context:?}");
        let esc = press(KeyCode::Esc, KeyModifiers::NONE);
        assert_eq!(keymap.action(context, &esc), Some(Action::Back), "{context:?}");
    }
}

#[test]
fn no_key_needs_alt_gr() {
    let keymap = Keymap::delivered().unwrap();
    let keys = keymap.bindings.iter().flat_map(|binding| &binding.keys);
    assert_eq!(keys.filter(|key| key.needs_alt_gr()).count(), 0);
}

#[test]
fn letters_never_act_where_they_are_typed() {
    let keymap = Keymap::delivered().unwrap();
    for context in Context::ALL.into_iter().filter(|it| ![Context::Table, Context::Card].contains(it)) {
        for c in ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("/?+:".chars()) {
            assert_eq!(keymap.action(context, &press(KeyCode::Char(c), KeyModifiers::NONE)), None, "{c}");
        }
    }
}

#[rstest]
#[case::slash_with_shift(KeyCode::Char('/'), KeyModifiers::SHIFT, Some(Action::Search))]
#[case::capital(KeyCode::Char('G'), KeyModifiers::SHIFT, Some(Action::Last))]
#[case::digit(KeyCode::Char('7'), KeyModifiers::NONE, Some(Action::TypeLookup))]
#[case::ctrl(KeyCode::Char('g'), KeyModifiers::CONTROL, Some(Action::Lookup))]
#[case::altgr(KeyCode::Char('7'), KeyModifiers::CONTROL.union(KeyModifiers::ALT), Some(Action::TypeLookup))]
#[case::alt_is_another_key(KeyCode::Char('q'), KeyModifiers::ALT, None)]
fn a_key_is_known_with_its_modifiers(
    #[case] code: KeyCode,
    #[case] modifiers: KeyModifiers,
    #[case] action: Option<Action>,
) {
    assert_eq!(Keymap::delivered().unwrap().action(Context::Table, &press(code, modifiers)), action);
}

#[test]
fn hints_with_the_same_words_stand_together() {
    let hints = Keymap::delivered().unwrap().hints(Context::Table);
    assert_eq!(hints.first(), Some(&Hint { keys: "↑↓".into(), words: "move".into() }));
}

#[test]
fn an_action_gets_the_keys_of_ones_own_file_and_the_rest_stays() {
    let (keymap, warnings) = Keymap::delivered()
        .unwrap()
        .with("[[key]]\nin = [\"table\"]\nkeys = [\"s\"]\naction = \"search\"\n")
        .unwrap();
    let plain = |c| press(KeyCode::Char(c), KeyModifiers::NONE);
    assert_eq!(keymap.action(Context::Table, &plain('s')), Some(Action::Search));
    assert_eq!(keymap.action(Context::Table, &plain('/')), None);
    assert_eq!(keymap.action(Context::Table, &plain('q')), Some(Action::Quit));
    assert_eq!(keymap.hints(Context::Table).iter().find(|hint| hint.words == "search").unwrap().keys, "s");
    assert_eq!(warnings, [] as [String; 0]);
}

#[rstest]
#[case::syntax("[[key]\n", "line 1: not TOML")]
#[case::unknown_key(
    "[[key]]\nin = [\"table\"]\nkeys = [\"hyper+x\"]\naction = \"search\"",
    "line 3: there is no key \"hyper+x\""
)]
#[case::sent_as_another(
    "[[key]]\nin = [\"table\"]\nkeys = [\"ctrl+m\"]\naction = \"help\"",
    "line 3: there is no key \"ctrl+m\": a terminal sends it as"
)]
#[case::unknown_action(
    "[[key]]\nin = [\"table\"]\nkeys = [\"s\"]\naction = \"dance\"",
    "line 4: unknown variant `dance`"
)]
#[case::unknown_context(
    "[[key]]\nin = [\"sky\"]\nkeys = [\"s\"]\naction = \"search\"",
    "line 2: unknown variant `sky`"
)]
#[case::unknown_setting(
    "[[key]]\nin = [\"table\"]\nkeys = [\"s\"]\naction = \"search\"\nwhen = \"now\"",
    "line 5: unknown field `when`"
)]
#[case::taken(
    "\n[[key]]\nin = [\"table\"]\nkeys = [\"j\"]\naction = \"search\"",
    "line 4: j is taken in the table"
)]
#[case::quit_lost(
    "[[key]]\nin = [\"table\"]\nkeys = [\"ctrl+c\"]\naction = \"search\"",
    "line 3: Ctrl+C is taken in the table"
)]
#[case::no_way_back(
    "[[key]]\nin = [\"card\"]\nkeys = []\naction = \"back\"",
    "line 3: the card needs a key to step back"
)]
#[case::letter_in_a_line(
    "[[key]]\nin = [\"search\"]\nkeys = [\"x\"]\naction = \"keep\"",
    "line 3: x is typed in the search line"
)]
fn a_file_that_cannot_be_used_is_refused_with_its_line(#[case] toml: &str, #[case] said: &str) {
    let words = Keymap::delivered().unwrap().with(toml).unwrap_err().to_string();
    assert!(words.starts_with(said), "{words}");
}

#[test]
fn a_key_that_needs_alt_gr_is_warned_of() {
    let toml = "[[key]]\nin = [\"table\"]\nkeys = [\"{\"]\naction = \"search\"";
    let (_, warnings) = Keymap::delivered().unwrap().with(toml).unwrap();
    assert_eq!(warnings, ["keys.toml line 3: { needs AltGr on a Norwegian keyboard"]);
}
