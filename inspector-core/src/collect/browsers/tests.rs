//! Extensions, from whole profiles of real browsers and from hostile ones.

use super::*;
use crate::collect::testing::Fixture;
use crate::facts::Fact;
use crate::inventory::Status;

macro_rules! testdata {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/browsers/", $name))
    };
}

const CHROMIUM: &str = "/home/anna/.config/chromium";
const FIREFOX: &str = "/home/anna/.mozilla/firefox";
const FORCED: &str = "pfaogoihaminedmimppdhhlkkpfmlamm";
const POLICY: &str = "/etc/chromium/policies/managed/employer.json";

/// The profile of a real Chromium 150 with an extension that a policy forced.
fn chromium_150() -> Fixture {
    Fixture::new()
        .file(&format!("{CHROMIUM}/Local State"), testdata!("chromium150-LocalState.json"))
        .file(&format!("{CHROMIUM}/Default/Preferences"), testdata!("chromium150-Preferences.json"))
        .file(&format!("{CHROMIUM}/Default/Secure Preferences"), testdata!("chromium150-SecurePreferences.json"))
}

fn with_settings(fixture: Fixture, profile: &str, settings: &str) -> Fixture {
    fixture.file(&format!("{profile}/Preferences"), format!(r#"{{"extensions":{{"settings":{settings}}}}}"#))
}

fn found(collected: &Collected) -> Vec<&Extension> {
    let each = collected.facts.iter().map(|fact| match fact {
        Fact::Extension(extension) => extension,
        other => panic!("{other:?}"),
    });
    each.collect()
}

fn one<'a>(collected: &'a Collected, id: &str) -> &'a Extension {
    let all: Vec<_> = found(collected).into_iter().filter(|extension| extension.id == id).collect();
    let [extension] = all[..] else { panic!("{id}: {all:#?}") };
    extension
}

fn status(collected: &Collected) -> (Status, Option<ReasonCode>) {
    collected.of(Source::BrowserExtensions)
}

#[test]
fn nothing_is_there() {
    let collected = Fixture::new().collect(extensions);
    assert!(collected.facts.is_empty());
    assert_eq!(status(&collected), (Status::Full, Some(ReasonCode::Absent)));
}

#[test]
fn a_real_chromium_150() {
    let collected = chromium_150().file(POLICY, testdata!("chromium150-policy.json")).collect(extensions);
    let forced = one(&collected, FORCED);
    assert_eq!((&*forced.name, forced.version.as_deref(), &*forced.browser, &*forced.profile), ("Employer Monitor", Some("1.0"), "Chromium", "Default"));
    assert_eq!(forced.permissions, ["history", "nativeMessaging", "tabs", "webRequest"]);
    assert_eq!(forced.hosts, ["<all_urls>"]);
    assert!(forced.all_sites);
    assert_eq!((forced.enabled, forced.install, forced.policy.as_deref()), (Some(true), Install::Policy, Some(POLICY)));
    assert_eq!(forced.place, format!("{CHROMIUM}/Default/Preferences"));
    let viewer = one(&collected, "mhjfbmdgcfjbbpaeojofohoefgiehjai");
    assert_eq!((&*viewer.name, viewer.install, viewer.all_sites), ("Chromium PDF Viewer", Install::Builtin, false));
    assert_eq!(collected.facts.len(), 2);
    assert_eq!(status(&collected), (Status::Full, None));
    // Without the file the browser still says that a policy did it; a policy can also come from the cloud.
    let collected = chromium_150().collect(extensions);
    assert_eq!((one(&collected, FORCED).install, &one(&collected, FORCED).policy), (Install::Policy, &None));
}

