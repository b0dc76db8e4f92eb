//! The help, the palette and the list of accounts, over everything else.

use crate::app::{App, Menu, MenuKind, MenuLine, Profile, menu_area};
use crate::language::tr;
use crate::ui::fit::{cut_line, mark_row};
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::Span;
use ratatui::widgets::{Clear, Widget};

/// How wide the keys' names are.
const KEYS: usize = 18;
/// Wider lines are no easier to read.
const WIDEST: u16 = 100;

pub(super) struct MenuPane<'a> {
    pub app: &'a App,
    pub menu: &'a Menu,
    pub theme: &'a Theme,
}

impl Widget for MenuPane<'_> {
    /// Covers the rows; the two lines at the bottom stay what they are.
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { app, menu, theme } = self;
        let rows = menu_area((area.width, area.height));
        let area = Rect { y: area.y + 1, height: area.height.saturating_sub(3), ..area };
        Clear.render(area, buffer);
        buffer.set_style(area, theme.background);
        let heading = match menu.kind {
            MenuKind::Help(_) => tr!(" Keys"),
            MenuKind::Palette => tr!(" Actions"),
            MenuKind::Profiles => tr!(" Accounts"),
        };
        let line = |y| Rect { y, height: 1, width: area.width.min(WIDEST), ..area }.intersection(area);
        cut_line(vec![Span::styled(heading, theme.strong)], area.width.into()).render(line(area.y), buffer);
        let lines = app.menu_lines();
        if lines.is_empty() {
            cut_line(vec![Span::styled(tr!("   No key or action matches"), theme.quiet)], area.width.into())
                .render(line(rows.y), buffer);
        }
        let top = menu.first_shown(rows.height.into());
        let selected = (!matches!(menu.kind, MenuKind::Help(_))).then_some(menu.narrowed.row);
        for (y, (at, shown)) in (rows.y..rows.bottom()).zip(lines.iter().enumerate().skip(top)) {
            let row = line(y);
            cut_line(spans(shown, theme), row.width.into()).render(row, buffer);
            if selected == Some(at) {
                mark_row(buffer, row, theme);
            }
        }
    }
}

fn spans<'a>(line: &'a MenuLine, theme: &Theme) -> Vec<Span<'a>> {
    match line {
        MenuLine::Title(title) => {
            vec![Span::styled(format!(" {title}"), theme.quiet.add_modifier(Modifier::UNDERLINED))]
        }
        MenuLine::Keys { keys, words, .. } => vec![
            Span::styled(format!("   {keys:<KEYS$} "), theme.data),
            Span::styled(words.as_str(), theme.quiet),
        ],
        MenuLine::Profile { profile: Profile { name, place, .. }, is_open } => vec![
            Span::styled(format!("   {name:<KEYS$} "), theme.data),
            Span::styled(place.as_str(), theme.quiet),
            Span::styled(if *is_open { tr!("  · open now") } else { String::new() }, theme.quiet),
        ],
        MenuLine::Text(text) => vec![Span::styled(format!("   {text}"), theme.quiet)],
    }
}
