//! What a key costs on the screen: the model's update and the drawing of what changed, at 120 × 40.
//!
//! `cargo bench --bench screen`

#![expect(clippy::expect_used, reason = "a bench that can't be set up has nothing to measure")]

mod town;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use cubedex::app::{App, Labels, ListId, Msg, Reply, Start};
use cubedex::cube::Moment;
use cubedex::fields::{FieldMap, Source};
use cubedex::keys::Keymap;
use cubedex::ui::{self, Themes};
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::Arc;
use town::SIZES;

fn main() {
    divan::main();
}

/// A browser in which the whole list is here.
struct Screen {
    app: App,
    terminal: Terminal<TestBackend>,
    themes: Themes,
}

impl Screen {
    fn of(customers: u64) -> Self {
        let fields =
            FieldMap::read(cubedex::demo::CUSTOM_FIELDS).map(|(fields, _)| fields).unwrap_or_default();
        let labels = Labels { fields, source: Source::Demo, problems: Vec::new() };
        let start = Start { labels, size: (120, 40), ..Start::default() };
        let keymap = Keymap::delivered().expect("the delivered keys");
        let (mut app, _) = App::new(start, keymap, Moment::at(0, 8, 12));
        let store = town::loaded(customers);
        for page in store.searchable() {
            let (list, result) = (ListId::default(), Ok(Arc::clone(&page.segment)));
            let reply = Reply::Page { list, generation: 0, number: page.page, result };
            let _ = app.update(Moment::at(0, 8, 12), Msg::Replied(reply));
        }
        let terminal = Terminal::new(TestBackend::new(120, 40)).expect("a screen in memory");
        Self { app, terminal, themes: Themes::delivered().expect("the delivered themes") }
    }

    fn press(&mut self, code: KeyCode) {
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        let _ = self.app.update(Moment::at(0, 8, 12), Msg::Pressed(key));
        let theme = self.themes.get(self.app.session.shown_theme());
        let drawn = self.terminal.draw(|frame| ui::draw(&self.app, theme, frame));
        let _ = drawn.expect("a screen in memory");
    }
}

fn pressing(bencher: Bencher<'_, '_>, customers: u64, before: &[KeyCode], keys: &[KeyCode]) {
    let mut screen = Screen::of(customers);
    for &key in before {
        screen.press(key);
    }
    let mut keys = keys.iter().cycle();
    bencher.bench_local(|| screen.press(*keys.next().expect("a cycle has no end")));
}

/// One row down.
#[divan::bench(args = SIZES)]
fn row(bencher: Bencher<'_, '_>, customers: u64) {
    pressing(bencher, customers, &[], &[KeyCode::Down]);
}

/// One window down.
#[divan::bench(args = SIZES)]
fn page(bencher: Bencher<'_, '_>, customers: u64) {
    pressing(bencher, customers, &[], &[KeyCode::PageDown]);
}

/// One row down, the card beside the table following.
#[divan::bench(args = SIZES)]
fn row_with_card(bencher: Bencher<'_, '_>, customers: u64) {
    pressing(bencher, customers, &[KeyCode::F(9)], &[KeyCode::Down]);
}

/// A card opened, then closed: half of it is the price of one.
#[divan::bench(args = SIZES)]
fn card(bencher: Bencher<'_, '_>, customers: u64) {
    pressing(bencher, customers, &[], &[KeyCode::Enter, KeyCode::Esc]);
}
