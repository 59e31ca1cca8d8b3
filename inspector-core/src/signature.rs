//! Signatures in the form the matcher uses: what the compiler makes of the product files and what is embedded in the program.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::card::{Card, LazyCard};
use crate::inventory::Source;
use crate::kinds::{IndicatorKind, Os, Strength};
use crate::words::words;

/// All signatures, and the categories they speak of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// Version of the set: the newest date on which a source in it was read.
    pub version: String,
    /// The categories, in the order of the taxonomy.
    pub categories: Vec<Category>,
    /// The products, by id.
    pub products: Vec<Product>,
}

/// One kind of data that can be observed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The category's id, such as `app_time`.
    pub id: String,
    /// Which categories it is shown with.
    pub group: String,
    /// How far a laptop can show it at all.
    pub visible_here: VisibleHere,
    /// The sources that must have been looked at before anybody may say "not found".
    pub needs: Vec<Source>,
    /// The sources that would tell more. Without them "not found" may still be said, and says that it is blind to them.
    #[serde(default)]
    pub blind_to: Vec<Source>,
    /// English texts.
    pub en: Texts,
    /// Dutch texts.
    pub nl: Texts,
}

/// How far a laptop can show a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum VisibleHere {
    /// Most ways of observing it leave a trace here.
    Mostly,
    /// Some do.
    Partly,
    /// Hardly any: it happens elsewhere.
    Rarely,
}

/// Label and explanation in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// At most four words.
    pub label: String,
    /// One sentence.
    pub explanation: String,
}

/// What is known of one product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its id: lower-case letters, digits and hyphens.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who makes it.
    pub vendor: String,
    /// What sort of product it is: a fact, not a verdict.
    pub class: Class,
    /// Which group it is shown in.
    pub group: Group,
    /// How it is recognised.
    pub indicators: Vec<Indicator>,
    /// What its card says.
    pub card: LazyCard,
}

/// A page on which something was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The day it was read, as YYYY-MM-DD.
    pub read: String,
}

/// Where something was read. A product names a page often, so it keeps each once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cite {
    /// The page: its number in [`Card::pages`].
    pub page: u16,
    /// Heading, setting or line on the page.
    pub at: Option<String>,
}

/// One claim: this product observes that category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observes {
    /// The category's id.
    pub category: String,
    /// Always, or only when somebody switches it on.
    pub when: When,
    /// Where that was read; nothing for `undocumented`.
    pub cite: Option<Cite>,
}

/// One recognisable trace of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// The kind of trace.
    pub kind: IndicatorKind,
    /// Its value, as the kind's form says.
    pub value: String,
    /// The system it is found on; any when left out.
    pub os: Option<Os>,
    /// The part of the product it shows.
    pub part: Part,
    /// What it proves, where that does not follow from the fact.
    pub proves: Option<Proves>,
    /// How much it proves.
    pub strength: Strength,
    /// Other programs have it too, or other products of the maker: it never adds up, and alone it makes no finding.
    pub generic: bool,
    /// Where it was read.
    pub cite: Cite,
}

