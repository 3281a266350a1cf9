//! Knowledge as people write it: codebook TOML, cue and actor TSV. `knowledge/README.md` describes the formats.

use crate::{Error, geonames, petrarch};
use detente::{
    ActorKind, Cameo, Context, EventType, Mode, Polarity, Reality, Sources, Stance,
    knowledge::{
        ActorRow, Actors, AgentRow, AttributionCue, Complement, CountryCodes, CuePos, Effect, Embedding,
        Finding, FindingKind, Frame, IrregularForm, OfficeRow, PLACE_COLUMNS, RealityCue, Relation, Rule,
        Support, SupportSubject, WordClassNeed, check,
    },
};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

/// Reads a codebook directory into `sources`: `*.toml` rules, `classes.toml`, `light.toml`, `embedding.toml`.
///
/// A type whose file is there replaces that type's rules; so do light verbs and embeddings.
///
/// # Errors
///
/// When the directory or a file cannot be read, or a file is not as it should be; the error names file and line.
pub fn read_codebook(directory: &Path, sources: &mut Sources) -> Result<(), Error> {
    let files = files(directory, |path| path.extension().is_some_and(|e| e == "toml"))?;
    if files.is_empty() {
        return Err(Error::new("no *.toml file in this directory").in_file(directory));
    }
    let mut classes = Classes::default();
    if let Some(path) = files.iter().find(|p| p.ends_with("classes.toml")) {
        classes.0 = parse(path)?;
    }
    for path in &files {
        match path.file_name().and_then(|n| n.to_str()) {
            Some("classes.toml") => {}
            Some("light.toml") => {
                let file: LightFile = parse(path)?;
                sources.supports = file.light.into_iter().map(Into::into).collect();
            }
            Some("embedding.toml") => {
                let file: EmbeddingFile = parse(path)?;
                sources.embeddings =
                    file.embedding.into_iter().map(|e| e.read(path)).collect::<Result<_, _>>()?;
            }
            _ => {
                let file: RuleFile = parse(path)?;
                let kind = named(EventType::from_name, &file.kind, "PLOVER type", path)?;
                let rules: Vec<Rule> =
                    file.rule.into_iter().map(|r| r.read(kind, &classes, path)).collect::<Result<_, _>>()?;
                for (index, rule) in rules.iter().enumerate() {
                    if rules[..index].iter().any(|r| r.name == rule.name) {
                        return Err(Error::new(format!("two rules are called `{}`", rule.name)).in_file(path));
                    }
                }
                sources.rules.retain(|r| r.kind != kind);
                sources.rules.extend(rules);
            }
        }
    }
    // Order by type, so that adding a file leaves no trace of when it was added.
    sources.rules.sort_by_key(|r| r.kind);
    Ok(())
}

/// Reads the cue tables of a directory into `sources`.
///
/// # Errors
///
/// When a table cannot be read or a line is wrong; the error names file and line.
pub fn read_cues(directory: &Path, sources: &mut Sources) -> Result<(), Error> {
    let path = directory.join("attribution.tsv");
    sources.attribution_cues = table(&path, &["lemma", "pos", "stance", "frames", "note"], |c| {
        Ok(AttributionCue {
            lemma: c[0].to_owned(),
            pos: word(CuePos::from_name, c[1], "part of speech")?,
            stance: word(Stance::from_name, c[2], "stance")?,
            frames: frames(c[3]),
        })
    })?;
    let path = directory.join("reality.tsv");
    sources.reality_cues = table(&path, &["lemma", "pos", "frames", "effect", "note"], |c| {
        Ok(RealityCue {
            lemma: c[0].to_owned(),
            pos: word(CuePos::from_name, c[1], "part of speech")?,
            frames: frames(c[2]),
            effect: word(Effect::from_name, c[3], "effect")?,
        })
    })?;
    let path = directory.join("irregular.tsv");
    sources.irregular = table(&path, &["form", "pos", "lemma"], |c| {
        Ok(IrregularForm {
            form: c[0].to_owned(),
            pos: word(CuePos::from_name, c[1], "part of speech")?,
            lemma: c[2].to_owned(),
        })
    })?;
    Ok(())
}

