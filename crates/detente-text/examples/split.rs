//! Splits raw text from standard input and prints CoNLL-U, every head 0, for `eval_ud.py`-like scorers.
//!
//! ```text
//! split < raw.txt > system.conllu      sentences and tokens
//! split --kinds < raw.txt              one sentence a line behind its kind, for reading
//! split --forms < raw.txt              tokens of prose and headings parted by blanks, one sentence a line
//! split --time < raw.txt               how long it takes
//! split --weights FILE < raw.txt       sentences and tokens by weights that are on trial
//! split --candidates STARTS < raw.txt  what the splitter sees, where sentences begin at the bytes that STARTS lists
//! ```

use std::{
    fs,
    io::{self, Read, Write},
};

use detente_text::{Document, Kind, Sentence, TokenId, multiword};

fn main() -> io::Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    match std::env::args().nth(1).as_deref() {
        Some("--kinds") => kinds(&mut out, &text),
        Some("--time") => time(&mut out, &text),
        Some("--forms") => forms(&mut out, &text),
        Some("--weights") => {
            let weights: Vec<i8> = fs::read(named()?)?.iter().map(|&byte| byte as i8).collect();
            let document = Document::split_by(&text, &weights);
            conllu(&mut out, &document.ok_or_else(|| io::Error::other("not as many weights as slots"))?)
        }
        Some("--candidates") => candidates(&mut out, &text, &fs::read_to_string(named()?)?),
        _ => conllu(&mut out, &Document::split(&text)),
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

fn forms(out: &mut impl Write, text: &str) -> io::Result<()> {
    let document = Document::split(text);
    for sentence in document.sentences().iter().filter(|s| matches!(s.kind, Kind::Prose | Kind::Heading)) {
        let forms: Vec<&str> = sentence.tokens().map(|t| document.token(t)).collect();
        writeln!(out, "{}", forms.join(" "))?;
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

/// The file that is named behind an option.
fn named() -> io::Result<String> {
    std::env::args().nth(2).ok_or_else(|| io::Error::other("a file is missing behind the option"))
}

/// Prints each place where a sentence may end: where the next one begins, whether it does, the slots of its features.
fn candidates(out: &mut impl Write, text: &str, starts: &str) -> io::Result<()> {
    let starts: Vec<usize> = starts.lines().filter_map(|line| line.parse().ok()).collect();
    let mut result = Ok(());
    Document::candidates(text, &starts, &mut |next, ends, slots| {
        let slots: Vec<String> = slots.iter().map(usize::to_string).collect();
        if result.is_ok() {
            result = writeln!(out, "{next} {} {}", u8::from(ends), slots.join(" "));
        }
    });
    result
}

fn conllu(out: &mut impl Write, document: &Document<'_>) -> io::Result<()> {
    for (index, sentence) in document.sentences().iter().enumerate() {
        writeln!(out, "# sent_id = {}", index + 1)?;
        writeln!(out, "# kind = {}", sentence.kind)?;
        write_sentence(out, document, *sentence)?;
    }
    Ok(())
}

/// Words that are written as one become a multi-word token, as the treebanks have them.
fn write_sentence(out: &mut impl Write, document: &Document<'_>, sentence: Sentence) -> io::Result<()> {
    let runs = multiword(document, sentence);
    for token in sentence.tokens() {
        let number = |t: TokenId| t.0 - sentence.first.0 + 1;
        if let Some(&(first, last)) = runs.iter().find(|run| run.0 == token) {
            let whole = document.slice(document.span(first).cover(document.span(last)));
            writeln!(out, "{}-{}\t{whole}\t_\t_\t_\t_\t_\t_\t_\t_", number(first), number(last))?;
        }
        let next = TokenId(token.0 + 1);
        let glued = next < sentence.last && document.span(next).start == document.span(token).end;
        let space = if glued { "SpaceAfter=No" } else { "_" };
        writeln!(out, "{}\t{}\t_\t_\t_\t_\t0\tdep\t_\t{space}", number(token), document.token(token))?;
    }
    writeln!(out)
}
