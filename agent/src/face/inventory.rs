//! The inventory on a terminal: how many facts of each kind, and coverage. The facts themselves are for `--json`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use inzage_core::inventory::Inventory;

use super::{Face, shown, wrap};

impl Face<'_> {
    pub(crate) fn inventory(&self, inventory: &Inventory) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for fact in &inventory.facts {
            *counts.entry(fact.word()).or_default() += 1;
        }
        let mut out = String::new();
        let _ = writeln!(out, "{}", wrap(&self.strong(&self.t("inventory-title")), 0));
        let _ = writeln!(out, "  {} · {}", shown(&inventory.host.os_version), shown(&inventory.host.root));
        for (word, count) in counts {
            let _ = writeln!(out, "  {count:>6}  {}", self.t(&format!("fact-{}", word.replace('_', "-"))));
        }
        out += &self.heading("report-coverage");
        out += &self.coverage(&inventory.coverage);
        let _ = writeln!(out, "\n{}", wrap(&self.t("inventory-end"), 0));
        out
    }
}
