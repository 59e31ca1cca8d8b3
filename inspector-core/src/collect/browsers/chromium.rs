//! Extensions in the profiles of browsers made from Chromium.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::reach::Reach;
use super::{Browser, MOST, cut, data, identity, is_one_name, json, manifest, may_look_at, name_of, places, policies};
use crate::collect::log::{FILE_LIMIT, Log};
use crate::collect::tree::{Trouble, What};
use crate::collect::{Context, path_text};
use crate::facts::{Extension, Install};
use crate::inventory::ReasonCode;
use crate::kinds::Os;

/// Where the settings of extensions are: mostly in the first on Windows and macOS, mostly in the second on Linux.
const FILES: [&str; 2] = ["Secure Preferences", "Preferences"];
/// Shops of makers whose extensions are not marked as coming from the shop of Chromium.
const OTHER_STORES: [&str; 2] = ["https://edge.microsoft.com/extensionwebstorebase/", "https://extension-updates.opera.com/"];

pub(super) fn extensions(log: &mut Log, context: &Context, browser: &Browser, policies: &policies::Of, facts: &mut Vec<Extension>) {
    let bundled = places(log, context, browser.external);
    for data in data(log, context, browser) {
        for folder in profiles(log, browser, &data) {
            Profile { browser, name: name_of(&folder), folder, bundled: &bundled, policies }.collect(log, facts);
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct LocalState {
    profile: Option<ProfilesInfo>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ProfilesInfo {
    info_cache: Option<Map<String, Value>>,
}

/// The profiles below a folder: those that the browser lists, and those that only lie there.
pub(super) fn profiles(log: &mut Log, browser: &Browser, data: &Path) -> Vec<PathBuf> {
    let state: LocalState = json::read(log, &data.join("Local State"), FILE_LIMIT).unwrap_or_default();
    let listed = state.profile.and_then(|profile| profile.info_cache).unwrap_or_default();
    // The names become parts of paths.
    let os = log.context.os;
    let listed = listed.into_iter().filter(|(name, _)| is_one_name(os, name)).map(|(name, _)| data.join(name));
    let mut found: BTreeMap<String, PathBuf> = listed.map(|folder| (identity(&folder), folder)).collect();
    for entry in log.list(data) {
        let usual = entry.name.to_str().is_some_and(|name| name == "Default" || name.starts_with("Profile "));
        if usual && matches!(entry.what, What::Folder | What::Link) {
            let folder = data.join(entry.name);
            found.entry(identity(&folder)).or_insert(folder);
        }
    }
    if found.len() > MOST {
        log.keep::<()>(data, Err(Trouble::TooMany));
    }
    let itself = browser.one_profile.then(|| data.to_path_buf());
    itself.into_iter().chain(found.into_values().take(MOST)).collect()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Preferences {
    extensions: Option<Extensions>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Extensions {
    settings: Option<BTreeMap<String, Value>>,
}

struct Profile<'a> {
    browser: &'a Browser,
    folder: PathBuf,
    name: String,
    /// Where packages put extensions for this browser.
    bundled: &'a [PathBuf],
    policies: &'a policies::Of<'a>,
}

impl Profile<'_> {
    fn collect(&self, log: &mut Log, facts: &mut Vec<Extension>) {
        let mut settings: BTreeMap<String, (PathBuf, Value)> = BTreeMap::new();
        let mut unread = false;
        let os = log.context.os;
        for file in FILES {
            let path = self.folder.join(file);
            let Some(preferences) = json::read::<Preferences>(log, &path, FILE_LIMIT) else {
                unread |= log.exists(&path) != Some(false);
                continue;
            };
            for (id, value) in preferences.extensions.and_then(|extensions| extensions.settings).unwrap_or_default() {
                // Either file may hold a mere note on an extension that the other describes. On Windows the first is the one that counts.
                let is_told = settings.get(&id).is_some_and(|(_, known)| os == Os::Windows && known.get("location").is_some());
                if !settings.contains_key(&id) || (value.get("location").is_some() && !is_told) {
                    settings.insert(id, (path.clone(), value));
                }
            }
        }
        if settings.len() > MOST {
            log.keep::<()>(&self.folder, Err(Trouble::TooMany));
        }
        for (id, (place, setting)) in settings.iter().take(MOST) {
            facts.extend(self.extension(log, id, place, setting));
        }
        if unread {
            self.on_disk(log, &settings, facts);
        }
    }

    /// One extension, as its settings tell it.
    fn extension(&self, log: &mut Log, id: &str, place: &Path, setting: &Value) -> Option<Extension> {
        let location = setting.get("location");
        let path = json::text(setting, "path");
        let noted = setting.get("manifest").filter(|manifest| manifest.is_object());
        // What stays behind when an extension was removed, or was never installed, names no place.
        if (location.is_none() && path.is_none() && noted.is_none()) || setting.get("state").and_then(Value::as_u64) == Some(2) {
            return None;
        }
        let folder = path.and_then(|path| self.folder_of(log.context, path));
        let read;
        let manifest = if let Some(manifest) = noted.filter(|manifest| json::text(manifest, "name").is_some()) {
            manifest
        } else {
            if folder.is_none() && path.is_some() && log.context.os == Os::Windows {
                // It names a place that is not looked at, and nothing else tells of it.
                log.trouble(ReasonCode::UnsupportedFormat, place);
            }
            read = folder.as_deref().and_then(|folder| manifest::read(log, folder));
            read.as_ref().or(noted).unwrap_or(&Value::Null)
        };
        if manifest.get("theme").is_some() {
            return None;
        }
        let policy = self.policies.forces(id);
        let mut fact = Extension {
            id: cut(id),
            name: manifest::name(log, manifest, folder.as_deref()),
            version: json::text(manifest, "version").map(cut),
            browser: self.browser.name.into(),
            profile: self.name.clone(),
            enabled: enabled(setting),
            install: if policy.is_some() { Install::Policy } else { self.install(setting, manifest, folder.as_deref()) },
            policy,
            place: path_text(place),
            ..Extension::default()
        };
        reach(setting).unwrap_or_else(|| manifest::asks(manifest)).tell(log, place, &mut fact);
        Some(fact)
    }

    /// The folder of an extension: a place of its own, or below this profile.
    fn folder_of(&self, context: &Context, path: &str) -> Option<PathBuf> {
        if context.os == Os::Windows {
            let is_inside = path.split(['\\', '/']).all(|part| is_one_name(Os::Windows, part));
            return if is_inside { Some(self.folder.join("Extensions").join(path)) } else { may_look_at(context, path).then(|| path.into()) };
        }
        let path = Path::new(path);
        let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
        if path.is_absolute() { Some(path.to_path_buf()) } else { inside.then(|| self.folder.join("Extensions").join(path)) }
    }

    /// How an extension came there. The numbers are those of Chromium's `ManifestLocation`.
    fn install(&self, setting: &Value, manifest: &Value, folder: Option<&Path>) -> Install {
        let is = |key| setting.get(key).and_then(Value::as_bool) == Some(true);
        let from_other_store = || json::text(manifest, "update_url").is_some_and(|url| OTHER_STORES.iter().any(|store| url.starts_with(store)));
        match setting.get("location").and_then(Value::as_u64) {
            Some(7 | 9) => Install::Policy,
            Some(5 | 10) => Install::Builtin,
            Some(1..=3 | 6) if is("was_installed_by_default") => Install::Builtin,
            Some(1) if is("from_webstore") || from_other_store() => Install::Store,
            Some(1..=3 | 6) => Install::Sideload,
            // Debian's Chromium loads what packages put into one folder as a developer's extension would be.
            Some(4 | 8) if folder.is_some_and(|folder| self.bundled.iter().any(|bundled| folder.starts_with(bundled))) => Install::Sideload,
            Some(4 | 8) => Install::Unpacked,
            _ => Install::Unknown,
        }
    }

    /// The extensions that lie in the profile, for settings that could not be read: better seen without them than not at all.
    fn on_disk(&self, log: &mut Log, settings: &BTreeMap<String, (PathBuf, Value)>, facts: &mut Vec<Extension>) {
        let extensions = self.folder.join("Extensions");
        for entry in log.list(&extensions).into_iter().take(MOST) {
            let folder = extensions.join(&entry.name);
            let id = path_text(Path::new(&entry.name));
            // "Temp" is where the browser unpacks.
            if entry.what != What::Folder || id == "Temp" || settings.contains_key(&id) {
                continue;
            }
            let Some(version) = log.list(&folder).into_iter().rfind(|entry| entry.what == What::Folder) else { continue };
            let folder = folder.join(version.name);
            let Some(manifest) = manifest::read(log, &folder).filter(|manifest| manifest.get("theme").is_none()) else { continue };
            let policy = self.policies.forces(&id);
            let place = folder.join("manifest.json");
            let mut fact = Extension {
                id: cut(&id),
                name: manifest::name(log, &manifest, Some(&folder)),
                version: json::text(&manifest, "version").map(cut),
                browser: self.browser.name.into(),
                profile: self.name.clone(),
                install: if policy.is_some() { Install::Policy } else { Install::Unknown },
                policy,
                place: path_text(&place),
                ..Extension::default()
            };
            manifest::asks(&manifest).tell(log, &place, &mut fact);
            facts.push(fact);
        }
    }
}

/// Whether an extension is switched on. Versions of 2025 and later write reasons against it as a list, older ones as a number, and still
/// older ones (and some other makers) a state.
fn enabled(setting: &Value) -> Option<bool> {
    let free = match setting.get("disable_reasons") {
        None | Some(Value::Null) => true,
        Some(Value::Array(reasons)) => reasons.is_empty(),
        Some(Value::Number(reasons)) => reasons.as_f64() == Some(0.0),
        Some(_) => return None,
    };
    Some(free && setting.get("state").and_then(Value::as_u64) != Some(0))
}

/// What an extension may do now. Nothing when the browser noted nothing; its manifest then tells.
fn reach(setting: &Value) -> Option<Reach> {
    let of = |key: &str| setting.get(key).filter(|value| value.is_object());
    let granted = of("active_permissions").or_else(|| of("granted_permissions"))?;
    // When the worker holds sites back, "active" is what the extension wishes for, and only these are granted.
    let held_back = setting.get("withholding_permissions").and_then(Value::as_bool) == Some(true);
    let sites = if held_back { of("runtime_granted_permissions") } else { Some(granted) };
    let mut reach = Reach::default();
    reach.permissions(granted.get("api"));
    for key in ["explicit_host", "scriptable_host"] {
        reach.hosts(sites.and_then(|sites| sites.get(key)));
    }
    Some(reach)
}
