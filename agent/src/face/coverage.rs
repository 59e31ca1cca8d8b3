//! What could not be looked at, and why.

use std::fmt::Write as _;

use inzage_core::inventory::{Coverage, Reason, Status};

use super::{Face, item, shown, wrap};
use crate::texts::Value;

impl Face<'_> {
    pub(crate) fn coverage(&self, coverage: &[Coverage]) -> String {
        let mut out = String::new();
        for (status, key) in [(Status::None, "coverage-none"), (Status::Partial, "coverage-partial")] {
            let of_status: Vec<_> = coverage.iter().filter(|one| one.status == status).collect();
            if !of_status.is_empty() {
                let _ = writeln!(out, "{}", wrap(&self.t(key), 2));
                for one in of_status {
                    let source = self.t(&format!("source-{}", one.source.word()));
                    let reason = one.reason.as_ref().map(|reason| self.reason(reason)).unwrap_or_default();
                    let _ = writeln!(out, "{}", item("-", &format!("{source}: {reason}"), 4));
                }
            }
        }
        let full = coverage.iter().filter(|one| one.status == Status::Full).count();
        let _ = writeln!(out, "{}", wrap(&self.with("coverage-full", &[("count", Value::Count(full))]), 2));
        out
    }

    fn reason(&self, reason: &Reason) -> String {
        let word = serde_json::to_value(reason.code).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        let mut text = self.t(&format!("reason-{word}"));
        if let Some(path) = reason.args.get("path").filter(|path| *path != "/") {
            let count = reason.args.get("count").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
            let place = shown(path);
            text += " ";
            text += &self.with("reason-places", &[("path", Value::Text(&place)), ("more", Value::Count(count.saturating_sub(1)))]);
        }
        text
    }
}
