//! The other accounts, and a credential that is no longer accepted.

use super::*;

fn opened(desk: &Desk) -> Vec<&str> {
    let names = desk.calls.iter().filter_map(|call| match call {
        SessionCall::OpenProfile { name, .. } => Some(name.as_str()),
        SessionCall::UseCredential(_)
        | SessionCall::ReadLabels
        | SessionCall::KeepCardWidth(_)
        | SessionCall::KeepDrafts(_)
        | SessionCall::KeepRecents(_)
        | SessionCall::AnswerCaller(..)
        | SessionCall::KeepViews(_)
        | SessionCall::Export(_)
        | SessionCall::StopExport
        | SessionCall::CompletePath(_)
        | SessionCall::Quit => None,
    });
    names.collect()
}

fn typed(desk: &Desk) -> Vec<String> {
    use secrecy::ExposeSecret;
    let secret = |call: &SessionCall| match call {
        SessionCall::UseCredential(typed) | SessionCall::OpenProfile { typed: Some(typed), .. } => {
            Some(typed.clone().into_secret().expose_secret().to_owned())
        }
        SessionCall::OpenProfile { .. }
        | SessionCall::ReadLabels
        | SessionCall::KeepCardWidth(_)
        | SessionCall::KeepDrafts(_)
        | SessionCall::KeepRecents(_)
        | SessionCall::AnswerCaller(..)
        | SessionCall::KeepViews(_)
        | SessionCall::Export(_)
        | SessionCall::StopExport
        | SessionCall::CompletePath(_)
        | SessionCall::Quit => None,
    };
    desk.calls.iter().filter_map(secret).collect()
}

#[test]
fn f2_lists_the_accounts_and_enter_opens_the_next_one() {
    let desk = Desk::new(30, 10).settle().press(KeyCode::F(2));
    assert_eq!(desk.app.context(), Context::Profiles);
    assert_eq!(desk.app.menu_lines().len(), 2);
    let desk = desk.press(KeyCode::Enter);
    assert_eq!((opened(&desk), desk.app.context()), (vec!["home"], Context::Table));
}

#[test]
fn the_list_of_accounts_narrows_while_one_types() {
    let desk = Desk::new(30, 10).settle().press(KeyCode::F(2)).keys("wor");
    assert_eq!(desk.app.menu_lines().len(), 1);
    let desk = desk.press(KeyCode::Enter);
    assert_eq!((opened(&desk), desk.says()), (vec![], "work is open".to_owned()));
}

#[test]
fn an_account_that_can_not_be_opened_leaves_all_as_it_was() {
    let desk = Desk::new(30, 10).settle().keys("jj").press(KeyCode::F(2)).press(KeyCode::Enter).settle();
    assert_eq!((desk.says().as_str(), desk.selected().as_deref()), ("could not open home: no", Some("1002")));
}

#[test]
fn without_profiles_f2_says_how_to_make_one() {
    let mut desk = Desk::new(3, 10).settle();
    desk.app.session.profiles.clear();
    assert_eq!(desk.press(KeyCode::F(2)).says(), "No account is set up · run: cubedex login");
}

#[test]
fn after_a_401_the_line_for_a_credential_opens_on_a_key_alone() {
    let desk = Desk::new(30, 5).settle().keys("jj").press(KeyCode::End).fail(6, 401);
    assert_eq!(desk.app.context(), Context::Table);
    assert_eq!(desk.says(), "Cube does not accept your token (401) · 15 loaded before · r enters a new one");
    let desk = desk.keys("r");
    assert_eq!(desk.app.context(), Context::Credential);
    assert_eq!(desk.says(), "Cube no longer accepts your token · paste a new one");
    let desk = desk.keys("new-q7").press(KeyCode::Enter);
    assert_eq!(typed(&desk), ["new-q7"]);
    let desk = desk.settle();
    assert_eq!(desk.app.context(), Context::Table);
    assert_eq!(desk.selected().as_deref(), Some("1029"));
    assert_eq!(desk.app.list.load.generation(), 1);
    assert_eq!(desk.app.session.account.credential, None);
}

