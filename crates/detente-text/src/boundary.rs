//! Where sentences end inside one paragraph.
//!
//! One pass forward over bytes: most bytes are skipped through a table, and only full stops, question and exclamation
//! marks, a few other marks and white space are looked at. Rules decide what is certain: abbreviations, initials,
//! addresses, paragraphs that were glued, a full stop before a capital letter. What is left, a full stop before a small
//! letter, dots, or white space before a capital letter without any mark, is decided by a [`Judge`] with trained
//! weights, who hears what the rules would say. All is read through windows of bounded length, so that time stays
//! linear on any input.

use std::ops::Range;

mod gap;
mod judge;

pub(crate) use judge::{Judge, Pupil, Weights};

use gap::{Gap, Progress};

use crate::{
    abbreviation::{Abbreviation, abbreviation, is_acronym},
    glyph, lexicon,
    quotation::opens_by_next,
};

/// How far a candidate looks around, in bytes.
const WINDOW: usize = 64;

/// Calls `found` with each sentence of a paragraph, in text order, without white space around it.
pub(crate) fn sentences(
    text: &str,
    paragraph: Range<usize>,
    heading: bool,
    judge: &mut dyn Judge,
    mut found: impl FnMut(Range<usize>),
) {
    let mut scan = Scan::new(text, paragraph.clone(), heading, judge);
    let mut emit = |range| {
        let range = glyph::trim(text, range);
        if !range.is_empty() {
            found(range);
        }
    };
    let bytes = &text.as_bytes()[..paragraph.end];
    let mut at = paragraph.start;
    while let Some(skipped) = bytes.get(at..).and_then(|rest| rest.iter().position(|&b| STOPS[b as usize])) {
        at += skipped;
        let start = scan.start;
        match scan.step(at) {
            Step::Go(next) => at = next,
            Step::Cut { end, next } => {
                emit(start..end);
                scan.begin(end, next);
                at = next;
            }
        }
    }
    emit(scan.start..paragraph.end);
}

/// Whether paragraphs were glued inside a stretch: a word and a full stop with another word right behind.
pub(crate) fn is_glued(stretch: &str) -> bool {
    stretch.as_bytes().windows(6).any(|w| {
        matches!(w[3], b'.' | b'?' | b'!')
            && w[..3].iter().all(u8::is_ascii_lowercase)
            && w[4].is_ascii_uppercase()
            && w[5].is_ascii_lowercase()
    })
}

/// Whether a text begins with a credit for a picture, "Image: Jane Doe."
pub(crate) fn is_credit(text: &[u8]) -> bool {
    const LABELS: [&[u8]; 5] = [b"Image: ", b"Photo: ", b"Photograph: ", b"Picture: ", b"Credit: "];
    LABELS
        .iter()
        .any(|label| text.strip_prefix(*label).and_then(<[u8]>::first).is_some_and(u8::is_ascii_uppercase))
}

/// Bytes that may begin something of interest.
static STOPS: [bool; 256] = {
    let mut table = [false; 256];
    let mut i = 0;
    let stops = b" \n.?!\"'_\xd8\xdb\xe0\xe2\xe3\xef";
    while i < stops.len() {
        table[stops[i] as usize] = true;
        i += 1;
    }
    table
};

enum Step {
    /// Go on at this byte.
    Go(usize),
    /// A sentence ends at `end`, the following one begins at `next`.
    Cut { end: usize, next: usize },
}

/// What kind of marks ended the candidate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Stop,
    Dots,
    Strong,
}

struct Scan<'a, 'j> {
    text: &'a str,
    judge: &'j mut dyn Judge,
    /// Where the paragraph begins.
    low: usize,
    /// Where the current sentence begins.
    start: usize,
    end: usize,
    /// Whether a straight double quotation mark is open.
    double: bool,
    /// Whether a straight single quotation mark is open.
    single: bool,
    /// Whether a low quotation mark is open, which `“` closes.
    low_quote: bool,
    /// Blanks up to here were judged.
    judged: usize,
    /// What is known of the current sentence.
    progress: Progress,
    /// Whether the paragraph ends as a sentence does.
    ended: bool,
    /// Whether the paragraph looks like a heading.
    heading: bool,
}

