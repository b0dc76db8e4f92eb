//! Command lines and environments, and the settings they make.

mod everybody;

use super::*;
use crate::cli::Cli;
use crate::cube::Credential;
use rstest::rstest;
use secrecy::ExposeSecret;

type Variables<'a> = &'a [(&'a str, &'a str)];

const TOKEN_SET: Variables<'_> = &[("CUBEDEX_TOKEN", "CANARY")];

fn resolve(line: &str, variables: Variables<'_>) -> Result<Settings, BadSetting> {
    resolve_in(&Folders::default(), line, variables)
}

fn resolve_in(folders: &Folders, line: &str, variables: Variables<'_>) -> Result<Settings, BadSetting> {
    let cli = Cli::read(line.split(' ').map(OsString::from)).ok().unwrap();
    let variable =
        |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
    Settings::resolve(&cli.browse, folders, variable)
}

fn found(settings: Settings) -> (Origin, List, CredentialLookup) {
    match settings.target {
        Target::Account { origin, list, credential, .. } => (origin, list, credential.find().unwrap()),
        Target::Demo { .. } => panic!("not the demo"),
    }
}

fn account(line: &str, variables: Variables<'_>) -> (Origin, List, Credential) {
    match found(resolve(line, variables).unwrap()) {
        (origin, list, CredentialLookup::Found(credential, CredentialSource::Environment(_))) => {
            (origin, list, credential)
        }
        _ => panic!("nothing in the environment"),
    }
}

/// The one line that is said of wrong settings.
fn wrong(line: &str, variables: Variables<'_>) -> String {
    let error = resolve(line, variables).unwrap_err();
    let said = error.to_string();
    assert!(
        !said.contains('\n') && !said.contains("CANARY") && !format!("{error:?}").contains("CANARY"),
        "{said}"
    );
    said
}

#[rstest]
#[case::account("cubedex --account acme --assignment 9", "https://acme.headshed.com", "assignment 9")]
#[case::url(
    "cubedex --url https://cube.acme.no/api/v1/ --assignment 9",
    "https://cube.acme.no",
    "assignment 9"
)]
#[case::this_computer(
    "cubedex --url http://127.0.0.1:8000 --assignment 9",
    "http://127.0.0.1:8000",
    "assignment 9"
)]
#[case::owner(
    "cubedex --account acme --data-owner 2 --crm-type b2c",
    "https://acme.headshed.com",
    "data owner 2 · B2C"
)]
#[case::business(
    "cubedex --crm-type B2B --data-owner 2 --account acme",
    "https://acme.headshed.com",
    "data owner 2 · B2B"
)]
fn a_command_line_leads_to_an_account(#[case] line: &str, #[case] address: &str, #[case] listed: &str) {
    let (origin, list, credential) = account(line, TOKEN_SET);
    assert_eq!((origin.to_string().as_str(), list.to_string().as_str()), (address, listed));
    assert!(matches!(credential, Credential::Token(_)));
}

#[test]
fn the_demo_needs_nothing_else() {
    let settings = resolve("cubedex --demo", &[]).unwrap();
    assert!(matches!(settings.target, Target::Demo { read_only: false }));
    assert!(settings.typed.is_none() && settings.custom_fields.is_none() && !settings.no_color);
}

#[test]
fn the_demo_goes_with_a_customer_and_a_mapping_file() {
    let settings = resolve("cubedex --demo 0091 --custom-fields labels.json", &[("NO_COLOR", "1")]).unwrap();
    assert_eq!(settings.typed.as_ref().map(ExposeSecret::expose_secret), Some("0091"));
    assert_eq!(settings.custom_fields, Some("labels.json".into()));
    assert!(settings.no_color);
    assert!(!format!("{settings:?}").contains("0091"));
}

