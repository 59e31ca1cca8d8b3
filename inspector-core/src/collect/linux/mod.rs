//! Collectors for Linux.

mod apps;
pub(super) mod autostart;
pub(super) mod command;
mod login;
mod network;
mod packages;
mod processes;
mod rpm;
mod settings;
mod systemd;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::tree::Tree;
use super::{Collector, Context};
use crate::inventory::Source;
use crate::mask::Names;
use crate::text;

pub(super) use network::of_session;

pub(super) const COLLECTORS: &[Collector] = &[
    // The slowest first, so that the others run beside it.
    Collector { sources: &[Source::Processes, Source::ProcessesOfOthers, Source::ProcessPaths], collect: processes::collect },
    Collector { sources: &[Source::Systemd], collect: systemd::collect },
    Collector { sources: &[Source::Packages], collect: packages::collect },
    super::certificates::COLLECTOR,
    Collector { sources: &[Source::Flatpak], collect: apps::flatpak },
    Collector { sources: &[Source::Snap], collect: apps::snap },
    Collector { sources: &[Source::Programs], collect: apps::programs },
    Collector { sources: &[Source::XdgAutostart], collect: autostart::xdg },
    Collector { sources: &[Source::Cron, Source::CronOfOthers], collect: autostart::cron },
    Collector { sources: &[Source::ShellProfiles], collect: autostart::shell },
    Collector { sources: &[Source::DbusServices], collect: autostart::dbus },
    Collector { sources: &[Source::KernelModules], collect: settings::kernel_modules },
    Collector { sources: &[Source::Preload], collect: settings::preload },
    Collector { sources: &[Source::SystemSettings], collect: settings::system_settings },
    Collector { sources: &[Source::Pam], collect: login::pam },
    Collector { sources: &[Source::Nss], collect: login::nss },
    Collector { sources: &[Source::Proxy], collect: network::proxy },
    Collector { sources: &[Source::Dns], collect: network::dns },
];

/// The accounts in /etc/passwd.
#[derive(Default)]
pub(super) struct Users {
    by_number: HashMap<u32, String>,
    homes: HashMap<String, PathBuf>,
    /// Accounts of people and their full names.
    people: Vec<String>,
}

impl Users {
    pub(super) fn read(tree: &dyn Tree) -> Self {
        let mut users = Self::default();
        let passwd = tree.read(Path::new("/etc/passwd"), super::log::FILE_LIMIT).unwrap_or_default();
        for line in passwd.split(|byte| *byte == b'\n') {
            let fields: Vec<_> = line.split(|byte| *byte == b':').map(text::from_bytes).collect();
            if let [name, _, number, _, full_name, home, ..] = fields.as_slice() {
                if let Ok(number) = number.parse() {
                    users.by_number.entry(number).or_insert_with(|| name.clone());
                    // Smaller numbers are accounts of the system; 65534 is nobody.
                    if (1000..65534).contains(&number) {
                        users.people.extend([name.clone(), full_name.split(',').next().unwrap_or_default().to_owned()]);
                    }
                }
                users.homes.insert(name.clone(), PathBuf::from(home));
            }
        }
        users
    }

    pub(super) fn home_of(&self, name: &str) -> Option<PathBuf> {
        self.homes.get(name).cloned()
    }

    pub(super) fn name_of(&self, number: u32) -> Option<String> {
        self.by_number.get(&number).cloned()
    }
}

/// The names that masking takes out: of people, of the computer, of its domains.
pub(super) fn names(tree: &dyn Tree, users: &Users) -> Names {
    let read = |path: &str| text::from_bytes(&tree.read(Path::new(path), 1 << 20).unwrap_or_default());
    let full_host = read("/etc/hostname").trim().to_owned();
    let (host, domain) = full_host.split_once('.').unwrap_or((&full_host, ""));
    let mut domains = vec![domain.to_owned()];
    for line in read("/etc/resolv.conf").lines() {
        let mut words = line.split_whitespace();
        if matches!(words.next(), Some("search" | "domain")) {
            domains.extend(words.map(str::to_owned));
        }
    }
    // `domain = …` of a joined realm.
    domains.extend(keys_and_values(&read("/etc/krb5.conf")).filter(|(_, key, _)| *key == "default_realm").map(|(_, _, realm)| realm.to_owned()));
    Names { people: users.people.clone(), hosts: vec![full_host.clone(), host.to_owned()], domains }
}

/// Name and version of the distribution.
pub(super) fn os_version(tree: &dyn Tree) -> Option<String> {
    let bytes = ["/etc/os-release", "/usr/lib/os-release"].iter().find_map(|path| tree.read(Path::new(path), 1 << 16).ok())?;
    let text = text::from_bytes(&bytes);
    let value = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(value.trim_matches('"').to_owned())
}

/// The last part of a path, as text.
fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The lines of a file of keys and values, as systemd units, desktop entries and D-Bus services have it: (section, key, value).
///
/// Libraries for INI files refuse what these programs accept (repeated keys, lines without `=`), so the lines are read here.
fn keys_and_values(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let mut section = "";
    text.lines().filter_map(move |line| {
        let line = line.trim_ascii();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            return None;
        }
        let (key, value) = line.split_once('=')?;
        (!key.starts_with(['#', ';'])).then(|| (section, key.trim_ascii(), value.trim_ascii()))
    })
}

/// Everything below the worker's home and below the system, in that order: `~/` stands for the home.
fn places<'a>(context: &'a Context, places: &'a [&'a str]) -> impl Iterator<Item = PathBuf> + 'a {
    places.iter().filter_map(|place| match place.strip_prefix("~/") {
        Some(rest) => context.at_home(rest),
        None => Some(PathBuf::from(place)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_a_section() {
        let text = "# x=y\n[Unit]\nDescription = A\n[Service]\nExecStart=/a b\nExecStart=/c\nbroken\n;k=v";
        let all: Vec<_> = keys_and_values(text).collect();
        assert_eq!(all, [("Unit", "Description", "A"), ("Service", "ExecStart", "/a b"), ("Service", "ExecStart", "/c")]);
    }
}
