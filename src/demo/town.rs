//! The town: an account's customers, each made from its number whenever it is asked for, so that a million of them
//! take no memory and no time to start.
//!
//! Same seed, same town. The first two customers are the two of Cube's own documentation, byte for byte.

mod customer;
mod dice;
mod record;
mod spelling;
mod words;

#[cfg(test)]
mod tests;

use self::customer::Customer;
use self::dice::Dice;

/// The records that Cube's documentation shows, one a line.
const FIRST: &str = include_str!("../../assets/demo/first_customers.jsonl");
/// What ids begin after.
const FIRST_SLOT: u64 = 9_120_012_000;
/// Each customer has a slot of this many ids and holds one of them, so that gaps between ids are irregular.
const SLOT: u64 = 40;
/// Neighbours in the list change slots, so that ids climb as in a register filled over years, but not strictly.
const SWAP: u64 = 5;

/// A town of invented customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Town {
    customers: u64,
    seed: u64,
}

impl Town {
    /// More customers than this and their ids would need an eleventh digit.
    pub const MOST: u64 = 20_000_000;

    /// The usual town, with this many customers: [`Town::MOST`] at most.
    #[must_use]
    pub fn new(customers: u64) -> Self {
        Self::with_seed(customers, 1_832)
    }

    /// Another town: other people under other ids, but for the first two.
    #[must_use]
    pub fn with_seed(customers: u64, seed: u64) -> Self {
        Self { customers: customers.min(Self::MOST), seed }
    }

    /// How many customers the town has.
    #[must_use]
    pub fn customers(&self) -> u64 {
        self.customers
    }

    /// The record of customer `number`, counted from 0, as a JSON object. One is invented past the town's end too.
    #[must_use]
    pub fn record(&self, number: u64) -> String {
        let mut out = String::new();
        self.write(number, &mut out);
        out
    }

    /// The id of customer `number`: ten digits, unique in the town.
    #[must_use]
    pub fn id(&self, number: u64) -> u64 {
        if let Some((id, _)) = first(number) {
            return id;
        }
        let slot = number ^ SWAP;
        // Wraps only far past the end of any town.
        let start = slot.wrapping_mul(SLOT).wrapping_add(FIRST_SLOT);
        start.wrapping_add(Dice::new(self.seed, slot).below(SLOT))
    }

    /// The number of the customer whose id is spelt exactly so; `None` when the town has none.
    #[must_use]
    pub fn position_of(&self, id: &str) -> Option<u64> {
        let is_canonical = id.bytes().all(|byte| byte.is_ascii_digit()) && !id.starts_with('0');
        let value: u64 = id.parse().ok().filter(|_| is_canonical)?;
        let number = value.checked_sub(FIRST_SLOT).map(|offset| (offset / SLOT) ^ SWAP);
        // The first two have ids below all slots.
        [Some(0), Some(1), number]
            .into_iter()
            .flatten()
            .find(|&number| number < self.customers && self.id(number) == value)
    }

    /// Appends the record of customer `number` to `out`.
    pub(super) fn write(&self, number: u64, out: &mut String) {
        match first(number) {
            Some((_, record)) => out.push_str(record),
            None => Customer::new(*self, number).write(out),
        }
    }
}

/// The id and the record of customer `number` when it is one of the documented two.
fn first(number: u64) -> Option<(u64, &'static str)> {
    let id = match number {
        0 => 9_120_011_999,
        1 => 9_120_011_888,
        _ => return None,
    };
    let record = FIRST.lines().nth(usize::from(number == 1))?;
    Some((id, record))
}
