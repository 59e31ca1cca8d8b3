//! Enumerations whose variants are words: the same ones in JSON, in the record, in product files and as keys of the texts.

/// Makes such enumerations. With `or Unknown` a word of a newer version becomes that variant, instead of making a whole file unreadable.
macro_rules! words {
    ($( $(#[doc = $doc:literal])+ $name:ident { $( $(#[doc = $vdoc:literal])+ $variant:ident = $word:literal, )* } $(or $other:ident)? )*) => { $(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        pub enum $name {
            $( $(#[doc = $vdoc])+ #[serde(rename = $word)] $variant, )*
            $( /// A word of a newer version.
            #[serde(other)]
            $other, )?
        }
        impl $name {
            /// Every word of this version.
            pub const ALL: &[Self] = &[$(Self::$variant),*];
            /// The word, as it is written.
            pub const fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )* $( Self::$other => "unknown", )? }
            }
            $( /// What a word stands for.
            pub fn of(word: &str) -> Self {
                Self::ALL.iter().copied().find(|one| one.word() == word).unwrap_or(Self::$other)
            } )?
        }
    )* };
}

pub(crate) use words;
