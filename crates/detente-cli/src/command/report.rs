//! `detente report`.

use crate::input::InputArgs;
use crate::knowledge::KnowledgeArgs;
use crate::run::RunArgs;
use crate::{Exit, output};
use clap::{Args, ValueHint};
use detente_io::report;
use std::path::PathBuf;

/// Report on articles for a person: who did what, who says so, who disputes it, the figures side by side
#[derive(Args)]
#[command(after_help = "Examples:
  detente report article.txt
  detente report --published 2022-02-15 article.txt | less
  detente report --html report.html news/

The page of --html stands alone: it needs no network and no scripts. Hover over
marked words to see why they are marked.")]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Write one self-contained web page to FILE instead of text to the terminal
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    html: Option<PathBuf>,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    knowledge: KnowledgeArgs,
}

pub(super) fn run(args: &ReportArgs) -> anyhow::Result<Exit> {
    let reader = args.knowledge.reader()?;
    let mut out = output::open(args.html.as_deref(), &args.input.paths)?;
    let style = report::Style { width: output::width(), colours: output::colours() };
    let page = args.html.is_some();
    let mut first = true;
    let exit = args.run.each(
        &args.input,
        |input, scratch| {
            let reading = input.read(&reader, scratch);
            if page { report::section(&reading) } else { report::terminal(&reading, style) }
        },
        |text| {
            match (first, page) {
                (true, true) => out.write_all(report::page_start("detente report").as_bytes())?,
                (false, false) => out.write_all(b"\n\n")?,
                _ => {}
            }
            first = false;
            Ok(out.write_all(text.as_bytes())?)
        },
    )?;
    if page && !first {
        out.write_all(report::page_end().as_bytes())?;
    }
    out.flush()?;
    Ok(exit)
}
