//! CoNLL-U as articles whose sentences and tokens are given.
//!
//! A comment `# newdoc` begins an article; what stands before the first is one too. The text is rebuilt: words stand
//! one space apart unless MISC has `SpaceAfter=No`, the words of a multi-word token stand together, sentences are
//! parted by a space, and by an empty line where `# newpar` stands. So every word is a slice of the text. The columns
//! from LEMMA to DEPS are what detente finds by itself, and are not looked at.
//!
//! An article fails with its first fault; the next one goes on.

use super::lines::{Line, Lines};
use super::source::too_long;
use super::{Given, Remark, decode};
use crate::Error;
use detente::NoteKind;
use detente::text::Span;
use std::io::Read;

/// Reads the documents of a stream and holds one at a time.
pub(super) struct Documents {
    lines: Lines,
    limit: usize,
    draft: Draft,
    /// The comments since the last sentence. The next document begins with them if `# newdoc` is among them.
    comments: Comments,
    /// Whether a line with the right number of columns was seen.
    is_conllu: bool,
    /// How many documents were found, read or not.
    count: u64,
    over: bool,
}

/// A document as it was found.
#[derive(Debug)]
pub(super) struct Document {
    /// The `id` of its `# newdoc`.
    pub(super) id: Option<String>,
    /// Its first line, counted from 1.
    pub(super) line: u64,
    pub(super) text: String,
    pub(super) given: Given,
    pub(super) remarks: Vec<Remark>,
}

/// Comments that no word followed yet.
#[derive(Default)]
struct Comments {
    text: String,
    /// Where they begin.
    line: u64,
    paragraph: bool,
    remarks: Vec<Remark>,
}

/// A document that is being read.
#[derive(Default)]
struct Draft {
    id: Option<String>,
    /// Where it begins; 0 before that.
    line: u64,
    text: String,
    given: Given,
    remarks: Vec<Remark>,
    sentence: Sentence,
    /// Why it cannot be used; its other lines are passed over then.
    fault: Option<Error>,
}

/// A sentence that is being read.
#[derive(Default)]
struct Sentence {
    /// Where it begins; 0 before that.
    line: u64,
    /// Whether it begins a paragraph.
    paragraph: bool,
    tokens: Vec<Span>,
    /// The last multi-word token.
    range: Option<Range>,
    /// Empty nodes since the last word.
    empty: u32,
    /// Whether no space follows the last word.
    glued: bool,
}

/// A multi-word token.
#[derive(Clone, Copy)]
struct Range {
    /// Its last word.
    last: u32,
    /// Where it stands.
    line: u64,
    /// Whether no space follows it.
    glued: bool,
}

impl Documents {
    /// `limit` holds for the lines of one document together.
    pub(super) fn new(stream: Box<dyn Read + Send>, limit: usize) -> Self {
        // Spans count to `u32::MAX`, and the text is no longer than its lines.
        let limit = limit.min(u32::MAX as usize);
        Self {
            lines: Lines::new(stream, limit),
            limit,
            draft: Draft::default(),
            comments: Comments::default(),
            is_conllu: false,
            count: 0,
            over: false,
        }
    }

    /// The next document, or why it could not be read; none at the end of the stream.
    pub(super) fn next(&mut self) -> Option<Result<Document, Error>> {
        while !self.over {
            let ended = match self.lines.next() {
                Ok(Some(Line::Whole(bytes))) => self.line(bytes, self.lines.count),
                Ok(Some(Line::TooLong(length))) => {
                    let error = too_long("the line", Some(length), self.limit);
                    self.fail(error.at_line(self.lines.count));
                    None
                }
                Ok(None) => {
                    self.over = true;
                    self.end_sentence();
                    self.finish().or_else(|| (self.count == 0).then(|| Err(self.nothing())))
                }
                Err(error) => {
                    self.over = true;
                    Some(Err(Error::io("cannot read", error)))
                }
            };
            if ended.is_some() {
                return ended;
            }
        }
        None
    }

