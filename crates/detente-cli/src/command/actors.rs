//! `detente actors`.

use crate::knowledge::KnowledgeArgs;
use crate::{Exit, output};
use clap::{Args, Subcommand, ValueHint};
use detente::Sources;
use detente_io::{actors, article, knowledge};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Look up actors
#[derive(Args)]
#[command(after_help = "Examples:
  detente actors find Lavrov
  detente actors find 'Boris Johnson' --on 2022-02-15
  detente actors check my-actors")]
pub(crate) struct ActorsArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Print all periods of the actors that have a name or alias
    Find {
        /// The name, ignoring case
        name: String,
        /// Only periods that hold on this day
        #[arg(long, value_name = "DATE", value_parser = article::published)]
        on: Option<detente::Published>,
        #[command(flatten)]
        knowledge: KnowledgeArgs,
    },
    /// Look for wrong lines, contradictions and doubtful rows in tables of actors
    Check {
        /// Directory of tables (*.tsv), or dictionaries of TABARI and PETRARCH
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        directory: PathBuf,
        /// Also say when nobody is known to have held an office for more than a year
        #[arg(long)]
        gaps: bool,
    },
}

pub(super) fn run(args: &ActorsArgs) -> anyhow::Result<Exit> {
    match &args.action {
        Action::Find { name, on, knowledge } => find(name, on.as_ref(), knowledge),
        Action::Check { directory, gaps } => check(directory, *gaps),
    }
}

fn find(name: &str, on: Option<&detente::Published>, knowledge: &KnowledgeArgs) -> anyhow::Result<Exit> {
    let reader = knowledge.reader()?;
    let rows = reader.knowledge().find_actors(name);
    let text = actors::show(reader.knowledge(), &rows, on.map(|on| on.date));
    anyhow::ensure!(
        !text.is_empty(),
        "no actor is named {name:?}{}",
        if on.is_some() { " then" } else { "" }
    );
    write(&text)?;
    Ok(Exit::Done)
}

fn check(directory: &Path, gaps: bool) -> anyhow::Result<Exit> {
    let mut sources = Sources::default();
    sources.decode_actors(detente_data::ACTORS)?;
    let found = knowledge::check_actors(directory, sources.offices, gaps)?;
    let mut text = String::new();
    for fault in &found.faults {
        let _ = writeln!(text, "wrong: {fault}");
    }
    for doubt in &found.doubts {
        let _ = writeln!(text, "doubt: {doubt}");
    }
    let (faults, doubts) = (found.faults.len(), found.doubts.len());
    let _ = writeln!(text, "{} periods of actors, {faults} wrong, {doubts} doubtful", found.rows);
    write(&text)?;
    Ok(if faults > 0 { Exit::InputFailed } else { Exit::Done })
}

fn write(text: &str) -> anyhow::Result<()> {
    let mut out = output::open(None, &[])?;
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
