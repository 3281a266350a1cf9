//! `detente code`.

use crate::input::InputArgs;
use crate::knowledge::KnowledgeArgs;
use crate::run::RunArgs;
use crate::{Exit, output};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueHint, builder::TypedValueParser};
use detente_io::export::{Format, Sink, render};
use std::path::PathBuf;

/// Code articles: events, attributions, claims, with the words that show them
#[derive(Args)]
#[command(after_help = "Examples:
  detente code article.txt
  detente code --published 2022-02-15 --publisher 'Example Wire' article.txt
  detente code news/ -o coded.jsonl --errors problems.jsonl
  cat articles.jsonl | detente code --format csv - > events.csv

Reads text files, JSON Lines with the fields id, text (or sentences), title,
published, publisher, url, authors, language, pairs, and CoNLL-U. Writes one
object of the format detente/1 a line unless --format says otherwise.")]
pub(crate) struct CodeArgs {
    #[command(flatten)]
    input: InputArgs,
    /// How the output is written
    #[arg(long, value_name = "FORMAT", default_value = "jsonl", value_parser = formats())]
    format: Format,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.iter().map(|format| format.as_str());
    PossibleValuesParser::new(names).map(|name| Format::from_name(&name).unwrap_or(Format::Jsonl))
}

pub(super) fn run(args: &CodeArgs) -> anyhow::Result<Exit> {
    let reader = args.knowledge.reader()?;
    let out = output::open(args.output.as_deref(), &args.input.paths)?;
    let mut sink = Sink::new(out, args.format);
    let exit = args.run.each(
        &args.input,
        |input, scratch| render(args.format, &input.read(&reader, scratch), reader.engine()),
        |document| {
            sink.write(document)?;
            Ok(sink.flush()?)
        },
    )?;
    sink.finish()?;
    Ok(exit)
}
