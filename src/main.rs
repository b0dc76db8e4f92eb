//! The cubedex program.
fn main() {}
