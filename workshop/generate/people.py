#!/usr/bin/env python3
"""Build knowledge/actors/people.tsv: dated office holders.

    python3 people.py --offices office_holders_21c_wikidata.csv --heads heads_wikidata_2022.csv \
        --foreign foreign_ministers_wikidata_2022.csv --hand DIR --countries countries.tsv --out people.tsv

Inputs
  --offices, --heads, --foreign   tables drawn from Wikidata (CC0): office, person, Q-id, start, end
  --hand       folder with people_*.txt (hand-written periods; grammar at the top of people_heads.txt) and
               people_aliases.txt (other spellings)
  --countries  our countries.tsv, for country names to alpha-3 codes
Rules
  * A name from Wikidata that is one of our aliases, or differs only in accents, becomes our spelling.
  * Hand-written periods win. In offices with one holder (EXCLUSIVE) a Wikidata period that runs into a hand-written one
    is cut or dropped; a hand-written period without its own end may be ended earlier by the same person's Wikidata row.
  * An open Wikidata period of such an office ends when the next holder begins, an open cabinet post when the next head of
    government begins. Other open periods that began before OPEN_SINCE end CAP_YEARS later (noted "end unknown").
  * Year-only or month-only dates become the first day, noted in source; a year-only end in the start year becomes the next
    1 January, and the next holder's start is preferred where it lies in that year.
  * A Wikidata name that begins the same office within 15 days of one of ours, under a like name, is the same person; the other
    spelling becomes an alias. With SHOW_DROPPED=1 in the environment, rows dropped in favour of hand-written ones are printed.
  * After the last office, and in gaps of more than GAP_DAYS, a person is <ISO3>ELI, "former ...". Not for rebels, gangs,
    business people and journalists.
The output is sorted by name, from, role, code.
"""
import argparse, collections, csv, datetime, difflib, glob, os, re, unicodedata

OPEN_SINCE, CAP_YEARS, GAP_DAYS = '2016-01-01', 5, 45
PRESIDENTIAL = set('USA BRA KOR PHL FRA IRN TWN EGY BLR KAZ'.split())
FIRST = '1989-01-01'   # Wikidata rows that ended before are dropped
SLUG = dict(zip('''armenia australia belarus brazil canada china egypt estonia finland france hungary india iran iraq israel japan
kazakhstan lithuania pakistan philippines poland russia south-korea sudan sweden taiwan turkey uae ukraine united-kingdom us yemen'''.split(),
'''ARM AUS BLR BRA CAN CHN EGY EST FIN FRA HUN IND IRN IRQ ISR JPN KAZ LTU PAK PHL POL RUS KOR SDN SWE TWN TUR ARE UKR GBR USA YEM'''.split()))
EXCLUSIVE = set('''president|prime minister|premier|king|queen|emir|sultan|chancellor|supreme leader|foreign minister|defence minister|interior minister|home affairs minister|
finance minister|home minister|foreign secretary|defence secretary|home secretary|chancellor of the exchequer|secretary of state|defense secretary|
treasury secretary|attorney general|national security adviser|vice president|commerce secretary|homeland security secretary|energy secretary|
central bank governor|speaker of parliament|prosecutor general|chief of the general staff|CIA director|FBI director|director of national intelligence|
ambassador to the United Nations|ambassador to the United States|White House press secretary|White House chief of staff|justice minister|
health minister|education minister|economy minister|energy minister|transport minister|agriculture minister|chief cabinet secretary|trade minister|
chairman of the Joint Chiefs of Staff|speaker of the House|chief justice|governor-general|chief of the defence staff'''.replace('\n', '').split('|'))
NOTABLE = ('the United States', 'the United Nations', 'Russia', 'Ukraine', 'China', 'the United Kingdom', 'the EU', 'NATO', 'Germany', 'France',
           'Israel', 'Iran', 'India', 'Pakistan', 'Japan', 'Syria', 'Iraq', 'Afghanistan', 'Libya', 'Turkey', 'Belarus', 'South Korea', 'Poland',
           'Egypt', 'Saudi Arabia', 'the Holy See', 'Canada', 'Australia', 'Yemen', 'Sudan', 'Ethiopia', 'Venezuela', 'Cuba', 'Mexico')
