//! Walks sources and yields their articles, one at a time.

use super::jsonl::{self, Origin, dated};
use super::lines::{Line, Lines};
use super::{Input, InputFormat, Item, Options, Remark, decode};
use crate::Error;
use detente::{Article, NoteKind};
use std::collections::{BTreeSet, VecDeque};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Extensions of JSON Lines, and of everything that a directory is walked for.
const JSON_LINES: [&str; 2] = ["jsonl", "ndjson"];
const TAKEN: [&str; 4] = ["txt", "md", "jsonl", "ndjson"];

/// The articles of some sources, in order. See the [module](super).
///
/// ```
/// use detente_io::article::{Articles, Item, Options};
/// let mut articles = Articles::new(["no/such/file.txt".into()], Options::default());
/// assert!(matches!(articles.next(), Some(Item::Failed(error)) if error.to_string().contains("no/such/file.txt")));
/// assert!(articles.next().is_none());
/// ```
pub struct Articles {
    options: Options,
    /// Sources still to come; those of a directory stand in front.
    sources: VecDeque<Source>,
    open: Option<Open>,
    /// Ids of text files so far.
    ids: BTreeSet<String>,
    stdin_taken: bool,
}

/// A source that was named, or found in a directory.
struct Source {
    path: PathBuf,
    found: bool,
}

/// A file of JSON Lines that is being read.
struct Open {
    file: PathBuf,
    stem: String,
    lines: Lines,
    records: u64,
}

impl Articles {
    /// The articles of `sources`; nothing is opened before it is needed.
    pub fn new(sources: impl IntoIterator<Item = PathBuf>, options: Options) -> Self {
        let sources = sources.into_iter().map(|path| Source { path, found: false }).collect();
        Self { options, sources, open: None, ids: BTreeSet::new(), stdin_taken: false }
    }

    /// How many sources are known and not yet begun.
    pub fn sources_left(&self) -> usize {
        self.sources.len()
    }

    /// The next record of the open file; none at its end.
    fn record(&mut self) -> Option<Item> {
        let open = self.open.as_mut()?;
        loop {
            let line = match open.lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => {
                    let Open { file, records, .. } = self.open.take()?;
                    let empty = Error::new("the file is empty").in_file(file);
                    return (records == 0).then_some(Item::Failed(empty));
                }
                Err(error) => {
                    let Open { file, .. } = self.open.take()?;
                    return Some(Item::Failed(Error::io("cannot read", error).in_file(file)));
                }
            };
            let number = open.lines.count;
            let line = match line {
                Line::Whole(line) if line.trim_ascii().is_empty() => continue,
                Line::Whole(line) => line,
                Line::TooLong(length) => {
                    open.records += 1;
                    let error = too_long("the line", Some(length), self.options.limit);
                    return Some(Item::Failed(error.in_file(&open.file).at_line(number)));
                }
            };
            open.records += 1;
            let origin = Origin { file: &open.file, stem: &open.stem, options: &self.options };
            return Some(match jsonl::article(line, number, &origin) {
                Ok(input) => Item::Article(Box::new(input)),
                Err(error) => Item::Failed(error),
            });
        }
    }

    /// Begins the next source.
    fn begin(&mut self, source: Source) -> Option<Item> {
        let path = &source.path;
        let failed = |error: Error| Some(Item::Failed(error.in_file(path)));
        let shown = path.to_string_lossy();
        if shown.starts_with("http://") || shown.starts_with("https://") {
            return failed(Error::new("reading from the web is not yet supported; save the text to a file"));
        }
        if shown == "-" {
            if std::mem::replace(&mut self.stdin_taken, true) {
                return failed(Error::new("standard input can be read only once"));
            }
            return self.stream(source.path, "stdin".to_owned(), Box::new(io::stdin()));
        }
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) => return failed(Error::io("cannot open", error)),
        };
        if metadata.is_dir() {
            return self.directory(source);
        }
        let extension =
            path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        if source.found && !(metadata.is_file() && TAKEN.contains(&extension.as_str())) {
            let cause = "skipped: not .txt, .md, .jsonl or .ndjson";
            return Some(Item::Skipped(Error::new(cause).in_file(path)));
        }
        if matches!(extension.as_str(), "html" | "htm" | "xhtml") && self.options.format == InputFormat::Auto
        {
            return failed(Error::new("HTML is not yet supported; save the text to a file"));
        }
        match File::open(path) {
            Ok(file) => {
                let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
                self.stream(source.path, stem, Box::new(file))
            }
            Err(error) => failed(Error::io("cannot open", error)),
        }
    }

    /// Puts the entries of a directory in front of the other sources.
    fn directory(&mut self, source: Source) -> Option<Item> {
        let path = source.path;
        let failed = |error: Error| Some(Item::Failed(error.in_file(&path)));
        if source.found && path.is_symlink() {
            return Some(Item::Skipped(Error::new("skipped: a link to a directory").in_file(path)));
        }
        let entries = fs::read_dir(&path).and_then(|entries| {
            entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<Vec<_>>>()
        });
        let mut names = match entries {
            Ok(names) => names,
            Err(error) => return failed(Error::io("cannot list the directory", error)),
        };
        names.retain(|name| !name.as_encoded_bytes().starts_with(b"."));
        names.sort_unstable();
        if names.is_empty() && !source.found {
            return failed(Error::new("the directory is empty"));
        }
        for name in names.iter().rev() {
            self.sources.push_front(Source { path: path.join(name), found: true });
        }
        None
    }

    /// Reads a stream: all of it if it is a text, else up to the first record.
    fn stream(&mut self, file: PathBuf, stem: String, mut stream: Box<dyn Read + Send>) -> Option<Item> {
        let extension =
            file.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        let mut head = Vec::new();
        let json_lines = match self.options.format {
            InputFormat::JsonLines => true,
            InputFormat::Text => false,
            InputFormat::Auto if JSON_LINES.contains(&extension.as_str()) => true,
            InputFormat::Auto if matches!(extension.as_str(), "txt" | "md") => false,
            InputFormat::Auto => match sniff(&mut stream, &mut head) {
                Ok(json_lines) => json_lines,
                Err(error) => return Some(Item::Failed(Error::io("cannot read", error).in_file(file))),
            },
        };
        let stream = io::Cursor::new(head).chain(stream);
        if json_lines {
            let lines = Lines::new(Box::new(stream), self.options.limit);
            self.open = Some(Open { file, stem, lines, records: 0 });
            return None;
        }
        Some(match self.text(&file, &stem, stream) {
            Ok(input) => Item::Article(Box::new(input)),
            Err(error) => Item::Failed(error.in_file(file)),
        })
    }

    /// A whole file as one article.
    fn text(&mut self, file: &Path, stem: &str, stream: impl Read) -> Result<Input, Error> {
        let limit = self.options.limit;
        let mut bytes = Vec::new();
        let most = (limit as u64).saturating_add(1);
        stream.take(most).read_to_end(&mut bytes).map_err(|error| Error::io("cannot read", error))?;
        if bytes.is_empty() {
            return Err(Error::new("the file is empty"));
        }
        if bytes.len() > limit {
            return Err(too_long("the file", None, limit));
        }
        let decoded = decode::decode(bytes).map_err(Error::new)?;
        if decoded.text.trim().is_empty() {
            return Err(Error::new("the file holds nothing but white space"));
        }
        let mut article = Article::new(self.id(stem), decoded.text);
        article.publisher = self.options.publisher.clone();
        (article.published, article.published_from) = dated(None, stem, &self.options);
        let remark = |(message, span)| Remark { kind: NoteKind::Text, span, message };
        let remarks = decoded.remark.map(remark).into_iter().collect();
        Ok(Input { article, file: file.to_owned(), line: None, remarks })
    }

    /// An id that no other text file of the run has.
    fn id(&mut self, stem: &str) -> String {
        let numbered = (2u64..).map(|number| format!("{stem}-{number}"));
        let id = std::iter::once(stem.to_owned()).chain(numbered).find(|id| !self.ids.contains(id));
        let id = id.unwrap_or_default();
        self.ids.insert(id.clone());
        id
    }
}

