//! What changed on a computer between looks. A pure function: what is known of the past and a report give changes, and changes give what is
//! known of the past.
//!
//! It tells days and states of products and settings, and is no diary of the worker: no hours; of the worker's own programs not on which days
//! they ran; nothing of what lasts as long as a call.

mod compare;
mod state;

use std::collections::BTreeMap;

use serde::Serialize;

pub use compare::changes;
pub use state::{Sight, State, Subject};

use crate::words::words;

words! {
    /// What happened.
    What {
        /// It is seen, and was not before.
        Appeared = "appeared",
        /// It runs, and was not seen running before.
        Started = "started",
        /// It starts by itself, but did not run on a whole day on which the computer was looked at.
        Stopped = "stopped",
        /// Something about it is different.
        Changed = "changed",
        /// Everything that would show it was looked at, and it is not there.
        Disappeared = "disappeared",
        /// A source tells less than before.
        CoverageLost = "coverage_lost",
        /// A source tells more than before.
        CoverageGained = "coverage_gained",
        /// Another set of signatures is used.
        SignaturesUpdated = "signatures_updated",
        /// The computer was looked at.
        Looked = "looked",
    } or Unknown
    /// What it happened to.
    About {
        /// A product.
        Product = "product",
        /// An observation.
        Observation = "observation",
        /// A category, and the highest level that it ever had.
        Category = "category",
        /// A source.
        Source = "source",
        /// The set of signatures.
        Signatures = "signatures",
        /// This program.
        Program = "program",
        /// The computer as a whole.
        Computer = "computer",
        /// The record itself.
        Record = "record",
    } or Unknown
    /// Why something is told now that may be older.
    Because {
        /// It was seen at the first look.
        FirstLook = "first_look",
        /// The signatures are new: it may have been there before.
        Signatures = "signatures",
        /// This program is new, and can see more.
        Program = "program",
        /// A source that shows it could not be looked at before.
        Coverage = "coverage",
    } or Unknown
}

/// One change, on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The day on which it was seen, as YYYY-MM-DD, in the worker's own time zone.
    pub day: String,
    /// What happened.
    pub what: What,
    /// To what.
    pub about: About,
    /// The id of the product, observation, category or source.
    pub id: String,
    /// What else is known, by the names in [`key`].
    pub values: BTreeMap<String, String>,
}

/// The names of what a change tells.
pub mod key {
    /// The product's name.
    pub const NAME: &str = "name";
    /// What is behind an observation.
    pub const BY: &str = "by";
    /// Who set what an observation shows.
    pub const SET_BY: &str = "set_by";
    /// Whether an observation is no reason for concern.
    pub const ORDINARY: &str = "ordinary";
    /// The group of a product.
    pub const GROUP: &str = "group";
    /// How sure a finding is.
    pub const CONFIDENCE: &str = "confidence";
    /// Whether a product is on the computer.
    pub const INSTALLED: &str = "installed";
    /// Whether it starts by itself.
    pub const AUTOSTART: &str = "autostart";
    /// Whether it runs; of a look: the products that ran on that day.
    pub const RUNNING: &str = "running";
    /// The level of a category or an observation.
    pub const LEVEL: &str = "level";
    /// Since when the system itself says that it is there.
    pub const PRESENT_SINCE: &str = "present_since";
    /// Where the system says so.
    pub const PRESENT_SOURCE: &str = "present_source";
    /// What it was recognised by: a line for each trace.
    pub const EVIDENCE: &str = "evidence";
    /// The sources that show it and how far they were looked at, as `source=status`.
    pub const NEEDS: &str = "needs";
    /// Whether it can be seen at all: `lost` when a source that shows it is closed.
    pub const SIGHT: &str = "sight";
    /// Why it is told now.
    pub const BECAUSE: &str = "because";
    /// How far a source was looked at.
    pub const STATUS: &str = "status";
    /// Why not fully.
    pub const REASON: &str = "reason";
    /// Sources that were not known before, as `source=status`.
    pub const COVERAGE: &str = "coverage";
    /// A version.
    pub const VERSION: &str = "version";
    /// SHA-256 of the signatures.
    pub const SHA256: &str = "sha256";
}

impl Change {
    /// A change without anything else known.
    pub fn new(day: &str, what: What, about: About, id: &str) -> Self {
        Self { day: day.into(), what, about, id: id.into(), values: BTreeMap::new() }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.values.insert(key.into(), value.into());
        self
    }

    /// A value, if it is told.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// Why it is told now, if it may be older.
    pub fn because(&self) -> Option<Because> {
        self.value(key::BECAUSE).map(Because::of)
    }
}

#[cfg(test)]
mod tests;
