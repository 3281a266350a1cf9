#!/usr/bin/env python3
"""places.py --cities CITIES.csv --towns TOWNS.csv --codes CODES.csv > knowledge/places.tsv

Makes the table of places from

    CITIES.csv       GeoNames, places of more than 15,000 people (CC BY 4.0)
    TOWNS.csv        GeoNames, an older extract of more than 5,000 people: what is smaller comes from it (CC BY 4.0)
    CODES.csv        country codes, columns ISO3166-1-Alpha-2 and ISO3166-1-Alpha-3 (PDDL)
and from what is written by hand, in knowledge/places/:

    countries.tsv    where each country has its middle
    regions.tsv      first-level divisions with their GeoNames code; of large ones, the middle
    features.tsv     seas, islands, subregions, sites and small towns that news names

Where regions.tsv tells no middle of a division, it is that of its towns. Other names are taken from GeoNames
where they are spelt in plain letters and mean one place only.
"""
import argparse
import collections
import csv
import os
import re
import sys
import unicodedata

SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'knowledge', 'places')
# Cities of fewer people have no other names but their own without accents.
KNOWN_ABROAD = 50_000
# Parts of cities, abandoned and historical places are no towns.
LEFT_OUT = {'PPLX', 'PPLH', 'PPLQ', 'PPLW', 'PPLCH', 'STLMT'}
PLAIN = re.compile(r"[A-Z][a-z]+(?:[ '-][A-Za-z]?[a-z]+)*")
SMALL = {'de', 'del', 'la', 'el', 'al', 'of', 'the', 'on', 'upon', 'sur', 'am', 'an', 'do', 'da', 'dos', 'di'}
# General knowledge: how news spells a place beside GeoNames' names.
ALSO = {
    'New York City': ['New York', 'NYC'], 'Washington': ['Washington, D.C.', 'Washington D.C.', 'Washington DC'],
    'Izyum': ['Izium'], 'Kupyansk': ['Kupiansk'], 'Avdiyivka': ['Avdiivka', 'Avdeevka'], 'Janīn': ['Jenin'],
    'Makkah': ['Mecca'], 'Madinah': ['Medina'], 'Tadmur': ['Palmyra'], 'Saint Petersburg': ['St. Petersburg', 'St Petersburg'],
}
# How much larger a place must be than another of that name for its alternate name to count.
LARGER = 3


def plain(text):
    """Without accents and apostrophes of transliteration."""
    text = ''.join(c for c in unicodedata.normalize('NFKD', text) if not unicodedata.combining(c))
    return re.sub('[ʻʼ’‘`ʹ]', "'", text).replace('ı', 'i').replace('ł', 'l').replace('ø', 'o').replace('đ', 'd')


def rows(path, delimiter=','):
    with open(path, encoding='utf-8') as file:
        quoting = csv.QUOTE_NONE if delimiter == '\t' else csv.QUOTE_MINIMAL
        yield from csv.DictReader((line for line in file if not line.startswith('#')), delimiter=delimiter, quoting=quoting)


def english(name):
    """Whether an alternate name could stand in English news."""
    words = name.split(' ')
    return len(name) > 3 and len(words) < 4 and bool(PLAIN.fullmatch(name)) and all(
        w[0].isupper() or w in SMALL for w in words)


def cities(args, alpha3):
    """Towns by their id, the newer table before the older."""
    out = {}
    for path, least, most in ((args.cities, 0, 10**9), (args.towns, 5_000, 15_000)):
        for r in rows(path):
            people = int(r['population'] or 0)
            seat = r['fcode'] in ('PPLC', 'PPLA')
            if r['geonameid'] in out or r['country'] not in alpha3 or r['fcode'] in LEFT_OUT:
                continue
            if seat or least <= people < most:
                out[r['geonameid']] = {
                    'name': r['name'], 'kind': 'capital' if r['fcode'] == 'PPLC' else 'seat' if seat else 'town',
                    'country': alpha3[r['country']], 'admin1': r['admin1'], 'lat': float(r['lat']),
                    'lon': float(r['lon']), 'people': people, 'geonames': r['geonameid'],
                    'own': {r['name'], r['asciiname'], plain(r['name']), *ALSO.get(r['name'], [])},
                    'other': r['alternatenames'].split(',') if people >= KNOWN_ABROAD or seat else [],
                }
    return list(out.values())


