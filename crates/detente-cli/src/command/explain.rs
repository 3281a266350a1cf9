//! `detente explain`.

use crate::input::InputArgs;
use crate::knowledge::KnowledgeArgs;
use crate::{Exit, output, run};
use clap::Args;
use detente::EventId;
use detente_io::{Error, explain};
use std::num::NonZeroUsize;

/// Explain an event: the words, the roles, the rule, the tree
#[derive(Args)]
#[command(after_help = "Examples:
  detente code --format table article.txt
  detente explain article.txt --event e3
  detente explain articles.jsonl --document a17")]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    input: InputArgs,
    /// The event, as the output of code names it [default: all]
    #[arg(long, value_name = "ID", value_parser = event)]
    event: Option<EventId>,
    /// The document, when the input has several
    #[arg(long, value_name = "ID")]
    document: Option<String>,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
}

fn event(text: &str) -> Result<EventId, String> {
    explain::event_id(text).ok_or_else(|| format!("{text:?} is no event; expected for example e3"))
}

pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let reader = args.knowledge.reader()?;
    let mut out = output::open(None, &[])?;
    let wanted = |id: &str| args.document.as_deref().is_none_or(|wanted| wanted == id);
    let mut failed = None;
    let mut seen = false;
    let exit = run::each(
        &args.input,
        NonZeroUsize::MIN,
        |input, scratch| {
            wanted(&input.article.id).then(|| {
                let reading = input.read(&reader, scratch);
                let count = reading.events.len();
                let ids = match args.event {
                    Some(id) => vec![id],
                    None => (0..count).map(EventId::at).collect(),
                };
                let text = |id| {
                    explain::event(&reading, reader.knowledge(), id).ok_or_else(|| {
                        let cause =
                            format!("there is no event e{}; the document has {count} events", id.0 + 1);
                        input.place(Error::new(cause))
                    })
                };
                ids.into_iter().map(text).collect::<Result<Vec<String>, Error>>()
            })
        },
        |text| {
            match text {
                Some(Ok(texts)) => {
                    seen = true;
                    out.write_all(texts.join("\n").as_bytes())?;
                }
                Some(Err(error)) => failed = Some(error),
                None => {}
            }
            Ok(())
        },
    )?;
    out.flush()?;
    match (failed, &args.document) {
        (Some(error), _) => Err(error.into()),
        (None, Some(id)) if !seen && exit == Exit::Done => {
            anyhow::bail!("there is no document {id:?} in the input")
        }
        (None, _) => Ok(exit),
    }
}
