//! Compiled tables: knowledge as bytes, decoded once into ordinary records.
//!
//! Layout: eight bytes of magic, a `u32` format version, then records one after another. Numbers are little-endian
//! `u32`, strings are a length and UTF-8, lists are a count and their items. Every read is checked.

use super::{
    AgentRow, AliasMark, AttributionCue, Complement, CountryCodes, CuePos, Effect, Embedding, Frame,
    IrregularForm, OfficeRow, PlaceKind, RealityCue, Relation, Rule, Sources, Support, WordClassNeed,
    codebook::SupportSubject,
};
use crate::{ActorKind, Cameo, Context, Error, EventType, Mode, Polarity, Reality, Stance};

const CODEBOOK: &[u8; 8] = b"DTNTCODE";
const ACTORS: &[u8; 8] = b"DTNTACTR";
const PLACES: &[u8; 8] = b"DTNTPLCE";
const FORMAT: u32 = 2;

/// Something that can stand in a table.
pub(super) trait Record: Sized {
    fn write(&self, out: &mut Vec<u8>);
    fn read(input: &mut Input<'_>) -> Result<Self, Error>;
}

pub(super) struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Input<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    #[inline]
    fn take(&mut self, len: usize) -> Result<&'a [u8], Error> {
        let end = self.at.checked_add(len).filter(|&end| end <= self.bytes.len());
        let end = end.ok_or_else(|| Error::new(format!("the table ends at byte {}", self.at)))?;
        let part = &self.bytes[self.at..end];
        self.at = end;
        Ok(part)
    }

    fn text(&mut self) -> Result<&'a str, Error> {
        let len = u32::read(self)? as usize;
        let at = self.at;
        let bytes = self.take(len)?;
        std::str::from_utf8(bytes).map_err(|_| Error::new(format!("no UTF-8 at byte {at} of the table")))
    }
}

impl Record for u32 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    #[inline]
    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        let bytes = input.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }
}

impl Record for String {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u32).write(out);
        out.extend(self.as_bytes());
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        input.text().map(str::to_owned)
    }
}

impl Record for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        Ok(input.take(1)?[0] != 0)
    }
}

impl Record for f64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_bits().to_le_bytes());
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        let (low, high) = (u32::read(input)?, u32::read(input)?);
        Ok(f64::from_bits(u64::from(low) | u64::from(high) << 32))
    }
}

impl<T: Record> Record for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        (self.len() as u32).write(out);
        for item in self {
            item.write(out);
        }
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        let count = u32::read(input)? as usize;
        // A damaged count must not reserve memory that the table cannot fill; a long list may grow instead.
        let mut items = Vec::with_capacity(count.min(input.bytes.len() - input.at).min(1024));
        for _ in 0..count {
            items.push(T::read(input)?);
        }
        Ok(items)
    }
}

impl<T: Record> Record for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        if let Some(item) = self {
            item.write(out);
        }
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        bool::read(input)?.then(|| T::read(input)).transpose()
    }
}

impl<A: Record, B: Record> Record for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        Ok((A::read(input)?, B::read(input)?))
    }
}

/// Types that stand in a table as their standard spelling.
macro_rules! spelled {
    ($($name:ty: $write:expr, $read:expr;)+) => {$(
        impl Record for $name {
            fn write(&self, out: &mut Vec<u8>) {
                let spell: fn(&$name) -> String = $write;
                spell(self).write(out);
            }

            fn read(input: &mut Input<'_>) -> Result<Self, Error> {
                let text = input.text()?;
                let read: fn(&str) -> Option<$name> = $read;
                read(text).ok_or_else(|| {
                    Error::new(format!(concat!("`{}` is no ", stringify!($name)), text))
                })
            }
        }
    )+};
}

spelled! {
    EventType: |v| v.to_string(), EventType::from_name;
    Mode: |v| v.to_string(), Mode::from_name;
    Context: |v| v.to_string(), Context::from_name;
    Polarity: |v| v.to_string(), Polarity::from_name;
    Reality: |v| v.to_string(), Reality::from_name;
    Stance: |v| v.to_string(), Stance::from_name;
    CuePos: |v| v.to_string(), CuePos::from_name;
    Effect: |v| v.to_string(), Effect::from_name;
    SupportSubject: |v| v.to_string(), SupportSubject::from_name;
    Cameo: |v| v.to_string(), Cameo::parse;
    Relation: |v| v.as_str().to_owned(), |t| Some(Relation::from_name(t));
    Complement: |v| v.as_str().to_owned(), |t| Some(Complement::from_name(t));
    Frame: |v| v.as_str().to_owned(), |t| Some(Frame::from_name(t));
}

