//! Records, fields and labels of any shape: what can be kept is shown as it was sent, what can't is counted, and of a
//! body that is no JSON nothing is repeated but the place.

use super::play::{Play, answer, detail, json, page, record};
use super::server::Server;
use crate::harness::Screen;
use cubedex::app::Labels;
use rstest::rstest;

async fn screen(server: &Server) -> Screen {
    Screen::start(server.cube(), (120, 40), None).settle().await
}

/// A list of this one record.
fn list_of(record: &str) -> Play {
    json(page("1", "null", &[record.to_owned()]))
}

#[rstest]
#[case::null("null")]
#[case::number("12")]
#[case::text("\"CANARY\"")]
#[case::list("[{}]")]
#[case::boolean("true")]
#[case::without_an_id(r#"{"crm__standard_info__name":"CANARY"}"#)]
#[tokio::test]
async fn one_bad_record_among_five_hundred_is_counted_and_the_others_are_shown(#[case] bad: &str) {
    let server = Server::open().await;
    let mut records: Vec<String> =
        (0..500).map(|id| record(&format!("\"{id}\""), &format!("Kunde {id}"))).collect();
    records[7] = bad.to_owned();
    server.always("page 1", json(page("500", "null", &records)));
    let screen = screen(&server).await.press("down").shows("1 record could not be read").hides("CANARY");
    let screen = screen.press("end").shows("row 499").shows("Kunde 499");
    screen.press("/").type_text("kunde 499").settle().await.hides("of all");
    assert_eq!(server.asked(), ["page 1"]);
}

