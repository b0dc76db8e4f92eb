//! Reports of the mouse, in the three forms that terminals have for them.

use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// `ESC [ M` and three bytes, each with 32 added.
pub(super) fn of_bytes(buttons: u8, column: u8, row: u8) -> Option<Event> {
    let [buttons, column, row] = [buttons, column, row].map(|byte| u16::from(byte.saturating_sub(32)));
    event(buttons, column, row, false)
}

/// `ESC [ buttons ; column ; row M`, with 32 added to the buttons.
pub(super) fn of_numbers(buttons: u16, column: u16, row: u16) -> Option<Event> {
    event(buttons.checked_sub(32)?, column, row, false)
}

/// `ESC [ < buttons ; column ; row M`, or `m` when a button was let go.
pub(super) fn of_exact(buttons: u16, column: u16, row: u16, is_released: bool) -> Option<Event> {
    event(buttons, column, row, is_released)
}

/// Columns and rows count from 1; a 0, which no terminal should send, is the first too.
fn event(buttons: u16, column: u16, row: u16, is_released: bool) -> Option<Event> {
    let is_moving = buttons & 32 != 0;
    let button = match buttons & 3 {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        _ => None,
    };
    let kind = match (buttons >> 6, button) {
        (0, Some(button)) if is_moving => MouseEventKind::Drag(button),
        (0, Some(button)) if is_released => MouseEventKind::Up(button),
        (0, Some(button)) => MouseEventKind::Down(button),
        (0, None) if is_moving => MouseEventKind::Moved,
        // Which of them was let go is not said here.
        (0, None) => MouseEventKind::Up(MouseButton::Left),
        (1, _) => match buttons & 3 {
            0 => MouseEventKind::ScrollUp,
            1 => MouseEventKind::ScrollDown,
            2 => MouseEventKind::ScrollLeft,
            _ => MouseEventKind::ScrollRight,
        },
        _ => return None,
    };
    let held = [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)];
    let modifiers = held.into_iter().filter(|(bit, _)| buttons & bit != 0).map(|(_, held)| held).collect();
    let (column, row) = (column.saturating_sub(1), row.saturating_sub(1));
    Some(Event::Mouse(MouseEvent { kind, column, row, modifiers }))
}
