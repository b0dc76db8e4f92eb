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

mod banner;
mod card;
mod columns;
mod compare;
mod empty;
mod fit;
mod form;
mod header;
mod hints;
mod large;
mod line;
mod matched;
mod menu;
mod pick;
mod progress;
mod scrollbar;
mod status_bar;
mod table;
mod theme;
mod values;

#[cfg(test)]
mod tests;

pub use theme::{BadTheme, Theme, Themes};

use crate::app::layers::Layer;
use crate::app::{App, ColumnMenu, Menu, Pick, ValueMenu, is_too_small};
use crate::keys::Context;
use ratatui::Frame;
use ratatui::widgets::Widget;

/// Paints the whole screen.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let theme = &theme.with_accent(app.session.account.accent);
    let area = frame.area();
    frame.buffer_mut().set_style(area, theme.background);
    if is_too_small((area.width, area.height)) {
        frame.render_widget(empty::TooSmall, area);
        return;
    }
    let layout = app.layout();
    let buffer = frame.buffer_mut();
    header::Header { app, theme }.render(layout.header, buffer);
    if layout.has_table() {
        let matches = matched::Matches::new(app, layout.rows.width, layout.window());
        let matches = &matches;
        table::Head { app, matches, theme }.render(layout.head, buffer);
        match app.emptiness() {
            Some(lines) => empty::Empty { lines: &lines, theme }.render(layout.rows, buffer),
            None => table::Rows { app, matches, theme }.render(layout.rows, buffer),
        }
        let (count, top) = (app.list.row_count(), app.list.cursor.top());
        scrollbar::Scrollbar { count, top, theme }.render(layout.scrollbar, buffer);
    }
    card::Rule { theme }.render(layout.rule, buffer);
    let in_form = if let Some(form) = app.layers.form() {
        form::FormPane { app, form, theme }.render(layout.card, buffer)
    } else {
        card::CardPane { app, theme }.render(layout.card, buffer);
        None
    };
    hints::Hints { app, theme }.render(layout.hints, buffer);
    if let Some(menu) = app.layers.menu() {
        menu::MenuPane { app, menu, theme }.render(area, buffer);
    }
    if let Some(menu) = app.layers.columns() {
        columns::ColumnsPane { menu, theme, masks: &app.masks, schema: app.list.schema }.render(area, buffer);
    }
    if let Some(menu) = app.layers.values() {
        values::ValuesPane { app, menu, theme }.render(area, buffer);
    }
    if let Some(pick) = app.layers.pick() {
        pick::PickPane { pick, theme }.render(area, buffer);
    }
    if let Some(compare) = app.layers.compare() {
        compare::ComparePane { compare, keys: app.keys(), theme }.render(area, buffer);
    }
    if let Some(large) = app.layers.large() {
        large::LargePane { large, theme }.render(area, buffer);
    }
    if let Some(caller) = app.banner() {
        banner::CallerBanner { words: caller.said(&app.keys()), theme }.render(layout.status, buffer);
    }
    let cursor = open_line(app, theme).map(|line| line.render(layout.status, buffer));
    let is_in_line = cursor.is_some();
    let cursor = cursor.or(in_form.filter(|_| app.context() == Context::Form));
    if !is_in_line {
        status_bar::StatusBar { app, theme }.render(layout.status, buffer);
    }
    fit::settle_cells(buffer);
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// The line that has the focus. `None` while the status line is drawn instead.
fn open_line<'a>(app: &'a App, theme: &'a Theme) -> Option<line::Line<'a>> {
    let (sign, input, is_selected) = match app.layers.top()? {
        Layer::Line(line) => ("/", &line.input, line.is_selected),
        Layer::Card(card) if card.is_typing() => ("/", &card.field_find()?.input, false),
        Layer::Menu(Menu { narrowed, .. })
        | Layer::Columns(ColumnMenu { narrowed, .. })
        | Layer::Values(ValueMenu { narrowed, .. })
        | Layer::Pick(Pick { narrowed, .. }) => (":", &narrowed.input, false),
        Layer::Export(line) => (">", &line.input, false),
        Layer::Credential(line) => ("*", line.dots(), false),
        Layer::Card(_) | Layer::Form(_) | Layer::Large(_) | Layer::Compare(_) => return None,
    };
    Some(line::Line {
        sign,
        input,
        is_selected,
        said: app.said(),
        progress: app.progress(),
        masks: &app.masks,
        theme,
    })
}
