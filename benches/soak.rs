//! How much memory the browser takes after hours: 200,000 customers from a Cube that fails half of the time, a person
//! who never rests. Not in the suite, because only wall time shows what grows.
//!
//! `cargo bench --bench soak -- 30` runs it for 30 minutes. It prints the resident memory at each step and fails when
//! the curve does not end flat.
//!
//! On 2026-11-26, on two cores that others used too: 57 MiB at first, 66 after 4 minutes, 69 after 15, and 69 (67.3 to 70.2)
//! from there to the end, with 36,000 keys. What is in use stays at 24 to 28 MB throughout, as `heaptrack` tells
//! (`SOAK_PROGRAM="heaptrack target/release/cubedex"`): what comes on top is what the allocator keeps for the next page.

#![expect(clippy::expect_used, clippy::panic, reason = "a bench that can't be set up has nothing to measure")]
#![expect(clippy::print_stdout, reason = "the curve is what it is run for")]

use cubedex::demo::{self, Answer, Fault, Faults, Settings, TOKEN, Target, Town};
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use reqwest::StatusCode;
use std::io::{Read, Write};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

const CUSTOMERS: u64 = 200_000;

/// How often the memory is read.
const STEP: Duration = Duration::from_secs(20);

/// How much more the last quarter may take than the one before it. Pages that are read again and the allocator's own
/// bounds move the memory by about this much.
const NOISE: f64 = 2.0;

/// A browser that is pressed without a rest, and the server that it asks.
struct Soak {
    browser: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    faults: Faults,
    dice: fastrand::Rng,
    began: Instant,
    keys: u64,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    // `cargo test --benches` starts benches too, without this word.
    if !arguments.any(|argument| argument == "--bench") {
        return;
    }
    let minutes = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(30);
    let mut soak = Soak::start();
    let curve = soak.run(Duration::from_secs(60 * minutes));
    soak.press(b"\x11");
    let _ = soak.browser.wait();
    judge(&curve);
}

