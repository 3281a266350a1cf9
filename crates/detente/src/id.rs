//! Typed indexes into the arenas of a [`Reading`](crate::Reading).

use detente_text::id;

id! {
    /// An actor of a reading.
    ActorId
}
id! {
    /// A mention of a reading.
    MentionId
}
id! {
    /// A place of a reading.
    PlaceId
}
id! {
    /// A time of a reading.
    TimeId
}
id! {
    /// A figure of a reading.
    FigureId
}
id! {
    /// An attribution of a reading.
    AttributionId
}
id! {
    /// An event of a reading.
    EventId
}
id! {
    /// A claim of a reading.
    ClaimId
}
