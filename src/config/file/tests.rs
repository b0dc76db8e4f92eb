//! Files as people write them, right and wrong.

use super::*;
use crate::config::CredentialStore;
use crate::cube::{CrmType, List};
use ratatui::style::Color;
use rstest::rstest;

fn parse(text: &str) -> Result<File, Bad> {
    File::parse(text, Path::new("/c"))
}

/// What is said of a wrong file.
fn wrong(text: &str) -> String {
    let bad = parse(text).unwrap_err().to_string();
    assert!(!bad.contains("CANARY") && !bad.contains('\n'), "{bad}");
    bad
}

const PROFILE: &str = "[profile.work]\naccount = \"acme\"\nassignment = 9\n";

#[test]
fn the_delivered_file_says_what_holds_without_one() {
    let delivered = parse(include_str!("../../../assets/config.toml")).unwrap();
    let at_once = Some(crate::cube::AT_ONCE);
    assert_eq!(delivered, File { at_once, ..File::default() });
}

/// The delivered file with the marks taken from its settings, and its prose left as it is.
fn delivered_without_marks() -> String {
    let is_setting = |line: &str| {
        let key: String = line.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
        line.starts_with("[profile")
            || (!key.is_empty() && line.split_once(" = ").is_some_and(|(name, _)| name == key))
    };
    let lines = include_str!("../../../assets/config.toml").lines();
    let lines = lines.map(|line| line.strip_prefix("# ").filter(|line| is_setting(line)).unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_delivered_file_documents_every_setting() {
    let text = delivered_without_marks();
    let count = |key: &str| text.lines().filter(|line| line.starts_with(&format!("{key} = "))).count();
    for (key, ..) in SETTINGS.iter().chain(profile::SETTINGS).filter(|(key, ..)| *key != "profile") {
        assert!(count(key) > 0, "{key}");
    }
}

#[rstest]
#[case::account_and_assignment(&["url", "data_owner", "crm_type", "lists", "token_command", "token_file"])]
#[case::url_and_owner(&["account", "assignment", "lists", "keyring", "token_file"])]
#[case::file(&["account", "assignment", "lists", "keyring", "token_command"])]
#[case::lists(&["account", "assignment", "data_owner", "crm_type", "keyring", "token_command"])]
fn what_the_delivered_file_shows_can_be_used(#[case] left_out: &[&str]) {
    let text = delivered_without_marks();
    let stays = |line: &&str| !left_out.iter().any(|key| line.starts_with(&format!("{key} = ")));
    let text: Vec<&str> = text.lines().filter(stays).collect();
    let file = parse(&text.join("\n")).unwrap();
    assert_eq!(file.usual().unwrap().accent, Some(Color::Cyan));
}

#[rstest]
#[case::empty("")]
#[case::comment("# nothing\n")]
#[case::windows("theme = \"auto\"\r\n\r\n")]
#[case::no_line_end("theme = \"auto\"")]
#[case::empty_table("[profile]\n")]
fn a_file_that_says_nothing_new_changes_nothing(#[case] text: &str) {
    assert_eq!(parse(text).unwrap(), File::default());
}

#[test]
fn a_profile_is_read_whole() {
    let text = "default_profile = \"b\"\n[profile.a]\naccount=\"acme\"\nassignment=9\n[profile.b]\n\
                url=\"http://127.0.0.1:8000\"\ndata_owner=2\ncrm_type=\"B2B\"\ncustom_fields=\"labels.json\"\n\
                user=\"a@b.no\"\ntoken_file=\"/x/b.token\"\ncountry=\"SE\"\nat_once=1\naccent=\"#ff8800\"\n";
    let file = parse(text).unwrap();
    let profile = file.usual().unwrap();
    assert_eq!(
        (profile.name.as_str(), profile.origin.to_string()),
        ("b", "http://127.0.0.1:8000".to_owned())
    );
    assert_eq!(profile.lists, [List::DataOwner { owner: 2, crm_type: CrmType::B2B }]);
    assert_eq!(profile.custom_fields.as_deref(), Some(Path::new("/c/labels.json")));
    assert_eq!(profile.store, CredentialStore::File("/x/b.token".into()));
    assert_eq!(profile.country, "SE".parse().ok());
    assert_eq!((profile.at_once, profile.accent), (Some(1), Some(Color::Rgb(0xff, 0x88, 0))));
    assert_eq!(file.profile("a").unwrap().lists, [List::Assignment(9)]);
}

#[rstest]
#[case::two(
    "[{ assignment = 9 }, { data_owner = 2, crm_type = \"B2B\" }]",
    Ok("assignment 9, data owner 2 · B2B")
)]
#[case::one("[{ assignment = 9 }]", Ok("assignment 9"))]
#[case::none("[]", Err("line 3, column 7: lists takes a list of lists, for example: lists = ["))]
#[case::no_table("[9]", Err("line 3, column 7: lists takes a list of lists, for example: lists = ["))]
#[case::an_empty_one("[{}]", Err("line 3, column 7: lists takes a list of lists, for example: lists = ["))]
#[case::no_list("{ assignment = 9 }", Err("line 3, column 7: lists takes a list of lists, for example: "))]
#[case::twice(
    "[{ assignment = 9 }, { assignment = 9 }]",
    Err("line 3, column 7: lists has assignment 9 twice")
)]
#[case::half("[{ data_owner = 2 }]", Err("line 3, column 23: data_owner needs crm_type beside it"))]
#[case::two_in_one(
    "[{ assignment = 9, data_owner = 2 }]",
    Err("line 3, column 39: assignment and data_owner name two lists; keep one of them")
)]
#[case::a_typo(
    "[{ asignment = 9 }]",
    Err("line 3, column 10: there is no setting asignment (did you mean assignment?)")
)]
fn a_profile_may_have_several_lists(#[case] lists: &str, #[case] read: Result<&str, &str>) {
    let parsed = parse(&format!("[profile.work]\naccount=\"acme\"\nlists={lists}\n"));
    match (parsed, read) {
        (Ok(file), Ok(read)) => {
            let lists: Vec<String> = file.usual().unwrap().lists.iter().map(ToString::to_string).collect();
            assert_eq!(lists.join(", "), read);
        }
        (Err(bad), Err(said)) => assert!(bad.to_string().starts_with(said), "{bad}"),
        (parsed, _) => panic!("{parsed:?}"),
    }
}

