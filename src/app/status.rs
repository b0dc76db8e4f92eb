//! What the status line, the header and the menus are about: typed states, of which `words` makes sentences.

use crate::app::layers::Layer;
use crate::app::{
    Account, App, Asked, CallRange, Form, FormStage, Line, List, MenuKind, MenuLine, Profile, ValueMenu,
};
use crate::keys::{Action, Binding, Context, Hint, Keymap};
use crate::language::tr;
use crate::list::{PageState, Scope};
use crate::search::sort::Order;
use crate::search::{self, Rank, Reach};
use crate::text::{self, Place};
use crate::words::{
    self, AlikeState, Cause, Emptiness, FormState, Halt, Keys, ListState, LookedUp, MarksState, Notice,
    OrderState, Progress, Said, SearchState, Stage, Status, Tone, ValuesState,
};
use std::sync::Arc;

/// The symbols that turn while we wait.
const SPINNER: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

impl App {
    /// The keys as they are where the focus is, for sentences.
    #[must_use]
    pub fn keys(&self) -> Keys<'_> {
        Keys { keymap: &self.keymap, context: self.context() }
    }

    /// What the status line says now.
    #[must_use]
    pub fn said(&self) -> Said {
        self.status().said(&self.keys())
    }

    /// What the status line is about.
    #[must_use]
    pub fn status(&self) -> Status<'_> {
        if let Some(status) = self.status_above_notices() {
            return status;
        }
        let notice = self.notices.answer().filter(|_| self.is_list_known()).or_else(|| self.said_remark());
        notice.map_or_else(|| self.status_below_notices(), Status::Notice)
    }

    /// The remark that is on the screen. `None` as well while something graver is said.
    pub(super) fn said_remark(&self) -> Option<&Notice> {
        let remark = self.notices.remark()?;
        let is_covered = self.notices.answer().is_some() || self.status_above_notices().is_some();
        let is_graver = || self.status_below_notices().said(&self.keys()).tone == Tone::Problem;
        (self.is_list_known() && !is_covered && !self.list.load.is_refused() && !is_graver())
            .then_some(remark)
    }

    /// Nothing is said of a list whose first page has not come: the middle of the screen says why.
    fn is_list_known(&self) -> bool {
        self.list.store.scope().as_of.is_some()
    }

    fn status_above_notices(&self) -> Option<Status<'_>> {
        match self.layers.top() {
            Some(Layer::Credential(line)) => {
                return Some(Status::Credential(line.reason(), self.session.account.credential_kind));
            }
            // What a key has led to is said above the list in which it was pressed, until the next key.
            Some(
                Layer::Menu(_) | Layer::Columns(_) | Layer::Values(_) | Layer::Pick(_) | Layer::Export(_),
            ) if self.notices.answer().is_some() => {}
            Some(Layer::Menu(_) | Layer::Columns(_) | Layer::Values(_) | Layer::Pick(_)) => {
                return Some(Status::Menu);
            }
            Some(Layer::Export(line)) => return Some(Status::Export(line.state(&self.list))),
            Some(Layer::Form(form)) if form.drops() => {
                return Some(Status::Form(FormState::Dropping(form.changed().count())));
            }
            Some(Layer::Card(card)) if card.is_typing() => {
                return Some(Status::FieldFind(card.page().fields.len()));
            }
            Some(Layer::Line(_) | Layer::Card(_) | Layer::Form(_) | Layer::Large(_) | Layer::Compare(_))
            | None => {}
        }
        self.is_throttled().then(|| {
            let left =
                self.session.throttled.as_ref().map_or(0, |wait| wait.until.seconds_since(self.clock.now));
            Status::Throttled(left)
        })
    }

    fn status_below_notices(&self) -> Status<'_> {
        if let Some(Layer::Form(form)) = self.layers.top() {
            return Status::Form(self.form_state(form));
        }
        if let Some(about) = self.card_status() {
            return about;
        }
        if self.layers.line().is_some() || !self.list.find.is_empty() {
            return Status::Search(Box::new(self.search_state()));
        }
        Status::List(Box::new(self.list_state()))
    }

    /// What is said of the card that has the focus.
    fn card_status(&self) -> Option<Status<'_>> {
        let Some(Layer::Card(card)) = self.layers.top() else { return None };
        if let Some(find) = card.field_find() {
            return Some(Status::KeptFields(find.text(), card.page().fields.len()));
        }
        if self.list.load.is_refused() {
            return None;
        }
        let field = card.field_under_cursor()?;
        let known = self.labels.fields.get(&field.key);
        words::field(field.label.as_str(), &field.key, known, field.unlabelled).map(Status::Field)
    }

    fn form_state<'a>(&'a self, form: &'a Form) -> FormState<'a> {
        let field = form.field();
        match form.stage {
            FormStage::Reading(..) => FormState::Reading(self.silence()),
            FormStage::Sending(_) => FormState::Sending(self.silence()),
            FormStage::Review if form.is_unknown() => FormState::Unknown,
            FormStage::Review if field.is_some_and(|field| field.conflict().is_some()) => FormState::Conflict,
            FormStage::Review if form.was_refused() => FormState::Again(form.changed().count()),
            FormStage::Review => FormState::Review(form.changed().count(), form.writing),
            FormStage::Typing => {
                let known = field.and_then(|field| self.labels.fields.get(&field.key));
                FormState::Typing(field.map_or("", |field| field.label.as_str()), known)
            }
        }
    }

    fn search_state(&self) -> SearchState<'_> {
        let find = &self.list.find;
        let line = self.layers.line();
        let stage = match () {
            () if find.is_behind() => Stage::Behind,
            () if find.is_settled() => Stage::Settled,
            () => Stage::Searching,
        };
        let found = self.list.found().filter(|_| self.list.view.query().is_some());
        let hits = found.map(|found| (found.len(), found.len_of(Rank::OtherField)));
        SearchState {
            text: line.map_or(find.text(), Line::text),
            query: find.query(),
            reach: find.reach(),
            hits,
            stage,
            scope: self.list.store.scope(),
            cause: self.cause(),
            is_id: line.is_some_and(|line| line.id().is_some()),
            looked_up: self.looked_up_state(),
            correction: self.list.correction(),
            order: self.order_state(),
            alike: self.alike_state(),
            loads_rest: self.list.load.rest().is_some(),
            halt: self.list.load.stopped().cloned(),
            is_masked: self.masks.is_on(),
            in_line: self.context() == Context::Line,
            now: self.clock.now,
        }
    }

    /// Who has a name that is spelled alike. `None` while no one is known to have one.
    fn alike_state(&self) -> Option<AlikeState<'_>> {
        let alike = self.list.view.alike().filter(|alike| !alike.is_empty())?;
        let rows = self.list.viewport(self.layout().window());
        let is_on_screen = self.list.view.first_alike().is_some_and(|first| first < rows.end);
        Some(AlikeState { alike, is_on_screen })
    }

    fn looked_up_state(&self) -> LookedUp {
        match self.layers.line().map(|line| &line.asked) {
            None | Some(Asked::No) => LookedUp::No,
            Some(Asked::Waiting(_)) => LookedUp::Waiting(self.silence()),
            Some(Asked::NotFound(id)) => LookedUp::NotFound(id.clone(), self.session.account.lists.len()),
            Some(Asked::Failed(error)) => LookedUp::Failed(Arc::clone(error)),
        }
    }

    /// How the number in the line is known.
    fn cause(&self) -> Cause {
        let text = self.layers.line().map_or(self.list.find.text(), Line::text);
        let Some(found) = self.list.found().filter(|found| search::is_number(text) && !found.is_empty())
        else {
            return Cause::Words;
        };
        let (ids, phones) = (found.len_of(Rank::ExactId), found.len_of(Rank::ExactPhone));
        let is_first = self.list.cursor.row() == 0 && self.list.view.orders().is_empty();
        match (ids + phones, found.len() - found.len_of(Rank::OtherField)) {
            (1, _) if ids == 1 && is_first => Cause::Id(self.selected_name()),
            (1, _) if is_first => Cause::Phone(self.selected_name()),
            (1, _) | (0, 0) => Cause::Words,
            (0, _) => Cause::Start,
            (shared, _) => Cause::Shared(shared),
        }
    }

    /// The name of the customer under the cursor, or what is said in its place.
    fn selected_name(&self) -> String {
        let name = self.list.selected().and_then(|slot| {
            let record = self.list.store.record(slot)?;
            let standard = record.standard();
            Some(text::clean(&standard.name, Place::Row).to_string())
        });
        name.filter(|name| !name.is_empty()).unwrap_or_else(words::nameless)
    }

    fn list_state(&self) -> ListState<'_> {
        let account = &self.session.account;
        let store = &self.list.store;
        let gone = self.list.selected().and_then(|slot| self.list.id_at(slot));
        ListState {
            scope: store.scope(),
            noun: self.list.schema.noun,
            host: &account.host,
            is_said_in_the_middle: self.emptiness().is_some(),
            halt: self.list.load.stopped().cloned(),
            credential: (account.credential_kind, account.credential.is_none() && !account.is_demo),
            failure: store.first_failure(),
            not_utf8: store.first_not_utf8(),
            order: self.order_state(),
            is_refreshing: store.is_rereading() && store.loading() > 0,
            silence: self.silence(),
            is_gone: gone.is_some_and(|id| self.list.is_gone(&id)),
            marks: MarksState { count: self.list.marks.len(), are_alone: self.list.view.shows_marked() },
            now: self.clock.now,
        }
    }

    /// How the rows are sorted. While the line is open, hits are not.
    fn order_state(&self) -> OrderState {
        let List { sorting, view, load, schema, .. } = &self.list;
        let is_by_rank = view.found().is_some() && self.layers.line().is_some();
        let orders = if is_by_rank { &[] } else { sorting.orders() };
        let labels = self.labels.fields.of(schema);
        let column = |order: &Order| (labels.name_of(&order.key).to_string(), order.descending);
        OrderState {
            columns: orders.iter().map(column).collect(),
            is_behind: view.orders() != orders,
            loads_rest: load.rest().is_some(),
        }
    }

    /// What the list of the values of a column says of what was counted.
    #[must_use]
    pub fn values_in_short(&self, menu: &ValueMenu) -> String {
        let (scope, now) = (self.list.store.scope(), self.clock.now);
        let (counts, is_of_found) = (menu.counts.as_deref(), menu.is_of_found);
        ValuesState { counts, is_of_found, scope, now }.words()
    }

    /// Why there is nothing to show, in a few lines. `None` while there are customers, or while they are on their way.
    #[must_use]
    pub fn emptiness(&self) -> Option<Vec<String>> {
        let failure = match (self.list.load.stopped(), self.list.store.page_state(1)) {
            (Some(Halt::Refused(error)), _) => Some(Arc::clone(error)),
            (_, PageState::Failed(error)) => Some(error),
            _ => None,
        };
        let Account { credential, credential_kind, .. } = &self.session.account;
        let state = Emptiness {
            scope: self.list.store.scope(),
            list: &self.list_name(),
            noun: self.list.schema.noun,
            failure,
            credential: (credential_kind, credential.as_deref()),
            now: self.clock.now,
        };
        words::emptiness(&state, &self.keys())
    }

    /// What the open list is called: "assignment 9", "calls of today".
    #[must_use]
    pub fn list_name(&self) -> String {
        match CallRange::of(self.list.id) {
            Some(range) => words::calls_of(range.days()),
            None => self.session.account.list.clone(),
        }
    }

    /// What the header says at its right: how many customers are marked, how many there are, and how many of them are
    /// loaded.
    #[must_use]
    pub fn extent(&self) -> String {
        self.with_marks(words::extent(&self.list.store.scope(), self.list.schema.noun, self.clock.now))
    }

    /// The same in fewer words, where there is no room for all. Empty before the first page.
    #[must_use]
    pub fn extent_in_short(&self) -> String {
        let scope = self.list.store.scope();
        let extent = scope.as_of.map(|_| words::searched(&scope, self.clock.now));
        self.with_marks(extent.unwrap_or_default())
    }

    fn with_marks(&self, extent: String) -> String {
        match self.list.marks.len() {
            0 => extent,
            marked => format!("{} · {extent}", words::marked(marked)),
        }
    }

    /// How far the rest of the list is loaded. `None` while it is not being loaded.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        let rest = self.list.load.rest().filter(|rest| rest.missing_then > 0)?;
        let stops = matches!(self.context(), Context::Table | Context::Line);
        let stops = stops.then(|| self.keys().key(Action::Back));
        let missing = self.list.store.scope().missing;
        Some(words::progress((rest.since, self.clock.now), (rest.missing_then, missing), stops))
    }

    /// The symbol that turns while we wait.
    #[must_use]
    pub fn spinner(&self) -> &'static str {
        SPINNER.get(self.clock.ticks % SPINNER.len()).copied().unwrap_or_default()
    }

    /// What can be pressed now. What cannot be done is not offered.
    #[must_use]
    pub fn hints(&self) -> Vec<Hint> {
        let narrow = self.keymap.key_for(Context::Line, Action::Narrow);
        let is_narrow = self.list.find.reach() == Reach::Standard;
        let mut hints = self.keymap.hints(self.context());
        if self.layers.values().is_some_and(|menu| !menu.has_ranges()) {
            let ranges = self.keymap.key_for(Context::Values, Action::SwitchFocus);
            hints.retain(|hint| hint.keys != ranges);
        }
        if self.list.calls.is_some() && self.context() == Context::Table {
            let keys = self.keymap.key_for(Context::Table, Action::Back);
            let at = hints.len().min(2);
            hints.insert(at, Hint { keys, words: words::back_to_customers() });
        }
        for hint in hints.iter_mut().filter(|hint| is_narrow && hint.keys == narrow) {
            hint.words = words::all_fields();
        }
        hints
    }

    /// The row under the cursor as it is counted. `None` where there is none.
    #[must_use]
    pub fn row_number(&self) -> Option<u64> {
        let scope: Scope = self.list.store.scope();
        scope.as_of?;
        self.cursor_row().map(|row| row as u64 + 1)
    }

    /// The lines of the open menu, narrowed by what is typed. Empty while none is open.
    #[must_use]
    pub fn menu_lines(&self) -> Vec<MenuLine> {
        let Some(menu) = self.layers.menu() else { return Vec::new() };
        menu.narrow(match menu.kind {
            MenuKind::Help(context) => self.help(context),
            MenuKind::Palette => self.palette(),
            MenuKind::Profiles => self.profile_lines(),
        })
    }

    /// The keys of what has the focus, then what can be typed into the line, then all other keys.
    fn help(&self, context: Context) -> Vec<MenuLine> {
        let section = |context| {
            let title = MenuLine::Title(words::section(context));
            [title].into_iter().chain(bindings(&self.keymap, context).map(|line| self.with_way(line)))
        };
        let mut lines: Vec<MenuLine> = section(context).collect();
        lines.push(MenuLine::Title(tr!("What can be typed")));
        let typed = words::syntax().into_iter().chain(words::signs());
        lines.extend(typed.map(|(typed, words)| MenuLine::Text(format!("{typed:<30} {words}"))));
        lines.extend(Context::ALL.into_iter().filter(|other| *other != context).flat_map(section));
        let Self { labels, list, .. } = self;
        let missing = list.store.unlabelled(&labels.fields);
        lines.push(MenuLine::Title(tr!("Labels of the custom fields")));
        lines.push(MenuLine::Text(words::labels_in_short(&labels.fields, &labels.source, &missing)));
        lines.extend(labels.problems.iter().cloned().map(MenuLine::Text));
        lines
    }

    /// A line of the help: an action without a key of its own is reached by the palette, whose key stands there.
    fn with_way(&self, line: MenuLine) -> MenuLine {
        match line {
            MenuLine::Keys { keys, words, action } if keys.is_empty() => {
                let palette = self.keymap.key_for(Context::Table, Action::Palette);
                MenuLine::Keys { keys: format!("{palette} …"), words, action }
            }
            line => line,
        }
    }

    /// The actions of what has the focus below, then those of the table, each once.
    fn palette(&self) -> Vec<MenuLine> {
        let mut lines: Vec<MenuLine> = Vec::new();
        for context in [self.layers.context_below_menu(), Context::Table] {
            for line in bindings(&self.keymap, context) {
                let action = action_of(&line);
                let is_there = lines.iter().any(|other| action_of(other) == action);
                if !is_there && action != Some(Action::Palette) {
                    lines.push(line);
                }
            }
        }
        lines
    }

    fn profile_lines(&self) -> Vec<MenuLine> {
        let line = |profile: &Profile| {
            let is_open = self.session.account.is_of(profile);
            MenuLine::Profile { profile: profile.clone(), is_open }
        };
        self.session.profiles.iter().map(line).collect()
    }
}

fn action_of(line: &MenuLine) -> Option<Action> {
    match line {
        MenuLine::Keys { action, .. } => Some(*action),
        MenuLine::Title(_) | MenuLine::Profile { .. } | MenuLine::Text(_) => None,
    }
}

fn bindings(keymap: &Keymap, context: Context) -> impl Iterator<Item = MenuLine> + '_ {
    let line = |binding: &Binding| {
        let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
        MenuLine::Keys { keys: keys.join(" "), words: binding.said(), action: binding.action }
    };
    keymap.bindings(context).map(line)
}
