//! What is said for a while: the answer to a key, and remarks that came by themselves.
//!
//! An answer is said until the next key. A remark waits until nothing graver is said, and leaves with the key after it
//! was seen, so that none is lost and none covers why the list stopped.

use crate::words::Notice;
use std::collections::VecDeque;
use std::mem;

/// What there is to say.
#[derive(Debug, Default)]
pub struct Notices {
    answer: Option<Notice>,
    remarks: VecDeque<Notice>,
}

impl Notices {
    /// The answer to the last key.
    #[must_use]
    pub fn answer(&self) -> Option<&Notice> {
        self.answer.as_ref()
    }

    /// The remark whose turn it is.
    #[must_use]
    pub fn remark(&self) -> Option<&Notice> {
        self.remarks.front()
    }

    /// Says what a key did.
    pub(super) fn answer_with(&mut self, notice: Notice) {
        self.answer = Some(notice);
    }

    /// Says what came by itself. A newer remark of one kind takes the place of an older one.
    pub(super) fn remark_on(&mut self, notice: Notice) {
        let kind = mem::discriminant(&notice);
        match self.remarks.iter_mut().find(|earlier| mem::discriminant(*earlier) == kind) {
            Some(earlier) => *earlier = notice,
            None => self.remarks.push_back(notice),
        }
    }

    pub(super) fn drop_answer(&mut self) {
        self.answer = None;
    }

    /// What was wrong with the labels is asked for again.
    pub(super) fn drop_label_problems(&mut self) {
        self.remarks.retain(|remark| !matches!(remark, Notice::LabelProblems(..)));
    }

    /// The remark whose turn it is was seen.
    pub(super) fn drop_remark(&mut self) {
        self.remarks.pop_front();
    }
}