#[test]
fn lists_may_be_tables_of_their_own() {
    let text = "[profile.work]\naccount=\"acme\"\n[[profile.work.lists]]\nassignment=9\n[[profile.work.lists]]\nassignment=3\n";
    let lists = &parse(text).unwrap().profiles[0].lists;
    assert_eq!(lists, &[List::Assignment(9), List::Assignment(3)]);
}

#[rstest]
#[case::the_only_one("", "", Some("work"))]
#[case::none_of_two("", "[profile.b]\naccount=\"b\"\nassignment=1\n", None)]
#[case::the_named_one("default_profile=\"b\"\n", "[profile.b]\naccount=\"b\"\nassignment=1\n", Some("b"))]
fn the_usual_profile_is_the_named_or_the_only_one(
    #[case] before: &str,
    #[case] after: &str,
    #[case] usual: Option<&str>,
) {
    let file = parse(&format!("{before}{PROFILE}{after}")).unwrap();
    assert_eq!(file.usual().map(|profile| profile.name.as_str()), usual);
}

#[rstest]
#[case::typo(
    "tokne_command = [\"CANARY\"]",
    "line 4, column 1: there is no setting tokne_command (did you mean token_command?); there are account, url, assignment, data_owner, crm_type, lists, custom_fields, user, token_command, token_file, keyring, country, call, mail, at_once, writes, keep_drafts, recents, mouse, accent"
)]
#[case::token(
    "token = \"CANARY\"",
    "line 4, column 1: token does not belong into this file, which others may read; use token_command or token_file, or run: cubedex login"
)]
#[case::password(
    "  password = \"CANARY\"",
    "line 4, column 3: password does not belong into this file, which others may read; use token_command or token_file, or run: cubedex login"
)]
#[case::command_as_text(
    "token_command = \"pass show CANARY\"",
    "line 4, column 17: token_command takes a list of a program and its arguments, for example: token_command = [\"pass\", \"show\", \"cube\"]"
)]
#[case::empty_command(
    "token_command = []",
    "line 4, column 17: token_command takes a list of a program and its arguments, for example: token_command = [\"pass\", \"show\", \"cube\"]"
)]
#[case::command_of_nothing(
    "token_command = [\"\"]",
    "line 4, column 17: token_command takes a list of a program and its arguments, for example: token_command = [\"pass\", \"show\", \"cube\"]"
)]
#[case::command_of_numbers(
    "token_command = [\"pass\", 7]",
    "line 4, column 17: token_command takes a list of a program and its arguments, for example: token_command = [\"pass\", \"show\", \"cube\"]"
)]
#[case::command_and_file(
    "token_file = \"CANARY\"\ntoken_command = [\"CANARY\"]",
    "line 5, column 17: token_command and token_file both say where the token is; keep one of them"
)]
#[case::keyring_and_file(
    "keyring = true\ntoken_file = \"CANARY\"",
    "line 5, column 14: keyring and token_file both say where the token is; keep one of them"
)]
#[case::keyring(
    "keyring = \"CANARY\"",
    "line 4, column 11: keyring takes true or false, for example: keyring = true"
)]
#[case::two_accounts(
    "url = \"https://CANARY.no\"",
    "line 4, column 7: account and url name the account twice; keep one of them"
)]
#[case::both_a_list_and_lists(
    "lists = [{ assignment = 3 }]",
    "line 4, column 9: lists and assignment both say which list; keep one of them"
)]
#[case::two_lists(
    "data_owner = 2",
    "line 4, column 14: assignment and data_owner name two lists; keep one of them"
)]
#[case::list_and_type(
    "crm_type = \"B2C\"",
    "line 4, column 12: assignment and crm_type name two lists; keep one of them"
)]
#[case::user(
    "user = \"CANARY:x\"",
    "line 4, column 8: the user name has a colon, at which Basic authentication ends it; use a name without one, or a \
     token"
)]
#[case::no_country(
    "country = \"CANARY\"",
    "line 4, column 11: country takes the two letters of a country, for example: country = \"SE\""
)]
#[case::many_at_once(
    "at_once = 5",
    "line 4, column 11: at_once takes a whole number from 1 to 4, for example: at_once = 2"
)]
#[case::none_at_once(
    "at_once = 0",
    "line 4, column 11: at_once takes a whole number from 1 to 4, for example: at_once = 2"
)]
#[case::no_colour(
    "accent = \"CANARY\"",
    "line 4, column 10: accent takes a colour's name or \"#rrggbb\", for example: accent = \"green\""
)]
#[case::broken_colour(
    "accent = \"#12\"",
    "line 4, column 10: accent takes a colour's name or \"#rrggbb\", for example: accent = \"green\""
)]
#[case::fields(
    "custom_fields = 7",
    "line 4, column 17: custom_fields takes a file, for example: custom_fields = \"CustomerCustomFields.json\""
)]
#[case::twice("account = \"CANARY\"", "line 4, column 1: this is not TOML: duplicate key")]
fn a_mistake_in_a_profile_is_told_with_its_place(#[case] lines: &str, #[case] said: &str) {
    assert_eq!(wrong(&format!("{PROFILE}{lines}\n")), said);
}

