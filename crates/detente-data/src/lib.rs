//! Compiled knowledge tables and model weights of detente, as bytes.
//!
//! Nothing but data lives here, so that a program which brings its own knowledge can leave the crate out.
