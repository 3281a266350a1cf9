//! Quotation marks and what they enclose.
//!
//! One pass over the text with a stack of open marks. A paragraph that opens again with the marks that the one before
//! left open continues its quotations; any other mark left open ends with its paragraph, or where the same mark opens
//! again. Single marks are apostrophes unless something shows that they quote.

use crate::{Quotation, Span, glyph, paragraph::Paragraph};

/// The quotations of a text with these paragraphs, by their opening marks.
pub(crate) fn quotations(text: &str, paragraphs: &[Paragraph]) -> Vec<Quotation> {
    let mut reader = Reader { text, open: Vec::new(), found: Vec::new() };
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let start = if index > 0 {
            reader.resume(paragraph.range.start, paragraphs[index - 1].range.end)
        } else {
            paragraph.range.start
        };
        reader.read(start, paragraph.range.end);
    }
    if let Some(last) = paragraphs.last() {
        reader.leave(0, last.range.end);
    }
    reader.finish()
}

/// What the next straight mark says about one that stands between two words without white space, and ends at `at`:
/// where the next one closes, this one opens, and the other way round. Looks a bounded way ahead.
pub(crate) fn opens_by_next(text: &str, at: usize, end: usize) -> Option<bool> {
    let bytes = &text.as_bytes()[at..end.min(at + 600)];
    let next = at + bytes.iter().position(|&b| b == b'"')?;
    let before = glyph::before(text, next)?;
    let after = glyph::at(text, next + 1).filter(|_| next + 1 < end);
    if before.is_whitespace() {
        return (!after.is_none_or(char::is_whitespace)).then_some(false);
    }
    after.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';')).then_some(true)
}

/// What a quotation was opened with, which decides what closes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    /// `“ … ”`
    Double,
    /// `‘ … ’`
    Single,
    /// `" … "`
    StraightDouble,
    /// `' … '`
    StraightSingle,
    /// `„ … “` and `„ … ”`
    Low,
    /// `‚ … ‘` and `‚ … ’`
    LowSingle,
    /// `« … »`
    Angle,
    /// `» … «`
    AngleInward,
    /// `‹ … ›`
    AngleSingle,
    /// ` `` … '' ` and pairs of single marks that stand for double ones
    Pair,
}

impl Mark {
    /// Marks that might be apostrophes count only when closed.
    const fn is_single(self) -> bool {
        matches!(self, Mark::Single | Mark::StraightSingle | Mark::LowSingle)
    }
}

struct Open {
    mark: Mark,
    start: usize,
    content: usize,
    /// Where the same mark opened again above this one.
    again: Option<usize>,
}

struct Reader<'a> {
    text: &'a str,
    open: Vec<Open>,
    found: Vec<Quotation>,
}

