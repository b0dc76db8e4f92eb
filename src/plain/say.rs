//! What is said after a line was heard and answered.

use super::Dialogue;
use super::pane::{Pane, What};
use crate::app::App;
use crate::fields::Source;
use crate::keys::Context;
use crate::words::{self, Misheard, Status};

impl Dialogue {
    /// What has changed, as lines, each with its line end.
    pub fn say(&mut self, app: &App) -> String {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.misheard.take().map(|misheard| misheard.said(&app.keys())));
        if std::mem::take(&mut self.wants_help) {
            lines.extend(words::plain_help(&app.keys()));
            return ended(&lines);
        }
        let is_answered = !lines.is_empty();
        let pane = Pane::of(app);
        let pages = std::mem::take(&mut self.pages);
        let again = std::mem::take(&mut self.again);
        let is_back = self.below.contains(&pane);
        let sentence = sentence(app);
        if pane.what == What::Nothing || (pane == self.shown && !again) {
            lines.extend(sentence.filter(|_| !is_answered));
        } else if is_back {
            // The first line says where one is again.
            lines.extend(sentence.or_else(|| pane.lines.first().cloned()));
        } else {
            let is_list = matches!(pane.what, What::List(_));
            if is_list {
                lines.extend(list_head(app));
            }
            let (before, after) = if is_list { (sentence, None) } else { (None, sentence) };
            lines.extend(before);
            lines.extend(self.news(&pane, pages));
            lines.extend(after);
            lines.extend(self.hint(&pane).map(|hint| hint.said(&app.keys())));
        }
        if lines.is_empty() {
            lines.push(Misheard::Nothing.said(&app.keys()));
        }
        self.remember(pane);
        ended(&lines)
    }

    /// What can be typed, where it is not what can be typed in most places.
    fn hint(&self, pane: &Pane) -> Option<Misheard> {
        let hint = match pane.what {
            What::Form(_) => Misheard::InForm,
            What::Pick => Misheard::InChoices,
            What::Nothing | What::List(_) | What::Card | What::Review | What::File => return None,
        };
        (pane.what != self.shown.what).then_some(hint)
    }

    /// What is said of something that ended by itself, while a line is awaited. `None` where nothing is.
    pub fn say_by_itself(&mut self, app: &App) -> Option<String> {
        matches!(app.status(), Status::Notice(_))
            .then(|| ended(&sentence(app).into_iter().collect::<Vec<_>>()))
    }

    /// The lines of a form, and of other rows of a list, that were not said before; of anything else all.
    fn news(&self, pane: &Pane, pages: bool) -> Vec<String> {
        let is_said_before = match pane.what {
            What::Form(_) => true,
            What::List(_) => pages,
            What::Nothing | What::Card | What::Review | What::Pick | What::File => false,
        };
        let is_news = |line: &&String| !self.shown.lines.contains(line);
        let news: Vec<String> = pane.lines.iter().filter(is_news).cloned().collect();
        let is_same = is_said_before && pane.what == self.shown.what && !news.is_empty();
        if is_same { news } else { pane.lines.clone() }
    }

    /// Rows that were said keep their numbers as long as the same answer is shown.
    fn remember(&mut self, pane: Pane) {
        if let What::List(answer) = &pane.what {
            let known = &self.said.rows;
            let is_other = |(row, who): (&usize, _)| known.get(row).is_some_and(|known| known != who);
            if self.said.answer != *answer || pane.rows.is_empty() || pane.rows.iter().any(is_other) {
                self.said.rows.clear();
            }
            self.said.answer.clone_from(answer);
            self.said.rows.extend(pane.rows.clone());
        }
        if let Some(at) = self.below.iter().position(|below| *below == pane) {
            self.below.truncate(at);
        } else if !pane.lies_above() {
            self.below.clear();
        } else if pane.what != self.shown.what {
            self.below.push(std::mem::take(&mut self.shown));
        }
        self.shown = pane;
    }
}

/// How far what is waited for has come.
#[must_use]
pub fn progress(app: &App) -> String {
    words::aloud(&app.said().words)
}

/// Whether what was asked for is there, though more is still being loaded: the card that was opened. Without labels it
/// would be another card a moment later.
#[must_use]
pub fn is_answered(app: &App) -> bool {
    let is_labelled = app.labels.source != Source::Ids;
    let is_whole = app.layers.focused_card().is_some_and(|card| card.refresh.is_none());
    app.context() == Context::Card && is_whole && is_labelled
}

/// What waits for a line.
#[must_use]
pub fn prompt(app: &App) -> String {
    words::prompt(app.context())
}

/// Which list it is, and how much of it is loaded, where nothing is searched for.
fn list_head(app: &App) -> Option<String> {
    let is_whole = app.list.find.is_empty() && app.layers.line().is_none();
    let account = &app.session.account;
    is_whole.then(|| {
        let parts = [account.name.clone(), account.list.clone(), app.extent()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    })
}

/// The sentence of the status line. On a card and where one chooses it is none unless something happened: what it says
/// there is about a cursor that no one sees.
fn sentence(app: &App) -> Option<String> {
    let is_about_cursor = match app.context() {
        Context::Card
        | Context::Field
        | Context::Form
        | Context::Recents
        | Context::Choices
        | Context::Calls
        | Context::Views => true,
        Context::Table
        | Context::Line
        | Context::Review
        | Context::Help
        | Context::Palette
        | Context::Profiles
        | Context::Columns
        | Context::Values
        | Context::Large
        | Context::File
        | Context::Compare
        | Context::Credential => false,
    };
    let status = app.status();
    let is_said = !is_about_cursor || matches!(status, Status::Notice(_) | Status::Throttled(_));
    is_said.then(|| words::aloud(&status.said(&app.keys()).words)).filter(|words| !words.is_empty())
}

fn ended(lines: &[String]) -> String {
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}
