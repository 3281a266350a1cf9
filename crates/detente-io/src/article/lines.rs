//! Lines of a stream, in bounded memory.

use std::io::{self, BufRead, Read};

/// A line of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Its bytes, without the line feed.
    Whole(Vec<u8>),
    /// It had more bytes than allowed and was passed over unread; so many were they.
    TooLong(u64),
}

/// Reads lines of at most `limit` bytes.
pub(super) struct Lines {
    stream: io::BufReader<Box<dyn Read + Send>>,
    limit: usize,
    /// How many lines were read.
    pub(super) count: u64,
}

impl Lines {
    pub(super) fn new(stream: Box<dyn Read + Send>, limit: usize) -> Self {
        Self { stream: io::BufReader::with_capacity(1 << 16, stream), limit, count: 0 }
    }

    /// The next line; none at the end of the stream. A last line may lack its line feed.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        let mut length = 0u64;
        loop {
            let buffer = match self.stream.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            let end = memchr::memchr(b'\n', buffer);
            let taken = end.unwrap_or(buffer.len());
            let over = buffer.is_empty();
            length += taken as u64;
            if length <= self.limit as u64 {
                line.extend_from_slice(&buffer[..taken]);
            } else {
                line = Vec::new();
            }
            self.stream.consume(taken + usize::from(end.is_some()));
            if over && length == 0 {
                return Ok(None);
            }
            if over || end.is_some() {
                self.count += 1;
                let whole = length <= self.limit as u64;
                return Ok(Some(if whole { Line::Whole(line) } else { Line::TooLong(length) }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &'static [u8], limit: usize) -> Vec<Line> {
        let mut lines = Lines::new(Box::new(text), limit);
        std::iter::from_fn(|| lines.next().unwrap()).collect()
    }

    #[test]
    fn lines_and_their_limit() {
        let whole = |t: &[u8]| Line::Whole(t.to_vec());
        assert_eq!(all(b"", 9), []);
        assert_eq!(all(b"a\n\nb", 9), [whole(b"a"), whole(b""), whole(b"b")]);
        assert_eq!(all(b"abc\nabcd\nab\n", 3), [whole(b"abc"), Line::TooLong(4), whole(b"ab")]);
    }

    #[test]
    fn long_lines_are_not_held() {
        let stream = io::repeat(b'x').take(300 << 20).chain(&b"\nnext"[..]);
        let mut lines = Lines::new(Box::new(stream), 1 << 20);
        assert_eq!(lines.next().unwrap(), Some(Line::TooLong(300 << 20)));
        assert_eq!(lines.next().unwrap(), Some(Line::Whole(b"next".to_vec())));
        assert_eq!(lines.count, 2);
    }
}
