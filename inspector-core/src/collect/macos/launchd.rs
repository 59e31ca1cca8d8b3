//! Agents and daemons of launchd, also those that lie in applications.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::bundle::{self, ends_in};
use super::{command, places, with_home};
use crate::collect::log::Log;
use crate::collect::plist::{self, Dictionary, Value};
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Autostart, Enabled, Fact, Mechanism};
use crate::inventory::{ReasonCode, Source};
use crate::text;

/// Where others than Apple put property lists of launchd. Those in /System are a part of macOS, and sealed.
const FOLDERS: [(&str, Mechanism); 3] = [
    ("/Library/LaunchDaemons", Mechanism::LaunchdDaemon),
    ("/Library/LaunchAgents", Mechanism::LaunchdAgent),
    ("~/Library/LaunchAgents", Mechanism::LaunchdAgent),
];
/// Where applications have them.
const INSIDE: [(&str, Mechanism); 2] =
    [("Contents/Library/LaunchDaemons", Mechanism::LaunchdDaemon), ("Contents/Library/LaunchAgents", Mechanism::LaunchdAgent)];
/// Where launchd notes what was switched on or off.
const NOTES: &str = "/private/var/db/com.apple.xpc.launchd";
/// The most agents and daemons.
const MOST: usize = 5_000;
/// Smaller user numbers are accounts of macOS.
const FIRST_PERSON: u32 = 500;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Launchd);
    if context.live {
        // Since macOS 13 the worker's switch there decides too, and it is in the database of background items.
        log.trouble(ReasonCode::NotShownBySystem, Path::new("System Settings > General > Login Items & Extensions"));
    }
    let daemons = Notes::read(&mut log, &[Path::new(NOTES).join("disabled.plist")]);
    let of_people = of_people(context, &mut log);
    let agents = Notes::read(&mut log, &of_people);
    let mut facts = Vec::new();
    for (folder, mechanism) in FOLDERS {
        let notes = if mechanism == Mechanism::LaunchdDaemon { &daemons } else { &agents };
        for folder in places(context, &[folder]) {
            for path in lists(&mut log, &folder) {
                if facts.len() >= MOST {
                    log.trouble(ReasonCode::TooMany, &path);
                    break;
                }
                facts.extend(job(&mut log, &path, mechanism, None, |values, label| enabled(values, label, notes)));
            }
        }
    }
    for application in bundle::applications(context, &mut log) {
        for (folder, mechanism) in INSIDE {
            for path in lists(&mut log, &application.join(folder)) {
                if facts.len() >= MOST {
                    log.trouble(ReasonCode::TooMany, &path);
                    break;
                }
                // Whether the application ever registered it is in the database of background items.
                facts.extend(job(&mut log, &path, mechanism, Some(&application), |_, _| Enabled::Unknown));
            }
        }
    }
    with_home(context, log, facts)
}

/// The property lists in a folder.
fn lists(log: &mut Log, folder: &Path) -> Vec<PathBuf> {
    log.list(folder).into_iter().map(|entry| folder.join(entry.name)).filter(|path| ends_in(path, "plist")).collect()
}

/// What one property list tells launchd to start.
fn job(log: &mut Log, path: &Path, mechanism: Mechanism, inside: Option<&Path>, enabled: impl Fn(&Dictionary, &str) -> Enabled) -> Option<Fact> {
    let values = plist::read(log, path)?;
    // launchd does not take one without a label either.
    let Some(label) = plist::text(&values, "Label") else {
        log.trouble(ReasonCode::Malformed, path);
        return None;
    };
    let exec = started(log, &values, inside);
    Some(
        Autostart {
            mechanism,
            name: label.clone(),
            enabled: enabled(&values, &label),
            label: Some(label),
            exec_exists: command::last_exists(log, &exec),
            exec,
            place: path_text(path),
            ..Autostart::default()
        }
        .into(),
    )
}

