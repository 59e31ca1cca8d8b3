//! Entries of the record, each chained to the one before it.
//!
//! Of every field the chain holds only a salted commitment. So a value can be shown or hidden on its own, and can be erased, and the chain
//! stays whole: who knows salt and value can check the commitment, and from the commitment nobody can guess the value.
//!
//! * commitment = SHA-256("inzage-field/1" ‖ 0 ‖ length of the name ‖ name ‖ salt ‖ value)
//! * hash of an entry = SHA-256("inzage-entry/1" ‖ 0 ‖ hash before it ‖ number ‖ count of fields ‖ for each field, by name: length of the name ‖ name ‖ commitment)
//!
//! Lengths and the count are 4 bytes and the number is 8, the highest first; the first entry has 32 zeros before it; a salt has 16 bytes.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::history::{About, Change, What};

/// A hash or commitment.
pub(super) type Hash = [u8; 32];
/// What makes a commitment impossible to guess.
pub(super) type Salt = [u8; 16];

/// The hash before the first entry.
pub(super) const NOTHING: Hash = [0; 32];

/// One field of an entry, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Field {
    /// Salt and value.
    Kept(String, String),
    /// Only the commitment is left.
    Erased(String),
}

impl Field {
    pub(super) fn new(salt: Salt, value: &str) -> Self {
        Self::Kept(HEXLOWER.encode(&salt), value.into())
    }

    /// The value, unless it was erased.
    pub(super) fn value(&self) -> Option<&str> {
        match self {
            Self::Kept(_, value) => Some(value),
            Self::Erased(_) => None,
        }
    }

    /// The commitment; nothing if the field is not written as one.
    pub(super) fn commitment(&self, name: &str) -> Option<Hash> {
        match self {
            Self::Kept(salt, value) => Some(commitment(name, &read::<16>(salt)?, value)),
            Self::Erased(commitment) => read(commitment),
        }
    }

    /// The same field without its value.
    pub(super) fn erased(&self, name: &str) -> Option<Self> {
        Some(Self::Erased(HEXLOWER.encode(&self.commitment(name)?)))
    }
}

/// The fields of an entry, by name.
pub(super) type Fields = BTreeMap<String, Field>;

/// A hash or a salt from its hexadecimal form.
pub(super) fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

fn commitment(name: &str, salt: &Salt, value: &str) -> Hash {
    let mut sha = Sha256::new();
    sha.update(b"inzage-field/1\0");
    update_name(&mut sha, name);
    sha.update(salt);
    sha.update(value);
    sha.finalize().into()
}

/// The hash of an entry; nothing if a field is not written as one.
pub(super) fn hash(before: &Hash, number: u64, fields: &Fields) -> Option<Hash> {
    let mut sha = Sha256::new();
    sha.update(b"inzage-entry/1\0");
    sha.update(before);
    sha.update(number.to_be_bytes());
    sha.update(u32::try_from(fields.len()).ok()?.to_be_bytes());
    for (name, field) in fields {
        update_name(&mut sha, name);
        sha.update(field.commitment(name)?);
    }
    Some(sha.finalize().into())
}

fn update_name(sha: &mut Sha256, name: &str) {
    sha.update(u32::try_from(name.len()).unwrap_or(u32::MAX).to_be_bytes());
    sha.update(name);
}

/// The names of the fields that every entry has.
const DAY: &str = "day";
const WHAT: &str = "what";
const ABOUT: &str = "about";
const ID: &str = "id";

/// The fields of a change. The values of a change have names of their own.
pub(super) fn fields_of(change: &Change, mut salt: impl FnMut() -> Option<Salt>) -> Option<Fields> {
    let always = [(DAY, change.day.as_str()), (WHAT, change.what.word()), (ABOUT, change.about.word()), (ID, change.id.as_str())];
    let more = change.values.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    always.into_iter().chain(more).map(|(name, value)| Some((name.to_owned(), Field::new(salt()?, value)))).collect()
}

/// The change that an entry tells; what was erased is left out.
pub(super) fn change_of(fields: &Fields) -> Change {
    let value = |name: &str| fields.get(name).and_then(Field::value).unwrap_or_default();
    let is_own = |name: &str| [DAY, WHAT, ABOUT, ID].contains(&name);
    let values = fields.iter().filter(|(name, _)| !is_own(name)).filter_map(|(name, field)| Some((name.clone(), field.value()?.to_owned()))).collect();
    Change { day: value(DAY).into(), what: What::of(value(WHAT)), about: About::of(value(ABOUT)), id: value(ID).into(), values }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_erased_value_leaves_the_hash_as_it_was() {
        let change = Change::new("2026-11-25", What::Appeared, About::Product, "a").with("name", "Acme");
        let mut count = 0;
        let mut fields = fields_of(&change, || {
            count += 1;
            Some([count; 16])
        })
        .unwrap();
        assert_eq!(change_of(&fields), change);
        let whole = hash(&NOTHING, 1, &fields).unwrap();
        let erased = fields["name"].erased("name").unwrap();
        fields.insert("name".into(), erased);
        assert_eq!(hash(&NOTHING, 1, &fields).unwrap(), whole);
        assert_eq!(change_of(&fields).value("name"), None);
        assert_ne!(hash(&NOTHING, 2, &fields).unwrap(), whole);
        assert_ne!(hash(&whole, 1, &fields).unwrap(), whole);
        fields.insert("name".into(), Field::new([9; 16], "Acme"));
        assert_ne!(hash(&NOTHING, 1, &fields).unwrap(), whole);
    }

    #[test]
    fn a_name_cannot_be_moved_into_a_value() {
        assert_ne!(commitment("a", &[0; 16], "b"), commitment("ab", &[0; 16], ""));
        assert!(Field::Kept("xyz".into(), String::new()).commitment("a").is_none());
        assert!(Field::Erased("00".into()).commitment("a").is_none());
    }
}
