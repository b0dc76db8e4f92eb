//! The client against the embedded Cube, which knows nothing of the client.

use crate::harness::{Screen, Town};
use axum::http::StatusCode;
use cubedex::cube::{Credential, CrmType, Cube, CustomerId, Limits, List};
use cubedex::demo::{self, Answer, Fault, Gate, Target};
use rstest::rstest;

const OWNER: List = List::DataOwner { owner: demo::DATA_OWNER, crm_type: CrmType::B2C };

fn token() -> Credential {
    Credential::token(demo::TOKEN.into()).unwrap()
}

fn basic() -> Credential {
    Credential::basic(demo::USER, demo::PASSWORD.into()).unwrap()
}

#[rstest]
#[case::assignment_by_token(List::Assignment(demo::ASSIGNMENT), token())]
#[case::assignment_by_password(List::Assignment(demo::ASSIGNMENT), basic())]
#[case::data_owner_by_token(OWNER, token())]
#[case::data_owner_by_password(OWNER, basic())]
#[tokio::test]
async fn both_generations_of_routes_answer_the_same(#[case] list: List, #[case] credential: Credential) {
    let town = Town::of(700).await;
    let cube = Cube::new(town.address.parse().unwrap(), list, credential, Limits::default()).unwrap();
    let first = cube.page(1).await.unwrap();
    assert_eq!((first.count, first.has_next, first.entries, first.left_out.len()), (Some(700), true, 500, 0));
    let last = cube.page(2).await.unwrap();
    assert_eq!((last.has_next, last.entries), (false, 200));
    let known = demo::Town::new(700);
    assert_eq!(last.record(199).as_json(), known.record(699), "kept as it was sent, to the byte");
    let id = known.id(699).to_string();
    let one = cube.customer(&CustomerId::try_from(id.as_str()).unwrap()).await.unwrap();
    assert_eq!(one.record.as_json(), known.record(699));
    assert_eq!(cube.custom_fields().await.unwrap(), demo::CUSTOM_FIELDS);
    assert!(cube.page(3).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn every_request_is_a_get_for_json_with_the_credential() {
    let town = Town::of(10).await;
    let screen = Screen::open(&town).settle().await.press("enter").press("f5").settle().await;
    drop(screen);
    let seen = town.log.seen();
    assert!(seen.len() >= 2);
    for request in seen {
        assert_eq!((request.method.as_str(), request.is_authorized), ("GET", true));
        assert_eq!(request.accept.as_deref(), Some("application/json"));
        assert_eq!(request.content_type.as_deref(), Some("application/json"));
    }
}

#[tokio::test]
async fn no_more_than_four_pages_are_on_the_wire_and_a_lookup_passes_them() {
    let town = Town::of(12_340).await;
    let cube = town.cube();
    let screen = Screen::start(cube.clone(), (120, 40), None).settle().await;
    let gate = Gate::default();
    town.faults.set(Target::List, Fault::Hold(gate.clone()));
    let screen = screen.press("/").type_text("zzz");
    gate.reached(4).await;
    cube.customer(&CustomerId::try_from("9120011888").unwrap()).await.unwrap();
    assert_eq!((town.log.in_flight(), town.log.most_in_flight()), (4, 5));
    gate.open();
    town.faults.clear();
    screen.settle().await.shows("of all 12,340");
    assert_eq!(town.log.most_in_flight(), 5);
}

#[rstest]
#[case::labels_forbidden(Target::Labels, StatusCode::FORBIDDEN)]
#[case::customer_forbidden(Target::Customers, StatusCode::FORBIDDEN)]
#[tokio::test]
async fn what_is_forbidden_beside_the_list_does_not_stop_it(
    #[case] target: Target,
    #[case] status: StatusCode,
) {
    let town = Town::of(1200).await;
    let body = r#"{"detail":"Du har ikke tilgang til å gjøre dette."}"#;
    town.faults.set(target, Fault::Answer(Answer::json(status, body)));
    let screen = Screen::open(&town).settle().await.press("enter").press("f5").settle().await;
    screen.press("esc").press("end").settle().await.shows("row 1,200");
}

#[tokio::test]
async fn a_token_that_is_revoked_stops_the_list_and_keeps_what_is_here() {
    let town = Town::of(12_340).await;
    let screen = Screen::open(&town).settle().await;
    let refusal = Answer::json(StatusCode::UNAUTHORIZED, r#"{"detail":"Ugyldig token."}"#);
    town.faults.set(Target::All, Fault::Answer(refusal));
    let screen =
        screen.press("end").settle().await.shows("F5 enters a new one").press("esc").shows("1,000 of ");
    let before = town.log.seen().len();
    let screen = screen.press("home").press("/").type_text("olas").settle().await.shows("Olas Produksjon AS");
    assert_eq!(town.log.seen().len(), before, "nothing more was asked");
    town.faults.clear();
    screen.press("esc").press("end").press("f5").press("enter").settle().await.shows("row 12,340");
}

#[tokio::test]
async fn the_campaigns_name_the_lists_of_the_account() {
    let town = Town::of(3).await;
    let campaigns = town.cube().campaigns().await.unwrap();
    let told: Vec<String> =
        campaigns.iter().map(|one| format!("{} {} {}", one.list, one.owner, one.is_active)).collect();
    assert_eq!(told, ["data owner 2 · B2C Demobyen true", "data owner 2 · B2C Demobyen false"]);
    let error = town.cube_with("wrong").campaigns().await.unwrap_err();
    assert_eq!(error.status(), Some(401));
}

#[tokio::test]
async fn whatever_key_is_pressed_wherever_it_is_nothing_but_gets_leave() {
    let town = Town::of(1_200).await;
    let mut screen = Screen::sized(&town, (40, 8)).settle().await;
    let named = [
        "enter",
        "esc",
        "tab",
        "up",
        "down",
        "pgdn",
        "pgup",
        "end",
        "home",
        "f1",
        "f3",
        "backspace",
        "f5",
        "shift+f5",
        "f9",
        "ctrl+g",
        "ctrl+f",
        "ctrl+r",
        "ctrl+y",
        "ctrl+l",
        "ctrl+p",
        "ctrl+u",
    ];
    for place in ["esc", "enter"] {
        for key in (' '..='~').map(String::from).chain(named.map(str::to_owned)) {
            screen = screen.press("esc").press("esc").press("esc").press(place).press(&key).settle().await;
        }
    }
    drop(screen);
    let seen = town.log.seen();
    assert!(seen.len() > 5, "{} requests", seen.len());
    assert!(seen.iter().all(|seen| seen.method == "GET"));
}