#[rstest]
#[case::text("\"CANARY\"")]
#[case::fraction("2.5")]
#[case::negative("-1")]
#[case::nothing("0")]
#[case::too_large("99999999999999999999")]
#[case::hexadecimal("0x10")]
#[case::list("[2]")]
#[case::truth("true")]
fn a_number_of_a_list_is_a_whole_one_from_1_on(#[case] value: &str) {
    assert_eq!(
        wrong(&format!("[profile.a]\naccount = \"a\"\ncrm_type = \"B2C\"\ndata_owner = {value}\n")),
        "line 4, column 14: data_owner takes a whole number from 1 on, for example: data_owner = 2"
    );
}

#[rstest]
#[case::blank("b2c ")]
#[case::other("B2X")]
#[case::empty("")]
fn a_crm_type_is_one_of_two(#[case] value: &str) {
    assert_eq!(
        wrong(&format!("[profile.a]\naccount = \"a\"\ndata_owner = 2\ncrm_type = \"{value}\"\n")),
        "line 4, column 12: crm_type takes \"B2C\" or \"B2B\", for example: crm_type = \"B2C\""
    );
}

#[rstest]
#[case::plain_http("http://acme.headshed.com", "plain http is only for this computer itself; write https://")]
#[case::no_scheme("acme.headshed.com", "an address begins with https://, such as https://acme.headshed.com")]
#[case::path(
    "https://acme.headshed.com/CANARY",
    "an address ends with its host or port; only /api/v1/ may follow"
)]
#[case::query(
    "https://acme.headshed.com?CANARY",
    "an address ends with its host or port; leave out what follows ? or #"
)]
#[case::fragment(
    "https://acme.headshed.com#CANARY",
    "an address ends with its host or port; leave out what follows ? or #"
)]
#[case::user(
    "https://u:CANARY@acme.headshed.com",
    "an address must not hold a user name or password; they come from the environment"
)]
#[case::no_port("https://acme.headshed.com:0", "the host or port in the address is not one that exists")]
#[case::large_port(
    "https://acme.headshed.com:99999",
    "the host or port in the address is not one that exists"
)]
#[case::other_letters("https://hårklipp.no", "the host or port in the address is not one that exists")]
#[case::blanks("https://acme headshed.com", "the host or port in the address is not one that exists")]
fn an_address_that_nobody_should_be_sent_to_is_refused(#[case] url: &str, #[case] why: &str) {
    let text = format!("[profile.a]\nurl = \"{url}\"\nassignment = 9\n");
    assert_eq!(wrong(&text), format!("line 2, column 7: url is wrong: {why}"));
}

