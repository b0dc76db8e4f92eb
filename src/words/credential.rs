//! Why a new credential is asked for.

use super::Said;
use crate::language::tr;

/// Why the line for a credential is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialReason {
    /// Cube refused the one that is in use.
    Refused,
    /// Cube refused the one that was typed here too.
    RefusedAgain,
    /// What was typed cannot be a credential; why.
    Unusable(String),
    /// Another profile has none that is kept; what to type, and why.
    Profile(String),
}

impl CredentialReason {
    /// What is said beside the line. `kind` is "token" or "password".
    #[must_use]
    pub fn said(&self, kind: &str) -> Said {
        match self {
            Self::Refused => Said::problem(tr!("Cube no longer accepts your {kind} · paste a new one", kind))
                .or_short(tr!("{kind} refused (401) · paste a new one", kind)),
            Self::RefusedAgain => {
                Said::problem(tr!("The new {kind} is refused too · paste another one", kind))
                    .or_short(tr!("also refused (401) · paste another {kind}", kind))
            }
            Self::Unusable(why) => Said::problem(tr!("{why} · paste another one", why)),
            Self::Profile(why) => Said::problem(why.clone()),
        }
    }
}
