//! How far the reading is: a bar on standard error, where that is a terminal that shows nothing else.

use super::output;
use crate::cube::Wait;
use crate::text::grouped;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressState, ProgressStyle};
use std::borrow::Cow;
use std::fmt;
use std::io::{self, IsTerminal};
use std::time::Duration;

/// What the bar looks like: how many of how many, how fast, how long yet.
const KNOWN: &str = "{wide_bar} {human_pos} of {human_len} customers · {rate} · {eta} left{msg}";
/// The same where Cube does not say how many there are.
const UNKNOWN: &str = "{spinner} {human_pos} customers · {rate}{msg}";
/// How often the time left is drawn anew.
const TICK: Duration = Duration::from_millis(200);

/// How far the reading is. Dropped, it takes itself from the screen.
pub(super) struct Progress(ProgressBar);

/// Where the data goes meanwhile, which may be the screen that the bar is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Data {
    /// Into a file of its own.
    IntoFile,
    /// To standard output, as it comes.
    Streams,
    /// To standard output, once all is read.
    Follows,
}

impl Progress {
    /// A bar if it is of use: not where data runs over the same screen, be it through another program.
    pub(super) fn new(data: Data) -> Self {
        let is_disturbed = match data {
            Data::IntoFile => false,
            Data::Streams => output::is_terminal() || output::is_pipe(),
            Data::Follows => output::is_pipe(),
        };
        let is_seen = io::stderr().is_terminal() && !is_disturbed;
        let target = if is_seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target).with_finish(ProgressFinish::AndClear);
        bar.set_style(style(UNKNOWN));
        if is_seen {
            bar.enable_steady_tick(TICK);
        }
        Self(bar)
    }

    /// This many customers are read, of this many.
    pub(super) fn reached(&self, customers: u64, count: Option<u64>) {
        if let Some(count) = count {
            if self.0.length().is_none() {
                self.0.set_style(style(KNOWN));
            }
            self.0.set_length(count.max(customers));
        }
        self.0.set_position(customers);
    }

    /// Cube asks for a wait, or no longer.
    pub(super) fn waits(&self, wait: Option<Wait>) {
        self.0.set_message(match wait {
            Some(wait) => Cow::Owned(format!(" · Cube asks us to wait until {}", wait.until)),
            None => Cow::Borrowed(""),
        });
    }
}

fn style(template: &str) -> ProgressStyle {
    // The templates are our own and right; the plain bar of the crate would be no harm either.
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("━╸─").with_key("rate", |state: &ProgressState, out: &mut dyn fmt::Write| {
        // The crate's own has four decimals.
        let whole = format!("{:.0}", state.per_sec()).parse().unwrap_or_default();
        let _ = write!(out, "{} a second", grouped(whole));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_right() {
        assert!([KNOWN, UNKNOWN].iter().all(|template| ProgressStyle::with_template(template).is_ok()));
    }
}
