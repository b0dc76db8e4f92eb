//! Command lines and environments, and the settings they make.

use super::*;
use crate::cli::Cli;
use rstest::rstest;

type Variables<'a> = &'a [(&'a str, &'a str)];

const TOKEN_SET: Variables<'_> = &[("CUBEDEX_TOKEN", "CANARY")];

fn resolve(line: &str, variables: Variables<'_>) -> Result<Settings, BadSetting> {
    let cli = Cli::read(line.split(' ').map(OsString::from)).ok().unwrap();
    let variable =
        |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
    Settings::resolve(&cli.browse, variable)
}

fn account(line: &str, variables: Variables<'_>) -> (Origin, List, Credential) {
    match resolve(line, variables).unwrap().place {
        Place::Account { origin, list, credential } => (origin, list, credential),
        Place::Demo => panic!("not the demo"),
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
    assert!(matches!(settings.place, Place::Demo));
    assert!(settings.customer.is_none() && settings.custom_fields.is_none() && !settings.no_color);
}

#[test]
fn the_demo_goes_with_a_customer_and_a_mapping_file() {
    let settings = resolve("cubedex --demo 0091 --custom-fields labels.json", &[("NO_COLOR", "1")]).unwrap();
    assert_eq!(settings.customer.as_ref().map(CustomerId::as_str), Some("0091"));
    assert_eq!(settings.custom_fields, Some("labels.json".into()));
    assert!(settings.no_color);
    assert!(!format!("{settings:?}").contains("0091"));
}

#[rstest]
#[case::nothing(
    "cubedex",
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
#[case::command(
    "cubedex srve",
    "CUSTOMER_ID is wrong: a customer's id is 1 to 20 digits, for example: cubedex --demo 9120011888"
)]
#[case::url_as_id(
    "cubedex --demo https://u:CANARY@acme.headshed.com",
    "CUSTOMER_ID is wrong: a customer's id is 1 to 20 digits, for example: cubedex --demo 9120011888"
)]
fn a_wrong_setting_is_named_in_one_line(#[case] line: &str, #[case] said: &str) {
    assert_eq!(wrong(line, TOKEN_SET), said);
}

#[rstest]
#[case::dash("-")]
#[case::file("@ids.txt")]
#[case::letters("12a")]
#[case::other_digits("٣")]
#[case::too_long("123456789012345678901")]
fn only_digits_are_a_customer(#[case] id: &str) {
    assert!(wrong(&format!("cubedex --demo {id}"), &[]).starts_with("CUSTOMER_ID is wrong"));
}

#[rstest]
#[case::account("--account acme", "--account")]
#[case::url("--url https://x.no", "--url")]
#[case::assignment("--assignment 9", "--assignment")]
#[case::owner("--data-owner 2", "--data-owner")]
#[case::crm_type("--crm-type B2C", "--crm-type")]
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
#[case::none(&[], "CUBEDEX_TOKEN is not set, nor CUBEDEX_USER with CUBEDEX_PASSWORD, for example: read -rs CUBEDEX_TOKEN && export CUBEDEX_TOKEN")]
#[case::empty_token(&[("CUBEDEX_TOKEN", "")], "CUBEDEX_TOKEN is wrong: the token is empty")]
#[case::line_end_alone(&[("CUBEDEX_TOKEN", "\n")], "CUBEDEX_TOKEN is wrong: the token is empty")]
#[case::two_lines(&[("CUBEDEX_TOKEN", "CANARY\n\n")], "CUBEDEX_TOKEN is wrong: the token (7 bytes) holds a blank, a line end or a character that cannot be sent")]
#[case::blank(&[("CUBEDEX_TOKEN", "CANARY x")], "CUBEDEX_TOKEN is wrong: the token (8 bytes) holds a blank, a line end or a character that cannot be sent")]
#[case::user_alone(&[("CUBEDEX_USER", "CANARY")], "CUBEDEX_PASSWORD is not set; CUBEDEX_USER and CUBEDEX_PASSWORD go together, or set CUBEDEX_TOKEN alone")]
#[case::password_alone(&[("CUBEDEX_PASSWORD", "CANARY"), ("CUBEDEX_USER", "")], "CUBEDEX_USER is not set; CUBEDEX_USER and CUBEDEX_PASSWORD go together, or set CUBEDEX_TOKEN alone")]
#[case::user_with_colon(&[("CUBEDEX_USER", "a:b"), ("CUBEDEX_PASSWORD", "CANARY")], "CUBEDEX_USER or CUBEDEX_PASSWORD is wrong: the user name (3 bytes) holds a blank, a line end or a character that cannot be sent")]
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
fn settings_hold_their_secrets_back() {
    let settings = resolve(LINE, TOKEN_SET).unwrap();
    assert!(!format!("{settings:?}").contains("CANARY"));
}

#[cfg(unix)]
#[test]
fn a_credential_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStringExt;
    let cli = Cli::read(LINE.split(' ').map(OsString::from)).ok().unwrap();
    let variable = |name: &str| (name == "CUBEDEX_TOKEN").then(|| OsString::from_vec(b"CANARY\xff".to_vec()));
    let error = Settings::resolve(&cli.browse, variable).unwrap_err();
    assert_eq!(error.to_string(), "CUBEDEX_TOKEN is not UTF-8, so it cannot be sent");
}