#[rstest]
#[case::text(r#""0235""#, "0235")]
#[case::integer("233", "233")]
#[case::fraction("233.0", "233.0")]
#[case::fraction_as_text(r#""233.0""#, "233.0")]
#[case::boolean("true", "true")]
#[case::list("[1,2.0]", "[1,2.0]")]
#[case::object(r#"{"a":{"b":1}}"#, r#"{"a":{"b":1}}"#)]
#[case::beyond_floats("1e400", "1e400")]
#[case::minus_zero("-0", "-0")]
#[case::twenty_digits("12345678901234567890123", "12345678901234567890123")]
#[tokio::test]
async fn a_value_of_any_kind_is_shown_as_it_was_sent(#[case] value: &str, #[case] shown: &str) {
    let server = Server::open().await;
    let record = format!(r#"{{"crm__customer_id":"1","crm__custom_info__17":{value}}}"#);
    server.always("page 1", list_of(&record));
    screen(&server).await.press("enter").shows("Class").shows(shown);
}

#[rstest]
#[case::null("null")]
#[case::empty("\"\"")]
#[tokio::test]
async fn a_value_that_is_none_is_a_dash_among_all_fields(#[case] value: &str) {
    let server = Server::open().await;
    let record = format!(r#"{{"crm__customer_id":"1","crm__custom_info__17":{value}}}"#);
    server.always("page 1", list_of(&record));
    screen(&server).await.press("enter").shows("1 empty").press("a").shows("Class").shows("–");
}

#[rstest]
#[case::leading_zeros("\"007\"", "007", true)]
#[case::number("9120011999", "9120011999", true)]
#[case::blanks("\" 12 \"", " 12 ", false)]
#[case::path("\"../../x\"", "../../x", false)]
#[case::query("\"12?x=1#y\"", "12?x=1#y", false)]
#[case::arabic_digits("\"٣٤\"", "٣٤", false)]
#[case::empty("\"\"", "Kari", false)]
#[case::long(&format!("\"{}\"", "9".repeat(100_000)), "9999999", false)]
#[tokio::test]
async fn an_id_is_shown_as_text_and_only_plain_digits_are_ever_asked_for(
    #[case] id: &str,
    #[case] shown: &str,
    #[case] is_asked_for: bool,
) {
    let server = Server::open().await;
    server.always("page 1", list_of(&record(id, "Kari")));
    let screen = screen(&server).await.shows(shown).press("enter").press("f5").settle().await;
    assert_eq!(server.seen().len(), if is_asked_for { 2 } else { 1 });
    if is_asked_for {
        assert_eq!(server.seen()[1].path, format!("/api/v1/assignments/9/customers/{shown}"));
    } else {
        screen.shows("This record has no numeric ID, so it cannot be refreshed on its own");
    }
}

#[tokio::test]
async fn of_a_key_that_comes_twice_the_last_value_counts_and_unknown_keys_are_kept() {
    let server = Server::open().await;
    let twice = r#"{"crm__customer_id":"1","crm__standard_info__name":"Before","crm__standard_info__name":"After",
        "callflow__state":"open","crm__custom_info__9999":"x"}"#;
    server.always("page 1", list_of(twice));
    let screen = screen(&server).await.shows("After").hides("Before").press("enter");
    screen.shows("callflow__state").shows("open").shows("9999");
}

#[tokio::test]
async fn nesting_without_end_is_shown_cut_and_nobody_else_is_lost() {
    let server = Server::open().await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let record_of = |id: &str| format!(r#"{{"crm__customer_id":"{id}","crm__custom_info__17":{deep}}}"#);
    server.always("page 1", json(page("2", "null", &[record_of("1"), record("\"2\"", "Kari")])));
    let screen = screen(&server).await.shows("2 customers (").shows("Kari");
    screen.press("enter").shows("[[[[").press("z").shows("[[[[").press("esc").shows("Kari");
}

#[rstest]
#[case::lists("[".repeat(100_000))]
#[case::objects("{\"a\":".repeat(100_000))]
#[tokio::test]
async fn nesting_that_is_never_closed_is_an_incomplete_answer(#[case] body: String) {
    let server = Server::open().await;
    server.always("page 1", json(body));
    screen(&server).await.says("incomplete answer");
}

#[rstest]
#[case::lone_surrogate(
    br#"{"results":[{"crm__customer_id":"1","crm__standard_info__name":"H\ud800rklipperi"}]}"#,
    "H\u{fffd}rklipperi"
)]
#[case::bad_byte(
    b"{\"results\":[{\"crm__customer_id\":\"1\",\"crm__standard_info__name\":\"H\xffrklipperi\"}]}",
    "H\u{fffd}rklipperi"
)]
#[case::byte_order_mark("\u{feff}{\"results\":[{\"crm__customer_id\":\"1\",\"crm__standard_info__name\":\"Kari\"}]}".as_bytes(), "Kari")]
#[case::trailing_blanks(
    b"{\"results\":[{\"crm__customer_id\":\"1\",\"crm__standard_info__name\":\"Kari\"}]} \r\n\t\n",
    "Kari"
)]
#[tokio::test]
async fn a_bad_byte_costs_its_own_place_alone(#[case] body: &[u8], #[case] name: &str) {
    let server = Server::open().await;
    server.always("page 1", json(body));
    screen(&server).await.shows("1 customer (").shows(name);
}

/// The samples of Cube's own documents that are no JSON, then what else comes instead of it.
#[rstest]
#[case::comma_too_few(r#"{"count": 1, "results": [{"crm__customer_id": "1" "name": "CANARY"}]}"#, 2)]
#[case::dots(r#"{"count": 1, "results": [{"crm__customer_id": "CANARY"}, ........ ]}"#, 2)]
#[case::stray_brace(r#"{"count": 1, "results": [{"crm__customer_id": "CANARY"}]}}"#, 2)]
#[case::stray_brace_inside(r#"{"count": 1, "results": [{"crm__customer_id": "CANARY"}}]}"#, 2)]
#[case::control_in_a_text("{\"results\":[{\"crm__customer_id\": \"CANARY\n", 2)]
#[case::trailing_comma(r#"{"results":[{"crm__customer_id": "CANARY"},]}"#, 2)]
#[case::callback(r#"cb({"results":["CANARY"]})"#, 2)]
#[case::guard(")]}',\n{\"results\":[\"CANARY\"]}", 2)]
#[case::sixteen_bits("\u{0}{\u{0}}CANARY", 2)]
#[case::not_a_number(r#"{"count": NaN, "results": ["CANARY"]}"#, 1)]
#[case::infinity(r#"{"count": -Infinity, "results": ["CANARY"]}"#, 1)]
#[case::two_documents("{\"results\":[\"CANARY\"]}\n{\"results\":[]}", 1)]
#[case::trailing_words("{\"results\":[\"CANARY\"]} CANARY", 1)]
#[case::trailing_nul("{\"results\":[\"CANARY\"]}\0", 1)]
#[tokio::test]
async fn a_body_that_is_no_json_is_said_with_its_place_and_nothing_of_it(
    #[case] body: &str,
    #[case] tries: usize,
) {
    let server = Server::open().await;
    server.always("page 1", json(body));
    let screen = screen(&server).await.says("unreadable answer (line ").hides("CANARY");
    assert_eq!(server.asked(), vec!["page 1"; tries]);
    server.repair();
    screen.press("f5").settle().await.shows("1,000 of ");
}

