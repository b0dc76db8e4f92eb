//! Changes of `config.toml` by `cubedex login` and `logout`: one profile's keys, and all else as the person wrote it,
//! comments and order included. The file is written beside and put in its place, readable by its owner alone.

use super::file::{BadFile, File};
use super::profile::CredentialStore;
use super::read::{Unreadable, read_text};
use crate::cube::{List, Origin};
use crate::system::unfinished;
use crate::text::{self, SafeText};
use std::io;
use std::path::{Path, PathBuf};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, value};

/// What is to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A profile is to be this; what is not said here stays.
    Put {
        /// Its name.
        name: String,
        /// Its account.
        origin: Origin,
        /// Its list.
        list: List,
        /// The user, where the secret is a password.
        user: Option<String>,
        /// Who keeps the secret.
        store: CredentialStore,
    },
    /// No one keeps the profile's secret any more.
    Forget {
        /// Its name.
        name: String,
    },
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// What stands there can't be used, so it can't be added to.
    #[error(transparent)]
    Bad(#[from] BadFile),
    /// It does not hold profiles in tables of their own.
    #[error("{0}: profiles are not written as tables, [profile.NAME]; write this one by hand")]
    Form(SafeText<'static>),
    /// The system's reason.
    #[error("writing {path}")]
    Refused {
        /// The file.
        path: SafeText<'static>,
        /// Why.
        source: io::Error,
    },
}

/// What became of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where it is, links followed.
    pub path: PathBuf,
    /// Whether the profile is the one that is used when none is named.
    pub is_usual: bool,
}

impl Change {
    /// Changes the file at `path`, which need not be there.
    ///
    /// # Errors
    /// [`NotWritten`]; the file is as it was.
    pub fn write(&self, path: &Path) -> Result<Written, NotWritten> {
        // A link, as those of dotfiles are, stays a link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = path.parent().unwrap_or(Path::new(""));
        let refused = |source| NotWritten::Refused { path: text::path(&path), source };
        unfinished::own_folder(folder).map_err(refused)?;
        // Two at once would each write what the other has not read.
        unfinished::alone_in(folder, || self.change(&path, folder))
    }

    fn change(&self, path: &Path, folder: &Path) -> Result<Written, NotWritten> {
        let text = match read_text(path) {
            Ok(text) => text,
            Err(Unreadable::Missing) => String::new(),
            Err(why) => return Err(BadFile::Unreadable { path: text::path(path), why }.into()),
        };
        let parse = |text: &str| {
            File::parse(text, folder).map_err(|bad| BadFile::Bad { path: text::path(path), bad })
        };
        parse(&text)?;
        let changed = self.apply(&text).ok_or_else(|| NotWritten::Form(text::path(path)))?;
        let file = parse(&changed)?;
        unfinished::write(path, changed.as_bytes())
            .map_err(|source| NotWritten::Refused { path: text::path(path), source })?;
        let is_usual = file.usual().is_some_and(|usual| usual.name == self.name());
        Ok(Written { path: path.to_owned(), is_usual })
    }

    fn name(&self) -> &str {
        match self {
            Self::Put { name, .. } | Self::Forget { name } => name,
        }
    }

    /// The text of the file with the change. `None` where it has another form than we write.
    fn apply(&self, text: &str) -> Option<String> {
        let mut document: DocumentMut = text.parse().ok()?;
        let usual = document.contains_key("default_profile") || document.contains_key("profile");
        if !usual && matches!(self, Self::Put { .. }) {
            document["default_profile"] = value(self.name());
        }
        let profiles = document.entry("profile").or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        let profile =
            profiles.as_table_mut()?.entry(self.name()).or_insert_with(|| Item::Table(Table::new()));
        let profile = profile.as_table_mut()?;
        match self {
            Self::Put { origin, list, user, store, .. } => {
                put_place(profile, origin, *list);
                put(profile, "user", user.as_deref().map(value));
                put_store(profile, store);
            }
            Self::Forget { .. } => put_store(profile, &CredentialStore::Prompt),
        }
        Some(document.to_string())
    }
}

/// Several lists stay, with this one first.
fn put_place(profile: &mut Table, origin: &Origin, list: List) {
    let name = origin.account_name();
    put(profile, "account", name.map(value));
    put(profile, "url", name.is_none().then(|| value(origin.to_string())));
    let lists = profile.get_mut("lists").and_then(|lists| {
        lists.make_value();
        lists.as_array_mut()
    });
    match lists {
        Some(lists) => put_first(lists, list),
        None => put_list(profile, list),
    }
}

fn put_first(lists: &mut Array, list: List) {
    let mut first = Table::new();
    put_list(&mut first, list);
    let first = first.into_inline_table();
    let text = |table: &InlineTable| {
        table.iter().map(|(key, value)| format!("{key}={}", value.to_string().trim())).collect::<Vec<_>>()
    };
    lists.retain(|other| other.as_inline_table().is_none_or(|other| text(other) != text(&first)));
    lists.insert(0, first);
    lists.fmt();
}

