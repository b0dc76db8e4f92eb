//! What the table shows, written into a file beside the loop, and the paths for that.

use super::desk::Desk;
use crate::app::{ExportOrder, ExportedPart, Msg, SessionReply};
use crate::commands::shown::{self, About, NoFile, Shown, WrittenFile};
use crate::words::{Exported, NotExported};
use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

impl Desk<'_> {
    /// Writes a file on another thread; its end comes as a message.
    pub(super) fn export(&mut self, order: ExportOrder) {
        self.stop_export();
        let cancelled = Arc::new(AtomicBool::new(false));
        *self.export = Some(Arc::clone(&cancelled));
        let app = &self.engine.app;
        let fields = app.labels.fields.of(app.list.schema);
        let account = &app.session.account;
        let place = format!("{} · {}", account.name, account.list);
        self.engine.tasks.start_blocking(move || {
            let ExportOrder { ticket, path, replaces, columns, slots, pages, part } = order;
            let ExportedPart { are_marked, of, read, search, orders } = part;
            let sorted =
                orders.iter().map(|order| (fields.name_of(&order.key).to_string(), order.descending));
            let about = About { place, are_marked, of, search, sorted: sorted.collect(), read };
            let shown = Shown { slots, pages, columns, fields, about };
            let result = match shown::write(&expanded(&path), replaces, &shown, &cancelled) {
                Ok(WrittenFile { name, customers, cut }) => {
                    Ok(Exported { name, customers, of: None, are_marked: false, cut })
                }
                Err(NoFile::Exists(name)) => Err(NotExported::Exists(name)),
                Err(NoFile::Other(why)) => Err(NotExported::Other(why)),
                Err(NoFile::Cancelled) => return None,
            };
            Some(Msg::Session(SessionReply::Exported { ticket, result }))
        });
    }

    /// Stops the file that is being written: nothing is left of it.
    pub(super) fn stop_export(&mut self) {
        if let Some(cancelled) = self.export.take() {
            cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Completes a path.
    pub(super) fn complete_path(&mut self, typed: String) {
        let path = completed(&typed);
        self.answer(SessionReply::PathCompleted { typed, path });
    }
}

/// The path that is meant: `~` is the person's own folder.
fn expanded(typed: &str) -> PathBuf {
    let home = directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned());
    match (typed.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home,
        (Some(rest), Some(home)) if rest.starts_with(MAIN_SEPARATOR) => {
            home.join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(typed),
    }
}

/// What all names that begin as typed have in common; a folder that is the only one gets its slash. What was typed
/// where nothing begins so.
fn completed(typed: &str) -> String {
    if typed == "~" {
        return format!("~{MAIN_SEPARATOR}");
    }
    let (folder, begun) = typed.rfind(MAIN_SEPARATOR).map_or(("", typed), |at| typed.split_at(at + 1));
    let place = expanded(folder);
    let place = if folder.is_empty() { Path::new(".") } else { &place };
    let entries = fs::read_dir(place).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        // Hidden names are completed when their dot is typed.
        let is_meant = name.starts_with(begun) && (begun.starts_with('.') || !name.starts_with('.'));
        is_meant.then(|| if entry.path().is_dir() { name + "/" } else { name })
    });
    let common = names.reduce(|one, other| {
        one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    });
    common.map_or_else(|| typed.to_owned(), |common| format!("{folder}{common}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::one_folder("Down", "Downloads/")]
    #[case::common_part("cust", "customers-")]
    #[case::exactly_one("customers-a", "customers-a.csv")]
    #[case::within_a_folder("Downloads/o", "Downloads/old.xlsx")]
    #[case::nothing_begins_so("x", "x")]
    #[case::no_such_folder("none/x", "none/x")]
    #[case::hidden(".h", ".hidden")]
    fn a_path_is_completed_as_in_a_shell(#[case] typed: &str, #[case] path: &str) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("Downloads")).unwrap();
        for name in ["customers-a.csv", "customers-b.csv", "Downloads/old.xlsx", ".hidden"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let within = |path: &str| format!("{}/{path}", folder.path().display());
        assert_eq!(completed(&within(typed)), within(path));
    }

    #[test]
    fn a_path_from_the_home_folder_is_meant_as_in_a_shell() {
        let home = directories::BaseDirs::new().unwrap().home_dir().to_owned();
        assert_eq!(expanded("~/a.csv"), home.join("a.csv"));
        assert_eq!(expanded("~kari/a.csv"), PathBuf::from("~kari/a.csv"));
        assert_eq!(expanded("a.csv"), PathBuf::from("a.csv"));
        assert_eq!(completed("~"), "~/");
    }
}