#[rstest]
#[case::account(
    "account = \"CANARY.evil\"\nassignment = 1",
    "line 2, column 11: account is wrong: an account name is 1 to 63 small letters, digits and hyphens, such as acme"
)]
#[case::no_account(
    "assignment = 1",
    "line 1, column 10: profile a names no account, for example: account = \"acme\""
)]
#[case::no_list("account = \"a\"", "line 1, column 10: profile a names no list, for example: assignment = 9")]
#[case::no_type(
    "account = \"a\"\ndata_owner = 2",
    "line 3, column 14: data_owner needs crm_type beside it, for example: crm_type = \"B2C\""
)]
#[case::no_owner(
    "account = \"a\"\ncrm_type = \"B2C\"",
    "line 3, column 12: crm_type needs data_owner beside it, for example: data_owner = 2"
)]
fn a_profile_holds_together(#[case] lines: &str, #[case] said: &str) {
    assert_eq!(wrong(&format!("[profile.a]\n{lines}\n")), said);
}

#[rstest]
#[case::unknown(
    "them = \"dark\"",
    "line 1, column 1: there is no setting them (did you mean theme?); there are default_profile, theme, keys, mouse, title, mask, language, at_once, copy, command, profile"
)]
#[case::theme(
    "theme = \"CANARY\"",
    "line 1, column 9: theme takes auto, terminal, dark, light or high-contrast, for example: theme = \"dark\""
)]
#[case::default(
    "default_profile = \"CANARY\"",
    "line 1, column 19: default_profile takes the name of a profile in this file, for example: default_profile = \"acme\""
)]
#[case::profile(
    "profile = \"CANARY\"",
    "line 1, column 11: profile takes tables of settings, for example: [profile.acme]"
)]
#[case::profile_of_words(
    "[profile]\na = \"CANARY\"",
    "line 1, column 1: profile takes tables of settings, for example: [profile.acme]"
)]
#[case::name(
    "[profile.\"../x\"]\naccount = \"a\"\nassignment = 1",
    "line 1, column 10: a profile's name is 1 to 40 letters (a–z), digits, - or _"
)]
#[case::twice(
    "[profile.a]\naccount=\"a\"\nassignment=1\n[profile.a]\n",
    "line 4, column 10: this is not TOML: duplicate key"
)]
#[case::open_text(
    "theme = \"CANARY",
    "line 1, column 16: this is not TOML: invalid basic string, expected `\"`"
)]
#[case::bare("CANARY", "line 1, column 7: this is not TOML: key with no value, expected `=`")]
#[case::nul(
    "theme = \"a\0CANARY\"",
    "line 1, column 11: this is not TOML: invalid basic string, expected non-double-quote visible characters, `\\`"
)]
#[case::carriage_returns(
    "theme = \"dark\"\rat_once = 1",
    "line 1, column 16: this is not TOML: carriage return must be followed by newline, expected newline"
)]
#[case::escape(
    "\"a\u{1b}[2J\" = 1",
    "line 1, column 3: this is not TOML: invalid basic string, expected non-double-quote visible characters, `\\`"
)]
#[case::hidden_escape(
    "\"a\\u001b[2J\" = 1",
    "line 1, column 1: there is no setting a␛[2J; there are default_profile, theme, keys, mouse, title, mask, language, at_once, copy, command, profile"
)]
fn a_mistake_above_the_profiles_is_told_with_its_place(#[case] text: &str, #[case] said: &str) {
    assert_eq!(wrong(text), said);
}