#[test]
fn a_real_chromium_156_with_an_unpacked_extension() {
    let collected = Fixture::new()
        .file(&format!("{CHROMIUM}/Default/Preferences"), testdata!("chromium156-Preferences.json"))
        .file("/home/anna/loose/manifest.json", r#"{"name":"__MSG_Title__","default_locale":"en","version":"0.1", /* so it is */ }"#)
        .file("/home/anna/loose/_locales/en/messages.json", r#"{"title":{"message":"Loose Tool"}}"#)
        .collect(extensions);
    let loose = one(&collected, "eiedkbecjmljcmnmkmpmclmikpkokknn");
    assert_eq!((&*loose.name, loose.version.as_deref(), loose.install, loose.enabled), ("Loose Tool", Some("0.1"), Install::Unpacked, Some(true)));
    assert_eq!((&loose.permissions[..], &loose.hosts[..], loose.all_sites), (&["tabs".to_owned()][..], &["https://intranet.example/*".to_owned()][..], false));
    assert_eq!(one(&collected, "ojhhcooceffkmpnfpafnlojhnmedkkdk").install, Install::Policy);
}

#[test]
fn what_only_a_policy_asks_for() {
    let policy = r#"{"ExtensionInstallForcelist":["aaaa;https://example.org/u.xml","bbbb"],
        "ExtensionSettings":{"*":{"installation_mode":"force_installed"},"cccc, dddd":{"installation_mode":"normal_installed"},"eeee":{"installation_mode":"allowed"}}}"#;
    let collected = Fixture::new()
        .file("/etc/opt/chrome/policies/managed/a.json", policy)
        .file(
            "/etc/opt/chrome/policies/managed/b.json",
            r#"{"ExtensionInstallForcelist":["aaaa"],"ExtensionSettings":"{\"ffff\":{\"installation_mode\":\"force_installed\"}}"}"#,
        )
        .file("/etc/opt/chrome/policies/recommended/c.json", r#"{"ExtensionInstallForcelist":["gggg"]}"#)
        .file("/home/anna/.config/google-chrome-beta/Default/Preferences", r#"{"extensions":{"settings":{"bbbb":{"location":7,"path":"bbbb/1"}}}}"#)
        .collect(extensions);
    let told: Vec<_> = found(&collected).into_iter().map(|e| (&*e.id, &*e.browser, e.enabled, e.policy.as_deref().unwrap_or_default())).collect();
    let a = "/etc/opt/chrome/policies/managed/a.json";
    let expected = [
        ("bbbb", "Chrome Beta", Some(true), a),
        ("aaaa", "Chrome", None, a),
        ("cccc", "Chrome", None, a),
        ("dddd", "Chrome", None, a),
        ("ffff", "Chrome", None, "/etc/opt/chrome/policies/managed/b.json"),
    ];
    assert_eq!(told, expected);
    assert!(found(&collected).iter().all(|extension| extension.install == Install::Policy));
}

#[test]
fn what_another_program_announces() {
    let announced = r#"{"external_update_url":"https://clients2.google.com/service/update2/crx"}"#;
    let collected = Fixture::new()
        .file("/usr/share/chromium/extensions/aaaa.json", announced)
        .file("/usr/share/chromium/extensions/here.json", announced)
        .file("/usr/share/chromium/extensions/note.json", "{}")
        .file("/opt/google/chrome/extensions/external_extensions.json", format!(r#"{{"cccc":{announced},"dddd":1}}"#))
        .file("/home/anna/.config/vivaldi/Default/Preferences", r#"{"extensions":{"settings":{"here":{"location":6}}}}"#)
        .collect(extensions);
    let told: Vec<_> = found(&collected).into_iter().map(|e| (&*e.id, &*e.browser, e.install, &*e.place)).collect();
    let expected = [
        ("here", "Vivaldi", Install::Sideload, "/home/anna/.config/vivaldi/Default/Preferences"),
        ("cccc", "Chrome", Install::Sideload, "/opt/google/chrome/extensions/external_extensions.json"),
        ("aaaa", "Chromium", Install::Sideload, "/usr/share/chromium/extensions/aaaa.json"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn how_it_came_and_whether_it_is_on() {
    let folder = r#""manifest":{"name":"x"}"#;
    for (setting, install, enabled) in [
        (r#""location":1,"from_webstore":true"#, Install::Store, Some(true)),
        (r#""location":1,"from_webstore":false"#, Install::Sideload, Some(true)),
        (r#""location":1,"was_installed_by_default":true"#, Install::Builtin, Some(true)),
        (r#""location":3,"disable_reasons":[1]"#, Install::Sideload, Some(false)),
        (r#""location":4,"path":"/home/anna/x","disable_reasons":0"#, Install::Unpacked, Some(true)),
        (r#""location":8,"path":"/usr/share/chromium/extensions/x","disable_reasons":32"#, Install::Sideload, Some(false)),
        (r#""location":9,"state":0"#, Install::Policy, Some(false)),
        (r#""location":10,"state":1"#, Install::Builtin, Some(true)),
        (r#""location":"far","disable_reasons":{}"#, Install::Unknown, None),
    ] {
        let collected = with_settings(Fixture::new(), &format!("{CHROMIUM}/Default"), &format!(r#"{{"aaaa":{{{folder},{setting}}}}}"#)).collect(extensions);
        let extension = one(&collected, "aaaa");
        assert_eq!((extension.install, extension.enabled), (install, enabled), "{setting}");
    }
    for left_behind in
        [r#"{"aaaa":{"ack_prompt_count":1}}"#, r#"{"aaaa":{"location":6,"state":2}}"#, r#"{"aaaa":{"location":1,"manifest":{"name":"x","theme":{}}}}"#]
    {
        let collected = with_settings(Fixture::new(), &format!("{CHROMIUM}/Default"), left_behind).collect(extensions);
        assert!(collected.facts.is_empty(), "{left_behind}");
    }
}

#[test]
fn what_it_may_do() {
    let of = |setting: &str| {
        let fixture = with_settings(Fixture::new(), &format!("{CHROMIUM}/Default"), &format!(r#"{{"aaaa":{setting}}}"#));
        let collected = fixture
            .file(
                &format!("{CHROMIUM}/Default/Extensions/aaaa/1_0/manifest.json"),
                r#"{"name":"On disk","permissions":["tabs","https://a.example/*",{"fileSystem":["write"]}],
            "host_permissions":["https://b.example/*"],"content_scripts":[{"matches":["*://*/*"]}]}"#,
            )
            .collect(extensions);
        let extension = one(&collected, "aaaa");
        (extension.permissions.join(" "), extension.hosts.join(" "), extension.all_sites)
    };
    let told = |permissions: &str, hosts: &str, all| (permissions.to_owned(), hosts.to_owned(), all);
    let manifest = r#""location":1,"path":"aaaa/1_0""#;
    assert_eq!(of(&format!("{{{manifest}}}")), told("fileSystem tabs", "*://*/* https://a.example/* https://b.example/*", true));
    let granted = r#""granted_permissions":{"api":["history"],"scriptable_host":["http://*/*","file:///*"]}"#;
    assert_eq!(of(&format!("{{{manifest},{granted}}}")), told("history", "file:///* http://*/*", false));
    let active = r#""active_permissions":{"api":["tabs"],"explicit_host":["https://*/*"]}"#;
    assert_eq!(of(&format!("{{{manifest},{granted},{active}}}")), told("tabs", "https://*/*", true));
    let held_back = r#""withholding_permissions":true,"runtime_granted_permissions":{"explicit_host":["https://c.example/*"]}"#;
    assert_eq!(of(&format!("{{{manifest},{active},{held_back}}}")), told("tabs", "https://c.example/*", false));
}

#[test]
fn every_profile_and_every_kind_of_installation() {
    let setting = |id: &str| format!(r#"{{"{id}":{{"location":1,"from_webstore":true}}}}"#);
    let mut fixture =
        Fixture::new().file("/home/anna/.config/google-chrome/Local State", r#"{"profile":{"info_cache":{"Default":{},"Work":{},"../../bob":{},"/etc":{}}}}"#);
    for (profile, id) in [
        ("/home/anna/.config/google-chrome/Default", "a"),
        ("/home/anna/.config/google-chrome/Work", "b"),
        ("/home/anna/.config/google-chrome/Profile 2", "c"),
        ("/home/anna/bob", "never"),
        ("/home/anna/snap/chromium/common/chromium/Default", "d"),
        ("/home/anna/.var/app/com.google.Chrome/config/google-chrome/Default", "e"),
        ("/home/anna/.var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser/Default", "f"),
        ("/home/anna/.config/opera", "g"),
        ("/elsewhere/vivaldi/Default", "h"),
    ] {
        fixture = with_settings(fixture, profile, &setting(id));
    }
    let collected = fixture.env("XDG_CONFIG_HOME", "/elsewhere").collect(extensions);
    let mut told: Vec<_> = found(&collected).into_iter().map(|e| (&*e.id, &*e.browser, &*e.profile)).collect();
    told.sort_unstable();
    let expected = [
        ("a", "Chrome", "Default"),
        ("b", "Chrome", "Work"),
        ("c", "Chrome", "Profile 2"),
        ("d", "Chromium", "Default"),
        ("e", "Chrome", "Default"),
        ("f", "Brave", "Default"),
        ("g", "Opera", "opera"),
        ("h", "Vivaldi", "Default"),
    ];
    assert_eq!(told, expected);
    assert_eq!(status(&collected), (Status::Full, None));
}

#[test]
fn what_cannot_be_read_is_said_and_hides_nothing_else() {
    let on_disk =
        |fixture: Fixture| fixture.file(&format!("{CHROMIUM}/Default/Extensions/aaaa/1_0/manifest.json"), r#"{"name":"On disk","permissions":["tabs"]}"#);
    let fixture = on_disk(chromium_150()).file(&format!("{CHROMIUM}/Default/Secure Preferences"), "{\"extensions\":");
    let collected = fixture.collect(extensions);
    assert_eq!(status(&collected), (Status::Partial, Some(ReasonCode::Malformed)));
    let left = one(&collected, "aaaa");
    assert_eq!((&*left.name, left.enabled, left.install, &left.permissions[..]), ("On disk", None, Install::Unknown, &["tabs".to_owned()][..]));
    assert_eq!(left.place, format!("{CHROMIUM}/Default/Extensions/aaaa/1_0/manifest.json"));
    assert!(one(&collected, FORCED).enabled.is_some());

    let collected = on_disk(chromium_150()).collect(extensions);
    assert!(found(&collected).iter().all(|extension| extension.id != "aaaa"), "what settings that were read do not name is gone");

    let collected = chromium_150().deny(&format!("{CHROMIUM}/Default/Preferences")).collect(extensions);
    assert_eq!(status(&collected), (Status::Partial, Some(ReasonCode::PermissionDenied)));
    let collected = chromium_150().deny("/home/anna").collect(extensions);
    assert_eq!(status(&collected), (Status::None, Some(ReasonCode::PermissionDenied)));
    let collected = chromium_150().file(POLICY, "{").collect(extensions);
    assert_eq!(status(&collected), (Status::Partial, Some(ReasonCode::Malformed)));
    let collected = Fixture::new().file(&format!("{CHROMIUM}/Default/Preferences"), "[".repeat(10_000)).collect(extensions);
    assert_eq!(status(&collected).1, Some(ReasonCode::Malformed));
}

#[test]
fn hostile_extensions() {
    let many: Vec<String> = (0..10_000).map(|number| format!("permission-{number:05}")).collect();
    let settings = serde_json::json!({
        "\u{1b}[31m\u{202e}": {"location": 1, "manifest": {"name": "x".repeat(5_000), "version": 7}},
        "aaaa": {"location": 1, "manifest": {"name": "Many"}, "active_permissions": {"api": many, "explicit_host": "all", "scriptable_host": [1, null, "https://*/*"]}},
        "bbbb": 7, "cccc": null, "dddd": [], "eeee": {"location": [], "path": {}, "manifest": [], "active_permissions": 1},
        "ffff": {"location": 1, "path": "../../../secret"},
        "gggg": {"location": 1, "path": "gggg/1", "manifest": {"name": "__MSG_x__", "default_locale": "../../../secret"}},
    });
    let collected = with_settings(Fixture::new(), &format!("{CHROMIUM}/Default"), &settings.to_string())
        .file("/home/anna/secret/manifest.json", r#"{"name":"secret"}"#)
        .collect(extensions);
    let control = one(&collected, "\u{1b}[31m\u{202e}");
    assert_eq!((control.name.len(), &control.version), (MOST_CHARACTERS, &None));
    let many = one(&collected, "aaaa");
    assert_eq!((many.permissions.len(), many.all_sites), (500, true));
    assert_eq!(one(&collected, "ffff").name, "");
    assert_eq!(one(&collected, "gggg").name, "__MSG_x__");
    assert_eq!(one(&collected, "eeee").install, Install::Unknown);
    assert_eq!(collected.facts.len(), 5);
    assert_eq!(status(&collected), (Status::Partial, Some(ReasonCode::TooMany)));
}

#[test]
fn no_home() {
    for collector in COLLECTORS {
        let collected = Fixture::new().homeless().collect(collector.collect);
        let (status, reason) = collected.of(collector.sources[0]);
        assert!(status != Status::Full && reason == Some(ReasonCode::NoHome), "{:?}", collected.coverage);
    }
    let forced = Fixture::new().homeless().file("/etc/opt/chrome/policies/managed/a.json", r#"{"ExtensionInstallForcelist":["aaaa"]}"#).collect(extensions);
    assert_eq!(found(&forced).len(), 1);
}

mod firefox;
