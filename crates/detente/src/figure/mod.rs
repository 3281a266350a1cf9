//! Figures: quantities as the intervals that their words allow.
//!
//! [`numeral`] reads numbers with the words that bound them, [`unit`] knows measures and fates; here what is counted is
//! found, and figures for one quantity are put side by side.

pub(crate) mod numeral;
#[cfg(test)]
mod tests;
pub(crate) mod unit;

use crate::time::piece::{self, Line, Piece, Shape};
use crate::time::words::{Key, Number, Scale, Term, Unit};
use crate::{ActorId, Comparison, Compatibility, FigureId, Time};
use detente_text::{Deprel, Kind, Span, TokenId, Tree, Upos, Xpos, vocabulary};
use numeral::{Form, Quantity};
use unit::{Fate, Role};

vocabulary! {
    /// How a figure is bounded by its words.
    Bound {
        Exact = "exact",
        About = "about",
        AtLeast = "at-least",
        MoreThan = "more-than",
        AtMost = "at-most",
        LessThan = "less-than",
        Between = "between",
    }
}

/// A quantity with the interval that its words allow.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The words, modifiers included ("more than 100,000").
    pub span: Span,
    /// The number named, if one is.
    pub value: Option<f64>,
    /// Lower end of the closed interval; `None` when open.
    pub low: Option<f64>,
    /// Upper end of the closed interval; `None` when open.
    pub high: Option<f64>,
    /// How it is bounded.
    pub bound: Bound,
    /// What is counted, singular: "troop", "dead", "USD", "percent".
    pub unit: Option<String>,
    /// Whose.
    pub of: Option<ActorId>,
}

impl Figure {
    /// Whether both can hold: the intervals meet. "more than" and "less than" leave out their number.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let below = |a: &Self, b: &Self| match (a.high, b.low) {
            (Some(high), Some(low)) => {
                let open = a.bound == Bound::LessThan || b.bound == Bound::MoreThan;
                high > low || high == low && !open
            }
            _ => true,
        };
        below(self, other) && below(other, self)
    }
}

/// A figure with the words that say what it counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FoundFigure {
    /// Whose is still open.
    pub(crate) figure: Figure,
    /// The number itself, its last word.
    pub(crate) number: Option<TokenId>,
    /// The counted noun; the number itself where none is said.
    pub(crate) noun: Option<TokenId>,
    /// An earlier figure that this one probably speaks of again, by place in the list: "It is fewer than 20". The
    /// unit comes from there.
    pub(crate) echo: Option<usize>,
}

/// All figures of a document, in text order. Numbers inside `times` are none.
pub(crate) fn find(tree: &Tree<'_>, times: &[Time]) -> Vec<FoundFigure> {
    let document = tree.document();
    let parsed = tree.syntax().head.len() == document.tokens().len();
    let mut finder = Finder { tree, parsed, times, out: Vec::new(), sentence: 0, recent: Vec::new() };
    let mut pieces = Vec::new();
    for (n, sentence) in document.sentences().iter().enumerate() {
        if matches!(sentence.kind, Kind::Byline | Kind::Credit) {
            continue;
        }
        piece::cut(document.text(), sentence.span, &mut pieces);
        finder.sentence = n;
        finder.read(Line { text: document.text(), pieces: &pieces });
    }
    finder.out
}

/// Puts figures side by side that speak of one quantity: equal unit, equal owner, equal key of the caller.
pub(crate) fn compare(figures: &[(FigureId, &Figure, u64)]) -> Vec<Comparison> {
    let same = |a: &(FigureId, &Figure, u64), b: &(FigureId, &Figure, u64)| {
        a.2 == b.2 && a.1.of == b.1.of && a.1.unit == b.1.unit
    };
    let mut order: Vec<usize> = (0..figures.len()).collect();
    // Sorting brings equal quantities together in text order without comparing all with all.
    order.sort_by(|&a, &b| {
        let key = |i: usize| (figures[i].2, figures[i].1.of, figures[i].1.unit.as_deref());
        key(a).cmp(&key(b)).then(a.cmp(&b))
    });
    let mut out: Vec<(usize, Comparison)> = order
        .chunk_by(|&a, &b| same(&figures[a], &figures[b]))
        .filter(|group| group.len() > 1)
        .map(|group| {
            let (_, first, _) = figures[group[0]];
            let compatibility = if pairwise(group.iter().map(|&i| figures[i].1)) {
                Compatibility::Compatible
            } else {
                Compatibility::Conflicting
            };
            let comparison = Comparison {
                unit: first.unit.clone(),
                of: first.of,
                figures: group.iter().map(|&i| figures[i].0).collect(),
                compatibility,
            };
            (group[0], comparison)
        })
        .collect();
    out.sort_by_key(|&(first, _)| first);
    out.into_iter().map(|(_, comparison)| comparison).collect()
}

