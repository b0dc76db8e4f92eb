//! The table of what is typed, what is stored and whether one finds the other, over all kinds of spellings.

use super::*;
use crate::search::alike;

/// A line of the table.
struct Row {
    typed: String,
    stored: String,
    outcome: &'static str,
    why: &'static str,
    country: &'static str,
}

fn rows() -> Vec<Row> {
    let lines = include_str!("spellings.tsv").lines().filter(|line| !line.starts_with("# "));
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap_or_else(|| panic!("four cells: {line}"));
        let (typed, stored, outcome, why) = (next(), next(), next(), next());
        let country = cells.next().unwrap_or("NO");
        Row { typed: plain(typed), stored: plain(stored), outcome, why, country }
    };
    lines.map(row).collect()
}

/// A cell with `\u{…}` and `\n` as what they stand for.
fn plain(cell: &str) -> String {
    let mut parts = cell.split("\\u{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap();
        text.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        text.push_str(rest);
    }
    text.replace("\\n", "\n")
}

/// A list of the stored customer between two others.
fn list(row: &Row) -> Store {
    let mut customer = serde_json::json!({ "crm__customer_id": "7000000002" });
    let (field, value) = row.stored.split_once(' ').unwrap();
    let key = match field {
        "id" => "crm__customer_id",
        "name" => "crm__standard_info__name",
        "phone" => "crm__standard_info__phone_2",
        "email" => "crm__standard_info__email",
        "city" => "crm__custom_info__390",
        other => panic!("no field {other}"),
    };
    customer[key] = value.into();
    let other = |id: &str| {
        serde_json::json!({ "crm__customer_id": id, "crm__standard_info__name": "Wxyz Qqq",
            "crm__standard_info__phone_1": "+47 400 00 001", "crm__standard_info__phone_2": "020 8888 8888",
            "crm__standard_info__email": "wxyz@qqq.zz", "crm__custom_info__390": "Qqq" })
    };
    let body = serde_json::json!({ "count": 3, "next": null, "results": [other("7000000001"), customer, other("7000000003")] });
    let page = Page::from_json(1, body.to_string(), Moment::at(0, 8, 12)).unwrap();
    let mut store = Store::new();
    store.page_arrived(Arc::new(Segment::new(&page, &Packing::of(row.country.parse().unwrap()))));
    store
}

/// Who is found, and who is alike: the places of the customers.
fn outcome(row: &Row) -> (Vec<u32>, Vec<u32>) {
    let fields = FieldMap::read(r#"{"390": "City"}"#).unwrap().0;
    let query = Query::search(&row.typed, Reach::Standard, &fields);
    let store = list(row);
    let mut found = Found::default();
    found.add(run(&query, &unsearched(&store), &AtomicBool::new(false)).unwrap());
    let found = (0..found.len()).filter_map(|at| found.slot(at)).map(|slot| slot.index).collect();
    let alike = alike::run(&row.typed, &query, &unsearched(&store), &AtomicBool::new(false)).unwrap();
    (found, alike.slots.into_iter().map(|slot| slot.index).collect())
}

#[test]
fn every_row_of_the_table_holds() {
    let rows = rows();
    assert!(rows.len() >= 200, "{} rows", rows.len());
    let wrong = |row: &&Row| {
        let (found, alike) = outcome(row);
        let is_as_said = match row.outcome {
            "found" => found == [1],
            "alike" => found.is_empty() && alike == [1],
            "no" => found.is_empty() && alike.is_empty(),
            other => panic!("no outcome {other}"),
        };
        !is_as_said
    };
    let wrong: Vec<String> = rows
        .iter()
        .filter(wrong)
        .map(|row| {
            format!("{} | {} | {} | {} | {:?}", row.typed, row.stored, row.outcome, row.why, outcome(row))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
