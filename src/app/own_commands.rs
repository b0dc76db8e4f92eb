//! Commands of the person's own: programs that are run for a customer, with their values in the arguments.

use crate::app::copy_forms::filled;
use crate::app::layers::{Choice, Layers, Pick, PickItem, PickKind};
use crate::app::reaching::percent_encoded;
use crate::app::{Env, List, Task};
use crate::cube::Record;
use crate::fields::FieldMap;
use crate::text::{self, Place, Template};
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

/// Runs a command for the customer that commands act on. Where it would have masked values, that is asked first.
pub(super) fn run(list: &List, layers: &mut Layers, env: &mut Env<'_>, number: usize) {
    let Some(command) = env.account.commands.get(number) else { return };
    let Some(record) = layers.record(list) else { return env.say(Notice::NoCustomer) };
    let words = command.words.clone();
    let full = command.of(&record, env.labels);
    let shown = command.of(&env.masks.record(&record), env.labels);
    match (full, shown) {
        (None, _) | (_, None) => env.say(Notice::ValueIsOption(words)),
        (Some(full), Some(shown)) if full == shown => start(env, words, full),
        (Some(full), Some(shown)) => layers.open_pick(what_it_gets(&words, full, shown)),
    }
}

fn what_it_gets(words: &str, full: Vec<String>, shown: Vec<String>) -> Pick {
    let item = |name: String, value: String, program| PickItem {
        name: text::clean_str(&name, Place::Row).into_owned(),
        value: text::clean_str(&value, Place::Row).into_owned(),
        note: String::new(),
        preview: Vec::new(),
        choice: Choice::Run(words.to_owned(), program),
    };
    let items =
        vec![item(words::as_shown(), shown.join(" "), shown), item(words::in_full(), String::new(), full)];
    let mut pick = Pick::new(PickKind::Masked, items);
    pick.about = words::masked_command(words);
    pick
}

/// Starts a command, which is on its own then.
pub(super) fn start(env: &mut Env<'_>, words: String, program: Vec<String>) {
    env.out.task(Task::Run(program));
    env.say(Notice::Started(words));
}