/// Whether all intervals meet pairwise. On a line that is so when the highest low end meets the lowest high end.
fn pairwise<'f>(figures: impl Iterator<Item = &'f Figure> + Clone) -> bool {
    let rank = |open: bool| u8::from(open);
    let low = figures.clone().filter(|f| f.low.is_some()).max_by(|a, b| {
        let end = |f: &Figure| f.low.unwrap_or(f64::NEG_INFINITY);
        end(a).total_cmp(&end(b)).then(rank(a.bound == Bound::MoreThan).cmp(&rank(b.bound == Bound::MoreThan)))
    });
    let high = figures.filter(|f| f.high.is_some()).min_by(|a, b| {
        let end = |f: &Figure| f.high.unwrap_or(f64::INFINITY);
        end(a).total_cmp(&end(b)).then(rank(b.bound == Bound::LessThan).cmp(&rank(a.bound == Bound::LessThan)))
    });
    match (low, high) {
        (Some(low), Some(high)) => low.meets(high),
        _ => true,
    }
}

/// How far, in sentences, a bare figure looks back for what it counts.
const REACH: usize = 4;

/// At how many children of one word it looks.
const WIDTH: usize = 48;

/// At how many figures it looks.
const RECENT: usize = 8;

/// Rival figures for one quantity rarely differ by more than this factor.
const LIKE: f64 = 5.0;

struct Finder<'r, 't> {
    tree: &'r Tree<'t>,
    parsed: bool,
    times: &'r [Time],
    out: Vec<FoundFigure>,
    sentence: usize,
    /// The figures whose unit a bare figure may take up, each with its sentence.
    recent: Vec<(usize, usize)>,
}

/// What a figure counts.
struct Counted {
    unit: Option<String>,
    noun: Option<TokenId>,
}

impl Finder<'_, '_> {
    fn read(&mut self, line: Line<'_>) {
        let mut i = 0;
        let mut floor = 0;
        while let Some(piece) = line.at(i) {
            if self.in_time(piece.span) {
                i += 1;
                continue;
            }
            match self.at(line, i, floor) {
                Some(next) => {
                    floor = next;
                    i = next.max(i + 1);
                }
                // The rest of a number that is no figure is none either.
                None => i = skipped(line, i),
            }
        }
    }

    fn in_time(&self, span: Span) -> bool {
        let at = self.times.partition_point(|t| t.span.end <= span.start);
        self.times.get(at).is_some_and(|t| t.span.overlaps(span))
    }

    /// Reads the figure that begins at `i`, if one does, and returns where it ends.
    fn at(&mut self, line: Line<'_>, i: usize, floor: usize) -> Option<usize> {
        if let Some((quantity, unit)) = share(line, i) {
            return self.push(line, quantity, i, quantity.next, Counted { unit: Some(unit.to_owned()), noun: None });
        }
        let mut quantity = match line.key(i) {
            Some(Key::A) if line.key(i + 1) == Some(Key::Single) => single(line, i)?,
            _ => numeral::quantity(line, i)?,
        };
        let span = |first: usize, next: usize| line.pieces[first].span.cover(line.pieces[next - 1].span);
        if self.in_time(span(quantity.number, quantity.end)) {
            return None;
        }
        let mut first = quantity.first.max(floor);
        // Money's sign stands before the number, inside the bounding words.
        let mut money = None;
        let mut sign = quantity.number;
        while sign > floor && let Some(unit) = line.at(sign - 1).and_then(|p| unit::sign(line, sign - 1, p)) {
            sign -= 1;
            money = money.or(Some(unit));
        }
        first = first.min(sign);
        if let Some(unit) = money {
            let next = magnitude(line, &mut quantity);
            let counted = Counted { unit: Some(unit.to_owned()), noun: self.token(line, quantity.number) };
            return self.push(line, quantity, first, next, counted);
        }
        if excluded(line, &quantity, first) || first == quantity.number && self.in_name(line, quantity.number) {
            return None;
        }
        if line.is(quantity.end, "m")
            && line.glued(quantity.end)
            && (unit::measure(line, quantity.end + 1).is_some() || following_noun(line, quantity.end + 1) == Some(quantity.end + 1))
        {
            // "120m barrels"
            quantity.next = magnitude(line, &mut quantity);
        }
        let hyphen = usize::from(line.at(quantity.end).is_some_and(|p| p.is_dash() && p.glued) && line.glued(quantity.end + 1));
        if let Some((unit, next)) = unit::measure(line, quantity.end + hyphen) {
            // "a two-year war", "24-hour ceasefire"
            if hyphen > 0 && matches!(line.term(quantity.end + 1), Term::Unit(..)) {
                return None;
            }
            // "at least 12 days", but "10 second graders", "100 quarter final"
            let counted = Counted { unit: Some(unit.to_owned()), noun: self.token(line, next - 1) };
            let next = next.max(quantity.next);
            return self.push(line, quantity, first, next, counted);
        }
        if hyphen > 0 {
            return self.hyphenated(line, quantity, first);
        }
        let counted = self.counted(line, &quantity);
        if counted.unit.is_none() && bare_is_nothing(line, &quantity) {
            return None;
        }
        self.push(line, quantity, first, quantity.next, counted)
    }

