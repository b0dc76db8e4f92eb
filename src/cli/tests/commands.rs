//! The command lines of the commands without a screen.

use super::*;

/// Format, file, force, columns, headers and plain of an export.
type Typed = (Option<Written>, Option<&'static str>, bool, Option<&'static str>, Option<Headers>, bool);

#[rstest]
#[case::nothing("cubedex export", (None, None, false, None, None, false))]
#[case::file("cubedex export -o a.xlsx --force", (None, Some("a.xlsx"), true, None, None, false))]
#[case::json_lines("cubedex export --format JSONL", (Some(Written::Jsonl), None, false, None, None, false))]
#[case::another_name("cubedex export --format ndjson", (Some(Written::Jsonl), None, false, None, None, false))]
#[case::excel("cubedex export --format excel", (Some(Written::Xlsx), None, false, None, None, false))]
#[case::columns(
    "cubedex export --columns id,City --headers keys --plain",
    (None, None, false, Some("id,City"), Some(Headers::Keys), true)
)]
fn an_export_is_read_as_typed(#[case] line: &str, #[case] expected: Typed) {
    let Some(Command::Export(export)) = right(line).command else {
        panic!("not export");
    };
    let output = export.output.as_deref().and_then(std::path::Path::to_str);
    let columns = export.columns.as_deref();
    assert_eq!((export.format, output, export.force, columns, export.headers, export.plain), expected);
}

#[rstest]
#[case::words("cubedex find kari oslo", &["kari", "oslo"], None, None)]
#[case::number_with_a_dash("cubedex find --phone -47", &[], Some("-47"), None)]
#[case::limit("cubedex find kari --limit 10", &["kari"], None, Some(10))]
#[case::left_out("cubedex find kari -- -nord", &["kari", "-nord"], None, None)]
fn whom_to_find_is_read_as_typed(
    #[case] line: &str,
    #[case] text: &[&str],
    #[case] phone: Option<&str>,
    #[case] limit: Option<u32>,
) {
    let Some(Command::Find(find)) = right(line).command else {
        panic!("not find");
    };
    assert_eq!(find.text, text);
    assert_eq!((find.phone.as_deref(), find.limit), (phone, limit));
}

#[rstest]
#[case::own("cubedex get 7 --assignment 9", None)]
#[case::in_capitals("cubedex get 7 --format TABLE", Some(Shown::Table))]
fn a_record_is_shown_as_typed(#[case] line: &str, #[case] form: Option<Shown>) {
    let Some(Command::Get(get)) = right(line).command else {
        panic!("not get");
    };
    assert_eq!(get.ids, ["7"]);
    assert_eq!(get.format, form);
}

#[rstest]
#[case::no_id("cubedex get", "something is missing; cubedex get --help says what")]
#[case::no_form(
    "cubedex find x --format CANARY",
    "--format takes one of the formats that --help lists, for example: --format csv"
)]
#[case::no_heads(
    "cubedex export --headers CANARY",
    "--headers takes labels or keys, for example: --headers labels"
)]
#[case::behind_an_option(
    "cubedex --demo export",
    "export comes first and its options after it; cubedex export --help lists them"
)]
#[case::secret(
    "cubedex export --token CANARY",
    "--token does not exist, because others can read what is typed here; set CUBEDEX_TOKEN instead, for example: read -rs CUBEDEX_TOKEN && export CUBEDEX_TOKEN"
)]
fn a_wrong_command_is_told_in_one_line(#[case] line: &str, #[case] said: &str) {
    assert_eq!(wrong(line.split(' ').map(OsString::from)), said);
}
