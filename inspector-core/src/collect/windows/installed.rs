//! The list of installed programs, packages of Windows Installer, and programs from the Store.

use std::collections::{HashMap, HashSet};

use super::{day, finish, is_on_disk};
use crate::collect::log::Log;
use crate::collect::registry::Values;
use crate::collect::{Collected, Context};
use crate::facts::{InstalledProgram, Package};
use crate::inventory::Source;

/// The list, for programs of 64 bits, of 32 bits, and of this user.
const UNINSTALL: [&str; 4] = [
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall",
    "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall",
    "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall",
    "HKCU\\Software\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall",
];
/// What Windows Installer itself knows: for the computer, and of this user.
const INSTALLER: [&str; 2] = ["HKLM\\SOFTWARE\\Classes\\Installer", "HKCU\\Software\\Microsoft\\Installer"];
/// Programs from the Store: of this user, and those that every user gets.
const STORE: [&str; 2] = [
    "HKCU\\Software\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\Repository\\Packages",
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Appx\\AppxAllUserStore\\Applications",
];

pub(super) fn programs(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::InstalledPrograms);
    let upgrade_codes = upgrade_codes(&mut log);
    let mut facts: Vec<InstalledProgram> = Vec::new();
    for list in UNINSTALL {
        for name in log.keys(list) {
            let key = format!("{list}\\{name}");
            let Some(values) = log.values(&key) else { continue };
            let upgrade_code = upgrade_codes.get(&name.to_ascii_uppercase()).cloned();
            facts.push(program(&mut log, name, key, &values, upgrade_code));
        }
    }
    // A package can be kept out of the list; the installer still knows it.
    let mut listed: HashSet<String> = facts.iter().map(|fact| fact.key.to_ascii_uppercase()).collect();
    for list in INSTALLER {
        for packed in log.keys(&format!("{list}\\Products")) {
            let Some(code) = unpacked(&packed) else { continue };
            if !listed.insert(code.clone()) {
                continue;
            }
            let key = format!("{list}\\Products\\{packed}");
            let Some(values) = log.values(&key) else { continue };
            let name = values.text(&mut log, "ProductName").map(str::to_owned);
            facts.push(InstalledProgram { upgrade_code: upgrade_codes.get(&code).cloned(), key: code, name, place: key, ..InstalledProgram::default() });
        }
    }
    finish(context, log, facts.into_iter().map(Into::into).collect())
}

fn program(log: &mut Log, key: String, place: String, values: &Values, upgrade_code: Option<String>) -> InstalledProgram {
    let mut text = |name: &str| values.text(log, name).map(str::to_owned);
    let (name, publisher, version) = (text("DisplayName"), text("Publisher"), text("DisplayVersion"));
    let location = text("InstallLocation").or_else(|| text("Inno Setup: App Path"));
    let since = text("InstallDate").and_then(|date| day(&date));
    let location = location.map(|location| log.context.absolute(location.trim_matches('"'))).filter(|location| location.len() > 3);
    let location_exists = location.as_deref().and_then(|location| is_on_disk(log, location));
    InstalledProgram { key, name, publisher, version, upgrade_code, location, location_exists, since, place }
}

/// The upgrade code of each package by its product code, both with braces.
fn upgrade_codes(log: &mut Log) -> HashMap<String, String> {
    let mut codes = HashMap::new();
    for list in INSTALLER {
        let list = format!("{list}\\UpgradeCodes");
        for packed in log.keys(&list) {
            let Some(upgrade) = unpacked(&packed) else { continue };
            let Some(values) = log.values(&format!("{list}\\{packed}")) else { continue };
            codes.extend(values.iter().filter_map(|(product, _)| Some((unpacked(product)?, upgrade.clone()))));
        }
    }
    codes
}

/// The identifier that Windows Installer wrote without signs and with its groups reversed: by 8, 4 and 4 letters, then in pairs.
fn unpacked(packed: &str) -> Option<String> {
    if packed.len() != 32 || !packed.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let reversed = |from: usize, to: usize| packed[from..to].chars().rev().collect::<String>();
    let pairs: String = (16..32).step_by(2).map(|at| reversed(at, at + 2)).collect();
    let whole = format!("{{{}-{}-{}-{}-{}}}", reversed(0, 8), reversed(8, 12), reversed(12, 16), &pairs[..4], &pairs[4..]);
    Some(whole.to_ascii_uppercase())
}

