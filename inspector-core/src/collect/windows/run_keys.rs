//! The Run keys of the registry, and the few other values that start something when somebody logs in.

use std::collections::HashSet;
use std::path::Path;

use super::command::{programs, still_starts};
use super::places::base_name;
use super::{is_on_a_drive, is_on_disk, is_there};
use crate::collect::log::Log;
use crate::collect::registry::Data;
use crate::collect::{Collected, Context};
use crate::facts::{Autostart, Enabled, Fact, Mechanism};
use crate::inventory::{ReasonCode, Source};

/// Where the keys lie, and where Windows notes which entries of `Run` the worker switched off.
const BRANCHES: [(&str, &str); 3] = [
    ("HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion", "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run"),
    ("HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion", "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run32"),
    ("HKCU\\Software\\Microsoft\\Windows\\CurrentVersion", "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\Run"),
];
/// Values with a fixed name that start something when this user logs in.
const OF_USER: [(&str, &str); 3] = [
    ("HKCU\\Environment", "UserInitMprLogonScript"),
    ("HKCU\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows", "Load"),
    ("HKCU\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows", "Run"),
];
/// What is started once for every user, at the first login.
const ACTIVE_SETUP: [&str; 2] =
    ["HKLM\\SOFTWARE\\Microsoft\\Active Setup\\Installed Components", "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Active Setup\\Installed Components"];

/// Where each package of the Store keeps its startup tasks: a key for the package, in it one for each task.
const PACKAGES: &str = "HKCU\\Software\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\SystemAppData";
/// Scripts that Group Policy starts: a key for each policy, in it one for each script.
const SCRIPTS: &str = "Microsoft\\Windows\\CurrentVersion\\Group Policy\\Scripts";

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::RunKeys);
    let mut facts = Vec::new();
    for (branch, approved) in BRANCHES {
        let off = switched_off(&mut log, approved);
        read_key(&mut log, &format!("{branch}\\Run"), &off, &mut facts);
        for key in ["RunOnce", "Policies\\Explorer\\Run"] {
            read_key(&mut log, &format!("{branch}\\{key}"), &HashSet::new(), &mut facts);
        }
        read_sections(&mut log, &format!("{branch}\\RunOnceEx"), &mut facts);
    }
    for (key, name) in OF_USER {
        let Some(values) = log.values(key) else { continue };
        let Some(line) = values.text(&mut log, name) else { continue };
        let entry = Autostart { name: name.into(), enabled: Enabled::Yes, place: format!("{key}: {name}"), ..Autostart::default() };
        facts.push(started(&log, line, entry));
    }
    for list in ACTIVE_SETUP {
        read_active_setup(&mut log, list, &mut facts);
    }
    for (branch, when) in ["HKLM\\SOFTWARE", "HKCU\\Software"].into_iter().flat_map(|branch| ["Startup", "Logon"].map(|when| (branch, when))) {
        read_scripts(&mut log, &format!("{branch}\\{SCRIPTS}\\{when}"), when, &mut facts);
    }
    read_packages(&mut log, &mut facts);
    super::finish(context, log, facts)
}

/// The names, in lower case, of the entries that were switched off in the Task Manager or in Settings: their first byte is odd, and the time
/// follows.
pub(super) fn switched_off(log: &mut Log, key: &str) -> HashSet<String> {
    let mut off = HashSet::new();
    let Some(values) = log.values(key) else { return off };
    for (name, data) in values.iter() {
        match data {
            Data::Bytes(bytes) if bytes.first().is_some_and(|first| first & 1 == 1) => {
                off.insert(name.to_lowercase());
            }
            Data::Bytes(_) => {}
            _ => log.trouble(ReasonCode::Malformed, Path::new(&format!("{key}\\{name}"))),
        }
    }
    off
}

