//! Odd bodies: what is kept of them, what is left out, and what is refused.

use rstest::rstest;

use super::server::{Server, answer, json};
use super::*;

async fn page_of(body: impl AsRef<[u8]>) -> Result<Page, Error> {
    let server = Server::answering(json(body)).await;
    cube(&server).page(1).await
}

async fn record_of(body: impl AsRef<[u8]>) -> Record<'static> {
    let page = page_of(body).await.unwrap();
    page.records().next().unwrap().1.into_owned()
}

fn at(line: usize, column: usize) -> Kind {
    Kind::Unreadable(Some(BodyPosition { line, column }))
}

fn written_so(line: usize, column: usize) -> Kind {
    Kind::NotJson(BodyPosition { line, column })
}

#[tokio::test]
async fn a_bad_record_is_left_out_and_named_by_its_place_and_the_rest_kept() {
    let page =
        page_of(r#"{"count":-1,"next":5,"results":[{"crm__customer_id":"","a":1},null,"CANARY",{"crm__customer\u005fid":3},[2],7,true,{"a":"CANARY"}]}"#).await.unwrap();
    assert_eq!((page.entries, page.count, page.has_next), (8, None, true));
    assert_eq!(page.records().map(|(index, _)| index).collect::<Vec<_>>(), [0, 3]);
    let left_out: Vec<_> = page.left_out.iter().map(ToString::to_string).collect();
    assert_eq!(left_out[0], "entry 1 of results is null, not a record");
    assert_eq!(left_out[1], "entry 2 of results is a text, not a record");
    assert_eq!(page.left_out.iter().map(|left| left.index).collect::<Vec<_>>(), [1, 2, 4, 5, 6, 7]);
    assert_eq!(left_out[5], "entry 7 of results is an object without an id, not a record");
    assert!(!format!("{page:?}{left_out:?}").contains("CANARY"));
}

#[rstest]
#[case::number("701", Some(701))]
#[case::zero("0", Some(0))]
#[case::negative("-1", None)]
#[case::huge("1e30", None)]
#[case::too_large("18446744073709551616", None)]
#[case::text(r#""12""#, None)]
#[case::null("null", None)]
#[tokio::test]
async fn count_is_a_number_or_nothing(#[case] count: &str, #[case] expected: Option<u64>) {
    let page = page_of(format!(r#"{{"count":{count},"results":[]}}"#)).await.unwrap();
    assert_eq!(page.count, expected);
}

#[tokio::test]
async fn a_bare_list_is_the_only_page() {
    let page = page_of("\u{feff} [{\"crm__customer_id\":1},{\"crm__customer_id\":2}] \n").await.unwrap();
    assert_eq!((page.entries, page.count, page.has_next), (2, None, false));
    assert_eq!(page.records().nth(1).unwrap().1.as_json(), r#"{"crm__customer_id":2}"#);
}

#[rstest]
#[case::object("{}")]
#[case::null("null")]
#[case::text(r#""text""#)]
#[case::null_results(r#"{"results":null}"#)]
#[case::object_results(r#"{"results":{}}"#)]
#[case::results_taken_back(r#"{"results":[{}],"results":7}"#)]
#[tokio::test]
async fn json_of_another_shape_is_no_page(#[case] body: &str) {
    assert_eq!(*page_of(body).await.unwrap_err().kind(), Kind::WrongShape);
}

#[tokio::test]
async fn a_success_that_is_none_tells_what_cube_says() {
    let error = page_of(r#"{"detail":"Kunden er\u001b[31m stengt"}"#).await.unwrap_err();
    assert_eq!(*error.kind(), Kind::WrongShape);
    assert!(!error.to_string().contains("stengt"), "our own words only");
    assert!(error.to_message().contains("stengt"));
    assert!(!error.to_message().contains('\u{1b}'));
}

#[rstest]
#[case::missing_comma("{\"a\": 1 \"CANARY\": 2}", at(1, 9))]
#[case::trailing_comma("{\"results\":[{},]}", at(1, 16))]
#[case::stray_brace("{\"results\":[]}}", at(1, 15))]
#[case::two_documents("{\"results\":[]}\n{\"results\":[]}", written_so(2, 1))]
#[case::nul("{\"results\":[]}\0", written_so(1, 15))]
#[case::jsonp("cb({\"results\":[]})", at(1, 1))]
#[case::guard(")]}',\n{\"results\":[]}", at(1, 1))]
#[case::not_a_number("{\"count\":NaN,\"results\":[]}", written_so(1, 10))]
#[case::infinity("{\"results\":[Infinity]}", written_so(1, 13))]
#[case::below_infinity("{\"results\":[-Infinity]}", written_so(1, 14))]
#[case::trailing_words("{\"results\":[]} and more", written_so(1, 16))]
#[case::sixteen_bits("\u{0}{\u{0}}", Kind::Encoding("UTF-16"))]
#[tokio::test]
async fn broken_json_is_refused_with_its_place_and_no_content(#[case] body: &str, #[case] kind: Kind) {
    let error = page_of(body).await.unwrap_err();
    assert_eq!(*error.kind(), kind);
    assert!(!format!("{error} {error:?} {}", error.to_message()).contains("CANARY"));
}

#[rstest]
#[case::login("<!DOCTYPE html><title>Login</title>", "text/html; charset=utf-8")]
#[case::unmarked("  <html></html>", "application/json")]
#[case::xml("<?xml version=\"1.0\"?><x/>", "text/xml")]
#[case::words("Please log in", "text/html")]
#[tokio::test]
async fn a_web_page_is_told_as_one(#[case] body: &str, #[case] kind: &str) {
    let bytes = answer("200 OK", &format!("Content-Type: {kind}\r\n"), body);
    let server = Server::answering(bytes).await;
    assert_eq!(*cube(&server).page(1).await.unwrap_err().kind(), Kind::WebPage);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn json_under_another_content_type_is_accepted() {
    let server =
        Server::answering(answer("200 OK", "Content-Type: text/plain\r\n", "{\"results\":[]}")).await;
    assert!(cube(&server).page(1).await.is_ok());
}

#[test]
fn a_page_cut_at_any_byte_is_never_a_short_page() {
    let whole = r#"{"count":2,"next":null,"results":[{"crm__customer_id":"1","a":"\u00e5ø"},{"b":[1,{}]}]}"#;
    for end in 0..whole.len() {
        let body = Body::decode(whole.as_bytes()[..end].to_vec(), "", 1 << 20).unwrap();
        let fault = body.into_page(1, &CUSTOMERS, Moment::now(), None).unwrap_err();
        assert!(matches!(fault.kind, Kind::Cut(_) | Kind::Empty), "{end}: {:?}", fault.kind);
    }
}

#[rstest]
#[case::nan("NaN")]
#[case::infinity("Infinity")]
#[case::below_infinity("-Infinity")]
#[case::inside_a_list("[1, NaN]")]
#[case::inside_an_object(r#"{"a":-Infinity}"#)]
#[tokio::test]
async fn a_word_that_is_no_number_costs_nothing(#[case] value: &str) {
    let records = format!(
        r#"{{"crm__customer_id":"1","a":"NaN"}},{{"a":{value},"crm__customer_id":"2", "b":{value} }},{{"crm__customer_id":"3"}}"#
    );
    let page = page_of(format!(r#"{{"count":3,"next":null,"results":[{records}]}}"#)).await.unwrap();
    assert_eq!((page.len(), page.left_out.len(), page.count), (3, 0, Some(3)));
    let record = page.record(1);
    assert!(record.as_json().contains(value) && !record.as_strict_json().contains('N'));
    assert_eq!(record.fields()[0].json.as_raw(), value);
    assert_eq!(record.fields()[2].value.clone().into_text().as_raw(), value);
    let odd = &page.odd.not_numbers;
    assert_eq!((odd.count, odd.whose().unwrap().as_str()), (2, "customer 2"));
    let alone = Server::answering(json(record.as_json())).await;
    let customer = cube(&alone).customer(&id("2")).await.unwrap();
    assert_eq!((customer.record.as_json(), customer.odd.not_numbers.count), (record.as_json(), 2));
}

#[tokio::test]
async fn a_record_that_is_no_json_is_left_out_alone() {
    let records =
        r#"{"crm__customer_id":"1"},{"crm__customer_id":"2","a":CANARY},{"crm__customer_id":"3","a":NaN}"#;
    let page = page_of(format!(r#"{{"count":3,"next":"x","results":[{records}]}}"#)).await.unwrap();
    assert_eq!((page.entries, page.count, page.has_next), (3, Some(3), true));
    assert_eq!(page.records().map(|(index, _)| index).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(page.left_out[0].to_string(), "entry 1 of results is broken JSON, not a record");
    assert_eq!(page.odd.not_numbers.count, 1);
}

#[tokio::test]
async fn values_that_are_not_utf8_are_counted_with_the_first_id() {
    let body = b"{\"results\":[{\"crm__customer_id\":\"1\",\"a\":\"\xef\xbf\xbd\"},\
        {\"crm__customer_id\":\"2\",\"a\":\"H\xe5r\xf8y\",\"b\":\"x\",\"c\":[\"\xe6\"]},\
        {\"crm__customer_id\":\"3\",\"a\":\"\xff\"}]}";
    let page = page_of(body).await.unwrap();
    assert_eq!(page.record(1).fields()[1].value.clone().into_text().as_raw(), "H\u{fffd}r\u{fffd}y");
    let odd = &page.odd.not_utf8;
    assert_eq!((odd.count, odd.whose().unwrap().as_str()), (3, "customer 2"));
    assert_eq!(page.odd.not_numbers.count, 0);
}

#[tokio::test]
async fn an_encoding_that_the_answer_names_is_read() {
    let body = b"{\"results\":[{\"crm__customer_id\":\"1\",\"a\":\"\xe5\xf8\xe6\"}]}";
    let typed = "Content-Type: application/json; charset=ISO-8859-1\r\n";
    let server = Server::answering(answer("200 OK", typed, body)).await;
    let page = cube(&server).page(1).await.unwrap();
    assert_eq!(page.record(0).fields()[1].value.clone().into_text().as_raw(), "åøæ");
    assert_eq!(page.odd.not_utf8.count, 0);
}

#[rstest]
#[case::brotli("br", "br")]
#[case::zstandard("ZSTD", "zstd")]
#[case::deflate("deflate", "deflate")]
#[case::several("gzip, br", "br")]
#[case::unknown("CANARY", "a way of its own")]
#[tokio::test]
async fn an_answer_that_is_packed_otherwise_is_named(#[case] encoding: &str, #[case] name: &'static str) {
    let headers = format!("Content-Encoding: {encoding}\r\nContent-Type: application/json\r\n");
    let server = Server::answering(answer("200 OK", &headers, "\u{b}\u{2}{}")).await;
    let error = cube(&server).page(1).await.unwrap_err();
    assert_eq!((error.kind().clone(), server.seen().len()), (Kind::Packed(name), 1));
    assert!(error.to_string().contains(name) && !error.to_message().contains("CANARY"));
}

#[tokio::test]
async fn an_answer_that_is_packed_as_itself_is_read() {
    let server =
        Server::answering(answer("200 OK", "Content-Encoding: identity\r\n", "{\"results\":[]}")).await;
    assert!(cube(&server).page(1).await.is_ok());
}

#[tokio::test]
async fn a_bad_byte_costs_its_own_place_only() {
    let record =
        record_of(b"{\"results\":[{\"crm__customer_id\":\"1\",\"crm__standard_info__name\":\"H\xffrklipperi\",\"a\":233.0}]}").await;
    assert_eq!(record.standard().name.as_raw(), "H\u{fffd}rklipperi");
    assert!(matches!(record.fields()[2].value, Value::Number("233.0")));
}

#[test]
fn replacements_do_not_grow_a_body_beyond_its_limit() {
    let fault = Body::decode(vec![0xff; 100], "", 200).err().unwrap();
    assert_eq!(fault.kind, Kind::TooLarge(200));
}

#[tokio::test]
async fn a_lone_surrogate_is_mended_in_its_own_field() {
    let body = r#"{"results":[{"crm__standard_info__name":"a\ud800b","\udc00":"å","crm__customer_id":""},{"crm__customer_id":""}]}"#;
    let page = page_of(body).await.unwrap();
    let records: Vec<_> = page.records().collect();
    assert_eq!(records.len(), 2);
    assert_eq!(records[0].1.standard().name.as_raw(), "a\u{fffd}b");
    assert_eq!(records[0].1.fields()[1].key.as_raw(), "\u{fffd}");
}

#[tokio::test]
async fn nesting_of_any_depth_is_kept_as_text() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let record = record_of(format!("{{\"results\":[{{\"deep\":{deep},\"crm__customer_id\":\"7\"}}]}}")).await;
    assert_eq!(record.standard().id.as_raw(), "7");
    assert!(matches!(record.fields()[0].value, Value::List(text) if text == deep));
    for opened in ["[", "{\"a\":"] {
        assert!(matches!(page_of(opened.repeat(100_000)).await.unwrap_err().kind(), Kind::Cut(_)));
    }
}

#[rstest]
#[case::integer("233")]
#[case::fraction("233.0")]
#[case::minus_zero("-0")]
#[case::beyond_floats("1e400")]
#[case::beyond_integers("12345678901234567890123")]
#[case::exponent("1E+05")]
#[tokio::test]
async fn a_number_keeps_its_spelling(#[case] number: &str) {
    let record = record_of(format!(r#"{{"results":[{{"crm__customer_id": {number} }}]}}"#)).await;
    assert!(matches!(record.fields()[0].value, Value::Number(spelled) if spelled == number));
    assert_eq!(record.standard().id.as_raw(), number);
}

#[tokio::test]
async fn of_a_key_that_comes_twice_the_last_value_counts() {
    let body = r#"{"results":[{"crm__customer_id":"1","z":1,"a":2,"z":"3","crm__customer_id":null}]}"#;
    let record = record_of(body).await;
    assert_eq!(record.standard().id.as_raw(), "");
    let fields = record.fields();
    let keys: Vec<_> = fields.iter().map(|field| field.key.as_raw()).collect();
    assert_eq!(keys, ["crm__customer_id", "z", "a"]);
    assert!(matches!(&fields[1].value, Value::Text(text) if text.as_raw() == "3"));
}

#[rstest]
#[case::null("null", "")]
#[case::empty(r#""""#, "")]
#[case::blanks(r#"" 12 ""#, " 12 ")]
#[case::zeros(r#""007""#, "007")]
#[case::number("9120011999", "9120011999")]
#[case::path(r#""../../x""#, "../../x")]
#[case::bool("true", "true")]
#[case::list("[1, 2]", "[1, 2]")]
#[case::object(r#"{"a": "b"}"#, r#"{"a": "b"}"#)]
#[tokio::test]
async fn an_id_of_any_kind_is_kept_as_text(#[case] sent: &str, #[case] text: &str) {
    let record = record_of(format!(r#"{{"results":[{{"crm__customer_id":{sent}}}]}}"#)).await;
    assert_eq!(record.standard().id.as_raw(), text);
}

#[test]
fn too_many_entries_are_refused_before_they_fill_the_memory() {
    let body = format!("[{}1]", "1,".repeat(1_000_000));
    let kind = Page::from_json(1, body, Moment::now()).unwrap_err();
    assert_eq!(kind, Kind::TooMany(1_000_000));
}

#[rstest]
#[case::no_id("{}", Kind::WrongShape)]
#[case::words(r#"{"detail":"Not found."}"#, Kind::WrongShape)]
#[case::list(r#"[{"crm__customer_id":"7"}]"#, Kind::WrongShape)]
#[case::broken(r#"{"crm__customer_id":"7",}"#, at(1, 25))]
#[tokio::test]
async fn what_is_no_customer_is_refused(#[case] body: &str, #[case] kind: Kind) {
    let server = Server::answering(json(body)).await;
    assert_eq!(*cube(&server).customer(&id("7")).await.unwrap_err().kind(), kind);
}
