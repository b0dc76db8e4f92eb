//! `cubedex fields`: listed, saved, checked.

use super::{Shell, names};
use cubedex::demo::{self, Fault, Target};
use rstest::rstest;
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[tokio::test(flavor = "multi_thread")]
async fn fields_are_listed_with_label_kind_and_length() {
    let shell = Shell::of(3).await;
    let run = shell.run("fields").await.ends(0).says_only("cubedex: 23 fields, labels from Cube\n");
    let data = run.data();
    let mut lines = data.lines();
    assert_eq!(lines.next(), Some("ID,Label,Kind,Length,Key,From"));
    assert_eq!(lines.next(), Some("17,Class,text,1,crm__custom_info__17,Cube"));
    let run = shell.run("fields list --format table").await.ends(0);
    assert!(
        run.data().contains("\n253  Employees           integer          crm__custom_info__253  Cube\n"),
        "{}",
        run.data()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_listed_json_is_a_mapping_again() {
    let shell = Shell::of(3).await;
    let run = shell.run("fields --format json").await.ends(0);
    fs::write(shell.home.path().join("mine.json"), run.data()).unwrap();
    let again = shell
        .run("fields --format json --custom-fields mine.json")
        .await
        .ends(0)
        .says("labels from mine.json, then labels from Cube");
    assert_eq!(again.data(), run.data());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pulled_is_what_cube_sent_and_is_used_from_then_on() {
    let shell = Shell::of(3).await;
    let folder = shell.home.path().join(".config/cubedex");
    // One server of this computer is told from another by its port.
    let name = format!(
        "CustomerCustomFields.{}.json",
        shell.town.address.trim_start_matches("http://").replace(':', "-")
    );
    shell.run("fields pull").await.ends(0).says("cubedex: 23 fields written to ");
    assert_eq!(names(&folder), [name.as_str()]);
    let path = folder.join(&name);
    assert_eq!(fs::read_to_string(&path).unwrap().trim_end(), demo::CUSTOM_FIELDS.trim());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    shell.run("fields").await.ends(0).says(&format!("labels from {name}, then labels from Cube"));
    shell
        .run("fields pull")
        .await
        .ends(2)
        .says("is there already; take another name, or --force to replace it");
    let run = shell.run("fields pull -o -").await.ends(0);
    assert_eq!(run.data().trim_end(), demo::CUSTOM_FIELDS.trim());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_adds_to_the_labels_from_cube_and_the_listing_says_which_is_whose() {
    let shell = Shell::of(3).await;
    fs::write(shell.home.path().join("mine.json"), r#"{"253": "Ansatte", "389": "Postnr"}"#).unwrap();
    let run = shell.run("fields --custom-fields mine.json").await.ends(0);
    let data = run.data();
    for line in [
        "253,Ansatte,integer,,crm__custom_info__253,mine.json",
        "389,Postnr,",
        "17,Class,text,1,crm__custom_info__17,Cube",
    ] {
        assert!(data.contains(line), "no {line} in {data}");
    }
    let card = shell.run("get 9120011999 --format table --custom-fields mine.json").await.ends(0).data();
    assert!(card.contains("Ansatte") && card.contains("City"), "{card}");
    shell
        .town
        .faults
        .set(Target::Labels, Fault::Answer(demo::Answer::json(axum::http::StatusCode::NOT_FOUND, "{}")));
    shell
        .run("fields --custom-fields mine.json")
        .await
        .ends(0)
        .says_only("cubedex: 2 fields, labels from mine.json\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_file_is_not_for_pulling_the_labels() {
    let shell = Shell::of(3).await;
    let said =
        "fields pull saves Cube's own labels, so --custom-fields is not for it; --output names the file";
    shell.run("fields pull --custom-fields mine.json").await.ends(2).says(said);
}

#[tokio::test(flavor = "multi_thread")]
async fn problems_are_told_a_line_each() {
    let shell = Shell::of(2).await;
    let mapping =
        "[\n{\"id\": 390, \"key\": \"City\", \"max_length\": 4},\n5,\n{\"id\": 777, \"key\": \"city\"}\n]";
    fs::write(shell.home.path().join("mine.json"), mapping).unwrap();
    let run = shell.run("fields check --custom-fields mine.json").await.ends(1);
    let data = run.data();
    for line in [
        "entry on line 3 is not an object\n",
        "never used: city (777)\n",
        "one label for several: City (390), city (777)\n",
        "too long: City (390) takes 4 characters and has up to 5, for 2 customers\n",
    ] {
        assert!(data.contains(line), "no {line} in {data}");
    }
    assert!(!data.contains("ASKIM"));
    run.says("customers, labels from mine.json, then labels from Cube");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_problem_is_status_0() {
    let shell = Shell::of(2).await;
    let body = r#"{"count":1,"next":null,"results":[{"crm__customer_id":"1","crm__custom_info__5":"x"}]}"#;
    shell.town.faults.set(Target::List, Fault::Body(body.into()));
    shell.town.faults.set(Target::Labels, Fault::Body(r#"{"5": "Colour"}"#.into()));
    let run = shell.run("fields check").await.ends(0);
    assert_eq!(run.data(), "");
    run.says_only("cubedex: no problems in 1 field and 1 customer, labels from Cube\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_mapping_file_is_told_and_cubes_labels_are_used() {
    let shell = Shell::of(2).await;
    fs::write(shell.home.path().join("mine.json"), "[\n{,\n]").unwrap();
    let run = shell.run("fields --custom-fields mine.json").await.ends(0);
    run.says("mine.json: the JSON is broken at line 2, column 2").says("23 fields, labels from Cube");
}

#[rstest]
#[case::empty_list("[]", "the list in it is empty")]
#[case::empty_object("{}", "the object in it is empty")]
#[case::label_before_id(r#"{"Class": "17"}"#, "entry on line 1 has its label before its id")]
#[case::name_for_key(r#"[{"id": 17, "name": "Class"}]"#, "its label under \"name\" instead of \"key\"")]
#[case::list_inside(
    r#"{"custom_fields": [{"id": 17, "key": "Class"}]}"#,
    "\"custom_fields\" is not a custom field's id"
)]
#[case::blanks_in_the_id(r#"{" 5 ": "Class"}"#, "\" 5 \" is not a custom field's id")]
#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_file_without_a_label_is_told_and_cubes_labels_are_used(
    #[case] json: &str,
    #[case] why: &str,
) {
    let shell = Shell::of(2).await;
    fs::write(shell.home.path().join("mine.json"), json).unwrap();
    shell.run("fields --custom-fields mine.json").await.says(why).says("23 fields, labels from Cube");
    let run = shell.run("export --custom-fields mine.json").await.ends(0).says(why);
    assert!(run.data().lines().next().unwrap().contains(",Class,"), "{}", run.data());
    let doctor = shell.run("doctor --custom-fields mine.json").await.ends(1).says_only("").data();
    let line = doctor.lines().find(|line| line.contains("labels from Cube")).unwrap();
    assert!(line.starts_with("do  labels      mine.json: ") && line.contains(why), "{doctor}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_out_of_the_labels_is_told_wherever_they_are_used() {
    let shell = Shell::of(2).await;
    let mapping =
        "{\"count\": 4, \"results\": [{\"id\": 17, \"key\": \"A\"},\n{\"id\": 17, \"key\": \"B\"}, 7]}";
    fs::write(shell.home.path().join("mine.json"), mapping).unwrap();
    let twice = "entry on line 2 is a second one for crm__custom_info__17; the first counts";
    let words = format!(
        "cubedex: labels from mine.json, then labels from Cube: {twice} (and 2 more: cubedex fields check names them)\n"
    );
    shell.run("export --custom-fields mine.json").await.ends(0).says_only(&words);
    let doctor = shell.run("doctor --custom-fields mine.json").await.ends(1).data();
    assert!(
        doctor.contains(&format!(
            "do  labels      {twice} (and 2 more); labels from mine.json, then labels from Cube; "
        )),
        "{doctor}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_custom_fields_is_well() {
    let shell = Shell::of(2).await;
    shell.town.faults.set(Target::Labels, Fault::Body("[]".into()));
    shell.run("fields").await.ends(0).says_only("cubedex: 0 fields, labels from Cube\n");
    shell.run("fields pull").await.ends(1).says("Cube has no custom fields here; nothing was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_a_label_is_told() {
    let shell = Shell::of(2).await;
    shell.town.faults.set(Target::Labels, Fault::Body(r#"{"labels": []}"#.into()));
    let why = "\"labels\" is not a custom field's id";
    shell.run("fields").await.ends(0).says("the labels from Cube can't be used: ").says(why);
    shell.run("fields pull").await.ends(1).says(why);
    let doctor = shell.run("doctor").await.ends(1).data();
    assert!(doctor.contains(why), "{doctor}");
}
