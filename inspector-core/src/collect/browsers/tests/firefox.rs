//! Extensions of Firefox.

use super::*;

const POLICIES: &str = "/etc/firefox/policies/policies.json";
const MONITOR: &str = "monitor@employer.example";
const PROFILE: &str = "/home/anna/.mozilla/firefox/pzf7wg9j.default-esr";

/// The profile of a real Firefox 140 ESR with an add-on that a policy forced.
fn firefox_140() -> Fixture {
    Fixture::new()
        .file(&format!("{FIREFOX}/profiles.ini"), testdata!("profiles.ini"))
        .file(&format!("{FIREFOX}/installs.ini"), testdata!("installs.ini"))
        .file(&format!("{PROFILE}/extensions.json"), testdata!("firefox140esr-extensions.json"))
}

fn with_addon(addon: &str) -> Fixture {
    Fixture::new().file(&format!("{FIREFOX}/unlisted/extensions.json"), format!(r#"{{"schemaVersion":37,"addons":[{addon}]}}"#))
}

#[test]
fn a_real_firefox_140() {
    let collected = firefox_140().file(POLICIES, testdata!("firefox-policies.json")).collect(extensions);
    let monitor = one(&collected, MONITOR);
    assert_eq!((&*monitor.browser, &*monitor.profile, monitor.enabled, monitor.all_sites), ("Firefox", "pzf7wg9j.default-esr", Some(true), true));
    assert_eq!((monitor.install, monitor.policy.as_deref()), (Install::Policy, Some(POLICIES)));
    assert_eq!(monitor.place, format!("{PROFILE}/extensions.json"));
    assert_eq!(one(&collected, "formautofill@mozilla.org").install, Install::Builtin);
    assert!(found(&collected).iter().all(|extension| !extension.id.contains("theme")), "only what is an extension");
    assert_eq!(status(&collected), (Status::Full, None));

    let collected = firefox_140().collect(extensions);
    assert_eq!((one(&collected, MONITOR).install, &one(&collected, MONITOR).policy), (Install::Policy, &None));
}

#[test]
fn a_real_firefox_153_with_grants() {
    let profile = "/home/anna/.config/mozilla/firefox/44qeuiat.default-esr";
    let collected = Fixture::new()
        .file(&format!("{profile}/extensions.json"), testdata!("firefox153esr-extensions.json"))
        .file(&format!("{profile}/extension-preferences.json"), testdata!("firefox153esr-extension-preferences.json"))
        .file("/opt/firefox/distribution/policies.json", r#"{"policies":{"Extensions":{"Install":["https://intranet.example/side.xpi"]}}}"#)
        .collect(extensions);
    // Its sites are granted, not required: manifests of the third version have it so.
    let side = one(&collected, "side@tool.example");
    assert_eq!(
        (&side.permissions[..], &side.hosts[..], side.all_sites),
        (&["tabs".to_owned()][..], &["*://*/*".to_owned(), "https://a.example/*".to_owned()][..], true)
    );
    assert_eq!((side.install, side.policy.as_deref()), (Install::Policy, Some("/opt/firefox/distribution/policies.json")));
    assert_eq!(one(&collected, "newtab@mozilla.org").permissions, [""; 0], "notes of the browser to itself are no permissions");
}

#[test]
fn how_it_came_and_whether_it_is_on() {
    for (addon, install, enabled) in [
        (r#""location":"app-profile","active":true,"installTelemetryInfo":{"source":"amo"}"#, Install::Store, Some(true)),
        (r#""location":"app-profile","active":false,"foreignInstall":true"#, Install::Sideload, Some(false)),
        (r#""location":"app-system-share","userDisabled":false"#, Install::Sideload, Some(true)),
        (r#""location":"app-system-user","appDisabled":true"#, Install::Sideload, Some(false)),
        (r#""location":"winreg-app-global","active":true"#, Install::Sideload, Some(true)),
        (r#""location":"app-system-addons","active":true"#, Install::Builtin, Some(true)),
        (r#""location":"app-profile","installTelemetryInfo":{"source":"enterprise-policy"}"#, Install::Policy, None),
        (r#""location":"app-temporary","active":true"#, Install::Unpacked, Some(true)),
        (r#""location":7,"active":"yes""#, Install::Unknown, None),
    ] {
        let collected = with_addon(&format!(r#"{{"id":"a@b","type":"extension",{addon}}}"#)).collect(extensions);
        let extension = one(&collected, "a@b");
        assert_eq!((extension.install, extension.enabled), (install, enabled), "{addon}");
    }
}

#[test]
fn forced_locked_and_not_yet_there() {
    let policies = r#"{"policies":{"ExtensionSettings":{"*":{"installation_mode":"blocked"},"soon@b":{"installation_mode":"normal_installed"}},
        "Extensions":{"Locked":["a@b","gone@b"]}}}"#;
    let collected = with_addon(r#"{"id":"a@b","type":"extension","location":"app-profile"}"#)
        .file("/usr/lib/firefox-esr/distribution/policies.json", policies)
        .collect(extensions);
    let told: Vec<_> = found(&collected).into_iter().map(|e| (&*e.id, &*e.profile, e.enabled, e.install)).collect();
    assert_eq!(told, [("a@b", "unlisted", None, Install::Policy), ("soon@b", "", None, Install::Policy)]);
    assert!(found(&collected).iter().all(|extension| extension.policy.as_deref() == Some("/usr/lib/firefox-esr/distribution/policies.json")));
}

#[test]
fn every_profile_and_every_kind_of_installation() {
    let addon = |id: &str| format!(r#"{{"addons":[{{"id":"{id}","type":"extension","location":"app-profile"}}]}}"#);
    let ini = "[Profile0]\nPath=one\nIsRelative=1\nDefault=1\n[Profile1]\nIsRelative=0\nPath=/home/anna/work profile\n[Profile2]\nPath=/home/bob/theirs\nIsRelative=0\n[Profile3]\nPath=../../../bob/theirs\n";
    let mut fixture = Fixture::new().file(&format!("{FIREFOX}/profiles.ini"), ini);
    for (profile, id) in [
        (&*format!("{FIREFOX}/one"), "a"),
        ("/home/anna/work profile", "b"),
        (&*format!("{FIREFOX}/unlisted"), "c"),
        ("/home/bob/theirs", "never"),
        ("/home/anna/snap/firefox/common/.mozilla/firefox/x", "d"),
        ("/home/anna/.var/app/org.mozilla.firefox/.mozilla/firefox/x", "e"),
        ("/home/anna/.librewolf/x", "f"),
    ] {
        fixture = fixture.file(&format!("{profile}/extensions.json"), addon(id));
    }
    let collected = fixture.collect(extensions);
    let mut told: Vec<_> = found(&collected).into_iter().map(|e| (&*e.id, &*e.browser, &*e.profile)).collect();
    told.sort_unstable();
    let expected = [
        ("a", "Firefox", "one"),
        ("b", "Firefox", "work profile"),
        ("c", "Firefox", "unlisted"),
        ("d", "Firefox", "x"),
        ("e", "Firefox", "x"),
        ("f", "LibreWolf", "x"),
    ];
    assert_eq!(told, expected);
    assert_eq!(status(&collected), (Status::Partial, Some(ReasonCode::UnsupportedFormat)));
}

#[test]
fn what_cannot_be_read_is_said_and_hides_nothing_else() {
    let collected = firefox_140().file(&format!("{FIREFOX}/other/extensions.json"), r#"{"addons":7}"#).collect(extensions);
    assert_eq!(status(&collected), (Status::Partial, Some(ReasonCode::Malformed)));
    one(&collected, MONITOR);
    let collected = with_addon(r#"7, {"type":"extension"}, {"id":"a@b","type":"extension","userPermissions":7,"defaultLocale":[]}"#).collect(extensions);
    assert_eq!(status(&collected), (Status::Partial, Some(ReasonCode::Malformed)));
    one(&collected, "a@b");
    let collected = firefox_140().deny(PROFILE).collect(extensions);
    assert_eq!(status(&collected), (Status::Partial, Some(ReasonCode::PermissionDenied)));
}