/// Reads the actor tables of a directory into `sources`, beside what is there: `agents.tsv`, `codes.tsv`,
/// `offices.tsv`, `places.tsv`, any other `*.tsv` as names, and dictionaries of TABARI or PETRARCH (`*.actors`, `*.actors.txt`,
/// `*.agents`, `*.agents.txt`). Returns what those dictionaries have that could not be read; the rest of them is taken.
///
/// # Errors
///
/// When a table cannot be read, a line is wrong, or two of its rows contradict each other; the error names file, line
/// and column.
pub fn read_actors(directory: &Path, sources: &mut Sources) -> Result<Vec<Error>, Error> {
    let before = sources.actors.len() as u32;
    let mut loose = Vec::new();
    let rows = load_actors(directory, sources, &mut |fault| Err(fault), &mut |fault| loose.push(fault))?;
    let mut own = Actors::default();
    for number in (before..).take(rows.len()) {
        let aliases = sources.actors.aliases(number);
        own.add(&sources.actors.row(number), aliases).map_err(|e| Error::new(e.to_string()))?;
    }
    let refused = check(own, sources.offices.clone()).into_iter().find(|f| {
        // Dictionaries give one code for some days and another for the rest; the dated one counts.
        f.kind.refuses() && is_table(&rows[f.row as usize].0) && is_table(&rows[f.other as usize].0)
    });
    match refused {
        Some(finding) => Err(found(&rows, &finding)),
        None => Ok(loose),
    }
}

/// Looks through the actor tables of a directory: all lines that are wrong, rows that contradict each other, and what
/// is doubtful. Gaps between the holders of an office are left out unless `gaps`.
///
/// # Errors
///
/// When the directory cannot be read or has no table.
pub fn check_actors(directory: &Path, offices: Vec<OfficeRow>, gaps: bool) -> Result<ActorCheck, Error> {
    let mut sources = Sources { offices, ..Sources::default() };
    let faults = std::cell::RefCell::new(Vec::new());
    let rows = load_actors(
        directory,
        &mut sources,
        &mut |fault| {
            faults.borrow_mut().push(fault);
            Ok(())
        },
        &mut |fault| faults.borrow_mut().push(fault),
    )?;
    let mut out = ActorCheck { rows: rows.len(), faults: faults.into_inner(), doubts: Vec::new() };
    for pair in rows.windows(2).zip(0u32..) {
        let ([(file, _), (next, line)], number) = (pair.0, pair.1) else { continue };
        let key = |number| {
            let row = sources.actors.row(number);
            (row.name.to_owned(), row.from)
        };
        if file == next && is_table(file) && key(number) > key(number + 1) {
            let message = format!("unsorted: `{}` stands before it", key(number).0);
            out.doubts.push(Error::new(message).in_file(next).at_line(*line));
        }
    }
    for finding in check(sources.actors, sources.offices) {
        let table = is_table(&rows[finding.row as usize].0);
        match finding.kind {
            FindingKind::Gap if !gaps => {}
            kind if kind.refuses() && table => out.faults.push(found(&rows, &finding)),
            _ => out.doubts.push(found(&rows, &finding)),
        }
    }
    Ok(out)
}

/// What was found in a directory of actor tables.
#[derive(Debug)]
pub struct ActorCheck {
    /// How many periods of actors there are.
    pub rows: usize,
    /// Lines that cannot be taken.
    pub faults: Vec<Error>,
    /// Lines that a person should look at.
    pub doubts: Vec<Error>,
}

/// File and line of each row.
type Rows = Vec<(PathBuf, u64)>;

fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "tsv")
}

/// A finding as an error at its later row.
fn found(rows: &Rows, finding: &Finding) -> Error {
    let ((file, line), (other, before)) = (&rows[finding.row as usize], &rows[finding.other as usize]);
    let place = match file == other {
        true => format!("line {before}"),
        false => format!("{}:{before}", other.display()),
    };
    let message = format!("{}: {} (see {place})", finding.kind, finding.message);
    Error::new(message).in_file(file).at_line(*line)
}

