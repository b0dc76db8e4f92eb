//! `cubedex licences`: under which terms the crates are that the program is made of.

use clap::Args;

/// The texts, as `packaging/make licences` collects them.
const TEXTS: &str = include_str!("../../assets/licences.txt");

const AFTER: &str = "\
cubedex itself is under the MIT licence.

Examples:
  cubedex licences | less";

/// Nothing can be chosen.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Licences {}

impl Licences {
    /// The names of all crates in the program, each with the text of its licence.
    #[must_use]
    pub const fn texts() -> &'static str {
        TEXTS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn every_crate_of_the_program_is_named() {
        let cargo = std::env::var_os("CARGO").unwrap();
        let args = "tree --locked --offline --edges normal --prefix none --format {p}";
        let listed = Command::new(cargo)
            .args(args.split(' '))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
        let listed = String::from_utf8(listed.stdout).unwrap();
        let mut count = 0;
        for line in listed.lines().filter(|line| !line.starts_with("cubedex ")) {
            let mut words = line.split(' ');
            let (name, version) = (words.next().unwrap(), words.next().unwrap());
            let named = format!("\n  {name} {} (", version.trim_start_matches('v'));
            assert!(TEXTS.contains(&named), "{name} {version}: run packaging/make licences");
            count += 1;
        }
        assert!(count > 100, "{count}");
    }
}
