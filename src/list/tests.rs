//! Pages arrive in any order; what the rows say must hold all the same.

use super::*;
use crate::cube::Page;
use crate::cube::{Error, Kind, List, Operation};
use proptest::prelude::*;
use rstest::rstest;
use std::fmt::Write as _;
use std::ops::Range;

/// A page of customers with these ids, named after them.
fn page(number: u32, count: Option<u64>, has_next: bool, ids: &[&str]) -> Arc<Segment> {
    let mut records = String::new();
    for id in ids {
        let comma = if records.is_empty() { "" } else { "," };
        let _ = write!(
            records,
            r#"{comma}{{"crm__customer_id":"{id}","crm__standard_info__name":"Kunde {id}"}}"#
        );
    }
    let count = count.map_or("null".to_owned(), |count| count.to_string());
    let next = if has_next { "\"http://elsewhere/?page=9\"" } else { "null" };
    let body = format!(r#"{{"count":{count},"next":{next},"previous":null,"results":[{records}]}}"#);
    Arc::new(Segment::new(&Page::from_json(number, body, Moment::at(0, 8, 12)).unwrap(), &Packing::default()))
}

fn failure(page: u32, status: u16) -> Error {
    Error::of_kind(Operation::Page(page), List::Assignment(9), Kind::Status(status))
}

/// What the rows show: ids, and `·` for rows that are not here.
fn shown(store: &Store) -> Vec<String> {
    (0..store.row_count())
        .map(|row| match store.row(row) {
            Some(Row::Loaded(slot)) => store.segment(slot.page).unwrap().id(slot.index),
            _ => "·".to_owned(),
        })
        .collect()
}

fn window(rows: Range<usize>) -> Demand {
    Demand { rows, ..Demand::default() }
}

/// All that is asked for at once.
fn asked(store: &mut Store, demand: &Demand) -> Vec<u32> {
    std::iter::from_fn(|| store.take_needed(demand)).collect()
}

#[test]
fn of_an_unknown_list_only_the_first_page_is_asked_for() {
    let mut store = Store::new();
    assert_eq!(asked(&mut store, &Demand { all: true, ..window(0..20) }), [1]);
}

#[test]
fn after_the_first_page_all_rows_have_their_place() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(5), true, &["1", "2"]));
    assert_eq!(shown(&store), ["1", "2", "·", "·", "·"]);
}

#[test]
fn the_windows_pages_are_asked_for_then_the_next_ahead_and_no_other() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(20), true, &["1", "2"]));
    assert_eq!(asked(&mut store, &window(0..2)), [2]);
    assert_eq!(asked(&mut store, &window(8..11)), [5, 6, 7]);
    assert_eq!(asked(&mut store, &Demand { upwards: true, ..window(8..11) }), [4]);
}

#[test]
fn the_last_rows_need_the_last_page_alone() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(20), true, &["1", "2"]));
    assert_eq!(asked(&mut store, &window(18..20)), [10]);
    store.page_arrived(page(10, Some(20), false, &["19", "20"]));
    assert_eq!(shown(&store)[16..], ["·", "·", "19", "20"]);
}

#[test]
fn while_rows_of_a_search_are_shown_only_the_rest_is_needed() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(6), true, &["1", "2"]));
    assert_eq!(asked(&mut store, &window(0..0)), [] as [u32; 0]);
    assert_eq!(asked(&mut store, &Demand { all: true, ..window(0..0) }), [2, 3]);
}

#[test]
fn a_page_is_asked_for_once_and_after_a_failure_only_when_told_to() {
    let mut store = Store::new();
    assert_eq!(store.take_needed(&window(0..2)), Some(1));
    assert_eq!(store.take_needed(&window(0..2)), None);
    store.page_failed(1, Arc::new(failure(1, 500)));
    assert_eq!(store.take_needed(&window(0..2)), None);
    assert!(store.retry_failed());
    assert_eq!(store.take_needed(&window(0..2)), Some(1));
}

