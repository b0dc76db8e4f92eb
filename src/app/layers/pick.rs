//! A list that is made for one moment and of which one line is chosen: the last customers, the forms in which one is
//! copied, their numbers. It narrows while one types.

use super::{Narrowed, Outcome, Wish};
use crate::app::CallRange;
use crate::keys::{Action, Context};
use crate::text::{self, SafeText};
use crate::words;

/// Which list it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickKind {
    /// The customers whose cards were opened.
    Recents,
    /// The calls of a customer.
    Calls(CallRange),
    /// The forms in which a customer can be copied.
    Copy,
    /// The numbers of a customer.
    Numbers,
    /// The addresses of a customer.
    Addresses,
    /// The views of the list.
    Views,
    /// The values that a customer shares with others.
    Shared,
    /// A value that is masked: as it is shown, or in full.
    Masked,
}

impl PickKind {
    /// What has the focus while the list is open.
    #[must_use]
    pub const fn context(self) -> Context {
        match self {
            Self::Recents => Context::Recents,
            Self::Views => Context::Views,
            Self::Calls(_) => Context::Calls,
            Self::Copy | Self::Numbers | Self::Addresses | Self::Shared | Self::Masked => Context::Choices,
        }
    }
}

/// What a line leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Choice {
    /// The card of the customer with this id.
    Customer(String),
    /// The customers whom this filter finds.
    Filter(String),
    /// This number is called.
    Call(String),
    /// A mail to this address is begun.
    Mail(String),
    /// The text is copied; what it is called.
    Copy(String, SafeText<'static>),
    /// The view of this name is opened.
    View(String),
    /// The program is run; what its command is called.
    Run(String, Vec<String>),
    /// The forms are shown with the values that are masked.
    InFull,
    /// Nothing: this many bytes do not arrive.
    TooLong(usize),
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickItem {
    /// What comes first: an id.
    pub name: SafeText<'static>,
    /// What it is about: a name.
    pub value: SafeText<'static>,
    /// What is said of it at the end.
    pub note: String,
    /// What is shown below the list while the line is selected.
    pub preview: Vec<SafeText<'static>>,
    pub(in crate::app) choice: Choice,
}

/// The open list.
#[derive(Debug)]
pub struct Pick {
    /// Which one.
    pub kind: PickKind,
    /// What is said above it, in place of its heading. Empty where that is enough.
    pub about: String,
    /// What is typed, and the selected one of the lines that are listed.
    pub narrowed: Narrowed,
    items: Vec<PickItem>,
}

impl Pick {
    pub(in crate::app) fn new(kind: PickKind, items: Vec<PickItem>) -> Self {
        Self { kind, about: String::new(), narrowed: Narrowed::default(), items }
    }

    /// What is said above it.
    #[must_use]
    pub fn heading(&self) -> String {
        match self.kind {
            PickKind::Recents => words::recents(),
            PickKind::Copy if self.about.is_empty() => words::copy_as(),
            PickKind::Numbers => words::call(),
            PickKind::Addresses => words::write_to(),
            PickKind::Views => words::views(),
            PickKind::Shared => words::others_with_same(),
            PickKind::Masked if self.about.is_empty() => words::masked_value(),
            PickKind::Copy | PickKind::Calls(_) | PickKind::Masked => self.about.clone(),
        }
    }

    /// Takes other lines; the selected one stays selected where it is among them.
    pub(in crate::app) fn replace(&mut self, items: Vec<PickItem>) {
        let choice = self.selected().map(|item| item.choice.clone());
        self.items = items;
        let row = self.lines().iter().position(|item| Some(&item.choice) == choice.as_ref());
        self.narrowed.row = row.unwrap_or_default();
    }

    /// The lines that have what is typed.
    #[must_use]
    pub fn lines(&self) -> Vec<&PickItem> {
        let wanted = self.narrowed.wanted();
        let holds = |text: &str| text::fold(text).contains(&wanted);
        let is_listed =
            |item: &&PickItem| holds(item.name.as_str()) || holds(item.value.as_str()) || holds(&item.note);
        self.items.iter().filter(is_listed).collect()
    }

    /// The line under the cursor. `None` where none has what is typed.
    #[must_use]
    pub fn selected(&self) -> Option<&PickItem> {
        self.lines().get(self.narrowed.row).copied()
    }

    /// How many of this many lines the list has; what is below it has the rest.
    #[must_use]
    pub fn list_height(&self, height: u16) -> u16 {
        let has_preview = self.items.iter().any(|item| !item.preview.is_empty());
        let lines = u16::try_from(self.items.len()).unwrap_or(u16::MAX);
        if has_preview { lines.min(height.div_ceil(2)) } else { height }
    }

    /// Does what a key is for. This many lines are on the screen, those below the list included.
    pub(in crate::app) fn act(&mut self, action: Action, height: u16) -> Outcome {
        let window = usize::from(self.list_height(height)).max(1);
        let last = self.lines().len().saturating_sub(1);
        match action {
            Action::Back => Outcome::Wish(Wish::Close),
            Action::Open => self.chosen().map_or(Outcome::Done, |it| Outcome::Wish(Wish::Pick(it))),
            Action::SaveView => Outcome::Wish(Wish::SaveView(self.narrowed.input.value().to_owned())),
            Action::RemoveView => match self.chosen() {
                Some(Choice::View(name)) => Outcome::Wish(Wish::RemoveView(name)),
                _ => Outcome::Done,
            },
            Action::Pin => match self.chosen() {
                Some(Choice::Customer(id)) => Outcome::Wish(Wish::Pin(id)),
                _ => Outcome::Done,
            },
            _ => Outcome::of(self.narrowed.step(action, window, last)),
        }
    }

    fn chosen(&self) -> Option<Choice> {
        self.selected().map(|item| item.choice.clone())
    }
}
