//! Collectors for Windows.
//!
//! Nearly everything is a file or a key of the registry and is read in the same way from the running computer and from a disk. What only a
//! running computer can tell comes through [`Calls`].

mod calls;
mod certificates;
mod classes;
mod command;
mod disk;
mod filters;
mod installed;
mod logon;
mod management;
mod network;
mod places;
mod processes;
mod programs;
mod registry_keys;
mod run_keys;
mod scheduled_tasks;
mod services;
mod settings;
mod shortcut;
mod startup_folders;
mod task_xml;
#[cfg(test)]
pub(super) mod testing;

use std::path::PathBuf;

use super::log::Log;
use super::registry::{Data, Registry};
use super::tree::Tree;
use super::{Collected, Collector, Context};
use crate::facts::Fact;
use crate::inventory::{ReasonCode, Source};
use crate::mask::Names;

pub(super) use calls::Calls;
#[cfg(windows)]
pub(super) use calls::Live;
#[cfg(windows)]
pub(super) use disk::LocalDrives;
pub(super) use disk::WindowsDisk;
pub(super) use places::{Places, base_name, is_on_a_drive, is_one_name, is_plain, is_within, resolved};
pub(super) use programs::look_at;

pub(super) const COLLECTORS: &[Collector] = &[
    // The slowest first, so that the others run beside it.
    Collector { sources: &[Source::Processes, Source::ProcessesOfOthers, Source::ProcessPaths], collect: processes::collect },
    Collector { sources: &[Source::ScheduledTasks], collect: scheduled_tasks::collect },
    Collector { sources: &[Source::Services], collect: services::collect },
    Collector { sources: &[Source::FilterDrivers], collect: filters::collect },
    Collector { sources: &[Source::InstalledPrograms], collect: installed::programs },
    Collector { sources: &[Source::StorePackages], collect: installed::store },
    Collector { sources: &[Source::RegistryKeys], collect: registry_keys::collect },
    Collector { sources: &[Source::RunKeys], collect: run_keys::collect },
    Collector { sources: &[Source::StartupFolders], collect: startup_folders::collect },
    Collector { sources: &[Source::LogonParts], collect: logon::collect_parts },
    Collector { sources: &[Source::Preload], collect: logon::collect_preloaded },
    Collector { sources: &[Source::Certificates], collect: certificates::collect },
    Collector { sources: &[Source::Proxy], collect: network::proxy },
    Collector { sources: &[Source::Dns], collect: network::dns },
    Collector { sources: &[Source::DeviceManagement], collect: management::collect },
    Collector { sources: &[Source::SystemSettings], collect: settings::collect },
];

const CURRENT_VERSION: &str = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";

/// The texts of a key by their names, for what is looked up before any collector. Without case, as Windows does.
fn texts(registry: &dyn Registry, key: &str) -> impl Fn(&str) -> Option<String> + use<> {
    let values = registry.values(key, 10_000).unwrap_or_default();
    move |name| {
        values.iter().find_map(|(own, data)| match data {
            Data::Text(text) if own.eq_ignore_ascii_case(name) && !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        })
    }
}

/// The home folders of the people who have one here.
pub(super) fn homes(tree: &dyn Tree, registry: &dyn Registry) -> Vec<String> {
    let list = format!("{CURRENT_VERSION}\\ProfileList");
    let places = Places::read(registry, None);
    let accounts = registry.keys(&list, 10_000).unwrap_or_default();
    // S-1-5-21 and S-1-12-1 are accounts of people; the others are the system's own.
    let people = accounts.iter().filter(|account| account.starts_with("S-1-5-21-") || account.starts_with("S-1-12-1-"));
    let mut homes: Vec<_> =
        people.filter_map(|account| texts(registry, &format!("{list}\\{account}"))("ProfileImagePath")).map(|path| places.absolute(&path)).collect();
    // A disk may have homes that its registry does not list.
    for entry in tree.list("C:\\Users".as_ref(), 1_000).unwrap_or_default() {
        let name = entry.name.to_string_lossy().into_owned();
        let is_of_nobody = ["public", "default", "default user", "all users", "defaultuser0"].contains(&name.to_lowercase().as_str());
        let home = format!("C:\\Users\\{name}");
        if !is_of_nobody && entry.what != super::What::File && !homes.iter().any(|known| known.eq_ignore_ascii_case(&home)) {
            homes.push(home);
        }
    }
    homes
}

/// The home folder of a user, by the name of the account, which is that of the folder.
pub(super) fn home_of(homes: &[String], name: &str) -> Option<PathBuf> {
    homes.iter().find(|home| base_name(home).to_lowercase() == name.to_lowercase()).map(PathBuf::from)
}

