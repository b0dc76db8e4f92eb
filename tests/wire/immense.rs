//! Answers that would fill a computer, as the real program meets them with its real limits.
#![cfg(target_os = "linux")]

use super::certificates::Authority;
use super::play::{Play, answer, chunk, chunked_head, json, page, record};
use super::server::Server;
use super::tls::{browser, quit, wait_for_words};
use flate2::{Compress, Compression, FlushCompress};
use rstest::rstest;

/// A gigabyte of blanks in a few megabytes of gzip: one packed block, again and again.
fn bomb() -> Play {
    let blanks = vec![b' '; 16 << 20];
    let mut block = Vec::with_capacity(1 << 20);
    let mut packer = Compress::new(Compression::default(), false);
    packer.compress_vec(&blanks, &mut block, FlushCompress::Full).unwrap();
    assert_eq!(packer.total_in(), blanks.len() as u64);
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    let body = [head.to_vec(), block.repeat(64)].concat();
    assert!(body.len() < 8 << 20);
    answer("200 OK", "Content-Encoding: gzip\r\nContent-Type: application/json\r\n", body)
}

fn endless() -> Play {
    Play::Endless(chunked_head(), chunk(&vec![b' '; 1 << 20]))
}

#[rstest]
#[case::a_few_megabytes_that_unpack_to_a_gigabyte(bomb())]
#[case::a_body_without_end(endless())]
#[tokio::test(flavor = "multi_thread")]
async fn an_immense_answer_is_left_at_64_mib_asked_for_once_and_memory_stays_below_250(#[case] play: Play) {
    let server = Server::open().await;
    server.always("page 1", play);
    let company = Authority::new();
    let pty = browser(&server.address, &company.home(), &company.file(), &[]);
    wait_for_words(&pty, "the answer is larger than 64 MiB");
    assert!(pty.most_memory() < 250, "{} MiB", pty.most_memory());
    assert_eq!(server.asked(), ["page 1"]);
    quit(pty);
}

/// So many bytes are in one value; with what is around it they are less than an answer may be.
const IMMENSE: usize = 59 << 20;

/// Text that hardly gets shorter when it is packed.
fn noise() -> String {
    let mut dice = fastrand::Rng::with_seed(7);
    std::iter::repeat_with(|| dice.alphanumeric()).take(IMMENSE).collect()
}

#[rstest]
#[case::a_value("crm__standard_info__name".to_owned(), noise())]
#[case::a_key(noise(), "x".to_owned())]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_immense_is_shown_cut_and_memory_stays_below_250(#[case] key: String, #[case] value: String) {
    let server = Server::open().await;
    let long = format!(r#"{{"crm__customer_id":"2","{key}":"{value}"}}"#);
    let records = [record("\"1\"", "Kari"), long, record("\"3\"", "Ola")];
    server.always("page 1", json(page("3", "null", &records)));
    let company = Authority::new();
    let mut pty = browser(&server.address, &company.home(), &company.file(), &[]);
    wait_for_words(&pty, "3 customers (");
    pty.press("\x1b[B\r");
    wait_for_words(&pty, "2 read ");
    pty.press("\x1b[27u\x1b[27uola");
    wait_for_words(&pty, "of all 3");
    assert!(pty.most_memory() < 250, "{} MiB", pty.most_memory());
    quit(pty);
}
