//! The verdict rules, one by one: `check` takes the facts and tells confidence, state and the three answers.

use super::*;
use crate::facts::{Autostart, Enabled, Executable, File, Package, Preload, Process, Setting};
use crate::inventory::{Coverage, Host, SCHEMA, Source, Status};
use crate::kinds::{Os, Strength};
use crate::signature::{Card, Cite, Class, Group, Indicator, Observes, Page, Part, Product, Proves, When};

fn indicator(kind: IndicatorKind, value: &str, strength: Strength) -> Indicator {
    let cite = Cite { page: 0, at: None };
    Indicator { kind, value: value.into(), os: Some(Os::Linux), part: Part::Agent, proves: None, strength, generic: false, cite }
}

pub(crate) fn strong(kind: IndicatorKind, value: &str) -> Indicator {
    indicator(kind, value, Strength::Strong)
}

fn weak(kind: IndicatorKind, value: &str) -> Indicator {
    indicator(kind, value, Strength::Weak)
}

fn product(indicators: Vec<Indicator>) -> Product {
    Product {
        id: "watch".into(),
        name: "Watch".into(),
        vendor: "Example".into(),
        class: Class::EmployeeMonitoring,
        group: Group::Monitoring,
        indicators,
        card: Card {
            observes: vec![Observes { category: "app_time".into(), when: When::Always, cite: None }],
            pages: vec![Page { url: "https://example.org/".into(), title: "Example".into(), read: "2026-11-22".into() }],
            ..Card::default()
        }
        .into(),
    }
}

pub(crate) fn inventory(facts: Vec<Fact>, missing: &[Source]) -> Inventory {
    let coverage = Source::of(Os::Linux).map(|source| Coverage {
        source,
        status: if missing.contains(&source) { Status::None } else { Status::Full },
        checked: 1,
        reason: None,
    });
    Inventory {
        schema: SCHEMA.into(),
        made_at: "2026-11-22T10:00:00Z".into(),
        agent_version: "0".into(),
        host: Host { os: Os::Linux, os_version: "Debian".into(), root: "/".into(), elevated: false, home: Some("/home/anna".into()) },
        facts,
        coverage: coverage.collect(),
        names: None,
    }
}

pub(crate) fn bundle(indicators: Vec<Indicator>) -> Bundle {
    Bundle { version: String::new(), categories: Vec::new(), products: vec![product(indicators)] }
}

fn finding(indicators: Vec<Indicator>, facts: Vec<Fact>, missing: &[Source]) -> Option<Finding> {
    let bundle = bundle(indicators);
    let inventory = inventory(facts, missing);
    Matcher::new(&bundle, &inventory).findings(&inventory).pop()
}

/// `confidence state installed/autostart/running`, or `none`.
#[track_caller]
fn check(indicators: Vec<Indicator>, facts: Vec<Fact>, expect: &str) {
    let found = finding(indicators, facts, &[]);
    let told = found.map_or("none".to_owned(), |found| {
        format!("{} {} {}/{}/{}", found.confidence.word(), found.state.word(), found.installed.word(), found.autostart.word(), found.running.word())
    });
    assert_eq!(told, expect);
}

fn process(name: &str, exe: Option<&str>) -> Fact {
    let executable = if exe.is_some() { Executable::Open } else { Executable::Closed };
    Process { pid: 7, name: name.into(), exe: exe.map(str::to_owned), executable, place: "/proc/7".into(), ..Process::default() }.into()
}

fn package(id: &str, removed: bool) -> Fact {
    Package { id: id.into(), removed, since: Some(1_790_000_000), place: "/var/lib/dpkg/status".into(), ..Package::default() }.into()
}

fn file(path: &str) -> Fact {
    File { path: path.into(), place: path.into(), ..File::default() }.into()
}