#[rstest]
#[case::nothing(
    "cubedex",
    "nothing is set up yet: cubedex --demo looks around in an invented town, cubedex login sets an account up, \
     and cubedex --account acme --assignment 9 does without"
)]
#[case::no_account(
    "cubedex --assignment 9",
    "no account is named, for example: cubedex --account acme --assignment 9 (cubedex --demo needs none)"
)]
#[case::two_accounts(
    "cubedex --account acme --url https://x.no --assignment 9",
    "--account and --url name the account twice; give one of them, for example: --account acme"
)]
#[case::no_list(
    "cubedex --account acme",
    "no list is named, for example: --assignment 9 (or: --data-owner 2 --crm-type B2C)"
)]
#[case::two_lists(
    "cubedex --account acme --assignment 9 --data-owner 2",
    "--assignment and --data-owner name two lists; give one of them, for example: --assignment 9"
)]
#[case::list_and_a_half(
    "cubedex --account acme --assignment 9 --crm-type B2C",
    "--assignment and --crm-type name two lists; give one of them, for example: --assignment 9"
)]
#[case::no_crm_type(
    "cubedex --account acme --data-owner 2",
    "--data-owner needs --crm-type, for example: --data-owner 2 --crm-type B2C"
)]
#[case::no_data_owner(
    "cubedex --account acme --crm-type B2C",
    "--crm-type needs --data-owner, for example: --data-owner 2 --crm-type B2C"
)]
#[case::bad_account(
    "cubedex --account CANARY.evil --assignment 9",
    "--account is wrong: an account name is 1 to 63 small letters, digits and hyphens, such as acme"
)]
#[case::plain_http(
    "cubedex --url http://acme.headshed.com --assignment 9",
    "--url is wrong: plain http is only for this computer itself; write https:// (for example: --url https://acme.headshed.com)"
)]
#[case::user_info(
    "cubedex --url https://u:CANARY@acme.headshed.com --assignment 9",
    "--url must not hold a user name or password, which others can read there; set CUBEDEX_TOKEN instead, \
     for example: --url https://acme.headshed.com"
)]
fn a_wrong_setting_is_named_in_one_line(#[case] line: &str, #[case] said: &str) {
    assert_eq!(wrong(line, TOKEN_SET), said);
}

#[rstest]
#[case::account("--account acme", "--account")]
#[case::url("--url https://x.no", "--url")]
#[case::assignment("--assignment 9", "--assignment")]
#[case::owner("--data-owner 2", "--data-owner")]
#[case::crm_type("--crm-type B2C", "--crm-type")]
#[case::profile("--profile work", "--profile")]
fn the_demo_and_an_account_contradict(#[case] options: &str, #[case] option: &str) {
    let said = wrong(&format!("cubedex --demo {options}"), TOKEN_SET);
    assert_eq!(
        said,
        format!(
            "--demo has its own account, so {option} contradicts it; leave one of them out, for example: cubedex --demo"
        )
    );
}

const LINE: &str = "cubedex --account acme --assignment 9";

#[rstest]
#[case::empty_token(&[("CUBEDEX_TOKEN", "")], "CUBEDEX_TOKEN is wrong: the token is empty")]
#[case::line_end_alone(&[("CUBEDEX_TOKEN", "\n")], "CUBEDEX_TOKEN is wrong: the token is empty")]
#[case::two_lines(&[("CUBEDEX_TOKEN", "CANARY\nx\n")], "CUBEDEX_TOKEN is wrong: the token (8 bytes) holds a line end")]
#[case::blank(&[("CUBEDEX_TOKEN", "CANARY x")], "CUBEDEX_TOKEN is wrong: the token (8 bytes) holds a blank")]
#[case::user_alone(&[("CUBEDEX_USER", "CANARY")], "CUBEDEX_PASSWORD is not set; CUBEDEX_USER and CUBEDEX_PASSWORD go together, or set CUBEDEX_TOKEN alone")]
#[case::password_alone(&[("CUBEDEX_PASSWORD", "CANARY"), ("CUBEDEX_USER", "")], "CUBEDEX_USER is not set; CUBEDEX_USER and CUBEDEX_PASSWORD go together, or set CUBEDEX_TOKEN alone")]
#[case::user_with_colon(&[("CUBEDEX_USER", "a:b"), ("CUBEDEX_PASSWORD", "CANARY")], "CUBEDEX_USER or CUBEDEX_PASSWORD is wrong: the user name has a colon, at which Basic authentication ends it; use a name without one, or a token")]
#[case::user_of_two_lines(&[("CUBEDEX_USER", "a\nb"), ("CUBEDEX_PASSWORD", "CANARY")], "CUBEDEX_USER or CUBEDEX_PASSWORD is wrong: the user name (3 bytes) holds a line end")]
fn a_credential_that_is_missing_or_wrong_is_named_and_never_shown(
    #[case] variables: Variables<'_>,
    #[case] said: &str,
) {
    assert_eq!(wrong(LINE, variables), said);
}