/// Closed vocabularies that stand in a table as a number.
macro_rules! numbered {
    ($($name:ty),+) => {$(
        impl Record for $name {
            fn write(&self, out: &mut Vec<u8>) {
                (*self as u32).write(out);
            }

            fn read(input: &mut Input<'_>) -> Result<Self, Error> {
                let number = u32::read(input)?;
                let found = Self::ALL.get(number as usize).copied();
                found.ok_or_else(|| Error::new(format!(concat!("{} is no ", stringify!($name)), number)))
            }
        }
    )+};
}

numbered! { ActorKind, AliasMark, PlaceKind }

/// Structs that stand in a table field by field.
macro_rules! fields {
    ($($name:ident { $($field:ident),+ })+) => {$(
        impl Record for $name {
            fn write(&self, out: &mut Vec<u8>) {
                $(self.$field.write(out);)+
            }

            fn read(input: &mut Input<'_>) -> Result<Self, Error> {
                Ok(Self { $($field: Record::read(input)?,)+ })
            }
        }
    )+};
}

fields! {
    WordClassNeed { preposition, lemmas }
    Rule {
        name, kind, verbs, nouns, adjectives, modes, contexts, cameo, actor, recipient, possessor_suffers, object,
        subject, with, not, complement, act, reciprocal, requires_actor, requires_recipient, negated, polarity, reality,
        accepts, rejects
    }
    Support { verbs, subject }
    Embedding { outer, inner, contexts, modes, cameo, cameo_appeal }
    AttributionCue { lemma, pos, stance, frames }
    RealityCue { lemma, pos, frames, effect }
    IrregularForm { form, pos, lemma }
    AgentRow { noun, sector, kind, weak }
    CountryCodes { country, alpha2, numeric, fips, cow, gw, capital }
    OfficeRow { role, countries, office, single }
}

fn begin(magic: &[u8; 8]) -> Vec<u8> {
    let mut out = magic.to_vec();
    FORMAT.write(&mut out);
    out
}

fn open<'a>(bytes: &'a [u8], magic: &[u8; 8]) -> Result<Input<'a>, Error> {
    let mut input = Input::new(bytes);
    if input.take(8)? != magic {
        return Err(Error::new(format!("not a {} table", String::from_utf8_lossy(magic))));
    }
    match u32::read(&mut input)? {
        FORMAT => Ok(input),
        other => Err(Error::new(format!("table format {other}, this program reads {FORMAT}"))),
    }
}

pub(super) fn encode_codebook(sources: &Sources) -> Vec<u8> {
    let mut out = begin(CODEBOOK);
    sources.rules.write(&mut out);
    sources.supports.write(&mut out);
    sources.embeddings.write(&mut out);
    sources.attribution_cues.write(&mut out);
    sources.reality_cues.write(&mut out);
    sources.irregular.write(&mut out);
    out
}

pub(super) fn decode_codebook(bytes: &[u8], into: &mut Sources) -> Result<(), Error> {
    let mut input = open(bytes, CODEBOOK)?;
    into.rules = Record::read(&mut input)?;
    into.supports = Record::read(&mut input)?;
    into.embeddings = Record::read(&mut input)?;
    into.attribution_cues = Record::read(&mut input)?;
    into.reality_cues = Record::read(&mut input)?;
    into.irregular = Record::read(&mut input)?;
    Ok(())
}

pub(super) fn encode_actors(sources: &Sources) -> Vec<u8> {
    let mut out = begin(ACTORS);
    sources.actors.write(&mut out);
    sources.agents.write(&mut out);
    sources.offices.write(&mut out);
    sources.codes.write(&mut out);
    out
}

pub(super) fn decode_actors(bytes: &[u8], into: &mut Sources) -> Result<(), Error> {
    let mut input = open(bytes, ACTORS)?;
    into.actors = Record::read(&mut input)?;
    into.agents = Record::read(&mut input)?;
    into.offices = Record::read(&mut input)?;
    into.codes = Record::read(&mut input)?;
    Ok(())
}

pub(super) fn encode_places(sources: &Sources) -> Vec<u8> {
    let mut out = begin(PLACES);
    sources.places.write(&mut out);
    out
}

pub(super) fn decode_places(bytes: &[u8], into: &mut Sources) -> Result<(), Error> {
    into.places = Record::read(&mut open(bytes, PLACES)?)?;
    Ok(())
}
