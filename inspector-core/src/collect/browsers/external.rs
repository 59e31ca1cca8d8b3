//! Extensions that another program or a package announces: a file in a folder that Chromium reads at every start, or, on Windows, a key or
//! value of the registry.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::policies::in_folder;
use super::{Asked, Browser, Engine, MOST, cut, data, json, may_look_at, places};
use crate::collect::Context;
use crate::collect::log::Log;
use crate::collect::registry::Data;
use crate::collect::tree::Trouble;
use crate::facts::Install;
use crate::inventory::ReasonCode;
use crate::kinds::Os;

/// The most that is read of one such file.
const LIMIT: u64 = 2 << 20;

pub(super) fn asked(log: &mut Log, context: &Context, browsers: &'static [Browser]) -> Vec<Asked> {
    if context.os == Os::Windows {
        return in_registry(log, context, browsers);
    }
    let mut found: Vec<Asked> = Vec::new();
    let mut looked_at: BTreeSet<PathBuf> = BTreeSet::new();
    for browser in browsers.iter().filter(|browser| browser.engine == Engine::Chromium) {
        let mut folders = places(log, context, browser.external);
        folders.extend(data(log, context, browser).into_iter().map(|data| data.join("External Extensions")));
        for folder in folders {
            if !looked_at.insert(folder.clone()) {
                found.iter_mut().filter(|asked| asked.place.parent() == Some(&folder)).for_each(|asked| asked.browsers.push(browser.name));
                continue;
            }
            for path in in_folder(log, &folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "json")) {
                for id in ids(log, &path) {
                    found.push(Asked { browsers: vec![browser.name], id, place: path.clone(), install: Install::Sideload });
                }
            }
        }
    }
    found
}

/// The extensions that a file announces: itself by its name, or all those it lists.
fn ids(log: &mut Log, path: &Path) -> Vec<String> {
    let Some(values) = json::read::<Map<String, Value>>(log, path, LIMIT) else { return Vec::new() };
    let installs = |value: &Map<String, Value>| value.contains_key("external_update_url") || value.contains_key("external_crx");
    match path.file_stem().and_then(|stem| stem.to_str()) {
        Some("external_extensions") => values.iter().filter(|(_, value)| value.as_object().is_some_and(installs)).take(MOST).map(|(id, _)| cut(id)).collect(),
        Some(id) if installs(&values) => vec![cut(id)],
        _ => Vec::new(),
    }
}

fn in_registry(log: &mut Log, context: &Context, browsers: &'static [Browser]) -> Vec<Asked> {
    // Chromium reads the machine's keys as a 32-bit program would. On a Windows of 32 bits those have no name of their own. Too many keys are
    // there as well.
    let is_64_bit = !matches!(context.registry.keys("HKLM\\SOFTWARE\\WOW6432Node", 1), Err(Trouble::Absent));
    let of_32_bit = if is_64_bit { "HKLM\\SOFTWARE\\WOW6432Node" } else { "HKLM\\SOFTWARE" };
    let mut found = Vec::new();
    let mut looked_at = BTreeSet::new();
    for browser in browsers {
        for key in browser.external_keys.iter().filter(|key| looked_at.insert(**key)) {
            let readers: Vec<_> = browsers.iter().filter(|reader| reader.external_keys.contains(key)).map(|reader| reader.name).collect();
            let views: &[&str] = match browser.engine {
                Engine::Chromium => &[of_32_bit, "HKCU\\SOFTWARE"],
                // There are Firefoxes of both kinds.
                Engine::Firefox => &["HKLM\\SOFTWARE", "HKLM\\SOFTWARE\\WOW6432Node", "HKCU\\SOFTWARE"],
            };
            for key in views.iter().map(|view| format!("{view}\\{key}")) {
                let ids = if browser.engine == Engine::Chromium { by_key(log, context, &key) } else { by_value(log, context, &key) };
                if ids.len() > MOST {
                    log.keep::<()>(Path::new(&key), Err(Trouble::TooMany));
                }
                let asked = ids.into_iter().take(MOST).map(|(id, name)| Asked {
                    browsers: readers.clone(),
                    id: cut(&id),
                    place: format!("{key}\\{name}").into(),
                    install: Install::Sideload,
                });
                found.extend(asked);
            }
        }
    }
    found
}

/// Chromium: a key for each extension, called by its id, with the address that it is fetched from or the path of its file. Gives the ids
/// and the names of the keys.
fn by_key(log: &mut Log, context: &Context, key: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for name in log.keys(key) {
        let id = name.to_ascii_lowercase();
        if id.len() != 32 || !id.bytes().all(|byte| matches!(byte, b'a'..=b'p')) {
            continue;
        }
        let Some(values) = log.values(&format!("{key}\\{name}")) else { continue };
        let has_address = values.text(log, "update_url").is_some();
        let file = values.text(log, "path").filter(|_| !has_address && values.get("version").is_some());
        if has_address || file.is_some_and(|path| may_be_there(log, context, path)) {
            found.push((id, name));
        }
    }
    found
}

/// Firefox: a value for each extension, called by its id, with the path of its file.
fn by_value(log: &mut Log, context: &Context, key: &str) -> Vec<(String, String)> {
    let Some(values) = log.values(key) else { return Vec::new() };
    let mut found = Vec::new();
    for (id, data) in values.iter().filter(|(id, _)| !id.is_empty()) {
        match data {
            Data::Text(path) if may_be_there(log, context, path) => found.push((id.to_owned(), id.to_owned())),
            Data::Text(_) => {}
            _ => log.trouble(ReasonCode::Malformed, Path::new(&format!("{key}\\{id}"))),
        }
    }
    found
}

/// Whether a browser may find the file of an extension. An announcement without one announces nothing.
fn may_be_there(log: &Log, context: &Context, path: &str) -> bool {
    let path = context.places.absolute(path);
    !may_look_at(context, &path) || log.exists(Path::new(&path)) != Some(false)
}
