"""The network: type vectors, two BiLSTM layers, heads. See README.md."""

import math

import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

from features import BUCKETS, buckets, key, plain
from lexicon import CLASSES, find

WIDTH = 128   # type vector, and LSTM cells per direction, of the network that is shipped; teachers are wider
ARC = 96
LABEL = 128
DISTANCES = 8  # buckets of log distance on each side
# Products of the recurrence in bfloat16 where the processor has them: half the time, scores alike. Training only.
HALF = torch.ops.mkldnn._is_mkldnn_bf16_supported()


class Types:
    """Every distinct form met so far, with its word row, its buckets and its classes in the lexicon."""

    def __init__(self, words, lexicon):
        self.row_of = {w: i + 1 for i, w in enumerate(words)}  # 0 = unknown
        self.lexicon = lexicon
        self.id_of = {}
        self.rows, self.classes, self.flat, self.start = [], [], [], [0]
        self._cache = None

    def id(self, form):
        i = self.id_of.get(form)
        if i is None:
            i = self.id_of[form] = len(self.rows)
            self.rows.append(self.row_of.get(key(plain(form)), 0))
            self.classes.append(sum(1 << c for c in find(self.lexicon, plain(form))))
            self.flat.extend(buckets(form))
            self.start.append(len(self.flat))
            self._cache = None
        return i

    def gather(self, ids):
        """Word rows, bits of the classes, concatenated buckets, offsets and counts for the ids."""
        if self._cache is None:
            columns = self.rows, self.classes, self.flat, self.start
            self._cache = tuple(np.array(x, dtype=np.int64) for x in columns)
        rows, classes, flat, start = self._cache
        first, count = start[ids], start[ids + 1] - start[ids]
        offsets = np.concatenate([[0], np.cumsum(count)[:-1]])
        index = np.repeat(first - offsets, count) + np.arange(count.sum())
        bits = (classes[ids, None] >> np.arange(len(CLASSES))) & 1
        return rows[ids], bits, flat[index], offsets, count


def shared(x, p, training):
    """Dropout with one mask per sentence and channel, shared over time."""
    if not training or p == 0.0:
        return x
    mask = x.new_empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - p) / (1 - p)
    return x * mask


class Direction(nn.Module):
    """One LSTM direction; the caller reverses. Gate order i, f, g, o (PyTorch)."""

    def __init__(self, inputs, cells):
        super().__init__()
        self.cells = cells
        self.w = nn.Parameter(torch.empty(4 * cells, inputs))
        self.u = nn.Parameter(torch.empty(4 * cells, cells))
        self.b = nn.Parameter(torch.zeros(4 * cells))
        nn.init.xavier_uniform_(self.w)
        for g in range(4):
            nn.init.orthogonal_(self.u.data[g * cells:(g + 1) * cells])
        self.b.data[cells:2 * cells] = 1.0
        self.register_buffer("zero", torch.zeros(4 * cells), persistent=False)

    def forward(self, x, drop):
        weights = [self.w, F.dropout(self.u, drop, self.training), self.b, self.zero]
        if self.training and HALF:
            x, weights = x.bfloat16(), [w.bfloat16() for w in weights]
        h = x.new_zeros(1, x.shape[0], self.cells)
        return torch._VF.lstm(x, (h, h), weights, True, 1, 0.0, self.training, False, True)[0].float()


class Layer(nn.Module):
    def __init__(self, inputs, cells):
        super().__init__()
        self.forwards, self.backwards = Direction(inputs, cells), Direction(inputs, cells)

    def forward(self, x, reverse, drop):
        f = self.forwards(x, drop)
        r = torch.gather(x, 1, reverse.unsqueeze(2).expand(-1, -1, x.shape[2]))
        r = self.backwards(r, drop)
        r = torch.gather(r, 1, reverse.unsqueeze(2).expand(-1, -1, r.shape[2]))
        return torch.cat([f, r], 2)


class Encoder(nn.Module):
    def __init__(self, words, width=WIDTH):
        super().__init__()
        self.width = width
        self.rate = 1.0  # by which every dropout is multiplied
        self.word = nn.Embedding(words + 1, width)
        self.hashed = nn.EmbeddingBag(BUCKETS, width, mode="sum")
        self.lexicon = nn.Parameter(torch.zeros(len(CLASSES), width))
        nn.init.normal_(self.word.weight, std=0.5)
        nn.init.normal_(self.hashed.weight, std=0.3)
        self.norm = nn.LayerNorm(width)
        self.layer1 = Layer(width, width)
        self.layer2 = Layer(2 * width, width)
        self.mask = nn.Parameter(torch.zeros(width))

    def types(self, batch, word_drop=None):
        """Vectors of the batch's tokens; `word_drop` gives each type's chance to lose its word."""
        rows, bits, flat, offsets, count = batch.features
        word = self.word(rows)
        hashed = self.hashed(flat, offsets) / count.sqrt().unsqueeze(1)
        listed = bits @ self.lexicon
        if self.training:
            u = batch.types
            chance = word_drop[rows][u] if word_drop is not None else torch.full(u.shape, 0.1)
            lost = (torch.rand(u.shape) < chance).unsqueeze(-1)
            kept = (torch.rand(u.shape) >= 0.1).float().unsqueeze(-1)
            known = (torch.rand(u.shape) >= 0.1).float().unsqueeze(-1)
            x = torch.where(lost, self.word(rows.new_zeros(1)), word[u]) + kept * hashed[u] + known * listed[u]
            return self.norm(x)
        return self.norm(word + hashed + listed)[batch.types]

    def forward(self, x, batch, drop=(0.2, 0.33, 0.33, 0.2)):
        drop = [self.rate * p for p in drop]
        x = shared(x, drop[0], self.training)
        y1 = shared(self.layer1(x, batch.reverse, drop[3]), drop[1], self.training)
        y2 = shared(self.layer2(y1, batch.reverse, drop[3]), drop[2], self.training)
        return y1, y2


