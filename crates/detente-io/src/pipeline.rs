//! Many articles on several threads, results in the order of the input.

use crate::Error;
use crate::article::{Articles, Input, Item};
use detente::Scratch;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often a waiting thread looks whether it should stop.
const GLANCE: Duration = Duration::from_millis(50);

/// What became of one item of the input.
#[derive(Debug)]
pub enum Outcome<T> {
    /// An article, with what the work made of it.
    Done {
        /// What the work returned.
        value: T,
        /// What was odd about the article.
        warnings: Vec<Error>,
    },
    /// Left out on purpose.
    Skipped(Error),
    /// Could not be read.
    Failed(Error),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With the last article.
    Finished,
    /// Because it was told to stop; what was begun by then is done.
    Stopped,
}

/// Runs `work` on every article with `jobs` threads, each with its own [`Scratch`], and hands each outcome to
/// `take` on the calling thread, in the order of the input whatever the number of threads.
///
/// A few articles for each thread are held at any time. Setting `stop` ends the run early: articles that a thread
/// has begun are finished and handed on. A panic inside `work` fails its article alone.
///
/// # Errors
///
/// The first error of `take`; the run ends with it.
///
/// ```
/// use detente_io::{article::{Articles, Options}, pipeline};
/// use std::{num::NonZeroUsize, sync::Arc};
/// let articles = Articles::new(["no/such/file.txt".into()], Options::default());
/// let mut failed = 0;
/// let end = pipeline::run(articles, NonZeroUsize::MIN, Arc::default(), |_, _| (), |outcome| {
///     failed += usize::from(matches!(outcome, pipeline::Outcome::Failed(_)));
///     Ok::<(), detente_io::Error>(())
/// })?;
/// assert_eq!((end, failed), (pipeline::End::Finished, 1));
/// # Ok::<(), detente_io::Error>(())
/// ```
pub fn run<T: Send, E>(
    articles: Articles,
    jobs: NonZeroUsize,
    stop: Arc<AtomicBool>,
    work: impl Fn(&Input, &mut Scratch) -> T + Sync,
    mut take: impl FnMut(Outcome<T>) -> Result<(), E>,
) -> Result<End, E> {
    let window = jobs.get() * 2 + 1;
    let (items, queue) = mpsc::sync_channel(jobs.get());
    let (permits, returned) = mpsc::sync_channel(window);
    let (done, outcomes) = mpsc::channel();
    let queue = Mutex::new(queue);
    let halt = AtomicBool::new(false);
    feed(articles, items, permits, Arc::clone(&stop));
    std::thread::scope(|scope| {
        for _ in 0..jobs.get() {
            let (done, queue, work) = (done.clone(), &queue, &work);
            let stopped = || halt.load(Ordering::Relaxed) || stop.load(Ordering::Relaxed);
            scope.spawn(move || {
                let mut scratch = Scratch::default();
                while let Some((number, item)) = next(queue, stopped) {
                    if done.send((number, outcome(item, work, &mut scratch))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        let taken = in_order(outcomes, returned, &mut take);
        halt.store(true, Ordering::Relaxed);
        taken
    })?;
    Ok(if stop.load(Ordering::Relaxed) { End::Stopped } else { End::Finished })
}

/// Numbers the items on a thread of its own, which may hang on its input for ever without holding up the end.
fn feed(
    mut articles: Articles,
    items: SyncSender<(u64, Item)>,
    permits: SyncSender<()>,
    stop: Arc<AtomicBool>,
) {
    std::thread::spawn(move || {
        for number in 0.. {
            if stop.load(Ordering::Relaxed) || permits.send(()).is_err() {
                break;
            }
            let item = match catch_unwind(AssertUnwindSafe(|| articles.next())) {
                Ok(Some(item)) => item,
                Ok(None) => break,
                Err(_) => {
                    let _ = items.send((number, Item::Failed(internal("while the input was read"))));
                    break;
                }
            };
            if items.send((number, item)).is_err() {
                break;
            }
        }
    });
}

/// The next item of the queue; none when there are no more or it is time to stop.
fn next(queue: &Mutex<Receiver<(u64, Item)>>, stopped: impl Fn() -> bool) -> Option<(u64, Item)> {
    loop {
        let queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        if stopped() {
            return None;
        }
        match queue.recv_timeout(GLANCE) {
            Ok(item) => return Some(item),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// What becomes of an item.
fn outcome<T>(item: Item, work: &impl Fn(&Input, &mut Scratch) -> T, scratch: &mut Scratch) -> Outcome<T> {
    let input = match item {
        Item::Article(input) => input,
        Item::Skipped(error) => return Outcome::Skipped(error),
        Item::Failed(error) => return Outcome::Failed(error),
    };
    match catch_unwind(AssertUnwindSafe(|| work(&input, scratch))) {
        Ok(value) => Outcome::Done { value, warnings: input.warnings().collect() },
        Err(_) => {
            *scratch = Scratch::default();
            Outcome::Failed(input.place(internal("while this article was read")))
        }
    }
}

fn internal(when: &str) -> Error {
    Error::new(format!("internal error {when}; please report it with the article"))
}

/// Hands outcomes on by their numbers and gives their permits back.
fn in_order<T, E>(
    outcomes: Receiver<(u64, Outcome<T>)>,
    returned: Receiver<()>,
    take: &mut impl FnMut(Outcome<T>) -> Result<(), E>,
) -> Result<(), E> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, outcome) in outcomes {
        early.insert(number, outcome);
        while let Some(outcome) = early.remove(&next) {
            take(outcome)?;
            next += 1;
            // The feeder sent a permit for this item before the item itself.
            let _ = returned.try_recv();
        }
    }
    Ok(())
}
