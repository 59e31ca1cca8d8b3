//! Applications, the helpers and extensions in them, and what programs add to the keyboard and to the settings.

use std::path::Path;

use super::bundle::{self, Search};
use super::{places, with_home};
use crate::collect::log::Log;
use crate::collect::{Collected, Context};
use crate::facts::Fact;
use crate::inventory::{ReasonCode, Source};

/// What an application has in it: the folder, and the ending of what counts there.
const INSIDE: [(&str, &str); 7] = [
    ("Contents/Library/LoginItems", "app"),
    ("Contents/Library/SystemExtensions", "systemextension"),
    ("Contents/Helpers", "app"),
    ("Contents/Resources", "app"),
    ("Contents/MacOS", "app"),
    ("Contents/PlugIns", "appex"),
    ("Contents/XPCServices", "xpc"),
];
/// The most that is looked at in one application.
const MOST_IN_ONE: usize = 200;
/// The most bundles in all.
const MOST: usize = 5_000;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Applications);
    // What is in /System is Apple's own, and sealed.
    let mut search = Search::new();
    search.found = bundle::applications(context, &mut log);
    // Agents that nobody is meant to open lie in folders of their makers.
    for (folder, levels) in [("/Library", 1), ("/Library/Application Support", 2), ("/usr/local", 1), ("/opt", 1)] {
        search.look(&mut log, Path::new(folder), levels, is_of_macos);
    }
    for folder in places(context, &["~/Library/Input Methods"]) {
        search.look(&mut log, &folder, 0, is_of_macos);
    }
    for folder in places(context, &["~/Library/Application Support"]) {
        search.look(&mut log, &folder, 1, is_guarded_at_home);
    }
    let mut bundles = search.found;
    for folder in places(context, &["/Library/PreferencePanes", "~/Library/PreferencePanes"]) {
        bundles.extend(bundle::in_folder(&mut log, &folder, "prefPane"));
    }
    let mut facts: Vec<Fact> = Vec::new();
    for path in bundles {
        let Some(application) = bundle::read(&mut log, &path) else { continue };
        facts.push(application.into());
        inside(&mut log, &path, &mut facts);
        if facts.len() >= MOST {
            log.trouble(ReasonCode::TooMany, &path);
            break;
        }
    }
    with_home(context, log, facts)
}

/// What a bundle has in it.
fn inside(log: &mut Log, path: &Path, facts: &mut Vec<Fact>) {
    let mut left = MOST_IN_ONE.min(MOST.saturating_sub(facts.len()));
    for (folder, ending) in INSIDE {
        for helper in bundle::in_folder(log, &path.join(folder), ending) {
            if left == 0 {
                return log.trouble(ReasonCode::TooMany, path);
            }
            left -= 1;
            facts.extend(bundle::read(log, &helper).map(Fact::from));
        }
    }
}

/// Folders in the worker's Application Support that are open to nobody but macOS itself and programs with full disk access.
fn is_guarded_at_home(name: &str) -> bool {
    const NAMES: [&str; 8] =
        ["AddressBook", "CallHistoryDB", "CallHistoryTransactions", "CloudDocs", "FileProvider", "Knowledge", "MobileSync", "SyncServices"];
    name.starts_with("com.apple.") || NAMES.contains(&name)
}

