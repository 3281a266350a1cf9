//! What is counted: money, measures, and the fates of people.

use crate::time::piece::{Line, Piece, Shape};
use crate::time::words::Term;

/// What happened to the people who are counted. These have units of their own, whoever they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Dead,
    Wounded,
    /// Dead or wounded.
    Casualty,
    Detained,
    Displaced,
    Missing,
    Captive,
}

impl Fate {
    /// As a unit.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Dead => "dead",
            Self::Wounded => "wounded",
            Self::Casualty => "casualty",
            Self::Detained => "detained",
            Self::Displaced => "displaced",
            Self::Missing => "missing",
            Self::Captive => "captive",
        }
    }
}

/// Who is counted in a clause whose verb tells a fate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Its object: "killed 12".
    Object,
    /// Its subject: "12 died".
    Subject,
}

/// Verbs that tell a fate, by lemma.
const VERBS: &[(&str, Fate, Role)] = &[
    ("kill", Fate::Dead, Role::Object),
    ("slay", Fate::Dead, Role::Object),
    ("murder", Fate::Dead, Role::Object),
    ("massacre", Fate::Dead, Role::Object),
    ("execute", Fate::Dead, Role::Object),
    ("assassinate", Fate::Dead, Role::Object),
    ("behead", Fate::Dead, Role::Object),
    ("die", Fate::Dead, Role::Subject),
    ("perish", Fate::Dead, Role::Subject),
    ("drown", Fate::Dead, Role::Subject),
    ("wound", Fate::Wounded, Role::Object),
    ("injure", Fate::Wounded, Role::Object),
    ("hurt", Fate::Wounded, Role::Object),
    ("maim", Fate::Wounded, Role::Object),
    ("arrest", Fate::Detained, Role::Object),
    ("detain", Fate::Detained, Role::Object),
    ("jail", Fate::Detained, Role::Object),
    ("imprison", Fate::Detained, Role::Object),
    ("displace", Fate::Displaced, Role::Object),
    ("uproot", Fate::Displaced, Role::Object),
    ("flee", Fate::Displaced, Role::Subject),
    ("kidnap", Fate::Captive, Role::Object),
    ("abduct", Fate::Captive, Role::Object),
];

/// The fate that a verb tells, and of whom.
pub(super) fn verb(lemma: &str) -> Option<(Fate, Role)> {
    VERBS.iter().find(|v| v.0 == lemma).map(|v| (v.1, v.2))
}

/// Forms of the verbs above, for texts without trees; and adjectives.
const FORMS: &[(&str, Fate, Role)] = &[
    ("killed", Fate::Dead, Role::Object),
    ("killing", Fate::Dead, Role::Object),
    ("kills", Fate::Dead, Role::Object),
    ("kill", Fate::Dead, Role::Object),
    ("executed", Fate::Dead, Role::Object),
    ("murdered", Fate::Dead, Role::Object),
    ("massacred", Fate::Dead, Role::Object),
    ("died", Fate::Dead, Role::Subject),
    ("die", Fate::Dead, Role::Subject),
    ("perished", Fate::Dead, Role::Subject),
    ("drowned", Fate::Dead, Role::Subject),
    ("dead", Fate::Dead, Role::Subject),
    ("wounded", Fate::Wounded, Role::Object),
    ("wounding", Fate::Wounded, Role::Object),
    ("wounds", Fate::Wounded, Role::Object),
    ("injured", Fate::Wounded, Role::Object),
    ("injuring", Fate::Wounded, Role::Object),
    ("injures", Fate::Wounded, Role::Object),
    ("hurt", Fate::Wounded, Role::Object),
    ("arrested", Fate::Detained, Role::Object),
    ("arresting", Fate::Detained, Role::Object),
    ("detained", Fate::Detained, Role::Object),
    ("detaining", Fate::Detained, Role::Object),
    ("jailed", Fate::Detained, Role::Object),
    ("displaced", Fate::Displaced, Role::Object),
    ("displacing", Fate::Displaced, Role::Object),
    ("fled", Fate::Displaced, Role::Subject),
    ("missing", Fate::Missing, Role::Subject),
    ("kidnapped", Fate::Captive, Role::Object),
    ("abducted", Fate::Captive, Role::Object),
];

/// The fate that a word form tells, and of whom.
pub(super) fn form(word: &str) -> Option<(Fate, Role)> {
    FORMS.iter().find(|v| v.0.eq_ignore_ascii_case(word)).map(|v| (v.1, v.2))
}

