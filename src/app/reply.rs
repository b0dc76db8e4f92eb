//! What tasks and the session answer.

use crate::app::layers::Layer;
use crate::app::list::Searched;
use crate::app::{
    App, Asked, CredentialLine, Labels, Parts, Reply, SessionReply, calls, editing, exporting, incoming,
    lists,
};
use crate::cube::Error;
use crate::fields::Source;
use crate::words::{CredentialReason, Halt, Notice};
use std::mem;
use std::sync::Arc;

impl App {
    pub(super) fn replied(&mut self, reply: Reply) {
        if reply.is_from_cube() {
            self.clock.hear();
        }
        if let Reply::Page { result, .. } = &reply {
            self.page_arrives(result.as_ref().err());
        }
        let mut parts = self.parts();
        if matches!(reply, Reply::CallerFound { .. }) && incoming::is_free(parts.layers) {
            lists::open_customers(&mut parts);
        }
        let Parts { list, kept, layers, incoming, env, .. } = &mut parts;
        match reply {
            Reply::Page { list: of, generation, number, result } => {
                if let Some((list, env)) = parts.list_with(of) {
                    list.page_arrived(env, (generation, number), result);
                }
                calls::show_again(&mut parts);
            }
            Reply::Customer { ticket, list: found_in, result } => {
                if layers.form().is_some_and(|form| form.awaits(ticket)) {
                    editing::form_read(&mut parts, ticket, &result);
                } else if layers.line().is_some_and(|line| line.awaits(ticket)) {
                    layers.looked_up(list, env, (ticket, found_in), result);
                } else {
                    layers.card_refreshed(list, env, ticket, result);
                }
            }
            Reply::Labels(result) => self.labels_arrived(result),
            Reply::Written { ticket, result } => editing::written(&mut parts, ticket, result),
            Reply::Same { ticket, found } => editing::same_found(list, layers, env, (ticket, &found)),
            Reply::Searched { ticket, hits } if ticket.list != list.id => {
                kept.get_mut(ticket.list).map(|list| list.searched(env, ticket, hits));
            }
            Reply::Searched { ticket, hits } if list.calls.is_some() => {
                if list.searched(env, ticket, hits) == Searched::Open {
                    calls::enter(&mut parts);
                }
            }
            Reply::Searched { ticket, hits } => layers.searched(list, env, ticket, hits),
            Reply::Sorted { ticket, sorted } => {
                if let Some((list, env)) = parts.list_with(ticket.list) {
                    list.sorted(env, ticket, sorted);
                }
            }
            Reply::FieldsCounted { ticket, counts } => {
                if let Some(menu) = layers.columns_mut() {
                    menu.counted(ticket, counts, &env.labels.of(list.schema));
                }
            }
            Reply::CallerFound { ticket, slots } => {
                let customers = kept.get_mut(env.account.open).unwrap_or(list);
                incoming.found(customers, layers, env, (ticket, &slots));
            }
            Reply::CallsNamed { ticket, pages } => calls::named(&mut parts, ticket, pages),
            Reply::HitsCounted { ticket, counts } => {
                layers.cards_mut().any(|card| card.shared.counted(ticket, &counts));
            }
            Reply::ProgramFailed(program, why) => env.say(Notice::ProgramFailed(program, why)),
            Reply::ValuesCounted { ticket, counts } => {
                if let Some(menu) = layers.values_mut() {
                    menu.counted(ticket, counts);
                }
            }
            Reply::Alike { ticket, alike } => {
                if let Some((list, env)) = parts.list_with(ticket.list) {
                    list.alike_arrived(env, ticket, alike);
                }
            }
        }
    }

    /// A page is here, or could not be had. The labels have waited for the first one.
    fn page_arrives(&mut self, error: Option<&Arc<Error>>) {
        if let Some(error) = error {
            // What failed must be seen: nothing else is said over it.
            if error.stops_the_list() || !error.is_not_found() {
                self.notices.drop_answer();
            }
        } else if self.labels_can_wait {
            self.labels_can_wait = false;
            self.ask_for_labels();
        }
    }

    fn labels_arrived(&mut self, result: Result<Labels, Arc<Error>>) {
        self.asks_for_labels = false;
        match result {
            Ok(labels) => self.labels = mem::take(&mut self.labels).or(labels),
            Err(error) => {
                // Where a file has labels, it is well that Cube has none for us.
                if self.labels.source == Source::Ids || !matches!(error.status(), Some(403 | 404)) {
                    self.labels.problems.push(error.in_short());
                }
                let Parts { list, mut env, .. } = self.parts();
                list.note_refusal(&mut env, &error);
            }
        }
        self.say_label_problems();
        self.labels_changed();
    }

