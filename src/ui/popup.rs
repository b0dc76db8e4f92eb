//! The help, the palette and the list of accounts, over everything else.

use crate::app::{App, Popup, PopupKind, PopupLine};
use crate::ui::fit::{cut_line, restyle};
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

pub(super) struct PopupList<'a> {
    pub app: &'a App,
    pub popup: &'a Popup,
    pub theme: &'a Theme,
}

impl Widget for PopupList<'_> {
    /// Covers the rows; the two lines at the bottom stay what they are.
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { app, popup, theme } = self;
        let area = Rect { y: area.y + 1, height: area.height.saturating_sub(3), ..area };
        Clear.render(area, buffer);
        buffer.set_style(area, theme.background);
        let heading = match popup.kind {
            PopupKind::Help => " Keys",
            PopupKind::Palette => " Actions",
            PopupKind::Profiles => " Accounts",
        };
        let line =
            |y| Rect { y: area.y + y, height: 1, width: area.width.min(WIDEST), ..area }.intersection(area);
        cut_line(vec![Span::styled(heading, theme.accent)], area.width.into()).render(line(0), buffer);
        let lines = app.popup_lines();
        if lines.is_empty() {
            cut_line(vec![Span::styled("   nothing is called that", theme.quiet)], area.width.into())
                .render(line(2), buffer);
        }
        let window = usize::from(area.height.saturating_sub(2));
        let (top, selected) = match popup.kind {
            PopupKind::Help => (popup.row, None),
            PopupKind::Palette | PopupKind::Profiles => {
                ((popup.row + 1).saturating_sub(window), Some(popup.row))
            }
        };
        for (y, (at, shown)) in (2..area.height).zip(lines.iter().enumerate().skip(top)) {
            let row = line(y);
            cut_line(spans(shown, theme), row.width.into()).render(row, buffer);
            if selected == Some(at) {
                buffer.set_style(row, theme.selected);
                restyle(buffer, row.x, row.y, "▌", theme.accent);
            }
        }
    }
}

fn spans<'a>(line: &'a PopupLine, theme: &Theme) -> Vec<Span<'a>> {
    match line {
        PopupLine::Title(title) => {
            vec![Span::styled(format!(" {title}"), theme.quiet.add_modifier(Modifier::UNDERLINED))]
        }
        PopupLine::Keys { keys, words, .. } => vec![
            Span::styled(format!("   {keys:<KEYS$} "), theme.data),
            Span::styled(words.as_str(), theme.quiet),
        ],
        PopupLine::Profile { name, place, is_open } => vec![
            Span::styled(format!("   {name:<KEYS$} "), theme.data),
            Span::styled(place.as_str(), theme.quiet),
            Span::styled(if *is_open { "  · open now" } else { "" }, theme.quiet),
        ],
        PopupLine::Text(text) => vec![Span::styled(format!("   {text}"), theme.quiet)],
    }
}