pub(super) fn store(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::StorePackages);
    let mut facts: Vec<Package> = Vec::new();
    let mut seen = HashSet::new();
    for list in STORE {
        for full_name in log.keys(list) {
            // Name_Version_Architecture_Resource_Publisher; what has a resource in it is only a part of a program.
            let parts: Vec<_> = full_name.split('_').collect();
            let [name, version, _, resource, _] = parts[..] else { continue };
            if !resource.is_empty() && resource != "~" {
                continue;
            }
            let id = format!("msix:{name}");
            if seen.insert(id.clone()) {
                facts.push(Package { id, version: Some(version.into()), place: format!("{list}\\{full_name}"), ..Package::default() });
            }
        }
    }
    finish(context, log, facts.into_iter().map(Into::into).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::registry::Data;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::{ReasonCode, Status};

    fn found(collected: &Collected) -> Vec<&InstalledProgram> {
        collected.facts.iter().map(|fact| if let Fact::InstalledProgram(program) = fact { program } else { panic!("{fact:?}") }).collect()
    }

    #[test]
    fn the_list_and_what_is_kept_out_of_it() {
        const CODE: &str = "{1234ABCD-5678-9ABC-DEF0-112233445566}";
        const PACKED: &str = "DCBA43218765CBA9ED0F112233445566";
        assert_eq!(unpacked(PACKED).as_deref(), Some(CODE));
        let listed = format!("{}\\{CODE}", UNINSTALL[1]);
        let own = format!("{}\\Acme Timer", UNINSTALL[2]);
        let installer = INSTALLER[0];
        let collected = Fixture::new()
            .text(&listed, "DisplayName", "Acme Watch")
            .text(&listed, "Publisher", "Acme B.V.")
            .text(&listed, "InstallDate", "20260314")
            .text(&listed, "InstallLocation", "\"%ProgramFiles%\\Acme Watch\\\"")
            .folder("C:\\Program Files\\Acme Watch")
            .text(&own, "DisplayName", "Acme Timer 3.1")
            .text(&own, "InstallLocation", "C:\\gone")
            .text(&own, "InstallDate", "14-3-2026")
            .text(&format!("{installer}\\UpgradeCodes\\{}", "0".repeat(32)), PACKED, "")
            .text(&format!("{installer}\\Products\\{PACKED}"), "ProductName", "Acme Watch")
            .text(&format!("{installer}\\Products\\{}", "F".repeat(32)), "ProductName", "Hidden")
            .text(&format!("{installer}\\Products\\none"), "ProductName", "Not a code")
            .collect_windows(programs);
        let each: Vec<_> = found(&collected)
            .into_iter()
            .map(|p| (&*p.key, p.name.as_deref(), p.location.as_deref().zip(p.location_exists), p.upgrade_code.as_deref(), p.since))
            .collect();
        let zeros = "{00000000-0000-0000-0000-000000000000}";
        let last = "{FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF}";
        let expected = [
            (CODE, Some("Acme Watch"), Some(("C:\\Program Files\\Acme Watch\\", true)), Some(zeros), Some(1_773_446_400)),
            ("Acme Timer", Some("Acme Timer 3.1"), Some(("C:\\gone", false)), None, None),
            (last, Some("Hidden"), None, None, None),
        ];
        assert_eq!(each, expected);
        assert_eq!(collected.of(Source::InstalledPrograms), (Status::Full, None));
    }

    #[test]
    fn absent_denied_malformed_and_without_a_home() {
        let of = |fixture: Fixture| fixture.collect_windows(programs).of(Source::InstalledPrograms);
        let key = format!("{}\\acme", UNINSTALL[0]);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(Fixture::new().key(&key).deny_key(UNINSTALL[0])), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(Fixture::new().value(&key, "DisplayName", Data::Number(7))), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(of(Fixture::new().key(&key).homeless()), (Status::Partial, Some(ReasonCode::NoHome)));
    }

    #[test]
    fn programs_from_the_store() {
        let list = STORE[0];
        let collected = Fixture::new()
            .key(&format!("{list}\\MSTeams_24033.811.2738.2546_x64__8wekyb3d8bbwe"))
            .key(&format!("{list}\\Acme.Watch_1.0.0.0_neutral_split.language-nl_abcdefghjkmnp"))
            .key(&format!("{list}\\broken"))
            .collect_windows(store);
        let [Fact::Package(package)] = &collected.facts[..] else { panic!("{:?}", collected.facts) };
        assert_eq!((&*package.id, package.version.as_deref()), ("msix:MSTeams", Some("24033.811.2738.2546")));
        let denied = Fixture::new().key(&format!("{list}\\x")).deny_key(list).collect_windows(store);
        assert_eq!(denied.of(Source::StorePackages), (Status::None, Some(ReasonCode::PermissionDenied)));
    }
}