/// Adds the tables of a directory; says of every row of the actors where it stands. Wrong lines of tables go to
/// `fault`, those of dictionaries to `loose`.
fn load_actors(
    directory: &Path,
    sources: &mut Sources,
    fault: &mut dyn FnMut(Error) -> Result<(), Error>,
    loose: &mut dyn FnMut(Error),
) -> Result<Rows, Error> {
    let paths = files(directory, |path| is_table(path) || petrarch::is_dictionary(path))?;
    if paths.is_empty() {
        return Err(Error::new("no *.tsv and no dictionary in this directory").in_file(directory));
    }
    let mut rows = Rows::new();
    for path in &paths {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        match name {
            "agents.tsv" => lines(path, &["noun", "sector", "kind", "note"], fault, |_, c| {
                sources.agents.push(AgentRow {
                    noun: c[0].to_owned(),
                    sector: if c[1] == "UNK" { String::new() } else { c[1].to_owned() },
                    kind: word(ActorKind::from_name, c[2], "kind")?,
                    weak: c[3].starts_with("weak"),
                });
                Ok(())
            })?,
            "offices.tsv" => lines(path, &["role", "countries", "office", "note"], fault, |_, c| {
                sources.offices.push(OfficeRow {
                    role: c[0].to_owned(),
                    countries: c[1].split_whitespace().map(str::to_owned).collect(),
                    office: c[2].to_owned(),
                    single: c[3].starts_with("one holder"),
                });
                Ok(())
            })?,
            "codes.tsv" => {
                let columns = ["country", "alpha2", "numeric", "fips", "cow", "gw", "capital"];
                lines(path, &columns, fault, |_, c| {
                    let [country, alpha2, numeric, fips, cow, gw, capital] =
                        std::array::from_fn(|at| c[at].to_owned());
                    sources.codes.push(CountryCodes { country, alpha2, numeric, fips, cow, gw, capital });
                    Ok(())
                })?;
            }
            "places.tsv" => read_places(path, sources)?,
            _ if is_table(path) => lines(path, &ActorRow::COLUMNS, fault, |line, c| {
                sources.actors.push(c).map_err(|e| e.to_string())?;
                rows.push((path.clone(), line));
                Ok(())
            })?,
            _ => {
                let text = read(path)?;
                let faults = match name.to_lowercase().contains("agents") {
                    true => petrarch::read_agents(path, &text, &mut sources.agents),
                    false => petrarch::read_actors(path, &text, &mut sources.actors, &mut |line| {
                        rows.push((path.clone(), line));
                    }),
                };
                faults.into_iter().for_each(&mut *loose);
            }
        }
    }
    Ok(rows)
}

/// Reads a table of places into `sources`, beside what is there: one of ours, or a dump of GeoNames.
///
/// # Errors
///
/// When the table cannot be read or a line is wrong; the error names file and line.
pub fn read_places(path: &Path, sources: &mut Sources) -> Result<(), Error> {
    let mut places = std::mem::take(&mut sources.places);
    let fail = |number: usize, cause: String| Error::new(cause).in_file(path).at_line(number as u64 + 1);
    let file = File::open(path).map_err(|e| Error::new(e.to_string()).in_file(path))?;
    // Line by line: the largest dump has more than a gigabyte.
    let mut lines = BufReader::new(file).lines().enumerate().peekable();
    if matches!(lines.peek(), Some((_, Ok(line))) if geonames::is_dump(line)) {
        for (number, line) in lines {
            let line = line.map_err(|e| fail(number, e.to_string()))?;
            geonames::push(&line, &mut places).map_err(|cause| fail(number, cause))?;
        }
    } else {
        table(path, &PLACE_COLUMNS, |c| places.push(c).map_err(|e| e.to_string()))?;
    }
    places.sort();
    sources.places = places;
    Ok(())
}

fn frames(text: &str) -> Vec<Frame> {
    text.split(',').filter(|f| !f.is_empty()).map(|f| Frame::from_name(f.trim())).collect()
}

/// The wanted files of a directory, sorted by name.
fn files(directory: &Path, wanted: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, Error> {
    let entries = fs::read_dir(directory).map_err(|e| Error::io("cannot read", e).in_file(directory))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| Error::io("cannot read", e).in_file(directory))?.path();
        if wanted(&path) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|e| Error::io("cannot read", e).in_file(path))
}

fn parse<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, Error> {
    let text = read(path)?;
    toml::from_str(&text).map_err(|e| {
        let line = e.span().map(|s| 1 + text[..s.start.min(text.len())].matches('\n').count() as u64);
        let error = Error::new(e.message().to_owned()).in_file(path);
        match line {
            Some(line) => error.at_line(line),
            None => error,
        }
    })
}

