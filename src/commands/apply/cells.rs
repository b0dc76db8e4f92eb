//! The cells of a CSV file, whatever divides them: commas, semicolons, as where a comma is in numbers, or tabs.

/// One line of cells, with its number in the file.
pub(super) struct Line {
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

/// What may divide two cells. Where a file has as many of several, the first counts.
const DIVIDERS: [u8; 3] = [b',', b';', b'\t'];

/// The headings, and the lines below them. Empty lines are passed over.
///
/// # Errors
/// The text has no line, or a quote that does not end: what follows it would be one cell.
pub(super) fn read(text: &str) -> Result<(Line, Vec<Line>), String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let divider = divider(text);
    if let Some(line) = open_quote(text, divider) {
        return Err(format!("line {line}: a quote begins here and does not end"));
    }
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(divider)
        .from_reader(text.as_bytes());
    let (mut line, mut counted) = (1, 0);
    let mut lines = reader.records().flatten().map(|record| {
        let start =
            record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or_default());
        // The reader stands before line ends and empty lines that belong to no record.
        let rest = text.get(start..).unwrap_or_default();
        let start = start + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        line += text.get(counted..start).unwrap_or_default().matches('\n').count() as u64;
        counted = start;
        Line { line, cells: record.iter().map(str::to_owned).collect() }
    });
    let headings = lines.next().ok_or("line 1: the file is empty")?;
    Ok((headings, lines.collect()))
}

/// What divides the cells: what the first line has most of outside its quotes. A quote within an unquoted cell is data.
fn divider(text: &str) -> u8 {
    let mut counts = [0_usize; DIVIDERS.len()];
    let (mut is_quoted, mut is_start) = (false, true);
    for byte in text.trim_start().bytes() {
        let was_quoted = is_quoted;
        match byte {
            b'"' if is_quoted || is_start => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            _ if is_quoted => {}
            byte => {
                for (count, _) in counts.iter_mut().zip(DIVIDERS).filter(|(_, divider)| *divider == byte) {
                    *count += 1;
                }
            }
        }
        // A quote behind one that closes a cell is one of two that mean one: it opens the cell again.
        is_start = !is_quoted && (was_quoted || DIVIDERS.contains(&byte));
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    DIVIDERS.into_iter().zip(counts).find(|(_, count)| *count == most).map_or(b',', |(divider, _)| divider)
}

/// The line of a quote that opens a cell and is not closed.
fn open_quote(text: &str, divider: u8) -> Option<u64> {
    let (mut line, mut opened, mut is_start) = (1_u64, None, true);
    for byte in text.bytes() {
        let was_open = opened.is_some();
        match (byte, opened) {
            (b'"', None) if is_start => opened = Some(line),
            // A quote within a cell is two of them, so that the cell is closed and opened again.
            (b'"', Some(_)) => opened = None,
            _ => {}
        }
        let has_closed = was_open && opened.is_none();
        is_start = has_closed || byte == divider || byte == b'\n' || byte == b'\r';
        line += u64::from(byte == b'\n');
    }
    opened
}
