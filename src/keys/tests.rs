//! The delivered keys, and keys of one's own.

use super::*;
use crate::language::in_norwegian;
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
fn ctrl_q_quits_and_esc_steps_back_everywhere() {
    let keymap = Keymap::delivered().unwrap();
    for context in Context::ALL {
        let ctrl = |c| press(KeyCode::Char(c), KeyModifiers::CONTROL);
        assert_eq!(keymap.action(context, &ctrl('q')), Some(Action::Quit), "{context:?}");
        assert_eq!(keymap.action(context, &ctrl('c')), Some(Action::Interrupt), "{context:?}");
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
    for context in Context::ALL.into_iter().filter(|it| it.types_letters()) {
        for c in ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("/?+:".chars()) {
            assert_eq!(keymap.action(context, &press(KeyCode::Char(c), KeyModifiers::NONE)), None, "{c}");
        }
    }
}

#[rstest]
#[case::slash_with_shift(KeyCode::Char('/'), KeyModifiers::SHIFT, Some(Action::Find))]
#[case::function_key(KeyCode::F(5), KeyModifiers::NONE, Some(Action::Retry))]
#[case::function_key_with_shift(KeyCode::F(5), KeyModifiers::SHIFT, Some(Action::Refresh))]
#[case::ctrl(KeyCode::Char('q'), KeyModifiers::CONTROL, Some(Action::Quit))]
#[case::altgr(KeyCode::Char('/'), KeyModifiers::CONTROL.union(KeyModifiers::ALT), Some(Action::Find))]
#[case::alt_is_another_key(KeyCode::Char('/'), KeyModifiers::ALT, None)]
#[case::a_letter_is_no_command(KeyCode::Char('q'), KeyModifiers::NONE, None)]
fn a_key_is_known_with_its_modifiers(
    #[case] code: KeyCode,
    #[case] modifiers: KeyModifiers,
    #[case] action: Option<Action>,
) {
    assert_eq!(Keymap::delivered().unwrap().action(Context::Table, &press(code, modifiers)), action);
}

#[test]
fn what_a_key_does_fits_beside_it_on_80_columns_in_both_languages() {
    let tables = [Keymap::delivered().unwrap(), Keymap::vi().unwrap()];
    let said = || tables.iter().flat_map(|table| &table.bindings).map(Binding::said).collect::<Vec<_>>();
    let (english, norwegian) = (said(), in_norwegian(said));
    assert_ne!(english, norwegian);
    for words in english.iter().chain(&norwegian) {
        assert!(words.chars().count() <= 58, "{words}");
    }
}

#[test]
fn a_key_that_a_norwegian_keyboard_calls_otherwise_is_shown_so() {
    let space = Key::try_from("space".to_owned()).unwrap();
    assert_eq!(space.to_string(), "Space");
    assert_eq!(in_norwegian(|| space.to_string()), "Mellomrom");
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
        .with("[[key]]\nin = [\"table\"]\nkeys = [\"s\"]\naction = \"find\"\n")
        .unwrap();
    let plain = |c| press(KeyCode::Char(c), KeyModifiers::NONE);
    assert_eq!(keymap.action(Context::Table, &plain('s')), Some(Action::Find));
    assert_eq!(keymap.action(Context::Table, &plain('/')), None);
    assert_eq!(keymap.action(Context::Card, &plain('y')), Some(Action::Copy));
    assert_eq!(keymap.key_for(Context::Table, Action::Find), "s");
    assert_eq!(warnings, [] as [String; 0]);
}

#[rstest]
#[case::syntax("[[key]\n", "line 1 | not TOML")]
#[case::unknown_key(
    "[[key]]\nin = [\"table\"]\nkeys = [\"hyper+x\"]\naction = \"find\"",
    "line 3 | there is no key \"hyper+x\""
)]
#[case::sent_as_another(
    "[[key]]\nin = [\"table\"]\nkeys = [\"ctrl+m\"]\naction = \"help\"",
    "line 3 | there is no key \"ctrl+m\": a terminal sends it as"
)]
#[case::unknown_action(
    "[[key]]\nin = [\"table\"]\nkeys = [\"s\"]\naction = \"dance\"",
    "line 4 | unknown variant `dance`"
)]
#[case::unknown_context(
    "[[key]]\nin = [\"sky\"]\nkeys = [\"s\"]\naction = \"find\"",
    "line 2 | unknown variant `sky`"
)]
#[case::unknown_setting(
    "[[key]]\nin = [\"table\"]\nkeys = [\"s\"]\naction = \"find\"\nwhen = \"now\"",
    "line 5 | unknown field `when`"
)]
#[case::taken(
    "\n[[key]]\nin = [\"table\"]\nkeys = [\"up\"]\naction = \"find\"",
    "line 4 | ↑ is taken in the table"
)]
#[case::quit_lost(
    "[[key]]\nin = [\"table\"]\nkeys = [\"ctrl+c\"]\naction = \"find\"",
    "line 3 | Ctrl+C is taken in the table"
)]
#[case::no_way_back(
    "[[key]]\nin = [\"card\"]\nkeys = []\naction = \"back\"",
    "line 3 | the card needs a key to step back"
)]
#[case::letter_in_a_line(
    "[[key]]\nin = [\"line\"]\nkeys = [\"x\"]\naction = \"keep\"",
    "line 3 | x is typed in the line"
)]
fn a_file_that_cannot_be_used_is_refused_with_its_line(#[case] toml: &str, #[case] said: &str) {
    let bad = Keymap::delivered().unwrap().with(toml).unwrap_err();
    let words = format!("line {} | {}", bad.line, bad.why);
    assert!(words.starts_with(said), "{words}");
}

