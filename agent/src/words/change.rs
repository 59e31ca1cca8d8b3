//! A change, in a sentence or two.

use inzage_core::history::{About, Because, Change, What, key};
use inzage_core::inventory::Source;

use super::{Words, name, shown};
use crate::texts::Value;

impl Words<'_> {
    /// The name of a product: that of today's signatures, or the one that was kept.
    pub fn product_name(&self, id: &str, kept: Option<&str>) -> String {
        let known = self.bundle.products.iter().find(|product| product.id == id || product.card.formerly.iter().any(|old| old == id));
        known.map_or_else(|| name(kept.unwrap_or(id)).into_owned(), |product| product.name.clone())
    }

    /// The name of an observation, and of what is behind it.
    pub fn observation_name(&self, id: &str, by: &str) -> String {
        let name = self.who(id);
        if by.is_empty() { name } else { format!("{name} ({})", self.product_name(by, None)) }
    }

    /// One change, in a sentence or two.
    pub fn change(&self, change: &Change, is_masked: bool) -> String {
        let subject = match change.about {
            About::Product => self.product_name(&change.id, change.value(key::NAME)),
            About::Observation => self.observation_name(&change.id, change.value(key::BY).filter(|_| !is_masked).unwrap_or_default()),
            About::Category => self.category(&change.id).into_owned(),
            About::Source => {
                let known = Source::ALL.iter().find(|source| source.word() == change.id);
                known.map_or_else(|| shown(&change.id).into_owned(), |source| self.t(&format!("source-{}", source.word())))
            }
            _ => shown(&change.id).into_owned(),
        };
        let subject = Value::Text(&subject);
        let version = shown(change.value(key::VERSION).unwrap_or_default()).into_owned();
        let level = change.value(key::LEVEL).filter(|level| ["seen", "on", "possible"].contains(level));
        let level = level.map(|level| self.t(&format!("level-{level}"))).unwrap_or_default();
        let values = [("name", subject), ("version", Value::Text(&version)), ("level", Value::Text(&level))];
        let mut sentences: Vec<_> = keys(change).iter().map(|key| self.with(&format!("change-{key}"), &values)).collect();
        if let Some(because) = change.because().filter(|because| *because != Because::Unknown) {
            sentences.push(self.t(&format!("because-{}", because.word())));
        }
        if let Some(since) = change.value(key::PRESENT_SINCE) {
            sentences.push(self.with("change-since", &[("day", Value::Text(&self.date(since)))]));
        }
        sentences.join(" ")
    }
}

/// The texts that tell a change.
fn keys(change: &Change) -> Vec<&'static str> {
    let value = |key| change.value(key);
    let mut keys = Vec::new();
    match (change.about, change.what) {
        (About::Product, What::Appeared) if value(key::INSTALLED) == Some("no") => keys.push("product-remains"),
        (About::Product, What::Appeared) if value(key::CONFIDENCE) == Some("possible") => keys.push("product-possible"),
        (About::Product, What::Appeared) => {
            keys.push("product-appeared");
            if value(key::RUNNING) == Some("yes") {
                keys.push("it-runs");
            } else if value(key::AUTOSTART) == Some("yes") {
                keys.push("it-starts");
            }
        }
        (About::Product, What::Started) => keys.push("product-started"),
        (About::Product, What::Stopped) => keys.push("product-stopped"),
        (About::Product, What::Disappeared) => keys.push("product-disappeared"),
        (About::Product, What::Changed) => {
            let told = [
                (key::CONFIDENCE, "confirmed", "product-certain"),
                (key::INSTALLED, "yes", "product-installed"),
                (key::INSTALLED, "no", "product-remains"),
                (key::AUTOSTART, "yes", "product-autostart"),
                (key::AUTOSTART, "no", "product-no-autostart"),
                (key::SIGHT, "lost", "sight-lost"),
                (key::SIGHT, "regained", "sight-regained"),
            ];
            keys.extend(told.iter().filter(|(key, answer, _)| value(key) == Some(answer)).map(|(_, _, text)| *text));
        }
        (About::Observation, What::Appeared) => keys.push("observation-appeared"),
        (About::Observation, What::Disappeared) => keys.push("observation-disappeared"),
        (About::Observation, What::Changed) => keys.push(if value(key::SIGHT) == Some("lost") { "sight-lost" } else { "sight-regained" }),
        (About::Category, _) => keys.push("category"),
        (About::Source, What::CoverageLost) => keys.push("coverage-lost"),
        (About::Source, _) => keys.push("coverage-gained"),
        (About::Signatures, _) => keys.push("signatures"),
        (About::Program, _) => keys.push("program"),
        (About::Record, What::Appeared) => keys.push("record-begins"),
        (About::Record, What::Started) => keys.push("record-on"),
        (About::Record, What::Stopped) => keys.push("record-off"),
        (About::Record, _) => keys.push("record-damaged"),
        _ => {}
    }
    if keys.is_empty() { vec!["unknown"] } else { keys }
}

#[cfg(test)]
mod tests {
    use inzage_core::signature::Bundle;

    use super::*;
    use crate::texts::{Language, Texts};

    /// Every text that `keys` can ask for is there: a missing one would show as its key.
    #[test]
    fn every_change_is_told_in_words() {
        let bundle = Bundle { version: String::new(), categories: Vec::new(), products: Vec::new() };
        for (_, language) in Language::ALL {
            let texts = Texts::new(language);
            let words = Words::new(&texts, &bundle);
            for about in About::ALL {
                for what in What::ALL {
                    for (key, value) in [
                        ("", ""),
                        (key::INSTALLED, "no"),
                        (key::INSTALLED, "yes"),
                        (key::CONFIDENCE, "possible"),
                        (key::CONFIDENCE, "confirmed"),
                        (key::RUNNING, "yes"),
                        (key::AUTOSTART, "yes"),
                        (key::AUTOSTART, "no"),
                        (key::SIGHT, "lost"),
                        (key::SIGHT, "regained"),
                        (key::PRESENT_SINCE, "2026-01-01"),
                        (key::BECAUSE, "first_look"),
                        (key::BECAUSE, "signatures"),
                        (key::BECAUSE, "program"),
                        (key::BECAUSE, "coverage"),
                    ] {
                        let told = words.change(&Change::new("2026-11-25", *what, *about, "proxy").with(key, value), false);
                        assert!(!told.contains("change-") && !told.contains("because-") && told.contains(' '), "{told}");
                    }
                }
            }
        }
    }
}
