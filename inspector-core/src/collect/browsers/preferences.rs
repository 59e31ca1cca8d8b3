//! Policies for browsers on macOS: managed preferences, which configuration profiles set for the computer or for one account.

use std::path::Path;

use serde_json::{Map, Value};

use super::{Browser, Engine, File};
use crate::collect::log::Log;
use crate::collect::plist::{self, Dictionary};
use crate::collect::{Context, path_text};

/// Every property list of managed preferences of a browser.
pub(super) fn files(log: &mut Log, context: &Context, browsers: &'static [Browser]) -> Vec<File> {
    let mut found = Vec::new();
    let mut looked_at = std::collections::BTreeSet::new();
    for browser in browsers {
        for domain in browser.preferences.iter().filter(|domain| looked_at.insert(**domain)) {
            let readers: Vec<_> = browsers.iter().filter(|reader| reader.preferences.contains(domain)).map(|reader| reader.name).collect();
            for path in crate::collect::macos::managed(context, domain) {
                let Some(values) = plist::read(log, &path) else { continue };
                let values = match browser.engine {
                    Engine::Chromium => of_dictionary(&values),
                    // Firefox takes none of them unless it is told to.
                    Engine::Firefox if plist::yes(&values, "EnterprisePoliciesEnabled") == Some(true) => unfolded(of_dictionary(&values)),
                    Engine::Firefox => continue,
                };
                found.push(File::of_preferences(&path, readers.clone(), values));
            }
        }
    }
    found
}

fn of_dictionary(values: &Dictionary) -> Map<String, Value> {
    values.iter().map(|(key, value)| (key.clone(), of_value(value))).collect()
}

fn of_value(value: &plist::Value) -> Value {
    match value {
        plist::Value::Array(values) => values.iter().map(of_value).collect(),
        plist::Value::Dictionary(values) => of_dictionary(values).into(),
        plist::Value::Boolean(value) => (*value).into(),
        plist::Value::Integer(number) => number.as_signed().map_or_else(|| number.as_unsigned().into(), Into::into),
        plist::Value::Real(number) => (*number).into(),
        plist::Value::String(text) => text.as_str().into(),
        plist::Value::Date(date) => date.to_xml_format().into(),
        // No policy has bytes for a value.
        _ => Value::Null,
    }
}

/// Firefox also takes `Extensions__Install` for `Install` in `Extensions`.
fn unfolded(values: Map<String, Value>) -> Map<String, Value> {
    let mut all = Map::new();
    for (key, value) in values.into_iter().filter(|(key, _)| key != "EnterprisePoliciesEnabled") {
        // No policy lies deeper.
        let parts: Vec<_> = key.split("__").take(8).collect();
        put(&mut all, &parts, value);
    }
    all
}

fn put(place: &mut Map<String, Value>, parts: &[&str], value: Value) {
    let Some((first, rest)) = parts.split_first() else { return };
    if rest.is_empty() {
        place.insert((*first).to_owned(), value);
        return;
    }
    let inner = place.entry(*first).or_insert_with(|| Map::new().into());
    if !inner.is_object() {
        *inner = Map::new().into();
    }
    if let Value::Object(inner) = inner {
        put(inner, rest, value);
    }
}

impl File {
    fn of_preferences(path: &Path, browsers: Vec<&'static str>, values: Map<String, Value>) -> Self {
        Self { path: path_text(path).into(), is_key: false, browsers, mandatory: true, values }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{extensions, policies};
    use crate::collect::Collected;
    use crate::collect::testing::Fixture;
    use crate::facts::{Fact, Install};
    use crate::inventory::{ReasonCode, Source, Status};

    const CHROME: &str = "/Library/Managed Preferences/com.google.Chrome.plist";
    const OF_ANNA: &str = "/Library/Managed Preferences/anna/org.mozilla.firefox.plist";
    const FORCED: &str =
        r#"{"ExtensionInstallForcelist": ["abcdefghijklmnopabcdefghijklmnop;https://clients2.google.com/service/update2/crx"], "ProxyMode": "system"}"#;

    fn told(collected: &Collected) -> Vec<(&str, &str, &str, &str)> {
        let each = collected.facts.iter().map(|fact| match fact {
            Fact::BrowserPolicy(policy) if policy.mandatory => (&*policy.browser, &*policy.name, &*policy.value, &*policy.place),
            other => panic!("{other:?}"),
        });
        each.collect()
    }

    #[test]
    fn policies_of_the_computer_and_of_the_account() {
        let firefox = r#"{"EnterprisePoliciesEnabled": true, "DisableTelemetry": true, "Certificates__ImportEnterpriseRoots": true}"#;
        let collected = Fixture::new()
            .file(CHROME, FORCED)
            .file(OF_ANNA, firefox)
            .file("/Library/Managed Preferences/bob/com.google.Chrome.plist", FORCED)
            .collect_macos(policies::collect);
        let expected = [
            ("Chrome", "ExtensionInstallForcelist", r#"["abcdefghijklmnopabcdefghijklmnop;https://clients2.google.com/service/update2/crx"]"#, CHROME),
            ("Chrome", "ProxyMode", "\"system\"", CHROME),
            ("Firefox", "Certificates", r#"{"ImportEnterpriseRoots":true}"#, OF_ANNA),
            ("Firefox", "DisableTelemetry", "true", OF_ANNA),
        ];
        let mut found = told(&collected);
        found.sort_unstable();
        assert_eq!(found, expected);
        assert_eq!(collected.of(Source::BrowserPolicies), (Status::Full, None));
        // Without the word that switches them on they are none.
        assert!(Fixture::new().file(OF_ANNA, r#"{"DisableTelemetry": true}"#).collect_macos(policies::collect).facts.is_empty());
    }

    #[test]
    fn forced_extensions() {
        let collected = Fixture::new().file(CHROME, FORCED).collect_macos(extensions);
        let [Fact::Extension(one)] = &collected.facts[..] else { panic!("{:?}", collected.facts) };
        assert_eq!((&*one.id, one.install, one.policy.as_deref()), ("abcdefghijklmnopabcdefghijklmnop", Install::Policy, Some(CHROME)));
    }

    #[test]
    fn absent_denied_and_malformed() {
        let of = |fixture: Fixture| fixture.collect_macos(policies::collect).of(Source::BrowserPolicies);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(Fixture::new().file(CHROME, FORCED).deny("/Library/Managed Preferences")).1, Some(ReasonCode::PermissionDenied));
        assert_eq!(of(Fixture::new().file(CHROME, "<plist><dict>")), (Status::Partial, Some(ReasonCode::Malformed)));
    }
}