MIN = [(r'foreign affairs|external affairs|external relations|^foreign$|europe and foreign affairs', 'foreign minister'),
       (r'^(national )?defen[cs]e$|^defen[cs]e and ', 'defence minister'), (r'interior|internal affairs|home affairs|public administration and security', 'interior minister'),
       (r'^finance', 'finance minister'), (r'^justice', 'justice minister'), (r'^(public )?health', 'health minister'), (r'^energy$|^electricity|petroleum|^oil', 'energy minister'),
       (r'^(national )?economy|^economic', 'economy minister'), (r'^education', 'education minister'), (r'^(foreign )?trade|^commerce|^industry and (foreign )?trade', 'trade minister'),
       (r'^transport', 'transport minister'), (r'^agriculture', 'agriculture minister'), (r'^environment', 'environment minister'), (r'^culture', 'culture minister'),
       (r'^labou?r', 'labour minister'), (r'^information|^communications', 'information minister'), (r'unification', 'unification minister'), (r'public security', 'public security minister'),
       (r'^national security|^security$', 'national security minister'), (r'^intelligence', 'intelligence minister'), (r'emergenc', 'emergencies minister')]

SMALL = set('al el bin ibn van von de der da di le la the abdul mohammed mohammad mohamed muhammad ahmed ahmad king prince sheikh kim lee john'.split())
# Wikidata rows not taken: namesakes, offices we hold under another code, ministers of state and of parts of a country, Yemen's rival government
NOT = {('Omar Suleiman', 'SDN'), ('Salva Kiir Mayardit', 'SDN'), ('Salva Kiir', 'SDN'), ('Sergey Aksyonov', 'RUS'), ('Sergei Aksyonov', 'RUS'), ('Arayik Harutyunyan', 'ARM'),
       ('Ali Ahmed Kerti', 'SDN'), ('Samani al-Wasila al-Sheikh', 'SDN'), ('Fadl Abdullah Fadl', 'SDN'), ('Grece Datero', 'SDN'), ('Alio Abini Alio', 'SDN'),
       ('Steven Marshall', 'AUS'), ('Tom Koutsantonis', 'AUS'), ('Hisham Sharaf', 'YEM'), ('Abdel-Aziz bin Habtour', 'YEM'), ('Abdulaziz bin Habtour', 'YEM')}


def SAME(role):
    return {'queen': 'king', 'premier': 'prime minister'}.get(role, role)


def fold(s):
    s = s.translate(str.maketrans({'ø': 'o', 'Ø': 'O', 'ł': 'l', 'Ł': 'L', 'đ': 'd', 'Đ': 'D', 'ı': 'i', 'ß': 'ss', 'æ': 'ae', 'Æ': 'AE', '’': "'", 'ə': 'a', 'Ə': 'A', 'ð': 'd', 'þ': 'th', 'Þ': 'Th'}))
    return ''.join(c for c in unicodedata.normalize('NFKD', s) if not unicodedata.combining(c))


def key(s):
    return re.sub(r'[^a-z]', '', fold(s).lower())


def date(s, note, what):
    s = (s or '').strip()[:10]
    if re.fullmatch(r'\d{4}-\d\d-\d\d', s):
        datetime.date.fromisoformat(s)
        return s
    if re.fullmatch(r'\d{4}-\d\d', s):
        note.add(what + ' month only')
        return s + '-01'
    if re.fullmatch(r'\d{4}', s):
        note.add(what + ' year only')
        return s + '-01-01'
    if s:
        raise ValueError(s)
    return ''


