//! The administrator's file below a person's own, and what it locks.

use super::*;

/// The folders of a person, with what their own file and the administrator's say.
fn with_everybody(own: &str, everybody: &str) -> (tempfile::TempDir, Folders) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("config.toml"), own).unwrap();
    let path = folder.path().join("everybody.toml");
    std::fs::write(&path, everybody).unwrap();
    let folders =
        Folders { config: Some(folder.path().to_owned()), everybody: Some(path), ..Folders::default() };
    (folder, folders)
}

/// A setting of `cubedex --profile work`, with where it comes from.
fn source(folders: &Folders, name: &str) -> String {
    let cli = Cli::read(["cubedex", "--profile", "work"].map(OsString::from)).ok().unwrap();
    let variable = |name: &str| (name == "CUBEDEX_TOKEN").then(|| "CANARY".into());
    let settings = Settings::resolve(&cli.browse, folders, variable).unwrap();
    let sources = settings.sources((&cli.browse.account, cli.browse.writing), folders, variable).unwrap();
    let found = sources.iter().find(|one| one.name == name).unwrap();
    let from: Vec<&str> = found.from.split(' ').map(|word| word.rsplit('/').next().unwrap()).collect();
    format!("{} from {}", found.value, from.join(" "))
}

const BELOW: &str = "theme = \"light\"\nat_once = 2\n[profile.work]\naccount = \"acme\"\nassignment = 9\n";

#[test]
fn the_administrators_file_is_below_the_persons_own() {
    let (_folder, folders) = with_everybody("at_once = 1\n", BELOW);
    let settings = resolve_in(&folders, "cubedex", TOKEN_SET).unwrap();
    assert_eq!((settings.theme, settings.at_once, settings.writes), (Theme::Light, 1, false));
    assert_eq!(source(&folders, "theme"), "light from everybody.toml");
    assert_eq!(source(&folders, "at_once"), "1 from config.toml");
    assert_eq!(source(&folders, "list"), "assignment 9 from profile work in everybody.toml");
    assert_eq!(source(&folders, "keys"), "typing from default");
    assert_eq!(source(&folders, "token"), "set from CUBEDEX_TOKEN");
}

#[rstest]
#[case::a_profile_of_ones_own("[profile.work]\naccount = \"acme\"\nassignment = 9\nwrites = true\n")]
#[case::nothing_of_ones_own("")]
fn what_is_locked_can_not_be_turned_on(#[case] own: &str) {
    let locked = format!("writes = false\nlocked = [\"writes\"]\n{BELOW}");
    let (folder, folders) = with_everybody(own, &locked);
    let settings = resolve_in(&folders, "cubedex --profile work", TOKEN_SET).unwrap();
    assert!(!settings.writes);
    assert_eq!(source(&folders, "writes"), "false from everybody.toml, locked");
    let said = resolve_in(&folders, "cubedex --writes", TOKEN_SET).unwrap_err().to_string();
    let path = folder.path().join("everybody.toml");
    let words = format!(
        "--writes does nothing here: {} has locked it for everybody on this computer",
        path.display()
    );
    assert_eq!(said, words);
    assert!(resolve_in(&folders, "cubedex --demo --writes", &[]).unwrap().writes, "the demo is no account");
}

/// A file of one's own that says otherwise in everything that can be locked.
const OTHERWISE: &str = "theme = \"dark\"\nkeys = \"vi\"\nmouse = true\nat_once = 1\n\
     [profile.work]\naccount = \"acme\"\nassignment = 9\nwrites = true\nmouse = true\nat_once = 1\n";

#[rstest]
#[case::as_the_administrator_says(
    "theme = \"light\"\nkeys = \"typing\"\nmouse = false\nat_once = 2\nwrites = false\n",
    Theme::Light,
    2
)]
#[case::as_where_no_one_says_anything("", Theme::Auto, AT_ONCE)]
fn what_is_locked_holds_whatever_a_person_and_their_profile_say(
    #[case] said: &str,
    #[case] theme: Theme,
    #[case] at_once: usize,
) {
    let everybody = format!("locked = [\"writes\", \"theme\", \"keys\", \"mouse\", \"at_once\"]\n{said}");
    let (_folder, folders) = with_everybody(OTHERWISE, &everybody);
    let settings = resolve_in(&folders, "cubedex", TOKEN_SET).unwrap();
    assert_eq!((settings.theme, settings.keys, settings.at_once), (theme, Keys::Typing, at_once));
    assert!(!settings.mouse && !settings.writes);
    assert_eq!(settings.locked_by("writes"), folders.everybody.as_deref());
    for name in ["writes", "theme", "keys", "mouse", "at_once"] {
        assert!(
            source(&folders, name).ends_with(" from everybody.toml, locked"),
            "{}",
            source(&folders, name)
        );
    }
}

#[rstest]
#[case::another("cubedex --theme dark", Err("--theme does nothing here: "))]
#[case::the_same("cubedex --theme light", Ok(Theme::Light))]
#[case::in_the_demo("cubedex --demo --theme dark", Err("--theme does nothing here: "))]
fn a_locked_theme_holds_whatever_is_typed(#[case] line: &str, #[case] expected: Result<Theme, &str>) {
    let (_folder, folders) = with_everybody("", &format!("locked = [\"theme\"]\n{BELOW}"));
    match (resolve_in(&folders, line, TOKEN_SET), expected) {
        (Ok(settings), Ok(theme)) => assert_eq!(settings.theme, theme),
        (Err(why), Err(said)) => assert!(why.to_string().starts_with(said), "{why}"),
        (settings, _) => panic!("{settings:?}"),
    }
}

#[rstest]
#[case::in_ones_own(
    "locked = [\"writes\"]\n",
    "",
    "config.toml, line 1, column 1: there is no setting locked"
)]
#[case::not_lockable(
    "",
    "locked = [\"profile\"]\n",
    "everybody.toml, line 1, column 10: locked takes some of writes, theme"
)]
#[case::broken("", "theme = 7\n", "everybody.toml, line 1, column 9: theme takes")]
fn a_mistake_in_either_file_is_told_with_the_file(
    #[case] own: &str,
    #[case] below: &str,
    #[case] said: &str,
) {
    let (_folder, folders) = with_everybody(own, below);
    let words = resolve_in(&folders, "cubedex --demo", &[]).unwrap_err().to_string();
    assert!(words.contains(said), "{words}");
}

#[test]
fn a_file_of_the_administrator_that_others_may_change_is_not_used() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, folders) = with_everybody("", BELOW);
    let path = folder.path().join("everybody.toml");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).unwrap();
    let words = resolve_in(&folders, "cubedex --demo", &[]).unwrap_err().to_string();
    assert!(words.contains("others may change it, so it is not used"), "{words}");
}
