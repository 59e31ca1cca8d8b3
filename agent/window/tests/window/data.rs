//! Reports and records of real packages, which are kept beside the tests on real programs.

#![allow(dead_code, unreachable_pub, reason = "each program that draws uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use inzage_agent::home::Settings;
use inzage_agent::texts::Texts;
use inzage_agent::words::Words;
use inzage_core::history::State;
use inzage_core::record::{FILE_NAME, Record};
use inzage_core::report::Report;
use inzage_window::page::Place;
use inzage_window::pages::{Moment, Seen, View};

/// The folder of what is kept.
pub fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/real/window/kept")
}

/// Reads `NAME.json`, and the record `NAME.sqlite` where there is one.
pub fn read(path: &Path) -> anyhow::Result<Seen> {
    let mut report: Report = serde_json::from_slice(&fs::read(path).with_context(|| path.display().to_string())?)?;
    let record = path.with_extension("sqlite");
    if !record.exists() {
        return Ok(Seen { report, state: State::default(), changes: Vec::new(), is_kept: false });
    }
    // A record that is opened gets files beside it; what is kept stays as it is.
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join(FILE_NAME);
    fs::copy(&record, &copy)?;
    let day = report.made_at.get(..10).unwrap_or_default().to_owned();
    let record = Record::open(&copy, &day)?.record;
    record.state().fill(&mut report);
    Ok(Seen { state: record.state().clone(), changes: record.changes()?, is_kept: true, report })
}

/// Every page that a moment has.
pub fn places(moment: &Moment) -> Vec<(String, Place)> {
    let Moment::Seen(seen) = moment else { return vec![("overview".to_owned(), Place::Overview)] };
    let mut places: Vec<_> = Place::MENU.into_iter().map(|place| (place.key().trim_start_matches("page-").to_owned(), place)).collect();
    // The product that leads the overview, and otherwise the first.
    let lead = seen.report.findings.iter().find(|finding| finding.group.word() == "monitoring").or(seen.report.findings.first());
    if let Some(finding) = lead {
        places.push(("program".to_owned(), Place::Program(finding.product.clone())));
    }
    if let Some(observation) = seen.report.observations.first() {
        places.push(("observation".to_owned(), Place::Observation(observation.id.clone())));
    }
    places.push(("category".to_owned(), Place::Category("app_time".to_owned())));
    places.push(("about".to_owned(), Place::About));
    places.push(("forget".to_owned(), Place::Forget));
    places
}

/// What pages are made from.
pub fn view<'a>(texts: &'a Texts, moment: &'a Moment, settings: &'a Settings) -> View<'a> {
    View { words: Words::new(texts, inzage_signatures::embedded()), moment, settings, starts_at_login: false, span: None, is_masked: false }
}
