//! `detente actors`.

use crate::knowledge::KnowledgeArgs;
use crate::{Exit, output};
use clap::{Args, Subcommand};
use detente_io::{actors, article};

/// Look up actors
#[derive(Args)]
#[command(after_help = "Examples:
  detente actors find Lavrov
  detente actors find 'Boris Johnson' --on 2022-02-15")]
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
}

pub(super) fn run(args: &ActorsArgs) -> anyhow::Result<Exit> {
    let Action::Find { name, on, knowledge } = &args.action;
    let reader = knowledge.reader()?;
    let rows = reader.knowledge().find_actors(name);
    let text = actors::show(reader.knowledge().actors(), &rows, on.as_ref().map(|on| on.date));
    anyhow::ensure!(
        !text.is_empty(),
        "no actor is named {name:?}{}",
        if on.is_some() { " then" } else { "" }
    );
    let mut out = output::open(None, &[])?;
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}
