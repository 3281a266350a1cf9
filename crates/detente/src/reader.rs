//! The one entry point: an article in, a reading out.

use crate::{
    Actor, ActorId, Article, Attribution, AttributionId, Cue, Error, FigureId, Knowledge, Note, NoteKind,
    Reading, Source,
    attribution::{self, Statement},
    claim, clause, coreference, event, figure,
    knowledge::Sources,
    mention, pair, place, time,
};
use detente_text::{Document, Model, Syntax, Tree};

/// Versions of everything that decides what a reading says: the same input and engine give the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engine {
    /// Version of the program.
    pub version: String,
    /// Short hash of the codebook and cues.
    pub codebook: String,
    /// Short hash of the actor tables.
    pub actors: String,
    /// Name and short hash of the weights.
    pub model: String,
}

/// Buffers that reading reuses from article to article. One a thread.
#[derive(Default)]
pub struct Scratch {
    text: detente_text::Scratch,
}

/// Reads articles. Shared by reference between threads.
pub struct Reader {
    model: Model,
    knowledge: Knowledge,
    engine: Engine,
}

impl Reader {
    /// A reader with the knowledge and weights that the crate carries.
    ///
    /// # Errors
    ///
    /// When they are damaged.
    #[cfg(feature = "bundled")]
    pub fn bundled() -> Result<Self, Error> {
        let mut sources = Sources::default();
        sources.decode_codebook(detente_data::CODEBOOK)?;
        sources.decode_actors(detente_data::ACTORS)?;
        sources.decode_places(detente_data::PLACES)?;
        let actors = hash_of_both(detente_data::ACTORS, detente_data::PLACES);
        let hashes = (short_hash(detente_data::CODEBOOK), actors);
        Self::new(detente_data::SYNTAX_EN, sources, hashes)
    }

    /// A reader with knowledge of the caller's, and the weights that the crate carries.
    ///
    /// # Errors
    ///
    /// When the weights are damaged.
    #[cfg(feature = "bundled")]
    pub fn with_knowledge(sources: Sources) -> Result<Self, Error> {
        let actors = hash_of_both(&sources.encode_actors(), &sources.encode_places());
        let hashes = (short_hash(&sources.encode_codebook()), actors);
        Self::new(detente_data::SYNTAX_EN, sources, hashes)
    }

    /// A reader with weights and knowledge of the caller's; `hashes` name the codebook and the actors in the output.
    ///
    /// # Errors
    ///
    /// When the weights are damaged.
    pub fn new(weights: &[u8], sources: Sources, hashes: (String, String)) -> Result<Self, Error> {
        let model = Model::decode(weights)?;
        let engine = Engine {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            codebook: hashes.0,
            actors: hashes.1,
            model: short_hash(weights),
        };
        Ok(Self { model, knowledge: Knowledge::new(sources), engine })
    }

