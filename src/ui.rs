//! The screen: `draw` paints what [`App`] says, and changes nothing.
//!
//! ```text
//!  cubedex  acme · assignment 9                    12,340 customers · 1,000 loaded
//!  ID           Name                     Phone 1      │ Pers Hårklipperi AS
//! ▌9120011888   Pers Hårklipperi AS      90909088     │ 9120011888     read 08:12
//!  9120013102   Kari Ødegård             +4795499097  │
//!  ·······      ···············          ········   ▐ │ Class     A
//!  1,000 of 12,340 loaded                                               2 of 12,340
//!  ↑↓ move   ⏎ card   / search   0–9 look up   ? keys   q quit
//! ```

mod card;
mod empty;
mod fit;
mod header;
mod help;
mod hints;
mod line;
mod progress;
mod scrollbar;
mod status_bar;
mod table;
mod theme;

pub use theme::{BadTheme, Theme};

use crate::app::{App, is_too_small};
use ratatui::Frame;
use ratatui::widgets::Widget;

/// Paints the whole screen.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    if is_too_small((area.width, area.height)) {
        frame.render_widget(empty::TooSmall, area);
        return;
    }
    let layout = app.layout();
    let buffer = frame.buffer_mut();
    header::Header { app, theme }.render(layout.header, buffer);
    if layout.has_table() {
        table::Head { app, theme }.render(layout.head, buffer);
        match app.emptiness() {
            Some(lines) => empty::Empty { lines: &lines, theme }.render(layout.rows, buffer),
            None => table::Rows { app, theme }.render(layout.rows, buffer),
        }
        scrollbar::Scrollbar { app, theme }.render(layout.scrollbar, buffer);
    }
    card::Rule { theme }.render(layout.rule, buffer);
    card::CardPane { app, theme }.render(layout.card, buffer);
    hints::Hints { app, theme }.render(layout.hints, buffer);
    if app.help.is_some() {
        help::Help { app, theme }.render(area, buffer);
    }
    match app.find.as_ref().filter(|_| app.is_typing()) {
        Some(find) => {
            let cursor = line::Line { app, find, theme }.render(layout.status, buffer);
            frame.set_cursor_position(cursor);
        }
        None => status_bar::StatusBar { app, theme }.render(layout.status, buffer),
    }
}
