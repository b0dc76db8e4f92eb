//! Commands of the person's own: programs that are run for a customer, with their values in the arguments.

use crate::app::App;
use crate::app::copy_forms::filled;
use crate::app::layers::{Choice, Pick, PickItem, PickKind};
use crate::app::reaching::percent_encoded;
use crate::cube::Record;
use crate::fields::FieldMap;
use crate::text::{self, Place, SafeText, Template};
use crate::words::{self, Notice};

/// A program that a person runs for a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCommand {
    /// What help and palette call it.
    pub words: String,
    /// The program and its arguments.
    pub program: Vec<Template>,
}

impl OwnCommand {
    /// The program and its arguments for a customer. `None` where a value would be an option of the program.
    fn of(&self, record: &Record<'_>, labels: &FieldMap) -> Option<Vec<String>> {
        let argument = |template: &Template| {
            let encoded = |value: String| if template.is_address() { percent_encoded(&value) } else { value };
            let argument = filled(template, record, labels, encoded).to_string();
            (!template.begins_with_gap() || !argument.starts_with('-')).then_some(argument)
        };
        self.program.iter().map(argument).collect()
    }
}

impl App {
    /// Runs a command for the customer that commands act on. Where it would have masked values, that is asked first.
    pub(super) fn run_own(&mut self, number: usize) {
        let Some(command) = self.session.account.commands.get(number) else { return };
        let Some(record) = self.record() else { return self.say(Notice::NoCustomer) };
        let words = command.words.clone();
        let full = command.of(&record, &self.labels.fields);
        let shown = command.of(&self.masks.record(&record), &self.labels.fields);
        match (full, shown) {
            (None, _) | (_, None) => self.say(Notice::ValueIsOption(words)),
            (Some(full), Some(shown)) if full == shown => self.start_own(words, full),
            (Some(full), Some(shown)) => self.ask_what_it_gets(&words, full, shown),
        }
    }

    fn ask_what_it_gets(&mut self, words: &str, full: Vec<String>, shown: Vec<String>) {
        let item = |name: &'static str, value: String, program| PickItem {
            name: SafeText::from(name),
            value: text::clean_str(&value, Place::Row).into_owned(),
            note: String::new(),
            preview: Vec::new(),
            choice: Choice::Run(words.to_owned(), program),
        };
        let items =
            vec![item(words::AS_SHOWN, shown.join(" "), shown), item(words::IN_FULL, String::new(), full)];
        let mut pick = Pick::new(PickKind::Masked, items);
        pick.about = words::masked_command(words);
        self.open_pick(pick);
    }

    /// Starts a command, which is on its own then.
    pub(super) fn start_own(&mut self, words: String, program: Vec<String>) {
        self.run(program, Notice::Started(words));
    }
}
