//! What is said once, until the next key.

use super::recents::NoProgram;
use super::scope::not_utf8;
use super::{Exported, Keys, NoWriting, Said, Tone, joined, noun};
use crate::cube::Moment;
use crate::fields::{NotAField, Source};
use crate::keys::Action;
use crate::language::tr;
use crate::search::Reach;
use crate::text::{SafeText, grouped};

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
            return tr!("Saved, but Cube took otherwise: {otherwise}", otherwise);
        }
        let what = if self.saved {
            tr!("Saved, but Cube did not take: {left_out}", left_out)
        } else {
            tr!("Cube did not take the change: {left_out}", left_out)
        };
        let otherwise =
            if otherwise.is_empty() { otherwise } else { tr!("taken otherwise: {otherwise}", otherwise) };
        let kept = tr!("{key} has what you typed", key = keys.key(Action::Edit));
        joined([what, otherwise, kept])
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
            Self::Now(name) => tr!("Colours: {name}", name),
            Self::Locked => tr!("The colours are the same for everybody on this computer"),
            Self::Unwanted => tr!("NO_COLOR is set, so no theme has colours"),
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
            Self::Copied(label, value) if label == "ID" => tr!("Copied: {value}", value),
            Self::Copied(label, value) => match value.lines().count() {
                0 | 1 => tr!("Copied {label}: {value}", label, value),
                lines => tr!(
                    "Copied {label}: {count} line" | "Copied {label}: {count} lines" % lines,
                    label,
                    count = grouped(lines as u64)
                ),
            },
            Self::Masks(true) => {
                tr!("Phones, e-mails and other values are masked · {key} shows them", key = key(Action::Mask))
            }
            Self::Masks(false) => tr!("Nothing is masked"),
            Self::IsMasked => {
                tr!("This value is masked · {key} shows it for 10 s", key = key(Action::ShowField))
            }
            Self::MasksOverForm => {
                tr!("Values are masked · {key} ends that, to change them", key = key(Action::Mask))
            }
            Self::MasksOverFilter => tr!(
                "Values are masked, and a filter would show this one · {key} ends that",
                key = key(Action::Mask)
            ),
            Self::CopiedUnseen(label) => tr!("Copied {label}", label),
            Self::NoOther => tr!("No other customer has the same phone, e-mail, or name and city"),
            Self::NotTwo => tr!("Mark two customers first, or open their cards"),
            Self::NoCaller => tr!("No caller waits"),
            Self::NoCustomerOfCall => tr!("This call names no customer"),
            Self::NoViewOfCalls => tr!("Views are of customers, not of calls"),
            Self::NoCalls => tr!("Only lists of a data owner have calls"),
            Self::NoNumber => tr!("This customer has no phone number"),
            Self::NoAddress => tr!("This customer has no e-mail address"),
            Self::NoValue => tr!("There is no value to show here"),
            Self::NoCustomer => tr!("No customer is marked"),
            Self::ValueIsOption(words) => {
                return Said::problem(tr!(
                    "Not run: {words} · a value begins with - and would be an option",
                    words
                ));
            }
            Self::Started(words) => tr!("Started: {words}", words),
            Self::Calling(value) => tr!("Handed over: {value}", value),
            Self::CopiedInstead(value, why) => tr!("Copied: {value} · {why}", value, why = why.said()),
            Self::ProgramFailed(program, why) => {
                return Said::problem(format!("{program} {why}"));
            }
            Self::TooLongToCopy(bytes) => tr!("Not copied: {why}", why = super::too_long(*bytes)),
            Self::UnknownFields(unknown) => {
                let line =
                    |(line, why): &(usize, NotAField)| tr!("config.toml, line {line}: {why}", line, why);
                unknown.iter().map(line).collect::<Vec<_>>().join(" · ")
            }
            Self::NothingToCopy => tr!("There is no value to copy here"),
            Self::NotLoadedYet => tr!("This customer is not loaded yet"),
            Self::PageFailed => tr!("This page could not be read · {key} retries", key = key(Action::Retry)),
            Self::NotAnId => tr!("Cube can be asked for an ID of 1 to 20 digits"),
            Self::NoIdToRefresh => {
                tr!("This record has no numeric ID, so it cannot be refreshed on its own")
            }
            Self::NothingToMark => tr!("There is no customer to mark"),
            Self::NoMarks => tr!("No customer is marked · {key} marks one", key = key(Action::Mark)),
            Self::CannotBeMarked => tr!("Only a customer of this list with an ID can be marked"),
            Self::Marked { marked, new, missing } => {
                let new = if new == marked {
                    String::new()
                } else {
                    tr!("{new} of them new", new = grouped(*new as u64))
                };
                let missing = if *missing { tr!("not all of the list is loaded") } else { String::new() };
                joined([super::marked(*marked), new, missing])
            }
            Self::NoLongerMarked(count) => {
                tr!("{customers} no longer marked", customers = noun::customers(*count as u64))
            }
            Self::MarkedAreGone(count) => {
                tr!(
                    "{count} marked customer no longer in the list, and no longer marked"
                        | "{count} marked customers no longer in the list, and no longer marked" % *count,
                    count = grouped(*count as u64)
                )
            }
            Self::CopiedIds(count) => {
                tr!("Copied: {count} ID" | "Copied: {count} IDs" % *count, count = grouped(*count as u64))
            }
            Self::TooManyToCopy(most) => {
                let writes = key(Action::Export);
                tr!(
                    "More than {most} are not copied · {writes} writes them into a file",
                    most = grouped(*most as u64),
                    writes
                )
            }
            Self::NothingFailed => {
                tr!("Nothing failed · {key} refreshes the list", key = key(Action::Refresh))
            }
            Self::TooNarrow(columns) => {
                tr!(
                    "Too narrow for list and card ({columns} columns) · {key} opens the card",
                    columns,
                    key = key(Action::Open)
                )
            }
            Self::NoCardBeside => {
                tr!("No card is beside the table · {key} shows it", key = key(Action::CardBeside))
            }
            Self::Reach(Reach::Standard) => tr!("Searching ID, name, phone and e-mail only"),
            Self::Reach(Reach::AllFields) => tr!("Searching all fields"),
            Self::ColumnsNotKept(why) => tr!("These columns are not kept for the next start: {why}", why),
            Self::LastColumn => tr!("The table needs one column"),
            Self::NoColumn => {
                tr!(
                    "Go to a column with {left} or {right} first",
                    left = key(Action::ColumnLeft),
                    right = key(Action::ColumnRight)
                )
            }
            Self::CubesOrder => tr!("In Cube's order"),
            Self::NoneAlike => tr!("No name is spelled alike"),
            Self::NoRecents => tr!("No customer's card was opened yet"),
            Self::NoWay(false) => tr!("No customer before this one"),
            Self::NoWay(true) => tr!("No customer after this one"),
            Self::AlikeNotKnown => tr!("Names that are spelled alike are still looked for"),
            Self::Colors(colors) => colors.said(),
            Self::NoProfiles => tr!("No account is set up · run: cubedex login"),
            Self::ProfileIsOpen(name) => tr!("{name} is open", name),
            Self::ProfileFailed(why) => why.clone(),
            Self::CredentialTaken => {
                return Said::plain(tr!("New token works until you quit · to save it: cubedex login"));
            }
            Self::InterruptAgain => {
                tr!("{key} again quits", key = key(Action::Interrupt))
            }
            Self::LabelProblems(problems, source) => {
                let [first, others @ ..] = problems.as_slice() else {
                    return Said::plain(source.to_string());
                };
                let first = match others.len() {
                    0 => first.clone(),
                    more => tr!(
                        "{first} (and {more} more, {key})",
                        first,
                        more = grouped(more as u64),
                        key = key(Action::Help)
                    ),
                };
                // Where not all of it fits, which labels are in use is what must be seen.
                return Said::plain(format!("{first} · {source}")).or_short(format!("{source} · {first}"));
            }
            Self::NotUtf8(count, whose) => not_utf8(*count, whose),
            Self::Warnings(warnings) => warnings.join(" · "),
            Self::BeingSent => tr!("It is being sent, and cannot be called back"),
            Self::NoWriting(why) => return no_writing(why),
            Self::FormKept(count, in_file) => {
                let changes = noun::changes(*count as u64);
                if *in_file {
                    tr!("Not sent: {changes} kept for seven days", changes)
                } else {
                    tr!("Not sent: {changes} kept until you quit", changes)
                }
            }
            Self::DraftOpened(closed) => {
                tr!(
                    "As typed at {closed} and not sent · {key} drops it",
                    closed,
                    key = key(Action::DropChanges)
                )
            }
            Self::FormDropped => tr!("Dropped: nothing was sent"),
            Self::Saved(NotAsSent { left_out, otherwise, .. })
                if left_out.is_empty() && otherwise.is_empty() =>
            {
                tr!("Saved in Cube · {key} takes it back", key = key(Action::TakeBack))
            }
            Self::Saved(not_as_sent) => return Said::new(Tone::Warning, not_as_sent.said(keys)),
            Self::ViewAgain(name) => {
                tr!("View {name} is open again · {key} shows all customers", name, key = key(Action::Back))
            }
            Self::ViewSaved(name) => tr!("Saved as {name}", name),
            Self::ViewRemoved(name) => tr!("Removed: {name}", name),
            Self::NoView(name) => {
                tr!("There is no view {name} · {key} lists them", name, key = key(Action::Views))
            }
            Self::NoViewName => tr!("Type a name first"),
            Self::NothingToExport => tr!("There is no customer to write into a file"),
            Self::NoPath => tr!("Type where to write, for example customers.xlsx"),
            Self::Exported(exported) => exported.said(),
            Self::FormIsOpen => {
                tr!("A form is open · {key} closes it and keeps what was typed", key = key(Action::Back))
            }
            Self::DraftsNotKept(why) => {
                let said = tr!("What was typed is not kept beyond this run: {why}", why);
                return Said::new(Tone::Warning, said);
            }
            Self::NothingToTakeBack => tr!("No change of this customer can be taken back"),
            Self::NoIdToChange => tr!("This record has no numeric ID, so it cannot be changed"),
            Self::QuitAgain(forms) => {
                tr!(
                    "{count} form is not sent · {key} again quits and drops"
                        | "{count} forms are not sent · {key} again quits and drops" % *forms,
                    count = *forms,
                    key = key(Action::Quit)
                )
            }
        })
    }
}

/// Why customers cannot be changed here, and what to do about it.
fn no_writing(why: &NoWriting) -> Said {
    match why {
        NoWriting::TurnedOff(Some(profile)) => {
            let how = tr!("writes = true under [profile.{profile}] in config.toml, or --writes", profile);
            Said::plain(tr!("Changing customers is turned off · {how} turns it on", how))
                .or_short(tr!("Changing customers is turned off (writes = true)"))
        }
        NoWriting::TurnedOff(None) => {
            Said::plain(tr!("Changing customers is turned off · --writes turns it on"))
        }
        NoWriting::Locked(file) => {
            let off = tr!("Changing customers is turned off for everybody on this computer");
            Said::plain(tr!("{off}, by {file}", off, file)).or_short(off)
        }
        NoWriting::NoWay(list) => Said::plain(tr!("Cube has no way to change customers of {list}", list)),
    }
}
