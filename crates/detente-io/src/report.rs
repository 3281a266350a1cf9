//! What a person reads: who says what about the same thing, who disputes it, the figures side by side, what happened
//! and what was only said, each with its words.
//!
//! A report never says that something is true or false. It says who says so.

mod highlight;
mod html;
mod model;
mod terminal;
mod wording;

pub use html::{page_end, page_start, section};
pub use terminal::{Style, terminal};
