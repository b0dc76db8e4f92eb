//! The XML of a workbook: what is the same in all of them, the sheet around its rows, and a cell.

use super::typed::{MOST_DECIMALS, Typed};
use std::fmt::{self, Write};

/// The files of the archive but the sheets, which come last: the rows have no end that is known before.
pub(super) const PARTS: [(&str, &str); 5] = [
    ("[Content_Types].xml", CONTENT_TYPES),
    ("_rels/.rels", RELATIONS),
    ("xl/workbook.xml", WORKBOOK),
    ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS),
    ("xl/styles.xml", STYLES),
];

/// The file of the sheet that says which customers these are.
pub(super) const ABOUT: &str = "xl/worksheets/sheet2.xml";

/// The file of the sheet with the customers.
pub(super) const SHEET: &str = "xl/worksheets/sheet1.xml";

const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/xl/workbook.xml" ContentType="#,
    r#""application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>"#,
    r#"<Override PartName="/xl/worksheets/sheet1.xml" ContentType="#,
    r#""application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#,
    r#"<Override PartName="/xl/worksheets/sheet2.xml" ContentType="#,
    r#""application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#,
    r#"<Override PartName="/xl/styles.xml" ContentType="#,
    r#""application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#,
);

const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Target="xl/workbook.xml" Type="#,
    r#""http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"#,
);

const WORKBOOK: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">"#,
    r#"<sheets><sheet name="Customers" sheetId="1" r:id="rId1"/><sheet name="About" sheetId="2" r:id="rId3"/></sheets></workbook>"#,
);

const WORKBOOK_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="#,
    r#""http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>"#,
    r#"<Relationship Id="rId2" Target="styles.xml" Type="#,
    r#""http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/>"#,
    r#"<Relationship Id="rId3" Target="worksheets/sheet2.xml" Type="#,
    r#""http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>"#,
);

/// The formats of cells, by their places in `cellXfs`: the usual one, bold for the header row, a day, and numbers with 0
/// to 9 decimals.
const STYLES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#,
    r#"<numFmts count="9"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/>"#,
    r#"<numFmt numFmtId="165" formatCode="0.0"/><numFmt numFmtId="166" formatCode="0.000"/>"#,
    r#"<numFmt numFmtId="167" formatCode="0.0000"/><numFmt numFmtId="168" formatCode="0.00000"/>"#,
    r#"<numFmt numFmtId="169" formatCode="0.000000"/><numFmt numFmtId="170" formatCode="0.0000000"/>"#,
    r#"<numFmt numFmtId="171" formatCode="0.00000000"/><numFmt numFmtId="172" formatCode="0.000000000"/></numFmts>"#,
    r#"<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>"#,
    r#"<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>"#,
    r#"<fills count="2"><fill><patternFill patternType="none"/></fill>"#,
    r#"<fill><patternFill patternType="gray125"/></fill></fills>"#,
    r#"<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"#,
    r#"<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>"#,
    r#"<cellXfs count="13"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>"#,
    r#"<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>"#,
    r#"<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="167" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="168" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="169" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="170" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="171" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>"#,
    r#"<xf numFmtId="172" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>"#,
    r#"<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#,
);

/// The places of the formats.
const HEADER: usize = 1;
const DAY: usize = 2;
const NUMBERS: usize = 3;

/// The sheet before its rows. The first of them stays in sight.
pub(super) struct SheetBegins<'a> {
    /// How many characters wide each column is.
    pub(super) widths: &'a [usize],
}

impl fmt::Display for SheetBegins<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#,
            r#"<sheetViews><sheetView tabSelected="1" workbookViewId="0">"#,
            r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#,
            "</sheetView></sheetViews><cols>",
        ))?;
        for (column, width) in (1..).zip(self.widths) {
            // What is around the text of a cell takes most of one character.
            write!(f, r#"<col min="{column}" max="{column}" width="{width}.7" customWidth="1"/>"#)?;
        }
        f.write_str("</cols><sheetData>")
    }
}

/// The sheet behind its rows: all of them can be filtered. Excel marks numbers that are kept as text with a green corner,
/// unless a sheet says that they are meant so.
pub(super) struct SheetEnds {
    pub(super) columns: usize,
    pub(super) rows: u32,
}

impl fmt::Display for SheetEnds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = u16::try_from(self.columns.saturating_sub(1)).unwrap_or(u16::MAX);
        write!(f, r#"</sheetData><autoFilter ref="A1:{}{}"/>"#, letters(last), self.rows)?;
        f.write_str(concat!(
            r#"<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>"#,
            "</worksheet>",
        ))
    }
}

