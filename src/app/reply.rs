//! What tasks and the session answer.

use crate::app::layers::Layer;
use crate::app::{App, Asked, CredentialLine, Labels, Reply, SessionCall, SessionReply};
use crate::cube::Error;
use crate::fields::Source;
use crate::words::{CredentialReason, Halt, Notice};
use std::mem;
use std::sync::Arc;

impl App {
    pub(super) fn replied(&mut self, reply: Reply) {
        match reply {
            Reply::Page { list, generation, number, result } => {
                self.clock.hear();
                if let Err(error) = &result {
                    self.forget_notice_for(error);
                } else if self.labels_can_wait {
                    self.labels_can_wait = false;
                    self.ask_for_labels();
                }
                let (open, _, mut env) = self.parts();
                if open.id == list {
                    open.page_arrived(&mut env, (generation, number), result);
                }
            }
            Reply::Customer { ticket, list, result } => {
                self.clock.hear();
                if self.form_read(ticket, &result) {
                    return;
                }
                if self.layers.line().is_some_and(|line| line.awaits(ticket)) {
                    self.looked_up(ticket, list, result);
                } else {
                    self.card_refreshed(ticket, result);
                }
            }
            Reply::Labels(result) => {
                self.clock.hear();
                self.labels_arrived(result);
            }
            Reply::Written { ticket, result } => {
                self.clock.hear();
                self.written(ticket, result);
            }
            Reply::Same { ticket, found } => self.same_found(ticket, &found),
            Reply::Searched { ticket, hits } => self.searched(ticket, hits),
            Reply::Sorted { ticket, sorted } => {
                let (list, _, env) = self.parts();
                list.sorted(&env, ticket, sorted);
            }
            Reply::FieldsCounted { ticket, counts } => self.fields_counted(ticket, counts),
            Reply::CallerFound { ticket, slots } => self.caller_found(ticket, &slots),
            Reply::Calls { ticket, result } => {
                self.clock.hear();
                self.calls_read(ticket, result);
            }
            Reply::HitsCounted { ticket, counts } => self.hits_counted(ticket, &counts),
            Reply::ProgramFailed(program, why) => self.say(Notice::ProgramFailed(program, why)),
            Reply::ValuesCounted { ticket, counts } => self.values_counted(ticket, counts),
            Reply::Alike { ticket, alike } => {
                let (list, _, mut env) = self.parts();
                list.alike_arrived(&mut env, ticket, alike);
            }
        }
    }

    /// What failed must be seen: nothing else is said over it.
    fn forget_notice_for(&mut self, error: &Error) {
        if error.stops_the_list() || !error.is_not_found() {
            self.notices.drop_answer();
        }
    }

    fn labels_arrived(&mut self, result: Result<Labels, Arc<Error>>) {
        self.asks_for_labels = false;
        match result {
            Ok(labels) => self.labels = mem::take(&mut self.labels).or(labels),
            Err(error) => {
                // Where a file has labels, it is well that Cube has none for us.
                if self.labels.source == Source::Ids || !matches!(error.status(), Some(403 | 404)) {
                    self.labels.problems.push(error.to_string());
                }
                self.note_refusal(&error);
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
        let (list, layers, mut env) = self.parts();
        layers.cards_mut().for_each(|card| card.labels_changed(&env));
        if let Some(form) = layers.form_mut() {
            form.labels_changed(env.labels);
        }
        layers.columns_mut().into_iter().for_each(|menu| menu.labels_changed(&env.labels.of(list.schema)));
        if let Some(menu) = layers.values_mut() {
            menu.label_changed(env.labels.of(list.schema).name_of(&menu.key));
        }
        list.measure_columns(&env);
        list.query_changed(&mut env);
        self.check_templates();
    }

    /// After a refusal of any question nothing more is asked for the list by itself.
    pub(super) fn note_refusal(&mut self, error: &Arc<Error>) {
        if error.stops_the_list() {
            self.notices.drop_answer();
            let (list, _, mut env) = self.parts();
            list.stop_for(&mut env, error);
        }
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
                self.open_credential_line(line);
            }
            SessionReply::ProfileFailed(why) => {
                self.layers.close_menu();
                self.say(Notice::ProfileFailed(why));
            }
            SessionReply::Exported { ticket, result } => self.exported(ticket, result),
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
        let (list, layers, mut env) = self.parts();
        list.begin_generation(&mut env);
        let stopped = layers.cards_mut().filter_map(|card| card.stop(&mut env).then_some(())).count();
        if let Some(form) = layers.form_mut() {
            form.stop(&mut env);
        }
        if layers.line().is_some_and(|line| matches!(line.asked, Asked::Waiting(_))) {
            self.ask_cube();
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
                self.open_credential_line(CredentialLine::new(reason, None));
            }
            _ => self.retry_with_credential(),
        }
    }

    /// Tries again with the credential that is in use.
    pub(super) fn retry_with_credential(&mut self) {
        let is_card = matches!(self.layers.top(), Some(Layer::Card(_)));
        let retries = self.retry_all(is_card);
        if !retries && !self.refresh_card() {
            self.say(Notice::NothingFailed);
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
        let pages = self.list.retry_pages(self.clock.now);
        let line = self.retry_lookup();
        let card = card && self.refresh_card();
        pages || labels || line || card
    }

    /// Refreshes the whole list, and the labels that a file may have.
    pub(super) fn refresh_list(&mut self) {
        self.out.session(SessionCall::ReadLabels);
        let (list, _, mut env) = self.parts();
        list.refresh(&mut env);
    }
}