#[test]
fn deep_nesting_and_many_keys_are_refused_and_not_recursed() {
    let deep = format!("a = {}{}", "[".repeat(10_000), "]".repeat(10_000));
    let too_deep = "this is not TOML: cannot recurse further; max recursion depth met";
    assert_eq!(wrong(&deep), format!("line 1, column 85: {too_deep}"));
    let dotted = vec!["a"; 10_000].join(".") + " = 1";
    assert_eq!(wrong(&dotted), "line 1, column 1: this is not TOML: recursion limit");
    let many: Vec<String> = (0..50_000).map(|number| format!("k{number} = 1")).collect();
    assert_eq!(
        wrong(&many.join("\n")),
        "line 1, column 1: there is no setting k0; there are default_profile, theme, keys, mouse, title, mask, language, at_once, copy, command, profile"
    );
}

#[test]
fn forms_to_copy_have_a_name_and_a_text() {
    let file = parse("[[copy]]\nname = \"Ticket\"\ntext = \"{name} {City}\"\n").unwrap();
    assert_eq!((file.templates[0].name.as_str(), file.templates[0].line), ("Ticket", 3));
    assert_eq!(file.templates[0].words().collect::<Vec<_>>(), ["name", "City"]);
}

#[rstest]
#[case::no_end(
    "[[copy]]\nname = \"T\"\ntext = \"{name\"",
    "line 3, column 8: text can't be used: a { has no } behind it; write {{ for the sign itself"
)]
#[case::no_text(
    "[[copy]]\nname = \"T\"",
    "line 1, column 1: copy takes a list of names and texts, for example: copy = [{ name = \"Ticket\", text = \"{name} ({id})\" }]"
)]
#[case::no_table(
    "copy = \"CANARY\"",
    "line 1, column 8: copy takes a list of names and texts, for example: copy = [{ name = \"Ticket\", text = \"{name} ({id})\" }]"
)]
#[case::typo(
    "[[copy]]\nnmae = \"CANARY\"",
    "line 2, column 1: there is no setting nmae (did you mean name?); there are name, text"
)]
fn a_form_that_cannot_be_used_is_told_with_its_line(#[case] text: &str, #[case] said: &str) {
    assert_eq!(wrong(text), said);
}

#[test]
fn a_long_key_is_cut() {
    assert_eq!(
        wrong(&format!("{} = 1", "x".repeat(10_000))),
        format!(
            "line 1, column 1: there is no setting {}; there are default_profile, theme, keys, mouse, title, mask, language, at_once, copy, command, profile",
            "x".repeat(60)
        )
    );
}

#[test]
fn commands_have_words_and_a_program_and_may_have_a_key() {
    let file = parse(
        "[[command]]\nkey = \"ctrl+t\"\nwords = \"open\"\nrun = [\"xdg-open\", \"https://a.no/{id}\"]\n\
         [[command]]\nwords = \"note\"\nrun = [\"note\"]\n",
    )
    .unwrap();
    let [open, note] = file.commands.as_slice() else { panic!("{:?}", file.commands) };
    assert_eq!((open.key.as_deref(), open.words.as_str(), open.at.line), (Some("ctrl+t"), "open", 2));
    assert_eq!(open.program[1].words().collect::<Vec<_>>(), ["id"]);
    assert_eq!((note.key.as_deref(), note.at.line, note.program.len()), (None, 7, 1));
}

#[rstest]
#[case::no_end(
    "[[command]]\nwords = \"x\"\nrun = [\"a\", \"{id\"]",
    "line 3, column 7: run can't be used: a { has no } behind it; write {{ for the sign itself"
)]
#[case::program_of_a_customer(
    "[[command]]\nwords = \"x\"\nrun = [\"{name}\"]",
    "line 3, column 7: run takes a program without a gap; only its arguments have gaps"
)]
#[case::one_text(
    "[[command]]\nwords = \"x\"\nrun = \"xdg-open {id}\"",
    "line 3, column 7: run takes a program and its arguments, for example: run = [\"xdg-open\", \"https://acme.no/{id}\"]"
)]
#[case::no_words(
    "[[command]]\nrun = [\"a\"]",
    "line 1, column 1: command takes a list of words and programs, for example: command = [{ key = \"ctrl+t\", words = \"open in Cube\", run = [\"xdg-open\", \"https://acme.no/{id}\"] }]"
)]
#[case::unknown(
    "[[command]]\nword = \"x\"",
    "line 2, column 1: there is no setting word (did you mean words?); there are key, words, run"
)]
fn a_command_that_cannot_be_used_is_told_with_its_place(#[case] text: &str, #[case] why: &str) {
    assert_eq!(wrong(text), why);
}
