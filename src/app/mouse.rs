//! The mouse, where it is wanted: the wheel scrolls what is under it, a click marks, and a click on what is marked opens it.

use super::App;
use super::layers::{Layer, MenuKind};
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
                self.open_no_caller();
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
                let (_, layers, env) = self.parts();
                if let Some(card) = layers.card_mut() {
                    card.scroll_by(&env, lines);
                }
            }
            _ => {
                let (list, _, env) = self.parts();
                list.scroll_by(&env, lines);
            }
        }
    }

    fn click(&mut self, at: Position) {
        let layout = self.layout();
        match self.layers.top() {
            Some(Layer::Menu(_)) => self.click_menu(at),
            Some(Layer::Columns(_)) => self.click_columns(at),
            Some(Layer::Values(_)) => self.click_values(at),
            Some(Layer::Pick(_)) => self.click_pick(at),
            Some(
                Layer::Credential(_)
                | Layer::Form(_)
                | Layer::Large(_)
                | Layer::Compare(_)
                | Layer::Export(_),
            ) => {}
            _ if layout.card.contains(at) => self.click_card(at),
            _ if layout.rows.contains(at) => self.click_table(usize::from(at.y - layout.rows.y)),
            _ => {}
        }
    }

    fn click_table(&mut self, line: usize) {
        let window = self.layout().window();
        let Some(row) = self.list.row_at(window, line) else { return };
        if matches!(self.context(), Context::Card | Context::Field) {
            self.leave_card();
        }
        let is_marked = self.marked_row() == Some(row);
        let (list, _, env) = self.parts();
        list.move_to(&env, row);
        if is_marked {
            self.act(Action::Open);
        }
    }

    fn click_card(&mut self, at: Position) {
        if !matches!(self.context(), Context::Card | Context::Field) {
            self.open_selected();
        }
        let (fields, area) = (self.card_area(), self.layout().card);
        if let Some(card) = self.layers.card_mut().filter(|_| area.contains(at) && at.y < fields.y) {
            return card.mark_head();
        }
        if let Some(card) = self.layers.card_mut().filter(|_| fields.contains(at)) {
            card.mark_line(usize::from(at.y - fields.y));
        }
    }

    fn click_columns(&mut self, at: Position) {
        let area = super::layout::menu(self.screen.size);
        let Some(menu) = self.layers.columns_mut().filter(|_| area.contains(at)) else { return };
        let row = menu.first_shown(area.height.into()) + usize::from(at.y - area.y);
        if row < menu.lines().len() {
            if menu.row == row {
                return self.act(Action::ShowColumn);
            }
            menu.row = row;
        }
    }

    fn click_values(&mut self, at: Position) {
        let area = super::layout::menu(self.screen.size);
        let Some(menu) = self.layers.values_mut().filter(|_| area.contains(at)) else { return };
        let row = menu.first_shown(area.height.into()) + usize::from(at.y - area.y);
        if row < menu.lines().len() {
            if menu.row == row {
                return self.act(Action::Open);
            }
            menu.row = row;
        }
    }

    fn click_pick(&mut self, at: Position) {
        let area = super::layout::menu(self.screen.size);
        let Some(Layer::Pick(pick)) = self.layers.top_mut().filter(|_| area.contains(at)) else { return };
        let (height, line) = (pick.list_height(area.height), at.y - area.y);
        let row = pick.first_shown(height.into()) + usize::from(line);
        if line < height && row < pick.lines().len() {
            if pick.row == row {
                return self.act(Action::Open);
            }
            pick.row = row;
        }
    }

    fn click_menu(&mut self, at: Position) {
        let lines = self.menu_lines().len();
        let area = super::layout::menu(self.screen.size);
        let Some(Layer::Menu(menu)) = self.layers.top_mut().filter(|_| area.contains(at)) else { return };
        let row = menu.first_shown(area.height.into()) + usize::from(at.y - area.y);
        if matches!(menu.kind, MenuKind::Help(_)) || row >= lines {
            return;
        }
        if menu.row == row {
            return self.act(Action::Open);
        }
        menu.row = row;
    }
}
