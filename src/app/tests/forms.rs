//! Changing customers: the form, the review, what Cube answers, and what is kept.

use super::*;
use crate::app::{Form, LineKind, Profile};
use crate::cube::{Change, CrmType, Writing, Written};
use crate::keys::Action;
use crate::words::NoWriting;
use rstest::rstest;

const NAME: &str = "crm__standard_info__name";
const PHONE: &str = "crm__standard_info__phone_1";

impl Desk {
    /// A desk with the keys as delivered and a form of the first customer open, on the first phone.
    fn in_form() -> Self {
        Self::delivered(20, 10).settle().press(KeyCode::Enter).settle().keys("e")
    }

    fn form(&self) -> &Form {
        self.app.layers.form().unwrap()
    }

    /// Replaces the text of the field under the cursor.
    fn retype(self, text: &str) -> Self {
        self.ctrl('u').keys(text)
    }

    /// What was sent and has no answer yet.
    pub(super) fn sent(&self) -> Vec<(Writing, Arc<Change>)> {
        let sent = |task: &Task| match task {
            Task::Write { writing, change, .. } => Some((*writing, Arc::clone(change))),
            _ => None,
        };
        self.tasks.iter().filter_map(sent).collect()
    }

    fn bodies(&self) -> Vec<String> {
        self.sent().iter().map(|(_, change)| change.body(List::Assignment(9)).unwrap()).collect()
    }

    /// Answers what was sent.
    fn answer_write(mut self, result: Result<Written, Arc<Error>>) -> Self {
        let at = self.tasks.iter().position(|task| matches!(task, Task::Write { .. })).unwrap();
        let Task::Write { ticket, .. } = self.tasks.remove(at) else { panic!() };
        self.send(Msg::Replied(Reply::Written { ticket, result }));
        self
    }

    /// Makes the change in Cube, and answers with the record.
    fn save(mut self) -> Self {
        let saved = self.take_change();
        self.answer_write(Ok(Written::Saved(Box::new(saved))))
    }

    fn take_change(&mut self) -> FetchedCustomer {
        let body: serde_json::Value = serde_json::from_str(&self.bodies()[0]).unwrap();
        let id = body["customer_id"].to_string();
        let known = self.customers.iter().position(|(known, ..)| *known == id);
        let at = known.unwrap_or_else(|| {
            self.customers.push((id, String::new(), String::new()));
            self.customers.len() - 1
        });
        let customer = &mut self.customers[at];
        if let Some(name) = body[NAME].as_str() {
            name.clone_into(&mut customer.1);
        }
        if let Some(phone) = body[PHONE].as_str() {
            phone.clone_into(&mut customer.2);
        }
        reading(&self.customers[at], self.now)
    }

    fn told(&self) -> String {
        self.form().told(200).join(" / ")
    }

    /// The review as text: label, what is before the value, and the value.
    fn reviewed(&self) -> Vec<String> {
        let line =
            |line: &crate::app::FormLine| format!("{}|{}|{}", line.label, line.before.trim(), line.value);
        self.form().lines(80).iter().map(line).collect()
    }
}

fn error(status: u16) -> Arc<Error> {
    failure(Operation::Writing, status)
}

