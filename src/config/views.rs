//! Which columns, order and views each list has: `views.toml` in the configuration folder. It holds keys, labels, widths,
//! names of views and the filters in them, as they were typed.
//!
//! ```toml
//! [[list]]
//! profile = "work"            # not there without a profile
//! place = "acme · assignment 9"
//! open = "Askim"              # the view that is open; not there without one
//! sort = [{ key = "crm__custom_info__390" }]
//! column = [
//!     { key = "crm__customer_id", label = "ID" },
//!     { key = "crm__custom_info__390", label = "City", width = 12 },
//! ]
//!
//! [[list.view]]
//! name = "Askim"
//! filter = "city:=Askim"
//! sort = [{ key = "crm__standard_info__name", descending = true }]
//! column = [{ key = "crm__customer_id", label = "ID" }]
//! ```

use super::{Folders, read_text};
use crate::system::unfinished;
use serde::Deserialize;
use std::io;
use std::path::PathBuf;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, value};

/// The file's name in the configuration folder.
const NAME: &str = "views.toml";
/// More columns, or views of a list, than this are no choice that a person made.
const MOST: usize = 500;
/// What the file says of itself.
const ABOUT: &str =
    "# The columns, orders and views that were chosen for each list. cubedex writes this file.\n\n";

/// Which list the views are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewsOf {
    /// The profile. `None` without one.
    pub profile: Option<String>,
    /// The account and the list: "acme · assignment 9".
    pub place: String,
}

/// What was chosen for a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Views {
    /// How the table was last.
    pub last: KeptView,
    /// The views that have a name.
    pub named: Vec<KeptView>,
    /// The name of the view that is open. Empty without one.
    pub open: String,
}

/// How a table looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct KeptView {
    /// What it is called. Empty for how the table was last.
    pub name: String,
    /// What is searched for, as it was typed. Empty for the whole list.
    pub filter: String,
    /// What the rows are sorted by; nothing for Cube's order.
    pub sort: Vec<KeptOrder>,
    /// The columns, from the left; none for those of the list.
    pub column: Vec<KeptColumn>,
}

/// A column that is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct KeptOrder {
    /// The field's key.
    pub key: String,
    /// Whether the greatest value comes first.
    #[serde(default)]
    pub descending: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct KeptColumn {
    /// The field's key.
    pub key: String,
    /// What it was called, for those who read the file.
    #[serde(default)]
    pub label: String,
    /// How wide a person made it. `None` where its values decide.
    pub width: Option<u16>,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(default)]
    list: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    profile: Option<String>,
    place: String,
    #[serde(default)]
    open: String,
    #[serde(default)]
    sort: Vec<KeptOrder>,
    #[serde(default)]
    column: Vec<KeptColumn>,
    #[serde(default)]
    view: Vec<KeptView>,
}

impl Views {
    /// The view of this name, whatever its capitals. `None` where there is none.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&KeptView> {
        let wanted = name.trim().to_lowercase();
        self.named.iter().find(|view| view.name.to_lowercase() == wanted)
    }

    fn is_empty(&self) -> bool {
        self.last == KeptView::default() && self.named.is_empty()
    }
}

impl ViewsOf {
    fn is(&self, entry: &Entry) -> bool {
        (&self.profile, &self.place) == (&entry.profile, &entry.place)
    }

    /// What was chosen for the list. Nothing where nothing was, and where there is no file that can be read.
    #[must_use]
    pub fn read(&self, folders: &Folders) -> Views {
        let text = path(folders).and_then(|path| read_text(&path).ok()).unwrap_or_default();
        let file: File = toml::from_str(&text).unwrap_or_default();
        let Some(Entry { open, sort, mut column, mut view, .. }) =
            file.list.into_iter().find(|one| self.is(one))
        else {
            return Views::default();
        };
        column.truncate(MOST);
        view.truncate(MOST);
        let last = KeptView { sort, column, ..KeptView::default() };
        Views { last, named: view, open }
    }

    /// Keeps what was chosen for the list, and that of all other lists as it is.
    ///
    /// # Errors
    /// The system's, or the file is there and is not one of ours: then it stays as it is.
    pub fn keep(&self, views: &Views, folders: &Folders) -> io::Result<()> {
        let Some(path) = path(folders) else { return Ok(()) };
        let text = if path.exists() { read_text(&path).map_err(io::Error::other)? } else { String::new() };
        let text = text.strip_prefix(ABOUT).unwrap_or(&text);
        let file: File = toml::from_str(text).map_err(|_| io::ErrorKind::InvalidData)?;
        let mut document: DocumentMut = text.parse().map_err(|_| io::ErrorKind::InvalidData)?;
        let lists = document.entry("list").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        let lists = lists.as_array_of_tables_mut().ok_or(io::ErrorKind::InvalidData)?;
        if let Some(at) = file.list.iter().position(|entry| self.is(entry)) {
            lists.remove(at);
        }
        if !views.is_empty() {
            lists.push(self.table(views));
        }
        unfinished::write(&path, format!("{ABOUT}{document}").as_bytes())
    }

