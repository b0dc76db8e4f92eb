//! Setting accounts up with the real program: from pipes, in a terminal, with dead and hanging helpers.

use crate::pty::{Pty, command};
use crate::server::{PROGRAM, Server};
use assert_cmd::Command;
use portable_pty::CommandBuilder;
use rstest::rstest;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

/// Set in the environment of this test's own process, these would be found by the program.
const UNWANTED: [&str; 14] = [
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "XDG_DATA_HOME",
    "CUBEDEX_TOKEN",
    "CUBEDEX_USER",
    "CUBEDEX_PASSWORD",
    "CUBEDEX_PROFILE",
    "CUBEDEX_CONFIG",
    "CUBEDEX_ACCOUNT",
    "CUBEDEX_URL",
    "CUBEDEX_ASSIGNMENT",
    "CUBEDEX_DATA_OWNER",
    "CUBEDEX_CRM_TYPE",
    "NO_COLOR",
];

/// A person's home, with nothing in it.
struct Home(tempfile::TempDir);

/// How a run ended.
struct Ended {
    status: i32,
    out: String,
    said: String,
}

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with_settings(text: impl AsRef<[u8]>) -> Self {
        let home = Self::new();
        fs::create_dir_all(home.folder()).unwrap();
        fs::write(home.settings(), text).unwrap();
        home
    }

    fn folder(&self) -> PathBuf {
        let mac = self.0.path().join("Library/Application Support/cubedex");
        if cfg!(target_os = "macos") { mac } else { self.0.path().join(".config/cubedex") }
    }

    fn settings(&self) -> PathBuf {
        self.folder().join("config.toml")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(args).env("HOME", self.0.path()).current_dir(self.0.path());
        for name in UNWANTED {
            command.env_remove(name);
        }
        // No bus: this computer's own keyring is none of a test's business.
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        command
    }

    fn run(&self, args: &[&str], input: &str) -> Ended {
        ended(self.command(args).write_stdin(input))
    }

    fn pty(&self, args: &[&str]) -> Pty {
        Pty::spawn(self.terminal(args), 120, 40)
    }

    fn terminal(&self, args: &[&str]) -> CommandBuilder {
        let mut command = command(PROGRAM, args);
        command.env("HOME", self.0.path());
        for name in UNWANTED {
            command.env_remove(name);
        }
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        command
    }

    /// All files below the home, by their names within it.
    fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, home: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, home, found);
                } else {
                    found.push(path.strip_prefix(home).unwrap().to_string_lossy().into_owned());
                }
            }
        }
        let mut found = Vec::new();
        walk(self.0.path(), self.0.path(), &mut found);
        found.sort();
        found
    }
}

