//! Random walks: whatever happens in whatever order, some things always hold.

use super::*;
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
    Tick,
    /// So many seconds pass.
    Wait(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let code = prop_oneof![
        8 => "[0-9a-zåøGJKRpryz/:?+\"-]".prop_map(|key| KeyCode::Char(key.chars().next().unwrap())),
        4 => prop::sample::select(vec![
            KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::Up, KeyCode::Down, KeyCode::PageUp,
            KeyCode::PageDown, KeyCode::Home, KeyCode::End, KeyCode::Backspace, KeyCode::F(1), KeyCode::F(3),
        ]),
    ];
    let step = prop_oneof![
        10 => code.prop_map(Step::Key),
        1 => prop::sample::select(vec!['u', 'd', 'g', 'f', 'w', 'p', 'z']).prop_map(Step::Ctrl),
        1 => prop::sample::select(vec!["1003", "kunde 7\rq", "", "\u{202e}x", "+47 90"]).prop_map(|text| Step::Paste(text.into())),
        1 => (1..130_u16, 1..40_u16).prop_map(|(width, height)| Step::Resize(width, height)),
        10 => Just(Step::Answer(None)),
        1 => prop::sample::select(vec![401, 403, 404, 500]).prop_map(|status| Step::Answer(Some(status))),
        1 => Just(Step::Tick),
        1 => (0..900_i64).prop_map(Step::Wait),
    ];
    prop::collection::vec(step, 0..300)
}

fn walk(desk: &mut Desk, step: &Step) {
    match step {
        Step::Key(code) => desk.send(Msg::Pressed(KeyEvent::from(*code))),
        Step::Ctrl(c) => desk.send(Msg::Pressed(KeyEvent::new(KeyCode::Char(*c), KeyModifiers::CONTROL))),
        Step::Paste(text) => desk.send(Msg::Pasted(text.clone())),
        Step::Resize(width, height) => desk.send(Msg::Resized(*width, *height)),
        Step::Answer(status) => {
            let Some(at) = desk.effects.iter().position(|effect| desk.answer(effect).is_some()) else {
                return;
            };
            let effect = desk.effects.remove(at);
            let answer = match (status, desk.answer(&effect)) {
                (Some(status), Some(answer)) => refused(answer, *status),
                (_, Some(answer)) => answer,
                (_, None) => return,
            };
            desk.send(answer);
        }
        Step::Tick => desk.send(Msg::Ticked),
        Step::Wait(seconds) => desk.now = desk.now_in(*seconds),
    }
}

/// The same answer as a failure; a search does not fail.
fn refused(answer: Msg, status: u16) -> Msg {
    match answer {
        Msg::PageArrived { generation, number, .. } => {
            Msg::PageArrived { generation, number, result: Err(failure(Doing::Page(number), status)) }
        }
        Msg::CustomerArrived { ticket, .. } => {
            Msg::CustomerArrived { ticket, result: Err(failure(Doing::Customer, status)) }
        }
        other => other,
    }
}

fn holds(desk: &mut Desk) -> Result<(), TestCaseError> {
    let app = &desk.app;
    let rows = app.row_count();
    prop_assert!(app.cursor.row() < rows.max(1), "the cursor is on row {} of {rows}", app.cursor.row());
    let window = app.window();
    prop_assert!(rows == 0 || window.contains(&app.cursor.row()), "the cursor is outside the window");
    prop_assert!(app.store.loading() <= AT_ONCE);
    let says = app.status().words;
    if says.contains("among all") {
        prop_assert!(app.store.scope().is_all(), "{}", says);
    }
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
        for step in &steps {
            walk(&mut desk, step);
            desk.forget_what_was_cancelled();
            holds(&mut desk)?;
        }
        // Everything that is still wanted is answered, and it comes to an end.
        for _ in 0..1000 {
            let Some(answer) = desk.next_answer() else { break };
            desk.send(answer);
            desk.forget_what_was_cancelled();
        }
        holds(&mut desk)?;
        prop_assert!(desk.next_answer().is_none(), "it never settles");
        prop_assert!(desk.app.load.rest.is_none(), "a load runs for ever");
        prop_assert!(!desk.app.is_searching_anew(), "a search runs for ever");
        prop_assert!(desk.app.card.as_ref().is_none_or(|card| card.asking.is_none()), "a card asks for ever");
        // Esc leads to the table in a few steps, and q quits from there.
        for _ in 0..6 {
            desk.send(Msg::Pressed(KeyEvent::from(KeyCode::Esc)));
        }
        prop_assert_eq!(desk.app.context(), Context::Table);
        desk.send(Msg::Pressed(KeyEvent::from(KeyCode::Char('q'))));
        prop_assert!(desk.effects.contains(&Effect::Quit));
    }
}
