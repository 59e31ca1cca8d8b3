//! System extensions and kernel extensions.

use std::path::Path;

use super::bundle;
use crate::collect::log::Log;
use crate::collect::plist::{self, Dictionary};
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Enabled, ExtensionPart, Fact, SystemExtension};
use crate::inventory::{ReasonCode, Source};

/// Where macOS keeps account of its system extensions, also of those that wait to be removed.
const DATABASE: &str = "/Library/SystemExtensions/db.plist";
/// The most extensions; a Mac has a handful.
const MOST: usize = 1_000;

pub(super) fn of_system(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::SystemExtensions);
    let mut facts: Vec<Fact> = Vec::new();
    let path = Path::new(DATABASE);
    if let Some(database) = plist::read(&mut log, path) {
        if database.get("extensions").is_none_or(|extensions| extensions.as_array().is_none()) {
            log.trouble(ReasonCode::UnsupportedFormat, path);
        }
        for extension in plist::inners(&database, "extensions") {
            if facts.len() >= MOST {
                log.trouble(ReasonCode::TooMany, path);
                break;
            }
            match read(extension) {
                Some(extension) => facts.push(extension.into()),
                None => log.trouble(ReasonCode::Malformed, path),
            }
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
}

/// One entry of the account; nothing if it does not say which extension it is.
fn read(entry: &Dictionary) -> Option<SystemExtension> {
    let state = plist::text(entry, "state").unwrap_or_default();
    let version = plist::inner(entry, "bundleVersion");
    let container = plist::inner(entry, "container").and_then(|container| plist::text(container, "bundlePath"));
    let mut parts: Vec<_> = plist::texts(entry, "categories").iter().filter_map(|category| part(category)).collect();
    parts.sort_unstable();
    parts.dedup();
    Some(SystemExtension {
        bundle_id: plist::text(entry, "identifier")?,
        team_id: plist::text(entry, "teamID"),
        version: version.and_then(|version| plist::text(version, "CFBundleShortVersionString").or_else(|| plist::text(version, "CFBundleVersion"))),
        parts,
        application: container.or_else(|| plist::text(entry, "originPath").and_then(|path| application_above(&path).map(str::to_owned))),
        enabled: enabled(&state),
        state,
        place: path_text(Path::new(DATABASE)),
    })
}

/// What an extension takes part in, by the category that it names.
fn part(category: &str) -> Option<ExtensionPart> {
    match category.strip_prefix("com.apple.system_extension.")? {
        "endpoint_security" => Some(ExtensionPart::EndpointSecurity),
        "network_extension" => Some(ExtensionPart::Network),
        "driver_extension" => Some(ExtensionPart::Driver),
        _ => None,
    }
}

/// Whether a state is one in which the extension works.
fn enabled(state: &str) -> Enabled {
    let has = |words: &[&str]| words.iter().any(|word| state.contains(word));
    if state == "activated_enabled" {
        Enabled::Yes
    } else if state.contains("still_running") {
        Enabled::Unknown
    } else if has(&["terminated", "uninstall", "disabled", "waiting_for_user"]) {
        Enabled::No
    } else {
        Enabled::Unknown
    }
}

/// The application that a path leads into.
fn application_above(path: &str) -> Option<&str> {
    path.find(".app/").map(|at| &path[..at + ".app".len()])
}

/// Kernel extensions that are not a part of macOS: where they are put, and where macOS copies those that the worker allowed.
pub(super) fn of_kernel(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::KernelExtensions);
    let mut facts: Vec<Fact> = Vec::new();
    for folder in ["/Library/Extensions", "/Library/StagedExtensions/Library/Extensions"].map(Path::new) {
        for path in bundle::in_folder(&mut log, folder, "kext") {
            if facts.len() >= MOST {
                log.trouble(ReasonCode::TooMany, folder);
                break;
            }
            facts.extend(bundle::read(&mut log, &path).map(Fact::from));
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    const FILTER: &str = r#"{"identifier": "com.acme.filter", "teamID": "ACME123456", "state": "activated_enabled",
        "categories": ["com.apple.system_extension.network_extension", "com.apple.system_extension.endpoint_security", "com.apple.system_extension.later"],
        "bundleVersion": {"CFBundleShortVersionString": "7.1", "CFBundleVersion": "71"},
        "originPath": "/Applications/Acme.app/Contents/Library/SystemExtensions/com.acme.filter.systemextension"}"#;

    fn database(extensions: &str) -> Fixture {
        Fixture::new().file(DATABASE, format!(r#"{{"version": 1, "extensions": [{extensions}]}}"#))
    }

    #[test]
    fn system_extensions() {
        let collected = database(FILTER).collect_macos(of_system);
        let expect = SystemExtension {
            bundle_id: "com.acme.filter".into(),
            team_id: Some("ACME123456".into()),
            version: Some("7.1".into()),
            parts: vec![ExtensionPart::EndpointSecurity, ExtensionPart::Network],
            application: Some("/Applications/Acme.app".into()),
            enabled: Enabled::Yes,
            state: "activated_enabled".into(),
            place: DATABASE.into(),
        };
        assert_eq!(collected.facts, [Fact::from(expect)]);
        assert_eq!(collected.of(Source::SystemExtensions), (Status::Full, None));
        let container = r#"{"identifier": "a", "container": {"bundlePath": "/Applications/B.app"}, "originPath": "/x"}"#;
        let Fact::SystemExtension(told) = &database(container).collect_macos(of_system).facts[0] else { panic!() };
        assert_eq!((told.application.as_deref(), told.enabled), (Some("/Applications/B.app"), Enabled::Unknown));
    }

    #[test]
    fn states() {
        for (state, expect) in [
            ("activated_enabled", Enabled::Yes),
            ("activated_waiting_for_user", Enabled::No),
            ("activated_disabled", Enabled::No),
            ("terminated_waiting_to_uninstall_on_reboot", Enabled::No),
            ("activated_enabling", Enabled::Unknown),
            ("", Enabled::Unknown),
        ] {
            assert_eq!(enabled(state), expect, "{state}");
        }
    }

    #[test]
    fn accounts_that_cannot_be_read_are_said() {
        let of = |fixture: Fixture| fixture.collect_macos(of_system).of(Source::SystemExtensions);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(database("").deny("/Library/SystemExtensions")), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(Fixture::new().file(DATABASE, "bplist00")), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(of(Fixture::new().file(DATABASE, r#"{"later": []}"#)), (Status::Partial, Some(ReasonCode::UnsupportedFormat)));
        assert_eq!(of(database(&format!("{FILTER}, {{}}"))), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(of(database(&vec![FILTER; MOST + 1].join(", "))), (Status::Partial, Some(ReasonCode::TooMany)));
    }

    #[test]
    fn kernel_extensions() {
        let fixture = || {
            Fixture::new()
                .file("/Library/Extensions/Acme.kext/Contents/Info.plist", r#"{"CFBundleIdentifier": "com.acme.kext", "CFBundleExecutable": "Acme"}"#)
                .file("/Library/StagedExtensions/Library/Extensions/B.kext/Contents/Info.plist", r#"{"CFBundleIdentifier": "com.b.kext"}"#)
        };
        let collected = fixture().collect_macos(of_kernel);
        let ids: Vec<_> = collected.facts.iter().map(|fact| if let Fact::Application(one) = fact { one.bundle_id.as_deref() } else { None }).collect();
        assert_eq!(ids, [Some("com.acme.kext"), Some("com.b.kext")]);
        let of = |fixture: Fixture| fixture.collect_macos(of_kernel).of(Source::KernelExtensions);
        assert_eq!(of(fixture()), (Status::Full, None));
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(fixture().deny("/Library/Extensions")), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(fixture().file("/Library/Extensions/C.kext/Contents/Info.plist", "x")), (Status::Partial, Some(ReasonCode::Malformed)));
    }
}
