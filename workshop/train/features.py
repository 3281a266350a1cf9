"""What the network knows of a word before reading its neighbours.

Everything here is a function of the word alone, so that the reader may keep
the result. `crates/detente-text/src/encoder.rs` holds the same definition; the
file `features.tsv` written by `export.py --features` proves that they agree.

A word is first made plain (`plain`): typographic quotes and apostrophes become
straight ones, the ellipsis becomes three dots. Its key (`key`) is the plain
word in lower case with ASCII digits replaced by 0. Then, in this order, with
all lengths in Unicode scalar values:

    p1= .. p4=  first 1..4 of the key, where the key is at least that long
    s1= .. s4=  last 1..4 of the key, likewise
    P=          first 3 of the plain word (fewer if it is shorter)
    S=          last 3 of the plain word
    h=          shape, runs cut after 3
    n=          length of the plain word, at most 12
    w=          the plain word
    3= and 4=   3-grams, then 4-grams, of "<" + first 32 of the key + ">"

Each is the prefix shown followed by the text, as UTF-8, hashed by 32-bit
FNV-1a; the bucket is (hash ^ hash >> 15) modulo BUCKETS.
"""

BUCKETS = 16384

_PLAIN = {
    ord(c): r
    for chars, r in (("‘’‚‛`´ʼ′", "'"), ("“”„‟«»″", '"'), ("…", "..."))
    for c in chars
}


def plain(form):
    """The form with typographic quotes and ellipses made ASCII."""
    form = form.translate(_PLAIN)
    return '"' if form == "''" else form


def key(plain_form):
    """Lower case, digits to 0: the key of the word table."""
    return "".join("0" if "0" <= c <= "9" else c for c in plain_form.lower())


def shape(plain_form):
    """X upper, x lower, d digit, other ASCII itself, o the rest; runs cut after 3."""
    out, last, run = [], "", 0
    for c in plain_form:
        if "0" <= c <= "9":
            s = "d"
        elif c.isupper():
            s = "X"
        elif c.islower():
            s = "x"
        elif c < "\x80":
            s = c
        else:
            s = "o"
        run = run + 1 if s == last else 1
        last = s
        if run <= 3:
            out.append(s)
    return "".join(out)


def fnv1a(data):
    """32-bit FNV-1a of bytes."""
    h = 0x811C9DC5
    for b in data:
        h = ((h ^ b) * 0x01000193) & 0xFFFFFFFF
    return h


def buckets(form):
    """The hash buckets of a word, in the order of the definition above."""
    f = plain(form)
    k = key(f)
    feats = []
    for n in range(1, 5):
        if len(k) >= n:
            feats.append(f"p{n}={k[:n]}")
    for n in range(1, 5):
        if len(k) >= n:
            feats.append(f"s{n}={k[-n:]}")
    feats.append("P=" + f[:3])
    feats.append("S=" + f[-3:])
    feats.append("h=" + shape(f))
    feats.append("n=" + str(min(len(f), 12)))
    feats.append("w=" + f)
    g = "<" + k[:32] + ">"
    for n in (3, 4):
        for i in range(len(g) - n + 1):
            feats.append(f"{n}={g[i:i + n]}")
    out = []
    for x in feats:
        h = fnv1a(x.encode("utf-8", "surrogatepass"))
        out.append((h ^ (h >> 15)) % BUCKETS)
    return out
