//! Splits raw text from standard input and prints CoNLL-U, every head 0, for `eval_ud.py`-like scorers.
//!
//! ```text
//! split < raw.txt > system.conllu      sentences and tokens
//! split --kinds < raw.txt              one sentence a line behind its kind, for reading
//! split --time < raw.txt               how long it takes
//! ```

use std::io::{self, Read, Write};

use detente_text::{Document, Sentence};

fn main() -> io::Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    match std::env::args().nth(1).as_deref() {
        Some("--kinds") => kinds(&mut out, &text),
        Some("--time") => time(&mut out, &text),
        _ => conllu(&mut out, &text),
    }
}

fn kinds(out: &mut impl Write, text: &str) -> io::Result<()> {
    let document = Document::split(text);
    for sentence in document.sentences() {
        writeln!(out, "{:9}{}", sentence.kind, document.slice(sentence.span).replace(['\n', '\r'], " "))?;
    }
    for quotation in document.quotations() {
        let left = if quotation.closed { "" } else { " (left open)" };
        writeln!(
            out,
            "quote {}  {}{left}",
            quotation.depth,
            document.slice(quotation.span).replace(['\n', '\r'], " ")
        )?;
    }
    Ok(())
}

fn time(out: &mut impl Write, text: &str) -> io::Result<()> {
    let start = std::time::Instant::now();
    let document = Document::split(text);
    let seconds = start.elapsed().as_secs_f64();
    let tokens = document.tokens().len();
    writeln!(
        out,
        "{} bytes, {} sentences, {tokens} tokens, {} quotations: {seconds:.3} s, {:.3} us/token, {:.1} MB/s",
        text.len(),
        document.sentences().len(),
        document.quotations().len(),
        seconds * 1e6 / tokens.max(1) as f64,
        text.len() as f64 / seconds / 1e6,
    )
}

fn conllu(out: &mut impl Write, text: &str) -> io::Result<()> {
    let document = Document::split(text);
    for (index, sentence) in document.sentences().iter().enumerate() {
        writeln!(out, "# sent_id = {}", index + 1)?;
        writeln!(out, "# kind = {}", sentence.kind)?;
        write_sentence(out, &document, *sentence)?;
    }
    Ok(())
}

/// Words that are written as one become a multiword token, as the treebanks have them.
fn write_sentence(out: &mut impl Write, document: &Document<'_>, sentence: Sentence) -> io::Result<()> {
    let tokens: Vec<_> = sentence.tokens().map(|t| document.span(t)).collect();
    for (i, span) in tokens.iter().enumerate() {
        let starts = i == 0 || !joined(document, tokens[i - 1].end, i, &tokens);
        let mut last = i;
        while last + 1 < tokens.len() && joined(document, tokens[last].end, last + 1, &tokens) {
            last += 1;
        }
        if starts && last > i {
            let whole = document.slice(span.cover(tokens[last]));
            writeln!(out, "{}-{}\t{whole}\t_\t_\t_\t_\t_\t_\t_\t_", i + 1, last + 1)?;
        }
        let next = tokens.get(i + 1).map_or(span.end + 1, |t| t.start);
        let space = if next == span.end { "SpaceAfter=No" } else { "_" };
        let form = document.slice(*span);
        writeln!(out, "{}\t{form}\t_\t_\t_\t_\t0\tdep\t_\t{space}", i + 1)?;
    }
    writeln!(out)
}

/// Whether a token is the second half of the word before it.
fn joined(document: &Document<'_>, end: u32, index: usize, tokens: &[detente_text::Span]) -> bool {
    let span = tokens[index];
    if span.start != end {
        return false;
    }
    let form = document.slice(span).to_lowercase().replace(['’', '`', '´'], "'");
    let before = document.slice(tokens[index - 1]).to_lowercase();
    let word = before.ends_with(char::is_alphanumeric) || before.ends_with('.');
    let possessive = form == "'" && before.ends_with('s');
    let clitic = matches!(form.as_str(), "n't" | "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m");
    let half = matches!(
        (before.as_str(), form.as_str()),
        ("can", "not")
            | ("gon" | "wan", "na")
            | ("got" | "out", "ta")
            | ("that", "s")
            | ("you" | "they", "re")
    ) || form == "nt";
    word && (clitic || possessive) || half
}
