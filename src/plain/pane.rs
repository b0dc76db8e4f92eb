//! What the model shows now, as lines: the list, a card, a form, a list to choose from.

use super::Rows;
use crate::app::layers::Layer;
use crate::app::{App, Card, CardLine, Form, FormField, FormLine, LineKind, Pick};
use crate::cube::{Record, StandardField};
use crate::keys::Context;
use crate::list::Row;
use crate::text::{self, Place};
use crate::words::{self, Keys, Reviewed};

/// The phone numbers, in their order.
const PHONES: [StandardField; 3] = [StandardField::Phone1, StandardField::Phone2, StandardField::Phone3];

/// So wide a review is laid out that hardly any value is broken.
const WIDE: usize = 2_000;

/// More of a value to choose is left out, in characters.
const LONGEST: usize = 120;

/// What is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pane {
    /// What it is, and of whom. Of the same one only lines that are new are said.
    pub(super) what: What,
    pub(super) lines: Vec<String>,
    /// The rows among them.
    pub(super) rows: Rows,
}

/// What a pane is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum What {
    /// Nothing was shown yet, or nothing can be.
    #[default]
    Nothing,
    /// The list, and what it is the answer to.
    List(String),
    /// The card of a customer.
    Card,
    /// The form of the customer with this id.
    Form(String),
    /// What a form is to send.
    Review,
    /// A list to choose from.
    Pick,
    /// The path of a file.
    File,
}

impl Pane {
    /// What the model shows now.
    pub(super) fn of(app: &App) -> Self {
        match app.layers.top() {
            Some(Layer::Card(card)) => Self::of_lines(What::Card, card_lines(app, card)),
            Some(Layer::Form(form)) if form.is_review() => Self::of_lines(What::Review, review_lines(form)),
            Some(Layer::Form(form)) => Self::of_lines(What::Form(form.id()), form_lines(form)),
            Some(Layer::Pick(pick)) => Self::of_lines(What::Pick, pick_lines(pick)),
            Some(Layer::Export(line)) => Self::of_lines(What::File, vec![words::file(line.input.value())]),
            None | Some(Layer::Line(_)) => list(app),
            Some(
                Layer::Menu(_)
                | Layer::Columns(_)
                | Layer::Values(_)
                | Layer::Large(_)
                | Layer::Compare(_)
                | Layer::Credential(_),
            ) => Self::default(),
        }
    }

    /// Whether something is open below it, to which one comes back.
    pub(super) fn lies_above(&self) -> bool {
        match self.what {
            What::Form(_) | What::Review | What::Pick | What::File => true,
            What::Nothing | What::List(_) | What::Card => false,
        }
    }

    fn of_lines(what: What, lines: Vec<String>) -> Self {
        Self { what, lines, rows: Rows::new() }
    }
}

fn list(app: &App) -> Pane {
    let what = What::List(app.list.find.text().to_owned());
    if let Some(lines) = app.emptiness() {
        let said = lines.iter().filter(|line| !line.is_empty()).map(|line| words::aloud(line));
        return Pane::of_lines(what, said.collect());
    }
    let window = app.layout().window();
    let dividers = app.list.dividers(window);
    let mut records = app.list.store.reader();
    let (mut lines, mut rows) = (Vec::new(), Rows::new());
    let shown = app.list.viewport(window);
    for row in shown.clone() {
        if let Some((_, divider)) = dividers.iter().find(|(at, _)| *at == row) {
            lines.push(format!("{}:", divider.said(&[])));
        }
        let number = row + 1;
        let words = match app.list.row(row) {
            Some(Row::Loaded(slot)) => {
                rows.insert(number, (slot, app.list.id_at(slot)));
                records.record(slot).map(|record| customer(app, &record))
            }
            Some(Row::Absent { .. }) | None => None,
        };
        lines.push(words::numbered(number, words.as_deref().unwrap_or(&words::not_loaded())));
    }
    let more = words::rows(&shown, app.list.row_count(), &app.keys());
    lines.extend(Some(more).filter(|more| !more.is_empty()));
    Pane { what, lines, rows }
}

/// "Kari Hansen, 95412345", and the field in which they match where it is neither of these.
fn customer(app: &App, record: &Record<'_>) -> String {
    let standard = record.standard();
    let value = |field: StandardField| {
        let cleaned = text::clean(standard.get(field), Place::Row).to_string();
        words::mask_aloud(&app.masks.value(app.list.schema, field.key(), &cleaned))
    };
    let name = Some(value(StandardField::Name)).filter(|name| !name.is_empty());
    let phone = PHONES.into_iter().find(|phone| !value(*phone).is_empty());
    let known_by = phone.unwrap_or(StandardField::Id);
    let mut parts = vec![name.unwrap_or_else(words::nameless)];
    parts.push(match phone {
        Some(phone) => value(phone),
        None => words::labelled("ID", &value(StandardField::Id)),
    });
    let visible = [StandardField::Name, known_by];
    let found = app.list.view.query().and_then(|query| app.match_elsewhere(query, record, &visible));
    parts.extend(found.map(|found| words::labelled(&found.label, &words::mask_aloud(&found.value))));
    parts.join(", ")
}