fn unit(name: &str, exec: &str, enabled: Enabled, exists: bool) -> Fact {
    Autostart {
        name: name.into(),
        unit: Some(name.into()),
        exec: vec![exec.into()],
        exec_exists: Some(exists),
        enabled,
        place: "/etc".into(),
        ..Autostart::default()
    }
    .into()
}

use IndicatorKind as K;

fn usual() -> Vec<Indicator> {
    vec![strong(K::Package, "deb:watch"), strong(K::Path, "/usr/bin/watchd"), strong(K::Unit, "watchd.service"), weak(K::Process, "watchd")]
}

#[test]
fn nothing_is_found_where_nothing_is() {
    check(usual(), vec![package("deb:watchman", false), process("watchdog", Some("/usr/bin/watchdog")), file("/usr/bin/watchd2")], "none");
}

#[test]
fn one_strong_trace_confirms() {
    check(usual(), vec![package("deb:watch", false)], "confirmed installed yes/no/no");
    check(usual(), vec![file("/bin/watchd")], "confirmed installed yes/no/no");
    check(usual(), vec![unit("watchd.service", "/usr/bin/watchd", Enabled::Yes, true)], "confirmed autostart yes/yes/no");
    check(usual(), vec![unit("watchd.service", "/usr/bin/watchd", Enabled::No, true)], "confirmed installed yes/no/no");
}

#[test]
fn a_name_alone_does_not_confirm() {
    check(usual(), vec![process("watchd", None)], "possible running unknown/no/yes");
    check(usual(), vec![process("watchd", Some("/tmp/watchd"))], "possible installed unknown/no/no");
    // However many names fit.
    let names = vec![weak(K::Process, "watchd"), weak(K::Process, "watch-helper"), weak(K::Process, "watch-upload")];
    check(names, vec![process("watchd", None), process("watch-helper", None), process("watch-upload", None)], "possible running unknown/no/yes");
}

#[test]
fn the_real_program_is_confirmed_under_any_name() {
    check(usual(), vec![process("firefox", Some("/usr/bin/watchd"))], "confirmed running yes/no/yes");
}

#[test]
fn a_namesake_is_not_the_installed_product_running() {
    check(usual(), vec![package("deb:watch", false), process("watchd", Some("/tmp/watchd"))], "confirmed installed yes/no/no");
    check(usual(), vec![package("deb:watch", false), process("watchd", None)], "confirmed running yes/no/yes");
}

#[test]
fn weak_traces_add_up_only_on_independent_objects() {
    let weak_path = || vec![weak(K::Path, "/opt/watch/watchd"), weak(K::Process, "watchd"), weak(K::DesktopEntry, "watch-login.desktop")];
    // A path, and the process started from it: one object.
    check(weak_path(), vec![file("/opt/watch/watchd"), process("watchd", Some("/opt/watch/watchd"))], "possible running yes/no/yes");
    // The process whose executable is closed has the name of the path: still one.
    check(weak_path(), vec![file("/opt/watch/watchd"), process("watchd", None)], "possible running yes/no/yes");
    let entry = |exec: &str| {
        Fact::from(Autostart {
            name: "watch-login.desktop".into(),
            entry: Some("watch-login.desktop".into()),
            exec: vec![exec.into()],
            exec_exists: Some(true),
            enabled: Enabled::Yes,
            ..Autostart::default()
        })
    };
    check(weak_path(), vec![file("/opt/watch/watchd"), entry("/opt/watch/watchd")], "possible autostart yes/yes/no");
    check(weak_path(), vec![file("/opt/watch/watchd"), entry("/usr/bin/other")], "confirmed autostart yes/yes/no");
    // Folders of the same name are one word seen twice.
    let folders = vec![weak(K::Path, "~/.config/watch/"), weak(K::Path, "~/.cache/watch/")];
    check(folders, vec![file("/home/anna/.config/watch"), file("/home/anna/.cache/watch")], "possible installed yes/no/no");
}

