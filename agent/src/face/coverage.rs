//! What could not be looked at, and why.

use std::fmt::Write as _;

use inzage_core::inventory::{Coverage, Status};

use super::{Face, item, wrap};
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
}