    /// Whether a number is a part of a name: "Nord Stream 2", "Normandy Four".
    fn in_name(&self, line: Line<'_>, i: usize) -> bool {
        let entities = &self.tree.syntax().entities;
        let Some(token) = self.token(line, i) else { return false };
        let at = entities.partition_point(|e| e.last <= token);
        entities.get(at).is_some_and(|e| e.first < token)
    }

    /// "130,000-strong army", "15-member council": only people in numbers.
    fn hyphenated(&mut self, line: Line<'_>, quantity: Quantity, first: usize) -> Option<usize> {
        let word = quantity.end + 1;
        let unit = match line.word(word) {
            "strong" => {
                let noun = word + 1;
                line.at(noun)?.is_word().then(|| unit::singular(line.word(noun)))?
            }
            "member" | "person" | "man" => "member".to_owned(),
            _ => return None,
        };
        let counted = Counted { unit: Some(unit), noun: self.token(line, word + 1) };
        self.push(line, quantity, first, quantity.end, counted)
    }

    fn push(&mut self, line: Line<'_>, quantity: Quantity, first: usize, next: usize, counted: Counted) -> Option<usize> {
        let span = line.pieces[first].span.cover(line.pieces[next.max(first + 1) - 1].span);
        let number = self.token(line, quantity.end - 1);
        let mut unit = counted.unit;
        let mut echo = None;
        if unit.is_none() {
            let size = quantity.value.or(quantity.high);
            let near = |&&(place, _): &&(usize, usize)| {
                let figure = &self.out[place].figure;
                figure.value.or(figure.high).zip(size).is_some_and(|(a, b)| a <= b * LIKE && b <= a * LIKE)
            };
            let reached = self.recent.iter().rev().take_while(|r| self.sentence - r.1 <= REACH).take(RECENT).find(near);
            if let Some(&(earlier, _)) = reached {
                echo = Some(self.out[earlier].echo.unwrap_or(earlier));
                unit.clone_from(&self.out[earlier].figure.unit);
            }
        }
        if unit.as_deref().is_some_and(|u| !is_measure(u)) {
            self.recent.push((self.out.len(), self.sentence));
        }
        self.out.push(FoundFigure {
            figure: Figure {
                span,
                value: quantity.value,
                low: quantity.low,
                high: quantity.high,
                bound: quantity.bound,
                unit,
                of: None,
            },
            number,
            noun: counted.noun.or(number),
            echo,
        });
        Some(next.max(quantity.next))
    }

    /// The token of a piece.
    fn token(&self, line: Line<'_>, i: usize) -> Option<TokenId> {
        let tokens = self.tree.document().tokens_in(line.at(i)?.span);
        (!tokens.is_empty()).then(|| TokenId(tokens.end - 1))
    }

    /// What a number counts: its noun, the verb around it, or the words before it.
    fn counted(&self, line: Line<'_>, quantity: &Quantity) -> Counted {
        let tree = if self.parsed { self.in_tree(line, quantity) } else { None };
        let (noun, named, fate) = match tree {
            Some(found) => found,
            None => {
                let place = following_noun(line, behind(quantity));
                let noun = place.and_then(|p| self.token(line, p));
                let named = place.map(|p| unit::singular(line.word(p)));
                (noun, named, fate_nearby(line, quantity, place))
            }
        };
        let named = named.map(|n| unit::money(&n).map_or(n, str::to_owned));
        let by_itself = named.as_deref().and_then(unit::noun);
        let toll = quantity.first > 1
            && line.is_any(quantity.first - 1, &["of", "to", "at"])
            && line.is(quantity.first - 2, "toll");
        let fate = if toll { Some(Fate::Dead) } else { by_itself.or(fate) };
        let fate = if fate.is_some() && together(line, quantity) { Some(Fate::Casualty) } else { fate };
        let unit = fate
            .map(|f| f.as_str().to_owned())
            .or(named)
            .or_else(|| introduced(line, quantity.first));
        Counted { unit, noun }
    }

