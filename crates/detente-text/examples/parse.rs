//! Reads text from standard input and prints what the model makes of it, one word a line.
//!
//! ```text
//! cargo run --release -p detente-text --example parse -- MODEL < article.txt
//! cargo run --release -p detente-text --example parse -- MODEL --time 5 < articles.txt
//! ```
//!
//! With `--time`, the text is read so many times, and the speed of splitting and parsing together is told. Stretches
//! between lines of `===` are documents of their own.
#![allow(clippy::print_stdout)]

use std::{
    error::Error,
    io::{self, Read, Write},
    time::Instant,
};

use detente_text::{Document, Model, Scratch, parse};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, options @ ..] = &arguments[..] else { return Err("MODEL is needed".into()) };
    let model = Model::decode(&std::fs::read(model)?)?;
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    match options {
        [] => print(&model, &text)?,
        [flag, rounds] if flag == "--time" => time(&model, &text, rounds.parse()?),
        _ => return Err("only --time N is known".into()),
    }
    Ok(())
}

fn print(model: &Model, text: &str) -> io::Result<()> {
    let document = Document::split(text);
    let syntax = parse(model, &document, &mut Scratch::default());
    let mut out = io::BufWriter::new(io::stdout().lock());
    for sentence in document.sentences() {
        for token in sentence.tokens() {
            let (i, head) = (token.index(), syntax.head[token.index()]);
            let head = if head == token { "·" } else { document.token(head) };
            let (form, lemma, upos) = (document.token(token), syntax.lemma(token), syntax.upos[i]);
            writeln!(out, "{form:20} {lemma:20} {upos:6} {:12} {head}", syntax.deprel[i])?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn time(model: &Model, text: &str, rounds: u32) {
    let mut scratch = Scratch::default();
    let (mut words, mut sentences) = (0, 0);
    let start = Instant::now();
    for _ in 0..rounds {
        for text in text.split("\n===\n") {
            let document = Document::split(text);
            words += std::hint::black_box(parse(model, &document, &mut scratch)).upos.len();
            sentences += document.sentences().len();
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{words} words, {sentences} sentences: {:.0} words a second", words as f64 / seconds);
}
