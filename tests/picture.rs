//! The picture at the top of the README: the true screen, drawn from the cells of the terminal. A test keeps it true;
//! `CUBEDEX_DRAW=1 cargo test picture` draws it anew.

use crate::harness::{Screen, Town};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use std::path::Path;

/// One cell, in pixels.
const CELL: (usize, usize) = (8, 18);
/// Around each screen.
const MARGIN: usize = 14;
/// Between two screens.
const BETWEEN: usize = 26;

/// The colours of the picture's terminal.
const BACKGROUND: &str = "#16191d";
const FOREGROUND: &str = "#e6e6e6";

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

fn line(svg: &mut String, cells: &[Cell], top: usize) {
    for (at, text, cell) in runs(cells) {
        let (x, width) = (MARGIN + at * CELL.0, text.chars().count() * CELL.0);
        if cell.bg != Color::Reset {
            let fill = color(cell.bg, BACKGROUND);
            let _ = writeln!(
                svg,
                r#"<rect x="{x}" y="{top}" width="{width}" height="{}" fill="{fill}"/>"#,
                CELL.1
            );
        }
        if text.trim().is_empty() {
            continue;
        }
        let is = |modifier| cell.modifier.contains(modifier);
        let weight = if is(Modifier::BOLD) { r#" font-weight="bold""# } else { "" };
        let decoration = if is(Modifier::UNDERLINED) { r#" text-decoration="underline""# } else { "" };
        let fill = color(cell.fg, FOREGROUND);
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let baseline = top + CELL.1 - 5;
        let _ = writeln!(
            svg,
            r#"<text x="{x}" y="{baseline}" textLength="{width}" fill="{fill}"{weight}{decoration}>{text}</text>"#
        );
    }
}

/// The screens below each other, each with a title.
fn draw(screens: &[(&str, Buffer)]) -> String {
    let height_of = |buffer: &Buffer| usize::from(buffer.area.height) * CELL.1 + BETWEEN;
    let width = screens.iter().map(|(_, buffer)| usize::from(buffer.area.width) * CELL.0).max().unwrap_or(0)
        + 2 * MARGIN;
    let height = screens.iter().map(|(_, buffer)| height_of(buffer)).sum::<usize>() + MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"13\" xml:space=\"preserve\">\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n"
    );
    let mut top = 0;
    for (title, buffer) in screens {
        let _ =
            writeln!(svg, r##"<text x="{MARGIN}" y="{}" fill="#7d858d">{title}</text>"##, top + BETWEEN - 9);
        for (y, cells) in buffer.content.chunks(usize::from(buffer.area.width)).enumerate() {
            line(&mut svg, cells, top + BETWEEN + y * CELL.1);
        }
        top += height_of(buffer);
    }
    svg + "</svg>\n"
}

#[tokio::test]
async fn the_picture_shows_the_screen_as_it_is() {
    let town = Town::of(1200).await;
    let themed = |screen: Screen| screen.press("t");
    let table = themed(Screen::sized(&town, (120, 15))).settle().await.press("down").press("f9");
    let search = themed(Screen::sized(&town, (120, 9))).settle().await.press("/").type_text("harklip");
    let search = search.settle().await;
    let card = themed(Screen::sized(&town, (120, 22))).settle().await.type_text("9120011888").settle().await;
    let card = card.press("enter").settle().await;
    let screens = [
        ("The table, with the card of the customer under the cursor", table.cells()),
        ("A search: case and accents do not matter, and the answer says what was searched", search.cells()),
        ("The caller's id, typed: the card", card.cells()),
    ];
    let drawn = draw(&screens);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/picture.svg");
    if std::env::var_os("CUBEDEX_DRAW").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        drawn == kept,
        "the screen has changed: draw the picture anew with CUBEDEX_DRAW=1 cargo test picture"
    );
}
