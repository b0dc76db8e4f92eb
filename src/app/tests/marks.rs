//! Customers who are marked: what keeps their marks, and what is done with them.

use super::*;
use crate::app::{ExportOrder, PickKind};

impl Desk {
    /// The ids that are marked, in the order of the table.
    fn marked(&self) -> Vec<String> {
        let slots = self.app.list.marked_slots();
        slots.into_iter().filter_map(|slot| self.app.list.id_at(slot)).collect()
    }

    fn marking_order(&self) -> ExportOrder {
        let order = |call: &SessionCall| match call {
            SessionCall::Export(order) => Some((**order).clone()),
            _ => None,
        };
        self.calls.iter().rev().find_map(order).unwrap()
    }

    /// The whole list is read again.
    fn refreshed(mut self) -> Self {
        self.send(Msg::Pressed(KeyEvent::new(KeyCode::F(5), KeyModifiers::SHIFT)));
        self.settle()
    }

    /// Only the first page of the list is here.
    fn with_one_page(customers: usize) -> Self {
        let mut desk = Self::delivered(customers, 20);
        let first = desk.next_answer().unwrap();
        desk.send(first);
        desk
    }
}

/// The second and the third of thirty are marked.
fn desk() -> Desk {
    Desk::delivered(30, 10).settle().press(KeyCode::Down).keys("  ").settle()
}

/// They are marked, and a search is kept that finds one of them.
fn filtered() -> Desk {
    desk().keys("\"kunde 2\"").settle().press(KeyCode::Down).settle()
}

#[test]
fn a_key_marks_the_customer_and_goes_to_the_next_row_and_takes_the_mark_off_again() {
    let desk = desk();
    assert_eq!((desk.marked().join(" ").as_str(), desk.app.list.cursor.row()), ("1001 1002", 3));
    assert!(desk.app.extent().starts_with("2 marked · "), "{}", desk.app.extent());
    assert!(desk.says().starts_with("2 marked · "), "{}", desk.says());
    let desk = desk.press(KeyCode::Up).keys(" ");
    assert_eq!(desk.marked(), ["1001"]);
}

#[test]
fn marks_stay_over_a_search_a_filter_a_sort_and_a_refresh() {
    let desk = filtered();
    assert_eq!(desk.marked(), ["1002", "1001"], "who is shown comes first");
    let desk = desk.keys(" ").press(KeyCode::Esc).settle();
    assert_eq!(desk.marked().len(), 3);
    let desk = desk.press(KeyCode::Right).press(KeyCode::Right).ctrl('s').settle().ctrl('s').settle();
    assert_eq!(desk.marked().len(), 3);
    assert_eq!(desk.refreshed().marked().len(), 3);
}

#[test]
fn who_is_gone_when_the_list_is_read_anew_is_no_longer_marked_and_that_is_said() {
    let mut desk = desk();
    desk.customers.remove(1);
    let desk = desk.refreshed();
    assert_eq!(desk.marked(), ["1002"], "they are on another row now");
    assert_eq!(desk.says(), "1 marked customer no longer in the list, and no longer marked");
}

#[test]
fn all_hits_of_a_search_are_marked_and_their_number_is_said() {
    let desk = filtered().ctrl('a');
    assert_eq!(desk.says(), "12 marked · 10 of them new");
    let desk = desk.ctrl('p').keys("take all marks").press(KeyCode::Enter);
    assert_eq!((desk.says().as_str(), desk.app.list.marks.len()), ("12 customers no longer marked", 0));
    assert_eq!(desk.ctrl('k').says(), "No customer is marked · Space marks one");
}

#[test]
fn of_a_list_that_is_not_loaded_whole_those_who_are_here_are_marked_and_that_is_said() {
    let desk = Desk::with_one_page(1000).ctrl('a');
    assert_eq!(desk.says(), "20 marked · not all of the list is loaded");
}

#[test]
fn the_marked_are_shown_alone_and_the_same_key_shows_what_was_shown_before() {
    let desk = desk().ctrl('k').settle();
    assert_eq!((desk.names().join(", ").as_str(), desk.app.list.cursor.row()), ("Kunde 1, Kunde 2", 0));
    assert_eq!(desk.says(), "Marked customers alone · Ctrl+K shows all again");
    let desk = desk.press(KeyCode::Down).ctrl('k').settle();
    assert_eq!((desk.app.list.row_count(), desk.selected().as_deref()), (30, Some("1002")));
}

#[test]
fn a_filter_is_there_again_after_the_marked_alone() {
    let desk = filtered().ctrl('k').settle();
    assert_eq!((desk.app.list.row_count(), desk.app.list.find.text()), (2, ""));
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!((desk.app.list.row_count(), desk.app.list.find.text()), (11, "\"kunde 2\""));
    assert_eq!(desk.press(KeyCode::Esc).settle().app.list.row_count(), 30);
}

#[test]
fn what_is_typed_over_the_marked_alone_searches_the_whole_list_and_esc_goes_back_to_them() {
    let desk = desk().ctrl('k').settle().keys("\"kunde 29\"").settle();
    assert_eq!(desk.names(), ["Kunde 29"]);
    let desk = desk.press(KeyCode::Esc).settle();
    assert_eq!((desk.names().len(), desk.app.list.view.shows_marked()), (2, true));
}

