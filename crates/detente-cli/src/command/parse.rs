//! `detente parse`.

use crate::input::InputArgs;
use crate::knowledge::KnowledgeArgs;
use crate::run::RunArgs;
use crate::{Exit, output};
use clap::{Args, ValueEnum, ValueHint};
use detente_io::conllu;
use std::path::PathBuf;

/// Parse articles: sentences, tokens, tags, trees, names
#[derive(Args)]
#[command(after_help = "Examples:
  detente parse article.txt
  echo 'Kyiv denies it.' | detente parse --format tree -
  detente parse --format json articles.jsonl -o parsed.jsonl")]
pub(crate) struct ParseArgs {
    #[command(flatten)]
    input: InputArgs,
    /// How the output is written
    #[arg(long, value_enum, default_value_t = Format::Conllu)]
    format: Format,
    /// Write to FILE instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// CoNLL-U
    Conllu,
    /// Trees drawn with lines
    Tree,
    /// One JSON object a document
    Json,
}

pub(super) fn run(args: &ParseArgs) -> anyhow::Result<Exit> {
    let reader = args.knowledge.reader()?;
    let mut out = output::open(args.output.as_deref(), &args.input.paths)?;
    let exit = args.run.each(
        &args.input,
        |input, scratch| {
            let reading = input.read(&reader, scratch);
            let (id, document, syntax) = (&input.article.id, &reading.document, &reading.syntax);
            match args.format {
                Format::Conllu => conllu::to_string(id, document, syntax),
                Format::Tree => conllu::trees(id, document, syntax) + "\n",
                Format::Json => conllu::to_json(id, document, syntax) + "\n",
            }
        },
        |text| {
            out.write_all(text.as_bytes())?;
            Ok(out.flush()?)
        },
    )?;
    out.flush()?;
    Ok(exit)
}
