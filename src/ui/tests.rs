//! The screen from a model without a loop: hostile names, and every size down to nothing.

mod norwegian;
mod walk;

use super::*;
use crate::app::{Account, Effect, Labels, ListId, Msg, Reply, Session, Start, Task, ThemeName};
use crate::cube::{Moment, Page};
use crate::fields::{FieldMap, Source};
use crate::keys::Keymap;
use crate::list::{Packing, Segment};
use crate::search;
use crate::text::oracle;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const NOW: Moment = Moment::at(0, 8, 12);

/// What servers have sent, or could.
const HOSTILE: [&str; 13] = [
    r"Invoice\u202egnp.exe",
    r"\u001b[2J\u001b[31mRED",
    "漢字テスト漢字テスト漢字テスト漢字テスト漢字テスト漢字テスト漢字テスト",
    r"\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
    r"Kari\u200bOlsen\ufeff",
    r"a\tb\r\nc\u0085d\u2028e",
    r"e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    r"\u05de\u05d5\u05d8\u05d9",
    "",
    // Each of these is a grapheme of its own and has no width.
    r"a\u11a8\u1161\u11a8\u1161\u11a8\u1161\u11a8\u1161\u11a8\u1161\u11a8\u1161\u11a8\u1161\u11a8\u1161",
    r"\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    r"\u009b31m\u0090q\u009d0;x\u0007\u061c\u2066\u2069\u200e\u115f\u3164\ud800\udb40\udc41",
    r"\ud83d\udc68\u200d\ud83d\udc68\u200d\ud83d\udc68\u200d\ud83d\udc68\u200d\ud83d\udc68\u200d\ud83d\udc68\u200d",
];

fn hostile_page() -> Arc<Segment> {
    let records: Vec<String> = HOSTILE
        .iter()
        .enumerate()
        .map(|(id, name)| {
            format!(
                r#"{{"crm__customer_id":"{id}","crm__standard_info__name":"{name}","crm__standard_info__phone_1":"{name}","crm__standard_info__email":"{name}","crm__custom_info__17":"{name}","{name}":"{name}"}}"#
            )
        })
        .collect();
    let body = format!(r#"{{"count":13,"next":null,"results":[{}]}}"#, records.join(","));
    Arc::new(Segment::new(&Page::from_json(1, body, NOW).unwrap(), &Packing::default()))
}

fn session() -> Session {
    let account = Account { name: "acme".into(), list: "assignment 9".into(), ..Account::default() };
    Session { account, ..Session::default() }
}

/// A browser over the hostile page, after these keys: `⏎` Enter, `↓` down, `①` F1, `⑦` F7, `⎋` Esc, `⌘` Ctrl+P.
fn app(size: (u16, u16), keys: &str) -> App {
    let (fields, _) = FieldMap::read("{\"17\": \"Cl\\u202eass\"}").unwrap();
    let labels = Labels { fields, source: Source::Demo, problems: Vec::new() };
    let start = Start { session: session(), labels, size, ..Start::default() };
    let (mut app, _) = App::new(start, Keymap::delivered().unwrap(), NOW);
    let (list, result) = (ListId::default(), Ok(hostile_page()));
    let _ = app.update(NOW, Msg::Replied(Reply::Page { list, generation: 0, number: 1, result }));
    for c in keys.chars() {
        let code = match c {
            '⏎' => KeyCode::Enter,
            '↓' => KeyCode::Down,
            '①' => KeyCode::F(1),
            '⑦' => KeyCode::F(7),
            '⎋' => KeyCode::Esc,
            c => KeyCode::Char(c),
        };
        let key = if c == '⌘' {
            KeyEvent::new(KeyCode::Char('p'), crossterm::event::KeyModifiers::CONTROL)
        } else {
            KeyEvent::from(code)
        };
        let mut effects = app.update(NOW, Msg::Pressed(key));
        while let Some(effect) = effects.pop() {
            if let Effect::Task(Task::Search { ticket, query, pages }) = effect {
                let hits = search::run(&query, &pages, &AtomicBool::new(false)).unwrap();
                effects.extend(app.update(NOW, Msg::Replied(Reply::Searched { ticket, hits })));
            }
        }
    }
    app
}

fn drawn(app: &App, (width, height): (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let themes = Themes::delivered().unwrap();
    terminal.draw(|frame| draw(app, themes.get(app.session.shown_theme()), frame)).unwrap();
    terminal.backend().buffer().clone()
}

fn lines(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width).max(1);
    let line = |cells: &[Cell]| cells.iter().map(Cell::symbol).collect::<String>().trim_end().to_owned();
    buffer.content.chunks(width).map(line).collect()
}

/// Fails if a cell holds what no terminal should get, or more than a cell may hold.
fn assert_clean(buffer: &Buffer, when: &str) {
    for symbol in buffer.content.iter().map(Cell::symbol) {
        assert!(!symbol.chars().any(oracle::is_banned_anywhere), "{symbol:?} at {when}");
        assert!(oracle::is_bounded(symbol), "{symbol:?} at {when}");
    }
}

/// The moments of a day: table, card, raw card, search, a number, help, palette, card's find.
const MOMENTS: [&str; 8] = ["", "⏎", "⏎z", "/a", "12x", "①", "⌘", "⏎/c"];

#[test]
fn nothing_banned_reaches_the_screen_at_any_size() {
    for size in [(0, 0), (1, 1), (3, 2), (19, 5), (20, 5), (33, 7), (41, 12), (80, 24), (101, 30), (120, 40)]
    {
        for keys in MOMENTS {
            let buffer = drawn(&app(size, keys), size);
            assert_clean(&buffer, &format!("{size:?} after {keys:?}"));
        }
    }
}

#[test]
fn a_wide_character_is_never_cut_in_half() {
    for width in 40..80 {
        let size = (width, 14);
        let buffer = drawn(&app(size, ""), size);
        let row = lines(&buffer).into_iter().find(|line| line.contains('漢')).unwrap();
        assert!(row.contains('…'), "{width}: {row}");
        // Each of the two columns of a wide character belongs to it, so that what follows stays in its place.
        let header = lines(&buffer).swap_remove(1);
        let phone = header.find("Phone 1").map(|at| header.get(..at).unwrap().chars().count());
        if let Some(phone) = phone {
            let row = &buffer.content[usize::from(width) * 4..usize::from(width) * 5];
            assert_eq!(row[phone].symbol(), "漢", "{width}");
        }
    }
}

#[rstest::rstest]
#[case::it_is_no_column("17:kari", true)]
#[case::whoever_has_another_value_shows_it("-17:=kari", true)]
#[case::it_is_a_column("⑦cl ⎋17:kari", false)]
fn a_field_that_is_asked_for_has_a_column_for_matches_where_it_is_no_column_itself(
    #[case] keys: &str,
    #[case] has_column: bool,
) {
    let head = lines(&drawn(&app((80, 20), keys), (80, 20))).remove(1);
    assert_eq!(head.contains("Match"), has_column, "{head}");
    assert!(head.contains("ID") && head.contains("Name"), "{head}");
}

#[rstest::rstest]
#[case::the_account_and_all_words(
    80,
    "assignment 9",
    "▌cubedex  acme · assignment 9              2 of 12,340 customers loaded (08:12)"
)]
#[case::fewer_words(
    80,
    "B2C customers of data owner 2",
    "▌cubedex  acme · B2C customers of data owner 2              2 of 12,340 (08:12)"
)]
#[case::the_list_is_cut(
    60,
    "B2C customers of data owner 2",
    "▌cubedex  acme · B2C customers of dat…  2 of 12,340 (08:12)"
)]
fn the_header_says_how_much_is_loaded_beside_any_list(
    #[case] width: u16,
    #[case] list: &str,
    #[case] expected: &str,
) {
    let account = Account { list: list.into(), ..session().account };
    let session = Session { account, ..session() };
    let start = Start { session, size: (width, 24), ..Start::default() };
    let (mut app, _) = App::new(start, Keymap::delivered().unwrap(), NOW);
    let body = r#"{"count":12340,"next":"n","results":[{"crm__customer_id":"1"},{"crm__customer_id":"2"}]}"#;
    let page = Segment::new(&Page::from_json(1, body.to_owned(), NOW).unwrap(), &Packing::default());
    let (list, result) = (ListId::default(), Ok(Arc::new(page)));
    let _ = app.update(NOW, Msg::Replied(Reply::Page { list, generation: 0, number: 1, result }));
    assert_eq!(lines(&drawn(&app, (width, 24)))[0], expected);
}

