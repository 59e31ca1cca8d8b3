//! Matching: from an inventory and the signatures to findings. A pure function: no clock, no files.

mod finding;
mod index;
mod state;

pub use finding::{name_in, without_ending};
pub use index::LETTERS_BEFORE_WILDCARD;

use std::collections::BTreeMap;

use crate::facts::Fact;
use crate::inventory::Inventory;
use crate::kinds::IndicatorKind;
use crate::report::Finding;
use crate::signature::Bundle;
use index::{Index, Named};

/// One indicator that names one value of one fact.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match<'a> {
    pub(crate) fact: usize,
    pub(crate) kind: IndicatorKind,
    pub(crate) value: &'a str,
    pub(crate) indicator: u32,
}

/// The signatures, made ready to be matched with inventories of one system.
pub struct Matcher<'b> {
    bundle: &'b Bundle,
    index: Index,
}

impl<'b> Matcher<'b> {
    /// Makes the signatures ready for the system and the home folder of an inventory.
    pub fn new(bundle: &'b Bundle, inventory: &Inventory) -> Self {
        Self { bundle, index: Index::new(bundle, inventory.host.os, inventory.host.home.as_deref()) }
    }

    /// The products recognised in an inventory: the confirmed ones first, then in the order of the signatures.
    pub fn findings(&self, inventory: &Inventory) -> Vec<Finding> {
        let mut findings: Vec<_> = self
            .matches(&inventory.facts)
            .into_iter()
            .filter_map(|(product, matches)| finding::judge(&self.bundle.products[product as usize], &matches, inventory, self.index.normaliser()))
            .collect();
        findings.sort_by_key(|finding| finding.confidence);
        findings
    }

    /// Every match, by product.
    fn matches<'a>(&self, facts: &'a [Fact]) -> BTreeMap<u32, Vec<Match<'a>>> {
        let mut by_product: BTreeMap<u32, Vec<Match>> = BTreeMap::new();
        for (fact, entry) in facts.iter().enumerate() {
            entry.each_key(|kind, value| {
                self.index.look_up(kind, value, |Named { product, indicator }| {
                    by_product.entry(product).or_default().push(Match { fact, kind, value, indicator });
                });
            });
        }
        by_product
    }
}

#[cfg(test)]
mod tests;
