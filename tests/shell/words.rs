//! What the program says about itself: help, completions, manual, and how it stands.

use super::Shell;
use crate::run::cubedex;
use assert_cmd::Command;
use cubedex::demo::{Answer, Fault, Target};
use rstest::rstest;

fn run(line: &str) -> (Option<i32>, String, String) {
    let home = tempfile::tempdir().unwrap();
    let mut command = cubedex(&line.split(' ').collect::<Vec<_>>());
    let out = command.env("HOME", home.path()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (out.status.code(), text(out.stdout), text(out.stderr))
}

#[rstest]
#[case("get")]
#[case("find")]
#[case("open")]
#[case("set")]
#[case("create")]
#[case("apply")]
#[case("export")]
#[case("fields")]
#[case("doctor")]
#[case("config")]
#[case("login")]
#[case("status")]
#[case("completions")]
#[case("licences")]
#[case("man")]
fn each_command_explains_itself(#[case] name: &str) {
    let (status, out, said) = run(&format!("{name} --help"));
    assert_eq!((status, said.as_str()), (Some(0), ""));
    insta::assert_snapshot!(format!("help_of_{name}"), out);
}

#[rstest]
#[case("bash")]
#[case("zsh")]
#[case("fish")]
fn a_shell_learns_to_ask_the_program(#[case] shell: &str) {
    let (status, out, _) = run(&format!("completions {shell}"));
    assert_eq!(status, Some(0));
    assert!(out.contains("CUBEDEX_COMPLETE") && out.contains("cubedex"), "{out}");
}

#[rstest]
#[case::all("man", ".TH cubedex 1")]
#[case::one("man export", ".TH cubedex-export 1")]
#[case::within("man fields pull", ".TH cubedex-fields-pull 1")]
#[case::environment("man", ".SH ENVIRONMENT")]
#[case::files("man", ".SH FILES")]
#[case::exit_status("man apply", ".SH \"EXIT STATUS\"")]
#[case::examples("man apply", ".SH EXAMPLES")]
fn the_manual_is_a_page_of_its_own(#[case] line: &str, #[case] head: &str) {
    let (status, out, _) = run(line);
    assert_eq!(status, Some(0));
    assert!(out.contains(head), "{out}");
}

#[rstest]
#[case::no_page("man CANARY", "cubedex: there is no command CANARY; cubedex --help lists them\n")]
#[case::no_shell(
    "completions CANARY",
    "cubedex: completions takes bash, elvish, fish, powershell or zsh, for example: completions bash\n"
)]
#[case::no_id("get", "cubedex: something is missing; cubedex get --help says what\n")]
#[case::no_such_thing(
    "fields CANARY",
    "cubedex: there is no such command; cubedex fields --help lists them\n"
)]
fn what_is_wrong_is_said_in_one_line(#[case] line: &str, #[case] words: &str) {
    let (status, out, said) = run(line);
    assert_eq!((status, out.as_str(), said.as_str()), (Some(2), "", words));
}

