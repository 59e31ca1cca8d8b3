//! The history: what was seen from when to when, and what changed day by day.

use std::fmt::Write as _;

use inzage_core::history::{About, Because, Change, Sight, State, Subject, What, key};
use inzage_core::inventory::Source;

use super::{Face, item, shown, wrap};
use crate::texts::Value;

impl Face<'_> {
    /// The whole history.
    ///
    /// When it may leave the computer, what is behind a setting is left out: that is mostly the employer's own.
    pub(crate) fn history(&self, state: &State, changes: &[Change], is_masked: bool) -> String {
        let mut out = String::new();
        let days = changes.iter().filter(|change| change.what == What::Looked).map(|change| &change.day).collect::<std::collections::BTreeSet<_>>();
        let Some((first, last)) = days.first().zip(days.last()) else {
            return format!("{}\n", wrap(&self.t("history-empty"), 0));
        };
        let values = [("count", Value::Count(days.len())), ("first", Value::Text(&self.date(first))), ("last", Value::Text(&self.date(last)))];
        let _ = writeln!(out, "{}", wrap(&self.with("history-looked", &values), 0));
        let products = state.products.iter().map(|(id, subject)| (subject, self.product_name(id, subject.value(key::NAME))));
        let observations = state.observations.iter().map(|((id, by), subject)| (subject, self.observation_name(id, if is_masked { "" } else { by })));
        for (heading, subjects) in [("history-products", products.collect::<Vec<_>>()), ("history-observations", observations.collect())] {
            if !subjects.is_empty() {
                out += &self.heading(heading);
                out += &self.subjects(subjects);
            }
        }
        out += &self.heading("history-days");
        let told = changes.iter().filter(|change| change.what != What::Looked).collect::<Vec<_>>();
        for of_day in told.chunk_by(|a, b| a.day == b.day) {
            let Some(first) = of_day.first() else { continue };
            let _ = writeln!(out, "  {}", self.strong(&self.date(&first.day)));
            for change in of_day {
                let _ = writeln!(out, "{}", item("-", &self.change(change, is_masked), 4));
            }
        }
        out
    }

    fn subjects(&self, mut subjects: Vec<(&Subject, String)>) -> String {
        // What is there now comes first, the newest of it first.
        subjects.sort_by(|(a, _), (b, _)| ((a.sight != Sight::Seen), &b.first_seen).cmp(&((b.sight != Sight::Seen), &a.first_seen)));
        let mut out = String::new();
        let heads = ["history-first", "history-last"].map(|key| self.t(key));
        let width = heads.iter().map(|head| head.chars().count()).max().unwrap_or(0).max(10);
        let _ = writeln!(out, "  {:width$}  {:width$}", heads[0], heads[1]);
        for (subject, name) in subjects {
            let sight = match subject.sight {
                Sight::Seen => "seen",
                Sight::Lost => "lost",
                Sight::Gone => "gone",
            };
            let dates = format!("  {:width$}  {:width$}  ", self.date(&subject.first_seen), self.date(&subject.last_seen));
            let text = format!("{name} · {}", self.t(&format!("sight-{sight}")));
            let rest = " ".repeat(dates.chars().count());
            let _ = writeln!(out, "{}", textwrap::fill(&text, super::options().initial_indent(&dates).subsequent_indent(&rest)));
        }
        out
    }

    /// The name of a product: that of today's signatures, or the one that was kept.
    fn product_name(&self, id: &str, kept: Option<&str>) -> String {
        let known = self.bundle.products.iter().find(|product| product.id == id || product.card.formerly.iter().any(|old| old == id));
        known.map_or_else(|| shown(kept.unwrap_or(id)).into_owned(), |product| product.name.clone())
    }

    fn observation_name(&self, id: &str, by: &str) -> String {
        let name = self.who(id);
        if by.is_empty() { name } else { format!("{name} ({})", shown(&self.product_name(by, None))) }
    }

    /// One change, in a sentence or two.
    pub(crate) fn change(&self, change: &Change, is_masked: bool) -> String {
        let name = match change.about {
            About::Product => self.product_name(&change.id, change.value(key::NAME)),
            About::Observation => self.observation_name(&change.id, change.value(key::BY).filter(|_| !is_masked).unwrap_or_default()),
            About::Category => self.category(&change.id).into_owned(),
            About::Source => {
                let known = Source::ALL.iter().find(|source| source.word() == change.id);
                known.map_or_else(|| shown(&change.id).into_owned(), |source| self.t(&format!("source-{}", source.word())))
            }
            _ => shown(&change.id).into_owned(),
        };
        let name = Value::Text(&name);
        let version = shown(change.value(key::VERSION).unwrap_or_default()).into_owned();
        let level = change.value(key::LEVEL).filter(|level| ["seen", "on", "possible"].contains(level));
        let level = level.map(|level| self.t(&format!("level-{level}"))).unwrap_or_default();
        let values = [("name", name), ("version", Value::Text(&version)), ("level", Value::Text(&level))];
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
            let face = Face::new(&texts, &bundle);
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
                        let told = face.change(&Change::new("2026-11-25", *what, *about, "proxy").with(key, value), false);
                        assert!(!told.contains("change-") && !told.contains("because-") && told.contains(' '), "{told}");
                    }
                }
            }
        }
    }
}
