//! Whether a query can only find who an earlier one has found, so that only those need be looked at.

use super::{Alternative, Filter, Lead, Query, Term};

impl Query {
    /// Whether everybody that this query finds is found by `wider` too, as far as their words can tell.
    #[must_use]
    pub fn narrows(&self, wider: &Self) -> bool {
        let is_kept = |term: &Term| {
            self.terms
                .iter()
                .filter(|own| own.negated == term.negated)
                .any(|own| if term.negated { term.implies(own) } else { own.implies(term) })
        };
        let has_filter = |filter: &Filter| self.filters.contains(filter);
        self.reach == wider.reach && wider.terms.iter().all(is_kept) && wider.filters.iter().all(has_filter)
    }
}

impl Term {
    /// Whether it can't hold where another one doesn't, but for its letters with signs between them.
    pub(crate) fn implies(&self, other: &Self) -> bool {
        let covers = |wanted: &Alternative| other.alternatives.iter().any(|other| is_within(other, wanted));
        // Where a text is divided is looked for in all rows, whatever the wider query has found.
        let ways = self.alternatives.iter().filter(|way| way.lead != Lead::Divided);
        self.negated == other.negated && self.custom == other.custom && ways.into_iter().all(covers)
    }
}

/// Whether wherever `longer` is, `shorter` is too.
fn is_within(shorter: &Alternative, longer: &Alternative) -> bool {
    let is_in_part = shorter.part.is_none() || shorter.part == longer.part;
    let (part, whole) = (shorter.pattern.as_str(), longer.pattern.as_str());
    let is_in_text = match (&shorter.lead, &longer.lead) {
        // What is before its digits is not compared: they are there whatever it is.
        (Lead::Any, Lead::Any | Lead::Start | Lead::Number(_)) => whole.contains(part),
        (Lead::Start, Lead::Start) => whole.starts_with(part),
        (Lead::Number(one), Lead::Number(other)) if one.any_country && one == other => {
            whole.starts_with(part)
        }
        _ => shorter == longer,
    };
    is_in_part && is_in_text
}

#[cfg(test)]
mod tests {
    use crate::fields::FieldMap;
    use crate::search::{Query, Reach};
    use rstest::rstest;

    fn query(line: &str) -> Query {
        let fields = FieldMap::read(r#"{"390": "City"}"#).unwrap().0;
        Query::search(line, Reach::Standard, &fields)
    }

    #[rstest]
    #[case::a_letter_more("kari", "karin")]
    #[case::a_hyphenated_name("anne-mar", "anne-marie")]
    #[case::an_unknown_field("kari", "kari towns:oslo")]
    #[case::a_letter_before("lsen", "olsen")]
    #[case::a_word_more("kari", "kari oslo")]
    #[case::another_order("kari oslo", "oslo kari nord")]
    #[case::a_field_more("kari", "name:kari")]
    #[case::digits_of_a_number("909", "909 09 0")]
    #[case::the_country_code("4", "47")]
    #[case::a_number_behind_the_country_code("47", "+47 909")]
    #[case::a_custom_field("city:as", "city:askim")]
    #[case::somebody_less("kari", "kari -as")]
    #[case::fewer_are_left_out("-asa", "-as")]
    fn more_typed_finds_nobody_else(#[case] wider: &str, #[case] narrower: &str) {
        assert!(query(narrower).narrows(&query(wider)));
    }

    #[rstest]
    #[case::a_letter_less("karin", "kari")]
    #[case::another_word("kari", "ola")]
    #[case::a_word_less("kari oslo", "kari")]
    #[case::more_are_left_out("-as", "-asa")]
    #[case::nobody_is_left_out("kari -as", "kari")]
    #[case::another_field("city:askim", "askim")]
    #[case::a_number_becomes_whole("+47 909 09 09", "+47 909 09 090")]
    #[case::any_field("name:kari", "kari")]
    fn what_may_find_others_is_searched_anew(#[case] wider: &str, #[case] other: &str) {
        assert!(!query(other).narrows(&query(wider)));
    }

    #[test]
    fn a_longer_beginning_of_a_number_narrows_a_lookup() {
        assert!(Query::lookup("9120").narrows(&Query::lookup("912")));
        assert!(!Query::lookup("120").narrows(&Query::lookup("20")));
    }

    #[test]
    fn another_reach_is_another_search() {
        let all = Query::search("kari", Reach::AllFields, &FieldMap::default());
        assert!(!all.narrows(&query("kari")));
    }
}