fn ended(command: &mut Command) -> Ended {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (out, said) = (text(output.stdout), text(output.stderr));
    assert!(!out.contains("CANARY") && !said.contains("CANARY"), "{out}{said}");
    Ended { status: output.status.code().unwrap(), out, said }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

fn profile(server: &Server, more: &str) -> String {
    format!("[profile.work]\nurl = \"{}\"\nassignment = 9\n{more}\n", server.address)
}

#[test]
fn a_token_from_a_pipe_is_tried_and_kept_where_it_was_said() {
    let (server, home) = (Server::start(&["--customers", "700"]), Home::new());
    let url = server.address.as_str();
    let login =
        ["login", "--profile", "work", "--url", url, "--assignment", "9", "--with-token", "--store", "file"];
    let done = home.run(&login, "demo-token\r\n");
    assert_eq!((done.status, done.out.as_str()), (0, ""), "{}", done.said);
    assert!(done.said.contains("assignment 9: 700 customers, 500 a page"), "{}", done.said);
    assert_eq!(home.files(), [".config/cubedex/config.toml", ".config/cubedex/work.token"]);
    assert_eq!((mode(&home.settings()), mode(&home.folder().join("work.token"))), (0o600, 0o600));
    assert_eq!(mode(&home.folder()), 0o700);
    assert!(!fs::read_to_string(home.settings()).unwrap().contains("demo-token"));

    let status = home.run(&["status"], "");
    assert_eq!(status.status, 0);
    assert!(status.out.contains("work.token") && !status.out.contains("demo-token"), "{}", status.out);
    let profiles = home.run(&["profiles"], "");
    assert!(profiles.out.starts_with("* work  127.0.0.1:"), "{}", profiles.out);

    assert_eq!(home.run(&["logout"], "").status, 0);
    assert_eq!(home.files(), [".config/cubedex/config.toml"]);
    let status = home.run(&["status"], "");
    assert_eq!(status.status, 1);
    assert!(status.out.contains("asked for each time"), "{}", status.out);
}

#[rstest]
#[case::wrong_token(&["--assignment", "9", "--store", "file"], "CANARY", 1, "Cube does not accept this token (401)")]
#[case::wrong_list(&["--assignment", "8", "--store", "file"], "demo-token", 1, "no such list (404) – check the assignment's number")]
#[case::no_list(&["--store", "file"], "demo-token", 2, "no list is named")]
#[case::no_keyring(&["--assignment", "9"], "demo-token", 1, "the system's keyring is not available; nothing was kept. --store file keeps it in")]
#[case::blank(&["--assignment", "9"], "CANARY x", 2, "the token (8 bytes) holds a blank")]
#[case::two_lines(&["--assignment", "9"], "CANARY\nx\n", 2, "the token (8 bytes) holds a blank, a line end")]
#[case::nothing(&["--assignment", "9"], "", 2, "the token is empty")]
#[case::password(&["--assignment", "9", "--user", "demo@example.com"], "CANARY", 1, "Cube does not accept this user name and password (401)")]
#[case::name(&["--assignment", "9", "--profile", "../x"], "demo-token", 2, "--profile takes a name of 1 to 40 letters")]
fn what_cube_does_not_accept_is_not_kept(
    #[case] more: &[&str],
    #[case] input: &str,
    #[case] status: i32,
    #[case] said: &str,
) {
    let (server, home) = (Server::start(&["--customers", "3"]), Home::new());
    let mut args = vec!["login", "--with-token", "--url", &server.address];
    args.extend(more);
    let ended = home.run(&args, input);
    assert_eq!(ended.status, status, "{}", ended.said);
    assert!(ended.said.contains(said), "{}", ended.said);
    assert_eq!(home.files(), [] as [String; 0]);
}

#[test]
fn a_password_is_asked_for_each_time_where_nobody_keeps_it() {
    let (server, home) = (Server::start(&["--customers", "3"]), Home::new());
    let url = server.address.as_str();
    let who = ["--user", "demo@example.com", "--data-owner", "2", "--crm-type", "b2c"];
    let login = [&["login", "--url", url, "--with-token", "--store", "nowhere"], who.as_slice()].concat();
    assert_eq!(home.run(&login, "demo-password").status, 0);
    let mut pty = home.pty(&[]);
    pty.wait_for("The password of demo@example.com for 127.0.0.1");
    pty.press("demo-password\r");
    pty.wait_for("Olas Produksjon AS");
    pty.wait_for("data owner 2 · B2C");
    pty.press("q");
    assert_eq!(pty.wait_exit(), 0);
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("demo-password"));
}

