//! What is said once, until the next key.

use super::recents::NoProgram;
use super::scope::not_utf8;
use super::{Exported, Keys, NoWriting, Said, Tone, joined};
use crate::cube::Moment;
use crate::fields::{NotAField, Source};
use crate::keys::Action;
use crate::search::Reach;
use crate::text::{SafeText, counted, grouped};
use tr::tr;

/// Something that happened, or that cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A value was handed to the clipboard: its label and the value, cleaned.
    Copied(String, String),
    /// This many bytes are more than a terminal's clipboard takes.
    TooLongToCopy(usize),
    /// Forms of the person's own name fields that there are not: the line of each, and why.
    UnknownFields(Vec<(usize, NotAField)>),
    /// Values are masked from now on, or no longer.
    Masks(bool),
    /// The value is masked.
    IsMasked,
    /// Customers are changed only without masks.
    MasksOverForm,
    /// A filter would show the value that is masked.
    MasksOverFilter,
    /// A value was copied while values are masked: its label.
    CopiedUnseen(String),
    /// No other customer shares a value with this one.
    NoOther,
    /// There are not two customers to be shown side by side.
    NotTwo,
    /// No caller waits.
    NoCaller,
    /// The account has no list whose calls can be read.
    NoCalls,
    /// The call names no customer.
    NoCustomerOfCall,
    /// Views are of customers, and calls are shown.
    NoViewOfCalls,
    /// The customer has no phone number.
    NoNumber,
    /// The customer has no e-mail address.
    NoAddress,
    /// There is no value that could be shown.
    NoValue,
    /// There is no customer that a command could be run for.
    NoCustomer,
    /// A value would be an option of the program that a command of the person's own runs: its words.
    ValueIsOption(String),
    /// A command of the person's own was started: its words.
    Started(String),
    /// A program was given this number or address.
    Calling(String),
    /// No program could be given this number or address: it was copied.
    CopiedInstead(String, NoProgram),
    /// A program that was started for the customer has failed: its name, and why.
    ProgramFailed(String, String),
    /// There is no value under the cursor.
    NothingToCopy,
    /// The row under the cursor is not loaded yet.
    NotLoadedYet,
    /// The page of the row under the cursor failed.
    PageFailed,
    /// The text in the line is no id.
    NotAnId,
    /// The record has no id that Cube could be asked for.
    NoIdToRefresh,
    /// There is no customer to mark.
    NothingToMark,
    /// No customer is marked.
    NoMarks,
    /// The customer has no id, or is in another list.
    CannotBeMarked,
    /// All customers that are shown are marked.
    Marked {
        /// How many are marked now.
        marked: usize,
        /// How many of them were not before.
        new: usize,
        /// Whether there are more in the part of the list that is not loaded, as far as that is known.
        missing: bool,
    },
    /// The marks of this many customers were taken away.
    NoLongerMarked(usize),
    /// This many marked customers are no longer in the list: they are no longer marked.
    MarkedAreGone(usize),
    /// The ids of this many customers were handed to the clipboard.
    CopiedIds(usize),
    /// Of more customers than this no form is made to copy.
    TooManyToCopy(usize),
    /// There is nothing to retry.
    NothingFailed,
    /// The window has fewer columns than list and card need together; that number.
    TooNarrow(u16),
    /// No card is beside the table.
    NoCardBeside,
    /// The columns could not be kept for the next start, and why.
    ColumnsNotKept(String),
    /// The last column can't be hidden.
    LastColumn,
    /// No column is under the cursor.
    NoColumn,
    /// The rows are in Cube's order again.
    CubesOrder,
    /// No name is spelled like those in the line.
    NoneAlike,
    /// No card was opened yet.
    NoRecents,
    /// There is no customer further back, or further forward.
    NoWay(bool),
    /// Names that are spelled alike are still being looked for.
    AlikeNotKnown,
    /// The fields that are searched now.
    Reach(Reach),
    /// A theme was asked for.
    Colors(Colors),
    /// No profile is set up.
    NoProfiles,
    /// This profile is open already.
    ProfileIsOpen(String),
    /// Another profile could not be opened; why.
    ProfileFailed(String),
    /// The client uses the credential that was typed.
    CredentialTaken,
    /// Ctrl+C was pressed; pressed again it quits.
    InterruptAgain,
    /// What was wrong with the labels, and which are in use.
    LabelProblems(Vec<String>, Source),
    /// This many values of a customer who was just read were not UTF-8; whose.
    NotUtf8(usize, SafeText<'static>),
    /// What is odd about the person's own files.
    Warnings(Vec<String>),
    /// A change was sent, and cannot be called back.
    BeingSent,
    /// Customers cannot be changed here.
    NoWriting(NoWriting),
    /// A form with this many changes was closed; they are kept, and whether over a restart.
    FormKept(usize, bool),
    /// A form was opened with what was typed at this time.
    DraftOpened(Moment),
    /// The changes of a form were dropped.
    FormDropped,
    /// A change was saved; what of it Cube has not as it was sent.
    Saved(NotAsSent),
    /// A view was saved under this name.
    ViewSaved(SafeText<'static>),
    /// The view that was open at the end of the last run is open again.
    ViewAgain(SafeText<'static>),
    /// The view of this name was removed.
    ViewRemoved(SafeText<'static>),
    /// There is no view of this name.
    NoView(SafeText<'static>),
    /// A view needs a name.
    NoViewName,
    /// The table is empty: there is nothing to be written into a file.
    NothingToExport,
    /// No path is typed for a file.
    NoPath,
    /// What the table shows was written into a file.
    Exported(Exported),
    /// A form is open already.
    FormIsOpen,
    /// What is typed into forms could not be written to its file, and why.
    DraftsNotKept(String),
    /// There is no change of this customer that could be taken back.
    NothingToTakeBack,
    /// The customer has no id that could be written.
    NoIdToChange,
    /// Quitting was asked for while this many forms are not sent; asked for again it quits.
    QuitAgain(usize),
}

/// What of a change Cube has not as it was sent, though it says that it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAsSent {
    /// The fields that have their old values, by label.
    pub left_out: Vec<String>,
    /// The fields that have other values than were sent, by label.
    pub otherwise: Vec<String>,
    /// Whether any field has another value than before.
    pub saved: bool,
}

impl NotAsSent {
    fn said(&self, keys: &Keys<'_>) -> String {
        let (left_out, otherwise) = (self.left_out.join(", "), self.otherwise.join(", "));
        if left_out.is_empty() {
            return format!("Saved, but Cube took otherwise: {otherwise}");
        }
        let what = if self.saved { "Saved, but Cube did not take" } else { "Cube did not take the change" };
        let otherwise =
            if otherwise.is_empty() { otherwise } else { format!("taken otherwise: {otherwise}") };
        let kept = format!("{} has what you typed", keys.key(Action::Edit));
        joined([format!("{what}: {left_out}"), otherwise, kept])
    }
}

/// What became of the wish for another theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colors {
    /// The theme that is in use now.
    Now(&'static str),
    /// They can't be changed: the administrator has chosen them.
    Locked,
    /// They can't be changed: the person wants none.
    Unwanted,
}

impl Colors {
    fn said(self) -> String {
        match self {
            Self::Now(name) => format!("Colours: {name}"),
            Self::Locked => "The colours are the same for everybody on this computer".to_owned(),
            Self::Unwanted => "NO_COLOR is set, so no theme has colours".to_owned(),
        }
    }
}

impl Notice {
    /// What is said.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a flat list of sentences")]
    pub fn said(&self, keys: &Keys<'_>) -> Said {
        let key = |action| keys.key(action);
        Said::plain(match self {
            Self::Copied(label, value) if label == "ID" => format!("Copied: {value}"),
            Self::Copied(label, value) => match value.lines().count() {
                0 | 1 => format!("Copied {label}: {value}"),
                lines => format!("Copied {label}: {}", counted(lines, "line")),
            },
            Self::Masks(true) => {
                format!("Phones, e-mails and other values are masked · {} shows them", key(Action::Mask))
            }
            Self::Masks(false) => "Nothing is masked".to_owned(),
            Self::IsMasked => format!("This value is masked · {} shows it for 10 s", key(Action::ShowField)),
            Self::MasksOverForm => {
                format!("Values are masked · {} ends that, to change them", key(Action::Mask))
            }
            Self::MasksOverFilter => format!(
                "Values are masked, and a filter would show this one · {} ends that",
                key(Action::Mask)
            ),
            Self::CopiedUnseen(label) => format!("Copied {label}"),
            Self::NoOther => "No other customer has the same phone, e-mail, or name and city".to_owned(),
            Self::NotTwo => "Mark two customers first, or open their cards".to_owned(),
            Self::NoCaller => "No caller waits".to_owned(),
            Self::NoCustomerOfCall => "This call names no customer".to_owned(),
            Self::NoViewOfCalls => "Views are of customers, not of calls".to_owned(),
            Self::NoCalls => "Only lists of a data owner have calls".to_owned(),
            Self::NoNumber => "This customer has no phone number".to_owned(),
            Self::NoAddress => "This customer has no e-mail address".to_owned(),
            Self::NoValue => "There is no value to show here".to_owned(),
            Self::NoCustomer => "No customer is marked".to_owned(),
            Self::ValueIsOption(words) => {
                return Said::problem(format!(
                    "Not run: {words} · a value begins with - and would be an option"
                ));
            }
            Self::Started(words) => format!("Started: {words}"),
            Self::Calling(value) => format!("Handed over: {value}"),
            Self::CopiedInstead(value, why) => format!("Copied: {value} · {}", why.said()),
            Self::ProgramFailed(program, why) => {
                return Said::problem(format!("{program} {why}"));
            }
            Self::TooLongToCopy(bytes) => format!("Not copied: {}", super::too_long(*bytes)),
            Self::UnknownFields(unknown) => {
                let line = |(line, why): &(usize, NotAField)| format!("config.toml, line {line}: {why}");
                unknown.iter().map(line).collect::<Vec<_>>().join(" · ")
            }
            Self::NothingToCopy => "There is no value to copy here".to_owned(),
            Self::NotLoadedYet => "This customer is not loaded yet".to_owned(),
            Self::PageFailed => format!("This page could not be read · {} retries", key(Action::Retry)),
            Self::NotAnId => "Cube can be asked for an ID of 1 to 20 digits".to_owned(),
            Self::NoIdToRefresh => {
                "This record has no numeric ID, so it cannot be refreshed on its own".to_owned()
            }
            Self::NothingToMark => "There is no customer to mark".to_owned(),
            Self::NoMarks => format!("No customer is marked · {} marks one", key(Action::Mark)),
            Self::CannotBeMarked => "Only a customer of this list with an ID can be marked".to_owned(),
            Self::Marked { marked, new, missing } => {
                let new = if new == marked {
                    String::new()
                } else {
                    format!("{} of them new", grouped(*new as u64))
                };
                let missing = if *missing { "not all of the list is loaded" } else { "" };
                joined([super::marked(*marked), new, missing.to_owned()])
            }
            Self::NoLongerMarked(count) => format!("{} no longer marked", counted(*count, "customer")),
            Self::MarkedAreGone(count) => {
                format!("{} no longer in the list, and no longer marked", counted(*count, "marked customer"))
            }
            Self::CopiedIds(count) => format!("Copied: {}", counted(*count, "ID")),
            Self::TooManyToCopy(most) => {
                let writes = key(Action::Export);
                format!(
                    "More than {} are not copied · {writes} writes them into a file",
                    grouped(*most as u64)
                )
            }
            Self::NothingFailed => format!("Nothing failed · {} refreshes the list", key(Action::Refresh)),
            Self::TooNarrow(columns) => {
                format!(
                    "Too narrow for list and card ({columns} columns) · {} opens the card",
                    key(Action::Open)
                )
            }
            Self::NoCardBeside => {
                format!("No card is beside the table · {} shows it", key(Action::CardBeside))
            }
            Self::Reach(Reach::Standard) => "Searching ID, name, phone and e-mail only".to_owned(),
            Self::Reach(Reach::AllFields) => "Searching all fields".to_owned(),
            Self::ColumnsNotKept(why) => format!("These columns are not kept for the next start: {why}"),
            Self::LastColumn => "The table needs one column".to_owned(),
            Self::NoColumn => {
                let keys = [key(Action::ColumnLeft), key(Action::ColumnRight)].join(" or ");
                format!("Go to a column with {keys} first")
            }
            Self::CubesOrder => "In Cube's order".to_owned(),
            Self::NoneAlike => "No name is spelled alike".to_owned(),
            Self::NoRecents => "No customer's card was opened yet".to_owned(),
            Self::NoWay(false) => "No customer before this one".to_owned(),
            Self::NoWay(true) => "No customer after this one".to_owned(),
            Self::AlikeNotKnown => "Names that are spelled alike are still looked for".to_owned(),
            Self::Colors(colors) => colors.said(),
            Self::NoProfiles => "No account is set up · run: cubedex login".to_owned(),
            Self::ProfileIsOpen(name) => format!("{name} is open"),
            Self::ProfileFailed(why) => why.clone(),
            Self::CredentialTaken => {
                return Said::plain("New token works until you quit · to save it: cubedex login");
            }
            Self::InterruptAgain => {
                format!("{} again quits", key(Action::Interrupt))
            }
            Self::LabelProblems(problems, source) => {
                let [first, others @ ..] = problems.as_slice() else {
                    return Said::plain(source.to_string());
                };
                let first = match others.len() {
                    0 => first.clone(),
                    more => format!("{first} (and {} more, {})", grouped(more as u64), key(Action::Help)),
                };
                // Where not all of it fits, which labels are in use is what must be seen.
                return Said::plain(format!("{first} · {source}")).or_short(format!("{source} · {first}"));
            }
            Self::NotUtf8(count, whose) => not_utf8(*count, whose),
            Self::Warnings(warnings) => warnings.join(" · "),
            Self::BeingSent => "It is being sent, and cannot be called back".to_owned(),
            Self::NoWriting(why) => return no_writing(why),
            Self::FormKept(count, in_file) => {
                let until = if *in_file { "for seven days" } else { "until you quit" };
                format!("Not sent: {} kept {until}", counted(*count, "change"))
            }
            Self::DraftOpened(closed) => {
                format!("As typed at {closed} and not sent · {} drops it", key(Action::DropChanges))
            }
            Self::FormDropped => "Dropped: nothing was sent".to_owned(),
            Self::Saved(NotAsSent { left_out, otherwise, .. })
                if left_out.is_empty() && otherwise.is_empty() =>
            {
                format!("Saved in Cube · {} takes it back", key(Action::TakeBack))
            }
            Self::Saved(not_as_sent) => return Said::new(Tone::Warning, not_as_sent.said(keys)),
            Self::ViewAgain(name) => {
                tr!("View {name} is open again · {key} shows all customers", name, key = key(Action::Back))
            }
            Self::ViewSaved(name) => format!("Saved as {name}"),
            Self::ViewRemoved(name) => format!("Removed: {name}"),
            Self::NoView(name) => format!("There is no view {name} · {} lists them", key(Action::Views)),
            Self::NoViewName => "Type a name first".to_owned(),
            Self::NothingToExport => "There is no customer to write into a file".to_owned(),
            Self::NoPath => "Type where to write, for example customers.xlsx".to_owned(),
            Self::Exported(exported) => exported.said(),
            Self::FormIsOpen => {
                format!("A form is open · {} closes it and keeps what was typed", key(Action::Back))
            }
            Self::DraftsNotKept(why) => {
                let said = format!("What was typed is not kept beyond this run: {why}");
                return Said::new(Tone::Warning, said);
            }
            Self::NothingToTakeBack => "No change of this customer can be taken back".to_owned(),
            Self::NoIdToChange => "This record has no numeric ID, so it cannot be changed".to_owned(),
            Self::QuitAgain(forms) => {
                format!("{} not sent · {} again quits and drops", is_or_are(*forms), key(Action::Quit))
            }
        })
    }
}

/// Why customers cannot be changed here, and what to do about it.
fn no_writing(why: &NoWriting) -> Said {
    match why {
        NoWriting::TurnedOff(Some(profile)) => {
            let how = format!("writes = true under [profile.{profile}] in config.toml, or --writes");
            Said::plain(format!("Changing customers is turned off · {how} turns it on"))
                .or_short("Changing customers is turned off (writes = true)")
        }
        NoWriting::TurnedOff(None) => Said::plain("Changing customers is turned off · --writes turns it on"),
        NoWriting::Locked(file) => {
            let off = "Changing customers is turned off for everybody on this computer";
            Said::plain(format!("{off}, by {file}")).or_short(off)
        }
        NoWriting::NoWay(list) => Said::plain(format!("Cube has no way to change customers of {list}")),
    }
}

fn is_or_are(forms: usize) -> String {
    if forms == 1 { "1 form is".to_owned() } else { format!("{forms} forms are") }
}
