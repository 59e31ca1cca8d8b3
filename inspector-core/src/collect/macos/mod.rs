//! Collectors for macOS.
//!
//! Nearly everything is a file and is read in the same way from the running computer and from a disk. What only a running computer can tell
//! comes through [`Calls`].

mod applications;
pub(super) mod bundle;
mod calls;
mod certificates;
mod command;
mod disk;
mod extensions;
mod keychain;
mod launchd;
mod login_items;
mod management;
mod network;
mod others;
mod privacy;
mod profiles;
mod programs;
mod receipts;
mod running;
mod settings;
mod signatures;
#[cfg(test)]
pub(super) mod testing;

use std::path::{Path, PathBuf};

use super::log::Log;
use super::plist::{self, Dictionary, Value};
use super::tree::{Tree, What};
use super::{Collected, Collector, Context};
use crate::facts::Fact;
use crate::inventory::{ReasonCode, Source};
use crate::mask::Names;
use crate::text;

pub(super) use calls::Calls;
#[cfg(target_os = "macos")]
pub(super) use calls::Live;
pub(super) use disk::MacDisk;
#[cfg(target_os = "macos")]
pub(super) use disk::RunningMac;
pub(super) use profiles::Profile;
pub(super) use signatures::look_at;

pub(super) const COLLECTORS: &[Collector] = &[
    // The slowest first, so that the others run beside it.
    Collector { sources: &[Source::Processes, Source::ProcessesOfOthers, Source::ProcessPaths], collect: running::processes },
    Collector { sources: &[Source::EventTaps], collect: running::event_taps },
    Collector { sources: &[Source::DevicesInUse], collect: running::devices },
    Collector { sources: &[Source::ConfigurationProfiles], collect: profiles::collect },
    Collector { sources: &[Source::DeviceManagement], collect: management::collect },
    Collector { sources: &[Source::ManagedPreferences], collect: management::preferences },
    Collector { sources: &[Source::PrivacyDecisions], collect: privacy::collect },
    Collector { sources: &[Source::Proxy], collect: network::proxy },
    Collector { sources: &[Source::Dns], collect: network::dns },
    Collector { sources: &[Source::NetworkExtensions], collect: network::extensions },
    Collector { sources: &[Source::SystemSettings], collect: settings::collect },
    Collector { sources: &[Source::Applications], collect: applications::collect },
    Collector { sources: &[Source::Programs], collect: programs::collect },
    Collector { sources: &[Source::Certificates], collect: certificates::collect },
    Collector { sources: &[Source::Receipts], collect: receipts::collect },
    Collector { sources: &[Source::Launchd], collect: launchd::collect },
    Collector { sources: &[Source::LoginItems], collect: login_items::collect },
    Collector { sources: &[Source::SystemExtensions], collect: extensions::of_system },
    Collector { sources: &[Source::KernelExtensions], collect: extensions::of_kernel },
    Collector { sources: &[Source::Cron, Source::CronOfOthers], collect: others::cron },
    Collector { sources: &[Source::ShellProfiles], collect: others::shell },
    Collector { sources: &[Source::LogonParts], collect: others::logon_parts },
];

/// Where the network is set up, with the names of the computer.
const NETWORK: &str = "/Library/Preferences/SystemConfiguration/preferences.plist";

/// A property list that is looked up before any collector.
fn look_up(tree: &dyn Tree, path: &str) -> Option<Dictionary> {
    plist::parse(&tree.read(Path::new(path), super::log::FILE_LIMIT).ok()?).ok().and_then(Value::into_dictionary)
}

/// The home folders of the people who have one here.
pub(super) fn homes(tree: &dyn Tree) -> Vec<PathBuf> {
    let entries = tree.list(Path::new("/Users"), 1_000).unwrap_or_default();
    let is_of_somebody = |name: &str| !name.starts_with('.') && !["shared", "guest", "deleted users"].contains(&name.to_lowercase().as_str());
    let homes = entries.into_iter().filter(|entry| entry.what != What::File && entry.name.to_str().is_some_and(is_of_somebody));
    homes.map(|entry| Path::new("/Users").join(entry.name)).collect()
}

/// The home folder of a user, by the name of the account, which is that of the folder.
pub(super) fn home_of(homes: &[PathBuf], name: &str) -> Option<PathBuf> {
    homes.iter().find(|home| home.file_name().is_some_and(|own| own.to_string_lossy().eq_ignore_ascii_case(name))).cloned()
}

