//! The report: one versioned value that feeds every face.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::SetBy;
use crate::inventory::{Coverage, Host, Inventory, Source};
use crate::kinds::{IndicatorKind, Os, Strength};
use crate::matching::Matcher;
use crate::signature::{Bundle, Class, Group, Observes, Part, Product, When};
use crate::words::words;
use crate::{exposure, observe};

/// The `schema` of a report of this version.
pub const SCHEMA: &str = "inzage-report/1";

/// What was found on a computer, and what could not be looked at.
///
/// Readers tolerate unknown fields and unknown words. Text that is not valid UTF-8 on the computer carries U+FFFD followed by two
/// hexadecimal digits for each such byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Always `inzage-report/1`.
    pub schema: String,
    /// When the computer was looked at: RFC 3339, in UTC.
    pub made_at: String,
    /// Version of the program.
    pub agent_version: String,
    /// The signatures used.
    pub signatures: Signatures,
    /// The computer.
    pub host: ReportHost,
    /// Products recognised on it.
    pub findings: Vec<Finding>,
    /// What shows observing without naming a product.
    pub observations: Vec<Observation>,
    /// Every category, in the order of the taxonomy.
    pub exposure: Vec<Exposure>,
    /// How far each source was looked at.
    pub coverage: Vec<Coverage>,
}

/// Which signatures were used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Signatures {
    /// Version of the set.
    pub version: String,
    /// SHA-256 of the set, in hexadecimal.
    pub sha256: String,
    /// How many products it holds.
    pub products: usize,
}

/// The computer that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportHost {
    /// The family of systems.
    pub os: Os,
    /// Name and version, as the system calls itself.
    pub os_version: String,
    /// The folder that was read as the root of the computer; `/` for this computer.
    pub root: String,
    /// Whether the look was made with administrator rights.
    pub elevated: bool,
}

impl From<&Host> for ReportHost {
    fn from(host: &Host) -> Self {
        Self { os: host.os, os_version: host.os_version.clone(), root: host.root.clone(), elevated: host.elevated }
    }
}

/// A product recognised on the computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The product's id.
    pub product: String,
    /// Its name.
    pub name: String,
    /// Who makes it.
    pub vendor: String,
    /// What sort of product it is.
    pub class: Class,
    /// The group it is shown in.
    pub group: Group,
    /// How sure it is.
    pub confidence: Confidence,
    /// The word for its state, derived from the three answers.
    pub state: FindingState,
    /// Whether it is on the computer.
    pub installed: Answer,
    /// Whether it starts by itself.
    pub autostart: Answer,
    /// Whether it runs now.
    pub running: Answer,
    /// What it was recognised by.
    pub evidence: Vec<Evidence>,
    /// What it can observe.
    pub observes: Vec<ObservesEntry>,
    /// When it was first seen, if there is a record.
    pub first_seen: Option<String>,
    /// When it was last seen, if there is a record.
    pub last_seen: Option<String>,
    /// Since when the system itself says that it is there.
    pub present_since: Option<PresentSince>,
}

/// One piece of evidence that a person can check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The kind of trace.
    pub kind: IndicatorKind,
    /// Its value on this computer.
    pub value: String,
    /// Where it can be looked up.
    #[serde(rename = "where")]
    pub place: String,
    /// The part of the product it shows.
    pub part: Part,
    /// What it proves: present, autostart, enabled, running, nothing, or the category that it switches on.
    pub proves: String,
    /// How much it proves.
    pub strength: Strength,
    /// Other programs have it too, so it never adds up.
    pub generic: bool,
    /// Address of the page where this trace was read.
    pub source: String,
    /// The place on that page.
    pub at: Option<String>,
    /// The day it was read.
    pub read: String,
}

/// One category that a product can observe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ObservesEntry {
    /// The category's id.
    pub category: String,
    /// Always, optional or undocumented.
    pub when: When,
    /// Address of the page that says so.
    pub source: Option<String>,
    /// The place on that page.
    pub at: Option<String>,
    /// The day it was read.
    pub read: Option<String>,
}

