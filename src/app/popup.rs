//! The lists that open over everything: the help, which says what every key does, the palette, which does it, and the
//! accounts that are set up. The first two are drawn from the table of keys; all narrow while one types.

use crate::app::keymap::Binding;
use crate::app::{Action, App, Context, Keymap, line};
use crate::text;
use crossterm::event::{KeyCode, KeyEvent};
use tui_input::Input;

/// Which list is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PopupKind {
    /// All keys by where they act.
    Help,
    /// All actions by name.
    Palette,
    /// The accounts that are set up.
    Profiles,
}

/// An open list.
#[derive(Debug, Clone)]
pub struct Popup {
    /// Which one.
    pub kind: PopupKind,
    /// What it is narrowed by.
    pub input: Input,
    /// The first line of the help, or the selected line of another list.
    pub row: usize,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PopupLine {
    /// Where the keys below act.
    Title(&'static str),
    /// Keys and what they do.
    Keys {
        /// The keys' names, divided by blanks.
        keys: String,
        /// What they do.
        words: String,
        /// The action itself.
        action: Action,
    },
    /// An account that is set up.
    Profile {
        /// What it is called.
        name: String,
        /// Which customers.
        place: String,
        /// Whether it is the one that is open.
        is_open: bool,
    },
    /// A sentence of its own.
    Text(String),
}

impl PopupLine {
    fn holds(&self, wanted: &str) -> bool {
        match self {
            Self::Title(_) => true,
            Self::Keys { keys, words, .. } => {
                [keys, words].into_iter().any(|text| text::fold(text).contains(wanted))
            }
            Self::Profile { name, place, .. } => {
                [name, place].into_iter().any(|text| text::fold(text).contains(wanted))
            }
            Self::Text(text) => text::fold(text).contains(wanted),
        }
    }
}

const fn title(context: Context) -> &'static str {
    match context {
        Context::Table => "In the table",
        Context::Card => "In the card",
        Context::Field => "In the line that finds a field",
        Context::Search => "In the search line",
        Context::Lookup => "In the lookup line",
        Context::Help => "In this help",
        Context::Palette => "In the list of actions",
        Context::Profiles => "In the list of accounts",
        Context::Secret => "In the line for a token",
    }
}

/// What can be typed into the search line, for those who read the help.
const SEARCH: [(&str, &str); 6] = [
    ("kari oslo", "both words, in any order"),
    ("\"kari nord\"", "the words as they stand"),
    ("-as", "without this word"),
    ("909 09 090", "a number in any spelling"),
    ("name: phone: email: id:", "in this field alone"),
    ("city:askim \"post sted\":askim", "in the custom field with this label or id"),
];

impl App {
    /// The lines of the open list, narrowed by what is typed. Empty while none is open.
    #[must_use]
    pub fn popup_lines(&self) -> Vec<PopupLine> {
        let Some(popup) = &self.popup else {
            return Vec::new();
        };
        let wanted = text::fold(popup.input.value().trim());
        let lines = match popup.kind {
            PopupKind::Help => self.help(),
            PopupKind::Palette => self.palette(),
            PopupKind::Profiles => self.profile_lines(),
        };
        let lines: Vec<PopupLine> = lines.into_iter().filter(|line| line.holds(&wanted)).collect();
        // A title stays only over something.
        let is_over = |at: usize| !matches!(lines.get(at + 1), None | Some(PopupLine::Title(_)));
        let keeps = |(at, line): &(usize, &PopupLine)| !matches!(line, PopupLine::Title(_)) || is_over(*at);
        lines.iter().enumerate().filter(keeps).map(|(_, line)| line.clone()).collect()
    }

    fn help(&self) -> Vec<PopupLine> {
        let mut lines = Vec::new();
        for context in Context::ALL {
            lines.push(PopupLine::Title(title(context)));
            lines.extend(bindings(&self.keymap, context));
        }
        lines.push(PopupLine::Title("What can be typed into the search line"));
        lines.extend(SEARCH.map(|(typed, words)| PopupLine::Text(format!("{typed:<30} {words}"))));
        lines.push(PopupLine::Title("Labels of the custom fields"));
        lines.push(PopupLine::Text(self.labels_in_short()));
        lines.extend(self.labels.problems.iter().cloned().map(PopupLine::Text));
        lines
    }

