//! Extensions that another program or a package announces to Chromium: a file in a folder that the browser reads at every start.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::policies::in_folder;
use super::{Asked, Browser, Engine, MOST, cut, data, json, places};
use crate::collect::Context;
use crate::collect::log::Log;
use crate::facts::Install;

/// The most that is read of one such file.
const LIMIT: u64 = 2 << 20;

pub(super) fn asked(log: &mut Log, context: &Context, browsers: &'static [Browser]) -> Vec<Asked> {
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
