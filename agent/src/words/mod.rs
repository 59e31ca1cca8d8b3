//! What the report and the record hold, in words: the names, sentences and dates that every face says alike.

mod change;

use std::borrow::Cow;

use chrono::{DateTime, Local};
use inzage_core::facts::SetBy;
use inzage_core::inventory::{Reason, Status};
use inzage_core::report::{Answer, Confidence, Finding, FindingState, Observation, Report};
use inzage_core::signature::{Bundle, Category, Group};
use inzage_core::text;

use crate::texts::{Language, Texts, Value};

/// So many names stand in a sentence.
const MOST_NAMES: usize = 5;
/// The longest value of the computer that is shown, in characters.
const LONGEST_VALUE: usize = 300;

/// Puts into words, in one language.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    texts: &'a Texts,
    bundle: &'a Bundle,
}

impl<'a> Words<'a> {
    /// The words of a language, with the names that the signatures know.
    pub const fn new(texts: &'a Texts, bundle: &'a Bundle) -> Self {
        Self { texts, bundle }
    }

    /// The language.
    pub const fn language(&self) -> Language {
        self.texts.language
    }

    /// The signatures that names come from.
    pub const fn bundle(&self) -> &'a Bundle {
        self.bundle
    }

    /// The text of a key.
    pub fn t(&self, key: &str) -> String {
        self.texts.get(key)
    }

    /// The text of a key with values put in.
    pub fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        self.texts.with(key, values)
    }

    /// The name of a category.
    pub fn category(&self, id: &str) -> Cow<'a, str> {
        self.bundle
            .categories
            .iter()
            .find(|category| category.id == id)
            .map_or_else(|| Cow::Owned(id.to_owned()), |category| Cow::Borrowed(self.label(category)))
    }

    /// The name of a category of the signatures.
    pub fn label(&self, category: &'a Category) -> &'a str {
        match self.texts.language {
            Language::Nl => &category.nl.label,
            Language::En => &category.en.label,
        }
    }

    /// What a category means.
    pub fn explanation(&self, category: &'a Category) -> &'a str {
        match self.texts.language {
            Language::Nl => &category.nl.explanation,
            Language::En => &category.en.explanation,
        }
    }

    /// The name of a product, or the text of an observation.
    pub fn who(&self, id: &str) -> String {
        match self.bundle.products.iter().find(|product| product.id == id) {
            Some(product) => product.name.clone(),
            None => self.t(&format!("observation-{id}")),
        }
    }

    /// Several of them.
    pub fn names(&self, ids: &[String]) -> String {
        self.listed(ids.iter().map(|id| self.who(id)).collect())
    }

    /// The first of many names, and how many more there are.
    fn listed(&self, mut names: Vec<String>) -> String {
        let more = names.len().saturating_sub(MOST_NAMES);
        if more > 1 {
            names.truncate(MOST_NAMES);
            names.push(self.with("and-more", &[("count", Value::Count(more))]));
        }
        names.join(", ")
    }

    /// The word for a product's state. A name or a setting may be all that is seen: then nobody knows whether the product is there.
    pub fn state(&self, finding: &Finding) -> String {
        let is_unknown = finding.state == FindingState::Installed && finding.installed == Answer::Unknown;
        self.t(&format!("state-{}", if is_unknown { "unknown" } else { finding.state.word() }))
    }

    /// The one sentence that says it all. It speaks of products made to follow people.
    pub fn headline(&self, report: &Report) -> String {
        let monitoring: Vec<_> = report.findings.iter().filter(|finding| finding.group == Group::Monitoring && leads(finding)).collect();
        if monitoring.is_empty() {
            return self.t("headline-none");
        }
        let names = monitoring.iter().map(|finding| format!("{} ({})", finding.name, self.state(finding)));
        let names = self.listed(names.collect());
        self.with("headline-found", &[("count", Value::Count(monitoring.len())), ("names", Value::Text(&names))])
    }

    /// What stands beside the headline: the other groups, other signs, and weak traces.
    pub fn beside(&self, report: &Report) -> Vec<String> {
        let of = |group| report.findings.iter().filter(|finding| finding.group == group && leads(finding)).count();
        let unusual = report.observations.iter().filter(|observation| !observation.ordinary).count();
        let weak = report.findings.iter().filter(|finding| !leads(finding)).count();
        let lines = [("beside-management", of(Group::Management)), ("beside-own", of(Group::Own)), ("beside-observations", unusual), ("beside-weak", weak)];
        lines.iter().filter(|(_, count)| *count > 0).map(|(key, count)| self.with(key, &[("count", Value::Count(*count))])).collect()
    }

    /// How much was not looked at, or not fully; nothing when everything was.
    pub fn unseen(&self, report: &Report) -> Option<String> {
        let unseen = report.coverage.iter().filter(|coverage| coverage.status != Status::Full).count();
        (unseen > 0).then(|| self.with("beside-unseen", &[("count", Value::Count(unseen))]))
    }

    /// Why a source was not looked at, or not fully.
    pub fn reason(&self, reason: &Reason) -> String {
        let mut text = self.t(&format!("reason-{}", reason_word(reason)));
        if let Some(path) = reason.args.get("path").filter(|path| *path != "/") {
            let count = reason.args.get("count").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
            let place = shown(path);
            text += " ";
            text += &self.with("reason-places", &[("path", Value::Text(&place)), ("more", Value::Count(count.saturating_sub(1)))]);
        }
        text
    }

    /// What would be needed to look at it fully.
    pub fn needed(&self, reason: &Reason) -> String {
        self.t(&format!("needed-{}", reason_word(reason)))
    }

    /// Who set what an observation shows.
    pub fn set_by(&self, observation: &Observation) -> String {
        self.t(match observation.set_by {
            SetBy::Policy => "set-by-policy",
            SetBy::System => "set-by-system",
            SetBy::Distribution => "set-by-distribution",
            SetBy::User => "set-by-user",
            SetBy::Unknown => "set-by-unknown",
        })
    }

    /// A moment as people write it, in the worker's own time zone: 22-11-2026 14:05 in Dutch.
    pub fn moment(&self, moment: &str) -> String {
        let Ok(moment) = DateTime::parse_from_rfc3339(moment) else { return shown(moment).into_owned() };
        let moment = moment.with_timezone(&Local);
        format!("{} {}", self.date(&moment.date_naive().to_string()), moment.format("%H:%M"))
    }

    /// A date as people write it: 22-11-2026 in Dutch, 2026-11-22 in English.
    pub fn date(&self, date: &str) -> String {
        match (self.texts.language, date.split('-').collect::<Vec<_>>().as_slice()) {
            (Language::Nl, [year, month, day]) => format!("{day}-{month}-{year}"),
            _ => date.to_owned(),
        }
    }
}

/// Whether a finding leads: confirmed, and more than remains.
pub fn leads(finding: &Finding) -> bool {
    finding.confidence == Confidence::Confirmed && finding.state != FindingState::Remains
}

fn reason_word(reason: &Reason) -> String {
    serde_json::to_value(reason.code).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Text from the computer, fit to show.
pub fn shown(value: &str) -> Cow<'_, str> {
    text::for_terminal(value, LONGEST_VALUE)
}
