//! Walking the trees: heads, children, subtrees.

use crate::{Deprel, Document, Sentence, Span, Syntax, TokenId, Upos, Xpos};

/// A document's trees, with the children of every token at hand.
///
/// Built once a document, in linear time; every question about structure is asked here.
#[derive(Clone, Debug)]
pub struct Tree<'r> {
    document: &'r Document<'r>,
    syntax: &'r Syntax,
    child_start: Vec<u32>,
    child: Vec<TokenId>,
    /// When a walk of the whole tree enters and leaves each token: a token is below another when its interval lies
    /// in the other's.
    entered: Vec<u32>,
    left: Vec<u32>,
}

/// The children of one token, in text order.
pub type Children<'t> = std::iter::Copied<std::slice::Iter<'t, TokenId>>;

impl<'r> Tree<'r> {
    /// The trees of a parsed document.
    pub fn new(document: &'r Document<'r>, syntax: &'r Syntax) -> Self {
        let n = syntax.head.len();
        let mut child_start = vec![0u32; n + 1];
        let is_child = |t: usize| syntax.head[t].index() != t;
        for t in (0..n).filter(|&t| is_child(t)) {
            child_start[syntax.head[t].index() + 1] += 1;
        }
        for t in 0..n {
            child_start[t + 1] += child_start[t];
        }
        let mut next = child_start.clone();
        let mut child = vec![TokenId(0); child_start[n] as usize];
        for t in (0..n).filter(|&t| is_child(t)) {
            let slot = &mut next[syntax.head[t].index()];
            child[*slot as usize] = TokenId::at(t);
            *slot += 1;
        }
        let (entered, left) = intervals(syntax, &child_start, &child);
        Self { document, syntax, child_start, child, entered, left }
    }

    /// The document.
    pub fn document(&self) -> &'r Document<'r> {
        self.document
    }

    /// The columns.
    pub fn syntax(&self) -> &'r Syntax {
        self.syntax
    }

    /// The words of a token.
    pub fn form(&self, token: TokenId) -> &'r str {
        self.document.token(token)
    }

    /// The lemma of a token.
    pub fn lemma(&self, token: TokenId) -> &'r str {
        self.syntax.lemma(token)
    }

    /// Part of speech.
    pub fn upos(&self, token: TokenId) -> Upos {
        self.syntax.upos[token.index()]
    }

    /// Penn tag.
    pub fn xpos(&self, token: TokenId) -> Xpos {
        self.syntax.xpos[token.index()]
    }

    /// Relation to the head.
    pub fn deprel(&self, token: TokenId) -> Deprel {
        self.syntax.deprel[token.index()]
    }

    /// The head; none at a root.
    pub fn head(&self, token: TokenId) -> Option<TokenId> {
        let head = self.syntax.head[token.index()];
        (head != token).then_some(head)
    }

    /// The children, in text order.
    pub fn children(&self, token: TokenId) -> Children<'_> {
        let range = self.child_start[token.index()] as usize..self.child_start[token.index() + 1] as usize;
        self.child[range].iter().copied()
    }

    /// The first child with this relation.
    pub fn child(&self, token: TokenId, deprel: Deprel) -> Option<TokenId> {
        self.children(token).find(|&c| self.deprel(c) == deprel)
    }

    /// Whether a child has this relation.
    pub fn has(&self, token: TokenId, deprel: Deprel) -> bool {
        self.child(token, deprel).is_some()
    }

    /// Whether `token` stands below `ancestor`, or is it.
    pub fn is_below(&self, token: TokenId, ancestor: TokenId) -> bool {
        let (token, ancestor) = (token.index(), ancestor.index());
        self.entered[ancestor] <= self.entered[token] && self.left[token] <= self.left[ancestor]
    }

    /// The heads above a token, nearest first.
    pub fn ancestors(&self, token: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        std::iter::successors(self.head(token), |&t| self.head(t))
    }

    /// The root of a sentence.
    pub fn root(&self, sentence: Sentence) -> Option<TokenId> {
        sentence.tokens().find(|&t| self.head(t).is_none())
    }

    /// Calls `visit` for a token and everything below it for which `enter` holds, parents before children.
    pub fn walk(
        &self,
        token: TokenId,
        enter: &mut dyn FnMut(TokenId) -> bool,
        visit: &mut dyn FnMut(TokenId),
    ) {
        let mut stack = vec![token];
        while let Some(t) = stack.pop() {
            visit(t);
            stack.extend(self.children(t).rev().filter(|&c| enter(c)));
        }
    }

    /// First and last token of the subtree of a token, both included, leaving out the branches that `enter` refuses.
    pub fn extent(&self, token: TokenId, enter: &mut dyn FnMut(TokenId) -> bool) -> (TokenId, TokenId) {
        let (mut first, mut last) = (token, token);
        self.walk(token, enter, &mut |t| {
            first = first.min(t);
            last = last.max(t);
        });
        (first, last)
    }

    /// The bytes from the first to the last token, both included.
    pub fn span(&self, (first, last): (TokenId, TokenId)) -> Span {
        self.document.span(first).cover(self.document.span(last))
    }
}

/// Walks all trees once and notes when each token is entered and left.
fn intervals(syntax: &Syntax, child_start: &[u32], child: &[TokenId]) -> (Vec<u32>, Vec<u32>) {
    let n = syntax.head.len();
    let (mut entered, mut left) = (vec![0; n], vec![0; n]);
    let mut clock = 0;
    let mut stack: Vec<(usize, u32)> = Vec::new();
    for root in (0..n).filter(|&t| syntax.head[t].index() == t) {
        entered[root] = clock;
        clock += 1;
        stack.push((root, child_start[root]));
        while let Some((token, next)) = stack.last_mut() {
            if *next < child_start[*token + 1] {
                let below = child[*next as usize].index();
                *next += 1;
                entered[below] = clock;
                clock += 1;
                stack.push((below, child_start[below]));
            } else {
                left[*token] = clock;
                clock += 1;
                stack.pop();
            }
        }
    }
    (entered, left)
}
