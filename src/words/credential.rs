//! Why a new credential is asked for.

use super::Said;

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
            Self::Refused => Said::problem(format!("Cube no longer accepts your {kind} · paste a new one"))
                .or_short(format!("{kind} refused (401) · paste a new one")),
            Self::RefusedAgain => Said::problem(format!("The new {kind} is refused too · paste another one"))
                .or_short(format!("also refused (401) · paste another {kind}")),
            Self::Unusable(why) => Said::problem(format!("{why} · paste another one")),
            Self::Profile(why) => Said::problem(why.clone()),
        }
    }
}