/// The fate that a counted noun names by itself.
pub(super) fn noun(lemma: &str) -> Option<Fate> {
    Some(match lemma {
        "dead" | "death" | "fatality" | "killed" | "killing" | "fatalities" | "corpse" => Fate::Dead,
        "wounded" | "injured" | "injury" => Fate::Wounded,
        "casualty" | "casualties" => Fate::Casualty,
        "arrest" | "detainee" | "detention" | "detained" | "arrested" => Fate::Detained,
        "missing" => Fate::Missing,
        "displaced" => Fate::Displaced,
        _ => return None,
    })
}

/// Measures after a number. Several words are written with spaces.
const MEASURES: &[(&[&str], &str)] = &[
    (&["percentage", "points"], "percentage point"),
    (&["percentage", "point"], "percentage point"),
    (&["percent"], "percent"),
    (&["per", "cent"], "percent"),
    (&["pct"], "percent"),
    (&["square", "kilometres"], "km2"),
    (&["square", "kilometers"], "km2"),
    (&["square", "km"], "km2"),
    (&["sq", "km"], "km2"),
    (&["square", "miles"], "square mile"),
    (&["square", "metres"], "m2"),
    (&["square", "meters"], "m2"),
    (&["cubic", "metres"], "m3"),
    (&["cubic", "meters"], "m3"),
    (&["nautical", "miles"], "nautical mile"),
    (&["kilometres"], "km"),
    (&["kilometers"], "km"),
    (&["kilometre"], "km"),
    (&["kilometer"], "km"),
    (&["km"], "km"),
    (&["kms"], "km"),
    (&["metres"], "m"),
    (&["meters"], "m"),
    (&["metre"], "m"),
    (&["meter"], "m"),
    (&["m"], "m"),
    (&["centimetres"], "cm"),
    (&["centimeters"], "cm"),
    (&["cm"], "cm"),
    (&["millimetres"], "mm"),
    (&["millimeters"], "mm"),
    (&["millimetre"], "mm"),
    (&["mm"], "mm"),
    (&["miles"], "mile"),
    (&["mile"], "mile"),
    (&["feet"], "foot"),
    (&["foot"], "foot"),
    (&["ft"], "foot"),
    (&["inches"], "inch"),
    (&["hectares"], "hectare"),
    (&["acres"], "acre"),
    (&["kilograms"], "kg"),
    (&["kilogrammes"], "kg"),
    (&["kilogram"], "kg"),
    (&["kilos"], "kg"),
    (&["kilo"], "kg"),
    (&["kg"], "kg"),
    (&["grams"], "g"),
    (&["grammes"], "g"),
    (&["tonnes"], "tonne"),
    (&["tonne"], "tonne"),
    (&["metric", "tons"], "tonne"),
    (&["tons"], "ton"),
    (&["ton"], "ton"),
    (&["kilotons"], "kiloton"),
    (&["kt"], "kiloton"),
    (&["pounds", "sterling"], "GBP"),
    (&["litres"], "litre"),
    (&["liters"], "litre"),
    (&["gallons"], "gallon"),
    (&["barrels"], "barrel"),
    (&["bpd"], "barrel"),
    (&["megawatts"], "MW"),
    (&["MW"], "MW"),
    (&["gigawatts"], "GW"),
    (&["degrees"], "degree"),
    (&["km/h"], "km/h"),
    (&["kph"], "km/h"),
    (&["mph"], "mph"),
    (&["U", ".", "S", ".", "dollars"], "USD"),
    (&["US", "dollars"], "USD"),
    (&["dollars"], "USD"),
    (&["dollar"], "USD"),
    (&["USD"], "USD"),
    (&["euros"], "EUR"),
    (&["euro"], "EUR"),
    (&["EUR"], "EUR"),
    (&["GBP"], "GBP"),
    (&["yen"], "JPY"),
    (&["yuan"], "CNY"),
    (&["renminbi"], "CNY"),
    (&["roubles"], "RUB"),
    (&["rubles"], "RUB"),
    (&["hryvnias"], "UAH"),
    (&["hryvnia"], "UAH"),
    (&["rupees"], "rupee"),
    (&["shekels"], "ILS"),
    (&["riyals"], "SAR"),
    (&["lira"], "TRY"),
    (&["zlotys"], "PLN"),
    (&["francs"], "franc"),
    (&["won"], "KRW"),
    (&["pesos"], "peso"),
    (&["cents"], "cent"),
];

