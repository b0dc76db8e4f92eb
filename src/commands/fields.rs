//! `cubedex fields`: the custom fields of an session, listed, saved or checked.

use super::file::NewFile;
use super::show::How;
use super::sink::Form;
use super::table::{self, Header};
use super::{Failure, Session, check, counted, labels, output};
use crate::cli::{Fields, FieldsCommand, FieldsList, FieldsPull, Shown};
use crate::fields::{CustomField, FieldMap, Kind, NotAMapping, Source};
use crate::prompt::tell;
use crate::system::unfinished;
use crate::text::{self, Place, SafeText};
use std::io::Write;
use std::path::Path;

/// Does with the fields what is asked for.
///
/// # Errors
/// Cube can't be asked, or what it said not written.
pub(super) async fn run(args: &Fields, session: &Session) -> Result<u8, Failure> {
    match &args.command {
        None => list(&args.list, session).await,
        Some(FieldsCommand::List(args)) => list(args, session).await,
        Some(FieldsCommand::Pull(args)) => pull(args, session).await,
        Some(FieldsCommand::Check(_)) => check::run(session).await,
    }
}

/// The titles of what is told of a field.
const TITLES: [&str; 6] = ["ID", "Label", "Kind", "Length", "Key", "From"];

async fn list(args: &FieldsList, session: &Session) -> Result<u8, Failure> {
    let found = labels::look_for(session).await?;
    labels::tell_unusable(&found);
    for bad in &found.left_out {
        tell(bad);
    }
    let fields = &found.fields;
    let rows: Vec<Vec<String>> = fields.fields().map(|field| row(field, fields, &found.source)).collect();
    let usual = if output::is_terminal() { Shown::Table } else { Shown::Csv };
    let how = How::of(args.format.unwrap_or(usual), false, false)?;
    let data = match how.shown {
        Shown::Table => {
            let may_be_cut = |title: &str| title == "Label";
            let headers = TITLES.map(|title| Header { title, may_be_cut: may_be_cut(title) });
            table::lines(&headers, &rows, output::width()).into_bytes()
        }
        Shown::Csv => csv(&rows),
        form @ (Shown::Json | Shown::Jsonl) => json(fields, form == Shown::Json),
    };
    output::write(data, how.form()).await?;
    tell(format!("{}, {}", counted(rows.len() as u64, "field"), found.source));
    Ok(0)
}

fn row(field: &CustomField, fields: &FieldMap, source: &Source) -> Vec<String> {
    vec![
        fields.number_of(&field.key),
        fields.label(&field.key).map(|label| label.to_string()).unwrap_or_default(),
        kind(&field.kind),
        field.max_length.map(|length| length.to_string()).unwrap_or_default(),
        text::clean_str(&field.key, Place::Row).to_string(),
        source.of_field(field.is_added),
    ]
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Integer => "integer".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Other(word) => text::clean(word, Place::Row).to_string(),
    }
}

fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Into memory, and each row as long as the header row: nothing can be refused.
    let _ = writer.write_record(TITLES);
    for row in rows {
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

/// The fields in the form of a mapping file.
fn json(fields: &FieldMap, is_list: bool) -> Vec<u8> {
    let objects = fields.fields().map(|field| {
        serde_json::json!({
            "key": field.label.as_raw(),
            "type": kind(&field.kind),
            "max_length": field.max_length,
            "hint": field.hint.as_raw(),
            "lookup__id": field.key,
        })
        .to_string()
    });
    let objects: Vec<String> = objects.collect();
    let json = if is_list { format!("[\n  {}\n]", objects.join(",\n  ")) } else { objects.join("\n") };
    (json + "\n").into_bytes()
}

/// Saves what Cube answers with, byte for byte.
async fn pull(args: &FieldsPull, session: &Session) -> Result<u8, Failure> {
    if args.account.custom_fields.is_some() {
        let why =
            "fields pull saves Cube's own labels, so --custom-fields is not for it; --output names the file";
        return Err(Failure::Usage(why.to_owned()));
    }
    let named = args.output.clone();
    let to_standard = named.as_deref() == Some(Path::new("-"));
    let path = match named {
        Some(path) => path,
        None => session.folders.custom_fields(session.cube.origin()).ok_or_else(|| {
            Failure::Usage("there is no configuration folder; say where to with --output FILE".to_owned())
        })?,
    };
    if path.extension().is_some_and(|ending| !ending.eq_ignore_ascii_case("json")) {
        let words = "the labels are saved as JSON; take a name that ends in .json, or in nothing";
        return Err(Failure::Usage(words.to_owned()));
    }
    let file = if to_standard { None } else { Some(new_file(&path, args)?) };
    let json = session.cube.custom_fields().await?;
    let (fields, bad) = FieldMap::read(&json).map_err(|why| match why {
        NotAMapping::EmptyList => anyhow::anyhow!("Cube has no custom fields here; nothing was written"),
        why => anyhow::anyhow!("the labels from Cube are no mapping: {why}; nothing was written"),
    })?;
    for bad in &bad {
        tell(bad);
    }
    let json = json + "\n";
    let Some(file) = file else {
        output::write(json.into_bytes(), Form::Json).await?;
        return Ok(0);
    };
    let to: SafeText<'static> = file.name().clone();
    file.handle()?.write_all(json.as_bytes()).map_err(|why| output::not_written(&to, &why))?;
    file.keep()?;
    tell(format!("{} written to {to}", counted(fields.len() as u64, "field")));
    Ok(0)
}

/// The file for the labels; the configuration folder is made where it is not there.
fn new_file(path: &Path, args: &FieldsPull) -> Result<NewFile, Failure> {
    if args.output.is_none()
        && let Some(folder) = path.parent()
    {
        // Only its owner may look into it. Where it can't be made, making the file says so.
        let _ = unfinished::own_folder(folder);
    }
    Ok(NewFile::at(path, args.force)?)
}
