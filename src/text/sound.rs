//! How a name sounds in Norwegian: names that are spelt differently and sound alike have the same key.
//!
//! The libraries for it are made for English, German or French. The rules here are those of Norwegian names: what is
//! heard as the same on a telephone.

/// What sounds like something shorter, from the longest on. The text is folded, and no letter in it is doubled.
const RULES: [(&str, &str); 29] = [
    ("skj", "S"),
    ("sch", "S"),
    ("chr", "kr"),
    ("sj", "S"),
    ("sh", "S"),
    ("kj", "S"),
    ("tj", "S"),
    ("ch", "k"),
    ("ck", "k"),
    ("gj", "j"),
    ("hj", "j"),
    ("lj", "j"),
    ("hv", "v"),
    ("th", "t"),
    ("dt", "t"),
    ("ph", "f"),
    ("gh", "g"),
    ("rh", "r"),
    ("lh", "l"),
    ("hl", "l"),
    ("hn", "n"),
    ("hr", "r"),
    ("hm", "m"),
    ("qu", "kv"),
    ("ej", "ei"),
    ("ai", "ei"),
    ("ij", "i"),
    ("ie", "i"),
    ("ou", "u"),
];

/// The key of a folded word. Words with the same key sound alike.
pub(crate) fn sound(folded: &str) -> String {
    let plain = single(folded.chars().map(letter));
    let mut key = String::with_capacity(plain.len());
    let mut rest = plain.as_str();
    while let Some(next) = rest.chars().next() {
        let rule = RULES.iter().find(|(spelt, _)| rest.starts_with(spelt));
        if let Some((spelt, heard)) = rule {
            key.push_str(heard);
            rest = rest.get(spelt.len()..).unwrap_or_default();
            continue;
        }
        // A c before a light vowel is an s.
        let behind = rest.get(next.len_utf8()..).unwrap_or_default();
        key.push(match next {
            'c' if behind.starts_with(['e', 'i']) => 's',
            'c' | 'q' => 'k',
            other => other,
        });
        rest = behind;
    }
    ending(single(key.replace("ks", "x").chars()))
}

/// Letters that are always heard as another one.
fn letter(letter: char) -> char {
    match letter {
        'w' => 'v',
        'z' => 's',
        'y' => 'i',
        other => other,
    }
}

/// The text without doubled letters.
fn single(letters: impl Iterator<Item = char>) -> String {
    let mut single = String::new();
    for letter in letters {
        if !single.ends_with(letter) {
            single.push(letter);
        }
    }
    single
}

/// Puts endings that are heard alike into one: -son is -sen, and a mute d or h is left out.
fn ending(mut key: String) -> String {
    for (spelt, heard) in [("son", "sen"), ("sn", "sen"), ("nd", "n"), ("ld", "l"), ("h", "")] {
        if key.len() > spelt.len() + 1 && key.ends_with(spelt) {
            key.truncate(key.len() - spelt.len());
            key.push_str(heard);
            break;
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::c_and_k("carl", "karl")]
    #[case::ck_and_k("backstrom", "bakstrom")]
    #[case::ch_and_k("kristian", "christian")]
    #[case::w_and_v("waage", "vage")]
    #[case::th_and_t("thor", "tor")]
    #[case::ph_and_f("sophie", "sofie")]
    #[case::double_letters("hanna", "hana")]
    #[case::sj_and_skj("sjeldal", "skjeldal")]
    #[case::kj_and_skj("kjeldal", "skjeldal")]
    #[case::tj_and_kj("tjome", "kjome")]
    #[case::sch_and_sj("schou", "sjou")]
    #[case::hj_and_j("hjelm", "jelm")]
    #[case::gj_and_j("gjertsen", "jertsen")]
    #[case::x_and_ks("alexander", "aleksander")]
    #[case::z_and_s("zakarias", "sakarias")]
    #[case::son_and_sen("hanson", "hansen")]
    #[case::ssen_and_sen("jakobssen", "jakobsen")]
    #[case::several_at_once("christoffersen", "kristofferson")]
    #[case::jacobsen("jacobsen", "jakobsen")]
    #[case::qu_and_kv("lindquist", "lindkvist")]
    #[case::hv_and_v("hvam", "vam")]
    #[case::y_and_i("birgitte", "byrgitte")]
    #[case::a_mute_d("strand", "stran")]
    #[case::a_mute_h("dahl", "dal")]
    #[case::a_soft_c("cecilie", "sesilie")]
    fn names_that_sound_alike_have_one_key(#[case] one: &str, #[case] other: &str) {
        assert_eq!(sound(one), sound(other));
    }

    #[rstest]
    #[case::another_vowel("hansen", "hensen")]
    #[case::another_consonant("berg", "bern")]
    #[case::sk_is_no_sj("skar", "sjar")]
    #[case::nothing("", "h")]
    fn names_that_sound_different_have_two(#[case] one: &str, #[case] other: &str) {
        assert_ne!(sound(one), sound(other));
    }
}
