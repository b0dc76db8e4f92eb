//! What a search line means.

use super::*;
use rstest::rstest;

fn fields() -> FieldMap {
    let json = r#"[{"id": 390, "key": "City", "type": "text", "lookup__id": "crm__custom_info__390"},
                   {"id": 389, "key": "Post sted", "type": "text", "lookup__id": "crm__custom_info__389"}]"#;
    FieldMap::read(json).unwrap().0
}

/// A query in short: one line a term, `-` for negated, the field, its patterns.
fn read(line: &str) -> Vec<String> {
    let query = Query::search(line, Reach::Standard, &fields());
    let patterns = |term: &Term| {
        let patterns: Vec<_> =
            term.alternatives.iter().map(|wanted| wanted.pattern.replace('\u{1c}', "|")).collect();
        patterns.join(" or ")
    };
    let place = |term: &Term| match (&term.custom, term.alternatives.first().and_then(|wanted| wanted.part)) {
        (Some(keys), _) => format!("{} ", keys.join(",")),
        (None, Some(part)) => format!("{part:?} "),
        (None, None) => String::new(),
    };
    let sign = |term: &Term| if term.negated { "-" } else { "" };
    query.terms.iter().map(|term| format!("{}{}{}", sign(term), place(term), patterns(term))).collect()
}

#[rstest]
#[case::words_in_any_order("Kari  Ødegård", &["kari", "odegard"])]
#[case::a_phrase("\"Kari Nord\"", &["kari nord"])]
#[case::a_phrase_still_open("\"Kari No", &["kari no"])]
#[case::without_a_word("nord -as", &["nord", "-as"])]
#[case::without_a_phrase("-\"kari nord\"", &["-kari nord"])]
#[case::without_a_number("-47", &["-47 or 47|"])]
#[case::a_quoted_number_in_a_phone("phone:\"+47 909\"", &["Phone 47|909 or +47 909"])]
#[case::a_fields_number("390:ask", &["crm__custom_info__390 ask"])]
#[case::a_lone_minus("- &", &[])]
#[case::a_number("90909090", &["90909090"])]
#[case::neighbouring_digits_are_one_number("909 09 090", &["90909090 or 909 09 090"])]
#[case::a_plus_means_a_country("+47 909", &["Phone 47|909 or +47 909"])]
#[case::zeros_mean_a_country("0047 909", &["Phone 47|909 or 0047 909"])]
#[case::brackets("(+47) 90", &["Phone 47|90 or (+47) 90"])]
#[case::a_number_among_words("kari 909 09 as", &["kari", "90909 or 909 09", "as"])]
#[case::a_field("name:kari", &["Name kari"])]
#[case::a_fields_number_goes_on("phone:909 09", &["Phone 90909 or 909 09"])]
#[case::a_field_in_norwegian("tlf:909", &["Phone 909"])]
#[case::a_field_with_a_phrase("name:\"kari nord\"", &["Name kari nord"])]
#[case::without_a_word_in_a_field("-email:gmail", &["-Email gmail"])]
#[case::a_label("city:Askim", &["crm__custom_info__390 askim"])]
#[case::a_label_with_a_blank("\"post sted\":ask", &["crm__custom_info__389 ask"])]
#[case::a_key("crm__custom_info__390:ask", &["crm__custom_info__390 ask"])]
#[case::a_field_without_a_word_yet("name:", &[])]
#[case::a_time_is_no_field("08:12", &["08:12"])]
#[case::a_lone_plus("+", &[])]
#[case::nothing("   ", &[])]
fn a_line_means(#[case] line: &str, #[case] terms: &[&str]) {
    assert_eq!(read(line), terms);
}

#[rstest]
#[case::near("nmae:kari", Some("name"))]
#[case::near_a_label("ctiy:askim", Some("City"))]
#[case::its_beginning("post:askim", Some("Post sted"))]
#[case::far("zzzzzz:x", None)]
fn a_field_that_nobody_has_is_said_with_the_nearest(#[case] line: &str, #[case] nearest: Option<&str>) {
    let unknown = Query::search(line, Reach::Standard, &fields()).unknown.unwrap();
    assert_eq!(unknown.nearest.as_deref(), nearest);
}

#[test]
fn a_lookup_keeps_leading_zeros_for_the_id_and_reads_them_as_a_country_for_the_phone() {
    let query = Query::lookup("0047 90");
    let patterns: Vec<_> =
        query.terms[0].alternatives.iter().map(|wanted| (wanted.part, wanted.pattern.as_str())).collect();
    assert_eq!(patterns, [(Some(Part::Phone), "47\u{1c}90"), (Some(Part::Id), "004790")]);
}

#[test]
fn a_lookup_with_a_plus_asks_for_a_phone_alone() {
    let query = Query::lookup("+47909");
    assert!(query.terms[0].alternatives.iter().all(|wanted| wanted.part == Some(Part::Phone)));
    assert!(Query::lookup("+").is_empty());
}

proptest::proptest! {
    /// Whatever is typed, reading it ends, and no term looks for nothing.
    #[test]
    fn any_line_can_be_read(line in "\\PC{0,60}") {
        let query = Query::search(&line, Reach::AllFields, &fields());
        let patterns = query.terms.iter().flat_map(|term| &term.alternatives);
        proptest::prop_assert!(patterns.into_iter().all(|wanted| !wanted.pattern.is_empty()));
    }
}
