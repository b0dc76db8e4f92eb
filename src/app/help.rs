//! The help: all keys by where they act, drawn from the same table that dispatches them.

use crate::app::{Action, App, Context};

/// One line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    /// Where the keys below act.
    Title(&'static str),
    /// Keys and what they do.
    Keys {
        /// The keys' names, divided by blanks.
        keys: String,
        /// What they do.
        words: String,
    },
    /// A sentence of its own.
    Text(String),
    /// Divides groups.
    Space,
}

const TITLES: [(Context, &str); 4] = [
    (Context::Table, "In the table"),
    (Context::Card, "In the card"),
    (Context::Search, "In the search line"),
    (Context::Lookup, "In the lookup line"),
];

/// All lines of the help.
#[must_use]
pub fn help_lines(app: &App) -> Vec<HelpLine> {
    let mut lines = Vec::new();
    for (context, title) in TITLES {
        lines.push(HelpLine::Title(title));
        for binding in app.keymap.bindings(context) {
            let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
            lines.push(HelpLine::Keys {
                keys: keys.join(" "),
                words: binding.words.clone(),
            });
        }
        lines.push(HelpLine::Space);
    }
    lines.push(HelpLine::Title("Labels of the custom fields"));
    lines.push(HelpLine::Text(app.labels.source.to_string()));
    lines.extend(app.labels.problems.iter().cloned().map(HelpLine::Text));
    lines
}

impl App {
    /// Moves the window over the help.
    pub(super) fn move_help(&mut self, action: Action) {
        let lines = help_lines(self).len();
        let Some(top) = &mut self.help else { return };
        let window = usize::from(self.size.1.saturating_sub(4)).max(1);
        let last = lines.saturating_sub(window);
        *top = match action {
            Action::Up => top.saturating_sub(1),
            Action::Down => top.saturating_add(1),
            Action::PageUp => top.saturating_sub(window),
            Action::PageDown => top.saturating_add(window),
            Action::First => 0,
            Action::Last => last,
            _ => *top,
        }
        .min(last);
    }
}
