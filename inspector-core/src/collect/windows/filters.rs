//! Drivers that stand between programs and files, the keyboard, the mouse or the network.

use std::collections::BTreeSet;
use std::path::Path;

use super::services::{SERVICES, Service};
use crate::collect::log::Log;
use crate::collect::tree::Trouble;
use crate::collect::{Collected, Context};
use crate::facts::{FilterDriver, Filtered};
use crate::inventory::Source;

const CONTROL: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Control";
const DEVICES: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Enum";
/// The classes of devices, by the identifiers that Windows gave them.
const CLASSES: [(&str, Filtered); 2] =
    [("{4D36E96B-E325-11CE-BFC1-08002BE10318}", Filtered::Keyboard), ("{4D36E96F-E325-11CE-BFC1-08002BE10318}", Filtered::Mouse)];
/// Services of the network: filters are among them.
const NETWORK: &str = "{4D36E974-E325-11CE-BFC1-08002BE10318}";
/// Where keyboards and mice are plugged in.
const BUSES: [&str; 5] = ["ACPI", "HID", "ROOT", "TERMINPUT_BUS", "VMBUS"];
/// The most devices of one bus.
const MOST_DEVICES: usize = 5_000;

/// The filters that Windows brings, by the names of their services in lower case.
const OF_WINDOWS: [&str; 49] = [
    "applockerfltr",
    "appvstrm",
    "appvvemgr",
    "appvvfs",
    "bfs",
    "bindflt",
    "cimfs",
    "cldflt",
    "dfsc",
    "filecrypt",
    "fileinfo",
    "filetrace",
    "fltmgr",
    "fsdepends",
    "gameflt",
    "i8042prt",
    "iorate",
    "kbdclass",
    "kbdhid",
    "lltdio",
    "luafv",
    "mouclass",
    "mouhid",
    "msbridge",
    "mslbfoprovider",
    "mslldp",
    "mssecflt",
    "nativewifip",
    "ndiscap",
    "ndisuio",
    "netbios",
    "npsvctrig",
    "prjflt",
    "psched",
    "rspndr",
    "storqosflt",
    "uevagentdriver",
    "unionfs",
    "vmbushid",
    "vmsp",
    "vmswitch",
    "vwififlt",
    "wcifs",
    "wcnfs",
    "wdfilter",
    "wfplwfs",
    "wimmount",
    "winsetupmon",
    "wof",
];

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::FilterDrivers);
    let mut facts = Vec::new();
    files(&mut log, &mut facts);
    let mut seen = BTreeSet::new();
    for (class, over) in CLASSES {
        devices(&mut log, &format!("{CONTROL}\\Class\\{class}"), over, &mut seen, &mut facts);
    }
    for bus in BUSES {
        let list = format!("{DEVICES}\\{bus}");
        let devices_of_bus = log.keys(&list);
        if devices_of_bus.len() > MOST_DEVICES {
            log.keep::<()>(Path::new(&list), Err(Trouble::TooMany));
        }
        for device in devices_of_bus.into_iter().take(MOST_DEVICES) {
            for instance in log.keys(&format!("{DEVICES}\\{bus}\\{device}")).into_iter().take(MOST_DEVICES) {
                let key = format!("{DEVICES}\\{bus}\\{device}\\{instance}");
                let class = log.values(&key).and_then(|values| values.text(&mut log, "ClassGUID").map(str::to_ascii_uppercase));
                if let Some((_, over)) = CLASSES.iter().find(|(own, _)| class.as_deref() == Some(*own)) {
                    devices(&mut log, &key, *over, &mut seen, &mut facts);
                }
            }
        }
    }
    network(&mut log, &mut facts);
    Collected { facts: facts.into_iter().map(Into::into).collect(), coverage: vec![log.finish()] }
}

/// Filters of files are services with instances; each has its place in the order.
fn files(log: &mut Log, facts: &mut Vec<FilterDriver>) {
    for name in log.keys(SERVICES) {
        // Windows 11 24H2 moved them below `Parameters`.
        for place in ["Instances", "Parameters\\Instances"] {
            let key = format!("{SERVICES}\\{name}\\{place}");
            let instances = log.keys(&key);
            if instances.is_empty() {
                continue;
            }
            let altitude = instances.iter().find_map(|instance| {
                let values = log.values(&format!("{key}\\{instance}"))?;
                values.text(log, "Altitude").map(str::to_owned)
            });
            if altitude.is_some() {
                facts.push(filter(log, name.clone(), Filtered::Files, altitude, key));
                break;
            }
        }
    }
}

/// Filters of a class of devices, or of one device: the names of their services.
fn devices(log: &mut Log, key: &str, over: Filtered, seen: &mut BTreeSet<(Filtered, String)>, facts: &mut Vec<FilterDriver>) {
    let Some(values) = log.values(key) else { return };
    for list in ["UpperFilters", "LowerFilters"] {
        for name in values.texts(log, list).to_vec() {
            if seen.insert((over, name.to_lowercase())) {
                facts.push(filter(log, name, over, None, format!("{key}: {list}")));
            }
        }
    }
}

