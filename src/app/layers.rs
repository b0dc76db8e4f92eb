//! What lies above the table: cards, forms, the line, menus, the line for a credential. They are a stack; the top layer has
//! the focus, and Esc closes exactly that one.

mod caller;
pub mod card;
mod cards;
mod columns;
mod compare;
mod credential;
mod export;
pub mod form;
mod history;
mod large;
mod line;
mod menu;
mod narrowed;
mod pick;
mod values;

pub use card::Card;
pub use columns::{ColumnMenu, MenuField};
pub use compare::{Compare, Compared};
pub use credential::{CredentialLine, Typed};
pub use export::{ExportLine, ExportStage};
pub use form::Form;
pub use large::{Large, LargeShape};
pub use line::{Asked, Line};
pub use menu::{Menu, MenuKind, MenuLine};
pub use narrowed::Narrowed;
pub use pick::{Pick, PickItem, PickKind};
pub(in crate::app) use values::Rows;
pub use values::{Listed, ValueLine, ValueMenu};

pub(in crate::app) use history::History;
pub(in crate::app) use menu::Chosen;
pub(in crate::app) use pick::Choice;

use crate::cube::List;
use crate::keys::Context;
use crate::search::Condition;
use crate::words::Notice;
use std::sync::Arc;

/// One layer.
#[derive(Debug)]
pub enum Layer {
    /// The card of a customer.
    Card(Card),
    /// The line in which customers are searched and looked up.
    Line(Line),
    /// A list to choose from, or to read.
    Menu(Menu),
    /// The fields of a customer, to be changed.
    Form(Box<Form>),
    /// The list of fields, in which columns are chosen.
    Columns(ColumnMenu),
    /// The list of the values of a column.
    Values(ValueMenu),
    /// A list of which one line is chosen.
    Pick(Pick),
    /// A value to be read aloud.
    Large(Large),
    /// The line for the file of an export.
    Export(ExportLine),
    /// Two customers side by side.
    Compare(Compare),
    /// The line for a new credential.
    Credential(CredentialLine),
}

/// What a layer makes of an event.
#[derive(Debug, PartialEq)]
pub(in crate::app) enum Outcome {
    /// The layer has done all there was to do.
    Done,
    /// The event is nothing for this layer.
    Ignored,
    /// The app has to do something that the layer cannot.
    Wish(Wish),
}

impl Outcome {
    /// Done, or the event was nothing for the layer.
    fn of(is_done: bool) -> Self {
        if is_done { Self::Done } else { Self::Ignored }
    }
}

/// What a layer cannot do itself.
#[derive(Debug, PartialEq)]
pub(in crate::app) enum Wish {
    /// Close this layer.
    Close,
    /// Say something.
    Say(Notice),
    /// Copy the customer's id.
    CopyId,
    /// Copy the value that has this label.
    Copy(String, String),
    /// Go to the customer this many rows further.
    Step(isize),
    /// Close the form and drop what was typed.
    DropForm,
    /// Give the focus back to the table, the card beside it.
    LeaveCard,
    /// Search for the text of the line.
    Search,
    /// Open the best match, or ask Cube.
    Enter,
    /// Go to the table and keep what was found; with no match search the rest.
    Keep,
    /// Go to the table, to the row below, and keep what was found.
    NextRow,
    /// Show the columns of these keys.
    ShowColumns(Vec<Arc<str>>),
    /// Search for a condition on the column as well.
    Filter(Condition),
    /// Do what the chosen line of a list leads to.
    Pick(Choice),
    /// Keep this customer on top of the last ones, or no longer.
    Pin(String),
    /// Save how the table is now under this name.
    SaveView(String),
    /// Remove the view of this name.
    RemoveView(String),
    /// Write what is shown into the file whose path is typed.
    Export,
    /// Stop loading or writing what is to be in a file.
    StopExport,
    /// Complete this path.
    CompletePath(String),
    /// Do what was chosen in a menu.
    Choose(Chosen),
    /// Use the credential that was typed, for the profile that wants it or for the one that is open.
    UseCredential(Option<(String, Option<List>)>, Typed),
    /// Ask again with the credential that is in use.
    Retry,
}

/// The layers, from the bottom up.
#[derive(Debug, Default)]
pub struct Layers {
    stack: Vec<Layer>,
    /// The card that is shown beside the table without the focus. It follows the cursor.
    preview: Option<Card>,
    /// Whether such a card is wanted.
    pub(in crate::app) beside: bool,
}

impl Layers {
    /// No layer; whether a card is wanted beside the table.
    #[must_use]
    pub(in crate::app) fn new(beside: bool) -> Self {
        Self { beside, ..Self::default() }
    }

    /// The layer that has the focus. `None` while the table has it.
    #[must_use]
    pub fn top(&self) -> Option<&Layer> {
        self.stack.last()
    }

    /// What has the focus.
    #[must_use]
    pub fn context(&self) -> Context {
        self.top().map_or(Context::Table, Layer::context)
    }