/// Compares the last quarter with the one before it.
fn judge(curve: &[f64]) {
    let quarter = curve.len() / 4;
    assert!(quarter > 0, "too short to be judged");
    let [before, last] =
        [&curve[curve.len() - 2 * quarter..curve.len() - quarter], &curve[curve.len() - quarter..]];
    let [before, last] = [median(before), median(last)];
    println!("median of the third quarter {before:.1} MiB, of the last {last:.1} MiB");
    assert!(last <= before + NOISE, "the memory still grows at the end");
    println!("flat");
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

impl Soak {
    fn start() -> Self {
        let faults = Faults::default();
        let address = serve(faults.clone());
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let program =
            std::env::var("SOAK_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_cubedex").to_owned());
        let mut words = program.split(' ');
        let mut command = CommandBuilder::new(words.next().expect("a program"));
        command.args(words);
        command.args(["--url", &address, "--assignment", "9"]);
        command.env("CUBEDEX_TOKEN", TOKEN);
        command.env("TERM", "xterm-256color");
        // Nothing of the person who runs it is read or written.
        command.env("HOME", "/dev/null/home");
        command.cwd(std::env::temp_dir());
        let mut screen = pair.master.try_clone_reader().expect("its output");
        let keyboard = pair.master.take_writer().expect("its keyboard");
        let browser = pair.slave.spawn_command(command).expect("the browser");
        // The terminal lives as long as its output is read.
        thread::spawn(move || {
            let _master = pair.master;
            let mut read = vec![0; 65_536];
            while screen.read(&mut read).is_ok_and(|length| length > 0) {}
        });
        Self { browser, keyboard, faults, dice: fastrand::Rng::with_seed(16), began: Instant::now(), keys: 0 }
    }

    /// The resident memory in MiB at each step.
    fn run(&mut self, time: Duration) -> Vec<f64> {
        thread::sleep(Duration::from_secs(1));
        // The whole list is read first, so that only what should not grow can.
        self.press(b"\x07");
        thread::sleep(Duration::from_secs(10));
        let mut curve = Vec::new();
        let mut next_step = STEP;
        let mut next_flap = Duration::ZERO;
        while self.began.elapsed() < time {
            if self.began.elapsed() >= next_flap {
                self.flap();
                next_flap = self.began.elapsed() + Duration::from_secs(5);
            }
            self.act();
            if self.began.elapsed() >= next_step {
                next_step += STEP;
                let resident = self.resident();
                println!("{:>5} s {:>7} keys {resident:>7.1} MiB", self.began.elapsed().as_secs(), self.keys);
                curve.push(resident);
            }
        }
        curve
    }

    /// Another fault, or none.
    fn flap(&mut self) {
        self.faults.clear();
        let fault = match self.dice.u8(0..10) {
            0 => Fault::Drop,
            1 => Fault::Cut(20_000),
            2 => Fault::Body("{\"count\": 3, \"results\": [".into()),
            3 => Fault::Answer(
                Answer::json(StatusCode::TOO_MANY_REQUESTS, "{}").header(reqwest::header::RETRY_AFTER, "1"),
            ),
            4 => Fault::Answer(Answer::html(StatusCode::BAD_GATEWAY, "<h1>502</h1>".repeat(2_000))),
            _ => return,
        };
        self.faults.set(Target::All, fault);
    }

    /// One thing that a person does: what it opens it also closes.
    fn act(&mut self) {
        const WORDS: [&str; 8] =
            ["olsen", "anna berg", "42", "+47 9", "city:askim", "kari -as", "xq", "@example"];
        let keys: &[&[u8]] = match self.dice.u8(0..20) {
            0..=3 => &[b"\x1b[B", b"\x1b[B", b"\x1b[B", b"\x1b[A"],
            4 => &[b"\x1b[6~", b"\x1b[6~", b"\x1b[6~", b"\x1b[5~"],
            5 => &[b"\x1b[F", b"\x1b[A", b"\x1b[H"],
            6..=8 => &[b"\r", b"\x1b[B", b"\x1b[B", b"J", b"J", b"K", b"\x1b"],
            9 => &[b"\r", b"a", b"z", b"\x1b[6~", b"z", b"a", b"/", b"n", b"a", b"\r", b"\x1b", b"\x1b"],
            10 => &[b"\x1bOP", b"\x1b[6~", b"\x1b"],
            11 => &[b"\x10", b"t", b"h", b"e", b"\x1b"],
            12 => &[b"\x1b[20~", b"\x1b[B", b"\x1b[6~", b"\x1b[20~"],
            13 => &[b"\x1b[15;2~"],
            14 => &[b"\x1b[15~"],
            15 => &[b"\x07", b"\x0c"],
            _ => {
                let word = WORDS[self.dice.usize(..WORDS.len())];
                self.press(b"/");
                for letter in word.as_bytes().chunks(1) {
                    self.press(letter);
                }
                &[b"\x1b[B", b"\x1b[B", b"\r", b"\x1b[B", b"\x1b", b"\x1b", b"\x1b"]
            }
        };
        for key in keys {
            self.press(key);
        }
    }

    fn press(&mut self, key: &[u8]) {
        self.keyboard.write_all(key).expect("the browser runs");
        self.keys += 1;
        // An Esc is one only when no more comes at once.
        thread::sleep(Duration::from_millis(if key == b"\x1b" { 130 } else { 30 }));
    }

    fn resident(&self) -> f64 {
        let pid = self.browser.process_id().expect("a process");
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("Linux tells the memory");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("the browser runs");
        let kilobytes: f64 =
            line.split_whitespace().nth(1).and_then(|word| word.parse().ok()).expect("a number");
        kilobytes / 1024.0
    }
}

/// The town on a port of its own, in this process, so that its memory is not counted.
fn serve(faults: Faults) -> String {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let settings = Settings { town: Town::new(CUSTOMERS), faults, ..Settings::default() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
            let address = listener.local_addr().expect("an address");
            tell.send(format!("http://{address}")).expect("someone waits");
            demo::serve(listener, std::future::pending(), settings).await.expect("a server");
        });
    });
    told.recv().unwrap_or_else(|_| panic!("the server did not start"))
}
