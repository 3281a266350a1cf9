//! Actors: the identities behind mentions.

use detente_text::vocabulary;

vocabulary! {
    /// What an actor is.
    ActorKind {
        Country = "country",
        Government = "government",
        Body = "body",
        Group = "group",
        Person = "person",
        People = "people",
        Place = "place",
        Media = "media",
        Other = "other",
    }
}

vocabulary! {
    /// PLOVER sector. Codes are those of PLOVER 2.0, which differ from CAMEO's for the press and for health.
    Sector {
        /// Executive.
        Gov = "GOV",
        /// Armed forces of a state.
        Mil = "MIL",
        /// Police.
        Cop = "COP",
        /// Courts.
        Jud = "JUD",
        /// Legislature.
        Leg = "LEG",
        /// Intelligence service.
        Spy = "SPY",
        /// Party.
        Pty = "PTY",
        /// Armed opposition.
        Reb = "REB",
        /// Pro-government paramilitary.
        Prm = "PRM",
        /// Unidentified armed.
        Uaf = "UAF",
        /// Unidentified.
        Unk = "UNK",
        /// Partly recognised entity.
        Pre = "PRE",
        /// Farm labour, peasants.
        Agr = "AGR",
        /// Business.
        Bus = "BUS",
        /// Criminals.
        Crm = "CRM",
        /// Unarmed people without other label.
        Cvl = "CVL",
        /// Schools, students.
        Edu = "EDU",
        /// Former officials, families, exiles.
        Eli = "ELI",
        /// Press.
        Jrn = "JRN",
        /// Organised labour.
        Lab = "LAB",
        /// Health.
        Med = "MED",
        /// Refugees, displaced.
        Ref = "REF",
        /// Political opposition.
        Opp = "OPP",
        /// Religious body.
        Rel = "REL",
        /// Other civil society.
        Soc = "SOC",
    }
}

impl Sector {
    /// The sector that a CAMEO code of three letters means: CAMEO's MED is PLOVER's JRN, its HLH is PLOVER's MED, and INS,
    /// SEP and RAD are REB. None for codes of ethnic groups, religions and the like.
    ///
    /// ```
    /// use detente::Sector;
    ///
    /// assert_eq!(Sector::from_cameo("MED"), Some(Sector::Jrn));
    /// assert_eq!(Sector::from_cameo("BUD"), None);
    /// ```
    pub fn from_cameo(code: &str) -> Option<Self> {
        match code {
            "MED" => Some(Self::Jrn),
            "HLH" => Some(Self::Med),
            "INS" | "SEP" | "RAD" => Some(Self::Reb),
            other => Self::from_name(other),
        }
    }
}

/// An identity behind mentions, with its role on the document's date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The name to show.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Office held on the document's date.
    pub role: Option<String>,
    /// ISO 3166-1 alpha-3, or PLOVER's UNO EUR IGO NGO ISM IMG MNC.
    pub country: Option<String>,
    /// CAMEO actor string, such as `RUSGOV`.
    pub code: Option<String>,
    /// PLOVER sectors, the primary one first.
    pub sectors: Vec<Sector>,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// False when only the text itself tells who it is.
    pub known: bool,
    /// Who speaks and acts as one with it: country, alliance, firm or group. Two holders of one party are not
    /// independent. See `docs/claims.md`.
    pub party: String,
}
