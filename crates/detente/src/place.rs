//! Places.

use detente_text::{Span, vocabulary};

vocabulary! {
    /// What a place is to the text.
    PlaceRole {
        /// Something happens there.
        Event = "event",
        /// Where the report was written.
        Dateline = "dateline",
        /// A capital that stands for its government.
        Seat = "seat",
        Other = "other",
    }
}

/// A mention of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The words.
    pub span: Span,
    /// The name to show.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// Degrees north, −90 to 90.
    pub latitude: Option<f64>,
    /// Degrees east, −180 to 180.
    pub longitude: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// What it is to the text.
    pub role: PlaceRole,
}
