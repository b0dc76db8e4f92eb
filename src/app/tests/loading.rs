//! Asking for pages, and what becomes of failures.

use super::*;

#[test]
fn no_more_than_four_pages_are_asked_for_at_once() {
    let desk = Desk::new(1000, 10).settle().keys("/x").press(KeyCode::Tab);
    assert_eq!(desk.asked().len(), 4);
}

#[test]
fn a_page_that_failed_is_said_and_the_rest_stays_usable() {
    let desk = Desk::new(100, 10).fail(1, 502);
    assert!(desk.app.emptiness().is_some());
    let desk = desk.keys("r").settle();
    assert_eq!(desk.app.list.store.scope().loaded, 20);
    let mut desk = desk.keys("G");
    desk = desk.fail(10, 502);
    assert!(desk.says().starts_with("page 10 failed at "), "{}", desk.says());
    let desk = desk.keys("gj").settle();
    assert_eq!(desk.selected().as_deref(), Some("1001"));
    let desk = desk.keys("Gr").settle();
    assert_eq!(desk.selected().as_deref(), Some("1099"));
}

#[test]
fn a_refusal_stops_all_loading_until_told_to_go_on() {
    for status in [401, 403] {
        let desk = Desk::new(1000, 10).settle().keys("/x").settle().press(KeyCode::Tab).fail(3, status);
        assert!(desk.tasks.contains(&Task::CancelPages(ListId::default())));
        let mut desk = desk;
        desk.tasks.clear();
        let desk = desk.press(KeyCode::Esc).keys("G");
        assert_eq!(desk.asked(), [] as [u32; 0], "{status}");
        let desk = desk.keys("r");
        // After a 401 a new credential can be typed; Enter in the empty line asks with the old one.
        let desk = if status == 401 { desk.press(KeyCode::Enter) } else { desk };
        assert_eq!(desk.asked(), [100], "{status}");
    }
}

#[test]
fn a_missing_page_ends_the_list() {
    let desk = Desk::new(30, 10);
    let desk = desk.settle().keys("G").fail(3, 404).settle();
    assert_eq!(desk.app.list.row_count(), 20);
    assert_eq!(desk.says(), "The list changed in Cube (30 → 20) · R refreshes it");
}

#[test]
fn answers_to_an_older_reading_of_the_list_are_dropped() {
    let mut desk = Desk::new(30, 10).settle();
    desk = desk.keys("R");
    let page = desk.page(2);
    let list = desk.app.list.id;
    desk.send(Msg::Replied(Reply::Page { list, generation: 0, number: 2, result: Ok(page) }));
    assert!(matches!(desk.app.list.store.page_state(2), crate::list::PageState::Loading));
}

#[test]
fn reading_the_list_again_keeps_the_filter_and_the_cursors_customer() {
    let desk = Desk::new(30, 10).settle().keys("/kunde 1").settle().press(KeyCode::Tab).keys("jj");
    let (before, names) = (desk.selected(), desk.names());
    let desk = desk.keys("R").settle();
    assert_eq!((desk.selected(), desk.names()), (before, names));
}

#[test]
fn an_empty_list_says_so() {
    let desk = Desk::new(0, 10).settle();
    assert_eq!(desk.app.emptiness().unwrap()[0], "assignment 9 has no customers");
}

#[test]
fn ticks_are_wanted_only_while_something_is_under_way() {
    let desk = Desk::new(30, 10);
    assert!(desk.app.shows_time());
    assert!(!desk.settle().app.shows_time());
}

/// Labels as a file, or no file, gives them.
fn labels(json: Option<&str>, problems: &[&str]) -> Labels {
    let fields = json.map(|json| FieldMap::read(json).unwrap().0).unwrap_or_default();
    let source = if json.is_some() { Source::Named("mine.json".into()) } else { Source::Ids };
    Labels { fields, source, problems: problems.iter().map(|&problem| problem.to_owned()).collect() }
}

#[test]
fn refreshing_reads_the_mapping_file_again() {
    let mut desk = Desk::new(30, 10).settle().keys("R");
    assert_eq!(desk.calls, [SessionCall::ReadLabels]);
    let label =
        |desk: &Desk| desk.app.labels.fields.label("crm__custom_info__17").map(|label| label.to_string());
    for (json, shown) in [(r#"{"17": "Class"}"#, "Class"), (r#"{"17": "Klasse"}"#, "Klasse")] {
        desk.send(Msg::Session(SessionReply::LabelsRead(labels(Some(json), &[]))));
        assert_eq!((label(&desk).as_deref(), desk.app.notices.remark().is_none()), (Some(shown), true));
    }
    desk.send(Msg::Session(SessionReply::LabelsRead(labels(None, &["mine.json: it is broken"]))));
    assert_eq!(label(&desk), None);
    assert!(desk.tasks.contains(&Task::FetchLabels), "Cube is the next source");
    assert_eq!(desk.says(), "mine.json: it is broken · no labels: ids are shown as they are");
    desk.send(Msg::Session(SessionReply::LabelsRead(labels(Some(r#"{"17": "Class"}"#), &[]))));
    assert_eq!(desk.says(), "labels from mine.json");
}

#[test]
fn a_file_is_added_to_the_labels_from_cube_however_often_either_is_read() {
    let mut desk = Desk::new(30, 10).settle();
    let names = |desk: &Desk| {
        let label = |id: u8| desk.app.labels.fields.label(&format!("crm__custom_info__{id}"));
        [17, 18].map(|id| label(id).map(|label| label.to_string()).unwrap_or_default())
    };
    desk.app.labels = labels(Some(r#"{"17": "Klasse"}"#), &[]);
    let mut cubes = labels(Some(r#"{"17": "Class", "18": "City"}"#), &[]);
    cubes.source = Source::Cube;
    desk.send(Msg::Replied(Reply::Labels(Ok(cubes))));
    assert_eq!(names(&desk), ["Klasse", "City"]);
    desk.send(Msg::Session(SessionReply::LabelsRead(labels(Some(r#"{"18": "By"}"#), &[]))));
    assert_eq!(names(&desk), ["Class", "By"]);
    desk.send(Msg::Session(SessionReply::LabelsRead(labels(None, &[]))));
    assert_eq!(
        (names(&desk), &desk.app.labels.source),
        (["Class", "City"].map(str::to_owned), &Source::Cube)
    );
}

#[test]
fn labels_from_cube_stay_where_no_file_has_any() {
    let mut desk = Desk::new(30, 10).settle();
    desk.app.labels = labels(Some(r#"{"17": "Class"}"#), &[]);
    desk.app.labels.source = Source::Cube;
    desk.send(Msg::Session(SessionReply::LabelsRead(labels(None, &[]))));
    assert_eq!((desk.app.labels.fields.len(), &desk.app.labels.source), (1, &Source::Cube));
    assert!(!desk.tasks.contains(&Task::FetchLabels));
}
