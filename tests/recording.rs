//! The recording at the top of the README: the true screens of a call, one after the other, as an SVG that moves by
//! itself. A test keeps it true; `CUBEDEX_DRAW=1 cargo test --test suite recording` draws it anew.

use crate::harness::{Screen, Town};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The terminal, in columns and rows.
const SIZE: (u16, u16) = (100, 22);
/// One cell, in pixels.
const CELL: (usize, usize) = (8, 18);
/// Around the screen.
const MARGIN: usize = 14;
/// The largest file that a page of text should have to load.
const LARGEST: usize = 200_000;

/// The colours of the recording's terminal.
const BACKGROUND: &str = "#16191d";
const FOREGROUND: &str = "#e6e6e6";

/// One screen, and for how many hundredths of a second it stays.
struct Frame {
    cells: Buffer,
    stays: usize,
}

/// What is seen in one row: its place, what it says, and during which frames.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    y: usize,
    drawn: String,
}

/// A person at the keys.
struct Desk {
    screen: Screen,
    frames: Vec<Frame>,
}

impl Desk {
    async fn press(mut self, key: &str, stays: usize) -> Self {
        self.screen = self.screen.press(key).settle().await;
        self.frames.push(Frame { cells: self.screen.cells(), stays });
        self
    }

    /// Types at a person's speed, and then looks.
    async fn type_text(mut self, text: &str, looks: usize) -> Self {
        for c in text.chars() {
            self = self.press(&c.to_string(), 16).await;
        }
        self.frames.last_mut().unwrap().stays += looks;
        self
    }
}

fn color(color: Color, default: &str) -> String {
    match color {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        _ => default.to_owned(),
    }
}

/// Neighbouring cells that look alike, as one text.
fn runs(cells: &[Cell]) -> Vec<(usize, String, Cell)> {
    let mut runs: Vec<(usize, String, Cell)> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let looks_like =
            |other: &Cell| (other.fg, other.bg, other.modifier) == (cell.fg, cell.bg, cell.modifier);
        match runs.last_mut() {
            Some((_, text, first)) if looks_like(first) => text.push_str(cell.symbol()),
            _ => runs.push((at, cell.symbol().to_owned(), cell.clone())),
        }
    }
    runs
}

