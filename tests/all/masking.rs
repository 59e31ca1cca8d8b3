//! What leaves the program names no person, no computer and no employer, unless the worker asks for it.

use std::fs;

use inzage_tests::{Root, finding, inzage, list, run};

const ADDED_ROOT: &str = include_str!("../../inspector-core/testdata/certificates/added-root.pem");

/// What names somebody, in small letters.
const SECRETS: [&str; 10] = [
    "anna",
    "de vries",
    "jansen",
    "laptop-17",
    "werk.example",
    "intern.acme.example",
    "proxy.acme.example",
    "pac.acme.example",
    "a.devries@elsewhere.example",
    "acme inspection root",
];

/// A computer that says everywhere whose it is.
fn talkative() -> Root {
    let settings = r#"{"extensions":{"settings":{"abcdefghijklmnopabcdefghijklmnop":{"location":1,"path":"x","active_permissions":{"explicit_host":["https://anna.intern.acme.example/*"]},
        "manifest":{"name":"Helper of Anna de Vries (a.devries@elsewhere.example)","version":"1"}}}}}"#;
    let policy = r#"{"ProxyMode":"pac_script","ProxyPacUrl":"https://pac.acme.example/x.pac","RestrictSigninToPattern":"a.devries@elsewhere.example"}"#;
    Root::new()
        .add("/etc/passwd", "kjansen:x:1001:1001:Kees Jansen:/data/people/kjansen:/bin/bash\n")
        .file("/etc/hostname", "laptop-17.werk.example\n")
        .file("/etc/resolv.conf", "search intern.acme.example\nnameserver 192.0.2.1\n")
        .file("/etc/environment", "https_proxy=http://anna:secret@proxy.acme.example:3128\n")
        .file("/etc/chromium/policies/managed/laptop-17.json", policy)
        .file("/etc/chromium/native-messaging-hosts/x.json", r#"{"name":"x","path":"/home/anna/bin/LAPTOP-17"}"#)
        .file("/home/anna/.config/chromium/Default/Preferences", settings)
        .file("/home/anna/.config/autostart/anna.desktop", "[Desktop Entry]\nName=Anna de Vries\nExec=/home/kjansen/tool\n")
        .file("/home/anna/.config/activitywatch/x", "")
        .file("/opt/activitywatch/x", "")
        .file("/var/spool/cron/crontabs/anna", "@daily /data/people/kjansen/report\n")
        .file("/usr/share/applications/broken-on-laptop-17.desktop", "nothing")
        .file("/usr/lib/systemd/system/backup@anna.service", "[Service]\nExecStart=/opt/backup-of-anna\n")
        .file("/opt/backup-of-anna", "")
        .file("/opt/agent.werk.example", "")
        .file("/var/lib/dpkg/status", "Package: auditd\nStatus: install ok installed\nVersion: 1~kjansen\n")
        .file("/home/anna/lib/laptop-17.so", "")
        .file("/etc/ld.so.preload", "/home/anna/lib/laptop-17.so\n")
        .file("/etc/ssl/certs/ca-certificates.crt", ADDED_ROOT)
        .file("/usr/local/share/ca-certificates/acme.crt", ADDED_ROOT)
}

fn named(text: &str) -> Vec<&'static str> {
    let text = text.to_lowercase();
    SECRETS.into_iter().filter(|secret| text.contains(secret)).collect()
}

#[test]
fn nobody_is_named_unless_asked_for() {
    let root = talkative();
    for line in [vec!["scan"], vec!["scan", "--json"], vec!["scan", "--lang", "nl"], vec!["inventory"], vec!["inventory", "--json"]] {
        let out = run(&mut root.inzage(&line)).well().out;
        assert_eq!(named(&out), [""; 0], "{line:?}: {out}");
    }
    let whole = run(&mut root.inzage(&["inventory", "--json", "--unmasked"])).well().out;
    assert_eq!(named(&whole), SECRETS, "the test does not test what it should");
    // The password of a proxy is not even kept.
    assert!(!whole.contains("secret"), "{whole}");
    let report = run(&mut root.inzage(&["scan", "--json", "--unmasked"])).well().out;
    for secret in ["proxy.acme.example", "acme inspection root", "/home/anna/lib/laptop-17.so"] {
        assert!(report.to_lowercase().contains(secret), "{secret}");
    }
}

#[test]
fn the_shape_stays() {
    let root = talkative();
    let (masked, whole) = (run(&mut root.inzage(&["scan", "--json"])).json(), root.report());
    for part in ["findings", "observations", "exposure", "coverage"] {
        assert_eq!(list(&masked, part).len(), list(&whole, part).len());
    }
    assert_eq!(masked["exposure"], whole["exposure"]);
    let places: Vec<_> =
        list(&masked, "observations").iter().flat_map(|one| list(one, "evidence")).map(|evidence| evidence["value"].as_str().unwrap()).collect();
    assert!(places.contains(&"~/lib/<computer>.so"), "{places:?}");
    assert!(places.contains(&"http://<domain>:3128"), "{places:?}");
    // Who has the file of a certificate can still tell that it is this one.
    assert!(places.iter().any(|value| value.starts_with("<name> (SHA-256 ")), "{places:?}");
}

#[test]
fn a_masked_inventory_still_tells_what_is_there() {
    let root = talkative();
    let saved = root.outside().join("inventory.json");
    fs::write(&saved, run(&mut root.inzage(&["inventory", "--json"])).well().out).unwrap();
    let ran = run(inzage(["match", "--json"]).arg(&saved)).well();
    assert_eq!(named(&ran.out), [""; 0]);
    let (matched, report) = (ran.json(), root.report());
    for product in ["activitywatch", "auditd"] {
        let (matched, report) = (finding(&matched, product).unwrap(), finding(&report, product).unwrap());
        for part in ["confidence", "state", "installed", "autostart", "running"] {
            assert_eq!(matched[part], report[part], "{product}");
        }
    }
    assert_eq!(list(&matched, "findings").len(), list(&report, "findings").len());
    assert_eq!(matched["exposure"], report["exposure"]);
}