#[tokio::test]
async fn a_text_that_is_never_closed_is_an_incomplete_answer() {
    let server = Server::open().await;
    server.always("page 1", json(r#"{"results":[{"crm__customer_id": "CANARY, "name": "x"}]}"#));
    screen(&server).await.says("reading page 1: ").hides("CANARY");
}

#[rstest]
#[case::nothing("{}")]
#[case::null("null")]
#[case::text("\"CANARY\"")]
#[case::null_results(r#"{"results":null}"#)]
#[case::results_that_are_one(r#"{"results":{"a":"CANARY"}}"#)]
#[tokio::test]
async fn json_of_another_shape_is_no_list_of_customers(#[case] body: &str) {
    let server = Server::open().await;
    server.always("page 1", json(body));
    screen(&server).await.says("Cube sent something other than a list of customers").hides("CANARY");
    assert_eq!(server.asked(), ["page 1"]);
}

/// As many bytes as one whole frame can bring to a terminal, colours and movements left out.
fn bytes_of_frame(screen: &Screen) -> usize {
    screen.cells().content.iter().map(|cell| cell.symbol().len()).sum()
}

#[rstest]
#[case::letters("x".repeat(10 << 20))]
#[case::wide_letters("漢".repeat(3 << 20))]
#[case::marks_upon_one_letter(format!("e{}", "\u{301}".repeat(1_000_000)))]
#[case::joiners("👨\u{200d}".repeat(100_000))]
#[tokio::test]
async fn a_name_of_megabytes_is_a_row_that_is_cut(#[case] name: String) {
    let server = Server::open().await;
    server.always("page 1", json(page("2", "null", &[record("\"1\"", &name), record("\"2\"", "Kari")])));
    let screen = screen(&server).await.shows("2 customers (").shows("Kari");
    assert!(bytes_of_frame(&screen) < 256_000);
    let screen = screen.press("enter");
    assert!(bytes_of_frame(&screen) < 256_000);
}

#[tokio::test]
async fn a_record_of_five_hundred_large_fields_is_shown_and_left() {
    let server = Server::open().await;
    let fields: Vec<String> =
        (0..500).map(|n| format!(r#""crm__custom_info__{n}":"{}""#, "x".repeat(100_000))).collect();
    server.always("page 1", list_of(&format!(r#"{{"crm__customer_id":"1",{}}}"#, fields.join(","))));
    let screen = screen(&server).await.press("enter").press("end");
    assert!(bytes_of_frame(&screen) < 256_000);
    screen.press("esc").shows("1 customer (");
}

fn asking_for_labels(server: &Server) -> Screen {
    Screen::labelled(server.cube(), (120, 40), None, Labels::default())
}

#[rstest]
#[case::forbidden(detail("403 Forbidden", "", "Nei."), "not allowed to read the labels (403)")]
#[case::not_there(detail("404 Not Found", "", "Not found."), "no labels for assignment 9 (404)")]
#[case::broken(detail("500 Internal Server Error", "", "x"), "Cube has a problem (500)")]
#[case::no_json(json("[{\"id\": 17 \"key\": \"CANARY\"}]"), "unreadable answer")]
#[case::web_page(answer("200 OK", "Content-Type: text/html\r\n", "<html>"), "a web page instead of data")]
#[tokio::test]
async fn without_labels_fields_stand_under_their_ids_and_r_asks_again(#[case] play: Play, #[case] why: &str) {
    let server = Server::of(3, 500).await;
    server.always("labels", play);
    let screen = asking_for_labels(&server).settle().await.says(why).hides("CANARY");
    let screen = screen.resize(99, 40).press("enter").shows("Field 17");
    server.repair();
    screen.press("f5").settle().await.shows("Class").hides("Field 17");
}

#[tokio::test]
async fn labels_that_are_double_empty_hostile_or_five_thousand_are_each_told_apart() {
    let server = Server::of(3, 500).await;
    let entry = |id: u32, key: &str| serde_json::json!({ "id": id, "key": key, "type": "text", "lookup__id": format!("crm__custom_info__{id}") });
    let mut labels =
        vec![entry(17, "Class"), entry(390, "Class"), entry(388, ""), entry(389, "Po\u{1b}[2Jst\u{202e}")];
    labels.extend((10_000..15_000).map(|id| entry(id, "Many")));
    server.always("labels", json(serde_json::to_string(&labels).unwrap()));
    let record = r#"{"crm__customer_id":"1","crm__custom_info__17":"A","crm__custom_info__390":"ASKIM",
        "crm__custom_info__388":"x","crm__custom_info__389":"1832"}"#;
    server.always("page 1", list_of(record));
    let screen = asking_for_labels(&server).settle().await.press("enter");
    let screen = screen.shows("Class (17)").shows("Class (390)").shows("388").shows("1832");
    screen.hides("\u{1b}").hides("\u{202e}");
}

#[tokio::test]
async fn a_value_that_is_no_number_is_shown_as_sent_and_nobody_is_lost() {
    let server = Server::open().await;
    let bad = r#"{"crm__customer_id":"2","crm__standard_info__name":"Nan","crm__custom_info__20": NaN }"#;
    let records = [record("\"1\"", "Kari"), bad.to_owned(), record("\"3\"", "Ola")];
    server.always("page 1", json(page("3", "null", &records)));
    let screen =
        screen(&server).await.shows("3 customers (").shows("Kari").shows("Ola").hides("could not be read");
    screen.press("down").press("enter").shows("NaN");
}

#[tokio::test]
async fn a_record_that_is_no_json_is_lost_alone_and_counted() {
    let server = Server::open().await;
    let bad = r#"{"crm__customer_id":"2","a":'CANARY'}"#.to_owned();
    let records = [record("\"1\"", "Kari"), bad, record("\"3\"", "Ola")];
    server.always("page 1", json(page("3", "null", &records)));
    let screen = screen(&server).await.shows("1 record could not be read").shows("Kari").shows("Ola");
    screen.hides("CANARY");
    assert_eq!(server.asked(), ["page 1"]);
}

#[tokio::test]
async fn letters_that_are_not_utf8_are_said() {
    let server = Server::open().await;
    let record = |id: u32, name: &[u8]| {
        [format!(r#"{{"crm__customer_id":"{id}","crm__standard_info__name":""#).as_bytes(), name, b"\"}"]
            .concat()
    };
    let records = [record(1, b"Kari"), record(2, b"H\xe5rklipp"), record(3, b"\xd8st")].join(&b","[..]);
    let body = [br#"{"count":3,"next":null,"results":["#, &*records, b"]}"].concat();
    server.always("page 1", json(body));
    let said = "2 values not in UTF-8 (first: customer 2): \u{fffd} stands for what could not be read";
    screen(&server).await.shows("H\u{fffd}rklipp").shows(said);
}

#[rstest]
#[case::utf_16(answer("200 OK", "", b"\xff\xfe{\0}\0"), "the answer is written in UTF-16 instead of UTF-8")]
#[case::brotli(answer("200 OK", "Content-Encoding: br\r\n", b"\x0b\x02"), "the answer is packed (br)")]
#[tokio::test]
async fn an_answer_that_is_packed_or_written_otherwise_is_named(#[case] play: Play, #[case] words: &str) {
    let server = Server::open().await;
    server.always("page 1", play);
    screen(&server).await.says(words);
    assert_eq!(server.asked(), ["page 1"]);
}
