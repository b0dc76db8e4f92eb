//! A view that was saved in the browser, by its name.

use super::{Failure, Session};
use crate::config::KeptView;
use crate::text;

/// The view of this name, of the list that is open.
///
/// # Errors
/// There is none; those that there are, are named.
pub(super) fn named(name: &str, session: &Session) -> Result<KeptView, Failure> {
    let views = session.views_of().read(&session.folders);
    views.named(name).cloned().ok_or_else(|| {
        let names: Vec<String> = views.named.iter().map(|view| text::typed(&view.name).to_string()).collect();
        let there = if names.is_empty() { "none is saved yet".to_owned() } else { names.join(", ") };
        Failure::Usage(format!("there is no view {} of this list; there are: {there}", text::typed(name)))
    })
}
