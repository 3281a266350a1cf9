//! Reads CoNLL-U with given tokens, writes what the model makes of them.
//!
//!     cargo run --release --example conllu -- MODEL GOLD.conllu > predicted.conllu
//!     cargo run --release --example conllu -- MODEL GOLD.conllu --names > predicted.bio
//!     cargo run --release --example conllu -- MODEL GOLD.conllu --repeat 10 8
//!
//! With `--repeat`, the words are read that many times in documents of so many sentences, and the speed is told on
//! the standard error. Comments and multi-word tokens are copied.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::{error::Error, io::Write as _, time::Instant};

use detente_text::{Document, Model, Scratch, Span, TokenId, parse};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, gold, options @ ..] = &arguments[..] else {
        return Err("MODEL and GOLD.conllu are needed".into());
    };
    let start = Instant::now();
    let model = Model::decode(&std::fs::read(model)?)?;
    eprintln!("decoded in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let gold = std::fs::read_to_string(gold)?;

    // Every block of lines is a sentence; words stand in the text one space apart.
    let mut text = String::new();
    let mut sentences: Vec<Vec<Span>> = Vec::new();
    let blocks: Vec<&str> = gold.split("\n\n").filter(|b| !b.trim().is_empty()).collect();
    for block in &blocks {
        let forms = block.lines().filter_map(word).map(|columns| columns[1]);
        let spans = forms.map(|form| {
            let start = text.len();
            text.push_str(form);
            let span = Span::from_range(start..text.len());
            text.push(' ');
            span
        });
        sentences.push(spans.collect());
    }
    let document = Document::with_tokens(&text, &sentences)?;
    let mut scratch = Scratch::default();
    let syntax = parse(&model, &document, &mut scratch);

    if let [flag, times, size] = options
        && flag == "--repeat"
    {
        let (times, size): (u32, usize) = (times.parse()?, size.parse()?);
        let documents: Result<Vec<_>, _> =
            sentences.chunks(size).map(|part| Document::with_tokens(&text, part)).collect();
        let documents = documents?;
        let start = Instant::now();
        for document in (0..times).flat_map(|_| &documents) {
            std::hint::black_box(parse(&model, document, &mut scratch));
        }
        let words = f64::from(times) * document.tokens().len() as f64;
        eprintln!("{:.0} words/s", words / start.elapsed().as_secs_f64());
        return Ok(());
    }

    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if options.iter().any(|o| o == "--names") {
        let mut tags = vec![String::from("O"); syntax.upos.len()];
        for entity in &syntax.entities {
            for t in entity.first.0..entity.last.0 {
                let mark = if t == entity.first.0 { "B" } else { "I" };
                tags[t as usize] = format!("{mark}-{}", entity.kind);
            }
        }
        let mut tags = tags.iter();
        for block in &blocks {
            for line in block.lines() {
                if let Some(columns) = word(line) {
                    writeln!(out, "{}\t{}", columns[1], tags.next().map_or("O", String::as_str))?;
                } else if line.starts_with("# sent_id") {
                    writeln!(out, "{line}")?;
                }
            }
            writeln!(out)?;
        }
        return Ok(());
    }
    for (block, sentence) in blocks.iter().zip(document.sentences()) {
        let mut tokens = sentence.tokens();
        for line in block.lines() {
            let (Some(columns), Some(t)) = (word(line), word(line).and_then(|_| tokens.next())) else {
                if !line.split('\t').next().is_some_and(|id| id.contains('.')) || line.starts_with('#') {
                    writeln!(out, "{line}")?;
                }
                continue;
            };
            let i = t.index();
            let head = match syntax.head[i] {
                head if head == t => 0,
                TokenId(head) => head - sentence.first.0 + 1,
            };
            let (upos, xpos, feats, deprel) =
                (syntax.upos[i], syntax.xpos[i], syntax.feats(t), syntax.deprel[i]);
            let (id, form, lemma) = (columns[0], columns[1], syntax.lemma(t));
            writeln!(out, "{id}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t_")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The columns of a line that holds a syntactic word.
fn word(line: &str) -> Option<Vec<&str>> {
    let columns: Vec<&str> = line.split('\t').collect();
    (columns.len() == 10 && columns[0].bytes().all(|b| b.is_ascii_digit())).then_some(columns)
}
