//! Why something could not be read from Cube: what was asked, and what came instead.
//! The words for each case are in `sentence`; whether it is tried again by itself is decided in `retry`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::cube::error_body::ErrorBody;
use crate::cube::moment::Moment;
use crate::cube::route::List;
use crate::cube::sentence;
use crate::language::in_english;
use crate::language::tr;
use crate::text::SafeText;

/// A failure to read from Cube, cheap to clone into messages.
///
/// `Display` and `Debug` hold our own words only, so that both may be logged; [`Error::sentence`] and
/// [`Error::to_message`] add what the server said.
#[derive(Clone)]
pub struct Error(Arc<Failure>);

struct Failure {
    operation: Operation,
    at: Moment,
    endpoint: Arc<Endpoint>,
    fault: Fault,
}

/// Who is asked for what, as far as a sentence needs it.
pub(super) struct Endpoint {
    /// The list, by which a person knows what to check.
    pub(super) list: List,
    /// Cube's host.
    pub(super) host: String,
    /// What the credential is called: a token, or a user name and password.
    pub(super) credential: &'static str,
}

/// One failed attempt: what came, and what the server said about it.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: Kind,
    /// Boxed, because nearly every fault has an empty one.
    pub(super) body: Box<ErrorBody>,
    /// How long nothing more may be asked, as Cube says or as it is throttled.
    pub(super) wait: Option<Duration>,
    /// The HTTP status of the answer. `None` where none came.
    pub(super) status: Option<u16>,
}

impl From<Kind> for Fault {
    fn from(kind: Kind) -> Self {
        Self { kind, body: Box::default(), wait: None, status: None }
    }
}

/// What was being asked of Cube.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Getting ready to ask anything at all.
    Connecting,
    /// Reading this page of the list, from 1.
    Page(u32),
    /// Reading one customer.
    Customer,
    /// Reading the labels of the custom fields.
    Labels,
    /// Reading the campaigns of the account.
    Campaigns,
    /// Reading the calls of some days.
    Calls,
    /// Changing something in Cube.
    Writing,
}

/// What came instead of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// The connection was refused: nothing listens there.
    Refused,
    /// The host has no address.
    UnknownHost,
    /// The network has no way to the host, or this computer is offline.
    Unreachable,
    /// No connection within this time.
    NoConnection(Duration),
    /// A proxy between us and Cube would not let us through; its status, when it gave one that is known.
    Proxy(Option<u16>),
    /// A proxy did not bring us to Cube within this time.
    SlowProxy(Duration),
    /// The connection is not a secure one to the host that was meant.
    Tls(Tls),
    /// The connection broke before the answer began.
    Broken,
    /// The answer ended early, after this many bytes.
    Cut(u64),
    /// Nothing arrived for `idle`, after `received` bytes.
    Stalled {
        /// How long nothing came.
        idle: Duration,
        /// How many bytes of the body had come before.
        received: u64,
    },
    /// The answer was not whole within `total`.
    TooSlow {
        /// The time that one request may take.
        total: Duration,
        /// How many bytes of the body had come by then.
        received: u64,
    },
    /// What came is not HTTP as we understand it.
    Protocol,
    /// The answer is larger than this many bytes.
    TooLarge(u64),
    /// A page with more entries than this.
    TooMany(u64),
    /// An answer without a body.
    Empty,
    /// A body that is not JSON, and where it stops being so; `None` when it could not even be unpacked.
    Unreadable(Option<BodyPosition>),
    /// A body that is not JSON and was not broken on its way: what stands there was written so.
    NotJson(BodyPosition),
    /// A body that is packed as this, which was not asked for.
    Packed(&'static str),
    /// A body in this encoding of text, which is not UTF-8.
    Encoding(&'static str),
    /// A web page where data should be.
    WebPage,
    /// A redirect to another path of the same address, which is not followed.
    RedirectedHere {
        /// 301, 302, 303, 307 or 308.
        status: u16,
        /// The path.
        path: ServerPath,
    },
    /// JSON of another shape than asked for.
    WrongShape,
    /// A redirect to where we do not go; the other host, when it has a plain name.
    Redirected(Option<String>),
    /// Redirects from an address to itself, or back and forth.
    RedirectLoop,
    /// A status that means no, with nothing more to add.
    Status(u16),
    /// A status with a `Retry-After` that is longer than we wait by ourselves.
    AskedToWait {
        /// 429, or 503 when Cube is down for maintenance.
        status: u16,
        /// How many seconds Cube asked for.
        seconds: u64,
        /// When they will be over; `None` when that is a day away or more.
        until: Option<Moment>,
    },
    /// The client could not be set up.
    Setup,
    /// The request would do more than read, and writing is turned off. It was not sent.
    ReadOnly,
    /// The list has no route for writing. Nothing was sent.
    NoWriting,
}

/// A place in a body, as the JSON parser counts: both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyPosition {
    /// The line.
    pub line: usize,
    /// The column in bytes.
    pub column: usize,
}

