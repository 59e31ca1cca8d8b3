//! Policies: settings that an administrator makes for a browser.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::{Asked, Browser, Engine, MOST, account, browsers, chromium, cut, data, json, places, preferences, registry};
use crate::collect::log::{FILE_LIMIT, Log};
use crate::collect::tree::{Trouble, What};
use crate::collect::{Collected, Context, path_text};
use crate::facts::{BrowserPolicy, Install};
use crate::inventory::{ReasonCode, Source};

/// The most characters of a policy's value.
const MOST_OF_VALUE: usize = 1_000;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = account(context, Source::BrowserPolicies);
    let mut facts = Vec::new();
    for file in files(&mut log, context, browsers(context.os)) {
        let Some(browser) = file.browsers.first() else { continue };
        if file.values.len() > MOST {
            log.trouble(ReasonCode::TooMany, &file.path);
        }
        for (name, value) in file.values.iter().take(MOST) {
            let value = value.to_string().chars().take(MOST_OF_VALUE).collect();
            facts.push(BrowserPolicy { browser: (*browser).into(), name: cut(name), value, mandatory: file.mandatory, place: file.place_of(name) }.into());
        }
    }
    note_cloud(&mut log, context);
    Collected { facts, coverage: vec![log.finish()] }
}

/// Where Chromium keeps the policies that it was sent over the network, for all of a computer and for one profile. Nothing else on this
/// computer tells them, and they are kept in a form that is not read here.
const OF_CLOUD: &str = "Policy/Machine Level User Cloud Policy";
const OF_CLOUD_IN_PROFILE: &str = "Policy/User Policy";

/// Says where there are policies from the network.
fn note_cloud(log: &mut Log, context: &Context) {
    for browser in browsers(context.os).iter().filter(|browser| browser.engine == Engine::Chromium) {
        for data in data(log, context, browser) {
            let of_profiles = chromium::profiles(log, browser, &data).into_iter().map(|profile| profile.join(OF_CLOUD_IN_PROFILE));
            for path in of_profiles.chain([data.join(OF_CLOUD)]) {
                if log.meta(&path).is_some() {
                    log.trouble(ReasonCode::UnsupportedFormat, &path);
                }
            }
        }
    }
}

/// The policies that force extensions.
const FORCELIST: &str = "ExtensionInstallForcelist";
const SETTINGS: &str = "ExtensionSettings";
const EXTENSIONS: &str = "Extensions";

/// One file of policies, one key of the registry, or one list of managed preferences.
pub(super) struct File {
    pub(super) path: PathBuf,
    /// It is a key.
    pub(super) is_key: bool,
    /// The browsers that read it.
    pub(super) browsers: Vec<&'static str>,
    /// The worker cannot change what it sets.
    pub(super) mandatory: bool,
    pub(super) values: Map<String, Value>,
}

/// Every file and key of policies on this computer.
pub(super) fn files(log: &mut Log, context: &Context, browsers: &'static [Browser]) -> Vec<File> {
    let mut found: Vec<File> = Vec::new();
    let mut looked_at: BTreeSet<PathBuf> = BTreeSet::new();
    for browser in browsers {
        for place in places(log, context, browser.policies) {
            if !looked_at.insert(place.clone()) {
                // Read for another channel of the same browser.
                found.iter_mut().filter(|file| file.path.starts_with(&place)).for_each(|file| file.browsers.push(browser.name));
                continue;
            }
            match browser.engine {
                Engine::Chromium => {
                    for (folder, mandatory) in [("managed", true), ("recommended", false)] {
                        for path in in_folder(log, &place.join(folder)) {
                            let values = json::read(log, &path, FILE_LIMIT);
                            found.extend(values.map(|values| File { path, is_key: false, browsers: vec![browser.name], mandatory, values }));
                        }
                    }
                }
                Engine::Firefox => {
                    let Some(mut values) = json::read::<Map<String, Value>>(log, &place, FILE_LIMIT) else { continue };
                    match values.remove("policies") {
                        Some(Value::Object(values)) => found.push(File { path: place, is_key: false, browsers: vec![browser.name], mandatory: true, values }),
                        _ => log.trouble(ReasonCode::Malformed, &place),
                    }
                }
            }
        }
    }
    found.extend(in_registry(log, browsers));
    found.extend(preferences::files(log, context, browsers));
    found
}

