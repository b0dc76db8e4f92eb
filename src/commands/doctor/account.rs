//! How it stands with the account: address, TLS, credential, list, and how it differs from its documents.

use super::Line;
use crate::commands::{Session, counted, labels};
use crate::cube::{CUSTOM_PREFIX, Cube, Error, Kind, Page};
use crate::fields::{BadSource, Labels, value};
use crate::text::grouped;
use std::collections::BTreeSet;

/// What each line is about, in the order in which one needs the other.
const STEPS: [&str; 4] = ["address", "TLS", "credential", "list"];

/// Asks for the first page, and tells by what comes how far everything works.
pub(super) async fn lines(session: &Session) -> Vec<Line> {
    let cube = &session.cube;
    let source =
        session.account.source.as_ref().map_or_else(|| "the demo itself".to_owned(), ToString::to_string);
    let first = cube.page(1).await;
    let failed = first.as_ref().err().map(|error| (step_of(error), error.sentence()));
    let mut lines: Vec<Line> = (0..)
        .zip(STEPS)
        .map(|(at, what)| match &failed {
            Some((step, words)) if *step == at => Line::to_do(what, words),
            Some((step, _)) if *step < at => Line::untried(what),
            _ => Line::ok(what, well(what, cube, &source, first.as_ref().ok())),
        })
        .collect();
    let Ok(page) = first else {
        lines.extend(["next", "slashes", "labels"].map(Line::untried));
        return lines;
    };
    if let Some(whose) = page.odd.not_utf8.whose() {
        let values = counted(page.odd.not_utf8.count as u64, "value");
        let words =
            format!("{values} on the first page not in UTF-8, the first of {whose}; ask Headshed about it");
        lines.push(Line::to_do("characters", words));
    }
    lines.extend(differences(cube).await);
    lines.push(match labels::look_for(session).await {
        Ok(labels) => of_labels(&labels, &page),
        Err(failure) => Line::to_do("labels", failure.to_string()),
    });
    lines
}

/// At which step the first page failed: the list's, where Cube answered and took the credential.
fn step_of(error: &Error) -> usize {
    use Kind::{Cut, Empty, TooLarge, TooMany, Unreadable, WrongShape};
    match (error.kind(), error.status()) {
        (Kind::Tls(_), _) => 1,
        (_, Some(401 | 403)) => 2,
        (Empty | Cut(_) | Unreadable(_) | WrongShape | TooLarge(_) | TooMany(_), _) | (_, Some(_)) => 3,
        _ => 0,
    }
}

/// What is said of a step that works.
fn well(what: &str, cube: &Cube, source: &str, page: Option<&Page>) -> String {
    match what {
        "address" => cube.origin().to_string(),
        "TLS" if cube.origin().is_https() => "the certificate is trusted by this computer".to_owned(),
        "TLS" => "not used: the address is this computer itself".to_owned(),
        "credential" => format!("accepted, from {source}"),
        _ => page.map_or_else(String::new, |page| of_list(cube, page)),
    }
}

fn of_list(cube: &Cube, page: &Page) -> String {
    let count = page.count.map_or_else(
        || "Cube does not say how many customers".to_owned(),
        |count| counted(count, "customer"),
    );
    format!("{}: {count}, {} on the first page", cube.list(), grouped(page.entries as u64))
}

async fn differences(cube: &Cube) -> [Line; 2] {
    match cube.probe().await {
        Ok(probe) => {
            let slashes = if probe.has_other_slashes {
                "the other way round than documented; remembered"
            } else {
                "as documented"
            };
            [Line::ok("next", format!("points {}", probe.next)), Line::ok("slashes", slashes)]
        }
        Err(error) => [Line::to_do("next", error.sentence()), Line::untried("slashes")],
    }
}

/// Where the labels are from, and how many of the fields that the first page uses have one.
fn of_labels(labels: &Labels, page: &Page) -> Line {
    let mut used = BTreeSet::new();
    for (_, record) in page.records() {
        for field in record.fields() {
            let key = field.key.as_raw();
            if key.starts_with(CUSTOM_PREFIX) && !value::text(&field.value).is_empty() && !used.contains(key)
            {
                used.insert(key.to_owned());
            }
        }
    }
    let labelled = used.iter().filter(|key| labels.fields.label(key).is_some()).count();
    let coverage =
        format!("{labelled} of {} in use on the first page have one", counted(used.len() as u64, "field"));
    let mut words = format!("{}; {coverage}", labels.source);
    let problems = labels.problems();
    if let [first, others @ ..] = problems.as_slice() {
        let more = if others.is_empty() { String::new() } else { format!(" (and {} more)", others.len()) };
        words = format!("{first}{more}; {words}");
    }
    if !labels.left_out.is_empty() || !labels.unusable.iter().all(BadSource::is_refusal) {
        return Line::to_do("labels", words);
    }
    if labelled == used.len() {
        Line::ok("labels", words)
    } else {
        Line::ok("labels", format!("{words}: cubedex fields check names the others"))
    }
}
