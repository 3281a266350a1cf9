//! Tokens of a sentence, by the Universal Dependencies convention for English as the EWT treebank applies it.
//!
//! - Clitics are tokens: `do|n't`, `Russia|'s`, `we|'ve`, `parents|'`; so are the halves of `can|not`, `gon|na`.
//! - Hyphens part compounds (`US|-|led`, `well|-|known`, `S|-|400`), but a closed list of prefixes keeps its hyphen
//!   (`anti-war`, `de-escalation`, `e-mail`), and so do telephone numbers.
//! - Signs and units are tokens: `$|100`, `5|%`, `3.5|m`, `7:30|pm`, `#|1`; `US$` stays whole.
//! - Abbreviations keep their full stop (`Gen.`, `U.S.`, `No.|5`), but the full stop that ends a sentence is a token
//!   (`etc|.`). Chains of letters keep it even there (`in the U.S.`), as GUM has it: "U.S" is nobody's name.
//! - Numbers, dates and times stay whole: `1,000`, `3.5`, `10:30`, `11/09/2001`; years and ranges do not: `2014|-|15`.
//! - Addresses and names of files stay whole.
//! - Runs of one mark are one token (`...`, `--`, `!!!`), brackets are single.
//!
//! Time is linear: a token looks at most a bounded number of bytes past its end.

use std::ops::Range;

use crate::{
    Span,
    abbreviation::{Abbreviation, abbreviation, is_acronym},
    glyph, lexicon,
};

/// The tokens of `text` inside `span`, in order. Each is an exact slice; together they cover all letters and digits.
pub(crate) fn tokens(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let range = span.range();
    let mut lexer =
        Lexer { text, end: range.end, at: range.start, sentence: range, chunk: 0..0, address: 0..0 };
    std::iter::from_fn(move || lexer.next_token())
}

/// How far a token looks ahead, in bytes.
const WINDOW: usize = 256;

struct Lexer<'a> {
    text: &'a str,
    sentence: Range<usize>,
    at: usize,
    end: usize,
    /// The stretch without white space that was examined last.
    chunk: Range<usize>,
    /// The address found in it, or an empty range.
    address: Range<usize>,
}