#[test]
fn an_id_that_stands_earlier_is_not_shown_again_in_whatever_order_the_pages_come() {
    let first = || page(1, Some(6), true, &["1", "2"]);
    let second = || page(2, Some(6), true, &["2", "3"]);
    let third = || page(3, Some(6), false, &["3", "1"]);
    for order in [[1, 2, 3], [1, 3, 2]] {
        let mut store = Store::new();
        for number in order {
            store.page_arrived([first(), second(), third()][number - 1].clone());
        }
        assert_eq!(shown(&store), ["1", "2", "3"], "{order:?}");
    }
}

#[test]
fn anonymised_customers_are_all_shown() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(4), true, &["", ""]));
    store.page_arrived(page(2, Some(4), false, &["", ""]));
    assert_eq!(store.row_count(), 4);
    assert_eq!(store.find_id(""), None);
}

#[test]
fn a_page_that_brings_nobody_new_ends_the_list() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(900), true, &["1", "2"]));
    store.page_arrived(page(2, Some(900), true, &["1", "2"]));
    assert_eq!(shown(&store), ["1", "2"]);
    assert!(store.scope().repeats && store.scope().ended);
    assert_eq!(store.take_needed(&Demand { all: true, ..window(0..2) }), None);
}

/// A list of which every page is empty but those given (number, ids divided by blanks, whether it has a next), and the
/// pages that are asked for until all are here.
fn read_all(pages: &[(u32, &str, bool)], count: Option<u64>) -> (Store, Vec<u32>) {
    let (mut store, mut asked) = (Store::new(), Vec::new());
    while let Some(number) = store.take_needed(&Demand { all: true, ..window(0..20) }) {
        asked.push(number);
        let given = pages.iter().find(|(given, ..)| *given == number);
        let (ids, has_next) = given.map_or(("", true), |(_, ids, has_next)| (*ids, *has_next));
        let ids: Vec<&str> = ids.split_whitespace().collect();
        store.page_arrived(page(number, count, has_next, &ids));
    }
    (store, asked)
}

#[rstest]
#[case::in_the_middle(&[(1, "1 2", true), (3, "3", false)], "1 2 3", 3, 2)]
#[case::two_apart(&[(1, "1 2", true), (3, "3 4", true), (5, "5", false)], "1 2 3 4 5", 5, 2)]
#[case::at_the_start(&[(2, "1 2", true), (3, "3", false)], "1 2 3", 3, 1)]
#[case::before_the_last(&[(1, "1 2", true), (3, "", false)], "1 2", 3, 2)]
#[case::two_in_the_middle(&[(1, "1 2", true), (4, "3", false)], "1 2", 3, 2)]
#[case::two_at_the_start(&[(3, "1", false)], "", 2, 1)]
fn an_empty_page_with_a_next_is_passed_over_once_and_told(
    #[case] pages: &[(u32, &str, bool)],
    #[case] ids: &str,
    #[case] last: u32,
    #[case] empty: u32,
    #[values(None, Some(5), Some(100))] count: Option<u64>,
) {
    let (store, asked) = read_all(pages, count);
    assert_eq!((shown(&store).join(" "), asked), (ids.to_owned(), (1..=last).collect()));
    let scope = store.scope();
    assert_eq!((scope.empty, scope.ended, scope.repeats, scope.is_all()), (Some(empty), true, false, false));
}

#[test]
fn two_empty_pages_end_the_list_in_whichever_order_they_come() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(10), true, &["1", "2"]));
    for number in [3, 2] {
        store.page_arrived(page(number, Some(10), true, &[]));
    }
    assert_eq!(shown(&store), ["1", "2"]);
    assert_eq!(store.take_needed(&Demand { all: true, ..window(0..20) }), None);
    assert_eq!(store.scope().empty, Some(2));
}

#[rstest]
#[case::without_a_next(false)]
#[case::with_a_page_that_is_not_there(true)]
fn a_list_that_has_ended_is_not_longer_than_is_held_whatever_its_count_says(#[case] has_next: bool) {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(1_000_000_000), true, &["1", "2"]));
    assert!(store.scope().cut, "nothing else is known yet");
    store.page_arrived(page(2, Some(1_000_000_000), true, &["3", "4"]));
    store.page_arrived(page(3, Some(1_000_000_000), has_next, &["5"]));
    if has_next {
        store.page_missing(4);
    }
    let scope = store.scope();
    assert_eq!((scope.cut, scope.ended, scope.is_all()), (false, true, false));
    assert_eq!(scope.changed, Some((1_000_000_000, 5)));
}

