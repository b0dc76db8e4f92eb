//! The list of columns, the column under the cursor, and widths.

use super::*;
use crate::app::{ChosenColumn, Column};

fn shift(mut desk: Desk, code: KeyCode) -> Desk {
    desk.send(Msg::Pressed(KeyEvent::new(code, KeyModifiers::SHIFT)));
    desk
}

fn desk() -> Desk {
    let mut desk = Desk::delivered(5, 5).settle();
    let fields = FieldMap::read(r#"{"17": "Class", "18": "City"}"#).unwrap().0;
    let labels = Labels { fields, source: Source::Cube, problems: Vec::new() };
    desk.send(Msg::Replied(Reply::Labels(Ok(labels))));
    desk
}

/// The lines of the list of columns: `+` before what is shown.
fn lines(desk: &Desk) -> Vec<String> {
    let menu = desk.app.layers.columns().unwrap();
    let line = |field: &&crate::app::layers::MenuField| {
        let count = menu.counts.as_ref().map(|counts| counts.of(&field.key).map_or(0, |count| count.values));
        format!("{}{} {:?}", if field.is_shown { "+" } else { "-" }, field.label, count)
    };
    menu.lines().iter().map(line).collect()
}

fn shown(desk: &Desk, width: u16) -> Vec<String> {
    let title = |column: &Column| desk.app.labels.fields.name_of(&column.key).to_string();
    desk.app.list.columns.fit(width).iter().map(title).collect()
}

fn kept(desk: &Desk) -> Option<Vec<ChosenColumn>> {
    desk.calls.iter().rev().find_map(|call| match call {
        SessionCall::KeepViews(views) => Some(views.last.columns.clone()),
        _ => None,
    })
}

#[test]
fn f7_lists_the_columns_then_the_other_fields_with_their_counts() {
    let desk = desk().press(KeyCode::F(7));
    assert_eq!(lines(&desk)[..2], ["+ID None", "+Name None"], "before they are counted");
    let desk = desk.settle();
    let expected = [
        "+ID Some(5)",
        "+Name Some(5)",
        "+Phone 1 Some(5)",
        "+Phone 2 Some(0)",
        "+Phone 3 Some(0)",
        "+E-mail Some(0)",
        "-Class Some(5)",
        "-City Some(0)",
    ];
    assert_eq!(lines(&desk), expected);
    let example = desk.app.layers.columns().unwrap().counts.as_ref().unwrap().of("crm__custom_info__17");
    assert_eq!(example.unwrap().example.as_str(), "A");
}

#[test]
fn typed_letters_narrow_the_list_and_space_shows_what_is_selected() {
    let desk = desk().press(KeyCode::F(7)).settle().keys("class");
    assert_eq!(lines(&desk), ["-Class Some(5)"]);
    let desk = desk.press(KeyCode::Char(' '));
    let columns = shown(&desk, 79);
    assert_eq!(
        (columns[..2].join(" ").as_str(), columns.last().unwrap().as_str()),
        ("ID Name", "Class"),
        "it is seen"
    );
    assert_eq!(desk.app.list.columns.under_cursor().map(|key| &**key), Some("crm__custom_info__17"));
    assert_eq!(kept(&desk).unwrap().last().unwrap().label, "Class");
    let desk = desk.press(KeyCode::Char(' '));
    assert_eq!(kept(&desk), Some(Vec::new()), "those of the list are not kept");
    assert_eq!(desk.press(KeyCode::Esc).app.context(), Context::Table);
}

#[test]
fn a_column_moves_with_shift_and_the_selection_goes_with_it() {
    let desk = desk().press(KeyCode::F(7)).settle().press(KeyCode::End).press(KeyCode::Up);
    let desk = desk.press(KeyCode::Char(' '));
    let desk = (0..5).fold(desk, |desk, _| shift(desk, KeyCode::Up));
    assert_eq!(lines(&desk)[1], "+Class Some(5)");
    assert_eq!(shown(&desk, 60), ["ID", "Class", "Name"]);
    let desk = shift(desk, KeyCode::Down);
    assert_eq!(shown(&desk, 60), ["ID", "Name", "Class"]);
    assert_eq!(desk.app.layers.columns().unwrap().narrowed.row, 2);
}

#[test]
fn the_last_column_stays() {
    let mut desk = desk().press(KeyCode::F(7)).settle();
    for _ in 0..5 {
        desk = desk.press(KeyCode::Char(' ')).press(KeyCode::Down);
    }
    assert_eq!(shown(&desk, 60), ["E-mail"]);
    let desk = desk.press(KeyCode::Char(' ')).press(KeyCode::Esc);
    assert_eq!(shown(&desk, 60), ["E-mail"]);
}

#[test]
fn the_cursor_goes_over_columns_that_do_not_fit_and_id_and_name_stay() {
    let mut desk = desk();
    assert_eq!(shown(&desk, 79), ["ID", "Name", "Phone 1", "E-mail"]);
    let mut seen = Vec::new();
    for _ in 0..7 {
        desk = desk.press(KeyCode::Right);
        seen.push((desk.app.list.columns.under_cursor().unwrap().to_string(), shown(&desk, 79).join(" ")));
    }
    let columns: Vec<&str> = seen.iter().map(|(_, shown)| shown.as_str()).collect();
    assert_eq!(
        columns,
        [
            "ID Name Phone 1 E-mail",
            "ID Name Phone 1 E-mail",
            "ID Name Phone 1 E-mail",
            "ID Name Phone 1 Phone 2",
            "ID Name Phone 2 Phone 3",
            "ID Name Phone 1 E-mail",
            "ID Name Phone 1 E-mail",
        ]
    );
    assert_eq!(seen[3].0, "crm__standard_info__phone_2");
    let desk = (0..9).fold(desk, |desk, _| desk.press(KeyCode::Left));
    assert_eq!(desk.app.list.columns.under_cursor().map(|key| &**key), Some("crm__customer_id"));
}

#[test]
fn the_column_under_the_cursor_gets_wider_and_narrower_and_keeps_its_width() {
    let desk = desk().press(KeyCode::Right).press(KeyCode::Right);
    let width = |desk: &Desk| desk.app.list.columns.fit(119)[1].width;
    let before = width(&desk);
    let desk = desk.keys("<<");
    assert_eq!(width(&desk), before - 4);
    assert_eq!(kept(&desk).unwrap()[1].width, Some(before - 4));
    let desk = desk.keys(">");
    assert_eq!(width(&desk), before - 2);
    assert_eq!(desk.app.context(), Context::Table, "no line opens");
    let desk = (0..30).fold(desk, |desk, _| desk.keys("<"));
    assert_eq!(width(&desk), 3);
}

#[test]
fn columns_that_were_kept_are_there_at_the_start() {
    let column = |key: &str, width| ChosenColumn { key: key.into(), label: String::new(), width };
    let columns = vec![column("crm__customer_id", None), column("crm__custom_info__17", Some(5))];
    let last = SavedView { columns: columns.clone(), ..SavedView::default() };
    let views = SavedViews { last, ..SavedViews::default() };
    let start = Start { views, size: (120, 14), ..Start::default() };
    let (app, _) = App::new(start, Keymap::delivered().unwrap(), NOW);
    let shown: Vec<(String, u16)> =
        app.list.columns.fit(119).iter().map(|column| (column.key.to_string(), column.width)).collect();
    assert_eq!(shown, [("crm__customer_id".into(), 10), ("crm__custom_info__17".into(), 5)]);
}

#[test]
fn a_late_count_is_dropped() {
    let desk = desk().press(KeyCode::F(7));
    let late = desk
        .answer(&desk.tasks.iter().find(|task| matches!(task, Task::CountFields { .. })).unwrap().clone());
    let mut desk = desk.press(KeyCode::Esc).press(KeyCode::F(7));
    desk.send(late.unwrap());
    assert_eq!(desk.app.layers.columns().unwrap().counts, None);
}
