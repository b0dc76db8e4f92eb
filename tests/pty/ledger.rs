//! The account of what a stream of escape sequences has changed in the terminal that outlives the program: modes set
//! and not reset, keyboard flags pushed and not popped.

use std::collections::BTreeMap;

/// Shown cursor (25) and line wrap (7) are on in a terminal that is untouched; all else is off.
const ON_AT_FIRST: [u32; 2] = [7, 25];

/// What differs at the end of `stream` from a terminal that is untouched, in words.
pub(super) fn changed(stream: &[u8]) -> Vec<String> {
    let mut modes = BTreeMap::new();
    let (mut pushed, mut titles) = (0_i32, 0_i32);
    for (parameters, end) in sequences(stream) {
        match (parameters.first(), end) {
            (Some(b'?'), b'h' | b'l') => {
                let numbers = std::str::from_utf8(&parameters[1..]).unwrap_or_default();
                for mode in numbers.split(';').filter_map(|number| number.parse::<u32>().ok()) {
                    modes.insert(mode, end == b'h');
                }
            }
            (Some(b'>'), b'u') => pushed += 1,
            (Some(b'<'), b'u') => pushed -= 1,
            (_, b't') if parameters == b"22;2" => titles += 1,
            (_, b't') if parameters == b"23;2" => titles -= 1,
            _ => {}
        }
    }
    let mut changed: Vec<String> = modes
        .into_iter()
        .filter(|(mode, on)| *on != ON_AT_FIRST.contains(mode))
        .map(|(mode, on)| format!("?{mode} is {}", if on { "on" } else { "off" }))
        .collect();
    if titles != 0 {
        changed.push(format!("{titles} titles more kept than given back"));
    }
    if pushed != 0 {
        changed.push(format!("{pushed} keyboard flags more pushed than popped"));
    }
    changed
}

/// The control sequences (CSI) in `stream`: their parameters and the byte that ends them.
fn sequences(stream: &[u8]) -> impl Iterator<Item = (&[u8], u8)> {
    let starts = stream.windows(2).enumerate().filter(|(_, bytes)| bytes == b"\x1b[");
    starts.filter_map(|(at, _)| {
        let rest = &stream[at + 2..];
        let length = rest.iter().position(|byte| !(0x20..=0x3f).contains(byte))?;
        Some((&rest[..length], rest[length]))
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::changed;

    #[rstest]
    #[case::nothing("plain", &[])]
    #[case::balanced("\x1b[?1049h\x1b[?25lOlas\x1b[?25h\x1b[?1049l", &[])]
    #[case::several_at_once("\x1b[?1000;1006h\x1b[?1006l", &["?1000 is on"])]
    #[case::cursor_left_hidden("\x1b[?25h\x1b[?25l", &["?25 is off"])]
    #[case::paste_left_on("\x1b[?2004h", &["?2004 is on"])]
    #[case::keyboard_flags("\x1b[>1u\x1b[>5u\x1b[<1u", &["1 keyboard flags more pushed than popped"])]
    #[case::title("\x1b[22;2t\x1b]2;a\x1b\\", &["1 titles more kept than given back"])]
    #[case::not_a_private_mode("\x1b[4h\x1b[1;31m\x1b[2J", &[])]
    #[case::cut_off("\x1b[?2004", &[])]
    fn what_is_left_behind_is_named(#[case] stream: &str, #[case] left: &[&str]) {
        assert_eq!(changed(stream.as_bytes()), left);
    }
}
