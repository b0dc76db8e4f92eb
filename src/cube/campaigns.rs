//! The campaigns of an account, which name the lists that it has. An entry of another shape is left out.

use crate::cube::route::{CrmType, List};
use crate::json::{self, Shape};
use crate::text::{Place, RawText, SafeText, clean};

/// One campaign, as far as it tells of a list of customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// The list whose customers it calls.
    pub list: List,
    /// What the list's owner, or the assignment, is called.
    pub owner: SafeText<'static>,
    /// What the campaign is called.
    pub name: SafeText<'static>,
    /// Whether it is being called.
    pub is_active: bool,
}

impl Campaign {
    /// Reads one entry. `None` iff it names no list.
    pub(super) fn new(entry: &str) -> Option<Self> {
        let mut parts = Parts::default();
        (json::shape(entry) == Shape::Object).then_some(())?;
        json::members(entry, |key, value| parts.take(&key, value)).ok()?;
        let list = match (parts.owner, parts.crm_type, parts.assignment) {
            (Some(owner), Some(crm_type), _) => List::DataOwner { owner, crm_type },
            (_, _, Some(assignment)) => List::Assignment(assignment),
            _ => return None,
        };
        Some(Self { list, owner: parts.owner_name, name: parts.name, is_active: parts.is_active })
    }
}

#[derive(Default)]
struct Parts {
    owner: Option<u64>,
    crm_type: Option<CrmType>,
    assignment: Option<u64>,
    owner_name: SafeText<'static>,
    name: SafeText<'static>,
    is_active: bool,
}

impl Parts {
    fn take(&mut self, key: &str, value: &str) {
        match key {
            "data_owner__id" => self.owner = number(value),
            "assignment__id" => self.assignment = number(value),
            "campaign__crm_type" => self.crm_type = crm_type(value),
            "data_owner__name" | "assignment__name" => self.owner_name = text(value),
            "campaign__name" => self.name = text(value),
            // Cube's documents have `true`, or `""` for false.
            "campaign__is_active" => self.is_active = value.trim() == "true",
            _ => {}
        }
    }
}

fn number(value: &str) -> Option<u64> {
    value.trim().trim_matches('"').parse().ok().filter(|number| *number > 0)
}

fn crm_type(value: &str) -> Option<CrmType> {
    match json::text(value)?.as_ref() {
        "B2C" => Some(CrmType::B2C),
        "B2B" => Some(CrmType::B2B),
        _ => None,
    }
}

fn text(value: &str) -> SafeText<'static> {
    let text = json::text(value).unwrap_or_default();
    clean(&RawText::from(text), Place::Message).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const B2C: List = List::DataOwner { owner: 2, crm_type: CrmType::B2C };

    #[rstest]
    #[case::newer(
        r#"{"campaign__name":"Høst","campaign__is_active":true,"campaign__crm_type":"B2C","data_owner__id":2,"data_owner__name":"Byen"}"#,
        B2C,
        true
    )]
    #[case::over(
        r#"{"campaign__name":"Høst","campaign__is_active":"","campaign__crm_type":"B2C","data_owner__id":2,"data_owner__name":"Byen"}"#,
        B2C,
        false
    )]
    #[case::older(
        r#"{"campaign__name":"Høst","campaign__is_active":true,"assignment__id":9,"assignment__name":"Byen"}"#,
        List::Assignment(9),
        true
    )]
    #[case::a_number_as_text(
        r#"{"campaign__name":"Høst","campaign__is_active":true,"assignment__id":"9","assignment__name":"Byen"}"#,
        List::Assignment(9),
        true
    )]
    fn a_campaign_names_its_list(#[case] entry: &str, #[case] list: List, #[case] is_active: bool) {
        let campaign = Campaign::new(entry).unwrap();
        assert_eq!((campaign.list, campaign.is_active), (list, is_active));
        assert_eq!((campaign.owner.as_str(), campaign.name.as_str()), ("Byen", "Høst"));
    }

    #[rstest]
    #[case::no_object("7")]
    #[case::no_list(r#"{"campaign__name":"Høst"}"#)]
    #[case::no_type(r#"{"data_owner__id":2}"#)]
    #[case::other_type(r#"{"data_owner__id":2,"campaign__crm_type":"B2X"}"#)]
    #[case::no_number(r#"{"assignment__id":"9/../x"}"#)]
    #[case::negative(r#"{"assignment__id":-9}"#)]
    #[case::nothing(r#"{"assignment__id":0}"#)]
    fn an_entry_that_names_no_list_is_left_out(#[case] entry: &str) {
        assert_eq!(Campaign::new(entry), None);
    }

    #[test]
    fn names_are_cleaned() {
        let entry = r#"{"assignment__id":9,"campaign__name":"a\u001b[2J\u202eb"}"#;
        assert_eq!(Campaign::new(entry).unwrap().name.as_str(), "a␛[2Jb");
    }
}
