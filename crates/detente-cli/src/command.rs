//! The commands, one file each.

mod actors;
mod code;
mod codebook;
mod explain;
mod parse;
mod report;

use crate::Exit;
use clap::Subcommand;

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    Code(code::CodeArgs),
    Report(report::ReportArgs),
    Explain(explain::ExplainArgs),
    Parse(parse::ParseArgs),
    Codebook(codebook::CodebookArgs),
    Actors(actors::ActorsArgs),
}

/// Does it.
pub(crate) fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Code(args) => code::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Parse(args) => parse::run(&args),
        Command::Codebook(args) => codebook::run(&args),
        Command::Actors(args) => actors::run(&args),
    }
}