fn put_list(profile: &mut Table, list: List) {
    let number = |number: u64| value(i64::try_from(number).unwrap_or(i64::MAX));
    let (assignment, owner, crm_type) = match list {
        List::Assignment(assignment) => (Some(assignment), None, None),
        List::DataOwner { owner, crm_type } => (None, Some(owner), Some(crm_type)),
    };
    put(profile, "assignment", assignment.map(number));
    put(profile, "data_owner", owner.map(number));
    put(profile, "crm_type", crm_type.map(|crm_type| value(crm_type.to_string())));
}

fn put_store(profile: &mut Table, store: &CredentialStore) {
    let (command, file, keyring) = match store {
        CredentialStore::Prompt => (None, None, false),
        CredentialStore::Command(words) => (Some(value(words.iter().collect::<Array>())), None, false),
        CredentialStore::File(path) => (None, Some(value(path.to_string_lossy().into_owned())), false),
        CredentialStore::Keyring => (None, None, true),
    };
    put(profile, "token_command", command);
    put(profile, "token_file", file);
    put(profile, "keyring", keyring.then(|| value(true)));
}

/// Sets a key where it stands, or takes it away; what is right already keeps the words behind it.
fn put(table: &mut Table, key: &str, item: Option<Item>) {
    let Some(mut item) = item else {
        table.remove(key);
        return;
    };
    if let (Some(old), Some(new)) = (table.get(key).and_then(Item::as_value), item.as_value_mut()) {
        *new.decor_mut() = old.decor().clone();
    }
    table[key] = item;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::CrmType;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    fn put(name: &str, store: CredentialStore) -> Change {
        Change::Put {
            name: name.to_owned(),
            origin: Origin::account("acme").unwrap(),
            list: List::DataOwner { owner: 2, crm_type: CrmType::B2C },
            user: None,
            store,
        }
    }

    #[test]
    fn the_first_profile_becomes_the_usual_one() {
        let written = put("work", CredentialStore::Keyring).apply("").unwrap();
        assert_eq!(
            written,
            "default_profile = \"work\"\n\n[profile.work]\naccount = \"acme\"\ndata_owner = 2\n\
             crm_type = \"B2C\"\nkeyring = true\n"
        );
    }

    #[test]
    fn what_a_person_wrote_stays() {
        let before = "# Mine.\ntheme = \"dark\" # at night\n\n[profile.home] # the other one\naccount = \"beta\"\n\
                      assignment = 3\n\n# The real one.\n[profile.work]\naccount = \"acme\" # ours\n\
                      assignment = 9\naccent = \"green\"\ntoken_command = [\"pass\"]\n";
        let after = put("work", CredentialStore::File("t".into())).apply(before).unwrap();
        assert_eq!(
            after,
            "# Mine.\ntheme = \"dark\" # at night\n\n[profile.home] # the other one\naccount = \"beta\"\n\
             assignment = 3\n\n# The real one.\n[profile.work]\naccount = \"acme\" # ours\n\
             accent = \"green\"\ndata_owner = 2\ncrm_type = \"B2C\"\ntoken_file = \"t\"\n"
        );
        let forgotten = Change::Forget { name: "work".to_owned() }.apply(&after).unwrap();
        assert!(!forgotten.contains("token_file") && forgotten.contains("accent"));
    }

    #[test]
    fn several_lists_stay_with_the_new_one_first() {
        let before = "[profile.work]\naccount = \"acme\"\n\
                      lists = [{ assignment = 9 }, { data_owner = 2, crm_type = \"B2C\" }] # all\n";
        let after = put("work", CredentialStore::Keyring).apply(before).unwrap();
        assert_eq!(
            after,
            "[profile.work]\naccount = \"acme\"\n\
             lists = [{ data_owner = 2, crm_type = \"B2C\" }, { assignment = 9 }] # all\nkeyring = true\n"
        );
    }

    #[test]
    fn the_file_is_its_owners_alone_and_a_link_stays_one() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("dotfiles.toml"), folder.path().join("config.toml"));
        fs::write(&path, "").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let written = put("work", CredentialStore::Prompt).write(&link).unwrap();
        assert!(written.is_usual && link.is_symlink());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn of_many_changes_at_once_none_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/config.toml");
        std::thread::scope(|scope| {
            for number in 0..12 {
                let path = &path;
                scope.spawn(move || {
                    put(&format!("p{number}"), CredentialStore::Prompt).write(path).unwrap();
                });
            }
        });
        assert_eq!(File::read(&path).unwrap().profiles.len(), 12);
    }

    #[test]
    fn a_broken_file_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, "theme = \"pink\"\n").unwrap();
        let refused = put("work", CredentialStore::Prompt).write(&path).unwrap_err();
        assert!(
            refused.to_string().contains("line 1, column 9: theme takes auto, terminal, dark, light"),
            "{refused}"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "theme = \"pink\"\n");
    }
}