    /// Takes in what the mapping files hold now. Labels from Cube stay.
    fn labels_read(&mut self, labels: Labels) {
        let had_problems = !self.labels.problems.is_empty();
        let of_cube = mem::take(&mut self.labels).of_cube();
        self.labels = match of_cube {
            Some(of_cube) if labels.source.wants_cube() => labels.or(of_cube),
            _ => labels,
        };
        if had_problems || !self.labels.problems.is_empty() {
            self.remark_on_labels();
        }
        if self.labels.source.wants_cube() {
            self.ask_for_labels();
        }
        self.labels_changed();
    }

    fn labels_changed(&mut self) {
        let Parts { list, kept, layers, mut env, .. } = self.parts();
        layers.cards_mut().for_each(|card| card.labels_changed(&env));
        if let Some(form) = layers.form_mut() {
            form.labels_changed(env.labels);
        }
        layers.columns_mut().into_iter().for_each(|menu| menu.labels_changed(&env.labels.of(list.schema)));
        if let Some(menu) = layers.values_mut() {
            menu.label_changed(env.labels.of(list.schema).name_of(&menu.key));
        }
        for list in [list].into_iter().chain(kept.iter_mut()) {
            list.measure_columns(&env);
            list.query_changed(&mut env);
        }
        self.check_templates();
    }

    pub(super) fn session_replied(&mut self, reply: SessionReply) {
        match reply {
            SessionReply::CredentialTaken => self.credential_taken(),
            SessionReply::CredentialRefused(why) => {
                if let Some(line) = self.layers.credential_mut() {
                    line.refuse(CredentialReason::Unusable(why));
                }
            }
            SessionReply::CredentialWanted { profile, list, why } => {
                let line = CredentialLine::new(CredentialReason::Profile(why), Some((profile, list)));
                self.layers.open_credential_line(line);
            }
            SessionReply::ProfileFailed(why) => {
                self.layers.close_menu();
                self.say(Notice::ProfileFailed(why));
            }
            SessionReply::Exported { ticket, result } => {
                let Parts { list, layers, last_path, mut env, .. } = self.parts();
                let written = exporting::exported(list, layers, &mut env, (ticket, result));
                *last_path = written.or(last_path.take());
            }
            SessionReply::PathCompleted { typed, path } => {
                if let Some(line) = self.layers.export_mut() {
                    line.completed(&typed, path);
                }
            }
            SessionReply::DraftsNotKept(why) => self.say(Notice::DraftsNotKept(why)),
            SessionReply::ColumnsNotKept(why) => self.say(Notice::ColumnsNotKept(why)),
            SessionReply::LabelsRead(labels) => self.labels_read(labels),
        }
    }

    /// The client uses the new credential: what the old one was refused is asked again.
    fn credential_taken(&mut self) {
        self.layers.close_menu();
        self.session.account.credential = None;
        self.asks_for_labels = false;
        let Parts { list, kept, layers, mut env, .. } = self.parts();
        kept.iter_mut().for_each(|list| list.begin_generation(&mut env));
        list.begin_generation(&mut env);
        let stopped = layers.cards_mut().filter_map(|card| card.stop(&mut env).then_some(())).count();
        if let Some(form) = layers.form_mut() {
            form.stop(&mut env);
        }
        if layers.line().is_some_and(|line| matches!(line.asked, Asked::Waiting(_))) {
            layers.ask_cube(list, &mut env);
        }
        self.retry_all(stopped > 0);
        self.say(Notice::CredentialTaken);
    }

    /// Tries again what failed; without a failure refreshes the card. After a 401 the line for a credential opens.
    pub(super) fn retry(&mut self) {
        match self.list.load.stopped() {
            Some(Halt::Refused(error)) if error.status() == Some(401) && !self.session.account.is_demo => {
                let is_typed = self.session.account.credential.is_none();
                let reason =
                    if is_typed { CredentialReason::RefusedAgain } else { CredentialReason::Refused };
                self.layers.open_credential_line(CredentialLine::new(reason, None));
            }
            _ => self.retry_with_credential(),
        }
    }

    /// Tries again with the credential that is in use.
    pub(super) fn retry_with_credential(&mut self) {
        let is_card = matches!(self.layers.top(), Some(Layer::Card(_)));
        let retries = self.retry_all(is_card);
        let Parts { layers, mut env, .. } = self.parts();
        if !retries && !layers.refresh_card(&mut env) {
            env.say(Notice::NothingFailed);
        }
    }

    /// Asks again for pages, labels and the id in the line where they failed, and for the card's customer if wanted.
    /// Returns whether anything is asked again.
    fn retry_all(&mut self, card: bool) -> bool {
        let labels = self.labels.source.wants_cube();
        if labels {
            self.labels.problems.clear();
            self.notices.drop_label_problems();
            self.ask_for_labels();
        }
        let Parts { list, layers, mut env, .. } = self.parts();
        let pages = list.retry_pages(env.now);
        let line = layers.retry_lookup(list, &mut env);
        let card = card && layers.refresh_card(&mut env);
        pages || labels || line || card
    }
}
