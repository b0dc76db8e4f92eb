//! `cubedex find`: the browser's search over all customers, and how it tells its scope.

use super::{Shell, ids};
use cubedex::demo::{self, Fault, Target};
use rstest::rstest;

fn customer(number: u64) -> (String, String) {
    let record: serde_json::Value = serde_json::from_str(&demo::Town::new(12_340).record(number)).unwrap();
    let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
    (text("crm__customer_id"), text("crm__standard_info__phone_1"))
}

#[rstest]
#[case::folded("find harklip", "9120011888")]
#[case::phone_in_another_spelling("find --phone 0047\u{a0}90909088", "9120011888")]
#[case::email("find --email olan@produksjon.no", "9120011999")]
#[case::name("find --name olas", "9120011999")]
#[case::id("find 9120011888", "9120011888")]
#[case::custom_field_by_label("find city:askim pers", "9120011888")]
#[case::any_field("find --all-fields perveien", "9120011888")]
#[tokio::test(flavor = "multi_thread")]
async fn who_is_meant_comes_first(#[case] line: &str, #[case] id: &str) {
    let shell = Shell::of(1_200).await;
    let mut command = shell.command("find");
    command.args(line.split(' ').skip(1).map(|word| word.replace('\u{a0}', " ")));
    let run = shell.run_command(command).await.ends(0);
    assert_eq!(ids(&run.data())[0], id);
    run.says(" found among all 1,200 as of ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_on_the_last_page_is_found() {
    let shell = Shell::of(12_340).await;
    let (id, phone) = customer(12_337);
    let mut command = shell.command("find --limit 1");
    command.args(["--phone", &format!("+47 {} {}", &phone[..3], &phone[3..])]);
    let run = shell.run_command(command).await.ends(0);
    assert_eq!(ids(&run.data()), [id]);
    let mut pages = shell.town.log.pages();
    pages.sort_unstable();
    assert_eq!(pages, (1..=25).collect::<Vec<_>>(), "each page is asked for once");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_found_among_all_is_status_3() {
    let shell = Shell::of(700).await;
    let run = shell.run("find nobodyatall").await.ends(3);
    assert_eq!(run.data(), "");
    run.says("cubedex: no match among all 700 as of ");
}

#[rstest]
#[case::a_word("find hansne", "did you mean Hansen? ")]
#[case::in_a_name("find --name hansne", "did you mean Hansen? ")]
#[case::the_wrong_word_alone("find --name hansne\u{a0}ragnhild", "did you mean Hansen ragnhild? ")]
#[case::a_part_of_a_name("find anne-marei", "did you mean anne-Marie? ")]
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_word_is_corrected_and_nobody_is_shown_by_mistake(#[case] line: &str, #[case] said: &str) {
    let shell = Shell::of(12_340).await;
    let mut command = shell.command("find");
    command.args(line.split(' ').skip(1).map(|word| word.replace('\u{a0}', " ")));
    let run = shell.run_command(command).await.ends(3);
    assert_eq!(run.data(), "");
    run.says(said).says(" spelled alike: ").says("; --alike shows them");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_matched_is_not_corrected() {
    let run = Shell::of(12_340).await.run("find ragnhild hansen --limit 1").await.ends(0);
    assert!(!run.said().contains("did you mean"), "{}", run.said());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_alike_comes_behind_the_hits() {
    let shell = Shell::of(12_340).await;
    let names = |data: String| -> Vec<String> {
        let name = |line: &str| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["crm__standard_info__name"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        data.lines().map(name).collect()
    };
    let hits = names(shell.run("find hansen").await.ends(0).data());
    let all = names(shell.run("find hansen --alike").await.ends(0).data());
    let (first, others) = all.split_at(hits.len());
    assert_eq!(first, hits);
    assert!(!others.is_empty() && others.iter().all(|name| name.contains("Hanssen")), "{others:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_best_come_first_and_the_limit_is_told() {
    let shell = Shell::of(1_200).await;
    let run = shell.run("find as --limit 2 --format json").await.ends(0);
    let list: Vec<serde_json::Value> = serde_json::from_str(&run.data()).unwrap();
    assert_eq!(list.len(), 2);
    run.says(" found, the first 2 shown, among all 1,200 as of ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_fails_leaves_what_was_found_and_says_how_far_the_search_went() {
    let shell = Shell::of(1_200).await;
    shell.town.faults.set(Target::Page(2), Fault::Body("{\"count\": [oops".into()));
    let run = shell.run("find harklip").await.ends(1);
    assert_eq!(ids(&run.data())[0], "9120011888");
    run.says(" found in 500 of 1,200\n").says("cubedex: reading page 2: ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_shorter_than_its_count_is_never_called_all() {
    let shell = Shell::of(3).await;
    let body = format!(r#"{{"count":4,"next":null,"results":[{}]}}"#, Shell::records(3).join(","));
    shell.town.faults.set(Target::List, Fault::Body(body.into()));
    let run = shell.run("find nobodyatall").await.ends(1);
    assert!(!run.said().contains("among all"), "{}", run.said());
    run.says("Cube says that there are 4 customers, but its pages hold 3");
}

#[rstest]
#[case::nothing("find", "there is nothing to look for, for example: cubedex find kari")]
#[case::signs("find //", "there is nothing to look for in signs alone")]
#[case::limit("find x --limit 0", "--limit takes a whole number from 1 to 4294967295")]
#[tokio::test(flavor = "multi_thread")]
async fn what_can_find_nobody_is_refused(#[case] line: &str, #[case] words: &str) {
    let shell = Shell::of(3).await;
    shell.run(line).await.ends(2).says(words);
    assert_eq!(shell.town.log.pages(), [] as [u64; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_no_field_has_is_searched_as_text_and_said() {
    let shell = Shell::of(3).await;
    let run = shell.run("find citty:oslo").await.ends(3);
    run.says("there is no field citty, but one is called City; its text is searched");
}

#[rstest]
#[case::filter("city:askim")]
#[case::words("harklip")]
#[tokio::test(flavor = "multi_thread")]
async fn an_export_of_a_search_has_whom_find_finds(#[case] line: &str) {
    let shell = Shell::of(300).await;
    let mut found = ids(&shell.run(&format!("find {line} --format jsonl")).await.ends(0).data());
    let mut exported =
        ids(&shell.run(&format!("export --search {line} --format jsonl")).await.ends(0).data());
    assert!(!found.is_empty());
    found.sort();
    exported.sort();
    assert_eq!(exported, found);
}

#[rstest]
#[case::no_field("citty:oslo", "there is no field citty, but one is called City")]
#[case::signs("//", "there is nothing to look for in signs alone")]
#[case::no_filter("turnover:>x", "x in turnover:>x at character 1 is neither a number nor a date")]
#[tokio::test(flavor = "multi_thread")]
async fn an_export_of_a_search_that_is_none_is_refused(#[case] line: &str, #[case] words: &str) {
    let shell = Shell::of(3).await;
    let run = shell.run(&format!("export --search {line}")).await.ends(2).says(words);
    assert_eq!(run.data(), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_is_cut_on_a_screen_is_whole_in_the_data() {
    let shell = Shell::of(3).await;
    let record = format!(r#"{{"crm__customer_id":"7","a":"{}"}}"#, "x".repeat(200_000));
    let body = format!(r#"{{"count":1,"next":null,"results":[{record}]}}"#);
    shell.town.faults.set(Target::List, Fault::Body(body.into()));
    assert_eq!(shell.run("find 7").await.ends(0).data(), format!("{record}\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_that_was_saved_in_the_browser_is_found_in_its_order_and_columns() {
    let shell = Shell::of(1_200).await;
    shell.has_view();
    let csv = shell.run("find --view askim --format csv").await.ends(0).data();
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows[0], "Name,City");
    let names = |rows: &[&str]| rows.iter().map(|row| row.to_lowercase()).collect::<Vec<_>>();
    let mut descending = names(&rows[1..]);
    descending.sort();
    descending.reverse();
    assert!(rows.len() > 3 && rows[1..].iter().all(|row| row.to_lowercase().ends_with(",askim")), "{csv}");
    assert_eq!(names(&rows[1..]).first(), descending.first());
    let table = shell.run("find --view askim --format table --limit 2").await.ends(0).data();
    let heads: Vec<&str> = table.lines().next().unwrap().split_whitespace().collect();
    assert_eq!((heads, table.lines().count()), (vec!["Name", "City"], 3));
    let first = shell.run("find --view askim --limit 1 --format jsonl").await.ends(0).data();
    let keys = |record: &str| record.matches("\":").count();
    assert_eq!(keys(&first), 2, "{first}");
    let whole = shell.run("find --view askim --limit 1 --format json").await.ends(0).data();
    assert!(keys(&whole) > 20, "JSON has whole records");
}
