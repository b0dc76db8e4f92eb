//! A screen that can be shared.

use super::*;
use crate::app::PickKind;

fn card() -> Desk {
    Desk::delivered(3, 10).settle().press(KeyCode::F(8)).press(KeyCode::Enter).settle()
}

fn values(desk: &Desk) -> Vec<String> {
    let card = desk.app.layers.card().unwrap();
    card.page().fields.iter().map(|field| field.value.to_string()).collect()
}

#[test]
fn f8_masks_the_values_of_a_card_and_shows_them_again() {
    let desk = Desk::delivered(3, 10).settle().press(KeyCode::F(8));
    assert_eq!(desk.says(), "Phones, e-mails and other values are masked · F8 shows them");
    let desk = desk.press(KeyCode::Enter).settle();
    assert_eq!(values(&desk), ["90 •• •• 00", "••••••"]);
    let desk = desk.press(KeyCode::F(8));
    assert_eq!(
        (values(&desk), desk.says().as_str()),
        (vec!["90000000".to_owned(), "A".to_owned()], "Nothing is masked")
    );
}

#[test]
fn the_record_as_sent_is_masked_too() {
    let desk = card().keys("z");
    assert!(!values(&desk).join(" ").contains("90000000"), "{:?}", values(&desk));
}

#[test]
fn one_key_shows_one_field_for_ten_seconds() {
    let mut desk = card().press(KeyCode::Char(' '));
    assert_eq!(values(&desk), ["90000000", "••••••"]);
    assert!(desk.app.shows_time());
    desk.now = desk.now_in(9);
    desk.send(Msg::Ticked);
    assert_eq!(values(&desk)[0], "90000000");
    desk.now = desk.now_in(1);
    desk.send(Msg::Ticked);
    assert_eq!(values(&desk)[0], "90 •• •• 00");
    assert!(!desk.app.shows_time());
}

#[test]
fn a_field_that_is_shown_is_masked_again_with_another_customer() {
    let desk = card().press(KeyCode::Char(' ')).keys("JK");
    assert_eq!(values(&desk)[0], "90 •• •• 00");
}

#[test]
fn a_masked_value_is_copied_only_after_a_question() {
    let desk = card().keys("y");
    assert_eq!(
        (desk.copied.len(), desk.app.layers.pick().map(|pick| pick.kind)),
        (0, Some(PickKind::Masked))
    );
    let desk = desk.press(KeyCode::Enter);
    assert_eq!((desk.copied.join("|").as_str(), desk.says().as_str()), ("90 •• •• 00", "Copied Phone 1"));
    let desk = desk.keys("y").press(KeyCode::Down).press(KeyCode::Enter);
    assert_eq!((desk.copied[1].as_str(), desk.says().as_str()), ("90000000", "Copied Phone 1"));
}

#[test]
fn the_forms_are_copied_as_shown_unless_they_are_wanted_in_full() {
    let desk = card().keys("Y");
    let lines = |desk: &Desk| -> Vec<String> {
        let lines = desk.app.layers.pick().unwrap().lines();
        lines.iter().flat_map(|item| &item.preview).map(ToString::to_string).collect()
    };
    assert!(!lines(&desk).join(" ").contains("90000000"));
    let desk = desk.press(KeyCode::End).press(KeyCode::Enter);
    assert_eq!(lines(&desk), [] as [&str; 0], "in full, nothing of it is shown");
    let desk = desk.keys("all fields").press(KeyCode::Enter);
    assert!(desk.copied[0].contains("90000000"), "{:?}", desk.copied);
    assert_eq!(desk.says(), "Copied All fields");
}

#[test]
fn numbers_are_called_without_being_shown() {
    let desk = card().keys("c");
    assert_eq!(desk.app.layers.pick().unwrap().lines()[0].value.as_str(), "90••••••");
    let desk = desk.press(KeyCode::Enter);
    assert!(desk.says().starts_with("Copied: 90••••••"), "{}", desk.says());
    assert_eq!(desk.copied, ["90000000"]);
}

#[test]
fn a_masked_value_is_not_shown_large_and_no_form_opens() {
    assert!(card().keys("v").says().starts_with("This value is masked"));
    assert!(card().keys("e").says().starts_with("Values are masked"));
}
