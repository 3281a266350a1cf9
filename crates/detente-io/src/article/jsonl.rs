//! Lines of JSON as articles.

use super::lines::{Line, Lines};
use super::source::too_long;
use super::{Input, Options, Remark, date, decode};
use crate::{Error, Offsets};
use detente::text::Span;
use detente::{Article, NoteKind, PairQuery, Published, PublishedFrom};
use serde::{Deserialize, Deserializer, de};
use std::{fmt, io::Read, path::Path};

/// The fields of `docs/output.md`, "Input"; others are passed over.
#[derive(Deserialize)]
struct Record {
    #[serde(default, deserialize_with = "word")]
    id: Option<String>,
    text: Option<String>,
    html: Option<de::IgnoredAny>,
    sentences: Option<Vec<String>>,
    title: Option<String>,
    #[serde(default, deserialize_with = "word")]
    published: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
    #[serde(default, deserialize_with = "list")]
    authors: Vec<String>,
    language: Option<String>,
    #[serde(default)]
    pairs: Option<Vec<Pair>>,
}

/// A question, with spans in scalar values.
#[derive(Deserialize)]
struct Pair {
    actor: Option<[u64; 2]>,
    recipient: Option<[u64; 2]>,
}

/// What the file says about all of its records.
pub(super) struct Origin<'o> {
    pub(super) file: &'o Path,
    pub(super) stem: &'o str,
    pub(super) options: &'o Options,
}

/// Reads the records of a stream, one at a time.
pub(super) struct Records {
    lines: Lines,
    limit: usize,
    /// How many were met, read or not.
    count: u64,
    over: bool,
}

impl Records {
    /// `limit` holds for one line.
    pub(super) fn new(stream: Box<dyn Read + Send>, limit: usize) -> Self {
        Self { lines: Lines::new(stream, limit), limit, count: 0, over: false }
    }

    /// The article of the next line that is not blank, or why there is none; none at the end of the stream.
    pub(super) fn next(&mut self, origin: &Origin<'_>) -> Option<Result<Input, Error>> {
        while !self.over {
            let line = match self.lines.next() {
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => continue,
                Ok(Some(line)) => line,
                Ok(None) => {
                    self.over = true;
                    let empty = Error::new("the file is empty").in_file(origin.file);
                    return (self.count == 0).then_some(Err(empty));
                }
                Err(error) => {
                    self.over = true;
                    return Some(Err(Error::io("cannot read", error).in_file(origin.file)));
                }
            };
            self.count += 1;
            let number = self.lines.count;
            return Some(match line {
                Line::Whole(line) => article(line, number, origin),
                Line::TooLong(length) => {
                    let error = too_long("the line", Some(length), self.limit);
                    Err(error.in_file(origin.file).at_line(number))
                }
            });
        }
        None
    }
}

/// Decodes one line; `number` counts lines from 1.
fn article(line: Vec<u8>, number: u64, origin: &Origin<'_>) -> Result<Input, Error> {
    let place = |error: Error| error.in_file(origin.file).at_line(number);
    let mut remarks = Vec::new();
    let line = match String::from_utf8(line) {
        Ok(line) => line,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let repaired = decode::repaired(error.as_bytes(), at);
            let message = repaired.remark.map(|(message, _)| format!("in the line: {message}"));
            remarks.extend(message.map(|message| Remark { kind: NoteKind::Text, span: None, message }));
            repaired.text
        }
    };
    let start = line.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r']);
    let skipped = line.len() - start.len();
    if !start.starts_with('{') {
        return Err(place(Error::new("not a JSON object").at_column(skipped as u64 + 1)));
    }
    let record: Record = serde_json::from_str(start).map_err(|error| place(explained(&error, skipped)))?;
    drop(line);
    let mut input = built(record, number, origin, remarks).map_err(|cause| place(Error::new(cause)))?;
    input.line = Some(number);
    Ok(input)
}

