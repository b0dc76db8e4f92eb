//! Whatever way a search takes, it finds the same: running over a page, looking at rows, narrowing an earlier answer.

use super::*;
use crate::cube::{Moment, Page};
use crate::fields::FieldMap;
use crate::list::Packing;
use proptest::prelude::*;

fn segment(people: &[(String, String, String)]) -> Segment {
    let records: Vec<String> = people
        .iter()
        .map(|(id, name, phone)| {
            serde_json::json!({
                "crm__customer_id": id, "crm__standard_info__name": name, "crm__standard_info__phone_1": phone,
                "crm__custom_info__390": name.to_uppercase()
            })
            .to_string()
        })
        .collect();
    let json = format!(r#"{{"count":null,"next":null,"results":[{}]}}"#, records.join(","));
    Segment::new(&Page::from_json(1, json, Moment::at(0, 8, 12)).unwrap(), &Packing::default())
}

fn whole_page(people: &[(String, String, String)]) -> Unsearched {
    Searchable { page: 1, segment: Arc::new(segment(people)), repeats: Vec::new() }.into()
}

fn found(query: &Query, unsearched: &Unsearched) -> PageHits {
    let hits = run(query, std::slice::from_ref(unsearched), &AtomicBool::new(false)).unwrap();
    PageHits::clone(&hits[0].1)
}

/// The rank of each row, had by looking at every line by itself.
fn row_by_row(query: &Query, segment: &Segment) -> Vec<u8> {
    let rank = |row| {
        query.terms.iter().fold(0, |rank: u8, term| {
            let wanted = Wanted::new(term, |_| true);
            let mut ranks = [rank];
            let best = wanted.best_in(segment.lines().line(row)).map_or(NO_HIT, |rank| rank as u8);
            wanted.narrow(&[best], &mut ranks);
            ranks[0]
        })
    };
    segment.indices().map(rank).collect()
}

/// Pages as most are, and pages on which there is an odd one.
fn people() -> impl Strategy<Value = Vec<(String, String, String)>> {
    let name = "([aoeknø]{1,3}[ .-]?){0,4}";
    let usual = ("[129]{3,10}", name, "((\\+47 ?)?[1-4]{3,4}( [1-4]{2})?)?");
    let odd = ("[129]{1,3}|[a-c]oe[12]|", name, "(\\+47 ?)?[1-4]{0,4}( [1-4]{2})?( kan)?");
    prop_oneof![proptest::collection::vec(usual, 0..40), proptest::collection::vec(odd, 0..40)]
}

/// Names of few letters, so that many of them have a word in parts.
fn divided() -> impl Strategy<Value = Vec<(String, String, String)>> {
    proptest::collection::vec(("[129]{3,10}", "([an]{1,4}[ .-]?){0,3}", "[1-4]{0,4}"), 0..80)
}

proptest! {
    #[test]
    fn every_way_of_searching_finds_the_same_words_in_parts(people in divided(), word in "[an]{4,7}( [an]{5})?") {
        let unsearched = whole_page(&people);
        let query = |line: &str| Query::search(line, Reach::Standard, &FieldMap::default());
        let (whole, part) = (query(&word), query(word.get(..word.len() - 1).unwrap()));
        let plain = found(&whole, &unsearched);
        prop_assert_eq!(&plain, &PageHits::new(row_by_row(&whole, &unsearched.searchable.segment)));
        if whole.narrows(&part) {
            let wider = Some(Arc::new(found(&part, &unsearched)));
            prop_assert_eq!(&plain, &found(&whole, &Unsearched { wider, ..unsearched.clone() }));
        }
    }

    #[test]
    fn every_way_of_searching_finds_the_same_rows_in_the_same_ranks(
        people in people(),
        line in "(-?[aoeknø]{1,3} ?){1,2}|(\\+|00)?[1-479]{1,4}|(name|id|email):[aoekn]{1,2}|(id|phone):[1-49]{1,2}",
        cut in 1..5usize,
    ) {
        let unsearched = whole_page(&people);
        let query = |line: &str| Query::search(line, Reach::Standard, &FieldMap::default());
        let (whole, part) = (query(&line), query(&line.chars().take(cut).collect::<String>()));
        let plain = found(&whole, &unsearched);
        prop_assert_eq!(&plain, &PageHits::new(row_by_row(&whole, &unsearched.searchable.segment)));
        if whole.narrows(&part) {
            let wider = Some(Arc::new(found(&part, &unsearched)));
            prop_assert_eq!(&plain, &found(&whole, &Unsearched { wider, ..unsearched.clone() }));
        }
    }

    #[test]
    fn a_lookup_finds_the_same_rows_whichever_way(people in people(), line in "\\+?[1-479]{1,4}") {
        let unsearched = whole_page(&people);
        let query = Query::lookup(&line);
        prop_assert_eq!(found(&query, &unsearched), PageHits::new(row_by_row(&query, &unsearched.searchable.segment)));
    }

    #[test]
    fn all_fields_hold_what_the_standard_ones_do_and_more(people in people(), word in "[aoekn]{1,3}") {
        let unsearched = whole_page(&people);
        let rows = |reach| {
            let hits = found(&Query::search(&word, reach, &FieldMap::default()), &unsearched);
            hits.ranks().iter().map(|&rank| rank != NO_HIT).collect::<Vec<_>>()
        };
        // The field holds the name in capitals, so that it is found in both or by number, id or phone.
        let (standard, all) = (rows(Reach::Standard), rows(Reach::AllFields));
        prop_assert_eq!(standard, all);
    }
}

#[test]
fn a_row_that_repeats_another_is_not_found_and_an_unknown_field_finds_nobody() {
    let people: Vec<_> = (0..3).map(|id| (id.to_string(), "Kari".to_owned(), String::new())).collect();
    let mut unsearched = whole_page(&people);
    unsearched.searchable.repeats.push(1);
    let rows =
        |line: &str| found(&Query::search(line, Reach::Standard, &FieldMap::default()), &unsearched).len();
    assert_eq!((rows("kari"), rows("-ola"), rows("towns:kari")), (2, 2, 0));
}
