//! What belongs together: a figure with who said it, when and where; a name with its other spellings; a document with those
//! it repeats.

pub mod claims;
pub mod duplicates;
pub mod entities;
pub mod groups;
mod links;
pub mod names;
mod scene;
mod told;
