//! The review: what differs is shown and confirmed, and where both have changed a field the person chooses.

use super::{Form, FormStage, Then};
use crate::app::Env;
use crate::app::layers::Outcome;
use crate::cube::{CustomerId, Writing};
use crate::words::Obstacle;

impl Form {
    /// Shows the values that the customer had before the last change, to be sent again.
    pub(in crate::app) fn review_taking_back(&mut self, env: &mut Env<'_>) {
        self.takes_back = true;
        self.review(env);
    }

    /// Shows what differs, unless something is sure to be refused.
    pub(in crate::app) fn review(&mut self, env: &mut Env<'_>) -> Outcome {
        self.obstacle = None;
        let unfit: Vec<usize> =
            self.fields.iter().enumerate().filter(|(_, f)| f.is_refused()).map(|(at, _)| at).collect();
        let is_new = self.writing == Writing::Create;
        let obstacle = match unfit.first() {
            _ if is_new && CustomerId::try_from(self.id().as_str()).is_err() => {
                self.cursor = 0;
                Some(Obstacle::NoId)
            }
            Some(first) => {
                self.cursor = *first;
                Some(Obstacle::Unfit(unfit.len()))
            }
            None if !is_new && self.changed().next().is_none() => Some(Obstacle::Unchanged),
            None => None,
        };
        if obstacle.is_some() {
            self.obstacle = obstacle;
        } else if is_new {
            self.read(env, Then::Review);
        } else {
            self.show_review();
        }
        Outcome::Done
    }

    pub(super) fn show_review(&mut self) {
        self.stage = FormStage::Review;
        self.scroll = 0;
        self.follows = true;
        let conflict = self.fields.iter().position(|field| field.conflict().is_some());
        self.cursor = conflict.or_else(|| self.changed().next()).unwrap_or(self.cursor);
        if conflict.is_some() {
            self.obstacle = Some(Obstacle::Conflict);
        }
    }

    /// Enter in the review: the record is read once more, and then the change is sent.
    pub(super) fn confirm(&mut self, env: &mut Env<'_>) -> Outcome {
        match self.stage {
            FormStage::Review if self.fields.iter().any(|field| field.conflict().is_some()) => {
                self.obstacle = Some(Obstacle::Conflict);
            }
            FormStage::Review => self.read(env, Then::Send),
            FormStage::Typing | FormStage::Reading(..) | FormStage::Sending(_) => {}
        }
        Outcome::Done
    }

    /// Goes to the next field that both have changed; where there is none in that direction, a line further.
    pub(super) fn move_in_review(&mut self, by: isize) {
        let is_conflict = |at: &usize| self.fields.get(*at).is_some_and(|field| field.conflict().is_some());
        let next = if by > 0 {
            (self.cursor + 1..self.fields.len()).find(is_conflict)
        } else {
            (0..self.cursor).rev().find(is_conflict)
        };
        match next {
            Some(next) => (self.cursor, self.follows) = (next, true),
            None => self.scroll_by(by),
        }
    }

    /// Of a field that both have changed, keeps what the person typed or what Cube has.
    pub(super) fn choose(&mut self, env: &Env<'_>, mine: bool) {
        if self.waits() {
            return;
        }
        let Some(field) = self.fields.get_mut(self.cursor).filter(|field| field.conflict().is_some()) else {
            return;
        };
        field.settle(mine);
        field.check(env.labels);
        self.obstacle = None;
        if self.changed().next().is_none() {
            self.obstacle = Some(Obstacle::Unchanged);
            self.stage = FormStage::Typing;
        } else {
            self.show_review();
        }
    }
}