/// The programs that a property list starts.
fn started(log: &mut Log, values: &Dictionary, inside: Option<&Path>) -> Vec<String> {
    let mut words = plist::texts(values, "ProgramArguments");
    let in_bundle = plist::text(values, "BundleProgram").zip(inside).filter(|(program, _)| !program.split('/').any(|part| part == ".."));
    let program = in_bundle.map(|(program, bundle)| path_text(&bundle.join(program.trim_start_matches('/')))).or_else(|| plist::text(values, "Program"));
    // The program goes before the first argument, which then is only what the program is told that it is called.
    match (program, words.first_mut()) {
        (Some(program), Some(first)) => *first = program,
        (Some(program), None) => words.push(program),
        (None, _) => {}
    }
    command::programs(log, &words)
}

/// Whether launchd starts a job by itself.
fn enabled(values: &Dictionary, label: &str, notes: &Notes) -> Enabled {
    let off = match notes.of(label) {
        Some(Noted::Off) => true,
        Some(Noted::On) => false,
        Some(Noted::Unclear) => return Enabled::Unknown,
        None => plist::yes(values, "Disabled") == Some(true),
    };
    let is_yes = |key| plist::yes(values, key) == Some(true);
    let is_there = |key| match values.get(key) {
        Some(Value::Dictionary(values)) => !values.is_empty(),
        Some(Value::Array(values)) => !values.is_empty(),
        Some(Value::Integer(_)) => true,
        _ => false,
    };
    if off {
        Enabled::No
    } else if ["RunAtLoad", "KeepAlive", "StartOnMount"].into_iter().any(is_yes)
        || plist::yes(values, "OnDemand") == Some(false)
        || matches!(values.get("KeepAlive"), Some(Value::Dictionary(_)))
        || ["StartInterval", "StartCalendarInterval", "WatchPaths", "QueueDirectories"].into_iter().any(is_there)
    {
        Enabled::Yes
    } else {
        Enabled::OnDemand
    }
}

/// What is noted of one job.
#[derive(Clone, Copy)]
enum Noted {
    On,
    Off,
    /// Nobody knows whether it is meant for the worker, or what it says.
    Unclear,
}

/// What was switched on or off, which goes before what the property lists say.
struct Notes {
    /// By label.
    by_label: HashMap<String, Noted>,
    /// Whether all of it could be read.
    complete: bool,
}

impl Notes {
    fn read(log: &mut Log, paths: &[PathBuf]) -> Self {
        let mut all = Self { by_label: HashMap::new(), complete: true };
        for path in paths {
            if log.exists(path) == Some(false) {
                continue;
            }
            let Some(values) = plist::read(log, path) else {
                all.complete = false;
                continue;
            };
            for (label, off) in values {
                // Of several people nobody knows which one is the worker.
                let noted = match off.as_boolean().filter(|_| paths.len() == 1) {
                    Some(true) => Noted::Off,
                    Some(false) => Noted::On,
                    None => Noted::Unclear,
                };
                all.by_label.insert(label, noted);
            }
        }
        all
    }

    /// What is noted of a job; nothing if nobody switched it on or off.
    fn of(&self, label: &str) -> Option<Noted> {
        self.by_label.get(label).copied().or_else(|| (!self.complete).then_some(Noted::Unclear))
    }
}

