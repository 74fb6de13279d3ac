//! What a notebook sees.
pub use newsframe::*;
