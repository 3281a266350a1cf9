//! The program `detente`: reads news and records who did what to whom, who says so, who disputes it.
//!
//! Glue only: what the commands do lives in the crates below. Data goes to standard output, everything else to
//! standard error. Exit status: 0 all done; 1 something in the input failed, and the rest is done; 2 wrong usage;
//! 130 interrupted, with what was begun finished.

mod command;
mod input;
mod interrupt;
mod knowledge;
mod output;
mod run;
mod screen;

use clap::Parser;
use std::process::ExitCode;

/// Reads news and records who did what to whom, who says so, who disputes it.
#[derive(Parser)]
#[command(
    name = "detente",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: command::Command,
}

/// How the program ends when nothing went wrong with itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All done.
    Done,
    /// Something in the input failed.
    InputFailed,
    /// Interrupted.
    Interrupted,
}

/// Wrong usage that only shows once the arguments are looked at together.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

fn main() -> ExitCode {
    match command::run(Cli::parse().command) {
        Ok(Exit::Done) => ExitCode::SUCCESS,
        Ok(Exit::InputFailed) => ExitCode::from(1),
        Ok(Exit::Interrupted) => ExitCode::from(130),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            screen::complain(&format!("{error:#}"));
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

/// Whether the reader of our output has gone away, as `head` does: no fault.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>();
        io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
            || cause.downcast_ref::<detente_io::Error>().is_some_and(detente_io::Error::is_broken_pipe)
    })
}
