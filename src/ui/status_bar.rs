//! The line above the hints: what is going on, what was found, what went wrong.

use crate::app::App;
use crate::language::tr;
use crate::ui::fit::{cut_line, left_and_right};
use crate::ui::progress::bar;
use crate::ui::theme::Theme;
use crate::words::{Progress, Said, Tone};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

pub(super) struct StatusBar<'a> {
    pub app: &'a App,
    pub theme: &'a Theme,
}

impl Widget for StatusBar<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let Self { app, theme } = self;
        let mut left = vec![Span::raw(" ")];
        if !app.list.find.is_empty() {
            left.push(Span::styled("/ ", theme.quiet));
            left.push(Span::styled(app.masks.typed(app.list.find.text()), theme.strong));
            left.push(Span::raw("   "));
        }
        let before: usize = left.iter().map(Span::width).sum();
        let right = format!("{} ", self.row());
        let room = usize::from(area.width).saturating_sub(before);
        let room_beside = room.saturating_sub(right.width() + 2);
        let (said, progress) = (app.said(), app.progress());
        let beside = words(&said, progress.as_ref(), room_beside, theme);
        if beside.iter().map(Span::width).sum::<usize>() > room_beside {
            // Where they do not fit beside each other, the words matter more than the row's number.
            left.extend(words(&said, progress.as_ref(), room, theme));
            return cut_line(left, area.width.into()).render(area, buffer);
        }
        left.extend(beside);
        left_and_right(left, vec![Span::styled(right, theme.quiet)], area, buffer);
    }
}

impl StatusBar<'_> {
    /// The number of the row under the cursor, and what turns while pages are on their way.
    fn row(&self) -> String {
        let row = self.app.row_number().map(|row| tr!("row {row}", row = crate::text::grouped(row)));
        let spinner = if self.app.list.store.loading() > 0 { self.app.spinner() } else { "" };
        [row.as_deref().unwrap_or_default(), spinner].join(" ").trim().to_owned()
    }
}

/// A sentence in `room` cells: with its bar where that fits, else without, else in shorter words.
pub(super) fn words(
    said: &Said,
    progress: Option<&Progress>,
    room: usize,
    theme: &Theme,
) -> Vec<Span<'static>> {
    let style = tone(said.tone, theme);
    let sentence = |words: &str| vec![Span::styled(words.to_owned(), style)];
    let mut forms = vec![sentence(&said.words)];
    if let Some(progress) = progress {
        let after = Span::styled(format!("  {}", progress.words), theme.quiet);
        let with = |words: &str, has_bar: bool| {
            let mut spans = sentence(words);
            if has_bar {
                spans.push(Span::raw("   "));
                spans.extend(bar(progress.done, theme));
            }
            spans.push(after.clone());
            spans
        };
        forms = vec![with(&said.words, true), with(&said.words, false), with(&said.short, false)];
    }
    if !said.short.is_empty() {
        forms.push(sentence(&said.short));
    }
    let last = forms.pop().unwrap_or_default();
    let fits = |form: &Vec<Span<'_>>| form.iter().map(Span::width).sum::<usize>() <= room;
    forms.into_iter().find(fits).unwrap_or(last)
}

pub(super) fn tone(tone: Tone, theme: &Theme) -> Style {
    match tone {
        Tone::Quiet => theme.quiet,
        Tone::Plain => theme.data,
        Tone::Warning => theme.warning,
        Tone::Problem => theme.problem,
    }
}
