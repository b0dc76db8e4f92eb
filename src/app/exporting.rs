//! What the table shows is written into a file: the rows in their order and the columns, the rest of the list loaded
//! before. Where customers are marked, these are written, and nothing needs to be loaded.

use crate::app::layers::{ExportLine, ExportStage, Layer, Layers};
use crate::app::{Env, List, SessionCall, Ticket};
use crate::cube::Moment;
use crate::list::{Searchable, Slot};
use crate::search::sort::Order;
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
    /// Which part of the list they are.
    pub part: ExportedPart,
}

/// Which part of a list is written into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedPart {
    /// Whether they are the marked customers.
    pub are_marked: bool,
    /// How many customers the list has. `None` where that is not known.
    pub of: Option<u64>,
    /// When the list was read.
    pub read: Option<Moment>,
    /// What is searched for, as typed. Empty where nothing is, and for the marked.
    pub search: String,
    /// What they are sorted by; nothing in Cube's order.
    pub orders: Vec<Order>,
}

/// Opens the line for a path, with the one of the last export, if there was one.
pub(in crate::app) fn open(list: &List, layers: &mut Layers, env: &mut Env<'_>, path: Option<&str>) {
    layers.close_menu();
    if list.count_to_write() == 0 {
        return env.say(Notice::NothingToExport);
    }
    layers.push(Layer::Export(ExportLine::new(path.unwrap_or(FIRST_PATH))));
}

/// Loads what is missing and writes the file then; of a list that cannot be had whole, what is here.
pub(in crate::app) fn export(list: &mut List, layers: &mut Layers, env: &mut Env<'_>) {
    let Some(line) = layers.export_mut() else { return };
    if line.stage == ExportStage::Partly || list.can_be_written() {
        return line.write(list, env);
    }
    line.stage = ExportStage::Loading;
    list.load_rest(env);
}

/// Goes on with an export that waits for the rest of the list.
pub(in crate::app) fn go_on(list: &List, layers: &mut Layers, env: &mut Env<'_>) {
    let Some(line) = layers.export_mut().filter(|line| line.stage == ExportStage::Loading) else { return };
    if list.can_be_written() {
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
            (written.of, written.are_marked) = (list.store.scope().total(), !list.marks.is_empty());
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
            slots: list.slots_to_write(),
            pages: list.store.searchable(),
            part: list.part_to_write(),
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
                customers: list.count_to_write(),
                are_marked: !list.marks.is_empty(),
                columns: list.columns.keys().len(),
                missing: (!list.can_be_written()).then(|| scope.total()).flatten(),
            },
            ExportStage::Loading => ExportState::Loading { loaded: scope.loaded, of: scope.total() },
            ExportStage::Partly => ExportState::Partly { loaded: scope.loaded, of: scope.total() },
            ExportStage::Writing(_) => ExportState::Writing(list.count_to_write()),
        }
    }
}

impl List {
    /// Whether all that is to be written is here: those who are marked, or what is shown of all of the list.
    fn can_be_written(&self) -> bool {
        let scope = self.store.scope();
        let is_whole = scope.ended && scope.missing == 0 && scope.failed == 0;
        let is_settled = self.find.is_settled() && !self.is_to_be_sorted() && !self.sorting.is_under_way();
        !self.marks.is_empty() || (is_whole && is_settled)
    }

    fn slots_to_write(&self) -> Vec<Slot> {
        if self.marks.is_empty() { self.shown_slots() } else { self.marked_slots() }
    }

    fn count_to_write(&self) -> usize {
        if self.marks.is_empty() { self.shown_count() } else { self.marks.len() }
    }

    fn part_to_write(&self) -> ExportedPart {
        let (scope, are_marked) = (self.store.scope(), !self.marks.is_empty());
        let search = if are_marked { "" } else { self.find.text().trim() };
        let orders = self.view.orders().to_vec();
        ExportedPart { are_marked, of: scope.total(), read: scope.as_of, search: search.to_owned(), orders }
    }
}
