//! What a notebook sees, as one shared library.
//!
//! A notebook's cells are small libraries that are compiled and loaded one after the other. Were newsframe and Polars
//! linked into each, every cell would carry its own copy of their state (thread pools, string caches) and take seconds to
//! link. They meet here instead, in a `dylib` that all cells of a session share. It is a crate of its own, so that
//! whoever uses newsframe as a library doesn't pay for it.

pub use newsframe::*;
pub use plotters;
pub use polars;
