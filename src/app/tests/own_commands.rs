//! Commands of the person's own.

use super::*;
use crate::app::{MenuLine, OwnCommand, PickKind};
use crate::text::Template;

const KEYS: [Option<&str>; 3] = [Some("ctrl+t"), Some("b"), None];

/// A desk with commands that have these keys, in order.
fn desk(programs: &[&[&str]]) -> Desk {
    desk_of(3, programs)
}

fn desk_of(customers: usize, programs: &[&[&str]]) -> Desk {
    let mut desk = Desk::delivered(customers, 10);
    let command = |(number, program): (usize, &&[&str])| OwnCommand {
        words: format!("command {number}"),
        program: program.iter().map(|text| Template::read("x", 7 + number, text).unwrap()).collect(),
    };
    let commands: Vec<OwnCommand> = programs.iter().enumerate().map(command).collect();
    let rows = KEYS.into_iter().zip(commands.iter().map(|command| command.words.as_str()));
    desk.app.keymap = desk.app.keymap.clone().with_commands(rows).unwrap();
    desk.app.session.account.commands = commands;
    desk.settle()
}

fn run(desk: &Desk) -> Vec<String> {
    let programs = desk.tasks.iter().filter_map(|task| match task {
        Task::Run(arguments) => Some(arguments.join(" ")),
        _ => None,
    });
    programs.collect()
}

#[test]
fn a_key_runs_it_for_the_customer_under_the_cursor() {
    let desk = desk(&[&["open", "https://acme.no/c/{id}"]]).press(KeyCode::Down).ctrl('t');
    assert_eq!(
        (run(&desk), desk.says().as_str()),
        (vec!["open https://acme.no/c/1001".into()], "Started: command 0")
    );
    let desk = desk.press(KeyCode::Enter).ctrl('t');
    assert_eq!(run(&desk).len(), 2);
}

#[test]
fn a_letter_runs_it_on_a_card_alone() {
    let desk = desk(&[&["a"], &["note", "{name}"]]).keys("b");
    assert_eq!((run(&desk).len(), desk.app.context()), (0, Context::Line));
    let desk = desk.press(KeyCode::Esc).press(KeyCode::Enter).keys("b");
    assert_eq!(run(&desk), ["note Kunde 0"]);
}

#[test]
fn the_palette_and_the_help_have_every_command_by_its_words() {
    let desk = desk(&[&["a"], &["b"], &["c", "{id}"]]).ctrl('p').keys("command 2").press(KeyCode::Enter);
    assert_eq!(run(&desk), ["c 1000"]);
    let desk = desk.press(KeyCode::F(1));
    let lines = desk.app.menu_lines();
    let has = |wanted: &str| {
        lines.iter().any(|line| matches!(line, MenuLine::Keys { keys, words, .. } if words == wanted && keys.contains("Ctrl+T")))
    };
    assert!(has("command 0"));
}

#[test]
fn a_value_in_an_address_is_encoded_and_one_that_would_be_an_option_is_not_run() {
    let mut desk = desk(&[&["open", "https://acme.no/?q={name}"], &["note", "{name}"]]);
    desk.customers[0].1 = "-x a&b/..".to_owned();
    desk.send(Msg::Pressed(KeyEvent::new(KeyCode::F(5), KeyModifiers::SHIFT)));
    let desk = desk.settle().ctrl('t');
    assert_eq!(run(&desk), ["open https://acme.no/?q=-x%20a%26b%2F.."]);
    let desk = desk.press(KeyCode::Enter).keys("b");
    assert_eq!(run(&desk).len(), 1);
    assert_eq!(desk.says(), "Not run: command 1 · a value begins with - and would be an option");
}

#[test]
fn while_values_are_masked_only_a_command_without_them_runs_unasked() {
    let programs: &[&[&str]] = &[&["open", "https://acme.no/{id}"], &["dial", "{phone_1}"]];
    let desk = desk(programs).press(KeyCode::F(8)).press(KeyCode::Enter).ctrl('t').keys("b");
    assert_eq!(run(&desk), ["open https://acme.no/1000"]);
    let pick = desk.app.layers.pick().unwrap();
    assert_eq!(
        (pick.kind, pick.about.as_str()),
        (PickKind::Masked, "It gets values that are masked: command 1. Run it with them …")
    );
    assert!(pick.lines().iter().all(|item| !item.value.as_str().contains("90000000")));
    let desk = desk.press(KeyCode::Enter).keys("b").press(KeyCode::Down).press(KeyCode::Enter);
    assert_eq!(run(&desk)[1..], ["dial 90 •• •• 00", "dial 90000000"]);
}

#[test]
fn without_a_customer_nothing_runs_and_an_unknown_field_is_told_with_its_line() {
    let mut desk = desk(&[&["open", "{nmae}", "{nmae}"]]);
    desk.send(Msg::Replied(Reply::Labels(Ok(Labels { source: Source::Cube, ..Labels::default() }))));
    assert_eq!(desk.says(), "config.toml, line 7: no field is called nmae, but one is called Name");
    let desk = desk_of(0, &[&["open", "{id}"]]).ctrl('t');
    assert_eq!((run(&desk).len(), desk.says().as_str()), (0, "No customer is marked"));
}
