//! An extract: the record as JSON, in which values can be hidden and the chain can still be checked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::chain::{self, Field, Fields};
use super::verify::{Broken, Verified};
use super::{Receipt, Record, RecordError};
use crate::history::{About, Sight, Subject};
use crate::mask::{HIDDEN, Masker};

/// The `schema` of an extract of this version.
pub const EXTRACT_SCHEMA: &str = "inzage-history/1";

/// The history of this computer, for other programs and for who is shown it.
///
/// Its chain can be checked with `inzage verify FILE`, also where values are masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Extract {
    /// Always `inzage-history/1`.
    pub schema: String,
    /// A random number that tells this record from others.
    pub record: String,
    /// What is known now, put together from the entries.
    pub subjects: Vec<ExtractSubject>,
    /// Every entry, in their order.
    pub entries: Vec<ExtractEntry>,
}

/// A product or observation over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExtractSubject {
    /// Product or observation.
    pub about: About,
    /// Its id.
    pub id: String,
    /// The first day on which it was seen, as YYYY-MM-DD.
    pub first_seen: String,
    /// The last day on which it was seen.
    pub last_seen: String,
    /// Whether it is seen now: seen, lost (a source that shows it is closed) or gone.
    pub sight: String,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExtractEntry {
    /// Its number, from 1.
    pub number: u64,
    /// Its fields, by name.
    pub fields: BTreeMap<String, ExtractField>,
    /// Its hash, in hexadecimal.
    pub hash: String,
}

/// One field: with its value and salt, or masked and with its commitment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ExtractField {
    /// The value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The salt of the commitment, in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// The value without names. It is not part of the chain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub masked: Option<String>,
    /// The commitment, where the value is masked or was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
}

impl Record {
    /// The whole record; with a masker without the names of people, computers and domains.
    pub fn extract(&self, masker: Option<&Masker>) -> Result<Extract, RecordError> {
        let mut entries = Vec::new();
        self.each(|number, fields, hash| {
            let about = chain::change_of(&fields).about;
            let fields = fields.into_iter().map(|(name, field)| {
                let shown = masker.and_then(|masker| masked(masker, about, &name, field.value()?));
                let field = of_field(&name, field, shown);
                (name, field)
            });
            entries.push(ExtractEntry { number, fields: fields.collect(), hash: data_encoding::HEXLOWER.encode(&hash) });
        })?;
        let of = |about, id: &str, subject: &Subject| ExtractSubject {
            about,
            id: id.into(),
            first_seen: subject.first_seen.clone(),
            last_seen: subject.last_seen.clone(),
            sight: match subject.sight {
                Sight::Seen => "seen",
                Sight::Lost => "lost",
                Sight::Gone => "gone",
            }
            .into(),
        };
        let products = self.state().products.iter().map(|(id, subject)| of(About::Product, id, subject));
        let observations = self.state().observations.iter().map(|((id, _), subject)| of(About::Observation, id, subject));
        Ok(Extract { schema: EXTRACT_SCHEMA.into(), record: self.id().into(), subjects: products.chain(observations).collect(), entries })
    }
}

/// What is shown instead of a value that names somebody; nothing if the value can be shown.
fn masked(masker: &Masker, about: About, name: &str, value: &str) -> Option<String> {
    // What is behind a setting is mostly the employer's own: a proxy, a certificate, a filter.
    if about == About::Observation && HIDDEN.contains(&name) {
        return Some("<hidden>".into());
    }
    let shown = masker.text(value);
    (shown != value).then_some(shown)
}

fn of_field(name: &str, field: Field, masked: Option<String>) -> ExtractField {
    let field = if masked.is_some() { field.erased(name).unwrap_or(field) } else { field };
    match field {
        Field::Kept(salt, value) => ExtractField { value: Some(value), salt: Some(salt), ..ExtractField::default() },
        Field::Erased(commitment) => ExtractField { masked, commitment: Some(commitment), ..ExtractField::default() },
    }
}

/// Checks the chain of an extract. What it says about subjects is not part of the chain, and masked text is not either.
pub fn check_extract(extract: &Extract, receipts: &[Receipt]) -> Verified {
    let mut verified = Verified::new(receipts);
    for entry in &extract.entries {
        let fields: Option<Fields> = entry.fields.iter().map(|(name, field)| Some((name.clone(), stored(field)?))).collect();
        match (fields, chain::read(&entry.hash)) {
            (Some(fields), Some(hash)) => verified.take(entry.number, &fields, &hash),
            _ => {
                verified.broken.get_or_insert(Broken::At(verified.entries + 1));
            }
        }
    }
    if verified.record != extract.record && verified.broken.is_none() {
        verified.broken = Some(Broken::Strange);
    }
    verified
}

fn stored(field: &ExtractField) -> Option<Field> {
    match (&field.value, &field.salt, &field.commitment) {
        (Some(value), Some(salt), None) => Some(Field::Kept(salt.clone(), value.clone())),
        (None, None, Some(commitment)) => Some(Field::Erased(commitment.clone())),
        _ => None,
    }
}
