//! systemd units of the system and of the user, their timers, and the older SysV scripts.
//!
//! Whether a unit starts by itself is told from the links that `systemctl enable` makes, so that a folder laid out like a computer gives
//! the same answer as a running one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{command, keys_and_values, places};
use crate::collect::log::Log;
use crate::collect::tree::What;
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Autostart, Enabled, Fact, Mechanism};
use crate::inventory::Source;
use crate::text;

/// Where units lie; what comes first wins.
const SYSTEM: [&str; 5] = ["/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];
const USER: [&str; 6] =
    ["~/.config/systemd/user", "/etc/systemd/user", "/run/systemd/user", "~/.local/share/systemd/user", "/usr/local/lib/systemd/user", "/usr/lib/systemd/user"];
/// The kinds of unit that start something.
const ENDINGS: [&str; 4] = [".service", ".timer", ".socket", ".path"];

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Systemd);
    let mut facts = units(&mut log, context, &SYSTEM, Mechanism::Systemd);
    sysv(&mut log, &mut facts);
    facts.append(&mut units(&mut log, context, &USER, Mechanism::SystemdUser));
    super::apps::finish(context, log, facts)
}

/// A unit file, before it is known whether something starts it.
struct Unit {
    path: PathBuf,
    exec: Vec<String>,
    /// What a timer, socket or path starts.
    starts: Option<String>,
    /// It can be enabled; other units are started by something else.
    installable: bool,
    masked: bool,
}

/// What the links between units say.
#[derive(Default)]
struct Links {
    /// Units that some target wants or needs.
    wanted: BTreeSet<String>,
    /// Other names of units: alias to unit.
    aliases: BTreeMap<String, String>,
}

fn units(log: &mut Log, context: &Context, folders: &[&str], mechanism: Mechanism) -> Vec<Fact> {
    let mut found: BTreeMap<String, Unit> = BTreeMap::new();
    let mut links = Links::default();
    for folder in places(context, folders) {
        for entry in log.list(&folder) {
            let name = text::from_bytes(entry.name.as_encoded_bytes());
            let path = folder.join(&entry.name);
            if name.ends_with(".wants") || name.ends_with(".requires") {
                links.wanted.extend(log.list(&path).iter().map(|wanted| text::from_bytes(wanted.name.as_encoded_bytes())));
            } else if ENDINGS.iter().any(|ending| name.ends_with(ending)) && !found.contains_key(&name) {
                match (entry.what == What::Link).then(|| link_target(context, &path)).flatten() {
                    Some(target) if target == "null" => {
                        found.insert(name, Unit { path, exec: Vec::new(), starts: None, installable: true, masked: true });
                    }
                    Some(target) if target != name => {
                        links.aliases.insert(name, target);
                    }
                    _ => found.extend(read_unit(log, &path).map(|unit| (name, unit))),
                }
            }
        }
    }
    // An instance `a@b.service` is the template `a@.service` with a name.
    for wanted in &links.wanted {
        if let Some((template, unit)) = template_of(wanted).and_then(|template| Some((template.clone(), found.get(&template)?))) {
            let instance = Unit { path: unit.path.clone(), exec: unit.exec.clone(), starts: unit.starts.clone(), installable: true, masked: unit.masked };
            found.entry(wanted.clone()).or_insert(instance);
            links.aliases.insert(wanted.clone(), template);
        }
    }
    let mut enabled: BTreeMap<&str, Enabled> = found.iter().map(|(name, unit)| (name.as_str(), links.enabled(name, unit))).collect();
    // What a timer starts, starts by itself; what a socket or path starts, starts when something asks.
    let starters: Vec<_> = found.iter().filter(|(name, _)| enabled[name.as_str()] == Enabled::Yes).collect();
    for (name, unit) in starters {
        if let Some(started) = &unit.starts
            && let Some(own) = enabled.get_mut(started.as_str())
            && *own != Enabled::Yes
        {
            *own = if name.ends_with(".timer") { Enabled::Yes } else { Enabled::OnDemand };
        }
    }
    found.iter().map(|(name, unit)| fact(log, name, unit, enabled[name.as_str()], mechanism)).collect()
}

