//! Calling, writing, reading aloud.

use super::*;
use crate::app::{LargeShape, Opener, PickKind};
use crate::words::NoProgram;
use rstest::rstest;

fn card() -> Desk {
    let mut desk = Desk::delivered(3, 10);
    desk.customers[1].2 = "+47 909 09 088 / 22 33 44 55".to_owned();
    desk.settle().press(KeyCode::Down).press(KeyCode::Enter)
}

fn run(desk: &Desk) -> Vec<&[String]> {
    let programs = desk.tasks.iter().filter_map(|task| match task {
        Task::Run(arguments) => Some(arguments.as_slice()),
        _ => None,
    });
    programs.collect()
}

#[test]
fn c_lists_the_numbers_as_they_are_dialled_and_enter_runs_the_profiles_program() {
    let mut desk = card();
    desk.app.session.account.programs.call = ["softphone", "--dial", "{number}"].map(str::to_owned).into();
    let desk = desk.keys("c");
    let pick = desk.app.layers.pick().unwrap();
    let listed: Vec<String> = pick.lines().iter().map(|item| item.value.to_string()).collect();
    assert_eq!(
        (pick.kind, listed),
        (PickKind::Numbers, vec!["+4790909088".to_owned(), "22334455".to_owned()])
    );
    let desk = desk.press(KeyCode::Enter);
    assert_eq!(run(&desk), [["softphone", "--dial", "+4790909088"]]);
    assert_eq!(desk.says(), "Handed over: +4790909088");
}

#[test]
fn without_a_program_of_ones_own_the_systems_opener_gets_an_address() {
    let mut desk = card();
    desk.app.session.account.programs.opener = Opener::Program("xdg-open");
    let desk = desk.keys("c").press(KeyCode::Down).press(KeyCode::Enter);
    assert_eq!(run(&desk), [["xdg-open", "tel:22334455"]]);
}

#[rstest]
#[case::within_an_argument("per@x.no", "to={address}", Some("to=per@x.no"))]
#[case::alone("per@x.no", "{address}", Some("per@x.no"))]
#[case::an_option("-x@y.no", "{address}", None)]
#[case::no_option_within_an_argument("-x@y.no", "to={address}", Some("to=-x@y.no"))]
fn the_profiles_own_program_writes_mails(
    #[case] address: &str,
    #[case] gap: &str,
    #[case] got: Option<&str>,
) {
    let mut desk = card();
    desk.app.session.account.programs.mail = ["mailer", gap].map(str::to_owned).into();
    let Parts { mut env, .. } = desk.app.parts();
    crate::app::reaching::mail(&mut env, address);
    desk.send(Msg::Ticked);
    let expected: Vec<Vec<String>> =
        got.iter().map(|got| vec!["mailer".to_owned(), (*got).to_owned()]).collect();
    assert_eq!(run(&desk), expected);
}

#[test]
fn over_ssh_the_number_is_copied_and_that_is_said() {
    let mut desk = card();
    desk.app.session.account.programs.opener = Opener::None(NoProgram::OverSsh);
    let desk = desk.keys("c").press(KeyCode::Enter);
    assert_eq!((run(&desk).len(), desk.copied.join("|").as_str()), (0, "+4790909088"));
    assert_eq!(desk.says(), "Copied: +4790909088 · over ssh no program is started");
}

#[test]
fn a_program_that_fails_is_said() {
    let mut desk = card();
    desk.send(Msg::Replied(Reply::ProgramFailed("softphone".into(), "ended with status 3".into())));
    assert_eq!(desk.says(), "softphone ended with status 3");
}

#[test]
fn a_customer_without_number_or_address_has_neither_list() {
    let mut desk = Desk::delivered(1, 10);
    desk.customers[0].2 = String::new();
    let desk = desk.settle().press(KeyCode::Enter);
    assert_eq!(desk.keys("c").says(), "This customer has no phone number");
    assert_eq!(card().keys("m").says(), "This customer has no e-mail address");
}

#[test]
fn v_shows_a_number_in_groups_and_other_text_spelled() {
    let desk = Desk::delivered(3, 10).settle().press(KeyCode::Enter).keys("v");
    let large = desk.app.layers.large().unwrap();
    assert_eq!(
        (large.label.as_str(), &large.shape),
        ("Phone 1", &LargeShape::Digits(["900", "00", "000"].map(str::to_owned).into()))
    );
    let desk = desk.press(KeyCode::Esc).press(KeyCode::Down).keys("v");
    assert_eq!(desk.app.layers.large().unwrap().shape, LargeShape::Spelled(vec![('A', "Alfa")]));
    let desk = desk.keys("v").press(KeyCode::Up).press(KeyCode::Up).keys("v");
    let large = desk.app.layers.large().unwrap();
    assert_eq!((large.label.as_str(), large.value.as_str()), ("ID", "1000"));
}

#[test]
fn a_number_typed_over_a_large_value_does_nothing_and_esc_goes_back_to_the_card() {
    let desk = Desk::delivered(3, 10).settle().press(KeyCode::Enter).keys("v9");
    assert_eq!(desk.app.context(), Context::Large);
    assert_eq!(desk.press(KeyCode::Esc).app.context(), Context::Card);
}
