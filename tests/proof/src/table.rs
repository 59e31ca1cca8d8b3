//! The tables that are printed and published.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use inzage_core::kinds::{INDICATOR_KINDS, Os, Strength};
use inzage_core::signature::{Bundle, Class, Indicator, Part, Product};

use crate::hits::Score;
use crate::{Proof, Results};

/// The published page: the summary, and every product.
pub fn page(bundle: &Bundle, results: &Results) -> String {
    let mut out = String::from(
        "# What the signatures find, and what they do not\n\n\
         Made by `cargo run --release -p inzage-proof -- --write`; a test checks that it is up to date. *Recall* counts layouts: what a record of a real installation lists, \
         recognised by indicators that were read elsewhere. A product without a layout is *unproven*: its indicators are well formed and sourced, but no second origin tells that \
         they are what is on a computer. Recall says that two origins agree, and no more: nobody has \
         yet installed all these products and looked, and layouts were written by people who knew the indicators. *True hits* and *false* come from the corpora.\n",
    );
    let _ = write!(out, "\n{}\n## Products\n\n{}", summary(bundle, results), products(bundle, results));
    out
}

/// Counts, corpora and totals.
pub fn summary(bundle: &Bundle, results: &Results) -> String {
    format!("## Counts\n\n{}\n## Corpora\n\n{}\n## In total\n\n{}", counts(bundle), corpora(&results.corpora), totals(bundle, results))
}

fn is_strong(one: &Indicator) -> bool {
    one.strength == Strength::Strong && matches!(one.part, Part::Agent | Part::Extension)
}

fn has_strong(product: &Product, os: Os) -> bool {
    product.indicators.iter().any(|one| is_strong(one) && one.is_for(os))
}

/// Products by class, with the systems on which they have a strong indicator; indicators by kind.
fn counts(bundle: &Bundle) -> String {
    let mut out =
        String::from("| class | products | with a strong indicator | Linux | Windows | macOS | cannot be recognised yet |\n|---|---|---|---|---|---|---|\n");
    let mut row = |name: &str, products: &[&Product]| {
        let count = |test: &dyn Fn(&Product) -> bool| products.iter().filter(|product| test(product)).count();
        let strong = count(&|product| Os::ALL.into_iter().any(|os| has_strong(product, os)));
        let [linux, windows, macos] = Os::ALL.map(|os| count(&|product| has_strong(product, os)));
        let none = count(&|product| product.indicators.is_empty());
        let _ = writeln!(out, "| {name} | {} | {strong} | {linux} | {windows} | {macos} | {none} |", products.len());
    };
    for class in Class::ALL {
        let of_class: Vec<&Product> = bundle.products.iter().filter(|product| product.class == *class).collect();
        row(class.word(), &of_class);
    }
    row("**all**", &bundle.products.iter().collect::<Vec<_>>());
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for one in bundle.products.iter().flat_map(|product| &product.indicators) {
        let (all, strong) = kinds.entry(one.kind.word()).or_default();
        *all += 1;
        *strong += usize::from(one.strength == Strength::Strong);
    }
    out += "\n| kind of indicator | indicators | strong |\n|---|---|---|\n";
    for info in INDICATOR_KINDS {
        if let Some((all, strong)) = kinds.get(info.word) {
            let _ = writeln!(out, "| {} | {all} | {strong} |", info.word);
        }
    }
    out
}

/// What each corpus gave.
fn corpora(corpora: &[(String, Score)]) -> String {
    let mut out = String::from("| corpus | items | true hits | falsely confirmed | falsely possible |\n|---|---|---|---|---|\n");
    for (name, score) in corpora {
        let _ = writeln!(out, "| {name} | {} | {} | {} | {} |", score.items, score.right.len(), score.wrong.len(), score.possible.len());
    }
    out
}

fn totals(bundle: &Bundle, results: &Results) -> String {
    let sum = |of: &dyn Fn(&Proof) -> usize| results.products.values().map(of).sum::<usize>();
    let (found, missed) = (sum(&|proof| proof.found.len()), sum(&|proof| proof.missed.len()));
    let (right, wrong) = (sum(&|proof| proof.right), sum(&|proof| proof.wrong));
    let proven = results.products.values().filter(|proof| !proof.found.is_empty()).count();
    let unproven = bundle.products.iter().filter(|product| !product.indicators.is_empty()).count() - proven;
    format!(
        "- Layouts: {found} of {} confirmed (recall {}), of {proven} products; {unproven} products are unproven.\n- Corpora: {right} true hits, {wrong} false (precision {}).\n",
        found + missed,
        percent(found, found + missed),
        percent(right, right + wrong),
    )
}

fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "–".into() } else { format!("{:.1} %", 100.0 * part as f64 / whole as f64) }
}

fn products(bundle: &Bundle, results: &Results) -> String {
    let mut out = String::from(
        "| product | class | confirmed by its own traces on | layouts found | recall | true hits | false | precision |\n|---|---|---|---|---|---|---|---|\n",
    );
    let nothing = Proof::default();
    for product in &bundle.products {
        let proof = results.products.get(&product.id).unwrap_or(&nothing);
        let systems: Vec<&str> = proof.own.iter().map(|os| os.word()).collect();
        let systems = if product.indicators.is_empty() { "cannot be recognised yet".to_owned() } else { systems.join(", ") };
        let layouts = proof.found.len() + proof.missed.len();
        let recall = match layouts {
            0 if product.indicators.is_empty() => "–".into(),
            0 => "unproven".into(),
            _ => percent(proof.found.len(), layouts),
        };
        let _ = writeln!(
            out,
            "| {} | {} | {systems} | {} of {layouts} | {recall} | {} | {} | {} |",
            product.id,
            product.class.word(),
            proof.found.len(),
            proof.right,
            proof.wrong,
            percent(proof.right, proof.right + proof.wrong),
        );
    }
    out
}
