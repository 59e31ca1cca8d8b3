//! The process that stays: looks again when it matters.

mod backing_off;
mod cost;
mod engine;
mod eyes;
mod power;

use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::output::{Outcome, note, print};
use crate::texts::{Texts, Value};

#[cfg(test)]
pub(crate) use engine::Why;
use engine::{Looked, run, wishes};

/// A look as one line of JSON. It has words of this program only.
#[derive(Serialize)]
struct Line {
    at: String,
    why: &'static str,
    facts: usize,
    changed: Vec<String>,
}

/// Watches until it is ended, and prints a line for each look.
pub(crate) fn watch(json: bool, texts: &Texts) -> anyhow::Result<Outcome> {
    let (_asker, wishes) = wishes();
    let mut outcome = Ok(Outcome::Done);
    run(&wishes, &mut |looked| {
        if looked.too_few_watched {
            note(&texts.get("watch-too-few"));
        }
        outcome = line(&looked, json, texts).and_then(|line| print(&line));
    })?;
    outcome
}

fn line(looked: &Looked<'_>, json: bool, texts: &Texts) -> anyhow::Result<String> {
    let at = OffsetDateTime::now_utc().replace_nanosecond(0).ok().and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default();
    let (facts, why) = (looked.inventory.facts.len(), looked.why.word());
    if json {
        let changed = looked.changed.iter().map(|source| source.word()).collect();
        return Ok(serde_json::to_string(&Line { at, why, facts, changed })? + "\n");
    }
    let changed: Vec<_> = looked.changed.iter().map(|source| texts.get(&format!("source-{}", source.word()))).collect();
    let changed = if changed.is_empty() { texts.get("watch-nothing") } else { changed.join(", ") };
    let values = [
        ("at", Value::Text(&at)),
        ("why", Value::Text(&texts.get(&format!("watch-why-{why}")))),
        ("facts", Value::Count(facts)),
        ("changed", Value::Text(&changed)),
    ];
    Ok(texts.with("watch-look", &values) + "\n")
}