#[test]
fn without_an_account_the_ways_to_one_are_named() {
    let (status, out, said) = run("get 7");
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(said.starts_with("cubedex: nothing is set up yet: ") && said.contains("cubedex login"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_well_account_is_told_line_by_line() {
    let shell = Shell::of(1_200).await;
    shell.town.faults.set(Target::List, Fault::OtherHost("cube.headshed.example".into()));
    let mut command = shell.command("doctor");
    command.env("LC_ALL", "C.UTF-8");
    let run = shell.run_command(command).await.ends(0).says_only("");
    let port = shell.town.address.rsplit(':').next().unwrap().to_owned();
    let text = run.data().replace(&port, "PORT");
    let (_, lines) = text.split_once('\n').unwrap();
    assert!(!text.contains("demo-token") && !text.contains(&*shell.home.path().to_string_lossy()));
    insta::assert_snapshot!("doctor", lines);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_person_is_named_by_where_the_token_lies() {
    let shell = Shell::of(3).await;
    let mut login = shell.command("login --profile town --store file --with-token");
    login.write_stdin("demo-token\n");
    shell.run_command(login).await.ends(0);
    let mut command = cubedex(&["doctor"]);
    command.env("HOME", shell.home.path());
    let text = shell.run_command(Command::from_std(command)).await.data();
    assert!(text.contains("accepted, from the file ~/.config/cubedex/town.token"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_not_utf8_is_to_be_seen_to() {
    let shell = Shell::of(3).await;
    let body = b"{\"count\":1,\"next\":null,\"results\":[{\"crm__customer_id\":\"7\",\"a\":\"\xe5\"}]}";
    shell.town.faults.set(Target::List, Fault::Body(body.as_slice().into()));
    let text = shell.run("doctor").await.ends(1).data();
    let line = "\ndo  characters  1 value on the first page not in UTF-8, the first of customer 7; ask Headshed about it\n";
    assert!(text.contains(line), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_leaves_the_rest_untried() {
    let shell = Shell::of(3).await;
    let mut command = shell.command("doctor");
    command.env("CUBEDEX_TOKEN", "CANARY");
    let text = shell.run_command(command).await.ends(1).data();
    let line = "do  credential  Cube does not accept this token (401) – check where it comes from\n--  list        not tried\n";
    assert!(text.contains(line) && !text.contains("CANARY"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_list_is_told_apart_from_a_wrong_token() {
    let shell = Shell::of(3).await;
    let page = Answer::html(axum::http::StatusCode::NOT_FOUND, "<h1>Not found</h1>");
    shell.town.faults.set(Target::List, Fault::Answer(page));
    let text = shell.run("doctor").await.ends(1).data();
    let line = "ok  credential  accepted, from CUBEDEX_TOKEN\ndo  list        no such list (404) – check the assignment's number\n";
    assert!(text.contains(line), "{text}");
}

#[test]
fn without_an_account_the_computer_is_looked_at_all_the_same() {
    let (status, out, _) = run("doctor");
    assert_eq!(status, Some(1));
    assert!(out.contains("\ndo  account     nothing is set up yet: "), "{out}");
    assert!(
        out.contains("\nok  settings    ~/.config/cubedex is not there yet; nothing is needed in it\n"),
        "{out}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_help_desks_tool_gets_the_diagnosis_as_json() {
    let shell = Shell::of(3).await;
    let read = |data: String| serde_json::from_str::<serde_json::Value>(&data).unwrap();
    let well = read(shell.run("doctor --json").await.ends(0).says_only("").data());
    assert_eq!((&well["verdict"], &well["lines"][0]["what"]), (&"ok".into(), &"address".into()));
    let mut command = shell.command("doctor --json");
    command.env("CUBEDEX_TOKEN", "CANARY");
    let text = shell.run_command(command).await.ends(1).data();
    let lines = read(text.clone())["lines"].as_array().unwrap().clone();
    let credential = lines.iter().find(|line| line["what"] == "credential").unwrap();
    assert_eq!((&credential["verdict"], text.contains("CANARY")), (&"do".into(), false));
    assert!(lines.iter().any(|line| line["verdict"] == "untried"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keys_file_that_stops_the_browser_is_told_by_the_diagnosis() {
    let shell = Shell::of(3).await;
    let folder = shell.home.path().join(".config/cubedex");
    std::fs::create_dir_all(&folder).unwrap();
    let keys = "[[key]]\nin = [\"table\"]\nkeys = [\"s\"]\naction = \"serach\"\n";
    std::fs::write(folder.join("keys.toml"), keys).unwrap();
    let text = shell.run("doctor").await.ends(1).data();
    let line = text.lines().find(|line| line.starts_with("do  keys ")).unwrap();
    let said = "keys.toml: line 4, column 10: unknown variant `serach` (did you mean find?)";
    assert!(line.ends_with(said), "{line}");
    std::fs::write(folder.join("keys.toml"), keys.replace("serach", "find")).unwrap();
    shell.run("doctor").await.ends(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_settings_in_force_are_shown_with_where_they_come_from() {
    let shell = Shell::of(3).await;
    let folder = shell.home.path().join(".config/cubedex");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), "theme = \"dark\"\n").unwrap();
    let text = shell.run("config --writes").await.ends(0).says_only("").data();
    let line = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{text}"));
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("account"), format!("account {} --url", shell.town.address));
    assert_eq!(line("list"), "list assignment 9 --assignment");
    assert_eq!(line("token"), "token set CUBEDEX_TOKEN");
    assert_eq!(line("writes"), "writes true --writes");
    assert!(line("theme").starts_with("theme dark ") && line("theme").ends_with("config.toml"), "{text}");
    assert!(!text.contains(cubedex::demo::TOKEN));
}
