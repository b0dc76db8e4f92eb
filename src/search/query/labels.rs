//! What stands before a number or an address in a paste: names of programs' addresses, and words like `Tlf`.

use crate::search::part::Part;
use crate::text;

/// What the name before a colon means that no field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// What follows is in this part of a row.
    Part(Part),
    /// What follows is the id of a customer.
    CustomerId,
    /// What follows is an address of a telephone: its user is a number or a name.
    Sip,
    /// It says nothing.
    Nothing,
}

/// Names of addresses and labels, folded.
const LABELS: [(&str, Label); 28] = [
    ("tel", Label::Part(Part::Phone)),
    ("callto", Label::Part(Part::Phone)),
    ("mob", Label::Part(Part::Phone)),
    ("mobile", Label::Part(Part::Phone)),
    ("mobilnr", Label::Part(Part::Phone)),
    ("tlfnr", Label::Part(Part::Phone)),
    ("telefonnr", Label::Part(Part::Phone)),
    ("telefonnummer", Label::Part(Part::Phone)),
    ("telephone", Label::Part(Part::Phone)),
    ("cell", Label::Part(Part::Phone)),
    ("sms", Label::Part(Part::Phone)),
    ("mailto", Label::Part(Part::Email)),
    ("e-post", Label::Part(Part::Email)),
    ("epostadresse", Label::Part(Part::Email)),
    ("kundenr", Label::CustomerId),
    ("kundenummer", Label::CustomerId),
    ("kundeid", Label::CustomerId),
    ("kunde-id", Label::CustomerId),
    ("kundnr", Label::CustomerId),
    ("kundnummer", Label::CustomerId),
    ("sip", Label::Sip),
    ("sips", Label::Sip),
    ("skype", Label::Sip),
    ("kunde-nr", Label::CustomerId),
    ("customer-id", Label::CustomerId),
    ("customerid", Label::CustomerId),
    ("http", Label::Nothing),
    ("https", Label::Nothing),
];

/// Words that stand before a number and are no part of what is looked for, folded.
const BEFORE_NUMBERS: [&str; 54] = [
    "telefon",
    "telefonnr",
    "telefonnummer",
    "telephone",
    "phone",
    "tel",
    "tlf",
    "tlfnr",
    "mob",
    "mobil",
    "mobile",
    "mobilnr",
    "mobilnummer",
    "mobiltelefon",
    "mobiltlf",
    "cell",
    "jobb",
    "arbeid",
    "work",
    "privat",
    "hjem",
    "home",
    "kontor",
    "office",
    "direkte",
    "direct",
    "sentralbord",
    "fax",
    "faks",
    "nr",
    "nummer",
    "number",
    "kundenr",
    "kundenummer",
    "kunde",
    "customer",
    "id",
    "eller",
    "og",
    "ring",
    "no",
    "fra",
    "from",
    "til",
    "to",
    "anrop",
    "call",
    "caller",
    "innkommende",
    "incoming",
    "utgaende",
    "outgoing",
    "tapt",
    "missed",
];

/// Words that stand before an e-mail address, folded.
const BEFORE_ADDRESSES: [&str; 7] = ["e-post", "epost", "epostadresse", "e-mail", "email", "mail", "fra"];

/// What the name before a colon means. `None` iff it is no label.
pub(super) fn label(name: &str) -> Option<Label> {
    let folded = text::fold(name);
    LABELS.iter().find(|(known, _)| *known == folded).map(|(_, label)| *label)
}

/// Whether a word only says that a number follows, as any single letter may.
pub(super) fn is_before_number(word: &str) -> bool {
    let folded = text::fold(word);
    let is_letter = folded.chars().count() == 1 && folded.chars().all(char::is_alphabetic);
    is_letter || BEFORE_NUMBERS.contains(&folded.trim_end_matches('.'))
}

/// Whether a word only says that an e-mail address follows.
pub(super) fn is_before_address(word: &str) -> bool {
    BEFORE_ADDRESSES.contains(&text::fold(word).as_str())
}