/// The names that masking takes out: of people, of the computer, of its domains.
pub(super) fn names(registry: &dyn Registry, homes: &[String]) -> Names {
    let windows = texts(registry, CURRENT_VERSION);
    let logon = texts(registry, &format!("{CURRENT_VERSION}\\Winlogon"));
    let tcpip = texts(registry, "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters");
    // `DOMAIN\name`. What makers and installers write there is nobody's name.
    let owners = [windows("RegisteredOwner"), logon("DefaultUserName")].into_iter().flatten();
    let people = homes.iter().cloned().chain(owners).map(|name| base_name(&name).to_owned()).filter(|name| !is_nobody(name));
    let mut domains: Vec<_> = ["Domain", "NV Domain", "DhcpDomain", "ICSDomain"].iter().filter_map(|name| tcpip(name)).collect();
    domains.extend([logon("DefaultDomainName"), windows("RegisteredOrganization")].into_iter().flatten());
    domains.extend(tcpip("SearchList").iter().flat_map(|list| list.split(',')).map(str::to_owned));
    let mut hosts: Vec<_> = ["Hostname", "NV Hostname"].iter().filter_map(|name| tcpip(name)).collect();
    for name in ["ComputerName", "ActiveComputerName"] {
        hosts.extend(texts(registry, &format!("HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\{name}"))("ComputerName"));
    }
    // The name of the maker of Windows stands in these places on a computer that nobody changed.
    domains.retain(|domain| !["microsoft", "mshome.net", "home", "lan", "workgroup"].contains(&domain.to_lowercase().as_str()));
    Names { people: people.collect(), hosts, domains }
}

/// Whether a name is a word for anybody: to mask it would take it out of every path.
fn is_nobody(name: &str) -> bool {
    ["user", "owner", "admin", "administrator", "windows user", "lenovo", "hp", "dell", "microsoft", "guest"].contains(&name.trim().to_lowercase().as_str())
}

/// Name and version of Windows.
pub(super) fn os_version(registry: &dyn Registry) -> Option<String> {
    let get = texts(registry, CURRENT_VERSION);
    let build = get("CurrentBuild").or_else(|| get("CurrentBuildNumber"))?;
    let name = get("ProductName").unwrap_or_else(|| "Windows".into());
    // Windows 11 still calls itself 10 here; its builds begin at 22000.
    let is_eleven = build.parse::<u32>().is_ok_and(|build| build >= 22_000) && !name.contains("Server");
    let name = if is_eleven { name.replace("Windows 10", "Windows 11") } else { name };
    let version = get("DisplayVersion").or_else(|| get("ReleaseId")).map(|version| format!(" {version}")).unwrap_or_default();
    Some(format!("{name}{version} ({build})"))
}

/// Whether a file is there, for the reading of command lines.
fn is_there<'a>(log: &'a Log) -> impl Fn(&str) -> Option<bool> + 'a {
    |path| log.exists(path.as_ref())
}

/// Whether a file is there. The disk of another computer does not tell what a short name like `PROGRA~1` stands for.
fn is_on_disk(log: &Log, path: &str) -> Option<bool> {
    let exists = log.exists(path.as_ref());
    exists.filter(|exists| *exists || log.context.live || !path.contains('~'))
}

/// A date as installers write it, `20261125`, in seconds since 1970 (its midnight in UTC).
fn day(text: &str) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u16>().ok();
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let month = time::Month::try_from(u8::try_from(number(4..6)?).ok()?).ok()?;
    let date = time::Date::from_calendar_date(number(0..4)?.into(), month, u8::try_from(number(6..8)?).ok()?).ok()?;
    Some(date.midnight().assume_utc().unix_timestamp())
}

/// What was collected, also from the worker's own part of the registry: without a home folder that was not looked at.
fn finish(context: &Context, mut log: Log, facts: Vec<Fact>) -> Collected {
    if context.home.is_none() {
        log.trouble(ReasonCode::NoHome, "HKCU".as_ref());
    }
    Collected { facts, coverage: vec![log.finish()] }
}

impl Context<'_> {
    /// What the service manager of a running computer tells. Two collectors need it; it is asked once.
    fn services(&self) -> Option<Result<&[inzage_windows::Service], inzage_windows::Refused>> {
        let calls = self.calls?;
        Some(self.services.get_or_init(|| calls.services()).as_deref().map_err(|refused| *refused))
    }

    /// A path that a setting names, on a drive.
    fn absolute(&self, path: &str) -> String {
        self.places.absolute(path)
    }
}