impl ObservesEntry {
    pub(crate) fn new(product: &Product, observes: &Observes) -> Self {
        let page = observes.cite.as_ref().map(|cite| product.page(cite));
        Self {
            category: observes.category.clone(),
            when: observes.when,
            source: page.map(|page| page.url.clone()),
            at: observes.cite.as_ref().and_then(|cite| cite.at.clone()),
            read: page.map(|page| page.read.clone()),
        }
    }
}

/// Since when something is there, as the system itself tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PresentSince {
    /// The day, as YYYY-MM-DD. It may be the day of the last update.
    pub date: String,
    /// Where the system tells it.
    pub source: String,
}

/// What shows observing without naming a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Observation {
    /// Which observation.
    pub id: String,
    /// The categories it concerns.
    pub categories: Vec<String>,
    /// How far it goes.
    pub level: Level,
    /// By what: the id of a product that was recognised, or the name of the thing itself.
    pub by: String,
    /// Who set it.
    pub set_by: SetBy,
    /// No reason for concern: the distribution's, or the worker's own doing.
    pub ordinary: bool,
    /// What it was seen by.
    pub evidence: Vec<ObservationEvidence>,
}

impl Observation {
    /// Whether it is a state that lasts. What is only so for a moment, such as a camera in use, would make a record a diary of the worker.
    pub fn is_lasting(&self) -> bool {
        self.id != "device-in-use"
    }
}

/// One piece of evidence of an observation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ObservationEvidence {
    /// The kind of fact.
    pub kind: String,
    /// Its value on this computer.
    pub value: String,
    /// Where it can be looked up.
    #[serde(rename = "where")]
    pub place: String,
}

/// How far one category can be observed on this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exposure {
    /// The category's id.
    pub category: String,
    /// The level of the monitoring group.
    pub level: Level,
    /// The products and observations that give that level.
    pub by: Vec<String>,
    /// The products and observations that give the levels of the two other groups.
    pub others: Vec<String>,
    /// The sources that could tell of this category and that were not looked at, or not fully.
    pub blind: Vec<Source>,
    /// The level of each group.
    pub groups: Groups,
}

/// A level for each of the three groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Groups {
    /// Products made to follow people, and observations that may come from them.
    pub monitoring: Level,
    /// Management and security.
    pub management: Level,
    /// The worker's own tools.
    pub own: Level,
}

words! {
    /// How sure a finding is.
    Confidence {
        /// One strong indicator of the agent, or two weak ones on independent objects.
        Confirmed = "confirmed",
        /// Less than that.
        Possible = "possible",
    }
    /// The word for a product's state.
    FindingState {
        /// It runs now.
        Running = "running",
        /// It starts by itself.
        Autostart = "autostart",
        /// It is on the computer.
        Installed = "installed",
        /// Only something of it is left.
        Remains = "remains",
    }
    /// An answer that may be unknown.
    Answer {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// It could not be told.
        Unknown = "unknown",
    }
    /// How far a category can be observed; the order is that of rising weight.
    Level {
        /// A source that it needs was not looked at.
        Unknown = "unknown",
        /// Every source that it needs was looked at.
        NotFound = "not_found",
        /// A product or setting is present that can.
        Possible = "possible",
        /// A setting, policy or rule switches it on, or a running product always does it.
        On = "on",
        /// The act itself was observed.
        Seen = "seen",
    }
}

/// Makes the report of an inventory. A pure function: no clock, no files.
pub fn build(inventory: &Inventory, bundle: &Bundle, sha256: &str) -> Report {
    let findings = Matcher::new(bundle, inventory).findings(inventory);
    let observations = observe::observe(inventory, &findings);
    let exposure = exposure::exposure(&bundle.categories, &findings, &observations, inventory);
    Report {
        schema: SCHEMA.into(),
        made_at: inventory.made_at.clone(),
        agent_version: inventory.agent_version.clone(),
        signatures: Signatures { version: bundle.version.clone(), sha256: sha256.into(), products: bundle.products.len() },
        host: ReportHost::from(&inventory.host),
        findings,
        observations,
        exposure,
        coverage: inventory.coverage.clone(),
    }
}