    /// Takes one line, and returns the document that ended before it.
    fn line(&mut self, bytes: Vec<u8>, number: u64) -> Option<Result<Document, Error>> {
        let (line, remark) = decoded(bytes, number);
        let line = line.trim_end_matches('\r');
        let line = if number == 1 { line.trim_start_matches('\u{FEFF}') } else { line };
        let comment = line.strip_prefix('#').map(str::trim);
        let mut ended = None;
        if let Some(id) = comment.and_then(|comment| mark(comment, "newdoc")) {
            if self.draft.sentence.line > 0 {
                self.fail(unparted(number));
            }
            ended = self.finish();
            self.draft.id = id.strip_prefix("id").and_then(assigned).map(str::to_owned);
        }
        if line.trim_matches(' ').is_empty() {
            self.end_sentence();
            return ended;
        }
        if self.draft.line == 0 {
            self.draft.line = if self.comments.line > 0 { self.comments.line } else { number };
        }
        if self.draft.given.lines.len() + self.comments.text.len() + line.len() >= self.limit {
            let error = too_long("the document", None, self.limit);
            self.fail(error.at_line(self.draft.line));
        } else if let Some(comment) = comment {
            self.comment(line, comment, number, remark);
        } else if self.draft.fault.is_some() {
            self.comments = Comments::default();
        } else if let Err(error) = self.entry(line, number) {
            self.fail(error.at_line(number));
        } else {
            self.draft.remarks.extend(remark);
        }
        ended
    }

    /// A comment.
    fn comment(&mut self, line: &str, comment: &str, number: u64, remark: Option<Remark>) {
        if self.draft.sentence.line > 0 {
            return self.fail(unparted(number));
        }
        let comments = &mut self.comments;
        if comments.line == 0 {
            comments.line = number;
        }
        comments.paragraph |= mark(comment, "newpar").is_some();
        comments.text.push_str(line);
        comments.text.push('\n');
        comments.remarks.extend(remark);
    }

    /// A word, a multi-word token or an empty node.
    fn entry(&mut self, line: &str, number: u64) -> Result<(), Error> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, _, _, _, _, _, _, _, misc] = columns[..] else {
            let s = if columns.len() == 1 { "" } else { "s" };
            let cause = format!("the line has {} column{s} instead of 10 parted by tabs", columns.len());
            return Err(self.unlike(cause));
        };
        self.is_conllu = true;
        self.begin_sentence(number);
        let glued = misc.split('|').any(|entry| entry == "SpaceAfter=No");
        let sentence = &mut self.draft.sentence;
        let words = sentence.tokens.len() as u32;
        if let Some((first, last)) = id.split_once('-') {
            let last = last_of([first, last], words, sentence.range)
                .map_err(|why| Error::new(format!("the multi-word token {id:?} {why}")))?;
            sentence.range = Some(Range { last, line: number, glued });
            filled(id, form)?;
        } else if let Some((after, count)) = id.split_once('.') {
            if whole(after) != Some(words) || whole(count) != Some(sentence.empty + 1) {
                let expected = format!("{words}.{}", sentence.empty + 1);
                return Err(Error::new(format!("the id {id:?} stands where {expected} is expected")));
            }
            sentence.empty += 1;
        } else {
            if whole(id) != Some(words + 1) {
                return Err(Error::new(format!("the id {id:?} stands where {} is expected", words + 1)));
            }
            filled(id, form)?;
            self.draft.word(form, glued);
        }
        self.draft.given.lines.push_str(line);
        self.draft.given.lines.push('\n');
        Ok(())
    }

    /// A fault of form, told otherwise where nothing had the right form so far.
    fn unlike(&self, cause: String) -> Error {
        Error::new(match self.is_conllu {
            true => cause,
            false => format!("this is not CoNLL-U: {cause} (--input text reads plain text)"),
        })
    }

    /// Gives the sentence the comments before it, unless it has begun.
    fn begin_sentence(&mut self, number: u64) {
        let sentence = &mut self.draft.sentence;
        if sentence.line > 0 {
            return;
        }
        let comments = std::mem::take(&mut self.comments);
        sentence.line = if comments.line > 0 { comments.line } else { number };
        sentence.paragraph = comments.paragraph;
        self.draft.given.lines.push_str(&comments.text);
        self.draft.remarks.extend(comments.remarks);
    }

    /// What an empty line does.
    fn end_sentence(&mut self) {
        let comments = std::mem::take(&mut self.comments);
        let Sentence { line, tokens, range, .. } = std::mem::take(&mut self.draft.sentence);
        let count = tokens.len();
        if let Some(Range { last, line, .. }) = range.filter(|range| range.last as usize > count) {
            let cause =
                format!("the multi-word token ends with word {last}, but the sentence with word {count}");
            self.fail(Error::new(cause).at_line(line));
        } else if count > 0 {
            self.draft.given.sentences.push(tokens);
            self.draft.given.lines.push('\n');
        } else if line.max(comments.line) > 0 {
            let error = self.unlike("the sentence has no words".to_owned());
            self.fail(error.at_line(line.max(comments.line)));
        }
    }

    /// The document that ends here, if there is one.
    fn finish(&mut self) -> Option<Result<Document, Error>> {
        let Draft { id, line, text, given, remarks, fault, .. } = std::mem::take(&mut self.draft);
        let found = match fault {
            Some(error) => Err(error),
            None if given.sentences.is_empty() => return None,
            None => Ok(Document { id, line, text, given, remarks }),
        };
        self.count += 1;
        Some(found)
    }

    /// Gives the document up, and the memory that it took. The first fault is kept.
    fn fail(&mut self, error: Error) {
        let Draft { line, fault, .. } = std::mem::take(&mut self.draft);
        self.draft = Draft { line, fault: fault.or(Some(error)), ..Draft::default() };
        self.comments = Comments::default();
    }

    /// Why a stream without documents is refused.
    fn nothing(&self) -> Error {
        Error::new(match self.lines.count {
            0 => "the file is empty",
            _ => "the file holds nothing but white space",
        })
    }
}