/// Filters of network packets: services of the network whose kind is `filter`.
fn network(log: &mut Log, facts: &mut Vec<FilterDriver>) {
    let list = format!("{CONTROL}\\Network\\{NETWORK}");
    for id in log.keys(&list).into_iter().filter(|id| id.starts_with('{')) {
        let key = format!("{list}\\{id}\\Ndi");
        let Some(values) = log.values(&key) else { continue };
        if values.get("FilterClass").is_none() {
            continue;
        }
        if let Some(name) = values.text(log, "Service").map(str::to_owned) {
            facts.push(filter(log, name, Filtered::Network, None, key));
        }
    }
}

fn filter(log: &mut Log, service: String, over: Filtered, altitude: Option<String>, place: String) -> FilterDriver {
    let exec = Service::read(log, &service).and_then(|service| service.exec.into_iter().next());
    let windows = format!("{}\\System32\\", log.context.places.get("systemroot")).to_lowercase();
    let is_at_home = exec.as_deref().is_none_or(|exec| exec.to_lowercase().starts_with(&windows));
    let of_system = is_at_home && OF_WINDOWS.contains(&service.to_lowercase().as_str());
    FilterDriver { service, over, altitude, exec, of_system, place }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::registry::Data;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::{ReasonCode, Status};

    #[test]
    fn what_files_keys_and_packets_go_through() {
        let service = |name: &str| format!("{SERVICES}\\{name}");
        let class = format!("{CONTROL}\\Class\\{}", CLASSES[0].0);
        let texts = |names: &[&str]| Data::Texts(names.iter().map(ToString::to_string).collect());
        let collected = Fixture::new()
            .number(&service("acmeflt"), "Type", 2)
            .number(&service("acmeflt"), "Start", 0)
            .text(&service("acmeflt"), "ImagePath", "\\SystemRoot\\System32\\drivers\\acmeflt.sys")
            .text(&format!("{}\\Instances\\Acme", service("acmeflt")), "Altitude", "365000")
            .number(&service("wdfilter"), "Type", 2)
            .text(&format!("{}\\Parameters\\Instances\\x", service("WdFilter")), "Altitude", "328010")
            .value(&class, "UpperFilters", texts(&["acmekey", "kbdclass"]))
            .text(&format!("{DEVICES}\\HID\\VID_1\\1"), "ClassGUID", &CLASSES[1].0.to_lowercase())
            .value(&format!("{DEVICES}\\HID\\VID_1\\1"), "LowerFilters", texts(&["acmemouse"]))
            .text(&format!("{DEVICES}\\HID\\VID_2\\1"), "ClassGUID", "{745a17a0-74d3-11d0-b6fe-00a0c90f57da}")
            .value(&format!("{DEVICES}\\HID\\VID_2\\1"), "UpperFilters", texts(&["not-a-mouse"]))
            .number(&format!("{CONTROL}\\Network\\{NETWORK}\\{{1}}\\Ndi"), "FilterClass", 1)
            .text(&format!("{CONTROL}\\Network\\{NETWORK}\\{{1}}\\Ndi"), "Service", "acmelwf")
            .text(&format!("{CONTROL}\\Network\\{NETWORK}\\{{2}}\\Ndi"), "Service", "not-a-filter")
            .collect_windows(collect);
        let each = collected.facts.iter().map(|fact| match fact {
            Fact::FilterDriver(one) => (&*one.service, one.over, one.altitude.as_deref(), one.exec.as_deref(), one.of_system),
            other => panic!("{other:?}"),
        });
        let expected = [
            ("acmeflt", Filtered::Files, Some("365000"), Some("C:\\Windows\\System32\\drivers\\acmeflt.sys"), false),
            ("wdfilter", Filtered::Files, Some("328010"), Some("C:\\Windows\\System32\\drivers\\wdfilter.sys"), true),
            ("acmekey", Filtered::Keyboard, None, None, false),
            ("kbdclass", Filtered::Keyboard, None, None, true),
            ("acmemouse", Filtered::Mouse, None, None, false),
            ("acmelwf", Filtered::Network, None, None, false),
        ];
        assert_eq!(each.collect::<Vec<_>>(), expected);
        assert_eq!(collected.of(Source::FilterDrivers), (Status::Full, None));
    }

    #[test]
    fn absent_denied_and_malformed() {
        let of = |fixture: Fixture| fixture.collect_windows(collect).of(Source::FilterDrivers);
        let class = format!("{CONTROL}\\Class\\{}", CLASSES[0].0);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(Fixture::new().key(&class).deny_key(&class)), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(Fixture::new().number(&class, "UpperFilters", 1)), (Status::Partial, Some(ReasonCode::Malformed)));
    }
}
