//! What changed between the past and a report.

use std::collections::{BTreeMap, BTreeSet};

use super::state::{observation_id, status_word, write_statuses};
use super::{About, Because, Change, Sight, State, Subject, What, key};
use crate::inventory::{Source, Status};
use crate::kinds::IndicatorKind;
use crate::report::{Answer, Confidence, Finding, FindingState, Level, Observation, Report};
use crate::signature::Group;

/// The most traces of one thing that are kept.
const MOST_EVIDENCE: usize = 20;

/// What changed on this day between the past and a report. Without a change it is empty, or one entry that the computer was looked at, once a day.
pub fn changes(state: &State, report: &Report, day: &str) -> Vec<Change> {
    let mut look = Look { state, report, day, changes: Vec::new(), gained: BTreeSet::new() };
    look.at_program();
    look.at_coverage();
    look.at_products();
    look.at_observations();
    look.at_levels();
    look.at_the_day();
    look.changes
}

struct Look<'a> {
    state: &'a State,
    report: &'a Report,
    day: &'a str,
    changes: Vec<Change>,
    /// Sources that tell more than at the last look.
    gained: BTreeSet<Source>,
}

impl Look<'_> {
    fn is_first(&self) -> bool {
        self.state.looked.is_none()
    }

    fn change(&self, what: What, about: About, id: &str) -> Change {
        Change::new(self.day, what, about, id)
    }

    fn at_program(&mut self) {
        let (program, sha256) = (&self.report.agent_version, &self.report.signatures.sha256);
        if self.state.program.as_ref() != Some(program) {
            self.changes.push(self.change(What::Changed, About::Program, "inzage").with(key::VERSION, program));
        }
        if self.state.signatures.as_ref() != Some(sha256) {
            let change = self.change(What::SignaturesUpdated, About::Signatures, "signatures");
            self.changes.push(change.with(key::VERSION, &self.report.signatures.version).with(key::SHA256, sha256));
        }
    }

    fn at_coverage(&mut self) {
        for one in &self.report.coverage {
            let Some(before) = self.state.coverage.get(&one.source) else { continue };
            let what = match reach(one.status).cmp(&reach(*before)) {
                std::cmp::Ordering::Less => What::CoverageLost,
                std::cmp::Ordering::Greater => What::CoverageGained,
                std::cmp::Ordering::Equal => continue,
            };
            if what == What::CoverageGained {
                self.gained.insert(one.source);
            }
            // A browser that has its files open closes a source many times a day.
            if self.is_same_day() && self.state.told.contains(&(one.source, what)) {
                continue;
            }
            let mut change = self.change(what, About::Source, &one.source.word()).with(key::STATUS, status_word(one.status));
            if let Some(reason) = &one.reason {
                change = change.with(key::REASON, word_of(&reason.code));
            }
            self.changes.push(change);
        }
    }

    fn is_same_day(&self) -> bool {
        self.state.looked.as_deref() == Some(self.day)
    }

    fn at_products(&mut self) {
        for finding in &self.report.findings {
            let needs = self.needs(finding.evidence.iter().flat_map(|evidence| sources_of_kind(evidence.kind)));
            match self.state.products.get(&finding.product).filter(|subject| subject.sight != Sight::Gone) {
                None => self.product_appeared(finding, &needs),
                Some(subject) => self.product_changed(finding, subject, &needs),
            }
        }
        for (id, subject) in &self.state.products {
            if !self.report.findings.iter().any(|finding| finding.product == *id) {
                self.vanished(About::Product, id, None, subject);
            }
        }
    }

    fn product_appeared(&mut self, finding: &Finding, needs: &BTreeMap<Source, Status>) {
        // A weak trace that comes and goes, such as a name of a program, is told once a day.
        let gone_today = self.state.products.get(&finding.product).is_some_and(|subject| subject.turned == self.day);
        if gone_today && finding.confidence == Confidence::Possible {
            return;
        }
        let mut change = self
            .change(What::Appeared, About::Product, &finding.product)
            .with(key::NAME, &finding.name)
            .with(key::GROUP, finding.group.word())
            .with(key::CONFIDENCE, finding.confidence.word())
            .with(key::INSTALLED, installed(finding).word())
            .with(key::AUTOSTART, finding.autostart.word())
            .with(key::RUNNING, finding.running.word())
            .with(key::EVIDENCE, evidence_of(finding))
            .with(key::NEEDS, write_statuses(needs.clone()));
        if let Some(since) = &finding.present_since {
            change = change.with(key::PRESENT_SINCE, &since.date).with(key::PRESENT_SOURCE, &since.source);
        }
        if let Some(because) = self.because(needs, finding.present_since.as_ref().map(|since| since.date.as_str())) {
            change = change.with(key::BECAUSE, because.word());
        }
        self.changes.push(change);
    }

    /// Why something is told now that may be older. `since` is what the system itself tells.
    fn because(&self, needs: &BTreeMap<Source, Status>, since: Option<&str>) -> Option<Because> {
        let Some(looked) = self.state.looked.as_deref() else { return Some(Because::FirstLook) };
        // The system says that it came after the last look, or on that day.
        if since.is_some_and(|since| since > looked) {
            return None;
        }
        if self.state.signatures.as_ref() != Some(&self.report.signatures.sha256) {
            Some(Because::Signatures)
        } else if self.state.program.as_ref() != Some(&self.report.agent_version) {
            Some(Because::Program)
        } else if needs.keys().any(|source| self.gained.contains(source)) {
            Some(Because::Coverage)
        } else {
            None
        }
    }

    fn product_changed(&mut self, finding: &Finding, subject: &Subject, needs: &BTreeMap<Source, Status>) {
        let mut changed = self.change(What::Changed, About::Product, &finding.product);
        // That a program ran and now does not make a trace weaker that it left; only what is stronger is told.
        if finding.confidence == Confidence::Confirmed && !subject.is_confirmed() {
            changed = changed.with(key::CONFIDENCE, finding.confidence.word()).with(key::EVIDENCE, evidence_of(finding));
        }
        for (key, answer) in [(key::INSTALLED, installed(finding)), (key::AUTOSTART, finding.autostart)] {
            // What could not be told this time says nothing against what was known.
            if answer != Answer::Unknown && !subject.is(key, answer) {
                changed = changed.with(key, answer.word());
            }
        }
        if subject.sight == Sight::Lost {
            changed = changed.with(key::SIGHT, "regained").with(key::NEEDS, write_statuses(needs.clone()));
        }
        if !changed.values.is_empty() {
            self.changes.push(changed.with(key::NAME, &finding.name));
        }
        let was_running = subject.is(key::RUNNING, Answer::Yes);
        let change =
            |what, running: Answer| self.change(what, About::Product, &finding.product).with(key::NAME, &finding.name).with(key::RUNNING, running.word());
        if finding.running == Answer::Yes && !was_running {
            self.changes.push(change(What::Started, Answer::Yes));
        } else if finding.running == Answer::No && was_running && self.has_stopped(finding) {
            self.changes.push(change(What::Stopped, Answer::No));
        }
    }

    /// Programs that the worker starts and ends stop every day: that is a diary and no change. One that starts by itself has stopped when
    /// it did not run on a whole day of looks.
    fn has_stopped(&self, finding: &Finding) -> bool {
        let (today, before) = if self.is_same_day() {
            (Some(&self.state.ran), self.state.looked_before.as_ref().map(|_| &self.state.ran_before))
        } else {
            (None, Some(&self.state.ran))
        };
        let ran = |day: Option<&BTreeSet<String>>| day.is_some_and(|day| day.contains(&finding.product));
        finding.group != Group::Own && finding.autostart != Answer::No && before.is_some() && !ran(today) && !ran(before)
    }

    fn at_observations(&mut self) {
        let lasting: Vec<_> = self.report.observations.iter().filter(|observation| observation.is_lasting()).collect();
        for observation in &lasting {
            let needs = self.needs(observation.evidence.iter().flat_map(|evidence| sources_of_fact(&evidence.kind)));
            let change = self.change(What::Appeared, About::Observation, &observation.id).with(key::BY, &observation.by);
            let known = self.state.observations.get(&observation_id(&change));
            match known.filter(|subject| subject.sight != Sight::Gone) {
                None if known.is_some_and(|subject| subject.turned == self.day) => {}
                // The same thing from two places is one.
                None if self.changes.iter().any(|other| other.about == About::Observation && observation_id(other) == observation_id(&change)) => {}
                None => {
                    let mut change = change
                        .with(key::LEVEL, observation.level.word())
                        .with(key::SET_BY, word_of(&observation.set_by))
                        .with(key::ORDINARY, if observation.ordinary { "yes" } else { "no" })
                        .with(key::EVIDENCE, evidence_of_observation(observation))
                        .with(key::NEEDS, write_statuses(needs.clone()));
                    if let Some(because) = self.because(&needs, None) {
                        change = change.with(key::BECAUSE, because.word());
                    }
                    self.changes.push(change);
                }
                Some(subject) if subject.sight == Sight::Lost => {
                    let change = Change { what: What::Changed, ..change };
                    self.changes.push(change.with(key::SIGHT, "regained").with(key::NEEDS, write_statuses(needs)));
                }
                Some(_) => {}
            }
        }
        for ((id, by), subject) in &self.state.observations {
            if !lasting.iter().any(|observation| observation.id == *id && observation.by == *by) {
                self.vanished(About::Observation, id, Some(by), subject);
            }
        }
    }

    /// What was seen and is not seen any more is gone only if everything that showed it was looked at as well as then.
    fn vanished(&mut self, about: About, id: &str, by: Option<&str>, subject: &Subject) {
        let is_covered = subject.needs.iter().all(|(source, then)| self.status(*source).is_some_and(|now| reach(now) >= reach(*then)));
        let (what, sight) = match (subject.sight, is_covered) {
            (Sight::Seen | Sight::Lost, true) => (What::Disappeared, None),
            (Sight::Seen, false) => (What::Changed, Some("lost")),
            _ => return,
        };
        let mut change = self.change(what, about, id);
        for (key, value) in [(key::SIGHT, sight), (key::BY, by), (key::NAME, subject.value(key::NAME))] {
            if let Some(value) = value {
                change = change.with(key, value);
            }
        }
        self.changes.push(change);
    }

    /// A category is told when it reaches *on* or *seen* for the first time.
    fn at_levels(&mut self) {
        for exposure in &self.report.exposure {
            let highest = self.state.levels.get(&exposure.category).map_or(Level::NotFound, |(level, _)| *level);
            if exposure.level >= Level::On && exposure.level > highest {
                let mut change = self.change(What::Changed, About::Category, &exposure.category).with(key::LEVEL, exposure.level.word());
                if let Some(because) = self.because(&BTreeMap::new(), None) {
                    change = change.with(key::BECAUSE, because.word());
                }
                self.changes.push(change);
            }
        }
    }

    /// Once a day, and again when another product ran that day.
    fn at_the_day(&mut self) {
        let runs = |finding: &&Finding| finding.running == Answer::Yes && finding.group != Group::Own && finding.confidence == Confidence::Confirmed;
        let running: BTreeSet<_> = self.report.findings.iter().filter(runs).map(|finding| finding.product.as_str()).collect();
        let new: BTreeMap<_, _> =
            self.report.coverage.iter().filter(|one| !self.state.coverage.contains_key(&one.source)).map(|one| (one.source, one.status)).collect();
        let is_known = self.is_same_day() && running.iter().all(|id| self.state.ran.contains(*id));
        if is_known && new.is_empty() {
            return;
        }
        let mut change = self.change(What::Looked, About::Computer, "computer");
        if !running.is_empty() {
            change = change.with(key::RUNNING, running.into_iter().collect::<Vec<_>>().join(","));
        }
        if !new.is_empty() {
            change = change.with(key::COVERAGE, write_statuses(new));
        }
        if self.is_first() {
            change = change.with(key::BECAUSE, Because::FirstLook.word());
        }
        // Last: whatever is still there after all changes of this look was seen on this day.
        self.changes.push(change);
    }

    fn status(&self, source: Source) -> Option<Status> {
        self.report.coverage.iter().find(|one| one.source == source).map(|one| one.status)
    }

    fn needs<'a>(&self, sources: impl Iterator<Item = &'a Source>) -> BTreeMap<Source, Status> {
        sources.filter_map(|source| Some((*source, self.status(*source)?))).collect()
    }
}