impl<'a, 'j> Scan<'a, 'j> {
    fn new(text: &'a str, paragraph: Range<usize>, heading: bool, judge: &'j mut dyn Judge) -> Self {
        let slice = &text[paragraph.clone()];
        Scan {
            text,
            judge,
            low: paragraph.start,
            start: paragraph.start,
            end: paragraph.end,
            double: false,
            single: false,
            low_quote: false,
            judged: paragraph.start,
            progress: Progress {
                small: u32::from(slice.starts_with(glyph::is_lower)),
                ..Progress::default()
            },
            ended: slice.trim_end_matches(glyph::is_closer).ends_with(glyph::is_terminator),
            heading,
        }
    }

    /// The sentence that ends at `end` is followed by one that begins at `next`.
    fn begin(&mut self, end: usize, next: usize) {
        let stopped =
            self.text[self.start..end].trim_end_matches(glyph::is_closer).ends_with(glyph::is_terminator);
        let small = self.text.as_bytes().get(next).is_some_and(u8::is_ascii_lowercase);
        let loose = self.progress.loose + u32::from(stopped && small && next > end);
        let last = if stopped { 1 } else { 2 };
        self.start = next;
        self.single = false;
        self.progress = Progress { small: u32::from(small), last, loose, ..Progress::default() };
    }