#[test]
fn a_server_that_always_sends_the_first_page_is_found_out_after_jumps_too() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(20), true, &["1", "2"]));
    for last in [10, 9, 8] {
        let end = store.row_count();
        assert_eq!(store.take_needed(&window(end - 1..end)), Some(last));
        store.page_arrived(page(last, Some(20), true, &["1", "2"]));
    }
    let end = store.row_count();
    assert_eq!(store.take_needed(&window(end - 1..end)), Some(2), "from here on in order");
    store.page_arrived(page(2, Some(20), true, &["1", "2"]));
    assert_eq!(shown(&store), ["1", "2"]);
    assert!(store.scope().ended && !store.scope().is_all());
}

#[test]
fn a_page_that_is_gone_after_reading_again_is_not_asked_for_twice() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(20), true, &["1", "2"]));
    store.page_arrived(page(10, Some(20), false, &["19", "20"]));
    store.read_again();
    assert_eq!(asked(&mut store, &window(18..20)), [1, 10]);
    let touched = store.page_missing(10);
    assert!(touched.contains(&10) || store.segment(10).is_none());
    assert_eq!(asked(&mut store, &window(16..18)), [9]);
}

#[test]
fn a_missing_page_ends_the_list_before_it() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(4), true, &["1", "2"]));
    store.page_missing(2);
    assert_eq!(shown(&store), ["1", "2"]);
    assert!(store.scope().ended);
    assert_eq!(store.scope().changed, Some((4, 2)));
}

#[test]
fn pages_of_other_sizes_turn_jumping_off_and_every_row_is_shown_once() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(7), true, &["1", "2"]));
    store.page_arrived(page(2, Some(7), true, &["3", "4", "5"]));
    let end = store.row_count();
    assert_eq!(store.take_needed(&window(end - 1..end)), Some(3));
    store.page_arrived(page(3, Some(7), true, &["6"]));
    store.page_arrived(page(4, Some(7), false, &["7"]));
    assert_eq!(shown(&store), ["1", "2", "3", "4", "5", "6", "7"]);
}

#[rstest]
#[case::missing(None)]
#[case::zero(Some(0))]
#[case::too_small(Some(2))]
fn a_count_that_says_nothing_useful_does_not_end_the_list(#[case] count: Option<u64>) {
    let mut store = Store::new();
    store.page_arrived(page(1, count, true, &["1", "2"]));
    assert_eq!(asked(&mut store, &window(0..2)), [2]);
    store.page_arrived(page(2, count, false, &["3"]));
    assert_eq!(shown(&store), ["1", "2", "3"]);
}

#[test]
fn an_immense_count_is_cut_to_what_is_ever_held() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(u64::MAX), true, &["1", "2"]));
    assert_eq!(store.row_count() as u64, MAX_ROWS);
}

#[test]
fn all_is_only_said_when_every_page_is_here_and_every_record_was_read() {
    let mut store = Store::new();
    assert!(!store.scope().is_all());
    store.page_arrived(page(1, Some(4), true, &["1", "2"]));
    assert!(!store.scope().is_all());
    store.page_failed(2, Arc::new(failure(2, 502)));
    assert!(!store.scope().is_all());
    store.page_arrived(page(2, Some(4), false, &["3", "4"]));
    assert!(store.scope().is_all());
    let body = r#"{"count":1,"next":null,"results":[{"crm__customer_id":"1"},null]}"#.to_owned();
    let mut odd = Store::new();
    odd.page_arrived(Arc::new(Segment::new(
        &Page::from_json(1, body, Moment::at(0, 8, 12)).unwrap(),
        &Packing::default(),
    )));
    assert!(!odd.scope().is_all());
    assert_eq!(odd.scope().left_out, 1);
}

#[test]
fn reading_again_keeps_what_is_held_until_the_new_reading_is_here() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(4), true, &["1", "2"]));
    store.page_arrived(page(2, Some(4), false, &["3", "4"]));
    store.read_again();
    assert_eq!(shown(&store), ["1", "2", "3", "4"]);
    assert_eq!(asked(&mut store, &window(0..4)), [1, 2]);
    store.page_arrived(page(1, Some(5), true, &["9", "1"]));
    assert_eq!(shown(&store), ["9", "1", "3", "4", "·"]);
    store.page_arrived(page(2, Some(5), true, &["2", "3"]));
    assert_eq!(shown(&store)[..4], ["9", "1", "2", "3"]);
}