/// A path that the server named, cleaned and cut. It is shown and never logged: it may hold anything.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerPath(pub(super) SafeText<'static>);

impl fmt::Debug for ServerPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerPath({} bytes)", self.0.as_str().len())
    }
}

/// Why a connection is not secure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tls {
    /// The certificate is signed by no one whom this computer trusts.
    Untrusted,
    /// The certificate is no longer valid, or not yet; with the day that decides (`2024-11-30`) and the one that this
    /// computer's clock has, when they are known.
    OutOfDate {
        /// Whether its time is still to come.
        early: bool,
        /// The day on which it ended or begins.
        day: Option<String>,
        /// The day that it is on this computer.
        today: Option<String>,
    },
    /// The certificate belongs to other hosts: these, when it names any.
    WrongHost(Vec<String>),
    /// The server does not speak TLS.
    NotTls,
    /// The server speaks only versions of TLS that are no longer safe.
    TooOld,
    /// This computer's trusted certificates could not be read.
    NoRoots,
    /// Any other refusal.
    Other,
}

impl Error {
    pub(super) fn new(
        operation: Operation,
        endpoint: Arc<Endpoint>,
        fault: impl Into<Fault>,
        at: Moment,
    ) -> Self {
        Self(Arc::new(Failure { operation, at, endpoint, fault: fault.into() }))
    }

    /// An error made of its parts, for those who have no connection: it tells of a token and of no certain host.
    #[must_use]
    pub fn of_kind(operation: Operation, list: List, kind: Kind) -> Self {
        let endpoint = Endpoint { list, host: "this host".to_owned(), credential: "token" };
        Self::new(operation, Arc::new(endpoint), kind, Moment::now())
    }

    /// What was being asked.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.0.operation
    }

    /// When we gave up.
    #[must_use]
    pub fn at(&self) -> Moment {
        self.0.at
    }

    /// What came instead.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.0.fault.kind
    }

    /// The HTTP status, when an answer came whose status says no.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self.kind() {
            Kind::Status(status) | Kind::AskedToWait { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Whether what was asked for is not there (404): no such list, page or customer.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }

    /// Whether no further page may be asked for by itself: 401 to anything, 403 to a page, or a wait that is
    /// longer than we wait by ourselves.
    #[must_use]
    pub fn stops_the_list(&self) -> bool {
        match self.kind() {
            Kind::Status(401) | Kind::AskedToWait { .. } => true,
            Kind::Status(403) => matches!(self.operation(), Operation::Page(_)),
            _ => false,
        }
    }

    /// Whether asking again by hand may help, with nothing changed but the time or the network.
    #[must_use]
    pub fn can_be_retried(&self) -> bool {
        !matches!(
            self.kind(),
            Kind::Status(400 | 401 | 403 | 404 | 405 | 406 | 415)
                | Kind::TooLarge(_)
                | Kind::TooMany(_)
                | Kind::Setup
                | Kind::ReadOnly
                | Kind::NoWriting
        )
    }

    /// What came and what to do about it, in our own words: `unknown host x.invalid – check the account name`. A
    /// redirect's path is in it, as the server wrote it: for the screen alone, never for a log.
    #[must_use]
    pub fn sentence(&self) -> String {
        sentence::of(self.operation(), &self.0.endpoint, self.kind())
    }

    /// What the server itself said, part by part; for the screen alone, never for a log.
    #[must_use]
    pub fn body(&self) -> &ErrorBody {
        &self.0.fault.body
    }

    /// What the server itself said, in one line; for the screen alone, never for a log.
    #[must_use]
    pub fn said(&self) -> Option<SafeText<'static>> {
        self.body().to_line()
    }

    /// What we were doing and what came, without what the server wrote.
    #[must_use]
    pub fn in_short(&self) -> String {
        let sentence = sentence::of_own_words(self.operation(), &self.0.endpoint, self.kind());
        format!("{}: {sentence}", self.operation().said())
    }

    /// All of it for the screen: what we were operation, what came, what to do next, and the server's own words.
    #[must_use]
    pub fn to_message(&self) -> String {
        let sentence = format!("{}: {}", self.operation().said(), self.sentence());
        match self.said() {
            Some(said) => tr!("{sentence} (Cube says: {said})", sentence, said),
            None => sentence,
        }
    }
}

/// In English, as the log has it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_english(|| self.in_short()))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.operation())
            .field("kind", self.kind())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {}
