//! The dialogue of lines: lines typed go in, lines said come out, against the embedded Cube. And the real program on a
//! pipe and in a terminal, whose stream has nothing but text.

use crate::harness::{DEADLINE, Town, clock};
use crate::pty::Pty;
use crate::run::{PROGRAM, cubedex, in_terminal};
use cubedex::app::{Account, App, Labels, Session, Start, TerminalCall};
use cubedex::cube::Cube;
use cubedex::demo::{self, Settings};
use cubedex::fields::{FieldMap, Source};
use cubedex::keys::Keymap;
use cubedex::plain::{self, Dialogue};
use cubedex::runtime::{Engine, Tasks};
use insta::assert_snapshot;
use rstest::rstest;
use std::io::Write;
use std::process::{Command, Stdio};

/// A dialogue, and all of it that was said and heard.
struct Talk {
    engine: Box<Engine>,
    dialogue: Dialogue,
    all: String,
    /// What was said last.
    last: String,
}

impl Talk {
    async fn begin(cube: Cube) -> Self {
        Self::begin_with(cube, None, false).await
    }

    async fn begin_with(cube: Cube, typed: Option<&str>, is_masked: bool) -> Self {
        let (fields, _) = FieldMap::read(demo::CUSTOM_FIELDS).unwrap();
        let labels = Labels { fields, source: Source::Demo, problems: Vec::new() };
        let account = Account {
            name: "acme".to_owned(),
            list: "assignment 9".to_owned(),
            credential: Some("CUBEDEX_TOKEN".to_owned()),
            credential_kind: "token",
            ..Account::default()
        };
        let session = Session { account, ..Session::default() };
        let typed = typed.map(str::to_owned);
        let start = Start { session, labels, typed, is_masked, size: plain::SIZE, ..Start::default() };
        let (app, effects) = App::new(start, Keymap::of_words(), clock());
        let mut engine = Box::new(Engine::new(app, Tasks::new(cube)));
        engine.clock = clock;
        engine.perform(effects);
        let talk = Self { engine, dialogue: Dialogue::default(), all: String::new(), last: String::new() };
        talk.settle().await
    }

    /// Types a line and waits for the answer.
    async fn line(mut self, line: &str) -> Self {
        self.all.extend(["> ", line, "\n"]);
        self.dialogue.hear(&self.engine.app, line);
        while let Some(msg) = self.dialogue.next(&self.engine.app) {
            self.engine.happened(msg);
        }
        self.settle().await
    }

    async fn lines(mut self, lines: &[&str]) -> Self {
        for line in lines {
            self = self.line(line).await;
        }
        self
    }

    async fn settle(mut self) -> Self {
        while self.engine.tasks.under_way() > 0 {
            let msg = tokio::time::timeout(DEADLINE, self.engine.tasks.next()).await;
            self.engine.ended(msg.unwrap_or_else(|_| panic!("never settles:\n{}", self.all)));
        }
        for call in std::mem::take(&mut self.engine.terminal_calls) {
            if let TerminalCall::Copy(text) = call {
                self.all.extend(["(to the clipboard: ", text.as_str(), ")\n"]);
            }
        }
        self.last = self.dialogue.say(&self.engine.app);
        self.all.push_str(&self.last);
        self
    }

    #[track_caller]
    fn says(self, text: &str) -> Self {
        assert!(self.last.contains(text), "no \"{text}\" in\n{}", self.last);
        self
    }

    #[track_caller]
    fn says_nothing_of(self, text: &str) -> Self {
        assert!(!self.last.contains(text), "\"{text}\" in\n{}", self.last);
        self
    }
}

/// A town in pages of 50, so that little has to be loaded.
async fn small_town(customers: u64) -> Town {
    Town::with(Settings { town: demo::Town::new(customers), page_size: 50, ..Settings::default() }).await
}

#[tokio::test]
async fn a_call_from_the_search_to_the_ticket() {
    let town = small_town(300).await;
    let talk = Talk::begin(town.cube()).await;
    let lines = ["hår -as", "karin", "2", "y", "y phone 1", "n", "b", "90909088", "as", "3", "b", "", "b"];
    assert_snapshot!(talk.lines(&lines).await.all);
}