    /// What has the focus below a menu.
    #[must_use]
    pub fn context_below_menu(&self) -> Context {
        let is_menu = |layer: &Layer| {
            matches!(
                layer,
                Layer::Menu(_)
                    | Layer::Columns(_)
                    | Layer::Values(_)
                    | Layer::Pick(_)
                    | Layer::Large(_)
                    | Layer::Compare(_)
            )
        };
        let below = self.stack.iter().rev().find(|layer| !is_menu(layer));
        below.map_or(Context::Table, Layer::context)
    }

    /// The card that was opened, whether or not a layer is above it.
    #[must_use]
    pub fn opened_card(&self) -> Option<&Card> {
        self.stack
            .iter()
            .rev()
            .find_map(|layer| if let Layer::Card(card) = layer { Some(card) } else { None })
    }

    /// Whether the line is open above the card, so that the table shows what is typed.
    fn line_is_above_card(&self) -> bool {
        let top = self.stack.iter().rev().find(|layer| matches!(layer, Layer::Card(_) | Layer::Line(_)));
        matches!(top, Some(Layer::Line(_)))
    }

    /// The card that is on the screen: the one that was opened, else the one beside the table.
    #[must_use]
    pub fn card(&self) -> Option<&Card> {
        self.focused_card().or(self.preview.as_ref())
    }

    /// The card that was opened and is on the screen: the customer that commands act on.
    #[must_use]
    pub fn focused_card(&self) -> Option<&Card> {
        self.opened_card().filter(|_| !self.line_is_above_card())
    }

    /// The card beside the table.
    #[must_use]
    pub fn preview(&self) -> Option<&Card> {
        self.preview.as_ref()
    }