def office(iso, p):
    """(suffix, role) of a Wikidata position as news would say it; None: not taken."""
    q = re.sub(r'\s+', ' ', p.strip()); l = q.lower()
    if re.search(r"lieutenant.governor|vice governor|assistant|parliamentary under|solicitor|whip|comptroller|auditor|ombudsm|deputy head|inspector|"
                 r"secretary of state of |legislative (assembly|council)|house of assembly|of the (senate|house)$(?<!speaker of the house)|shadow|privy council|"
                 r"military cabinet|caixa|academy|regional council|chief of staff to|special assistant|counsel|science adv|deputy (press|communications)|"
                 r"lord-lieutenant|of the household|commander-in-chief of the armed|presidential aide|governor of (the )?(?!.*bank)", l):
        if iso == 'USA' and re.fullmatch(r'governor of [a-z ]+', l):
            return 'GOV', q[0].lower() + q[1:]
        return None
    m = re.match(r'ambassador (?:to|in) (.*)', q, re.I)
    if m or l.startswith('permanent representative'):
        t = m.group(1) if m else q.split(' to ', 1)[-1]
        t = {'the United States of America': 'the United States', 'United States': 'the United States', "the People's Republic of China": 'China', 'the Russian Federation': 'Russia',
             'the European Union': 'the EU', 'the Republic of Korea': 'South Korea', 'the UN': 'the United Nations', 'the North Atlantic Treaty Organization': 'NATO'}.get(t, t)
        return ('GOV', 'ambassador to ' + t) if t in NOTABLE else None
    if re.search(r'supreme (people.s )?court|constitutional court|chief justice|federal court', l):
        return 'JUD', 'chief justice' if 'chief justice' in l or l.startswith('president') else q[0].lower() + q[1:]
    if re.search(r'prosecutor.general|public prosecutions', l):
        return ('JUD', 'prosecutor general') if 'deputy' not in l else None
    if re.search(r'speaker|president of the (national assembly|senate|federal senate|riigikogu|chamber|legislative|council of state|sejm)|president of the national people|chairman of the (standing|state duma|federation council)', l):
        if re.search(r'vice|deputy', l):
            return None
        return 'LEG', ('speaker of the House' if iso == 'USA' else 'speaker of parliament' if 'senate' not in l and 'lords' not in l and 'upper' not in l and 'council' not in l else 'speaker of the upper house')
    if re.search(r'central bank|reserve bank|bank of|people.s bank|banque', l) and re.search(r'governor|president|chair', l):
        return ('GOV', 'central bank governor') if 'deputy' not in l and 'vice' not in l else None
    if re.search(r'chairman of the joint chiefs', l) and 'vice' not in l:
        return 'MIL', 'chairman of the Joint Chiefs of Staff'
    if re.search(r'chief of (the )?(joint |general )?(general )?staff|chief of the general staff|chief of (the )?defen[cs]e|commander of the .*(defence|armed)|chief of the joint staff|joint chiefs', l) and not re.search(r'white house|presid|deputy|vice|prime minister', l):
        return 'MIL', ('chief of the general staff' if 'general' in l or 'joint' in l else 'chief of the defence staff' if 'defen' in l else q[0].lower() + q[1:])
    if re.search(r'^(chief|commander|commandant)\b.*(army|navy|naval|air|force|marine|guard|operations|fleet|command)', l):
        return 'MIL', q[0].lower() + q[1:]
    if re.search(r'director.*(cia|intelligence|security service|signals|mossad|shin)|state security committee|intelligence (service|agency|organi)|head of .*intelligence', l):
        return 'SPY', 'CIA director' if 'cia' in l.split() else 'director of national intelligence' if 'national intelligence' in l and iso == 'USA' else q[0].lower() + q[1:]
    if l == 'director of the fbi':
        return 'SPY', 'FBI director'
    if re.search(r'police', l):
        return ('COP', 'police chief') if re.search(r'chief|director|commission|head|inspector|general', l) and iso != 'AUS' else None
    if iso == 'USA':
        m = re.fullmatch(r'secretary of (?:the )?(.*)', l)
        if m and m.group(1) == 'state':
            return 'GOV', 'secretary of state'
        if m:
            x = {'defence': 'defense', 'health and human services': 'health', 'housing and urban development': 'housing', 'army': 'Army', 'navy': 'Navy', 'air force': 'Air Force', 'veterans affairs': 'veterans affairs'}.get(m.group(1), m.group(1))
            return ('MIL' if x in ('Army', 'Navy', 'Air Force') else 'GOV'), x + ' secretary'
        if l == 'national security advisor':
            return 'GOV', 'national security adviser'
        if l == 'attorney general':
            return 'GOV', 'attorney general'
        if l.startswith('white house'):
            return 'GOV', 'White House ' + l[12:]
        if re.search(r'trade representative', l):
            return 'GOV', 'trade representative'
        if l in ('president', 'vice president'):
            return 'GOV', l
        if re.match(r'(deputy|under ?secretary|director|.*advisor)', l) and 'solicitor' not in l:
            return 'GOV', l.replace('defence', 'defense')
        return None
    if re.match(r'premier of ', l) and iso in ('AUS', 'CAN'):
        return 'GOV', 'premier of ' + q[11:]
    m = re.fullmatch(r'(first|chief) minister( of .*)?', l)
    if m:
        return 'GOV', m.group(1) + ' minister' + q[len(m.group(1)) + 9:]
    if iso == 'PHL':
        m = re.match(r'secretary of (?:the )?(foreign affairs|national defen[cs]e|interior)', l)
        if m:
            return 'GOV', {'f': 'foreign secretary', 'n': 'defence minister', 'i': 'interior minister'}[m.group(1)[0]]
    if re.match(r'deputy (premier|chief minister)', l):
        return None
    if l in ('president', 'president of the republic'):
        return 'GOV', 'president'
    if re.fullmatch(r'president of (?!the )[a-z ]+', l):
        return 'GOV', q[0].lower() + q[1:]
    if l in ('vice president', 'vice-president'):
        return 'GOV', 'vice president'
    if re.search(r'spokes', l):
        return 'GOV', 'government spokesman' if 'government' in l else q[0].lower() + q[1:]
    if re.fullmatch(r'(prime minister|chairman of the government|taoiseach)', l):
        return 'GOV', 'prime minister'
    if re.match(r'premier', l):
        return 'GOV', 'premier'
    if re.match(r'(first |acting |senior )?(deputy|vice)[- ](prime minister|premier)|first vice-president of the council', l):
        return 'GOV', 'vice premier' if iso in ('CHN', 'TWN') else 'deputy prime minister'
    if re.fullmatch(r'(king|queen|emperor|emir|supreme leader|chief cabinet secretary|governor[- ]general|general secretary of the .*party|attorney[- ]general)', l):
        if l.startswith('attorney') and iso == 'AUS':
            return None
        return ('PTY' if 'party' in l else 'GOV'), {'governor general': 'governor-general', 'attorney-general': 'attorney general'}.get(l, q if 'party' in l else l)
    if iso == 'GBR':
        m = re.fullmatch(r'secretary of state for (.*)', l)
        if m:
            x = m.group(1)
            r = ('foreign secretary' if x.startswith('foreign') else 'home secretary' if x.startswith('home') else 'defence secretary' if x.startswith('defence') else
                 'justice secretary' if x.startswith('justice') else 'health secretary' if x.startswith('health') else 'trade secretary' if 'trade' in x and 'industry' not in x else
                 'business secretary' if x.startswith('business') else 'transport secretary' if x.startswith('transport') else 'education secretary' if x.startswith('educ') else
                 'Northern Ireland secretary' if 'northern ireland' in x else 'secretary of state for ' + x)
            return 'GOV', r
        if l == 'chancellor of the exchequer':
            return 'GOV', l
        return ('GOV', l) if re.match(r'(minister|chief secretary|lord chancellor|chancellor)', l) else None
    if iso in ('AUS', 'CAN'):
        m = re.fullmatch(r'minister (?:of|for) (foreign affairs|(?:national )?defen[cs]e|home affairs|finance)', l)
        if m:
            x = m.group(1)
            return 'GOV', ('foreign minister' if 'foreign' in x else 'defence minister' if 'def' in x else 'home affairs minister' if 'home' in x else 'finance minister') if not (iso == 'AUS' and x == 'finance') else 'finance minister'
        return ('GOV', l) if l in ('national security advisor', 'deputy prime minister') else None
    m = re.match(r'(deputy |vice[- ]|state )?minister (?:of|for) (?:the )?(.*)', l)
    if m:
        pre = (m.group(1) or '').strip(' -')
        for pat, r in MIN:
            if re.search(pat, m.group(2)):
                if iso == 'PHL' and r == 'foreign minister':
                    r = 'foreign secretary'
                if iso == 'IND' and r == 'interior minister':
                    r = 'home minister'
                if iso == 'IND' and m.group(2).lower() == 'foreign affairs':   # the civil servant; the minister is "of External Affairs"
                    r = 'foreign secretary'
                return 'GOV', (pre + ' ' if pre else '') + r
        return 'GOV', (pre + ' ' if pre else '') + 'minister of ' + m.group(2)
    if re.match(r'(minister|secretary|head of|chief of staff|chairman|chairperson|director|national security|secretary-general)', l):
        return 'GOV', q[0].lower() + q[1:] if not q.split()[0].isupper() else q
    return None