    /// Looks at a byte that may begin something of interest.
    fn step(&mut self, at: usize) -> Step {
        let bytes = self.text.as_bytes();
        match bytes[at] {
            b' ' | b'\n' => self.blank(at),
            b'.' | b'?' | b'!' => self.candidate(at),
            b'"' => {
                let outside = self.before(at).is_none_or(char::is_whitespace);
                let loose = self.at(at + 1).is_none_or(|c| {
                    c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '?' | '!' | ')')
                });
                // White space on one side tells which it is, otherwise they take turns.
                self.double = if outside == loose { !self.double } else { outside };
                Step::Go(at + 1)
            }
            b'\'' => {
                let inside =
                    self.before(at).is_some_and(|c| glyph::is_word(c) || glyph::is_terminator(c) || c == ',');
                let word = self.at(at + 1).is_some_and(glyph::is_word);
                // Between letters it is an apostrophe and says nothing.
                if inside != word {
                    self.single = word;
                }
                Step::Go(at + 1)
            }
            b'_' => {
                let length = bytes[at..self.end].iter().take_while(|&&b| b == b'_').count();
                let end = at + length;
                if length < 3 {
                    Step::Go(end)
                } else if self.text[self.start..at].trim().is_empty() {
                    Step::Cut { end, next: end }
                } else {
                    Step::Cut { end: at, next: at }
                }
            }
            _ => {
                let Some(c) = self.at(at) else { return Step::Go(at + 1) };
                match c {
                    c if glyph::is_terminator(c) => return self.candidate(at),
                    '„' => self.low_quote = true,
                    '“' | '”' => self.low_quote = false,
                    '—' | '–'
                        if self.text[at..].chars().nth(1) == Some(c)
                            && self.before(at).is_none_or(char::is_whitespace) =>
                    {
                        // "——" between parts of a page.
                        let rest = &self.text[at..self.end];
                        let end = at + (rest.len() - rest.trim_start_matches(c).len());
                        let alone = self.at(end).is_none_or(char::is_whitespace);
                        if !alone
                            || !self
                                .at(self.skip_space(end))
                                .is_some_and(|c| glyph::is_upper(c) || glyph::is_opener(c))
                        {
                            return Step::Go(end);
                        }
                        return if at == self.start {
                            Step::Cut { end, next: end }
                        } else {
                            Step::Cut { end: at, next: at }
                        };
                    }
                    '″' => self.double = !self.double,
                    c if glyph::is_bullet(c)
                        && self.before(at).is_some_and(char::is_whitespace)
                        && at > self.start =>
                    {
                        return Step::Cut { end: at, next: at };
                    }
                    _ => {}
                }
                Step::Go(at + c.len_utf8())
            }
        }
    }

    /// A run of terminators begins at `first`.
    fn candidate(&mut self, first: usize) -> Step {
        let mut mark = Mark::Stop;
        let mut at = first;
        let mut dots = 0;
        while let Some(c) = self.at(at).filter(|&c| glyph::is_terminator(c)) {
            match c {
                '.' | '。' => dots += 1,
                '…' => dots += 3,
                _ => mark = Mark::Strong,
            }
            at += c.len_utf8();
        }
        if mark == Mark::Stop && dots > 1 {
            mark = Mark::Dots;
        }
        let run = at;
        let (end, quoted) = self.close(run);
        let next = self.skip_space(end);
        // Closing marks behind a space, as in texts that were tokenized once.
        if next > end {
            let (late, closed) = self.close_late(next);
            if late > next {
                let after = self.skip_space(late);
                return self.conclude(first, run, late, after, mark, quoted | closed);
            }
        }
        self.conclude(first, run, end, next, mark, quoted)
    }

    /// White space begins at `at`, which no terminator has led to.
    fn blank(&mut self, at: usize) -> Step {
        let bytes = self.text.as_bytes();
        let mut next = at + 1;
        while next < self.end && matches!(bytes[next], b' ' | b'\n') {
            next += 1;
        }
        if next >= self.end || at == self.start {
            return Step::Go(next);
        }
        self.progress.words += 1;
        if bytes[next].is_ascii_lowercase() {
            self.progress.small += 1;
            self.progress.raised = 0;
        } else {
            self.progress.raised += 1;
        }
        if at < self.judged || wants_more(&bytes[self.start..at]) || !self.is_open(at, next) {
            return Step::Go(next);
        }
        let sure = (is_credit(&bytes[next..self.end])
            || self.is_behind_date(at, next)
            || self.is_date_line(at, next))
        .then_some(true);
        if self.judge.ends(&self.gap(at, next, 0, None), sure) {
            return Step::Cut { end: at, next };
        }
        Step::Go(next)
    }

    /// Whether a blank from `at` to `next` may part sentences without a mark that ends the former.
    fn is_open(&self, at: usize, next: usize) -> bool {
        let bytes = self.text.as_bytes();
        let before = bytes[at - 1];
        match bytes[next] {
            b'a'..=b'z' if before < 0x80 => matches!(before, b';' | b')' | b'-' | b'>' | b'*' | b'_' | b']'),
            b'a'..=b'z' => self.before(at).is_some_and(|c| !glyph::is_word(c)),
            b',' | b'.' | b';' | b':' | b')' | b']' | b'}' | b'?' | b'!' | b'%' | b'/' => false,
            // A colon never ends a sentence.
            _ if before == b':' => false,
            b'A'..=b'Z' | b'0'..=b'9' => true,
            0x80.. => self.at(next).is_some_and(|c| glyph::is_upper(c) || !glyph::is_word(c)),
            // "* * *"
            mark => before != mark,
        }
    }

    /// Whether the paragraph so far is a date line and something new begins.
    fn is_behind_date(&self, at: usize, next: usize) -> bool {
        at - self.low <= LONGEST_DATE
            && self.text.as_bytes()[next].is_ascii_uppercase()
            && date(&self.text[self.low..at]) == Some(at - self.low)
    }

    /// Whether a date line is all that follows in the paragraph: the headline stands before it.
    fn is_date_line(&self, at: usize, next: usize) -> bool {
        let rest = self.text[next..self.end].trim_end();
        self.end - next <= LONGEST_DATE + 8
            && self.text.as_bytes()[at - 1].is_ascii_alphanumeric()
            && date(rest) == Some(rest.len())
    }

    fn gap(&self, end: usize, next: usize, rule: u32, short: Option<Abbreviation>) -> Gap<'a> {
        Gap {
            bytes: self.text.as_bytes(),
            low: self.low,
            high: self.end,
            start: self.start,
            end,
            next,
            rule,
            short,
            progress: self.progress,
            ended: self.ended,
            heading: self.heading,
        }
    }

    fn conclude(
        &mut self,
        first: usize,
        run: usize,
        end: usize,
        next: usize,
        mark: Mark,
        quoted: bool,
    ) -> Step {
        if next >= self.end {
            return Step::Go(self.end);
        }
        let site = Site { scan: self, first, run, end, next, mark, quoted };
        let cut = match site.decide() {
            Verdict::Later(end) => return Step::Cut { end, next: self.skip_space(end) },
            Verdict::Cut => true,
            Verdict::Join => false,
        };
        let short = if mark == Mark::Stop { abbreviation(site.word_before()) } else { None };
        let sure = site.is_certain(cut, short.is_some()).then_some(cut);
        let rule = 1 + u32::from(cut) + 2 * mark as u32 + 6 * u32::from(next == end) + 12 * u32::from(quoted);
        self.judged = next;
        if self.judge.ends(&self.gap(end, next, rule, short), sure) {
            return Step::Cut { end, next };
        }
        Step::Go(end.max(run))
    }

    /// Passes closing marks directly behind terminators. Whether a quotation was closed.
    fn close(&mut self, mut at: usize) -> (usize, bool) {
        let mut quoted = false;
        while let Some(c) = self.at(at) {
            let after = at + c.len_utf8();
            match c {
                ')' | ']' | '}' => {}
                '”' | '»' | '›' => {
                    self.low_quote = false;
                    quoted = true;
                }
                '“' if self.low_quote => {
                    self.low_quote = false;
                    quoted = true;
                }
                '’' => quoted = true,
                '"' | '″' => {
                    let loose = self.at(after).is_none_or(|c| c.is_whitespace() || glyph::is_closer(c));
                    let opens =
                        if loose || c != '"' { None } else { opens_by_next(self.text, after, self.end) };
                    if opens.unwrap_or(!self.double && !loose) {
                        self.double = false;
                        break;
                    }
                    self.double = false;
                    quoted = true;
                }
                '\'' => {
                    let next = self.at(after);
                    if !self.single && next.is_some_and(glyph::is_word) {
                        break;
                    }
                    self.single = false;
                    quoted = true;
                }
                '[' => {
                    let Some(end) = self.reference(after) else { break };
                    at = end;
                    continue;
                }
                c if glyph::is_terminator(c) || glyph::is_picture(c) => {}
                _ => break,
            }
            at = after;
        }
        (at, quoted)
    }

    /// Passes closing marks that stand alone behind white space.
    fn close_late(&mut self, mut at: usize) -> (usize, bool) {
        let mut quoted = false;
        let start = at;
        while let Some(c) = self.at(at) {
            let after = at + c.len_utf8();
            if glyph::is_picture(c) || at > start && c == '\u{fe0f}' {
                at = after;
                continue;
            }
            if let Some(end) = self.face(at) {
                at = end;
                continue;
            }
            let alone = self.at(after).is_none_or(|c| c.is_whitespace() || glyph::is_closer(c));
            match c {
                ')' | ']' | '”' | '»' => {}
                '"' if self.double && alone => self.double = false,
                '[' => {
                    let Some(end) = self.reference(after) else { break };
                    at = end;
                    continue;
                }
                _ => break,
            }
            quoted |= !matches!(c, ')' | ']');
            at = after;
        }
        (at, quoted)
    }

    /// The end of a face that letters are written with, `:-)`, when white space follows it.
    fn face(&self, at: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[at..self.end];
        let nose = usize::from(bytes.get(1) == Some(&b'-'));
        let eyes = matches!(bytes.first(), Some(b':' | b';'));
        let mouth = matches!(bytes.get(1 + nose), Some(b')' | b'(' | b'D' | b'P'));
        let end = at + 2 + nose;
        (eyes && mouth && self.at(end).is_none_or(char::is_whitespace)).then_some(end)
    }

    /// The end of a reference as encyclopaedias have it, `[12]`, whose digits begin at `at`.
    fn reference(&self, at: usize) -> Option<usize> {
        let digits =
            self.text.as_bytes()[at..self.end].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        (digits > 0 && self.at(at + digits) == Some(']')).then_some(at + digits + 1)
    }

    fn skip_space(&self, at: usize) -> usize {
        let rest = &self.text[at..self.end];
        at + (rest.len()
            - rest.trim_start_matches(|c: char| c.is_whitespace() || glyph::is_invisible(c)).len())
    }

    fn at(&self, offset: usize) -> Option<char> {
        if offset < self.end { glyph::at(self.text, offset) } else { None }
    }

    fn before(&self, offset: usize) -> Option<char> {
        if offset > self.start { glyph::before(self.text, offset) } else { None }
    }
}

