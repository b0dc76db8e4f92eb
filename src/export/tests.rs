//! Exports read back by programs that did not write them.

use super::*;
use crate::cube::CALLS;
use crate::fields::FieldMap;
use calamine::{Data, Reader, Xlsx};
use rstest::rstest;
use std::io::Cursor;

const LABELS: &str = r#"{"64": "Address", "221": "Address", "17": "Class, old", "5": "Name", "390": "City"}"#;

fn labels() -> FieldMap {
    FieldMap::read(LABELS).unwrap().0
}

fn record(json: &str) -> Record<'static> {
    Record::new(json.to_owned()).unwrap()
}

fn columns(line: &str) -> Columns {
    Columns::choose(&Choice::read(line).unwrap(), &labels(), &[], Headers::Labels).unwrap()
}

fn headers(line: &str) -> Vec<String> {
    columns(line).iter().map(|column| column.header.clone()).collect()
}

fn written(format: Format, columns: Columns, plain: bool, records: &[&str]) -> Vec<u8> {
    let csv = CsvStyle { plain, ..CsvStyle::default() };
    written_as(Shape { csv, ..shape(format, columns) }, records)
}

fn shape(format: Format, columns: Columns) -> Shape {
    let (csv, about) = (CsvStyle::default(), About::default());
    Shape { format, columns, csv, all_text: false, about, strict_json: false }
}

fn written_as(shape: Shape, records: &[&str]) -> Vec<u8> {
    let mut export = Export::begin(shape, Vec::new()).unwrap();
    for json in records {
        export.write(&record(json)).unwrap();
    }
    export.finish().unwrap().out
}

/// The first cells of a row of a workbook.
fn cells(book: &[u8], row: u32, columns: u32) -> Vec<Data> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let sheet = book.worksheet_range("Customers").unwrap();
    (0..columns).map(|column| sheet.get_value((row, column)).cloned().unwrap_or_default()).collect()
}

fn parsed(csv: &[u8]) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[rstest]
#[case::standard_names("id,phone 2,e-mail", &["ID", "Phone 2", "E-mail"])]
#[case::label("city", &["City"])]
#[case::key("crm__custom_info__390", &["City"])]
#[case::id("390", &["City"])]
#[case::comma_in_a_label(r#"name,"Class, old""#, &["Name", "Class, old"])]
#[case::two_of_one_label("address", &["Address (64)", "Address (221)"])]
#[case::called_like_a_standard_field("name,5", &["Name", "Name (5)"])]
#[case::alone_like_a_standard_field("5", &["Name (5)"])]
#[case::twice("city,id,390", &["City", "ID"])]
#[case::without_label("999", &["crm__custom_info__999"])]
#[case::unknown_key("callflow__x", &["callflow__x"])]
#[case::standard("standard,city", &["ID", "Name", "Phone 1", "Phone 2", "Phone 3", "E-mail", "City"])]
fn columns_are_chosen_by_name_key_label_or_id(#[case] line: &str, #[case] expected: &[&str]) {
    assert_eq!(headers(line), expected);
}

#[rstest]
#[case::nothing("", "--columns names no column, for example: --columns id,name,\"Phone 1\"")]
#[case::commas(" , ,", "--columns names no column, for example: --columns id,name,\"Phone 1\"")]
#[case::near("citty", "no field is called citty, but one is called City; cubedex fields lists them")]
#[case::far("nobody", "no field is called nobody; cubedex fields lists them")]
#[case::hostile("a\u{1b}[2J", "no field is called a␛[2J; cubedex fields lists them")]
fn a_column_that_is_not_there_is_named(#[case] line: &str, #[case] said: &str) {
    let columns =
        Choice::read(line).and_then(|choice| Columns::choose(&choice, &labels(), &[], Headers::Labels));
    assert_eq!(columns.unwrap_err().to_string(), said);
}

#[test]
fn another_list_is_exported_under_the_titles_of_its_own_schema() {
    let choice = Choice::read("standard,name").unwrap();
    let columns = Columns::choose(&choice, &labels().of(&CALLS), &[], Headers::Labels).unwrap();
    let headers: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
    assert_eq!(headers, ["Call", "Outcome", "Number", "Time", "Customer", "Seconds", "Agent", "Name"]);
}

