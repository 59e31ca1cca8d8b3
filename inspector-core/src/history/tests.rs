use super::*;
use crate::facts::SetBy;
use crate::inventory::{Coverage, Source, Status};
use crate::kinds::{IndicatorKind, Os, Strength};
use crate::report::*;
use crate::signature::{Class, Group, Part};

fn report() -> Report {
    let coverage = |source, status| Coverage { source, status, checked: 1, reason: None };
    Report {
        schema: SCHEMA.into(),
        made_at: "2026-11-25T10:00:00Z".into(),
        agent_version: "1".into(),
        signatures: Signatures { version: "2026-11".into(), sha256: "aa".into(), products: 2 },
        host: ReportHost { os: Os::Linux, os_version: "Debian".into(), root: "/".into(), elevated: false },
        findings: Vec::new(),
        observations: Vec::new(),
        exposure: Vec::new(),
        coverage: vec![coverage(Source::Packages, Status::Full), coverage(Source::Processes, Status::Full), coverage(Source::Dns, Status::Full)],
    }
}

fn finding(product: &str) -> Finding {
    Finding {
        product: product.into(),
        name: product.to_uppercase(),
        vendor: "Acme".into(),
        class: Class::EmployeeMonitoring,
        group: Group::Monitoring,
        confidence: Confidence::Confirmed,
        state: FindingState::Installed,
        installed: Answer::Yes,
        autostart: Answer::Yes,
        running: Answer::No,
        evidence: vec![Evidence {
            kind: IndicatorKind::Package,
            value: format!("deb:{product}"),
            place: "/var/lib/dpkg/status".into(),
            part: Part::Agent,
            proves: "present".into(),
            strength: Strength::Strong,
            generic: false,
            source: "https://example.org".into(),
            at: None,
            read: "2026-11-01".into(),
        }],
        observes: Vec::new(),
        first_seen: None,
        last_seen: None,
        present_since: None,
    }
}

fn proxy(ordinary: bool) -> Observation {
    Observation {
        id: "proxy".into(),
        categories: vec!["network_traffic".into()],
        level: Level::On,
        by: "proxy.acme.example:8080".into(),
        set_by: SetBy::Policy,
        ordinary,
        evidence: vec![ObservationEvidence { kind: "proxy".into(), value: "proxy.acme.example:8080".into(), place: "/etc/environment".into() }],
    }
}

/// A computer that is looked at, day by day.
#[derive(Default)]
struct Days {
    state: State,
}

impl Days {
    /// Looks, and gives what changed as `about what id`, with `=` the value of the one key that a test asks for.
    #[track_caller]
    fn look(&mut self, day: &str, report: &Report, expect: &[&str]) -> Vec<Change> {
        let changes = changes(&self.state, report, day);
        for change in &changes {
            self.state.apply(change);
        }
        let told: Vec<_> = changes.iter().map(|change| format!("{} {}", change.id, change.what.word())).collect();
        assert_eq!(told, expect, "on {day}");
        assert_eq!(super::changes(&self.state, report, day), [], "a look is not told twice");
        changes
    }

    fn started() -> Self {
        let mut days = Self::default();
        days.look("2026-11-01", &report(), &["inzage changed", "signatures signatures_updated", "computer looked"]);
        days
    }
}

fn with(findings: &[Finding]) -> Report {
    Report { findings: findings.to_vec(), ..report() }
}

#[test]
fn what_is_there_at_the_first_look_says_so() {
    let mut days = Days::default();
    let changes = days.look("2026-11-01", &with(&[finding("a")]), &["inzage changed", "signatures signatures_updated", "a appeared", "computer looked"]);
    assert_eq!(changes[2].because(), Some(Because::FirstLook));
}

#[test]
fn a_product_comes_and_goes() {
    let mut days = Days::started();
    let changes = days.look("2026-11-01", &with(&[finding("a")]), &["a appeared"]);
    assert_eq!(changes[0].because(), None);
    assert_eq!(changes[0].value(key::EVIDENCE), Some("package: deb:a"));
    days.look("2026-11-02", &with(&[finding("a")]), &["computer looked"]);
    days.look("2026-11-04", &report(), &["a disappeared", "computer looked"]);
    let a = &days.state.products["a"];
    assert_eq!((a.first_seen.as_str(), a.last_seen.as_str(), a.sight), ("2026-11-01", "2026-11-02", Sight::Gone));
    days.look("2026-11-04", &with(&[finding("a")]), &["a appeared"]);
}

#[test]
fn what_new_signatures_find_may_be_older() {
    let mut days = Days::started();
    let mut newer = with(&[finding("a"), finding("b"), finding("c")]);
    newer.signatures.sha256 = "bb".into();
    newer.findings[1].present_since = Some(PresentSince { date: "2026-11-03".into(), source: "dpkg.log".into() });
    newer.findings[2].present_since = Some(PresentSince { date: "2026-10-03".into(), source: "dpkg.log".into() });
    let changes = days.look("2026-11-03", &newer, &["signatures signatures_updated", "a appeared", "b appeared", "c appeared", "computer looked"]);
    assert_eq!(changes[1..4].iter().map(Change::because).collect::<Vec<_>>(), [Some(Because::Signatures), None, Some(Because::Signatures)]);
}