const USER_SET: Variables<'_> = &[("CUBEDEX_USER", "a@b.no"), ("CUBEDEX_PASSWORD", "blå bær\r\n")];

#[rstest]
#[case::line_end(&[("CUBEDEX_TOKEN", "CANARY\n")])]
#[case::windows_line_end(&[("CUBEDEX_TOKEN", "CANARY\r\n")])]
#[case::before_a_user(&[USER_SET[0], USER_SET[1], ("CUBEDEX_TOKEN", "CANARY")])]
#[case::before_half_a_user(&[USER_SET[0], ("CUBEDEX_TOKEN", "CANARY")])]
fn a_token_is_taken_without_its_line_end_and_before_a_user(#[case] variables: Variables<'_>) {
    use secrecy::ExposeSecret;
    let (_, _, Credential::Token(token)) = account(LINE, variables) else {
        panic!("not the token");
    };
    assert_eq!(token.expose_secret(), "CANARY");
}

#[rstest]
#[case::no_token(USER_SET)]
#[case::empty_token(&[USER_SET[0], USER_SET[1], ("CUBEDEX_TOKEN", "")])]
fn a_user_and_a_password_will_do(#[case] variables: Variables<'_>) {
    use secrecy::ExposeSecret;
    let (_, _, Credential::Basic { user, password }) = account(LINE, variables) else {
        panic!("not the user");
    };
    assert_eq!((user.as_str(), password.expose_secret()), ("a@b.no", "blå bær"));
}

#[test]
fn settings_hold_back_what_a_command_is_given() {
    let (folder, folders) = folders(Some("work"));
    let text = "[profile.work]\naccount = \"a\"\nassignment = 1\ntoken_command = [\"echo\", \"CANARY\"]\n";
    std::fs::write(folder.path().join("config.toml"), text).unwrap();
    let settings = resolve_in(&folders, "cubedex", &[]).unwrap();
    let shown = format!("{settings:?}");
    assert!(shown.contains("CredentialStore::Command") && !shown.contains("CANARY"), "{shown}");
}