/// One row of cells, from the left edge of the screen on.
fn row(cells: &[Cell]) -> String {
    let mut svg = String::new();
    for (at, text, cell) in runs(cells) {
        let (x, width) = (at * CELL.0, text.chars().count() * CELL.0);
        let is = |modifier| cell.modifier.contains(modifier);
        let (mut fg, mut bg) = (color(cell.fg, FOREGROUND), color(cell.bg, BACKGROUND));
        if is(Modifier::REVERSED) {
            std::mem::swap(&mut fg, &mut bg);
        }
        if bg != BACKGROUND {
            let _ = write!(svg, r#"<rect x="{x}" width="{width}" height="{}" fill="{bg}"/>"#, CELL.1);
        }
        let shown = text.trim_end();
        if shown.trim().is_empty() {
            continue;
        }
        let blanks = shown.chars().take_while(|c| *c == ' ').count();
        let (x, width) = (x + blanks * CELL.0, (shown.chars().count() - blanks) * CELL.0);
        let weight = if is(Modifier::BOLD) { r#" font-weight="bold""# } else { "" };
        let decoration = if is(Modifier::UNDERLINED) { r#" text-decoration="underline""# } else { "" };
        let fill = if fg == FOREGROUND { String::new() } else { format!(r#" fill="{fg}""#) };
        let shown = shown.trim_start().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = write!(
            svg,
            r#"<text x="{x}" y="{}" textLength="{width}"{fill}{weight}{decoration}>{shown}</text>"#,
            CELL.1 - 5
        );
    }
    svg
}

/// Each row that is seen, with whether it is there in each frame.
fn seen(frames: &[Frame]) -> BTreeMap<Row, Vec<bool>> {
    let mut seen: BTreeMap<Row, Vec<bool>> = BTreeMap::new();
    for (number, frame) in frames.iter().enumerate() {
        for (y, cells) in frame.cells.content.chunks(usize::from(SIZE.0)).enumerate() {
            let drawn = row(cells);
            if !drawn.is_empty() {
                seen.entry(Row { y, drawn }).or_insert_with(|| vec![false; frames.len()])[number] = true;
            }
        }
    }
    seen
}

/// When something is there, as a rule for its visibility: percentages of the whole time.
fn rule(is_there: &[bool], frames: &[Frame]) -> String {
    let whole: usize = frames.iter().map(|frame| frame.stays).sum();
    let (mut rule, mut before, mut passed) = (String::new(), None, 0);
    for (is_there, frame) in is_there.iter().zip(frames) {
        if before != Some(*is_there) {
            let thousandths = passed * 100_000 / whole;
            let (percent, rest) = (thousandths / 1000, thousandths % 1000);
            let word = if *is_there { "visible" } else { "hidden" };
            let _ = write!(rule, "{percent}.{rest:03}%{{visibility:{word}}}");
            before = Some(*is_there);
        }
        passed += frame.stays;
    }
    rule
}

/// All frames as one picture that moves; `still` is the frame for those who want no movement.
fn draw(frames: &[Frame], still: usize) -> String {
    let width = usize::from(SIZE.0) * CELL.0 + 2 * MARGIN;
    let height = usize::from(SIZE.1) * CELL.1 + 2 * MARGIN;
    let seconds = frames.iter().map(|frame| frame.stays).sum::<usize>() / 100;
    let mut rules: Vec<String> = Vec::new();
    let mut body = String::new();
    for (row, is_there) in seen(frames) {
        let place = format!(r#"transform="translate({MARGIN} {})""#, MARGIN + row.y * CELL.1);
        let class = if is_there.iter().all(|is_there| *is_there) {
            String::new()
        } else {
            let rule = rule(&is_there, frames);
            let known = rules.iter().position(|known| *known == rule).unwrap_or_else(|| {
                rules.push(rule);
                rules.len() - 1
            });
            format!(r#" class="k{known}{}""#, if is_there[still] { " s" } else { "" })
        };
        let _ = writeln!(body, "<g {place}{class}>{}</g>", row.drawn);
    }
    let mut style = String::new();
    for (number, rule) in rules.iter().enumerate() {
        let _ = writeln!(
            style,
            "@keyframes k{number}{{{rule}}}\n.k{number}{{visibility:hidden;animation:k{number} {seconds}s step-end infinite}}"
        );
    }
    style += ".s{visibility:visible}\n@media (prefers-reduced-motion:reduce){g{animation:none!important}}\n";
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"13\" fill=\"{FOREGROUND}\" xml:space=\"preserve\">\n<style>\n{style}</style>\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n{body}</svg>\n"
    )
}

#[tokio::test]
async fn the_recording_shows_the_screens_of_a_call_as_they_are() {
    let town = Town::of(1200).await;
    let screen = Screen::sized(&town, SIZE).in_the_dark().settle().await;
    let frames = vec![Frame { cells: screen.cells(), stays: 120 }];
    let desk = Desk { screen, frames };
    // A caller's number, and their card.
    let desk = Box::pin(desk.type_text("90909088", 120)).await.press("enter", 350).await;
    let still = desk.frames.len() - 1;
    // The next caller's name, in any spelling, and how far the search has looked.
    let desk = desk.press("esc", 40).await.press("esc", 60).await;
    let desk = Box::pin(desk.type_text("harklip", 250)).await;
    let desk = desk.press("enter", 250).await.press("esc", 40).await.press("esc", 80).await;
    desk.screen.shows("1,200 customers");
    let drawn = draw(&desk.frames, still);
    assert!(drawn.len() < LARGEST, "{}", drawn.len());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/recording.svg");
    if std::env::var_os("CUBEDEX_DRAW").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        drawn == kept,
        "the screen has changed: draw the recording anew with CUBEDEX_DRAW=1 cargo test --test suite recording"
    );
}