def hand(path, source):
    rows, lists = [], collections.defaultdict(set)
    for n, line in enumerate(open(path, encoding='utf-8'), 1):
        line = line.strip('\n')
        if not line.strip() or line.startswith('#'):
            continue
        m = re.match(r'(=?)([A-Z]+) ([^:]+?)(\s*):\s*(.*)', line)
        assert m, (path, n, line)
        code = m.group(2) if m.group(1) else m.group(2) + 'GOV'
        role, got = m.group(3).strip(), []
        for e in [x.strip() for x in m.group(5).split(';') if x.strip()]:
            k = re.fullmatch(r'(-|.*?) (\d{4}(?:-\d\d){0,2})(?:>(\d{4}(?:-\d\d){0,2}))?', e)
            assert k, (path, n, e)
            got.append((k.group(1).strip(), k.group(2), k.group(3)))
        for i, (name, f, u) in enumerate(got):
            note = set()
            fr = date(f, note, 'start')
            nx = date(got[i + 1][1], note, 'end') if i + 1 < len(got) else ''
            un = date(u, note, 'end') if u else nx
            if name == '-':
                continue
            assert not un or fr < un, (path, n, name, fr, un)
            rows.append(dict(name=name, code=code, role=role, frm=fr, until=un, q='', implicit=not u, src=source + ''.join('; ' + x for x in sorted(note)), hand=True))
    return rows


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for a in ('offices', 'heads', 'foreign', 'hand', 'countries', 'out'):
        ap.add_argument('--' + a, required=True)
    o = ap.parse_args()
    iso_of = {}
    for line in open(o.countries, encoding='utf-8'):
        if line[0] == '#' or line.startswith('name\t'):
            continue
        c = line.rstrip('\n').split('\t')
        if c[3] == 'country':
            for x in [c[0]] + [y for y in c[1].split('|') if y and y[0] not in '~@!']:
                iso_of.setdefault(x, c[2])
    aliases = {}
    for line in open(os.path.join(o.hand, 'people_aliases.txt'), encoding='utf-8'):
        if line.strip() and line[0] != '#':
            a, b = line.strip().split(' = ')
            aliases[a] = [x.strip() for x in b.split('|') if x.strip()]
    files = [f for f in sorted(glob.glob(os.path.join(o.hand, 'people_*.txt'))) if not f.endswith('people_aliases.txt')]
    H = [row for f in files for row in hand(f, 'general knowledge')]
    canon = {}
    for r in H:
        canon.setdefault(key(r['name']), r['name'])
    for a, bs in aliases.items():
        canon.setdefault(key(a), a)
    for a, bs in aliases.items():
        for b in bs:
            if ' ' in b.strip('!'):
                canon.setdefault(key(b), canon[key(a)])
    W, seen = [], set()
    spell = collections.defaultdict(set)

    def add(iso, person, q, suffix, role, s, e, src):
        note = set()
        try:
            f, u = date(s, note, 'start'), date(e, note, 'end')
        except ValueError:
            return
        if re.fullmatch(r'Q\d+', person) or not person.strip() or not f or re.search('[\u0370-\u1cff]', person):
            return
        person = re.sub(r'\s*\(.*?\)|, (Lord|Baron|Baroness|Viscount|Earl|Marquess|Duke)\b.*', '', person).strip()
        person = re.sub(r',? (Jr|Sr)\b\.?$', r' \1.', person)
        if person[0].islower() or len(person.split()) < 2 and person not in canon.values():
            return
        if u and u <= f:
            if u[:4] == f[:4] and ('end year only' in note or 'end month only' in note):
                u = '%d-01-01' % (int(f[:4]) + 1)
            else:
                return
        if u and u < FIRST:
            return
        name = canon.get(key(person), person)
        if name != person:
            spell[name].add(person)
        W.append(dict(name=name, code=iso + suffix, role=role, frm=f, until=u, q=q, implicit=False, src=src + ''.join('; ' + x for x in sorted(note)), hand=False, yend='end year only' in note))

    for x in csv.DictReader(open(o.offices, encoding='utf-8')):
        iso = SLUG[x['country']]
        if (x['person'], iso) in NOT:
            continue
        r = office(iso, x['position'])
        if r:
            add(iso, x['person'], x['person_qid'], r[0], r[1], x['start'], x['end'], 'wikidata')
    for x in csv.DictReader(open(o.heads, encoding='utf-8')):
        iso = iso_of.get(x['country'])
        l = x['position'].lower()
        if not iso or re.search(r'co-prince|governor-general of (?!canada|australia|new zealand)|captain regent|federal councillor|emeritus', l):
            continue
        role = ('premier' if 'executive yuan' in l else 'vice president' if 'vice' in l else 'president' if 'president' in l and 'council' not in l else 'prime minister' if re.search(r'prime|premier|taoiseach|minister-president|chairman of the council|head of government|president of the (council|government)', l)
                else 'chancellor' if 'chancellor' in l else 'king' if 'king' in l else 'queen' if 'queen' in l else 'emperor' if 'emperor' in l else 'emir' if 'emir' in l else 'sultan' if 'sultan' in l else 'governor-general' if 'governor-general' in l else None)
        if role:
            add(iso, x['person'], x['person_qid'], 'GOV', role, x['start'], x['end'], 'wikidata (as of 2022)')
    for x in csv.DictReader(open(o.foreign, encoding='utf-8')):
        iso = iso_of.get(x['countryLabel'])
        if iso and (x['name'], iso) not in NOT:
            add(iso, x['name'], x['person'], 'GOV', 'secretary of state' if iso == 'USA' else 'foreign secretary' if iso in ('GBR', 'PHL') else 'foreign minister', x['start'], '', 'wikidata (as of 2022)')
    # the same office begun in the same fortnight (or year, if that is all there is) under a like name is the same person
    index, joined = collections.defaultdict(list), {}
    for h in H:
        index[(h['code'][:3], SAME(h['role']))].append(h)
    for w in W:
        if w['role'] in EXCLUSIVE and w['name'] not in canon.values():
            for h in index[(w['code'][:3], SAME(w['role']))]:
                a, b = set(fold(w['name']).lower().replace('-', ' ').split()), set(fold(h['name']).lower().replace('-', ' ').split())
                near = abs((datetime.date.fromisoformat(w['frm']) - datetime.date.fromisoformat(h['frm'])).days) <= 15 or 'start year only' in w['src'] and w['frm'][:4] == h['frm'][:4]
                if near and (a & b - SMALL or difflib.SequenceMatcher(None, key(w['name']), key(h['name'])).ratio() > .75):
                    spell[h['name']].add(w['name'])
                    joined[(w['q'], w['name'])] = h['name']
                    w['name'] = h['name']
                    break
    for w in W:   # the same person's other offices
        w['name'] = joined.get((w['q'], w['name']), w['name'])
    qid = {}
    for r in W:
        qid.setdefault(r['name'], collections.Counter())[r['q']] += 1
    # two people of one name: keep the one with the hand-written or commoner Q-id under the bare name only if the country agrees
    day = lambda s: datetime.date.fromisoformat(s)
    GK = lambda r: (r['code'][:3], SAME(r['role']))
    byH, by_name = collections.defaultdict(list), collections.defaultdict(list)
    for r in H:
        byH[GK(r)].append(r)
        by_name[r['name']].append(r)
    byWp = collections.defaultdict(list)
    for r in W:
        byWp[(r['name'], r['code'][:3])].append(r)
    # a hand-written period may take an earlier end from the same person's Wikidata row
    for r in H:
        if r['implicit'] and r['until']:
            for w in byWp[(r['name'], r['code'][:3])]:
                if GK(w) == GK(r) and w['until'] and 'only' not in w['src'] and abs((day(w['frm']) - day(r['frm'])).days) < 60 and (day(r['until']) - day(w['until'])).days > 1 and w['until'] > r['frm'] and not any(
                        x['frm'] > w['until'] and x['frm'] < r['until'] and GK(x) == GK(r) for x in byWp[(r['name'], r['code'][:3])]):
                    r['until'] = w['until']
                    r['src'] += '; end: wikidata'
                    break
    keep = []
    for w in W:
        g = GK(w)
        hs = byH.get(g, [])
        same = [h for h in by_name.get(w['name'], []) if h['code'][:3] == w['code'][:3] and (GK(h) == g)]
        lo, hi = w['frm'], w['until'] or '9999-12-31'
        if any(not (hi <= h['frm'] or (h['until'] or '9999-12-31') <= lo) for h in same):
            continue
        if same and w['src'].startswith('wikidata (as of'):
            continue
        if g[1] in EXCLUSIVE and hs:
            start = min(h['frm'] for h in hs)
            # cut an open or long row at the first hand-written holder that begins after it
            for h in sorted(hs, key=lambda h: h['frm']):
                hu = h['until'] or '9999-12-31'
                if hu <= lo or hi <= h['frm']:
                    continue
                if h['frm'] > lo:
                    hi = h['frm']
                    w['until'] = hi
                    w['src'] += '; end: next holder'
                    break
                if hu < hi and (day(hi if hi < '9999' else '2022-06-01') - day(hu)).days > 60 and hu > lo and (day(hu) - day(lo)).days <= 45:
                    w['frm'] = lo = hu
                else:
                    lo = None
                    if os.environ.get('SHOW_DROPPED') and h['name'] != w['name']:
                        print('dropped:', w['code'], w['role'], w['name'], w['frm'], w['until'], '| hand:', h['name'], h['frm'], h['until'])
                break
            if lo is None or (w['until'] and w['until'] <= w['frm']):
                continue
        keep.append(w)
    W = keep
    # exclusive offices: close open rows, prefer the next start to a year-only end
    g = collections.defaultdict(list)
    for r in W + H:
        if r['role'] in EXCLUSIVE or r['role'].startswith('minister of ') or r['role'].startswith('governor of '):
            g[(r['code'], r['role'])].append(r)
    for rs in g.values():
        rs.sort(key=lambda r: (r['frm'], not r['hand']))
        for i, r in enumerate(rs):
            if r['hand']:
                continue
            nx = next((x['frm'] for x in rs[i + 1:] if x['frm'] > r['frm'] and x['name'] != r['name']), '')
            if not r['until'] and nx:
                r['until'] = nx
                r['src'] += '; end: next holder'
            elif r.get('yend') and nx[:4] == r['until'][:4]:
                r['until'] = nx
            elif r['until'] and nx and r['until'] > nx and (day(r['until']) - day(nx)).days < 400:
                r['until'] = nx
    # open periods in the cabinet end with the next head of government; other old ones are capped
    heads = collections.defaultdict(list)
    for r in H:
        if r['role'] == ('president' if r['code'][:3] in PRESIDENTIAL else 'chancellor' if r['code'][:3] in ('DEU', 'AUT') else 'prime minister'):
            heads[r['code'][:3]].append((r['frm'], r['name']))
    for r in W:
        if r['until'] or re.search(r'king|queen|emperor|emir|sultan|supreme leader', r['role']):
            continue
        if re.search(r'minister|secretary|spokes|advis|deputy|vice|attorney general|trade rep|White House', r['role']) and r['code'][3:] in ('GOV', 'MIL'):
            hs = sorted(heads[r['code'][:3]])
            now = next((n for f, n in reversed(hs) if f <= r['frm']), None)
            nx = next((f for f, n in hs if (day(f) - day(r['frm'])).days > 30 and n != now), None)
            if nx:
                r['until'] = nx
                r['src'] += '; end: next head of government'
                continue
        if r['frm'] < ('2018-07-01' if r['role'].startswith('ambassador') else OPEN_SINCE):
            r['until'] = '%d%s' % (int(r['frm'][:4]) + CAP_YEARS, r['frm'][4:] if r['frm'][5:] != '02-29' else '-02-28')
            r['src'] += '; end unknown'
    rows = [r for r in W + H if not r['until'] or r['frm'] < r['until']]
    # merge overlapping or touching rows of one person, role, code
    out = collections.defaultdict(list)
    for r in sorted(rows, key=lambda r: (r['name'], r['code'], r['role'], r['frm'])):
        l = out[(r['name'], r['code'], r['role'])]
        if l and (not l[-1]['until'] or r['frm'] <= l[-1]['until']):
            p = l[-1]
            if p['until'] and (not r['until'] or r['until'] > p['until']):
                p['until'] = r['until']
            p['q'] = p['q'] or r['q']
        else:
            l.append(dict(r))
    rows = [r for l in out.values() for r in l]
    # Q-ids for hand-written rows: from the same name in the same country, for bodies from a name that has one Q-id only
    home = collections.defaultdict(set)
    for r in H:
        home[r['name']].add(r['code'][:3])
    near = collections.defaultdict(collections.Counter)
    for (name, c), ws in byWp.items():
        for w in ws:
            near[(name, c)][w['q']] += 1
    for r in rows:
        if not r['q']:
            c = near.get((r['name'], r['code'][:3]))
            if c:
                r['q'] = c.most_common(1)[0][0]
            elif len(qid.get(r['name'], ())) == 1 and r['code'][:3] in ('IGO', 'NGO'):
                r['q'] = next(iter(qid[r['name']]))
    # one person: a name of our own in its countries; else name and Q-id (namesakes stay apart)
    own = collections.defaultdict(set)
    for r in rows:
        if r['code'][:3] in home[r['name']]:
            own[r['name']].add(r['q'])
    people = collections.defaultdict(list)
    for r in rows:
        ours = r['hand'] or r['code'][:3] in home[r['name']] or r['q'] and r['q'] in own[r['name']]
        people[(r['name'], '' if ours else r['q'])].append(r)
    RANK = [(r'^(president|prime minister|premier|king|queen|chancellor|emperor|emir|sultan|supreme leader|pope|leader|Palestinian president|.*secretary-general|European (Commission|Council) president)$', 4),
            (r'(foreign|defence|interior|finance|home) (minister|secretary)|secretary of state$|defense secretary|vice president|chancellor of|national security adviser', 3), (r'Joint Chiefs of Staff|prime minister|president', 2.5), (r'minister|secretary|chief|director|speaker', 2)]
    rank = lambda role: next((v for p, v in RANK if re.search(p, role)), 1)
    after = []
    for (name, _), rs in people.items():
        if all(re.search(r'REB|CRM|BUS|JRN|IMG', r['code']) for r in rs):
            continue
        rs.sort(key=lambda r: (r['frm'], r['until'] or '9999'))
        end, held = '', []
        for i, r in enumerate(rs + [None]):
            if r is None or (end and r['frm'] > end and (day(r['frm']) - day(end)).days > GAP_DAYS):
                if end and end < '9999' and held:
                    best = max(held, key=lambda h: (rank(h['role']), h['until'] or '9999', h['frm']))
                    c = best['code'][:3]
                    if c in ('IGO', 'NGO', 'IMG', 'ISM'):
                        home = [h['code'][:3] for h in held if h['code'][:3] not in ('IGO', 'NGO', 'IMG', 'ISM')]
                        code = home[-1] + 'ELI' if home else best['code'] + 'ELI'
                    else:
                        code = c + 'ELI'
                    if not re.search(r'REB|CRM|BUS|JRN|IMG', held[-1]['code']):
                        role = re.sub(r'^former ', '', best['role'])
                        role = re.sub(r'^(first lady|king|queen|emperor|pope|sister of the leader|son of .*)$', r'\1', role)
                        after.append(dict(name=name, code=code, role='former ' + role, frm=end, until=r['frm'] if r else '', q=best['q'], src='derived: end of office', hand=False))
            if r is None:
                break
            held.append(r)
            end = max(end, r['until'] or '9999-12-31')
            if end == '9999-12-31':
                break
    rows += after
    lines = []
    for r in rows:
        al = list(aliases.get(r['name'], []))
        al += [x for x in sorted(spell[r['name']]) if x not in al and x != r['name']]
        f = fold(r['name'])
        if f != r['name'] and f not in al:
            al.append(f)
        al = [a for a in dict.fromkeys(al) if a.strip('!') != r['name']]
        lines.append((r['name'], '|'.join(al), r['code'], 'person', r['role'].strip(), r['frm'], r['until'], r['q'], r['src']))
    lines = sorted(set(lines), key=lambda x: (x[0], x[5], x[4], x[2]))
    with open(o.out, 'w', encoding='utf-8') as f:
        f.write('name\talias\tcode\tkind\trole\tfrom\tuntil\twikidata\tsource\n')
        f.write('# Built by workshop/generate/people.py: do not edit; edit sources/people_*.txt and run it again.\n')
        f.write('# Wikidata tables (CC0) to 2022, hand-written periods from general knowledge to 2026, thinner from mid 2025; where both speak, the latter win.\n')
        for l in lines:
            assert not any('\t' in c or '\n' in c for c in l), l
            f.write('\t'.join(l) + '\n')
    print('%d rows, %d people; %d from Wikidata, %d hand-written, %d after office' % (len(lines), len({l[0] for l in lines}), len(W), len(H), len(after)))


if __name__ == '__main__':
    main()