/// The measure that begins at `i`: its unit and one past its last piece.
pub(super) fn measure(line: Line<'_>, i: usize) -> Option<(&'static str, usize)> {
    let piece = line.at(i)?;
    match piece.shape {
        Shape::Mark('%') => return Some(("percent", i + 1)),
        Shape::Mark('€') if piece.glued => return Some(("EUR", i + 1)),
        Shape::Mark('°') => {
            return Some((
                "degree",
                i + 1 + usize::from(line.glued(i + 1) && line.is_any(i + 1, &["c", "f"])),
            ));
        }
        Shape::Mark(_) | Shape::Digits { .. } => return None,
        Shape::Word { .. } => {}
    }
    if let Term::Unit(unit, _) = piece.term {
        return Some((unit.as_str(), i + 1));
    }
    if line.is_any(i, &["seconds"]) {
        return Some(("second", i + 1));
    }
    let (words, unit) = MEASURES.iter().find(|(words, _)| line.sequence(i, words).is_some())?;
    // "m" only touches its number or stands as a bare letter in lower case; "won" is a verb more often than money.
    let doubtful = match *unit {
        "m" => line.word(i) != "m" && line.word(i).len() == 1,
        "KRW" => i == 0 || !matches!(line.term(i - 1), Term::Scale(_)),
        _ => false,
    };
    let length = line.sequence(i, words)?;
    (!doubtful).then_some((*unit, i + length))
}

/// The money that a noun names: "billions of dollars".
pub(super) fn money(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "dollar" => "USD",
        "euro" => "EUR",
        "rouble" | "ruble" => "RUB",
        "pound" => "GBP",
        "hryvnia" => "UAH",
        _ => return None,
    })
}

/// The money whose sign stands at `i`: `$`, the `US` of `US$`, `USD`.
pub(super) fn sign(line: Line<'_>, i: usize, piece: &Piece) -> Option<&'static str> {
    match piece.shape {
        Shape::Mark(mark) => {
            let dollar = || match i.checked_sub(1).filter(|_| piece.glued).map(|b| line.word(b)) {
                Some("A") => "AUD",
                Some("C") => "CAD",
                Some("HK") => "HKD",
                Some("NT") => "TWD",
                Some("S") => "SGD",
                Some("NZ") => "NZD",
                _ => "USD",
            };
            Some(match mark {
                '$' => dollar(),
                '€' => "EUR",
                '£' => "GBP",
                '¥' => "JPY",
                '₽' => "RUB",
                '₴' => "UAH",
                '₹' => "INR",
                '₪' => "ILS",
                '₩' => "KRW",
                '₺' => "TRY",
                '₦' => "NGN",
                _ => return None,
            })
        }
        Shape::Word { capital: true } => {
            if line.mark(i + 1, '$')
                && line.glued(i + 1)
                && matches!(line.word(i), "US" | "A" | "C" | "HK" | "NT" | "S" | "NZ")
            {
                return Some("USD");
            }
            Some(match line.word(i) {
                "USD" => "USD",
                "EUR" => "EUR",
                "GBP" => "GBP",
                "CHF" => "CHF",
                "Rs" => "rupee",
                _ => return None,
            })
        }
        _ => None,
    }
}

/// The singular of a noun, for texts without lemmas.
pub(super) fn singular(word: &str) -> String {
    let word = word.to_lowercase();
    let irregular = match word.as_str() {
        "children" => "child",
        "persons" | "person" => "people",
        "lives" => "life",
        "aircraft" | "police" | "people" | "series" | "headquarters" | "personnel" | "dead" | "wounded" => {
            return word;
        }
        _ => "",
    };
    if !irregular.is_empty() {
        return irregular.to_owned();
    }
    let cut = |n: usize| word[..word.len() - n].to_owned();
    match word.as_str() {
        w if w.ends_with("men") => cut(2) + "an",
        w if w.len() > 4 && w.ends_with("ies") => cut(3) + "y",
        w if w.ends_with("ches") || w.ends_with("shes") || w.ends_with("xes") || w.ends_with("sses") => {
            cut(2)
        }
        w if w.ends_with('s')
            && !w.ends_with("ss")
            && !w.ends_with("us")
            && !w.ends_with("is")
            && w.len() > 3 =>
        {
            cut(1)
        }
        _ => word,
    }
}
