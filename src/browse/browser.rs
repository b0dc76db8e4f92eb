//! The running browser and the account that is open in it, which can be asked with another credential or be replaced
//! by another account.

use super::desk::Desk;
use super::start;
use crate::app::{Effect, Recent, SessionCall, SessionReply, Typed};
use crate::config::Settings;
use crate::cube::{Credential, List};
use crate::language::tr;
use crate::runtime::terminal::{Guard, Screen};
use crate::runtime::{Input, Runtime, Tasks};
use crate::session::{Account, Failure, Lookup, Session};
use crate::text;
use anyhow::Context;
use futures_util::Stream;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::{io, mem};

/// The browser, its account and its terminal.
pub(super) struct Browser {
    pub(super) runtime: Runtime<Screen>,
    pub(super) session: Session,
    /// Set to stop the file that is being written.
    pub(super) export: Option<Arc<AtomicBool>>,
    /// Last, so that the terminal is given back when all else is gone.
    pub(super) guard: Guard,
}

impl Browser {
    /// Runs until something is to be done that only the owner of the session can do. `None` when the program ends.
    pub(super) async fn run(
        &mut self,
        effects: Vec<Effect>,
        inputs: impl Stream<Item = Input> + Unpin,
    ) -> io::Result<Option<SessionCall>> {
        self.runtime.run(effects, inputs, &self.guard).await
    }

    /// Asks the same account with another token, or another password of the same user.
    pub(super) fn use_credential(&mut self, typed: Typed) {
        let in_use = &self.session.account.credential;
        let made = Credential::pasted(&typed.into_secret(), in_use.parts().0);
        let used = made.map_err(|why| why.to_string()).and_then(|credential| {
            self.session.use_credential(credential).map_err(|error| error.to_string())
        });
        let reply = match used {
            Ok(()) => {
                self.runtime.engine.tasks.use_cube(self.session.cube.clone());
                SessionReply::CredentialTaken
            }
            Err(why) => SessionReply::CredentialRefused(why),
        };
        self.answer(reply);
    }

    /// Opens another profile, or another of its lists, in place of the open account, which stays when that can't be
    /// done. For another list of the account the credential in use is good.
    ///
    /// # Errors
    /// The terminal was lent to a command and can't be taken again.
    pub(super) async fn open_profile(
        &mut self,
        name: &str,
        list: Option<List>,
        typed: Option<Typed>,
    ) -> Result<(), Failure> {
        let is_open = self.session.settings.profile.as_deref() == Some(name) && typed.is_none();
        if let Some(list) = list.filter(|list| is_open && self.session.account.lists.contains(list)) {
            self.session.use_list(list);
            self.show();
            return Ok(());
        }
        let found = match self.session.settings_of(name) {
            Ok(settings) => self.look_up(&settings, typed)?.map(|lookup| (settings, lookup)),
            Err(why) => Err(why),
        };
        let failed =
            |why: String| SessionReply::ProfileFailed(tr!("could not open {name}: {why}", name, why));
        match found {
            Ok((settings, Lookup::Found(account))) => {
                let account = account.map(|account| account.in_list(list));
                if let Err(why) = self.open(settings, account).await {
                    self.answer(failed(format!("{why:#}")));
                }
            }
            Ok((_, Lookup::Missing { what, why })) => {
                let (why, what) = (why.map(|why| format!("{why} · ")).unwrap_or_default(), what.as_str());
                let what = tr!(what);
                let why = tr!("{why}type the {what} for {name}", why, what, name);
                self.answer(SessionReply::CredentialWanted { profile: name.to_owned(), list, why });
            }
            Err(why) => self.answer(failed(why.to_string())),
        }
        Ok(())
    }

    /// Looks for the credential of an account; a command that prints one may use the terminal meanwhile.
    fn look_up(
        &mut self,
        settings: &Settings,
        typed: Option<Typed>,
    ) -> anyhow::Result<Result<Lookup, Failure>> {
        if let Some(typed) = typed {
            return Ok(Account::with_secret(settings, &typed.into_secret()).map(Lookup::Found));
        }
        if !settings.runs_a_command() {
            return Ok(Account::look_up(settings));
        }
        let lookup = self.guard.lend(|| Account::look_up(settings)).context("taking the terminal again")?;
        self.runtime.input(Input::Resumed);
        Ok(lookup)
    }

    async fn open(&mut self, settings: Settings, account: Option<Account>) -> anyhow::Result<()> {
        self.session = Session::open(settings, self.session.folders.clone(), account).await?;
        self.show();
        Ok(())
    }

    /// Shows the account that is open from its first page on.
    fn show(&mut self) {
        let app = &self.runtime.engine.app;
        let mut start = start::of(&self.session);
        (start.session.theme, start.session.background) = (app.session.theme, app.session.background);
        start.is_masked = app.masks.is_on();
        (start.size, start.card_width) = (app.size(), app.card_width());
        let mut drafts = app.all_drafts();
        for kept in mem::take(&mut start.drafts.unsent) {
            if drafts.unsent.iter().all(|draft| draft.of != kept.of) {
                drafts.unsent.push(kept);
            }
        }
        start.drafts = drafts;
        let known = |kept: &Recent| {
            app.recents().iter().any(|recent| (&recent.place, &recent.id) == (&kept.place, &kept.id))
        };
        start.recents.retain(|kept| !known(kept));
        start.recents.splice(0..0, app.recents().iter().cloned());
        self.guard.want_mouse(self.session.settings.mouse);
        self.guard.want_title(start::title(&self.session).as_ref());
        self.runtime.engine.open(tasks(&self.session), start);
    }

    /// What runs for the open account.
    pub(super) fn desk(&mut self) -> Desk<'_> {
        Desk { engine: &mut self.runtime.engine, session: &self.session, export: &mut self.export }
    }

    pub(super) fn answer(&mut self, reply: SessionReply) {
        self.desk().answer(reply);
    }
}

/// What asks the account that is open.
pub(super) fn tasks(session: &Session) -> Tasks {
    let lists = session.account.lists.clone();
    let locale = text::order_of_text(|name| std::env::var(name).ok());
    Tasks::new(session.cube.clone())
        .with_lists(lists)
        .in_country(session.settings.country)
        .in_language_of(&locale)
}