#[test]
fn login_asks_tries_and_keeps_and_then_cubedex_alone_browses() {
    let (server, home) = (Server::start(&["--customers", "700"]), Home::new());
    let mut pty = home.pty(&["login", "--profile", "work"]);
    pty.wait_for("Account:");
    pty.press(&server.address);
    pty.press("\r");
    pty.wait_for("Sign in with:");
    pty.press("\r");
    pty.wait_for("Token:");
    pty.press("wrong-token\r");
    pty.wait_for("Cube does not accept this token (401)");
    pty.wait_for("What now?");
    pty.press("\r");
    pty.wait_until("the question again", |screen| screen.contents().matches("Sign in with:").count() == 2);
    pty.press("\r");
    pty.wait_until("the line again", |screen| screen.contents().matches("Token:").count() == 2);
    pty.press("demo-token\r");
    pty.wait_for("data owner 2 · B2C  Demobyen, Høstkampanje");
    pty.press("\r");
    pty.wait_for("data owner 2 · B2C: 700 customers, 500 a page");
    pty.wait_for("Where is it to be kept?");
    assert_eq!(home.files(), [] as [String; 0], "nothing is kept before it is said where");
    pty.press("\r");
    pty.wait_for("the system's keyring is not available");
    pty.wait_until("the question again", |screen| screen.contents().matches("unencrypted").count() == 1);
    pty.press("\x1b[B\r");
    pty.wait_for("now: cubedex");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    assert!(!raw.contains("demo-token") && !raw.contains("wrong-token"));

    let mut browser = home.pty(&[]);
    browser.wait_for("Olas Produksjon AS");
    browser.wait_for("work  127.0.0.1");
    browser.press("q");
    assert_eq!(browser.wait_exit(), 0);
}

#[rstest]
#[case::esc("\x1b", 1)]
#[case::ctrl_c("\x03", 130)]
fn login_that_is_given_up_leaves_nothing(#[case] key: &str, #[case] status: u32) {
    let home = Home::new();
    let mut pty = home.pty(&["login", "--url", "http://127.0.0.1:1"]);
    pty.wait_for("Sign in with:");
    pty.press("\r");
    pty.wait_for("Token:");
    pty.press("CANARY");
    pty.wait_for("••••••");
    pty.press(key);
    assert_eq!(pty.wait_exit(), status);
    pty.assert_given_back();
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("CANARY"));
    assert_eq!(home.files(), [] as [String; 0]);
}

#[test]
fn a_signal_in_the_middle_of_a_question_gives_the_terminal_back() {
    let home = Home::new();
    let pty = home.pty(&["login"]);
    pty.wait_for("Account:");
    pty.signal(rustix::process::Signal::TERM);
    assert_eq!(pty.wait_exit(), 143);
    pty.assert_given_back();
}

