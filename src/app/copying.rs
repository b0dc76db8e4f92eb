//! Copying: the id, a value, or the customer in one of many forms; in the table those of the customers who are marked.

use crate::app::copy_forms::{self, CopyOf, MOST};
use crate::app::layers::{Choice, Layers, Pick, PickItem, PickKind};
use crate::app::{Env, List, TerminalCall};
use crate::cube::Record;
use crate::text::{self, Place, SafeText};
use crate::words::{self, Notice};

/// Of more customers than this no form is made.
const MOST_CUSTOMERS: usize = 1_000;

/// Copies the id of the customer that commands act on, or those of the marked. While these are what was `copied` last, it
/// opens the forms.
pub(in crate::app) fn copy_id(
    list: &List,
    layers: &mut Layers,
    env: &mut Env<'_>,
    copied: &mut Option<String>,
) {
    let slots = layers.customers(list);
    let ids: Vec<String> = slots.iter().filter_map(|slot| list.id_at(*slot)).collect();
    if ids.is_empty() {
        return env.say(Notice::NothingToCopy);
    }
    let joined = ids.join("\n");
    if copied.as_ref() == Some(&joined) {
        *copied = None;
        return open_forms(list, layers, env);
    }
    let lines = ids.iter().map(|id| text::clean_str(id, Place::Clipboard).into_owned());
    hand_over(env, "ID".to_owned(), SafeText::joined(lines, "\n"));
    *copied = Some(joined);
}

/// Copies a value as one line.
fn copy(env: &mut Env<'_>, label: String, value: &str) {
    let value = text::clean_str(value, Place::Clipboard).into_owned();
    hand_over(env, label, value);
}

/// Copies the value of the card's field. One that is masked is asked about.
pub(in crate::app) fn copy_field(layers: &mut Layers, env: &mut Env<'_>, label: String, shown: &str) {
    let full = layers.focused_card().and_then(|card| {
        let key = card.field_under_cursor()?.key.clone();
        let texts = card.record.texts(&[&key]);
        texts.first().map(|text| text::clean_str(text.as_raw(), Place::Clipboard).into_owned())
    });
    let Some(full) = full.filter(|full| env.masks.is_on() && full.as_str() != shown) else {
        return copy(env, label, shown);
    };
    let shown = text::clean_str(shown, Place::Clipboard).into_owned();
    let item = |name: String, value: SafeText<'static>, copied: SafeText<'static>| PickItem {
        name: text::clean_str(&name, Place::Row).into_owned(),
        value,
        note: String::new(),
        preview: Vec::new(),
        choice: Choice::Copy(label.clone(), copied),
    };
    let items = vec![
        item(words::as_shown(), shown.clone(), shown),
        item(words::in_full(), SafeText::default(), full),
    ];
    layers.open_pick(Pick::new(PickKind::Masked, items));
}

/// Opens the forms with the values that are masked. What each gives is not shown.
pub(in crate::app) fn open_forms_in_full(list: &List, layers: &mut Layers, env: &Env<'_>) {
    let records = records(list, layers);
    let hidden = |item| PickItem { value: SafeText::default(), preview: Vec::new(), ..item };
    let items = forms_of(&records, list, layers, env).into_iter().map(hidden).collect();
    open_pick(layers, records.len(), items);
}

/// Hands a text to the terminal's clipboard.
pub(in crate::app) fn hand_over(env: &mut Env<'_>, label: String, text: SafeText<'static>) {
    if text.as_str().len() > MOST {
        return env.say(Notice::TooLongToCopy(text.as_str().len()));
    }
    let lines = text.as_str().lines().count();
    env.say(if label == "ID" && lines > 1 {
        Notice::CopiedIds(lines)
    } else if env.masks.is_on() && label != "ID" {
        Notice::CopiedUnseen(label)
    } else {
        Notice::Copied(label, text.to_string())
    });
    env.out.terminal(TerminalCall::Copy(text));
}

/// Opens the forms in which the customer that commands act on can be copied, or those who are marked.
pub(in crate::app) fn open_forms(list: &List, layers: &mut Layers, env: &mut Env<'_>) {
    if layers.customers(list).len() > MOST_CUSTOMERS {
        return env.say(Notice::TooManyToCopy(MOST_CUSTOMERS));
    }
    let records = records(list, layers);
    if records.is_empty() {
        return env.say(Notice::NothingToCopy);
    }
    let masked: Vec<_> = records.iter().map(|record| env.masks.record(record).into_owned()).collect();
    let mut items = forms_of(&masked, list, layers, env);
    if env.masks.is_on() {
        items.push(PickItem {
            name: text::clean_str(&words::in_full(), Place::Row).into_owned(),
            value: text::clean_str(&words::in_full_means(), Place::Row).into_owned(),
            note: String::new(),
            preview: Vec::new(),
            choice: Choice::InFull,
        });
    }
    open_pick(layers, records.len(), items);
}

fn open_pick(layers: &mut Layers, customers: usize, items: Vec<PickItem>) {
    let about = if customers > 1 { words::copy_several(customers) } else { String::new() };
    let mut pick = Pick::new(PickKind::Copy, items);
    pick.about = about;
    layers.open_pick(pick);
}

/// The records of the customers that commands act on.
fn records(list: &List, layers: &Layers) -> Vec<Record<'static>> {
    let of_card = layers.focused_card().map(|card| vec![card.record.clone()]);
    let of_list = || layers.customers(list).into_iter().filter_map(|slot| list.store.record(slot)).collect();
    of_card.unwrap_or_else(of_list)
}

/// The forms of some records, with the value under the card's cursor among them.
fn forms_of(records: &[Record<'_>], list: &List, layers: &Layers, env: &Env<'_>) -> Vec<PickItem> {
    let field = layers.focused_card().and_then(|card| card.field_under_cursor());
    let customer = |record| {
        let value = |key: &str| Record::texts(record, &[key]).first().map(|text| text.as_raw().to_owned());
        CopyOf {
            record,
            labels: env.labels,
            under_cursor: field.and_then(|field| Some((field.label.to_string(), value(&field.key)?))),
            columns: list.columns.keys(),
            templates: &env.account.templates,
        }
    };
    copy_forms::items(&records.iter().map(customer).collect::<Vec<_>>())
}

/// Says which fields of the person's own forms there are not.
pub(in crate::app) fn check_templates(list: &List, env: &mut Env<'_>) {
    let labels = env.labels.of(list.schema);
    let of_commands = env.account.commands.iter().flat_map(|command| &command.program);
    let templates = env.account.templates.iter().chain(of_commands);
    let words = templates.flat_map(|template| template.words().map(|word| (template.line, word)));
    let mut unknown: Vec<_> =
        words.filter_map(|(line, word)| labels.keys_of(word).err().map(|why| (line, why))).collect();
    unknown.dedup();
    if !unknown.is_empty() {
        env.notices.remark_on(Notice::UnknownFields(unknown));
    }
}
