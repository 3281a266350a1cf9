#!/usr/bin/env python3
"""Check the actor tables.

    python3 check_actors.py knowledge/actors [--all]

Errors (exit 1): wrong columns; kinds, codes or sectors not well-formed; dates that are no dates or not half-open; unsorted rows;
duplicate rows; overlapping periods of the same name and role with different codes or twice the same code.
Listed, not errors: a plain alias or name (or an adjective, or a seat) that has two meanings on the same day, counted per pair of
files and printed with one example; an alias in sources/accepted.tsv of the folder (alias, reason; optional) is not listed. Also listed: one
name in people.tsv in two countries on one day. --all prints also names that several Q-ids bear.
"""
import sys, os, re, collections, datetime

FILES = 'countries seats bodies groups media people'.split()
HEAD = 'name\talias\tcode\tkind\trole\tfrom\tuntil\twikidata\tsource'.split('\t')
KINDS = set('country government body group person people place media other'.split())
SECTORS = set('GOV MIL COP JUD LEG SPY PTY REB PRM UAF UNK PRE AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP REL SOC IGO NGO'.split())
EVER = ('0001-01-01', '9999-12-31')


def main():
    folder, every = sys.argv[1], '--all' in sys.argv
    bad, seen, meaning, rows_of, codes3 = [], {}, collections.defaultdict(list), {}, set()
    accepted = {}
    path = os.path.join(folder, 'sources/accepted.tsv')
    if os.path.exists(path):
        for line in open(path, encoding='utf-8'):
            if line.strip() and line[0] != '#':
                a, why = line.rstrip('\n').split('\t')
                accepted[a] = why
    for f in FILES:
        rows = []
        lines = open(os.path.join(folder, f + '.tsv'), encoding='utf-8').read().split('\n')
        if lines[0].split('\t') != HEAD:
            bad.append(f'{f}: header')
        if lines[-1]:
            bad.append(f'{f}: no final newline')
        last = None
        for n, line in enumerate(lines[1:-1], 2):
            if line.startswith('#'):
                continue
            c = line.split('\t')
            at = f'{f}.tsv:{n}'
            if len(c) != 9:
                bad.append(f'{at}: {len(c)} columns'); continue
            name, alias, code, kind, role, frm, until, q, src = c
            if not name or not src or any(x != x.strip() or '  ' in x for x in c):
                bad.append(f'{at}: empty or untidy cell: {c}')
            if kind not in KINDS:
                bad.append(f'{at}: kind {kind}')
            if not re.fullmatch(r'(?:[A-Z]{3}){1,6}', code):
                bad.append(f'{at}: code {code}')
            if q and not re.fullmatch(r'Q\d+', q):
                bad.append(f'{at}: wikidata {q}')
            for d in (frm, until):
                if d:
                    try:
                        assert len(d) == 10
                        datetime.date.fromisoformat(d)
                    except (ValueError, AssertionError):
                        bad.append(f'{at}: date {d}')
            if frm and until and not frm < until:
                bad.append(f'{at}: {frm} is not before {until}')
            if last is not None and (name, frm) < last:
                bad.append(f'{at}: not sorted: {name} {frm} after {last}')
            last = (name, frm)
            key = (name, code, role, frm, until)
            if key in seen:
                bad.append(f'{at}: duplicate of {seen[key]}')
            seen[key] = at
            if f == 'countries':
                codes3.add(code[:3])
            rows.append((name, alias, code, kind, role, frm or EVER[0], until or EVER[1], q, at))
            al = [a for a in alias.split('|') if a]
            if len(al) != len(set(al)) or name in al:
                bad.append(f'{at}: alias twice: {name}: {alias}')
            for a in al:
                if not a.strip('~@!') or a[0] in '~@!' and a[1:2] in '~@!':
                    bad.append(f'{at}: alias {a}')
            for a in [name] + al:
                mark = a[0] if a[0] in '~@' else '' if a[0] != '!' else '!'
                if mark != '!':
                    meaning[(a.lstrip('~@') if mark else a, mark)].append((frm or EVER[0], until or EVER[1], code, name, f, q))
        rows_of[f] = rows
        print(f'{f}: {len(rows)} rows, {len({r[0] for r in rows})} names')
    # overlapping periods
    for f, rows in rows_of.items():
        by = collections.defaultdict(list)
        for r in rows:
            by[(r[0], r[4])].append(r)
        for (name, role), rs in by.items():
            rs.sort(key=lambda r: r[5])
            for a, b in zip(rs, rs[1:]):
                if b[5] < a[6] and not (a[7] and b[7] and a[7] != b[7]):
                    bad.append(f'{b[8]}: {name}, {role}: {b[5]} begins before {a[6]} ({a[2]}, {b[2]})')
    known = codes3 | set('IGO NGO NGM IMG ISM MNC INT'.split())
    for f, rows in rows_of.items():
        for r in rows:
            if r[2][:3] not in known and r[3] not in ('people', 'other', 'place'):
                bad.append(f'{r[8]}: code {r[2]} has no country')
    # two meanings on one day
    pairs, listed = collections.Counter(), []
    for (a, mark), ms in sorted(meaning.items()):
        if len(ms) < 2:
            continue
        hit = None
        ms = sorted(set(ms))
        for i, x in enumerate(ms):
            for y in ms[i + 1:]:
                if x[3] != y[3] and x[0] < y[1] and y[0] < x[1] and (x[2] != y[2]):
                    if x[4] == y[4] == 'people' and x[5] and x[5] == y[5]:
                        continue
                    pairs[(x[4], y[4])] += 1
                    hit = hit or (x, y)
        if hit and a not in accepted:
            listed.append((a, mark, hit))
    # one name, one file, two people (same name row with different Q-ids)
    same = 0
    by = collections.defaultdict(set)
    for r in rows_of['people']:
        by[r[0]].add((r[7], r[2][:3]))
    for name, s in sorted(by.items()):
        if len({q for q, _ in s if q}) > 1:
            same += 1
            if every:
                print('one name, several people:', name, sorted(s))
    print(f'names in people.tsv that several people bear: {same}')
    two = collections.defaultdict(list)
    for r in rows_of['people']:
        two[r[0]].append(r)
    n = 0
    for name, rs in sorted(two.items()):
        hit = [(x, y) for i, x in enumerate(rs) for y in rs[i + 1:] if x[5] < y[6] and y[5] < x[6] and x[2][:3] != y[2][:3]
               and x[2][:3] in codes3 and y[2][:3] in codes3]
        if hit and name not in accepted:
            n += 1
            print('  one name, two countries:', name, hit[0][0][2], hit[0][0][4], hit[0][0][5], '/', hit[0][1][2], hit[0][1][4], hit[0][1][5])
    print(f'names in two countries on one day: {n}')
    n = 0
    lines = open(os.path.join(folder, 'agents.tsv'), encoding='utf-8').read().split('\n')
    if lines[0] != 'noun\tsector\tkind\tnote':
        bad.append('agents: header')
    last, nouns = '', set()
    for i, line in enumerate(lines[1:-1], 2):
        if line.startswith('#'):
            continue
        c = line.split('\t'); n += 1
        if len(c) != 4 or c[1] not in SECTORS or c[2] not in KINDS or c[0] != c[0].strip() or c[0] != c[0].lower():
            bad.append(f'agents.tsv:{i}: {c}')
        if c[0] in nouns:
            bad.append(f'agents.tsv:{i}: twice: {c[0]}')
        if c[0] < last:
            bad.append(f'agents.tsv:{i}: not sorted: {c[0]}')
        nouns.add(c[0]); last = c[0]
    print(f'agents: {n} rows')
    print('two meanings on one day, by files:', dict(pairs))
    for a, mark, (x, y) in listed:
        print(f'  {mark}{a}: {x[2]} {x[3]} ({x[4]}) / {y[2]} {y[3]} ({y[4]})')
    print(f'{len(listed)} aliases with two meanings not accepted; {len(accepted)} accepted')
    for b in bad:
        print('ERROR', b)
    print(f'{len(bad)} errors')
    sys.exit(1 if bad else 0)


if __name__ == '__main__':
    main()
