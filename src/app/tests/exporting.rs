//! What the table shows is written into a file.

use super::*;
use crate::app::{ExportOrder, ExportStage};
use crate::text::SafeText;
use crate::words::{Exported, NotExported};
use rstest::rstest;

impl Desk {
    /// What is to be written, and was not answered yet.
    fn orders(&self) -> Vec<&ExportOrder> {
        let mut orders = Vec::new();
        for call in &self.calls {
            if let SessionCall::Export(order) = call {
                orders.push(&**order);
            }
        }
        orders
    }

    fn answer_export(mut self, result: Result<Exported, NotExported>) -> Self {
        let ticket = self.orders().last().unwrap().ticket;
        self.send(Msg::Session(SessionReply::Exported { ticket, result }));
        self
    }

    /// The ids that are to be written, in order.
    fn exported_ids(&self) -> Vec<String> {
        let orders = self.orders();
        let slots = orders.last().unwrap().slots.iter();
        slots.map(|slot| self.app.list.id_at(*slot).unwrap()).collect()
    }

    fn stage(&self) -> &ExportStage {
        &self.app.layers.export().unwrap().stage
    }
}

fn written(customers: u64) -> Exported {
    Exported { name: SafeText::from("customers.xlsx"), customers, of: None, are_marked: false, cut: 0 }
}

#[test]
fn all_that_is_shown_is_written_in_its_order_and_columns() {
    let desk = Desk::delivered(8, 8).settle().ctrl('e');
    assert_eq!(desk.app.context(), Context::File);
    assert_eq!(desk.says(), "⏎ writes 8 customers in 6 columns · .xlsx .csv .jsonl");
    let desk = desk.press(KeyCode::Enter);
    let [order] = desk.orders()[..] else { panic!("{:?}", desk.calls) };
    assert_eq!((order.path.as_str(), order.replaces, order.columns.len()), ("customers.xlsx", false, 6));
    assert_eq!(desk.exported_ids().len(), 8);
    assert!(desk.says().starts_with("Writing 8 customers"), "{}", desk.says());
    let desk = desk.answer_export(Ok(written(8)));
    assert_eq!((desk.app.context(), desk.says().as_str()), (Context::Table, "8 written to customers.xlsx"));
}

#[test]
fn of_a_search_the_hits_are_written_and_the_line_says_of_how_many() {
    let desk = Desk::delivered(20, 20).settle().keys("\"kunde 1\"").settle().press(KeyCode::Down).settle();
    let shown = desk.app.list.row_count();
    assert!(shown < 20);
    let desk = desk.ctrl('e').press(KeyCode::Enter);
    assert_eq!(desk.exported_ids().len(), shown);
    let desk = desk.answer_export(Ok(written(11)));
    assert_eq!(desk.says(), "11 of 20 written to customers.xlsx");
}

#[test]
fn what_is_not_loaded_is_loaded_first() {
    let desk = Desk::delivered(40, 10).settle().ctrl('e');
    assert!(desk.says().starts_with("⏎ loads all 40 first"), "{}", desk.says());
    let desk = desk.press(KeyCode::Enter);
    assert!(desk.orders().is_empty() && *desk.stage() == ExportStage::Loading);
    assert!(desk.says().starts_with("Loading the rest first"), "{}", desk.says());
    let desk = desk.settle();
    assert_eq!(desk.exported_ids().len(), 40);
}

#[test]
fn a_list_that_cannot_be_had_whole_is_written_only_when_a_person_says_so() {
    let desk = Desk::delivered(40, 10)
        .settle()
        .ctrl('e')
        .press(KeyCode::Enter)
        .fail(2, 503)
        .fail(3, 503)
        .fail(4, 503);
    assert_eq!(*desk.stage(), ExportStage::Partly);
    assert!(
        desk.says().starts_with("Only ") && desk.says().contains("of 40 could be loaded"),
        "{}",
        desk.says()
    );
    assert!(desk.orders().is_empty());
    let desk = desk.press(KeyCode::Enter);
    assert_eq!(desk.orders().len(), 1);
}

#[test]
fn loading_for_a_file_stops_with_the_key_that_closes() {
    let desk = Desk::delivered(400, 10).settle().ctrl('e').press(KeyCode::Enter).press(KeyCode::Esc);
    assert_eq!(*desk.stage(), ExportStage::Typing(None));
    let desk = desk.settle();
    assert!(desk.orders().is_empty());
    assert_eq!(desk.press(KeyCode::Esc).app.context(), Context::Table);
}

#[test]
fn a_file_that_is_there_is_replaced_by_a_second_enter_alone() {
    let exists = || Err(NotExported::Exists(SafeText::from("customers.xlsx")));
    let desk = Desk::delivered(8, 8).settle().ctrl('e').press(KeyCode::Enter).answer_export(exists());
    assert_eq!(desk.says(), "customers.xlsx is there already · ⏎ replaces it");
    let desk = desk.press(KeyCode::Enter);
    assert!(desk.orders().last().unwrap().replaces);
    let desk = desk.answer_export(exists()).keys("2").press(KeyCode::Enter);
    let order = *desk.orders().last().unwrap();
    assert_eq!((order.path.as_str(), order.replaces), ("customers.xlsx2", false), "another path");
}

#[test]
fn what_cannot_be_written_keeps_the_path() {
    let why = NotExported::Other("making a.csv: there is no such folder".to_owned());
    let desk = Desk::delivered(8, 8).settle().ctrl('e').ctrl('u').keys("a.csv").press(KeyCode::Enter);
    let desk = desk.answer_export(Err(why));
    assert_eq!(desk.says(), "Not written: making a.csv: there is no such folder");
    assert_eq!(desk.app.layers.export().unwrap().input.value(), "a.csv");
}

#[test]
fn a_file_that_is_stopped_is_no_longer_waited_for() {
    let desk = Desk::delivered(8, 8).settle().ctrl('e').press(KeyCode::Enter).press(KeyCode::Esc);
    assert!(desk.calls.contains(&SessionCall::StopExport));
    let desk = desk.answer_export(Ok(written(8)));
    assert_eq!(*desk.stage(), ExportStage::Typing(None), "the answer comes too late");
}

#[test]
fn the_path_of_the_last_file_is_offered_again() {
    let desk = Desk::delivered(8, 8).settle().ctrl('e').ctrl('u').keys("a.csv").press(KeyCode::Enter);
    let desk = desk.answer_export(Ok(written(8))).ctrl('e');
    assert_eq!(desk.app.layers.export().unwrap().input.value(), "a.csv");
}

#[rstest]
#[case::same_text("cus", "customers/")]
#[case::other_text("cux", "cux")]
fn a_path_is_completed_unless_another_one_was_typed_meanwhile(#[case] typed: &str, #[case] path: &str) {
    let mut desk = Desk::delivered(8, 8).settle().ctrl('e').ctrl('u').keys("cus").press(KeyCode::Tab);
    assert_eq!(desk.calls.last(), Some(&SessionCall::CompletePath("cus".into())));
    desk = if typed == "cus" { desk } else { desk.press(KeyCode::Backspace).keys("x") };
    desk.send(Msg::Session(SessionReply::PathCompleted { typed: "cus".into(), path: "customers/".into() }));
    assert_eq!(desk.app.layers.export().unwrap().input.value(), path);
}

#[test]
fn an_empty_table_is_not_written() {
    let desk = Desk::delivered(0, 10).settle().ctrl('e');
    assert_eq!(desk.says(), "There is no customer to write into a file");
}