impl Iterator for Articles {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.record() {
                return Some(item);
            }
            let source = self.sources.pop_front()?;
            if let Some(item) = self.begin(source) {
                return Some(item);
            }
        }
    }
}

/// Whether the first byte that says anything is `{`; what was read for it lies in `head`.
fn sniff(stream: &mut impl Read, head: &mut Vec<u8>) -> io::Result<bool> {
    let mut chunk = [0; 512];
    while head.len() < 4096 {
        let count = match stream.read(&mut chunk) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        head.extend_from_slice(&chunk[..count]);
        let mark: &[u8] = b"\xef\xbb\xbf";
        if count > 0 && head.len() < mark.len() && mark.starts_with(head) {
            continue;
        }
        let rest = head.strip_prefix(mark).unwrap_or(head).trim_ascii_start();
        if count == 0 || !rest.is_empty() {
            return Ok(rest.first() == Some(&b'{'));
        }
    }
    Ok(false)
}

/// The refusal of something longer than the limit.
fn too_long(what: &str, length: Option<u64>, limit: usize) -> Error {
    let has = length.map_or(String::new(), |length| format!(" has {length} bytes and"));
    let limit = match limit >> 20 {
        0 => format!("{limit} bytes"),
        mib => format!("{mib} MiB"),
    };
    Error::new(format!("{what}{has} is longer than {limit}, so it was not read (--max-size allows more)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sniffing_stops_early() {
        let sniffed = |text: &str| sniff(&mut text.as_bytes(), &mut Vec::new()).unwrap();
        assert!(sniffed("\u{FEFF} \n{\"text\""));
        assert!(!sniffed("Kyiv {"));
        assert!(!sniffed(""));
        assert!(!sniffed(&" ".repeat(9000)));
    }

    #[test]
    fn ids_are_unique() {
        let mut articles = Articles::new([], Options::default());
        let ids: Vec<String> = ["a", "a-2", "a", "a"].iter().map(|stem| articles.id(stem)).collect();
        assert_eq!(ids, ["a", "a-2", "a-3", "a-4"]);
    }
}
