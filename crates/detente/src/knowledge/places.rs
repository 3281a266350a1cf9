//! Places by name: a gazetteer, as rows that people write and as a compact index.

use super::packed::{Pool, Stretch};
use super::table::{Input, Record};
use crate::Error;
use detente_text::vocabulary;

vocabulary! {
    /// What a place is.
    PlaceKind {
        /// A country or territory.
        Country = "country",
        /// A first-level division: a state, province, oblast.
        Region = "region",
        /// The capital of a country.
        Capital = "capital",
        /// The seat of a first-level division.
        Seat = "seat",
        /// A city, town or village.
        Town = "town",
        Continent = "continent",
        /// Several countries or parts of them: the Middle East, the Sahel.
        WorldRegion = "world-region",
        /// A part of a country, or of several, that is no division: Donbas, the West Bank.
        Subregion = "subregion",
        /// A sea, ocean, gulf, strait, bay or canal.
        Sea = "sea",
        River = "river",
        Lake = "lake",
        Mountain = "mountain",
        Desert = "desert",
        Island = "island",
        /// A base, plant, airport, prison, crossing, square.
        Site = "site",
    }
}

/// A place as a line of `knowledge/places.tsv` tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceRow<'p> {
    /// Name as printed in news.
    pub name: &'p str,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-3; empty where it lies in none or in several.
    pub country: &'p str,
    /// First-level division, as GeoNames numbers it; may be empty.
    pub admin1: &'p str,
    /// Degrees north, −90 to 90.
    pub latitude: f32,
    /// Degrees east, −180 to 180.
    pub longitude: f32,
    /// People; 0 where unknown or where nobody counts.
    pub population: u32,
    /// GeoNames id.
    pub geonames: Option<u32>,
}

/// The columns of a table of places, in order.
pub const COLUMNS: [&str; 9] =
    ["name", "alias", "kind", "country", "admin1", "latitude", "longitude", "population", "geonames"];

#[derive(Clone, Copy, Debug, PartialEq)]
struct Row {
    name: Stretch,
    country: Stretch,
    admin1: Stretch,
    kind: PlaceKind,
    latitude: f32,
    longitude: f32,
    population: u32,
    geonames: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Name {
    text: Stretch,
    row: u32,
}

/// A gazetteer: places under all their names.
///
/// ```
/// use detente::knowledge::{PlaceKind, Places};
///
/// let mut places = Places::default();
/// places.push(&"Kharkiv\tKharkov\tseat\tUKR\t07\t49.981\t36.253\t1421125\t706483".split('\t').collect::<Vec<_>>())?;
/// places.sort();
/// let found: Vec<_> = places.named("Kharkov").map(|id| places.row(id)).collect();
/// assert_eq!((found.len(), found[0].name, found[0].kind), (1, "Kharkiv", PlaceKind::Seat));
/// assert_eq!((places.named("Kharkiw").count(), places.country("UKR")), (0, None));
/// # Ok::<(), detente::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    text: Pool,
    rows: Vec<Row>,
    /// Sorted by text, then by the order of the rows.
    names: Vec<Name>,
    /// The rows of countries, sorted by code.
    countries: Vec<u32>,
}

impl Places {
    /// Adds a place from its [`COLUMNS`]; names between bars in the second. Ask nothing before [`Places::sort`].
    ///
    /// # Errors
    ///
    /// When the number of columns, a number, a code or the kind is wrong; says which.
    pub fn push(&mut self, columns: &[&str]) -> Result<(), Error> {
        let &[name, alias, kind, country, admin1, latitude, longitude, population, geonames] = columns else {
            return Err(Error::new(format!("{} columns instead of {}", columns.len(), COLUMNS.len())));
        };
        if name.is_empty() {
            return Err(Error::new("no name"));
        }
        let kind = PlaceKind::from_name(kind)
            .ok_or_else(|| Error::new(format!("kind `{kind}` is no kind of place")))?;
        if !(country.is_empty() || country.len() == 3 && country.bytes().all(|b| b.is_ascii_uppercase())) {
            return Err(Error::new(format!("country `{country}` has not three capital letters")));
        }
        let whole = |text: &str, what: &str| match text {
            "" => Ok(0),
            _ => text.parse().map_err(|_| Error::new(format!("{what} `{text}` is no whole number"))),
        };
        let row = PlaceRow {
            name,
            kind,
            country,
            admin1,
            latitude: degrees(latitude, 90.0)?,
            longitude: degrees(longitude, 180.0)?,
            population: whole(population, "population")?,
            geonames: Some(whole(geonames, "GeoNames id")?).filter(|&id| id > 0),
        };
        self.add(&row, alias.split('|').filter(|a| !a.is_empty()));
        Ok(())
    }