#[test]
fn all_columns_are_the_standard_the_mapped_and_the_seen_ones() {
    let seen = ["crm__customer_id".to_owned(), "crm__custom_info__101".to_owned(), "callflow__x".to_owned()];
    let all = Columns::choose(&Choice::all(), &labels(), &seen, Headers::Keys).unwrap();
    let keys: Vec<_> = all.iter().skip(5).map(|column| column.header.as_str()).collect();
    let custom = [64, 221, 17, 5, 390, 101].map(|id| format!("crm__custom_info__{id}"));
    let expected: Vec<&str> = ["crm__standard_info__email"]
        .into_iter()
        .chain(custom.iter().map(String::as_str))
        .chain(["callflow__x"])
        .collect();
    assert_eq!(keys, expected);
}

/// A customer with every kind of value.
const HOSTILE: &str = r#"{"crm__customer_id":"007","crm__standard_info__name":"=HYPERLINK(\"http://evil\")",
  "crm__standard_info__phone_1":"+47 909 09 090","crm__standard_info__phone_2":"004795499097",
  "crm__standard_info__email":"a@b\r\nBcc: x","crm__custom_info__64":233.0,"crm__custom_info__221":12345678901234567890123,
  "crm__custom_info__17":null,"crm__custom_info__5":{"a": [1, "x"]},"crm__custom_info__390":"a,\"b\"\u0000"}"#;

#[test]
fn csv_is_read_back_value_for_value() {
    let csv = written(Format::Csv, columns("all"), true, &[HOSTILE]);
    assert_eq!(
        parsed(&csv)[1],
        [
            "007",
            "=HYPERLINK(\"http://evil\")",
            "+47 909 09 090",
            "004795499097",
            "",
            "a@b\r\nBcc: x",
            "233.0",
            "12345678901234567890123",
            "",
            "{\"a\": [1, \"x\"]}",
            "a,\"b\"\0"
        ]
    );
}

#[test]
fn csv_for_spreadsheets_marks_what_is_to_stay_text() {
    let csv = written(Format::Csv, columns("id,name,phone1,phone2,64,221"), false, &[HOSTILE]);
    let text = String::from_utf8(csv).unwrap();
    assert_eq!(
        text,
        "ID,Name,Phone 1,Phone 2,Address (64),Address (221)\r\n\
         '007,\"'=HYPERLINK(\"\"http://evil\"\")\",'+47 909 09 090,'004795499097,233.0,'12345678901234567890123\r\n"
    );
}