    /// Noun, its name and its fate from the tree; none where the tree says nothing.
    #[allow(clippy::type_complexity)]
    fn in_tree(&self, line: Line<'_>, quantity: &Quantity) -> Option<(Option<TokenId>, Option<String>, Option<Fate>)> {
        let tree = self.tree;
        let last = self.token(line, quantity.end - 1)?;
        let first = self.token(line, quantity.first).unwrap_or(last);
        let inside = |t: TokenId| first <= t && t <= last;
        let mut top = last;
        while let Some(head) = tree.head(top).filter(|&h| inside(h)) {
            top = head;
        }
        let is_noun = |t: TokenId| matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Pron);
        let mut noun = None;
        let mut node = top;
        if let Some(head) = tree.head(top) {
            let counts = matches!(
                tree.deprel(top),
                Deprel::Nummod | Deprel::Amod | Deprel::Compound | Deprel::Det | Deprel::NmodUnmarked | Deprel::NmodDesc
            );
            let thing = matches!(tree.upos(head), Upos::Noun | Upos::Propn | Upos::Sym)
                || unit::noun(&tree.form(head).to_ascii_lowercase()).is_some();
            if counts && head > top && thing {
                noun = Some(head);
                node = head;
            }
        }
        // "58 of its soldiers", "dozens of people"
        if noun.is_none() {
            let of = |c: &TokenId| {
                tree.deprel(*c) == Deprel::Nmod
                    && *c > last
                    && tree.children(*c).any(|k| tree.deprel(k) == Deprel::Case && tree.form(k).eq_ignore_ascii_case("of"))
            };
            let mut words = (first.0..=last.0).map(TokenId);
            if let Some(child) = words.find_map(|w| tree.children(w).take(WIDTH).find(of)) {
                if tree.upos(child) != Upos::Pron {
                    noun = is_noun(child).then_some(child);
                } else if tree.form(child).eq_ignore_ascii_case("whom") || tree.form(child).eq_ignore_ascii_case("which") {
                    // "soldiers, dozens of whom": the noun that the clause hangs on.
                    let clause = tree.ancestors(top).find(|&a| tree.deprel(a) == Deprel::AclRelcl);
                    noun = clause.and_then(|c| tree.head(c));
                }
            }
        }
        if noun.is_none() && is_noun(top) && !inside_number(line, quantity, self.tree.document().span(top)) {
            noun = Some(top);
        }
        if noun.is_none()
            && let Some(place) = following_noun(line, behind(quantity)).filter(|&p| p <= behind(quantity) + 1)
        {
            // A plural noun is near, whatever the tree says.
            noun = self.token(line, place);
        }
        let fate = self.fate_in_tree(node).or_else(|| before(line, quantity)).or_else(|| {
            let place = noun.filter(|&n| n > last).map_or(quantity.end, |n| {
                let end = tree.document().span(n).end;
                line.pieces.partition_point(|p| p.span.end <= end)
            });
            adjective(line, place).or_else(|| adjective(line, quantity.end))
        });
        let named = noun.map(|n| self.name(n));
        if named.is_none() && fate.is_none() {
            return None;
        }
        Some((noun, named, fate))
    }

    /// The singular lemma of a counted noun.
    fn name(&self, noun: TokenId) -> String {
        let lemma = self.tree.lemma(noun);
        let form = self.tree.form(noun);
        let plural = matches!(self.tree.xpos(noun), Xpos::Nns | Xpos::Nnps);
        if plural && (lemma.eq_ignore_ascii_case(form) || form.ends_with("men")) || lemma == "person" || lemma.is_empty() {
            return unit::singular(if lemma == "person" { lemma } else { form });
        }
        let fate = unit::noun(&form.to_lowercase());
        // "MPs", "MiGs" keep their capitals.
        if form.chars().skip(1).any(char::is_uppercase) {
            return form.strip_suffix('s').unwrap_or(form).to_owned();
        }
        match fate {
            Some(_) => form.to_lowercase(),
            None if self.tree.upos(noun) == Upos::Propn => lemma.to_owned(),
            None => lemma.to_lowercase(),
        }
    }

    /// The fate that the verb over a counted phrase tells of it.
    fn fate_in_tree(&self, node: TokenId) -> Option<Fate> {
        let tree = self.tree;
        // "20 soldiers killed in the attack"
        let participle = tree.children(node).take(WIDTH).find_map(|c| match tree.deprel(c) {
            Deprel::Acl if tree.xpos(c) == Xpos::Vbn => unit::verb(tree.lemma(c)).filter(|v| v.1 == Role::Object),
            Deprel::AclRelcl => unit::verb(tree.lemma(c)),
            _ => None,
        });
        if let Some((fate, _)) = participle {
            return Some(fate);
        }
        let mut node = node;
        // "killed two men and a woman": the second of a pair has the relation of the first.
        for _ in 0..4 {
            match tree.head(node) {
                Some(head) if tree.deprel(node) == Deprel::Conj && tree.upos(head) != Upos::Verb => node = head,
                _ => break,
            }
        }
        let verb = tree.head(node)?;
        let adjective = tree.upos(verb) == Upos::Adj || tree.form(verb).eq_ignore_ascii_case("missing");
        if adjective && tree.deprel(node) == Deprel::Nsubj {
            // "are missing", "were injured"
            return unit::form(tree.form(verb)).map(|f| f.0);
        }
        let (fate, role) = unit::verb(tree.lemma(verb))?;
        let fits = match tree.deprel(node) {
            Deprel::NsubjPass | Deprel::Obj => role == Role::Object,
            Deprel::Nsubj => {
                role == Role::Subject
                    || tree.xpos(verb) == Xpos::Vbn && !tree.has(verb, Deprel::Obj) && tree.form(verb) != "have"
            }
            _ => false,
        };
        fits.then_some(fate)
    }
}

