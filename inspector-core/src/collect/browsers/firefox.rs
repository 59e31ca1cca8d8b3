//! Extensions in the profiles of Firefox and of browsers made from it.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::reach::Reach;
use super::{Browser, MOST, cut, data, identity, json, may_look_at, name_of, policies};
use crate::collect::log::{FILE_LIMIT, Log};
use crate::collect::tree::{Trouble, What};
use crate::collect::windows::is_on_a_drive;
use crate::collect::{Context, path_text};
use crate::facts::{Extension, Install};
use crate::inventory::ReasonCode;
use crate::kinds::Os;
use crate::text;

pub(super) fn extensions(log: &mut Log, context: &Context, browser: &Browser, policies: &policies::Of, facts: &mut Vec<Extension>) {
    for data in data(log, context, browser) {
        for folder in profiles(log, context, &data) {
            of_profile(log, browser, &folder, policies, facts);
        }
    }
}

/// The profiles below a folder: those that `profiles.ini` and `installs.ini` list, and those that only lie there.
pub(super) fn profiles(log: &mut Log, context: &Context, data: &Path) -> Vec<PathBuf> {
    let mut found: BTreeMap<String, PathBuf> = BTreeMap::new();
    for file in ["profiles.ini", "installs.ini"] {
        let path = data.join(file);
        let Some(bytes) = log.read_up_to(&path, 1 << 20) else { continue };
        for listed in listed(&text::from_bytes(&bytes)) {
            if let Some(folder) = own_folder(context, data, listed) {
                found.entry(identity(&folder)).or_insert(folder);
            } else {
                log.trouble(ReasonCode::UnsupportedFormat, &path);
            }
        }
    }
    // On Windows profiles lie one folder further down.
    let below = (context.os == Os::Windows).then(|| data.join("Profiles"));
    for parent in [data.to_path_buf()].into_iter().chain(below) {
        let entries = log.list(&parent).into_iter().filter(|entry| matches!(entry.what, What::Folder | What::Link));
        let unlisted = entries.map(|entry| parent.join(entry.name)).map(|folder| (identity(&folder), folder));
        let unlisted: Vec<_> =
            unlisted.filter(|(name, folder)| !found.contains_key(name) && log.exists(&folder.join("extensions.json")) == Some(true)).collect();
        found.extend(unlisted);
    }
    if found.len() > MOST {
        log.keep::<()>(data, Err(Trouble::TooMany));
    }
    found.into_values().take(MOST).collect()
}

/// The folder that a file in `data` names. No other worker's home is looked into.
fn own_folder(context: &Context, data: &Path, listed: &str) -> Option<PathBuf> {
    let home = context.home.as_ref()?;
    if context.os == Os::Windows {
        let folder = if is_on_a_drive(listed) { listed.replace('/', "\\") } else { format!("{}\\{listed}", path_text(data)) };
        return may_look_at(context, &folder).then(|| folder.into());
    }
    let listed = Path::new(listed);
    let folder = data.join(listed);
    let climbs = listed.components().any(|part| part == Component::ParentDir);
    (!climbs && (folder.starts_with(home) || !listed.is_absolute())).then_some(folder)
}

/// The folders that `profiles.ini` or `installs.ini` names: `Path` of a profile, `Default` of an installation.
fn listed(ini: &str) -> Vec<&str> {
    let mut section = "";
    let mut found = Vec::new();
    for line in ini.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
        } else if let Some((key, value)) = line.split_once('=') {
            // In `profiles.ini` a `Default` of 1 marks a profile; in a section of an installation it names a folder.
            let names_folder = key == "Path" || (key == "Default" && !section.starts_with("Profile"));
            found.extend((names_folder && !value.is_empty()).then_some(value));
        }
    }
    found
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Addons {
    addons: Vec<Value>,
}

fn of_profile(log: &mut Log, browser: &Browser, folder: &Path, policies: &policies::Of, facts: &mut Vec<Extension>) {
    let place = folder.join("extensions.json");
    let Some(Addons { addons }) = json::read(log, &place, FILE_LIMIT) else { return };
    let profile = name_of(folder);
    // What the worker, or a policy, allowed on top of what each needs.
    let grants: BTreeMap<String, Value> = json::read(log, &folder.join("extension-preferences.json"), FILE_LIMIT).unwrap_or_default();
    let extensions: Vec<_> = addons.iter().filter(|addon| json::text(addon, "type") == Some("extension")).collect();
    if extensions.len() > MOST {
        log.keep::<()>(&place, Err(Trouble::TooMany));
    }
    for addon in extensions.into_iter().take(MOST) {
        let Some(id) = json::text(addon, "id") else {
            log.trouble(ReasonCode::Malformed, &place);
            continue;
        };
        let forced = policies.forces(id);
        let install = if forced.is_some() { Install::Policy } else { install(addon) };
        let mut fact = Extension {
            id: cut(id),
            name: cut(addon.get("defaultLocale").and_then(|locale| json::text(locale, "name")).unwrap_or_default()),
            version: json::text(addon, "version").map(cut),
            browser: browser.name.into(),
            profile: profile.clone(),
            enabled: enabled(addon),
            policy: forced.or_else(|| policies.may_have_brought().filter(|_| install == Install::Policy)),
            install,
            place: path_text(&place),
            ..Extension::default()
        };
        let mut reach = Reach::default();
        for source in [addon.get("userPermissions"), grants.get(id)].into_iter().flatten() {
            reach.permissions(source.get("permissions"));
            reach.hosts(source.get("origins"));
        }
        reach.without("internal:").tell(log, &place, &mut fact);
        facts.push(fact);
    }
}

fn enabled(addon: &Value) -> Option<bool> {
    let is = |key| addon.get(key).and_then(Value::as_bool);
    is("active").or_else(|| match (is("userDisabled"), is("appDisabled")) {
        (None, None) => None,
        (user, app) => Some(user != Some(true) && app != Some(true)),
    })
}

/// How an add-on came there. Where it lies does not tell a policy: what Firefox noted at the installation does.
fn install(addon: &Value) -> Install {
    let source = addon.get("installTelemetryInfo").and_then(|info| json::text(info, "source")).unwrap_or_default();
    let location = json::text(addon, "location").unwrap_or_default();
    let foreign = addon.get("foreignInstall").and_then(Value::as_bool) == Some(true);
    match (source, location) {
        ("enterprise-policy", _) => Install::Policy,
        ("temporary-addon", _) | (_, "app-temporary") => Install::Unpacked,
        (_, "app-system-addons" | "app-system-defaults" | "app-system-profile") => Install::Builtin,
        (_, location) if location.starts_with("app-builtin") => Install::Builtin,
        // Folders of the system or of the user, outside the profile, that other programs put add-ons into.
        (_, "app-global" | "app-system-local" | "app-system-share" | "app-system-user") => Install::Sideload,
        (_, location) if location.starts_with("winreg-") || foreign => Install::Sideload,
        (_, "app-profile") => from_profile(source),
        _ => Install::Unknown,
    }
}

/// Add-ons of a profile came from the store, except where Firefox noted otherwise.
fn from_profile(source: &str) -> Install {
    match source {
        "sideload" | "distribution" => Install::Sideload,
        _ => Install::Store,
    }
}
