//! Native messaging: the programs outside the browser that extensions may talk to.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::policies::in_folder;
use super::{Browser, Engine, MOST, account, browsers, cut, data, json, may_look_at, places};
use crate::collect::log::Log;
use crate::collect::tree::Trouble;
use crate::collect::windows::resolved;
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Fact, NativeHost};
use crate::inventory::{ReasonCode, Source};
use crate::kinds::Os;

/// The most that is read of one manifest.
const LIMIT: u64 = 2 << 20;
/// The most extensions that are told of one program.
const MOST_ENTRIES: usize = 500;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = account(context, Source::NativeMessaging);
    let mut facts = Vec::new();
    let mut looked_at = BTreeSet::new();
    if context.os == Os::Windows {
        in_registry(&mut log, context, &mut facts);
        return Collected { facts, coverage: vec![log.finish()] };
    }
    for browser in browsers(context.os) {
        let mut folders = places(&mut log, context, browser.hosts);
        if browser.engine == Engine::Chromium {
            folders.extend(data(&mut log, context, browser).into_iter().map(|data| data.join("NativeMessagingHosts")));
        }
        // A folder that several channels read is told of the first.
        for folder in folders.into_iter().filter(|folder| looked_at.insert(folder.clone())) {
            for path in in_folder(&mut log, &folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "json")) {
                let Some(manifest) = json::read::<Value>(&mut log, &path, LIMIT) else { continue };
                let Some(name) = json::text(&manifest, "name") else {
                    log.trouble(ReasonCode::Malformed, &path);
                    continue;
                };
                facts.push(
                    NativeHost {
                        name: cut(name),
                        browser: browser.name.into(),
                        program: json::text(&manifest, "path").map(str::to_owned),
                        extensions: extensions(&manifest),
                        place: path_text(&path),
                    }
                    .into(),
                );
            }
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
}

/// The extensions that a manifest allows. Chromium names their addresses, Firefox their ids.
fn extensions(manifest: &Value) -> Vec<String> {
    let allowed = json::texts(manifest.get("allowed_origins")).chain(json::texts(manifest.get("allowed_extensions")));
    let ids = allowed.map(|origin| cut(origin.strip_prefix("chrome-extension://").map_or(origin, |id| id.trim_end_matches('/'))));
    ids.take(MOST_ENTRIES).collect()
}

/// Where a browser looks, in its order: of the user, of 32-bit programs, of 64-bit ones.
const VIEWS: [&str; 3] = ["HKCU\\SOFTWARE", "HKLM\\SOFTWARE\\WOW6432Node", "HKLM\\SOFTWARE"];

/// On Windows each program has a key by its name, and the key names the manifest.
fn in_registry(log: &mut Log, context: &Context, facts: &mut Vec<Fact>) {
    let mut looked_at = BTreeSet::new();
    for browser in browsers(context.os) {
        for key in browser.host_keys.iter().filter(|key| looked_at.insert(**key)) {
            // Installers write the same into several views. What the browser would not get to see is told if it is something else.
            let mut told = BTreeSet::new();
            for view in VIEWS {
                let key = format!("{view}\\{key}");
                let names = log.keys(&key);
                if names.len() > MOST {
                    log.keep::<()>(Path::new(&key), Err(Trouble::TooMany));
                }
                for name in names.into_iter().take(MOST) {
                    let place = format!("{key}\\{name}");
                    let Some(values) = log.values(&place) else { continue };
                    let Some(manifest) = values.text(log, "").map(|path| context.places.absolute(path)) else { continue };
                    if told.insert((name.to_lowercase(), manifest.to_lowercase())) {
                        facts.extend(registered(log, context, browser, &name, &manifest, place).map(Fact::from));
                    }
                }
            }
        }
    }
}

/// A program that the registry names; nothing if its manifest is gone, because then no extension can talk to it.
fn registered(log: &mut Log, context: &Context, browser: &Browser, name: &str, path: &str, place: String) -> Option<NativeHost> {
    let mut host = NativeHost { name: cut(name), browser: browser.name.into(), place, ..NativeHost::default() };
    if !may_look_at(context, path) {
        log.trouble(ReasonCode::UnsupportedFormat, Path::new(&host.place));
        return Some(host);
    }
    if log.exists(Path::new(path)) == Some(false) {
        return None;
    }
    if let Some(manifest) = json::read::<Value>(log, Path::new(path), LIMIT) {
        let folder = path.rsplit_once('\\').map_or(path, |(folder, _)| folder);
        host.program = json::text(&manifest, "path").map(|program| resolved(folder, program));
        host.extensions = extensions(&manifest);
    }
    Some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::Status;

    #[test]
    fn of_the_system_and_of_the_worker() {
        let chrome = "/etc/opt/chrome/native-messaging-hosts/com.acme.agent.json";
        let firefox = "/home/anna/.mozilla/native-messaging-hosts/acme.json";
        let snap = "/home/anna/snap/chromium/common/chromium/NativeMessagingHosts/acme.json";
        let collected = Fixture::new()
            .file(chrome, r#"{"name":"com.acme.agent","path":"/opt/acme/bridge","type":"stdio","allowed_origins":["chrome-extension://aaaa/","chrome-extension://bbbb/"]}"#)
            .file(firefox, r#"{"name":"acme","path":"/opt/acme/bridge","allowed_extensions":["a@b",7]}"#)
            .file(snap, r#"{"name":"acme"}"#)
            .file("/etc/chromium/native-messaging-hosts/README", "no manifest")
            .collect(collect);
        let each = collected.facts.iter().map(|fact| match fact {
            Fact::NativeHost(h) => (&*h.name, &*h.browser, h.program.as_deref(), h.extensions.join(" "), &*h.place),
            other => panic!("{other:?}"),
        });
        let expected = [
            ("com.acme.agent", "Chrome", Some("/opt/acme/bridge"), "aaaa bbbb".to_owned(), chrome),
            ("acme", "Chromium", None, String::new(), snap),
            ("acme", "Firefox", Some("/opt/acme/bridge"), "a@b".to_owned(), firefox),
        ];
        assert_eq!(each.collect::<Vec<_>>(), expected);
        assert_eq!(collected.of(Source::NativeMessaging), (Status::Full, None));
    }

    #[test]
    fn absent_closed_and_broken() {
        let of = |fixture: Fixture| fixture.collect(collect).of(Source::NativeMessaging);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        let folder = "/etc/opt/edge/native-messaging-hosts";
        assert_eq!(of(Fixture::new().file(&format!("{folder}/a.json"), "{}").deny(folder)), (Status::None, Some(ReasonCode::PermissionDenied)));
        for broken in ["{", "{}", r#"{"name":7}"#, "[]"] {
            assert_eq!(of(Fixture::new().file(&format!("{folder}/a.json"), broken)), (Status::Partial, Some(ReasonCode::Malformed)), "{broken}");
        }
    }
}