fn card_lines(app: &App, card: &Card) -> Vec<String> {
    let clean = |text: &str| text::clean_str(text, Place::Row).to_string();
    let name = clean(card.record.standard().name.as_raw());
    let list = app.session.account.list_name(card.list);
    let elsewhere = (card.list != app.list.id).then_some(list.as_str());
    let name = Some(name).filter(|name| !name.is_empty());
    let mut lines = vec![
        name.unwrap_or_else(words::nameless),
        words::card_head(&clean(&card.id), (card.read, app.clock.now), elsewhere),
    ];
    let keys = Keys { context: Context::Card, ..app.keys() };
    let shared: Vec<_> = card.shared().found().collect();
    if let Some(scope) = card.shared().scope().filter(|_| !shared.is_empty()) {
        lines.push(words::aloud(&words::shared(&shared, scope, &keys)));
    }
    if card.problem_lines(u16::MAX).iter().any(|line| !line.is_empty()) {
        lines.push(words::aloud(&card.problem_lines(u16::MAX).join(" ")));
    }
    for field in &card.page().fields {
        let value = words::mask_aloud(field.value.as_str());
        let value = if value.is_empty() { words::empty() } else { value };
        lines.push(words::labelled(field.label.as_str(), &value));
        let was = field.was.as_ref().map(|was| format!("  {} {was}", Reviewed::Was.said()));
        lines.extend(was);
    }
    for line in &card.page().lines {
        if let CardLine::Empty(count) = line {
            lines.push(words::aloud(&words::empty_fields(*count, &keys)));
        }
    }
    lines
}

fn form_lines(form: &Form) -> Vec<String> {
    let mut lines = vec![words::form_title(form.writing, false, &form.name())];
    lines.extend(told(form));
    lines.extend(form.fields.iter().enumerate().map(|(at, field)| field_line(at, field)));
    lines
}

fn field_line(at: usize, field: &FormField) -> String {
    let clean = |text: &str| text::clean_str(text, Place::Row).to_string();
    let value = |text: &str| if text.is_empty() { words::empty() } else { clean(text) };
    let mut parts = vec![value(field.text())];
    if field.is_changed() {
        parts.push(format!("{} {}", Reviewed::Was.said(), value(field.base())));
    }
    parts.extend(field.fixed.map(words::fixed));
    parts.extend(field.unfit.map(words::unfit));
    parts.extend(field.refused.iter().map(ToString::to_string));
    words::numbered(at + 1, &words::labelled(field.label.as_str(), &parts.join("; ")))
}

fn review_lines(form: &Form) -> Vec<String> {
    let mut lines = vec![words::form_title(form.writing, true, &form.name())];
    lines.extend(told(form));
    let mut label = String::new();
    for FormLine { label: here, value, kind, .. } in form.lines(WIDE) {
        if !here.as_str().is_empty() {
            label = here.to_string();
        }
        let before = match kind {
            LineKind::Old => Reviewed::Was.said(),
            LineKind::New => Reviewed::New.said(),
            LineKind::Now => Reviewed::Now.said(),
            LineKind::Input | LineKind::Fixed | LineKind::Wrong | LineKind::Doubt => String::new(),
        };
        let about = [label.as_str(), before.as_str()].join(" ");
        lines.push(if before.is_empty() {
            value.to_string()
        } else {
            words::labelled(&about, value.as_str())
        });
    }
    lines
}

/// What stands in the way of a change.
fn told(form: &Form) -> Vec<String> {
    let obstacle = form.obstacle.as_ref();
    let told = obstacle.map(|obstacle| words::obstacle(obstacle, form.writing)).unwrap_or_default();
    told.iter().map(|line| words::aloud(line)).collect()
}

fn pick_lines(pick: &Pick) -> Vec<String> {
    let mut lines = vec![words::aloud(&pick.heading())];
    let items = pick.lines();
    if items.is_empty() {
        lines.push(words::nothing_to_list().trim().to_owned());
    }
    for (at, item) in items.iter().enumerate() {
        let value = item.value.as_str();
        let cut = value.char_indices().nth(LONGEST).and_then(|(at, _)| value.get(..at));
        let value = cut.map_or_else(|| value.to_owned(), |cut| format!("{cut}…"));
        let note = words::aloud(&item.note);
        let parts = [item.name.as_str(), &value, &note];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        lines.push(words::numbered(at + 1, &words::mask_aloud(&parts.join(", "))));
    }
    lines
}
