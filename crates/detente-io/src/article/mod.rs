//! Articles in: files, directories, standard input.
//!
//! A source is a file, a directory (walked in sorted order for `*.txt`, `*.md`, `*.jsonl`, `*.ndjson`, `*.conllu`;
//! entries whose name starts with a dot are left out), or `-` for standard input. JSON Lines and CoNLL-U are known by
//! their extension, JSON Lines elsewhere by a first byte `{`. Whatever happens, the rest goes on: a problem is an
//! [`Item`] of its own.
//!
//! In CoNLL-U each `# newdoc` begins an article, and sentences and tokens are [`Given`]. Its text is made of the words:
//! one space apart unless MISC has `SpaceAfter=No`, those of a multi-word token together, an empty line at `# newpar`.
//!
//! Memory holds one article at a time: a file, line or document of CoNLL-U longer than [`Options::limit`] is refused
//! unread.

mod conllu;
mod date;
mod decode;
mod jsonl;
mod lines;
mod source;

pub use date::published;
pub use source::Articles;

use crate::Error;
use detente::text::{Document, Span};
use detente::{Article, Note, NoteKind, Published, Reader, Reading, Scratch};
use std::path::PathBuf;

/// The longest file, line or document of CoNLL-U that is read, unless told otherwise: 2 MiB, longer than most novels. Two of
/// that size at a time are read in less than 400 MiB of memory.
pub const DEFAULT_LIMIT: usize = 2 << 20;

/// How input is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputFormat {
    /// By extension, else by the first byte.
    #[default]
    Auto,
    /// Every file is one article.
    Text,
    /// Every line is one article.
    JsonLines,
    /// CoNLL-U, with sentences and tokens that are kept.
    Conllu,
}

/// What holds for all articles of a run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Publication time; goes before what metadata and file names say.
    pub published: Option<Published>,
    /// Publisher where metadata names none.
    pub publisher: Option<String>,
    /// How input is taken.
    pub format: InputFormat,
    /// The longest file, line or document of CoNLL-U that is read, in bytes.
    pub limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { published: None, publisher: None, format: InputFormat::Auto, limit: DEFAULT_LIMIT }
    }
}

/// What comes next out of the sources.
#[derive(Debug)]
pub enum Item {
    /// An article.
    Article(Box<Input>),
    /// Something that was left out on purpose, such as a picture inside a directory.
    Skipped(Error),
    /// Something that should have been an article and could not be read.
    Failed(Error),
}

/// An article with where it came from and what was odd about it.
#[derive(Debug)]
pub struct Input {
    /// The article.
    pub article: Article,
    /// The file; `-` for standard input.
    pub file: PathBuf,
    /// The line, counted from 1, in JSON Lines; the first one in CoNLL-U.
    pub line: Option<u64>,
    /// What was odd about it.
    pub remarks: Vec<Remark>,
    /// Sentences and tokens, in CoNLL-U.
    pub given: Option<Given>,
}

/// Sentences and tokens that came with an article, and the lines that gave them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The spans of the tokens in the body, a list for each sentence.
    pub sentences: Vec<Vec<Span>>,
    /// Comments, words, multi-word tokens and empty nodes as they stood in the file, an empty line after each sentence.
    pub lines: String,
}

/// Something odd that did not keep an article from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What it is about.
    pub kind: NoteKind,
    /// Where in the body.
    pub span: Option<Span>,
    /// For a person to read.
    pub message: String,
}

impl Input {
    /// The body with its sentences and tokens: those that were given, else those that are found.
    ///
    /// A note says so when given ones could not be used.
    pub fn document(&self) -> (Document<'_>, Option<Note>) {
        let Some(given) = &self.given else { return self.article.document() };
        match Document::with_tokens(&self.article.body, &given.sentences) {
            Ok(document) => (document, None),
            Err(error) => {
                let message = format!("the given tokens were not used: {error}");
                (self.article.document().0, Some(Note { kind: NoteKind::Text, span: None, message }))
            }
        }
    }

    /// Reads the article; the remarks stand first among the notes of the reading.
    pub fn read<'a>(&'a self, reader: &Reader, scratch: &mut Scratch) -> Reading<'a> {
        let (document, doubt) = self.document();
        let mut reading = reader.read_document(&self.article, document, scratch);
        let notes = self.remarks.iter().map(|remark| Note {
            kind: remark.kind,
            span: remark.span,
            message: remark.message.clone(),
        });
        reading.notes.splice(0..0, notes.chain(doubt));
        reading
    }

    /// The remarks as problems with their place.
    pub fn warnings(&self) -> impl Iterator<Item = Error> + '_ {
        self.remarks.iter().map(|remark| self.place(Error::new(format!("warning: {}", remark.message))))
    }

    /// An error said of the place where this article came from.
    pub fn place(&self, error: Error) -> Error {
        let error = error.in_file(&self.file);
        match self.line {
            Some(line) => error.at_line(line),
            None => error,
        }
    }
}