/// The article of a record.
fn built(
    record: Record,
    number: u64,
    origin: &Origin<'_>,
    mut remarks: Vec<Remark>,
) -> Result<Input, String> {
    let (body, sentences) = body(record.text, record.sentences, record.html.is_some(), &mut remarks)?;
    let id = record.id.unwrap_or_else(|| format!("{}:{number}", origin.stem));
    let mut article = Article::new(id, body);
    article.pairs = pairs(&article.body, record.pairs.unwrap_or_default())?;
    article.sentences = sentences;
    article.title = filled(record.title);
    article.url = filled(record.url);
    article.publisher = filled(record.publisher).or_else(|| origin.options.publisher.clone());
    article.authors = record.authors.into_iter().filter(|author| !author.trim().is_empty()).collect();
    article.language = filled(record.language).unwrap_or_else(|| "en".to_owned());
    let (published, from) = published(filled(record.published), origin, &mut remarks);
    article.published = published;
    article.published_from = from;
    Ok(Input { article, file: origin.file.to_owned(), line: None, remarks, given: None })
}

/// The text, and its sentences when they are given.
fn body(
    text: Option<String>,
    sentences: Option<Vec<String>>,
    html: bool,
    remarks: &mut Vec<Remark>,
) -> Result<(String, Option<Vec<Span>>), String> {
    let (text, spans) = match (text, sentences) {
        (Some(text), None) => (text, None),
        (None, None) if html => {
            return Err("the field \"html\" is not supported yet; give \"text\"".to_owned());
        }
        (None, None) => return Err("the record has neither \"text\" nor \"sentences\"".to_owned()),
        (text, Some(sentences)) => {
            let joined = sentences.join(" ");
            if text.is_some_and(|text| text != joined) {
                return Err(
                    "the record has \"text\" and \"sentences\" that do not agree; give one".to_owned()
                );
            }
            let mut spans = Vec::with_capacity(sentences.len());
            let mut start = 0;
            for (index, sentence) in sentences.iter().enumerate() {
                if sentence.trim().is_empty() {
                    let message = format!("sentences[{index}] is empty and was left out");
                    remarks.push(Remark { kind: NoteKind::Text, span: None, message });
                } else {
                    spans.push(Span::from_range(start..start + sentence.len()));
                }
                start += sentence.len() + 1;
            }
            (joined, Some(spans))
        }
    };
    if text.trim().is_empty() {
        return Err("the text is empty".to_owned());
    }
    Ok((text, spans))
}

/// Questions, with spans in bytes.
fn pairs(text: &str, pairs: Vec<Pair>) -> Result<Vec<PairQuery>, String> {
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let offsets = Offsets::new(text);
    let end = |index: usize, name: &str, end: Option<[u64; 2]>| {
        let Some([from, to]) = end else { return Ok(None) };
        offsets.bytes([from, to]).map(Some).ok_or_else(|| {
            format!(
                "pairs[{index}].{name}: [{from}, {to}] is no span of the text, which has {} characters",
                offsets.len()
            )
        })
    };
    let query = |(index, pair): (usize, Pair)| {
        Ok(PairQuery {
            actor: end(index, "actor", pair.actor)?,
            recipient: end(index, "recipient", pair.recipient)?,
        })
    };
    pairs.into_iter().enumerate().map(query).collect()
}

/// The option, else what the record says, else the file name. A date that is none becomes a remark.
fn published(
    told: Option<String>,
    origin: &Origin<'_>,
    remarks: &mut Vec<Remark>,
) -> (Option<Published>, PublishedFrom) {
    let told = told.and_then(|text| match date::published(&text) {
        Ok(published) => Some(published),
        Err(cause) => {
            remarks.push(Remark {
                kind: NoteKind::Date,
                span: None,
                message: format!("\"published\": {cause}"),
            });
            None
        }
    });
    dated(told, origin.stem, origin.options)
}

/// The publication time by the order of trust: option, metadata, file name.
pub(super) fn dated(
    metadata: Option<Published>,
    stem: &str,
    options: &Options,
) -> (Option<Published>, PublishedFrom) {
    if let Some(published) = &options.published {
        return (Some(published.clone()), PublishedFrom::Option);
    }
    if metadata.is_some() {
        return (metadata, PublishedFrom::Metadata);
    }
    match date::in_file_name(stem) {
        Some(published) => (Some(published), PublishedFrom::Filename),
        None => (None, PublishedFrom::None),
    }
}

/// A field that says something.
fn filled(field: Option<String>) -> Option<String> {
    field.filter(|text| !text.trim().is_empty())
}

