//! PLOVER 2.0: types, modes, contexts, quad classes and scores; CAMEO codes. `docs/ontology.md` lists the decisions.
//!
//! Names and numbers are those of the PLOVER manual, version 2.0 (openeventdata/PLOVER), with the printing errors
//! resolved as the document says.

use detente_text::vocabulary;
use std::fmt;

vocabulary! {
    /// PLOVER's sixteen types of event.
    EventType {
        /// Says that it will cooperate, talk, help, yield or settle.
        Agree = "AGREE",
        /// A meeting, visit, call or mediation.
        Consult = "CONSULT",
        /// Friendly standing short of goods.
        Support = "SUPPORT",
        /// Gives way in words.
        Concede = "CONCEDE",
        /// Joint work that is done.
        Cooperate = "COOPERATE",
        /// Gives money, arms, relief, protection, asylum.
        Aid = "AID",
        /// Gives way in fact.
        Retreat = "RETREAT",
        /// Asks, demands, orders.
        Request = "REQUEST",
        /// Blames, criticises, alleges, probes, sues.
        Accuse = "ACCUSE",
        /// Refuses, turns down, vetoes.
        Reject = "REJECT",
        /// Warns of a hostile act of its own.
        Threaten = "THREATEN",
        /// People in the street, strike, boycott, blockade.
        Protest = "PROTEST",
        /// Cuts or breaks off what there was.
        Sanction = "SANCTION",
        /// Readies or shows force without using it.
        Mobilize = "MOBILIZE",
        /// State power on people or property without bodily attack.
        Coerce = "COERCE",
        /// Deliberate physical attack.
        Assault = "ASSAULT",
    }
}

vocabulary! {
    /// PLOVER's modes. Which type has which is [`EventType::modes`].
    Mode {
        Withdraw = "withdraw",
        Release = "release",
        Disarm = "disarm",
        Ceasefire = "ceasefire",
        Access = "access",
        Resign = "resign",
        Visit = "visit",
        ThirdParty = "third-party",
        Multilateral = "multilateral",
        Phone = "phone",
        Assist = "assist",
        Change = "change",
        Yield = "yield",
        Meet = "meet",
        Disapprove = "disapprove",
        Investigate = "investigate",
        Allege = "allege",
        Restrict = "restrict",
        Arrest = "arrest",
        Relations = "relations",
        Expel = "expel",
        Territory = "territory",
        Violence = "violence",
        Demo = "demo",
        Riot = "riot",
        Strike = "strike",
        Hunger = "hunger",
        Boycott = "boycott",
        Obstruct = "obstruct",
        Vandalize = "vandalize",
        Convict = "convict",
        Discontinue = "discontinue",
        Troops = "troops",
        Weapons = "weapons",
        Police = "police",
        Militia = "militia",
        Seize = "seize",
        Censor = "censor",
        Curfew = "curfew",
        MartialLaw = "martial-law",
        Deport = "deport",
        Withhold = "withhold",
        Misinformation = "misinformation",
        Cyber = "cyber",
        Abduct = "abduct",
        Beat = "beat",
        Torture = "torture",
        Sexual = "sexual",
        Targeted = "targeted",
        Destroy = "destroy",
        Primitive = "primitive",
        Firearms = "firearms",
        Explosives = "explosives",
        SuicideAttack = "suicide-attack",
        Aerial = "aerial",
        Drone = "drone",
        HeavyWeapons = "heavy-weapons",
        CrowdControl = "crowd-control",
        Unconventional = "unconventional",
    }
}

vocabulary! {
    /// PLOVER's contexts.
    Context {
        Military = "military",
        Intelligence = "intelligence",
        Executive = "executive",
        Legislative = "legislative",
        Election = "election",
        PoliticalInstitutions = "political_institutions",
        ProDemocracy = "pro_democracy",
        ProAutocracy = "pro_autocracy",
        Economic = "economic",
        Legal = "legal",
        Reparations = "reparations",
        HumanRights = "human_rights",
        RightsFreedoms = "rights_freedoms",
        Repression = "repression",
        HumanSecurity = "human_security",
        Gender = "gender",
        Lgbt = "lgbt",
        ReligionEthnicity = "religion_ethnicity",
        Inequality = "inequality",
        Diplomatic = "diplomatic",
        Territory = "territory",
        Peacekeeping = "peacekeeping",
        Health = "health",
        Asylum = "asylum",
        Migration = "migration",
        Disasters = "disasters",
        NaturalResource = "natural_resource",
        Environment = "environment",
        Technology = "technology",
        Terrorism = "terrorism",
        Cbrn = "cbrn",
        Cyber = "cyber",
        Misinformation = "misinformation",
        Crime = "crime",
        Corruption = "corruption",
        IllegalDrugs = "illegal_drugs",
        Trafficking = "trafficking",
    }
}

