//! Syntax: columns parallel to a document's tokens.

use std::sync::Arc;

use crate::TokenId;

vocabulary! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ",
        Adp = "ADP",
        Adv = "ADV",
        Aux = "AUX",
        Cconj = "CCONJ",
        Det = "DET",
        Intj = "INTJ",
        Noun = "NOUN",
        Num = "NUM",
        Part = "PART",
        Pron = "PRON",
        Propn = "PROPN",
        Punct = "PUNCT",
        Sconj = "SCONJ",
        Sym = "SYM",
        Verb = "VERB",
        X = "X",
    }
}

vocabulary! {
    /// Penn Treebank tag, as UD English EWT writes it.
    Xpos {
        Nn = "NN",
        In = "IN",
        Dt = "DT",
        Nnp = "NNP",
        Jj = "JJ",
        Prp = "PRP",
        Rb = "RB",
        Stop = ".",
        Nns = "NNS",
        Comma = ",",
        Vb = "VB",
        Cc = "CC",
        Vbd = "VBD",
        Vbp = "VBP",
        Vbz = "VBZ",
        Cd = "CD",
        Vbn = "VBN",
        Vbg = "VBG",
        To = "TO",
        PrpPoss = "PRP$",
        Md = "MD",
        Rrb = "-RRB-",
        Lrb = "-LRB-",
        Colon = ":",
        Wdt = "WDT",
        Wrb = "WRB",
        Uh = "UH",
        OpenQuote = "``",
        Hyph = "HYPH",
        CloseQuote = "''",
        Wp = "WP",
        Pos = "POS",
        Rp = "RP",
        Nnps = "NNPS",
        Jjr = "JJR",
        Jjs = "JJS",
        Ex = "EX",
        Rbr = "RBR",
        Sym = "SYM",
        Nfp = "NFP",
        Fw = "FW",
        Dollar = "$",
        Gw = "GW",
        Add = "ADD",
        Pdt = "PDT",
        Rbs = "RBS",
        Ls = "LS",
        Afx = "AFX",
        WpPoss = "WP$",
    }
}

vocabulary! {
    /// Universal Dependencies relation to the head, with the subtypes of UD English.
    Deprel {
        Acl = "acl",
        AclRelcl = "acl:relcl",
        Advcl = "advcl",
        AdvclRelcl = "advcl:relcl",
        Advmod = "advmod",
        Amod = "amod",
        Appos = "appos",
        Aux = "aux",
        AuxPass = "aux:pass",
        Case = "case",
        Cc = "cc",
        CcPreconj = "cc:preconj",
        Ccomp = "ccomp",
        Compound = "compound",
        CompoundPrt = "compound:prt",
        Conj = "conj",
        Cop = "cop",
        Csubj = "csubj",
        CsubjOuter = "csubj:outer",
        CsubjPass = "csubj:pass",
        Dep = "dep",
        Det = "det",
        DetPredet = "det:predet",
        Discourse = "discourse",
        Dislocated = "dislocated",
        Expl = "expl",
        Fixed = "fixed",
        Flat = "flat",
        Goeswith = "goeswith",
        Iobj = "iobj",
        List = "list",
        Mark = "mark",
        Nmod = "nmod",
        NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss",
        NmodUnmarked = "nmod:unmarked",
        Nsubj = "nsubj",
        NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass",
        Nummod = "nummod",
        Obj = "obj",
        Obl = "obl",
        OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked",
        Orphan = "orphan",
        Parataxis = "parataxis",
        Punct = "punct",
        Reparandum = "reparandum",
        Root = "root",
        Vocative = "vocative",
        Xcomp = "xcomp",
    }
}

impl Deprel {
    /// The relation without its subtype: `nsubj:pass` counts as `nsubj`.
    pub fn base(self) -> Self {
        let text = self.as_str();
        text.split_once(':').and_then(|(base, _)| Self::from_name(base)).unwrap_or(self)
    }
}

vocabulary! {
    /// What a name names.
    EntityKind {
        Person = "PER",
        Organization = "ORG",
        Location = "LOC",
    }
}

/// What the model found, one entry a token in each column.
///
/// Heads are token ids; a root is its own head. Every sentence has exactly one root, and following heads from any
/// token reaches it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Syntax {
    /// Universal part of speech.
    pub upos: Vec<Upos>,
    /// Penn tag.
    pub xpos: Vec<Xpos>,
    /// Head; the token itself at the root.
    pub head: Vec<TokenId>,
    /// Relation to the head.
    pub deprel: Vec<Deprel>,
    /// Names: ordered, not overlapping, each within one sentence.
    pub entities: Vec<Entity>,
    feats: Vec<u16>,
    feats_set: Arc<[Box<str>]>,
    lemma_text: String,
    lemma_end: Vec<u32>,
}

/// A name: the half-open range of its tokens and what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity {
    /// First token.
    pub first: TokenId,
    /// One past the last token.
    pub last: TokenId,
    /// What it names.
    pub kind: EntityKind,
}

impl Syntax {
    /// Room for the features of `n` tokens, each a place in `set`.
    pub(crate) fn with_feats(n: usize, set: &Arc<[Box<str>]>) -> Self {
        Self { feats: vec![0; n], feats_set: Arc::clone(set), ..Self::default() }
    }

    pub(crate) fn set_feats(&mut self, token: usize, place: u16) {
        self.feats[token] = place;
    }

    /// The morphological features of a token as UD writes them, such as `Mood=Ind|Number=Sing|Person=3`; `_` for none.
    pub fn feats(&self, token: TokenId) -> &str {
        let place = self.feats.get(token.index()).map_or(0, |&f| usize::from(f));
        self.feats_set.get(place).map_or("_", |f| f)
    }

    /// How many tokens have a lemma so far; all of them once reading is over.
    pub fn len(&self) -> usize {
        self.lemma_end.len()
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.lemma_end.is_empty()
    }

    /// The lemma of a token, lower case but for names.
    pub fn lemma(&self, token: TokenId) -> &str {
        let index = token.index();
        let start = if index == 0 { 0 } else { self.lemma_end[index - 1] as usize };
        &self.lemma_text[start..self.lemma_end[index] as usize]
    }

    /// Appends the lemma of the next token.
    pub fn push_lemma(&mut self, lemma: &str) {
        self.lemma_text.push_str(lemma);
        self.lemma_end.push(self.lemma_text.len() as u32);
    }
}