/// Whether the token of this span is a part of the number.
fn inside_number(line: Line<'_>, quantity: &Quantity, span: Span) -> bool {
    let number = line.pieces[quantity.number].span.cover(line.pieces[quantity.end - 1].span);
    number.overlaps(span)
}

/// Units that no bare figure takes up.
fn is_measure(unit: &str) -> bool {
    matches!(
        unit,
        "percent" | "percentage point" | "minute" | "hour" | "day" | "night" | "week" | "month" | "quarter" | "year" | "decade"
            | "century" | "second" | "km" | "m" | "cm" | "mm" | "mile" | "USD" | "EUR" | "GBP" | "fraction" | "degree" | "fortnight"
            | "weekend"
    )
}

/// Where to go on after a number that is no figure.
fn skipped(line: Line<'_>, i: usize) -> usize {
    let mut next = i + 1;
    if line.at(i).is_some_and(|p| matches!(p.shape, Shape::Digits { .. })) {
        while line.at(next).is_some_and(|p| p.glued && (matches!(p.shape, Shape::Digits { .. }) || p.is_dash() || p.is('.') || p.is('/') || p.is(':'))) {
            next += 1;
        }
    }
    next
}

/// "a third of", "two-thirds", "half of".
fn share(line: Line<'_>, i: usize) -> Option<(Quantity, &'static str)> {
    let plurals = [("thirds", 3.0), ("quarters", 4.0), ("fifths", 5.0), ("sixths", 6.0), ("tenths", 10.0)];
    let (value, next) = match line.term(i) {
        Term::Key(Key::A) | Term::Cardinal(1) => {
            let hyphen = usize::from(line.at(i + 1).is_some_and(|p| p.is_dash() && p.glued));
            let part = match line.term(i + 1 + hyphen) {
                Term::Ordinal(n @ (3 | 5 | 10)) => f64::from(n),
                Term::Unit(Unit::Quarter, Number::Singular) => 4.0,
                _ => return None,
            };
            (1.0 / part, i + 2 + hyphen)
        }
        Term::Cardinal(n) => {
            let hyphen = usize::from(line.at(i + 1).is_some_and(|p| p.is_dash() && p.glued));
            let &(_, part) = plurals.iter().find(|p| line.is(i + 1 + hyphen, p.0))?;
            (f64::from(n) / part, i + 2 + hyphen)
        }
        Term::Key(Key::Half) if i == 0 || line.key(i - 1) != Some(Key::A) => {
            let whole = line.key(i + 1) == Some(Key::Of) && line.key(i + 2) != Some(Key::Last) || line.key(i + 1) == Some(Key::The);
            if !whole || i > 0 && matches!(line.term(i - 1), Term::Ordinal(_)) {
                return None;
            }
            (0.5, i + 1)
        }
        _ => return None,
    };
    if line.key(next) != Some(Key::Of) && value != 0.5 {
        return None;
    }
    let quantity = Quantity {
        first: i,
        number: i,
        next,
        end: next,
        value: Some(value),
        low: Some(value),
        high: Some(value),
        bound: Bound::Exact,
        form: Form::Words,
    };
    Some((quantity, "fraction"))
}

/// "a single helicopter", but not "without a single helicopter".
fn single(line: Line<'_>, i: usize) -> Option<Quantity> {
    let denied = (i.saturating_sub(5)..i).any(|n| line.is_any(n, &["not", "no", "yet", "never", "without", "nor", "t"]));
    if denied {
        return None;
    }
    line.at(i + 2)?.is_word().then_some(Quantity {
        first: i,
        number: i,
        next: i + 2,
        end: i + 2,
        value: Some(1.0),
        low: Some(1.0),
        high: Some(1.0),
        bound: Bound::Exact,
        form: Form::Words,
    })
}

