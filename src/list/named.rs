//! Names for records that have only the id of a customer: calls get those of the customers who are held.

use crate::cube::{Page, Record, StandardField};
use crate::list::segment::hash_id;
use crate::list::{Searchable, Segment};
use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::sync::Arc;

/// The pages of which a record gets a name, or another one, with these names: work for another thread than the one that
/// draws.
#[must_use]
pub fn named(records: &[Searchable], customers: &[Searchable]) -> Vec<Arc<Segment>> {
    let ids = |page: &Searchable| -> Vec<String> {
        page.segment.indices().map(|index| page.segment.id(index)).filter(|id| !id.is_empty()).collect()
    };
    let wanted: HashSet<String> = records.iter().flat_map(ids).collect();
    let hashes: HashSet<u32> = wanted.iter().map(|id| hash_id(id)).collect();
    let mut names: HashMap<String, String> = HashMap::new();
    for Searchable { segment, repeats, .. } in customers {
        let is_first = |index: &u32| repeats.binary_search(index).is_err();
        for index in segment.indices().filter(is_first) {
            if hashes.contains(&segment.id_hash(index)) && wanted.contains(&segment.id(index)) {
                let record = segment.record(index);
                let name = record.standard().name.as_raw().to_owned();
                names.entry(segment.id(index)).or_insert(name);
            }
        }
    }
    records.iter().filter_map(|page| with_names(&page.segment, &names)).collect()
}

/// The page with these names in its records. `None` where they have them already.
fn with_names(segment: &Segment, names: &HashMap<String, String>) -> Option<Arc<Segment>> {
    let key = segment.schema.column(StandardField::Name)?.key;
    let mut reader = segment.records();
    let mut has_new = false;
    let mut records: Vec<Record<'static>> = Vec::with_capacity(segment.len());
    for index in segment.indices() {
        let record = reader.record(index);
        let standard = record.standard();
        let name = names.get(standard.id.as_raw()).filter(|name| *name != standard.name.as_raw());
        let renamed = name.map(|name| with_name(&record, key, name));
        has_new |= renamed.is_some();
        records.push(renamed.unwrap_or(record));
    }
    let page = Page::of_records(segment.number, &records, segment.read);
    has_new.then(|| {
        let mut with_names = Segment::new(&page, segment.packing());
        (with_names.count, with_names.has_next) = (segment.count, segment.has_next);
        (with_names.entries, with_names.left_out) = (segment.entries, segment.left_out);
        with_names.odd = segment.odd.clone();
        Arc::new(with_names)
    })
}

fn with_name(record: &Record<'_>, name_key: &str, name: &str) -> Record<'static> {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let mut json = format!("{{{}:{}", text(name_key), text(name));
    record.each(|key, value| {
        if key != name_key {
            let _ = write!(json, ",{}:{value}", text(&key));
        }
    });
    json.push('}');
    Record::again(json).with_schema(record.schema())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::{CALL_OUTCOMES, CUSTOMERS, Moment, Schema};
    use crate::list::{Packing, Store};

    fn store(schema: &'static Schema, json: &str) -> Store {
        let page = Page::from_json_of(schema, 1, json.to_owned(), Moment::at(0, 8, 12)).unwrap();
        let mut store = Store::new();
        store.page_arrived(Arc::new(Segment::new(&page, &Packing::default())));
        store
    }

    #[test]
    fn calls_get_the_names_of_their_customers_and_keep_all_else() {
        let calls = store(
            &CALL_OUTCOMES,
            r#"{"count":3,"next":"x","results":[{"crm__customer_id":"7","callflow__note":"a\"b"},
                {"crm__customer_id":"8"},{"crm__customer_id":"7","crm__standard_info__name":"old"}]}"#,
        );
        let customers = store(
            &CUSTOMERS,
            r#"[{"crm__customer_id":"7","crm__standard_info__name":"Kari \"K\" Nord"},{"crm__customer_id":"9"}]"#,
        );
        assert_eq!(calls.scope().loaded, 3, "two calls of one customer are two");
        let pages = named(&calls.searchable(), &customers.searchable());
        let [page] = pages.as_slice() else { panic!("{pages:?}") };
        let records: Vec<String> =
            page.indices().map(|index| page.record(index).as_json().to_owned()).collect();
        assert_eq!(
            records,
            [
                r#"{"crm__standard_info__name":"Kari \"K\" Nord","crm__customer_id":"7","callflow__note":"a\"b"}"#,
                r#"{"crm__customer_id":"8"}"#,
                r#"{"crm__standard_info__name":"Kari \"K\" Nord","crm__customer_id":"7"}"#,
            ]
        );
        assert_eq!((page.count, page.has_next, page.entries), (Some(3), true, 3));
        let again = Searchable { page: 1, segment: Arc::clone(page), repeats: Vec::new() };
        assert!(named(&[again], &customers.searchable()).is_empty(), "nothing is new");
    }
}
