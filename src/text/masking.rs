//! Values with their middle left out, so that a screen can be shared: how long they are is not told.

/// In place of a value of which nothing is shown.
pub const MASK: &str = "••••••";

/// A phone number: its first two and its last two digits.
#[must_use]
pub fn mask_phone(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    match digits.as_slice() {
        [] if number.trim().is_empty() => String::new(),
        [first, second, inner @ .., before, last] if inner.len() >= 3 => {
            format!("{first}{second} •• •• {before}{last}")
        }
        _ => MASK.to_owned(),
    }
}

/// An e-mail address: its first letter, and that it is an address.
#[must_use]
pub fn mask_email(address: &str) -> String {
    match (address.trim().chars().next(), address.contains('@')) {
        (None, _) => String::new(),
        (Some(first), true) if first.is_alphanumeric() => format!("{first}•••@•••"),
        (Some(_), _) => MASK.to_owned(),
    }
}

/// The signs between the parts of a filter.
const BETWEEN: [char; 7] = [':', '=', '"', '<', '>', ',', '|'];

/// What is being typed, sign for sign: of what may be a number or an address only the first two signs are shown, also where
/// it is the value of a filter.
#[must_use]
pub fn mask_typed(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for part in text.split_inclusive(BETWEEN) {
        let value = part.strip_suffix(BETWEEN).unwrap_or(part);
        mask_part(value, &mut masked);
        masked.push_str(part.get(value.len()..).unwrap_or_default());
    }
    masked
}

fn mask_part(text: &str, masked: &mut String) {
    let is_number = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        digits > 2 && word.chars().all(|c| !c.is_alphabetic())
    };
    // Blanks may be within a number.
    let is_all = is_number(text);
    let mut before = 0;
    for word in text.split_inclusive(' ') {
        let hides = is_all || word.contains('@') || is_number(word);
        let shown = if is_all { 2_usize.saturating_sub(before) } else { 2 };
        // Digits in a word may be a number with its sign.
        let mut digits = 0;
        for (at, c) in word.chars().enumerate() {
            digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
            let is_hidden = (hides && at >= shown && c != ' ') || digits > 2;
            masked.push(if is_hidden { '•' } else { c });
        }
        before += word.chars().count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain("90909090", "90 •• •• 90")]
    #[case::with_a_code("+47 909 09 088", "47 •• •• 88")]
    #[case::short("02800", "••••••")]
    #[case::words("ring kontoret", "••••••")]
    #[case::nothing("", "")]
    fn of_a_number_its_first_and_last_digits_are_shown(#[case] number: &str, #[case] masked: &str) {
        assert_eq!(mask_phone(number), masked);
    }

    #[rstest]
    #[case::address("kari@nord.no", "k•••@•••")]
    #[case::no_address("kari", "••••••")]
    #[case::nothing("", "")]
    fn of_an_address_its_first_letter_is_shown(#[case] address: &str, #[case] masked: &str) {
        assert_eq!(mask_email(address), masked);
    }

    #[rstest]
    #[case::number("90909088", "90••••••")]
    #[case::number_with_blanks("909 09 088", "90• •• •••")]
    #[case::address("kari@nord.no", "ka••••••••••")]
    #[case::name("kari nord", "kari nord")]
    #[case::name_and_number("kari 90909088", "kari 90••••••")]
    #[case::begun("90", "90")]
    #[case::a_filter("phone:90909088", "phone:90••••••")]
    #[case::a_filter_for_a_value("phone:=\"909 09 088\" oslo", "phone:=\"90• •• •••\" oslo")]
    #[case::several("email:=kari@nord.no,per@x.no", "email:=ka••••••••••,pe••••••")]
    #[case::a_range("turnover:>100", "turnover:>10•")]
    #[case::within_a_word("tlf90909088", "tlf90••••••")]
    fn what_is_typed_keeps_its_width(#[case] text: &str, #[case] masked: &str) {
        assert_eq!(mask_typed(text), masked);
    }
}
