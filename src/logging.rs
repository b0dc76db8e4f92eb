//! The log: `cubedex.log` in the state folder, for IT after a complaint. It says when which request failed, and how:
//! its path without ids, the HTTP status, the kind of failure. Nothing of a customer's is in it, and none of the
//! server's own words. Never on the screen, which is the table's, and only of our own targets: those of the HTTP crates
//! hold addresses.

use std::{
    env,
    fs::{DirBuilder, File, OpenOptions, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
    sync::Arc,
};

use rustix::fs::OFlags;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{filter::Targets, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// The log's name in its folder.
const NAME: &str = "cubedex.log";

/// A log larger than this, in bytes, is started over when the program starts.
const LARGEST: u64 = 1024 * 1024;

/// Sends what the program traces to the log in `folder`, which is made if it is not there.
///
/// The level is that of `CUBEDEX_LOG` (`off`, `error`, `warn`, `info`, `debug`, `trace`), else `info`; times are UTC.
///
/// # Errors
/// The system's when the log cannot be opened, or [`io::ErrorKind::InvalidInput`] when it is not a plain file. The
/// program is to go on without a log.
pub fn init(folder: &Path) -> io::Result<()> {
    let log = fmt::layer().with_ansi(false).with_writer(Arc::new(open(folder)?));
    let level = level(env::var("CUBEDEX_LOG").ok().as_deref());
    tracing_subscriber::registry().with(log).with(own_targets(level)).try_init().map_err(io::Error::other)?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    Ok(())
}

/// What is logged: this crate, at `level`, and no other.
fn own_targets(level: LevelFilter) -> Targets {
    Targets::new().with_target(env!("CARGO_CRATE_NAME"), level)
}

/// The level that `wanted` names; `info` for none and for a name that there is not.
fn level(wanted: Option<&str>) -> LevelFilter {
    wanted.and_then(|wanted| wanted.trim().parse().ok()).unwrap_or(LevelFilter::INFO)
}

/// Opens the log for appending, readable by its owner alone, empty if it had become too large.
fn open(folder: &Path) -> io::Result<File> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let log = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        // A link could lead anywhere, and opening a pipe that no one reads would wait for ever.
        .custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed())
        .open(folder.join(NAME))?;
    let found = log.metadata()?;
    if !found.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    log.set_permissions(Permissions::from_mode(0o600))?;
    if found.len() > LARGEST {
        log.set_len(0)?;
    }
    Ok(log)
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        io::Write,
        os::unix::fs::{PermissionsExt, symlink},
        sync::Arc,
    };

    use rstest::rstest;
    use rustix::io::Errno;
    use tracing::{level_filters::LevelFilter, subscriber::with_default};
    use tracing_subscriber::{fmt, layer::SubscriberExt};

    use super::{LARGEST, NAME, level, open, own_targets};

    #[rstest]
    #[case::unset(None, LevelFilter::INFO)]
    #[case::named(Some("debug"), LevelFilter::DEBUG)]
    #[case::capitals(Some(" TRACE "), LevelFilter::TRACE)]
    #[case::off(Some("off"), LevelFilter::OFF)]
    #[case::nonsense(Some("hyper=trace"), LevelFilter::INFO)]
    fn the_level_is_the_one_named_or_info(#[case] wanted: Option<&str>, #[case] expected: LevelFilter) {
        assert_eq!(level(wanted), expected);
    }

    #[test]
    fn only_our_own_targets_are_logged_with_utc_times() {
        let folder = tempfile::tempdir().unwrap();
        let log = fmt::layer().with_ansi(false).with_writer(Arc::new(open(folder.path()).unwrap()));
        let subscriber = tracing_subscriber::registry().with(log).with(own_targets(LevelFilter::DEBUG));
        with_default(subscriber, || {
            tracing::debug!("ours");
            tracing::trace!("too fine");
            tracing::error!(target: "reqwest::connect", "theirs");
            tracing::error!(target: "hyper", "theirs");
        });
        let logged = fs::read_to_string(folder.path().join(NAME)).unwrap();
        let [line] = logged.lines().collect::<Vec<_>>()[..] else { panic!("{logged}") };
        let (time, rest) = line.split_once(' ').unwrap();
        assert!(time.ends_with('Z') && rest.contains("DEBUG") && rest.ends_with("ours"), "{line}");
    }

    #[test]
    fn a_log_is_for_its_owner_alone_also_when_it_was_there_before() {
        let folder = tempfile::tempdir().unwrap();
        let (inner, path) = (folder.path().join("state"), folder.path().join("state").join(NAME));
        open(&inner).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        open(&inner).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&inner).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[rstest]
    #[case::at_the_limit(LARGEST, LARGEST + 1)]
    #[case::past_it(LARGEST + 1, 1)]
    fn a_log_that_has_become_too_large_is_started_over(#[case] before: u64, #[case] after: u64) {
        let folder = tempfile::tempdir().unwrap();
        open(folder.path()).unwrap().set_len(before).unwrap();
        let mut log = open(folder.path()).unwrap();
        log.write_all(b"\n").unwrap();
        assert_eq!(log.metadata().unwrap().len(), after);
    }

    #[test]
    fn a_link_in_the_place_of_the_log_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = folder.path().join("elsewhere");
        fs::write(&elsewhere, "untouched").unwrap();
        symlink(&elsewhere, folder.path().join(NAME)).unwrap();
        let refused = open(folder.path()).unwrap_err();
        assert_eq!(refused.raw_os_error(), Some(Errno::LOOP.raw_os_error()));
        assert_eq!(fs::metadata(&elsewhere).unwrap().len(), 9);
    }
}
