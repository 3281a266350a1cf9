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
  detente parse --format json articles.jsonl -o parsed.jsonl
  detente parse treebank.conllu > parsed.conllu
  cat dev.conllu test.conllu | detente parse --input conllu -

CoNLL-U comes in by the extension .conllu or with --input conllu. Its sentences
and words are kept, with all comments, multi-word tokens and empty nodes; LEMMA,
UPOS, XPOS, FEATS, HEAD and DEPREL are filled in, whatever they held.")]
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
            let (document, _) = input.document();
            let syntax = reader.parse(&document, scratch);
            let id = &input.article.id;
            match (args.format, &input.given) {
                (Format::Conllu, Some(given)) => conllu::filled(given, &document, &syntax),
                (Format::Conllu, None) => conllu::to_string(id, &document, &syntax),
                (Format::Tree, _) => conllu::trees(id, &document, &syntax) + "\n",
                (Format::Json, _) => conllu::to_json(id, &document, &syntax) + "\n",
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
