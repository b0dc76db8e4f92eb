//! Which columns each list has: `views.toml` in the configuration folder. It holds keys, labels and widths, and nothing
//! of a customer's.
//!
//! ```toml
//! [[list]]
//! profile = "work"            # not there without a profile
//! place = "acme · assignment 9"
//! column = [
//!     { key = "crm__customer_id", label = "ID" },
//!     { key = "crm__custom_info__390", label = "City", width = 12 },
//! ]
//! ```

use crate::app::ChosenColumn;
use crate::config::{self, Folders};
use crate::session::Session;
use crate::system::unfinished;
use serde::Deserialize;
use std::io;
use std::path::PathBuf;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, value};

/// The file's name in the configuration folder.
const NAME: &str = "views.toml";
/// More columns than this are no choice that a person made.
const MOST_COLUMNS: usize = 500;
/// What the file says of itself.
const ABOUT: &str = "# The columns that were chosen for each list. cubedex writes this file.\n\n";

/// Which list the columns are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ViewOf {
    profile: Option<String>,
    place: String,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(default)]
    list: Vec<View>,
}

#[derive(Debug, Deserialize)]
struct View {
    profile: Option<String>,
    place: String,
    #[serde(default)]
    column: Vec<KeptColumn>,
}

#[derive(Debug, Deserialize)]
struct KeptColumn {
    key: String,
    #[serde(default)]
    label: String,
    width: Option<u16>,
}

impl ViewOf {
    /// The list that is open.
    pub(super) fn open(session: &Session) -> Self {
        let account = &session.account;
        let place = format!("{} · {}", account.name(), account.list);
        Self { profile: session.settings.profile.clone(), place }
    }

    fn is(&self, view: &View) -> bool {
        (&self.profile, &self.place) == (&view.profile, &view.place)
    }

    /// The columns that were chosen for it. None where none were, and where there is no file that can be read.
    pub(super) fn columns(&self, folders: &Folders) -> Vec<ChosenColumn> {
        let text = path(folders).and_then(|path| config::read_text(&path).ok()).unwrap_or_default();
        let file: File = toml::from_str(&text).unwrap_or_default();
        let view = file.list.into_iter().find(|view| self.is(view));
        let columns = view.into_iter().flat_map(|view| view.column).take(MOST_COLUMNS);
        columns.map(|KeptColumn { key, label, width }| ChosenColumn { key, label, width }).collect()
    }

    /// Keeps the columns for the next start, and those of all other lists as they are.
    ///
    /// # Errors
    /// The system's, or the file is there and is not one of ours: then it stays as it is.
    pub(super) fn keep(&self, columns: &[ChosenColumn], folders: &Folders) -> io::Result<()> {
        let Some(path) = path(folders) else { return Ok(()) };
        let text =
            if path.exists() { config::read_text(&path).map_err(io::Error::other)? } else { String::new() };
        let text = text.strip_prefix(ABOUT).unwrap_or(&text);
        let file: File = toml::from_str(text).map_err(|_| io::ErrorKind::InvalidData)?;
        let mut document: DocumentMut = text.parse().map_err(|_| io::ErrorKind::InvalidData)?;
        let lists = document.entry("list").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        let lists = lists.as_array_of_tables_mut().ok_or(io::ErrorKind::InvalidData)?;
        if let Some(at) = file.list.iter().position(|view| self.is(view)) {
            lists.remove(at);
        }
        if !columns.is_empty() {
            lists.push(self.table(columns));
        }
        unfinished::write(&path, format!("{ABOUT}{document}").as_bytes())
    }

    fn table(&self, columns: &[ChosenColumn]) -> Table {
        let mut table = Table::new();
        if let Some(profile) = &self.profile {
            table.insert("profile", value(profile.as_str()));
        }
        table.insert("place", value(self.place.as_str()));
        let mut array = Array::new();
        for column in columns {
            let mut one = InlineTable::new();
            one.insert("key", column.key.as_str().into());
            one.insert("label", column.label.as_str().into());
            if let Some(width) = column.width {
                one.insert("width", i64::from(width).into());
            }
            array.push(one);
            if let Some(one) = array.get_mut(array.len() - 1) {
                one.decor_mut().set_prefix("\n    ");
            }
        }
        array.set_trailing("\n");
        array.set_trailing_comma(true);
        table.insert("column", value(array));
        table
    }
}

fn path(folders: &Folders) -> Option<PathBuf> {
    folders.config.as_ref().map(|folder| folder.join(NAME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn view(profile: Option<&str>, place: &str) -> ViewOf {
        ViewOf { profile: profile.map(str::to_owned), place: place.to_owned() }
    }

    fn column(key: &str, label: &str, width: Option<u16>) -> ChosenColumn {
        ChosenColumn { key: key.to_owned(), label: label.to_owned(), width }
    }

    fn folders() -> (tempfile::TempDir, Folders) {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders { config: Some(folder.path().join("cubedex")), ..Folders::default() };
        (folder, folders)
    }

    #[test]
    fn the_columns_of_each_list_are_there_at_the_next_start() {
        let (_folder, folders) = folders();
        let (work, home) = (view(Some("work"), "acme · assignment 9"), view(None, "acme · assignment 9"));
        let chosen =
            [column("crm__customer_id", "ID", None), column("crm__custom_info__390", "By \"A\"", Some(12))];
        assert_eq!(work.columns(&folders), []);
        work.keep(&chosen, &folders).unwrap();
        home.keep(&chosen[1..], &folders).unwrap();
        assert_eq!(work.columns(&folders), chosen);
        assert_eq!(home.columns(&folders), chosen[1..]);
        work.keep(&[], &folders).unwrap();
        assert_eq!(work.columns(&folders), []);
        assert_eq!(home.columns(&folders), chosen[1..]);
    }

    #[test]
    fn the_file_holds_keys_labels_and_widths_for_a_person_to_read() {
        let (_folder, folders) = folders();
        let chosen =
            [column("crm__customer_id", "ID", None), column("crm__custom_info__390", "City", Some(12))];
        view(Some("work"), "acme · assignment 9").keep(&chosen, &folders).unwrap();
        let text = fs::read_to_string(path(&folders).unwrap()).unwrap();
        let expected = format!(
            "{ABOUT}[[list]]\nprofile = \"work\"\nplace = \"acme · assignment 9\"\ncolumn = [\n    {{ key = \"crm__customer_id\", label = \"ID\" }},\n    {{ key = \"crm__custom_info__390\", label = \"City\", width = 12 }},\n]\n"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn a_file_that_is_not_ours_stays_as_it_is() {
        let (_folder, folders) = folders();
        let path = path(&folders).unwrap();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        for text in ["[[list]\n", "list = 5\n", "[[list]]\nplace = 7\n"] {
            fs::write(&path, text).unwrap();
            let open = view(None, "acme");
            assert_eq!(open.columns(&folders), []);
            assert!(open.keep(&[column("a", "A", None)], &folders).is_err(), "{text}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
