//! Browsers of Windows, looked at as from a disk.

use super::*;
use crate::collect::registry::Data;
use crate::facts::SetBy;
use crate::inventory::Inventory;
use crate::observe::observe;

const CHROME: &str = "C:\\Users\\anna\\AppData\\Local\\Google\\Chrome\\User Data";
const FIREFOX: &str = "C:\\Users\\anna\\AppData\\Roaming\\Mozilla\\Firefox";
const CHROME_KEY: &str = "HKLM\\SOFTWARE\\Policies\\Google\\Chrome";
const FIREFOX_KEY: &str = "HKLM\\SOFTWARE\\Policies\\Mozilla\\Firefox";
const OTHER: &str = "abcdefghijklmnopabcdefghijklmnop";

/// The profile of a real Chromium 150, at the place that it has on Windows.
fn chromium_150_on_windows() -> Fixture {
    let folder = "C:\\Users\\anna\\AppData\\Local\\Chromium\\User Data";
    Fixture::new()
        .file(&format!("{folder}\\Local State"), testdata!("chromium150-LocalState.json"))
        .file(&format!("{folder}\\Default\\Preferences"), testdata!("chromium150-Preferences.json"))
        .file(&format!("{folder}\\Default\\Secure Preferences"), testdata!("chromium150-SecurePreferences.json"))
}

fn settings(settings: &str) -> String {
    format!(r#"{{"extensions":{{"settings":{settings}}}}}"#)
}

/// Id, browser, profile or place, and policy.
fn told(collected: &Collected) -> Vec<(&str, &str, &str, Option<&str>)> {
    let each = found(collected).into_iter();
    each.map(|e| (&*e.id, &*e.browser, if e.profile.is_empty() { &*e.place } else { &*e.profile }, e.policy.as_deref())).collect()
}

fn policies(fixture: Fixture) -> (Vec<String>, (Status, Option<ReasonCode>)) {
    let collected = fixture.collect_windows(policies::collect);
    let each = collected.facts.iter().map(|fact| match fact {
        Fact::BrowserPolicy(p) => format!("{} {} {} {}", p.browser, p.place, p.value, if p.mandatory { "must" } else { "may" }),
        other => panic!("{other:?}"),
    });
    (each.collect(), collected.of(Source::BrowserPolicies))
}

/// Name, browser, program, extensions and place.
type Host<'a> = (&'a str, &'a str, Option<&'a str>, String, &'a str);

fn hosts(collected: &Collected) -> Vec<Host<'_>> {
    let each = collected.facts.iter().map(|fact| match fact {
        Fact::NativeHost(h) => (&*h.name, &*h.browser, h.program.as_deref(), h.extensions.join(" "), &*h.place),
        other => panic!("{other:?}"),
    });
    each.collect()
}

#[test]
fn nothing_is_there() {
    for collector in COLLECTORS {
        let collected = Fixture::new().collect_windows(collector.collect);
        assert!(collected.facts.is_empty());
        assert_eq!(collected.of(collector.sources[0]), (Status::Full, Some(ReasonCode::Absent)));
    }
}

#[test]
fn a_real_chromium_150() {
    let list = "HKLM\\SOFTWARE\\Policies\\Chromium\\ExtensionInstallForcelist";
    let collected = chromium_150_on_windows().text(list, "1", &format!("{FORCED};http://127.0.0.1:8099/update.xml")).collect_windows(extensions);
    let forced = one(&collected, FORCED);
    assert_eq!((&*forced.name, &*forced.browser, &*forced.profile, forced.enabled), ("Employer Monitor", "Chromium", "Default", Some(true)));
    assert_eq!((forced.install, forced.policy.as_deref(), forced.all_sites), (Install::Policy, Some(list), true));
    assert_eq!(forced.place, "C:\\Users\\anna\\AppData\\Local\\Chromium\\User Data\\Default\\Preferences");
    assert_eq!(collected.facts.len(), 2);
    assert_eq!(status(&collected), (Status::Full, None));
    let seen = observe(&Inventory::of_facts(Os::Windows, collected.facts), &[]);
    assert!(matches!(&seen[..], [one] if one.set_by == SetBy::Policy), "{seen:#?}");
}

