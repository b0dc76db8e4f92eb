//! Files as programs and people write them, right and wrong.

use super::*;
use rstest::rstest;

const LABELS: &str = r#"{"64": "Address", "221": "Address", "5": "Name", "390": "City", "8": "=1+1"}"#;

fn read(text: &str, reading: Reading) -> Result<Sheet, Vec<String>> {
    Sheet::read(text, &FieldMap::read(LABELS).unwrap().0, reading)
}

/// Lines, ids, keys and cells in one line.
fn told(text: &str, reading: Reading) -> String {
    let sheet = read(text, reading).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let rows = sheet.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|(key, cell)| {
            let key = key.rsplit("__").next().unwrap_or_default();
            format!("{key}={cell}")
        });
        format!("{} {}: {}", row.line, row.id, cells.collect::<Vec<_>>().join(", "))
    });
    rows.collect::<Vec<_>>().join(" | ")
}

#[rstest]
#[case::commas("ID,City\n7,Oslo\n", "2 7: 390=Oslo")]
#[case::semicolons("ID;City\n7;Oslo, Norway\n", "2 7: 390=Oslo, Norway")]
#[case::tabs("ID\tCity\n7\tOslo\n", "2 7: 390=Oslo")]
#[case::byte_order_mark("\u{feff}ID,City\r\n7,Oslo\r\n8,Ski", "2 7: 390=Oslo | 3 8: 390=Ski")]
#[case::quotes("\"ID\",\"City\"\n7,\"a \"\"b\"\", c\"\n", "2 7: 390=a \"b\", c")]
#[case::a_quote_within_an_unquoted_cell("ID;Name\n7;3\" pipe\n8;\"b\"\n", "2 7: name=3\" pipe | 3 8: name=b")]
#[case::two_quotes_within_an_unquoted_cell(
    "ID,Name\n7,3\"\" pipe\n8,b\n",
    "2 7: name=3\"\" pipe | 3 8: name=b"
)]
#[case::lines_within("ID,City\n7,\"a\nb\"\n8,Ski\n", "2 7: 390=a\nb | 4 8: 390=Ski")]
#[case::empty_lines("ID,City\r\n\r\n7,Oslo\r\n,\r\n\r\n8,Ski\r\n", "3 7: 390=Oslo | 6 8: 390=Ski")]
#[case::keys("crm__customer_id,crm__custom_info__390\n7,a\n", "2 7: 390=a")]
#[case::one_label_of_several("id,Address (64),Address (221)\n7,a,b\n", "2 7: 64=a, 221=b")]
#[case::called_like_a_standard_field("id,name,Name (5)\n7,a,b\n", "2 7: name=a, 5=b")]
#[case::a_heading_that_was_protected("id,'=1+1\n7,a\n", "2 7: 8=a")]
#[case::an_id_that_was_protected("id,City\n'007,a\n", "2 007: 390=a")]
#[case::a_field_that_has_no_label("id,389\n7,a\n", "2 7: 389=a")]
#[case::an_empty_column("id,City,\n7,a,\n", "2 7: 390=a")]
fn a_file_is_read_as_it_was_written(#[case] text: &str, #[case] rows: &str) {
    assert_eq!(told(text, Reading::default()), rows);
}

#[test]
fn a_quote_within_a_heading_hides_no_divider() {
    let labels = r#"{"1": "Size 3\"", "2": "Size 4, inner"}"#;
    let sheet = Sheet::read(
        "ID;Size 3\";\"Size 4, inner\"\n7;a;b\n",
        &FieldMap::read(labels).unwrap().0,
        Reading::default(),
    );
    assert_eq!(sheet.ok().map(|sheet| sheet.keys.len()), Some(2));
}

#[test]
fn an_empty_cell_says_nothing_unless_it_empties() {
    let text = "id,City,Name\n7,,a\n";
    assert_eq!(told(text, Reading::default()), "2 7: name=a");
    let reading = Reading { clear_empty: true, ..Reading::default() };
    assert_eq!(told(text, reading), "2 7: 390=, name=a");
}

#[rstest]
#[case::nothing("", "line 1: the file is empty")]
#[case::headings_alone("id,City\n", "line 1: there is no row below the headings")]
#[case::no_id("Name,City\nx,y\n", "line 1: no column is called ID")]
#[case::ids_alone("id\n7\n", "line 1: there is no column of a field beside the ids")]
#[case::unknown(
    "id,Citty\n7,x\n",
    "line 1: no field is called Citty, but one is called City; cubedex fields lists them"
)]
#[case::several(
    "id,Address\n7,x\n",
    "line 1: several fields are called Address; say which by its number: 64, 221; cubedex fields lists them"
)]
#[case::a_column_twice("id,City,390\n7,x,y\n", "line 1: two columns are called 390")]
#[case::no_heading("id,City,\n7,x,y\n", "line 2: column 3 has a value and no heading")]
#[case::short("id,City,Name\n7,x\n", "line 2: the row has 2 cells, and there are 3 headings")]
#[case::long("id,City\n7,x,y\n", "line 2: the row has 3 cells, and there are 2 headings")]
#[case::no_number("id,City\n7,x\nabc,y\n", "line 3: abc is no id: ")]
#[case::no_whole_number("id;City\n9,12E+09;x\n", "line 2: 9,12E+09 is no id: ")]
#[case::empty_id("id,City\n,x\n", "line 2: an empty cell is no id: ")]
#[case::twice("id,City\n7,x\n8,x\n7,y\n", "line 4: the id 7 is on line 2 already")]
#[case::open_quote("id,City\n7,\"x\n8,y\n", "line 2: a quote begins here and does not end")]
fn what_is_wrong_is_told_with_its_line(#[case] text: &str, #[case] said: &str) {
    let mistakes = read(text, Reading::default()).map(|_| ()).unwrap_err();
    assert!(mistakes.len() == 1 && mistakes[0].starts_with(said), "{mistakes:?}");
}

#[test]
fn all_mistakes_are_told_and_many_of_them_counted() {
    let mistakes = read("id,Citty\n7\nx,y\n", Reading::default()).map(|_| ()).unwrap_err();
    assert_eq!(mistakes.len(), 3, "{mistakes:?}");
    let many = format!("id,City\n{}", "x,y\n".repeat(25));
    let mistakes = read(&many, Reading::default()).map(|_| ()).unwrap_err();
    assert_eq!(mistakes.last().map(String::as_str), Some("and 5 more mistakes"));
}
