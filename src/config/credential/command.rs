//! A program that prints a secret: started without a shell, given a while and no more, its first line taken.

use super::secret_in;
use crate::text::{self, Place};
use rustix::process::{Pid, Signal, kill_process};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use std::io::{self, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// No secret is longer, in bytes.
const LONGEST: u64 = 64 << 10;
/// How much of what it says on standard error is looked at, in bytes.
const SAID: u64 = 4 << 10;

/// What a thread tells of the running program.
enum Event {
    Printed(io::Result<Zeroizing<Vec<u8>>>),
    Said(Vec<u8>),
    Ended(io::Result<ExitStatus>),
}

/// What has been told so far.
#[derive(Default)]
struct Run {
    printed: Option<Zeroizing<Vec<u8>>>,
    said: Option<Vec<u8>>,
    status: Option<ExitStatus>,
}

/// Runs `words` and takes the first line of what it prints. It is killed after `takes`.
///
/// It may ask its user on the terminal, which is why this is for the time before the screen is taken.
pub(super) fn run(words: &[String], takes: Duration) -> Result<SecretString, String> {
    let Some((program, arguments)) = words.split_first() else { return Err("names no program".to_owned()) };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("can't be started ({})", error.kind()))?;
    let pid = Pid::from_child(&child);
    let (tell, told) = mpsc::channel();
    let (printed, said) = (child.stdout.take(), child.stderr.take());
    let tells = (tell.clone(), tell.clone());
    thread::spawn(move || {
        let bytes = printed.map_or_else(|| Ok(Vec::new()), |pipe| all_of(pipe, LONGEST + 1));
        tells.0.send(Event::Printed(bytes.map(Zeroizing::new)))
    });
    thread::spawn(move || {
        let bytes = said.map_or_else(|| Ok(Vec::new()), |pipe| all_of(pipe, SAID));
        tells.1.send(Event::Said(bytes.unwrap_or_default()))
    });
    thread::spawn(move || tell.send(Event::Ended(child.wait())));
    let ended = wait(&told, Instant::now() + takes);
    if !matches!(&ended, Ok(Run { status: Some(_), .. })) {
        let _ = kill_process(pid, Signal::KILL);
    }
    secret(&ended.map_err(|error| error.to_string())?, takes)
}

fn all_of(pipe: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    pipe.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Waits until all is told, or more was printed than any secret is, or the time is over.
fn wait(told: &Receiver<Event>, until: Instant) -> io::Result<Run> {
    let mut run = Run::default();
    while run.printed.is_none() || run.status.is_none() || run.said.is_none() {
        match told.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(Event::Printed(bytes)) => {
                let bytes = run.printed.insert(bytes?);
                if bytes.len() as u64 > LONGEST {
                    break;
                }
            }
            Ok(Event::Said(bytes)) => run.said = Some(bytes),
            Ok(Event::Ended(status)) => run.status = Some(status?),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    Ok(run)
}

fn secret(run: &Run, takes: Duration) -> Result<SecretString, String> {
    let printed = run.printed.as_deref().map(Vec::as_slice).unwrap_or_default();
    if printed.len() as u64 > LONGEST {
        return Err("printed more than a token is long".to_owned());
    }
    let Some(status) = run.status.filter(|_| run.printed.is_some()) else {
        return Err(format!("did not end within {} s; try it in a shell", takes.as_secs()));
    };
    if !status.success() {
        let how = status.code().map_or_else(|| "was killed".to_owned(), |code| format!("ended with {code}"));
        let words = String::from_utf8_lossy(run.said.as_deref().unwrap_or_default());
        let words: String = words.trim().chars().take(200).collect();
        let words = text::clean_str(&words, Place::Message);
        return Err(if words.as_str().is_empty() { how } else { format!("{how}: {words}") });
    }
    let text = std::str::from_utf8(printed).map_err(|_| "printed something other than text".to_owned())?;
    // Password stores keep the secret on the first line and notes below it.
    Ok(secret_in(text.split_inclusive('\n').next().unwrap_or_default()))
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
        run(words, Duration::from_secs(10)).map(|_| ()).unwrap_err()
    }

    #[rstest]
    #[case::plain("printf CANARY")]
    #[case::line_end("echo CANARY")]
    #[case::windows("printf 'CANARY\\r\\n'")]
    #[case::notes_below("printf 'CANARY\\nuser: kari\\n'")]
    #[case::talkative("echo CANARY; echo unlocking >&2")]
    fn the_first_line_is_the_secret(#[case] script: &str) {
        assert_eq!(run(&sh(script), Duration::from_secs(10)).unwrap().expose_secret(), "CANARY");
    }

    #[test]
    fn no_shell_stands_between() {
        let words = ["printf", "%s", "$HOME;CANARY"].map(str::to_owned);
        assert_eq!(run(&words, Duration::from_secs(10)).unwrap().expose_secret(), "$HOME;CANARY");
    }

    #[rstest]
    #[case::silent("exit 1", "ended with 1")]
    #[case::with_words("echo 'gpg: no key' >&2; exit 2", "ended with 2: gpg: no key")]
    #[case::escape("printf '\\033[2Jx\\n' >&2; exit 1", "ended with 1: ␛[2Jx")]
    #[case::killed("kill -9 $$", "was killed")]
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
        let words = ["sleep", "1000"].map(str::to_owned);
        let error = run(&words, Duration::ZERO).map(|_| ()).unwrap_err();
        assert_eq!(error, "did not end within 0 s; try it in a shell");
    }
}