#[tokio::test]
async fn a_customer_is_changed_through_a_review_and_the_change_taken_back() {
    let mut town = Town::of(3).await;
    town.is_written = true;
    let talk = Talk::begin(town.cube().with_writes()).await;
    let lines = [
        "2",
        "e",
        "3 = 954 12 345",
        "city = OSLO",
        "4 =",
        "kari",
        "undo city",
        "done",
        "b",
        "city = MOSS",
        "done",
        "3 = 1",
        "send",
        "undo",
        "send",
    ];
    let talk = talk.lines(&lines).await;
    assert_snapshot!(talk.all);
    let methods: Vec<String> = town.log.seen().iter().map(|seen| seen.method.clone()).collect();
    assert_eq!(methods.iter().filter(|method| *method == "PUT").count(), 2);
}

#[tokio::test]
async fn the_help_says_what_can_be_typed_where_one_is() {
    let town = Town::of(3).await;
    let talk = Talk::begin(town.cube().with_writes()).await;
    let talk =
        talk.lines(&["help", "1", "help", "e", "help", "3 = 1", "done", "?", "b", "b", "as", "h"]).await;
    assert_snapshot!(talk.all);
}

#[tokio::test]
async fn masked_values_are_not_said_and_copied_after_a_question() {
    let town = Town::of(3).await;
    let talk = Talk::begin_with(town.cube(), None, true).await;
    let talk = talk.lines(&["1", "y phone 1", "1", "e", "show phone 1", "mask"]).await;
    assert_snapshot!(talk.all);
}

#[rstest]
#[case::a_row("2", "Pers Hårklipperi AS\nID: 9120011888")]
#[case::a_row_by_its_name("row 2", "Pers Hårklipperi AS\nID: 9120011888")]
#[case::a_row_with_a_command("as 2", "Copy as")]
#[case::no_such_row("47", "There is no row 47: the rows are 1 to 10; /47 searches for it")]
#[case::no_such_row_with_zeros("002", "Pers Hårklipperi AS")]
#[case::what_looks_like_a_row("/47", "47")]
#[case::four_digits_are_no_row("9088", "Pers Hårklipperi AS")]
#[case::a_phone("90909088", "Pers Hårklipperi AS\nID: 9120011888")]
#[case::a_phone_in_another_spelling("+47 909 09 088", "Pers Hårklipperi AS\nID: 9120011888")]
#[case::an_id("9120011888", "Pers Hårklipperi AS\nID: 9120011888")]
#[case::an_id_that_there_is_not("9120000000", "Cube has no customer with the ID 9120000000")]
#[case::a_name("hårklipperi", "1: Pers Hårklipperi AS, 90909088\n")]
#[case::a_command_of_a_card("e", "Open a customer first: e 1 does it for row 1; /e searches for e")]
#[case::a_letter("w", "w is no word here; h lists them; /w searches for it")]
#[case::a_word_as_text("/next", "No match in any field of all 60")]
#[case::a_filter("city:askim", "of all 60")]
#[case::nothing("", "1: Olas Produksjon AS")]
#[tokio::test]
async fn a_line_means_one_thing(#[case] line: &str, #[case] said: &str) {
    let town = small_town(60).await;
    Talk::begin(town.cube()).await.line(line).await.says(said);
}

#[tokio::test]
async fn a_number_of_four_digits_that_is_a_row_too_is_asked_about() {
    let town = Town::of(1_200).await;
    let talk = Talk::begin(town.cube()).await.line("last").await.says("1200: ");
    let talk = talk.line("1200").await.says("row 1200 opens row 1200; /1200 looks the number 1200 up");
    let id = serde_json::from_str::<serde_json::Value>(&demo::Town::new(1_200).record(1_199)).unwrap();
    talk.line("row 1200").await.says(id["crm__customer_id"].as_str().unwrap());
}

#[tokio::test]
async fn rows_keep_their_numbers_while_the_list_goes_on_and_lose_them_with_another_answer() {
    let town = small_town(60).await;
    let talk = Talk::begin(town.cube()).await.line("n").await.says("11: ").says_nothing_of("1: Olas");
    let talk = talk.line("2").await.says("Pers Hårklipperi AS");
    let talk = talk.line("klipperiet.no").await.says("1: Pers Hårklipperi AS");
    talk.line("2").await.says("There is no row 2: the only row is 1; /2 searches for it");
}

