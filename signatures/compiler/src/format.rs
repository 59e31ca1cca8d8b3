//! The product file as it is written. The comments here are the descriptions in the JSON Schema.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use inzage_core::kinds::{IndicatorKind, Os, Strength};
use inzage_core::signature::{Class, Group, Part, Proves, Visibility, When};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_saphyr::Spanned;

/// A product that can observe people at work.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Product file of Inzage")]
pub(crate) struct ProductFile {
    /// Lower-case letters, digits and hyphens; the same as the file's name.
    #[schemars(with = "String", regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub(crate) id: Spanned<String>,
    /// The product's name.
    #[schemars(with = "String", length(min = 1))]
    pub(crate) name: Spanned<String>,
    /// Who makes it.
    #[schemars(with = "String", length(min = 1))]
    pub(crate) vendor: Spanned<String>,
    /// The maker's page about it.
    #[serde(default)]
    #[schemars(with = "Option<String>", url)]
    pub(crate) homepage: Option<Spanned<String>>,
    /// Old names and ids.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) formerly: Vec<Spanned<String>>,
    /// What sort of product it is: a fact, not a verdict.
    pub(crate) class: Class,
    /// Which group it is shown in; only where the usual group of its class does not fit.
    #[serde(default)]
    pub(crate) group: Option<Group>,
    /// Whether the person at the computer sees it.
    #[schemars(with = "Visibility")]
    pub(crate) visibility: Spanned<Visibility>,
    /// Where that was read: a key of `sources`. Nothing for `undocumented`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) visibility_source: Option<Spanned<String>>,
    /// Heading, setting or line on that page.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) visibility_at: Option<Spanned<String>>,
    /// What it does to a worker: one or two plain sentences in each language, at most 300 characters, reading level B1.
    #[schemars(with = "BTreeMap<String, String>", extend("required" = ["en", "nl"]))]
    pub(crate) about: Spanned<Table<Spanned<String>>>,
    /// Every place where something in this file was read, under a short name of your own.
    #[schemars(with = "BTreeMap<String, SourcePage>")]
    pub(crate) sources: Table<SourcePage>,
    /// What it can observe; each category at most once.
    pub(crate) observes: Vec<Claim>,
    /// How it is recognised. Leave out what cannot be recognised on a computer yet.
    #[serde(default)]
    pub(crate) indicators: Vec<Trace>,
    /// Where a trace was looked for in vain. Needed without indicators.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(crate) sought: Vec<Spanned<String>>,
}

/// A page on which something was read.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourcePage {
    /// Its address, starting with https:// or http://.
    #[schemars(with = "String", url)]
    pub(crate) url: Spanned<String>,
    /// Its title.
    #[schemars(with = "String", length(min = 1))]
    pub(crate) title: Spanned<String>,
    /// The day it was read, as YYYY-MM-DD.
    #[schemars(with = "String", extend("format" = "date"))]
    pub(crate) read: Spanned<String>,
    /// Heading, setting or line, where all that was read there stands in one place.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) at: Option<Spanned<String>>,
}

/// One claim: this product observes that category.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Claim {
    /// The category's id, from categories.yaml.
    #[schemars(with = "String")]
    pub(crate) category: Spanned<String>,
    /// Whenever it runs, when somebody switches it on or acts, or no page says so.
    pub(crate) when: When,
    /// Where that was read: a name from `sources`. Nothing for `undocumented`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) source: Option<Spanned<String>>,
    /// Heading, setting or line on that page.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) at: Option<Spanned<String>>,
}

/// One recognisable trace of the product.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trace {
    /// The kind of trace.
    pub(crate) kind: IndicatorKind,
    /// Its value, written as its kind says.
    #[schemars(with = "String", length(min = 1))]
    pub(crate) value: Spanned<String>,
    /// The system on which it is found.
    pub(crate) os: Systems,
    /// The part of the product it shows; agent when left out.
    #[serde(default = "agent")]
    pub(crate) part: Part,
    /// What it proves, where that does not follow from the fact. `nothing` where the trace is there whether the product is used or not; a category's id where the
    /// trace itself switches that category on.
    #[serde(default)]
    #[schemars(with = "Option<Proves>")]
    pub(crate) proves: Option<Spanned<Proves>>,
    /// Strong is what nothing else on a computer has.
    #[schemars(with = "Strength")]
    pub(crate) strength: Spanned<Strength>,
    /// Other programs have it too, or several products of the maker share it: it never adds up to a confirmed finding, and alone it makes none.
    #[serde(default)]
    pub(crate) generic: bool,
    /// Where it was read: a name from `sources`.
    #[schemars(with = "String")]
    pub(crate) source: Spanned<String>,
    /// Heading, setting or line on that page.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub(crate) at: Option<Spanned<String>>,
}

const fn agent() -> Part {
    Part::Agent
}

/// One system, or any.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Systems(pub(crate) Option<Os>);

impl<'de> Deserialize<'de> for Systems {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        if word == "any" {
            return Ok(Self(None));
        }
        let os = Os::ALL.into_iter().find(|os| os.word() == word);
        os.map(|os| Self(Some(os))).ok_or_else(|| serde::de::Error::unknown_variant(&word, &["linux", "windows", "macos", "any"]))
    }
}

impl JsonSchema for Systems {
    fn schema_name() -> Cow<'static, str> {
        "Systems".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<Os>();
        schemars::json_schema!({ "anyOf": [one, { "const": "any", "description": "Every system." }] })
    }
}

/// A mapping that keeps the order of the file and the places of its keys.
#[derive(Debug)]
pub(crate) struct Table<T>(pub(crate) Vec<(Spanned<String>, T)>);

impl<T> Table<T> {
    pub(crate) fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(own, _)| own.value == key).map(|(_, value)| value)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Table<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Table(entries))
            }
        }

        deserializer.deserialize_map(Entries(std::marker::PhantomData))
    }
}