#[test]
fn generic_names_never_add_up() {
    let mut indicators = vec![weak(K::Path, "/opt/watch/"), weak(K::Process, "agent")];
    indicators[1].generic = true;
    check(indicators.clone(), vec![file("/opt/watch"), process("agent", None)], "possible running yes/no/yes");
    // And alone they are nothing: they are seen on computers without the product.
    check(indicators, vec![process("agent", None)], "none");
}

#[test]
fn viewers_and_remains_do_not_confirm() {
    let mut viewer = usual();
    viewer[0].part = Part::Viewer;
    check(viewer, vec![package("deb:watch", false)], "possible installed yes/no/no");
    check(usual(), vec![package("deb:watch", true)], "possible remains no/no/no");
    check(usual(), vec![unit("watchd.service", "/usr/bin/watchd", Enabled::Yes, false)], "possible remains no/no/no");
    let mut left = usual();
    left.push(Indicator { part: Part::Remains, ..weak(K::Path, "/var/log/watch/") });
    check(left, vec![file("/var/log/watch")], "possible remains no/no/no");
}

#[test]
fn a_receipt_proves_only_that_it_was_installed_once() {
    let receipts = || vec![strong(K::Package, "pkgutil:com.acme.watch"), strong(K::Path, "/usr/bin/watchd")];
    check(receipts(), vec![package("pkgutil:com.acme.watch", false)], "confirmed installed unknown/no/no");
    check(receipts(), vec![package("pkgutil:com.acme.watch", false), file("/usr/bin/watchd")], "confirmed installed yes/no/no");
}

#[test]
fn what_is_shipped_everywhere_proves_nothing_until_it_works() {
    let shipped = || {
        vec![
            Indicator { proves: Some(Proves::Nothing), ..weak(K::Package, "deb:watch") },
            Indicator { proves: Some(Proves::Nothing), ..weak(K::Unit, "watchd.service") },
        ]
    };
    check(shipped(), vec![package("deb:watch", false), unit("watchd.service", "/usr/bin/watchd", Enabled::No, true)], "none");
    check(shipped(), vec![package("deb:watch", false), unit("watchd.service", "/usr/bin/watchd", Enabled::Yes, true)], "possible autostart yes/yes/no");
}

#[test]
fn running_means_something_for_each_kind() {
    let library = || vec![strong(K::Package, "deb:watch"), strong(K::Path, "/usr/lib/libwatch.so")];
    let preload = |exists| Fact::from(Preload { library: "/lib/libwatch.so".into(), system_wide: true, exists, place: "/etc/ld.so.preload".into() });
    check(library(), vec![package("deb:watch", false), preload(Some(true))], "confirmed running yes/yes/yes");
    check(library(), vec![preload(None)], "confirmed running yes/yes/yes");
    check(library(), vec![preload(Some(false))], "possible remains no/no/no");
    let setting = || vec![strong(K::Package, "deb:watch"), weak(K::Setting, "process-accounting")];
    let told = |on| Fact::from(Setting { name: "process-accounting".into(), on, place: String::new() });
    check(setting(), vec![package("deb:watch", false), told(Some(true))], "confirmed running yes/no/yes");
    check(setting(), vec![package("deb:watch", false), told(None)], "confirmed installed yes/no/unknown");
    check(setting(), vec![package("deb:watch", true), told(None)], "possible remains no/no/no");
}

#[test]
fn what_was_not_looked_at_is_unknown_and_not_no() {
    let answers = |missing: &[Source]| {
        let found = finding(usual(), vec![package("deb:watch", false)], missing).unwrap();
        (found.autostart.word(), found.running.word())
    };
    assert_eq!(answers(&[]), ("no", "no"));
    assert_eq!(answers(&[Source::ProcessesOfOthers]), ("no", "unknown"));
    assert_eq!(answers(&[Source::CronOfOthers]), ("unknown", "no"));
    // A program can change its name, and its path may be closed.
    assert_eq!(answers(&[Source::ProcessPaths]), ("no", "unknown"));
    let library = finding(vec![strong(K::Path, "/usr/lib/libwatch.so")], vec![file("/usr/lib/libwatch.so")], &[Source::ProcessPaths]).unwrap();
    assert_eq!(library.running.word(), "no");
}

