//! Copying: the id, a value, or the customer in one of many forms.

use crate::app::copy_forms::{CopyOf, MOST};
use crate::app::layers::{Choice, Layers, Pick, PickItem, PickKind};
use crate::app::{Env, List, TerminalCall};
use crate::cube::Record;
use crate::text::{self, Place, SafeText};
use crate::words::{self, Notice};

/// Copies the id of the customer that commands act on. While it is the one that was `copied` last, it opens the forms.
pub(in crate::app) fn copy_id(
    list: &List,
    layers: &mut Layers,
    env: &mut Env<'_>,
    copied: &mut Option<String>,
) {
    let id = layers.customer(list).and_then(|slot| list.id_at(slot));
    match id {
        Some(id) if copied.as_ref() == Some(&id) => {
            *copied = None;
            open_forms(list, layers, env);
        }
        Some(id) => {
            copy(env, "ID".to_owned(), &id);
            *copied = Some(id);
        }
        None => env.say(Notice::NothingToCopy),
    }
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
    let item = |name: &'static str, value: SafeText<'static>, copied: SafeText<'static>| PickItem {
        name: SafeText::from(name),
        value,
        note: String::new(),
        preview: Vec::new(),
        choice: Choice::Copy(label.clone(), copied),
    };
    let items =
        vec![item(words::AS_SHOWN, shown.clone(), shown), item(words::IN_FULL, SafeText::default(), full)];
    layers.open_pick(Pick::new(PickKind::Masked, items));
}

/// Opens the forms with the values that are masked. What each gives is not shown.
pub(in crate::app) fn open_forms_in_full(list: &List, layers: &mut Layers, env: &Env<'_>) {
    let Some(record) = layers.record(list) else { return };
    let hidden = |item| PickItem { value: SafeText::default(), preview: Vec::new(), ..item };
    let items = forms_of(&record, list, layers, env).into_iter().map(hidden).collect();
    layers.open_pick(Pick::new(PickKind::Copy, items));
}

/// Hands a text to the terminal's clipboard.
pub(in crate::app) fn hand_over(env: &mut Env<'_>, label: String, text: SafeText<'static>) {
    if text.as_str().len() > MOST {
        return env.say(Notice::TooLongToCopy(text.as_str().len()));
    }
    env.say(if env.masks.is_on() && label != "ID" {
        Notice::CopiedUnseen(label)
    } else {
        Notice::Copied(label, text.to_string())
    });
    env.out.terminal(TerminalCall::Copy(text));
}

/// Opens the forms in which the customer that commands act on can be copied.
pub(in crate::app) fn open_forms(list: &List, layers: &mut Layers, env: &mut Env<'_>) {
    let Some(record) = layers.record(list) else { return env.say(Notice::NothingToCopy) };
    let mut items = forms_of(&env.masks.record(&record), list, layers, env);
    if env.masks.is_on() {
        items.push(PickItem {
            name: SafeText::from(words::IN_FULL),
            value: SafeText::from(words::IN_FULL_MEANS),
            note: String::new(),
            preview: Vec::new(),
            choice: Choice::InFull,
        });
    }
    layers.open_pick(Pick::new(PickKind::Copy, items));
}

/// The forms of a record, with the value under the card's cursor among them.
fn forms_of(record: &Record<'_>, list: &List, layers: &Layers, env: &Env<'_>) -> Vec<PickItem> {
    let field = layers.focused_card().and_then(|card| card.field_under_cursor());
    let value = |key: &str| record.texts(&[key]).first().map(|text| text.as_raw().to_owned());
    let customer = CopyOf {
        record,
        labels: env.labels,
        under_cursor: field.and_then(|field| Some((field.label.to_string(), value(&field.key)?))),
        columns: list.columns.keys(),
        templates: &env.account.templates,
    };
    customer.items()
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
