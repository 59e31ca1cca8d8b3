//! What is new in public lists since they were last looked at.
//!
//! Nothing is taken over by itself: a list says that somebody saw a name, and whether it is strong, weak or wrong is judged by a person, who writes it
//! into a product file with its source. What was already looked at is remembered as short hashes, one per item: enough to tell what is new,
//! and no copy of the list.

mod lists;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use inzage_core::signature::{Bundle, Product};
use sha2::{Digest as _, Sha256};

pub use lists::{LISTS, List};

/// One thing that a list says of a tool.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// The tool, as the list calls it.
    pub tool: String,
    /// What sort of thing it is: path, file, service, registry, domain…
    pub kind: &'static str,
    /// The thing.
    pub value: String,
}

impl Item {
    /// A short hash, by which it is known again.
    pub fn hash(&self) -> String {
        let digest = Sha256::digest(format!("{}\t{}\t{}", self.tool, self.kind, self.value));
        digest[..6].iter().fold(String::new(), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

/// The items of a list that were looked at.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seen(BTreeSet<String>);

impl Seen {
    /// Reads what was remembered: a hash on each line, `#` before remarks.
    pub fn read(text: &str) -> Self {
        Self(text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect())
    }

    /// Remembers all items of a list.
    pub fn of(items: &[Item]) -> Self {
        Self(items.iter().map(Item::hash).collect())
    }

    /// What is remembered, as text.
    pub fn text(&self, list: &str) -> String {
        let lines: Vec<&str> = self.0.iter().map(String::as_str).collect();
        format!("# Items of {list} that were looked at; written by inzage-import --remember\n{}\n", lines.join("\n"))
    }
}

/// What is new, tool by tool, and whether we have a product of that name.
pub fn report(list: &str, items: &[Item], seen: &Seen, bundle: &Bundle) -> String {
    let now = Seen::of(items);
    let gone = seen.0.difference(&now.0).count();
    let tools: BTreeSet<&str> = items.iter().map(|item| item.tool.as_str()).collect();
    let mut new: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in items.iter().filter(|item| !seen.0.contains(&item.hash())) {
        new.entry(&item.tool).or_default().push(item);
    }
    let mut out = String::new();
    for (tool, items) in &new {
        let product = bundle.products.iter().find(|product| is_called(product, tool));
        let ours = product.map_or_else(|| "no product of ours has this name".to_owned(), |product| format!("signatures/products/{}.yaml", product.id));
        let _ = writeln!(out, "{tool}: {ours}");
        for item in items {
            let known = product.is_some_and(|product| names(product, &item.value));
            let _ = writeln!(out, "  {} {}{}", item.kind, inzage_core::text::for_terminal(&item.value, 300), if known { " (there already)" } else { "" });
        }
    }
    let count: usize = new.values().map(Vec::len).sum();
    let _ = writeln!(out, "{list}: {} tools with {} items; {count} new of {} tools, {gone} gone since last time", tools.len(), items.len(), new.len());
    out
}

/// Whether a product has this name, now or formerly, whatever the spaces and capitals.
fn is_called(product: &Product, name: &str) -> bool {
    let bare = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let name = bare(name);
    [&product.id, &product.name].into_iter().chain(&product.card.formerly).any(|own| bare(own) == name)
}

/// Whether one of its indicators has this value; a list writes a folder with a wildcard behind it.
fn names(product: &Product, value: &str) -> bool {
    let bare = |value: &str| value.trim_end_matches(['*', '/', '\\']).replace("(x86)", "").replace(" \\", "\\").to_lowercase();
    product.indicators.iter().any(|one| bare(&one.value) == bare(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(tool: &str, value: &str) -> Item {
        Item { tool: tool.into(), kind: "path", value: value.into() }
    }

    #[test]
    fn only_what_is_new_is_shown() {
        let bundle = inzage_signatures::embedded();
        let old = [item("Any Desk", "C:\\x"), item("Other", "C:\\y")];
        let seen = Seen::read(&Seen::of(&old).text("a list"));
        assert_eq!(seen, Seen::of(&old));
        let now = [item("Any Desk", "C:\\x"), item("AnyDesk", "C:\\Program Files (x86)\\AnyDesk\\*\u{1b}[31m"), item("Unheard", "/opt/z")];
        let shown = report("a list", &now, &seen, bundle);
        assert!(shown.contains("AnyDesk: signatures/products/anydesk.yaml\n  path C:\\Program Files (x86)\\AnyDesk"), "{shown}");
        assert!(shown.contains("Unheard: no product of ours has this name\n  path /opt/z\n"), "{shown}");
        assert!(shown.ends_with("a list: 3 tools with 3 items; 2 new of 2 tools, 1 gone since last time\n"), "{shown}");
        assert!(!shown.contains('\u{1b}') && !shown.contains("C:\\x\n"), "{shown}");
    }
}
