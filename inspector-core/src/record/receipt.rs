//! A receipt: how long the record was on a day, and the hash of its last entry. Kept elsewhere, it tells later whether everything up to that day is
//! unchanged.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use super::chain::Hash;

/// The `schema` of a receipt of this version.
pub const RECEIPT_SCHEMA: &str = "inzage-receipt/1";

/// What a record was on one day. It tells nothing of what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Always `inzage-receipt/1`.
    pub schema: String,
    /// The day, as YYYY-MM-DD.
    pub day: String,
    /// Which record.
    pub record: String,
    /// How many entries it had.
    pub entries: u64,
    /// The hash of the last of them, in hexadecimal.
    pub hash: String,
}

impl Receipt {
    pub(super) fn new(day: &str, record: &str, entries: u64, hash: &Hash) -> Self {
        Self { schema: RECEIPT_SCHEMA.into(), day: day.into(), record: record.into(), entries, hash: HEXLOWER.encode(hash) }
    }
}
