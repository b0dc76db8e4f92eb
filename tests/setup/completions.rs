//! What a shell gets when Tab is pressed: the names of what is configured, without a network.

use super::{Home, ended};
use crate::run::PROGRAM;
use assert_cmd::Command;
use rstest::rstest;
use std::fs;
use std::path::Path;

fn home() -> Home {
    let home = Home::with_settings(
        "[profile.work]\naccount = \"acme\"\nassignment = 9\n[profile.beta]\naccount = \"beta\"\nassignment = 1\n",
    );
    let labels = home.folder().join("CustomerCustomFields.acme.json");
    fs::write(labels, r#"{"17": "Class", "390": "Post sted", "12": "$(touch ran)"}"#).unwrap();
    let place = |profile: &str, place: &str, name: &str| {
        format!("[[list]]\nprofile = \"{profile}\"\nplace = \"{place}\"\n[[list.view]]\nname = \"{name}\"\n")
    };
    let lists = [
        place("work", "acme · assignment 9", "Askim"),
        place("work", "acme · assignment 10", "Late payers"),
        place("work", "other · assignment 9", "Ash"),
        place("work", "acme · assignment 11", "A$(touch ran)"),
        place("beta", "beta · assignment 1", "Betas"),
    ];
    fs::write(home.folder().join("views.toml"), lists.concat()).unwrap();
    home
}

/// What fish gets for the last word, without the descriptions.
fn completed(home: &Home, words: &[&str]) -> Vec<String> {
    let words = ["--", "cubedex"].iter().chain(words).copied().collect::<Vec<_>>();
    let ended = ended(home.command(&words).env("CUBEDEX_COMPLETE", "fish"));
    assert_eq!((ended.status, ended.said.as_str()), (0, ""));
    ended.out.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

#[rstest]
#[case::command(&["exp"], &["export"])]
#[case::profile(&["--profile", ""], &["beta", "work"])]
#[case::profile_of_a_command(&["export", "--profile", "w"], &["work"])]
#[case::column(&["export", "--profile", "work", "--columns", "id,Cla"], &["id,Class"])]
#[case::label_with_a_blank(&["export", "--profile", "work", "--columns", "Post"], &["Post sted"])]
#[case::label_of_another_account(&["export", "--profile", "beta", "--columns", "Cla"], &[])]
#[case::label_of_the_demo(&["export", "--demo", "--columns", "Cit"], &["City"])]
#[case::views_of_the_account(&["--profile", "work", "--view", ""], &["Askim", "Late payers"])]
#[case::view_of_a_command(&["find", "--profile", "work", "--view", "a"], &["Askim"])]
#[case::view_of_another_profile(&["export", "--profile", "beta", "--view", "A"], &[])]
#[case::field_to_change(&["set", "7", "--profile", "work", "Cla"], &["Class="])]
#[case::what_a_shell_would_run(&["export", "--profile", "work", "--columns", "1"], &["12"])]
fn names_that_are_configured_are_completed(#[case] words: &[&str], #[case] expected: &[&str]) {
    assert_eq!(completed(&home(), words), expected);
}

#[test]
fn a_file_that_is_broken_completes_nothing_and_says_nothing() {
    let home = Home::with_settings("profile = 7\n");
    assert_eq!(completed(&home, &["--profile", ""]), [] as [&str; 0]);
}

#[rstest]
#[case::profile("cubedex --profile b", &["beta"])]
#[case::view_with_a_blank("cubedex find --profile work --view Late", &["Late\\ payers"])]
#[case::label_with_a_blank("cubedex export --profile work --columns id,Pos", &["id,Post\\ sted"])]
fn bash_completes_by_the_script_that_it_was_given(#[case] line: &str, #[case] expected: &[&str]) {
    let home = home();
    let words: Vec<String> = line.split(' ').map(|word| format!("'{word}'")).collect();
    let last = words.last().unwrap().clone();
    // What readline does: the words, and the place of the one under the cursor.
    let script = format!(
        "source <(cubedex completions bash); COMP_WORDS=({}); COMP_CWORD={}; COMP_TYPE=9; \
         _clap_complete_cubedex cubedex {last} ''; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        words.len() - 1
    );
    let path = std::env::join_paths(
        std::iter::once(Path::new(PROGRAM).parent().unwrap().to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let mut bash = crate::run::command("bash");
    bash.args(["-c", &script]).env("HOME", home.0.path()).env("PATH", path.unwrap());
    let ended = ended(Command::from_std(bash).current_dir(home.0.path()));
    assert_eq!(ended.out.lines().collect::<Vec<_>>(), expected, "{}", ended.said);
}