    /// What decides the readings.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// What it knows.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Reads one article. Never fails; doubts become notes.
    pub fn read<'a>(&self, article: &'a Article, scratch: &mut Scratch) -> Reading<'a> {
        let (document, doubt) = article.document();
        let mut reading = self.read_document(article, document, scratch);
        if let Some(note) = doubt {
            reading.notes.insert(0, note);
            sort(&mut reading.notes);
        }
        reading
    }

    /// Reads one article whose sentences and tokens are settled: all that [`read`](Self::read) does after splitting.
    ///
    /// The document must be one of the article's body, since every span of the reading points into that. Each stage is
    /// a plain function that borrows what came before and returns its own layer.
    ///
    /// ```
    /// # #[cfg(feature = "bundled")] {
    /// use detente::{Article, Reader, Scratch, text::{Document, Span}};
    ///
    /// let article = Article::new("a1", "They can not leave.");
    /// let tokens = [(0, 4), (5, 8), (9, 12), (13, 18), (18, 19)].map(|(start, end)| Span::new(start, end));
    /// let document = Document::with_tokens(&article.body, &[tokens.to_vec()])?;
    /// let reading = Reader::bundled()?.read_document(&article, document, &mut Scratch::default());
    /// assert_eq!(reading.syntax.len(), 5);
    /// # }
    /// # Ok::<(), detente::Error>(())
    /// ```
    pub fn read_document<'a>(
        &self,
        article: &'a Article,
        document: Document<'a>,
        scratch: &mut Scratch,
    ) -> Reading<'a> {
        debug_assert!(document.text() == article.body, "a document of another text");
        let day = article.date();
        let mut notes = Vec::new();
        if day.is_none() {
            notes.push(Note {
                kind: NoteKind::Date,
                span: None,
                message: "no publication date: offices and relative times stay open".to_owned(),
            });
        }
        let syntax = self.parse(&document, scratch);
        let tree = Tree::new(&document, &syntax);

        let found = mention::find(&tree, &self.knowledge);
        let statements = attribution::find(&tree, &self.knowledge.cues, &self.knowledge.symbols);
        let settled = place::settle(&tree, &found, &self.knowledge);
        let resolved = coreference::resolve(&tree, &found, &settled, &statements, &self.knowledge, day);
        notes.extend(resolved.notes);
        notes.extend(place::doubts(&document, &settled));
        let places =
            place::find(&tree, &found, &settled, &resolved.mentions, &resolved.actors, &self.knowledge);
        let times = time::find(&tree, day, &mut notes);
        let index = event::MentionIndex::new(&resolved.mentions);
        let (figures, counted) = figures(&tree, &index, &times);
        let attributions = attributions(&tree, statements, &index, &resolved.actors);

        let surroundings = event::Surroundings {
            tree: &tree,
            knowledge: &self.knowledge,
            mentions: &index,
            actors: &resolved.actors,
            attributions: &attributions,
            times: &times,
            places: &places,
            figures: &counted,
            day,
        };
        let acts = event::acts(&tree, &self.knowledge, &index);
        let events = share_figures(event::events(&surroundings, &acts), &figures);
        let claims = claim::claims(&claim::Layers {
            tree: &tree,
            mentions: &resolved.mentions,
            actors: &resolved.actors,
            attributions: &attributions,
            events: &events,
        });
        let comparisons = compare(&figures, &events);
        let pairs =
            article.pairs.iter().map(|&query| pair::answer(&surroundings, &acts, &events, query)).collect();
        sort(&mut notes);

        Reading {
            article,
            mentions: resolved.mentions,
            actors: resolved.actors,
            places,
            times,
            figures,
            attributions,
            events,
            claims,
            comparisons,
            pairs,
            notes,
            syntax,
            document,
        }
    }

    /// Tags, lemmas, trees and names alone.
    ///
    /// The document may be split by [`Document::split`], or given with [`Document::with_tokens`].
    pub fn parse(&self, document: &Document<'_>, scratch: &mut Scratch) -> Syntax {
        detente_text::parse(&self.model, document, &mut scratch.text)
    }
}

/// Notes by position.
fn sort(notes: &mut [Note]) {
    notes.sort_by_key(|n| (n.span.map_or(0, |s| s.start), n.kind));
}

/// Statements with the actors behind their sources.
fn attributions(
    tree: &Tree<'_>,
    statements: Vec<Statement>,
    mentions: &event::MentionIndex<'_>,
    actors: &[Actor],
) -> Vec<Attribution> {
    let behind = |head| {
        // "Russian chess legend and politician Garry Kasparov": of nouns that are joined, those that are somebody.
        let own: Vec<_> = clause::joined(tree, head).flat_map(|t| mentions.at(t).iter().copied()).collect();
        let all = if own.is_empty() { mentions.named(tree, head) } else { own };
        let mut found: Vec<ActorId> = Vec::new();
        for actor in all.into_iter().filter_map(|mention| mentions.get(mention).actor) {
            let party = |id: ActorId| actors[id.index()].party.as_str();
            // Who speaks as one is one source.
            if !found.iter().any(|&known| known == actor || party(known) == party(actor)) {
                found.push(actor);
            }
        }
        found
    };
    statements
        .into_iter()
        .map(|s| {
            let mut actors = s.source.map(|(head, _)| behind(head)).unwrap_or_default().into_iter();
            Attribution {
                sentence: s.sentence,
                source: s.source.map(|(_, span)| Source { span, actor: actors.next() }),
                with: actors.collect(),
                cue: s.cue.map(|(_, span, lemma)| Cue { span, lemma }),
                content: s.content,
                style: s.style,
                stance: s.stance,
                silent: s.silent,
                parent: s.parent.map(AttributionId::at),
            }
        })
        .collect()
}