#[test]
fn a_repeat_is_shown_again_once_its_first_place_is_read_anew_without_it() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(4), true, &["1", "2"]));
    store.page_arrived(page(2, Some(4), false, &["2", "3"]));
    assert_eq!(shown(&store), ["1", "2", "3"]);
    let touched = store.page_arrived(page(1, Some(4), true, &["1", "9"]));
    assert_eq!(shown(&store), ["1", "9", "2", "3"]);
    assert_eq!(touched, [1, 2].into());
}

#[test]
fn a_record_that_was_read_by_itself_takes_its_place_and_so_does_its_search_text() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(2), false, &["1", "2"]));
    let record = Record::new(r#"{"crm__customer_id":"2","crm__standard_info__name":"Kari Ny"}"#).unwrap();
    let slot = store.reread(&record, Moment::at(50, 8, 12));
    assert_eq!(slot, Some(Slot::new(1, 1)));
    assert_eq!(store.read(Slot::new(1, 1)), Some(Moment::at(50, 8, 12)));
    let segment = store.segment(1).unwrap();
    assert!(segment.lines().line(0).contains("kunde 1"));
    assert!(segment.lines().line(1).contains("kari ny") && !segment.lines().line(1).contains("kunde"));
}

/// A list of `len` customers in pages of `size`, as a well-behaved server holds it.
fn list(len: u32, size: u32) -> Vec<Arc<Segment>> {
    let pages = len.div_ceil(size).max(1);
    (1..=pages)
        .map(|number| {
            let ids: Vec<String> = (0..len)
                .skip(((number - 1) * size) as usize)
                .take(size as usize)
                .map(|id| id.to_string())
                .collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            page(number, Some(len.into()), number < pages, &ids)
        })
        .collect()
}

proptest! {
    /// In whatever order the pages of a list come, the rows end up as the list has them, and while they come
    /// a row that is here is where it belongs.
    #[test]
    fn rows_stand_where_the_list_has_them(len in 1..60_u32, size in 1..9_u32, seed in any::<u64>()) {
        let mut pages = list(len, size);
        let first = pages.remove(0);
        fastrand::Rng::with_seed(seed).shuffle(&mut pages);
        let mut store = Store::new();
        for segment in std::iter::once(first).chain(pages) {
            store.page_arrived(segment);
            prop_assert_eq!(store.row_count(), len as usize);
            for (row, id) in shown(&store).iter().enumerate() {
                prop_assert!(id == "·" || *id == row.to_string());
            }
        }
        prop_assert!(store.scope().is_all());
    }

    /// Every record leads to its row and back.
    #[test]
    fn a_row_and_its_record_lead_to_each_other(len in 1..60_u32, size in 1..9_u32) {
        let mut store = Store::new();
        for segment in list(len, size) { store.page_arrived(segment); }
        for row in 0..store.row_count() {
            let Some(Row::Loaded(slot)) = store.row(row) else { panic!("row {row} is not here") };
            prop_assert_eq!(store.row_of(slot), Some(row));
        }
    }
}

fn record(id: &str) -> Record<'static> {
    Record::new(format!(r#"{{"crm__customer_id":"{id}","crm__standard_info__name":"Kunde {id}"}}"#)).unwrap()
}

#[test]
fn a_customer_who_was_looked_up_is_a_row_in_front_of_the_list_until_their_page_arrives() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(4), true, &["1", "2"]));
    let first = store.look_up(&record("3"), Moment::at(0, 8, 12)).unwrap();
    assert_eq!(
        (store.row_count(), store.row(0), store.row_of(first)),
        (5, Some(Row::Loaded(first)), Some(0))
    );
    let second = store.look_up(&record("4"), Moment::at(0, 8, 12)).unwrap();
    assert_eq!((store.row_of(second), store.find_id("3")), (Some(0), Some(Slot::new(0, 1))));
    assert_eq!(store.scope().loaded, 2);
    let touched = store.page_arrived(page(2, Some(4), false, &["3", "4"]));
    assert!(touched.contains(&0));
    assert_eq!((store.row_count(), store.looked_up(), store.find_id("3")), (4, 0, Some(Slot::new(2, 0))));
}

