//! What is asked of Cube, and the one place where its URLs are built: an origin, a list, and digits.
//! Nothing that a server sent ever becomes part of a URL, except an id made of digits alone.

use std::fmt;

use crate::language::tr;
use url::Url;

use crate::cube::calls::Days;
use crate::cube::error::Operation;
use crate::cube::origin::Origin;
use crate::cube::schema::{CUSTOMERS, Schema};

/// Whose customers are browsed; Cube has two generations of routes for the same records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// The customers of one assignment (`/assignments/9/customers/`).
    Assignment(u64),
    /// The customers of one data owner's CRM (`/data_owners/2/B2C/customers/`).
    DataOwner {
        /// The data owner's number.
        owner: u64,
        /// Which of its two CRMs.
        crm_type: CrmType,
    },
}

/// The two kinds of CRM that a data owner can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CrmType {
    /// Its customers are consumers.
    B2C,
    /// Its customers are businesses.
    B2B,
}

impl fmt::Display for CrmType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::B2C => "B2C",
            Self::B2B => "B2B",
        })
    }
}

impl List {
    /// What its records are.
    #[must_use]
    pub const fn schema(self) -> &'static Schema {
        match self {
            Self::Assignment(_) | Self::DataOwner { .. } => &CUSTOMERS,
        }
    }

    /// Whether the documents name a route by which its customers can be changed.
    #[must_use]
    pub const fn can_be_written(self) -> bool {
        matches!(self, Self::Assignment(_))
    }
}

impl List {
    /// What it is called on the screen, in its language. Files and commands have it in English.
    #[must_use]
    pub fn said(self) -> String {
        match self {
            Self::Assignment(number) => tr!("assignment {number}", number),
            Self::DataOwner { owner, crm_type } => tr!("data owner {owner} · {crm_type}", owner, crm_type),
        }
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Assignment(number) => write!(f, "assignment {number}"),
            Self::DataOwner { owner, crm_type } => write!(f, "data owner {owner} · {crm_type}"),
        }
    }
}

/// A customer's id that may stand in a URL: 1 to 20 ASCII digits, leading zeros and all.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CustomerId(String);

/// Why a text cannot be asked for as a customer's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a customer's id is 1 to 20 digits")]
pub struct NotAnId;

impl CustomerId {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for CustomerId {
    type Error = NotAnId;

    fn try_from(text: &str) -> Result<Self, NotAnId> {
        let digits = (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| Self(text.to_owned())).ok_or(NotAnId)
    }
}

impl fmt::Display for CustomerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CustomerId {
    /// An id names a customer, so it stays out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CustomerId({} digits)", self.0.len())
    }
}

/// One thing that can be asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Route<'a> {
    /// A page of the list, from 1.
    Page(u32),
    /// One customer.
    Customer(&'a CustomerId),
    /// The labels of the custom fields.
    Labels,
    /// The campaigns of the account.
    Campaigns,
    /// A page of the calls of some days, from 1.
    Calls(Days, u32),
}

/// Whether a path is asked for as Cube documents it, or with its last slash the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slash {
    AsDocumented,
    Flipped,
}

impl Slash {
    pub(super) const fn flip(self) -> Self {
        match self {
            Self::AsDocumented => Self::Flipped,
            Self::Flipped => Self::AsDocumented,
        }
    }
}

