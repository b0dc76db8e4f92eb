//! Arguments as they are typed, right and wrong.

mod commands;

use super::*;
use clap::CommandFactory;
use rstest::rstest;

/// Reads a command line, of which words are divided by single blanks.
fn read(line: &str) -> Result<Cli, Stop> {
    Cli::read(line.split(' ').map(OsString::from))
}

fn right(line: &str) -> Cli {
    read(line).ok().unwrap()
}

/// The one line that is said of a wrong command line.
fn wrong(arguments: impl IntoIterator<Item = OsString>) -> String {
    let Some(Stop::Wrong(wrong)) = Cli::read(arguments).err() else {
        panic!("nothing is said to be wrong");
    };
    let said = wrong.to_string();
    assert!(
        !said.contains('\n') && !said.contains("CANARY") && !format!("{wrong:?}").contains("CANARY"),
        "{said}"
    );
    said
}

fn shown(line: &str) -> String {
    match read(line) {
        Err(Stop::Shown(text)) => text,
        _ => panic!("nothing is shown"),
    }
}

#[test]
fn the_parser_is_well_made() {
    Cli::command().debug_assert();
}

#[test]
fn options_and_the_id_are_read_in_any_order() {
    let browse =
        right("cubedex 007 --data-owner 2 --account=acme --crm-type B2B --custom-fields f.json").browse;
    assert_eq!(browse.typed(), Some("007"));
    let Account { demo, customers, custom_fields, .. } = browse.account;
    assert_eq!((customers.account.as_deref(), customers.data_owner), (Some("acme"), Some(2)));
    assert_eq!(customers.crm_type, Some(CrmType::B2B));
    assert_eq!(custom_fields, Some("f.json".into()));
    assert!(!demo && customers.url.is_none() && customers.assignment.is_none());
}

#[rstest]
#[case::id("9120011888", true)]
#[case::phone("+47 909 09 090", true)]
#[case::phone_with_marks("(0047) 909-09.090/1", true)]
#[case::email("kari@acme.no", true)]
#[case::handed_over("TEL:+47-90-90-90-90", true)]
#[case::dash("-", false)]
#[case::letters("12a", false)]
#[case::other_digits("٣", false)]
#[case::file("@ids.txt", false)]
#[case::address("https://u:CANARY@acme.no", false)]
#[case::word("expport", false)]
fn a_caller_is_a_number_or_an_email_address(#[case] word: &str, #[case] is_caller: bool) {
    assert_eq!(Cli::read(["cubedex", "--demo", "--", word].map(OsString::from)).is_ok(), is_caller);
}

#[rstest]
#[case::words("cubedex --search kari", Some("kari"))]
#[case::a_dash("cubedex --search -nord", Some("-nord"))]
#[case::nothing("cubedex", None)]
fn a_text_is_typed_at_once(#[case] line: &str, #[case] typed: Option<&str>) {
    assert_eq!(right(line).browse.typed(), typed);
}

#[rstest]
#[case::small("b2c", CrmType::B2C)]
#[case::capitals("B2C", CrmType::B2C)]
#[case::mixed("b2B", CrmType::B2B)]
fn case_does_not_matter_in_the_crm_type(#[case] word: &str, #[case] crm_type: CrmType) {
    assert_eq!(
        right(&format!("cubedex --crm-type {word}")).browse.account.customers.crm_type,
        Some(crm_type)
    );
}

#[rstest]
#[case::own("cubedex", None)]
#[case::high_contrast("cubedex --theme high-contrast", Some(Theme::HighContrast))]
fn a_theme_can_be_named(#[case] line: &str, #[case] theme: Option<Theme>) {
    assert_eq!(right(line).browse.theme, theme);
}

#[rstest]
#[case::defaults("cubedex serve", (0, 12_340, 500, 0))]
#[case::all("cubedex serve --port 8000 --customers 0 --page-size 7 --latency-ms 120", (8_000, 0, 7, 120))]
#[case::a_million("cubedex serve --customers 1000000", (0, 1_000_000, 500, 0))]
fn the_town_is_served_as_asked(#[case] line: &str, #[case] expected: (u16, u64, u32, u64)) {
    let Some(Command::Serve(serve)) = right(line).command else {
        panic!("not serve");
    };
    assert_eq!((serve.port, serve.customers, serve.page_size, serve.latency_ms), expected);
}

