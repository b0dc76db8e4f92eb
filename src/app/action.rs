//! What a key can do. The names in kebab case are those of `assets/keys.toml`.

use serde::Deserialize;

/// One thing that a person can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// One row or field up.
    Up,
    /// One row or field down.
    Down,
    /// One window up.
    PageUp,
    /// One window down.
    PageDown,
    /// Half a window up.
    HalfUp,
    /// Half a window down.
    HalfDown,
    /// To the first row or field.
    First,
    /// To the last row or field.
    Last,
    /// Open the search line.
    Search,
    /// Open the lookup line, empty.
    Lookup,
    /// Open the lookup line with the digit that was typed.
    TypeLookup,
    /// Keep the search as a filter and go to the table.
    Keep,
    /// Open the card of the customer under the cursor, or in the lookup ask Cube for the id.
    Open,
    /// Ask Cube for the id in the lookup line, though others are found.
    AskCube,
    /// Load the rest of the list, to search it too.
    LoadRest,
    /// Look plain words up in all fields, or in the standard ones alone again.
    Widen,
    /// The next customer, with the card.
    NextCustomer,
    /// The customer before, with the card.
    PreviousCustomer,
    /// Show or hide the card beside the table.
    Pane,
    /// Open the line that finds a field in the card.
    FindField,
    /// Show or hide the card's empty fields.
    AllFields,
    /// Show the card's record as JSON, or by its labels again.
    Raw,
    /// Copy the value under the card's cursor; in the table the customer's id.
    Copy,
    /// Between table and card.
    SwitchFocus,
    /// Try again what failed, or read the card's customer again.
    Retry,
    /// Read the whole list again.
    ReadAgain,
    /// All actions by name.
    Palette,
    /// The other accounts that are set up.
    Profiles,
    /// The next theme.
    Theme,
    /// All keys.
    Help,
    /// One step back: popup, running load, text line and filter, card.
    Back,
    /// Give the terminal to the shell until it says to go on.
    Suspend,
    /// Quit.
    Quit,
}