#[test]
fn a_head_runs_no_formula_either() {
    let fields = FieldMap::read(r#"{"1": "=1+1"}"#).unwrap().0;
    let columns = Columns::choose(&Choice::read("1").unwrap(), &fields, &[], Headers::Labels).unwrap();
    assert_eq!(written(Format::Csv, columns, false, &[]), b"'=1+1\r\n");
}

#[rstest]
#[case::as_sent(r#"{"b":1.50,"a":"\u00e5\/","n":null,"b":-0}"#)]
#[case::odd_blanks(r#"{ "a" : [ 1 , {"x":  2} ] }"#)]
fn a_json_line_is_the_record_byte_for_byte(#[case] json: &str) {
    let line = written(Format::JsonLines, columns("all"), false, &[json]);
    assert_eq!(String::from_utf8(line).unwrap(), format!("{json}\n"));
}

#[test]
fn a_record_of_several_lines_becomes_one() {
    let line = written(
        Format::JsonLines,
        columns("all"),
        false,
        &["{\r\n    \"a\": \"x  y\",\n    \"b\": [\n  1\n]\n}"],
    );
    assert_eq!(String::from_utf8(line).unwrap(), "{\"a\": \"x  y\",\"b\": [1]}\n");
}

#[test]
fn chosen_fields_of_a_json_line_keep_their_spelling_and_none_is_invented() {
    let json = r#"{"crm__custom_info__390":"\u00c5s","crm__customer_id":"1","crm__custom_info__64":1.50}"#;
    let line = written(Format::JsonLines, columns("64,name,390"), false, &[json]);
    assert_eq!(
        String::from_utf8(line).unwrap(),
        "{\"crm__custom_info__64\":1.50,\"crm__custom_info__390\":\"\\u00c5s\"}\n"
    );
}

#[test]
fn excel_cells_are_text_and_are_read_back_value_for_value() {
    let book = written(Format::Excel, columns("all"), false, &[HOSTILE, "{}"]);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let sheet = book.worksheet_range("Customers").unwrap();
    let cell = |row: u32, column: u32| match sheet.get_value((row, column)) {
        Some(Data::String(text)) => text.clone(),
        None | Some(Data::Empty) => String::new(),
        other => panic!("{other:?}"),
    };
    assert_eq!((cell(0, 0), cell(0, 6)), ("ID".to_owned(), "Address (64)".to_owned()));
    let row: Vec<String> = (0..8).map(|column| cell(1, column)).collect();
    let long = "12345678901234567890123";
    assert_eq!(row[..5], ["007", "=HYPERLINK(\"http://evil\")", "+47 909 09 090", "004795499097", ""]);
    assert_eq!(row[6..], ["233.0", long]);
    assert_eq!(cell(1, 9), "{\"a\": [1, \"x\"]}");
}

#[test]
fn excel_cells_hold_signs_that_xml_has_not() {
    let value = "a\u{1b}[2J\r\n _x001B_ <&> \u{9b} \u{ffff} ";
    let json = serde_json::json!({ "crm__standard_info__name": value }).to_string();
    let book = written(Format::Excel, columns("name"), false, &[&json]);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let sheet = book.worksheet_range("Customers").unwrap();
    let expected = value.replace('\u{1b}', "_x001B_").replace('\r', "_x000D_").replace('\u{ffff}', "_xFFFF_");
    let expected = expected.replace(" _x001B_", " _x005F_x001B_");
    // Whoever reads it here leaves the signs as they are written.
    assert!([value, expected.as_str()].contains(&sheet.get((1, 0)).unwrap().to_string().as_str()));
}

/// A disk with room for this many bytes.
struct Disk(usize, Vec<u8>);

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.1.len() + bytes.len() > self.0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.1.extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[rstest]
#[case::csv(Format::Csv)]
#[case::jsonl(Format::JsonLines)]
#[case::excel(Format::Excel)]
fn a_full_disk_is_an_error_wherever_it_shows(#[case] format: Format) {
    let shape = || shape(format, columns("standard"));
    let wrote = |room: usize| {
        let mut export = Export::begin(shape(), Disk(room, Vec::new()))?;
        (0..3).try_for_each(|_| export.write(&record(HOSTILE)))?;
        Ok(export.finish()?.out.1.len())
    };
    let whole: usize = wrote(usize::MAX).map_err(|error: NotWritten| error.to_string()).unwrap();
    for room in (0..whole).step_by(7) {
        let full = wrote(room).unwrap_err();
        assert!(matches!(&full, NotWritten::Io(why) if why.kind() == io::ErrorKind::StorageFull), "{full:?}");
    }
}

#[test]
fn a_workbook_that_is_not_finished_can_not_be_opened() {
    let mut written = Vec::new();
    let shape = shape(Format::Excel, columns("all"));
    let mut export = Export::begin(shape, &mut written).unwrap();
    export.write(&record(HOSTILE)).unwrap();
    drop(export);
    assert!(Xlsx::<Cursor<Vec<u8>>>::new(Cursor::new(written)).is_err());
}

#[rstest]
#[case::letters("CANARY", 10_000)]
#[case::of_two_units("🎂", 20_000)]
#[case::of_three_bytes("漢", 40_000)]
fn a_value_that_no_excel_cell_holds_is_cut_with_a_mark_and_told(#[case] sign: &str, #[case] times: usize) {
    let value = sign.repeat(times);
    let json = format!(r#"{{"crm__customer_id":"7","crm__standard_info__name":"{value}"}}"#);
    let mut export = Export::begin(shape(Format::Excel, columns("name")), Vec::new()).unwrap();
    for _ in 0..25 {
        export.write(&record(&json)).unwrap();
    }
    let Finished { out, cut, .. } = export.finish().unwrap();
    assert_eq!((cut.count, cut.first.len()), (25, 20));
    assert_eq!(cut.first[0], ("7".to_owned(), "Name".to_owned()));
    let cell = cells(&out, 1, 1).remove(0).to_string();
    let whole = cell.strip_suffix('…').unwrap();
    assert!(value.starts_with(whole));
    assert!((32_765..=32_766).contains(&whole.encode_utf16().count()));
}

const KINDS: &str = r#"[{"id":1,"key":"Turnover","type":"number"},{"id":2,"key":"Founded","type":"date"},
  {"id":3,"key":"Class"}]"#;

fn of_kinds() -> Shape {
    let fields = FieldMap::read(KINDS).unwrap().0;
    let columns = Columns::choose(&Choice::read("id,1,2,3").unwrap(), &fields, &[], Headers::Labels);
    shape(Format::Excel, columns.unwrap())
}

fn of_values(turnover: &str, founded: &str) -> String {
    format!(
        r#"{{"crm__customer_id":"9","crm__custom_info__1":{turnover},"crm__custom_info__2":"{founded}","crm__custom_info__3":"5"}}"#
    )
}

#[test]
fn cells_are_numbers_and_days_where_the_mapping_says_so_and_nothing_changes() {
    let records = [of_values("1500.50", "1987-03-01"), of_values("\"0012\"", "in March")];
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    let text = |text: &str| Data::String(text.to_owned());
    let book = written_as(of_kinds(), &records);
    let row = cells(&book, 1, 4);
    assert_eq!((&row[0], &row[1], &row[3]), (&text("9"), &Data::Float(1500.5), &text("5")));
    let Data::DateTime(day) = &row[2] else { panic!("{:?}", row[2]) };
    assert!((day.as_f64() - 31_837.0).abs() < f64::EPSILON, "{day:?}");
    assert_eq!(cells(&book, 2, 4)[1..3], [text("0012"), text("in March")]);
    let book = written_as(Shape { all_text: true, ..of_kinds() }, &records);
    assert_eq!(cells(&book, 1, 3)[1..], [text("1500.50"), text("1987-03-01")]);
}

/// The XML of a workbook's sheet.
fn sheet(book: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let file = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    io::read_to_string(file).unwrap()
}

#[rstest]
#[case::no_customer(0)]
#[case::few(3)]
#[case::as_many_as_are_measured(499)]
#[case::one_more(500)]
#[case::many(1200)]
fn a_sheet_has_columns_as_wide_as_their_values_and_filters_all_its_rows(#[case] customers: usize) {
    let record = format!(r#"{{"crm__customer_id":"9","crm__standard_info__name":"{}"}}"#, "n".repeat(25));
    let long = format!(r#"{{"crm__customer_id":"{}","crm__standard_info__name":"å"}}"#, "9".repeat(300));
    let mut records = vec![record.as_str(); customers];
    records.extend([long.as_str()].iter().filter(|_| customers == 3));
    let book = written_as(shape(Format::Excel, columns("id,name")), &records);
    let sheet = sheet(&book);
    let (id, name) = (if customers == 3 { 60 } else { 8 }, if customers == 0 { 8 } else { 25 });
    let widths = format!(
        r#"<cols><col min="1" max="1" width="{id}.7" customWidth="1"/><col min="2" max="2" width="{name}.7" customWidth="1"/></cols><sheetData>"#
    );
    assert!(sheet.contains(&widths), "{}", sheet.get(..600).unwrap_or(&sheet));
    let rows = records.len() + 1;
    assert!(sheet.contains(&format!(r#"</sheetData><autoFilter ref="A1:B{rows}"/>"#)));
    assert_eq!(sheet.matches("<row ").count(), rows);
    assert_eq!(cells(&book, u32::try_from(rows - 1).unwrap(), 1).len(), 1);
}

#[test]
fn csv_is_divided_and_marked_as_a_norwegian_excel_wants_it() {
    let csv = CsvStyle { separator: b';', bom: true, plain: false };
    let json = r#"{"crm__customer_id":"1","crm__standard_info__name":"a;b, c"}"#;
    let written = written_as(Shape { csv, ..shape(Format::Csv, columns("id,name")) }, &[json]);
    assert_eq!(String::from_utf8(written).unwrap(), "\u{feff}ID;Name\r\n1;\"a;b, c\"\r\n");
}

#[test]
fn a_field_that_comes_too_late_for_a_column_is_told() {
    let shape = shape(Format::Csv, columns("all"));
    let mut export = Export::begin(shape, Vec::new()).unwrap();
    export.write(&record(r#"{"late__empty":"","late__null":null,"late__full":0}"#)).unwrap();
    let finished = export.finish().unwrap();
    assert_eq!((finished.written, finished.without_column), (1, vec!["late__full".to_owned()]));
}

#[rstest]
#[case::csv(Format::Csv)]
#[case::jsonl(Format::JsonLines)]
#[case::excel(Format::Excel)]
fn a_closed_pipe_is_told_as_one(#[case] format: Format) {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let wrote = || {
        let mut export = Export::begin(shape(format, columns("all")), Closed)?;
        export.write(&record(HOSTILE))?;
        export.finish().map(|_| ())
    };
    assert!(matches!(wrote(), Err(NotWritten::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe));
}

#[rstest]
#[case("a/b.CSV", Ok(Format::Csv))]
#[case("b.jsonl", Ok(Format::JsonLines))]
#[case("b.ndjson", Ok(Format::JsonLines))]
#[case("b.xlsx", Ok(Format::Excel))]
#[case(
    "csv",
    Err("csv has no ending that names a format; take .csv, .jsonl or .xlsx, or say which with --format")
)]
#[case(
    "a.pdf/b",
    Err("a.pdf/b has no ending that names a format; take .csv, .jsonl or .xlsx, or say which with --format")
)]
#[case(
    ".csv",
    Err(".csv has no ending that names a format; take .csv, .jsonl or .xlsx, or say which with --format")
)]
#[case(
    "b.",
    Err("b. has no ending that names a format; take .csv, .jsonl or .xlsx, or say which with --format")
)]
#[case("b.pdf", Err("no format has the ending .pdf; take .csv, .jsonl or .xlsx, or say which with --format"))]
#[case(
    "b.csv.gz",
    Err("no format has the ending .gz; take .csv, .jsonl or .xlsx, or say which with --format")
)]
#[case(
    "b.a\u{1b}",
    Err("no format has the ending .a␛; take .csv, .jsonl or .xlsx, or say which with --format")
)]
fn the_ending_names_the_format(#[case] path: &str, #[case] format: Result<Format, &str>) {
    let found = Format::of_path(std::path::Path::new(path)).map_err(|unknown| unknown.to_string());
    assert_eq!(found, format.map_err(str::to_owned));
}