impl Route<'_> {
    pub(super) const fn operation(&self) -> Operation {
        match self {
            Self::Page(number) => Operation::Page(*number),
            Self::Customer(_) => Operation::Customer,
            Self::Labels => Operation::Labels,
            Self::Campaigns => Operation::Campaigns,
            Self::Calls(..) => Operation::Calls,
        }
    }

    /// The path as Cube's documents write it, with a name in place of every id: for the log.
    pub(super) fn documented_path(&self, list: List) -> String {
        let root = match list {
            List::Assignment(_) => "/api/v1/assignments/{assignment}",
            List::DataOwner { .. } => "/api/v1/data_owners/{owner}/{crm_type}",
        };
        match self {
            Self::Page(1) => format!("{root}/customers/"),
            Self::Page(number) => format!("{root}/customers/?page={number}"),
            Self::Customer(_) => format!("{root}/customers/{{customer}}"),
            Self::Labels => format!("{root}/crm_custom_fields/"),
            Self::Campaigns => "/api/v1/campaigns".to_owned(),
            Self::Calls(_, page) => {
                format!(
                    "/api/v1/data_owners/{{owner}}/crm/{{crm_type}}/call_outcomes/?from_date&to_date&page={page}"
                )
            }
        }
    }

    /// The URL on `origin`: built of numbers and digits only, so that nothing in it needs escaping.
    pub(super) fn url(&self, origin: &Origin, list: List, slash: Slash) -> Url {
        let root = match list {
            List::Assignment(number) => format!("/api/v1/assignments/{number}"),
            List::DataOwner { owner, crm_type } => format!("/api/v1/data_owners/{owner}/{crm_type}"),
        };
        let mut path = match self {
            Self::Page(_) => format!("{root}/customers/"),
            Self::Customer(id) => format!("{root}/customers/{id}"),
            Self::Labels => format!("{root}/crm_custom_fields/"),
            Self::Campaigns => "/api/v1/campaigns".to_owned(),
            Self::Calls(..) => match list {
                List::Assignment(_) => format!("{root}/call_outcomes/"),
                List::DataOwner { owner, crm_type } => {
                    format!("/api/v1/data_owners/{owner}/crm/{crm_type}/call_outcomes/")
                }
            },
        };
        if slash == Slash::Flipped {
            if path.ends_with('/') {
                path.pop();
            } else {
                path.push('/');
            }
        }
        let mut url = origin.root().clone();
        url.set_path(&path);
        match self {
            Self::Page(number @ 2..) => url.set_query(Some(&format!("page={number}"))),
            Self::Calls(days, 1) => url.set_query(Some(&days.query())),
            Self::Calls(days, page) => url.set_query(Some(&format!("{}&page={page}", days.query()))),
            Self::Page(_) | Self::Customer(_) | Self::Labels | Self::Campaigns => {}
        }
        url
    }
}

/// What a redirect of a request to `asked` amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Redirect {
    /// Only the last slash of our own path is the other way round, whatever scheme and host it names.
    OtherSlash,
    /// The very address that was asked for.
    Itself,
    /// Another path of the same origin, such as a login; here the path as sent.
    OtherPath(String),
    /// Another origin; its host, when it has a plain one.
    Elsewhere(Option<String>),
}