/// Money's magnitude may be one letter: "$20m", "€3B". Returns where the figure ends.
fn magnitude(line: Line<'_>, quantity: &mut Quantity) -> usize {
    let factor = match line.word(quantity.end) {
        "m" | "M" if line.glued(quantity.end) => Scale::Million.factor(),
        "b" | "B" if line.glued(quantity.end) => Scale::Billion.factor(),
        _ => return quantity.next,
    };
    for number in [&mut quantity.value, &mut quantity.low, &mut quantity.high] {
        *number = number.map(|n| n * factor);
    }
    quantity.end += 1;
    quantity.next.max(quantity.end)
}

/// Words before a number that make it a name: "Article 5", "Resolution 2202".
const DESIGNATORS: &[&str] = &[
    "act", "amendment", "article", "boeing", "airbus", "article", "bill", "brigade", "chapter", "channel", "class", "clause",
    "convention", "covid", "decree", "directive", "district", "division", "flight", "formula", "gate", "grade", "highway",
    "interstate", "law", "level", "line", "mark", "model", "no", "nos", "number", "numbers", "page", "pages", "paragraph",
    "phase", "platform", "point", "psalm", "regiment", "resolution", "resolutions", "road", "room", "route", "rule", "section",
    "season", "sector", "ship", "stage", "step", "stinger", "terminal", "tier", "title", "type", "unit", "verse", "version",
    "volume", "zone", "protocol", "annex", "apollo", "falcon", "unsc", "iphone", "windows", "track", "ward", "area",
];

/// Nouns that "two" and "three" point back to with "the": the parties, not a count.
const PARTIES: &[&str] = &[
    "sides", "countries", "parties", "leaders", "armies", "nations", "states", "governments", "presidents", "ministers",
    "neighbours", "neighbors", "men", "women", "forces", "powers", "capitals", "koreas", "allies", "rivals", "groups",
];

/// Numbers that count nothing.
fn excluded(line: Line<'_>, quantity: &Quantity, first: usize) -> bool {
    let start = quantity.number;
    let end = quantity.end;
    let Some(piece) = line.at(start) else { return true };
    let before = start.checked_sub(1).and_then(|b| line.at(b));
    let digits = matches!(piece.shape, Shape::Digits { .. });
    let word_before = start.checked_sub(1).filter(|&b| line.at(b).is_some_and(Piece::is_word));
    let bounded = first < start;
    // "T-72", "MH17", "Covid-19", "No.5", "12:30", "#3"
    if piece.glued
        && let Some(p) = before
        && !matches!(p.shape, Shape::Mark('(' | '[' | '"' | '“' | '‘' | '\'' | '«' | '~' | '—' | '–'))
    {
        return true;
    }
    if matches!(before.map(|p| p.shape), Some(Shape::Mark('#' | '№'))) {
        return true;
    }
    // "2nd", "F16s", "7-7", "3:1", "5/8", "192.168", "9/11"
    if let Some(after) = line.at(end).filter(|p| p.glued) {
        let suffix = digits && after.is_word() && unit::measure(line, end).is_none();
        let ratio = matches!(after.shape, Shape::Mark(':' | '/' | '.' | '-' | '–' | '’' | '\'')) && line.at(end + 1).is_some_and(|p| p.glued && matches!(p.shape, Shape::Digits { .. }));
        let model = after.is_dash() && line.glued(end + 1) && line.at(end + 1).is_some_and(|p| p.is_capital()) && line.word(end + 1).len() <= 2;
        if suffix || ratio || model {
            return true;
        }
    }
    // "No. 5", "Article 5"
    if let Some(b) = word_before
        && !bounded
        && (line.is_any(b, DESIGNATORS) && digits && !(line.is_any(b, &["number", "unit", "line", "level", "area"]) && !line.at(b).is_some_and(Piece::is_capital)))
    {
        return true;
    }
    if start > 1 && line.mark(start - 1, '.') && line.is_any(start - 2, &["no", "nos", "art", "sec", "para", "vol", "pp", "p"]) && digits {
        return true;
    }
    // "© 2022 Reuters", "a 2022 Reuters poll": four digits that no plural follows are a year.
    let year = piece.plain(4).is_some_and(|y| (1500..2100).contains(&y)) && end == start + 1;
    if matches!(before.map(|p| p.shape), Some(Shape::Mark('©'))) || year && !bounded && unit::measure(line, end).is_none() && following_noun(line, end).is_none() {
        return true;
    }
    // "Boeing 737", "Nord Stream 2": a name before and no noun behind
    if let Some(b) = word_before
        && digits
        && !bounded
        && b > 0
        && line.at(b).is_some_and(Piece::is_capital)
        && line.term(b) == Term::Other
        && following_noun(line, end).is_none_or(|n| n > end + 2)
        && unit::measure(line, end).is_none()
    {
        return true;
    }
    // Ages: ", 34,", "aged 34", "34-year-old", "children under 12"
    let small = quantity.value.is_some_and(|v| (1.0..=115.0).contains(&v));
    if small && !bounded {
        let comma_after = line.mark(end, ',') || line.mark(end, '.') && line.at(end + 1).is_none();
        let comma_before = before.is_some_and(|p| p.is(','));
        let person = start > 1 && line.at(start - 2).is_some_and(Piece::is_capital);
        if digits && comma_before && comma_after && person {
            return true;
        }
        if word_before.is_some_and(|b| line.is_any(b, &["aged", "age", "turned", "turns"])) {
            return true;
        }
    }
    if line.at(end).is_some_and(|p| p.is_dash() && p.glued) && line.is_any(end + 1, &["year", "month", "day", "week"]) {
        return true;
    }
    if small && line.is_any(first, &["under", "over", "below", "above"]) && first < start && following_noun(line, end).is_none() {
        return true;
    }
    // List numbers: "1.", "(2)"
    let opens = start == 0 || start == 1 && line.mark(0, '(');
    if opens && digits && (line.mark(end, ')') || line.mark(end, '.') && line.at(end + 1).is_some()) {
        return true;
    }
    if before.is_some_and(|p| p.is('(')) && line.mark(end, ')') && small && digits {
        return true;
    }
    // Addresses: "10 Downing Street"
    let street = ["street", "avenue", "road", "square", "lane", "boulevard", "drive", "st"];
    if digits && line.at(end).is_some_and(Piece::is_capital) && (end + 1..end + 4).any(|n| line.at(n).is_some_and(Piece::is_capital) && line.is_any(n, &street)) {
        return true;
    }
    // Ordinals and fractions in words: "one another", "one of", "one day"
    if quantity.value == Some(1.0) && !digits && !bounded && quantity.form == Form::Words && line.is(start, "one") {
        let apart = ["of", "another", "that", "who", "which", "day", "side", "by", "such", "more", "is", "was", "would", "can", "could", "might", "must", "should", "may", "knows", "party", "hand", "thing", "way", "could", "has", "had"];
        let nothing = line.at(end).is_none_or(|p| !p.is_word());
        let some = word_before.is_some_and(|b| line.is_any(b, &["no", "any", "every", "some", "each", "the", "this", "that", "which", "another", "at", "only", "square"]));
        return nothing || some || line.is_any(end, &apart);
    }
    // "the two sides"
    let pointed = word_before.is_some_and(|b| line.is_any(b, &["the", "these", "those", "both", "our", "their", "other"]));
    if pointed && !digits && quantity.value.is_some_and(|v| v <= 4.0) {
        return quantity.value == Some(2.0) || (end..end + 3).any(|n| line.is_any(n, PARTIES));
    }
    false
}

