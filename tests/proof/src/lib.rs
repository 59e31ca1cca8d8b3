//! Proof of the signatures.
//!
//! *Recall*: each [layout](inzage_signature_compiler::Layout) is a computer with one product on it, as a record of a real installation tells
//! it, and the product must be confirmed by indicators that were read elsewhere. Products without a layout are tried on their own
//! indicators, which proves nothing but that they are well formed, and is said so.
//!
//! *Precision*: each item of a [corpus](corpus) is a computer with one thing on it. Nothing may be confirmed there but the true hits that
//! are listed and explained.

pub mod corpus;
pub mod debian;
mod fixture;
pub mod hits;
pub mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use inzage_core::inventory::Inventory;
use inzage_core::kinds::Os;
use inzage_core::matching::Matcher;
use inzage_core::report::{Confidence, Finding};
use inzage_core::signature::Bundle;
use inzage_signature_compiler::{Layout, compile, layouts};

use hits::{Hits, Score};

/// The signatures, ready to be tried on any system.
pub struct Trial<'b> {
    matchers: Vec<(Os, Matcher<'b>)>,
}

impl<'b> Trial<'b> {
    /// Makes the signatures ready.
    pub fn new(bundle: &'b Bundle) -> Self {
        Self { matchers: Os::ALL.map(|os| (os, Matcher::new(bundle, &Inventory::of_facts(os, Vec::new())))).into() }
    }

    /// What is found in an inventory.
    pub fn findings(&self, inventory: &Inventory) -> Vec<Finding> {
        let matcher = self.matchers.iter().find(|(os, _)| *os == inventory.host.os);
        matcher.map(|(_, matcher)| matcher.findings(inventory)).unwrap_or_default()
    }
}

/// What is known of one product.
#[derive(Debug, Default)]
pub struct Proof {
    /// Confirmed by its own indicators, on these systems.
    pub own: Vec<Os>,
    /// Confirmed by these layouts.
    pub found: Vec<String>,
    /// Not confirmed by these.
    pub missed: Vec<String>,
    /// Confirmed or possible on computers that have it, in the corpora.
    pub right: usize,
    /// Confirmed where it is not.
    pub wrong: usize,
}

/// Everything that is known, product by product and corpus by corpus.
#[derive(Debug, Default)]
pub struct Results {
    /// By id.
    pub products: BTreeMap<String, Proof>,
    /// What each corpus gave.
    pub corpora: Vec<(String, Score)>,
    /// What must not be: a false alarm, an own indicator that is not found, a true hit that is none any more.
    pub faults: Vec<String>,
}

/// The folder of the project.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The signatures of the project, with their layouts.
pub fn signatures() -> anyhow::Result<(Bundle, Vec<Layout>)> {
    let folder = project().join("signatures");
    let bundle = compile(&folder).map_err(|report| anyhow!("{}", report.render(false)))?.bundle;
    let layouts = layouts(&folder, &bundle).map_err(|report| anyhow!("{}", report.render(false)))?;
    Ok((bundle, layouts))
}

/// Tries the signatures on their layouts and on the corpora of the project.
pub fn prove(bundle: &Bundle, layouts: &[Layout], hits: &Hits) -> anyhow::Result<Results> {
    let trial = Trial::new(bundle);
    let mut results = Results::default();
    let mut score = Score::default();
    for product in &bundle.products {
        let mut own = Vec::new();
        for os in Os::ALL {
            let (right, others): (Vec<_>, Vec<_>) = trial.findings(&fixture::of(product, os)).into_iter().partition(|finding| finding.product == product.id);
            if is_confirmed(&product.id, &right) {
                own.push(os);
            }
            // What one product is recognised by must not be another.
            score.add("products", &product.id, &others, hits);
        }
        if own.is_empty() && !product.indicators.is_empty() {
            results.faults.push(format!("{} is not confirmed by its own indicators", product.id));
        }
        results.products.insert(product.id.clone(), Proof { own, ..Proof::default() });
    }
    results.take("products", score, hits);
    let mut score = Score::default();
    for layout in layouts {
        let product = bundle.products.iter().find(|product| product.id == layout.product).with_context(|| format!("no product {}", layout.product))?;
        let proof = results.products.entry(layout.product.clone()).or_default();
        let list = if layout.proves(product) { &mut proof.found } else { &mut proof.missed };
        list.push(layout.name.clone());
        // The computer of one product is also one where no other may be found.
        let others: Vec<_> = trial.findings(&layout.inventory).into_iter().filter(|finding| finding.product != layout.product).collect();
        score.add("layouts", &layout.name, &others, hits);
    }
    results.take("layouts", score, hits);
    for corpus in corpus::all()? {
        let mut score = Score::default();
        for item in &corpus.items {
            score.add(&corpus.name, &item.name, &trial.findings(&item.inventory), hits);
        }
        results.take(&corpus.name, score, hits);
    }
    Ok(results)
}

fn is_confirmed(product: &str, findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.product == product && finding.confidence == Confidence::Confirmed)
}

impl Results {
    /// Takes in what a corpus gave.
    pub fn take(&mut self, corpus: &str, score: Score, hits: &Hits) {
        for (_, product) in &score.right {
            self.products.entry(product.clone()).or_default().right += 1;
        }
        for (item, product) in &score.wrong {
            self.products.entry(product.clone()).or_default().wrong += 1;
            self.faults.push(format!("{corpus}: {item} is taken for {product}"));
        }
        for (item, product) in hits.of(corpus).filter(|hit| !score.right.contains(hit)) {
            self.faults.push(format!("{corpus}: {item} is listed as a true hit of {product}, and is none"));
        }
        if score.too_many_possible() {
            let some: Vec<String> = score.possible.iter().take(40).map(|(item, product)| format!("{item} ({product})")).collect();
            self.faults.push(format!("{corpus}: {} of {} items are possibly something: {}", score.possible.len(), score.items, some.join(", ")));
        }
        self.corpora.push((corpus.to_owned(), score));
    }
}