impl Redirect {
    /// Reads a `Location` as a hint; nothing is ever sent to where it points.
    pub(super) fn read(asked: &Url, origin: &Origin, location: &str) -> Self {
        let Ok(target) = asked.join(location) else {
            return Self::Elsewhere(None);
        };
        let (own, other) = (asked.path(), target.path());
        if own.strip_suffix('/') == Some(other) || other.strip_suffix('/') == Some(own) {
            return Self::OtherSlash;
        }
        if !origin.holds(&target) {
            return Self::Elsewhere(target.host_str().filter(|host| host.len() <= 253).map(str::to_owned));
        }
        if own == other { Self::Itself } else { Self::OtherPath(other.to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const B2C: List = List::DataOwner { owner: 2, crm_type: CrmType::B2C };

    fn url(route: Route<'_>, list: List, slash: Slash) -> String {
        let url = route.url(&Origin::account("acme").unwrap(), list, slash);
        url.as_str().strip_prefix("https://acme.headshed.com/api/v1").unwrap().to_owned()
    }

    #[rstest]
    #[case::list(Route::Page(1), "/assignments/9/customers/", "/data_owners/2/B2C/customers/")]
    #[case::page(Route::Page(2), "/assignments/9/customers/?page=2", "/data_owners/2/B2C/customers/?page=2")]
    #[case::campaigns(Route::Campaigns, "/campaigns", "/campaigns")]
    #[case::labels(
        Route::Labels,
        "/assignments/9/crm_custom_fields/",
        "/data_owners/2/B2C/crm_custom_fields/"
    )]
    fn both_generations_are_spoken(#[case] route: Route<'_>, #[case] old: &str, #[case] new: &str) {
        assert_eq!(url(route, List::Assignment(9), Slash::AsDocumented), old);
        assert_eq!(url(route, B2C, Slash::AsDocumented), new);
    }

    #[test]
    fn the_calls_of_some_days_are_asked_for_by_dates() {
        let days = Days::until(20_783, 7);
        assert_eq!(
            url(Route::Calls(days, 1), B2C, Slash::AsDocumented),
            "/data_owners/2/crm/B2C/call_outcomes/?from_date=20261120&to_date=20261126"
        );
        assert!(url(Route::Calls(days, 3), B2C, Slash::AsDocumented).ends_with("&page=3"));
    }

    #[test]
    fn the_last_slash_can_be_flipped() {
        let id = CustomerId::try_from("007").unwrap();
        let one = |slash| url(Route::Customer(&id), List::Assignment(9), slash);
        assert_eq!(one(Slash::AsDocumented), "/assignments/9/customers/007");
        assert_eq!(one(Slash::Flipped), "/assignments/9/customers/007/");
        assert_eq!(url(Route::Page(3), B2C, Slash::Flipped), "/data_owners/2/B2C/customers?page=3");
    }

    #[rstest]
    #[case::relative("/api/v1/assignments/9/customers/7/", Redirect::OtherSlash)]
    #[case::same_origin("https://acme.headshed.com/api/v1/assignments/9/customers/7/", Redirect::OtherSlash)]
    #[case::plain("http://inner.local/api/v1/assignments/9/customers/7/", Redirect::OtherSlash)]
    #[case::bare("7/", Redirect::OtherSlash)]
    #[case::itself("/api/v1/assignments/9/customers/7", Redirect::Itself)]
    #[case::login("/login/?next=/api/v1/", Redirect::OtherPath("/login/".into()))]
    #[case::unescaped("/\u{1b}[2J", Redirect::OtherPath("/%1B[2J".into()))]
    #[case::foreign("https://evil.test/x", Redirect::Elsewhere(Some("evil.test".into())))]
    #[case::other_port("https://acme.headshed.com:8443/x", Redirect::Elsewhere(Some("acme.headshed.com".into())))]
    #[case::same_path_elsewhere("https://evil.test/api/v1/assignments/9/customers/7", Redirect::Elsewhere(Some("evil.test".into())))]
    #[case::user("https://acme.headshed.com@evil.test/", Redirect::Elsewhere(Some("evil.test".into())))]
    #[case::two_slashes("//evil.test/", Redirect::Elsewhere(Some("evil.test".into())))]
    #[case::backslashes("\\\\evil.test\\", Redirect::Elsewhere(Some("evil.test".into())))]
    #[case::slash_backslash("/\\evil.test", Redirect::Elsewhere(Some("evil.test".into())))]
    #[case::script("javascript:alert(1)", Redirect::Elsewhere(None))]
    #[case::file("file:///etc/passwd", Redirect::Elsewhere(None))]
    #[case::nonsense("https://[", Redirect::Elsewhere(None))]
    fn a_location_is_only_a_hint(#[case] location: &str, #[case] redirect: Redirect) {
        let origin = Origin::account("acme").unwrap();
        let id = CustomerId::try_from("7").unwrap();
        let asked = Route::Customer(&id).url(&origin, List::Assignment(9), Slash::AsDocumented);
        assert_eq!(Redirect::read(&asked, &origin, location), redirect);
    }

    #[rstest]
    #[case::empty("")]
    #[case::blank(" 12 ")]
    #[case::sign("+12")]
    #[case::path("../../x")]
    #[case::query("12?x=1#y")]
    #[case::letters("12a")]
    #[case::wide_digits("１２")]
    #[case::arabic_digits("٣")]
    #[case::twenty_one("123456789012345678901")]
    #[case::line_end("12\n")]
    fn what_is_not_digits_never_becomes_an_id(#[case] text: &str) {
        assert_eq!(CustomerId::try_from(text), Err(NotAnId));
    }

    #[test]
    fn an_id_keeps_its_zeros_and_stays_out_of_debug() {
        let id = CustomerId::try_from("00912001188800000000").unwrap();
        assert_eq!(id.as_str(), "00912001188800000000");
        assert_eq!(format!("{id:?}"), "CustomerId(20 digits)");
    }

    #[test]
    fn a_list_is_named_as_people_name_it() {
        assert_eq!(List::Assignment(9).to_string(), "assignment 9");
        assert_eq!(B2C.to_string(), "data owner 2 · B2C");
    }
}