#[test]
fn a_product_that_is_out_of_sight_is_not_gone() {
    let mut days = Days::started();
    days.look("2026-11-02", &with(&[finding("a")]), &["a appeared", "computer looked"]);
    let mut closed = report();
    closed.coverage[0].status = Status::None;
    let changes = days.look("2026-11-03", &closed, &["packages coverage_lost", "a changed", "computer looked"]);
    assert_eq!(changes[1].value(key::SIGHT), Some("lost"));
    days.look("2026-11-04", &closed, &["computer looked"]);
    assert_eq!((days.state.products["a"].sight, days.state.products["a"].last_seen.as_str()), (Sight::Lost, "2026-11-02"));
    let mut again = days.state.clone();
    days.look("2026-11-05", &report(), &["packages coverage_gained", "a disappeared", "computer looked"]);
    let open = with(&[finding("a")]);
    let regained = super::changes(&again, &open, "2026-11-05");
    assert_eq!(regained[1].value(key::SIGHT), Some("regained"));
    for change in &regained {
        again.apply(change);
    }
    assert_eq!(again.products["a"].sight, Sight::Seen);
}

#[test]
fn a_source_that_has_nothing_to_do_with_a_product_does_not_keep_it() {
    let mut days = Days::started();
    days.look("2026-11-02", &with(&[finding("a")]), &["a appeared", "computer looked"]);
    let mut closed = report();
    closed.coverage[2].status = Status::None;
    days.look("2026-11-03", &closed, &["dns coverage_lost", "a disappeared", "computer looked"]);
}

#[test]
fn a_source_that_opens_and_closes_is_told_once_a_day() {
    let mut days = Days::started();
    let mut closed = report();
    closed.coverage[2].status = Status::Partial;
    days.look("2026-11-02", &closed, &["dns coverage_lost", "computer looked"]);
    days.look("2026-11-02", &report(), &["dns coverage_gained"]);
    days.look("2026-11-02", &closed, &[]);
    days.look("2026-11-03", &closed, &["dns coverage_lost", "computer looked"]);
}

#[test]
fn a_product_starts_at_once_and_stops_after_a_whole_day() {
    let mut days = Days::started();
    let (still, mut runs) = (with(&[finding("a")]), with(&[finding("a")]));
    runs.findings[0].running = Answer::Yes;
    days.look("2026-11-02", &still, &["a appeared", "computer looked"]);
    days.look("2026-11-02", &runs, &["a started", "computer looked"]);
    // Each morning the computer is looked at before it runs.
    days.look("2026-11-03", &still, &["computer looked"]);
    days.look("2026-11-03", &runs, &["computer looked"]);
    days.look("2026-11-03", &still, &[]);
    days.look("2026-11-04", &still, &["computer looked"]);
    days.look("2026-11-09", &still, &["a stopped", "computer looked"]);
    days.look("2026-11-09", &runs, &["a started", "computer looked"]);
}

#[test]
fn programs_of_the_worker_make_no_diary() {
    let mut days = Days::started();
    let mut still = with(&[finding("a"), finding("b")]);
    still.findings[0].group = Group::Own;
    still.findings[1].autostart = Answer::No;
    let mut runs = still.clone();
    runs.findings.iter_mut().for_each(|finding| finding.running = Answer::Yes);
    days.look("2026-11-02", &runs, &["a appeared", "b appeared", "computer looked"]);
    assert_eq!(days.state.ran.iter().collect::<Vec<_>>(), ["b"]);
    for day in ["2026-11-03", "2026-11-04", "2026-11-05"] {
        days.look(day, &still, &["computer looked"]);
    }
    let mut call = report();
    call.observations.push(Observation { id: "device-in-use".into(), ..proxy(true) });
    days.look("2026-11-05", &Report { findings: still.findings, ..call }, &[]);
}

#[test]
fn an_answer_that_is_not_known_this_time_changes_nothing() {
    let mut days = Days::started();
    let (known, mut unknown, mut other) = (with(&[finding("a")]), with(&[finding("a")]), with(&[finding("a")]));
    unknown.findings[0].autostart = Answer::Unknown;
    other.findings[0].autostart = Answer::No;
    days.look("2026-11-01", &known, &["a appeared"]);
    days.look("2026-11-01", &unknown, &[]);
    days.look("2026-11-01", &other, &["a changed"]);
}

#[test]
fn a_weak_trace_that_comes_and_goes_is_told_once_a_day() {
    let mut days = Days::started();
    let mut weak = with(&[finding("a")]);
    weak.findings[0].confidence = Confidence::Possible;
    days.look("2026-11-01", &weak, &["a appeared"]);
    days.look("2026-11-01", &report(), &["a disappeared"]);
    days.look("2026-11-01", &weak, &[]);
    days.look("2026-11-02", &weak, &["a appeared", "computer looked"]);
    let changes = days.look("2026-11-02", &with(&[finding("a")]), &["a changed"]);
    assert_eq!(changes[0].value(key::CONFIDENCE), Some("confirmed"));
}

#[test]
fn a_setting_that_stays_for_other_reasons_is_one_setting() {
    let mut days = Days::started();
    let mut set = report();
    set.observations = vec![proxy(false), Observation { set_by: SetBy::System, ..proxy(false) }];
    let changes = days.look("2026-11-02", &set, &["proxy appeared", "computer looked"]);
    assert_eq!(changes[0].value(key::BY), Some("proxy.acme.example:8080"));
    days.look("2026-11-03", &report(), &["proxy disappeared", "computer looked"]);
}

#[test]
fn a_category_is_told_when_it_is_higher_than_ever() {
    let mut days = Days::started();
    let groups = Groups { monitoring: Level::On, management: Level::NotFound, own: Level::NotFound };
    let one = |level| Exposure { category: "websites".into(), level, by: Vec::new(), others: Vec::new(), blind: Vec::new(), groups };
    let with = |level| Report { exposure: vec![one(level)], ..report() };
    days.look("2026-11-01", &with(Level::Possible), &[]);
    days.look("2026-11-01", &with(Level::On), &["websites changed"]);
    days.look("2026-11-02", &with(Level::Possible), &["computer looked"]);
    days.look("2026-11-02", &with(Level::On), &[]);
    days.look("2026-11-02", &with(Level::Seen), &["websites changed"]);
}
