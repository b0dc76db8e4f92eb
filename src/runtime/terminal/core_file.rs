//! No memory dump: a crash must not leave a file with customers and a token in it.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Forbids core files, and on Linux also that another program of the same user reads this one's memory.
///
/// To be called before a secret is read. Errors are swallowed: a system that refuses has its own rule, and the
/// program works without. An administrator of the machine can read memory all the same.
pub fn forbid_core_files() {
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // The limit does not count where core files are piped to a program, as most distributions do.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

#[cfg(test)]
mod tests {
    use rustix::process::{Resource, getrlimit};

    use super::forbid_core_files;

    #[test]
    fn no_core_file_can_be_written() {
        forbid_core_files();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        #[cfg(target_os = "linux")]
        assert_eq!(
            rustix::process::dumpable_behavior().unwrap(),
            rustix::process::DumpableBehavior::NotDumpable
        );
    }
}