/// Reads a key whose every value is a command line.
fn read_key(log: &mut Log, key: &str, off: &HashSet<String>, facts: &mut Vec<Fact>) {
    let Some(values) = log.values(key) else { return };
    for (name, _) in values.iter() {
        let Some(line) = values.text(log, name) else { continue };
        // In RunOnce these marks say when the entry is taken away and that it also runs in safe mode.
        let own = if key.ends_with("\\RunOnce") { name.trim_start_matches(['!', '*']) } else { name };
        let enabled = if off.contains(&name.to_lowercase()) { Enabled::No } else { Enabled::Yes };
        facts.push(started(log, line, named(key, name, own, enabled)));
    }
}

/// Reads `RunOnceEx`: sections with values `||program`, `library|function|arguments` or a program, and with libraries that they need.
fn read_sections(log: &mut Log, top: &str, facts: &mut Vec<Fact>) {
    for section in log.keys(top) {
        for key in [format!("{top}\\{section}"), format!("{top}\\{section}\\Depend")] {
            let Some(values) = log.values(&key) else { continue };
            // The value without a name is the section's title.
            for (name, _) in values.iter().filter(|(name, _)| !name.is_empty()) {
                let Some(line) = values.text(log, name) else { continue };
                let line = line.strip_prefix("||").unwrap_or_else(|| line.split('|').next().unwrap_or_default());
                facts.push(started(log, line, named(&key, name, name, Enabled::Yes)));
            }
        }
    }
}

/// Reads Active Setup. What ran for this user is noted in the user's own registry, and runs again only after a new version came.
fn read_active_setup(log: &mut Log, list: &str, facts: &mut Vec<Fact>) {
    for component in log.keys(list) {
        let key = format!("{list}\\{component}");
        let Some(values) = log.values(&key) else { continue };
        let Some(line) = values.text(log, "StubPath") else { continue };
        let is_off = values.get("IsInstalled") == Some(&Data::Number(0));
        let enabled = if is_off { Enabled::No } else { Enabled::OnDemand };
        facts.push(started(log, line, Autostart { name: component, enabled, place: format!("{key}: StubPath"), ..Autostart::default() }));
    }
}

/// Reads the scripts of Group Policy. One that is named without a folder lies with the policy, mostly on a server: then it has no path here.
fn read_scripts(log: &mut Log, top: &str, when: &str, facts: &mut Vec<Fact>) {
    for policy in log.keys(top) {
        let policy = format!("{top}\\{policy}");
        let folder = log.values(&policy).and_then(|values| values.text(log, "FileSysPath").map(|path| log.context.absolute(path)));
        for script in log.keys(&policy) {
            let key = format!("{policy}\\{script}");
            let Some(values) = log.values(&key) else { continue };
            let Some(script) = values.text(log, "Script").map(|script| script.trim().trim_matches('"')) else { continue };
            let with_policy = folder.as_deref().filter(|folder| is_on_a_drive(folder)).map(|folder| format!("{folder}\\Scripts\\{when}\\{script}"));
            let path = with_policy.filter(|path| log.exists(Path::new(path)) == Some(true)).unwrap_or_else(|| script.into());
            let line = format!("\"{path}\" {}", values.text(log, "Parameters").unwrap_or_default());
            let mut exec = programs(&line, &log.context.places, &is_there(log));
            exec.retain(|path| is_on_a_drive(path));
            let entry = Autostart { name: base_name(script).into(), enabled: Enabled::Yes, place: format!("{key}: Script"), ..Autostart::default() };
            facts.push(starting(log, exec, entry));
        }
    }
}

/// Reads the startup tasks of packages. Which program one starts stands in the package.
fn read_packages(log: &mut Log, facts: &mut Vec<Fact>) {
    for package in log.keys(PACKAGES) {
        for task in log.keys(&format!("{PACKAGES}\\{package}")) {
            let key = format!("{PACKAGES}\\{package}\\{task}");
            let Some(values) = log.values(&key) else { continue };
            // Other keys of a package have no state.
            if values.get("State").is_none() {
                continue;
            }
            let enabled = match values.number(log, "State") {
                // Off, by the worker, by a policy.
                Some(0 | 1 | 3) => Enabled::No,
                // On, by a policy.
                Some(2 | 4) => Enabled::Yes,
                _ => Enabled::Unknown,
            };
            facts.push(starting(
                log,
                Vec::new(),
                Autostart { name: format!("{package}: {task}"), enabled, place: format!("{key}: State"), ..Autostart::default() },
            ));
        }
    }
}

