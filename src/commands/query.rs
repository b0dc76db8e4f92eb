//! The search line of `find` and of `export --search`, so that both mean the same customers by it.

use super::Failure;
use crate::fields::FieldMap;
use crate::search::{Query, Reach};
use crate::text::{self, Place};

/// What a line looks for.
pub(super) struct Line {
    pub(super) query: Query,
    /// That a field is named which there is not, in words. Its text is searched for.
    pub(super) unknown: Option<String>,
}

/// Reads a line in the words of the browser's search line.
///
/// # Errors
/// A filter in it is none.
pub(super) fn read(line: &str, all_fields: bool, fields: &FieldMap) -> Result<Line, Failure> {
    let reach = if all_fields { Reach::AllFields } else { Reach::Standard };
    let query = Query::search(line, reach, fields);
    if let Some(bad) = &query.bad_filter {
        return Err(Failure::Usage(bad.to_string()));
    }
    let unknown = query.unknown.as_ref().map(|unknown| {
        let near = unknown.nearest.as_deref().map(|near| text::clean_str(near, Place::Message));
        let near = near.map(|near| format!(", but one is called {near}")).unwrap_or_default();
        format!("there is no field {}{near}", text::typed(&unknown.typed))
    });
    Ok(Line { query, unknown })
}

/// Passes on what looks for something.
///
/// # Errors
/// It looks for nothing, so that every customer would be found.
pub(super) fn not_empty(query: Query) -> Result<Query, Failure> {
    if query.is_empty() {
        let words = "there is nothing to look for in signs alone; type a letter or digit";
        return Err(Failure::Usage(words.to_owned()));
    }
    Ok(query)
}