/// Whether a number that counts nothing known is not even a figure: a year, a number in words.
fn bare_is_nothing(line: Line<'_>, quantity: &Quantity) -> bool {
    let bounded = quantity.bound != Bound::Exact;
    if bounded {
        return false;
    }
    let Some(piece) = line.at(quantity.number) else { return true };
    if piece.plain(4).is_some_and(|y| (1500..2100).contains(&y)) && quantity.end == quantity.number + 1 {
        return true;
    }
    // "two", "ten" without a noun say too little.
    quantity.form == Form::Words && quantity.value.is_some_and(|v| v <= 12.0)
}

/// Words that end a noun phrase.
const STOPS: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did", "will", "would", "can",
    "could", "may", "might", "shall", "should", "must", "who", "which", "whom", "whose", "where", "when", "while", "because",
    "but", "if", "as", "than", "with", "without", "for", "against", "into", "near", "under", "out", "off", "up", "down",
    "including", "said", "says", "died", "fled", "killed", "it", "they", "he", "she", "we", "his", "her", "its", "their", "not",
    "no", "so", "about", "across", "along", "among", "outside", "inside", "toward", "towards", "per", "via", "also", "there",
    "still", "already", "left", "took", "went", "came", "returned", "began", "crossed", "took", "voted", "attended",
];

/// Plural nouns that do not end in s, and collective ones.
const PLURALS: &[&str] = &[
    "people", "men", "women", "children", "police", "policemen", "gunmen", "servicemen", "personnel", "aircraft", "dead",
    "wounded", "injured", "militia", "infantry", "cattle", "firemen", "fishermen", "crewmen", "missing", "staff", "sheep",
];