/// Whether a sentence may begin with the mark that a text begins with.
fn begins(text: &str) -> bool {
    !text.starts_with([',', ';', ':', '%', '/', ')', ']', '}', '”', '’', '»'])
        && (!text.starts_with('.') || text.starts_with(".."))
}

/// The longest date line, in bytes.
const LONGEST_DATE: usize = "Wednesday, September 30, 2015".len();

/// How many bytes the date line has that a text begins with: "Thursday, May 7, 2015".
fn date(text: &str) -> Option<usize> {
    let number = |word: &str, most: usize| word.len() <= most && word.bytes().all(|b| b.is_ascii_digit());
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty());
    words.next().filter(|word| lexicon::is_weekday(word))?;
    words.next().filter(|word| lexicon::is_month(word))?;
    words.next().filter(|day| number(day, 2))?;
    let year = words.next().filter(|year| year.len() == 4 && number(year, 4))?;
    Some(year.as_ptr() as usize - text.as_ptr() as usize + year.len())
}

/// Whether a stretch ends in an article, a preposition or "and", as no sentence does without a mark.
fn wants_more(stretch: &[u8]) -> bool {
    matches!(
        stretch,
        [.., b' ', b'a']
            | [.., b' ', b'a', b't']
            | [.., b' ', b'b', b'y']
            | [.., b' ', b'i', b'n']
            | [.., b' ', b'o', b'f']
            | [.., b' ', b'o', b'n']
            | [.., b' ', b't', b'o']
            | [.., b' ', b'a', b'n', b'd']
            | [.., b' ', b'f', b'o', b'r']
            | [.., b' ', b't', b'h', b'e']
            | [.., b' ', b'f', b'r', b'o', b'm']
            | [.., b' ', b't', b'h', b'a', b't']
            | [.., b' ', b'w', b'i', b't', b'h']
    )
}

