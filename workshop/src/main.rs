//! The workshop: what makes and checks detente, and is no part of it.

mod generate;
mod tidy;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};

#[derive(Parser)]
#[command(about = "Generates tables and checks the rules of the house")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compile knowledge/ into crates/detente-data/tables/
    Generate,
    /// Check that tables are fresh and the house is in order
    Tidy,
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Generate => generate::write(&root()),
        Command::Tidy => tidy::check(&root()),
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().map_or_else(|| manifest.to_owned(), Path::to_owned)
}