/// The sheet that says which customers these are: names in bold, and values.
pub(super) struct AboutSheet<'a> {
    pub(super) lines: &'a [(&'static str, String)],
}

impl fmt::Display for AboutSheet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#,
            r#"<cols><col min="1" max="1" width="16.7" customWidth="1"/>"#,
            r#"<col min="2" max="2" width="60.7" customWidth="1"/></cols><sheetData>"#,
        ))?;
        for (row, (name, value)) in (1..).zip(self.lines) {
            let name = Cell { column: 0, row, content: Content::Header(name) };
            let value = Cell { column: 1, row, content: Content::Text(value) };
            write!(f, "<row r=\"{row}\">{name}{value}</row>")?;
        }
        f.write_str("</sheetData></worksheet>")
    }
}

/// A cell.
pub(super) struct Cell<'a> {
    /// From 0.
    pub(super) column: u16,
    /// From 1.
    pub(super) row: u32,
    pub(super) content: Content<'a>,
}

/// What a cell holds.
pub(super) enum Content<'a> {
    /// Text of the header row.
    Header(&'a str),
    /// Text.
    Text(&'a str),
    /// A number or a day.
    Typed(Typed<'a>),
}

impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<c r=\"{}{}\"", letters(self.column), self.row)?;
        match self.content {
            Content::Header(text) => write_text(text, HEADER, f),
            Content::Text(text) => write_text(text, 0, f),
            Content::Typed(Typed::Day(days)) => write!(f, " s=\"{DAY}\"><v>{days}</v></c>"),
            Content::Typed(Typed::Number(number, decimals)) => {
                let style = NUMBERS + decimals.min(MOST_DECIMALS);
                write!(f, " s=\"{style}\"><v>{number}</v></c>")
            }
        }
    }
}

fn write_text(text: &str, style: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if style > 0 {
        write!(f, " s=\"{style}\"")?;
    }
    f.write_str(" t=\"inlineStr\"><is><t xml:space=\"preserve\">")?;
    escape(text, f)?;
    f.write_str("</t></is></c>")
}

/// A column's name: A … Z, AA …
fn letters(column: u16) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", letters(before - 1)),
    }
}

/// Writes the text as XML. What XML has no character for, Excel has as `_x001B_`; so what looks like that gets its first
/// sign so.
fn escape(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, c) in text.char_indices() {
        match c {
            '&' => f.write_str("&amp;")?,
            '<' => f.write_str("&lt;")?,
            '>' => f.write_str("&gt;")?,
            '\t' | '\n' => f.write_char(c)?,
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => write!(f, "_x{:04X}_", u32::from(c))?,
            '_' if is_escape(text.get(at..).unwrap_or_default()) => f.write_str("_x005F_")?,
            c => f.write_char(c)?,
        }
    }
    Ok(())
}

/// Whether the text begins as `_x001B_`.
fn is_escape(text: &str) -> bool {
    let digits = text.strip_prefix("_x").map(str::as_bytes);
    digits.is_some_and(|rest| rest.get(4) == Some(&b'_') && rest.iter().take(4).all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::first(0, "A")]
    #[case::last_of_one(25, "Z")]
    #[case::first_of_two(26, "AA")]
    #[case::last_of_two(701, "ZZ")]
    #[case::last_of_all(16_383, "XFD")]
    fn a_column_has_the_name_that_excel_gives_it(#[case] column: u16, #[case] name: &str) {
        assert_eq!(letters(column), name);
    }

    #[rstest]
    #[case::markup("<b>&", "&lt;b&gt;&amp;")]
    #[case::control("a\u{1b}\r\n\t", "a_x001B__x000D_\n\t")]
    #[case::no_character("\u{ffff}", "_xFFFF_")]
    #[case::looks_like_one("_x001b_ _x12_", "_x005F_x001b_ _x12_")]
    #[case::cut("_x001", "_x001")]
    #[case::letters("Hårklipperi 漢 _", "Hårklipperi 漢 _")]
    fn a_text_is_escaped_as_excel_reads_it(#[case] value: &str, #[case] xml: &str) {
        let cell = Cell { column: 0, row: 1, content: Content::Text(value) }.to_string();
        let begins = "<c r=\"A1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">";
        assert_eq!(cell, format!("{begins}{xml}</t></is></c>"));
    }
}