impl Lexer<'_> {
    fn next_token(&mut self) -> Option<Span> {
        loop {
            let c = self.peek(self.at)?;
            if c.is_whitespace() || glyph::is_invisible(c) {
                self.at += c.len_utf8();
            } else {
                break;
            }
        }
        let start = self.at;
        if start >= self.chunk.end {
            self.examine(start);
        }
        let end = if start == self.address.start && !self.address.is_empty() {
            self.address.end
        } else {
            let limit = if start < self.address.start { self.address.start } else { self.end };
            let end = std::mem::replace(&mut self.end, limit);
            let found = self.token(start);
            self.end = end;
            found
        };
        self.at = end;
        Some(Span::from_range(start..end))
    }

    /// Looks for an address in the stretch without white space that begins at `start`.
    fn examine(&mut self, start: usize) {
        let bytes = self.text.as_bytes();
        let limit = self.end.min(start + 2 * WINDOW);
        let mut end = start;
        let (mut mail, mut path, mut dots) = (None, None, 0);
        while end < limit && !bytes[end].is_ascii_whitespace() {
            match bytes[end] {
                b'@' if mail.is_none() => mail = Some(end),
                b':' if path.is_none() && bytes[end..].starts_with(b"://") => path = Some(end),
                b'.' => dots += 1,
                _ => {}
            }
            end += 1;
        }
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let end = end.max(start + self.peek(start).map_or(1, char::len_utf8));
        self.chunk = start..end;
        self.address = 0..0;
        if dots == 0 && mail.is_none() && path.is_none() {
            return;
        }
        // A no-break space ends an address too; what stands behind it is examined later.
        let end = self.text[start..end].find(char::is_whitespace).map_or(end, |at| start + at);
        self.chunk.end = end;
        let path = path.filter(|&at| at < end);
        let mail = mail.filter(|&at| at < end);
        let chunk = &self.text[start..end];
        if let Some(colon) = path {
            let begin = back(self.text, start, colon, |c| c.is_ascii_alphabetic());
            if begin < colon {
                self.address = begin..self.address_end(colon + 3, end);
            }
        } else if let Some(found) = find_web(chunk) {
            self.address = start + found..self.address_end(start + found, end);
        } else if let Some(sign) = mail {
            let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
            let begin = back(self.text, start, sign, local);
            let domain = chunk[sign + 1 - start..].bytes();
            let length =
                domain.take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')).count();
            if begin < sign && length > 0 {
                let trimmed = self.text[sign + 1..sign + 1 + length].trim_end_matches(['.', '-', '_']).len();
                self.address = begin..sign + 1 + trimmed;
            }
        } else if dots > 0 {
            self.address = self.domain(start, end).unwrap_or(0..0);
        }
    }

    /// A name such as `example.co.uk/path` or `report.pdf` in a stretch without white space.
    fn domain(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let chunk = &self.text[start..end];
        let begin = chunk.find(|c: char| c.is_ascii_alphanumeric())?;
        let inner = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'#' | b'~');
        let length = chunk[begin..].bytes().take_while(|&b| inner(b)).count();
        let name = chunk[begin..begin + length].trim_end_matches(['.', '-', '_', '#', '~']);
        let (host, last) = name.rsplit_once('.')?;
        let lettered =
            host.bytes().any(|b| b.is_ascii_alphabetic()) && host.bytes().next_back() != Some(b'.');
        // "Wash.in" is no address, "gazeta.ru" is; "U.S.in" and "Washington.It" are not.
        let cased =
            last.bytes().all(|b| !b.is_ascii_uppercase()) || last.bytes().all(|b| !b.is_ascii_lowercase());
        if !lettered
            || !cased
            || !lexicon::is_suffix(last)
            || is_acronym(name)
            || host.len() < 2
            || host.contains("..")
        {
            return None;
        }
        let short = last.len() <= 3 && lexicon::ordinary(last).is_some();
        if short && !host.contains('.') && abbreviation(host).is_some() {
            return None;
        }
        let mut stop = start + begin + name.len();
        if self.text[stop..end].starts_with('/') {
            stop = self.address_end(stop, end);
        }
        Some(start + begin..stop)
    }

    /// Where an address that goes on at `from` ends: at white space or a quotation mark, without final punctuation.
    fn address_end(&self, from: usize, end: usize) -> usize {
        let text = &self.text[from..end];
        let stop = text.find(['"', '“', '”', '<', '>', '«', '»', '’', '‘']).unwrap_or(text.len());
        let mut address = text[..stop].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '|', '…']);
        // A bracket closes something outside when the address does not open it.
        while address.ends_with([')', ']', '}']) && !address.contains(['(', '[', '{']) {
            address = address[..address.len() - 1].trim_end_matches(['.', ',', ';', ':', '!', '?']);
        }
        from + address.len()
    }

    fn peek(&self, offset: usize) -> Option<char> {
        if offset < self.end { glyph::at(self.text, offset) } else { None }
    }

    fn byte(&self, offset: usize) -> u8 {
        if offset < self.end { self.text.as_bytes()[offset] } else { 0 }
    }

    /// The end of the token that begins at `start` with a visible character.
    fn token(&self, start: usize) -> usize {
        let Some(c) = self.peek(start) else { return self.end };
        if glyph::is_word(c) && c != '_' {
            return self.word(start);
        }
        if glyph::is_apostrophe(c) {
            return self.apostrophe(start, c);
        }
        let next = start + c.len_utf8();
        match c {
            '#' | '@' if self.byte(next).is_ascii_alphabetic() && !self.adjoins_word(start) => {
                self.run(next, glyph::is_word)
            }
            '+' if self.byte(next).is_ascii_digit() && !self.adjoins_word(start) => self.word(next),
            '.' if self.byte(next).is_ascii_digit() && !self.adjoins_word(start) => self.word(next),
            ':' | ';' => self.emoticon(start).filter(|_| !self.adjoins_word(start)).unwrap_or(next),
            '=' if !self.adjoins_word(start)
                && let Some(end) = self.emoticon(start) =>
            {
                end
            }
            '$' if self.peek(next) != Some('$') => next,
            '.' | '…' | '!' | '?' => self.terminators(start, c),
            '(' | ')' | '[' | ']' | '{' | '}' | '"' | '“' | '”' | '«' | '»' | '„' | ',' | '/' | '%' | '&' => {
                next
            }
            c if c.is_ascii() => self.run(next, |other| other == c),
            c if glyph::is_dash(c) => self.run(next, |other| other == c),
            c => self.symbol(next, c),
        }
    }

    /// `...`, `!!!`, `?!`; a single full stop in front of a run of another mark stays alone.
    fn terminators(&self, start: usize, first: char) -> usize {
        let next = start + first.len_utf8();
        match first {
            '.' => {
                let end = self.run(next, |c| c == '.');
                if end > next { self.run(end, |c| matches!(c, '.' | '?' | '!')) } else { end }
            }
            '…' => self.run(next, |c| c == '…'),
            _ => self.run(next, |c| matches!(c, '?' | '!')),
        }
    }

    /// `:)`, `;-)`, `:D`: the faces that letters are written with.
    fn emoticon(&self, start: usize) -> Option<usize> {
        let nose = usize::from(matches!(self.byte(start + 1), b'-' | b'^'));
        let mouth = start + 1 + nose;
        let face = matches!(self.byte(mouth), b')' | b'(' | b'D' | b'P' | b'p' | b'|' | b']' | b'[');
        let ends = self.peek(mouth + 1).is_none_or(|c| !glyph::is_word(c));
        let plain = self.byte(start) != b'=' || nose == 0 && matches!(self.byte(mouth), b')' | b'(');
        (face && ends && plain).then_some(mouth + 1)
    }

    /// Pictures with everything that modifies them; other symbols alone.
    fn symbol(&self, mut end: usize, first: char) -> usize {
        let regional = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
        if regional(first) && self.peek(end).is_some_and(regional) {
            return end + self.peek(end).map_or(0, char::len_utf8);
        }
        while let Some(c) = self.peek(end) {
            match c {
                '\u{fe00}'..='\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' => end += c.len_utf8(),
                '\u{200d}' => match self.peek(end + 3) {
                    Some(joined) if !joined.is_whitespace() && !joined.is_alphanumeric() => {
                        end += 3 + joined.len_utf8()
                    }
                    _ => break,
                },
                c if glyph::is_mark(c) => end += c.len_utf8(),
                _ => break,
            }
        }
        end
    }

    fn run(&self, mut end: usize, same: impl Fn(char) -> bool) -> usize {
        while let Some(c) = self.peek(end).filter(|&c| same(c)) {
            end += c.len_utf8();
        }
        end
    }

    /// Whether the character before is part of a word.
    fn adjoins_word(&self, start: usize) -> bool {
        start > self.sentence.start && glyph::before(self.text, start).is_some_and(glyph::is_word)
    }

    /// A token that begins with an apostrophe or a single quotation mark.
    fn apostrophe(&self, start: usize, c: char) -> usize {
        let next = start + c.len_utf8();
        let before = if start > self.sentence.start { glyph::before(self.text, start) } else { None };
        let after_word =
            before.is_some_and(|c| glyph::is_word(c) || matches!(c, '.' | '"' | '”' | ')' | '%'));
        if after_word && let Some(end) = self.clitic(next) {
            return end;
        }
        if self.peek(next) == Some(c) && matches!(c, '\'' | '`' | '’' | '‘') {
            return next + c.len_utf8();
        }
        // TASS and others type double marks as pairs of unlike single ones.
        if c == '‘' && self.peek(next) == Some('’') {
            return next + '’'.len_utf8();
        }
        if after_word {
            return next;
        }
        // "'90s", "'em", "'cause".
        let digits = self.run(next, |c| c.is_ascii_digit());
        if digits == next + 2 {
            let end = if matches!(self.byte(digits), b's' | b'S') { digits + 1 } else { digits };
            if self.peek(end).is_none_or(|c| !glyph::is_word(c) && !glyph::is_apostrophe(c)) {
                return end;
            }
        }
        let end = self.run(next, |c| c.is_ascii_alphabetic()).min(next + 8);
        let cut = self.text.get(next..end).is_some_and(|word| {
            ["bout", "cause", "em", "n", "nuff", "round", "s", "til", "till", "tis", "twas"]
                .iter()
                .any(|short| short.eq_ignore_ascii_case(word))
        });
        let whole = self.peek(end).is_none_or(|c| !glyph::is_word(c) && !glyph::is_apostrophe(c));
        if cut && whole && c != '‘' { end } else { next }
    }

    /// The end of the clitic whose letters begin at `start`, behind an apostrophe.
    fn clitic(&self, start: usize) -> Option<usize> {
        let length = match (self.byte(start) | 0x20, self.byte(start + 1) | 0x20) {
            (b'r' | b'v', b'e') | (b'l', b'l') => 2,
            (b's' | b'd' | b'm', _) => 1,
            _ => return None,
        };
        let end = start + length;
        self.peek(end).is_none_or(|c| !glyph::is_word(c)).then_some(end)
    }

    /// The end of the word that begins at `start`.
    fn word(&self, start: usize) -> usize {
        if let Some(end) = self.halves(start) {
            return end;
        }
        if self.byte(start).is_ascii_digit() {
            return self.number(start);
        }
        let mut at = start;
        // Where the part behind the last hyphen or full stop begins.
        let mut part = start;
        loop {
            // Letters, by the fast road first.
            while self.byte(at).is_ascii_alphanumeric() {
                at += 1;
            }
            let Some(c) = self.peek(at) else { return at };
            let next = at + c.len_utf8();
            if glyph::is_word(c) {
                at = next;
                continue;
            }
            let follows = self.peek(next).filter(|&c| glyph::is_word(c));
            match c {
                '.' => {
                    return match self.stop(start, part, at) {
                        Stop::Before => at,
                        Stop::Behind => next,
                        Stop::Inside => {
                            at = next;
                            part = next;
                            continue;
                        }
                    };
                }
                c if glyph::is_apostrophe(c) && follows.is_some() => {
                    if self.negates(at, next) {
                        // Behind the cut the next token begins with the "n" of "n't".
                        return if at - 1 > start { at - 1 } else { next + 1 };
                    }
                    if self.clitic(next).is_some() {
                        return at;
                    }
                    if matches!(c, '`' | '´' | '‘') {
                        return at;
                    }
                    at = next;
                }
                '-' | '‐' | '‑' if follows.is_some() && self.keeps_hyphen(part, at, next) => {
                    at = next;
                    part = next;
                }
                '/' if follows.is_some() && self.keeps_slash(start, at, next) => {
                    at = self.run(next, glyph::is_word)
                }
                '&' if self.keeps_ampersand(start, at, next) => at = next,
                '*' if follows.is_some_and(|c| c.is_ascii_lowercase()) && at == start + 1 => at = next,
                '$' if at - start <= 3 && self.byte(next).is_ascii_digit() && self.capitals(start, at) => {
                    return next;
                }
                '+' if self.text[start..self.end].starts_with("C++") => return next + 1,
                c if (glyph::is_invisible(c) || c == '\u{200d}')
                    && self.peek(self.visible(next)).is_some_and(glyph::is_word) =>
                {
                    at = self.visible(next);
                }
                _ => return at,
            }
        }
    }

    /// Where the next visible character stands; bounded.
    fn visible(&self, mut at: usize) -> usize {
        for _ in 0..4 {
            match self.peek(at) {
                Some(c) if glyph::is_invisible(c) => at += c.len_utf8(),
                _ => break,
            }
        }
        at
    }

    fn capitals(&self, start: usize, end: usize) -> bool {
        self.text.as_bytes()[start..end].iter().all(u8::is_ascii_uppercase)
    }

    /// Whether `n't` stands around the apostrophe at `at`.
    fn negates(&self, at: usize, next: usize) -> bool {
        at > self.sentence.start
            && matches!(self.text.as_bytes()[at - 1], b'n' | b'N')
            && matches!(self.byte(next), b't' | b'T')
            && self.peek(next + 1).is_none_or(|c| !glyph::is_word(c))
    }

    /// Words that are written as one and read as two: the end of the first half, or of the second.
    fn halves(&self, start: usize) -> Option<usize> {
        const HALVES: [(&str, usize); 22] = [
            ("cannot", 3),
            ("gonna", 3),
            ("gotta", 3),
            ("wanna", 3),
            ("outta", 3),
            ("dont", 2),
            ("didnt", 3),
            ("doesnt", 4),
            ("isnt", 2),
            ("wasnt", 3),
            ("werent", 4),
            ("couldnt", 5),
            ("wouldnt", 5),
            ("shouldnt", 6),
            ("havent", 4),
            ("hasnt", 3),
            ("hadnt", 3),
            ("arent", 3),
            ("aint", 2),
            ("youre", 3),
            ("theyre", 4),
            ("thats", 4),
        ];
        let first = self.byte(start) | 0x20;
        if !matches!(first, b'a' | b'c' | b'd' | b'g' | b'h' | b'i' | b's' | b't' | b'w' | b'o' | b'y')
            || self.adjoins_word(start)
        {
            return None;
        }
        let rest = &self.text.as_bytes()[start..self.end];
        let length = rest.iter().take(9).take_while(|b| b.is_ascii_alphabetic()).count();
        if !(4..=8).contains(&length)
            || self.peek(start + length).is_some_and(|c| glyph::is_word(c) || glyph::is_apostrophe(c))
        {
            return None;
        }
        let (_, cut) =
            HALVES.iter().find(|(word, _)| word.as_bytes().eq_ignore_ascii_case(&rest[..length]))?;
        Some(start + cut)
    }

    /// What the full stop at `at` does to the word `start..at`, whose last part begins at `part`.
    fn stop(&self, start: usize, part: usize, at: usize) -> Stop {
        let next = at + 1;
        let word = if at - start <= 24 { &self.text[start..at] } else { "" };
        let tail = &self.text[part..at];
        let single = tail.len() == 1 || tail.chars().nth(1).is_none();
        match self.peek(next) {
            Some('.') => {
                // "U.S.." ends a sentence twice; "etc..." trails off.
                let double = self.byte(next + 1) != b'.';
                if double && (is_acronym(word) || matches!(abbreviation(word), Some(Abbreviation::Title))) {
                    Stop::Behind
                } else {
                    Stop::Before
                }
            }
            Some(c) if glyph::is_word(c) => {
                let second = self.peek(next + c.len_utf8());
                if single && c.is_alphabetic() && second.is_none_or(|c| !glyph::is_word(c)) {
                    return Stop::Inside;
                }
                // "Ph.D", "M.Sc", "a.k.a".
                let longer = self.run(next, |c| c.is_ascii_alphabetic()).min(next + 4);
                if abbreviation(self.text.get(start..longer).unwrap_or("")).is_some()
                    && word.len() < 6
                    && self.text[start..longer].contains('.')
                {
                    return Stop::Inside;
                }
                if single || abbreviation(word).is_some() {
                    return Stop::Behind;
                }
                let capitals = |s: &str| s.bytes().all(|b| b.is_ascii_uppercase());
                let code = self.run(next, |c| c.is_ascii_alphanumeric()).min(next + 4);
                if capitals(tail)
                    && capitals(self.text.get(next..code).unwrap_or("a"))
                    && matches!(self.byte(code), b')' | b',' | b']')
                {
                    return Stop::Inside;
                }
                let plain = c.is_lowercase() && tail.chars().all(char::is_lowercase);
                // "comp.sources.unix", but not "reporters.according".
                if plain
                    && self.byte(self.run(next, glyph::is_word)) == b'.'
                    && self.peek(self.run(next, glyph::is_word) + 1).is_some_and(glyph::is_lower)
                {
                    return Stop::Inside;
                }
                if plain && part > start && self.text.as_bytes()[part - 1] == b'.' {
                    return Stop::Inside;
                }
                Stop::Before
            }
            following => {
                let final_ = self.ends_sentence(next);
                if is_acronym(word) {
                    return Stop::Behind;
                }
                if final_ {
                    return Stop::Before;
                }
                match abbreviation(word) {
                    Some(Abbreviation::Number) => {
                        let number = self.text[next..self.end]
                            .trim_start()
                            .bytes()
                            .next()
                            .is_some_and(|b| b.is_ascii_digit());
                        let marked = following.is_some_and(|c| !c.is_whitespace());
                        if number || marked && !matches!(word, "No" | "no") {
                            Stop::Behind
                        } else {
                            Stop::Before
                        }
                    }
                    Some(_) => Stop::Behind,
                    None if single && tail.chars().all(char::is_alphabetic) => Stop::Behind,
                    None => Stop::Before,
                }
            }
        }
    }

    /// Whether only closing marks stand between `at` and the end of the sentence.
    fn ends_sentence(&self, at: usize) -> bool {
        let rest = &self.text[at..self.sentence.end.min(self.end.max(at))];
        rest.len() < 16
            && rest.chars().all(|c| glyph::is_closer(c) || c.is_whitespace() || glyph::is_terminator(c))
            || at >= self.sentence.end
    }

    /// Whether the hyphen at `at` stays inside the word whose last part begins at `part`.
    fn keeps_hyphen(&self, part: usize, at: usize, next: usize) -> bool {
        if at - part <= 8 && is_prefix(&self.text[part..at]) {
            return true;
        }
        let end = self.run(next, |c| c.is_ascii_alphabetic()).min(next + 8);
        matches!(self.text.get(next..end), Some("esque" | "wise" | "fest" | "itis"))
            && self.peek(end).is_none_or(|c| !glyph::is_word(c))
    }

    /// "w/o", "s/he", "n/a", "I/C": single letters around a slash.
    fn keeps_slash(&self, start: usize, at: usize, next: usize) -> bool {
        let end = self.run(next, glyph::is_word).min(next + 4);
        let pair = self.text.get(start..end).unwrap_or("");
        at == start + 1
            && (["w/o", "w/out", "s/he", "n/a", "l/c"].iter().any(|known| known.eq_ignore_ascii_case(pair))
                || pair.len() == 3 && pair.bytes().all(|b| b.is_ascii_uppercase() || b == b'/'))
            && self.peek(end).is_none_or(|c| !glyph::is_word(c) && c != '/')
    }

    /// "AT&T", "R&D", "p&l": short capitals around an ampersand.
    fn keeps_ampersand(&self, start: usize, at: usize, next: usize) -> bool {
        let end = self.run(next, |c| c.is_ascii_alphanumeric());
        let (left, right) = (&self.text[start..at], &self.text[next..end]);
        let upper = |s: &str| s.bytes().all(|b| b.is_ascii_uppercase());
        let lower = |s: &str| s.len() == 1 && s.bytes().all(|b| b.is_ascii_lowercase());
        (1..=4).contains(&left.len())
            && (1..=4).contains(&right.len())
            && (upper(left) && upper(right) || lower(left) && lower(right))
    }

    /// The end of the number that begins at `start`.
    fn number(&self, start: usize) -> usize {
        if let Some(end) = self.telephone(start) {
            return end;
        }
        let digits = |at: usize| self.run(at, |c| c.is_ascii_digit());
        let mut at = digits(start);
        loop {
            let next = at + 1;
            let follows = self.byte(next).is_ascii_digit();
            match self.byte(at) {
                b'.' | b':' if follows => at = digits(next),
                b',' if follows => {
                    let end = digits(next);
                    // "1,000" but "13,14".
                    if end - next != 3 {
                        return at;
                    }
                    at = end;
                }
                b'/' if follows => {
                    let end = digits(next);
                    let day = at - start <= 2 && end - next <= 2
                        || self.text[start..at].contains('/') && matches!(end - next, 2 | 4);
                    if !day {
                        return at;
                    }
                    at = end;
                }
                _ => break,
            }
        }
        // Letters behind the digits: an ending, a unit, or a code.
        let letters = self.run(at, |c| c.is_alphabetic() || glyph::is_mark(c));
        if letters == at {
            let c = self.peek(at);
            if c.is_some_and(glyph::is_word) {
                return self.run(at, glyph::is_word);
            }
            // "1990's" counts decades.
            if c.is_some_and(|c| matches!(c, '\'' | '’')) && self.text.as_bytes()[at - 1] == b'0' {
                let s = at + c.map_or(0, char::len_utf8);
                if self.byte(s) == b's' && self.peek(s + 1).is_none_or(|c| !glyph::is_word(c)) {
                    return s + 1;
                }
            }
            return at;
        }
        let unit = &self.text[at..letters];
        let whole = self.peek(letters).is_none_or(|c| !glyph::is_word(c));
        let money = start > self.sentence.start
            && glyph::before(self.text, start).is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥'));
        if whole && (is_unit(unit) || money && matches!(unit, "M" | "K" | "B" | "T" | "BN" | "MM")) {
            return at;
        }
        if matches!(unit, "a" | "p") && self.text[letters..self.end].starts_with(".m") {
            return at;
        }
        self.run(letters, glyph::is_word)
    }

    /// Groups of digits that hyphens or full stops join as in telephone and similar numbers.
    fn telephone(&self, start: usize) -> Option<usize> {
        let mut lengths = [0usize; 6];
        let mut count = 0;
        let mut at = start;
        let mut sign = 0;
        loop {
            let end = (at..self.end.min(at + 12))
                .find(|&i| !self.byte(i).is_ascii_digit())
                .unwrap_or(self.end.min(at + 12));
            if end == at || count == lengths.len() {
                return None;
            }
            lengths[count] = end - at;
            count += 1;
            at = end;
            let next = self.byte(at);
            if next == b'-' && self.byte(at + 1).is_ascii_digit() && (sign == 0 || sign == next) {
                sign = next;
                at += 1;
            } else if next == b'/' && count == 1 && lengths[0] == 3 && self.byte(at + 1).is_ascii_digit() {
                at += 1;
            } else {
                break;
            }
        }
        if sign == 0 || self.peek(at).is_some_and(glyph::is_word) {
            return None;
        }
        let groups = &lengths[..count];
        let telephone = match *groups {
            [3, 4] | [3, 3, 4] | [1, 3, 3, 4] | [5, 4] | [1, 4] => true,
            [4, 2, 2] | [2 | 1, 2 | 1, 4 | 2] => true,
            _ => count >= 4,
        };
        telephone.then_some(at)
    }
}

