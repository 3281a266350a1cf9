//! Publication times as people and machines write them.

use detente::Published;
use jiff::civil::Date;

/// A publication time from an RFC 3339 date or date-time; `20220215` is taken as well.
///
/// A time without offset says nothing exact, so only its day is kept.
///
/// # Errors
///
/// A sentence for a person, when the text is no such date or the day does not exist.
///
/// ```
/// use detente_io::article::published;
/// assert_eq!(published("2022-02-15").unwrap().text, "2022-02-15");
/// assert_eq!(published("2022-02-15 09:30Z").unwrap().text, "2022-02-15T09:30:00Z");
/// assert_eq!(published("2022-02-15T09:30:00").unwrap().text, "2022-02-15");
/// assert!(published("2022-02-30").is_err());
/// ```
pub fn published(text: &str) -> Result<Published, String> {
    let wrong = |why: &str| {
        format!("{text:?} is not a date ({why}); expected for example 2022-02-15 or 2022-02-15T09:30:00Z")
    };
    let trimmed = text.trim();
    if trimmed.len() == 8 && trimmed.bytes().all(|b| b.is_ascii_digit()) {
        let date = compact(trimmed).ok_or_else(|| wrong("no such day"))?;
        return Ok(Published { date, text: date.to_string() });
    }
    let (day, time) = match trimmed.split_at_checked(10) {
        Some((day, time)) if shape(day.as_bytes(), b"0000-00-00") => (day, time),
        _ => return Err(wrong("wrong form")),
    };
    let date: Date = day.parse().map_err(|_| wrong("no such day"))?;
    if time.is_empty() {
        return Ok(Published { date, text: day.to_owned() });
    }
    let time = time.strip_prefix(['T', 't', ' ']).ok_or_else(|| wrong("wrong form"))?;
    let time = time_of_day(time).ok_or_else(|| wrong("wrong time of day"))?;
    let text = if time.is_empty() { day.to_owned() } else { format!("{day}T{time}") };
    Ok(Published { date, text })
}

/// The day that a file name starts with: `2022-02-15-moscow.txt`, `20220215_moscow.txt`.
pub(super) fn in_file_name(stem: &str) -> Option<Published> {
    let ends = |n: usize| stem.as_bytes().get(n).is_none_or(|b| !b.is_ascii_digit());
    let dashed = || stem.get(..10).filter(|day| ends(10) && shape(day.as_bytes(), b"0000-00-00"));
    let date = match stem.get(..8).filter(|day| ends(8) && shape(day.as_bytes(), b"00000000")) {
        Some(day) => compact(day)?,
        None => dashed()?.parse().ok()?,
    };
    Some(Published { date, text: date.to_string() })
}

/// `YYYYMMDD`.
fn compact(digits: &str) -> Option<Date> {
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
    Date::new(number(0..4)?, number(4..6)? as i8, number(6..8)? as i8).ok()
}

/// A time of day in standard form with its offset; empty when it has none; none when it is wrong.
fn time_of_day(text: &str) -> Option<String> {
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(text.len());
    let (clock, offset) = text.split_at(end);
    let (clock, fraction) = clock.split_once(['.', ',']).map_or((clock, None), |(c, f)| (c, Some(f)));
    let full = if shape(clock.as_bytes(), b"00:00") { format!("{clock}:00") } else { clock.to_owned() };
    let below =
        |range: std::ops::Range<usize>, top: u8| full.get(range)?.parse::<u8>().ok().filter(|&n| n <= top);
    if !shape(full.as_bytes(), b"00:00:00") {
        return None;
    }
    let _in_range = (below(0..2, 23)?, below(3..5, 59)?, below(6..8, 60)?);
    let fraction = match fraction {
        Some(digits) if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) => return None,
        Some(digits) => format!(".{digits}"),
        None => String::new(),
    };
    let offset = match offset.trim_start() {
        "" => return Some(String::new()),
        "Z" | "z" => "Z".to_owned(),
        offset if shape(offset.as_bytes(), b"+0000") => format!("{}:{}", &offset[..3], &offset[3..]),
        offset if shape(offset.as_bytes(), b"+00:00") => offset.to_owned(),
        _ => return None,
    };
    Some(format!("{full}{fraction}{offset}"))
}

/// Whether text has the form of a pattern: `0` any digit, `+` a sign, the rest itself.
fn shape(text: &[u8], pattern: &[u8]) -> bool {
    text.len() == pattern.len()
        && text.iter().zip(pattern).all(|(byte, form)| match form {
            b'0' => byte.is_ascii_digit(),
            b'+' => matches!(byte, b'+' | b'-'),
            _ => byte == form,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let text = |t: &str| published(t).map(|p| p.text).ok();
        for (given, kept) in [
            ("2022-02-15", "2022-02-15"),
            (" 2022-02-15 ", "2022-02-15"),
            ("20220215", "2022-02-15"),
            ("2022-02-15T09:30:00Z", "2022-02-15T09:30:00Z"),
            ("2022-02-15t09:30:00.25+03:00", "2022-02-15T09:30:00.25+03:00"),
            ("2022-02-15T09:30:00 +0300", "2022-02-15T09:30:00+03:00"),
            ("2022-02-15 09:30", "2022-02-15"),
        ] {
            assert_eq!(text(given).as_deref(), Some(kept), "{given}");
        }
        for given in [
            "",
            "yesterday",
            "2022-13-01",
            "2022-02-30",
            "15.02.2022",
            "2022-2-5",
            "2022-02-15T25:00Z",
            "2022-02-15x",
        ] {
            assert_eq!(text(given), None, "{given}");
        }
        assert_eq!(published("2022-02-15T23:30:00-05:00").unwrap().date, jiff::civil::date(2022, 2, 15));
    }

    #[test]
    fn file_names() {
        let day = |t: &str| in_file_name(t).map(|p| p.text);
        assert_eq!(day("2022-02-15-moscow").as_deref(), Some("2022-02-15"));
        assert_eq!(day("20220215_moscow").as_deref(), Some("2022-02-15"));
        assert_eq!(day("2022-02-15").as_deref(), Some("2022-02-15"));
        for none in ["moscow-2022-02-15", "2022-13-15-x", "202202151", "2022-02-155", "report", "é2022-02-15"]
        {
            assert_eq!(day(none), None, "{none}");
        }
    }
}
