//! The history: what was seen from when to when, and what changed day by day.

use std::fmt::Write as _;

use inzage_core::history::{Change, Sight, State, Subject, What, key};

use super::{Face, item, wrap};
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
}
