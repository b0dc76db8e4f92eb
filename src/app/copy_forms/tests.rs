//! The forms in which a customer is copied, as text.

use super::*;
use rstest::rstest;

const KARI: &str = r#"{"crm__customer_id":"9120011888","crm__standard_info__name":"Kari \"K\" Nord, *AS*",
"crm__standard_info__phone_1":"","crm__standard_info__phone_2":"+47 909 09 090","crm__standard_info__phone_3":"=1+1",
"crm__standard_info__email":"kari@nord.no","crm__custom_info__390":"ASKIM","crm__custom_info__17":"",
"crm__custom_info__9":"two\nlines\u001b[2J"}"#;

fn forms(json: &str) -> Vec<(String, String)> {
    let record = Record::new(json).unwrap();
    let labels = FieldMap::read(r#"{"17": "Class", "390": "City"}"#).unwrap().0;
    let template = |name, text| Template::read(name, 1, text).unwrap();
    let templates = [
        template("Ticket", "{name} <{email}> {phone_1|phone_2}\nfrom {City}{Class}"),
        template("Wrong", "{Ctiy}"),
    ];
    let columns = ["crm__customer_id", "crm__standard_info__phone_3", "crm__custom_info__390"];
    let customer = CopyOf {
        record: &record,
        labels: &labels,
        under_cursor: Some(("City".to_owned(), "ASKIM".to_owned())),
        columns: columns.map(Arc::from).into(),
        templates: &templates,
    };
    let form = |item: PickItem| match item.choice {
        Choice::Copy(name, text) => (name, text.to_string()),
        other => panic!("{other:?}"),
    };
    super::items(&[customer]).into_iter().map(form).collect()
}

#[rstest]
#[case::id("ID", "9120011888")]
#[case::value("City", "ASKIM")]
#[case::short("Name (ID) phone", "Kari \"K\" Nord, *AS* (9120011888) +47 909 09 090")]
#[case::own("Ticket", "Kari \"K\" Nord, *AS* <kari@nord.no> +47 909 09 090\nfrom ASKIM")]
#[case::fields(
    "All fields",
    "ID: 9120011888\nName: Kari \"K\" Nord, *AS*\nPhone 2: +47 909 09 090\nPhone 3: =1+1\nE-mail: kari@nord.no\nCity: ASKIM\nField 9: two⏎lines␛[2J"
)]
#[case::markdown(
    "Markdown",
    "**Kari \"K\" Nord, \\*AS\\*** (9120011888)\n\n- ID: 9120011888\n- Name: Kari \"K\" Nord, \\*AS\\*\n- Phone 2: +47 909 09 090\n- Phone 3: =1+1\n- E-mail: kari@nord.no\n- City: ASKIM\n- Field 9: two⏎lines␛\\[2J"
)]
#[case::vcard(
    "vCard",
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Kari \"K\" Nord\\, *AS*\r\nUID;VALUE=text:9120011888\r\nTEL:+47 909 09 090\r\nTEL:=1+1\r\nEMAIL:kari@nord.no\r\nEND:VCARD"
)]
#[case::row("Row of the table", "9120011888\t'=1+1\tASKIM")]
#[case::json("JSON as sent", KARI)]
fn a_customer_is_copied_in_many_forms(#[case] name: &str, #[case] expected: &str) {
    let forms = forms(KARI);
    let form = forms.iter().find(|(known, _)| known == name);
    assert_eq!(form.map(|(_, text)| text.as_str()), Some(expected), "{forms:?}");
}

#[test]
fn a_form_that_would_be_empty_is_not_offered() {
    let anonymous = forms(r#"{"crm__customer_id":"","crm__standard_info__name":null}"#);
    let names: Vec<&str> = anonymous.iter().map(|(name, _)| name.as_str()).collect();
    assert!(!names.contains(&"ID") && !names.contains(&"Wrong"), "{names:?}");
}

#[test]
fn nothing_that_is_copied_drives_a_terminal() {
    let hostile = KARI.replace("ASKIM", "a\\u202eb\\u009b31m\\r\\nc");
    for (name, text) in forms(&hostile) {
        let is_banned = |c: char| crate::text::oracle::is_banned_anywhere(c) && !"\r\n\t".contains(c);
        assert!(!text.chars().any(is_banned), "{name}: {text:?}");
    }
}
