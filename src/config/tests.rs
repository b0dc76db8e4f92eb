//! Command lines and environments, and the settings they mean.

use super::*;
use crate::cli::Cli;
use clap::Parser;
use rstest::rstest;

fn resolve(line: &str, env: &[(&str, &str)]) -> Result<Settings, BadSetting> {
    let cli = Cli::try_parse_from(line.split_whitespace()).unwrap();
    let env: Vec<(String, String)> =
        env.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    Settings::resolve(&cli.browse, |name| {
        env.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    })
}

const TOKEN: [(&str, &str); 1] = [("CUBEDEX_TOKEN", "secret\n")];

#[rstest]
#[case::account("cubedex --account acme --assignment 9", "https://acme.headshed.com", "assignment 9")]
#[case::url(
    "cubedex --url https://cube.acme.no/api/v1/ --assignment 9",
    "https://cube.acme.no",
    "assignment 9"
)]
#[case::loopback(
    "cubedex --url http://127.0.0.1:8000 --assignment 9",
    "http://127.0.0.1:8000",
    "assignment 9"
)]
#[case::owner(
    "cubedex --account acme --data-owner 2 --crm-type b2c",
    "https://acme.headshed.com",
    "data owner 2 · B2C"
)]
fn a_command_line_means_a_place(#[case] line: &str, #[case] address: &str, #[case] expected: &str) {
    let Place::Account { origin, list, credential } = resolve(line, &TOKEN).unwrap().place else { panic!() };
    assert_eq!((origin.to_string().as_str(), list.to_string().as_str()), (address, expected));
    assert!(matches!(credential, Credential::Token(_)));
}

#[rstest]
#[case::nothing("cubedex", "which account?")]
#[case::no_list("cubedex --account acme", "which list?")]
#[case::two_accounts("cubedex --account acme --url https://x.no --assignment 9", "--url and --account")]
#[case::two_lists("cubedex --account acme --assignment 9 --data-owner 2", "--assignment and --data-owner")]
#[case::half_a_list("cubedex --account acme --data-owner 2", "--data-owner and --crm-type go together")]
#[case::no_number("cubedex --account acme --assignment 1e3", "--assignment takes a whole number")]
#[case::other_digits("cubedex --account acme --assignment ٣", "--assignment takes a whole number")]
#[case::plain_http("cubedex --url http://acme.headshed.com --assignment 9", "--url: plain http")]
#[case::user_info(
    "cubedex --url https://u:CANARY@acme.headshed.com --assignment 9",
    "--url: an address must not hold"
)]
#[case::bad_account("cubedex --account Acme.evil --assignment 9", "--account: ")]
#[case::demo_and("cubedex --demo --account acme", "--demo has its own account; leave out --account")]
#[case::bad_id("cubedex --demo 12x", "CUSTOMER_ID: an id is 1 to 20 digits")]
fn a_wrong_command_line_is_answered_with_one_line_that_names_the_setting(
    #[case] line: &str,
    #[case] said: &str,
) {
    let words = resolve(line, &TOKEN).unwrap_err().to_string();
    assert!(words.starts_with(said), "{words}");
    assert!(!words.contains('\n') && !words.contains("CANARY"), "{words}");
}

#[rstest]
#[case::none(&[], "no credential: set CUBEDEX_TOKEN")]
#[case::half(&[("CUBEDEX_USER", "a@b.no")], "CUBEDEX_USER and CUBEDEX_PASSWORD go together; CUBEDEX_PASSWORD is not set")]
#[case::empty(&[("CUBEDEX_TOKEN", "")], "CUBEDEX_TOKEN: the token is empty")]
#[case::blank_inside(&[("CUBEDEX_TOKEN", "CANARY x")], "CUBEDEX_TOKEN: the token (8 bytes)")]
fn a_credential_that_is_missing_or_wrong_is_named_and_never_shown(
    #[case] env: &[(&str, &str)],
    #[case] said: &str,
) {
    let words = resolve("cubedex --account acme --assignment 9", env).unwrap_err().to_string();
    assert!(words.starts_with(said), "{words}");
    assert!(!words.contains("CANARY"));
}

#[test]
fn user_and_password_will_do_and_a_token_goes_before_them() {
    let line = "cubedex --account acme --assignment 9";
    let basic = [("CUBEDEX_USER", "a@b.no"), ("CUBEDEX_PASSWORD", "x")];
    let credential = |env: &[(&str, &str)]| match resolve(line, env).unwrap().place {
        Place::Account { credential, .. } => credential,
        Place::Demo => panic!("not the demo"),
    };
    assert!(matches!(credential(&basic), Credential::Basic { .. }));
    assert!(matches!(credential(&[&basic[..], &TOKEN[..]].concat()), Credential::Token(_)));
}

#[test]
fn the_demo_needs_no_credential() {
    let settings = resolve("cubedex --demo 9120011888", &[("NO_COLOR", "1")]).unwrap();
    assert!(matches!(settings.place, Place::Demo) && settings.no_color);
    assert_eq!(settings.customer.unwrap().as_str(), "9120011888");
}

#[test]
fn the_mapping_file_is_named_after_the_account() {
    let folders = Folders { config: Some("/c".into()), state: None };
    let acme = Origin::account("acme").unwrap();
    assert_eq!(folders.custom_fields(&acme), Some("/c/CustomerCustomFields.acme.json".into()));
    assert_eq!(Folders::default().custom_fields(&acme), None);
}