    /// Adds a place under its name and others. Ask nothing before [`Places::sort`].
    pub fn add<'a>(&mut self, row: &PlaceRow<'_>, aliases: impl Iterator<Item = &'a str>) {
        let number = self.rows.len() as u32;
        let name = self.text.keep(row.name);
        let packed = Row {
            name,
            country: self.text.keep(row.country),
            admin1: self.text.keep(row.admin1),
            kind: row.kind,
            latitude: row.latitude,
            longitude: row.longitude,
            population: row.population,
            geonames: row.geonames.unwrap_or(0),
        };
        self.rows.push(packed);
        self.names.push(Name { text: name, row: number });
        for alias in aliases {
            let text = self.text.keep(alias);
            self.names.push(Name { text, row: number });
        }
    }

    /// Puts the names in order, after the last place was added. Places of one name stay in the order they came.
    pub fn sort(&mut self) {
        let mut names = std::mem::take(&mut self.names);
        names.sort_by(|a, b| self.text.slice(a.text).cmp(self.text.slice(b.text)).then(a.row.cmp(&b.row)));
        self.names = names;
        self.sort_countries();
    }

    fn sort_countries(&mut self) {
        let all = 0..self.rows.len() as u32;
        let mut countries: Vec<u32> = all.filter(|&n| self.row(n).kind == PlaceKind::Country).collect();
        countries.sort_by_key(|&n| self.row(n).country);
        self.countries = countries;
    }

    /// The country of a code, such as `UKR`.
    pub fn country(&self, code: &str) -> Option<u32> {
        let at = self.countries.binary_search_by_key(&code, |&n| self.row(n).country).ok()?;
        Some(self.countries[at])
    }

    /// The places of this name, spelt exactly so, by number.
    pub fn named(&self, name: &str) -> impl Iterator<Item = u32> + '_ {
        let first = self.names.partition_point(|n| self.text.slice(n.text) < name);
        let count = self.names[first..].iter().take_while(|n| self.text.slice(n.text) == name).count();
        self.names[first..first + count].iter().map(|n| n.row)
    }

    /// A place by its number.
    ///
    /// # Panics
    ///
    /// When there is no such number.
    pub fn row(&self, number: u32) -> PlaceRow<'_> {
        let row = &self.rows[number as usize];
        PlaceRow {
            name: self.text.slice(row.name),
            kind: row.kind,
            country: self.text.slice(row.country),
            admin1: self.text.slice(row.admin1),
            latitude: row.latitude,
            longitude: row.longitude,
            population: row.population,
            geonames: (row.geonames > 0).then_some(row.geonames),
        }
    }

    /// All places, in the order they came.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = PlaceRow<'_>> {
        (0..self.rows.len() as u32).map(|number| self.row(number))
    }

    /// Whether every stretch lies in the text, on character boundaries, and the names are in order.
    fn is_sound(&self) -> bool {
        let inside = |s: Stretch| self.text.holds(s);
        self.rows.iter().all(|r| inside(r.name) && inside(r.country) && inside(r.admin1))
            && self.names.iter().all(|n| inside(n.text) && (n.row as usize) < self.rows.len())
            && self.names.is_sorted_by(|a, b| self.text.slice(a.text) <= self.text.slice(b.text))
    }
}

