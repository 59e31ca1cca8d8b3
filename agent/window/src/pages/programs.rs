//! Every program and setting that was found, in the groups that belong apart.

use inzage_agent::texts::Value;
use inzage_agent::words::leads;
use inzage_core::report::{Confidence, Finding, FindingState, Level, Observation};
use inzage_core::signature::{Group, When};

use super::{Seen, View};
use crate::page::{Action, Block, Page, Place, Row, Shape};

pub(super) fn page(view: &View, seen: &Seen, title: String) -> Page {
    let mut page = Page::new(title);
    let report = &seen.report;
    for group in [Group::Monitoring, Group::Management, Group::Own] {
        let of_group: Vec<_> = report.findings.iter().filter(|finding| finding.group == group && leads(finding)).collect();
        page.heading(view.t(&format!("group-{}", group.word())));
        if of_group.is_empty() {
            page.add(Block::Text(view.t(&format!("group-{}-none", group.word()))));
            continue;
        }
        page.add(Block::Quiet(view.t(&format!("group-{}-explained", group.word()))));
        for finding in of_group {
            page.add(Block::Row(row(view, finding)));
        }
    }
    page.heading(view.t("report-observations"));
    if report.observations.is_empty() {
        page.add(Block::Text(view.t("observations-none")));
    }
    let mut told: Vec<&str> = Vec::new();
    for observation in &report.observations {
        if !told.contains(&observation.id.as_str()) {
            told.push(&observation.id);
            let alike: Vec<_> = report.observations.iter().filter(|other| other.id == observation.id).collect();
            page.add(Block::Row(observation_row(view, observation, &alike)));
        }
    }
    let weak: Vec<_> = report.findings.iter().filter(|finding| !leads(finding)).collect();
    if !weak.is_empty() {
        page.heading(view.t("report-weak"));
        page.add(Block::Quiet(view.t("report-weak-explained")));
        for finding in weak {
            page.add(Block::Row(row(view, finding)));
        }
    }
    page
}

/// A finding that leads to its page.
pub(super) fn row(view: &View, finding: &Finding) -> Row {
    let since = finding.first_seen.as_deref().or(finding.present_since.as_ref().map(|since| since.date.as_str()));
    let since = since.map(|day| view.words.with("since", &[("day", Value::Text(&view.words.date(day)))]));
    let class = view.t(&format!("class-{}", finding.class.word()));
    Row {
        title: inzage_agent::words::shown(&finding.name).into_owned(),
        text: format!("{} · {}", view.words.state(finding), view.t(&format!("confidence-{}", finding.confidence.word()))),
        note: since.map_or(class.clone(), |since| format!("{class} · {since}")),
        shape: shape(finding),
        action: Action::Go(Place::Program(finding.product.clone())),
    }
}

/// A program that runs and always observes is `on`; one that is there can be used.
pub(super) fn shape(finding: &Finding) -> Shape {
    Shape::Level(match (finding.confidence, finding.state) {
        (Confidence::Possible, _) => Level::Unknown,
        (_, FindingState::Running) if finding.observes.iter().any(|entry| entry.when == When::Always) => Level::On,
        (_, FindingState::Running | FindingState::Autostart | FindingState::Installed) => Level::Possible,
        (_, FindingState::Remains) => Level::NotFound,
    })
}

pub(super) fn observation_row(view: &View, observation: &Observation, alike: &[&Observation]) -> Row {
    let is_ordinary = alike.iter().all(|one| one.ordinary);
    let level = alike.iter().map(|one| one.level).max().unwrap_or(observation.level);
    Row {
        title: view.words.who(&observation.id),
        text: view.level(level),
        note: if is_ordinary { view.t("observation-ordinary") } else { view.words.with("times-found", &[("count", Value::Count(alike.len()))]) },
        shape: if is_ordinary { Shape::Level(Level::NotFound) } else { Shape::Level(level) },
        action: Action::Go(Place::Observation(observation.id.clone())),
    }
}