    /// Where the labels come from, how many there are, and which fields in use have none.
    fn labels_in_short(&self) -> String {
        let fields = &self.labels.fields;
        let missing = self.store.unlabelled(fields);
        let missing = match missing.as_slice() {
            [] => "every field on the first page has one".to_owned(),
            keys => {
                let numbers: Vec<String> = keys.iter().take(8).map(|key| fields.number_of(key)).collect();
                let more = if keys.len() > 8 { " …" } else { "" };
                format!("{} on the first page without one ({}{more})", keys.len(), numbers.join(", "))
            }
        };
        format!("{} · {} labels · {missing}", self.labels.source, fields.len())
    }

    /// The actions of what has the focus below, then those of the table and the card, each once.
    fn palette(&self) -> Vec<PopupLine> {
        let mut lines: Vec<PopupLine> = Vec::new();
        let card = self.card_has_focus.then_some(Context::Card);
        for context in [self.context_below()].into_iter().chain(card).chain([Context::Table]) {
            for line in bindings(&self.keymap, context) {
                let is_there = |other: &PopupLine| action_of(other) == action_of(&line);
                if !lines.iter().any(is_there) && action_of(&line) != Some(Action::Palette) {
                    lines.push(line);
                }
            }
        }
        lines
    }

    pub(super) fn open_popup(&mut self, kind: PopupKind) {
        self.popup = Some(Popup { kind, input: Input::default(), row: 0 });
    }

    /// Gives a key to the line that narrows the list.
    pub(super) fn type_popup_key(&mut self, key: &KeyEvent) {
        if let Some(popup) = &mut self.popup
            && line::edit(&mut popup.input, key)
        {
            popup.row = 0;
        }
    }

    /// Narrows the list by pasted text.
    pub(super) fn paste_into_popup(&mut self, text: &str) {
        if let Some(popup) = &mut self.popup {
            line::insert(&mut popup.input, text);
            popup.row = 0;
        }
    }

    /// Moves in the list, or does what its selected line says.
    pub(super) fn act_in_popup(&mut self, action: Action) {
        let lines = self.popup_lines();
        let window = usize::from(self.size.1.saturating_sub(5)).max(1);
        let Some(popup) = &mut self.popup else { return };
        let last = match popup.kind {
            PopupKind::Help => lines.len().saturating_sub(window),
            PopupKind::Palette | PopupKind::Profiles => lines.len().saturating_sub(1),
        };
        popup.row = match action {
            Action::Up => popup.row.saturating_sub(1),
            Action::Down => popup.row.saturating_add(1),
            Action::PageUp => popup.row.saturating_sub(window),
            Action::PageDown => popup.row.saturating_add(window),
            _ => popup.row,
        }
        .min(last);
        let chosen = lines.get(popup.row).and_then(action_of);
        if action == Action::Open && popup.kind == PopupKind::Profiles {
            let row = popup.row;
            self.popup = None;
            self.choose_profile(lines.get(row));
        } else if action == Action::Open && popup.kind == PopupKind::Palette {
            self.popup = None;
            if let Some(chosen) = chosen {
                self.act(chosen, &KeyEvent::from(KeyCode::Null));
            }
        }
    }
}

fn action_of(line: &PopupLine) -> Option<Action> {
    match line {
        PopupLine::Keys { action, .. } => Some(*action),
        _ => None,
    }
}

fn bindings(keymap: &Keymap, context: Context) -> Vec<PopupLine> {
    let line = |binding: &Binding| {
        let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
        PopupLine::Keys { keys: keys.join(" "), words: binding.words.clone(), action: binding.action }
    };
    keymap.bindings(context).map(line).collect()
}