fn degrees(text: &str, most: f32) -> Result<f32, Error> {
    text.parse()
        .ok()
        .filter(|d: &f32| d.abs() <= most)
        .ok_or_else(|| Error::new(format!("`{text}` is no angle of at most {most} degrees")))
}

impl Record for Name {
    fn write(&self, out: &mut Vec<u8>) {
        self.text.write(out);
        self.row.write(out);
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        Ok(Self { text: Stretch::read(input)?, row: u32::read(input)? })
    }
}

impl Record for Row {
    fn write(&self, out: &mut Vec<u8>) {
        self.name.write(out);
        self.country.write(out);
        self.admin1.write(out);
        self.kind.write(out);
        self.latitude.to_bits().write(out);
        self.longitude.to_bits().write(out);
        self.population.write(out);
        self.geonames.write(out);
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        Ok(Self {
            name: Stretch::read(input)?,
            country: Stretch::read(input)?,
            admin1: Stretch::read(input)?,
            kind: Record::read(input)?,
            latitude: f32::from_bits(u32::read(input)?),
            longitude: f32::from_bits(u32::read(input)?),
            population: u32::read(input)?,
            geonames: u32::read(input)?,
        })
    }
}

impl Record for Places {
    fn write(&self, out: &mut Vec<u8>) {
        self.text.write(out);
        self.rows.write(out);
        self.names.write(out);
    }

    fn read(input: &mut Input<'_>) -> Result<Self, Error> {
        let mut out = Self {
            text: Record::read(input)?,
            rows: Record::read(input)?,
            names: Record::read(input)?,
            countries: Vec::new(),
        };
        if !out.is_sound() {
            return Err(Error::new("the table of places is damaged"));
        }
        out.sort_countries();
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(line: &str) -> Result<Places, Error> {
        let mut places = Places::default();
        places.push(&line.split('|').collect::<Vec<_>>())?;
        Ok(places)
    }

    #[test]
    fn wrong_columns_are_named() {
        let message = |line: &str| push(line).unwrap_err().to_string();
        assert_eq!(message("Kyiv"), "1 columns instead of 9");
        assert_eq!(message("Kyiv||village|UKR||50|30|1|2"), "kind `village` is no kind of place");
        assert_eq!(message("Kyiv||capital|UA||50|30|1|2"), "country `UA` has not three capital letters");
        assert_eq!(message("Kyiv||capital|UKR||91|30|1|2"), "`91` is no angle of at most 90 degrees");
        assert_eq!(message("Kyiv||capital|UKR||50|x|1|2"), "`x` is no angle of at most 180 degrees");
        assert_eq!(message("Kyiv||capital|UKR||50|30|many|2"), "population `many` is no whole number");
    }

    #[test]
    fn places_of_one_name_stay_in_order() {
        let mut places = Places::default();
        for (kind, country) in [("town", "USA"), ("capital", "FRA")] {
            places.push(&["Paris", "", kind, country, "", "48.9", "2.3", "1", ""]).unwrap();
        }
        places.sort();
        let countries: Vec<&str> = places.named("Paris").map(|id| places.row(id).country).collect();
        assert_eq!(countries, ["USA", "FRA"]);
    }

    #[test]
    fn damaged_tables_are_refused() {
        let mut places = push("Kyiv||capital|UKR|12|50|30|1|703448").unwrap();
        places.sort();
        let mut bytes = Vec::new();
        places.write(&mut bytes);
        let read = |bytes: &[u8]| Places::read(&mut Input::new(bytes));
        assert_eq!(read(&bytes).unwrap(), places);
        for cut in 0..bytes.len() {
            assert!(read(&bytes[..cut]).is_err(), "{cut}");
        }
        // The length of the text, of the row's name, and the name's row.
        for at in [0, 4 + 9 + 4 + 4, bytes.len() - 4] {
            let mut damaged = bytes.clone();
            damaged[at] = 99;
            assert!(read(&damaged).is_err(), "{at}");
        }
    }
}