#[test]
fn what_an_agent_types_after_a_401_is_searched_and_never_sent_as_a_credential() {
    let desk = Desk::delivered(30, 5).settle().fail(3, 401).keys("9120011888").press(KeyCode::Enter).settle();
    assert_eq!((desk.app.context(), typed(&desk).len()), (Context::Line, 0));
}

#[test]
fn a_new_credential_that_is_refused_too_is_said_so() {
    let desk = Desk::new(30, 10).fail(1, 401).keys("r").keys("new").press(KeyCode::Enter);
    let mut desk = desk;
    let answer = desk.next_answer().unwrap();
    desk.send(answer);
    let desk = desk.fail(1, 401);
    assert_eq!(desk.app.emptiness().unwrap()[2], "The token that you entered is refused too.");
    let desk = desk.keys("r");
    assert_eq!(desk.says(), "The new token is refused too · paste another one");
}

#[test]
fn what_cannot_be_a_credential_is_said_and_the_line_stays() {
    let mut desk = Desk::new(30, 10).fail(1, 401).keys("r").keys("x y").press(KeyCode::Enter);
    desk.calls.clear();
    let why = "the token (3 bytes) holds a blank".to_owned();
    desk.send(Msg::Session(SessionReply::CredentialRefused(why)));
    assert_eq!(desk.says(), "the token (3 bytes) holds a blank · paste another one");
    assert_eq!(desk.app.layers.credential().unwrap().dots().value(), "");
    assert_eq!(desk.app.context(), Context::Credential);
}

#[test]
fn an_id_that_was_refused_is_asked_again_with_the_new_credential() {
    let mut desk = Desk::new(1000, 10).settle().keys("1999").settle().press(KeyCode::Enter);
    let ticket = desk.tasks.iter().find_map(|task| match task {
        Task::FetchCustomer { ticket, .. } => Some(*ticket),
        _ => None,
    });
    desk.tasks.clear();
    let error = failure(Operation::Customer, 401);
    desk.send(Msg::Replied(Reply::Customer {
        ticket: ticket.unwrap(),
        list: ListId::default(),
        result: Err(error),
    }));
    let desk = desk.press(KeyCode::F(5)).keys("new").press(KeyCode::Enter).settle();
    assert_eq!(desk.card_id(), Some("1999"));
}

#[test]
fn esc_closes_the_line_for_a_credential_and_nothing_of_it_is_kept() {
    let desk = Desk::new(30, 10).fail(1, 401).keys("rCANARY").press(KeyCode::Esc);
    assert_eq!((desk.app.context(), typed(&desk).len()), (Context::Table, 0));
    assert!(!format!("{:?}", desk.app).contains("CANARY"));
    assert_eq!(desk.keys("r").press(KeyCode::Enter).asked(), [1], "Enter asks with the one in use");
}

#[test]
fn letters_are_not_keys_in_the_line_for_a_credential() {
    let desk = Desk::new(30, 10).fail(1, 401).keys("r").keys("q?:").paste(" r \n");
    assert_eq!((desk.calls.contains(&SessionCall::Quit), typed(&desk).len()), (false, 0));
    assert_eq!(desk.app.layers.credential().unwrap().dots().value(), "••••");
}

#[test]
fn the_demo_asks_for_no_token() {
    let mut desk = Desk::new(30, 10);
    desk.app.session.account.is_demo = true;
    assert_eq!(desk.fail(1, 401).keys("r").app.context(), Context::Table);
}

#[test]
fn the_credential_of_another_profile_is_typed_where_it_is_kept_nowhere() {
    let mut desk = Desk::new(30, 10).settle();
    desk.send(Msg::Session(SessionReply::CredentialWanted {
        profile: "home".to_owned(),
        list: None,
        why: "type the token for home".to_owned(),
    }));
    assert_eq!((desk.app.context(), desk.says().as_str()), (Context::Credential, "type the token for home"));
    let desk = desk.keys("abc").press(KeyCode::Enter);
    assert_eq!((opened(&desk), typed(&desk)), (vec!["home"], vec!["abc".to_owned()]));
    let desk = desk.settle();
    assert_eq!((desk.app.context(), desk.says().as_str()), (Context::Table, "could not open home: no"));
}