/// Figures with the actor whose they are, and the tokens that they count.
fn figures(
    tree: &Tree<'_>,
    mentions: &event::MentionIndex<'_>,
    times: &[crate::Time],
) -> (Vec<crate::Figure>, Vec<(FigureId, detente_text::TokenId)>) {
    let mut figures = Vec::new();
    let mut counted = Vec::new();
    for found in figure::find(tree, times) {
        let mut figure = found.figure;
        if let Some(noun) = found.noun {
            counted.push((FigureId::at(figures.len()), noun));
            figure.of = mentions.named(tree, noun).first().and_then(|&m| mentions.get(m).actor);
        }
        // "It is fewer than 20" repeats an earlier quantity.
        if let Some(earlier) = found.echo.and_then(|index: usize| figures.get(index)) {
            let earlier: &crate::Figure = earlier;
            figure.of = figure.of.or(earlier.of);
        }
        figures.push(figure);
    }
    (figures, counted)
}

/// Figures of one quantity side by side: same unit, same owner, same type of act where they have one.
///
/// What is known of neither owner nor act is not one quantity; money, shares and measures need both, since a text is
/// full of them.
fn compare(figures: &[crate::Figure], events: &[crate::Event]) -> Vec<crate::Comparison> {
    const MEASURES: [&str; 20] = [
        "USD", "EUR", "GBP", "RUB", "percent", "fraction", "second", "minute", "hour", "day", "week",
        "month", "year", "km", "m", "mile", "kg", "ton", "tonne", "country",
    ];
    let mut acts = vec![0; figures.len()];
    for event in events {
        for figure in &event.figures {
            acts[figure.index()] = 1 + event.kind as u64;
        }
    }
    let told = |figure: &crate::Figure, act: u64| match &figure.unit {
        None => false,
        Some(unit) if MEASURES.contains(&unit.as_str()) => figure.of.is_some() && act > 0,
        Some(_) => figure.of.is_some() || act > 0,
    };
    let keyed: Vec<(FigureId, &crate::Figure, u64)> = figures
        .iter()
        .enumerate()
        .filter(|&(i, figure)| told(figure, acts[i]))
        .map(|(i, figure)| (FigureId::at(i), figure, acts[i]))
        .collect();
    figure::compare(&keyed)
}

/// Events with the figures of their quantity: a number whose own words evoke no act ("after massing 130,000 troops")
/// belongs to the act of the number nearest to it that has the same owner and unit.
fn share_figures(mut events: Vec<crate::Event>, figures: &[crate::Figure]) -> Vec<crate::Event> {
    let mut owner: Vec<Option<usize>> = vec![None; figures.len()];
    for (index, event) in events.iter().enumerate() {
        for figure in &event.figures {
            owner[figure.index()].get_or_insert(index);
        }
    }
    for i in (0..figures.len()).filter(|&i| owner[i].is_none() && figures[i].of.is_some()) {
        let same = |&j: &usize| {
            owner[j].is_some() && figures[j].of == figures[i].of && figures[j].unit == figures[i].unit
        };
        // A bounded neighbourhood keeps time linear in the length of the text.
        let near = i.saturating_sub(64)..(i + 64).min(figures.len());
        let nearest = near.filter(same).min_by_key(|j| j.abs_diff(i));
        if let Some(event) = nearest.and_then(|j| owner[j]) {
            events[event].figures.push(FigureId::at(i));
            events[event].figures.sort_unstable();
        }
    }
    events
}

/// Eight hexadecimal digits: enough to tell versions apart.
fn short_hash(bytes: &[u8]) -> String {
    format!("{:08x}", detente_text::fingerprint(bytes) >> 32)
}

fn hash_of_both(one: &[u8], other: &[u8]) -> String {
    format!(
        "{:08x}",
        (detente_text::fingerprint(one) ^ detente_text::fingerprint(other).rotate_left(1)) >> 32
    )
}
