//! From settings to an account that can be asked: the credential is found or asked for, and the client made.
//! For the browser and for every command without a screen.

use super::Failure;
use crate::config::{self, BadSecret, Found, Secret, Settings, Source};
use crate::cube::{Credential, Cube, Limits, List, Origin};
use crate::demo;
use crate::prompt;
use anyhow::Context;
use std::time::Duration;
use tokio::net::TcpListener;

/// The demo answers late enough for lazy loading to be seen.
const DEMO_LATENCY: Duration = Duration::from_millis(120);

/// An account, and all that its list is asked with.
pub(super) struct Account {
    pub origin: Origin,
    pub list: List,
    pub credential: Credential,
    /// Where the credential came from. `None` iff this is the demo.
    pub source: Option<Source>,
}

impl Account {
    /// Finds what opens the account; may ask on the terminal, so that it must not be the screen's then.
    pub(super) fn find(settings: &Settings) -> Result<Option<Self>, Failure> {
        let config::Place::Account { origin, list, secret } = &settings.place else { return Ok(None) };
        let (credential, source) = credential(secret, origin)?;
        Ok(Some(Self { origin: origin.clone(), list: *list, credential, source: Some(source) }))
    }

    /// Starts the demo town on a free port, for as long as the program runs.
    pub(super) async fn demo() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("starting the demo")?;
        let address = listener.local_addr().context("starting the demo")?;
        let settings = demo::Settings { latency: DEMO_LATENCY, ..demo::Settings::default() };
        tokio::spawn(demo::serve(listener, std::future::pending(), settings));
        Ok(Self {
            origin: format!("http://{address}").parse().context("starting the demo")?,
            list: List::Assignment(demo::ASSIGNMENT),
            credential: Credential::token(demo::TOKEN.into()).context("starting the demo")?,
            source: None,
        })
    }

    /// The client of this account.
    pub(super) fn cube(&self, at_once: usize) -> anyhow::Result<Cube> {
        let limits = Limits { at_once, ..Limits::default() };
        Cube::new(self.origin.clone(), self.list, self.credential.clone(), limits)
            .context("preparing to ask Cube")
    }

    /// What the account is called: its name, or the address where it has none.
    pub(super) fn name(&self) -> String {
        if self.source.is_none() { "demo".to_owned() } else { name(&self.origin) }
    }
}

/// What an account is called: its name, or the address where it has none.
pub(super) fn name(origin: &Origin) -> String {
    let address = origin.to_string();
    let host = address.split_once("://").map_or(address.as_str(), |(_, host)| host);
    origin.account_name().unwrap_or(host).to_owned()
}

/// The credential, from where it is kept or else from the one who sits there.
fn credential(secret: &Secret, origin: &Origin) -> Result<(Credential, Source), Failure> {
    let trouble = match secret.find()? {
        Found::Credential(credential, source) => return Ok((credential, source)),
        Found::Ask(trouble) => trouble,
    };
    if !prompt::is_possible() {
        return Err(trouble.map_or(BadSecret::Nowhere, BadSecret::Keyring).into());
    }
    if let Some(trouble) = trouble {
        super::tell(&format!("{trouble}; cubedex login stores it anew"));
    }
    let question = format!("The {} for {}:", secret.wanted(), name(origin));
    let typed =
        prompt::secret(&question, |typed| if typed.is_empty() { Err("empty".to_owned()) } else { Ok(()) })?;
    let credential = secret
        .credential(typed)
        .map_err(|why| BadSecret::Unusable { source_name: "what was typed".to_owned(), why })?;
    Ok((credential, Source::Typed))
}
