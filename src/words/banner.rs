//! What is said of a caller while the agent is busy.

use super::Keys;
use super::noun::customers;
use crate::keys::Action;
use crate::language::tr;
use crate::list::Scope;
use crate::text::{SafeText, grouped};

/// In place of a name that is empty.
#[must_use]
pub fn nameless() -> String {
    tr!("a customer without a name")
}

/// A caller: the number as it is read, and who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Banner {
    /// The customer of this name.
    One(SafeText<'static>, SafeText<'static>),
    /// This many customers.
    Several(SafeText<'static>, usize),
    /// None of those who are loaded; how many they are.
    None(SafeText<'static>, Scope),
}

impl Banner {
    /// "☎ +47 909 09 090: Olas Produksjon AS", and the keys that open and dismiss it.
    #[must_use]
    pub fn said(&self, keys: &Keys<'_>) -> String {
        let (open, dismiss) = (keys.key(Action::OpenCaller), keys.key(Action::DismissCaller));
        let who = match self {
            Self::One(number, name) => tr!("{number}: {name} · {open} opens", number, name, open),
            Self::Several(number, count) => {
                tr!(
                    "{number}: {customers} have it · {open} lists them",
                    number,
                    customers = customers(*count as u64),
                    open
                )
            }
            Self::None(number, scope) => {
                let loaded = grouped(scope.loaded as u64);
                tr!("{number}: not among the {loaded} loaded · {open} searches", number, loaded, open)
            }
        };
        tr!("☎ {who} · {dismiss} dismisses", who, dismiss)
    }
}