#[test]
fn patterns_and_folders() {
    let pattern = |value: &str| vec![strong(K::Path, value)];
    check(pattern("/opt/watch-*/bin/agent"), vec![process("x", Some("/opt/watch-7/bin/agent"))], "confirmed running yes/no/yes");
    check(pattern("/opt/watch-*/bin/agent"), vec![process("x", Some("/opt/watch-7/lib/bin/agent"))], "none");
    check(pattern("/opt/watch/"), vec![process("x", Some("/opt/watch/deep/below/agent"))], "confirmed running yes/no/yes");
    check(pattern("/opt/watch/"), vec![process("x", Some("/opt/watchers/agent"))], "none");
    check(pattern("/opt/watch*/"), vec![process("x", Some("/opt/watch7/deep/agent"))], "confirmed running yes/no/yes");
    check(pattern("~/.local/watch/"), vec![process("x", Some("/home/piet/.local/watch/agent"))], "confirmed running yes/no/yes");
    check(vec![strong(K::Unit, "watch-*.service")], vec![unit("watch-7.service", "/x", Enabled::Yes, true)], "confirmed autostart yes/yes/no");
}

#[test]
fn present_since_comes_from_the_system() {
    let found = finding(usual(), vec![package("deb:watch", false)], &[]).unwrap();
    let since = found.present_since.unwrap();
    assert_eq!((since.date.as_str(), since.source.as_str()), ("2026-09-21", "/var/lib/dpkg/status"));
    assert_eq!(finding(usual(), vec![file("/usr/bin/watchd")], &[]).unwrap().present_since, None);
}

#[test]
fn a_finding_gives_levels_and_remains_do_not() {
    use crate::report::Level;
    use crate::signature::{Category, Texts, VisibleHere};
    let texts = Texts { label: String::new(), explanation: String::new() };
    let category = Category {
        id: "app_time".into(),
        group: "A".into(),
        visible_here: VisibleHere::Partly,
        needs: vec![Source::Processes, Source::Packages],
        blind_to: vec![Source::ServerSide],
        en: texts.clone(),
        nl: texts,
    };
    let bundle = Bundle { version: String::new(), categories: vec![category], products: vec![product(usual())] };
    let level = |facts: Vec<Fact>, missing: &[Source]| {
        let report = crate::report::build(&inventory(facts, missing), &bundle, "");
        let exposure = &report.exposure[0];
        (exposure.level, exposure.groups.management, exposure.by.join(","), exposure.blind.clone())
    };
    assert_eq!(level(vec![process("watchd", Some("/usr/bin/watchd"))], &[]), (Level::On, Level::NotFound, "watch".into(), vec![]));
    assert_eq!(level(vec![package("deb:watch", false)], &[]), (Level::Possible, Level::NotFound, "watch".into(), vec![]));
    assert_eq!(level(vec![package("deb:watch", true)], &[]), (Level::NotFound, Level::NotFound, String::new(), vec![]));
    assert_eq!(level(vec![process("watchd", None)], &[]), (Level::NotFound, Level::NotFound, String::new(), vec![]));
    assert_eq!(level(vec![], &[Source::Packages]), (Level::Unknown, Level::Unknown, String::new(), vec![Source::Packages]));
    let preload = Fact::from(Preload { library: "/opt/unknown.so".into(), system_wide: true, exists: None, place: "/etc/ld.so.preload".into() });
    assert_eq!(level(vec![preload], &[Source::Packages]).0, Level::Possible);
}