#[test]
fn settings_hold_their_secrets_back() {
    let settings = resolve(LINE, TOKEN_SET).unwrap();
    let shown = format!("{settings:?}");
    assert!(shown.contains("CUBEDEX_TOKEN") && !shown.contains("CANARY"), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_credential_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStringExt;
    let cli = Cli::read(LINE.split(' ').map(OsString::from)).ok().unwrap();
    let variable = |name: &str| (name == "CUBEDEX_TOKEN").then(|| OsString::from_vec(b"CANARY\xff".to_vec()));
    let error = Settings::resolve(&cli.browse, &Folders::default(), variable).unwrap_err();
    assert_eq!(error.to_string(), "CUBEDEX_TOKEN is not UTF-8, so it cannot be sent");
}

/// A configuration folder with two profiles, neither of which is the usual one, or one that is.
fn folders(usual: Option<&str>) -> (tempfile::TempDir, Folders) {
    let folder = tempfile::tempdir().unwrap();
    let usual = usual.map(|name| format!("default_profile = \"{name}\"\n")).unwrap_or_default();
    let text = usual
        + "theme = \"dark\"\nat_once = 2\n\
           [profile.work]\naccount = \"acme\"\ndata_owner = 2\ncrm_type = \"B2C\"\naccent = \"green\"\n\
           custom_fields = \"w.json\"\ntoken_file = \"work.token\"\n\
           [profile.home]\naccount = \"beta\"\nassignment = 3\nat_once = 1\n";
    std::fs::write(folder.path().join("config.toml"), text).unwrap();
    let token = secrecy::SecretString::from("FILE-CANARY");
    token_file::write(&folder.path().join("work.token"), &token).unwrap();
    let folders = Folders { config: Some(folder.path().to_owned()), ..Folders::default() };
    (folder, folders)
}

/// Where a command line leads: account, list, where its credential comes from.
fn leads(settings: Settings) -> String {
    let (origin, list, found) = found(settings);
    let source = match found {
        CredentialLookup::Found(_, CredentialSource::File(_)) => "file".to_owned(),
        CredentialLookup::Found(_, source) => source.to_string(),
        CredentialLookup::Missing(_) => "asked".to_owned(),
    };
    format!("{} · {list} · {source}", origin.account_name().unwrap_or(origin.host()))
}

#[rstest]
#[case::usual("cubedex", &[], "acme · data owner 2 · B2C · file")]
#[case::named("cubedex --profile home", &[], "beta · assignment 3 · asked")]
#[case::set("cubedex", &[("CUBEDEX_PROFILE", "home")], "beta · assignment 3 · asked")]
#[case::typed_before_set("cubedex --profile work", &[("CUBEDEX_PROFILE", "home")], "acme · data owner 2 · B2C · file")]
#[case::token_before_file("cubedex", TOKEN_SET, "acme · data owner 2 · B2C · CUBEDEX_TOKEN")]
#[case::user_before_file(
    "cubedex",
    USER_SET,
    "acme · data owner 2 · B2C · CUBEDEX_USER and CUBEDEX_PASSWORD"
)]
#[case::an_empty_token_is_none("cubedex", &[("CUBEDEX_TOKEN", "")], "acme · data owner 2 · B2C · file")]
#[case::another_list("cubedex --assignment 7", &[], "acme · assignment 7 · file")]
#[case::another_type("cubedex --crm-type B2B", &[], "acme · data owner 2 · B2B · file")]
#[case::another_owner("cubedex --data-owner 5", &[], "acme · data owner 5 · B2C · file")]
#[case::list_from_environment("cubedex", &[("CUBEDEX_ASSIGNMENT", "7\n")], "acme · assignment 7 · file")]
#[case::typed_list_before_set("cubedex --assignment 8", &[("CUBEDEX_DATA_OWNER", "7")], "acme · assignment 8 · file")]
#[case::type_from_environment("cubedex", &[("CUBEDEX_CRM_TYPE", "b2b")], "acme · data owner 2 · B2B · file")]
#[case::the_same_account("cubedex --account acme", &[], "acme · data owner 2 · B2C · file")]
#[case::account_from_environment("cubedex --assignment 7", &[("CUBEDEX_ACCOUNT", "other")], "other · assignment 7 · asked")]
#[case::typed_account_before_set("cubedex --account acme", &[("CUBEDEX_ACCOUNT", "other")], "acme · data owner 2 · B2C · file")]
#[case::anothers_account_gets_no_secret("cubedex --profile work --account evil", &[], "evil · data owner 2 · B2C · asked")]
#[case::anothers_address_gets_no_secret("cubedex --profile work --url https://evil.no", &[], "evil.no · data owner 2 · B2C · asked")]
#[case::url_from_environment("cubedex --assignment 1", &[("CUBEDEX_URL", "https://evil.no")], "evil.no · assignment 1 · asked")]
fn typed_goes_before_set_and_set_before_written(
    #[case] line: &str,
    #[case] variables: Variables<'_>,
    #[case] expected: &str,
) {
    let (_folder, folders) = folders(Some("work"));
    assert_eq!(leads(resolve_in(&folders, line, variables).unwrap()), expected);
}

#[test]
fn a_profile_brings_its_labels_its_colour_and_its_modesty() {
    let (folder, folders) = folders(Some("work"));
    let settings = resolve_in(&folders, "cubedex", &[]).unwrap();
    assert_eq!(settings.custom_fields, Some(folder.path().join("w.json")));
    assert_eq!((settings.accent, settings.at_once), (Some(Color::Green), 2));
    assert_eq!((settings.theme, settings.profile.as_deref()), (Theme::Dark, Some("work")));
    assert_eq!(settings.profiles.len(), 2);
    let settings =
        resolve_in(&folders, "cubedex --profile home --theme light --custom-fields x", &[]).unwrap();
    assert_eq!((settings.theme, settings.at_once), (Theme::Light, 1));
    assert_eq!(settings.custom_fields, Some("x".into()));
}

#[rstest]
#[case::other_account("cubedex --account other --assignment 7")]
#[case::demo("cubedex --demo")]
fn another_account_has_nothing_of_the_usual_profile(#[case] line: &str) {
    let (_folder, folders) = folders(Some("work"));
    let settings = resolve_in(&folders, line, &[]).unwrap();
    assert_eq!((settings.profile, settings.custom_fields, settings.accent), (None, None, None));
    assert_eq!(settings.theme, Theme::Dark);
}

