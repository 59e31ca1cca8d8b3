//! Exposure: for every category the level, by what, and what that answer is blind to. A pure function.

use crate::facts::SetBy;
use crate::inventory::{Inventory, Source, Status};
use crate::report::{Answer, Confidence, Exposure, Finding, FindingState, Groups, Level, Observation};
use crate::signature::{Category, Group, When};

/// The exposure of every category, in their order.
pub fn exposure(categories: &[Category], findings: &[Finding], observations: &[Observation], inventory: &Inventory) -> Vec<Exposure> {
    categories.iter().map(|category| of_category(category, findings, observations, inventory)).collect()
}

/// Somebody or something that gives a category a level.
struct Contribution<'a> {
    group: Group,
    level: Level,
    by: &'a str,
}

fn of_category(category: &Category, findings: &[Finding], observations: &[Observation], inventory: &Inventory) -> Exposure {
    let status = |source: &Source| inventory.coverage.iter().find(|one| one.source == *source).map_or(Status::None, |one| one.status);
    let is_here = |source: &&Source| source.systems().contains(&inventory.host.os);
    let blind: Vec<_> = category.needs.iter().chain(&category.blind_to).filter(is_here).copied().filter(|source| status(source) != Status::Full).collect();
    let nothing = if category.needs.iter().filter(is_here).any(|source| status(source) == Status::None) { Level::Unknown } else { Level::NotFound };
    let from_findings =
        findings.iter().filter_map(|finding| Some(Contribution { group: finding.group, level: level_of(finding, &category.id)?, by: &finding.product }));
    let from_observations = observations.iter().filter(|observation| observation.categories.contains(&category.id)).map(|observation| Contribution {
        group: group_of(observation, findings),
        level: observation.level,
        by: if findings.iter().any(|finding| finding.product == observation.by) { &observation.by } else { &observation.id },
    });
    let all: Vec<_> = from_findings.chain(from_observations).collect();
    let level = |group| all.iter().filter(|one| one.group == group).map(|one| one.level).max().unwrap_or(nothing);
    let by = |of_monitoring: bool| {
        let mut by: Vec<_> = all.iter().filter(|one| (one.group == Group::Monitoring) == of_monitoring).collect();
        // The ones that weigh most come first.
        by.sort_by_key(|one| std::cmp::Reverse(one.level));
        let mut names: Vec<String> = Vec::new();
        for one in by {
            if !names.iter().any(|name| name == one.by) {
                names.push(one.by.to_owned());
            }
        }
        names
    };
    let groups = Groups { monitoring: level(Group::Monitoring), management: level(Group::Management), own: level(Group::Own) };
    Exposure { category: category.id.clone(), level: groups.monitoring, by: by(true), others: by(false), blind, groups }
}

/// The level that a product gives a category. Only what is confirmed and still there counts.
fn level_of(finding: &Finding, category: &str) -> Option<Level> {
    // Receipts of installers stay when the program is dragged away: they show that it was there once, and not that it can see anything now.
    let has_only_receipts = finding.evidence.iter().all(|evidence| evidence.value.starts_with("pkgutil:"));
    if finding.confidence != Confidence::Confirmed || finding.state == FindingState::Remains || has_only_receipts {
        return None;
    }
    if finding.evidence.iter().any(|evidence| evidence.proves == category) {
        return Some(Level::On);
    }
    let observes = finding.observes.iter().find(|observes| observes.category == category)?;
    match observes.when {
        When::Undocumented => None,
        When::Always if finding.running == Answer::Yes => Some(Level::On),
        When::Always | When::Optional => Some(Level::Possible),
    }
}

/// The group that an observation counts for: that of the product behind it; the worker's own doing is the worker's own; what is ordinary
/// is management. The rest may come from monitoring and is counted there.
fn group_of(observation: &Observation, findings: &[Finding]) -> Group {
    if let Some(finding) = findings.iter().find(|finding| finding.product == observation.by) {
        finding.group
    } else if observation.set_by == SetBy::User {
        Group::Own
    } else if observation.ordinary {
        Group::Management
    } else {
        Group::Monitoring
    }
}