impl Links {
    fn enabled(&self, name: &str, unit: &Unit) -> Enabled {
        let wanted = |name: &str| self.wanted.contains(name);
        if unit.masked {
            Enabled::No
        } else if wanted(name) || self.aliases.iter().any(|(alias, target)| target == name && (wanted(alias) || !alias.starts_with("dbus-"))) {
            Enabled::Yes
        } else if unit.installable {
            Enabled::No
        } else {
            Enabled::Unknown
        }
    }
}

fn fact(log: &Log, name: &str, unit: &Unit, enabled: Enabled, mechanism: Mechanism) -> Fact {
    Autostart {
        mechanism,
        name: name.to_owned(),
        unit: Some(name.to_owned()),
        exec_exists: unit.exec.first().and_then(|exec| log.exists(Path::new(exec))),
        exec: unit.exec.clone(),
        enabled,
        place: path_text(&unit.path),
        ..Autostart::default()
    }
    .into()
}

fn link_target(context: &Context, path: &Path) -> Option<String> {
    Some(text::from_bytes(context.tree.link(path).ok()?.file_name()?.as_encoded_bytes()))
}

fn template_of(name: &str) -> Option<String> {
    let (stem, rest) = name.split_once('@')?;
    let (instance, ending) = rest.rsplit_once('.')?;
    (!instance.is_empty()).then(|| format!("{stem}@.{ending}"))
}

fn read_unit(log: &mut Log, path: &Path) -> Option<Unit> {
    let bytes = log.read_up_to(path, 1 << 20)?;
    let mut unit = Unit { path: path.to_path_buf(), exec: Vec::new(), starts: None, installable: false, masked: bytes.is_empty() };
    for (section, key, value) in keys_and_values(&text::from_bytes(&bytes)) {
        match (section, key) {
            // The signs before the path say how it is started, not what.
            ("Service", "ExecStart") => unit.exec.extend(command::programs(log, value.trim_start_matches(['@', '-', ':', '+', '!']))),
            ("Timer" | "Path", "Unit") | ("Socket", "Service") => unit.starts = Some(value.to_owned()),
            ("Install", _) => unit.installable = true,
            _ => {}
        }
    }
    let name = path.file_name()?.to_str()?;
    if !name.ends_with(".service") {
        let (stem, _) = name.rsplit_once('.')?;
        unit.starts.get_or_insert_with(|| format!("{stem}.service"));
    }
    Some(unit)
}

