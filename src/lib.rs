//! A terminal browser for the customers of a Cube account.

pub mod demo;
