//! The report on a terminal: one sentence first, then the categories, the findings with their evidence, and what could not be looked at.

use std::fmt::Write as _;

use inzage_core::report::{Answer, Exposure, Finding, FindingState, Level, Observation, Report};
use inzage_core::signature::{Group, Part, When};

use super::{Face, item, shown, wrap};
use crate::texts::Value;
use crate::words::leads;

/// The first categories are the worker's own and are always shown.
const ALWAYS_SHOWN: usize = 4;
/// The most pieces of evidence shown for observations of one sort; all of them are in the JSON.
const MOST_EVIDENCE: usize = 10;

impl Face<'_> {
    /// The whole report.
    pub(crate) fn report(&self, report: &Report, is_kept: bool) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{}", wrap(&self.strong(&self.headline(report)), 0));
        for line in self.beside(report).into_iter().chain(self.unseen(report)) {
            let _ = writeln!(out, "{}", wrap(&line, 0));
        }
        out += &self.heading("report-categories");
        out += &self.categories(&report.exposure);
        for group in [Group::Monitoring, Group::Management, Group::Own] {
            let of_group: Vec<_> = report.findings.iter().filter(|finding| finding.group == group && leads(finding)).collect();
            if !of_group.is_empty() {
                out += &self.heading(&format!("group-{}", group.word()));
                let _ = writeln!(out, "{}", wrap(&self.t(&format!("group-{}-explained", group.word())), 0));
                for finding in of_group {
                    out += &self.finding(finding);
                }
            }
        }
        if !report.observations.is_empty() {
            out += &self.heading("report-observations");
            let is_alike = |a: &Observation, b: &Observation| (&a.id, a.level, a.set_by, a.ordinary) == (&b.id, b.level, b.set_by, b.ordinary);
            for alike in report.observations.chunk_by(is_alike) {
                out += &self.observations(alike);
            }
        }
        let weak: Vec<_> = report.findings.iter().filter(|finding| !leads(finding)).collect();
        if !weak.is_empty() {
            out += &self.heading("report-weak");
            let _ = writeln!(out, "{}", wrap(&self.t("report-weak-explained"), 0));
            for finding in weak {
                out += &self.finding(finding);
            }
        }
        out += &self.heading("report-coverage");
        out += &self.coverage(&report.coverage);
        let _ = writeln!(out, "\n{}", wrap(&self.t(if is_kept { "report-end-kept" } else { "report-end" }), 0));
        let version = self.with(
            "report-version",
            &[
                ("products", Value::Count(report.signatures.products)),
                ("version", Value::Text(&report.signatures.version)),
                ("program", Value::Text(&report.agent_version)),
            ],
        );
        let _ = writeln!(out, "{}", wrap(&version, 0));
        out
    }

    fn categories(&self, exposure: &[Exposure]) -> String {
        let mut out = String::new();
        let has_something = |one: &Exposure| !one.by.is_empty() || !one.others.is_empty();
        let (shown, rest): (Vec<_>, Vec<_>) = exposure.iter().enumerate().partition(|(at, one)| *at < ALWAYS_SHOWN || has_something(one));
        let width = shown.iter().map(|(_, one)| self.category(&one.category).chars().count()).max().unwrap_or(0);
        for (_, one) in shown {
            let label = self.category(&one.category);
            let by = if one.by.is_empty() { String::new() } else { self.with("by", &[("names", Value::Text(&self.names(&one.by)))]) };
            let _ = writeln!(out, "  {label}{}  {} {by}", " ".repeat(width - label.chars().count()), self.level(one.level, 14));
            if !one.others.is_empty() {
                let highest = one.groups.management.max(one.groups.own);
                let line = self.with(
                    "by-others",
                    &[("level", Value::Text(&self.t(&format!("level-{}", highest.word())))), ("names", Value::Text(&self.names(&one.others)))],
                );
                let _ = writeln!(out, "{}", wrap(&line, width + 6));
            }
        }
        for level in [Level::NotFound, Level::Unknown] {
            let labels: Vec<_> = rest.iter().filter(|(_, one)| one.level == level).map(|(_, one)| self.category(&one.category)).collect();
            if !labels.is_empty() {
                let _ = writeln!(out, "{}", wrap(&format!("{}: {}", self.level(level, 0), labels.join(", ")), 2));
            }
        }
        out
    }

    fn finding(&self, finding: &Finding) -> String {
        let mut out = String::new();
        let state = self.state(finding);
        let sure = self.t(&format!("confidence-{}", finding.confidence.word()));
        let class = self.t(&format!("class-{}", finding.class.word()));
        let title = format!("{} · {} · {state} · {sure}", self.strong(&finding.name), class);
        let _ = writeln!(out, "\n{}", wrap(&title, 2));
        if let Some(product) = self.bundle().products.iter().find(|product| product.id == finding.product) {
            let about = product.card.about.get(self.language().word()).map_or("", String::as_str);
            let _ = writeln!(out, "{}", wrap(about, 4));
        }
        let _ = writeln!(out, "{}", wrap(&self.with("finding-maker", &[("maker", Value::Text(&finding.vendor))]), 4));
        if finding.state != FindingState::Remains {
            out += &self.answers(finding);
            out += &self.card(&finding.observes);
        }
        if let (Some(first), Some(last)) = (&finding.first_seen, &finding.last_seen) {
            let line = self.with("finding-seen", &[("first", Value::Text(&self.date(first))), ("last", Value::Text(&self.date(last)))]);
            let _ = writeln!(out, "{}", wrap(&line, 4));
        }
        if let Some(since) = &finding.present_since {
            let line = self.with("finding-since", &[("date", Value::Text(&self.date(&since.date))), ("source", Value::Text(&shown(&since.source)))]);
            let _ = writeln!(out, "{}", wrap(&line, 4));
        }
        let _ = writeln!(out, "{}", wrap(&self.t("finding-evidence"), 4));
        for evidence in &finding.evidence {
            let kind = self.t(&format!("kind-{}", evidence.kind.word()));
            let strength = if evidence.generic {
                "generic"
            } else if evidence.strength == inzage_core::kinds::Strength::Strong {
                "strong"
            } else {
                "weak"
            };
            let mut notes = vec![self.t(&format!("strength-{strength}"))];
            if evidence.part != Part::Agent {
                notes.push(self.t(&format!("part-{}", evidence.part.word())));
            }
            let place =
                if evidence.place == evidence.value { String::new() } else { self.with("at-place", &[("place", Value::Text(&shown(&evidence.place)))]) };
            let _ = writeln!(out, "{}", item("-", &format!("{kind}: {} {place}({})", shown(&evidence.value), notes.join(", ")), 6));
        }
        let mut sources: Vec<_> = finding.evidence.iter().map(|evidence| evidence.source.as_str()).collect();
        sources.dedup();
        for source in sources.iter().take(3) {
            let _ = writeln!(out, "{}", item("-", &self.with("source", &[("url", Value::Text(source))]), 6));
        }
        out
    }

    /// The state in words, where an answer is not what the state already says.
    fn answers(&self, finding: &Finding) -> String {
        let unknown: Vec<_> = [("autostart", finding.autostart), ("running", finding.running)]
            .iter()
            .filter(|(_, answer)| *answer == Answer::Unknown)
            .map(|(what, _)| self.t(&format!("unknown-{what}")))
            .collect();
        if unknown.is_empty() { String::new() } else { format!("{}\n", wrap(&unknown.join(" "), 4)) }
    }

    /// The capability card: what it can observe, always or when somebody switches it on.
    fn card(&self, observes: &[inzage_core::report::ObservesEntry]) -> String {
        let mut out = String::new();
        for when in [When::Always, When::Optional, When::Undocumented] {
            let labels: Vec<_> = observes.iter().filter(|entry| entry.when == when).map(|entry| self.category(&entry.category)).collect();
            if !labels.is_empty() {
                let _ = writeln!(out, "{}", wrap(&format!("{}: {}.", self.t(&format!("when-{}", when.word())), labels.join(", ")), 4));
            }
        }
        out
    }

    /// Observations of one sort: what they mean is said once.
    fn observations(&self, alike: &[Observation]) -> String {
        let mut out = String::new();
        let Some(observation) = alike.first() else { return out };
        let title = format!("{} · {}", self.strong(&self.t(&format!("observation-{}", observation.id))), self.level(observation.level, 0));
        let _ = writeln!(out, "\n{}", wrap(&title, 2));
        let _ = writeln!(out, "{}", wrap(&self.t(&format!("observation-{}-explained", observation.id)), 4));
        let labels: Vec<_> = observation.categories.iter().map(|category| self.category(category)).collect();
        let _ = writeln!(out, "{}", wrap(&self.with("observation-categories", &[("names", Value::Text(&labels.join(", ")))]), 4));
        let _ = writeln!(out, "{}", wrap(&self.set_by(observation), 4));
        if observation.ordinary {
            let _ = writeln!(out, "{}", wrap(&self.t("observation-ordinary"), 4));
        }
        let evidence: Vec<_> = alike.iter().flat_map(|one| &one.evidence).collect();
        for evidence in evidence.iter().take(MOST_EVIDENCE) {
            let place = self.with("at-place", &[("place", Value::Text(&shown(&evidence.place)))]);
            // Settings have names of our own, which only we can put into words.
            let value = if evidence.kind == "setting" { self.t(&format!("setting-{}", evidence.value)).into() } else { shown(&evidence.value) };
            let _ = writeln!(out, "{}", item("-", &format!("{value} {place}"), 6));
        }
        if let Some(more) = evidence.len().checked_sub(MOST_EVIDENCE).filter(|more| *more > 0) {
            let _ = writeln!(out, "{}", item("-", &self.with("and-more", &[("count", Value::Count(more))]), 6));
        }
        out
    }
}
