//! Standard error: problems, and a progress bar when there is a terminal and much to do.

use anyhow::Context;
use detente_io::Error;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fs::File;
use std::io::{IsTerminal, LineWriter, Write};
use std::path::Path;
use std::time::Duration;

/// So many documents make a progress bar worth while.
const MANY: u64 = 20;

/// Says one thing on standard error.
#[expect(clippy::print_stderr, reason = "the one place where the program speaks")]
pub(crate) fn complain(message: &str) {
    eprintln!("detente: {message}");
}

/// Collects the problems of a run.
pub(crate) struct Screen {
    bar: ProgressBar,
    errors: Option<LineWriter<File>>,
    documents: u64,
    failed: u64,
}

impl Screen {
    /// A quiet screen; `errors` is the file that problems are written to as JSON Lines besides.
    pub(crate) fn new(errors: Option<&Path>) -> anyhow::Result<Self> {
        let create = |path: &Path| {
            File::create(path)
                .with_context(|| format!("{}: cannot write", path.display()))
                .map(LineWriter::new)
        };
        Ok(Self {
            bar: ProgressBar::hidden(),
            errors: errors.map(create).transpose()?,
            documents: 0,
            failed: 0,
        })
    }

    /// Something failed and counts for the exit status.
    pub(crate) fn failed(&mut self, error: &Error) -> anyhow::Result<()> {
        self.failed += 1;
        self.note("error", error)
    }

    /// Something was odd or left out.
    pub(crate) fn warning(&mut self, error: &Error) -> anyhow::Result<()> {
        self.note("warning", error)
    }

    /// One more document is done.
    pub(crate) fn tick(&mut self) {
        self.documents += 1;
        if self.documents == MANY && std::io::stderr().is_terminal() && !std::io::stdout().is_terminal() {
            self.bar = ProgressBar::new_spinner().with_style(style());
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
        self.bar.set_position(self.documents);
    }

    /// Takes the progress bar away.
    pub(crate) fn close(&mut self) {
        self.bar.finish_and_clear();
    }

    /// Whether nothing failed so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.failed == 0
    }

    fn note(&mut self, severity: &str, error: &Error) -> anyhow::Result<()> {
        self.bar.suspend(|| complain(&error.to_string()));
        if let Some(file) = &mut self.errors {
            writeln!(file, "{}", error.to_json(severity)).context("cannot write to the file of errors")?;
        }
        Ok(())
    }
}

fn style() -> ProgressStyle {
    let style = ProgressStyle::with_template("{spinner} {human_pos} documents, {per_sec}, {elapsed}");
    style.unwrap_or_else(|_| ProgressStyle::default_spinner())
}