#[rstest]
#[case::another_programs_word("serach", "line 3, column 10: unknown variant `serach` (did you mean find?)")]
#[case::far("xyzzy", "line 3, column 10: unknown variant `xyzzy`")]
#[case::near("palete", "line 3, column 10: unknown variant `palete` (did you mean palette?)")]
fn a_word_that_is_not_known_is_named_with_its_place_and_the_nearest(
    #[case] action: &str,
    #[case] said: &str,
) {
    let toml = format!("[[key]]\nin = [\"table\"]\naction = \"{action}\"\nkeys = []\n");
    assert_eq!(Keymap::delivered().unwrap().with(&toml).unwrap_err().to_string(), said);
}

#[test]
fn a_key_that_needs_alt_gr_is_warned_of() {
    let toml = "[[key]]\nin = [\"table\"]\nkeys = [\"{\"]\naction = \"find\"";
    let (_, warnings) = Keymap::delivered().unwrap().with(toml).unwrap();
    assert_eq!(warnings, ["keys.toml line 3: { needs AltGr on a Norwegian keyboard"]);
}

#[test]
fn with_vi_letters_are_commands_in_the_table_and_only_numbers_open_the_line() {
    let keymap = Keymap::vi().unwrap();
    let plain = |c| press(KeyCode::Char(c), KeyModifiers::NONE);
    for (key, action) in [
        ('j', Action::Down),
        ('k', Action::Up),
        ('l', Action::Open),
        ('g', Action::First),
        ('G', Action::Last),
        ('/', Action::Find),
        ('q', Action::Quit),
        ('r', Action::Retry),
        ('R', Action::Refresh),
        ('y', Action::CopyId),
        ('p', Action::CardBeside),
        ('?', Action::Help),
        (':', Action::Palette),
    ] {
        assert_eq!(keymap.action(Context::Table, &plain(key)), Some(action), "{key}");
    }
    let opens = |c| keymap.opens_line(Context::Table, &plain(c));
    assert_eq!((opens('7'), opens('+'), opens('x'), opens('å')), (Some('7'), Some('+'), None, None));
    let ctrl_q = press(KeyCode::Char('q'), KeyModifiers::CONTROL);
    assert_eq!(keymap.action(Context::Table, &ctrl_q), Some(Action::Quit), "the delivered keys stay");
}

#[test]
fn as_delivered_whatever_types_something_opens_the_line_in_the_table() {
    let keymap = Keymap::delivered().unwrap();
    let opens = |context, c| keymap.opens_line(context, &press(KeyCode::Char(c), KeyModifiers::NONE));
    for c in "aZåØ7+@\"'-(#".chars() {
        assert_eq!(opens(Context::Table, c), Some(c));
        assert_eq!(keymap.action(Context::Table, &press(KeyCode::Char(c), KeyModifiers::NONE)), None, "{c}");
    }
    assert_eq!(opens(Context::Table, ' '), None);
    assert_eq!(
        (opens(Context::Card, '7'), opens(Context::Card, '+'), opens(Context::Card, 'x')),
        (Some('7'), Some('+'), None)
    );
    assert_eq!(keymap.opens_line(Context::Table, &press(KeyCode::Char('x'), KeyModifiers::ALT)), None);
}

#[test]
fn a_sentence_names_the_key_of_its_context_then_of_the_table_then_the_palette() {
    let keymap = Keymap::delivered().unwrap();
    assert_eq!(keymap.key_for(Context::Line, Action::Keep), "Tab");
    assert_eq!(keymap.key_for(Context::Help, Action::Retry), "F5");
    let theme = keymap.key_for(Context::Table, Action::Theme);
    assert!(theme.starts_with("Ctrl+P \"other colours"), "{theme}");
}
