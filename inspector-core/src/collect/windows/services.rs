//! Services and drivers, from the registry; whether they run comes from the service manager.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::command::programs;
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
        let Some(service) = Service::read(&mut log, &name) else { continue };
        let running = states.as_ref().map(|states| states.get(&name.to_lowercase()).copied().unwrap_or(false));
        // An entry without a file of its own is one of Windows'; nothing of it can be gone.
        let exec_exists = service.exec.first().and_then(|path| is_on_disk(&log, path));
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
        if !is_driver && exec.first().is_some_and(|program| program.to_ascii_lowercase().ends_with("\\svchost.exe")) {
            // Windows' host of services says nothing of who is behind it; the library does.
            let parameters = log.values(&format!("{key}\\Parameters"));
            let library = parameters.and_then(|parameters| parameters.text(log, "ServiceDll").map(str::to_owned));
            let library = library.or_else(|| values.text(log, "ServiceDll").map(str::to_owned));
            if let Some(library) = library {
                exec.insert(0, log.context.absolute(&library));
            }
        }
        let enabled = match values.number(log, "Start") {
            // At the start of the kernel, of the drivers, of the services.
            Some(0..=2) => Enabled::Yes,
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
            .number(&key("acmedrv"), "Type", 1)
            .number(&key("acmedrv"), "Start", 4)
            .text(&key("settings only"), "x", "y")
    }

    fn found(collected: &Collected) -> Vec<&Autostart> {
        collected.facts.iter().map(|fact| if let Fact::Autostart(one) = fact { one } else { panic!("{fact:?}") }).collect()
    }

    #[test]
    fn services_and_drivers() {
        let services = vec![inzage_windows::Service { name: "ACMEWATCH".into(), running: true, pid: Some(7) }];
        let collected = machine().calls(Running { services: Ok(services), ..Running::default() }).collect_windows(collect);
        let each: Vec<_> =
            found(&collected).iter().map(|one| (&*one.name, one.mechanism, one.exec.join(" "), one.exec_exists, one.enabled, one.running)).collect();
        let (service, driver) = (Mechanism::Service, Mechanism::Driver);
        let hosted = "C:\\Program Files\\Acme\\hosted.dll C:\\Windows\\System32\\svchost.exe".to_owned();
        let expected = [
            ("acmedrv", driver, "C:\\Windows\\System32\\drivers\\acmedrv.sys".to_owned(), Some(false), Enabled::No, Some(false)),
            ("Acme Watch Agent", service, "C:\\Program Files\\Acme Watch\\agent.exe".to_owned(), Some(true), Enabled::Yes, Some(true)),
            ("hosted", service, hosted, Some(false), Enabled::OnDemand, Some(false)),
        ];
        assert_eq!(each, expected);
        assert_eq!(collected.of(Source::Services), (Status::Full, None));
        // A disk does not tell what runs.
        assert!(found(&machine().collect_windows(collect)).iter().all(|one| one.running.is_none()));
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
