//! The one test target.
