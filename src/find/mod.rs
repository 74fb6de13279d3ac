//! What stands in a text: quotations, names, figures, dates, harm, loaded terms. One finder a file; each reads a
//! [`Text`](crate::text::Text) and gives owned values whose spans are stretches of the clean text.

pub mod casualties;
pub mod dates;
pub mod entities;
pub mod numbers;
pub mod quotes;
mod set;
pub mod terms;
