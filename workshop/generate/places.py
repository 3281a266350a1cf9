#!/usr/bin/env python3
"""places.py CITIES.csv CODES.csv > knowledge/actors/places.tsv

Makes the table of places: the most populous place of each name with at least 50,000 people, its country, first-level
division, coordinates and GeoNames id. CITIES.csv is the GeoNames extract (columns geonameid, name, asciiname,
alternatenames, lat, lon, fcode, country, admin1, population; CC BY 4.0), CODES.csv a table of country codes with the
columns ISO3166-1-Alpha-2 and ISO3166-1-Alpha-3 (PDDL). Other spellings that news in English uses are listed below.
"""
import csv
import sys

# General knowledge: how news spells or spelled a place beside GeoNames' own name.
ALSO = {
    'Kharkiv': ['Kharkov'], 'Odesa': ['Odessa'], 'Lviv': ['Lvov'], 'Mykolayiv': ['Mykolaiv', 'Nikolayev'],
    'Zaporizhzhya': ['Zaporizhzhia', 'Zaporozhye'], 'Chernihiv': ['Chernigov'], 'Luhansk': ['Lugansk'],
    'Horlivka': ['Gorlovka'], 'Severodonetsk': ['Sievierodonetsk'], 'Aleppo': ['Halab'], 'Mosul': ['Al Mawsil'],
    'Al Basrah al Qadimah': ['Basra'], 'Basrah': ['Basra'], 'Mumbai': ['Bombay'], 'Kolkata': ['Calcutta'], 'Chennai': ['Madras'],
    'Yangon': ['Rangoon'], 'Kandahār': ['Kandahar'], 'Herāt': ['Herat'], 'Jalālābād': ['Jalalabad'],
    'Banghāzī': ['Benghazi'], 'Benghazi': ['Banghazi'], 'Saint Petersburg': ['St. Petersburg', 'St Petersburg'],
    'New York City': ['New York'], 'Geneve': ['Geneva'], 'Geneva': ['Geneve'], 'Goma': [], 'Sevastopol': [],
}


def main(cities, codes):
    with open(codes, encoding='utf-8') as f:
        alpha3 = {r['ISO3166-1-Alpha-2']: r['ISO3166-1-Alpha-3'] for r in csv.DictReader(f)}
    best = {}
    with open(cities, encoding='utf-8') as f:
        for r in csv.DictReader(f):
            people = int(r['population'] or 0)
            country = alpha3.get(r['country'])
            if people < 50_000 or not country:
                continue
            names = {r['name'], r['asciiname'], *ALSO.get(r['name'], [])}
            for name in sorted(n for n in names if len(n) > 2 and '\t' not in n):
                if name not in best or best[name][0] < people:
                    best[name] = (people, country, r['admin1'], r['lat'], r['lon'], r['geonameid'])
    print('# Places with at least 50,000 people; one place a name, the most populous. From GeoNames (CC BY 4.0),')
    print('# made by workshop/generate/places.py.')
    print('name\tcountry\tadmin1\tlatitude\tlongitude\tgeonames')
    for name in sorted(best):
        print('\t'.join([name, *best[name][1:]]))


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