words! {
    /// What sort of product it is.
    Class {
        /// Follows what workers do.
        EmployeeMonitoring = "employee-monitoring",
        /// Registers working time, often with more.
        TimeTracking = "time-tracking",
        /// Lets somebody look at or take over the computer from elsewhere.
        RemoteAccess = "remote-access",
        /// Manages computers.
        DeviceManagement = "device-management",
        /// Guards against attacks and data leaks.
        SecurityDlp = "security-dlp",
        /// Filters or inspects network traffic.
        NetworkFilter = "network-filter",
        /// Keeps what is typed.
        Keylogger = "keylogger",
        /// Limits and follows children.
        ParentalControl = "parental-control",
        /// Watches during exams.
        Proctoring = "proctoring",
        /// Logs what happens on the system.
        SystemLogging = "system-logging",
        /// The worker's own tool.
        SelfTracking = "self-tracking",
    }
    /// The three groups in which products are shown.
    Group {
        /// Made to follow people.
        Monitoring = "monitoring",
        /// Management and security: often normal; ask what else it is used for.
        Management = "management",
        /// The worker's own tools.
        Own = "own",
    }
    /// Whether the person at the computer sees the product.
    Visibility {
        /// It shows itself.
        Visible = "visible",
        /// It has no window or icon.
        Hidden = "hidden",
        /// The one who installs it chooses.
        Either = "either",
        /// No page says so.
        Undocumented = "undocumented",
    }
    /// When a product observes a category.
    When {
        /// Whenever it runs.
        Always = "always",
        /// When somebody switches it on or acts.
        Optional = "optional",
        /// No page says so.
        Undocumented = "undocumented",
    }
    /// A part of a product.
    Part {
        /// The part on the computer that is observed.
        Agent = "agent",
        /// The program of the one who looks.
        Viewer = "viewer",
        /// The program of the one who manages.
        Console = "console",
        /// An extension in a browser.
        Extension = "extension",
        /// What is left after removal.
        Remains = "remains",
    }
}

/// What an indicator proves.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Proves {
    /// It is there whether the product is used or not.
    Nothing,
    /// The product is on the computer.
    Present,
    /// It starts by itself.
    Autostart,
    /// It is switched on or enrolled.
    Enabled,
    /// It runs.
    Running,
    /// This category is switched on.
    #[schemars(untagged)]
    Category(String),
}

impl Proves {
    /// The word in product files and in JSON.
    pub fn word(&self) -> &str {
        match self {
            Self::Nothing => "nothing",
            Self::Present => "present",
            Self::Autostart => "autostart",
            Self::Enabled => "enabled",
            Self::Running => "running",
            Self::Category(id) => id,
        }
    }
}

// One word in every format: formats without names for their fields cannot tell a word from an id otherwise.
impl Serialize for Proves {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for Proves {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let known = [Self::Nothing, Self::Present, Self::Autostart, Self::Enabled, Self::Running].into_iter().find(|proves| proves.word() == word);
        Ok(known.unwrap_or(Self::Category(word)))
    }
}

impl Product {
    /// The page that a citation names.
    pub fn page(&self, cite: &Cite) -> &Page {
        &self.card.pages[usize::from(cite.page)]
    }
}

impl Class {
    /// The group that products of this class are usually shown in.
    pub const fn usual_group(self) -> Group {
        match self {
            Self::EmployeeMonitoring | Self::TimeTracking | Self::Keylogger | Self::ParentalControl | Self::Proctoring => Group::Monitoring,
            Self::RemoteAccess | Self::DeviceManagement | Self::SecurityDlp | Self::NetworkFilter | Self::SystemLogging => Group::Management,
            Self::SelfTracking => Group::Own,
        }
    }
}

impl Indicator {
    /// Whether it can be found on this system.
    pub fn is_for(&self, os: Os) -> bool {
        self.os.is_none_or(|own| own == os)
    }
}

/// What signatures name that is looked for and not come upon: a computer has too many files and keys to look at all.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Paths, with wildcards.
    pub paths: Vec<String>,
    /// Keys of the Windows registry.
    pub registry_keys: Vec<String>,
}

impl Bundle {
    /// What products of this system name, to be looked for.
    pub fn wanted(&self, os: Os) -> Wanted {
        let of_kind = |kind| {
            let indicators = self.products.iter().flat_map(|product| &product.indicators);
            let mut values: Vec<String> = indicators.filter(|one| one.kind == kind && one.is_for(os)).map(|one| one.value.clone()).collect();
            values.sort();
            values.dedup();
            values
        };
        Wanted { paths: of_kind(IndicatorKind::Path), registry_keys: of_kind(IndicatorKind::RegistryKey) }
    }
}
