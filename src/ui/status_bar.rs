//! The line above the hints: what is held, what is going on, what went wrong.

use crate::app::App;
use crate::app::status::{Status, Tone};
use crate::ui::fit::{cut_line, left_and_right};
use crate::ui::progress::bar;
use crate::ui::theme::Theme;
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
        let status = app.status();
        let mut left = vec![Span::raw(" ")];
        if let Some(find) = app.find.as_ref().filter(|find| !find.query.is_empty()) {
            left.push(Span::styled("/ ", theme.quiet));
            left.push(Span::styled(find.input.value(), theme.accent));
            left.push(Span::raw("   "));
        }
        let before: usize = left.iter().map(Span::width).sum();
        let right = format!("{} ", status.right);
        let room = usize::from(area.width).saturating_sub(before);
        let room_beside = room.saturating_sub(right.width() + 2);
        let beside = words(&status, room_beside, theme);
        if beside.iter().map(Span::width).sum::<usize>() > room_beside {
            // Where they do not fit beside each other, the words matter more than the row's number.
            left.extend(words(&status, room, theme));
            return cut_line(left, area.width.into()).render(area, buffer);
        }
        left.extend(beside);
        left_and_right(left, vec![Span::styled(right, theme.quiet)], area, buffer);
    }
}

/// What a status says, in `room` cells: with its bar where that fits, else without, else in shorter words.
pub(super) fn words(status: &Status, room: usize, theme: &Theme) -> Vec<Span<'static>> {
    let style = tone(status.tone, theme);
    let said = |words: &str| vec![Span::styled(words.to_owned(), style)];
    let mut forms = vec![said(&status.words)];
    if let Some(part) = status.progress {
        let after = Span::styled(format!("  {}", status.after), theme.quiet);
        let mut with_bar = said(&status.words);
        with_bar.push(Span::raw("   "));
        with_bar.extend(bar(part, theme));
        with_bar.push(after.clone());
        let mut without = said(&status.words);
        without.push(after);
        let mut key_first = said("Esc stops · ");
        key_first.extend(said(&status.words));
        forms = vec![with_bar, without, key_first];
    }
    if !status.short.is_empty() {
        forms.push(said(&status.short));
    }
    let last = forms.pop().unwrap_or_default();
    let fits = |form: &Vec<Span<'_>>| form.iter().map(Span::width).sum::<usize>() <= room;
    forms.into_iter().find(fits).unwrap_or(last)
}

pub(super) fn tone(tone: Tone, theme: &Theme) -> Style {
    match tone {
        Tone::Quiet => theme.quiet,
        Tone::Plain => theme.data,
        Tone::Problem => theme.problem,
    }
}