/// The files with what the worker switched on or off. On a disk the number of the worker is not known; mostly there is one person.
fn of_people(context: &Context, log: &mut Log) -> Vec<PathBuf> {
    let file = |number: u32| Path::new(NOTES).join(format!("disabled.{number}.plist"));
    if let Some(uid) = context.uid.filter(|_| context.live) {
        return vec![file(uid)];
    }
    let names = log.list(Path::new(NOTES)).into_iter().map(|entry| text::from_bytes(entry.name.as_encoded_bytes()));
    let numbers = names.filter_map(|name| name.strip_prefix("disabled.")?.strip_suffix(".plist")?.parse().ok());
    numbers.filter(|number| *number >= FIRST_PERSON).map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    type Told<'a> = (&'a str, Enabled, Vec<&'a str>, Option<bool>);

    fn told(collected: &Collected) -> Vec<Told<'_>> {
        collected
            .facts
            .iter()
            .map(|fact| match fact {
                Fact::Autostart(entry) => (entry.label.as_deref().unwrap(), entry.enabled, entry.exec.iter().map(String::as_str).collect(), entry.exec_exists),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    const DAEMON: &str = r#"{"Label": "com.acme.daemon", "ProgramArguments": ["/Library/Acme/agent", "--token", "secret"], "KeepAlive": {"Crashed": true}}"#;
    const AGENT: &str = r#"{"Label": "com.acme.agent", "Program": "/Library/Acme/gone", "ProgramArguments": ["agent"], "RunAtLoad": true}"#;

    fn fixture() -> Fixture {
        Fixture::new()
            .file("/Library/Acme/agent", "")
            .file("/Library/LaunchDaemons/com.acme.daemon.plist", DAEMON)
            .file("/Library/LaunchAgents/com.acme.agent.plist", AGENT)
            .file("/Library/LaunchAgents/com.acme.agent.plist.bak", "")
            .file(
                "/Users/anna/Library/LaunchAgents/x.plist",
                r#"{"Label": "x", "ProgramArguments": ["/bin/sh", "-c", "/Users/anna/x.sh --key secret"], "MachServices": {"x": true}}"#,
            )
    }

    #[test]
    fn jobs_of_the_system_and_of_the_worker() {
        let collected = fixture().collect_macos(collect);
        assert_eq!(
            told(&collected),
            [
                ("com.acme.daemon", Enabled::Yes, vec!["/Library/Acme/agent"], Some(true)),
                ("com.acme.agent", Enabled::Yes, vec!["/Library/Acme/gone"], Some(false)),
                ("x", Enabled::OnDemand, vec!["/bin/sh", "/Users/anna/x.sh"], Some(false)),
            ]
        );
        assert!(!format!("{:?}", collected.facts).contains("secret"));
        assert_eq!(collected.of(Source::Launchd), (Status::Full, None));
        let mechanisms = collected.facts.iter().map(|fact| if let Fact::Autostart(entry) = fact { entry.mechanism } else { Mechanism::Unknown });
        assert_eq!(mechanisms.collect::<Vec<_>>(), [Mechanism::LaunchdDaemon, Mechanism::LaunchdAgent, Mechanism::LaunchdAgent]);
    }

    #[test]
    fn what_makes_a_job_start() {
        let of = |more: &str| {
            let list = format!(r#"{{"Label": "a", "Program": "/bin/sh" {more}}}"#);
            let collected = Fixture::new().file("/Library/LaunchAgents/a.plist", list).collect_macos(collect);
            // The shell is a part of macOS, which this disk does not have.
            assert_eq!(told(&collected)[0].3, None);
            told(&collected)[0].1
        };
        for starts in [
            r#""KeepAlive": true"#,
            r#""StartInterval": 60"#,
            r#""StartCalendarInterval": {"Hour": 3}"#,
            r#""WatchPaths": ["/etc/x"]"#,
            r#""QueueDirectories": ["/x"]"#,
            r#""StartOnMount": true"#,
            r#""OnDemand": false"#,
        ] {
            assert_eq!(of(&format!(", {starts}")), Enabled::Yes, "{starts}");
        }
        for waits in ["", r#", "RunAtLoad": false"#, r#", "Sockets": {"a": {}}"#, r#", "WatchPaths": []"#, r#", "LaunchEvents": {}"#] {
            assert_eq!(of(waits), Enabled::OnDemand, "{waits}");
        }
        assert_eq!(of(r#", "RunAtLoad": true, "Disabled": true"#), Enabled::No);
    }

    #[test]
    fn what_was_switched_off() {
        let of = |fixture: Fixture| told(&fixture.collect_macos(collect)).iter().map(|told| told.1).collect::<Vec<_>>();
        let file = |name: &str| format!("{NOTES}/{name}");
        let off = |fixture: Fixture, name: &str, json: &str| fixture.file(&file(name), json);
        let daemon_off = off(fixture(), "disabled.plist", r#"{"com.acme.daemon": true, "com.acme.agent": true}"#);
        assert_eq!(of(daemon_off), [Enabled::No, Enabled::Yes, Enabled::OnDemand]);
        let agent_off = || off(fixture(), "disabled.501.plist", r#"{"com.acme.agent": true, "x": false}"#);
        assert_eq!(of(agent_off()), [Enabled::Yes, Enabled::No, Enabled::OnDemand]);
        // Somebody else's, while the computer runs.
        assert_eq!(of(agent_off().live()), [Enabled::Yes, Enabled::Yes, Enabled::OnDemand]);
        assert_eq!(of(off(fixture(), "disabled.1000.plist", r#"{"com.acme.agent": true}"#).live()), [Enabled::Yes, Enabled::No, Enabled::OnDemand]);
        // Nobody knows which of two people it is.
        let two = off(agent_off(), "disabled.502.plist", "{}");
        assert_eq!(of(two), [Enabled::Yes, Enabled::Unknown, Enabled::Unknown]);
        assert_eq!(of(agent_off().deny(&file("disabled.501.plist"))), [Enabled::Yes, Enabled::Unknown, Enabled::Unknown]);
        let on = fixture().file("/Library/LaunchDaemons/com.acme.daemon.plist", r#"{"Label": "com.acme.daemon", "RunAtLoad": true, "Disabled": true}"#);
        assert_eq!(of(off(on, "disabled.plist", r#"{"com.acme.daemon": false}"#))[0], Enabled::Yes);
    }

    #[test]
    fn jobs_in_applications() {
        let folder = "/Applications/Acme.app/Contents/Library/LaunchDaemons";
        let list = |program: &str| format!(r#"{{"Label": "com.acme.inside", "BundleProgram": "{program}", "RunAtLoad": true}}"#);
        let of = |program: &str| {
            let fixture = Fixture::new().file("/Applications/Acme.app/Contents/MacOS/daemon", "").file(&format!("{folder}/a.plist"), list(program));
            fixture.collect_macos(collect)
        };
        let program = "/Applications/Acme.app/Contents/MacOS/daemon";
        assert_eq!(told(&of("Contents/MacOS/daemon")), [("com.acme.inside", Enabled::Unknown, vec![program], Some(true))]);
        assert_eq!(told(&of("../../bin/sh")), [("com.acme.inside", Enabled::Unknown, vec![], None)]);
    }

    #[test]
    fn what_open_opens() {
        let of = |words: &str| {
            let fixture = Fixture::new().file("/Applications/Acme.app/Contents/Info.plist", r#"{"CFBundleExecutable": "acme"}"#);
            let list = format!(r#"{{"Label": "a", "ProgramArguments": ["/usr/bin/open", {words}]}}"#);
            let collected = fixture.file("/Library/LaunchAgents/a.plist", list).collect_macos(collect);
            told(&collected)[0].2.join(" ")
        };
        for words in [r#""-a", "Acme""#, r#""-g", "-a", "/Applications/Acme.app""#, r#""-j", "/Applications/Acme.app", "--args", "x""#] {
            assert_eq!(of(words), "/usr/bin/open /Applications/Acme.app /Applications/Acme.app/Contents/MacOS/acme", "{words}");
        }
        for words in [r#""-b", "com.acme""#, r#""https://acme.example/?key=secret""#, r#""-a", "../x""#, r#""--args", "/x""#, r#""-a""#] {
            assert_eq!(of(words), "/usr/bin/open", "{words}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let of = |fixture: Fixture| fixture.collect_macos(collect).of(Source::Launchd);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(fixture().deny("/Library/LaunchDaemons")), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(fixture().homeless()), (Status::Partial, Some(ReasonCode::NoHome)));
        for broken in ["", "<plist>", r#"{"Program": "/x"}"#, "[]"] {
            assert_eq!(of(fixture().file("/Library/LaunchAgents/b.plist", broken)), (Status::Partial, Some(ReasonCode::Malformed)), "{broken}");
        }
        let strange = r#"{"Label": "a", "ProgramArguments": [1, {"x": []}], "Program": [], "KeepAlive": "x", "WatchPaths": 1.5}"#;
        let collected = Fixture::new().file("/Library/LaunchAgents/a.plist", strange).collect_macos(collect);
        assert_eq!(told(&collected), [("a", Enabled::OnDemand, vec![], None)]);
    }
}
