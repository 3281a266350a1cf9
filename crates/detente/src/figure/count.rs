//! What numbers count.

use super::numeral::{self, Form, Quantity};
use super::unit::{self, Fate, Role};
use super::{Bound, Figure, FoundFigure};
use super::{noise, noun};
use crate::Time;
use crate::time::piece::{self, Line, Shape};
use crate::time::words::{Key, Number, Scale, Term, Unit};
use detente_text::{Deprel, Kind, Span, TokenId, Tree, Upos, Xpos};

/// All figures of a document, in text order.
pub(super) fn find(tree: &Tree<'_>, times: &[Time]) -> Vec<FoundFigure> {
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
            return self.push(
                line,
                quantity,
                i,
                quantity.next,
                Counted { unit: Some(unit.to_owned()), noun: None },
            );
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
        while sign > floor
            && let Some(unit) = line.at(sign - 1).and_then(|p| unit::sign(line, sign - 1, p))
        {
            sign -= 1;
            money = money.or(Some(unit));
        }
        first = first.min(sign);
        if let Some(unit) = money {
            let next = magnitude(line, &mut quantity);
            let counted = Counted { unit: Some(unit.to_owned()), noun: self.token(line, quantity.number) };
            return self.push(line, quantity, first, next, counted);
        }
        if noise::excluded(line, &quantity, first)
            || first == quantity.number && self.in_name(line, quantity.number)
        {
            return None;
        }
        if line.is(quantity.end, "m")
            && line.glued(quantity.end)
            && (unit::measure(line, quantity.end + 1).is_some()
                || noun::following_noun(line, quantity.end + 1) == Some(quantity.end + 1))
        {
            // "120m barrels"
            quantity.next = magnitude(line, &mut quantity);
        }
        let hyphen = usize::from(
            line.at(quantity.end).is_some_and(|p| p.is_dash() && p.glued) && line.glued(quantity.end + 1),
        );
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
        if counted.unit.is_none() && noise::bare_is_nothing(line, &quantity) {
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

    fn push(
        &mut self,
        line: Line<'_>,
        quantity: Quantity,
        first: usize,
        next: usize,
        counted: Counted,
    ) -> Option<usize> {
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
            let reached =
                self.recent.iter().rev().take_while(|r| self.sentence - r.1 <= REACH).take(RECENT).find(near);
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
                let place = noun::following_noun(line, noun::behind(quantity));
                let noun = place.and_then(|p| self.token(line, p));
                let named = place.map(|p| unit::singular(line.word(p)));
                (noun, named, noun::fate_nearby(line, quantity, place))
            }
        };
        let named = named.map(|n| unit::money(&n).map_or(n, str::to_owned));
        let by_itself = named.as_deref().and_then(unit::noun);
        let toll = quantity.first > 1
            && line.is_any(quantity.first - 1, &["of", "to", "at"])
            && line.is(quantity.first - 2, "toll");
        let fate = if toll { Some(Fate::Dead) } else { by_itself.or(fate) };
        let fate = if fate.is_some() && noun::together(line, quantity) { Some(Fate::Casualty) } else { fate };
        let unit =
            fate.map(|f| f.as_str().to_owned()).or(named).or_else(|| noun::introduced(line, quantity.first));
        Counted { unit, noun }
    }

    /// Noun, its name and its fate from the tree; none where the tree says nothing.
    #[allow(clippy::type_complexity)]
    fn in_tree(
        &self,
        line: Line<'_>,
        quantity: &Quantity,
    ) -> Option<(Option<TokenId>, Option<String>, Option<Fate>)> {
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
                Deprel::Nummod
                    | Deprel::Amod
                    | Deprel::Compound
                    | Deprel::Det
                    | Deprel::NmodUnmarked
                    | Deprel::NmodDesc
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
                    && tree
                        .children(*c)
                        .any(|k| tree.deprel(k) == Deprel::Case && tree.form(k).eq_ignore_ascii_case("of"))
            };
            let mut words = (first.0..=last.0).map(TokenId);
            if let Some(child) = words.find_map(|w| tree.children(w).take(WIDTH).find(of)) {
                if tree.upos(child) != Upos::Pron {
                    noun = is_noun(child).then_some(child);
                } else if tree.form(child).eq_ignore_ascii_case("whom")
                    || tree.form(child).eq_ignore_ascii_case("which")
                {
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
            && let Some(place) = noun::following_noun(line, noun::behind(quantity))
                .filter(|&p| p <= noun::behind(quantity) + 3)
        {
            // A plural noun is near, whatever the tree says.
            noun = self.token(line, place);
        }
        let fate = self.fate_in_tree(node).or_else(|| noun::before(line, quantity)).or_else(|| {
            let place = noun.filter(|&n| n > last).map_or(quantity.end, |n| {
                let end = tree.document().span(n).end;
                line.pieces.partition_point(|p| p.span.end <= end)
            });
            noun::adjective(line, place).or_else(|| noun::adjective(line, quantity.end))
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
        if plural && (lemma.eq_ignore_ascii_case(form) || form.ends_with("men"))
            || lemma == "person"
            || lemma.is_empty()
        {
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
            Deprel::Acl if tree.xpos(c) == Xpos::Vbn => {
                unit::verb(tree.lemma(c)).filter(|v| v.1 == Role::Object)
            }
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
                Some(head) if tree.deprel(node) == Deprel::Conj && tree.upos(head) != Upos::Verb => {
                    node = head
                }
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
                    || tree.xpos(verb) == Xpos::Vbn
                        && !tree.has(verb, Deprel::Obj)
                        && tree.form(verb) != "have"
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
        "percent"
            | "percentage point"
            | "minute"
            | "hour"
            | "day"
            | "night"
            | "week"
            | "month"
            | "quarter"
            | "year"
            | "decade"
            | "century"
            | "second"
            | "km"
            | "m"
            | "cm"
            | "mm"
            | "mile"
            | "USD"
            | "EUR"
            | "GBP"
            | "fraction"
            | "degree"
            | "fortnight"
            | "weekend"
    )
}

/// Where to go on after a number that is no figure.
fn skipped(line: Line<'_>, i: usize) -> usize {
    let mut next = i + 1;
    if line.at(i).is_some_and(|p| matches!(p.shape, Shape::Digits { .. })) {
        while line.at(next).is_some_and(|p| {
            p.glued
                && (matches!(p.shape, Shape::Digits { .. })
                    || p.is_dash()
                    || p.is('.')
                    || p.is('/')
                    || p.is(':'))
        }) {
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
            let whole = line.key(i + 1) == Some(Key::Of) && line.key(i + 2) != Some(Key::Last)
                || line.key(i + 1) == Some(Key::The);
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
    let denied = (i.saturating_sub(5)..i)
        .any(|n| line.is_any(n, &["not", "no", "yet", "never", "without", "nor", "t"]));
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