/// Folders of macOS itself in /Library and its Application Support: no maker puts programs there, and some are closed to everybody, so that
/// to look would only be noted. Application Support is looked into for itself.
fn is_of_macos(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "Apple",
        "Application Support",
        "Caches",
        "Catacomb",
        "CoreAnalytics",
        "InstallerSandboxes",
        "KernelCollections",
        "Keychains",
        "Logs",
        "OSAnalytics",
        "SystemMigration",
        "Trial",
        "Updates",
        "User Template",
    ];
    name.starts_with("com.apple.") || NAMES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    fn info(id: &str, more: &str) -> String {
        format!(r#"{{"CFBundleIdentifier": "{id}", "CFBundleExecutable": "run" {more}}}"#)
    }

    fn fixture() -> Fixture {
        Fixture::new()
            .file(
                "/Applications/Acme Watch.app/Contents/Info.plist",
                info("com.acme.watch", r#", "CFBundleName": "Acme", "CFBundleShortVersionString": "7.1""#),
            )
            .file("/Applications/Acme Watch.app/Contents/PlugIns/Filter.appex/Contents/Info.plist", info("com.acme.watch.filter", ""))
            .file("/Applications/Utilities/Deep.app/Contents/Info.plist", info("com.acme.deep", ""))
            .file("/Applications/Phone.app/WrappedBundle/Info.plist", info("com.acme.phone", ""))
            .file("/Applications/Empty.app/Contents/PkgInfo", "APPL")
            .file("/Users/anna/Applications/Own.app/Info.plist", info("com.acme.own", ""))
            .file("/Library/Acme/Agent.app/Contents/Info.plist", info("com.acme.agent", ""))
            .file("/Library/Application Support/Acme/v2/Helper.app/Contents/Info.plist", info("com.acme.helper", ""))
            .file("/Library/Application Support/com.apple.x/No.app/Contents/Info.plist", info("com.apple.no", ""))
            .file("/Users/anna/Library/Input Methods/Keys.app/Contents/Info.plist", info("com.acme.keys", ""))
            .file("/Library/PreferencePanes/Acme.prefPane/Contents/Info.plist", info("com.acme.pane", ""))
            .file("/opt/acme/Tray.app/Contents/Info.plist", info("com.acme.tray", ""))
    }

    fn found(collected: &Collected) -> Vec<(&str, &str)> {
        collected
            .facts
            .iter()
            .map(|fact| match fact {
                Fact::Application(application) => (application.bundle_id.as_deref().unwrap(), application.executable.as_deref().unwrap_or_default()),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn wherever_they_lie_and_what_is_in_them() {
        let collected = fixture().collect_macos(collect);
        assert_eq!(
            found(&collected),
            [
                ("com.acme.watch", "/Applications/Acme Watch.app/Contents/MacOS/run"),
                ("com.acme.watch.filter", "/Applications/Acme Watch.app/Contents/PlugIns/Filter.appex/Contents/MacOS/run"),
                ("com.acme.phone", "/Applications/Phone.app/WrappedBundle/run"),
                ("com.acme.deep", "/Applications/Utilities/Deep.app/Contents/MacOS/run"),
                ("com.acme.own", "/Users/anna/Applications/Own.app/run"),
                ("com.acme.agent", "/Library/Acme/Agent.app/Contents/MacOS/run"),
                ("com.acme.helper", "/Library/Application Support/Acme/v2/Helper.app/Contents/MacOS/run"),
                ("com.acme.tray", "/opt/acme/Tray.app/Contents/MacOS/run"),
                ("com.acme.keys", "/Users/anna/Library/Input Methods/Keys.app/Contents/MacOS/run"),
                ("com.acme.pane", "/Library/PreferencePanes/Acme.prefPane/Contents/MacOS/run"),
            ]
        );
        assert_eq!(collected.of(Source::Applications), (Status::Full, None));
        let Fact::Application(watch) = &collected.facts[0] else { panic!() };
        assert_eq!((watch.name.as_str(), watch.version.as_deref()), ("Acme", Some("7.1")));
        assert_eq!((watch.path.as_str(), watch.place.as_str()), ("/Applications/Acme Watch.app", "/Applications/Acme Watch.app/Contents/Info.plist"));
        assert!(watch.since.is_some());
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let of = |fixture: Fixture| fixture.collect_macos(collect).of(Source::Applications);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(fixture().deny("/Applications/Acme Watch.app")), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(fixture().deny("/Library")), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(fixture().file("/Applications/B.app/Contents/Info.plist", "<plist>")), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(of(fixture().homeless()), (Status::Partial, Some(ReasonCode::NoHome)));
        let hostile = Fixture::new().file("/Applications/B.app/Contents/Info.plist", r#"{"CFBundleIdentifier": "b", "CFBundleExecutable": "../../../bin/sh"}"#);
        assert_eq!(found(&hostile.collect_macos(collect)), [("b", "")]);
    }

    #[test]
    fn never_more_than_is_ever_looked_at() {
        let mut fixture = fixture();
        for number in 0..=MOST_IN_ONE {
            fixture = fixture.file(&format!("/Applications/Acme Watch.app/Contents/XPCServices/{number}.xpc/Contents/Info.plist"), info("x", ""));
        }
        let collected = fixture.collect_macos(collect);
        assert_eq!(collected.of(Source::Applications), (Status::Partial, Some(ReasonCode::TooMany)));
        assert_eq!(found(&collected).iter().filter(|(id, _)| *id == "x").count(), MOST_IN_ONE - 1);
    }
}
