//! Every path of the Debian archive, package by package: each package is a computer with that package on it.

use std::collections::BTreeMap;
use std::io::BufRead;

use inzage_core::facts::{AuthModule, Autostart, Fact, KernelModule, MenuEntry, Package};
use inzage_core::inventory::Inventory;
use inzage_core::kinds::Os;

use crate::Trial;
use crate::corpus::file;
use crate::hits::{Hits, Score};

/// The name of this corpus in the list of true hits.
pub const NAME: &str = "debian";

/// Reads lists of contents as the archive has them, `path   section/package,section/package`, and tries every package. Gives the number of
/// paths too.
pub fn score(contents: impl BufRead, trial: &Trial, hits: &Hits) -> std::io::Result<(Score, usize)> {
    let mut packages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut paths = 0;
    for line in contents.split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        let Some((path, owners)) = line.trim_end().rsplit_once([' ', '\t']) else { continue };
        let path = format!("/{}", path.trim());
        paths += 1;
        for owner in owners.split(',') {
            let name = owner.rsplit('/').next().unwrap_or(owner);
            packages.entry(name.to_owned()).or_default().push(path.clone());
        }
    }
    let mut score = Score::default();
    for (name, paths) in packages {
        let mut facts: Vec<Fact> = vec![Package { id: format!("deb:{name}"), ..Package::default() }.into()];
        facts.extend(paths.iter().flat_map(|path| facts_of(path)));
        score.add(NAME, &name, &trial.findings(&Inventory::of_facts(Os::Linux, facts)), hits);
    }
    Ok((score, paths))
}

/// What a file of a package is on a computer.
fn facts_of(path: &str) -> Vec<Fact> {
    let mut facts = file(path);
    let name = path.rsplit('/').next().unwrap_or(path).to_owned();
    // Whether it is switched on, a list of files does not tell.
    let starts = Autostart::default;
    if path.contains("/systemd/system/") || path.contains("/systemd/user/") {
        facts.push(Autostart { unit: Some(name), ..starts() }.into());
    } else if path.starts_with("/etc/init.d/") {
        facts.push(Autostart { unit: Some(format!("{name}.service")), ..starts() }.into());
    } else if path.starts_with("/usr/share/applications/") {
        facts.push(MenuEntry { id: name, ..MenuEntry::default() }.into());
    } else if path.starts_with("/etc/xdg/autostart/") {
        facts.push(Autostart { entry: Some(name), ..starts() }.into());
    } else if path.contains("/dbus-1/services/") || path.contains("/dbus-1/system-services/") {
        facts.push(Autostart { dbus_name: name.strip_suffix(".service").map(str::to_owned), ..starts() }.into());
    } else if path.contains("/security/pam_") {
        facts.push(AuthModule { pam: Some(name), ..AuthModule::default() }.into());
    } else if let Some(module) = name.strip_suffix(".ko") {
        facts.push(KernelModule { name: module.replace('-', "_"), ..KernelModule::default() }.into());
    }
    facts
}
