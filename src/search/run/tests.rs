//! Whatever way a search takes, it finds the same: running over a page, looking at rows, narrowing an earlier answer.

use super::*;
use crate::cube::{Moment, Page};
use crate::fields::FieldMap;
use crate::list::Packing;
use proptest::prelude::*;

fn segment(people: &[(String, String, String)]) -> Segment {
    let with_field = |person: &(String, String, String)| (person.clone(), person.1.to_uppercase());
    segment_with(&people.iter().map(with_field).collect::<Vec<_>>())
}

/// People with the value of a field that has codes.
fn segment_with(people: &[((String, String, String), String)]) -> Segment {
    let records: Vec<String> = people
        .iter()
        .map(|((id, name, phone), field)| {
            let mut record = serde_json::json!({
                "crm__customer_id": id, "crm__standard_info__name": name, "crm__standard_info__phone_1": phone,
                "crm__custom_info__390": field
            });
            // Few have it: it has no codes.
            if id.starts_with("12") {
                record["crm__custom_info__24"] = format!("{name} {phone}").into();
            }
            record.to_string()
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
            let wanted = Wanted::new((0, term), |_| true);
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
        let by_row = PageHits::new(row_by_row(&whole, &unsearched.searchable.segment));
        prop_assert_eq!(plain.ranks(), by_row.ranks());
        if whole.narrows(&part) {
            let hits = Arc::new(found(&part, &unsearched));
            let wider = Some(Wider { query: Arc::new(part), hits });
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
        let by_row = PageHits::new(row_by_row(&whole, &unsearched.searchable.segment));
        prop_assert_eq!(plain.ranks(), by_row.ranks());
        if whole.narrows(&part) {
            let hits = Arc::new(found(&part, &unsearched));
            let wider = Some(Wider { query: Arc::new(part), hits });
            prop_assert_eq!(&plain, &found(&whole, &Unsearched { wider, ..unsearched.clone() }));
        }
    }

    #[test]
    fn a_line_that_is_typed_finds_at_each_letter_what_it_finds_at_once(
        people in prop_oneof![people(), divided()],
        line in "(-?[aoeknø]{1,4}( -?[aoekn1-4]{1,3}){0,2})|[an]{4,7} [an]{5}|(city|name):[aoekn]{1,2} [aon]{1,3}",
        reach in prop_oneof![Just(Reach::AllFields), Just(Reach::Standard)],
    ) {
        let unsearched = whole_page(&people);
        let fields = FieldMap::read(r#"{"390": "City"}"#).unwrap().0;
        let mut wider: Option<Wider> = None;
        for (end, _) in line.char_indices().skip(1).chain([(line.len(), ' ')]) {
            let query = Arc::new(Query::search(line.get(..end).unwrap(), reach, &fields));
            let known = wider.take().filter(|wider| query.narrows(&wider.query));
            let narrowed = found(&query, &Unsearched { wider: known, ..unsearched.clone() });
            prop_assert_eq!(&narrowed, &found(&query, &unsearched), "{}", line.get(..end).unwrap());
            wider = Some(Wider { query, hits: Arc::new(narrowed) });
        }
    }

    #[test]
    fn a_lookup_finds_the_same_rows_whichever_way(people in people(), line in "\\+?[1-479]{1,4}") {
        let unsearched = whole_page(&people);
        let query = Query::lookup(&line);
        let by_row = PageHits::new(row_by_row(&query, &unsearched.searchable.segment));
        let plain = found(&query, &unsearched);
        prop_assert_eq!(plain.ranks(), by_row.ranks());
    }

    #[test]
    fn all_fields_are_those_of_a_plain_loop_over_the_records(
        people in people(),
        field in proptest::collection::vec("[aoknø ]{0,4}", 40),
        word in "[aokn]{1,3}|ø",
        began in "[aokn]?",
    ) {
        let people: Vec<_> = people.into_iter().zip(field).collect();
        let unsearched: Unsearched =
            Searchable { page: 1, segment: Arc::new(segment_with(&people)), repeats: Vec::new() }.into();
        let query = |line: &str| Arc::new(Query::search(line, Reach::AllFields, &FieldMap::default()));
        let (query, began) = (query(&word), query(&began));
        let holds = |(of, field): &((String, String, String), String)| {
            let mut text = String::new();
            for value in [&of.0, &of.1, &of.2, field] {
                crate::list::row_text::write_words(value, &mut text);
                text.push(' ');
            }
            let ways = query.terms.iter().flat_map(|term| &term.alternatives);
            ways.filter(|way| way.lead != Lead::Divided).any(|way| text.contains(&way.pattern))
        };
        let expected: Vec<bool> = people.iter().map(holds).collect();
        let rows = |hits: &PageHits| {
            let mut rows: Vec<bool> = hits.ranks().iter().map(|&rank| rank != NO_HIT).collect();
            rows.resize(people.len(), false);
            rows
        };
        prop_assert_eq!(rows(&found(&query, &unsearched)), expected.clone());
        if query.narrows(&began) {
            let wider = Some(Wider { hits: Arc::new(found(&began, &unsearched)), query: began });
            prop_assert_eq!(rows(&found(&query, &Unsearched { wider, ..unsearched.clone() })), expected);
        }
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
