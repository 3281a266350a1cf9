//! Walks sources and yields their articles, one at a time.

use super::conllu::{Document, Documents};
use super::jsonl::{Origin, Records, dated};
use super::{Input, InputFormat, Item, Options, Remark, decode};
use crate::Error;
use detente::{Article, NoteKind};
use std::collections::{BTreeSet, VecDeque};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What each extension holds; a directory is walked for these.
const TAKEN: [(&str, InputFormat); 5] = [
    ("txt", InputFormat::Text),
    ("md", InputFormat::Text),
    ("jsonl", InputFormat::JsonLines),
    ("ndjson", InputFormat::JsonLines),
    ("conllu", InputFormat::Conllu),
];

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
    /// Ids of text files and documents of CoNLL-U so far.
    ids: BTreeSet<String>,
    stdin_taken: bool,
}

/// A source that was named, or found in a directory.
struct Source {
    path: PathBuf,
    found: bool,
}

/// A file of several articles that is being read.
struct Open {
    file: PathBuf,
    stem: String,
    rest: Rest,
}

/// What is left of such a file.
enum Rest {
    JsonLines(Records),
    Conllu(Box<Documents>),
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

    /// The next article of the open file; none at its end.
    fn record(&mut self) -> Option<Item> {
        let mut open = self.open.take()?;
        let found = match &mut open.rest {
            Rest::JsonLines(records) => {
                records.next(&Origin { file: &open.file, stem: &open.stem, options: &self.options })?
            }
            Rest::Conllu(documents) => match documents.next()? {
                Ok(document) => Ok(self.given(&open.file, &open.stem, document)),
                Err(error) => Err(error.in_file(&open.file)),
            },
        };
        self.open = Some(open);
        Some(match found {
            Ok(input) => Item::Article(Box::new(input)),
            Err(error) => Item::Failed(error),
        })
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
        let extension = extension(path);
        if source.found && !(metadata.is_file() && taken(&extension).is_some()) {
            let cause = "skipped: not .txt, .md, .jsonl, .ndjson or .conllu";
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
        let mut head = Vec::new();
        let format = match self.options.format {
            InputFormat::Auto => match taken(&extension(&file)) {
                Some(format) => format,
                None => match sniff(&mut stream, &mut head) {
                    Ok(true) => InputFormat::JsonLines,
                    Ok(false) => InputFormat::Text,
                    Err(error) => return Some(Item::Failed(Error::io("cannot read", error).in_file(file))),
                },
            },
            format => format,
        };
        let stream = Box::new(io::Cursor::new(head).chain(stream));
        let limit = self.options.limit;
        let rest = match format {
            InputFormat::JsonLines => Rest::JsonLines(Records::new(stream, limit)),
            InputFormat::Conllu => Rest::Conllu(Box::new(Documents::new(stream, limit))),
            InputFormat::Auto | InputFormat::Text => {
                return Some(match self.text(&file, &stem, stream) {
                    Ok(input) => Item::Article(Box::new(input)),
                    Err(error) => Item::Failed(error.in_file(file)),
                });
            }
        };
        self.open = Some(Open { file, stem, rest });
        None
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
        Ok(Input { article, file: file.to_owned(), line: None, remarks, given: None })
    }

    /// A document of CoNLL-U as an article.
    fn given(&mut self, file: &Path, stem: &str, document: Document) -> Input {
        let mut article = Article::new(self.id(document.id.as_deref().unwrap_or(stem)), document.text);
        article.publisher = self.options.publisher.clone();
        (article.published, article.published_from) = dated(None, stem, &self.options);
        let Document { line, given, remarks, .. } = document;
        Input { article, file: file.to_owned(), line: Some(line), remarks, given: Some(given) }
    }

    /// An id that no other text file or document of CoNLL-U of the run has.
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

/// The extension of a file, in lower case.
fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// What a file with this extension holds; none where that is open.
fn taken(extension: &str) -> Option<InputFormat> {
    TAKEN.iter().find(|(name, _)| *name == extension).map(|&(_, format)| format)
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
pub(super) fn too_long(what: &str, length: Option<u64>, limit: usize) -> Error {
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
