//! Tests of the town: that it is always the same, always valid, and as varied as a real account.

use std::collections::{BTreeSet, HashSet};

use rstest::rstest;
use serde_json::{Map, Value};

use super::Town;

fn parsed(record: &str) -> Map<String, Value> {
    serde_json::from_str(record).unwrap()
}

fn texts(town: Town, key: &str) -> Vec<String> {
    (0..town.customers())
        .filter_map(|number| parsed(&town.record(number)).get(key)?.as_str().map(str::to_owned))
        .collect()
}

/// The share in a hundred of `texts` that `holds` is true of.
fn percent(texts: &[String], holds: impl Fn(&str) -> bool) -> usize {
    texts.iter().filter(|text| holds(text)).count() * 100 / texts.len()
}

#[test]
fn the_first_two_customers_are_the_documented_ones_with_nothing_added() {
    let town = Town::new(2);
    let (olas, pers) = (town.record(0), town.record(1));
    assert!(olas.starts_with(
        r#"{"crm__customer_id":"9120011999","crm__standard_info__name":"Olas Produksjon AS","crm__standard_info__phone_1":"90909090","crm__standard_info__phone_2":"","#
    ));
    assert!(olas.contains(r#""crm__custom_info__253":233,"#));
    assert!(olas.contains(r#""crm__custom_info__20":"1281847542.0","crm__custom_info__21":"233.0","#));
    assert!(olas.ends_with(r#""crm__custom_info__389":"1832"}"#));
    assert_eq!(parsed(&olas).len(), 28);
    assert_eq!(parsed(&pers)["crm__standard_info__name"], "Pers Hårklipperi AS");
    assert_eq!(parsed(&pers)["crm__custom_info__24"], "1973-01-01");
    assert_eq!(parsed(&pers).len(), 28);
}

#[test]
fn the_town_is_the_same_on_every_machine() {
    // FNV-1a over a part of the town: whoever changes it changes every recorded screen, and should know.
    let town = Town::new(12_340);
    let hash = (0..3_000)
        .flat_map(|number| town.record(number).into_bytes())
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
    assert_eq!(format!("{hash:016x}"), "392d41097954ec4b");
}

#[test]
fn a_customer_does_not_depend_on_the_size_of_the_town() {
    assert_eq!(Town::new(3).record(2), Town::new(1_000_000).record(2));
}

#[test]
fn another_seed_makes_another_town_after_the_first_two() {
    let (one, other) = (Town::new(100), Town::with_seed(100, 7));
    assert_eq!(one.record(1), other.record(1));
    let differing = (2..100).filter(|&number| one.record(number) != other.record(number)).count();
    assert_eq!(differing, 98);
    assert!((2..100).any(|number| one.id(number) != other.id(number)));
}

#[rstest]
#[case::a_small_town(100_000, 0)]
#[case::the_end_of_the_largest(Town::MOST, Town::MOST - 100_000)]
fn ids_are_unique_have_ten_digits_and_lead_back_to_their_customer(#[case] customers: u64, #[case] from: u64) {
    let town = Town::new(customers);
    let mut seen = HashSet::new();
    for number in from..from + 100_000 {
        let id = town.id(number).to_string();
        assert_eq!(id.len(), 10, "{id}");
        assert_eq!(town.position_of(&id), Some(number));
        assert!(seen.insert(id));
    }
}

#[test]
fn the_record_carries_the_id_of_its_number() {
    let town = Town::new(500);
    for number in 0..500 {
        assert_eq!(parsed(&town.record(number))["crm__customer_id"], town.id(number).to_string());
    }
}

#[test]
fn ids_do_not_climb_strictly() {
    let town = Town::new(100);
    assert!((2..99).any(|number| town.id(number) > town.id(number + 1)));
}

#[rstest]
#[case::empty("")]
#[case::a_leading_zero("09120011999")]
#[case::a_sign("+9120011999")]
#[case::letters("912001199x")]
#[case::too_small("777")]
#[case::too_large("99999999999999999999999")]
#[case::other_digits("９120011999")]
fn what_is_nobodys_id_leads_nowhere(#[case] id: &str) {
    assert_eq!(Town::new(1_000).position_of(id), None);
}

#[test]
fn every_id_between_two_customers_is_nobodys() {
    let town = Town::new(100);
    let known: HashSet<u64> = (0..100).map(|number| town.id(number)).collect();
    for id in 9_120_011_000..9_120_018_000_u64 {
        assert_eq!(town.position_of(&id.to_string()).is_some(), known.contains(&id), "{id}");
    }
}

#[test]
fn the_towns_end_is_the_end_of_its_ids() {
    let id = Town::new(1_001).id(1_000).to_string();
    assert_eq!(Town::new(1_001).position_of(&id), Some(1_000));
    assert_eq!(Town::new(1_000).position_of(&id), None);
    assert_eq!(Town::new(0).position_of("9120011999"), None);
}

#[test]
fn a_town_is_never_larger_than_its_ids_allow() {
    assert_eq!(Town::new(u64::MAX).customers(), Town::MOST);
}

#[test]
fn every_record_is_valid_has_the_documented_keys_in_order_and_the_two_addresses() {
    let town = Town::new(5_000);
    let mut keys: Vec<String> = parsed(&town.record(0)).keys().cloned().collect();
    keys.extend(["crm__custom_info__64".to_owned(), "crm__custom_info__221".to_owned()]);
    for number in 2..5_000 {
        let record = parsed(&town.record(number));
        assert!(record.keys().eq(&keys), "customer {number}");
    }
}

#[test]
fn values_have_the_kinds_of_the_documentation() {
    let town = Town::new(5_000);
    let mut kinds = BTreeSet::new();
    for number in 0..5_000 {
        for (key, value) in parsed(&town.record(number)) {
            let kind = match value {
                Value::Null => "null",
                Value::Number(number) if number.is_u64() => "integer",
                Value::String(text) if text.is_empty() => "empty",
                Value::String(_) => "text",
                other => panic!("{key} is {other}"),
            };
            kinds.insert((key, kind));
        }
    }
    let has = |key: &str, kind| kinds.contains(&(key.to_owned(), kind));
    assert!(has("crm__custom_info__253", "integer") && !has("crm__custom_info__253", "text"));
    assert!(has("crm__standard_info__email", "null") && has("crm__standard_info__email", "empty"));
    assert!(has("crm__standard_info__phone_3", "null") && has("crm__standard_info__phone_3", "text"));
    assert!(!has("crm__standard_info__name", "empty") && !has("crm__customer_id", "empty"));
    for id in [225, 78, 79, 100, 101, 102, 103, 104, 64, 221, 17, 19] {
        let key = format!("crm__custom_info__{id}");
        assert!(has(&key, "text") && has(&key, "empty"), "{key}");
    }
}

#[test]
fn phones_come_in_every_spelling_of_eight_digits_and_hardly_ever_twice() {
    let town = Town::new(5_000);
    let phones: Vec<String> =
        texts(town, "crm__standard_info__phone_1").into_iter().filter(|phone| !phone.is_empty()).collect();
    let mut subscribers = HashSet::new();
    for phone in &phones {
        let dialled = phone.replace(' ', "");
        let subscriber = dialled.strip_prefix("+47").or(dialled.strip_prefix("0047")).unwrap_or(&dialled);
        assert_eq!(subscriber.len(), 8, "{phone}");
        assert!(subscriber.starts_with(['2', '3', '4', '5', '6', '7', '9']), "{phone}");
        subscribers.insert(subscriber.to_owned());
    }
    assert!(subscribers.len() < phones.len() && subscribers.len() > phones.len() * 98 / 100);
    let plain = |phone: &str| phone.len() == 8;
    let plus = |phone: &str| phone.len() == 11 && phone.starts_with("+47");
    let zeros = |phone: &str| phone.len() == 12 && phone.starts_with("0047");
    let mobile = |phone: &str| phone.split(' ').map(str::len).eq([3, 2, 3]);
    let land = |phone: &str| phone.split(' ').map(str::len).eq([2, 2, 2, 2]);
    assert!(percent(&phones, plain) > 35 && percent(&phones, plus) > 10 && percent(&phones, zeros) > 5);
    assert!(percent(&phones, mobile) > 2 && percent(&phones, land) > 0);
}

#[test]
fn emails_are_ascii_and_some_customers_have_none() {
    let town = Town::new(5_000);
    let emails: Vec<String> =
        texts(town, "crm__standard_info__email").into_iter().filter(|email| !email.is_empty()).collect();
    let missing = 100 - emails.len() / 50;
    assert!((12..19).contains(&missing), "{missing}");
    for email in &emails {
        let (user, host) = email.split_once('@').unwrap();
        let is_plain = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|byte| b"abcdefghijklmnopqrstuvwxyz0123456789.-".contains(&byte))
                && !part.contains("..")
                && !part.starts_with(['.', '-'])
                && !part.ends_with(['.', '-'])
        };
        assert!(is_plain(user) && is_plain(host), "{email}");
    }
}

#[test]
fn names_are_norwegian_and_one_in_sixty_has_other_letters() {
    let names = texts(Town::new(12_340), "crm__standard_info__name");
    for letter in ['å', 'ø', 'æ', 'Å', 'Ø', 'é', 'ü', 'ö', 'á', 'č', 'đ', 'š', 'ž'] {
        assert!(names.iter().any(|name| name.contains(letter)), "no {letter}");
    }
    let is_rare =
        |name: &&String| name.chars().any(|letter| !letter.is_ascii() && !"åøæÅØÆ".contains(letter));
    let rare = names.iter().filter(is_rare).count();
    assert!((names.len() / 100..names.len() / 40).contains(&rare), "{rare}");
    let companies =
        percent(&names, |name| [" AS", " DA", " ANS", " ENK"].iter().any(|form| name.ends_with(form)));
    assert!((35..45).contains(&companies), "{companies}");
    let distinct: HashSet<&String> = names.iter().collect();
    assert!(distinct.len() > names.len() * 3 / 5, "{}", distinct.len());
}

#[test]
fn postcode_city_and_full_address_tell_the_same() {
    let town = Town::new(1_000);
    for number in 0..1_000 {
        let record = parsed(&town.record(number));
        let field = |id: u32| record[&format!("crm__custom_info__{id}")].as_str().unwrap().to_owned();
        assert_eq!(field(391), format!("{}, {} {}", field(388), field(389), field(390)));
        assert_eq!(field(390), field(390).to_uppercase());
        assert!(field(389).len() == 4 && field(389).bytes().all(|byte| byte.is_ascii_digit()));
    }
}

#[test]
fn no_word_needs_an_escape_and_no_list_has_a_word_twice() {
    let words = &*super::words::WORDS;
    let industries: Vec<&str> =
        words.trades.iter().flat_map(|trade| [trade.word, trade.industry, trade.organisation]).collect();
    let trades: Vec<&str> = words.trades.iter().map(|trade| trade.word).collect();
    let postcodes: Vec<&str> = words.places.iter().map(|place| place.postcode).collect();
    let lists = [&words.given, &words.surnames, &words.rare_given, &words.rare_surnames, &words.streets];
    for list in lists.into_iter().chain([&words.comments, &trades, &postcodes]) {
        assert_eq!(list.iter().collect::<HashSet<_>>().len(), list.len());
        assert!(list.len() > 10 && list.iter().all(|word| !word.is_empty() && word.trim() == *word));
    }
    for word in lists.into_iter().flatten().chain(&words.comments).chain(&industries) {
        assert!(!word.contains(['"', '\\']) && !word.chars().any(char::is_control), "{word}");
    }
}
