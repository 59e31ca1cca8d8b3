//! Native messaging: the programs outside the browser that extensions may talk to.

use std::collections::BTreeSet;

use serde_json::Value;

use super::policies::in_folder;
use super::{Engine, account, browsers, cut, data, json, places};
use crate::collect::{Collected, Context, path_text};
use crate::facts::NativeHost;
use crate::inventory::{ReasonCode, Source};

/// The most that is read of one manifest.
const LIMIT: u64 = 2 << 20;
/// The most extensions that are told of one program.
const MOST_ENTRIES: usize = 500;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = account(context, Source::NativeMessaging);
    let mut facts = Vec::new();
    let mut looked_at = BTreeSet::new();
    for browser in browsers() {
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
                // Chromium names the addresses of extensions, Firefox their ids.
                let allowed = json::texts(manifest.get("allowed_origins")).chain(json::texts(manifest.get("allowed_extensions")));
                let extensions = allowed.map(|origin| cut(origin.strip_prefix("chrome-extension://").map_or(origin, |id| id.trim_end_matches('/'))));
                facts.push(
                    NativeHost {
                        name: cut(name),
                        browser: browser.name.into(),
                        program: json::text(&manifest, "path").map(str::to_owned),
                        extensions: extensions.take(MOST_ENTRIES).collect(),
                        place: path_text(&path),
                    }
                    .into(),
                );
            }
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
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
