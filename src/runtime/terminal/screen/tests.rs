//! The screen over a surface that keeps what it is shown.

use std::{
    io,
    sync::{Arc, Mutex},
};

use ratatui::{
    Terminal,
    layout::{Position, Size},
    widgets::Paragraph,
};
use rstest::rstest;

use super::{Screen, Surface, clamped};

/// Keeps each frame as text; clones share it.
#[derive(Clone)]
struct Kept {
    /// `None` once it has vanished.
    size: Arc<Mutex<Option<Size>>>,
    frames: Arc<Mutex<Vec<String>>>,
}

impl Surface for Kept {
    fn size(&self) -> io::Result<Size> {
        self.size.lock().unwrap().ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    fn show(&self, frame: &[u8]) -> io::Result<()> {
        self.frames.lock().unwrap().push(String::from_utf8(frame.to_vec()).unwrap());
        Ok(())
    }
}

fn open(width: u16, height: u16) -> (Terminal<Screen>, Kept) {
    let kept = Kept { size: Arc::new(Mutex::new(Some(Size::new(width, height)))), frames: Arc::default() };
    (Terminal::new(Screen::new(kept.clone(), true)).unwrap(), kept)
}

/// Draws `text`, with the cursor at `cursor`, and returns what was written since the last call.
fn draw(terminal: &mut Terminal<Screen>, kept: &Kept, text: &str, cursor: Option<Position>) -> Vec<String> {
    terminal
        .draw(|frame| {
            frame.render_widget(Paragraph::new(text), frame.area());
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        })
        .unwrap();
    std::mem::take(&mut kept.frames.lock().unwrap())
}

#[rstest]
#[case::nothing((0, 0), (1, 1))]
#[case::one_cell((1, 1), (1, 1))]
#[case::usual((120, 40), (120, 40))]
#[case::largest((1000, 500), (1000, 500))]
#[case::absurd((u16::MAX, u16::MAX), (1000, 500))]
fn a_claimed_size_is_clamped_to_what_memory_can_hold(#[case] claimed: (u16, u16), #[case] drawn: (u16, u16)) {
    assert_eq!(clamped(claimed.into()), Size::from(drawn));
    let (mut terminal, _kept) = open(claimed.0, claimed.1);
    let area = terminal.draw(|_| ()).unwrap().area;
    assert_eq!((area.width, area.height), drawn);
}

#[test]
fn a_terminal_that_has_vanished_keeps_its_size() {
    let (mut terminal, kept) = open(10, 2);
    *kept.size.lock().unwrap() = None;
    assert_eq!(terminal.draw(|_| ()).unwrap().area.as_size(), Size::new(10, 2));
}

#[test]
fn a_frame_is_one_write_inside_a_synchronized_update() {
    let (mut terminal, kept) = open(10, 2);
    let frames = draw(&mut terminal, &kept, "Olas", Some(Position::new(4, 0)));
    let [frame] = frames.as_slice() else { panic!("{} writes", frames.len()) };
    assert!(frame.starts_with("\x1b[?2026h") && frame.ends_with("\x1b[?2026l"));
    assert_eq!(frame.matches("\x1b[?2026").count(), 2);
    assert!(frame.contains("Olas") && frame.contains("\x1b[?25h") && frame.contains("\x1b[1;5H"));
}

#[test]
fn a_frame_that_changes_nothing_is_not_written() {
    let (mut terminal, kept) = open(10, 2);
    for cursor in [None, Some(Position::new(2, 1))] {
        assert_eq!(draw(&mut terminal, &kept, "Olas", cursor).len(), 1);
        assert_eq!(draw(&mut terminal, &kept, "Olas", cursor), Vec::<String>::new());
    }
}

#[test]
fn drawing_puts_the_cursor_back_to_where_it_was() {
    let (mut terminal, kept) = open(10, 2);
    let cursor = Some(Position::new(4, 1));
    draw(&mut terminal, &kept, "Olas", cursor);
    let frames = draw(&mut terminal, &kept, "Kari", cursor);
    assert!(frames.concat().ends_with("\x1b[2;5H\x1b[?2026l"), "{frames:?}");
}

#[test]
fn clearing_draws_everything_again_and_hides_the_cursor_again() {
    let (mut terminal, kept) = open(10, 2);
    draw(&mut terminal, &kept, "Olas", None);
    terminal.clear().unwrap();
    let frames = draw(&mut terminal, &kept, "Olas", None);
    assert_eq!(frames.len(), 1, "clearing and drawing are one frame");
    let frame = frames.concat();
    let rows = "\x1b[1;1H\x1b[2K\x1b[2;1H\x1b[2K";
    assert!(frame.find(rows) < frame.find("\x1b[2J"), "row by row first: {frame:?}");
    assert!(frame.contains(rows) && frame.contains("Olas") && frame.contains("\x1b[?25l"), "{frame:?}");
}

#[test]
fn debug_output_holds_nothing_of_the_frame() {
    let (mut terminal, kept) = open(10, 2);
    draw(&mut terminal, &kept, "Olas", None);
    assert_eq!(format!("{:?}", terminal.backend()), "Screen { .. }");
}

#[test]
fn a_terminal_without_our_signs_gets_ascii_in_their_place() {
    let kept = Kept { size: Arc::new(Mutex::new(Some(Size::new(10, 1)))), frames: Arc::default() };
    let mut terminal = Terminal::new(Screen::new(kept.clone(), false)).unwrap();
    let frame = draw(&mut terminal, &kept, "▌Åse│x…", None).concat();
    assert!(frame.contains(">Åse|x~"), "{frame:?}");
}
