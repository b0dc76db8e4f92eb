//! Customers of random values, as `race/serve_pages.py` makes them: nothing that word lists make easy to pack.

use std::fmt::Write as _;

const CUSTOM: [u32; 22] =
    [17, 388, 225, 390, 78, 253, 79, 103, 101, 102, 104, 100, 387, 385, 391, 24, 18, 19, 20, 21, 386, 389];
const LETTERS: [char; 43] = [
    'e', 'e', 'e', 'e', 'n', 'n', 'n', 'r', 'r', 'r', 'a', 'a', 'a', 'i', 'i', 'i', 't', 's', 's', 's', 'l',
    'l', 'l', 'd', 'd', 'o', 'o', 'g', 'k', 'k', 'm', 'm', 'u', 'v', 'f', 'p', 'h', 'b', 'ø', 'å', 'j', 'y',
    'æ',
];

/// The JSON text of a customer.
pub(crate) fn record(row: u64) -> String {
    let mut dice = fastrand::Rng::with_seed(row.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let word = |dice: &mut fastrand::Rng| {
        let len = dice.usize(3..10);
        let letters = (0..len).map(|_| LETTERS[dice.usize(..LETTERS.len())]);
        let mut word: String = letters.collect();
        if let Some(first) = word.chars().next() {
            word.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
        }
        word
    };
    let phone = |dice: &mut fastrand::Rng| dice.u32(20_000_000..99_999_999).to_string();
    let (first, last) = (word(&mut dice), word(&mut dice));
    let street = format!("{}veien {}", word(&mut dice), dice.u32(1..220));
    let town = word(&mut dice).to_uppercase();
    let code = format!("{:04}", dice.u32(..10_000));
    let some =
        |dice: &mut fastrand::Rng, share: f64| if dice.f64() < share { phone(dice) } else { String::new() };
    let class = ["A", "B", "C", "D"][dice.usize(..4)].to_owned();
    let custom = [
        class,
        street.clone(),
        String::new(),
        town.clone(),
        String::new(),
        dice.u32(..900).to_string(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        phone(&mut dice),
        format!("{} {}", word(&mut dice), word(&mut dice)),
        format!("{street}, {code} {town}"),
        format!("{}-{:02}-{:02}", dice.u32(1935..2025), dice.u32(1..13), dice.u32(1..29)),
        word(&mut dice).to_uppercase(),
        word(&mut dice).chars().take(3).collect::<String>().to_uppercase(),
        format!("{}.0", dice.u32(..2_000_000_000)),
        format!("{}.0", dice.u32(..900)),
        format!("Klassifisering {}", word(&mut dice)),
        code,
    ];
    let id = 9_120_000_000 + (row * 6_180_339 + 11_888) % 10_000_000;
    let mut json = format!(r#"{{"crm__customer_id":"{id}""#);
    let phones = [phone(&mut dice), some(&mut dice, 0.3), some(&mut dice, 0.1)];
    let email = format!("{first}.{last}@{}.no", word(&mut dice)).to_lowercase();
    let _ = write!(json, r#","crm__standard_info__name":"{first} {last}""#);
    for (at, phone) in phones.iter().enumerate() {
        let _ = write!(json, r#","crm__standard_info__phone_{}":"{phone}""#, at + 1);
    }
    let _ = write!(json, r#","crm__standard_info__email":"{email}""#);
    for (key, value) in CUSTOM.iter().zip(&custom) {
        let _ = write!(json, r#","crm__custom_info__{key}":"{value}""#);
    }
    json + "}"
}
