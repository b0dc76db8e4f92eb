//! `cubedex export`: all customers, once each, value for value, or an error and nothing.

use super::Shell;
use calamine::{Data, Reader, Xlsx};
use cubedex::demo::{self, Fault, Gate, Settings, Target};
use rstest::rstest;
use std::io::Cursor;

#[tokio::test(flavor = "multi_thread")]
async fn json_lines_are_the_records_as_they_are_sent() {
    let shell = Shell::of(1_234).await;
    let run = shell.run("export --format jsonl").await.ends(0).says_only("");
    assert_eq!(run.data(), Shell::records(1_234).join("\n") + "\n");
}

/// Each value as the text that a person reads.
fn value(record: &serde_json::Value, key: &str) -> String {
    match &record[key] {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn csv_for_programs_is_read_back_value_for_value() {
    let shell = Shell::of(1_234).await;
    let run = shell.run("export --plain --headers keys").await.ends(0);
    let csv = run.bytes();
    let mut csv = csv::Reader::from_reader(csv.as_slice());
    let keys = csv.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let records = Shell::records(1_234);
    assert_eq!(rows.len(), records.len());
    for (row, record) in rows.iter().zip(&records) {
        let record: serde_json::Value = serde_json::from_str(record).unwrap();
        for key in record.as_object().unwrap().keys() {
            let at = keys.iter().position(|known| known == key).unwrap();
            assert_eq!(row.get(at), Some(value(&record, key).as_str()), "{key}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn promise_12_a_spreadsheet_runs_nothing_of_an_exported_csv() {
    let shell = Shell::of(3).await;
    let record = r#"{"crm__customer_id":"1","crm__standard_info__name":"=HYPERLINK(\"http://evil\")","crm__standard_info__phone_1":"+4790909090","crm__standard_info__phone_2":"004795499097","crm__standard_info__phone_3":"@x","crm__standard_info__email":"+cmd|' /C calc'!A0"}"#;
    let body = format!(r#"{{"count":1,"next":null,"results":[{record}]}}"#);
    shell.town.faults.set(Target::List, Fault::Body(body.into()));
    let run = shell.run("export --columns standard").await.ends(0);
    assert_eq!(
        run.data(),
        "ID,Name,Phone 1,Phone 2,Phone 3,E-mail\r\n\
         1,\"'=HYPERLINK(\"\"http://evil\"\")\",'+4790909090,'004795499097,'@x,'+cmd|' /C calc'!A0\r\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_excel_workbook_holds_text_alone_where_that_is_wanted() {
    let shell = Shell::of(612).await;
    shell
        .run("export -o customers.xlsx --text")
        .await
        .ends(0)
        .says_only("cubedex: 612 customers written to customers.xlsx\n");
    let mut book: Xlsx<_> = calamine::open_workbook(shell.home.path().join("customers.xlsx")).unwrap();
    let sheet = book.worksheet_range("Customers").unwrap();
    assert_eq!(sheet.height(), 613);
    assert!(sheet.used_cells().all(|(_, _, cell)| matches!(cell, Data::String(_))));
    let header = sheet.rows().next().unwrap();
    let city = header.iter().position(|name| *name == "City").unwrap();
    assert_eq!(sheet.get((2, city)), Some(&Data::String("ASKIM".to_owned())));
    let records = Shell::records(612);
    for (row, record) in sheet.rows().skip(1).zip(&records) {
        let record: serde_json::Value = serde_json::from_str(record).unwrap();
        assert_eq!(row[0].to_string(), value(&record, "crm__customer_id"));
        assert_eq!(row[2].to_string(), value(&record, "crm__standard_info__phone_1"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_goes_into_a_pipe_too() {
    let shell = Shell::of(3).await;
    let run = shell.run("export --format xlsx --columns name").await.ends(0);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(run.bytes())).unwrap();
    assert_eq!(book.worksheet_range("Customers").unwrap().get_size(), (4, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_come_as_they_are_chosen() {
    let shell = Shell::of(2).await;
    let mut command = shell.command("export");
    command.args(["--columns", "Postcode,name,390,Address"]);
    let run = shell.run_command(command).await.ends(0);
    assert_eq!(
        run.data(),
        "Postcode,Name,City,Address (64),Address (221)\r\n\
         1832,Olas Produksjon AS,ASKIM,,\r\n1832,Pers Hårklipperi AS,ASKIM,,\r\n"
    );
    let run = shell.run("export --columns crm__customer_id,17 --headers keys").await.ends(0);
    assert_eq!(run.data().lines().next(), Some("crm__customer_id,crm__custom_info__17"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_asked_for_once_and_four_at_a_time() {
    let settings = Settings { town: demo::Town::new(50), page_size: 3, ..Settings::default() };
    let shell = Shell::with(settings).await;
    let gate = Gate::default();
    (2..=17).for_each(|page| shell.town.faults.set(Target::Page(page), Fault::Hold(gate.clone())));
    let opened = async {
        gate.reached(4).await;
        gate.open();
    };
    let (run, ()) = tokio::join!(shell.run("export --format jsonl"), opened);
    let run = run.ends(0);
    assert_eq!(run.data(), Shell::records(50).join("\n") + "\n");
    let mut pages = shell.town.log.pages();
    pages.sort_unstable();
    assert_eq!(pages, (1..=17).collect::<Vec<_>>());
    assert_eq!(shell.town.log.most_in_flight(), 4);
}

/// An answer that is not worth asking again for.
fn refused() -> Fault {
    Fault::Answer(demo::Answer::json(axum::http::StatusCode::BAD_REQUEST, "{}"))
}

/// A page of a list of `count`, with the records of the town at `places`.
fn page(count: u64, has_next: bool, places: &[usize]) -> Fault {
    let records = Shell::records(20);
    let chosen: Vec<&str> = places.iter().map(|&at| records[at].as_str()).collect();
    let next = if has_next { "\"http://x.test/?page=9\"" } else { "null" };
    Fault::Body(format!(r#"{{"count":{count},"next":{next},"results":[{}]}}"#, chosen.join(",")).into())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_moves_from_one_page_to_the_next_is_written_once() {
    let shell = Shell::of(3).await;
    let faults = &shell.town.faults;
    faults.set(Target::Page(1), page(3, true, &[0, 1]));
    faults.set(Target::Page(2), page(4, true, &[1, 2]));
    faults.set(Target::Page(3), page(4, false, &[0]));
    let run = shell.run("export --format jsonl").await.ends(0);
    assert_eq!(run.data(), Shell::records(3).join("\n") + "\n");
}

#[rstest]
#[case::shorter_than_its_count(
    vec![(5, true, vec![0, 1]), (5, false, vec![2])],
    "Cube says that there are 5 customers, but its pages hold 3; try again; nothing was written"
)]
#[case::somebody_was_removed(
    vec![(5, true, vec![0, 1]), (4, true, vec![2, 3]), (4, false, vec![4])],
    "customers were removed in Cube while the list was read (5 before, 4 now), so that one may be missing"
)]
#[case::repeats_itself(
    vec![(9, true, vec![0, 1]); 3],
    "Cube repeats itself from page 2 of the list on"
)]
#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_not_whole_leaves_no_file(
    #[case] pages: Vec<(u64, bool, Vec<usize>)>,
    #[case] words: &str,
) {
    let shell = Shell::of(3).await;
    for (number, (count, has_next, places)) in (1..).zip(pages) {
        shell.town.faults.set(Target::Page(number), page(count, has_next, &places));
    }
    shell.run("export -o all.csv").await.ends(1).says(words);
    assert_eq!(shell.files(), [] as [&str; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_is_no_customer_is_told_by_its_place() {
    let shell = Shell::of(3).await;
    let body = r#"{"count":2,"next":null,"results":[{"crm__customer_id":"1"},null]}"#;
    shell.town.faults.set(Target::List, Fault::Body(body.into()));
    shell
        .run("export -o all.csv")
        .await
        .ends(1)
        .says("on page 1 of the list entry 1 of results is null, not a record");
    assert_eq!(shell.files(), [] as [&str; 0]);
}

#[rstest]
#[case::one(Some(3), &[1, 2, 3])]
#[case::two(None, &[1, 2, 3])]
#[tokio::test(flavor = "multi_thread")]
async fn an_empty_page_that_announces_more_is_told_and_not_taken_for_the_end(
    #[case] last: Option<u64>,
    #[case] asked: &[u64],
) {
    let shell = Shell::of(3).await;
    let faults = &shell.town.faults;
    faults.set(Target::List, Fault::Body(r#"{"next":"?page=9","results":[]}"#.into()));
    faults.set(
        Target::Page(1),
        Fault::Body(r#"{"next":"?page=2","results":[{"crm__customer_id":"1"}]}"#.into()),
    );
    if let Some(last) = last {
        let body = r#"{"next":null,"results":[{"crm__customer_id":"2"}]}"#;
        faults.set(Target::Page(last), Fault::Body(body.into()));
    }
    let words = "page 2 of the list came empty, though Cube says that more follow";
    shell.run("export -o all.csv").await.ends(1).says(words);
    assert_eq!((shell.files(), shell.town.log.pages()), (vec![], asked.to_vec()));
    let found = if last.is_some() { "\"2\"" } else { "" };
    let run = shell.run("find 2").await.ends(1).says(words);
    assert!(!run.said().contains("all") && run.data().contains(found), "{}", run.said());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_fails_leaves_no_file() {
    let shell = Shell::of(1_200).await;
    shell.town.faults.set(Target::Page(3), refused());
    shell.run("export -o all.xlsx").await.ends(1).says("cubedex: reading page 3: ");
    assert_eq!(shell.files(), [] as [&str; 0]);
}

#[rstest]
#[case::csv("csv")]
#[case::jsonl("jsonl")]
#[tokio::test(flavor = "multi_thread")]
async fn what_a_stream_has_taken_before_a_page_failed_is_said(#[case] format: &str) {
    let shell = Shell::of(1_200).await;
    shell.town.faults.set(Target::Page(3), refused());
    let run = shell.run(&format!("export --format {format}")).await.ends(1);
    let run =
        run.says("cubedex: the output is not whole: 1,000 customers were written before what follows\n");
    assert!(!run.said().contains("nothing was written"), "{}", run.said());
    let header = usize::from(format == "csv");
    assert_eq!(run.data().lines().count(), 1_000 + header);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_not_whole_is_said_of_a_stream_too() {
    let shell = Shell::of(3).await;
    shell.town.faults.set(Target::Page(1), page(5, false, &[0, 1, 2]));
    let run = shell.run("export --format jsonl").await.ends(1);
    let run = run.says("the output is not whole: 3 customers were written before what follows");
    assert!(!run.said().contains("nothing was written"), "{}", run.said());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_comes_too_late_is_told_with_the_way_to_have_it() {
    let shell = Shell::of(3).await;
    let faults = &shell.town.faults;
    faults.set(Target::Page(1), page(3, true, &[0, 1]));
    let late = r#"{"count":3,"next":null,"results":[{"crm__customer_id":"3","crm__custom_info__999":"x"}]}"#;
    faults.set(Target::Page(2), Fault::Body(late.into()));
    let words = "name them with --columns all,crm__custom_info__999";
    shell.run("export -o all.csv").await.ends(1).says(words);
    let run = shell.run("export --columns all,crm__custom_info__999").await.ends(0);
    assert!(run.data().ends_with(",x\r\n"), "{}", run.data());
}

#[rstest]
#[case::no_column("export --columns ,", "--columns names no column")]
#[case::unknown("export --columns citty", "no field is called citty, but one is called City")]
#[case::labels_of_jsonl(
    "export --format jsonl --headers labels",
    "JSON Lines have the keys as Cube sends them"
)]
#[case::strict_csv("export --strict-json", "--strict-json is for --format jsonl")]
#[case::strict_table("find x --format csv --strict-json", "--strict-json is for --format json or jsonl")]
#[case::ending(
    "export -o all.pdf",
    "no format has the ending .pdf; take .csv, .jsonl or .xlsx, or say which with --format"
)]
#[case::no_ending(
    "export -o customers",
    "customers has no ending that names a format; take .csv, .jsonl or .xlsx, or say which with --format"
)]
#[case::ending_of_labels(
    "fields pull -o labels.csv",
    "the labels are saved as JSON; take a name that ends in .json"
)]
#[case::separator_of_excel(
    "export --format xlsx --separator ;",
    "--separator and --bom are for --format csv"
)]
#[case::bom_of_json("export --format jsonl --bom", "--separator and --bom are for --format csv")]
#[case::text_of_csv("export --format csv --text", "--text is for --format xlsx")]
#[case::odd_separator("export --separator x", "--separator takes ',' ';' or tab")]
#[case::plain_excel("export --format xlsx --plain", "--plain is for --format csv")]
#[case::format("export --format CANARY", "--format takes one of the formats that --help lists")]
#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_written_is_refused(#[case] line: &str, #[case] words: &str) {
    let shell = Shell::of(3).await;
    let run = shell.run(line).await.ends(2).says(words);
    assert!(!run.said().contains("CANARY"));
}

#[rstest]
#[case::format("export -o customers --format csv", "customers")]
#[case::another_ending("export -o all.pdf --format csv", "all.pdf")]
#[case::labels("fields pull -o labels", "labels")]
#[tokio::test(flavor = "multi_thread")]
async fn a_format_that_is_known_needs_no_ending(#[case] line: &str, #[case] file: &str) {
    let shell = Shell::of(3).await;
    shell.run(line).await.ends(0);
    assert_eq!(shell.files(), [file]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_no_sheet_holds_is_refused_after_its_first_page() {
    let shell = Shell::of(3).await;
    let body = r#"{"count":1048576,"next":"?page=2","results":[{"crm__customer_id":"1"}]}"#;
    shell.town.faults.set(Target::List, Fault::Body(body.into()));
    let words = "cubedex: an Excel sheet holds 1,048,575 customers and there are more; choose --format csv\n";
    shell.run("export -o all.xlsx").await.ends(1).says_only(words);
    assert_eq!((shell.files(), shell.town.log.seen().len()), (vec![], 1));
}

/// A page with one value that is no number, one record with letters in Latin-1, and a plain one.
fn odd_page() -> Fault {
    let body = b"{\"count\":3,\"next\":null,\"results\":[\
        {\"crm__customer_id\":\"1\",\"crm__custom_info__17\":\"NaN\"},\
        {\"crm__customer_id\":\"2\",\"crm__custom_info__17\": -Infinity},\
        {\"crm__customer_id\":\"3\",\"crm__standard_info__name\":\"H\xe5rklipp \xf8st\"}]}";
    Fault::Body(body.as_slice().into())
}

const NOT_UTF8: &str =
    "cubedex: 1 value not in UTF-8, the first of customer 3: \u{fffd} stands for what could not be read\n";
const NOT_JSON: &str =
    "cubedex: 1 value with NaN or Infinity, which JSON does not have, the first of customer 2: ";

#[rstest]
#[case::json_lines(
    "export --format jsonl",
    "\"crm__custom_info__17\": -Infinity}\n",
    "written as sent; --strict-json writes null\n"
)]
#[case::columns(
    "export --format jsonl --columns 17",
    "{\"crm__custom_info__17\":-Infinity}\n",
    "written as sent; --strict-json writes null\n"
)]
#[case::strict(
    "export --format jsonl --strict-json",
    "\"crm__custom_info__17\": null}\n",
    "written as null\n"
)]
#[case::csv("export --columns id,17", "2,'-Infinity\r\n", "written as sent\n")]
#[case::find(
    "find --format jsonl 2",
    "\"crm__custom_info__17\": -Infinity}\n",
    "written as sent; --strict-json writes null\n"
)]
#[case::find_strict(
    "find --format json --strict-json 2",
    "\"crm__custom_info__17\": null}]\n",
    "written as null\n"
)]
#[tokio::test(flavor = "multi_thread")]
async fn values_that_are_no_json_and_no_utf8_are_kept_and_told(
    #[case] line: &str,
    #[case] data: &str,
    #[case] words: &str,
) {
    let shell = Shell::of(3).await;
    shell.town.faults.set(Target::List, odd_page());
    let run = shell.run(line).await.ends(0).says(NOT_UTF8).says(&format!("{NOT_JSON}{words}"));
    assert!(run.data().contains(data), "{}", run.data());
    assert!(run.data().contains("\"NaN\"") || !line.contains("export --format jsonl"), "a text is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_is_no_json_is_told_by_its_place_and_its_page() {
    let shell = Shell::of(3).await;
    let body =
        r#"{"count":2,"next":null,"results":[{"crm__customer_id":"1"},{"crm__customer_id":"2","a":CANARY}]}"#;
    shell.town.faults.set(Target::List, Fault::Body(body.into()));
    let run = shell.run("export -o all.csv").await.ends(1);
    let run = run.says("on page 1 of the list entry 1 of results is broken JSON, not a record");
    assert!(!run.said().contains("CANARY"));
    assert_eq!(shell.files(), [] as [&str; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_list_is_a_line_of_heads() {
    let shell = Shell::of(0).await;
    let run = shell.run("export --columns id,City").await.ends(0);
    assert_eq!(run.data(), "ID,City\r\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_labels_the_keys_stand_above_the_columns() {
    let shell = Shell::of(1).await;
    shell
        .town
        .faults
        .set(Target::Labels, Fault::Answer(demo::Answer::json(axum::http::StatusCode::FORBIDDEN, "{}")));
    let run = shell.run("export").await.ends(0).says("field ids are shown instead");
    assert!(
        run.data().starts_with("ID,Name,Phone 1,Phone 2,Phone 3,E-mail,crm__custom_info__17,"),
        "{}",
        run.data()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn labels_that_fail_by_chance_do_not_change_the_heads() {
    let shell = Shell::of(1).await;
    shell.town.faults.set(Target::Labels, refused());
    shell.run("export -o all.csv").await.ends(1).says("cubedex: reading the labels: Cube does not know");
    assert_eq!(shell.files(), [] as [&str; 0]);
    shell.run("export -o all.jsonl").await.ends(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_there_no_longer_is_told() {
    let shell = Shell::of(2).await;
    let record = &Shell::records(2)[0];
    let body = format!(r#"{{"next":"?page=2","results":[{record}]}}"#);
    shell.town.faults.set(Target::Page(1), Fault::Body(body.into()));
    shell
        .run("export -o all.csv")
        .await
        .ends(1)
        .says("page 2 of the list was there no longer when its turn came");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_that_was_saved_in_the_browser_is_exported_as_it_looks_there() {
    let shell = Shell::of(612).await;
    shell.has_view();
    let run = shell.run("export --view ASKIM").await.ends(0);
    let data = run.data();
    let names: Vec<&str> = data.lines().skip(1).collect();
    assert!(data.starts_with("Name,City\r\n") && names.iter().all(|line| line.ends_with(",ASKIM")), "{data}");
    assert!(names.len() > 2);
    shell.run("export --view x").await.ends(2).says("there is no view x of this list; there are: Askim");
}