/// Reads a tab-separated table: comments, a header line, rows of exactly these columns.
fn table<T>(
    path: &Path,
    columns: &[&str],
    mut row: impl FnMut(&[&str]) -> Result<T, String>,
) -> Result<Vec<T>, Error> {
    let mut rows = Vec::new();
    lines(path, columns, &mut |fault| Err(fault), |_, cells| {
        rows.push(row(cells)?);
        Ok(())
    })?;
    Ok(rows)
}

/// The same, line by line with their numbers; a wrong line goes to `fault`, which says whether to read on.
fn lines(
    path: &Path,
    columns: &[&str],
    fault: &mut dyn FnMut(Error) -> Result<(), Error>,
    mut row: impl FnMut(u64, &[&str]) -> Result<(), String>,
) -> Result<(), Error> {
    let text = read(path)?;
    let mut header = false;
    for (number, line) in (1..).zip(text.lines()) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let wrong = match (header, cells.len() == columns.len()) {
            (false, _) if cells == columns => {
                header = true;
                continue;
            }
            (false, _) => Err(format!("the header should be: {}", columns.join(" "))),
            (true, false) => Err(format!("{} columns instead of {}", cells.len(), columns.len())),
            (true, true) => row(number, &cells),
        };
        if let Err(message) = wrong {
            fault(Error::new(message).in_file(path).at_line(number))?;
            // Without its header nothing is known of a table.
            if !header {
                break;
            }
        }
    }
    Ok(())
}

fn word<T>(find: impl Fn(&str) -> Option<T>, text: &str, what: &str) -> Result<T, String> {
    find(text).ok_or_else(|| format!("`{text}` is no {what}"))
}

fn named<T>(find: impl Fn(&str) -> Option<T>, text: &str, what: &str, path: &Path) -> Result<T, Error> {
    word(find, text, what).map_err(|message| Error::new(message).in_file(path))
}

/// Word classes by name.
#[derive(Default)]
struct Classes(BTreeMap<String, Vec<String>>);

impl Classes {
    /// A list with its `@class` members spelled out.
    fn expand(&self, words: &[String]) -> Result<Vec<String>, String> {
        let mut out = Vec::new();
        for word in words {
            match word.strip_prefix('@') {
                None => out.push(word.clone()),
                Some(name) => {
                    let class =
                        self.0.get(name).ok_or_else(|| format!("no class @{name} in classes.toml"))?;
                    out.extend(class.iter().cloned());
                }
            }
        }
        Ok(out)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    modes: Vec<String>,
    #[serde(default)]
    contexts: Vec<String>,
    cameo: Option<String>,
    actor: Option<Vec<String>>,
    recipient: Option<Vec<String>>,
    poss: Option<String>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    subject: Vec<String>,
    #[serde(default)]
    with: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    not: Vec<String>,
    #[serde(default)]
    complement: Vec<String>,
    #[serde(default)]
    act: Vec<String>,
    #[serde(default)]
    reciprocal: bool,
    #[serde(default)]
    requires: Vec<String>,
    #[serde(default)]
    negated: bool,
    polarity: Option<String>,
    reality: Option<String>,
    #[serde(default)]
    accepts: Vec<String>,
    #[serde(default)]
    rejects: Vec<String>,
}

impl RawRule {
    fn read(self, kind: EventType, classes: &Classes, path: &Path) -> Result<Rule, Error> {
        let id = self.id.clone();
        self.convert(kind, classes).map_err(|m| Error::new(format!("rule `{id}`: {m}")).in_file(path))
    }