impl Reader<'_> {
    fn read(&mut self, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < end {
            match bytes[at] {
                b'"' => self.straight(at, 1, start, end),
                b'\'' if bytes.get(at + 1) == Some(&b'\'') && at + 1 < end => {
                    self.pair(at, 2, start, end);
                    at += 1;
                }
                b'\'' => self.straight_single(at, start, end),
                b'`' if bytes.get(at + 1) == Some(&b'`') && at + 1 < end => {
                    self.push(Mark::Pair, at, at + 2);
                    at += 1;
                }
                0xc2 | 0xe2 => {
                    if let Some(c) = glyph::at(self.text, at) {
                        at += self.curly(at, c, start, end);
                        continue;
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Reads a mark outside ASCII; how many bytes were read.
    fn curly(&mut self, at: usize, c: char, start: usize, end: usize) -> usize {
        let width = c.len_utf8();
        let next = at + width;
        let (before, after) = self.around(at, next, start, end);
        let opens = before.is_none_or(|c| !glyph::is_word(c) && !glyph::is_terminator(c) && c != ',');
        match c {
            '“' => {
                let ends = !opens && after.is_none_or(|c| !glyph::is_word(c));
                if self.is_open(Mark::Low) && !(opens && after.is_some_and(glyph::is_word)) {
                    self.close(&[Mark::Low], at, next);
                } else if !(ends && self.close(&[Mark::Double], at, next)) {
                    self.push(Mark::Double, at, next);
                }
            }
            '”' => {
                let closed = self.close(&[Mark::Double, Mark::Low, Mark::StraightDouble], at, next);
                if !closed && opens && after.is_some_and(glyph::is_word) {
                    self.push(Mark::Double, at, next);
                }
            }
            '„' | '‟' => self.push(Mark::Low, at, next),
            '‚' if opens && after.is_some_and(glyph::is_word) => self.push(Mark::LowSingle, at, next),
            '«' => {
                let closed = self.close(&[Mark::AngleInward], at, next);
                if !closed {
                    self.push(Mark::Angle, at, next);
                }
            }
            '»' => {
                let closed = self.close(&[Mark::Angle], at, next);
                if !closed && opens && after.is_some_and(glyph::is_word) {
                    self.push(Mark::AngleInward, at, next);
                }
            }
            // A double prime, by typists who have no other.
            '″' => self.straight(at, width, start, end),
            '‹' => self.push(Mark::AngleSingle, at, next),
            '›' => {
                self.close(&[Mark::AngleSingle], at, next);
            }
            // Pairs of single marks, alike or not, that stand for double ones.
            '‘' | '’' if matches!(after, Some('‘' | '’')) && next < end => {
                self.pair(at, 2 * width, start, end);
                return 2 * width;
            }
            '‘' => {
                if self.is_open(Mark::LowSingle) && !opens {
                    self.close(&[Mark::LowSingle], at, next);
                } else if opens && after.is_some_and(|c| !c.is_whitespace()) && !self.elides(next, end) {
                    self.push(Mark::Single, at, next);
                }
            }
            '’' if !after.is_some_and(glyph::is_word) => {
                self.close(&[Mark::Single, Mark::LowSingle], at, next);
            }
            _ => {}
        }
        width
    }

    fn straight(&mut self, at: usize, width: usize, start: usize, end: usize) {
        let next = at + width;
        let (before, after) = self.around(at, next, start, end);
        let opens = before.is_none_or(|c| c.is_whitespace() || glyph::is_opener(c) || glyph::is_dash(c))
            && after.is_some_and(|c| !c.is_whitespace());
        let ends = before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !glyph::is_word(c));
        let between = before.is_some_and(|c| !c.is_whitespace()) && after.is_some_and(glyph::is_word);
        if self.is_open(Mark::StraightDouble) {
            if between && width == 1 && opens_by_next(self.text, next, end) == Some(true) {
                return self.push(Mark::StraightDouble, at, next);
            }
            // A mark that can only open, where one is open already: the former was never closed.
            if opens && !ends && after.is_some_and(glyph::is_word) && before.is_some_and(char::is_whitespace)
            {
                self.push(Mark::StraightDouble, at, next);
            } else {
                self.close(&[Mark::StraightDouble], at, next);
            }
        } else if ends && self.is_open(Mark::Double) {
            self.close(&[Mark::Double], at, next);
        } else if opens || !ends {
            self.push(Mark::StraightDouble, at, next);
        }
    }

    fn straight_single(&mut self, at: usize, start: usize, end: usize) {
        let (before, after) = self.around(at, at + 1, start, end);
        let word = after.is_some_and(glyph::is_word);
        let opens = before.is_none_or(|c| c.is_whitespace() || glyph::is_opener(c) || glyph::is_dash(c));
        if opens && after.is_some_and(|c| !c.is_whitespace()) && !self.elides(at + 1, end) {
            if word || after.is_some_and(glyph::is_opener) {
                self.push(Mark::StraightSingle, at, at + 1);
            }
        } else if !word && before.is_some_and(|c| !c.is_whitespace()) {
            self.close(&[Mark::StraightSingle], at, at + 1);
        }
    }

    /// Two single marks that stand for a double one: closing when such a pair is open and no space is before.
    fn pair(&mut self, at: usize, width: usize, start: usize, end: usize) {
        let next = at + width;
        let (before, after) = self.around(at, next, start, end);
        let opens = before.is_none_or(|c| c.is_whitespace() || glyph::is_opener(c))
            && after.is_some_and(|c| !c.is_whitespace());
        if opens
            || !self.close(&[Mark::Pair, Mark::StraightDouble, Mark::Double], at, next)
                && after.is_some_and(glyph::is_word)
        {
            self.push(Mark::Pair, at, next);
        }
    }

    /// Whether an apostrophe at the start of the word at `at` stands for letters left out: "’em", "’90s".
    fn elides(&self, at: usize, end: usize) -> bool {
        let word: &str = {
            let bytes = &self.text.as_bytes()[at..end];
            let length = bytes.iter().take(6).take_while(|b| b.is_ascii_alphanumeric()).count();
            &self.text[at..at + length]
        };
        let years = word.len() >= 2 && word.len() <= 3 && word.bytes().take(2).all(|b| b.is_ascii_digit());
        years
            || ["em", "til", "tis", "twas", "cause", "bout", "n", "s"]
                .iter()
                .any(|w| w.eq_ignore_ascii_case(word))
    }

    fn around(&self, at: usize, next: usize, start: usize, end: usize) -> (Option<char>, Option<char>) {
        let before = if at > start { glyph::before(self.text, at) } else { None };
        let after = if next < end { glyph::at(self.text, next) } else { None };
        (before, after)
    }

    fn is_open(&self, mark: Mark) -> bool {
        self.open.iter().rev().take(4).any(|open| open.mark == mark)
    }

    fn push(&mut self, mark: Mark, start: usize, content: usize) {
        let again = self.open.iter_mut().rev().take(4).find(|open| open.mark == mark && open.again.is_none());
        if let Some(open) = again {
            open.again = Some(start);
        }
        self.open.push(Open { mark, start, content, again: None });
    }

    /// Closes the innermost of `marks`, and whatever is open inside it. Whether one was open.
    fn close(&mut self, marks: &[Mark], at: usize, next: usize) -> bool {
        // Quotations nest a few levels; looking no deeper keeps a million stray marks linear.
        let depth = self.open.iter().rev().take(4).position(|open| marks.contains(&open.mark));
        let Some(depth) = depth else { return false };
        let index = self.open.len() - 1 - depth;
        self.leave(index + 1, at);
        if let Some(open) = self.open.pop() {
            self.found.push(Quotation {
                span: Span::from_range(open.start..next),
                content: Span::from_range(open.content..at.max(open.content)),
                closed: true,
                depth: 0,
            });
        }
        true
    }

    /// Ends everything open from `index` on, unclosed, at `end`.
    fn leave(&mut self, index: usize, end: usize) {
        while self.open.len() > index {
            let Some(open) = self.open.pop() else { break };
            if open.mark.is_single() {
                continue;
            }
            let end = open.again.map_or(end, |again| again.min(end));
            let end = glyph::trim(self.text, open.content..end.max(open.content)).end.max(open.content);
            self.found.push(Quotation {
                span: Span::from_range(open.start..end),
                content: Span::from_range(open.content..end),
                closed: false,
                depth: 0,
            });
        }
    }

    /// At the start of a paragraph: passes the marks that continue what is open, ends the rest at `before`.
    fn resume(&mut self, start: usize, before: usize) -> usize {
        let mut at = start;
        let mut kept = 0;
        while kept < self.open.len() {
            let Some(c) = glyph::at(self.text, at) else { break };
            let again = match self.open[kept].mark {
                Mark::Double | Mark::StraightDouble => matches!(c, '“' | '"'),
                Mark::Single => c == '‘',
                Mark::StraightSingle => c == '\'',
                Mark::Low => c == '„',
                Mark::Angle => matches!(c, '«' | '»'),
                Mark::AngleInward => c == '»',
                Mark::LowSingle | Mark::AngleSingle | Mark::Pair => false,
            };
            if !again {
                break;
            }
            at += c.len_utf8();
            kept += 1;
        }
        self.leave(kept, before);
        at
    }

    /// Sorts what was found and counts how deep each stands inside others.
    fn finish(mut self) -> Vec<Quotation> {
        self.found.sort_unstable_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
        let mut ends: Vec<u32> = Vec::new();
        for quotation in &mut self.found {
            while ends.last().is_some_and(|&end| end <= quotation.span.start) {
                ends.pop();
            }
            quotation.depth = u8::try_from(ends.len()).unwrap_or(u8::MAX);
            ends.push(quotation.span.end);
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraph::paragraphs;

    /// Quotations as `depth content`, with `…` behind open ones.
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = quotations(text, &paragraphs(text))
            .iter()
            .map(|q| format!("{} {}{}", q.depth, &text[q.content.range()], if q.closed { "" } else { "…" }))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn kinds_of_marks() {
        check("He said “yes” and \"no\" and «da» and „nein“.", &["0 yes", "0 no", "0 da", "0 nein"]);
        check("A 'plan' for the soldiers' mothers, isn't it?", &["0 plan"]);
        check("“He said ‘never’ twice,” she said.", &["0 He said ‘never’ twice,", "1 never"]);
        check("``Yes,'' he said. ‘’No,’’ she said.", &["0 Yes,", "0 No,"]);
    }

    #[test]
    fn several_sentences() {
        check("“One. Two,” he said. “Three.”", &["0 One. Two,", "0 Three."]);
        check("War.“We go,” he said.", &["0 We go,"]);
        check("War.\"We go,\" he said.\"They stay,\" she said.", &["0 We go,", "0 They stay,"]);
    }

    #[test]
    fn paragraphs_continue() {
        check("“One.\n\n“Two,” he said.", &["0 One.\n\n“Two,"]);
        check("“One.\n\nTwo he said.", &["0 One.…"]);
        check("\"One.\n\n\"Two,\" he said.", &["0 One.\n\n\"Two,"]);
    }

    #[test]
    fn left_open() {
        check("“One, he said. “Two,” she said.", &["0 One, he said.…", "0 Two,"]);
        check("It is 5'11\" tall.", &[]);
    }
}