/// What is left of a product when it was removed is not the product.
fn installed(finding: &Finding) -> Answer {
    if finding.state == FindingState::Remains { Answer::No } else { finding.installed }
}

fn evidence_of(finding: &Finding) -> String {
    let lines: BTreeSet<_> = finding.evidence.iter().map(|evidence| format!("{}: {}", evidence.kind.word(), evidence.value)).collect();
    lines.into_iter().take(MOST_EVIDENCE).collect::<Vec<_>>().join("\n")
}

fn evidence_of_observation(observation: &Observation) -> String {
    observation.evidence.iter().take(MOST_EVIDENCE).map(|evidence| format!("{}: {}", evidence.kind, evidence.value)).collect::<Vec<_>>().join("\n")
}

/// The word of an enumeration, as it stands in JSON.
fn word_of(word: &impl serde::Serialize) -> String {
    serde_json::to_value(word).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

const fn reach(status: Status) -> u8 {
    match status {
        Status::None => 0,
        Status::Partial => 1,
        Status::Full => 2,
    }
}

/// The sources that can show an indicator of a kind.
const fn sources_of_kind(kind: IndicatorKind) -> &'static [Source] {
    match kind {
        IndicatorKind::Path => &[Source::SignaturePaths, Source::Programs, Source::Applications, Source::ProcessPaths],
        IndicatorKind::Process => &[Source::Processes, Source::ProcessesOfOthers],
        IndicatorKind::Package => &[Source::Packages, Source::Flatpak, Source::Snap, Source::Receipts, Source::StorePackages],
        IndicatorKind::Unit => &[Source::Systemd],
        IndicatorKind::DesktopEntry => &[Source::Programs, Source::XdgAutostart],
        IndicatorKind::DbusName => &[Source::DbusServices],
        IndicatorKind::KernelModule => &[Source::KernelModules],
        IndicatorKind::PamModule => &[Source::Pam],
        IndicatorKind::NssModule => &[Source::Nss],
        IndicatorKind::Service => &[Source::Services, Source::FilterDrivers],
        IndicatorKind::UninstallKey | IndicatorKind::UpgradeCode | IndicatorKind::ProgramName => &[Source::InstalledPrograms],
        IndicatorKind::RegistryKey => &[Source::RegistryKeys],
        IndicatorKind::Signer | IndicatorKind::TeamId => &[Source::CodeSignatures],
        IndicatorKind::ScheduledTask => &[Source::ScheduledTasks],
        IndicatorKind::RunEntry => &[Source::RunKeys],
        IndicatorKind::BundleId => &[Source::Applications, Source::SystemExtensions, Source::CodeSignatures],
        IndicatorKind::LaunchdLabel => &[Source::Launchd],
        IndicatorKind::ManagedPreferences => &[Source::ManagedPreferences, Source::ConfigurationProfiles],
        IndicatorKind::Extension => &[Source::BrowserExtensions],
        IndicatorKind::NativeHost => &[Source::NativeMessaging],
        IndicatorKind::BrowserPolicy => &[Source::BrowserPolicies],
        IndicatorKind::Certificate | IndicatorKind::CertificateName => &[Source::Certificates, Source::BrowserCertificates],
        IndicatorKind::Setting => &[Source::SystemSettings, Source::DeviceManagement],
    }
}

/// The sources that a fact, by its word, comes from.
fn sources_of_fact(word: &str) -> &'static [Source] {
    match word {
        "certificate" => &[Source::Certificates, Source::BrowserCertificates],
        "proxy" => &[Source::Proxy, Source::BrowserPolicies],
        "browser_policy" => &[Source::BrowserPolicies],
        "extension" => &[Source::BrowserExtensions, Source::BrowserPolicies],
        "setting" => &[Source::SystemSettings, Source::DeviceManagement],
        "preload" => &[Source::Preload],
        "privacy_decision" => &[Source::PrivacyDecisions],
        "network_extension" => &[Source::NetworkExtensions],
        "event_tap" => &[Source::EventTaps],
        "system_extension" => &[Source::SystemExtensions],
        _ => &[],
    }
}
