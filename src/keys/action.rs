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
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// Half a page up.
    HalfUp,
    /// Half a page down.
    HalfDown,
    /// To the first row or field.
    First,
    /// To the last row or field.
    Last,
    /// Open the line with its last text selected.
    Find,
    /// From the line to the table, the filter kept.
    Keep,
    /// Open the card of the customer under the cursor; with no match ask Cube for the id.
    Open,
    /// Ask Cube for the id in the line, though others are found.
    AskCube,
    /// Load the rest of the list, to search it too.
    LoadRest,
    /// Search the standard fields alone, or all again.
    Narrow,
    /// To the customers with names that are spelled alike, and back.
    Alike,
    /// The next customer, with the card.
    NextCustomer,
    /// The customer before, with the card.
    PreviousCustomer,
    /// To the customer whose card was opened before this one.
    BackCustomer,
    /// To the customer from whom the last step back came.
    ForwardCustomer,
    /// The customers whose cards were opened in this run.
    Recents,
    /// Keep the customer on top of that list, or no longer.
    Pin,
    /// Show or hide the card beside the table.
    CardBeside,
    /// Make the card beside the table wider.
    WidenCard,
    /// Make the card beside the table narrower.
    NarrowCard,
    /// Write what the table shows into a file.
    Export,
    /// The views of the list: columns, order and filter under a name.
    Views,
    /// Save how the table is now as a view, under the name that is typed.
    SaveView,
    /// Remove the view under the cursor.
    RemoveView,
    /// Complete the path of that file.
    CompletePath,
    /// The list of all fields, in which columns are chosen.
    Columns,
    /// Show or hide the field as a column of the table.
    ShowColumn,
    /// Move the field up in that list: its column goes to the left.
    MoveUp,
    /// Move the field down in that list: its column goes to the right.
    MoveDown,
    /// To the column to the left.
    ColumnLeft,
    /// To the column to the right.
    ColumnRight,
    /// Make the column under the cursor wider.
    WidenColumn,
    /// Make the column under the cursor narrower.
    NarrowColumn,
    /// Sort by the column under the cursor: ascending, descending, Cube's order.
    Sort,
    /// The same column decides where those that are sorted by leave two customers alike.
    SortThen,
    /// The list of the values of the column under the cursor.
    Values,
    /// Mark what is under the cursor, or no longer.
    Mark,
    /// Mark all customers that are shown.
    MarkShown,
    /// Take all marks away.
    UnmarkAll,
    /// Show the marked customers alone, or all again.
    ShowMarked,
    /// Open the line that finds a field in the card.
    FindField,
    /// Show or hide the card's empty fields.
    AllFields,
    /// Show the card's record as JSON, or by its labels again.
    Raw,
    /// Copy the value of the field under the cursor.
    Copy,
    /// Copy the customer's id.
    CopyId,
    /// The forms in which the customer can be copied.
    CopyAs,
    /// The customer's numbers, to be called.
    Call,
    /// The customer's addresses, to be written to.
    Mail,
    /// The value under the cursor, large.
    Large,
    /// The customer's calls of today, then of 7 and of 30 days.
    Calls,
    /// The calls of all customers: of today, then of 7 and of 30 days.
    CallList,
    /// Mask values, or show them again.
    Mask,
    /// Show the field under the cursor for a while.
    ShowField,
    /// The customers who share a value with this one.
    Shared,
    /// The two customers who are marked, else the two whose cards were opened last, side by side.
    Compare,
    /// Open the caller another program has handed over.
    OpenCaller,
    /// Show that caller no longer.
    DismissCaller,
    /// Open the customer's fields as a form.
    Edit,
    /// Open an empty form for a new customer.
    NewCustomer,
    /// Send the values from before the last change, through the review.
    TakeBack,
    /// Show what a form is to change.
    Review,
    /// Put back what Cube has in the field under the cursor.
    UndoField,
    /// Drop all changes of a form, when pressed twice.
    DropChanges,
    /// Of a field that both have changed, keep what was typed.
    TakeMine,
    /// Of a field that both have changed, keep what Cube has now.
    TakeCubes,
    /// Between table and card.
    SwitchFocus,
    /// Try again what failed; without a failure refresh the card's customer.
    Retry,
    /// Refresh the whole list.
    Refresh,
    /// All actions by name.
    Palette,
    /// The profiles that are set up.
    Profiles,
    /// The next theme.
    Theme,
    /// All keys.
    Help,
    /// Close what is on top.
    Back,
    /// Draw the whole screen again.
    Repaint,
    /// Give the terminal to the shell until it gives it back.
    Suspend,
    /// Quit when pressed twice, or at once while nothing is loaded.
    Interrupt,
    /// Quit.
    Quit,
    /// Run the command of the person's own that has this place among them.
    #[serde(skip)]
    Own(usize),
}
