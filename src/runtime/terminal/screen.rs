//! What ratatui draws on: frames as one write each, of a size that memory can hold, and of nothing at all once the
//! terminal is no longer ours. Cells become escape sequences in ratatui's own crossterm backend.

use std::{
    cell, fmt, io,
    io::Write,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ratatui::{
    backend::{Backend, ClearType, CrosstermBackend, WindowSize},
    buffer::Cell,
    layout::{Position, Size},
};

use super::{device::wiped, session::Session};
use rows::{Placed, Rows};

pub(super) mod ascii;
mod rows;
#[cfg(test)]
mod tests;

/// The largest screen that is drawn, in columns and rows. Two buffers of this size are memory enough; a terminal
/// that claims 65535×65535 would have ratatui allocate hundreds of gigabytes.
const LARGEST: Size = Size::new(1000, 500);

/// Tells the terminal to keep showing the old frame until the new one is complete; one that does not know it does not mind.
const BEGIN: &[u8] = b"\x1b[?2026h";

/// Tells the terminal to show what came since [`BEGIN`].
const END: &[u8] = b"\x1b[?2026l";

/// A size that can be drawn: 1×1 to 1000×500. To be applied to the sizes in resize events too.
#[must_use]
pub fn clamped(size: Size) -> Size {
    Size::new(size.width.clamp(1, LARGEST.width), size.height.clamp(1, LARGEST.height))
}

/// Where frames end up: the terminal, or a test.
pub(super) trait Surface: Send {
    /// The size that it claims; any.
    fn size(&self) -> io::Result<Size>;
    /// Takes one whole frame.
    fn show(&self, frame: &[u8]) -> io::Result<()>;
}

impl Surface for &'static Session {
    fn size(&self) -> io::Result<Size> {
        Session::size(self)
    }

    fn show(&self, frame: &[u8]) -> io::Result<()> {
        Session::show(self, frame)
    }
}

/// The ratatui backend of this program.
///
/// All that is done to it is held back until [`Backend::flush`], which ratatui calls at the end of a frame, and is
/// then one write. A frame that changes nothing is none.
pub struct Screen {
    surface: Box<dyn Surface>,
    frame: Frame,
    inner: CrosstermBackend<Frame>,
    /// Whether the terminal knows our signs.
    knows_signs: bool,
    /// What the terminal's rows hold.
    rows: Rows,
    /// The size at the last time that the terminal had one.
    size: cell::Cell<Size>,
    /// Whether the cursor is shown; `None` when it is not known.
    shown: Option<bool>,
    /// Where the cursor stands; `None` when drawing has moved it.
    cursor: Option<Position>,
}

impl fmt::Debug for Screen {
    /// Without the frame: it is made of what customers are called.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Screen").finish_non_exhaustive()
    }
}

impl Screen {
    pub(super) fn new(surface: impl Surface + 'static, knows_signs: bool) -> Self {
        let frame = Frame::default();
        let inner = CrosstermBackend::new(frame.clone());
        Self {
            surface: Box::new(surface),
            frame,
            inner,
            knows_signs,
            rows: Rows::default(),
            size: cell::Cell::default(),
            shown: None,
            cursor: None,
        }
    }

    fn show(&mut self, shown: bool) -> io::Result<()> {
        if self.shown.replace(shown) == Some(shown) {
            return Ok(());
        }
        if shown { self.inner.show_cursor() } else { self.inner.hide_cursor() }
    }
}

impl Backend for Screen {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.cursor = None;
        let knows_signs = self.knows_signs;
        let shown = |cell: &Cell| if knows_signs { None } else { ascii::instead_of(cell) };
        let content = content.map(|(x, y, cell)| (x, y, shown(cell).unwrap_or_else(|| cell.clone())));
        let content: Vec<Placed> = content.collect();
        let size = clamped(self.size.get());
        let (single, whole) = self.rows.change(size, content);
        self.inner.draw(single.iter().map(|(x, y, cell)| (*x, *y, cell)))?;
        for y in whole {
            write!(self.frame, "\x1b[{};1H\x1b[0m\x1b[2K", u32::from(y) + 1)?;
            for run in self.rows.runs(y) {
                self.inner.draw(run.into_iter())?;
            }
        }
        Ok(())
    }

    fn append_lines(&mut self, lines: u16) -> io::Result<()> {
        self.cursor = None;
        self.inner.append_lines(lines)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true)
    }

    /// Where we put it last. The terminal is not asked: its answer would come in among the keys.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor.replace(position) == Some(position) {
            return Ok(());
        }
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// Also forgets what was known of the cursor: a screen is cleared when others may have written to it.
    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.shown = None;
        self.cursor = None;
        self.rows.clear();
        if region == ClearType::All {
            self.frame.write_all(&wiped(clamped(self.size.get()).height))?;
        }
        self.inner.clear_region(region)
    }

    /// The last one known where the terminal has vanished: that is no error of a frame, which then goes nowhere.
    fn size(&self) -> io::Result<Size> {
        let size = self.surface.size().unwrap_or_else(|_| self.size.get());
        self.size.set(size);
        Ok(clamped(size))
    }

    /// In cells only: nothing here draws pixels.
    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut frame = self.frame.bytes();
        if frame.is_empty() {
            return Ok(());
        }
        frame.extend_from_slice(END);
        let shown = self.surface.show(&frame);
        frame.clear();
        shown
    }
}

/// The bytes of the frame being made; both the crossterm backend, which flushes after every cursor command, and
/// [`Screen`], which knows when a frame is complete, hold it.
#[derive(Clone, Default)]
struct Frame(Arc<Mutex<Vec<u8>>>);

impl Frame {
    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Frame {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut frame = self.bytes();
        if frame.is_empty() {
            frame.extend_from_slice(BEGIN);
        }
        frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Nothing: a frame is sent when it is complete.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