/// The counted noun behind a number, by its words alone: the last plural of a run of words that nothing ends.
fn following_noun(line: Line<'_>, end: usize) -> Option<usize> {
    let mut at = end;
    if line.key(at) == Some(Key::Of) {
        at += 1;
        while line.is_any(at, &["the", "its", "their", "his", "her", "our", "these", "those", "s"]) || line.is(at, "them") {
            if line.is(at, "them") {
                return None;
            }
            at += 1;
        }
    }
    let mut found = None;
    let mut word = None;
    for n in at..at + 5 {
        let Some(piece) = line.at(n) else { break };
        // Hyphens and abbreviations stand inside a phrase: "U.S. troops", "Afghan-based fighters".
        if piece.glued && (piece.is_dash() || piece.is('.')) && line.at(n + 1).is_some_and(|p| p.is_word() && (p.glued || n > at && line.word(n - 1).len() == 1)) {
            continue;
        }
        if !piece.is_word() || line.is_any(n, STOPS) || matches!(piece.term, Term::Key(_)) {
            break;
        }
        let text = line.word(n);
        let plural = PLURALS.contains(&text.to_ascii_lowercase().as_str())
            || text.len() > 3 && text.ends_with('s') && !text.ends_with("ss") && !text.ends_with("us");
        if plural {
            found = Some(n);
        }
        if unit::form(text).is_some() && !plural {
            break;
        }
        word = word.or(Some(n));
    }
    // "one man", "a single helicopter"
    let singular = end > 0 && (line.is(end - 1, "one") || line.key(end - 1) == Some(Key::Single));
    found.or(word.filter(|_| singular))
}

/// The fate that a word right behind a counted phrase tells: "12 dead", "12 people dead", "two soldiers missing".
fn adjective(line: Line<'_>, i: usize) -> Option<Fate> {
    let at = if line.key(i) == Some(Key::Of) { return None } else { i };
    let (fate, _) = unit::form(line.word(at))?;
    let ends = line.at(at + 1).is_none_or(|p| !p.is_capital());
    (ends
        && !line.is_any(at, &["kill", "kills", "killing", "hurt", "die", "wounds", "injures", "injuring", "wounding", "arresting", "detaining", "displacing"])
        && !line.is_any(at + 1, &["the", "a", "an", "at", "dozens", "several", "more", "two", "three"]))
    .then_some(fate)
}

/// The fate that a verb right before a number tells: "killed at least 12", "killing one man".
fn before(line: Line<'_>, quantity: &Quantity) -> Option<Fate> {
    match unit::form(line.word(quantity.first.checked_sub(1)?)) {
        Some((fate, Role::Object)) => Some(fate),
        _ => None,
    }
}

/// One past the words of a number that stand before what it counts: "20 or more" drones.
fn behind(quantity: &Quantity) -> usize {
    quantity.next.max(quantity.end)
}

/// The fate around a number, by the words alone.
fn fate_nearby(line: Line<'_>, quantity: &Quantity, noun: Option<usize>) -> Option<Fate> {
    if let Some(fate) = before(line, quantity) {
        return Some(fate);
    }
    let after = noun.map_or(quantity.end, |n| n + 1);
    if let Some(fate) = adjective(line, after).or_else(|| adjective(line, quantity.end)) {
        return Some(fate);
    }
    // "12 people were wounded", "12 had been killed"
    let mut passive = false;
    for n in after..after + 6 {
        if line.is_any(n, &["was", "were", "been", "be", "are", "is"]) {
            passive = true;
        } else if let Some((fate, role)) = unit::form(line.word(n)) {
            return (passive || role == Role::Subject).then_some(fate);
        } else if !line.is_any(n, &["have", "has", "had", "also", "reportedly", "may", "might", "could", "reported", "confirmed"])
            && !(noun.is_none() && n < after + 2)
        {
            break;
        }
    }
    None
}

/// "killed or wounded": one number for both.
fn together(line: Line<'_>, quantity: &Quantity) -> bool {
    let from = quantity.first.saturating_sub(4);
    (from..quantity.end + 10).any(|n| {
        line.key(n) == Some(Key::Or)
            && n > 0
            && matches!(unit::form(line.word(n - 1)), Some((Fate::Dead | Fate::Wounded, _)))
            && matches!(unit::form(line.word(n + 1)), Some((Fate::Dead | Fate::Wounded, _)))
    })
}

/// What words before a bare number say that it counts: "death toll rose to 12", "number of arrests had reached 1,758".
fn introduced(line: Line<'_>, first: usize) -> Option<String> {
    for n in (first.saturating_sub(12)..first).rev() {
        if line.mark(n, ';') {
            return None;
        }
        if line.is_any(n, &["toll", "deaths", "fatalities"]) {
            return Some(Fate::Dead.as_str().to_owned());
        }
        if line.is_any(n, &["number", "numbers"]) && line.key(n + 1) == Some(Key::Of) {
            let noun = following_noun(line, n + 2).filter(|&p| p < first)?;
            let name = unit::singular(line.word(noun));
            return Some(unit::noun(&name).map_or(name, |f| f.as_str().to_owned()));
        }
    }
    None
}