    fn table(&self, views: &Views) -> Table {
        let mut table = Table::new();
        if let Some(profile) = &self.profile {
            table.insert("profile", value(profile.as_str()));
        }
        table.insert("place", value(self.place.as_str()));
        if !views.open.is_empty() {
            table.insert("open", value(views.open.as_str()));
        }
        write_view(&views.last, &mut table);
        let mut named = ArrayOfTables::new();
        for view in &views.named {
            let mut one = Table::new();
            write_view(view, &mut one);
            named.push(one);
        }
        if !named.is_empty() {
            table.insert("view", Item::ArrayOfTables(named));
        }
        table
    }
}

/// Writes what a view has.
fn write_view(view: &KeptView, table: &mut Table) {
    for (key, text) in [("name", &view.name), ("filter", &view.filter)] {
        if !text.is_empty() {
            table.insert(key, value(text.as_str()));
        }
    }
    if !view.sort.is_empty() {
        let orders = view.sort.iter().map(|order| {
            let mut one = InlineTable::new();
            one.insert("key", order.key.as_str().into());
            if order.descending {
                one.insert("descending", true.into());
            }
            one
        });
        table.insert("sort", value(orders.collect::<Array>()));
    }
    if !view.column.is_empty() {
        table.insert("column", value(columns(&view.column)));
    }
}

/// The columns, a line each.
fn columns(columns: &[KeptColumn]) -> Array {
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
    array
}

/// The names of the views of all lists that an account has in a profile.
#[must_use]
pub fn view_names(profile: Option<&str>, account: &str, folders: &Folders) -> Vec<String> {
    let text = path(folders).and_then(|path| read_text(&path).ok()).unwrap_or_default();
    let File { list } = toml::from_str(&text).unwrap_or_default();
    let is_meant = |entry: &Entry| {
        let list = entry.place.strip_prefix(account).filter(|list| list.starts_with(" · "));
        entry.profile.as_deref() == profile && list.is_some()
    };
    let views = list.into_iter().filter(is_meant).flat_map(|entry| entry.view);
    let mut names: Vec<String> = views.map(|view| view.name).collect();
    names.sort();
    names.dedup();
    names
}

fn path(folders: &Folders) -> Option<PathBuf> {
    folders.config.as_ref().map(|folder| folder.join(NAME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn of(profile: Option<&str>, place: &str) -> ViewsOf {
        ViewsOf { profile: profile.map(str::to_owned), place: place.to_owned() }
    }

    fn column(key: &str, label: &str, width: Option<u16>) -> KeptColumn {
        KeptColumn { key: key.to_owned(), label: label.to_owned(), width }
    }

    fn order(key: &str, descending: bool) -> KeptOrder {
        KeptOrder { key: key.to_owned(), descending }
    }

    fn last(column: Vec<KeptColumn>) -> Views {
        Views { last: KeptView { column, ..KeptView::default() }, ..Views::default() }
    }

    fn folders() -> (tempfile::TempDir, Folders) {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders { config: Some(folder.path().join("cubedex")), ..Folders::default() };
        (folder, folders)
    }

    #[test]
    fn what_was_chosen_for_each_list_is_there_at_the_next_start() {
        let (_folder, folders) = folders();
        let (work, home) = (of(Some("work"), "acme · assignment 9"), of(None, "acme · assignment 9"));
        let chosen = vec![
            column("crm__customer_id", "ID", None),
            column("crm__custom_info__390", "By \"A\"", Some(12)),
        ];
        let mut views = last(chosen.clone());
        views.last.sort = vec![order("crm__custom_info__390", true), order("crm__customer_id", false)];
        for name in ["Askim", "Two words"] {
            let filter = "city:=\"Askim\" -email:empty".to_owned();
            let view = KeptView { name: name.to_owned(), filter, ..views.last.clone() };
            views.named.push(view);
        }
        views.open = "Askim".into();
        assert_eq!(work.read(&folders), Views::default());
        work.keep(&views, &folders).unwrap();
        home.keep(&last(chosen[1..].to_vec()), &folders).unwrap();
        assert_eq!(work.read(&folders), views);
        assert_eq!(home.read(&folders), last(chosen[1..].to_vec()));
        assert_eq!(views.named(" ASKIM ").map(|view| view.name.as_str()), Some("Askim"));
        work.keep(&Views::default(), &folders).unwrap();
        assert_eq!(work.read(&folders), Views::default());
        assert_eq!(home.read(&folders), last(chosen[1..].to_vec()));
    }

    #[test]
    fn the_file_is_for_a_person_to_read() {
        let (_folder, folders) = folders();
        let mut views = last(vec![column("crm__customer_id", "ID", None), column("c", "City", Some(12))]);
        let sort = vec![order("c", true)];
        views.named.push(KeptView {
            name: "Askim".into(),
            filter: "city:=Askim".into(),
            sort,
            column: vec![],
        });
        of(Some("work"), "acme · assignment 9").keep(&views, &folders).unwrap();
        let text = fs::read_to_string(path(&folders).unwrap()).unwrap();
        let expected = format!(
            "{ABOUT}[[list]]\nprofile = \"work\"\nplace = \"acme · assignment 9\"\ncolumn = [\n    {{ key = \"crm__customer_id\", label = \"ID\" }},\n    {{ key = \"c\", label = \"City\", width = 12 }},\n]\n\n[[list.view]]\nname = \"Askim\"\nfilter = \"city:=Askim\"\nsort = [{{ key = \"c\", descending = true }}]\n"
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
            let open = of(None, "acme");
            assert_eq!(open.read(&folders), Views::default());
            assert!(open.keep(&last(vec![column("a", "A", None)]), &folders).is_err(), "{text}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