#[rstest]
#[case::unknown("cubedex --tokne=CANARY", "there is no option --tokne here; cubedex --help lists them")]
#[case::secret(
    "cubedex --9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b",
    "there is no option … here; cubedex --help lists them"
)]
#[case::unknown_short("cubedex -tCANARY", "there is no option -t here; cubedex --help lists them")]
#[case::escape("cubedex --a\u{1b}[2Jb", "there is no option --a␛[2Jb here; cubedex --help lists them")]
#[case::of_the_browser("cubedex serve --demo", "there is no option --demo here; cubedex --help lists them")]
#[case::negative_id("cubedex -5", "there is no option -5 here; cubedex --help lists them")]
#[case::two_ids("cubedex 1 CANARY", "there is one argument too many, for example: cubedex --demo 9120011888")]
#[case::word(
    "cubedex serve CANARY",
    "there is one argument too many, for example: cubedex --demo 9120011888"
)]
#[case::no_value("cubedex --account", "--account takes the account's name, for example: --account acme")]
#[case::no_file(
    "cubedex --custom-fields=",
    "--custom-fields takes a file, for example: --custom-fields CustomerCustomFields.json"
)]
#[case::flag_with_value("cubedex --demo=CANARY", "--demo takes no value, for example: cubedex --demo")]
#[case::twice("cubedex --account CANARY --account b", "--account is there twice; give it once")]
#[case::twice_a_flag("cubedex --demo --demo", "--demo is there twice; give it once")]
#[case::owner(
    "cubedex --data-owner CANARY",
    "--data-owner takes a whole number from 1 on, for example: --data-owner 2"
)]
#[case::negative(
    "cubedex --data-owner -1",
    "--data-owner takes a whole number from 1 on, for example: --data-owner 2"
)]
#[case::nothing(
    "cubedex --assignment 0",
    "--assignment takes a whole number from 1 on, for example: --assignment 9"
)]
#[case::exponent(
    "cubedex --assignment 1e3",
    "--assignment takes a whole number from 1 on, for example: --assignment 9"
)]
#[case::plus(
    "cubedex --assignment +9",
    "--assignment takes a whole number from 1 on, for example: --assignment 9"
)]
#[case::empty(
    "cubedex --assignment=",
    "--assignment takes a whole number from 1 on, for example: --assignment 9"
)]
#[case::arabic(
    "cubedex --assignment ٣",
    "--assignment takes a whole number from 1 on, for example: --assignment 9"
)]
#[case::wide(
    "cubedex --assignment ９",
    "--assignment takes a whole number from 1 on, for example: --assignment 9"
)]
#[case::too_large(
    "cubedex --assignment 99999999999999999999",
    "--assignment takes a whole number from 1 on, for example: --assignment 9"
)]
#[case::crm_type("cubedex --crm-type CANARY", "--crm-type takes B2C or B2B, for example: --crm-type B2C")]
#[case::theme(
    "cubedex --theme CANARY",
    "--theme takes auto, terminal, dark, light or high-contrast, for example: --theme dark"
)]
#[case::store(
    "cubedex login --store CANARY",
    "--store takes keyring, file or nowhere, for example: --store keyring"
)]
#[case::profile(
    "cubedex status --profile",
    "--profile takes the name of a profile, for example: --profile acme"
)]
#[case::no_file_of_settings(
    "cubedex profiles --config=",
    "--config takes a file, for example: --config config.toml"
)]
#[case::token_of_login(
    "cubedex login --with-token=CANARY",
    "--with-token takes no value, for example: cubedex --with-token"
)]
#[case::token_behind(
    "cubedex login --with-token CANARY",
    "there is one argument too many, for example: cubedex --demo 9120011888"
)]
#[case::port(
    "cubedex serve --port 99999",
    "--port takes a whole number from 0 to 65535, for example: --port 8000"
)]
#[case::page(
    "cubedex serve --page-size 0",
    "--page-size takes a whole number from 1 to 1000000, for example: --page-size 500"
)]
#[case::latency(
    "cubedex serve --latency-ms 1h",
    "--latency-ms takes a whole number from 0 to 60000, for example: --latency-ms 120"
)]
#[case::both(
    "cubedex --demo serve",
    "serve comes first and its options after it; cubedex serve --help lists them"
)]
#[case::command_behind_an_id(
    "cubedex 1 serve",
    "there is one argument too many, for example: cubedex --demo 9120011888"
)]
#[case::help_on_nothing(
    "cubedex help sttaus",
    "there is no command sttaus (did you mean status?); cubedex --help lists them, and --search looks for a name"
)]
#[case::near_a_command(
    "cubedex expport",
    "there is no command expport (did you mean export?); cubedex --help lists them, and --search looks for a name"
)]
#[case::near_a_command_behind_an_option(
    "cubedex --demo srve",
    "there is no command srve (did you mean serve?); cubedex --help lists them, and --search looks for a name"
)]
#[case::near_nothing(
    "cubedex kari",
    "there is no command kari; cubedex --help lists them, and --search looks for a name"
)]
#[case::a_token_in_the_wrong_place(
    "cubedex --demo 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b",
    "there is no command …; cubedex --help lists them, and --search looks for a name"
)]
#[case::an_address_with_a_password(
    "cubedex https://u:9944b09199c62bcf@acme.no",
    "there is no command …; cubedex --help lists them, and --search looks for a name"
)]
#[case::near_a_command_of_a_command(
    "cubedex fields pul",
    "there is no such command (did you mean pull?); cubedex fields --help lists them"
)]
#[case::near_an_option(
    "cubedex --assignmet 9",
    "there is no option --assignmet here (did you mean --assignment?); cubedex --help lists them"
)]
#[case::near_an_option_of_a_command(
    "cubedex export --colums=id",
    "there is no option --colums here (did you mean --columns?); cubedex --help lists them"
)]
#[case::near_an_option_of_another_command(
    "cubedex status --colums=id",
    "there is no option --colums here; cubedex --help lists them"
)]
#[case::two_texts(
    "cubedex --search CANARY 7",
    "these arguments do not go together; cubedex --help says which do"
)]
fn a_wrong_argument_is_named_in_one_line_without_its_value(#[case] line: &str, #[case] said: &str) {
    assert_eq!(wrong(line.split(' ').map(OsString::from)), said);
}

