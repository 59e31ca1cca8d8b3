//! Services and drivers, from the registry; whether they run comes from the service manager.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::command::{programs, still_starts};
use super::{is_on_disk, is_there};
use crate::collect::log::Log;
use crate::collect::registry::Data;
use crate::collect::{Collected, Context};
use crate::facts::{Autostart, Enabled, Mechanism};
use crate::inventory::Source;

pub(super) const SERVICES: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Services";

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Services);
    let states = states(&mut log);
    let mut facts = Vec::new();
    for name in log.keys(SERVICES) {
        // One that the service manager does not name is hidden from this user, or not known to it yet: nobody can tell whether it runs.
        let running = states.as_ref().and_then(|states| states.get(&name.to_lowercase()).copied());
        let Some(service) = Service::read(&mut log, &name) else {
            // Its key is closed to this user, but it is there.
            if running.is_some() && log.context.registry.values(&format!("{SERVICES}\\{name}"), 1).is_err() {
                let place = format!("{SERVICES}\\{name}");
                facts.push(Autostart { mechanism: Mechanism::Service, name: name.clone(), service: Some(name), running, place, ..Autostart::default() }.into());
            }
            continue;
        };
        // An entry without a file of its own is one of Windows'; nothing of it can be gone.
        let exec_exists = still_starts(&service.exec, |path| is_on_disk(&log, path));
        facts.push(
            Autostart {
                mechanism: if service.is_driver { Mechanism::Driver } else { Mechanism::Service },
                name: service.shown.unwrap_or_else(|| name.clone()),
                exec: service.exec,
                exec_exists,
                enabled: service.enabled,
                running,
                place: format!("{SERVICES}\\{name}"),
                service: Some(name),
                ..Autostart::default()
            }
            .into(),
        );
    }
    Collected { facts, coverage: vec![log.finish()] }
}

/// Which services run, by their names in lower case; nothing where only the registry can be looked at.
fn states(log: &mut Log) -> Option<HashMap<String, bool>> {
    let states = log.context.services().map(|states| log.keep(Path::new("services.msc"), states.map_err(Into::into)))??;
    Some(states.iter().map(|state| (state.name.to_lowercase(), state.running)).collect())
}

/// What the registry says of a service.
pub(super) struct Service {
    /// Its own file first, then what it starts or loads.
    pub(super) exec: Vec<String>,
    pub(super) is_driver: bool,
    pub(super) enabled: Enabled,
    /// The name that a person sees, unless it stands in a file.
    shown: Option<String>,
}

impl Service {
    /// Reads the key of a service; nothing if it is none. Keys without `Type` hold settings of something else.
    pub(super) fn read(log: &mut Log, name: &str) -> Option<Self> {
        let key = format!("{SERVICES}\\{name}");
        let values = log.values(&key)?;
        values.get("Type")?;
        let kind = values.number(log, "Type").unwrap_or(0);
        // 1 kernel driver, 2 file system driver, 4 adapter, 8 recognizer; services of all sorts have higher bits.
        let is_driver = kind != 0 && kind & 0xF == kind;
        let image = values.text(log, "ImagePath").map(str::to_owned);
        let mut exec = match &image {
            Some(image) if is_driver => vec![log.context.absolute(image)],
            Some(image) => programs(image, &log.context.places, &is_there(log)),
            // Drivers that name no file have one of their own name.
            None if is_driver => vec![log.context.absolute(&format!("System32\\drivers\\{name}.sys"))],
            None => Vec::new(),
        };
        if !is_driver {
            let parameters = log.values(&format!("{key}\\Parameters")).unwrap_or_default();
            let is_hosted = exec.first().is_some_and(|program| program.to_ascii_lowercase().ends_with("\\svchost.exe"));
            // Windows' host of services says nothing of who is behind it; the library does. Old services name it in their own key.
            if is_hosted && let Some(library) = parameters.text(log, "ServiceDll").or_else(|| values.text(log, "ServiceDll")) {
                exec.insert(0, log.context.absolute(library));
            }
            // Wrappers such as NSSM start what is written here.
            exec.extend(parameters.text(log, "Application").map(|application| log.context.absolute(application)));
        }
        let enabled = match values.number(log, "Start") {
            // At the start of the kernel, of the drivers, of the services.
            Some(0..=2) => Enabled::Yes,
            Some(3) if is_triggered(log, &key) => Enabled::Yes,
            Some(3) => Enabled::OnDemand,
            Some(4) => Enabled::No,
            _ => Enabled::Unknown,
        };
        // `@file,-number` names a text in a file, in the language of the system.
        let shown = match values.get("DisplayName") {
            Some(Data::Text(shown)) if !shown.is_empty() && !shown.starts_with('@') => Some(shown.clone()),
            // A name to show is not missed.
            _ => None,
        };
        Some(Self { exec, is_driver, enabled, shown })
    }
}

/// Whether something that happens starts a service: a network that appears, a device that is put in.
fn is_triggered(log: &mut Log, key: &str) -> bool {
    const START: u64 = 1;
    let list = format!("{key}\\TriggerInfo");
    let triggers = log.keys(&list);
    triggers.iter().any(|trigger| log.values(&format!("{list}\\{trigger}")).is_some_and(|trigger| trigger.number(log, "Action") == Some(START)))
}