impl Draft {
    /// Adds a word to the text, after as much space as it needs.
    fn word(&mut self, form: &str, glued: bool) {
        let sentence = &mut self.sentence;
        let first = sentence.tokens.is_empty();
        self.text.push_str(match first {
            _ if self.text.is_empty() => "",
            true if sentence.paragraph => "\n\n",
            false if sentence.glued => "",
            _ => " ",
        });
        let start = self.text.len();
        self.text.push_str(form);
        sentence.tokens.push(Span::from_range(start..self.text.len()));
        sentence.empty = 0;
        let count = sentence.tokens.len();
        sentence.glued = match sentence.range {
            Some(range) if count < range.last as usize => true,
            Some(range) if count == range.last as usize => range.glued,
            _ => glued,
        };
    }
}

/// A line as text, with a remark when bytes of it had to be replaced.
fn decoded(bytes: Vec<u8>, number: u64) -> (String, Option<Remark>) {
    let error = match String::from_utf8(bytes) {
        Ok(line) => return (line, None),
        Err(error) => error,
    };
    let repaired = decode::repaired(error.as_bytes(), error.utf8_error().valid_up_to());
    let message = repaired.remark.map(|(message, _)| format!("in line {number}: {message}"));
    let remark = message.map(|message| Remark { kind: NoteKind::Text, span: None, message });
    (repaired.text, remark)
}

/// What follows the word with which a comment begins, such as `newdoc`.
fn mark<'c>(comment: &'c str, word: &str) -> Option<&'c str> {
    let rest = comment.strip_prefix(word)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim())
}

/// `X` of `= X`.
fn assigned(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix('=').map(str::trim).filter(|value| !value.is_empty())
}

/// A whole number in its usual spelling.
fn whole(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number: &u32| number.to_string() == text)
}

/// Refuses a word or multi-word token without a form.
fn filled(id: &str, form: &str) -> Result<(), Error> {
    if form.trim().is_empty() { Err(Error::new(format!("the word {id} has no form"))) } else { Ok(()) }
}

/// The last word of a multi-word token `first-last` that stands after so many words, or what is wrong with it.
fn last_of([first, last]: [&str; 2], words: u32, before: Option<Range>) -> Result<u32, String> {
    if before.is_some_and(|before| before.last > words) {
        return Err("begins inside another".to_owned());
    }
    match (whole(first), whole(last)) {
        (Some(first), Some(last)) if first == words + 1 && last >= first => Ok(last),
        _ => Err(format!("does not fit before word {}", words + 1)),
    }
}

