//! What the table shows is written into a file: the rows in their order and the columns, the rest of the list loaded
//! before.

use crate::app::layers::{ExportLine, ExportStage, Layer};
use crate::app::{App, List, SessionCall, Ticket};
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

impl App {
    /// Opens the line for a path.
    pub(super) fn open_export(&mut self) {
        self.layers.close_menu();
        if self.list.row_count() == 0 {
            return self.say(Notice::NothingToExport);
        }
        let path = self.last_path.as_deref().unwrap_or(FIRST_PATH);
        self.layers.push(Layer::Export(ExportLine::new(path)));
    }

    /// Loads what is missing and writes the file then; of a list that cannot be had whole, what is here.
    pub(super) fn export(&mut self) {
        let (list, layers, env) = self.parts();
        let Some(line) = layers.export_mut() else { return };
        if line.stage == ExportStage::Partly || list.is_settled() {
            return self.write_export();
        }
        line.stage = ExportStage::Loading;
        list.load_rest(&env);
    }

    /// Goes on with an export that waits for the rest of the list.
    pub(super) fn go_on_exporting(&mut self) {
        let (list, layers, _) = self.parts();
        let Some(line) = layers.export_mut().filter(|line| line.stage == ExportStage::Loading) else {
            return;
        };
        if list.is_settled() {
            self.write_export();
        } else if list.load.rest().is_none() && list.find.is_settled() {
            line.stage = ExportStage::Partly;
        }
    }

    fn write_export(&mut self) {
        let (list, layers, env) = self.parts();
        let Some(line) = layers.export_mut() else { return };
        let ticket = env.out.ticket(list.id);
        let order = ExportOrder {
            ticket,
            path: line.input.value().trim().to_owned(),
            replaces: line.replaces(),
            columns: list.columns.keys(),
            slots: list.shown_slots(),
            pages: list.store.searchable(),
        };
        line.stage = ExportStage::Writing(ticket);
        env.out.session(SessionCall::Export(Box::new(order)));
    }

    /// Stops loading or writing; the line stays open.
    pub(super) fn stop_export(&mut self) {
        let (list, layers, mut env) = self.parts();
        let Some(line) = layers.export_mut() else { return };
        if line.stage == ExportStage::Loading {
            list.stop_loading(&mut env, false);
        } else {
            env.out.session(SessionCall::StopExport);
        }
        line.stage = ExportStage::Typing(None);
    }

    /// Takes in what became of a file.
    pub(super) fn exported(&mut self, ticket: Ticket, result: Result<Exported, NotExported>) {
        let is_its = |line: &&mut ExportLine| line.stage == ExportStage::Writing(ticket);
        let Some(line) = self.layers.export_mut().filter(is_its) else { return };
        match result {
            Ok(mut written) => {
                self.last_path = Some(line.input.value().to_owned());
                self.layers.take_export();
                written.of = self.list.store.scope().total();
                self.say(Notice::Exported(written));
            }
            Err(why) => line.stage = ExportStage::Typing(Some(why)),
        }
    }

    /// What is said of the line.
    pub(super) fn export_state<'a>(&'a self, line: &'a ExportLine) -> ExportState<'a> {
        let scope = self.list.store.scope();
        match &line.stage {
            ExportStage::Typing(Some(why)) => ExportState::Failed(why),
            ExportStage::Typing(None) => ExportState::Typing {
                customers: self.list.shown_count(),
                columns: self.list.columns.keys().len(),
                missing: (!self.list.is_settled()).then(|| scope.total()).flatten(),
            },
            ExportStage::Loading => ExportState::Loading { loaded: scope.loaded, of: scope.total() },
            ExportStage::Partly => ExportState::Partly { loaded: scope.loaded, of: scope.total() },
            ExportStage::Writing(_) => ExportState::Writing(self.list.shown_count()),
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
