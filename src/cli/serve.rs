//! `cubedex serve`.

use super::number::whole;
use clap::Args;

/// How to serve the invented town.
#[derive(Args)]
pub struct Serve {
    /// The port on 127.0.0.1; 0 means one that is free
    #[arg(long, value_name = "N", default_value = "0", allow_negative_numbers = true, value_parser = whole(0..=u16::MAX))]
    pub port: u16,
    /// How many customers live in the town
    #[arg(long, value_name = "N", default_value = "12340", allow_negative_numbers = true, value_parser = whole(0..=20_000_000_u64))]
    pub customers: u64,
    /// How many customers stand on a page
    #[arg(long, value_name = "N", default_value = "500", allow_negative_numbers = true, value_parser = whole(1..=1_000_000_u32))]
    pub page_size: u32,
    /// How long each answer is held back, in milliseconds
    #[arg(long, value_name = "N", default_value = "0", allow_negative_numbers = true, value_parser = whole(0..=60_000_u64))]
    pub latency_ms: u64,
    /// Take no changes: PUT and POST are refused, as by an account that cannot be written yet
    #[arg(long)]
    pub read_only: bool,
}
