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
    // Divided texts go with others and are left out here; digits are behind what may be before them.
    let pattern = |wanted: &Alternative| match &wanted.lead {
        Lead::Divided => None,
        Lead::Any => Some(wanted.pattern.clone()),
        Lead::Start => Some(format!("^{}", wanted.pattern.replace('\u{1c}', "|"))),
        Lead::Number(lead) => {
            let plan = lead.plan.map_or("any", |plan| plan.code);
            Some(format!("{}({plan}|){}", lead.typed, wanted.pattern))
        }
    };
    let patterns =
        |term: &Term| term.alternatives.iter().filter_map(pattern).collect::<Vec<_>>().join(" or ");
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
#[case::without_a_number("-47", &["-47 or ^47|"])]
#[case::a_quoted_number_in_a_phone("phone:\"+47 909\"", &["Phone ^47|909 or +47 909"])]
#[case::a_fields_number("390:ask", &["crm__custom_info__390 ask"])]
#[case::a_lone_minus("- &", &[])]
#[case::a_number("90909090", &["90909090"])]
#[case::neighbouring_digits_are_one_number("909 09 090", &["90909090 or 909 09 090"])]
#[case::a_plus_means_a_country("+47 909", &["Phone ^47|909 or +47 909"])]
#[case::zeros_mean_a_country("0047 909", &["Phone ^47|909 or 0047 909"])]
#[case::brackets("(+47) 90", &["Phone ^47|90 or (+47) 90"])]
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
#[case::a_whole_number("+47 909 09 090", &["Phone (47|)90909090 or +47 909 09 090"])]
#[case::a_whole_number_without_a_plus("4790909090", &["47(47|)90909090"])]
#[case::a_trunk_zero("08-123 456 78", &["0(any|)812345678 or 08-123 456 78"])]
#[case::two_numbers("909 09 090 / 22 33 44 55", &["90909090 or 22334455"])]
#[case::two_numbers_with_words("mob. 909 09 090, jobb 22 33 44 55", &["90909090 or 909 09 090 or 22334455 or 22 33 44 55"])]
#[case::a_label("Tlf 909 09 090", &["90909090 or 909 09 090"])]
#[case::no_label("Kontor 1", &["kontor", "1"])]
#[case::a_letter_for_a_label("M: 909 09 090", &["90909090 or 909 09 090"])]
#[case::a_tel_address("tel:+47-909-09-090;ext=12", &["Phone (47|)90909090 or +47-909-09-090"])]
#[case::a_sip_address("<sip:+4790909090@acme.no;user=phone>", &["Phone (47|)90909090 or +4790909090"])]
#[case::a_sip_mailbox("sip:kari@acme.no", &["kari@acme.no"])]
#[case::a_mailto_address("mailto:kari@acme.no", &["Email kari@acme.no"])]
#[case::an_extension("22334455 ext. 12", &["22334455"])]
#[case::an_extension_behind_x("22334455x12", &["22334455"])]
#[case::an_extension_behind_a_hash("22334455 #12", &["22334455"])]
#[case::an_extension_that_is_a_line("22 33 44 55 linje 3 kari", &["22334455 or 22 33 44 55", "kari"])]
#[case::an_id_in_norwegian("Kundenr: 9120011888", &["Id 9120011888"])]
#[case::an_id_behind_a_hash("#9120011888", &["9120011888 or ^91|20011888"])]
#[case::full_width("＋４７　９０９", &["Phone ^47|909 or +47 909"])]
#[case::marks_of_direction("\u{202a}909\u{202c}", &["909"])]
#[case::signs_around_words("Olsen, Per; (ny)", &["olsen", "per", "ny"])]
#[case::an_initial("P. Olsen", &["p", "olsen"])]
#[case::a_name_with_its_address("Pers <per@klipperiet.no>", &["pers", "per@klipperiet.no"])]
#[case::a_slash_between_words("klipperi/frisør", &["klipperi", "frisor"])]
#[case::a_slash_between_letters("Olsen A/S", &["olsen", "as"])]
#[case::a_family_and_a_form("Aas", &["as or aas"])]
#[case::a_hyphen("Anne–Marie", &["anne-marie or annemarie"])]
#[case::the_neighbours_spelling("Bækstrøm", &["bakstrom or backstrom"])]
#[case::a_space_behind_the_colon("city: Askim", &["crm__custom_info__390 askim"])]
#[case::a_colon_without_a_field("towns:oslo", &["towns", "oslo"])]
#[case::a_quote_in_a_word("kari\"nord ny\"", &["kari", "nord ny"])]
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

#[rstest]
#[case::digits("909 09 090", true)]
#[case::an_id("9120011888", true)]
#[case::a_tel_address("tel:+4790909090", true)]
#[case::a_label("Tlf 909 09 090", true)]
#[case::an_extension("22334455 ext 12", true)]
#[case::a_name("kari", false)]
#[case::a_name_and_a_number("kari 909", false)]
#[case::a_number_to_leave_out("-909", false)]
#[case::a_time("08:12", false)]
#[case::nothing("+", false)]
fn a_line_of_numbers_alone_is_a_number(#[case] line: &str, #[case] is: bool) {
    assert_eq!(is_number(line), is);
}

#[rstest]
#[case::words("Nordmann Kari", &["nordmann", "kari"])]
#[case::quotes("Kari \"Mor\" Nord", &["kari", "mor", "nord"])]
#[case::a_sign_in_front("-kari", &["kari"])]
#[case::a_colon("name:kari", &["name:kari"])]
fn words_of_a_part_are_text_alone(#[case] text: &str, #[case] words: &[&str]) {
    let query = Query::default().with(Part::Name, text);
    let first = |term: &Term| (term.alternatives[0].part, term.alternatives[0].pattern.clone(), term.negated);
    let terms: Vec<_> = query.terms.iter().map(first).collect();
    let expected: Vec<_> = words.iter().map(|word| (Some(Part::Name), (*word).to_owned(), false)).collect();
    assert_eq!(terms, expected);
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
