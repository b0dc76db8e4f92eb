//! Copying: the id, a value, or the customer in one of many forms.

use crate::app::copy_forms::{CopyOf, MOST};
use crate::app::layers::{Pick, PickKind};
use crate::app::{App, TerminalCall};
use crate::cube::Record;
use crate::fields::Source;
use crate::text::{self, Place, SafeText};
use crate::words::Notice;

impl App {
    /// Copies the id of the customer that commands act on. Pressed again it opens the forms.
    pub(super) fn copy_id(&mut self) {
        let id = self.customer().and_then(|slot| self.list.id_at(slot));
        match id {
            Some(id) if self.copied_id.as_ref() == Some(&id) => {
                self.copied_id = None;
                self.open_copy_forms();
            }
            Some(id) => {
                self.copied_id = Some(id.clone());
                self.copy("ID".to_owned(), &id);
            }
            None => self.say(Notice::NothingToCopy),
        }
    }

    /// Copies a value as one line.
    pub(super) fn copy(&mut self, label: String, value: &str) {
        let value = text::clean_str(value, Place::Clipboard).into_owned();
        self.hand_over(label, value);
    }

    /// Hands a text to the terminal's clipboard.
    pub(super) fn hand_over(&mut self, label: String, text: SafeText<'static>) {
        if text.as_str().len() > MOST {
            return self.say(Notice::TooLongToCopy(text.as_str().len()));
        }
        self.out.terminal(TerminalCall::Copy(text.clone()));
        self.say(Notice::Copied(label, text.to_string()));
    }

    /// Opens the forms in which the customer that commands act on can be copied.
    pub(super) fn open_copy_forms(&mut self) {
        let Some(record) = self.record() else { return self.say(Notice::NothingToCopy) };
        let field = self.layers.focused_card().and_then(|card| card.field_under_cursor());
        let customer = CopyOf {
            record: &record,
            labels: &self.labels.fields,
            under_cursor: field.map(|field| (field.label.to_string(), field.value.to_string())),
            columns: self.list.columns.keys(),
            templates: &self.session.account.templates,
        };
        let items = customer.items();
        self.open_pick(Pick::new(PickKind::Copy, items));
    }

    /// The record of the customer that commands act on.
    pub(super) fn record(&self) -> Option<Record<'static>> {
        let of_card = self.layers.focused_card().map(|card| card.record.clone());
        of_card.or_else(|| self.list.store.record(self.list.selected()?))
    }

    /// Says which fields of the person's own forms there are not, once the labels are known.
    pub(super) fn check_templates(&mut self) {
        if self.labels.source == Source::Ids {
            return;
        }
        let labels = self.labels.fields.of(self.list.schema);
        let templates = self.session.account.templates.iter();
        let words = templates.flat_map(|template| template.words().map(|word| (template.line, word)));
        let unknown: Vec<_> =
            words.filter_map(|(line, word)| labels.keys_of(word).err().map(|why| (line, why))).collect();
        if !unknown.is_empty() {
            self.notices.remark_on(Notice::UnknownFields(unknown));
        }
    }
}
