//! How the screen is divided. A pure function of its size and of what is open: both `update` and `ui` call it.
//!
//! ```text
//! ┌──────────────────────────────────────────────────────────┐
//! │ header: account, list, how much is loaded                │
//! │ head of the columns              │ card: name, id, age   │
//! │ rows                           ▐ │                       │
//! │ …                              ▐ │ fields                │
//! │ status, or the line that is typed                        │
//! │ hints: what can be pressed now                           │
//! └──────────────────────────────────────────────────────────┘
//! ```

use ratatui::layout::Rect;

/// From this width on the card is beside the table; below it takes the table's place.
pub(super) const BESIDE_FROM: u16 = 100;
/// From this width on the browser opens with the card beside the table.
const OPENS_BESIDE_FROM: u16 = 140;
/// The narrowest card, and the narrowest table beside one.
const NARROWEST: (u16, u16) = (36, 50);
/// The widest card that is not asked for.
const WIDEST: u16 = 80;
/// The smallest screen on which anything but a word about it is drawn.
pub(super) const SMALLEST: (u16, u16) = (20, 5);

/// Where everything stands. An area of no width or height is not drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Layout {
    /// The first line.
    pub header: Rect,
    /// The names of the columns.
    pub head: Rect,
    /// The rows of customers, scrollbar not included.
    pub rows: Rect,
    /// The scrollbar beside the rows.
    pub scrollbar: Rect,
    /// The rule between table and card.
    pub rule: Rect,
    /// The card.
    pub card: Rect,
    /// What is going on, or the line that is typed.
    pub status: Rect,
    /// What can be pressed.
    pub hints: Rect,
}

impl Layout {
    /// Divides a screen of this size. `card` says whether a card is shown, `card_width` how wide the person wants it
    /// beside the table.
    #[must_use]
    pub fn new((width, height): (u16, u16), card: bool, card_width: Option<u16>) -> Self {
        if is_too_small((width, height)) {
            return Self::default();
        }
        let line = |y| Rect::new(0, y, width, 1);
        let body = Rect::new(0, 1, width, height - 3);
        let (table, rule, card) = match card {
            false => (body, Rect::default(), Rect::default()),
            true if width < BESIDE_FROM => (Rect::default(), Rect::default(), body),
            true => beside(body, card_width),
        };
        let rows = Rect { y: table.y + 1, height: table.height.saturating_sub(1), ..table };
        let scrollbar =
            Rect { x: (table.x + table.width).saturating_sub(1), width: table.width.min(1), ..rows };
        Self {
            header: line(0),
            head: Rect { height: table.height.min(1), width: table.width.saturating_sub(1), ..table },
            rows: Rect { width: table.width.saturating_sub(1), ..rows },
            scrollbar,
            rule,
            card,
            status: line(height - 2),
            hints: line(height - 1),
        }
    }

    /// How many rows of customers are in the window; what would be there while a card covers them.
    #[must_use]
    pub fn window(&self) -> usize {
        usize::from(self.rows.height.max(self.card.height.saturating_sub(1)).max(1))
    }

    /// Whether the table is on the screen.
    #[must_use]
    pub fn has_table(&self) -> bool {
        self.rows.width > 0
    }
}

/// Where the lines of a menu are: below its heading and a blank, above the status.
#[must_use]
pub fn menu((width, height): (u16, u16)) -> Rect {
    Rect::new(0, 3.min(height), width, height.saturating_sub(5))
}

/// Whether there is no room for anything.
#[must_use]
pub fn is_too_small((width, height): (u16, u16)) -> bool {
    width < SMALLEST.0 || height < SMALLEST.1
}

/// Whether there is room for a card beside the table.
pub(super) fn fits_beside(width: u16) -> bool {
    width >= BESIDE_FROM
}

/// Whether the browser opens with the card beside the table.
pub(super) fn opens_beside(width: u16) -> bool {
    width >= OPENS_BESIDE_FROM
}

/// How wide the card is beside the table on a screen of this width: as wanted, within bounds, else a third.
pub(super) fn card_width(width: u16, wanted: Option<u16>) -> u16 {
    let most = width.saturating_sub(NARROWEST.1 + 1).max(NARROWEST.0);
    wanted.unwrap_or((width / 3).min(WIDEST)).clamp(NARROWEST.0, most)
}

fn beside(body: Rect, wanted: Option<u16>) -> (Rect, Rect, Rect) {
    let width = card_width(body.width, wanted);
    let table = Rect { width: body.width - width - 1, ..body };
    let rule = Rect { x: table.width, width: 1, ..body };
    let card = Rect { x: table.width + 1, width, ..body };
    (table, rule, card)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::table_alone((80, 24), false, 20, 0)]
    #[case::the_card_takes_the_tables_place((80, 24), true, 0, 80)]
    #[case::the_card_stands_beside((120, 40), true, 36, 40)]
    #[case::a_wide_screen((200, 60), true, 56, 66)]
    fn the_card_stands_beside_the_table_where_there_is_room(
        #[case] size: (u16, u16),
        #[case] card: bool,
        #[case] rows: u16,
        #[case] card_width: u16,
    ) {
        let layout = Layout::new(size, card, None);
        assert_eq!((layout.rows.height, layout.card.width), (rows, card_width));
    }

    #[test]
    fn every_area_lies_on_the_screen_at_every_size() {
        for (width, height) in (0..210).step_by(7).flat_map(|w| (0..70).step_by(3).map(move |h| (w, h))) {
            for card in [false, true] {
                let Layout { header, head, rows, scrollbar, rule, card, status, hints } =
                    Layout::new((width, height), card, None);
                let screen = Rect::new(0, 0, width, height);
                for area in [header, head, rows, scrollbar, rule, card, status, hints] {
                    assert_eq!(area.intersection(screen).area(), area.area(), "{area:?} in {width}×{height}");
                }
            }
        }
    }
}
