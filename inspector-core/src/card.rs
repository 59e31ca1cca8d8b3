//! What a product's card says. A scan needs the cards of the few products that it finds; so a card stays in its bytes until somebody asks for it.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::signature::{Cite, Observes, Page, Visibility};

/// Everything about a product by which it is not recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The maker's page.
    pub homepage: Option<String>,
    /// Old names and ids.
    pub formerly: Vec<String>,
    /// Whether the person at the computer sees it.
    pub visibility: Visibility,
    /// Where that was read.
    pub visibility_cite: Option<Cite>,
    /// What it does to a worker, in one or two plain sentences per language (`en`, `nl`).
    pub about: BTreeMap<String, String>,
    /// What it can observe.
    pub observes: Vec<Observes>,
    /// Where a trace was looked for in vain.
    pub sought: Vec<String>,
    /// The pages on which all this and the indicators were read.
    pub pages: Vec<Page>,
}

impl Default for Card {
    fn default() -> Self {
        Self {
            homepage: None,
            formerly: Vec::new(),
            visibility: Visibility::Undocumented,
            visibility_cite: None,
            about: BTreeMap::new(),
            observes: Vec::new(),
            sought: Vec::new(),
            pages: Vec::new(),
        }
    }
}

/// A card that is read from its bytes when it is first asked for.
#[derive(Clone, Debug)]
pub struct LazyCard {
    /// In postcard's format; empty where the card was made here.
    bytes: Box<[u8]>,
    card: OnceLock<Card>,
}

impl From<Card> for LazyCard {
    fn from(card: Card) -> Self {
        Self { bytes: Box::default(), card: OnceLock::from(card) }
    }
}

impl Deref for LazyCard {
    type Target = Card;

    fn deref(&self) -> &Card {
        // Who wrote the bytes wrote them from a card.
        self.card.get_or_init(|| postcard::from_bytes(&self.bytes).unwrap_or_default())
    }
}

impl PartialEq for LazyCard {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for LazyCard {}

impl Serialize for LazyCard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return Card::serialize(self, serializer);
        }
        serializer.serialize_bytes(&postcard::to_allocvec(&**self).map_err(serde::ser::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for LazyCard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl serde::de::Visitor<'_> for Bytes {
            type Value = Box<[u8]>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the bytes of a card")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Self::Value, E> {
                Ok(bytes.into())
            }
        }

        if deserializer.is_human_readable() {
            return Card::deserialize(deserializer).map(Self::from);
        }
        deserializer.deserialize_bytes(Bytes).map(|bytes| Self { bytes, card: OnceLock::new() })
    }
}