/// What a full stop does to the word before it.
enum Stop {
    /// It begins a token of its own.
    Before,
    /// It ends the word.
    Behind,
    /// The word goes on behind it.
    Inside,
}

/// Where a run of fitting characters that ends at `end` begins, not before `start`.
fn back(text: &str, start: usize, end: usize, fits: impl Fn(char) -> bool) -> usize {
    let slice = &text[start..end];
    start + slice.trim_end_matches(fits).len()
}

/// Where `www.` begins in a stretch without white space.
fn find_web(chunk: &str) -> Option<usize> {
    let at = chunk.as_bytes().windows(4).position(|w| w.eq_ignore_ascii_case(b"www."))?;
    let begins = glyph::before(chunk, at).is_none_or(|c| !glyph::is_word(c));
    begins.then_some(at)
}

/// Prefixes that EWT leaves joined by their hyphen, after the web treebank's guidelines; sorted.
const PREFIXES: &[&str] = &[
    "agro", "ante", "anti", "arch", "be", "bi", "bio", "co", "counter", "cross", "cyber", "de", "dis", "e",
    "ex", "extra", "hyper", "infra", "inter", "intra", "macro", "mega", "meta", "micro", "mid", "mini",
    "mis", "multi", "neo", "non", "over", "paleo", "para", "peri", "post", "pre", "pro", "proto", "pseudo",
    "psycho", "re", "semi", "socio", "sub", "super", "supra", "trans", "tri", "u", "ultra", "un", "under",
    "uni", "vice",
];

