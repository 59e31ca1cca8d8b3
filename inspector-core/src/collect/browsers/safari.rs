//! Extensions of Safari: they lie in applications, and Safari keeps a list of those that are switched on, which macOS guards.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::reach::Reach;
use super::{MOST, cut, manifest};
use crate::collect::log::Log;
use crate::collect::macos::bundle;
use crate::collect::plist::{self, Dictionary};
use crate::collect::{Context, path_text};
use crate::facts::{Extension, Install};
use crate::inventory::ReasonCode;

/// What Safari calls the places that an extension can fill.
const POINTS: [&str; 3] = ["com.apple.Safari.web-extension", "com.apple.Safari.extension", "com.apple.Safari.content-blocker"];
/// Safari's own lists, in its home.
const LISTS: [&str; 2] = [
    "Library/Containers/com.apple.Safari/Data/Library/Safari/WebExtensions/Extensions.plist",
    "Library/Containers/com.apple.Safari/Data/Library/Safari/AppExtensions/Extensions.plist",
];

/// Adds the extensions of Safari to the facts.
pub(super) fn extensions(log: &mut Log, context: &Context, facts: &mut Vec<Extension>) {
    let mut found = Vec::new();
    'all: for application in bundle::applications(context, log) {
        for extension in bundle::in_folder(log, &application.join("Contents/PlugIns"), "appex") {
            if found.len() >= MOST {
                log.trouble(ReasonCode::TooMany, &extension);
                break 'all;
            }
            found.extend(extension_in(log, &extension));
        }
    }
    if found.is_empty() {
        return;
    }
    let on = switched_on(log, context);
    for extension in &mut found {
        extension.enabled = on.get(&extension.id.to_lowercase()).copied();
    }
    facts.append(&mut found);
}

/// The extension in a bundle; nothing if it is one of another program.
fn extension_in(log: &mut Log, bundle: &Path) -> Option<Extension> {
    let place = bundle.join("Contents/Info.plist");
    let info = plist::read(log, &place)?;
    let extension = plist::inner(&info, "NSExtension")?;
    let point = plist::text(extension, "NSExtensionPointIdentifier")?;
    if !POINTS.contains(&point.as_str()) {
        return None;
    }
    let mut fact = Extension {
        id: plist::text(&info, "CFBundleIdentifier")?,
        name: plist::text(&info, "CFBundleDisplayName").or_else(|| plist::text(&info, "CFBundleName")).unwrap_or_default(),
        version: plist::text(&info, "CFBundleShortVersionString"),
        browser: "Safari".into(),
        // It came with an application, and Safari asks before it switches one on.
        install: Install::Sideload,
        place: path_text(&place),
        ..Extension::default()
    };
    let resources = bundle.join("Contents/Resources");
    let manifest = if point == POINTS[0] { manifest::read(log, &resources) } else { None };
    let reach = manifest.as_ref().map_or_else(|| of_access(extension), manifest::asks);
    if let Some(manifest) = &manifest
        && fact.name.is_empty()
    {
        fact.name = manifest::name(log, manifest, Some(&resources));
    }
    reach.tell(log, &place, &mut fact);
    fact.name = cut(&fact.name);
    Some(fact)
}

/// Which pages an extension of the older kind may read.
fn of_access(extension: &Dictionary) -> Reach {
    let mut reach = Reach::default();
    let Some(access) = plist::inner(extension, "SFSafariWebsiteAccess") else { return reach };
    let hosts: Vec<Value> = if plist::text(access, "Level").as_deref() == Some("All") {
        vec!["<all_urls>".into()]
    } else {
        plist::texts(access, "Allowed Domains").into_iter().map(|domain| format!("*://{domain}/*").into()).collect()
    };
    reach.hosts(Some(&hosts.into()));
    reach
}