/// The names that masking takes out: of people, of the computer, of its domains.
pub(super) fn names(tree: &dyn Tree, homes: &[PathBuf]) -> Names {
    let people = homes.iter().filter_map(|home| home.file_name()).map(|name| text::from_bytes(name.as_encoded_bytes())).collect();
    let network = look_up(tree, NETWORK).unwrap_or_default();
    let system = plist::inner(&network, "System");
    let of_system = system.and_then(|system| plist::inner(system, "System"));
    let of_network = system.and_then(|system| plist::inner(system, "Network")).and_then(|network| plist::inner(network, "HostNames"));
    let given = of_system.into_iter().flat_map(|system| [plist::text(system, "ComputerName"), plist::text(system, "HostName")]);
    let hosts = given.chain(of_network.map(|names| plist::text(names, "LocalHostName"))).flatten().collect();
    let services = plist::inner(&network, "NetworkServices").into_iter().flatten().filter_map(|(_, service)| service.as_dictionary());
    let servers = services.filter_map(|service| plist::inner(service, "DNS"));
    let domains = servers.flat_map(|dns| plist::texts(dns, "SearchDomains").into_iter().chain(plist::text(dns, "DomainName"))).take(200).collect();
    Names { people, hosts, domains }
}

/// Name and version of macOS.
pub(super) fn os_version(tree: &dyn Tree) -> Option<String> {
    let version = look_up(tree, "/System/Library/CoreServices/SystemVersion.plist")?;
    let name = plist::text(&version, "ProductName").unwrap_or_else(|| "macOS".into());
    let build = plist::text(&version, "ProductBuildVersion").map(|build| format!(" ({build})")).unwrap_or_default();
    Some(format!("{name} {}{build}", plist::text(&version, "ProductVersion")?))
}

/// Where managed preferences of a program may lie: of the computer, and of the worker's account.
pub(super) fn managed(context: &Context, domain: &str) -> Vec<PathBuf> {
    let name = format!("{domain}.plist");
    let account = context.home.as_deref().and_then(Path::file_name);
    let folder = Path::new("/Library/Managed Preferences");
    [Some(folder.join(&name)), account.map(|account| folder.join(account).join(&name))].into_iter().flatten().collect()
}

/// The places on this computer that entries of a table mean: `~/` stands for the home.
fn places<'a>(context: &'a Context, places: &'a [&'a str]) -> impl Iterator<Item = PathBuf> + 'a {
    places.iter().filter_map(|place| match place.strip_prefix("~/") {
        Some(rest) => context.at_home(rest),
        None => Some(PathBuf::from(place)),
    })
}

/// The result of a source that also has places in the worker's home.
fn with_home(context: &Context, mut log: Log, facts: Vec<Fact>) -> Collected {
    if context.home.is_none() {
        log.trouble(ReasonCode::NoHome, Path::new("~"));
    }
    Collected { facts, coverage: vec![log.finish()] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_mac_is_called() {
        let dir = tempfile::tempdir().unwrap();
        let put = |path: &str, contents: &str| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, contents).unwrap();
        };
        put("System/Library/CoreServices/SystemVersion.plist", r#"{"ProductName": "macOS", "ProductVersion": "15.7.1", "ProductBuildVersion": "24G231"}"#);
        put(
            "Library/Preferences/SystemConfiguration/preferences.plist",
            r#"{"System": {"System": {"ComputerName": "Anna's Mac"}, "Network": {"HostNames": {"LocalHostName": "annas-mac"}}},
                "NetworkServices": {"1": {"DNS": {"SearchDomains": ["acme.example"]}}}}"#,
        );
        for folder in ["Users/anna", "Users/Shared", "Users/.localized"] {
            std::fs::create_dir_all(dir.path().join(folder)).unwrap();
        }
        let tree = MacDisk::below(dir.path());
        assert_eq!(os_version(&tree).as_deref(), Some("macOS 15.7.1 (24G231)"));
        let homes = homes(&tree);
        assert_eq!(homes, [Path::new("/Users/anna")]);
        assert_eq!(home_of(&homes, "Anna"), Some("/Users/anna".into()));
        let names = names(&tree, &homes);
        assert_eq!(
            (names.people, names.hosts, names.domains),
            (vec!["anna".into()], vec!["Anna's Mac".into(), "annas-mac".into()], vec!["acme.example".into()])
        );
    }
}