/// What serde_json says, without its own line number, at the column of the whole line.
fn explained(error: &serde_json::Error, skipped: usize) -> Error {
    let message = error.to_string();
    let cause = message.rsplit_once(" at line ").map_or(message.as_str(), |(cause, _)| cause);
    Error::new(cause).at_column((error.column() + skipped) as u64)
}

/// A string, or a whole number as a string.
fn word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    struct Word;
    impl de::Visitor<'_> for Word {
        type Value = Option<String>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string or a whole number")
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Some(text.to_owned()))
        }
        fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
            Ok(Some(number.to_string()))
        }
        fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
            Ok(Some(number.to_string()))
        }
        fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }
    deserializer.deserialize_any(Word)
}

/// A list of strings, or one string.
fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct List;
    impl<'de> de::Visitor<'de> for List {
        type Value = Vec<String>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of strings")
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok(vec![text.to_owned()])
        }
        fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
            Ok(Vec::new())
        }
        fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            let mut list = Vec::new();
            while let Some(item) = items.next_element()? {
                list.push(item);
            }
            Ok(list)
        }
    }
    deserializer.deserialize_any(List)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Input, String> {
        let options = Options::default();
        let origin = Origin { file: Path::new("news.jsonl"), stem: "news", options: &options };
        article(line.as_bytes().to_vec(), 3, &origin).map_err(|error| error.to_string())
    }

    #[test]
    fn a_full_record() {
        let line = r#"{"id":7,"text":"Łódź 🙂 denies it.","title":"T","published":"2022-02-15T09:00:00Z","publisher":"P",
            "url":"u","authors":"A","extra":[{}],"pairs":[{"actor":[0,4],"recipient":null},{"recipient":[7,13]}]}"#;
        let article = read(&line.replace('\n', " ")).unwrap().article;
        assert_eq!(article.id, "7");
        assert_eq!(article.authors, ["A"]);
        assert_eq!(article.published_from, PublishedFrom::Metadata);
        let slice = |span: Option<Span>| span.map(|s| &article.body[s.range()]);
        assert_eq!(slice(article.pairs[0].actor), Some("Łódź"));
        assert_eq!(slice(article.pairs[1].recipient), Some("denies"));
    }

    #[test]
    fn given_sentences() {
        let input = read(r#"{"sentences":["Kyiv’s envoy left.", "", "He denied it."]}"#).unwrap();
        assert_eq!(input.article.body, "Kyiv’s envoy left.  He denied it.");
        let spans = input.article.sentences.unwrap();
        let texts: Vec<&str> = spans.iter().map(|s| &input.article.body[s.range()]).collect();
        assert_eq!(texts, ["Kyiv’s envoy left.", "He denied it."]);
        assert_eq!(input.article.id, "news:3");
        assert_eq!(input.remarks.len(), 1);
    }

    #[test]
    fn faults_are_named() {
        let fault = |line: &str| read(line).unwrap_err();
        assert_eq!(fault(r#"{"text":"a""#), "news.jsonl:3:11: EOF while parsing an object");
        assert_eq!(fault("  [1]"), "news.jsonl:3:3: not a JSON object");
        assert!(fault(r#"{"text":5}"#).contains("invalid type: integer `5`"));
        assert!(fault("{}").contains("neither"));
        assert!(fault(r#"{"text":" \n"}"#).contains("empty"));
        assert!(fault(r#"{"html":"<p>"}"#).contains("not supported yet"));
        assert!(fault(r#"{"text":"a","sentences":["b"]}"#).contains("agree"));
        let pair = fault(r#"{"text":"abc","pairs":[{"actor":[0,9]}]}"#);
        assert_eq!(
            pair,
            "news.jsonl:3: pairs[0].actor: [0, 9] is no span of the text, which has 3 characters"
        );
    }

    #[test]
    fn a_wrong_date_is_a_remark() {
        let input = read(r#"{"text":"a","published":"2022-99-01"}"#).unwrap();
        assert_eq!(input.article.published, None);
        assert_eq!(input.article.published_from, PublishedFrom::None);
        assert_eq!(input.remarks[0].kind, NoteKind::Date);
        assert!(input.warnings().next().unwrap().to_string().starts_with("news.jsonl:3: warning: "));
    }
}
