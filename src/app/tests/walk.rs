//! Random walks: whatever happens in whatever order, some things always hold.

use super::*;
use crate::app::Form;
use crate::cube::{Wait, Written};
use proptest::prelude::*;

/// One thing that can happen.
#[derive(Debug, Clone)]
enum Step {
    Key(KeyCode),
    Ctrl(char),
    Paste(String),
    Resize(u16, u16),
    /// The oldest of what is wanted is answered, or with an error of this status.
    Answer(Option<u16>),
    /// What was asked for and dropped since is answered all the same: the answer was on its way already.
    Late,
    /// Cube asks us to wait this many seconds, or no longer.
    Waiting(Option<i64>),
    /// Labels arrive, or can't be read.
    Labels(bool),
    Tick,
    /// Another program hands a caller over.
    Call(String),
    /// This many seconds pass.
    Wait(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let code = prop_oneof![
        8 => "[0-9a-zåøGJKRYpreyuz/:?+\"-]".prop_map(|key| KeyCode::Char(key.chars().next().unwrap())),
        4 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::Up, KeyCode::Down, KeyCode::PageUp,
            KeyCode::PageDown, KeyCode::Home, KeyCode::End, KeyCode::Backspace, KeyCode::F(1), KeyCode::F(2), KeyCode::F(3), KeyCode::F(4),
            KeyCode::F(6), KeyCode::F(7), KeyCode::F(8),
            KeyCode::Left, KeyCode::Right, KeyCode::Char(' '), KeyCode::Char('<'), KeyCode::Char('>'),
        ]),
    ];
    let step = prop_oneof![
        10 => code.prop_map(Step::Key),
        1 => prop::sample::select(vec!['u', 'd', 'g', 'f', 'w', 'p', 'z', 's', 's', 'n', 'x', 'o', 'b', 'y', 'k', 'k', 'a', 'e']).prop_map(Step::Ctrl),
        2 => Just(Step::Late),
        1 => prop::option::of(0..120_i64).prop_map(Step::Waiting),
        1 => any::<bool>().prop_map(Step::Labels),
        1 => prop::sample::select(vec!["1003", "kunde 7\rq", "", "\u{202e}x", "+47 90"]).prop_map(|text| Step::Paste(text.into())),
        1 => (0..130_u16, 0..40_u16).prop_map(|(width, height)| Step::Resize(width, height)),
        10 => Just(Step::Answer(None)),
        1 => prop::sample::select(vec![401, 403, 404, 500]).prop_map(|status| Step::Answer(Some(status))),
        1 => Just(Step::Tick),
        1 => prop::sample::select(vec!["tel:90000003", "1003", "mailto:x@y.no", "nobody", ""]).prop_map(|text| Step::Call(text.into())),
        1 => (0..900_i64).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 0..300)
}

fn walk(desk: &mut Desk, dropped: &mut Vec<Task>, step: &Step) {
    match step {
        Step::Late => {
            let late = dropped.pop().and_then(|effect| desk.answer(&effect));
            if let Some(answer) = late {
                desk.send(answer);
            }
        }
        Step::Waiting(seconds) => {
            let wait = seconds.map(|seconds| Wait { until: desk.now_in(seconds), status: 429 });
            desk.send(Msg::Throttled(wait));
        }
        Step::Labels(known) => {
            let labels = known.then(|| Labels { source: Source::Cube, ..Labels::default() });
            desk.send(Msg::Replied(Reply::Labels(labels.ok_or_else(|| failure(Operation::Labels, 403)))));
        }
        Step::Key(code) => desk.send(Msg::Pressed(KeyEvent::from(*code))),
        Step::Ctrl(c) => desk.send(Msg::Pressed(KeyEvent::new(KeyCode::Char(*c), KeyModifiers::CONTROL))),
        Step::Paste(text) => desk.send(Msg::Pasted(text.clone())),
        Step::Resize(width, height) => desk.send(Msg::Resized(*width, *height)),
        Step::Answer(status) => {
            if let Some(at) = desk.tasks.iter().position(|task| matches!(task, Task::Write { .. })) {
                return answer_write(desk, at, *status);
            }
            let Some(at) = desk.tasks.iter().position(|effect| desk.answer(effect).is_some()) else {
                return;
            };
            let effect = desk.tasks.remove(at);
            let answer = match (status, desk.answer(&effect)) {
                (Some(status), Some(answer)) => refused(answer, *status),
                (_, Some(answer)) => answer,
                (_, None) => return,
            };
            desk.send(answer);
        }
        Step::Tick => desk.send(Msg::Ticked),
        Step::Call(text) => desk.send(Msg::Caller(7, text.clone())),
        Step::Wait(seconds) => desk.now = desk.now_in(*seconds),
    }
}

/// A change is refused or taken by Cube, or nothing tells which.
fn answer_write(desk: &mut Desk, at: usize, status: Option<u16>) {
    let Task::Write { ticket, change, .. } = desk.tasks.remove(at) else { return };
    let saved = desk.customers.iter().find(|(known, ..)| known == change.id().as_str());
    let result = match (status, saved) {
        (Some(500), _) | (None, None) => Ok(Written::Unknown {
            why: Error::of_kind(Operation::Writing, List::Assignment(9), Kind::Broken),
        }),
        (Some(status), _) => Err(failure(Operation::Writing, status)),
        (None, Some(saved)) => Ok(Written::Saved(Box::new(reading(saved, desk.now)))),
    };
    desk.send(Msg::Replied(Reply::Written { ticket, result }));
}

