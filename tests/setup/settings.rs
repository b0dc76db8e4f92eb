//! Files of settings that are broken or none, and homes that are none.

use super::{Home, ended, profile};
use crate::server::Server;
use rstest::rstest;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;

#[rstest]
#[case::typo(
    b"tokne_command = [\"CANARY\"]\n",
    "config.toml, line 1, column 1: there is no setting tokne_command"
)]
#[case::token(
    b"[profile.a]\naccount = \"a\"\nassignment = 1\ntoken = \"CANARY\"\n",
    "config.toml, line 4, column 1: token does not belong into this file"
)]
#[case::broken(b"theme = \"CANARY\n", "config.toml, line 1, column 16: this is not TOML")]
#[case::latin_1(b"# H\xe5rklipp\ntheme = 1", "config.toml: it is not UTF-8 text (line 1, column 4)")]
#[case::utf_16(b"\xff\xfet\0", "config.toml: it is not UTF-8 text (line 1, column 1)")]
fn a_broken_file_ends_every_command_with_2_and_its_place(#[case] text: &[u8], #[case] said: &str) {
    let home = Home::with_settings(text);
    for command in [
        &["--demo"][..],
        &["status"],
        &["profiles"],
        &["logout"],
        &["login", "--with-token", "--account", "a"],
    ] {
        let ended = home.run(command, "demo-token");
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{}", ended.said);
        assert!(ended.said.contains(said) && ended.said.lines().count() == 1, "{}", ended.said);
    }
    assert_eq!(fs::read(home.settings()).unwrap(), text);
}

#[test]
fn a_command_whose_key_is_taken_is_told_by_doctor_with_its_line() {
    let home =
        Home::with_settings("[[command]]\nkey = \"y\"\nwords = \"open\"\nrun = [\"xdg-open\", \"{id}\"]\n");
    let ended = home.run(&["doctor", "--demo"], "");
    let said =
        "config.toml, line 2, column 7: y is taken in the card; give what it does there another key first";
    assert!(ended.status == 1 && ended.out.contains(said), "{}", ended.out);
}

#[test]
fn colours_of_ones_own_are_read_by_doctor_and_what_is_wrong_in_them_stops_a_start() {
    let home = Home::with_settings("");
    let theme = home.folder().join("theme.toml");
    fs::write(&theme, "[dark]\naccent = \"red\"\n").unwrap();
    let doctor = home.run(&["doctor", "--demo"], "");
    assert!(
        doctor.out.contains("ok  theme       as delivered, with the colours of theme.toml\n"),
        "{}",
        doctor.out
    );
    fs::write(&theme, "[dark]\nacent = \"red\"\n").unwrap();
    let said = "theme.toml: line 2, column 1: there is no role acent (did you mean accent?)";
    let doctor = home.run(&["doctor", "--demo"], "");
    assert!(doctor.status == 1 && doctor.out.contains(said), "{}", doctor.out);
    let start = home.run(&["--demo"], "");
    assert!(start.status == 2 && start.said.contains(said), "{}", start.said);
}

#[rstest]
#[case::folder("folder", "it is not a plain file")]
#[case::pipe("pipe", "it is not a plain file")]
#[case::device("/dev/zero", "it is not a plain file")]
#[case::pipe_of_the_shell("/dev/stdin", "it is not a plain file")]
#[case::nothing("nothing", "there is no such file")]
#[case::dangling("dangling", "there is no such file")]
#[case::huge("huge", "it is larger than 1 MB")]
fn what_is_no_file_of_settings_is_refused_at_once(#[case] name: &str, #[case] said: &str) {
    let home = Home::new();
    let path = home.0.path().join(name);
    match name {
        "folder" => fs::create_dir(&path).unwrap(),
        "pipe" => {
            assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        }
        "dangling" => std::os::unix::fs::symlink("nowhere", &path).unwrap(),
        "huge" => fs::write(&path, vec![b'#'; 10 << 20]).unwrap(),
        _ => {}
    }
    let typed = home.run(&["status", "--demo", "--config", &path.to_string_lossy()], "");
    assert_eq!(typed.status, 2);
    assert_eq!(typed.said, format!("cubedex: {}: {said}\n", path.display()));
    let set = ended(home.command(&["status", "--demo"]).env("CUBEDEX_CONFIG", path));
    assert_eq!((set.status, set.said), (2, typed.said));
}

