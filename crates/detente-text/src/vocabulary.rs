//! Closed vocabularies as enums with their standard spelling.

/// Defines an enum whose variants have one standard spelling each, with `ALL`, `as_str`, `from_name` and `Display`.
///
/// ```
/// detente_text::vocabulary! {
///     /// Which way a door goes.
///     Door {
///         Open = "open",
///         Shut = "shut",
///     }
/// }
/// assert_eq!(Door::from_name("shut"), Some(Door::Shut));
/// assert_eq!(Door::Open.to_string(), "open");
/// assert_eq!(Door::ALL.len(), 2);
/// ```
#[macro_export]
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum $name { $($(#[$doc])* #[doc = concat!("<code>", $text, "</code>")] $variant,)+ }

        impl $name {
            /// Every member, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The standard spelling.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The member with this exact spelling.
            pub fn from_name(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}