/// The same answer as a failure; a search does not fail.
fn refused(answer: Msg, status: u16) -> Msg {
    match answer {
        Msg::Replied(Reply::Page { list, generation, number, .. }) => {
            let result = Err(failure(Operation::Page(number), status));
            Msg::Replied(Reply::Page { list, generation, number, result })
        }
        Msg::Replied(Reply::Customer { ticket, list, .. }) => {
            let result = Err(failure(Operation::Customer, status));
            Msg::Replied(Reply::Customer { ticket, list, result })
        }
        other => other,
    }
}

fn holds(desk: &mut Desk) -> Result<(), TestCaseError> {
    let app = &desk.app;
    let rows = app.list.row_count();
    prop_assert!(
        app.list.cursor.row() < rows.max(1),
        "the cursor is on row {} of {rows}",
        app.list.cursor.row()
    );
    let window = app.list.viewport(app.layout().window());
    prop_assert!(rows == 0 || window.contains(&app.list.cursor.row()), "the cursor is outside the window");
    prop_assert!(app.list.store.loading() <= crate::cube::AT_ONCE);
    let says = app.said().words;
    if says.contains("of all") || says.contains("(all") {
        prop_assert!(app.list.store.scope().is_all(), "{}", says);
    }
    // Whatever a command would act on is what the screen shows.
    if let (Some(card), Some(_)) = (app.layers.focused_card(), app.cursor_row()) {
        prop_assert_eq!(app.list.selected(), Some(card.slot));
    }
    let has_its_part = match app.context() {
        Context::Table => true,
        Context::Card => app.layers.focused_card().is_some(),
        Context::Field => app.layers.card().is_some_and(|card| card.field_find().is_some()),
        Context::Line => app.layers.line().is_some(),
        Context::Form => app.layers.form().is_some_and(|form| !form.is_review()),
        Context::Review => app.layers.form().is_some_and(Form::is_review),
        Context::Help | Context::Palette | Context::Profiles => app.layers.menu().is_some(),
        Context::Columns => app.layers.columns().is_some(),
        Context::Values => app.layers.values().is_some(),
        Context::Recents | Context::Choices | Context::Calls | Context::Views => app.layers.pick().is_some(),
        Context::Large => app.layers.large().is_some(),
        Context::File => app.layers.export().is_some(),
        Context::Compare => app.layers.compare().is_some(),
        Context::Credential => app.layers.credential().is_some(),
    };
    prop_assert!(has_its_part, "the focus is on nothing: {:?}", app.context());
    // No page is asked for twice.
    let mut asked = desk.asked();
    asked.sort_unstable();
    let count = asked.len();
    asked.dedup();
    prop_assert_eq!(asked.len(), count);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(256)
    ))]

    #[test]
    fn whatever_happens_the_app_stays_sound(customers in 0..80_usize, size in 1..30_usize, steps in steps()) {
        let mut desk = Desk::new(customers, size);
        let (mut dropped, mut is_confirmed) = (Vec::new(), false);
        for step in &steps {
            let reviewed = desk.app.layers.form().filter(|form| form.is_review()).and_then(Form::change);
            is_confirmed |= matches!(step, Step::Key(KeyCode::Enter)) && desk.app.context() == Context::Review;
            is_confirmed &= reviewed.is_some();
            let sent_before = desk.sent().len();
            walk(&mut desk, &mut dropped, step);
            if let Some((_, sent)) = desk.sent().get(sent_before) {
                prop_assert_eq!(Some(&**sent), reviewed.as_ref(), "something else was sent than was reviewed");
                prop_assert!(std::mem::take(&mut is_confirmed), "what was reviewed was sent without a yes");
            }
            dropped.extend(desk.forget_what_was_cancelled());
            holds(&mut desk)?;
        }
        desk.send(Msg::Throttled(None));
        // Everything that is still wanted is answered, and it comes to an end.
        for _ in 0..1000 {
            let Some(answer) = desk.next_answer() else { break };
            desk.send(answer);
            desk.forget_what_was_cancelled();
        }
        holds(&mut desk)?;
        prop_assert!(desk.next_answer().is_none(), "it never settles");
        prop_assert!(desk.app.list.load.rest().is_none(), "a load runs for ever");
        prop_assert!(desk.app.list.find.is_settled(), "a search runs for ever");
        prop_assert!(!desk.app.list.sorting.is_under_way(), "a sort runs for ever");
        let list = &desk.app.list;
        let is_ranked = list.find.is_empty() != list.found().is_none() || desk.app.layers.line().is_some();
        let is_empty = list.store.searchable().is_empty();
        prop_assert!(is_ranked || is_empty || list.view.orders() == list.sorting.orders(), "it is not sorted");
        prop_assert!(desk.app.layers.card().is_none_or(|card| card.refresh.is_none()), "a card asks for ever");
        // What was sent is answered, and Esc leads to the table in a few steps; q quits from there.
        while let Some(at) = desk.tasks.iter().position(|task| matches!(task, Task::Write { .. })) {
            answer_write(&mut desk, at, Some(405));
        }
        for _ in 0..7 {
            desk.send(Msg::Pressed(KeyEvent::from(KeyCode::Esc)));
        }
        prop_assert_eq!(desk.app.context(), Context::Table);
        for _ in 0..=usize::from(!desk.app.unsent().is_empty()) {
            desk.send(Msg::Pressed(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::CONTROL)));
        }
        prop_assert!(desk.calls.contains(&SessionCall::Quit));
    }
}