#[test]
fn a_marked_row_has_its_sign_under_the_cursor_too_and_is_bold_in_every_theme() {
    let app = app((80, 20), "  ");
    let last = Themes::without_color();
    for theme in [last.get(ThemeName::Auto), Themes::delivered().unwrap().get(ThemeName::Dark)] {
        let mut terminal = Terminal::new(TestBackend::new(80, 20)).unwrap();
        terminal.draw(|frame| draw(&app, theme, frame)).unwrap();
        let cell = |row| terminal.backend().buffer()[(0, row)].symbol().to_owned();
        assert_eq!([cell(2), cell(3), cell(4)], ["•", "•", "▌"]);
        let is_bold = |row| terminal.backend().buffer()[(1, row)].modifier.contains(Modifier::BOLD);
        assert!(is_bold(2) && is_bold(3) && !is_bold(5));
    }
}

#[test]
fn a_row_that_hides_something_is_marked_and_the_card_names_it() {
    let size = (80, 24);
    let table = lines(&drawn(&app(size, "↓"), size));
    assert!(table[2].starts_with("!0"), "{}", table[2]);
    assert!(table[2].contains("Invoicegnp.exe"), "{}", table[2]);
    assert!(table[6].starts_with("!4"), "{}", table[6]);
    assert!(table[9].starts_with(" 7"), "right-to-left letters are no trick: {}", table[9]);
    let card = lines(&drawn(&app(size, "⏎"), size)).join("\n");
    assert!(card.contains("Invoice<RLO>gnp.exe"), "{card}");
    assert!(card.contains("Class"), "{card}");
}

#[test]
fn a_window_that_is_too_small_says_so_and_no_more() {
    let size = (18, 4);
    assert_eq!(lines(&drawn(&app(size, ""), size)), ["window too small", "", "", ""]);
}
