//! The list of products, and the card of one.

use std::fmt::Write as _;

use inzage_core::signature::{Cite, Product};

use super::{Face, item, wrap};
use crate::texts::Value;

impl Face<'_> {
    /// Every product the program knows.
    pub(crate) fn products(&self) -> String {
        let mut out = String::new();
        let products = &self.bundle().products;
        let width = products.iter().map(|product| product.id.len()).max().unwrap_or(0);
        for product in products {
            let unknown = if product.indicators.is_empty() { format!(" · {}", self.t("product-not-recognisable")) } else { String::new() };
            let _ = writeln!(out, "{:width$}  {} · {}{unknown}", product.id, product.name, self.t(&format!("class-{}", product.class.word())));
        }
        let _ =
            writeln!(out, "\n{}", self.with("products-count", &[("count", Value::Count(products.len())), ("version", Value::Text(&self.bundle().version))]));
        out
    }

    /// What is known of one product, every claim with its source.
    pub(crate) fn product(&self, product: &Product) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{} · {}", self.strong(&product.name), product.vendor);
        if let Some(homepage) = &product.card.homepage {
            let _ = writeln!(out, "{homepage}");
        }
        let line = format!(
            "{} · {} · {}",
            self.t(&format!("class-{}", product.class.word())),
            self.t(&format!("group-{}", product.group.word())),
            self.t(&format!("visibility-{}", product.card.visibility.word()))
        );
        let _ = writeln!(out, "{line}");
        if let Some(cite) = &product.card.visibility_cite {
            let _ = writeln!(out, "{}", self.cite(product, cite));
        }
        if !product.card.formerly.is_empty() {
            let _ = writeln!(out, "{}", self.with("product-formerly", &[("names", Value::Text(&product.card.formerly.join(", ")))]));
        }
        let about = product.card.about.get(self.language().word()).map_or("", String::as_str);
        let _ = writeln!(out, "\n{}", wrap(about, 0));
        out += &self.heading("product-observes");
        for observes in &product.card.observes {
            let label = self.category(&observes.category);
            let _ = writeln!(out, "  {label}: {}", self.t(&format!("when-{}", observes.when.word())));
            if let Some(cite) = &observes.cite {
                let _ = writeln!(out, "{}", self.cite(product, cite));
            }
        }
        out += &self.heading("product-indicators");
        if product.indicators.is_empty() {
            let _ = writeln!(out, "{}", wrap(&self.t("product-not-recognisable-explained"), 2));
            for place in &product.card.sought {
                let _ = writeln!(out, "{}", item("-", place, 4));
            }
        }
        for indicator in &product.indicators {
            let strength = if indicator.generic {
                "generic"
            } else if indicator.strength == inzage_core::kinds::Strength::Strong {
                "strong"
            } else {
                "weak"
            };
            let os = indicator.os.map_or("", inzage_core::kinds::Os::word);
            let notes = [self.t(&format!("strength-{strength}")), self.t(&format!("part-{}", indicator.part.word())), os.to_owned()];
            let notes: Vec<_> = notes.into_iter().filter(|note| !note.is_empty()).collect();
            let _ = writeln!(out, "  {}: {} ({})", self.t(&format!("kind-{}", indicator.kind.word())), indicator.value, notes.join(", "));
            let _ = writeln!(out, "{}", self.cite(product, &indicator.cite));
        }
        out
    }

    fn cite(&self, product: &Product, cite: &Cite) -> String {
        let page = product.page(cite);
        let place = cite.at.as_ref().map_or(String::new(), |at| format!(" ({at})"));
        item("-", &self.with("cite", &[("url", Value::Text(&page.url)), ("place", Value::Text(&place)), ("read", Value::Text(&page.read))]), 4)
    }
}