#[tokio::test]
async fn an_answer_without_rows_takes_the_numbers_of_the_last_one_away() {
    let town = small_town(60).await;
    let talk = Talk::begin(town.cube()).await.line("zzzz").await.says("No match in any field of all 60");
    talk.line("2").await.says("There is no row 2; /2 searches for it");
}

#[tokio::test]
async fn the_number_of_a_row_that_was_typed_before_the_rows_were_said_opens_no_one() {
    let town = small_town(60).await;
    let mut talk = Talk::begin(town.cube()).await;
    talk.dialogue.hear_early(&talk.engine.app, "2");
    assert!(talk.dialogue.next(&talk.engine.app).is_none());
    talk.settle().await.says("2 was typed before these rows were said; type it again to open row 2");
}

#[tokio::test]
async fn a_caller_who_is_typed_at_the_start_is_on_their_card() {
    let town = small_town(60).await;
    Talk::begin_with(town.cube(), Some("+47 909 09 088"), false).await.says("ID: 9120011888");
}

#[tokio::test]
async fn a_token_is_not_typed_where_it_would_be_seen() {
    let town = small_town(60).await;
    let talk = Talk::begin(town.cube_with("wrong")).await.says("Your token is wrong or has expired");
    talk.line("r").await.says("A token is not typed here");
}

#[tokio::test]
async fn forms_that_are_not_sent_are_dropped_only_when_quitting_is_asked_for_twice() {
    let mut town = Town::of(3).await;
    town.is_written = true;
    let talk = Talk::begin(town.cube().with_writes()).await.lines(&["2", "e", "3 = 1", "q"]).await;
    let talk = talk.says("1 form is not sent; q again quits and drops");
    let talk = talk.line("b").await.line("q").await.says("q again quits");
    assert!(talk.engine.session_calls.is_empty() && !talk.engine.has_ended());
    assert!(talk.line("q").await.engine.has_ended());
}

/// What the real program says on a pipe to these lines.
fn piped(home: &std::path::Path, lines: &str) -> (String, String, Option<i32>) {
    answered(cubedex(&["--demo", "--plain"]), home, lines)
}

fn answered(mut program: Command, home: &std::path::Path, lines: &str) -> (String, String, Option<i32>) {
    program.env("HOME", home).current_dir(home).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = program.stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn on_a_pipe_every_line_is_answered_in_its_turn_and_the_end_of_the_lines_quits() {
    let home = tempfile::tempdir().unwrap();
    let (said, wrong, status) = piped(home.path(), "9120011888\ny\nb\nzzzz\n");
    assert_eq!((wrong.as_str(), status), ("", Some(0)));
    let at = |text: &str| said.find(text).unwrap_or_else(|| panic!("no \"{text}\" in\n{said}"));
    let order = [
        "demo, assignment 9",
        "Pers Hårklipperi AS\nID: 9120011888",
        "\n9120011888\n",
        "No match in any field of all 12,340",
    ];
    assert!(order.map(at).is_sorted(), "{said}");
    assert!(!said.contains('\u{1b}') && !said.contains("> "), "{said}");
}

#[test]
fn a_view_is_opened_by_its_number_and_none_by_itself_and_a_command_is_run_by_its_words() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join(".config/cubedex");
    std::fs::create_dir_all(&config).unwrap();
    let views = "[[list]]\nplace = \"demo · assignment 9\"\nopen = \"Askim\"\n\n[[list.view]]\nname = \"Askim\"\nfilter = \"city:=askim\"\n";
    std::fs::write(config.join("views.toml"), views).unwrap();
    let command = "command = [{ words = \"Take a note\", run = [\"touch\", \"note-{id}\"] }]\n";
    std::fs::write(config.join("config.toml"), command).unwrap();
    let lines = "views\n1\nrun take a note\nrun take a note 2\nh\nq\n";
    let (said, wrong, status) = piped(home.path(), lines);
    assert_eq!((wrong.as_str(), status), ("", Some(0)));
    let at = |text: &str| said.find(text).unwrap_or_else(|| panic!("no \"{text}\" in\n{said}"));
    let order = [
        "demo, assignment 9",
        "1: Askim",
        "178 of all 12,340",
        "Open a customer first",
        "Pers Hårklipperi AS\nID: 9120011888",
        "Started: Take a note",
        "run take a note: Take a note",
    ];
    assert!(order.map(at).is_sorted(), "{said}");
}

