//! A program that prints a secret: started without a shell, its first line taken.

use crate::system::child::{self, Ended, Limits, NotEnded};
use crate::text::{self, Place};
use secrecy::SecretString;
use std::process::Command;
use std::time::Duration;

/// What it may take: a program that asks its user on the terminal has longer, one that prints more prints no secret.
const LIMITS: Limits = Limits {
    quiet: Duration::from_secs(10),
    asking: Duration::from_mins(2),
    printed: 64 << 10,
    said: 4 << 10,
};

/// Why there is no secret.
#[derive(Debug)]
pub(super) enum NoSecret {
    /// Ctrl+C.
    Interrupted,
    /// What is wrong with the program, in words that follow its name.
    Wrong(String),
}

/// Runs `words`, which a line on the terminal calls `name`, and takes the first line of what it prints.
pub(super) fn run(name: &str, words: &[String]) -> Result<SecretString, NoSecret> {
    run_within(name, words, &LIMITS)
}

fn run_within(name: &str, words: &[String], limits: &Limits) -> Result<SecretString, NoSecret> {
    let wrong = |why: &str| NoSecret::Wrong(why.to_owned());
    let Some((program, arguments)) = words.split_first() else { return Err(wrong("names no program")) };
    let mut command = Command::new(program);
    command.args(arguments);
    match child::run(name, command, limits) {
        Ok(ended) => secret(&ended).map_err(NoSecret::Wrong),
        Err(NotEnded::Interrupted) => Err(NoSecret::Interrupted),
        Err(NotEnded::TooMuch) => Err(wrong("printed more than a token is long")),
        Err(why) => Err(NoSecret::Wrong(why.to_string())),
    }
}

fn secret(ended: &Ended) -> Result<SecretString, String> {
    if !ended.status.success() {
        let code = ended.status.code();
        let how = code.map_or_else(|| "was killed".to_owned(), |code| format!("ended with {code}"));
        let words = String::from_utf8_lossy(&ended.said);
        let words: String = words.trim().chars().take(200).collect();
        let words = text::clean_str(&words, Place::Message);
        return Err(if words.as_str().is_empty() { how } else { format!("{how}: {words}") });
    }
    let text =
        std::str::from_utf8(&ended.printed).map_err(|_| "printed something other than text".to_owned())?;
    // Password stores keep the secret on the first line and notes below it.
    Ok(text.lines().next().unwrap_or_default().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use secrecy::ExposeSecret;

    fn sh(script: &str) -> Vec<String> {
        ["sh", "-c", script].map(str::to_owned).to_vec()
    }

    fn said(words: &[String]) -> String {
        match run("it", words).map(|_| ()).unwrap_err() {
            NoSecret::Wrong(why) => why,
            NoSecret::Interrupted => "interrupted".to_owned(),
        }
    }

    #[rstest]
    #[case::plain("printf CANARY")]
    #[case::line_end("echo CANARY")]
    #[case::windows("printf 'CANARY\\r\\n'")]
    #[case::notes_below("printf 'CANARY\\nuser: kari\\n'")]
    #[case::talkative("echo CANARY; echo unlocking >&2")]
    #[case::with_a_helper_that_stays("echo CANARY; sleep 1000 & exit 0")]
    fn the_first_line_is_the_secret(#[case] script: &str) {
        assert_eq!(run("it", &sh(script)).unwrap().expose_secret(), "CANARY");
    }

    #[test]
    fn no_shell_stands_between() {
        let words = ["printf", "%s", "$HOME;CANARY"].map(str::to_owned);
        assert_eq!(run("it", &words).unwrap().expose_secret(), "$HOME;CANARY");
    }

    #[rstest]
    #[case::silent("exit 1", "ended with 1")]
    #[case::with_words("echo 'gpg: no key' >&2; exit 2", "ended with 2: gpg: no key")]
    #[case::escape("printf '\\033[2Jx\\n' >&2; exit 1", "ended with 1: ␛[2Jx")]
    #[case::killed("kill -9 $$", "was killed")]
    #[case::ctrl_c("kill -INT $$", "interrupted")]
    #[case::huge("head -c 1000000 /dev/zero", "printed more than a token is long")]
    #[case::endless("yes CANARY", "printed more than a token is long")]
    #[case::no_text("printf '\\377\\376'", "printed something other than text")]
    fn what_went_wrong_is_told_without_what_was_printed(#[case] script: &str, #[case] words: &str) {
        assert_eq!(said(&sh(script)), words);
    }

    #[test]
    fn what_it_says_is_cut() {
        let words = said(&sh("head -c 100000 /dev/zero | tr '\\0' x >&2; exit 1"));
        assert_eq!(words.len(), "ended with 1: ".len() + 200);
    }

    #[test]
    fn a_program_that_is_not_there_is_told() {
        assert_eq!(said(&["/no/such".to_owned()]), "can't be started (entity not found)");
    }

    #[test]
    fn one_that_hangs_is_ended() {
        let limits = Limits { quiet: Duration::ZERO, ..LIMITS };
        let words = ["sleep", "1000"].map(str::to_owned);
        let Err(NoSecret::Wrong(why)) = run_within("it", &words, &limits) else { panic!("it ended") };
        assert_eq!(why, "did not end within 0 s; try it in a shell");
    }
}