/// Every key of policies. Those of the user bind the worker as much as those of the computer.
fn in_registry(log: &mut Log, browsers: &'static [Browser]) -> Vec<File> {
    let mut found = Vec::new();
    let mut looked_at = BTreeSet::new();
    for browser in browsers {
        for key in browser.policy_keys.iter().filter(|key| looked_at.insert(**key)) {
            let readers: Vec<_> = browsers.iter().filter(|reader| reader.policy_keys.contains(key)).map(|reader| reader.name).collect();
            for hive in ["HKLM", "HKCU"] {
                let key = format!("{hive}\\SOFTWARE\\Policies\\{key}");
                let policies = registry::policies(log, browser.engine, &key);
                for (key, mandatory, values) in [(key.clone(), true, policies.mandatory), (registry::recommended(&key), false, policies.recommended)] {
                    if !values.is_empty() {
                        found.push(File { path: key.into(), is_key: true, browsers: readers.clone(), mandatory, values });
                    }
                }
            }
        }
    }
    found
}

/// The files in a folder. Chromium reads every file, whatever it is called.
pub(super) fn in_folder(log: &mut Log, folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = log.list(folder).into_iter().filter(|entry| entry.what != What::Folder).map(|entry| folder.join(entry.name)).collect();
    if found.len() > MOST {
        log.keep::<()>(folder, Err(Trouble::TooMany));
        found.truncate(MOST);
    }
    found
}

impl File {
    /// The extensions that it forces into the browser.
    pub(super) fn asked(&self) -> impl Iterator<Item = Asked> {
        self.forced().into_iter().take(MOST).map(|(id, policy)| Asked {
            browsers: self.browsers.clone(),
            id: cut(&id),
            place: self.place_of(policy).into(),
            install: Install::Policy,
        })
    }

    /// Where a person can look up one of the policies: the file, or the value or key in the key.
    fn place_of(&self, policy: &str) -> String {
        let path = path_text(&self.path);
        if self.is_key { format!("{path}\\{}", cut(policy)) } else { path }
    }

    /// A policy by its name; the registry makes no difference of case.
    fn get(&self, name: &str) -> Option<&Value> {
        let in_any_case = || self.values.iter().find(|(own, _)| self.is_key && own.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        self.values.get(name).or_else(in_any_case)
    }

    /// The texts of a list. A browser that expects a list takes the numbered values of a key, whatever else is in it.
    fn texts<'a>(&self, list: Option<&'a Value>) -> impl Iterator<Item = &'a str> + use<'a> {
        let numbered = list.and_then(Value::as_object).filter(|_| self.is_key).into_iter().flatten();
        json::texts(list).chain(numbered.filter(|(name, _)| name.parse::<u32>().is_ok()).filter_map(|(_, value)| value.as_str()))
    }

    /// The extensions that it forces into the browser, each with the policy that does it.
    fn forced(&self) -> BTreeMap<String, &'static str> {
        let mut ids = BTreeMap::new();
        if !self.mandatory {
            return ids;
        }
        // "id;address of updates", or the id alone.
        let list = self.texts(self.get(FORCELIST)).filter_map(|entry| entry.split(';').next()).map(str::trim).filter(|id| !id.is_empty());
        ids.extend(list.map(|id| (id.to_owned(), FORCELIST)));
        for (key, setting) in self.settings() {
            if matches!(json::text(&setting, "installation_mode"), Some("force_installed" | "normal_installed")) {
                // One entry may name several extensions; `*` stands for those that no entry names.
                for id in key.split(',').map(str::trim).filter(|id| !id.is_empty() && *id != "*") {
                    ids.entry(id.to_owned()).or_insert(SETTINGS);
                }
            }
        }
        ids
    }

    fn settings(&self) -> Map<String, Value> {
        match self.get(SETTINGS) {
            Some(Value::Object(settings)) => settings.clone(),
            // Some tools write the object as a text.
            Some(Value::String(text)) => json::parse(text.as_bytes()).unwrap_or_default(),
            _ => Map::new(),
        }
    }

    /// Whether Firefox keeps an extension that the file does not install: the worker cannot remove it.
    fn locks(&self, id: &str) -> bool {
        self.texts(self.get(EXTENSIONS).and_then(|extensions| extensions.get("Locked"))).any(|locked| locked == id)
    }

    /// Whether Firefox is told to install extensions from addresses, which do not tell their ids.
    fn installs_by_address(&self) -> bool {
        self.texts(self.get(EXTENSIONS).and_then(|extensions| extensions.get("Install"))).next().is_some()
    }
}

/// The policies of one browser, asked about its extensions.
pub(super) struct Of<'a> {
    files: Vec<(&'a File, BTreeMap<String, &'static str>)>,
}

impl<'a> Of<'a> {
    pub(super) fn new(files: &'a [File], browser: &str) -> Self {
        Self { files: files.iter().filter(|file| file.browsers.contains(&browser)).map(|file| (file, file.forced())).collect() }
    }