    fn convert(self, kind: EventType, classes: &Classes) -> Result<Rule, String> {
        let modes = all(Mode::from_name, &self.modes, "PLOVER mode")?;
        if let Some(mode) = modes.iter().find(|m| kind.mode_score(**m).is_none()) {
            return Err(format!("{kind} has no mode `{mode}`"));
        }
        let possessor_suffers = match self.poss.as_deref() {
            None | Some("actor") => false,
            Some("recipient") => true,
            Some(other) => return Err(format!("`poss` is actor or recipient, not `{other}`")),
        };
        for need in &self.requires {
            if need != "actor" && need != "recipient" {
                return Err(format!("`requires` takes actor and recipient, not `{need}`"));
            }
        }
        let relations = |given: &Option<Vec<String>>, default: Relation| match given {
            None => vec![default],
            Some(list) => list.iter().map(|r| Relation::from_name(r)).collect(),
        };
        let with = self
            .with
            .iter()
            .map(|(preposition, lemmas)| {
                Ok(WordClassNeed { preposition: preposition.clone(), lemmas: classes.expand(lemmas)? })
            })
            .collect::<Result<_, String>>()?;
        Ok(Rule {
            name: format!("{}.{}", kind.as_str().to_lowercase(), self.id),
            kind,
            actor: relations(&self.actor, Relation::Subject),
            recipient: relations(&self.recipient, Relation::Object),
            verbs: classes.expand(&self.verbs)?,
            nouns: classes.expand(&self.nouns)?,
            adjectives: classes.expand(&self.adjectives)?,
            modes,
            contexts: all(Context::from_name, &self.contexts, "PLOVER context")?,
            cameo: self.cameo.as_deref().map(|c| word(Cameo::parse, c, "CAMEO code")).transpose()?,
            possessor_suffers,
            object: classes.expand(&self.object)?,
            subject: classes.expand(&self.subject)?,
            with,
            not: classes.expand(&self.not)?,
            complement: self.complement.iter().map(|c| Complement::from_name(c)).collect(),
            act: acts(&self.act)?,
            reciprocal: self.reciprocal,
            requires_actor: self.requires.iter().any(|r| r == "actor"),
            requires_recipient: self.requires.iter().any(|r| r == "recipient"),
            negated: self.negated,
            polarity: self
                .polarity
                .as_deref()
                .map(|p| word(Polarity::from_name, p, "polarity"))
                .transpose()?,
            reality: self.reality.as_deref().map(|r| word(Reality::from_name, r, "reality")).transpose()?,
            accepts: self.accepts,
            rejects: self.rejects,
        })
    }
}

fn all<T>(find: impl Fn(&str) -> Option<T> + Copy, texts: &[String], what: &str) -> Result<Vec<T>, String> {
    texts.iter().map(|t| word(find, t, what)).collect()
}

/// `TYPE` or `TYPE/mode`.
fn acts(texts: &[String]) -> Result<Vec<(EventType, Option<Mode>)>, String> {
    texts
        .iter()
        .map(|text| {
            let (kind, mode) = match text.split_once('/') {
                Some((kind, mode)) => (kind, Some(mode)),
                None => (text.as_str(), None),
            };
            let kind = word(EventType::from_name, kind, "PLOVER type")?;
            Ok((kind, mode.map(|m| word(Mode::from_name, m, "PLOVER mode")).transpose()?))
        })
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LightFile {
    #[serde(default)]
    light: Vec<RawSupport>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSupport {
    verbs: Vec<String>,
    subject: RawSubject,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawSubject {
    Actor,
    Recipient,
}

impl From<RawSupport> for Support {
    fn from(raw: RawSupport) -> Self {
        let subject = match raw.subject {
            RawSubject::Actor => SupportSubject::Actor,
            RawSubject::Recipient => SupportSubject::Recipient,
        };
        Self { verbs: raw.verbs, subject }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmbeddingFile {
    #[serde(default)]
    embedding: Vec<RawEmbedding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEmbedding {
    outer: String,
    inner: Vec<String>,
    #[serde(default)]
    contexts: Vec<String>,
    #[serde(default)]
    modes: Vec<String>,
    cameo: Option<String>,
    cameo_appeal: Option<String>,
}

impl RawEmbedding {
    fn read(self, path: &Path) -> Result<Embedding, Error> {
        let convert = || -> Result<Embedding, String> {
            let code = |text: &Option<String>| {
                text.as_deref().map(|c| word(Cameo::parse, c, "CAMEO code")).transpose()
            };
            Ok(Embedding {
                outer: word(EventType::from_name, &self.outer, "PLOVER type")?,
                inner: acts(&self.inner)?,
                contexts: all(Context::from_name, &self.contexts, "PLOVER context")?,
                modes: all(Mode::from_name, &self.modes, "PLOVER mode")?,
                cameo: code(&self.cameo)?,
                cameo_appeal: code(&self.cameo_appeal)?,
            })
        };
        convert().map_err(|m| Error::new(format!("embedding of {}: {m}", self.outer)).in_file(path))
    }
}
