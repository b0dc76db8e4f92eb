//! cubedex.
