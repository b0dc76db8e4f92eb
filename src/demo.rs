//! The embedded Cube: a real HTTP/1.1 server on loopback that answers as a Cube account does.
//!
//! It knows nothing of the client's types, so that a test of both proves more than that they agree. The account
//! holds one list, a [`Town`] of invented customers, which is assignment 9 and data owner 2's B2C list.
//!
//! ```text
//! connection ─▶ log ─▶ latency ─▶ fault? ─▶ host ─▶ route ─▶ credential ─▶ method ─▶ list | customer | labels | campaigns
//!                                                                       └▶ PUT, POST: one customer is written
//! ```
//!
//! What is written lives as long as the server. PUT and POST exist on the single route of the assignments alone, as in
//! the documents.
//!
//! Faults exist with the feature `faults` alone, which tests switch on and the released program does not have.

mod answer;
mod calls;
mod changes;
mod credential;
mod cube;
#[cfg(feature = "faults")]
mod faults;
mod line;
mod log;
mod page;
mod route;
mod town;
mod write;

#[cfg(test)]
mod tests;

use std::io;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

#[cfg(feature = "faults")]
pub use self::faults::{Answer, Fault, Faults, Gate, Taking, Target};
pub use self::log::{Log, Seen};
pub use self::town::Town;

/// The key that `Authorization: Token …` must carry.
pub const TOKEN: &str = "demo-token";
/// The e-mail address of the one person who may sign in by Basic authentication.
pub const USER: &str = "demo@example.com";
/// The password that goes with [`USER`].
pub const PASSWORD: &str = "demo-password";
/// The only assignment of the account: the town's list in the older generation of routes.
pub const ASSIGNMENT: u64 = 9;
/// The only data owner of the account; with [`CRM_TYPE`] the town's list in the newer generation of routes.
pub const DATA_OWNER: u64 = 2;
/// The only kind of customers that [`DATA_OWNER`] has, as the routes spell it.
pub const CRM_TYPE: &str = "B2C";
/// How many customers the town has when no one asks for another number.
pub const CUSTOMERS: u64 = 12_340;
/// What the labels route serves: the town's CustomerCustomFields mapping, with field 101 left out on purpose.
pub const CUSTOM_FIELDS: &str = include_str!("../assets/demo/CustomerCustomFields.json");

/// How long answers under way may take to end once the server was told to stop.
const GRACE: Duration = Duration::from_secs(1);

/// What one embedded Cube serves, how fast, and what it does wrong on purpose.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The customers of the one list.
    pub town: Town,
    /// Whether PUT and POST are refused with 405, as by an account that does not take changes.
    pub read_only: bool,
    /// Records a page; 0 is taken for 1.
    pub page_size: usize,
    /// How long each answer is delayed; zero answers at once.
    pub latency: Duration,
    /// What goes wrong on purpose; a clone of it, kept by a test, changes it while the server runs.
    #[cfg(feature = "faults")]
    pub faults: Faults,
    /// Where requests are recorded. `None` records nothing, so that a server may run for days.
    pub log: Option<Log>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            town: Town::new(CUSTOMERS),
            read_only: false,
            page_size: 500,
            latency: Duration::ZERO,
            #[cfg(feature = "faults")]
            faults: Faults::default(),
            log: None,
        }
    }
}

/// Serves `settings` on `listener` until `shutdown` completes.
///
/// Then no connection is accepted any more, requests still waiting for the latency or at a gate lose their connection,
/// and answers under way get a second to end.
///
/// # Errors
/// When the listener can no longer be served.
pub async fn serve(
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
    settings: Settings,
) -> io::Result<()> {
    let (stop, stopped) = watch::channel(());
    let service =
        cube::router(settings, stopped.clone()).into_make_service_with_connect_info::<line::Scissors>();
    let serving = axum::serve(line::Lines::new(listener), service).with_graceful_shutdown(gone(stopped));
    let ending = async move {
        shutdown.await;
        drop(stop);
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = serving => ended,
        () = ending => Ok(()),
    }
}

/// Completes when the sender of `stopped` is gone, also because the future of [`serve`] was dropped.
async fn gone(mut stopped: watch::Receiver<()>) {
    while stopped.changed().await.is_ok() {}
}