def divisions(towns):
    """The first-level divisions, in the middle that the table tells or in that of their towns."""
    inside = collections.defaultdict(list)
    for t in towns:
        inside[t['country'], t['admin1']].append(t)
    for r in rows(os.path.join(SOURCES, 'regions.tsv'), '\t'):
        seat = [t for t in towns if t['country'] == r['country'] and r['seat'] in t['own']]
        found = inside[r['country'], r['admin1']] or seat
        if not found:
            print(f"regions.tsv: no town in {r['country']} {r['admin1']} ({r['name']}): left out", file=sys.stderr)
            continue
        at = {axis: float(r[name]) if r[name] else middle([t[axis] for t in found])
              for axis, name in (('lat', 'latitude'), ('lon', 'longitude'))}
        yield {'name': r['name'], 'kind': 'region', 'country': r['country'], 'admin1': r['admin1'], **at,
               'people': sum(t['people'] for t in found), 'geonames': '',
               'own': {r['name'], plain(r['name']), *filter(None, r['alias'].split('|'))}, 'other': []}


def middle(values):
    return (min(values) + max(values)) / 2


def features():
    for r in rows(os.path.join(SOURCES, 'features.tsv'), '\t'):
        yield {'name': r['name'], 'kind': r['kind'], 'country': r['country'], 'admin1': '', 'lat': float(r['lat']),
               'lon': float(r['lon']), 'people': 0, 'geonames': '',
               'own': {r['name'], plain(r['name']), *filter(None, r['alias'].split('|'))}, 'other': []}


def countries():
    for r in rows(os.path.join(SOURCES, 'countries.tsv'), '\t'):
        yield {'name': r['name'], 'kind': 'country', 'country': r['country'], 'admin1': '', 'lat': float(r['latitude']),
               'lon': float(r['longitude']), 'people': 0, 'geonames': '', 'own': {r['name']}, 'other': []}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('cities', 'towns', 'codes'):
        parser.add_argument('--' + name, required=True)
    args = parser.parse_args()
    alpha3 = {r['ISO3166-1-Alpha-2']: r['ISO3166-1-Alpha-3'] for r in rows(args.codes)}
    alpha3['XK'] = 'KOS'  # as CAMEO has it
    towns = cities(args, alpha3)
    places = towns + list(divisions(towns)) + list(features()) + list(countries())
    named = collections.defaultdict(list)
    lands = {p['name'] for p in places if p['kind'] == 'country'}
    for p in places:
        p['other'] = {n for n in map(plain, p['other']) if english(n)} - p['own'] - lands
        for n in p['own'] | p['other']:
            named[n].append(p['people'])
    print('# Places by name. Made by workshop/generate/places.py: do not edit; edit its sources and run it again.')
    print('# With a GeoNames id: from GeoNames (CC BY 4.0). Without: general knowledge, a region where its towns lie.')
    print('name\talias\tkind\tcountry\tadmin1\tlatitude\tlongitude\tpopulation\tgeonames')
    lines = []
    for p in places:
        more = {n for n in p['other'] if p['people'] >= LARGER * max(sorted(named[n])[:-1], default=0)}
        alias = sorted((p['own'] | more) - {p['name'], ''})
        lines.append('\t'.join([p['name'], '|'.join(alias), p['kind'], p['country'], p['admin1'], f"{p['lat']:.3f}",
                                f"{p['lon']:.3f}", str(p['people']), p['geonames']]))
    print('\n'.join(sorted(lines)))


if __name__ == '__main__':
    main()
