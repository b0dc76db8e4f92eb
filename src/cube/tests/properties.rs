//! What holds for any input, not for a list of samples.

use proptest::prelude::*;

use super::*;
use crate::cube::route::Redirect;
use crate::json;

const NOON: Moment = Moment::at(1_732_968_000, 12, 0);

proptest! {
    #[test]
    fn any_text_survives_being_json(text in any::<String>()) {
        let sent = serde_json::to_string(&text).unwrap();
        let read = json::text(&sent);
        prop_assert_eq!(read.as_deref(), Some(text.as_str()));
    }

    #[test]
    fn any_bytes_are_a_page_or_a_fault(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(body) = Body::decode(bytes, "", 1000) {
            let _ = body.into_page(1, &CUSTOMERS, NOON, None);
        }
    }

    #[test]
    fn any_results_are_records_or_left_out(entries in prop::collection::vec(entry(), 0..20)) {
        let body = format!(r#"{{"next":null, "results": [ {} ]}}"#, entries.join(" , "));
        let page = Page::from_json(1, body, NOON).unwrap();
        prop_assert_eq!(page.read, NOON);
        prop_assert_eq!(page.entries, entries.len());
        prop_assert_eq!(page.records().len() + page.left_out.len(), entries.len());
        for (index, record) in page.records() {
            prop_assert_eq!(record.as_json(), &entries[index]);
        }
    }

    #[test]
    fn any_location_leaves_the_next_url_on_our_origin(location in any::<String>(), digits in "[0-9]{1,20}") {
        let origin = Origin::account("acme").unwrap();
        let customer = id(&digits);
        let route = Route::Customer(&customer);
        let asked = route.url(&origin, List::Assignment(9), Slash::AsDocumented);
        let _ = Redirect::read(&asked, &origin, &location);
        let next = route.url(&origin, List::Assignment(9), Slash::Flipped);
        prop_assert!(origin.holds(&next));
        prop_assert_eq!(next.as_str(), format!("{asked}/"));
    }

    #[test]
    fn any_address_is_refused_or_plain(address in "(https?://)?[a-z@:/?#.0-9\\\\\\[\\] ]{0,20}") {
        if let Ok(origin) = address.parse::<Origin>() {
            let shown = origin.to_string();
            prop_assert!(shown.starts_with("https://") || origin.is_loopback());
            prop_assert!(!shown.contains(['@', '?', '#', '\\', ' ']));
            prop_assert_eq!(shown.parse::<Origin>(), Ok(origin));
        }
    }
}

fn entry() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        Just("[{}]".to_owned()),
        Just(r#""}""#.to_owned()),
        Just("-0.0e1".to_owned()),
        any::<String>().prop_map(|text| {
            serde_json::json!({ "crm__customer_id": "", "name": text, "{": [text] }).to_string()
        }),
    ]
}