/// The fault of a comment after words.
fn unparted(number: u64) -> Error {
    Error::new("a comment inside a sentence; an empty line must end the sentence first").at_line(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(lines: &[u8], limit: usize) -> Vec<Result<Document, String>> {
        let mut documents = Documents::new(Box::new(std::io::Cursor::new(lines.to_vec())), limit);
        let next = || documents.next().map(|found| found.map_err(|error| shown(&error)));
        std::iter::from_fn(next).collect()
    }

    fn shown(error: &Error) -> String {
        format!("{}: {}", error.line().unwrap_or_default(), error.cause())
    }

    /// Documents of lines in which `/` stands for an empty line, and words are given as `ID FORM` or `ID FORM MISC`.
    fn read(lines: &str) -> Vec<Result<Document, String>> {
        all(&conllu(lines), 1 << 20)
    }

    fn conllu(lines: &str) -> Vec<u8> {
        let line = |line: &str| match line.split(' ').collect::<Vec<_>>()[..] {
            ["/"] => String::new(),
            [id, form] if !id.starts_with('#') => format!("{id}\t{form}{}", "\t_".repeat(8)),
            [id, form, misc] if !id.starts_with('#') => {
                format!("{id}\t{form}{}\t{misc}", "\t_".repeat(7))
            }
            _ => line.to_owned(),
        };
        lines.lines().map(|l| line(l.trim()) + "\n").collect::<String>().into_bytes()
    }

    /// The one document.
    fn one(lines: &str) -> Document {
        let mut found = read(lines);
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0).unwrap()
    }

    /// The words of each sentence, cut from the text.
    fn words(document: &Document) -> Vec<Vec<&str>> {
        let sentences = document.given.sentences.iter();
        sentences.map(|s| s.iter().map(|span| &document.text[span.range()]).collect()).collect()
    }

    /// What is wrong with the only document.
    fn fault(lines: &str) -> String {
        let mut found = read(lines);
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0).unwrap_err()
    }

    #[test]
    fn words_and_spaces() {
        let document = one("# text = Kyiv’s envoy (🙂) left.
            1 Kyiv SpaceAfter=No\n2 ’s\n3 envoy\n4 ( A=b|SpaceAfter=No\n5 🙂 SpaceAfter=No\n6 )\n7 left SpaceAfter=No\n8 .");
        assert_eq!(document.text, "Kyiv’s envoy (🙂) left.");
        assert_eq!(words(&document), [["Kyiv", "’s", "envoy", "(", "🙂", ")", "left", "."]]);
        assert_eq!((document.id, document.line), (None, 1));
    }

    #[test]
    fn words_of_a_multi_word_token_stand_together() {
        let document = one(
            "1 We\n2-3 don't SpaceAfter=No\n2 do\n3 n't SpaceAfter=Yes\n4 ,\n5-6 won’t\n5 wo\n6 n't\n7 go",
        );
        assert_eq!(document.text, "We don't, won't go");
        assert_eq!(words(&document), [["We", "do", "n't", ",", "wo", "n't", "go"]]);
    }

    #[test]
    fn sentences_and_paragraphs() {
        let document = one("# newdoc\n# newpar\n1 One SpaceAfter=No\n/\n/\n# newpar_block = 2\n1 Two\n/
            # newpar id = p2\n1-2 Its\n1 It\n2 s\n/");
        assert_eq!(document.text, "One Two\n\nIts");
        assert_eq!(words(&document), [vec!["One"], vec!["Two"], vec!["It", "s"]]);
    }

    #[test]
    fn lines_are_carried() {
        let lines = "# newdoc id = a\n# sent_id = 1\n0.1 _\n1-2 don't\n1 do\n2 n't\n2.1 go\n2.2 home\n/\n1 So A=b\n/\n";
        assert_eq!(one(lines).given.lines.into_bytes(), conllu(lines));
        // Line ends, the mark before the text and a missing last line end are made good.
        let mut odd = b"\xef\xbb\xbf".to_vec();
        odd.extend(String::from_utf8(conllu(lines)).unwrap().trim_end().replace('\n', "\r\n").bytes());
        let found = all(&odd, 1 << 20).remove(0).unwrap();
        assert_eq!(found.given.lines.into_bytes(), conllu(lines));
        assert_eq!(found.id.as_deref(), Some("a"));
    }

    #[test]
    fn documents() {
        let found = read(
            "# global = 1\n1 One\n/\n# by = x\n# newdoc id = b c\n1 Two\n/\n#newdoc\n1 Three\n/\n1 Four",
        );
        let found: Vec<Document> = found.into_iter().map(Result::unwrap).collect();
        let texts: Vec<&str> = found.iter().map(|d| d.text.as_str()).collect();
        assert_eq!(texts, ["One", "Two", "Three Four"]);
        let ids: Vec<Option<&str>> = found.iter().map(|d| d.id.as_deref()).collect();
        assert_eq!(ids, [None, Some("b c"), None]);
        assert_eq!(found.iter().map(|d| d.line).collect::<Vec<_>>(), [1, 4, 8]);
        assert!(found[1].given.lines.starts_with("# by = x\n# newdoc id = b c\n1\tTwo\t"));
    }

    #[test]
    fn faults_are_named_with_their_lines() {
        let no = "instead of 10 parted by tabs";
        assert_eq!(fault("1 One\n/\n1 A\n2\tB\t_"), format!("4: the line has 3 columns {no}"));
        assert_eq!(fault("1 One\nTwo words more than three"), format!("2: the line has 1 column {no}"));
        assert_eq!(fault("1 One\n3 Three"), "2: the id \"3\" stands where 2 is expected");
        assert_eq!(fault("2 One"), "1: the id \"2\" stands where 1 is expected");
        assert_eq!(fault("1 One\n02 Two"), "2: the id \"02\" stands where 2 is expected");
        assert_eq!(fault("1 One\n/\n2 Two"), "3: the id \"2\" stands where 1 is expected");
        assert_eq!(fault("1 One\nx Two"), "2: the id \"x\" stands where 2 is expected");
        assert_eq!(fault("1 One\n1.2 Two"), "2: the id \"1.2\" stands where 1.1 is expected");
        assert_eq!(fault("1 One\n0.1 Two"), "2: the id \"0.1\" stands where 1.1 is expected");
        assert_eq!(fault("1 One\n2  _"), "2: the word 2 has no form");
        assert_eq!(fault("1-2  _\n1 do\n2 n't"), "1: the word 1-2 has no form");
        assert_eq!(fault("1 One\n3-4 x"), "2: the multi-word token \"3-4\" does not fit before word 2");
        assert_eq!(fault("1 One\n2-1 x"), "2: the multi-word token \"2-1\" does not fit before word 2");
        assert_eq!(fault("1-3 x\n1 a\n2-3 y"), "3: the multi-word token \"2-3\" begins inside another");
        let short = "the multi-word token ends with word 3, but the sentence with word 2";
        assert_eq!(fault("1 a\n2-3 x\n2 y\n/\n1 z"), format!("2: {short}"));
        assert_eq!(fault("1 a\n/\n# b\n# c\n/"), "3: the sentence has no words");
        assert_eq!(fault("1 a\n/\n# b"), "3: the sentence has no words");
        assert_eq!(fault("0.1 a\n/"), "1: the sentence has no words");
        let unparted = "a comment inside a sentence; an empty line must end the sentence first";
        assert_eq!(fault("1 a\n# b\n2 c"), format!("2: {unparted}"));
    }

    #[test]
    fn a_fault_costs_its_document_alone() {
        let lines = "1 a\n/\n# newdoc id = b\n2 b\n/\n3 c\n# x\n/\n# newdoc id = d\n1 d\n# newdoc\n1 e\n/\n";
        let found = read(lines);
        let texts: Vec<Result<&str, &str>> =
            found.iter().map(|f| f.as_ref().map(|d| d.text.as_str()).map_err(String::as_str)).collect();
        let unparted = "11: a comment inside a sentence; an empty line must end the sentence first";
        let wrong = "4: the id \"2\" stands where 1 is expected";
        assert_eq!(texts, [Ok("a"), Err(wrong), Err(unparted), Ok("e")]);
    }

    #[test]
    fn other_files_are_told_from_conllu() {
        let none = "this is not CoNLL-U: the line has 1 column instead of 10 parted by tabs \
                    (--input text reads plain text)";
        assert_eq!(fault("Moscow denied it again.\n/\nSo did others."), format!("1: {none}"));
        assert!(fault("# A heading\n/\nMoscow denied it.").starts_with("1: this is not CoNLL-U: "));
        assert_eq!(fault(""), "0: the file is empty");
        assert_eq!(fault("/\n/"), "0: the file holds nothing but white space");
    }

    #[test]
    fn long_documents_are_given_up() {
        let mut lines = String::from("# newdoc id = a\n1 a\n/\n# newdoc id = b\n");
        (1..100).for_each(|number| lines.push_str(&format!("{number} word\n")));
        lines.push_str(&format!("/\n# newdoc id = c\n1 c\n/\n# newdoc id = d\n1 {}\n/\n", "d".repeat(600)));
        lines.push_str(&"# on and on\n".repeat(100));
        lines.push_str("# newdoc id = e\n1 e\n");
        let found = all(&conllu(&lines), 500);
        let why = "longer than 500 bytes, so it was not read (--max-size allows more)";
        assert_eq!(found.len(), 5);
        assert_eq!(found[0].as_ref().unwrap().text, "a");
        assert_eq!(found[1].as_ref().unwrap_err(), &format!("4: the document is {why}"));
        assert_eq!(found[2].as_ref().unwrap().text, "c");
        assert_eq!(found[3].as_ref().unwrap_err(), &format!("109: the line has 618 bytes and is {why}"));
        assert_eq!(found[4].as_ref().unwrap().text, "e");
    }

    #[test]
    fn broken_bytes_are_replaced_and_named() {
        let mut bytes = b"# by = \xff\n# newdoc id = a\n1\tKy\xe2\x80iv".to_vec();
        bytes.extend(b"\t_".repeat(8));
        let found = all(&bytes, 1000).remove(0).unwrap();
        assert_eq!(found.text, "Ky\u{FFFD}iv");
        let messages: Vec<&str> = found.remarks.iter().map(|r| r.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "in line 1: byte 7 is not valid UTF-8; replaced by U+FFFD",
                "in line 3: byte 4 is not valid UTF-8; replaced by U+FFFD"
            ]
        );
    }
}