#[rstest]
#[case::unset(None)]
#[case::empty(Some(""))]
#[case::relative(Some("relative"))]
fn without_a_home_nothing_is_written_anywhere(#[case] value: Option<&str>) {
    let (server, home) = (Server::start(&["--customers", "3"]), Home::new());
    let args = ["login", "--url", &server.address, "--assignment", "9", "--with-token", "--store", "file"];
    let mut command = home.command(&args);
    command.env_remove("HOME").envs(value.map(|value| ("HOME", value))).env("XDG_CONFIG_HOME", "relative");
    let ended = ended(command.write_stdin("demo-token"));
    assert_eq!(ended.status, 2, "{}", ended.said);
    assert!(ended.said.contains("there is no folder for the settings"), "{}", ended.said);
    assert_eq!(home.files(), [] as [String; 0]);
}

#[test]
fn a_hostile_folder_for_settings_is_none() {
    let home = Home::new();
    let ended = ended(home.command(&["status", "--demo"]).env("XDG_CONFIG_HOME", "/dev/null"));
    assert_eq!((ended.status, ended.said.as_str()), (0, ""));
}

#[test]
fn keys_of_ones_own_that_are_no_file_are_refused_at_once() {
    let home = Home::with_settings("");
    let keys = home.folder().join("keys.toml");
    assert!(std::process::Command::new("mkfifo").arg(&keys).status().unwrap().success());
    let pty = home.pty(&["--demo"]);
    pty.wait_for("keys.toml: it is not a plain file");
    assert_eq!(pty.wait_exit(), 2);
}

#[rstest]
#[case::written_by_all(|file: &Path| fs::set_permissions(file, Permissions::from_mode(0o666)).is_ok(), "others may change it, so it is not used; fix: chmod go-w ")]
// Only the administrator can give a file to any group. A group of this user alone would be trusted.
#[case::written_by_a_group(|file: &Path| chown(file, None, Some(54_321)).is_ok() && fs::set_permissions(file, Permissions::from_mode(0o620)).is_ok(), "others may change it, so it is not used; fix: chmod go-w ")]
// Only the administrator can give a file away.
#[case::anothers(|file: &Path| chown(file, Some(54_321), None).is_ok(), "it belongs to user 54321, so it is not used; ")]
fn promise_08_a_file_that_can_be_another_s_doing_is_not_used(
    #[case] spoil: fn(&Path) -> bool,
    #[case] said: &str,
) {
    let server = Server::start(&["--customers", "3"]);
    let command =
        "token_command = [\"sh\", \"-c\", \"echo >ran; echo demo-token\"]\ncustom_fields = \"labels.json\"";
    let home = Home::with_settings(profile(&server, command));
    let [keys, labels] = ["keys.toml", "labels.json"].map(|name| home.folder().join(name));
    fs::write(&keys, "").unwrap();
    fs::write(&labels, "{\"390\": \"CANARY\"}").unwrap();
    if !spoil(&labels) {
        return;
    }
    let ended = home.run(&["export", "--columns", "390"], "");
    assert!(ended.status == 0 && ended.said.contains(said), "{}", ended.said);
    fs::remove_file(home.0.path().join("ran")).unwrap();
    spoil(&keys);
    let pty = home.pty(&[]);
    pty.wait_for("keys.toml: ");
    assert_eq!(pty.wait_exit(), 2);
    assert!(pty.screen().replace('\n', "").contains(said.trim_end()), "{}", pty.screen());
    fs::remove_file(home.0.path().join("ran")).unwrap();
    spoil(&home.settings());
    let ended = home.run(&["status"], "");
    assert!(ended.status == 2 && ended.said.contains(said), "{}", ended.said);
    assert!(!home.0.path().join("ran").exists(), "the command of another's file was run");
}