#[test]
fn what_is_shown_is_written_into_a_file_and_one_that_is_there_is_asked_about() {
    let home = tempfile::tempdir().unwrap();
    let (said, ..) = piped(home.path(), "hårklipperi\nexport found.csv\nexport found.csv\nyes\nq\n");
    let written = std::fs::read_to_string(home.path().join("found.csv")).unwrap();
    assert!(written.contains("9120011888") && said.matches("written to found.csv").count() == 2, "{said}");
    assert!(said.contains("yes"), "{said}");
}

#[rstest]
#[case::of_the_locale("nb_NO.UTF-8", "")]
#[case::of_the_settings("en_GB.UTF-8", "language = \"nb\"\n")]
fn the_dialogue_is_in_norwegian(#[case] locale: &str, #[case] settings: &str) {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config.toml");
    std::fs::write(&config, settings).unwrap();
    let mut program = cubedex(&["--demo", "--plain", "--writes", "--config"]);
    program.arg(&config).env("LC_ALL", locale);
    let lines = "hårklipperi -as\n9120011888\ne\n3 = 954 12 345\n4 = ukjent\n4 =\ndone\nsend\nb\nqx\nnavn:zzzz\nhelp\n";
    let (said, wrong, status) = answered(program, home.path(), lines);
    assert_eq!((wrong.as_str(), status), ("", Some(0)));
    let mut rest = said.as_str();
    for next in [
        "demo, oppdrag 9, ",
        "12\u{a0}340 kunder",
        "Skriv ID, telefonnummer, e-post eller navn",
        "rad 1 til 10 av 12\u{a0}340; n viser flere",
        "2 av alle 12\u{a0}340 (",
        "Pers Hårklipperi AS\nID: 9120011888, hentet ",
        "Telefon 1: 90909088",
        " tomme felt; a viser dem",
        "Endre Pers Hårklipperi AS\n1: Navn: Pers Hårklipperi AS",
        "Dette er et skjema: 3 = tekst endrer felt 3",
        "3: Telefon 2: 954 12 345; før (tomt)",
        "4: Telefon 3: ukjent; før (tomt); ser ikke ut som et telefonnummer",
        "Gjennomgang av endringen: Pers Hårklipperi AS\nTelefon 2 før: (tomt)\nTelefon 2 ny: 954 12 345",
        "Ingenting er sendt ennå; send sender denne endringen til Cube; b går tilbake",
        "Lagret i Cube; undo tar det tilbake",
        "Ingen treff i noe felt hos alle 12\u{a0}340 (",
        "alt annet: søk etter det",
        "n, next: de neste radene",
    ] {
        let at = rest.find(next).unwrap_or_else(|| panic!("no \"{next}\" in\n{rest}"));
        rest = &rest[at + next.len()..];
    }
}

#[test]
fn in_a_terminal_nothing_but_text_is_written_and_copying_alone_is_a_sequence() {
    let home = tempfile::tempdir().unwrap();
    let mut command = in_terminal(PROGRAM, &["--demo", "--plain"]);
    command.env("HOME", home.path());
    let mut pty = Pty::spawn(command, 80, 24);
    pty.wait_for("list> ");
    for (line, prompt) in
        [("karin\r", "list> "), ("1\r", "card> "), ("as\r", "choose> "), ("b\r", "card> "), ("b\r", "list> ")]
    {
        let seen = pty.raw().len();
        pty.press(line);
        pty.wait_for_more(seen, prompt);
    }
    assert!(!pty.raw().contains(&0x1b), "{}", pty.raw().escape_ascii());
    let seen = pty.raw().len();
    pty.press("9120011888\r");
    pty.wait_for_more(seen, "card> ");
    pty.press("y\r");
    pty.wait_for_bytes(b"\x1b]52;c;OTEyMDAxMTg4OA==");
    pty.press("q\r");
    assert_eq!(pty.wait_exit(), 0);
    assert_eq!(pty.raw().split(|byte| *byte == 0x1b).count(), 2, "copying is the only sequence");
    pty.assert_modes_given_back();
}
