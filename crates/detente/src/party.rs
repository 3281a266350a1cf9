//! What an actor string says: country, sectors, and who speaks as one.

use crate::{Actor, ActorKind, knowledge::sectors};

/// The three letters that a code begins with, when they are a country's.
pub(crate) fn country_of(code: &str) -> Option<&str> {
    let country = code.get(..3)?;
    (!matches!(
        country,
        "IGO" | "NGO" | "NGM" | "MNC" | "INT" | "IMG" | "UIS" | "CVL" | "GOV" | "MIL" | "WST"
    ))
    .then_some(country)
}

/// A country or body and a sector as one CAMEO string; one sector only.
pub(crate) fn compose(country: Option<&str>, sector: &str) -> String {
    match country {
        Some(code) if is_partly_recognised(code) => format!("{}{sector}", &code[..6]),
        Some(code) => match country_of(code) {
            Some(country) => format!("{country}{sector}"),
            // A body's people speak as the body.
            None => code.to_owned(),
        },
        None => sector.to_owned(),
    }
}

/// Partly recognised entities carry their parent's code and PRE; they are no part of the parent's government.
pub(crate) fn is_partly_recognised(code: &str) -> bool {
    code.get(3..6) == Some("PRE")
}

/// How the actor of a country and sector is called.
pub(crate) fn sector_phrase(sector: &str) -> Option<&'static str> {
    Some(match sector {
        "MIL" => "armed forces",
        "COP" => "police",
        "LEG" => "parliament",
        "JUD" => "justice",
        "REB" => "rebels",
        "OPP" => "opposition",
        "SPY" => "intelligence service",
        "CVL" => "people",
        "JRN" => "media",
        "BUS" => "business",
        _ => return None,
    })
}

pub(crate) fn actor(
    name: &str,
    kind: ActorKind,
    role: Option<String>,
    code: Option<String>,
    wikidata: Option<&str>,
    known: bool,
) -> Actor {
    let mut actor = Actor {
        name: name.to_owned(),
        kind,
        role,
        country: None,
        code: code.filter(|c| !c.is_empty()),
        sectors: Vec::new(),
        wikidata: wikidata.map(str::to_owned),
        known,
        party: String::new(),
    };
    refresh(&mut actor);
    actor
}

/// Country, sectors and party follow from the code.
pub(crate) fn refresh(actor: &mut Actor) {
    let code = actor.code.clone().unwrap_or_default();
    actor.country = plover_country(&code);
    actor.sectors = sectors(&code);
    actor.party = party(actor, &code);
}

/// PLOVER's designation: a country, or UNO EUR IGO NGO ISM IMG MNC.
fn plover_country(code: &str) -> Option<String> {
    if let Some(country) = country_of(code) {
        let letters = country.len() == 3 && country.bytes().all(|b| b.is_ascii_uppercase());
        let sector = code.len() == 3 && crate::Sector::from_name(code).is_some();
        return (letters && !sector).then(|| country.to_owned());
    }
    let designation = match code.get(..3)? {
        "IGO" if code.get(3..6) == Some("UNO") => "UNO",
        "IGO" if matches!(code.get(3..6), Some("EEC" | "EUR")) => "EUR",
        "IGO" | "INT" => "IGO",
        "NGO" | "NGM" => "NGO",
        "MNC" => "MNC",
        "IMG" => "IMG",
        _ => return None,
    };
    Some(designation.to_owned())
}

/// Who speaks as one with an actor. A country's government, army, officials and spokespeople are one party; its
/// opposition, rebels, press and people are not.
fn party(actor: &Actor, code: &str) -> String {
    const OWN: [&str; 12] =
        ["REB", "OPP", "PTY", "MED", "CVL", "BUS", "NGO", "INS", "SEP", "CRM", "EDU", "REF"];
    let body = country_of(code).is_none();
    if code.is_empty() || (body && code.len() <= 3) {
        return actor.name.to_lowercase();
    }
    if body {
        return code.to_owned();
    }
    if is_partly_recognised(code) {
        return code[..6].to_owned();
    }
    let tail = code.get(3..).unwrap_or_default();
    if tail.as_bytes().chunks(3).any(|chunk| OWN.iter().any(|sector| sector.as_bytes() == chunk)) {
        return match actor.kind {
            ActorKind::Person if !actor.known => format!("{code}:{}", actor.name.to_lowercase()),
            ActorKind::Media | ActorKind::Body | ActorKind::Group => {
                format!("{code}:{}", actor.name.to_lowercase())
            }
            _ => code.to_owned(),
        };
    }
    match actor.sectors.is_empty() && matches!(actor.kind, ActorKind::Body | ActorKind::Other) {
        true => format!("{code}:{}", actor.name.to_lowercase()),
        false => code[..3].to_owned(),
    }
}
