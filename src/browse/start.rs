//! What the browser is told of the account that is open.

use crate::app::{self, Start};
use crate::config::Profile;
use crate::cube::Credential;
use crate::session::{Session, place_of};

/// What the browser starts with; size, colours and customer are set by whoever opens it.
pub(super) fn of(open: &Session) -> Start {
    let Session { settings, account, .. } = open;
    let name = |profile: &Profile| app::Profile { name: profile.name.clone(), place: place_of(profile) };
    let host = if open.is_demo() { "the demo town".to_owned() } else { account.origin.host().to_owned() };
    let session = app::Session {
        account: app::Account {
            name: account.name(),
            host,
            list: account.list.to_string(),
            schema: account.list.schema(),
            credential: account.source.as_ref().map(ToString::to_string),
            credential_kind: match &account.credential {
                Credential::Token(_) => "token",
                Credential::Basic { .. } => "password",
            },
            is_demo: open.is_demo(),
            profile: settings.profile.clone(),
            accent: settings.accent.filter(|_| !settings.no_color),
        },
        no_color: settings.no_color,
        profiles: settings.profiles.iter().map(name).collect(),
        ..app::Session::default()
    };
    Start { session, labels: open.labels().into(), ..Start::default() }
}