/// Whether a word before a full stop tells an hour or numbers something: "11 pm. and", "type 3. variant".
fn is_hour(word: &str) -> bool {
    matches!(word, "am" | "pm") || (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a word is a single letter.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

enum Verdict {
    /// The sentence ends behind its closing marks.
    Cut,
    /// The sentence ends at this byte.
    Later(usize),
    /// No sentence ends here.
    Join,
}

/// A candidate with its surroundings: `first..run` are the terminators, `run..end` the closing marks, `next` is where
/// the following text begins.
struct Site<'s, 'a, 'j> {
    scan: &'s Scan<'a, 'j>,
    first: usize,
    run: usize,
    end: usize,
    next: usize,
    mark: Mark,
    /// Whether a quotation was closed.
    quoted: bool,
}

impl Site<'_, '_, '_> {
    fn decide(&self) -> Verdict {
        let glued = self.next == self.end;
        let mut begin = self.next;
        while let Some(c) = self.scan.at(begin).filter(|&c| glyph::is_opener(c)) {
            if begin > self.next + 8 {
                break;
            }
            begin += c.len_utf8();
        }
        let opener = (begin > self.next).then(|| self.scan.at(self.next)).flatten();
        let Some(first) = self.scan.at(begin) else { return Verdict::Cut };
        let word = self.word_at(begin);
        // "“Wham!”'s fall": a clitic behind a closing mark.
        if matches!(opener, Some('\'' | '’')) && word == "s" {
            return Verdict::Join;
        }
        // What flattened pages leave of their links: "… the West.  read more Ties have …".
        if word == "read" && self.scan.text[begin..self.scan.end].starts_with("read more ") {
            return Verdict::Cut;
        }
        let previous = self.word_before();
        if opener.is_none() && !glyph::is_word(first) {
            return self.symbol(first, glued);
        }
        let cut = match self.mark {
            Mark::Strong => self.strong(first, word, previous, opener, glued),
            Mark::Dots => self.dots(first, word, opener, glued),
            Mark::Stop => return self.stop(first, word, previous, opener, glued, begin),
        };
        if cut { Verdict::Cut } else { Verdict::Join }
    }

    /// Whether no other opinion on what the rules decided is wanted. `short`: the word before is an abbreviation.
    fn is_certain(&self, cut: bool, short: bool) -> bool {
        if self.first == self.scan.start {
            return true;
        }
        let glued = self.next == self.end;
        let next = self.scan.at(self.next);
        let upper = next.is_some_and(glyph::is_upper);
        if cut {
            return match self.mark {
                Mark::Stop => upper || glued,
                Mark::Strong => upper,
                Mark::Dots => glued,
            };
        }
        let lower = next.is_some_and(glyph::is_lower);
        let previous = self.word_before();
        let word = match self.mark {
            Mark::Stop => {
                glued || !self.quoted && (short || is_initial(previous)) || lower && is_hour(previous)
            }
            Mark::Strong => lexicon::is_exclaimed(previous),
            Mark::Dots => lower,
        };
        // "(or did she?) at noon", "“Who did it?” he asked"
        let goes_on = lower && self.end > self.run || self.quoted && (upper || lower);
        word || goes_on || !begins(&self.scan.text[self.next..self.scan.end])
    }

    /// What follows is neither a word nor an opening mark.
    fn symbol(&self, first: char, glued: bool) -> Verdict {
        let cut = match first {
            c if glyph::is_bullet(c) => true,
            '$' | '€' | '£' | '@' | '#' | '*' | '>' | '<' | '_' | '~' | '=' => {
                !glued && !self.before_abbreviation()
            }
            c if glyph::is_dash(c) => {
                let after = self.scan.skip_space(self.next + c.len_utf8());
                let begins = self.scan.at(after).is_some_and(|c| glyph::is_upper(c) || glyph::is_opener(c));
                !glued && begins && !self.before_abbreviation() && (!self.quoted || self.signed(after))
            }
            // Pictures and other symbols stand behind the sentence that they comment.
            c if !c.is_ascii() && !glyph::is_closer(c) && !glyph::is_terminator(c) => false,
            _ => false,
        };
        if cut { Verdict::Cut } else { Verdict::Join }
    }

    fn strong(&self, first: char, word: &str, previous: &str, opener: Option<char>, glued: bool) -> bool {
        if self.scan.before(self.first) == Some('(') && self.end > self.run {
            return false;
        }
        if glued && self.end == self.run {
            if opener.is_some() {
                return !matches!(opener, Some('(' | '[' | '{' | '\''));
            }
            return (glyph::is_upper(first)) && !self.inside_address();
        }
        if lexicon::is_exclaimed(previous) && !lexicon::is_starter(word) {
            return false;
        }
        if glyph::is_lower(first) && opener.is_none() {
            return !self.quoted && !glued && self.end == self.run;
        }
        !(self.quoted && opener.is_none() && self.speech_follows())
    }

    fn dots(&self, first: char, word: &str, opener: Option<char>, glued: bool) -> bool {
        if self.first == self.scan.start {
            return false;
        }
        if glued && self.end == self.run && opener.is_none() {
            return glyph::is_upper(first)
                && word != "I"
                && !word.starts_with("I'")
                && !word.starts_with("I’");
        }
        if opener.is_some() {
            return !matches!(opener, Some('(' | '[')) || glyph::is_upper(first);
        }
        glyph::is_upper(first) && !(self.quoted && self.speech_follows())
    }

    fn stop(
        &self,
        first: char,
        word: &str,
        previous: &str,
        opener: Option<char>,
        glued: bool,
        begin: usize,
    ) -> Verdict {
        let cut = |yes: bool| if yes { Verdict::Cut } else { Verdict::Join };
        let bare = self.end == self.run;
        if self.first == self.scan.start {
            return Verdict::Join;
        }
        // "iPhone" begins like a name.
        let camel = glyph::is_lower(first) && word.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
        let upper = glyph::is_upper(first) || camel || !(first.is_ascii() || glyph::is_lower(first));
        // "1." and "A." that begin a sentence number it.
        let begins = self.first - previous.len() == self.scan.start;
        if begins && bare && !previous.is_empty() {
            let number = previous.len() <= 3 && previous.bytes().all(|b| b.is_ascii_digit());
            let letter = previous.len() == 1 && previous.bytes().all(|b| b.is_ascii_uppercase());
            if number || letter {
                return Verdict::Join;
            }
        }
        let initial = is_initial(previous);
        let short = abbreviation(previous);
        if glued && bare && opener.is_none() {
            return self.glued(first, word, previous, initial, short, begin);
        }
        if (short.is_some() || initial) && !self.quoted {
            let starter = opener.is_none()
                && lexicon::is_starter(word)
                && !(word.len() == 1 && self.scan.at(begin + 1) == Some('.'));
            let quotation = matches!(opener, Some('“' | '"' | '„' | '«' | '‘' | '\''));
            let numbered = first.is_ascii_digit() || opener == Some('#');
            return cut(match short {
                Some(Abbreviation::Title) => false,
                Some(Abbreviation::Inner) => false,
                Some(Abbreviation::Number) if numbered => false,
                Some(Abbreviation::Number) => upper || opener.is_some(),
                Some(Abbreviation::Ender) if matches!(previous, "a.m" | "p.m" | "A.M" | "P.M") => {
                    // "At 4 a.m. Russian forces entered" has only begun.
                    let begun = self.first - self.scan.start < 16 && !starter;
                    upper && !begun && !lexicon::follows_hour(word) || quotation
                }
                Some(Abbreviation::Ender) if self.ends_plainly(previous, word) && upper => true,
                _ if initial && previous == "I" => upper && starter,
                _ => starter || quotation && upper && !initial,
            });
        }
        if let Some(opener) = opener {
            return cut(match opener {
                '(' | '[' | '{' => {
                    upper
                        || self.scan.at(begin - 1) != self.scan.at(self.next)
                        || !glued && first.is_ascii_digit()
                }
                '\'' if glued => upper,
                _ => true,
            });
        }
        if self.is_copyright() && word == "All" {
            return Verdict::Join;
        }
        if glyph::is_lower(first) && !camel {
            // News hardly begins a sentence small; where it does, a plain word stands before the full stop.
            let plain = previous.len() > 3 && previous.bytes().all(|b| b.is_ascii_lowercase())
                || previous.len() == 3 && lexicon::ordinary(previous).is_some();
            return cut(bare && !glued && plain);
        }
        cut(true)
    }

    /// A full stop between two words, as where paragraphs were glued.
    fn glued(
        &self,
        first: char,
        word: &str,
        previous: &str,
        initial: bool,
        short: Option<Abbreviation>,
        begin: usize,
    ) -> Verdict {
        let cut = |yes: bool| if yes { Verdict::Cut } else { Verdict::Join };
        let tail = previous.rsplit(['.', '-']).next().unwrap_or(previous);
        if first.is_ascii_digit() {
            let plain = tail.len() > 3
                && tail.bytes().all(|b| b.is_ascii_alphabetic())
                && tail.bytes().skip(1).all(|b| b.is_ascii_lowercase());
            if !plain || short.is_some() || self.inside_address() {
                return Verdict::Join;
            }
            // The number of a footnote belongs to the sentence that it follows.
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            let after = begin + digits;
            let note =
                digits <= 3 && digits == word.len() && self.scan.at(after).is_none_or(char::is_whitespace);
            let resumes = self
                .scan
                .at(self.scan.skip_space(after))
                .is_none_or(|c| glyph::is_upper(c) || glyph::is_opener(c));
            return if note && resumes { Verdict::Later(after) } else { Verdict::Cut };
        }
        if !glyph::is_upper(first) {
            return Verdict::Join;
        }
        // "Ph.D", whose full stop stands inside.
        let whole = &self.scan.text[self.first - previous.len()..begin + word.len()];
        if whole.len() < 9 && abbreviation(whole).is_some() && !initial {
            return Verdict::Join;
        }
        let starter = word.len() > 1 && lexicon::is_starter(word);
        let chain = tail.chars().count() == 1 && !tail.bytes().all(|b| b.is_ascii_digit());
        if initial || chain || short.is_some() {
            let acronym = is_acronym(previous) || matches!(short, Some(Abbreviation::Ender));
            let cased = word.bytes().skip(1).all(|b| !b.is_ascii_uppercase());
            // "… by the U.S.Russia signed" is likelier than a lost space in "U.S. Senate", unless it names a body.
            let name = is_acronym(previous) && word.len() > 3 && !lexicon::is_body(word);
            return cut(acronym && cased && (starter || name));
        }
        if tail.is_empty()
            && !self.scan.before(self.first).is_some_and(|c| glyph::is_closer(c) || c == '%' || c == '°')
        {
            return Verdict::Join;
        }
        // "(GAZP.MM)" is a share.
        let capitals = |word: &str| word.bytes().all(|b| b.is_ascii_uppercase());
        if capitals(tail)
            && capitals(word)
            && matches!(self.scan.at(begin + word.len()), Some(')' | ',' | ']'))
        {
            return Verdict::Join;
        }
        let last = word.rsplit('.').next().unwrap_or(word);
        if last.len() < word.len() && lexicon::is_suffix(last) && last.bytes().all(|b| b.is_ascii_lowercase())
        {
            return Verdict::Join;
        }
        if last.len() > 1 && lexicon::is_capital_suffix(last) && self.alone(begin + word.len()) {
            return Verdict::Join;
        }
        cut(!self.inside_address())
    }

    /// Whether a word that prose does not capitalise begins a sentence behind an abbreviation that names no country.
    fn ends_plainly(&self, previous: &str, word: &str) -> bool {
        let country = matches!(previous, "U.S" | "U.N" | "U.K" | "E.U" | "U.S.A" | "U.A.E" | "U.S.S.R");
        let listed = is_acronym(previous)
            || matches!(previous, "Bros" | "Co" | "Corp" | "Inc" | "Jr" | "Ltd" | "Sr" | "etc");
        listed && !country && lexicon::ordinary(word).is_some() && !lexicon::is_body(word)
    }

    /// Whether the sentence so far claims a copyright, which "All rights reserved" goes on with.
    fn is_copyright(&self) -> bool {
        let sentence = &self.scan.text[self.scan.start..self.first];
        sentence.starts_with(['©', '(']) && sentence.len() < 2 * WINDOW && sentence.contains('©')
            || sentence.starts_with("Copyright")
    }

    /// Whether the word that ends at `at` is followed by nothing that belongs to a sentence of its own.
    fn alone(&self, at: usize) -> bool {
        self.scan.at(at).is_none_or(|c| !glyph::is_apostrophe(c))
    }

    /// Whether an agency's journalists are named at `at`, as behind the dash that ends a report.
    fn signed(&self, at: usize) -> bool {
        let rest = &self.scan.text[at..self.scan.end];
        rest.starts_with("Associated Press ") || rest.starts_with("AP ")
    }

    fn before_abbreviation(&self) -> bool {
        self.mark == Mark::Stop && self.end == self.run && abbreviation(self.word_before()).is_some()
    }

    /// The word in front of the terminators: letters, digits and what joins them.
    fn word_before(&self) -> &str {
        let low = self.scan.start.max(self.first.saturating_sub(24));
        let mut start = self.first;
        while start > low {
            let Some(c) = self.scan.before(start) else { break };
            if !(glyph::is_word(c) || matches!(c, '.' | '-' | '&')) {
                break;
            }
            start -= c.len_utf8();
        }
        self.scan.text[start..self.first].trim_start_matches(['.', '-'])
    }

    /// The word that begins at a byte offset.
    fn word_at(&self, begin: usize) -> &str {
        let mut end = begin;
        while let Some(c) = self.scan.at(end) {
            let inner = matches!(c, '.' | '\'' | '’' | '-')
                && self.scan.at(end + c.len_utf8()).is_some_and(glyph::is_word);
            if end > begin + 24 || !(glyph::is_word(c) || inner) {
                break;
            }
            end += c.len_utf8();
        }
        &self.scan.text[begin..end]
    }

    /// Whether the candidate stands inside an internet or mail address or the path of a file.
    fn inside_address(&self) -> bool {
        let bytes = self.scan.text.as_bytes();
        let low = self.scan.start.max(self.first.saturating_sub(WINDOW));
        let high = self.scan.end.min(self.next + WINDOW);
        let from =
            bytes[low..self.first].iter().rposition(u8::is_ascii_whitespace).map_or(low, |i| low + i + 1);
        let to =
            bytes[self.next..high].iter().position(u8::is_ascii_whitespace).map_or(high, |i| self.next + i);
        let (left, right) = (&bytes[from..self.first], &bytes[self.next..to]);
        let has = |part: &[u8], mark: &[u8]| part.windows(mark.len()).any(|w| w == mark);
        has(left, b"://")
            || has(left, b"www.")
            || left.contains(&b'@')
            || right.contains(&b'@')
            || right.contains(&b'=')
    }

    /// Whether a clause such as "the minister asked" follows, which belongs to the quotation before it.
    fn speech_follows(&self) -> bool {
        let end = self.scan.end.min(self.next + WINDOW);
        let end =
            (end..=self.scan.end).find(|&i| self.scan.text.is_char_boundary(i)).unwrap_or(self.scan.end);
        let clause = &self.scan.text[self.next..end];
        let clause = clause.split([',', ';', ':', '"', '“', '”', '?', '!']).next().unwrap_or("");
        clause.split_whitespace().take(6).any(|word| lexicon::is_speech(word.trim_end_matches('.')))
    }
}
