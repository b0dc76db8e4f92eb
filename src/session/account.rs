//! From settings to an account that can be asked: the credential is found or asked for, and the client made.
//! For the browser and for every command without a screen.

use super::failure::Failure;
use crate::config::{
    CredentialError, CredentialLookup, CredentialSource, KeyringError, Profile, Settings, Target,
};
use crate::cube::{Credential, Cube, Limits, List, Origin};
use crate::demo;
use crate::prompt;
use anyhow::Context;
use secrecy::SecretString;
use std::time::Duration;
use tokio::net::TcpListener;

/// The demo answers late enough for lazy loading to be seen.
const DEMO_LATENCY: Duration = Duration::from_millis(120);

/// An account, and all that its list is asked with.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its address.
    pub origin: Origin,
    /// The list of customers.
    pub list: List,
    /// The lists that are set up, this one among them.
    pub lists: Vec<List>,
    /// What is sent with every request.
    pub credential: Credential,
    /// Where the credential came from. `None` iff this is the demo.
    pub source: Option<CredentialSource>,
}

/// What looking for the credential of an account led to.
#[derive(Debug)]
pub enum Lookup {
    /// The account with its credential. `None` for the demo, which needs none.
    Found(Option<Account>),
    /// The credential is not kept; it must be typed.
    Missing {
        /// What must be typed: "token", "password of kari@acme.no".
        what: String,
        /// Why the keyring does not have it, where it should.
        why: Option<KeyringError>,
    },
}

impl Account {
    /// Finds the credential of the account. It may be asked for on the terminal, so this is for the time before the
    /// screen is taken. `None` for the demo.
    ///
    /// # Errors
    /// There is no credential, or what was found can't be one.
    pub fn find(settings: &Settings) -> Result<Option<Self>, Failure> {
        let (what, why) = match Self::look_up(settings)? {
            Lookup::Found(account) => return Ok(account),
            Lookup::Missing { what, why } => (what, why),
        };
        if !prompt::is_possible() {
            return Err(why.map_or(CredentialError::Nowhere, CredentialError::Keyring).into());
        }
        if let Some(why) = why {
            prompt::tell(CredentialError::Keyring(why));
        }
        let Target::Account { origin, .. } = &settings.target else { return Ok(None) };
        let typed = prompt::secret(&format!("The {what} for {}:", account_name(origin)))?;
        Self::with_secret(settings, &typed)
    }

    /// Looks for the credential where it is kept, and does not ask for it.
    ///
    /// # Errors
    /// It is not where it should be, or can't be used.
    pub fn look_up(settings: &Settings) -> Result<Lookup, Failure> {
        let Target::Account { origin, list, lists, credential } = &settings.target else {
            return Ok(Lookup::Found(None));
        };
        Ok(match credential.find()? {
            CredentialLookup::Found(credential, source) => {
                let source = Some(source);
                let (origin, lists) = (origin.clone(), lists.clone());
                Lookup::Found(Some(Self { origin, list: *list, lists, credential, source }))
            }
            CredentialLookup::Missing(why) => Lookup::Missing { what: credential.secret_name(), why },
        })
    }

    /// The account with a secret that was typed. `None` for the demo.
    ///
    /// # Errors
    /// It can't be a credential.
    pub fn with_secret(settings: &Settings, secret: &SecretString) -> Result<Option<Self>, Failure> {
        let Target::Account { origin, list, lists, credential } = &settings.target else { return Ok(None) };
        let wrong = |why| CredentialError::Unusable { source_name: "what was typed".to_owned(), why };
        let credential = credential.with_secret(secret).map_err(wrong)?;
        let source = Some(CredentialSource::Typed);
        let (origin, lists) = (origin.clone(), lists.clone());
        Ok(Some(Self { origin, list: *list, lists, credential, source }))
    }

    /// Starts the demo town on a free port, for as long as the program runs.
    pub(super) async fn demo(read_only: bool) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("starting the demo")?;
        let address = listener.local_addr().context("starting the demo")?;
        let settings = demo::Settings { latency: DEMO_LATENCY, read_only, ..demo::Settings::default() };
        tokio::spawn(demo::serve(listener, std::future::pending(), settings));
        Ok(Self {
            origin: format!("http://{address}").parse().context("starting the demo")?,
            list: List::Assignment(demo::ASSIGNMENT),
            lists: vec![List::Assignment(demo::ASSIGNMENT)],
            credential: Credential::token(demo::TOKEN.into()).context("starting the demo")?,
            source: None,
        })
    }

    /// The account with another of its lists; as it is where it has no such list.
    #[must_use]
    pub fn in_list(self, list: Option<List>) -> Self {
        let list = list.filter(|list| self.lists.contains(list)).unwrap_or(self.list);
        Self { list, ..self }
    }

    /// The lists beside this one.
    #[must_use]
    pub fn other_lists(&self) -> Vec<List> {
        self.lists.iter().copied().filter(|list| *list != self.list).collect()
    }

    /// The client of this account.
    pub(super) fn cube(&self, at_once: usize, writes: bool) -> anyhow::Result<Cube> {
        let limits = Limits { at_once, ..Limits::default() };
        let cube = Cube::new(self.origin.clone(), self.list, self.credential.clone(), limits)
            .context("preparing to ask Cube")?;
        Ok(if writes { cube.with_writes() } else { cube })
    }

    /// What the account is called: its name, or the address where it has none.
    #[must_use]
    pub fn name(&self) -> String {
        if self.source.is_none() { "demo".to_owned() } else { account_name(&self.origin) }
    }
}

/// What the account is called that the settings lead to.
#[must_use]
pub fn account_of(settings: &Settings) -> String {
    match &settings.target {
        Target::Demo { .. } => "demo".to_owned(),
        Target::Account { origin, .. } => account_name(origin),
    }
}

/// What an account is called: its name, or the address where it has none.
#[must_use]
pub fn account_name(origin: &Origin) -> String {
    let address = origin.to_string();
    let host = address.split_once("://").map_or(address.as_str(), |(_, host)| host);
    origin.account_name().unwrap_or(host).to_owned()
}

/// The customers of a profile: "acme · assignment 9".
#[must_use]
pub fn place_of(profile: &Profile) -> String {
    let lists: Vec<String> = profile.lists.iter().map(|list| list.said()).collect();
    format!("{} · {}", account_name(&profile.origin), lists.join(", "))
}

/// The customers of one list of a profile: "acme · assignment 9".
#[must_use]
pub fn place_in(profile: &Profile, list: List) -> String {
    format!("{} · {}", account_name(&profile.origin), list.said())
}
