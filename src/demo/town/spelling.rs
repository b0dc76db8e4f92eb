//! How numbers, dates and phones are spelt in a record: appended to its text, without a detour by formatting.

use super::dice::Dice;

/// How a phone is spelt in Cube, which keeps what was typed; the plain way most often.
const SPELLINGS: [Spelling; 10] = [
    Spelling::Plain,
    Spelling::Plain,
    Spelling::Plain,
    Spelling::Plain,
    Spelling::Plain,
    Spelling::Plus,
    Spelling::Plus,
    Spelling::Zeros,
    Spelling::Spaced,
    Spelling::PlusSpaced,
];

#[derive(Clone, Copy)]
enum Spelling {
    /// `90909090`
    Plain,
    /// `+4790909090`
    Plus,
    /// `004790909090`
    Zeros,
    /// `909 09 090`, or `22 33 44 55` for a land line.
    Spaced,
    /// `+47 909 09 090`
    PlusSpaced,
}

/// Appends a date between two years.
pub(super) fn date(dice: &mut Dice, (first, last): (u64, u64), out: &mut String) {
    digits(dice.between(first, last), 4, out);
    out.push('-');
    digits(dice.between(1, 12), 2, out);
    out.push('-');
    digits(dice.between(1, 28), 2, out);
}

/// Appends a phone of eight digits in one of Cube's spellings, nothing for `None`.
pub(super) fn phone(number: Option<u64>, dice: &mut Dice, out: &mut String) {
    let Some(number) = number else {
        return;
    };
    let spelling = dice.pick(&SPELLINGS);
    match spelling {
        Spelling::Plain | Spelling::Spaced => {}
        Spelling::Plus => out.push_str("+47"),
        Spelling::Zeros => out.push_str("0047"),
        Spelling::PlusSpaced => out.push_str("+47 "),
    }
    match spelling {
        Spelling::Plain | Spelling::Plus | Spelling::Zeros => digits(number, 8, out),
        Spelling::Spaced | Spelling::PlusSpaced => spaced(number, out),
    }
}

/// Appends eight digits in the groups in which Norwegians read them aloud.
fn spaced(number: u64, out: &mut String) {
    let is_mobile = matches!(number / 10_000_000, 4 | 9);
    let groups: &[(u64, usize)] = if is_mobile {
        &[(100_000, 3), (1_000, 2), (1, 3)]
    } else {
        &[(1_000_000, 2), (10_000, 2), (100, 2), (1, 2)]
    };
    let mut rest = number;
    for (index, &(unit, width)) in groups.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        digits(rest / unit, width, out);
        rest %= unit;
    }
}

/// Appends `number` with at least `width` digits; several times as fast as formatting it.
pub(super) fn digits(number: u64, width: usize, out: &mut String) {
    let mut reversed = [b'0'; 20];
    let mut rest = number;
    let mut length = 0;
    while rest > 0 || length < width {
        // Below ten by the division, so nothing is cut off.
        reversed[length] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
        length += 1;
    }
    out.extend(reversed[..length].iter().rev().map(|&digit| char::from(digit)));
}
