//! What is told of values that are not what they should be.

use crate::cube::Odd;
use crate::prompt::tell;
use crate::text::counted;

/// How values are written that are no JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// As they were sent, where that is no JSON.
    NoJson,
    /// As they were sent, which is as good as any other text.
    Sent,
    /// As `null`.
    Null,
}

/// Tells how many values were not UTF-8 and how many are no JSON, and whose the first is.
pub(super) fn tell_of(odd: &Odd, written: Written) {
    let Odd { not_utf8, not_numbers } = odd;
    if let Some(whose) = not_utf8.whose() {
        let values = counted(not_utf8.count, "value");
        tell(format!("{values} not in UTF-8, the first of {whose}: � stands for what could not be read"));
    }
    if let Some(whose) = not_numbers.whose() {
        let values = counted(not_numbers.count, "value");
        let written = match written {
            Written::NoJson => "written as sent; --strict-json writes null",
            Written::Sent => "written as sent",
            Written::Null => "written as null",
        };
        tell(format!(
            "{values} with NaN or Infinity, which JSON does not have, the first of {whose}: {written}"
        ));
    }
}
