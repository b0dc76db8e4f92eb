//! How long, how large and how often: the bounds within which Cube is called.

use std::time::Duration;

/// Requests under way at once where no one says otherwise, and the most that may be asked for: Cube serves others too.
pub const AT_ONCE: usize = 4;

/// The bounds of the client; `Default` is what production uses, tests choose smaller ones.
#[derive(Debug, Clone)]
pub struct Limits {
    /// To connect: the name, the socket, a proxy and TLS together.
    pub connect: Duration,
    /// Without a byte of the body; also the time until an answer's head is whole.
    pub idle: Duration,
    /// One whole attempt, from its first byte to its last; waiting for a turn does not count.
    pub total: Duration,
    /// Bytes of an answer, after decompression.
    pub body: usize,
    /// Bytes of an error's body that are looked at; what follows is not read.
    pub error_body: usize,
    /// How often a request is made again after its first attempt.
    pub retries: u32,
    /// The longest own wait before the first retry; it doubles with each one after it.
    pub backoff_base: Duration,
    /// The longest own wait of all.
    pub backoff_cap: Duration,
    /// How often a request is made again after Cube has throttled it (429). Where Cube names no time, each wait is
    /// twice the longest one before a retry: 1, 2, 4 … up to 60 s.
    pub throttles: u32,
    /// The longest `Retry-After` that is waited out; a longer one is told to the user instead.
    pub retry_after_cap: Duration,
    /// Pages and labels on the wire at once; one lookup more may be there beside them.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(20),
            total: Duration::from_secs(90),
            body: 64 << 20,
            error_body: 64 << 10,
            retries: 3,
            backoff_base: Duration::from_millis(500),
            backoff_cap: Duration::from_secs(30),
            throttles: 7,
            retry_after_cap: Duration::from_mins(2),
            at_once: AT_ONCE,
        }
    }
}
