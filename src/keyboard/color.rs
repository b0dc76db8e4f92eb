//! A colour as terminals name it in their answers (OSC 10 to 19): `rgb:hhhh/hhhh/hhhh`, with one to four digits a part,
//! or `rgba:` with a fourth part.

/// A colour, each part from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Color {
    red: f64,
    green: f64,
    blue: f64,
}

impl Color {
    pub(super) fn of_answer(text: &str) -> Option<Self> {
        let (form, parts) = text.split_once(':')?;
        let parts: Option<Vec<f64>> = parts.split('/').map(part).collect();
        match (form, parts?.as_slice()) {
            ("rgb", &[red, green, blue]) | ("rgba", &[red, green, blue, _]) => {
                Some(Self { red, green, blue })
            }
            _ => None,
        }
    }

    /// Whether white text differs more from it than black text, as WCAG 2 counts it.
    #[must_use]
    pub fn is_dark(self) -> bool {
        let linear = |part: f64| {
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = 0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue);
        1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05
    }
}

fn part(digits: &str) -> Option<f64> {
    if !(1..=4).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    let most = (1_u32 << (4 * digits.len())) - 1;
    Some(f64::from(value) / f64::from(most))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::black("rgb:0000/0000/0000", Some(true))]
    #[case::white("rgb:ffff/ffff/ffff", Some(false))]
    #[case::two_digits("rgb:fd/f6/e3", Some(false))]
    #[case::one_digit("rgb:f/f/f", Some(false))]
    #[case::capitals("rgb:FFFF/FFFF/FFFF", Some(false))]
    #[case::see_through("rgba:0000/0000/0000/cccc", Some(true))]
    #[case::solarized_dark("rgb:0000/2b2b/3636", Some(true))]
    #[case::middle_grey("rgb:7f7f/7f7f/7f7f", Some(false))]
    #[case::dark_grey("rgb:6060/6060/6060", Some(true))]
    #[case::blue("rgb:0000/0000/ffff", Some(true))]
    #[case::yellow("rgb:ffff/ffff/0000", Some(false))]
    #[case::nothing("", None)]
    #[case::the_question("?", None)]
    #[case::no_parts("rgb:", None)]
    #[case::two_parts("rgb:ff/ff", None)]
    #[case::four_parts("rgb:ff/ff/ff/ff", None)]
    #[case::an_empty_part("rgb:ff//ff", None)]
    #[case::no_digits("rgb:zz/zz/zz", None)]
    #[case::a_sign("rgb:+f/+f/+f", None)]
    #[case::too_many_digits("rgb:fffff/fffff/fffff", None)]
    #[case::another_form("hsl:0/0/0", None)]
    fn a_colour_is_dark_or_light_or_none(#[case] text: &str, #[case] is_dark: Option<bool>) {
        assert_eq!(Color::of_answer(text).map(Color::is_dark), is_dark);
    }
}