/// An entry that has the name of its value.
fn named(key: &str, value: &str, name: &str, enabled: Enabled) -> Autostart {
    Autostart {
        // The value without a name is started like the others.
        name: if name.is_empty() { base_name(key).into() } else { name.into() },
        run_entry: (!name.is_empty()).then(|| name.into()),
        enabled,
        place: format!("{key}: {value}"),
        ..Autostart::default()
    }
}

fn started(log: &Log, line: &str, entry: Autostart) -> Fact {
    starting(log, programs(line, &log.context.places, &is_there(log)), entry)
}

fn starting(log: &Log, exec: Vec<String>, entry: Autostart) -> Fact {
    Autostart { mechanism: Mechanism::Run, exec_exists: still_starts(&exec, |path| is_on_disk(log, path)), exec, ..entry }.into()
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// Of each entry its name, whether it is on, whether it is there, and what it starts.
    pub(crate) fn entries(collected: &Collected) -> Vec<(&str, Enabled, Option<bool>, Vec<&str>)> {
        let entries = collected.facts.iter().map(|fact| match fact {
            Fact::Autostart(entry) => {
                let name = entry.task.as_deref().unwrap_or(&entry.name);
                (name, entry.enabled, entry.exec_exists, entry.exec.iter().map(String::as_str).collect())
            }
            other => panic!("{other:?}"),
        });
        entries.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::entries;
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    const RUN: &str = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run";
    const OWN: &str = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion";
    const OLD: &str = "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion";

    fn usual() -> Fixture {
        Fixture::new()
            .file("C:\\Program Files\\Acme Watch\\agent.exe", "")
            .file("C:\\Windows\\System32\\rundll32.exe", "")
            .text(RUN, "AcmeWatch", "\"C:\\Program Files\\Acme Watch\\agent.exe\" /tray")
            .text(&format!("{OLD}\\Run"), "Hook", "rundll32.exe %ProgramData%\\hook.dll,Start")
            .text(&format!("{OWN}\\RunOnce"), "*!Setup", "C:\\x\\setup.exe /c")
    }

    #[test]
    fn what_starts_at_the_login() {
        let java = "java -jar C:\\Acme\\agent.jar --log C:\\x\\not-yet.js";
        let fixture = usual().file("C:\\Acme\\agent.jar", "").text("HKCU\\Environment", "UserInitMprLogonScript", java);
        let collected = fixture.collect_windows(collect);
        assert_eq!(
            entries(&collected),
            [
                ("AcmeWatch", Enabled::Yes, Some(true), vec!["C:\\Program Files\\Acme Watch\\agent.exe"]),
                ("Hook", Enabled::Yes, Some(false), vec!["C:\\Windows\\System32\\rundll32.exe", "C:\\ProgramData\\hook.dll"]),
                ("Setup", Enabled::Yes, Some(false), vec!["C:\\x\\setup.exe"]),
                ("UserInitMprLogonScript", Enabled::Yes, Some(true), vec!["java", "C:\\Acme\\agent.jar", "C:\\x\\not-yet.js"]),
            ]
        );
        let Fact::Autostart(first) = &collected.facts[0] else { panic!() };
        assert_eq!((first.run_entry.as_deref(), first.place.as_str()), (Some("AcmeWatch"), &*format!("{RUN}: AcmeWatch")));
        assert_eq!(first.mechanism, Mechanism::Run);
        assert_eq!(collected.of(Source::RunKeys), (Status::Full, None));
    }

    #[test]
    fn what_the_worker_switched_off() {
        let approved = |root: &str, name: &str| format!("{root}\\Microsoft\\Windows\\CurrentVersion\\Explorer\\StartupApproved\\{name}");
        let off = |first: u8| Data::Bytes(vec![first, 0, 0, 0, 0x17, 0x79, 0xBD, 1, 0x17, 0xD9, 0xD1, 1]);
        let collected = usual()
            .text(&format!("{OWN}\\Run"), "Own", "C:\\own.exe")
            .value(&approved("HKLM\\SOFTWARE", "Run"), "ACMEWATCH", off(3))
            .value(&approved("HKLM\\SOFTWARE", "Run32"), "Hook", off(7))
            .value(&approved("HKCU\\Software", "Run"), "Own", off(6))
            .value(&approved("HKCU\\Software", "Run"), "Setup", off(3))
            .collect_windows(collect);
        let states: Vec<_> = entries(&collected).into_iter().map(|(name, enabled, ..)| (name.to_owned(), enabled)).collect();
        let expected = [("AcmeWatch", Enabled::No), ("Hook", Enabled::No), ("Own", Enabled::Yes), ("Setup", Enabled::Yes)];
        assert_eq!(states, expected.map(|(name, enabled)| (name.to_owned(), enabled)));
        let broken = usual().number(&approved("HKLM\\SOFTWARE", "Run"), "AcmeWatch", 3).value(&approved("HKLM\\SOFTWARE", "Run"), "x", Data::Bytes(Vec::new()));
        assert_eq!(broken.collect_windows(collect).of(Source::RunKeys), (Status::Partial, Some(ReasonCode::Malformed)));
    }

    #[test]
    fn other_places_that_start_something() {
        let once = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\RunOnceEx";
        let setup = ACTIVE_SETUP[0];
        let collected = Fixture::new()
            .text(&format!("{OWN}\\Policies\\Explorer\\Run"), "1", "C:\\policy.exe")
            .text(&format!("{once}\\0001"), "", "Title")
            .text(&format!("{once}\\0001"), "a", "||C:\\once.exe /x")
            .text(&format!("{once}\\0001"), "b", "C:\\once.dll|Entry|x")
            .text(&format!("{once}\\0001\\Depend"), "1", "C:\\needed.dll")
            .text("HKCU\\Environment", "UserInitMprLogonScript", "C:\\logon.bat")
            .text("HKCU\\Environment", "Path", "C:\\other.exe")
            .text("HKCU\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows", "load", "C:\\load.exe")
            .text(&format!("{setup}\\{{1}}"), "StubPath", "C:\\stub.exe")
            .text(&format!("{setup}\\{{2}}"), "StubPath", "C:\\off.exe")
            .number(&format!("{setup}\\{{2}}"), "IsInstalled", 0)
            .text(&format!("{setup}\\{{3}}"), "Version", "1")
            .collect_windows(collect);
        let found: Vec<_> = entries(&collected).into_iter().map(|(name, enabled, _, exec)| (name.to_owned(), enabled, exec.concat())).collect();
        let expected = [
            ("a", Enabled::Yes, "C:\\once.exe"),
            ("b", Enabled::Yes, "C:\\once.dll"),
            ("1", Enabled::Yes, "C:\\needed.dll"),
            ("1", Enabled::Yes, "C:\\policy.exe"),
            ("UserInitMprLogonScript", Enabled::Yes, "C:\\logon.bat"),
            ("Load", Enabled::Yes, "C:\\load.exe"),
            ("{1}", Enabled::OnDemand, "C:\\stub.exe"),
            ("{2}", Enabled::No, "C:\\off.exe"),
        ];
        assert_eq!(found, expected.map(|(name, enabled, exec)| (name.to_owned(), enabled, exec.to_owned())));
    }

    #[test]
    fn tasks_of_packages() {
        let key = |task: &str| format!("{PACKAGES}\\Acme.Agent_1ab\\{task}");
        let fixture = (0..6).fold(Fixture::new(), |fixture, state| fixture.number(&key(&format!("T{state}")), "State", state));
        let collected = fixture.number(&key("Schemas"), "Version", 1).key(&key("T2\\Below")).collect_windows(collect);
        let states: Vec<_> = entries(&collected).into_iter().map(|(name, enabled, exists, exec)| (name.to_owned(), enabled, exists, exec.len())).collect();
        let enabled = [Enabled::No, Enabled::No, Enabled::Yes, Enabled::No, Enabled::Yes, Enabled::Unknown];
        let expected: Vec<_> = enabled.into_iter().enumerate().map(|(state, enabled)| (format!("Acme.Agent_1ab: T{state}"), enabled, None, 0)).collect();
        assert_eq!(states, expected);
        assert_eq!(collected.facts[0].place(), format!("{}: State", key("T0")));
        assert_eq!(collected.of(Source::RunKeys), (Status::Full, None));
        let broken = Fixture::new().text(&key("T"), "State", "2").collect_windows(collect);
        assert_eq!((entries(&broken)[0].1, broken.of(Source::RunKeys).1), (Enabled::Unknown, Some(ReasonCode::Malformed)));
    }

    #[test]
    fn scripts_of_group_policy() {
        let (user, machine) = (format!("HKCU\\Software\\{SCRIPTS}\\Logon\\0"), format!("HKLM\\SOFTWARE\\{SCRIPTS}\\Startup\\0"));
        let local = "C:\\Windows\\System32\\GroupPolicy\\Machine";
        let collected = Fixture::new()
            .text(&machine, "FileSysPath", local)
            .text(&format!("{machine}\\0"), "Script", "start.cmd")
            .text(&format!("{machine}\\1"), "Script", "\"%ProgramFiles%\\Acme\\a b.exe\"")
            .text(&format!("{machine}\\1"), "Parameters", "/x")
            .file(&format!("{local}\\Scripts\\Startup\\start.cmd"), "")
            .text(&user, "FileSysPath", "\\\\acme.example\\sysvol\\acme.example\\Policies\\{1}\\User")
            .text(&format!("{user}\\0"), "Script", "logon.vbs")
            .text(&format!("{user}\\1"), "Script", "\\\\server\\netlogon\\logon.bat")
            .text(&format!("{user}\\2"), "Script", "powershell.exe")
            .text(&format!("{user}\\2"), "Parameters", "-File C:\\Acme\\logon.ps1")
            .text(&format!("{user}\\3"), "Script", "")
            .collect_windows(collect);
        let start = format!("{local}\\Scripts\\Startup\\start.cmd");
        let expected = [
            ("start.cmd", Enabled::Yes, Some(true), vec![&*start]),
            ("a b.exe", Enabled::Yes, Some(false), vec!["C:\\Program Files\\Acme\\a b.exe"]),
            ("logon.vbs", Enabled::Yes, None, vec![]),
            ("logon.bat", Enabled::Yes, None, vec![]),
            ("powershell.exe", Enabled::Yes, Some(false), vec!["C:\\Acme\\logon.ps1"]),
        ];
        assert_eq!(entries(&collected), expected);
        assert_eq!(collected.of(Source::RunKeys), (Status::Full, None));
    }

    #[test]
    fn run_keys_that_are_not_as_they_should_be() {
        assert_eq!(Fixture::new().collect_windows(collect).of(Source::RunKeys), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(usual().deny_key("HKLM\\SOFTWARE").collect_windows(collect).of(Source::RunKeys), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(usual().homeless().collect_windows(collect).of(Source::RunKeys), (Status::Partial, Some(ReasonCode::NoHome)));
        let wrong = usual().number(RUN, "Number", 1).text(RUN, "Empty", "").text(RUN, "", "C:\\default.exe").collect_windows(collect);
        assert_eq!(wrong.of(Source::RunKeys), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(wrong.facts.len(), 4, "the others are still read, and the value without a name");
        // A share is never asked for: that would be seen in the network.
        let hostile = Fixture::new().text(RUN, "\u{202e}exe\n%", "\\\\server\\share\\x.exe").text(RUN, "quote", "\"").collect_windows(collect);
        assert_eq!(entries(&hostile), [("\u{202e}exe\n%", Enabled::Yes, None, vec!["\\\\server\\share\\x.exe"]), ("quote", Enabled::Yes, None, vec![])]);
    }
}