/// Which extensions Safari's own lists say are switched on, by their ids in lower case. On a running Mac nobody may read them unasked.
fn switched_on(log: &mut Log, context: &Context) -> BTreeMap<String, bool> {
    let mut on = BTreeMap::new();
    for list in LISTS.iter().filter_map(|list| context.at_home(list)) {
        for (name, value) in plist::read(log, &list).unwrap_or_default() {
            // `identifier (TEAM)`.
            let id = name.split(" (").next().unwrap_or_default().to_lowercase();
            if let Some(enabled) = value.as_dictionary().and_then(|values| plist::yes(values, "Enabled")) {
                on.insert(id, enabled);
            }
        }
    }
    on
}

#[cfg(test)]
mod tests {
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::{ReasonCode, Source, Status};

    const BUNDLE: &str = "/Applications/Acme.app/Contents/PlugIns/Watch.appex/Contents";
    const INFO: &str = r#"{"CFBundleIdentifier": "com.acme.Watch", "CFBundleDisplayName": "Acme Watch", "NSExtension": {"NSExtensionPointIdentifier": "com.apple.Safari.web-extension"}}"#;
    const MANIFEST: &str = r#"{"name": "x", "permissions": ["tabs"], "host_permissions": ["*://*/*"]}"#;

    fn fixture() -> Fixture {
        Fixture::new().file(&format!("{BUNDLE}/Info.plist"), INFO).file(&format!("{BUNDLE}/Resources/manifest.json"), MANIFEST)
    }

    #[test]
    fn extensions_lie_in_applications() {
        let other = r#"{"CFBundleIdentifier": "com.acme.Share", "NSExtension": {"NSExtensionPointIdentifier": "com.apple.share-services"}}"#;
        let list = r#"{"com.acme.Watch (ABCDE12345)": {"Enabled": true}, "com.other": 7}"#;
        let collected = fixture()
            .file("/Applications/Acme.app/Contents/PlugIns/Share.appex/Contents/Info.plist", other)
            .file("/Users/anna/Library/Containers/com.apple.Safari/Data/Library/Safari/WebExtensions/Extensions.plist", list)
            .collect_macos(super::super::extensions);
        let [Fact::Extension(one)] = &collected.facts[..] else { panic!("{:?}", collected.facts) };
        assert_eq!((&*one.id, &*one.name, &*one.browser, one.enabled, one.all_sites), ("com.acme.Watch", "Acme Watch", "Safari", Some(true), true));
        assert_eq!(collected.of(Source::BrowserExtensions), (Status::Full, None));
    }

    #[test]
    fn the_older_kind() {
        for (access, every, hosts) in [(r#"{"Level": "All"}"#, true, 1), (r#"{"Level": "Some", "Allowed Domains": ["*.acme.example", "x"]}"#, false, 2)] {
            let info = format!(
                r#"{{"CFBundleIdentifier": "com.acme.Old", "NSExtension": {{"NSExtensionPointIdentifier": "com.apple.Safari.extension", "SFSafariWebsiteAccess": {access}}}}}"#
            );
            let collected = Fixture::new().file(&format!("{BUNDLE}/Info.plist"), info).collect_macos(super::super::extensions);
            let [Fact::Extension(one)] = &collected.facts[..] else { panic!("{:?}", collected.facts) };
            assert_eq!((one.all_sites, one.hosts.len(), one.enabled), (every, hosts, None));
        }
    }

    #[test]
    fn denied_and_malformed() {
        let of = |fixture: Fixture| fixture.collect_macos(super::super::extensions).of(Source::BrowserExtensions).1;
        assert_eq!(of(fixture().deny("/Applications")), Some(ReasonCode::PermissionDenied));
        assert_eq!(of(fixture().deny("/Users/anna/Library/Containers")), Some(ReasonCode::PermissionDenied));
        assert_eq!(of(Fixture::new().file(&format!("{BUNDLE}/Info.plist"), "<plist>")), Some(ReasonCode::Malformed));
    }
}
