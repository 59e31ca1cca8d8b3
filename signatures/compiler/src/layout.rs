//! Layouts: what a product leaves on a computer, as a record of a real installation tells it. They prove that a product is found; the
//! comments here are the descriptions in the JSON Schema.

use std::path::Path;

use inzage_core::facts::{FACT_KINDS, Fact, File};
use inzage_core::inventory::Inventory;
use inzage_core::kinds::Os;
use inzage_core::matching::Matcher;
use inzage_core::report::Confidence;
use inzage_core::signature::{Bundle, Page, Product};
use schemars::JsonSchema;
use serde_saphyr::Spanned;

use crate::check::{Examined, sources};
use crate::format::SourcePage;
use crate::problem::{Code, shown};

/// A computer, or the part of it, that has one product.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Layout file of Inzage")]
pub(crate) struct LayoutFile {
    /// The id of the product.
    #[schemars(with = "String")]
    product: Spanned<String>,
    /// The system.
    os: Os,
    /// The record of a real installation: package manifest, list of files, uninstall lines.
    record: SourcePage,
    /// Files and folders that are there; folders end in a separator.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    files: Vec<Spanned<String>>,
    /// Everything else that is there, written as in an inventory (FACTS.md).
    #[serde(default)]
    #[schemars(with = "Vec<serde_json::Map<String, serde_json::Value>>")]
    facts: Vec<Spanned<serde_json::Value>>,
}

/// What a product leaves on a computer.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The name of its file, without the ending.
    pub name: String,
    /// The id of the product.
    pub product: String,
    /// The record that it was taken from.
    pub record: Page,
    /// A computer with nothing else on it.
    pub inventory: Inventory,
}

/// Makes a layout of a file, and notes everything that is wrong with it.
pub(crate) fn layout(file: &mut Examined<'_>, read: LayoutFile, bundle: &Bundle) -> Layout {
    sources::page(file, &read.record);
    let mut facts: Vec<Fact> = read.files.iter().map(|path| file_fact(&path.value)).collect();
    for written in &read.facts {
        facts.extend(fact(file, written));
    }
    if facts.is_empty() {
        file.add(Code::LayoutEmpty, &read.product, "nothing is there", "list what the record lists, under `files` and `facts`");
    }
    let page = Page { url: read.record.url.value, title: read.record.title.value, read: read.record.read.value };
    let name = file.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let layout = Layout { name, product: read.product.value.clone(), record: page, inventory: Inventory::of_facts(read.os, facts) };
    let expected = format!("{}-{}", layout.product, read.os.word());
    if layout.name != expected {
        file.add(Code::IdNotFileName, &read.product, "the name of the file does not fit", format!("name the file `{expected}.yaml`"));
    }
    match bundle.products.iter().find(|product| product.id == layout.product) {
        None => {
            file.add(Code::LayoutOfNothing, &read.product, format!("there is no product {}", shown(&layout.product)), "name the id of a product file");
        }
        Some(product) if !layout.proves(product) => {
            let help = "what the record tells should confirm the product by indicators that were read elsewhere; it counts as a miss until it does";
            file.add(Code::LayoutNotFound, &read.product, "the product is not confirmed by this layout", help);
        }
        Some(_) => {}
    }
    layout
}

fn file_fact(path: &str) -> Fact {
    File { path: path.trim_end_matches(['/', '\\']).into(), folder: path.ends_with(['/', '\\']), place: path.into(), ..File::default() }.into()
}

fn fact(file: &mut Examined<'_>, written: &Spanned<serde_json::Value>) -> Option<Fact> {
    let help = "FACTS.md tells the kinds of fact and their fields; quote numbers that are text";
    let kind = written.value.get("kind").and_then(serde_json::Value::as_str).unwrap_or_default();
    let Some(info) = FACT_KINDS.iter().find(|info| info.word == kind) else {
        file.add(Code::BadFact, written, format!("there is no kind of fact {}", shown(kind)), help);
        return None;
    };
    // The types pass over what they do not know, because inventories of newer programs have more; a slip of the pen must not pass.
    let known = |field: &str| field == "kind" || field == "place" || info.fields.iter().any(|own| own.name == field);
    if let Some(field) = written.value.as_object().and_then(|fields| fields.keys().find(|field| !known(field))) {
        file.add(Code::BadFact, written, format!("a {kind} has no field {}", shown(field)), help);
        return None;
    }
    serde_json::from_value(written.value.clone()).map_err(|error| file.add(Code::BadFact, written, format!("this is no {kind}: {error}"), help)).ok()
}

impl Layout {
    /// Whether the product is confirmed by indicators that were read elsewhere than the record of this layout. Otherwise it would only show
    /// that the matcher can compare a text with itself.
    pub fn proves(&self, product: &Product) -> bool {
        let record = origin(&self.record.url);
        let mut product = product.clone();
        let card = product.card.clone();
        product.indicators.retain(|indicator| origin(&card.pages[usize::from(indicator.cite.page)].url) != record);
        let bundle = Bundle { products: vec![product], ..Bundle::default() };
        Matcher::new(&bundle, &self.inventory).findings(&self.inventory).iter().any(|finding| finding.confidence == Confidence::Confirmed)
    }
}

/// Who answers for a page: the repository, or the site. Two pages of one origin are no two witnesses.
pub fn origin(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let mut parts = rest.split(['/', '?', '#']);
    let host = parts.next().unwrap_or_default().to_ascii_lowercase();
    let host = host.trim_start_matches("www.");
    if matches!(host, "github.com" | "gitlab.com" | "codeberg.org" | "raw.githubusercontent.com") {
        let owner = parts.next().unwrap_or_default().to_ascii_lowercase();
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        return format!("{owner}/{name}");
    }
    host.to_owned()
}

/// Whether a file is a layout: those lie in a folder of that name.
pub(crate) fn is_layout(path: &Path) -> bool {
    path.parent().and_then(Path::file_name).is_some_and(|folder| folder == "layouts")
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn one_repository_is_one_origin() {
        assert_eq!(origin("https://github.com/A/B/blob/0123/x"), origin("https://raw.githubusercontent.com/a/b/4567/y"));
        assert_ne!(origin("https://github.com/a/b"), origin("https://github.com/a/c"));
        assert_eq!(origin("https://www.example.org/a"), origin("http://example.org/b?c"));
        assert_ne!(origin("https://help.example.org/a"), origin("https://example.org/b"));
    }
}