#[test]
fn the_first_start_shows_three_ways_on() {
    let home = Home::new();
    let mut pty = home.pty(&[]);
    pty.wait_for("Nothing is set up yet, and there are three ways on");
    for way in ["cubedex --demo", "cubedex login", "cubedex --account acme --assignment 9"] {
        pty.wait_for(way);
    }
    pty.press("\r");
    pty.wait_for("Olas Produksjon AS");
    pty.wait_for("cubedex  demo");
    pty.press("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
    let ended = home.run(&[], "");
    assert_eq!(ended.status, 2);
    assert!(ended.said.starts_with("cubedex: nothing is set up yet: cubedex --demo"), "{}", ended.said);
}

#[test]
fn f2_opens_the_other_account_and_one_that_fails_leaves_this_one() {
    let (one, other) = (Server::start(&["--customers", "3"]), Server::start(&["--customers", "7"]));
    let home = Home::with_settings(format!(
        "default_profile = \"one\"\n\
         [profile.one]\nurl = \"{}\"\nassignment = 9\ntoken_command = [\"echo\", \"demo-token\"]\n\
         [profile.other]\nurl = \"{}\"\nassignment = 9\ntoken_command = [\"echo\", \"demo-token\"]\naccent = \"green\"\n\
         [profile.zbroken]\nurl = \"{}\"\nassignment = 9\ntoken_command = [\"/no/such\"]\n",
        one.address, other.address, other.address
    ));
    let mut pty = home.pty(&[]);
    pty.wait_for("3 customers · all loaded");
    pty.press("\x1bOQ");
    pty.wait_for("zbroken");
    pty.press("\x1b[B\r");
    pty.wait_for("zbroken stays closed: token_command (such) can't be started");
    pty.wait_for("3 customers · all loaded");
    pty.press("\x1bOQ");
    pty.wait_for("Accounts");
    pty.press("\r");
    pty.wait_for("7 customers · all loaded");
    pty.wait_for("cubedex  other");
    pty.press("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
}

#[test]
fn f2_asks_for_what_nobody_keeps() {
    let (one, other) = (Server::start(&["--customers", "3"]), Server::start(&["--customers", "7"]));
    let home = Home::with_settings(format!(
        "default_profile = \"one\"\n\
         [profile.one]\nurl = \"{}\"\nassignment = 9\ntoken_command = [\"echo\", \"demo-token\"]\n\
         [profile.other]\nurl = \"{}\"\nassignment = 9\n",
        one.address, other.address
    ));
    let mut pty = home.pty(&[]);
    pty.wait_for("3 customers · all loaded");
    pty.press("\x1bOQ");
    pty.wait_for("Accounts");
    pty.press("\r");
    pty.wait_for("type the token for other");
    pty.press("\x1b");
    pty.wait_for("↑↓ move");
    pty.wait_for("3 customers · all loaded");
    pty.press("\x1bOQ");
    pty.wait_for("Accounts");
    pty.press("\r");
    pty.wait_for("type the token for other");
    pty.press("demo-token\r");
    pty.wait_for("7 customers · all loaded");
    pty.press("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_given_back();
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("demo-token"));
}

#[test]
fn a_token_of_the_environment_goes_to_no_other_address() {
    let (one, other) = (Server::start(&["--customers", "3"]), Server::start(&["--customers", "7"]));
    let home = Home::with_settings(format!(
        "default_profile = \"one\"\n[profile.one]\nurl = \"{}\"\nassignment = 9\n\
         [profile.other]\nurl = \"{}\"\nassignment = 9\n[profile.same]\nurl = \"{}\"\ndata_owner = 2\ncrm_type = \"B2C\"\n",
        one.address, other.address, one.address
    ));
    let mut command = home.terminal(&[]);
    command.env("CUBEDEX_TOKEN", "demo-token");
    let mut pty = Pty::spawn(command, 120, 40);
    pty.wait_for("3 customers · all loaded");
    pty.press("\x1bOQ");
    pty.wait_for("Accounts");
    pty.press("\r");
    pty.wait_for("type the token for other");
    pty.press("\x1b");
    pty.wait_for("↑↓ move");
    pty.press("\x1bOQ");
    pty.wait_for("Accounts");
    pty.press("\x1b[B\r");
    pty.wait_for("data owner 2 · B2C");
    pty.wait_for("3 customers · all loaded");
    pty.press("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_token_that_is_refused_is_typed_anew_in_the_browser() {
    let server = Server::start(&["--customers", "3"]);
    let home = Home::with_settings(profile(&server, "token_command = [\"echo\", \"old\"]"));
    let mut pty = home.pty(&[]);
    pty.wait_for("type a new one");
    pty.press("demo-token");
    pty.wait_for("••••••••••");
    pty.press("\r");
    pty.wait_for("Olas Produksjon AS");
    pty.press("q");
    assert_eq!(pty.wait_exit(), 0);
    assert!(!String::from_utf8_lossy(&pty.raw()).contains("demo-token"));
}

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
#[case::nothing("nothing", "there is no such file")]
#[case::dangling("dangling", "there is no such file")]
#[case::huge("huge", "it is larger than 1 MB")]
fn what_is_no_file_of_settings_is_refused_at_once(#[case] name: &str, #[case] said: &str) {
    let home = Home::new();
    let path = home.0.path().join(name);
    match name {
        "folder" => fs::create_dir(&path).unwrap(),
        "pipe" => {
            let mode = rustix::fs::Mode::from(0o600);
            rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        }
        "dangling" => std::os::unix::fs::symlink("nowhere", &path).unwrap(),
        "huge" => fs::write(&path, vec![b'#'; 10 << 20]).unwrap(),
        _ => {}
    }
    let ended = home.run(&["status", "--demo", "--config", &path.to_string_lossy()], "");
    assert_eq!(ended.status, 2);
    assert_eq!(ended.said, format!("cubedex: {}: {said}\n", path.display()));
    let ended = ended_of_variable(&home, &path);
    assert_eq!((ended.status, ended.said.contains(said)), (2, true), "{}", ended.said);
}

fn ended_of_variable(home: &Home, path: &Path) -> Ended {
    ended(home.command(&["status", "--demo"]).env("CUBEDEX_CONFIG", path))
}

#[test]
fn a_token_file_that_others_may_read_is_refused_with_what_mends_it() {
    let server = Server::start(&["--customers", "3"]);
    let home = Home::with_settings(profile(&server, "token_file = \"work.token\""));
    let file = home.folder().join("work.token");
    fs::write(&file, "demo-token\n").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let said = home.run(&["status"], "").out;
    assert!(said.contains(&format!("mend it with: chmod 600 {}", file.display())), "{said}");
    assert!(!said.contains("demo-token"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(home.run(&["status"], "").status, 0);
}

#[test]
fn a_dead_keyring_is_named_and_the_token_asked_for() {
    let server = Server::start(&["--customers", "3"]);
    let home = Home::with_settings(profile(&server, "keyring = true"));
    let status = home.run(&["status"], "");
    assert_eq!(status.status, 1);
    assert!(
        status.out.contains("the system's keyring is not available, so it is asked for each time"),
        "{}",
        status.out
    );
    let mut pty = home.pty(&[]);
    pty.wait_for("the system's keyring is not available");
    pty.press("demo-token\r");
    pty.wait_for("Olas Produksjon AS");
    pty.press("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_keyring_that_hangs_is_not_waited_for() {
    let server = Server::start(&["--customers", "3"]);
    let home = Home::with_settings(profile(&server, "keyring = true"));
    let socket = home.0.path().join("bus");
    let bus = UnixListener::bind(&socket).unwrap();
    let (asked, was_asked) = mpsc::channel();
    // A bus that takes the call and never says a word.
    thread::spawn(move || {
        let mut held = Vec::new();
        while let Ok((caller, _)) = bus.accept() {
            held.push(caller);
            let _ = asked.send(());
        }
    });
    let address = format!("unix:path={}", socket.display());
    let ended = ended(home.command(&["status"]).env("DBUS_SESSION_BUS_ADDRESS", address));
    assert_eq!(ended.status, 1);
    if cfg!(target_os = "linux") {
        was_asked.try_recv().expect("the bus was never asked");
        assert!(ended.out.contains("did not answer within 2 s"), "{}", ended.out);
    }
}

#[test]
fn a_token_command_runs_without_a_shell_and_its_source_is_named() {
    let server = Server::start(&["--customers", "3"]);
    let home =
        Home::with_settings(profile(&server, "token_command = [\"printf\", \"demo-token\\nnote\\n\"]"));
    let status = home.run(&["status"], "");
    assert_eq!(status.status, 0, "{}{}", status.out, status.said);
    assert!(status.out.contains("Credential  from token_command (printf)\n"), "{}", status.out);
}

#[rstest]
#[case::environment(&[("CUBEDEX_TOKEN", "demo-token")], "from CUBEDEX_TOKEN", 0)]
#[case::user(&[("CUBEDEX_USER", "demo@example.com"), ("CUBEDEX_PASSWORD", "demo-password")], "from CUBEDEX_USER and CUBEDEX_PASSWORD", 0)]
#[case::wrong(&[("CUBEDEX_TOKEN", "CANARY")], "Cube does not accept this token (401)", 1)]
#[case::huge(&[("CUBEDEX_TOKEN", "")], "token_command (sh) ended with 3", 1)]
fn status_names_the_source_and_never_the_value(
    #[case] variables: &[(&str, &str)],
    #[case] said: &str,
    #[case] status: i32,
) {
    let server = Server::start(&["--customers", "3"]);
    let home = Home::with_settings(profile(&server, "token_command = [\"sh\", \"-c\", \"exit 3\"]"));
    let ended = ended(home.command(&["status"]).envs(variables.iter().copied()));
    assert_eq!(ended.status, status, "{}", ended.out);
    assert!(ended.out.contains(said) && !ended.out.contains("demo-"), "{}", ended.out);
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