/// SysV scripts that no unit of the same name replaces.
fn sysv(log: &mut Log, facts: &mut Vec<Fact>) {
    let mut started = BTreeSet::new();
    for level in 2..=5 {
        for entry in log.list(Path::new(&format!("/etc/rc{level}.d"))) {
            let name = text::from_bytes(entry.name.as_encoded_bytes());
            // `S01name`: start, in this order.
            if let Some(name) = name.strip_prefix('S').and_then(|rest| rest.get(2..)) {
                started.insert(name.to_owned());
            }
        }
    }
    for entry in log.list(Path::new("/etc/init.d")) {
        let name = text::from_bytes(entry.name.as_encoded_bytes());
        let unit = format!("{name}.service");
        let path = format!("/etc/init.d/{name}");
        let replaced = facts.iter().any(|fact| matches!(fact, Fact::Autostart(other) if other.name == unit));
        if entry.what != What::File || replaced || name == "README" || name == "skeleton" {
            continue;
        }
        // Debian leaves the scripts of a removed package behind and takes only the right to start them.
        let works = log.meta(Path::new(&path)).and_then(|meta| meta.executable);
        let enabled = if started.contains(&name) && works != Some(false) { Enabled::Yes } else { Enabled::No };
        facts.push(
            Autostart {
                mechanism: Mechanism::Sysv,
                name,
                unit: Some(unit),
                exec: vec![path.clone()],
                exec_exists: works,
                enabled,
                place: path,
                ..Autostart::default()
            }
            .into(),
        );
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::{ReasonCode, Status};

    const LIB: &str = "/usr/lib/systemd/system";

    fn enabled(collected: &Collected, unit: &str) -> Option<(Enabled, Vec<String>)> {
        collected.facts.iter().find_map(|fact| match fact {
            Fact::Autostart(entry) if entry.unit.as_deref() == Some(unit) => Some((entry.enabled, entry.exec.clone())),
            _ => None,
        })
    }

    #[test]
    fn what_starts_by_itself() {
        let service = "[Service]\nExecStart=-/usr/bin/agent --x\n[Install]\nWantedBy=multi-user.target\n";
        let collected = Fixture::new()
            .file(&format!("{LIB}/on.service"), service)
            .link("/etc/systemd/system/multi-user.target.wants/on.service", "/usr/lib/systemd/system/on.service")
            .file(&format!("{LIB}/off.service"), service)
            .file(&format!("{LIB}/masked.service"), service)
            .link("/etc/systemd/system/masked.service", "/dev/null")
            .file(&format!("{LIB}/job.service"), "[Service]\nExecStart=/usr/bin/job\n")
            .file(&format!("{LIB}/job.timer"), "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n")
            .link("/etc/systemd/system/timers.target.wants/job.timer", "/usr/lib/systemd/system/job.timer")
            .file(&format!("{LIB}/asked.service"), "[Service]\nExecStart=/usr/bin/asked\n")
            .file(&format!("{LIB}/asked.socket"), "[Install]\nWantedBy=sockets.target\n")
            .link("/etc/systemd/system/sockets.target.wants/asked.socket", "x")
            .file(&format!("{LIB}/named@.service"), service)
            .link("/etc/systemd/system/multi-user.target.wants/named@anna.service", "x")
            .file(&format!("{LIB}/real.service"), service)
            .link("/etc/systemd/system/alias.service", "/usr/lib/systemd/system/real.service")
            .file("/home/anna/.config/systemd/user/mine.service", service)
            .link("/home/anna/.config/systemd/user/default.target.wants/mine.service", "x")
            .program("/etc/init.d/old", "#!/bin/sh")
            .file("/etc/init.d/removed", "#!/bin/sh")
            .link("/etc/rc2.d/S03removed", "../init.d/removed")
            .link("/etc/rc2.d/S03old", "../init.d/old")
            .file("/etc/init.d/on", "#!/bin/sh")
            .collect(collect);
        for (unit, expect) in [
            ("on.service", Enabled::Yes),
            ("off.service", Enabled::No),
            ("masked.service", Enabled::No),
            ("job.timer", Enabled::Yes),
            ("job.service", Enabled::Yes),
            ("asked.service", Enabled::OnDemand),
            ("named@anna.service", Enabled::Yes),
            ("real.service", Enabled::Yes),
            ("mine.service", Enabled::Yes),
            ("old.service", Enabled::Yes),
            ("removed.service", Enabled::No),
        ] {
            assert_eq!(enabled(&collected, unit).map(|found| found.0), Some(expect), "{unit}");
        }
        assert_eq!(enabled(&collected, "on.service").unwrap().1, ["/usr/bin/agent"]);
        assert_eq!(collected.facts.iter().filter(|fact| matches!(fact, Fact::Autostart(entry) if entry.name.starts_with("on"))).count(), 1);
        assert_eq!(collected.of(Source::Systemd), (Status::Full, None));
    }

    #[test]
    fn absent_denied_and_malformed() {
        assert_eq!(Fixture::new().collect(collect).of(Source::Systemd), (Status::Full, Some(ReasonCode::Absent)));
        let denied =
            Fixture::new().file(&format!("{LIB}/a.service"), "").file("/etc/systemd/system/b.service", "x").deny(&format!("{LIB}/a.service")).collect(collect);
        assert_eq!(denied.of(Source::Systemd), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        let malformed = Fixture::new().file(&format!("{LIB}/a.service"), b"\xff\xfe[Service\nExecStart").collect(collect);
        assert_eq!(enabled(&malformed, "a.service"), Some((Enabled::Unknown, vec![])));
    }
}
