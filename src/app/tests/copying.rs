//! Copying: the id, a value, and the customer in many forms.

use super::*;
use crate::app::PickKind;
use crate::text::Template;

fn desk() -> Desk {
    Desk::delivered(30, 30).settle()
}

fn row(desk: Desk, name: &str) -> Desk {
    let lines = desk.app.layers.pick().unwrap().lines();
    let row = lines.iter().position(|item| item.name.as_str() == name).unwrap();
    (0..row).fold(desk, |desk, _| desk.press(KeyCode::Down))
}

#[test]
fn in_the_list_the_id_is_copied_and_the_same_key_again_opens_the_forms() {
    let desk = desk().press(KeyCode::Down).ctrl('y');
    assert_eq!((desk.copied.join("|").as_str(), desk.says().as_str()), ("1001", "Copied: 1001"));
    let desk = desk.ctrl('y');
    assert_eq!(desk.app.layers.pick().map(|pick| pick.kind), Some(PickKind::Copy));
    let desk = row(desk, "Name (ID) phone").press(KeyCode::Enter);
    assert_eq!(desk.copied[1..], ["Kunde 1 (1001) 90000001"]);
    assert_eq!(desk.app.context(), Context::Table);
}

#[test]
fn another_key_between_copies_the_id_again() {
    let desk = desk().ctrl('y').press(KeyCode::Down).ctrl('y');
    assert_eq!((desk.copied.join("|").as_str(), desk.app.context()), ("1000|1001", Context::Table));
}

#[test]
fn on_a_card_the_forms_open_with_the_value_under_the_cursor_among_them() {
    let desk = desk().press(KeyCode::Enter).keys("Y");
    let names: Vec<String> =
        desk.app.layers.pick().unwrap().lines().iter().map(|it| it.name.to_string()).collect();
    assert_eq!(
        names,
        [
            "ID",
            "Phone 1",
            "Name (ID) phone",
            "All fields",
            "Markdown",
            "JSON as sent",
            "vCard",
            "Row of the table"
        ]
    );
    let desk = row(desk, "All fields");
    let shown: Vec<String> =
        desk.app.layers.pick().unwrap().selected().unwrap().preview.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["ID: 1000", "Name: Kunde 0", "Phone 1: 90000000", "Field 17: A"]);
    let desk = desk.press(KeyCode::Enter);
    assert_eq!(desk.copied, [shown.join("\n")]);
    assert_eq!((desk.says().as_str(), desk.app.context()), ("Copied All fields: 4 lines", Context::Card));
}

#[test]
fn the_head_of_the_card_is_a_line_for_the_cursor_where_the_id_is_copied() {
    let desk = desk().press(KeyCode::Enter).press(KeyCode::Up).keys("y");
    assert_eq!(desk.copied, ["1000"]);
    let desk = desk.keys("J").keys("y");
    assert_eq!(desk.copied, ["1000", "1001"], "the cursor stays on the head");
    let desk = desk.press(KeyCode::Down).keys("y");
    assert_eq!(desk.copied[2..], ["90000001"]);
}

#[test]
fn a_form_of_ones_own_is_filled_and_one_with_an_unknown_field_is_told_with_its_line() {
    let mut desk = desk();
    let template = |name, line, text| Template::read(name, line, text).unwrap();
    desk.app.session.account.templates =
        vec![template("Ticket", 7, "{name}: {phone_2|phone_1}"), template("Wrong", 11, "{nmae} {id}")];
    desk.send(Msg::Replied(Reply::Labels(Ok(Labels { source: Source::Cube, ..Labels::default() }))));
    assert_eq!(desk.says(), "config.toml, line 11: no field is called nmae, but one is called Name");
    let desk = row(desk.press(KeyCode::Enter).keys("Y"), "Ticket").press(KeyCode::Enter);
    assert_eq!(desk.copied, ["Kunde 0: 90000000"]);
}

#[test]
fn what_is_too_long_for_a_terminals_clipboard_is_said_and_not_copied() {
    let long = "x".repeat(16_000);
    let fields: Vec<String> = (0..6).map(|n| format!(r#""crm__custom_info__{n}":"{long}""#)).collect();
    let mut desk = desk();
    desk.customers[0].1 = format!(r#"Kari",{},"x":""#, fields.join(","));
    desk.send(Msg::Pressed(KeyEvent::new(KeyCode::F(5), KeyModifiers::SHIFT)));
    let desk = row(desk.settle().press(KeyCode::Enter).keys("Y"), "All fields").press(KeyCode::Enter);
    assert_eq!(desk.copied, [] as [&str; 0]);
    assert!(desk.says().ends_with("too long for the terminal's clipboard"), "{}", desk.says());
}
