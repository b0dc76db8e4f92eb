//! Copying: the id, a value, or the customer in one of many forms.

use crate::app::copy_forms::{CopyOf, MOST};
use crate::app::layers::{Choice, Pick, PickItem, PickKind};
use crate::app::{App, TerminalCall};
use crate::cube::Record;
use crate::fields::Source;
use crate::text::{self, Place, SafeText};
use crate::words::{self, Notice};

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

    /// Copies the value of the card's field. One that is masked is asked about.
    pub(super) fn copy_field(&mut self, label: String, shown: &str) {
        let full = self.layers.focused_card().and_then(|card| {
            let key = card.field_under_cursor()?.key.clone();
            let texts = card.record.texts(&[&key]);
            texts.first().map(|text| text::clean_str(text.as_raw(), Place::Clipboard).into_owned())
        });
        let Some(full) = full.filter(|full| self.masks.is_on() && full.as_str() != shown) else {
            return self.copy(label, shown);
        };
        let shown = text::clean_str(shown, Place::Clipboard).into_owned();
        let item = |name: &'static str, value: SafeText<'static>, copied: SafeText<'static>| PickItem {
            name: SafeText::from(name),
            value,
            note: String::new(),
            preview: Vec::new(),
            choice: Choice::Copy(label.clone(), copied),
        };
        let items = vec![
            item(words::AS_SHOWN, shown.clone(), shown),
            item(words::IN_FULL, SafeText::default(), full),
        ];
        self.open_pick(Pick::new(PickKind::Masked, items));
    }

    /// Opens the forms with the values that are masked. What each gives is not shown.
    pub(super) fn open_forms_in_full(&mut self) {
        let Some(record) = self.record() else { return };
        let items = self.forms_of(&record);
        let hidden = |item| PickItem { value: SafeText::default(), preview: Vec::new(), ..item };
        self.open_pick(Pick::new(PickKind::Copy, items.into_iter().map(hidden).collect()));
    }

    /// Hands a text to the terminal's clipboard.
    pub(super) fn hand_over(&mut self, label: String, text: SafeText<'static>) {
        if text.as_str().len() > MOST {
            return self.say(Notice::TooLongToCopy(text.as_str().len()));
        }
        let said = if self.masks.is_on() && label != "ID" {
            Notice::CopiedUnseen(label)
        } else {
            Notice::Copied(label, text.to_string())
        };
        self.out.terminal(TerminalCall::Copy(text));
        self.say(said);
    }

    /// Opens the forms in which the customer that commands act on can be copied.
    pub(super) fn open_copy_forms(&mut self) {
        let Some(record) = self.record() else { return self.say(Notice::NothingToCopy) };
        let mut items = self.forms_of(&self.masks.record(&record));
        if self.masks.is_on() {
            items.push(PickItem {
                name: SafeText::from(words::IN_FULL),
                value: SafeText::from(words::IN_FULL_MEANS),
                note: String::new(),
                preview: Vec::new(),
                choice: Choice::InFull,
            });
        }
        self.open_pick(Pick::new(PickKind::Copy, items));
    }

    /// The forms of a record, with the value under the card's cursor among them.
    fn forms_of(&self, record: &Record<'_>) -> Vec<PickItem> {
        let field = self.layers.focused_card().and_then(|card| card.field_under_cursor());
        let value = |key: &str| record.texts(&[key]).first().map(|text| text.as_raw().to_owned());
        let customer = CopyOf {
            record,
            labels: &self.labels.fields,
            under_cursor: field.and_then(|field| Some((field.label.to_string(), value(&field.key)?))),
            columns: self.list.columns.keys(),
            templates: &self.session.account.templates,
        };
        customer.items()
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
        let account = &self.session.account;
        let of_commands = account.commands.iter().flat_map(|command| &command.program);
        let templates = account.templates.iter().chain(of_commands);
        let words = templates.flat_map(|template| template.words().map(|word| (template.line, word)));
        let mut unknown: Vec<_> =
            words.filter_map(|(line, word)| labels.keys_of(word).err().map(|why| (line, why))).collect();
        unknown.dedup();
        if !unknown.is_empty() {
            self.notices.remark_on(Notice::UnknownFields(unknown));
        }
    }
}
