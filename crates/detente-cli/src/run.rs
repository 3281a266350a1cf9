//! What the commands over many articles share: threads, interrupts, problems.

use crate::Exit;
use crate::input::InputArgs;
use crate::interrupt;
use crate::screen::Screen;
use clap::Args;
use detente::Scratch;
use detente_io::article::Input;
use detente_io::pipeline::{self, End, Outcome};
use std::num::NonZeroUsize;

/// How the work is shared out.
#[derive(Args)]
pub(crate) struct RunArgs {
    /// Number of threads [default: one a core]; the output is the same for any number
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

impl RunArgs {
    /// Runs `work` on every article and hands what it returns to `take`, in the order of the input.
    pub(crate) fn each<T: Send>(
        &self,
        input: &InputArgs,
        work: impl Fn(&Input, &mut Scratch) -> T + Sync,
        take: impl FnMut(T) -> anyhow::Result<()>,
    ) -> anyhow::Result<Exit> {
        let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        each(input, self.jobs.unwrap_or_else(cores), work, take)
    }
}

/// The same with a given number of threads.
pub(crate) fn each<T: Send>(
    input: &InputArgs,
    jobs: NonZeroUsize,
    work: impl Fn(&Input, &mut Scratch) -> T + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<Exit> {
    let articles = input.articles()?;
    let mut screen = Screen::new(input.errors.as_deref())?;
    let end = pipeline::run(articles, jobs, interrupt::flag(), work, |outcome| match outcome {
        Outcome::Done { value, warnings } => {
            for warning in &warnings {
                screen.warning(warning)?;
            }
            screen.tick();
            take(value)
        }
        Outcome::Skipped(error) => screen.warning(&error),
        Outcome::Failed(error) => screen.failed(&error),
    });
    screen.close();
    Ok(match end? {
        End::Stopped => Exit::Interrupted,
        End::Finished if screen.is_clean() => Exit::Done,
        End::Finished => Exit::InputFailed,
    })
}
