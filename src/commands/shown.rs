//! Customers whom the browser shows, written into a file with the promises of `cubedex export`: the file is readable by
//! its owner alone, gets its name when it is whole, and replaces nothing unless that was asked for.

use super::file::{NewFile, Refused, words};
use super::sink::{self, Form};
pub use crate::export::About;
use crate::export::{Columns, CsvStyle, Export, Format, Headers, NotWritten, Shape};
use crate::fields::FieldMap;
use crate::language::tr;
use crate::list::{Searchable, Slot};
use crate::text::SafeText;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Which customers are written, and what of them.
#[derive(Debug)]
pub struct Shown {
    /// The records, in order.
    pub slots: Vec<Slot>,
    /// The pages that they are on.
    pub pages: Vec<Searchable>,
    /// The keys of the columns.
    pub columns: Vec<Arc<str>>,
    /// What the columns are called.
    pub fields: FieldMap,
    /// Which customers they are.
    pub about: About,
}

/// A file that was written.
#[derive(Debug)]
pub struct WrittenFile {
    /// What it is called.
    pub name: SafeText<'static>,
    /// How many customers are in it.
    pub customers: u64,
    /// How many values were cut.
    pub cut: u64,
}

/// Why none was.
#[derive(Debug)]
pub enum NoFile {
    /// There is one of that name.
    Exists(SafeText<'static>),
    /// `cancelled` was set.
    Cancelled,
    /// Any other reason; it names no customer.
    Other(String),
}

/// Writes the customers into a file at `path`, in the format that its ending names.
///
/// # Errors
/// See [`NoFile`]; then no file is left.
pub fn write(
    path: &Path,
    replaces: bool,
    shown: &Shown,
    cancelled: &AtomicBool,
) -> Result<WrittenFile, NoFile> {
    let format = Format::of_path(path).map_err(|why| NoFile::Other(why.to_string()))?;
    format.takes(shown.slots.len() as u64)?;
    let file = NewFile::quietly_at(path, replaces)?;
    if file.is_stream() {
        return Err(NoFile::Other(tr!("{name} is no file", name = file.name())));
    }
    let keys = shown.columns.iter().map(ToString::to_string).collect();
    let columns = Columns::of_keys(keys, &shown.fields, Headers::Labels);
    let (csv, about) = (CsvStyle::default(), shown.about.clone());
    let shape = Shape { format, columns, csv, all_text: false, about, strict_json: false };
    let mut export = Export::begin(shape, sink::to(file.handle()?, Form::Bytes))?;
    let mut pages: HashMap<u32, _> =
        shown.pages.iter().map(|page| (page.page, page.segment.records())).collect();
    for slot in &shown.slots {
        if cancelled.load(Ordering::Relaxed) {
            return Err(NoFile::Cancelled);
        }
        if let Some(records) = pages.get_mut(&slot.page) {
            export.write(&records.whole(slot.index))?;
        }
    }
    let finished = export.finish()?;
    let name = file.name().clone();
    file.keep()?;
    Ok(WrittenFile { name, customers: finished.written, cut: finished.cut.count })
}

impl From<Refused> for NoFile {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Exists { name } => Self::Exists(name),
            Refused::NotAFile { .. } | Refused::System { .. } => Self::Other(refused.to_string()),
        }
    }
}

impl From<NotWritten> for NoFile {
    fn from(why: NotWritten) -> Self {
        Self::Other(match why {
            NotWritten::Io(why) => words(&why),
            why => why.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::{Moment, Page};
    use crate::list::{Packing, Segment, Store};
    use rstest::rstest;
    use std::fs;

    /// Three customers on a page, the last of whom is first.
    fn shown() -> Shown {
        let customer = |id: u32, name: &str| {
            format!(
                r#"{{"crm__customer_id":"{id}","crm__standard_info__name":"{name}","crm__custom_info__1":{id}}}"#
            )
        };
        let all = [customer(1, "Kari"), customer(2, "Ola"), customer(3, "Åse")].join(",");
        let body = format!(r#"{{"count":3,"next":null,"results":[{all}]}}"#);
        let page = Page::from_json(1, body, Moment::at(0, 8, 12)).unwrap();
        let mut store = Store::new();
        store.page_arrived(Arc::new(Segment::new(&page, &Packing::default())));
        let slots = vec![Slot::new(1, 2), Slot::new(1, 0)];
        let columns = vec!["crm__custom_info__1".into(), "crm__standard_info__name".into()];
        let fields = FieldMap::read(r#"{"1": "Class"}"#).unwrap().0;
        Shown { slots, pages: store.searchable(), columns, fields, about: About::default() }
    }

    fn run(path: &Path, replaces: bool) -> Result<WrittenFile, NoFile> {
        write(path, replaces, &shown(), &AtomicBool::new(false))
    }

    #[test]
    fn rows_and_columns_are_those_of_the_table_in_its_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.csv");
        assert_eq!(run(&path, false).unwrap().customers, 2);
        assert_eq!(fs::read_to_string(&path).unwrap(), "Class,Name\r\n3,Åse\r\n1,Kari\r\n");
        let path = folder.path().join("some.jsonl");
        run(&path, false).unwrap();
        let first = r#"{"crm__custom_info__1":3,"crm__standard_info__name":"Åse"}"#;
        assert!(
            fs::read_to_string(&path).unwrap().lines().next().is_some_and(|line| line.len() == first.len())
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_file_is_its_owners_alone_and_only_replaced_when_asked() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.xlsx");
        fs::write(&path, "old").unwrap();
        assert!(
            matches!(run(&path, false), Err(NoFile::Exists(name)) if name.as_str().ends_with("some.xlsx"))
        );
        assert_eq!(fs::read(&path).unwrap(), b"old");
        run(&path, true).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[rstest]
    #[case::ending("a.pdf", "no format has the ending .pdf")]
    #[case::no_ending("a", "has no ending that names a format")]
    #[case::no_folder("none/a.csv", "there is no such folder")]
    fn what_cannot_be_written_is_said(#[case] name: &str, #[case] said: &str) {
        let folder = tempfile::tempdir().unwrap();
        let Err(NoFile::Other(why)) = run(&folder.path().join(name), false) else { panic!() };
        assert!(why.contains(said), "{why}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_is_stopped_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.csv");
        assert!(matches!(write(&path, false, &shown(), &AtomicBool::new(true)), Err(NoFile::Cancelled)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