#[test]
fn promise_01_what_is_sent_is_what_was_reviewed_and_confirmed() {
    let desk = Desk::in_form().retype("95412345").ctrl('s');
    assert_eq!(desk.app.context(), Context::Review);
    assert_eq!(desk.reviewed(), ["Phone 1||90000000", "|→|95412345"]);
    assert!(desk.sent().is_empty() && desk.tasks.is_empty(), "a review asks nothing");
    let desk = desk.press(KeyCode::Enter).settle();
    assert_eq!(
        desk.bodies(),
        [r#"{"assignment_id":9,"customer_id":1000,"crm__standard_info__phone_1":"95412345"}"#]
    );
}

#[test]
fn a_saved_change_is_in_the_table_in_the_card_and_in_what_a_search_finds() {
    let desk =
        Desk::in_form().press(KeyCode::Up).retype("Kari Ny").ctrl('s').press(KeyCode::Enter).settle().save();
    assert!(desk.says().starts_with("Saved in Cube"), "{}", desk.says());
    assert_eq!(desk.app.context(), Context::Card);
    let card = desk.app.layers.card().unwrap();
    assert_eq!(card.record.standard().name.as_raw(), "Kari Ny");
    let desk = desk.settle().press(KeyCode::Esc);
    assert_eq!(desk.names()[0], "Kari Ny");
    assert_eq!(desk.keys("kari ny").settle().names(), ["Kari Ny"]);
}

#[test]
fn the_record_is_read_again_before_anything_is_sent() {
    let desk = Desk::in_form().retype("95412345").ctrl('s').press(KeyCode::Enter);
    assert!(matches!(desk.tasks[..], [Task::FetchCustomer { .. }]), "{:?}", desk.tasks);
    assert!(desk.says().starts_with("Reading"), "{}", desk.says());
}

#[rstest]
#[case::mine('m', &["95412345"])]
#[case::cubes('c', &[])]
fn where_both_have_changed_a_field_all_three_values_are_shown_and_a_person_chooses(
    #[case] choice: char,
    #[case] sent: &[&str],
) {
    let mut desk = Desk::in_form().retype("95412345").ctrl('s');
    desk.customers[0].2 = "22334455".to_owned();
    let desk = desk.press(KeyCode::Enter).settle();
    assert_eq!(desk.reviewed(), ["Phone 1|was|90000000", "|now|22334455", "|mine|95412345"]);
    assert!(desk.told().contains("meanwhile"));
    let desk = desk.press(KeyCode::Enter).settle();
    assert!(desk.sent().is_empty(), "nothing is sent before the choice");
    let desk = desk.keys(&choice.to_string()).press(KeyCode::Enter).settle();
    let bodies = desk.bodies();
    assert_eq!(bodies.len(), sent.len());
    assert!(bodies.iter().zip(sent).all(|(body, sent)| body.contains(sent)), "{bodies:?}");
}

#[test]
fn what_another_person_changed_elsewhere_is_shown_before_anything_is_sent_and_kept() {
    let mut desk = Desk::in_form().retype("95412345").ctrl('s');
    desk.customers[0].1 = "Kari Gift".to_owned();
    let desk = desk.press(KeyCode::Enter).settle();
    assert!(desk.sent().is_empty());
    assert_eq!(desk.told(), "One other field was changed in Cube meanwhile, and stays so");
    assert_eq!(desk.reviewed(), ["Name|was|Kunde 0", "|now|Kari Gift", "Phone 1||90000000", "|→|95412345"]);
    let desk = desk.press(KeyCode::Enter).settle();
    assert!(!desk.bodies()[0].contains("Gift"));
    let desk = desk.save();
    assert_eq!(desk.app.layers.card().unwrap().record.standard().name.as_raw(), "Kari Gift");
}

#[rstest]
#[case::no_writes_yet(405, "does not take changes yet")]
#[case::no_such_route(404, "does not take changes yet")]
#[case::not_implemented(501, "does not take changes yet")]
#[case::refused_values(400, "does not accept these values")]
#[case::credential(401, "does not accept this token")]
#[case::rights(403, "not allowed")]
#[case::conflict(409, "changed in Cube meanwhile")]
#[case::precondition(412, "changed in Cube meanwhile")]
#[case::busy(429, "fewer requests")]
fn whatever_cube_answers_nothing_typed_is_lost(#[case] status: u16, #[case] said: &str) {
    let desk = Desk::in_form().retype("95412345").ctrl('s').press(KeyCode::Enter).settle();
    let desk = desk.answer_write(Err(error(status)));
    assert!(desk.told().starts_with("Not saved: ") && desk.told().contains(said), "{}", desk.told());
    let desk = desk.press(KeyCode::Esc).press(KeyCode::Esc);
    assert!(desk.says().contains("1 change kept"), "{}", desk.says());
    let desk = desk.keys("e");
    assert_eq!(desk.form().changed().count(), 1);
    assert_eq!(desk.form().fields.iter().find(|field| field.key == PHONE).unwrap().text(), "95412345");
}

#[test]
fn a_change_of_which_nothing_is_known_is_never_sent_again_by_itself_and_found_out_by_reading() {
    let mut desk = Desk::in_form().retype("95412345").ctrl('s').press(KeyCode::Enter).settle();
    desk.take_change();
    let why = Error::of_kind(Operation::Writing, List::Assignment(9), Kind::Broken);
    let desk = desk.answer_write(Ok(Written::Unknown { why }));
    assert!(desk.told().starts_with("It cannot be told"), "{}", desk.told());
    assert!(desk.sent().is_empty());
    let desk = desk.keys("r").settle();
    assert!(desk.says().starts_with("Saved in Cube"), "{}", desk.says());
    assert!(desk.sent().is_empty() && desk.app.layers.form().is_none());
}

#[test]
fn a_change_that_turns_out_not_to_be_saved_can_be_sent_once_more() {
    let desk = Desk::in_form().retype("95412345").ctrl('s').press(KeyCode::Enter).settle();
    let why = Error::of_kind(Operation::Writing, List::Assignment(9), Kind::Broken);
    let desk = desk.answer_write(Ok(Written::Unknown { why })).keys("r").settle();
    assert!(desk.told().starts_with("Not saved, Cube has the old values"), "{}", desk.told());
    assert!(desk.sent().is_empty(), "r only asks");
    assert_eq!(desk.press(KeyCode::Enter).settle().sent().len(), 1);
}

#[test]
fn what_cube_took_otherwise_is_said_by_its_name() {
    let desk = Desk::in_form().retype("95412345 ").ctrl('s').press(KeyCode::Enter).settle();
    let mut desk = desk;
    desk.take_change();
    desk.customers[0].2 = "95412345".to_owned();
    let saved = reading(&desk.customers[0], desk.now);
    let desk = desk.answer_write(Ok(Written::Saved(Box::new(saved))));
    assert_eq!(desk.says(), "Saved, but Cube took otherwise: Phone 1");
}

#[test]
fn the_last_change_is_taken_back_through_the_same_review() {
    let desk = Desk::in_form().retype("95412345").ctrl('s').press(KeyCode::Enter).settle().save();
    let desk = desk.keys("u");
    assert_eq!(desk.reviewed(), ["Phone 1||95412345", "|→|90000000"]);
    assert!(desk.sent().is_empty());
    let desk = desk.press(KeyCode::Enter).settle();
    assert!(desk.bodies()[0].contains("90000000"));
}

/// Cube answers that the change of the first phone is saved, and has this phone.
fn saved_as(phone: &str) -> Desk {
    let mut desk = Desk::in_form().retype("954 12 345").ctrl('s').press(KeyCode::Enter).settle();
    desk.take_change();
    desk.customers[0].2 = phone.to_owned();
    let saved = reading(&desk.customers[0], desk.now);
    desk.answer_write(Ok(Written::Saved(Box::new(saved))))
}

#[test]
fn a_change_that_cube_took_otherwise_is_taken_back_without_a_conflict() {
    let desk = saved_as("95412345").keys("u");
    assert_eq!(desk.reviewed(), ["Phone 1||95412345", "|→|90000000"]);
    assert_eq!(desk.press(KeyCode::Enter).settle().sent().len(), 1);
}

#[test]
fn a_change_that_cube_did_not_take_is_not_said_to_be_saved() {
    let desk = saved_as("90000000");
    assert_eq!(desk.says(), "Cube did not take the change: Phone 1 · e has what you typed");
    let desk = desk.keys("u");
    assert!(desk.says().starts_with("No change of this customer"), "{}", desk.says());
    assert_eq!(desk.keys("e").form().changed().count(), 1);
}

#[test]
fn a_review_that_is_longer_than_the_window_is_scrolled() {
    let desk = Desk::in_form().press(KeyCode::Up);
    let desk = (0..5).fold(desk, |desk, _| desk.keys("1").press(KeyCode::Down)).ctrl('s');
    let lines = desk.form().lines(80).len();
    assert_eq!((desk.form().scroll(), lines), (0, 11));
    let desk = desk.press(KeyCode::PageDown);
    let last = desk.form().scroll();
    assert!(last > 0, "the window has 14 lines, and the form less");
    assert_eq!(desk.press(KeyCode::PageDown).press(KeyCode::Up).form().scroll(), last - 1);
}

#[test]
fn a_form_is_never_opened_over_another_one() {
    let mut desk = Desk::in_form().retype("1");
    desk.app.act(Action::NewCustomer);
    assert!(desk.says().starts_with("A form is open"), "{}", desk.says());
    assert_eq!((desk.form().writing, desk.form().changed().count()), (Writing::Update, 1));
}

#[test]
fn another_account_waits_for_the_answer_to_a_change() {
    let mut desk = Desk::in_form().retype("95412345").ctrl('s').press(KeyCode::Enter).settle();
    let profile = |name: &str| Profile { name: name.into(), place: String::new(), list: None };
    desk.app.session.profiles = vec![profile("home"), profile("work")];
    desk.app.act(Action::Profiles);
    let desk = desk.press(KeyCode::Enter);
    let opens = |call: &SessionCall| matches!(call, SessionCall::OpenProfile { .. });
    assert!(!desk.calls.iter().any(opens), "{:?}", desk.calls);
}

#[test]
fn what_is_typed_and_what_can_be_taken_back_go_along_to_another_account_and_back() {
    let desk = saved_as("95412345").keys("e").retype("1");
    let drafts = desk.app.all_drafts();
    assert_eq!(drafts.unsent.len(), 1, "the form is still open");
    let mut next = Desk::delivered(20, 10).settle();
    next.app.drafts = drafts;
    let next = next.press(KeyCode::Enter).keys("e");
    assert_eq!(next.form().changed().count(), 1);
    let next = next.ctrl('x').ctrl('x').keys("u");
    assert!(next.app.layers.form().is_some(), "{}", next.says());
}

#[test]
fn the_id_of_a_new_customer_stays_while_cube_is_asked_for_it() {
    let desk = Desk::delivered(5, 5).settle().ctrl('n').keys("777").ctrl('s').ctrl('z');
    assert_eq!(desk.form().id(), "777");
}

#[test]
fn a_change_that_is_not_taken_back_after_all_leaves_no_form() {
    let desk = Desk::in_form().retype("95412345").ctrl('s').press(KeyCode::Enter).settle().save();
    let desk = desk.keys("u").press(KeyCode::Esc);
    assert!(desk.app.layers.form().is_none() && desk.app.unsent().is_empty());
}

#[test]
fn a_field_says_as_one_types_why_cube_will_refuse_it_and_is_not_reviewed() {
    let desk = Desk::delivered(5, 5);
    let mut desk = desk.settle();
    let labels = FieldMap::read(r#"[{"id":17,"key":"Employees","type":"integer"}]"#).unwrap().0;
    let labels = Labels { fields: labels, source: Source::Cube, problems: Vec::new() };
    desk.send(Msg::Replied(Reply::Labels(Ok(labels))));
    let desk = desk.press(KeyCode::Enter).keys("e").press(KeyCode::PageUp);
    let downs = desk.form().fields.iter().position(|field| field.key.ends_with("__17")).unwrap();
    let desk = (0..downs).fold(desk, |desk, _| desk.press(KeyCode::Down)).retype("12a");
    let wrong: Vec<String> = desk
        .form()
        .lines(80)
        .iter()
        .filter(|line| line.kind == LineKind::Wrong)
        .map(|line| line.value.to_string())
        .collect();
    assert_eq!(wrong, ["not a whole number"]);
    let desk = desk.ctrl('s');
    assert_eq!(
        (desk.app.context(), desk.told().as_str()),
        (Context::Form, "One field is not as Cube takes it")
    );
    assert_eq!(desk.retype("12").ctrl('s').app.context(), Context::Review);
}

#[test]
fn one_field_or_all_of_them_are_put_back() {
    let desk = Desk::in_form().retype("1").press(KeyCode::Up).retype("x");
    let desk = desk.ctrl('z');
    assert_eq!(desk.form().changed().count(), 1);
    let desk = desk.ctrl('x');
    assert!(desk.says().contains("again drops 1 change"), "{}", desk.says());
    let desk = desk.ctrl('x');
    assert!(desk.app.layers.form().is_none() && desk.app.unsent().is_empty());
    assert_eq!(desk.keys("e").form().changed().count(), 0);
}

#[test]
fn nothing_is_reviewed_where_nothing_differs() {
    let desk = Desk::in_form().retype("90000000").ctrl('s');
    assert_eq!(
        (desk.app.context(), desk.told().as_str()),
        (Context::Form, "Nothing differs from what Cube has")
    );
}

#[rstest]
#[case::ctrl_q(&['q'], false)]
#[case::ctrl_q_twice(&['q', 'q'], true)]
#[case::ctrl_c(&['c'], false)]
#[case::ctrl_c_twice(&['c', 'c'], true)]
fn quitting_with_a_form_that_is_not_sent_asks_first(#[case] keys: &[char], #[case] quits: bool) {
    let desk = keys.iter().fold(Desk::in_form().retype("1"), |desk, key| desk.ctrl(*key));
    assert_eq!(desk.calls.contains(&SessionCall::Quit), quits, "{}", desk.says());
    if !quits {
        assert!(desk.says().starts_with("1 form is not sent"), "{}", desk.says());
        assert_eq!(desk.form().changed().count(), 1);
    }
}

#[test]
fn a_form_without_changes_closes_and_quits_without_a_question() {
    let desk = Desk::in_form().press(KeyCode::Esc);
    assert_eq!((desk.app.context(), desk.app.unsent().len()), (Context::Card, 0));
    assert!(Desk::in_form().ctrl('q').calls.contains(&SessionCall::Quit));
}

#[rstest]
#[case::turned_off(NoWriting::TurnedOff(Some("work".into())), "writes = true under [profile.work]")]
#[case::turned_off_without_a_profile(NoWriting::TurnedOff(None), "--writes turns it on")]
#[case::locked(NoWriting::Locked("/etc/xdg/cubedex/config.toml".into()), "everybody on this computer")]
fn where_customers_cannot_be_changed_the_keys_say_why(#[case] why: NoWriting, #[case] said: &str) {
    for key in ["e", "u", "n"] {
        let mut desk = Desk::delivered(5, 5).settle().press(KeyCode::Enter);
        desk.app.session.account.no_writing = Some(why.clone());
        let desk = if key == "n" { desk.ctrl('n') } else { desk.keys(key) };
        assert!(desk.says().contains(said), "{key}: {}", desk.says());
        assert!(desk.app.layers.form().is_none());
    }
}

#[test]
fn customers_of_a_list_that_cube_cannot_change_are_not_changed_whichever_list_is_open() {
    let mut desk = Desk::delivered(5, 5).settle().press(KeyCode::Enter);
    desk.app.session.account.lists = vec![List::DataOwner { owner: 2, crm_type: CrmType::B2C }];
    let desk = desk.keys("e");
    assert!(desk.says().contains("Cube has no way"), "{}", desk.says());
    assert!(desk.app.layers.form().is_none());
}

#[test]
fn a_new_customer_is_asked_for_by_id_before_it_is_reviewed_and_created() {
    let desk = Desk::delivered(5, 5)
        .settle()
        .ctrl('n')
        .keys("77 x7")
        .press(KeyCode::Down)
        .keys("Ny Kunde")
        .ctrl('s');
    assert_eq!(desk.form().id(), "777");
    let desk = desk.settle();
    assert_eq!(desk.app.context(), Context::Review);
    let desk = desk.press(KeyCode::Enter).settle();
    assert_eq!(desk.sent()[0].0, Writing::Create);
    assert_eq!(
        desk.bodies(),
        [r#"{"assignment_id":9,"customer_id":777,"crm__standard_info__name":"Ny Kunde"}"#]
    );
    let desk = desk.save().settle();
    assert_eq!(desk.card_id(), Some("777"));
    assert!(desk.names().contains(&"Ny Kunde".to_owned()));
}

#[test]
fn an_id_that_is_held_or_that_cube_has_is_said_before_anything_is_sent() {
    let desk = Desk::delivered(5, 5).settle().ctrl('n').keys("1003");
    assert_eq!(desk.told(), "Cube has a customer with this ID already: Kunde 3");
    let mut desk = Desk::delivered(5, 5).settle();
    desk.customers.push(("777".into(), "Uvist".into(), String::new()));
    let desk = desk.ctrl('n').keys("777").ctrl('s').settle();
    assert_eq!(desk.told(), "Cube has a customer with this ID already: Uvist");
    assert_eq!(desk.app.context(), Context::Form);
    let desk = Desk::delivered(5, 5).settle().ctrl('n').ctrl('s');
    assert_eq!(desk.told(), "A new customer needs an ID of 1 to 20 digits");
}

#[test]
fn who_has_the_phone_or_the_name_of_a_new_customer_is_said_in_the_review() {
    let desk = Desk::delivered(5, 5).settle().ctrl('n').keys("777");
    let desk =
        desk.press(KeyCode::Down).keys("KUNDE 2").press(KeyCode::Down).keys("900 00 003").ctrl('s').settle();
    let said = desk.reviewed().join("\n");
    assert!(said.contains("Same Name as Kunde 2 (1002)"), "{said}");
    assert!(said.contains("Same Phone 1 as Kunde 3 (1003)"), "{said}");
}

#[test]
fn a_value_that_cannot_be_typed_is_shown_as_fixed_and_never_sent() {
    let json =
        r#"{"crm__customer_id":"1","crm__standard_info__name":"a\nb","crm__custom_info__1":["x"],"x":"y"}"#;
    let form = Form::of(ListId(0), Record::new(json).unwrap(), &FieldMap::default());
    let fixed: Vec<(&str, bool)> = form
        .fields
        .iter()
        .map(|field| (field.key.rsplit("__").next().unwrap(), field.fixed.is_some()))
        .collect();
    assert_eq!(
        fixed,
        [
            ("name", true),
            ("phone_1", false),
            ("phone_2", false),
            ("phone_3", false),
            ("email", false),
            ("1", true)
        ]
    );
}

#[test]
fn a_number_stays_a_number_and_a_string_a_string() {
    let json = r#"{"crm__customer_id":"1","crm__custom_info__1":5,"crm__custom_info__2":"5"}"#;
    let mut form = Form::of(ListId(0), Record::new(json).unwrap(), &FieldMap::default());
    for field in form.fields.iter_mut().filter(|field| field.key.starts_with("crm__custom")) {
        field.input = tui_input::Input::new("6".to_owned());
    }
    let body = form.change().unwrap().body(List::Assignment(9)).unwrap();
    assert!(body.ends_with(r#""crm__custom_info__1":6,"crm__custom_info__2":"6"}"#), "{body}");
}

#[test]
fn what_is_kept_in_a_file_is_told_to_whoever_keeps_it() {
    let mut desk = Desk::in_form();
    desk.app.session.account.keeps_drafts = true;
    let desk = desk.retype("1").press(KeyCode::Esc);
    let kept = |desk: &Desk| match desk.calls.last() {
        Some(SessionCall::KeepDrafts(drafts)) => drafts.len(),
        _ => panic!("{:?}", desk.calls),
    };
    assert_eq!(kept(&desk), 1);
    let desk = desk.keys("e").ctrl('x').ctrl('x');
    assert_eq!(kept(&desk), 0);
}