#[test]
fn what_the_registry_forces() {
    let fixture = Fixture::new()
        .text(&format!("{CHROME_KEY}\\ExtensionInstallForcelist"), "10", "bbbb")
        .text(&format!("{CHROME_KEY}\\ExtensionInstallForcelist"), "2", "aaaa;https://example.org/u.xml")
        .text(&format!("{CHROME_KEY}\\ExtensionInstallForcelist"), "note", "nobody reads this")
        .text(CHROME_KEY, "extensionsettings", r#"{"*":{"installation_mode":"blocked"},"cccc,dddd":{"installation_mode":"force_installed"}}"#)
        .text("HKLM\\SOFTWARE\\Policies\\Microsoft\\Edge\\ExtensionSettings\\eeee", "installation_mode", "normal_installed")
        .text("HKLM\\SOFTWARE\\Policies\\Microsoft\\Edge\\ExtensionSettings\\ffff", "installation_mode", "allowed")
        .text("HKLM\\SOFTWARE\\Policies\\Microsoft\\Edge\\ExtensionSettings", "1", "does not make it a list")
        .text("HKLM\\SOFTWARE\\Policies\\BraveSoftware\\Brave\\Recommended\\ExtensionInstallForcelist", "1", "gggg")
        .text("HKLM\\SOFTWARE\\Policies\\Vivaldi\\3rdparty\\ExtensionInstallForcelist", "1", "hhhh")
        .text("HKCU\\SOFTWARE\\Policies\\Vivaldi\\ExtensionInstallForcelist", "1", "iiii")
        .file(
            "C:\\Users\\anna\\AppData\\Local\\Google\\Chrome Beta\\User Data\\Default\\Secure Preferences",
            settings(r#"{"bbbb":{"location":7,"path":"bbbb\\1.0_0","manifest":{"name":"B"}}}"#),
        );
    let collected = fixture.collect_windows(extensions);
    let list = format!("{CHROME_KEY}\\ExtensionInstallForcelist");
    let set = format!("{CHROME_KEY}\\ExtensionSettings");
    let edge = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Edge\\ExtensionSettings";
    let vivaldi = "HKCU\\SOFTWARE\\Policies\\Vivaldi\\ExtensionInstallForcelist";
    let expected = [
        ("bbbb", "Chrome Beta", "Default", Some(&*list)),
        ("aaaa", "Chrome", &*list, Some(&*list)),
        ("cccc", "Chrome", &*set, Some(&*set)),
        ("dddd", "Chrome", &*set, Some(&*set)),
        ("eeee", "Edge", edge, Some(edge)),
        ("iiii", "Vivaldi", vivaldi, Some(vivaldi)),
    ];
    assert_eq!(told(&collected), expected);
    assert!(found(&collected).iter().all(|extension| extension.install == Install::Policy));
    assert_eq!(status(&collected), (Status::Full, None));
}

#[test]
fn policies_of_every_form() {
    let fixture = Fixture::new()
        .number(CHROME_KEY, "CloudReportingEnabled", 1)
        .text(CHROME_KEY, "ProxySettings", r#"{"ProxyMode":"direct",}"#)
        .text(CHROME_KEY, "HomepageLocation", "[*.]example.org")
        .text(CHROME_KEY, "", "no name, no policy")
        .text(&format!("{CHROME_KEY}\\URLBlocklist"), "10", "c.example")
        .text(&format!("{CHROME_KEY}\\URLBlocklist"), "9", "b.example")
        .key(&format!("{CHROME_KEY}\\ExtensionInstallForcelist"))
        .number(&format!("{CHROME_KEY}\\3rdparty\\extensions\\aaaa\\policy"), "x", 1)
        .text(&format!("{CHROME_KEY}\\3rdparty\\ExtensionInstallForcelist"), "1", "aaaa")
        .text(&format!("{CHROME_KEY}\\recommended"), "HomepageLocation", "https://example.org")
        .number("HKCU\\SOFTWARE\\Policies\\Microsoft\\Edge", "SavingBrowserHistoryDisabled", 0)
        .number(&format!("{FIREFOX_KEY}\\Certificates"), "ImportEnterpriseRoots", 1)
        .text(&format!("{FIREFOX_KEY}\\Cookies\\Allow"), "1", "https://a.example")
        .text(&format!("{FIREFOX_KEY}\\SearchEngines\\Add\\1"), "Name", "A")
        .value(FIREFOX_KEY, "Preferences", Data::Texts(vec!["{\"a\":".into(), "{\"Value\": 1}}".into()]))
        .file("C:\\Program Files\\Mozilla Firefox\\distribution\\policies.json", r#"{"policies":{"DisableTelemetry":true}}"#);
    let expected = [
        "Firefox C:\\Program Files\\Mozilla Firefox\\distribution\\policies.json true must".to_owned(),
        format!(r#"Chrome {CHROME_KEY}\3rdparty {{"ExtensionInstallForcelist":["aaaa"],"extensions":{{"aaaa":{{"policy":{{"x":1}}}}}}}} must"#),
        format!("Chrome {CHROME_KEY}\\CloudReportingEnabled 1 must"),
        format!("Chrome {CHROME_KEY}\\HomepageLocation \"[*.]example.org\" must"),
        format!(r#"Chrome {CHROME_KEY}\ProxySettings {{"ProxyMode":"direct"}} must"#),
        format!(r#"Chrome {CHROME_KEY}\URLBlocklist ["b.example","c.example"] must"#),
        format!("Chrome {CHROME_KEY}\\Recommended\\HomepageLocation \"https://example.org\" may"),
        "Edge HKCU\\SOFTWARE\\Policies\\Microsoft\\Edge\\SavingBrowserHistoryDisabled 0 must".to_owned(),
        format!(r#"Firefox {FIREFOX_KEY}\Certificates {{"ImportEnterpriseRoots":1}} must"#),
        format!(r#"Firefox {FIREFOX_KEY}\Cookies {{"Allow":["https://a.example"]}} must"#),
        format!(r#"Firefox {FIREFOX_KEY}\Preferences {{"a":{{"Value":1}}}} must"#),
        format!(r#"Firefox {FIREFOX_KEY}\SearchEngines {{"Add":[{{"Name":"A"}}]}} must"#),
    ];
    assert_eq!(policies(fixture), (expected.into(), (Status::Full, None)));
}

#[test]
fn policies_that_are_broken_closed_or_without_end() {
    let of = |fixture: Fixture| policies(fixture.number(CHROME_KEY, "Whole", 1));
    let whole = format!("Chrome {CHROME_KEY}\\Whole 1 must");
    for (fixture, left) in [
        (Fixture::new().text(CHROME_KEY, "ExtensionSettings", "{broken"), Some(r#"\ExtensionSettings "{broken" must"#)),
        (Fixture::new().text(CHROME_KEY, "ExtensionSettings", "none"), Some(r#"\ExtensionSettings "none" must"#)),
        (Fixture::new().value(CHROME_KEY, "Bytes", Data::Bytes(vec![1, 2])), None),
        (Fixture::new().value(CHROME_KEY, "ExtensionSettings", Data::Texts(vec!["{}".into()])), None),
        (Fixture::new().value(FIREFOX_KEY, "ExtensionSettings", Data::Texts(vec!["{".into()])), None),
    ] {
        let mut expected: Vec<_> = left.map(|left| format!("Chrome {CHROME_KEY}{left}")).into_iter().collect();
        expected.push(whole.clone());
        assert_eq!(of(fixture), (expected, (Status::Partial, Some(ReasonCode::Malformed))));
    }
    assert_eq!(of(Fixture::new().deny_key(CHROME_KEY)), (Vec::new(), (Status::None, Some(ReasonCode::PermissionDenied))));
    let closed = Fixture::new().number(&format!("{CHROME_KEY}\\Below"), "x", 1).deny_key(&format!("{CHROME_KEY}\\Below"));
    assert_eq!(of(closed), (vec![whole.clone()], (Status::Partial, Some(ReasonCode::PermissionDenied))));
    let deep = Fixture::new().number(&format!("{CHROME_KEY}{}", "\\x".repeat(40)), "x", 1);
    assert_eq!(of(deep), (vec![whole.clone()], (Status::Partial, Some(ReasonCode::TooMany))));
    let many = (0..6_000).fold(Fixture::new(), |fixture, number| fixture.number(&format!("{CHROME_KEY}\\n{number}"), "x", 1));
    let (facts, status) = of(many);
    assert!(facts.contains(&whole) && status == (Status::Partial, Some(ReasonCode::TooMany)));
}

#[test]
fn native_hosts_in_three_views() {
    let manifest = |program: &str| format!(r#"{{"name":"com.acme","path":"{program}","type":"stdio","allowed_origins":["chrome-extension://aaaa/"]}}"#);
    let (user, of_32, of_64) = (
        "HKCU\\SOFTWARE\\Google\\Chrome\\NativeMessagingHosts\\com.acme",
        "HKLM\\SOFTWARE\\WOW6432Node\\Google\\Chrome\\NativeMessagingHosts\\com.acme",
        "HKLM\\SOFTWARE\\Google\\Chrome\\NativeMessagingHosts\\com.acme",
    );
    let (edge, firefox) = ("HKLM\\SOFTWARE\\Microsoft\\Edge\\NativeMessagingHosts\\com.acme", "HKCU\\SOFTWARE\\Mozilla\\NativeMessagingHosts\\acme");
    let collected = Fixture::new()
        .text(user, "", "C:\\Users\\anna\\AppData\\Local\\Acme\\host.json")
        .text(of_32, "", "C:\\Program Files (x86)\\Acme\\host.json")
        .text(of_64, "", "%ProgramFiles(x86)%\\ACME\\host.json")
        .text(edge, "", "C:/Program Files (x86)/Acme/host.json")
        .text(firefox, "", "C:\\Program Files (x86)\\Acme\\firefox.json")
        .text("HKLM\\SOFTWARE\\Google\\Chrome\\NativeMessagingHosts\\gone", "", "C:\\Program Files\\Gone\\host.json")
        .key("HKLM\\SOFTWARE\\Google\\Chrome\\NativeMessagingHosts\\empty")
        .file("C:\\Users\\anna\\AppData\\Local\\Acme\\host.json", manifest("..\\\\bin/bridge.exe"))
        .file("C:\\Program Files (x86)\\Acme\\host.json", manifest("bridge.exe"))
        .file("C:\\Program Files (x86)\\Acme\\firefox.json", r#"{"name":"acme","path":"C:\\Acme\\b.exe","allowed_extensions":["a@b"]}"#)
        .collect_windows(native::collect);
    let bridge = Some("C:\\Program Files (x86)\\Acme\\bridge.exe");
    let expected = [
        ("com.acme", "Chrome", Some("C:\\Users\\anna\\AppData\\Local\\bin\\bridge.exe"), "aaaa".to_owned(), user),
        ("com.acme", "Chrome", bridge, "aaaa".to_owned(), of_32),
        ("com.acme", "Edge", bridge, "aaaa".to_owned(), edge),
        ("acme", "Firefox", Some("C:\\Acme\\b.exe"), "a@b".to_owned(), firefox),
    ];
    assert_eq!(hosts(&collected), expected);
    assert_eq!(collected.of(Source::NativeMessaging), (Status::Full, None));
}

#[test]
fn native_hosts_that_cannot_be_looked_at() {
    let key = "HKCU\\SOFTWARE\\Chromium\\NativeMessagingHosts\\com.acme";
    let of = |fixture: Fixture| {
        let collected = fixture.collect_windows(native::collect);
        let names: Vec<_> = hosts(&collected).into_iter().map(|(name, _, program, ..)| (name.to_owned(), program.map(str::to_owned))).collect();
        (names, collected.of(Source::NativeMessaging))
    };
    let nameless = vec![("com.acme".to_owned(), None)];
    // The disk of Windows alone is known here.
    let other_drive = Fixture::new().text(key, "", "D:\\Acme\\host.json");
    assert_eq!(of(other_drive), (nameless.clone(), (Status::Partial, Some(ReasonCode::NotOnThisComputer))));
    for path in [
        "\\\\server\\share\\host.json",
        "host.json",
        "C:\\Users\\bob\\host.json",
        "C:\\Users\\anna\\..\\bob\\host.json",
        "C:\\Documents and Settings\\bob\\host.json",
        "C:\\Users.\\bob\\host.json",
        "\\\\?\\C:\\\\Users\\bob\\host.json",
        "C:\\Acme\\host.json:stream",
    ] {
        let fixture = Fixture::new().text(key, "", path).file("C:\\Users\\bob\\host.json", r#"{"path":"C:\\secret.exe"}"#);
        assert_eq!(of(fixture), (nameless.clone(), (Status::Partial, Some(ReasonCode::UnsupportedFormat))), "{path}");
    }
    let there = |contents: &str| Fixture::new().text(key, "", "C:\\Acme\\host.json").file("C:\\Acme\\host.json", contents);
    assert_eq!(of(there("{")), (nameless.clone(), (Status::Partial, Some(ReasonCode::Malformed))));
    assert_eq!(of(there("{}").deny("C:\\Acme")), (nameless, (Status::Partial, Some(ReasonCode::PermissionDenied))));
    assert_eq!(of(Fixture::new().number(key, "", 7)), (Vec::new(), (Status::Partial, Some(ReasonCode::Malformed))));
    assert_eq!(of(Fixture::new().text(key, "", "x").deny_key("HKCU")), (Vec::new(), (Status::None, Some(ReasonCode::PermissionDenied))));
}

#[test]
fn what_another_program_announces() {
    let update = "https://clients2.google.com/service/update2/crx";
    let of_32 = "HKLM\\SOFTWARE\\WOW6432Node\\Google\\Chrome\\Extensions";
    let edge = "HKCU\\SOFTWARE\\Microsoft\\Edge\\Extensions";
    let firefox = "HKLM\\SOFTWARE\\Mozilla\\Firefox\\Extensions";
    let fixture = |windows_of_64_bit: bool| {
        let fixture = if windows_of_64_bit { Fixture::new().text(&format!("{of_32}\\{}", OTHER.to_uppercase()), "update_url", update) } else { Fixture::new() };
        fixture
            .text(&format!("HKLM\\SOFTWARE\\Google\\Chrome\\Extensions\\{FORCED}"), "update_url", update)
            .text(&format!("{edge}\\{OTHER}"), "path", "C:\\Program Files\\Acme\\a.crx")
            .text(&format!("{edge}\\{OTHER}"), "version", "1.0")
            .text(&format!("{edge}\\{FORCED}"), "path", "C:\\Program Files\\Acme\\gone.crx")
            .text(&format!("{edge}\\{FORCED}"), "version", "1.0")
            .text(&format!("{edge}\\no id"), "update_url", update)
            .text(firefox, "a@b", "C:\\Program Files\\Acme\\a.xpi")
            .text(firefox, "gone@b", "C:\\Program Files\\Acme\\gone.xpi")
            .file("C:\\Program Files\\Acme\\a.crx", "")
            .file("C:\\Program Files\\Acme\\a.xpi", "")
            .collect_windows(extensions)
    };
    let (in_edge, in_firefox) = (format!("{edge}\\{OTHER}"), format!("{firefox}\\a@b"));
    let of_64_bit = fixture(true);
    let chrome = format!("{of_32}\\{}", OTHER.to_uppercase());
    assert_eq!(told(&of_64_bit), [(OTHER, "Chrome", &*chrome, None), (OTHER, "Edge", &*in_edge, None), ("a@b", "Firefox", &*in_firefox, None)]);
    assert!(found(&of_64_bit).iter().all(|extension| extension.install == Install::Sideload && extension.enabled.is_none()));
    let of_32_bit = fixture(false);
    let chrome = format!("HKLM\\SOFTWARE\\Google\\Chrome\\Extensions\\{FORCED}");
    assert_eq!(told(&of_32_bit)[0], (FORCED, "Chrome", &*chrome, None));
    assert_eq!(status(&of_32_bit), (Status::Full, None));
}

#[test]
fn what_is_announced_to_chrome_is_announced_to_its_kin() {
    let collected = Fixture::new()
        .text(&format!("HKCU\\SOFTWARE\\Google\\Chrome\\Extensions\\{OTHER}"), "update_url", "https://example.org")
        .file(
            "C:\\Users\\anna\\AppData\\Local\\Yandex\\YandexBrowser\\User Data\\Default\\Preferences",
            settings(&format!(r#"{{"{OTHER}":{{"location":6}}}}"#)),
        )
        .collect_windows(extensions);
    assert_eq!(told(&collected), [(OTHER, "Yandex", "Default", None)]);
}

#[test]
fn how_it_came_and_where_it_lies() {
    let secure = r#"{"aaaa":{"location":1,"from_webstore":true,"path":"aaaa\\1.0_0"},"bbbb":{"location":4,"path":"C:\\Tools\\loose"},
        "cccc":{"location":3,"manifest":{"name":"C"}},"dddd":{"ack_external":true},"eeee":{"location":1,"from_webstore":true,"manifest":{"name":"E"}}}"#;
    let plain = r#"{"dddd":{"location":7,"manifest":{"name":"D"}},"eeee":{"location":4,"manifest":{"name":"stale"}}}"#;
    let collected = Fixture::new()
        .file(&format!("{CHROME}\\Local State"), r#"{"profile":{"info_cache":{"Default":{},"Work":{}}}}"#)
        .file(&format!("{CHROME}\\Default\\Secure Preferences"), settings(secure))
        .file(&format!("{CHROME}\\Default\\Preferences"), settings(plain))
        .file(&format!("{CHROME}\\Default\\Extensions\\aaaa\\1.0_0\\manifest.json"), r#"{"name":"__MSG_a__","default_locale":"nl","permissions":["tabs"]}"#)
        .file(&format!("{CHROME}\\Default\\Extensions\\aaaa\\1.0_0\\_locales\\nl\\messages.json"), r#"{"a":{"message":"Uit de winkel"}}"#)
        .file("C:\\Tools\\loose\\manifest.json", r#"{"name":"Loose"}"#)
        .file(&format!("{CHROME}\\work\\Secure Preferences"), settings(r#"{"ffff":{"location":1}}"#))
        .file(&format!("{CHROME}\\profile 3\\Secure Preferences"), settings(r#"{"never":{"location":1}}"#))
        .file("C:\\Users\\anna\\AppData\\Roaming\\Opera Software\\Opera Stable\\Preferences", settings(r#"{"gggg":{"location":1}}"#))
        .file("C:\\Users\\anna\\AppData\\Roaming\\Opera Software\\Opera GX Stable\\_side_profiles\\1_2\\Preferences", settings(r#"{"hhhh":{"location":1}}"#))
        .collect_windows(extensions);
    let told: Vec<_> = found(&collected).into_iter().map(|e| (&*e.id, &*e.name, &*e.profile, e.install)).collect();
    let expected = [
        ("aaaa", "Uit de winkel", "Default", Install::Store),
        ("bbbb", "Loose", "Default", Install::Unpacked),
        ("cccc", "C", "Default", Install::Sideload),
        ("dddd", "D", "Default", Install::Policy),
        ("eeee", "E", "Default", Install::Store),
        ("ffff", "", "Work", Install::Sideload),
        ("gggg", "", "Opera Stable", Install::Sideload),
        ("hhhh", "", "1_2", Install::Sideload),
    ];
    assert_eq!(told, expected);
    assert_eq!(one(&collected, "aaaa").place, format!("{CHROME}\\Default\\Secure Preferences"));
    assert_eq!(status(&collected), (Status::Full, None));
}

#[test]
fn names_that_lead_elsewhere() {
    let profiles =
        r#"{"profile":{"info_cache":{"..\\..\\..\\..\\..\\..\\bob":{},"C:\\Users\\bob":{},"..":{},"a\\b":{},"a/b":{},"x:y":{},"nul\u0000":{},"Default":{}}}}"#;
    let extensions_of = r#"{"aaaa":{"location":4,"path":"C:\\Users\\bob\\x"},"bbbb":{"location":4,"path":"\\\\server\\share\\x"},
        "cccc":{"location":1,"path":"..\\..\\..\\..\\..\\..\\..\\..\\bob\\x"},"dddd":{"location":4,"path":"C:\\Users\\anna\\..\\bob\\x"}}"#;
    let collected = Fixture::new()
        .file(&format!("{CHROME}\\Local State"), profiles)
        .file(&format!("{CHROME}\\Default\\Preferences"), settings(extensions_of))
        .file(&format!("{CHROME}\\a\\b\\Preferences"), settings(r#"{"never":{"location":1}}"#))
        .file("C:\\Users\\bob\\Preferences", settings(r#"{"never":{"location":1}}"#))
        .file("C:\\Users\\bob\\x\\manifest.json", r#"{"name":"secret"}"#)
        .collect_windows(extensions);
    let names: Vec<_> = found(&collected).into_iter().map(|e| (&*e.id, &*e.name)).collect();
    assert_eq!(names, [("aaaa", ""), ("bbbb", ""), ("cccc", ""), ("dddd", "")]);
    assert_eq!(status(&collected), (Status::Partial, Some(ReasonCode::UnsupportedFormat)));

    let addon = |id: &str| format!(r#"{{"addons":[{{"id":"{id}","type":"extension","location":"app-profile"}}]}}"#);
    let hostile = ["C:\\Users\\bob\\p", "..\\..\\..\\..\\..\\bob\\p", "C:\\Users\\anna\\..\\bob\\p", "\\\\server\\p", "C:p", "\\Users\\bob\\p", "a\0b"];
    for path in hostile {
        let collected = Fixture::new()
            .file(&format!("{FIREFOX}\\profiles.ini"), format!("[Profile0]\nPath={path}\n"))
            .file("C:\\Users\\bob\\p\\extensions.json", addon("never@b"))
            .collect_windows(extensions);
        assert!(collected.facts.is_empty(), "{path}");
        assert_eq!(status(&collected), (Status::Partial, Some(ReasonCode::UnsupportedFormat)), "{path}");
    }
}

#[test]
fn profiles_that_a_policy_moves() {
    let setting = |id: &str| settings(&format!(r#"{{"{id}":{{"location":1}}}}"#));
    let of = |hive: &str, path: &str| {
        let collected = Fixture::new()
            .text(&format!("{hive}\\SOFTWARE\\Policies\\Google\\Chrome"), "UserDataDir", path)
            .file(&format!("{CHROME}\\Default\\Preferences"), setting("left"))
            .file("C:\\Users\\anna\\AppData\\Roaming\\Acme\\Default\\Preferences", setting("home"))
            .file("C:\\Profiles\\anna\\Default\\Preferences", setting("away"))
            .file("C:\\Users\\bob\\x\\Default\\Preferences", setting("never"))
            .collect_windows(extensions);
        let told: Vec<_> = told(&collected).into_iter().map(|(id, browser, ..)| format!("{browser} {id}")).collect();
        (told.join(", "), status(&collected))
    };
    let (full, unread) = ((Status::Full, None), (Status::Partial, Some(ReasonCode::UnsupportedFormat)));
    for (path, expected) in [
        ("${roaming_app_data}\\Acme", ("Chrome left, Chrome home".to_owned(), full)),
        ("C:/Profiles/${user_name}", ("Chrome left, Chrome away".to_owned(), full)),
        ("${local_app_data}\\google\\chrome\\user data", ("Chrome left".to_owned(), full)),
        ("${documents}\\x", ("Chrome left".to_owned(), unread)),
        ("C:\\Profiles\\${machine_name}", ("Chrome left".to_owned(), unread)),
        ("C:\\Users\\bob\\x", ("Chrome left".to_owned(), unread)),
        ("\\\\server\\profiles\\${user_name}", ("Chrome left".to_owned(), unread)),
    ] {
        for hive in ["HKLM", "HKCU"] {
            assert_eq!(of(hive, path), expected, "{path}");
        }
    }
    let moved = |fixture: Fixture| fixture.text(CHROME_KEY, "UserDataDir", "C:\\Profiles\\${user_name}");
    let homeless = moved(Fixture::new().homeless()).collect_windows(certificates::collect);
    assert_eq!(homeless.of(Source::BrowserCertificates), (Status::Partial, Some(ReasonCode::UnsupportedFormat)));
    let cloud = moved(Fixture::new().file("C:\\Profiles\\anna\\Policy\\Machine Level User Cloud Policy", "signed"));
    assert_eq!(policies(cloud).1, (Status::Partial, Some(ReasonCode::UnsupportedFormat)));
}

#[test]
fn firefox_and_its_profiles() {
    let addon = |id: &str| format!(r#"{{"addons":[{{"id":"{id}","type":"extension","location":"app-profile"}}]}}"#);
    let ini = "[Profile0]\r\nPath=Profiles/one.default\r\nIsRelative=1\r\n[Profile1]\r\nIsRelative=0\r\nPath=c:\\users\\Anna\\Work Profile\r\n\
        [Profile2]\r\nIsRelative=0\r\nPath=C:\\Users\\anna\\AppData\\Roaming\\Mozilla\\Firefox\\Profiles\\ONE.default\r\n";
    let locked = format!("{FIREFOX_KEY}\\Extensions");
    let collected = Fixture::new()
        .file(&format!("{FIREFOX}\\profiles.ini"), ini)
        .file(&format!("{FIREFOX}\\Profiles\\one.default\\extensions.json"), addon("a@b"))
        .file(&format!("{FIREFOX}\\Profiles\\unlisted\\extensions.json"), addon("c@d"))
        .file("C:\\Users\\anna\\Work Profile\\extensions.json", addon("e@f"))
        .file("C:\\Users\\anna\\AppData\\Roaming\\librewolf\\Profiles\\x\\extensions.json", addon("g@h"))
        .file("C:\\Users\\anna\\AppData\\Roaming\\zen\\Profiles\\z\\extensions.json", addon("i@j"))
        .text("HKLM\\SOFTWARE\\Policies\\Mozilla\\Zen\\Extensions\\Locked", "1", "i@j")
        .file(
            "C:\\Users\\anna\\AppData\\Local\\Packages\\Mozilla.Firefox_n80bbvh6b1yt2\\LocalCache\\Roaming\\Mozilla\\Firefox\\Profiles\\store\\extensions.json",
            testdata!("firefox140esr-extensions.json"),
        )
        .text(&format!("{locked}\\Locked"), "1", "c@d")
        .value(
            FIREFOX_KEY,
            "ExtensionSettings",
            Data::Texts(vec!["{\"monitor@employer.example\":".into(), "{\"installation_mode\":\"force_installed\"}}".into()]),
        )
        .text("HKCU\\SOFTWARE\\Policies\\Mozilla\\Firefox\\ExtensionSettings\\soon@b", "installation_mode", "force_installed")
        .text("HKLM\\SOFTWARE\\Policies\\Mozilla\\LibreWolf\\Extensions\\Install", "1", "https://intranet.example/x.xpi")
        .collect_windows(extensions);
    let set = format!("{FIREFOX_KEY}\\ExtensionSettings");
    let soon = "HKCU\\SOFTWARE\\Policies\\Mozilla\\Firefox\\ExtensionSettings";
    let mut of_people: Vec<_> = told(&collected).into_iter().filter(|(id, ..)| id.len() == 3 || *id == "soon@b" || id.starts_with("monitor@")).collect();
    of_people.sort_unstable();
    let expected = [
        ("a@b", "Firefox", "one.default", None),
        ("c@d", "Firefox", "unlisted", Some(&*locked)),
        ("e@f", "Firefox", "Work Profile", None),
        ("g@h", "LibreWolf", "x", None),
        ("i@j", "Zen", "z", Some("HKLM\\SOFTWARE\\Policies\\Mozilla\\Zen\\Extensions")),
        ("monitor@employer.example", "Firefox", "store", Some(&*set)),
        ("soon@b", "Firefox", soon, Some(soon)),
    ];
    assert_eq!(of_people, expected);
    assert_eq!(one(&collected, "a@b").place, format!("{FIREFOX}\\Profiles\\one.default\\extensions.json"));
    assert_eq!(status(&collected), (Status::Full, None));
}

#[test]
fn what_a_maker_brings_along_is_no_employer() {
    let addon = r#"{"addons":[{"id":"a@b","type":"extension","active":true,"userPermissions":{"origins":["<all_urls>"]}}]}"#;
    let policies = r#"{"policies":{"ExtensionSettings":{"a@b":{"installation_mode":"normal_installed"}}}}"#;
    for (data, program, set_by) in [("librewolf", "LibreWolf", SetBy::Unknown), ("Mozilla\\Firefox", "Mozilla Firefox", SetBy::Policy)] {
        let collected = Fixture::new()
            .file(&format!("C:\\Users\\anna\\AppData\\Roaming\\{data}\\Profiles\\x\\extensions.json"), addon)
            .file(&format!("C:\\Program Files\\{program}\\distribution\\policies.json"), policies)
            .collect_windows(extensions);
        let seen = observe(&Inventory::of_facts(Os::Windows, collected.facts), &[]);
        assert!(matches!(&seen[..], [one] if one.set_by == set_by), "{seen:#?}");
    }
}

#[test]
fn roots_that_browsers_keep() {
    let firefox = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/browsers/firefox153esr-cert9.db"));
    let chromium = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/browsers/chromium156-ServerCertificate"));
    let (of_chrome, of_firefox) = (format!("{CHROME}\\Profile 1\\ServerCertificate"), format!("{FIREFOX}\\Profiles\\x.y\\cert9.db"));
    let fixture = || {
        let ini = "[Profile0]\nPath=Profiles/x.y\n";
        Fixture::new().file(&of_chrome, chromium).file(&of_firefox, firefox).file(&format!("{FIREFOX}\\profiles.ini"), ini)
    };
    let collected = fixture().collect_windows(certificates::collect);
    let each = collected.facts.iter().map(|fact| match fact {
        Fact::Certificate(c) => (&*c.store, &*c.place),
        other => panic!("{other:?}"),
    });
    assert_eq!(each.collect::<Vec<_>>(), [("Chrome", &*of_chrome), ("Firefox", &*of_firefox)]);
    assert_eq!(collected.of(Source::BrowserCertificates), (Status::Full, None));
    let denied = fixture().deny(FIREFOX).collect_windows(certificates::collect);
    assert_eq!((denied.facts.len(), denied.of(Source::BrowserCertificates)), (1, (Status::Partial, Some(ReasonCode::PermissionDenied))));
}

#[test]
fn what_cannot_be_read_is_said() {
    for collector in COLLECTORS {
        let collected = Fixture::new().homeless().collect_windows(collector.collect);
        let (status, reason) = collected.of(collector.sources[0]);
        assert!(status != Status::Full && reason == Some(ReasonCode::NoHome), "{:?}", collected.coverage);
    }
    let forced = Fixture::new().homeless().text(&format!("{CHROME_KEY}\\ExtensionInstallForcelist"), "1", "aaaa").collect_windows(extensions);
    assert_eq!(found(&forced).len(), 1);
    let closed = chromium_150_on_windows().deny("C:\\Users\\anna\\AppData\\Local\\Chromium").collect_windows(extensions);
    assert_eq!(status(&closed), (Status::None, Some(ReasonCode::PermissionDenied)));
    let path = closed.coverage[0].reason.as_ref().map(|reason| reason.args["path"].clone());
    assert_eq!(path.as_deref(), Some("C:\\Users\\anna\\AppData\\Local\\Chromium\\User Data\\Local State"), "the path of a Windows has one separator");
    let closed = Fixture::new().text(&format!("{CHROME_KEY}\\ExtensionInstallForcelist"), "1", "aaaa").deny_key("HKLM\\SOFTWARE\\Policies");
    assert_eq!(status(&closed.collect_windows(extensions)), (Status::None, Some(ReasonCode::PermissionDenied)));
}
