//! The other accounts, and a credential that is no longer accepted.

use super::*;

fn opened(desk: &Desk) -> Vec<&str> {
    let names = desk.effects.iter().filter_map(|effect| match effect {
        Effect::OpenProfile { name, .. } => Some(name.as_str()),
        _ => None,
    });
    names.collect()
}

fn typed(desk: &Desk) -> Vec<String> {
    use secrecy::ExposeSecret;
    let secret = |effect: &Effect| match effect {
        Effect::UseSecret(typed) | Effect::OpenProfile { typed: Some(typed), .. } => {
            Some(typed.clone().into_secret().expose_secret().to_owned())
        }
        _ => None,
    };
    desk.effects.iter().filter_map(secret).collect()
}

#[test]
fn f2_lists_the_accounts_and_enter_opens_the_next_one() {
    let desk = Desk::new(30, 10).settle().press(KeyCode::F(2));
    assert_eq!(desk.app.context(), Context::Profiles);
    assert_eq!(desk.app.popup_lines().len(), 2);
    let desk = desk.press(KeyCode::Enter);
    assert_eq!((opened(&desk), desk.app.context()), (vec!["home"], Context::Table));
}

#[test]
fn the_list_of_accounts_narrows_while_one_types() {
    let desk = Desk::new(30, 10).settle().press(KeyCode::F(2)).keys("wor");
    assert_eq!(desk.app.popup_lines().len(), 1);
    let desk = desk.press(KeyCode::Enter);
    assert_eq!((opened(&desk), desk.says()), (vec![], "work is open".to_owned()));
}

#[test]
fn an_account_that_can_not_be_opened_leaves_all_as_it_was() {
    let desk = Desk::new(30, 10).settle().keys("jj").press(KeyCode::F(2)).press(KeyCode::Enter).settle();
    assert_eq!((desk.says().as_str(), desk.selected().as_deref()), ("home stays closed: no", Some("1002")));
}

#[test]
fn without_profiles_f2_says_how_to_make_one() {
    let mut desk = Desk::new(3, 10).settle();
    desk.app.profiles.clear();
    assert_eq!(desk.press(KeyCode::F(2)).says(), "no profile is set up · cubedex login makes one");
}

#[test]
fn a_401_opens_the_masked_line_and_all_goes_on_where_it_was() {
    let desk = Desk::new(30, 5).settle().keys("jj").press(KeyCode::End).fail(6, 401);
    assert_eq!(desk.app.context(), Context::Secret);
    assert_eq!(desk.says(), "Cube does not accept this token (401) · 15 loaded before · type a new one");
    let desk = desk.keys("new-q7").press(KeyCode::Enter);
    assert_eq!(typed(&desk), ["new-q7"]);
    let desk = desk.settle();
    assert_eq!(desk.app.context(), Context::Table);
    assert_eq!(desk.selected().as_deref(), Some("1029"));
    assert_eq!(desk.app.load.generation, 1);
    assert!(desk.app.place.credential.starts_with("what was typed"));
}

#[test]
fn what_can_not_be_a_credential_is_told_and_the_line_stays() {
    let mut desk = Desk::new(30, 10).fail(1, 401).keys("x y").press(KeyCode::Enter);
    desk.effects.retain(|effect| !matches!(effect, Effect::UseSecret(_)));
    desk.send(Msg::SecretRefused("the token (3 bytes) holds a blank".to_owned()));
    assert_eq!(desk.says(), "the token (3 bytes) holds a blank · type another one");
    assert_eq!(desk.app.asking.as_ref().unwrap().stars().value(), "");
    assert_eq!(desk.app.context(), Context::Secret);
}

#[test]
fn a_lookup_that_was_refused_is_asked_again_with_the_new_credential() {
    let mut desk = Desk::new(1000, 10).settle().keys("1999").settle().press(KeyCode::Enter);
    let ticket = desk.effects.iter().find_map(|effect| match effect {
        Effect::FetchCustomer { ticket, .. } => Some(*ticket),
        _ => None,
    });
    desk.effects.clear();
    let error = failure(Doing::Customer, 401);
    desk.send(Msg::CustomerArrived { ticket: ticket.unwrap(), result: Err(error) });
    let desk = desk.keys("new").press(KeyCode::Enter).settle();
    assert_eq!(desk.card_id(), Some("1999"));
}

#[test]
fn esc_closes_the_masked_line_and_r_asks_again() {
    let desk = Desk::new(30, 10).fail(1, 401).keys("CANARY").press(KeyCode::Esc);
    assert_eq!((desk.app.context(), typed(&desk).len()), (Context::Table, 0));
    assert!(!format!("{:?}", desk.app).contains("CANARY"));
    assert_eq!(desk.keys("r").asked(), [1]);
}

#[test]
fn an_empty_line_is_not_sent_and_letters_are_not_keys_in_it() {
    let desk = Desk::new(30, 10).fail(1, 401).press(KeyCode::Enter).keys("q?:").paste(" r \n");
    assert_eq!((desk.effects.contains(&Effect::Quit), typed(&desk).len()), (false, 0));
    assert_eq!(desk.app.asking.as_ref().unwrap().stars().value(), "••••");
}

#[test]
fn the_demo_asks_for_no_token() {
    let mut desk = Desk::new(30, 10);
    desk.app.place.is_demo = true;
    assert_eq!(desk.fail(1, 401).app.context(), Context::Table);
}

#[test]
fn what_opens_another_account_is_typed_where_nobody_keeps_it() {
    let mut desk = Desk::new(30, 10).settle();
    desk.send(Msg::SecretWanted { profile: "home".to_owned(), why: "type the token for home".to_owned() });
    assert_eq!((desk.app.context(), desk.says().as_str()), (Context::Secret, "type the token for home"));
    let desk = desk.keys("abc").press(KeyCode::Enter);
    assert_eq!((opened(&desk), typed(&desk)), (vec!["home"], vec!["abc".to_owned()]));
    let desk = desk.settle();
    assert_eq!((desk.app.context(), desk.says().as_str()), (Context::Table, "home stays closed: no"));
}