#[rstest]
#[case::not_chosen("cubedex", &[], "there are several profiles (home, work) and none is chosen; name one with --profile, or as default_profile")]
#[case::unknown("cubedex --profile CANARY", &[], "there is no such profile; there are: home, work (cubedex login --profile NAME makes one)")]
#[case::unknown_set("cubedex", &[("CUBEDEX_PROFILE", "CANARY")], "there is no such profile; there are: home, work (cubedex login --profile NAME makes one)")]
#[case::two_set("cubedex", &[("CUBEDEX_ACCOUNT", "a"), ("CUBEDEX_URL", "https://a.no")], "CUBEDEX_ACCOUNT and CUBEDEX_URL name the account twice; give one of them, for example: CUBEDEX_ACCOUNT=acme")]
#[case::two_lists_set("cubedex", &[("CUBEDEX_ACCOUNT", "a"), ("CUBEDEX_ASSIGNMENT", "1"), ("CUBEDEX_DATA_OWNER", "1")], "CUBEDEX_ASSIGNMENT and CUBEDEX_DATA_OWNER name two lists; give one of them, for example: CUBEDEX_ASSIGNMENT=9")]
#[case::half_a_list_set("cubedex", &[("CUBEDEX_ACCOUNT", "a"), ("CUBEDEX_DATA_OWNER", "1")], "CUBEDEX_DATA_OWNER needs CUBEDEX_CRM_TYPE, for example: CUBEDEX_DATA_OWNER=2 CUBEDEX_CRM_TYPE=B2C")]
#[case::number("cubedex", &[("CUBEDEX_ASSIGNMENT", "CANARY")], "CUBEDEX_ASSIGNMENT takes a whole number from 1 on, for example: CUBEDEX_ASSIGNMENT=9")]
#[case::other_digits("cubedex", &[("CUBEDEX_DATA_OWNER", "٣")], "CUBEDEX_DATA_OWNER takes a whole number from 1 on, for example: CUBEDEX_DATA_OWNER=9")]
#[case::plus("cubedex", &[("CUBEDEX_ASSIGNMENT", "+1")], "CUBEDEX_ASSIGNMENT takes a whole number from 1 on, for example: CUBEDEX_ASSIGNMENT=9")]
#[case::crm_type("cubedex", &[("CUBEDEX_CRM_TYPE", "CANARY")], "CUBEDEX_CRM_TYPE takes B2C or B2B, for example: CUBEDEX_CRM_TYPE=B2C")]
#[case::secret_in_url("cubedex", &[("CUBEDEX_URL", "https://u:CANARY@a.no")], "CUBEDEX_URL must not hold a user name or password, which others can read there; set CUBEDEX_TOKEN instead, for example: CUBEDEX_URL=https://acme.headshed.com")]
fn what_is_wrong_in_environment_or_file_is_named_in_one_line(
    #[case] line: &str,
    #[case] variables: Variables<'_>,
    #[case] said: &str,
) {
    let (_folder, folders) = folders(None);
    let error = resolve_in(&folders, line, variables).unwrap_err();
    assert_eq!(error.to_string(), said);
    assert!(!format!("{error:?}").contains("CANARY"));
}

#[test]
fn a_file_that_was_named_must_be_there_and_one_that_was_not_need_not() {
    let (folder, folders) = folders(None);
    let missing = folder.path().join("none.toml");
    let line = format!("cubedex --demo --config {}", missing.display());
    let said = resolve_in(&folders, &line, &[]).unwrap_err().to_string();
    assert_eq!(said, format!("{}: there is no such file", missing.display()));
    let nowhere = Folders { config: Some(missing), ..Folders::default() };
    assert!(resolve_in(&nowhere, "cubedex", &[]).unwrap_err().is_first_start());
    assert!(resolve_in(&nowhere, "cubedex --demo", &[]).is_ok());
}

#[test]
fn a_mistake_in_the_file_is_told_with_the_file() {
    let (folder, folders) = folders(None);
    let path = folder.path().join("config.toml");
    std::fs::write(&path, "theme = 7\n").unwrap();
    let said = resolve_in(&folders, "cubedex --demo", &[]).unwrap_err().to_string();
    assert!(said.starts_with(&format!("{}, line 1, column 9: theme takes ", path.display())), "{said}");
}
