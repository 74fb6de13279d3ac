//! What belongs together: a figure with who said it, when and where; a name with its other spellings.

pub mod claims;
pub mod entities;
pub mod groups;
mod links;
