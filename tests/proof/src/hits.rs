//! True hits: where a product is really there, in a corpus that was gathered for something else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use inzage_core::report::{Confidence, Finding};
use serde::Deserialize;

/// Items of one corpus that really are products, and why that is known.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    corpus: String,
    #[expect(dead_code, reason = "for people")]
    why: String,
    /// Product → items.
    hits: BTreeMap<String, Vec<String>>,
}

/// All true hits: corpus → (item, product).
#[derive(Debug, Default)]
pub struct Hits(BTreeMap<String, BTreeSet<(String, String)>>);

impl Hits {
    /// Reads the list.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let entries: Vec<Entry> = serde_saphyr::from_str(&text).with_context(|| format!("{} cannot be understood", path.display()))?;
        let mut hits = Self::default();
        for entry in entries {
            let corpus = hits.0.entry(entry.corpus).or_default();
            corpus.extend(entry.hits.into_iter().flat_map(|(product, items)| items.into_iter().map(move |item| (item, product.clone()))));
        }
        Ok(hits)
    }

    /// The true hits of one corpus.
    pub fn of(&self, corpus: &str) -> impl Iterator<Item = &(String, String)> {
        self.0.get(corpus).into_iter().flatten()
    }

    fn has(&self, corpus: &str, item: &str, product: &str) -> bool {
        self.0.get(corpus).is_some_and(|hits| hits.contains(&(item.to_owned(), product.to_owned())))
    }
}

/// What a corpus gave.
#[derive(Debug, Default)]
pub struct Score {
    /// How many items were tried.
    pub items: usize,
    /// True hits: item and product.
    pub right: BTreeSet<(String, String)>,
    /// Confirmed where the product is not.
    pub wrong: Vec<(String, String)>,
    /// Possible where the product is not.
    pub possible: Vec<(String, String)>,
}

impl Score {
    /// Takes in what was found on one item.
    pub fn add(&mut self, corpus: &str, item: &str, findings: &[Finding], hits: &Hits) {
        self.items += 1;
        for finding in findings {
            let pair = (item.to_owned(), finding.product.clone());
            if hits.has(corpus, item, &finding.product) {
                self.right.insert(pair);
            } else if finding.confidence == Confidence::Confirmed {
                self.wrong.push(pair);
            } else {
                self.possible.push(pair);
            }
        }
    }

    /// Whether more than 1 item in 10,000 is possibly something that it is not.
    pub fn too_many_possible(&self) -> bool {
        self.possible.len() * 10_000 > self.items
    }
}
