//! The client of Cube's customer API: a page of the list, one customer, the labels of the custom fields.
//! It writes only where writing is turned on, and talks to one origin only. It keeps no records and knows no screen.
//!
//! The life of one request:
//!
//! ```text
//! page(7) ─▶ request ─▶ route ─▶ auth ─▶ gate ─▶ transport ─▶ wire ─▶ Page
//!            method,    our own  the     a turn  GET, writes  bytes   slices of
//!            body       URL      secret          bounded      into    the body
//!                        ▲                       │            JSON
//!                        │                       ▼              │
//!                        ├─── once: the slash ◀─ redirect       │
//!                        └─── retry: a wait ◀─── fault ◀────────┘ ─▶ Error, in words by sentence
//! ```
//!
//! A place on the wire is held from the first byte sent to the last one read, not while waiting to try again.
//! Dropping a future cancels its request, wherever it stands.

mod auth;
mod calls;
mod campaigns;
mod error;
mod error_body;
mod exchange;
mod gate;
mod limits;
mod lists;
mod moment;
mod odd;
mod origin;
mod page;
mod pasted;
mod probe;
mod record;
mod request;
mod retry;
mod route;
mod schema;
mod sentence;
mod slashes;
mod text;
mod transport;
mod wire;
mod wire_error;
mod write;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use reqwest::Client;
use tokio::sync::watch;

pub use auth::{BadCredential, Credential};
pub use calls::Days;
pub use campaigns::Campaign;
pub use error::{BodyPosition, Error, Kind, Operation, ServerPath, Tls};
pub use error_body::{ErrorBody, FieldErrors};
pub use gate::Wait;
pub use limits::{AT_ONCE, Limits};
pub use moment::{Clock, Moment};
pub use odd::{Odd, OddValues};
pub use origin::{BadOrigin, Origin};
pub use page::{LeftOut, NotARecord, Page};
pub use probe::{Next as NextPage, Probe};
pub use record::{CUSTOM_PREFIX, Field, Record, Standard, StandardField, Value, strict_json};
pub use route::{CrmType, CustomerId, List, NotAnId};
#[cfg(test)]
pub use schema::CALLS;
pub use schema::{CALL_OUTCOMES, CUSTOMERS, ColumnKind, Schema, SchemaColumn};
pub use write::{Change, Writing, Written};

use auth::Bound;
use error::Endpoint;
use gate::{Gate, Lane};
use request::Request;
use route::{Route, Slash};
use slashes::Slashes;
use wire::Body;

/// This many records that could not be read are noted of one page; all are counted.
const MOST_NOTED: usize = 10;

/// One list of one Cube account, ready to be asked. Clones share the gate and the connections, as do those of other
/// lists.
#[derive(Clone)]
pub struct Cube {
    shared: Arc<Shared>,
    list: List,
    endpoint: Arc<Endpoint>,
    clock: Clock,
    /// Whether a request may change something in Cube.
    writes: bool,
}

/// What all clones of a client share.
struct Shared {
    origin: Origin,
    bound: Bound,
    client: Client,
    /// Whether a proxy stands between us and Cube.
    by_proxy: bool,
    gate: Gate,
    limits: Limits,
    slashes: Slashes,
}

/// One customer as just read.
#[derive(Debug, Clone)]
pub struct FetchedCustomer {
    /// The customer.
    pub record: Record<'static>,
    /// When the answer had arrived whole.
    pub read: Moment,
    /// The values that are not what they should be.
    pub odd: Odd,
}

impl FetchedCustomer {
    /// The same with values of more than 64 KiB cut to that: more than is ever shown.
    #[must_use]
    pub fn shortened(self) -> Self {
        Self { record: self.record.shortened().unwrap_or(self.record), ..self }
    }
}

impl Cube {
    /// Gets ready to ask `origin` for `list`, without sending anything. The clock is the computer's.
    ///
    /// # Errors
    /// When this computer has no trusted certificates, or the client cannot be built for another reason.
    pub fn new(origin: Origin, list: List, credential: Credential, limits: Limits) -> Result<Self, Error> {
        let endpoint =
            Arc::new(Endpoint { list, host: origin.host().to_owned(), credential: credential.name() });
        let client = transport::client(&origin, limits.connect)
            .map_err(|kind| Error::new(Operation::Connecting, Arc::clone(&endpoint), kind, Moment::now()))?;
        let shared = Shared {
            bound: Bound::new(origin.clone(), credential),
            gate: Gate::new(limits.at_once),
            slashes: Slashes::default(),
            by_proxy: transport::is_by_proxy(&origin),
            origin,
            client,
            limits,
        };
        Ok(Self { shared: Arc::new(shared), list, endpoint, clock: Moment::now, writes: false })
    }