/// The same rules on facts of Windows and macOS.
#[test]
fn windows_and_macos_have_the_same_verdicts() {
    use crate::facts::{Application, InstalledProgram, RegistryKey, Signature};
    let told = |os: Os, mut indicators: Vec<Indicator>, facts: Vec<Fact>| {
        for one in &mut indicators {
            one.os = Some(os);
        }
        let bundle = bundle(indicators);
        let mut inventory = inventory(facts, &[]);
        inventory.host.os = os;
        inventory.host.home = None;
        let found = Matcher::new(&bundle, &inventory).findings(&inventory).pop();
        found.map_or("none".to_owned(), |found| format!("{} {}", found.confidence.word(), found.state.word()))
    };
    let service = |name: &str, enabled| -> Fact {
        Autostart { service: Some(name.into()), exec: vec!["C:\\Program Files\\Watch\\w.exe".into()], enabled, ..Autostart::default() }.into()
    };
    let signed = |path: &str| -> Fact { Signature { path: path.into(), signer: Some("Watch Inc.".into()), ..Signature::default() }.into() };
    let windows = |indicators, facts| told(Os::Windows, indicators, facts);
    assert_eq!(windows(vec![strong(K::Service, "WatchSvc")], vec![service("watchsvc", Enabled::Yes)]), "confirmed autostart");
    assert_eq!(windows(vec![strong(K::Service, "WatchSvc")], vec![service("watchsvc2", Enabled::Yes)]), "none");
    // A signer, and the executable that it signed: one object. With an entry of the installer: two.
    let traces = || vec![weak(K::Signer, "Watch Inc."), weak(K::Path, "C:\\Program Files\\Watch\\"), weak(K::ProgramName, "Employee Insight")];
    assert_eq!(windows(traces(), vec![signed("C:\\Program Files (x86)\\Watch\\w.exe")]), "possible installed");
    let installed = |name: &str, location: Option<&str>| -> Fact {
        InstalledProgram { key: "{0}".into(), name: Some(name.into()), location: location.map(str::to_owned), ..InstalledProgram::default() }.into()
    };
    assert_eq!(windows(traces(), vec![signed("D:\\x.exe"), installed("employee insight", None)]), "confirmed installed");
    assert_eq!(windows(traces(), vec![signed("D:\\x\\x.exe"), installed("Employee Insight", Some("D:\\x"))]), "possible installed");
    assert_eq!(windows(traces(), vec![installed("Employee Insight 2", None)]), "none");
    // Two executables of one maker are one sign of the maker.
    assert_eq!(windows(traces(), vec![signed("D:\\x.exe"), signed("E:\\y.exe")]), "possible installed");
    // A key that may be left behind is not the program.
    let key: Fact = RegistryKey { path: "HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\Watch Inc".into(), ..RegistryKey::default() }.into();
    assert_eq!(windows(vec![weak(K::RegistryKey, "HKLM\\SOFTWARE\\Watch Inc")], vec![key]), "possible installed");

    let macos = |indicators, facts| told(Os::Macos, indicators, facts);
    let app: Fact = Application { path: "/Applications/Renamed.app".into(), bundle_id: Some("com.watch.agent".into()), ..Application::default() }.into();
    assert_eq!(macos(vec![strong(K::BundleId, "com.watch.Agent")], vec![app.clone()]), "confirmed installed");
    let daemon: Fact = Autostart { label: Some("com.watch.agent".into()), enabled: Enabled::Yes, ..Autostart::default() }.into();
    assert_eq!(macos(vec![strong(K::LaunchdLabel, "com.watch.agent")], vec![daemon]), "confirmed autostart");
    let team: Fact = Signature { path: "/Applications/Renamed.app/x".into(), team_id: Some("ABCDE12345".into()), ..Signature::default() }.into();
    assert_eq!(macos(vec![weak(K::TeamId, "ABCDE12345")], vec![team.clone()]), "possible installed");
    assert_eq!(macos(vec![Indicator { generic: true, ..weak(K::TeamId, "ABCDE12345") }], vec![team]), "none");
}
