//! Made-up looks at a made-up computer, as a scan would report them.

use inzage_core::facts::SetBy;
use inzage_core::inventory::{Coverage, Reason, ReasonCode, Source, Status};
use inzage_core::kinds::{IndicatorKind, Os, Strength};
use inzage_core::report::{
    Answer, Confidence, Evidence, Exposure, Finding, FindingState, Groups, Level, Observation, ObservationEvidence, PresentSince, Report, ReportHost, SCHEMA,
    Signatures,
};
use inzage_core::signature::{Class, Group, Part};
use time::{Date, Duration, Month};

use crate::Random;

/// So many days after the first one, as YYYY-MM-DD.
pub fn day(number: i64) -> String {
    let first = Date::from_calendar_date(2026, Month::January, 1).unwrap_or(Date::MIN);
    first.saturating_add(Duration::days(number)).to_string()
}

/// A computer on which something changes now and then. Its look today is `report`.
pub struct Computer {
    /// The look today.
    pub report: Report,
    random: Random,
    /// What comes into every name, so that two of them have nothing in common.
    mark: String,
    /// How many products and observations there ever were.
    made: u64,
}

impl Computer {
    /// A computer with so many products and observations.
    pub fn new(mark: &str, seed: u64, products: usize, observations: usize) -> Self {
        let coverage = |source: &Source| Coverage { source: *source, status: Status::Full, checked: 100, reason: None };
        let report = Report {
            schema: SCHEMA.into(),
            made_at: "2026-01-01T10:00:00Z".into(),
            agent_version: "0.1.0".into(),
            signatures: Signatures { version: "2026-01".into(), sha256: "0".repeat(64), products: 300 },
            host: ReportHost { os: Os::Linux, os_version: "Debian GNU/Linux 13 (trixie)".into(), root: "/".into(), elevated: false },
            findings: Vec::new(),
            observations: Vec::new(),
            exposure: (0..20).map(exposure).collect(),
            coverage: Source::ALL.iter().filter(|source| source.systems().contains(&Os::Linux)).map(coverage).collect(),
        };
        let mut computer = Self { report, random: Random::new(seed), mark: mark.into(), made: 0 };
        for _ in 0..products {
            computer.install();
        }
        for _ in 0..observations {
            computer.set();
        }
        computer
    }

    fn name(&mut self, kind: &str) -> String {
        self.made += 1;
        format!("{kind}-{}-{}", self.mark, self.made)
    }

    /// A product is installed.
    pub fn install(&mut self) {
        let product = self.name("product");
        let evidence = |kind, value: String| Evidence {
            kind,
            value,
            place: "/var/lib/dpkg/status".into(),
            part: Part::Agent,
            proves: "present".into(),
            strength: Strength::Strong,
            generic: false,
            source: "https://example.org/documentation/installation".into(),
            at: None,
            read: "2026-11-01".into(),
        };
        let number = self.made;
        let yes = |is: bool| if is { Answer::Yes } else { Answer::No };
        self.report.findings.push(Finding {
            name: format!("Product {number} for Teams"),
            vendor: "Acme".into(),
            class: Class::EmployeeMonitoring,
            group: [Group::Monitoring, Group::Management, Group::Own][(number % 3) as usize],
            confidence: if number.is_multiple_of(5) { Confidence::Possible } else { Confidence::Confirmed },
            state: FindingState::Installed,
            installed: Answer::Yes,
            autostart: yes(!number.is_multiple_of(4)),
            running: yes(number.is_multiple_of(2)),
            evidence: vec![
                evidence(IndicatorKind::Package, format!("deb:{product}")),
                evidence(IndicatorKind::Path, format!("/opt/acme/{product}/bin/{product}")),
                evidence(IndicatorKind::Unit, format!("/usr/lib/systemd/system/{product}.service")),
                evidence(IndicatorKind::Process, format!("{product} (/opt/acme/{product}/bin/{product})")),
            ],
            observes: Vec::new(),
            first_seen: None,
            last_seen: None,
            present_since: Some(PresentSince { date: "2025-10-01".into(), source: "/var/log/dpkg.log".into() }),
            product,
        });
    }

    /// Something is set on the computer that shows observing.
    pub fn set(&mut self) {
        let by = self.name("setting");
        self.report.observations.push(Observation {
            id: ["proxy", "added-root", "browser-policy", "audit-rules"][(self.made % 4) as usize].into(),
            categories: vec!["visited_sites".into()],
            level: Level::On,
            set_by: SetBy::Policy,
            ordinary: false,
            evidence: vec![ObservationEvidence { kind: "browser_policy".into(), value: format!("{by}=1"), place: "/etc/opt/chrome/policies/managed".into() }],
            by,
        });
    }

    /// The oldest product is removed.
    pub fn remove(&mut self) {
        if !self.report.findings.is_empty() {
            self.report.findings.remove(0);
        }
    }

    /// The oldest setting is taken back.
    pub fn unset(&mut self) {
        if !self.report.observations.is_empty() {
            self.report.observations.remove(0);
        }
    }

    /// One product starts if it did not run, or ends.
    pub fn start_or_end(&mut self) {
        let chosen = self.random.below(self.report.findings.len() as u64);
        if let Some(finding) = self.report.findings.get_mut(usize::try_from(chosen).unwrap_or_default()) {
            finding.running = if finding.running == Answer::Yes { Answer::No } else { Answer::Yes };
        }
    }

    /// One source closes if it was open, or opens.
    pub fn close_or_open(&mut self) {
        let chosen = self.random.below(self.report.coverage.len() as u64);
        if let Some(coverage) = self.report.coverage.get_mut(usize::try_from(chosen).unwrap_or_default()) {
            if coverage.status == Status::Full {
                coverage.status = Status::None;
                coverage.reason = Some(Reason { code: ReasonCode::PermissionDenied, args: [("path".into(), "/var/log/audit".into())].into() });
            } else {
                coverage.status = Status::Full;
                coverage.reason = None;
            }
        }
    }

    /// New signatures come.
    pub fn update_signatures(&mut self) {
        self.report.signatures.version = self.name("2026");
        self.report.signatures.sha256 = format!("{:064x}", self.random.next());
    }

    /// A day on a computer of every day: mostly nothing changes.
    pub fn live(&mut self, number: i64) {
        if number % 14 == 13 {
            self.update_signatures();
        }
        if number % 45 == 44 {
            self.report.agent_version = self.name("0");
        }
        if self.random.once_in(7) {
            self.start_or_end();
        }
        if self.random.once_in(7) {
            self.close_or_open();
        }
        if self.random.once_in(30) {
            self.install();
            self.remove();
        }
        if self.random.once_in(30) {
            self.set();
            self.unset();
        }
    }
}

fn exposure(number: usize) -> Exposure {
    let level = if number.is_multiple_of(2) { Level::On } else { Level::Possible };
    Exposure {
        category: format!("category-{number}"),
        level,
        by: Vec::new(),
        others: Vec::new(),
        blind: Vec::new(),
        groups: Groups { monitoring: level, management: level, own: level },
    }
}