#[test]
fn a_workbook_says_on_a_second_sheet_which_customers_of_how_many_it_has() {
    let about = About {
        place: "acme · assignment 9".to_owned(),
        of: Some(12_340),
        search: "city:=Askim <x>".to_owned(),
        sorted: vec![("City".to_owned(), false), ("Name".to_owned(), true)],
        read: Some(crate::cube::Moment::at(1_000_000_070, 8, 12)),
        are_marked: false,
    };
    let customers = [r#"{"crm__customer_id":"1"}"#, r#"{"crm__customer_id":"2"}"#];
    let lines = |about: About| {
        let book = written_as(Shape { about, ..shape(Format::Excel, columns("id")) }, &customers);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
        assert_eq!(book.sheet_names(), ["Customers", "About"], "who reads the first sheet finds customers");
        let sheet = book.worksheet_range("About").unwrap();
        sheet.rows().map(|row| format!("{}: {}", row[0], row[1])).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(about.clone()),
        [
            "Customers: 2 of 12,340",
            "List: acme · assignment 9",
            "Search: city:=Askim <x>",
            "Sorted by: City, then Name (descending)",
            "Read from Cube: 2001-09-09 08:12",
        ]
    );
    assert_eq!(lines(About { are_marked: true, ..about })[0], "Customers: 2 marked of 12,340");
    assert_eq!(lines(About { of: Some(2), ..About::default() }), ["Customers: 2"]);
}