/// The files of running services by the number of their process. Windows does not show the worker the file of a program of the system, but
/// it tells which service runs in it, and where that one's file is.
pub(super) fn files_by_process(log: &mut Log) -> BTreeMap<u32, String> {
    let Some(Ok(states)) = log.context.services() else { return BTreeMap::new() };
    let mut files = BTreeMap::new();
    for state in states {
        let Some(pid) = state.pid else { continue };
        let file = Service::read(log, &state.name).and_then(|service| service.exec.into_iter().find(|path| path.to_ascii_lowercase().ends_with(".exe")));
        if let Some(file) = file {
            files.insert(pid, file);
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::super::testing::Running;
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::{ReasonCode, Status};

    fn key(name: &str) -> String {
        format!("{SERVICES}\\{name}")
    }

    fn machine() -> Fixture {
        Fixture::new()
            .number(&key("AcmeWatch"), "Type", 0x10)
            .number(&key("AcmeWatch"), "Start", 2)
            .text(&key("AcmeWatch"), "ImagePath", "C:\\Program Files\\Acme Watch\\agent.exe -service")
            .text(&key("AcmeWatch"), "DisplayName", "Acme Watch Agent")
            .file("C:\\Program Files\\Acme Watch\\agent.exe", "")
            .number(&key("hosted"), "Type", 0x20)
            .number(&key("hosted"), "Start", 3)
            .text(&key("hosted"), "ImagePath", "%SystemRoot%\\System32\\svchost.exe -k netsvcs")
            .text(&key("hosted"), "DisplayName", "@%SystemRoot%\\x.dll,-1")
            .text(&format!("{}\\Parameters", key("hosted")), "ServiceDll", "%ProgramFiles%\\Acme\\hosted.dll")
            .number(&format!("{}\\TriggerInfo\\0", key("hosted")), "Action", 1)
            .number(&key("acmedrv"), "Type", 1)
            .number(&key("acmedrv"), "Start", 4)
            .text(&key("settings only"), "x", "y")
    }

    fn found(collected: &Collected) -> Vec<&Autostart> {
        collected.facts.iter().map(|fact| if let Fact::Autostart(one) = fact { one } else { panic!("{fact:?}") }).collect()
    }

    #[test]
    fn services_and_drivers() {
        let service = |name: &str, pid: Option<u32>| inzage_windows::Service { name: name.into(), running: pid.is_some(), pid };
        let services = vec![service("ACMEWATCH", Some(7)), service("hosted", None)];
        let collected = machine().calls(Running { services: Ok(services), ..Running::default() }).collect_windows(collect);
        let each: Vec<_> =
            found(&collected).iter().map(|one| (&*one.name, one.mechanism, one.exec.join(" "), one.exec_exists, one.enabled, one.running)).collect();
        let (service, driver) = (Mechanism::Service, Mechanism::Driver);
        let hosted = "C:\\Program Files\\Acme\\hosted.dll C:\\Windows\\System32\\svchost.exe".to_owned();
        let expected = [
            ("acmedrv", driver, "C:\\Windows\\System32\\drivers\\acmedrv.sys".to_owned(), Some(false), Enabled::No, None),
            ("Acme Watch Agent", service, "C:\\Program Files\\Acme Watch\\agent.exe".to_owned(), Some(true), Enabled::Yes, Some(true)),
            ("hosted", service, hosted, Some(false), Enabled::Yes, Some(false)),
        ];
        assert_eq!(each, expected);
        assert_eq!(collected.of(Source::Services), (Status::Full, None));
        // A disk does not tell what runs.
        assert!(found(&machine().collect_windows(collect)).iter().all(|one| one.running.is_none()));
    }

    #[test]
    fn a_closed_key_is_a_service_all_the_same() {
        let services = vec![inzage_windows::Service { name: "AcmeWatch".into(), running: true, pid: None }];
        let collected = machine().deny_key(&key("AcmeWatch")).calls(Running { services: Ok(services), ..Running::default() }).collect_windows(collect);
        let closed = found(&collected).into_iter().find(|one| one.service.as_deref() == Some("AcmeWatch")).unwrap();
        assert_eq!((closed.running, closed.enabled, closed.exec.len()), (Some(true), Enabled::Unknown, 0));
        assert_eq!(collected.of(Source::Services), (Status::Partial, Some(ReasonCode::PermissionDenied)));
    }

    #[test]
    fn absent_denied_and_malformed() {
        let of = |fixture: Fixture| fixture.collect_windows(collect).of(Source::Services);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(machine().deny_key(SERVICES)), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(machine().deny_key(&key("AcmeWatch"))), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(machine().text(&key("acme"), "Type", "1")), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(
            of(machine().number(&key("acme"), "Type", 16).value(&key("acme"), "ImagePath", Data::Bytes(vec![1]))),
            (Status::Partial, Some(ReasonCode::Malformed))
        );
        let refused = Running { services: Err(inzage_windows::Refused::Denied), ..Running::default() };
        assert_eq!(of(machine().calls(refused)), (Status::Partial, Some(ReasonCode::PermissionDenied)));
    }
}
