//! What the table shows is written into a file: the rows in their order and the columns, the rest of the list loaded
//! before.

use crate::app::layers::{ExportLine, ExportStage, Layer, Layers};
use crate::app::{Env, List, SessionCall, Ticket};
use crate::list::{Row, Searchable, Slot};
use crate::words::{ExportState, Exported, NotExported, Notice};
use std::sync::Arc;

/// The path that is offered at first.
const FIRST_PATH: &str = "customers.xlsx";

/// What is to be written into a file.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportOrder {
    /// Comes back with the answer.
    pub ticket: Ticket,
    /// Where to, as it was typed. Its ending says the format.
    pub path: String,
    /// Whether it takes the place of a file that is there.
    pub replaces: bool,
    /// The keys of the columns, from the left.
    pub columns: Vec<Arc<str>>,
    /// The records, in order.
    pub slots: Vec<Slot>,
    /// The pages that they are on.
    pub pages: Vec<Searchable>,
}

/// Opens the line for a path, with the one of the last export, if there was one.
pub(in crate::app) fn open(list: &List, layers: &mut Layers, env: &mut Env<'_>, path: Option<&str>) {
    layers.close_menu();
    if list.row_count() == 0 {
        return env.say(Notice::NothingToExport);
    }
    layers.push(Layer::Export(ExportLine::new(path.unwrap_or(FIRST_PATH))));
}

/// Loads what is missing and writes the file then; of a list that cannot be had whole, what is here.
pub(in crate::app) fn export(list: &mut List, layers: &mut Layers, env: &mut Env<'_>) {
    let Some(line) = layers.export_mut() else { return };
    if line.stage == ExportStage::Partly || list.is_settled() {
        return line.write(list, env);
    }
    line.stage = ExportStage::Loading;
    list.load_rest(env);
}

/// Goes on with an export that waits for the rest of the list.
pub(in crate::app) fn go_on(list: &List, layers: &mut Layers, env: &mut Env<'_>) {
    let Some(line) = layers.export_mut().filter(|line| line.stage == ExportStage::Loading) else { return };
    if list.is_settled() {
        line.write(list, env);
    } else if list.load.rest().is_none() && list.find.is_settled() {
        line.stage = ExportStage::Partly;
    }
}

/// Stops loading or writing; the line stays open.
pub(in crate::app) fn stop(list: &mut List, layers: &mut Layers, env: &mut Env<'_>) {
    let Some(line) = layers.export_mut() else { return };
    if line.stage == ExportStage::Loading {
        list.stop_loading(env, false);
    } else {
        env.out.session(SessionCall::StopExport);
    }
    line.stage = ExportStage::Typing(None);
}

/// Takes in what became of a file. Returns the path of one that was written.
pub(in crate::app) fn exported(
    list: &List,
    layers: &mut Layers,
    env: &mut Env<'_>,
    (ticket, result): (Ticket, Result<Exported, NotExported>),
) -> Option<String> {
    let is_its = |line: &&mut ExportLine| line.stage == ExportStage::Writing(ticket);
    let line = layers.export_mut().filter(is_its)?;
    match result {
        Ok(mut written) => {
            let path = line.input.value().to_owned();
            layers.take_export();
            written.of = list.store.scope().total();
            env.say(Notice::Exported(written));
            Some(path)
        }
        Err(why) => {
            line.stage = ExportStage::Typing(Some(why));
            None
        }
    }
}

impl ExportLine {
    fn write(&mut self, list: &List, env: &mut Env<'_>) {
        let ticket = env.out.ticket(list.id);
        let order = ExportOrder {
            ticket,
            path: self.input.value().trim().to_owned(),
            replaces: self.replaces(),
            columns: list.columns.keys(),
            slots: list.shown_slots(),
            pages: list.store.searchable(),
        };
        self.stage = ExportStage::Writing(ticket);
        env.out.session(SessionCall::Export(Box::new(order)));
    }

    /// What is said of the line.
    pub(in crate::app) fn state<'a>(&'a self, list: &List) -> ExportState<'a> {
        let scope = list.store.scope();
        match &self.stage {
            ExportStage::Typing(Some(why)) => ExportState::Failed(why),
            ExportStage::Typing(None) => ExportState::Typing {
                customers: list.shown_count(),
                columns: list.columns.keys().len(),
                missing: (!list.is_settled()).then(|| scope.total()).flatten(),
            },
            ExportStage::Loading => ExportState::Loading { loaded: scope.loaded, of: scope.total() },
            ExportStage::Partly => ExportState::Partly { loaded: scope.loaded, of: scope.total() },
            ExportStage::Writing(_) => ExportState::Writing(list.shown_count()),
        }
    }
}

impl List {
    /// Whether all of the list is here, and what is shown answers the search among all of it.
    fn is_settled(&self) -> bool {
        let scope = self.store.scope();
        let is_whole = scope.ended && scope.missing == 0 && scope.failed == 0;
        is_whole && self.find.is_settled() && !self.is_to_be_sorted() && !self.sorting.is_under_way()
    }

    /// How many customers an export of what is shown has.
    fn shown_count(&self) -> usize {
        self.view.first_alike().unwrap_or_else(|| self.row_count())
    }

    /// The customers that are shown and loaded, in order. Those whose names are only spelled alike are none of them, nor
    /// are customers of other lists.
    fn shown_slots(&self) -> Vec<Slot> {
        let rows = (0..self.shown_count()).filter_map(|row| self.row(row));
        let loaded = rows.filter_map(|row| match row {
            Row::Loaded(slot) => Some(slot),
            Row::Absent { .. } => None,
        });
        loaded.filter(|slot| self.store.elsewhere(*slot).is_none()).collect()
    }
}
