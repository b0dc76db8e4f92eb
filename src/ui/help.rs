//! All keys, over everything else.

use crate::app::{App, HelpLine, help_lines};
use crate::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

/// How wide the keys' names are.
const KEYS: usize = 16;

pub(super) struct Help<'a> {
    pub app: &'a App,
    pub theme: &'a Theme,
}

impl Widget for Help<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let area = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(2),
            ..area
        };
        Clear.render(area, buffer);
        let top = self.app.help.unwrap_or_default();
        let lines = help_lines(self.app);
        for (y, line) in (area.y..area.y + area.height).zip(lines.iter().skip(top)) {
            let row = Rect { y, height: 1, ..area };
            match line {
                HelpLine::Title(title) => {
                    Line::from(vec![Span::styled(format!(" {title}"), self.theme.accent)])
                }
                HelpLine::Keys { keys, words } => Line::from(vec![
                    Span::styled(format!("   {keys:<KEYS$}"), self.theme.data),
                    Span::styled(format!(" {words}"), self.theme.quiet),
                ]),
                HelpLine::Text(text) => Line::styled(format!("   {text}"), self.theme.quiet),
                HelpLine::Space => continue,
            }
            .render(row, buffer);
        }
    }
}
