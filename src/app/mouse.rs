//! The mouse, where it is wanted: the wheel scrolls what is under it, a click selects, and a click on what is selected
//! opens it; a click on the head of a column sorts by it.

use super::layers::{Layer, MenuKind};
use super::{App, Parts, route};
use crate::keys::{Action, Context};
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

/// How many lines a notch of the wheel scrolls.
const NOTCH: isize = 3;

impl App {
    pub(super) fn moused(&mut self, mouse: MouseEvent) {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollUp => self.turn_wheel(at, -NOTCH),
            MouseEventKind::ScrollDown => self.turn_wheel(at, NOTCH),
            MouseEventKind::Down(MouseButton::Left) => {
                self.forget_what_was_said();
                self.layers.open_no_caller();
                self.click(at);
            }
            _ => {}
        }
    }

    fn turn_wheel(&mut self, at: Position, lines: isize) {
        let layout = self.layout();
        match self.layers.top() {
            // In a form a click does nothing, so that none can change a customer.
            Some(
                Layer::Menu(_)
                | Layer::Columns(_)
                | Layer::Values(_)
                | Layer::Pick(_)
                | Layer::Compare(_)
                | Layer::Form(_),
            ) => {
                let action = if lines < 0 { Action::Up } else { Action::Down };
                (0..lines.unsigned_abs()).for_each(|_| self.act(action));
            }
            Some(Layer::Credential(_) | Layer::Large(_) | Layer::Export(_)) => {}
            _ if layout.card.contains(at) || !layout.has_table() => {
                let Parts { layers, env, .. } = self.parts();
                if let Some(card) = layers.card_mut() {
                    card.scroll_by(&env, lines);
                }
            }
            _ => {
                let Parts { list, env, .. } = self.parts();
                list.scroll_by(&env, lines);
            }
        }
    }

    fn click(&mut self, at: Position) {
        let layout = self.layout();
        match self.layers.top() {
            Some(Layer::Menu(_) | Layer::Columns(_) | Layer::Values(_) | Layer::Pick(_)) => {
                self.click_list(at);
            }
            Some(
                Layer::Credential(_)
                | Layer::Form(_)
                | Layer::Large(_)
                | Layer::Compare(_)
                | Layer::Export(_),
            ) => {}
            _ if layout.card.contains(at) => self.click_card(at),
            _ if layout.rows.contains(at) => self.click_table(usize::from(at.y - layout.rows.y)),
            _ if layout.head.contains(at) => self.click_head(at.x - layout.head.x),
            _ => {}
        }
    }

    fn click_table(&mut self, line: usize) {
        let window = self.layout().window();
        let Some(row) = self.list.row_at(window, line) else { return };
        let Parts { list, layers, mut env, .. } = self.parts();
        if matches!(layers.context(), Context::Card | Context::Field) {
            // The row is one of those that are seen, wherever the card was opened.
            layers.beside |= env.fits_beside;
            layers.close_card(&mut env);
        }
        let is_under_cursor = layers.cursor_row(list) == Some(row);
        list.move_to(&env, row);
        if is_under_cursor {
            self.act(Action::Open);
        }
    }

    /// Goes to the column whose head is at this cell, and sorts by it as the key does. Hits are not sorted while the line
    /// is open.
    fn click_head(&mut self, x: u16) {
        let width = self.layout().rows.width;
        if self.context() == Context::Table && self.list.move_column_cursor_to(width, x) {
            self.act(Action::Sort);
        }
    }

    fn click_card(&mut self, at: Position) {
        if !matches!(self.context(), Context::Card | Context::Field) {
            route::open_selected(&mut self.parts());
        }
        let (fields, area) = (self.card_area(), self.layout().card);
        if let Some(card) = self.layers.card_mut().filter(|_| area.contains(at) && at.y < fields.y) {
            return card.mark_head();
        }
        if let Some(card) = self.layers.card_mut().filter(|_| fields.contains(at)) {
            card.mark_line(usize::from(at.y - fields.y));
        }
    }

    /// Selects a line of a list; one that was selected is chosen.
    fn click_list(&mut self, at: Position) {
        let area = super::layout::menu(self.screen.size);
        let menu_lines = self.layers.menu().map_or(0, |_| self.menu_lines().len());
        if !area.contains(at) {
            return;
        }
        let line = usize::from(at.y - area.y);
        let window = usize::from(area.height);
        let (narrowed, lines, window, chooses) = match self.layers.top_mut() {
            Some(Layer::Menu(menu)) if !matches!(menu.kind, MenuKind::Help(_)) => {
                (&mut menu.narrowed, menu_lines, window, Action::Open)
            }
            Some(Layer::Columns(menu)) => {
                let lines = menu.lines().len();
                (&mut menu.narrowed, lines, window, Action::ShowColumn)
            }
            Some(Layer::Values(menu)) => {
                let lines = menu.lines().len();
                (&mut menu.narrowed, lines, window, Action::Open)
            }
            Some(Layer::Pick(pick)) => {
                let (lines, window) = (pick.lines().len(), pick.list_height(area.height).into());
                (&mut pick.narrowed, lines, window, Action::Open)
            }
            _ => return,
        };
        let row = narrowed.first_shown(window) + line;
        if line < window && row < lines && narrowed.click(row) {
            self.act(chooses);
        }
    }
}
