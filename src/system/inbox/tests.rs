//! Senders who mean well, and senders who do not.

use super::*;
use rstest::rstest;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream as Sender;

fn folder() -> (tempfile::TempDir, Folder) {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::at(home.path().join("run"));
    (home, folder)
}

/// Answers each caller like this, and keeps what they said.
fn answering(mut inbox: Inbox, answer: Answer) -> mpsc::UnboundedReceiver<String> {
    let (said, heard) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        loop {
            let caller = inbox.next().await;
            let _ = said.send(caller.text);
            let _ = caller.answer.send(answer);
        }
    });
    heard
}

async fn handed(
    folder: &Folder,
    name: Option<&'static str>,
    caller: &'static str,
) -> Result<HandedOver, String> {
    let folder = folder.clone();
    let handed = tokio::task::spawn_blocking(move || hand_over(&folder, name, caller));
    handed.await.unwrap().map_err(|why| why.to_string())
}

#[tokio::test]
async fn a_caller_is_handed_over_and_answered() {
    let (_home, folder) = folder();
    let mut heard = answering(Inbox::open(&folder, "work").unwrap(), Answer::Opened);
    let handed = handed(&folder, Some("work"), "tel:+4790909088").await;
    assert_eq!(handed, Ok(HandedOver { answer: Answer::Opened, browsers: 1 }));
    assert_eq!(heard.recv().await.as_deref(), Some("tel:+4790909088"));
}

#[tokio::test]
async fn promise_20_the_socket_is_for_this_user_alone_and_goes_with_the_browser() {
    let (home, folder) = folder();
    let inbox = Inbox::open(&folder, "work").unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&inbox.path), mode(&home.path().join("run"))), (0o600, 0o700));
    let path = inbox.path.clone();
    drop(inbox);
    assert!(!path.exists());
}

#[tokio::test]
async fn a_folder_that_others_may_write_into_is_not_used() {
    let (home, folder) = folder();
    let path = home.path().join("run");
    std::fs::create_dir(&path).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o770)).unwrap();
    assert_eq!(Inbox::open(&folder, "work").unwrap_err().kind(), io::ErrorKind::PermissionDenied);
    assert_eq!(handed(&folder, None, "1").await, Err("no browser runs".to_owned()));
}

#[tokio::test]
async fn a_socket_without_a_browser_is_cleared_away() {
    let (home, folder) = folder();
    let _other = Inbox::open(&folder, "other").unwrap();
    let stale = home.path().join("run/work.4000000.sock");
    drop(std::os::unix::net::UnixListener::bind(&stale).unwrap());
    assert_eq!(handed(&folder, Some("work"), "1").await, Err("no browser runs".to_owned()));
    assert!(!stale.exists());
}

#[tokio::test]
async fn of_two_browsers_the_one_that_was_used_last_gets_the_caller() {
    let (home, folder) = folder();
    let mut first = Inbox::open(&folder, "work").unwrap();
    let other = home.path().join("run/work.4000001.sock");
    std::fs::rename(&first.path, &other).unwrap();
    first.path.clone_from(&other);
    let mut second_heard = answering(Inbox::open(&folder, "work").unwrap(), Answer::Told);
    set_used_long_ago(&other);
    let _first = answering(first, Answer::Opened);
    let handed = handed(&folder, Some("work"), "90909088").await.unwrap();
    assert_eq!(handed, HandedOver { answer: Answer::Told, browsers: 2 });
    assert_eq!(second_heard.recv().await.as_deref(), Some("90909088"));
}

fn set_used_long_ago(path: &Path) {
    use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, utimensat};
    let then = Timespec { tv_sec: 1000, tv_nsec: 0 };
    utimensat(CWD, path, &Timestamps { last_access: then, last_modification: then }, AtFlags::empty())
        .unwrap();
}

#[rstest]
#[case::no_json("hello\n")]
#[case::another_question("{\"caller\":\"1\",\"run\":\"rm\"}\n")]
#[case::no_text("{\"caller\":7}\n")]
#[case::no_utf8("{\"caller\":\"\u{fffd}\n")]
#[tokio::test(flavor = "multi_thread")]
async fn promise_20_what_is_no_question_is_refused_and_reaches_no_browser(#[case] line: &str) {
    let (_home, folder) = folder();
    let inbox = Inbox::open(&folder, "work").unwrap();
    let mut sender = Sender::connect(&inbox.path).unwrap();
    let mut heard = answering(inbox, Answer::Opened);
    sender.write_all(line.as_bytes()).unwrap();
    let answer = tokio::task::spawn_blocking(move || {
        let mut answer = String::new();
        sender.read_to_string(&mut answer).map(|_| answer)
    });
    assert_eq!(answer.await.unwrap().unwrap(), "{\"answer\":\"refused\"}\n");
    assert!(heard.try_recv().is_err());
}

#[rstest]
#[case::half_a_line(b"{\"caller\":\"9".to_vec())]
#[case::too_long(vec![b'9'; 100_000])]
#[case::nothing(Vec::new())]
#[tokio::test(flavor = "multi_thread")]
async fn a_sender_who_says_half_a_line_or_too_much_keeps_no_other_from_being_heard(#[case] said: Vec<u8>) {
    let (_home, folder) = folder();
    let inbox = Inbox::open(&folder, "work").unwrap();
    let hostile: Vec<Sender> = (0..3).map(|_| Sender::connect(&inbox.path).unwrap()).collect();
    for mut sender in &hostile {
        sender.set_write_timeout(Some(Duration::from_millis(50))).unwrap();
        let _ = sender.write_all(&said);
    }
    let mut heard = answering(inbox, Answer::Opened);
    let handed = handed(&folder, None, "90909088").await.map(|handed| handed.answer);
    assert_eq!(handed, Ok(Answer::Opened));
    assert_eq!(heard.recv().await.as_deref(), Some("90909088"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_is_told_that_it_is_busy() {
    let (_home, folder) = folder();
    let mut heard = answering(Inbox::open(&folder, "work").unwrap(), Answer::Opened);
    let mut answers = Vec::new();
    for _ in 0..PER_SECOND + 3 {
        answers.push(handed(&folder, None, "1").await.unwrap().answer);
    }
    // Within one second no more than this many are taken; a slow computer takes longer and hears more.
    let opened = answers.iter().filter(|answer| **answer == Answer::Opened).count();
    assert!(opened >= PER_SECOND, "{answers:?}");
    assert_eq!(std::iter::from_fn(|| heard.try_recv().ok()).count(), opened);
}