    /// The file or policy that forces an extension.
    pub(super) fn forces(&self, id: &str) -> Option<String> {
        self.files.iter().find_map(|(file, forced)| {
            let policy = forced.get(id).copied().or_else(|| file.locks(id).then_some(EXTENSIONS))?;
            Some(file.place_of(policy))
        })
    }

    /// The file or policy that may have brought an extension of which the browser says that a policy did.
    pub(super) fn may_have_brought(&self) -> Option<String> {
        self.files.iter().find(|(file, _)| file.installs_by_address()).map(|(file, _)| file.place_of(EXTENSIONS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::Status;

    fn found(collected: &Collected) -> Vec<(&str, &str, &str, bool, &str)> {
        let each = collected.facts.iter().map(|fact| match fact {
            Fact::BrowserPolicy(p) => (&*p.browser, &*p.name, &*p.value, p.mandatory, &*p.place),
            other => panic!("{other:?}"),
        });
        each.collect()
    }

    #[test]
    fn mandatory_and_recommended() {
        let (managed, recommended) = ("/etc/chromium/policies/managed/a.json", "/etc/opt/edge/policies/recommended/b.json");
        let flatpak = "/var/lib/flatpak/extension/org.chromium.Chromium.Policy.acme/x86_64/1/policies/managed/c.json";
        let firefox = "/etc/firefox/policies/policies.json";
        let collected = Fixture::new()
            .file(managed, include_str!("../../../testdata/browsers/chromium150-policy.json"))
            .file(recommended, r#"{"HomepageLocation": "https://example.org", }"#)
            .file(flatpak, r#"{"ProxyMode":"direct"}"#)
            .file(firefox, r#"{"policies":{"Certificates":{"ImportEnterpriseRoots":true}}}"#)
            .collect(collect);
        let expected = [
            ("Chromium", "CloudReportingEnabled", "true", true, managed),
            ("Chromium", "ExtensionInstallForcelist", r#"["pfaogoihaminedmimppdhhlkkpfmlamm;http://127.0.0.1:8099/update.xml"]"#, true, managed),
            ("Chromium", "ProxyMode", "\"direct\"", true, flatpak),
            ("Edge", "HomepageLocation", "\"https://example.org\"", false, recommended),
            ("Firefox", "Certificates", r#"{"ImportEnterpriseRoots":true}"#, true, firefox),
        ];
        assert_eq!(found(&collected), expected);
        assert_eq!(collected.of(Source::BrowserPolicies), (Status::Full, None));
    }

    #[test]
    fn policies_from_the_network() {
        let data = "/home/anna/.config/google-chrome";
        for file in ["Policy/Machine Level User Cloud Policy", "Profile 1/Policy/User Policy"] {
            let there = Fixture::new().file(&format!("{data}/Profile 1/Preferences"), "{}").file(&format!("{data}/{file}"), "signed").collect(collect);
            assert_eq!((there.facts.len(), there.of(Source::BrowserPolicies)), (0, (Status::Partial, Some(ReasonCode::UnsupportedFormat))), "{file}");
            let path = there.coverage[0].reason.as_ref().map(|reason| reason.args["path"].clone());
            assert_eq!(path, Some(format!("{data}/{file}")));
        }
        let none = Fixture::new().file(&format!("{data}/Profile 1/Preferences"), "{}").folder(&format!("{data}/Policy")).collect(collect);
        assert_eq!(none.of(Source::BrowserPolicies), (Status::Full, None));
    }

    #[test]
    fn absent_closed_and_broken() {
        let of = |fixture: Fixture| fixture.collect(collect).of(Source::BrowserPolicies);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        let chrome = "/etc/opt/chrome/policies/managed/a.json";
        assert_eq!(of(Fixture::new().file(chrome, "{}").deny("/etc/opt/chrome/policies/managed")), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(Fixture::new().file(chrome, "{").file("/etc/brave/policies/managed/b.json", "{}")), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(of(Fixture::new().file(chrome, "[]")), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(of(Fixture::new().file("/etc/firefox/policies/policies.json", r#"{"policies":[]}"#)), (Status::Partial, Some(ReasonCode::Malformed)));
    }

    #[test]
    fn long_values_are_cut_between_characters() {
        let collected =
            Fixture::new().file("/etc/brave/policies/managed/a.json", format!(r#"{{"{}":"{}"}}"#, "n".repeat(1_000), "é".repeat(5_000))).collect(collect);
        let [(_, name, value, ..)] = found(&collected)[..] else { panic!() };
        assert_eq!((name.chars().count(), value.chars().count()), (super::super::MOST_CHARACTERS, MOST_OF_VALUE));
    }
}