fn is_prefix(word: &str) -> bool {
    let mut buffer = [0u8; 8];
    if word.len() > buffer.len() || !word.is_ascii() {
        return false;
    }
    let small = &mut buffer[..word.len()];
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    std::str::from_utf8(small).is_ok_and(|small| PREFIXES.binary_search(&small).is_ok())
}

/// Units that are tokens of their own behind a number without a space; sorted.
const UNITS: &[&str] = &[
    "AM", "BN", "C", "F", "GB", "GHz", "GW", "GWh", "Hz", "KB", "KM", "MB", "MHz", "MM", "MW", "MWh", "PM",
    "TB", "TWh", "am", "b", "bn", "bpd", "cm", "ft", "g", "gb", "h", "ha", "hr", "hrs", "in", "k", "kg",
    "km", "kmh", "kph", "kt", "kV", "kW", "kWh", "lb", "lbs", "m", "mb", "mg", "min", "mins", "ml", "mln",
    "mm", "mn", "mph", "ms", "oz", "persons", "pm", "pt", "pts", "sec", "secs", "sq", "t", "tn", "trn",
    "yds", "yr", "yrs",
];

fn is_unit(word: &str) -> bool {
    UNITS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found: Vec<&str> =
            tokens(text, Span::from_range(0..text.len())).map(|s| &text[s.range()]).collect();
        assert_eq!(found.join("|"), expected, "{text}");
    }

    #[test]
    fn lists_are_sorted() {
        assert!(PREFIXES.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn clitics() {
        check(
            "don't can't cannot Russia's we've it'll I'm parents'",
            "do|n't|ca|n't|can|not|Russia|'s|we|'ve|it|'ll|I|'m|parents|'",
        );
        check("O'Connor d'état Sha'lan o'clock", "O'Connor|d'état|Sha'lan|o'clock");
        check("Ukraine’s didn’t ’90s 'em", "Ukraine|’s|did|n’t|’90s|'em");
    }

    #[test]
    fn hyphens() {
        check(
            "US-led e-mail de-escalation well-known COVID-19",
            "US|-|led|e-mail|de-escalation|well|-|known|COVID|-|19",
        );
        check("mid-1980s 1969-1970 713-853-3989 3-4", "mid-1980s|1969|-|1970|713-853-3989|3|-|4");
    }

    #[test]
    fn numbers() {
        check(
            "$100 5% 3.5m 1,000 10:30 7:30PM 23rd 1970s US$4.5",
            "$|100|5|%|3.5|m|1,000|10:30|7:30|PM|23rd|1970s|US$|4.5",
        );
        check("9/11 11/28/2000 and/or [13,14] 24°C", "9/11|11/28/2000|and|/|or|[|13|,|14|]|24|°|C");
    }

    #[test]
    fn stops() {
        check("Gen. Milley left the U.S. today.", "Gen.|Milley|left|the|U.S.|today|.");
        check("At 5 p.m. in the U.S.", "At|5|p.m.|in|the|U.S.");
        check("No. 5, etc.", "No.|5|,|etc|.");
        check("Ph.D. J.Lo a.k.a. No.5 Dr.Michael", "Ph.D.|J.|Lo|a.k.a.|No.|5|Dr.|Michael");
        check("wait...what?! yes...", "wait|...|what|?!|yes|...");
    }

    #[test]
    fn addresses() {
        check(
            "See https://t.me/x?y=1, www.un.org. Mail a.b-c@port.ac.uk!",
            "See|https://t.me/x?y=1|,|www.un.org|.|Mail|a.b-c@port.ac.uk|!",
        );
        check("gazeta.ru report.pdf ground.Russia", "gazeta.ru|report.pdf|ground|.|Russia");
    }

    #[test]
    fn symbols() {
        check("🇺🇦 👍🏽 :) — –- (“Yes”)", "🇺🇦|👍🏽|:)|—|–|-|(|“|Yes|”|)");
        check("\u{200b}Ukraine\u{200f} is\u{feff}", "Ukraine|is");
    }
}
