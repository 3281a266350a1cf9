//! Typed indexes, so that a token's number is never taken for a sentence's.

/// Defines a `u32` newtype that indexes one kind of item.
///
/// ```
/// detente_text::id! {
///     /// A street of a town.
///     StreetId
/// }
/// assert_eq!(StreetId::at(3).index(), 3);
/// ```
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);

        impl $name {
            /// The index as `usize`.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of the `index`-th item.
            ///
            /// # Panics
            ///
            /// When `index` does not fit in `u32`.
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).expect("arenas hold at most u32::MAX items"))
            }
        }
    };
}

id! {
    /// A token of a [`Document`](crate::Document), counted over the whole text.
    TokenId
}

id! {
    /// A sentence of a [`Document`](crate::Document).
    SentenceId
}