    /// The same client, which takes the present from `clock`.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// The same client, which may also change customers in Cube. Without this nothing but GET leaves.
    #[must_use]
    pub fn with_writes(self) -> Self {
        Self { writes: true, ..self }
    }

    /// Whether it may change customers.
    #[must_use]
    pub const fn writes(&self) -> bool {
        self.writes
    }

    /// An error about something that was not sent.
    fn own_error(&self, kind: Kind) -> Error {
        Error::new(Operation::Writing, Arc::clone(&self.endpoint), kind, (self.clock)())
    }

    /// The client of another list of the same account, which shares the gate and the connections.
    #[must_use]
    pub fn of_list(&self, list: List) -> Self {
        let Endpoint { host, credential, .. } = &*self.endpoint;
        let endpoint = Arc::new(Endpoint { list, host: host.clone(), credential });
        Self { list, endpoint, ..self.clone() }
    }

    /// Reads one page of the list, counted from 1.
    ///
    /// # Errors
    /// 404 past the end of the list, and all else that can stand between us and Cube.
    pub async fn page(&self, number: u32) -> Result<Page, Error> {
        let page = self
            .ask(&Request::get(Route::Page(number)), Lane::List, |body| {
                body.into_page(number, self.list().schema(), (self.clock)(), Some(&self.shared.origin))
            })
            .await?;
        for left_out in page.left_out.iter().take(MOST_NOTED) {
            tracing::warn!(page = number, %left_out, "left out a record");
        }
        Ok(page)
    }

    /// Reads one customer, before any page that waits.
    ///
    /// # Errors
    /// 404 when the list has no such customer, and all else that can stand between us and Cube.
    pub async fn customer(&self, id: &CustomerId) -> Result<FetchedCustomer, Error> {
        let schema = self.list().schema();
        let read = |body: Body| body.into_record(schema);
        let (record, odd) = self.ask(&Request::get(Route::Customer(id)), Lane::Lookup, read).await?;
        Ok(FetchedCustomer { record, read: (self.clock)(), odd })
    }

    /// Reads the labels of the custom fields as well-formed JSON text.
    ///
    /// # Errors
    /// 403 or 404 where labels are not for us, and all else that can stand between us and Cube.
    pub async fn custom_fields(&self) -> Result<String, Error> {
        self.ask(&Request::get(Route::Labels), Lane::List, Body::into_labels).await
    }

    /// Reads the account's campaigns, which name the lists that it has; the list of this client is not asked for.
    ///
    /// # Errors
    /// 403 or 404 where campaigns are not for us, and all else that can stand between us and Cube.
    pub async fn campaigns(&self) -> Result<Vec<Campaign>, Error> {
        self.ask(&Request::get(Route::Campaigns), Lane::List, Body::into_campaigns).await
    }

    /// Finds out how this Cube differs from its documents, for a diagnosis: asks for the first page once.
    ///
    /// # Errors
    /// All that can stand between us and Cube.
    pub async fn probe(&self) -> Result<Probe, Error> {
        let next = self.ask(&Request::get(Route::Page(1)), Lane::List, Body::into_next).await?;
        let asked = Route::Page(2).url(&self.shared.origin, self.list, Slash::AsDocumented);
        Ok(Probe {
            next: probe::Next::read(next.as_deref(), &asked),
            has_other_slashes: self.shared.slashes.of(Route::Page(1)) == Slash::Flipped,
        })
    }

    /// Tells of each wait that Cube asks for; `None` while there is none.
    #[must_use]
    pub fn waiting(&self) -> watch::Receiver<Option<Wait>> {
        self.shared.gate.waiting()
    }

    /// The address that is asked.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.shared.origin
    }

    /// The list that is read.
    #[must_use]
    pub fn list(&self) -> List {
        self.list
    }
}

impl fmt::Debug for Cube {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cube")
            .field("origin", &self.shared.origin)
            .field("list", &self.list)
            .finish_non_exhaustive()
    }
}