#[test]
fn a_customer_who_was_looked_up_can_be_searched_and_refreshed() {
    let mut store = Store::new();
    store.page_arrived(page(1, Some(4), true, &["1", "2"]));
    let slot = store.look_up(&record("3"), Moment::at(0, 8, 12)).unwrap();
    assert!(store.searchable().iter().any(|searchable| searchable.page == slot.page));
    let later = Moment::at(2_000_000, 9, 30);
    assert_eq!(store.reread(&record("3"), later), Some(slot));
    assert_eq!(store.read(slot), Some(later));
}

#[test]
fn a_record_without_an_id_is_not_kept() {
    assert_eq!(Store::new().look_up(&record(""), Moment::at(0, 8, 12)), None);
}

#[rstest]
#[case::text("\"{}\"")]
#[case::list("[\"{}\"]")]
#[case::object("{\"a\":[1,\"{}\"]}")]
fn a_value_that_is_too_long_is_kept_whole_and_shown_cut(#[case] form: &str) {
    let long = form.replace("{}", &"å".repeat(50_000));
    let record = |id: u32, value: &str| format!(r#"{{"crm__customer_id":"{id}","a":{value},"b":"c"}}"#);
    let records = [record(1, "1"), record(2, &long), record(3, "3")];
    let body = format!(r#"{{"count":3,"next":null,"results":[{}]}}"#, records.join(","));
    let page = Page::from_json(1, body, Moment::at(0, 8, 12)).unwrap();
    let mut store = Store::new();
    store.page_arrived(Arc::new(Segment::new(&page, &Packing::default())));
    for (index, sent) in (0..).zip(&records) {
        let slot = Slot::new(1, index);
        let (shown, whole) = (store.record(slot).unwrap(), store.reader().whole(slot).unwrap());
        assert_eq!(whole.as_json(), sent);
        assert_eq!(shown.as_json() == sent, index != 1);
        assert_eq!(shown.fields().len(), 3);
    }
    let shown = store.record(Slot::new(1, 1)).unwrap();
    let fields = shown.fields();
    assert!((65_000..65_600).contains(&fields[1].json.as_raw().len()), "{}", fields[1].json.as_raw().len());
    assert_eq!(fields[2].value.clone().into_text().as_raw(), "c");
    let segment = store.segment(1).unwrap();
    let besides: Vec<_> = segment.besides().map(|(index, record)| (index, record.as_json().len())).collect();
    assert_eq!(besides.len(), 1);
    assert!(besides[0].0 == 1 && besides[0].1 < 66_000);
}

#[test]
fn the_texts_of_some_fields_are_those_of_the_record() {
    const KEYS: &[&str] =
        &["city", "crm__customer_id", "note", "class", "crm__standard_info__name", "none", "note"];
    let town = |n: u32| if n.is_multiple_of(3) { r#""ASKIM""# } else { r#""\u00d8stfold""# };
    let record = |n: u32| {
        let (town, class) = (town(n), n % 7);
        format!(
            r#"{{"crm__customer_id":"{n}","crm__standard_info__name":"Kunde {n}","city":{town},"class":{class},
            "note":"{n}-{n}","city" : {town}}}"#
        )
    };
    let records: Vec<String> = (1..=500).map(record).collect();
    let body = format!(r#"{{"count":500,"next":null,"results":[{}]}}"#, records.join(","));
    let page = Page::from_json(1, body, Moment::at(0, 8, 12)).unwrap();
    let mut store = Store::new();
    store.page_arrived(Arc::new(Segment::new(&page, &Packing::default())));
    let mut reader = store.reader();
    for index in 0..500 {
        let slot = Slot::new(1, index);
        let whole = store.record(slot).unwrap();
        for keys in [KEYS, &KEYS[1..]] {
            let (of_row, of_record) = (reader.texts(slot, keys).unwrap(), whole.texts(keys));
            let raw = |texts: &[RawText<'_>]| -> Vec<String> {
                texts.iter().map(|text| text.as_raw().to_owned()).collect()
            };
            assert_eq!(raw(&of_row), raw(&of_record));
        }
    }
}