#[rstest]
#[case::apart("cubedex --token CANARY", "--token")]
#[case::joined("cubedex --token=CANARY", "--token")]
#[case::alone("cubedex --token", "--token")]
#[case::like_an_option("cubedex --token -CANARY", "--token")]
#[case::password("cubedex --demo --password CANARY", "--password")]
#[case::behind_a_mistake("cubedex --bogus --password=CANARY", "--password")]
#[case::of_serve("cubedex serve --token CANARY", "--token")]
#[case::of_login("cubedex login --token=CANARY", "--token")]
#[case::behind_its_name("cubedex login --with-token --token CANARY", "--token")]
fn a_secret_as_an_argument_is_refused_and_not_repeated(#[case] line: &str, #[case] option: &str) {
    let said = wrong(line.split(' ').map(OsString::from));
    assert!(
        said.starts_with(&format!("{option} does not exist")) && said.contains("set CUBEDEX_TOKEN instead")
    );
}

#[test]
fn behind_two_dashes_nothing_is_an_option() {
    let Some(Command::Find(find)) = right("cubedex find -- --token").command else { panic!("not find") };
    assert_eq!(find.text, ["--token"]);
}

#[test]
fn a_huge_argument_is_cut() {
    let said = wrong([OsString::from("cubedex"), OsString::from(format!("--{}", "x".repeat(128 * 1024)))]);
    assert!(said.len() < 200, "{said}");
}

#[cfg(unix)]
#[rstest]
#[case::id(b"\xff\xfe", "an argument is not UTF-8; cubedex --help says what is expected")]
#[case::value(b"--account=\xff\xfe", "an argument is not UTF-8; cubedex --help says what is expected")]
#[case::secret(b"--token=\xff\xfeCANARY", "--token does not exist")]
fn bytes_that_are_no_text_are_refused(#[case] argument: &[u8], #[case] said: &str) {
    use std::os::unix::ffi::OsStringExt;
    let arguments = [OsString::from("cubedex"), OsString::from_vec(argument.to_vec())];
    assert!(wrong(arguments).starts_with(said));
}

#[test]
fn a_file_may_have_any_name() {
    assert_eq!(
        right("cubedex --custom-fields /dev/stdin").browse.account.custom_fields,
        Some("/dev/stdin".into())
    );
}

#[test]
fn the_help_names_every_option_variable_and_exit_code() {
    // In a narrow terminal, or with COLUMNS set, its lines break elsewhere.
    let help = shown("cubedex --help").split_whitespace().collect::<Vec<_>>().join(" ");
    let options = Cli::command()
        .get_arguments()
        .filter_map(|option| option.get_long().map(str::to_owned))
        .collect::<Vec<_>>();
    assert!(options.len() > 6);
    for option in options {
        assert!(help.contains(&format!("--{option}")), "{option}");
    }
    for word in
        ["CUBEDEX_TOKEN", "CUBEDEX_USER", "CUBEDEX_PASSWORD", "NO_COLOR", "Exit codes", "101", "128+n"]
    {
        assert!(help.contains(word), "{word}");
    }
    assert!(!help.contains("--token") && !help.contains("--password"));
}

#[rstest]
#[case::short("cubedex -h", "Usage: cubedex [--profile NAME]")]
#[case::command("cubedex help", "Usage: cubedex [--profile NAME]")]
#[case::serve("cubedex serve --help", "Usage: cubedex serve [OPTIONS]")]
#[case::version("cubedex --version", concat!("cubedex ", env!("CARGO_PKG_VERSION"), "\n"))]
fn help_and_version_are_there_where_they_are_looked_for(#[case] line: &str, #[case] text: &str) {
    assert!(shown(line).contains(text), "{}", shown(line));
}

#[test]
fn the_help_fits_a_terminal_of_80_columns() {
    let mut command = Cli::command().term_width(80);
    for line in command.render_help().to_string().lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}
