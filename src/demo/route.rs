//! Which path means what: the routes of both generations, matched as Django matches its own.

use super::{ASSIGNMENT, CRM_TYPE, DATA_OWNER};

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// To one of the views.
    View {
        /// What the view shows.
        resource: Resource,
        /// Whether the list that the path names is the town's: every other assignment or data owner is unknown.
        is_town: bool,
        /// Whether the documents name PUT and POST for it: one customer of an assignment.
        is_writable: bool,
    },
    /// To a view, if only a slash is added at its end.
    AddSlash,
    /// Nowhere: no route looks like it.
    Nowhere,
}

/// What a view shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Resource {
    /// The customers, page by page.
    List,
    /// The customer with this id; digits, as spelt in the path.
    Customer(String),
    /// The labels of the custom fields.
    Labels,
    /// The campaigns of the account.
    Campaigns,
    /// The calls of some days.
    Calls,
}

impl Route {
    /// Reads a path without its query.
    pub(super) fn of(path: &str) -> Self {
        let Some(rest) = path.strip_prefix("/api/v1/") else {
            return Self::Nowhere;
        };
        let parts: Vec<&str> = rest.split('/').collect();
        match parts.as_slice() {
            ["assignments", assignment, rest @ ..] if is_integer(assignment) => {
                Self::in_list(rest, is_number(assignment, ASSIGNMENT), true)
            }
            ["data_owners", owner, "crm", crm_type, "call_outcomes", ""]
                if is_integer(owner) && is_word(crm_type) =>
            {
                let is_town = is_number(owner, DATA_OWNER) && *crm_type == CRM_TYPE;
                Self::View { resource: Resource::Calls, is_town, is_writable: false }
            }
            ["data_owners", _, "crm", _, "call_outcomes"] => Self::AddSlash,
            ["data_owners", owner, crm_type, rest @ ..] if is_integer(owner) && is_word(crm_type) => {
                Self::in_list(rest, is_number(owner, DATA_OWNER) && *crm_type == CRM_TYPE, false)
            }
            ["campaigns"] => Self::View { resource: Resource::Campaigns, is_town: true, is_writable: false },
            _ => Self::Nowhere,
        }
    }

    /// Reads what follows the list's own part of the path.
    fn in_list(rest: &[&str], is_town: bool, is_assignment: bool) -> Self {
        let resource = match rest {
            ["customers", ""] => Resource::List,
            ["customers", id] if is_integer(id) => Resource::Customer((*id).to_owned()),
            ["crm_custom_fields", ""] => Resource::Labels,
            ["customers" | "crm_custom_fields"] => return Self::AddSlash,
            _ => return Self::Nowhere,
        };
        let is_writable = is_assignment && matches!(resource, Resource::Customer(_));
        Self::View { resource, is_town, is_writable }
    }
}

fn is_integer(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_word(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_number(part: &str, number: u64) -> bool {
    part.parse() == Ok(number)
}
