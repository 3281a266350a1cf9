//! Arguments about what is read.

use crate::Usage;
use clap::{Args, ValueEnum, ValueHint};
use detente::Published;
use detente_io::article::{self, Articles, InputFormat};
use std::io::IsTerminal;
use std::path::PathBuf;

/// What is read.
#[derive(Args)]
pub(crate) struct InputArgs {
    /// Files, directories (*.txt, *.md, *.jsonl, *.ndjson, *.conllu), or - for standard input
    #[arg(value_name = "PATH|URL|-", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Publication date or time of everything read, such as 2022-02-15 or 2022-02-15T09:30:00Z
    #[arg(long, value_name = "DATE", value_parser = article::published)]
    published: Option<Published>,
    /// Publisher of everything whose metadata names none
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// How input is taken
    #[arg(long, value_enum, default_value_t = Take::Auto)]
    input: Take,
    /// Longest file, line or document of CoNLL-U that is read, in MiB
    #[arg(long, value_name = "MIB", default_value_t = (article::DEFAULT_LIMIT >> 20) as u64,
          value_parser = clap::value_parser!(u64).range(1..=1024))]
    max_size: u64,
    /// Write each problem to FILE as well, as JSON Lines
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) errors: Option<PathBuf>,
}

/// How input is taken.
#[derive(Clone, Copy, ValueEnum)]
enum Take {
    /// CoNLL-U by extension, JSON Lines by extension or by a first byte {, else text
    Auto,
    /// Every file is one article
    Text,
    /// Every line is one article
    Jsonl,
    /// CoNLL-U: every "# newdoc" is one article, sentences and tokens are kept
    Conllu,
}

impl InputArgs {
    /// The articles. Without a path standard input is read, unless it is a terminal.
    pub(crate) fn articles(&self) -> anyhow::Result<Articles> {
        let mut paths = self.paths.clone();
        if paths.is_empty() {
            if std::io::stdin().is_terminal() {
                return Err(
                    Usage("nothing to read: name a file, a directory, or - (see --help)".into()).into()
                );
            }
            paths.push("-".into());
        }
        let options = article::Options {
            published: self.published.clone(),
            publisher: self.publisher.clone(),
            format: match self.input {
                Take::Auto => InputFormat::Auto,
                Take::Text => InputFormat::Text,
                Take::Jsonl => InputFormat::JsonLines,
                Take::Conllu => InputFormat::Conllu,
            },
            limit: (self.max_size << 20) as usize,
        };
        Ok(Articles::new(paths, options))
    }
}