#[test]
fn the_marked_alone_are_sorted_and_one_whose_mark_is_taken_off_stays_until_all_are_shown() {
    let desk = desk().ctrl('k').settle().press(KeyCode::Right).press(KeyCode::Right);
    let desk = desk.ctrl('s').settle().ctrl('s').settle();
    assert_eq!(desk.names(), ["Kunde 2", "Kunde 1"]);
    assert!(desk.says().contains("sorted by Name (descending)"), "{}", desk.says());
    let desk = desk.press(KeyCode::Home).keys(" ");
    assert_eq!((desk.names().len(), desk.marked()), (2, vec!["1001".to_owned()]));
    let desk = desk.ctrl('k').settle().ctrl('k').settle();
    assert_eq!(desk.names(), ["Kunde 1"]);
}

#[test]
fn the_marked_alone_follow_a_refresh() {
    let mut desk = desk().ctrl('k').settle();
    desk.customers.remove(0);
    assert_eq!(desk.refreshed().names(), ["Kunde 1", "Kunde 2"]);
}

#[test]
fn a_view_that_is_opened_shows_the_whole_list_again() {
    let mut desk = desk().ctrl('k').settle();
    desk.send(Msg::Pressed(KeyEvent::new(KeyCode::F(7), KeyModifiers::SHIFT)));
    let desk = desk.keys("All").ctrl('s').press(KeyCode::Enter).settle();
    assert_eq!(desk.app.list.row_count(), 30);
}

#[test]
fn the_ids_of_the_marked_are_copied_a_line_each_and_the_same_key_again_opens_the_forms() {
    let desk = desk().ctrl('y');
    assert_eq!((desk.copied[0].as_str(), desk.says().as_str()), ("1001\n1002", "Copied: 2 IDs"));
    let desk = desk.ctrl('y');
    let pick = desk.app.layers.pick().unwrap();
    assert_eq!((pick.kind, pick.about.as_str()), (PickKind::Copy, "Copy as: 2 customers"));
    let form = |name: &str| {
        let item = pick.lines().into_iter().find(|item| item.name.as_str() == name).unwrap();
        item.preview.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
    };
    assert_eq!(form("Name (ID) phone"), "Kunde 1 (1001) 90000001|Kunde 2 (1002) 90000002");
    assert!(form("All fields").starts_with("ID: 1001|Name: Kunde 1|"), "{}", form("All fields"));
    assert!(form("JSON as sent").starts_with("[{") && form("JSON as sent").ends_with("}]"));
    let row = form("Row of the table");
    assert!(row.starts_with("ID") && row.matches('|').count() == 2, "{row}");
    assert_eq!(form("vCard").matches("BEGIN:VCARD").count(), 2);
}

#[test]
fn on_a_card_and_in_the_line_the_one_customer_is_copied() {
    let desk = desk().press(KeyCode::Enter).settle().ctrl('y');
    assert_eq!(desk.copied, ["1003"]);
    let desk = desk.press(KeyCode::Esc).keys("1005").settle().ctrl('y');
    assert_eq!(desk.copied[1..], ["1005"]);
}

#[test]
fn the_marked_are_written_without_loading_the_rest() {
    let desk = Desk::with_one_page(1000).press(KeyCode::Down).keys("  ").ctrl('e');
    assert_eq!(desk.says(), "⏎ writes the 2 marked in 6 columns · .xlsx .csv .jsonl");
    let mut desk = desk.press(KeyCode::Enter);
    let ExportOrder { ticket, slots, part, .. } = desk.marking_order();
    let ids: Vec<_> = slots.iter().filter_map(|slot| desk.app.list.id_at(*slot)).collect();
    assert_eq!((ids.join(" ").as_str(), part.are_marked, part.of), ("1001 1002", true, Some(1000)));
    let name = crate::text::SafeText::from("customers.xlsx");
    let result = Ok(crate::words::Exported { name, customers: 2, of: None, are_marked: false, cut: 0 });
    desk.send(Msg::Session(SessionReply::Exported { ticket, result }));
    assert_eq!(desk.says(), "2 marked of 1,000 written to customers.xlsx");
}

#[test]
fn two_who_are_marked_are_compared_and_else_the_last_two() {
    let desk = desk().press(KeyCode::End).settle().press(KeyCode::Enter).settle().keys("d");
    let ids = |desk: &Desk| {
        let first = &desk.app.layers.compare().unwrap().different[0];
        format!("{} {}", first.values[0], first.values[1])
    };
    assert_eq!(ids(&desk), "1001 1002");
    let desk = desk.press(KeyCode::Esc).press(KeyCode::Esc).press(KeyCode::Home).keys(" ");
    let desk = desk.press(KeyCode::Enter).settle().keys("d");
    assert_eq!(ids(&desk), "1001 1029", "three are marked");
}

#[test]
fn a_customer_without_an_id_cannot_be_marked() {
    let mut desk = Desk::delivered(3, 10);
    desk.customers[0].0 = String::new();
    let desk = desk.settle().keys(" ");
    assert_eq!(desk.says(), "Only a customer of this list with an ID can be marked");
    assert!(desk.app.list.marks.is_empty());
}

#[test]
fn going_back_from_a_card_leads_to_the_marked_alone_where_it_was_opened_from_them() {
    let desk = desk().ctrl('k').settle().press(KeyCode::Enter).settle().press(KeyCode::Esc).settle();
    assert_eq!(desk.names(), ["Kunde 1", "Kunde 2"]);
    let desk = desk.ctrl('k').settle().press(KeyCode::End).settle().press(KeyCode::Enter).settle();
    let desk = desk.press(KeyCode::Backspace).settle().press(KeyCode::Esc).settle();
    assert_eq!(desk.names(), ["Kunde 1", "Kunde 2"]);
}