vocabulary! {
    /// PLOVER's auxiliary modes.
    Auxiliary {
        Historical = "historical",
        Future = "future",
        Hypothetical = "hypothetical",
        Negation = "negation",
    }
}

/// Quad class, 1 to 4.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Quad {
    /// 1
    VerbalCooperation = 1,
    /// 2
    MaterialCooperation = 2,
    /// 3
    VerbalConflict = 3,
    /// 4
    MaterialConflict = 4,
}

impl EventType {
    /// Quad class. SANCTION counts as material conflict (decision E2).
    pub const fn quad(self) -> Quad {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => Quad::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => Quad::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => Quad::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => {
                Quad::MaterialConflict
            }
        }
    }

    /// Whether an act of this type is friendly.
    pub const fn is_cooperative(self) -> bool {
        matches!(self.quad(), Quad::VerbalCooperation | Quad::MaterialCooperation)
    }

    /// Whether PLOVER wants no record without a recipient.
    pub const fn needs_recipient(self) -> bool {
        matches!(self, Self::Cooperate | Self::Aid | Self::Sanction)
    }

    /// The score of the type, without modes. ACCUSE is −2 (decision E1).
    pub const fn base_score(self) -> f32 {
        match self {
            Self::Agree => 2.5,
            Self::Consult => 2.5,
            Self::Support => 5.0,
            Self::Concede => 4.5,
            Self::Cooperate => 9.5,
            Self::Aid => 10.0,
            Self::Retreat => 6.5,
            Self::Request => 0.0,
            Self::Accuse => -2.0,
            Self::Reject => -2.0,
            Self::Threaten => -3.5,
            Self::Protest => -5.0,
            Self::Sanction => -6.0,
            Self::Mobilize => -5.5,
            Self::Coerce => -7.0,
            Self::Assault => -9.0,
        }
    }

    /// The score with modes: that of the mode farthest from zero, or of the type when it has none.
    ///
    /// ```
    /// use detente::{EventType, Mode};
    /// assert_eq!(EventType::Retreat.score(&[Mode::Withdraw]), 8.0);
    /// assert_eq!(EventType::Accuse.score(&[]), -2.0);
    /// ```
    pub fn score(self, modes: &[Mode]) -> f32 {
        let scores = modes.iter().filter_map(|&mode| self.mode_score(mode));
        scores.reduce(|a, b| if b.abs() > a.abs() { b } else { a }).unwrap_or(self.base_score())
    }

    /// The modes of this type.
    pub fn modes(self) -> impl Iterator<Item = Mode> {
        Mode::ALL.iter().copied().filter(move |&mode| self.mode_score(mode).is_some())
    }

    /// The score of one mode of this type; none when the type has no such mode. `vandalize` has no printed score
    /// and takes that of PROTEST (decision E6).
    pub const fn mode_score(self, mode: Mode) -> Option<f32> {
        let score = match (self, mode) {
            (Self::Retreat, Mode::Withdraw) => 8.0,
            (Self::Retreat, Mode::Release) => 6.5,
            (Self::Retreat, Mode::Disarm) => 10.0,
            (Self::Retreat, Mode::Ceasefire) => 7.5,
            (Self::Retreat, Mode::Access) => 6.5,
            (Self::Retreat, Mode::Resign) => 4.5,
            (Self::Consult, Mode::Visit) => 4.0,
            (Self::Consult, Mode::ThirdParty) => 1.0,
            (Self::Consult, Mode::Multilateral) => 4.0,
            (Self::Consult, Mode::Phone) => 1.5,
            (Self::Request, Mode::Assist) => 0.5,
            (Self::Request, Mode::Change) => -1.0,
            (Self::Request, Mode::Yield) => -1.0,
            (Self::Request, Mode::Meet) => 0.0,
            (Self::Reject, Mode::Assist) => -1.5,
            (Self::Reject, Mode::Change) => -2.0,
            (Self::Reject, Mode::Yield) => -2.0,
            (Self::Reject, Mode::Meet) => -2.0,
            (Self::Accuse, Mode::Disapprove) => -2.0,
            (Self::Accuse, Mode::Investigate) => -3.5,
            (Self::Accuse, Mode::Allege) => -3.5,
            (Self::Threaten, Mode::Restrict) => -3.0,
            (Self::Threaten, Mode::Arrest) => -3.5,
            (Self::Threaten, Mode::Relations) => -3.5,
            (Self::Threaten, Mode::Expel) => -3.5,
            (Self::Threaten, Mode::Territory) => -4.0,
            (Self::Threaten, Mode::Violence) => -3.5,
            (Self::Protest, Mode::Demo) => -5.0,
            (Self::Protest, Mode::Riot) => -7.0,
            (Self::Protest, Mode::Strike) => -5.0,
            (Self::Protest, Mode::Hunger) => -4.5,
            (Self::Protest, Mode::Boycott) => -4.5,
            (Self::Protest, Mode::Obstruct) => -4.5,
            (Self::Protest, Mode::Vandalize) => -5.0,
            (Self::Sanction, Mode::Convict) => -6.0,
            (Self::Sanction, Mode::Expel) => -5.5,
            (Self::Sanction, Mode::Withdraw) => -6.0,
            (Self::Sanction, Mode::Discontinue) => -6.0,
            (Self::Mobilize, Mode::Troops) => -6.5,
            (Self::Mobilize, Mode::Weapons) => -6.5,
            (Self::Mobilize, Mode::Police) => -5.5,
            (Self::Mobilize, Mode::Militia) => -6.0,
            (Self::Coerce, Mode::Seize) => -7.0,
            (Self::Coerce, Mode::Restrict) => -7.0,
            (Self::Coerce, Mode::Censor) => -6.5,
            (Self::Coerce, Mode::Curfew) => -6.5,
            (Self::Coerce, Mode::MartialLaw) => -7.5,
            (Self::Coerce, Mode::Arrest) => -7.0,
            (Self::Coerce, Mode::Deport) => -7.0,
            (Self::Coerce, Mode::Withhold) => -7.0,
            (Self::Coerce, Mode::Misinformation) => -6.5,
            (Self::Coerce, Mode::Cyber) => -7.0,
            (Self::Assault, Mode::Abduct) => -8.5,
            (Self::Assault, Mode::Beat) => -7.5,
            (Self::Assault, Mode::Torture) => -8.5,
            (Self::Assault, Mode::Sexual) => -8.5,
            (Self::Assault, Mode::Targeted) => -9.5,
            (Self::Assault, Mode::Destroy) => -8.5,
            (Self::Assault, Mode::Primitive) => -8.0,
            (Self::Assault, Mode::Firearms) => -9.0,
            (Self::Assault, Mode::Explosives) => -9.0,
            (Self::Assault, Mode::SuicideAttack) => -9.5,
            (Self::Assault, Mode::Aerial) => -9.5,
            (Self::Assault, Mode::Drone) => -9.5,
            (Self::Assault, Mode::HeavyWeapons) => -9.5,
            (Self::Assault, Mode::CrowdControl) => -7.5,
            (Self::Assault, Mode::Unconventional) => -10.0,
            _ => return None,
        };
        Some(score)
    }
}

/// A CAMEO code of two to four digits.
///
/// ```
/// use detente::Cameo;
/// assert_eq!(Cameo::parse("0874").unwrap().as_str(), "0874");
/// assert_eq!(Cameo::parse("87x"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cameo {
    digits: [u8; 4],
    len: u8,
}

impl Cameo {
    /// A code as written.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if !(2..=4).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let mut digits = [b'0'; 4];
        digits[..bytes.len()].copy_from_slice(bytes);
        Some(Self { digits, len: bytes.len() as u8 })
    }

    /// As text, leading zero kept.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.digits[..usize::from(self.len)]).unwrap_or_default()
    }
}

impl fmt::Display for Cameo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Cameo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
