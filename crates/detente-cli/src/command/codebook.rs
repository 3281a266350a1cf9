//! `detente codebook`.

use crate::knowledge::KnowledgeArgs;
use crate::{Exit, Usage, output, screen};
use clap::{Args, Subcommand};
use detente::Scratch;
use detente_io::codebook;

/// Show the rules, or check them against their own sentences
#[derive(Args)]
#[command(after_help = "Examples:
  detente codebook show assault.shell
  detente codebook show | less
  detente codebook check --codebook my-rules/")]
pub(crate) struct CodebookArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Print rules
    Show {
        /// Rules or types, such as assault.shell or ASSAULT [default: all]
        names: Vec<String>,
        #[command(flatten)]
        knowledge: KnowledgeArgs,
    },
    /// Read the sentences that each rule accepts and rejects, and name those that come out wrong
    Check {
        /// Rules or types, such as assault.shell or ASSAULT [default: all]
        names: Vec<String>,
        #[command(flatten)]
        knowledge: KnowledgeArgs,
    },
}

pub(super) fn run(args: &CodebookArgs) -> anyhow::Result<Exit> {
    let (Action::Show { names, knowledge } | Action::Check { names, knowledge }) = &args.action;
    let reader = knowledge.reader()?;
    let mut rules: Vec<_> = reader.knowledge().rules().collect();
    for name in names {
        if !rules.iter().any(|rule| is_named(rule, name)) {
            return Err(Usage(format!("the codebook has no rule or type {name:?}")).into());
        }
    }
    rules.retain(|rule| names.is_empty() || names.iter().any(|name| is_named(rule, name)));
    let mut out = output::open(None, &[])?;
    if let Action::Show { .. } = args.action {
        for rule in rules {
            writeln!(out, "{}", codebook::show(rule))?;
        }
        out.flush()?;
        return Ok(Exit::Done);
    }
    let mut scratch = Scratch::default();
    let (mut sentences, mut faults) = (0, 0);
    for rule in &rules {
        sentences += rule.accepts.len() + rule.rejects.len();
        for fault in codebook::check(&reader, rule, &mut scratch) {
            faults += 1;
            screen::complain(&fault.to_string());
        }
    }
    writeln!(out, "{} rules, {sentences} sentences, {faults} wrong", rules.len())?;
    out.flush()?;
    Ok(if faults == 0 { Exit::Done } else { Exit::InputFailed })
}

fn is_named(rule: &detente::knowledge::Rule, name: &str) -> bool {
    rule.name == name || rule.kind.as_str().eq_ignore_ascii_case(name)
}