class Batch:
    """Sentences padded to one length: type ids, reversal index, mask."""

    def __init__(self, types, sentences):
        n = max(map(len, sentences))
        self.lengths = [len(s) for s in sentences]
        ids = np.zeros((len(sentences), n), dtype=np.int64)
        reverse = np.tile(np.arange(n), (len(sentences), 1))
        mask = np.zeros((len(sentences), n), dtype=bool)
        for i, s in enumerate(sentences):
            ids[i, :len(s)] = s
            reverse[i, :len(s)] = np.arange(len(s))[::-1]
            mask[i, :len(s)] = True
        unique, inverse = np.unique(ids, return_inverse=True)
        self.types = torch.from_numpy(inverse.reshape(ids.shape))
        rows, bits, flat, offsets, count = map(torch.from_numpy, types.gather(unique))
        self.features = rows, bits.float(), flat, offsets, count.float()
        self.reverse = torch.from_numpy(reverse)
        self.mask = torch.from_numpy(mask)

    def pad(self, columns, fill=-100):
        out = np.full(self.mask.shape, fill, dtype=np.int64)
        for i, c in enumerate(columns):
            if c is not None:
                out[i, :len(c)] = c
        return torch.from_numpy(out)


def distance_index(n):
    """For dependents 1..n (rows) and heads 0..n (columns): the bias bucket.

    0 is the root; else floor(log2 |d|) capped, heads to the left first.
    """
    out = np.zeros((n, n + 1), dtype=np.int64)
    for d in range(1, n + 1):
        for h in range(1, n + 1):
            if h != d:
                k = min(int(math.log2(abs(h - d))), DISTANCES - 1)
                out[d - 1, h] = 1 + k + (DISTANCES if h > d else 0)
    return torch.from_numpy(out)


class Parser(nn.Module):
    """The encoder and its heads; sizes are those of the label sets."""

    def __init__(self, encoder, sizes):
        super().__init__()
        self.encoder = encoder
        y = 2 * encoder.width
        self.upos = nn.Linear(y, sizes["upos"])
        self.xpos = nn.Linear(y, sizes["xpos"])
        self.names = nn.Linear(y, sizes["names"])
        self.names_first = nn.Linear(y, sizes["names"], bias=False)
        # The treebanks mark names differently; what the second one teaches stays in its own head.
        self.silver = nn.Linear(y, sizes["names"])
        self.feats = nn.Linear(y, sizes["feats"])
        self.rule = nn.Linear(y, sizes["rule"])
        self.root = nn.Parameter(torch.randn(y) * 0.1)
        self.arc_head = nn.Linear(y, ARC)
        self.arc_dep = nn.Linear(y, ARC)
        self.arc_u = nn.Parameter(torch.eye(ARC) * 0.3)
        self.arc_b = nn.Parameter(torch.zeros(ARC))
        self.distance = nn.Parameter(torch.zeros(1 + 2 * DISTANCES))
        self.label_head = nn.Linear(y, LABEL, bias=False)
        self.label_dep = nn.Linear(y, LABEL)
        self.label = nn.Linear(LABEL, sizes["deprel"])
        self._distances = distance_index(160)

    def arcs(self, y2):
        """Scores (batch, dependent, head with the root at 0)."""
        n = y2.shape[1]
        if n > self._distances.shape[0]:
            self._distances = distance_index(n)
        z = torch.cat([self.root.expand(y2.shape[0], 1, -1), y2], 1)
        drop = 0.33 * self.encoder.rate
        h = shared(F.leaky_relu(self.arc_head(z), 0.1), drop, self.training)
        d = shared(F.leaky_relu(self.arc_dep(y2), 0.1), drop, self.training)
        s = (d @ self.arc_u + self.arc_b) @ h.transpose(1, 2)
        return s + self.distance[self._distances[:n, :n + 1]], z

    def scores(self, y1, y2):
        """(task, scores) of everything that is told of a word by itself."""
        return (("upos", self.upos(y2)), ("names", self.tags(y1, y2)), ("silver", self.silver(y2)),
                ("xpos", self.xpos(y1)), ("feats", self.feats(y2)), ("rule", self.rule(y1)))

    def tags(self, y1, y2):
        """Name tag scores, from both layers: who is named shows in the word, what it is in the context.

        Names of the treebanks are learned by heart before anything else is; hence dropout of their own.
        """
        drop = lambda y: F.dropout(y, 0.25, self.training)
        return self.names(drop(y2)) + self.names_first(drop(y1))

    def labels(self, z, y2, heads):
        """Label scores of the given head of every dependent."""
        h = torch.gather(self.label_head(z), 1, heads.unsqueeze(2).expand(-1, -1, LABEL))
        return self.label(F.dropout(F.leaky_relu(h + self.label_dep(y2), 0.1), 0.33 * self.encoder.rate, self.training))
