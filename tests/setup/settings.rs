//! Files of settings that are broken or none, and homes that are none.

use super::{Home, ended};
use crate::server::Server;
use rstest::rstest;
use std::fs;

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