    /// The line, while it is open.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        self.stack
            .iter()
            .rev()
            .find_map(|layer| if let Layer::Line(line) = layer { Some(line) } else { None })
    }

    /// The menu, while one is open.
    #[must_use]
    pub fn menu(&self) -> Option<&Menu> {
        if let Layer::Menu(menu) = self.top()? { Some(menu) } else { None }
    }

    /// The list of fields, while it is open.
    #[must_use]
    pub fn columns(&self) -> Option<&ColumnMenu> {
        if let Layer::Columns(menu) = self.top()? { Some(menu) } else { None }
    }

    /// The list of which one line is chosen, while it is open.
    #[must_use]
    pub fn pick(&self) -> Option<&Pick> {
        if let Layer::Pick(pick) = self.top()? { Some(pick) } else { None }
    }

    /// Two customers side by side, while they are shown.
    #[must_use]
    pub fn compare(&self) -> Option<&Compare> {
        if let Layer::Compare(compare) = self.top()? { Some(compare) } else { None }
    }

    /// The value to be read aloud, while it is shown.
    #[must_use]
    pub fn large(&self) -> Option<&Large> {
        if let Layer::Large(large) = self.top()? { Some(large) } else { None }
    }

    /// The line for a credential, while it is open.
    #[must_use]
    pub fn credential(&self) -> Option<&CredentialLine> {
        if let Layer::Credential(line) = self.top()? { Some(line) } else { None }
    }

    /// The line for the file of an export, while it is open.
    #[must_use]
    pub fn export(&self) -> Option<&ExportLine> {
        let mut layers = self.stack.iter();
        layers.find_map(|layer| if let Layer::Export(line) = layer { Some(line) } else { None })
    }

    /// The form, whether or not a layer is above it.
    #[must_use]
    pub fn form(&self) -> Option<&Form> {
        self.stack
            .iter()
            .rev()
            .find_map(|layer| if let Layer::Form(form) = layer { Some(&**form) } else { None })
    }

    /// Whether the card has a part of the screen beside the table, or all of it where there is no room for both.
    #[must_use]
    pub fn shows_card(&self, fits_beside: bool) -> bool {
        let is_open = if fits_beside { self.opened_card().is_some() } else { self.focused_card().is_some() };
        is_open || self.form().is_some() || (fits_beside && self.beside)
    }

    pub(in crate::app) fn top_mut(&mut self) -> Option<&mut Layer> {
        self.stack.last_mut()
    }

    /// Opens a list of which one line is chosen, in place of one that is open.
    pub(in crate::app) fn open_pick(&mut self, pick: Pick) {
        self.close_menu();
        self.push(Layer::Pick(pick));
    }

    /// Opens a menu, in place of one that is open.
    pub(in crate::app) fn open_menu(&mut self, kind: MenuKind, row: usize) {
        self.close_menu();
        self.push(Layer::Menu(Menu::new(kind, row)));
    }

    /// Opens the line for a credential, in place of a menu.
    pub(in crate::app) fn open_credential_line(&mut self, line: CredentialLine) {
        self.close_menu();
        self.push(Layer::Credential(line));
    }

    pub(in crate::app) fn push(&mut self, layer: Layer) {
        self.stack.push(layer);
    }

    pub(in crate::app) fn pop(&mut self) -> Option<Layer> {
        self.stack.pop()
    }

    pub(in crate::app) fn line_mut(&mut self) -> Option<&mut Line> {
        let mut lines = self.stack.iter_mut().rev();
        lines.find_map(|layer| if let Layer::Line(line) = layer { Some(line) } else { None })
    }

    pub(in crate::app) fn form_mut(&mut self) -> Option<&mut Form> {
        let mut layers = self.stack.iter_mut().rev();
        layers.find_map(|layer| if let Layer::Form(form) = layer { Some(&mut **form) } else { None })
    }

    pub(in crate::app) fn export_mut(&mut self) -> Option<&mut ExportLine> {
        let mut layers = self.stack.iter_mut();
        layers.find_map(|layer| if let Layer::Export(line) = layer { Some(line) } else { None })
    }

    /// Takes the line for the file of an export off the stack.
    pub(in crate::app) fn take_export(&mut self) {
        self.stack.retain(|layer| !matches!(layer, Layer::Export(_)));
    }

    /// Takes the form off the stack.
    pub(in crate::app) fn take_form(&mut self) -> Option<Form> {
        let at = self.stack.iter().rposition(|layer| matches!(layer, Layer::Form(_)))?;
        if let Layer::Form(form) = self.stack.remove(at) { Some(*form) } else { None }
    }

    /// The list of values, while it is open.
    #[must_use]
    pub fn values(&self) -> Option<&ValueMenu> {
        if let Layer::Values(menu) = self.top()? { Some(menu) } else { None }
    }

    pub(in crate::app) fn values_mut(&mut self) -> Option<&mut ValueMenu> {
        let mut layers = self.stack.iter_mut();
        layers.find_map(|layer| if let Layer::Values(menu) = layer { Some(menu) } else { None })
    }

    pub(in crate::app) fn columns_mut(&mut self) -> Option<&mut ColumnMenu> {
        let mut layers = self.stack.iter_mut();
        layers.find_map(|layer| if let Layer::Columns(menu) = layer { Some(menu) } else { None })
    }

    pub(in crate::app) fn credential_mut(&mut self) -> Option<&mut CredentialLine> {
        if let Layer::Credential(line) = self.stack.last_mut()? { Some(line) } else { None }
    }

    /// The card that is on the screen.
    pub(in crate::app) fn card_mut(&mut self) -> Option<&mut Card> {
        if self.line_is_above_card() {
            return self.preview.as_mut();
        }
        self.cards_mut().next()
    }

    /// Every card there is: the opened one and the one beside the table.
    pub(in crate::app) fn cards_mut(&mut self) -> impl Iterator<Item = &mut Card> {
        let layers = self.stack.iter_mut();
        let opened = layers.filter_map(|layer| if let Layer::Card(card) = layer { Some(card) } else { None });
        opened.chain(&mut self.preview)
    }

    /// Puts another card beside the table, or none. The one that was there is returned.
    pub(in crate::app) fn set_preview(&mut self, card: Option<Card>) -> Option<Card> {
        std::mem::replace(&mut self.preview, card)
    }

    /// Closes the menu, a list to choose from, or the line for a credential.
    pub(in crate::app) fn close_menu(&mut self) {
        let is_menu = |layer: &Layer| match layer {
            Layer::Menu(_)
            | Layer::Columns(_)
            | Layer::Values(_)
            | Layer::Pick(_)
            | Layer::Large(_)
            | Layer::Compare(_)
            | Layer::Credential(_) => true,
            Layer::Card(_) | Layer::Line(_) | Layer::Form(_) | Layer::Export(_) => false,
        };
        self.stack.retain(|layer| !is_menu(layer));
    }

    /// Takes the opened card and the line off the stack. Each is returned where it was open.
    pub(in crate::app) fn take_card_and_line(&mut self) -> (Option<Card>, Option<Line>) {
        let (mut card, mut line) = (None, None);
        for layer in std::mem::take(&mut self.stack) {
            match layer {
                Layer::Card(opened) => card = Some(opened),
                Layer::Line(opened) => line = Some(opened),
                other => self.stack.push(other),
            }
        }
        (card, line)
    }
}

impl Layer {
    fn context(&self) -> Context {
        match self {
            Self::Card(card) if card.is_typing() => Context::Field,
            Self::Card(_) => Context::Card,
            Self::Line(_) => Context::Line,
            Self::Form(form) if form.is_review() => Context::Review,
            Self::Form(_) => Context::Form,
            Self::Menu(menu) => menu.kind.context(),
            Self::Columns(_) => Context::Columns,
            Self::Values(_) => Context::Values,
            Self::Pick(pick) => pick.kind.context(),
            Self::Large(_) => Context::Large,
            Self::Export(_) => Context::File,
            Self::Compare(_) => Context::Compare,
            Self::Credential(_) => Context::Credential,
        }
    }
}
