//! The signatures in the formats of other programs.
//!
//! None of these formats can say what ours says: that two weak traces must be independent, which part of a product a trace shows, what it proves.
//! So each export takes the traces of the part that observes, keeps what its readers can use, and says in its descriptions that a hit
//! is a trace and not a verdict. Names that other programs have too are left out everywhere.

mod osquery;
mod paths;
mod sigma;
mod stix;

use inzage_core::kinds::{Os, Strength};
use inzage_core::signature::{Bundle, Indicator, Part, Product};
use uuid::Uuid;

/// A format of another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A pack of queries for osquery.
    Osquery,
    /// Sigma rules, one YAML document each.
    Sigma,
    /// A STIX 2.1 bundle.
    Stix,
}

impl Format {
    /// Every format, with its word on the command line.
    pub const ALL: [(&str, Self); 3] = [("osquery", Self::Osquery), ("sigma", Self::Sigma), ("stix", Self::Stix)];
}

/// The signatures in another format, as text with a line end.
pub fn export(bundle: &Bundle, format: Format) -> String {
    match format {
        Format::Osquery => osquery::pack(bundle),
        Format::Sigma => sigma::rules(bundle),
        Format::Stix => stix::bundle(bundle),
    }
}

/// The traces of a product's own observing part that no other program has.
fn own(product: &Product) -> impl Iterator<Item = &Indicator> {
    product.indicators.iter().filter(|one| !one.generic && matches!(one.part, Part::Agent | Part::Extension))
}

/// The systems of an indicator.
fn systems(indicator: &Indicator) -> impl Iterator<Item = Os> {
    indicator.kind.info().systems.iter().copied().filter(|os| indicator.is_for(*os))
}

/// The newest day on which a page of the product was read.
fn read(product: &Product) -> &str {
    product.card.pages.iter().map(|page| page.read.as_str()).max().unwrap_or_default()
}

/// An id that stays the same as long as what it names.
fn id(name: &str) -> Uuid {
    // Our own name space: the UUID of the project's address under the name space of addresses.
    let ours = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"https://github.com/inzage/inzage");
    Uuid::new_v5(&ours, name.as_bytes())
}

/// How much a trace proves, in the word of our files.
const fn strength(one: &Indicator) -> &'static str {
    match one.strength {
        Strength::Strong => "strong",
        Strength::Weak => "weak",
    }
}

/// What every export says of a hit.
const CAUTION: &str =
    "A hit is a trace of the product, not a verdict: on one weak trace nothing is certain, and whether the product is used, and how, it does not tell.";
