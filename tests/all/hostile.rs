//! Computers that try to break the program or to speak through it.
//!
//! Whatever lies on the disk, a look ends in time and well, prints nothing that a terminal would obey, says what it could not look at and
//! why, and still finds what lies beside it.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use inzage_tests::{Ran, Root, coverage, facts, inzage, is_root, list, open_to_all, program, run};
use rustix::fs::{CWD, FileType, Mode, OFlags, makedev, mkdirat, mknodat, open, openat};
use serde_json::Value;

/// The account that owns nothing.
const NOBODY: u32 = 65534;
/// The most memory that a look at anything takes, in megabytes.
const MOST_MEMORY: u64 = 300;
const PREFERENCES: &str = "/home/anna/.config/chromium/Default/Preferences";
const EXTENSION: &str = "abcdefghijklmnopabcdefghijklmnop";

/// A file that is in order, and the fact that it gives.
struct Good {
    path: &'static str,
    contents: &'static str,
    fact: [&'static str; 3],
}

const fn good(path: &'static str, contents: &'static str, fact: [&'static str; 3]) -> Good {
    Good { path, contents, fact }
}

const GOOD: [Good; 15] = [
    good("/var/lib/dpkg/status", "Package: good\nStatus: install ok installed\nVersion: 1\n", ["package", "id", "deb:good"]),
    good("/usr/share/applications/good.desktop", "[Desktop Entry]\nName=Good\nExec=/opt/good\n", ["menu_entry", "id", "good.desktop"]),
    good("/opt/good", "", ["program", "path", "/opt/good"]),
    good("/etc/xdg/autostart/good.desktop", "[Desktop Entry]\nName=Good\nExec=/opt/good\n", ["autostart", "entry", "good.desktop"]),
    good("/usr/lib/systemd/system/good.service", "[Service]\nExecStart=/opt/good\n", ["autostart", "unit", "good.service"]),
    good("/etc/cron.d/good", "@daily root /opt/good\n", ["autostart", "name", "good"]),
    good("/etc/pam.d/login", "auth required pam_good.so\n", ["auth_module", "pam", "pam_good.so"]),
    good("/etc/nsswitch.conf", "passwd: files good\n", ["auth_module", "nss", "good"]),
    good("/etc/resolv.conf", "nameserver 192.0.2.1\n", ["dns", "server", "192.0.2.1"]),
    good("/etc/ld.so.preload", "/opt/good.so\n", ["preload", "library", "/opt/good.so"]),
    good("/etc/environment", "https_proxy=http://good.example:1\n", ["proxy", "address", "http://good.example:1"]),
    good("/etc/ssl/certs/ca-certificates.crt", include_str!("../../inspector-core/testdata/certificates/added-root.pem"), ["certificate", "store", "system"]),
    good(
        PREFERENCES,
        r#"{"extensions":{"settings":{"abcdefghijklmnopabcdefghijklmnop":{"location":1,"path":"x","manifest":{"name":"Good","version":"1"}}}}}"#,
        ["extension", "id", EXTENSION],
    ),
    good("/etc/chromium/policies/managed/good.json", r#"{"HomepageLocation":"https://good.example"}"#, ["browser_policy", "name", "HomepageLocation"]),
    good("/etc/chromium/native-messaging-hosts/good.json", r#"{"name":"good","path":"/opt/good"}"#, ["native_host", "name", "good"]),
];

/// A computer on which everything is in order but for these paths, which the test fills.
fn healthy_but_for(paths: &[&str]) -> Root {
    GOOD.iter().filter(|good| !paths.contains(&good.path)).fold(Root::new(), |root, good| root.file(good.path, good.contents))
}

/// What was printed of a root.
struct Looks {
    inventory: Value,
    text: String,
    megabytes: u64,
}

/// Looks at a root in every way there is.
#[track_caller]
fn look(root: &Root) -> Looks {
    look_as(root, &|_| {})
}

#[track_caller]
fn look_as(root: &Root, who: &dyn Fn(&mut Command)) -> Looks {
    let mut megabytes = 0;
    let mut ran = |mut command: Command| {
        who(&mut command);
        let ran = run(&mut command).well();
        assert_silent(&ran);
        megabytes = megabytes.max(ran.megabytes);
        ran
    };
    let report = ran(root.inzage(&["scan", "--json", "--unmasked"])).json();
    ran(root.inzage(&["scan", "--json"])).json();
    let inventory = ran(root.inzage(&["inventory", "--json", "--unmasked"]));
    ran(root.inzage(&["inventory"]));
    ran(root.inzage(&["scan", "--lang", "nl"]));
    let text = ran(root.inzage(&["scan", "--lang", "en", "--unmasked"])).out;
    let saved = root.outside().join("inventory.json");
    fs::write(&saved, &inventory.out).unwrap();
    let matched = ran(inzage([OsStr::new("match"), OsStr::new("--json"), OsStr::new("--unmasked"), saved.as_os_str()])).json();
    for part in ["findings", "observations", "exposure", "coverage"] {
        assert_eq!(matched[part], report[part]);
    }
    Looks { inventory: inventory.json(), text, megabytes }
}

/// Nothing that a terminal or the layout of a text obeys.
#[track_caller]
fn assert_silent(ran: &Ran) {
    for text in [&ran.out, &ran.err] {
        let obeyed = |c: &char| {
            (c.is_control() && *c != '\n')
                || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
        };
        let found: Vec<char> = text.chars().filter(obeyed).collect();
        assert!(found.is_empty(), "{found:?} was printed");
    }
}

/// Every fact of the files that are in order.
#[track_caller]
fn assert_good_but_for(paths: &[&str], inventory: &Value) {
    for Good { path, fact: [kind, field, value], .. } in GOOD.iter().filter(|good| !paths.contains(&good.path)) {
        assert!(facts(inventory, kind, field).contains(value), "{path} gave no {kind} {value}");
    }
}

/// Words with which a name may try to speak: line feeds, escapes of terminals as bytes and as characters, changes of direction, invisible
/// letters, bytes that are no text, and what looks like our own escape.
const VOICES: [&[u8]; 12] = [
    b"line\nbreak",
    b"\x1b[31mred\x1b]0;title\x07",
    b"c1\xc2\x9b31m",
    b"raw\x9b31m",
    b"turned\xe2\x80\xaetxt.exe",
    b"mark\xd8\x9c\xe2\x80\x8f",
    b"bad\xff\xfe\xc3(",
    b"isolate\xe2\x81\xa6x\xe2\x81\xa9",
    b"\xef\xbb\xbfinvisible\xe2\x80\x8b",
    b"tab\tback\x08delete\x7freturn\rend",
    b"tag\xf3\xa0\x81\x81",
    b"escape\xef\xbf\xbd9B\xef\xbf\xbd",
];

fn around(before: &str, voice: &[u8], after: &str) -> PathBuf {
    Path::new(OsStr::from_bytes(&[before.as_bytes(), voice, after.as_bytes()].concat())).to_path_buf()
}

#[test]
fn names_that_speak() {
    let mut root = healthy_but_for(&[])
        .file(
            "/etc/ssl/certs/ca-certificates.crt",
            concat!(include_str!("../testdata/speaking-root.pem"), include_str!("../../inspector-core/testdata/certificates/added-root.pem")),
        )
        .file("/usr/local/share/ca-certificates/\u{1b}[2J.crt", include_str!("../testdata/speaking-root.pem"))
        .file("/usr/lib/os-release", "PRETTY_NAME=\"\u{1b}[31mLinux\u{202e}\u{9b}\"\n");
    let mut settings = Vec::new();
    for (number, voice) in VOICES.iter().enumerate() {
        let line: Vec<u8> = voice.iter().copied().filter(|byte| *byte != b'\n').collect();
        let exec = [b"[Desktop Entry]\nName=", &line[..], b"\nExec=\"/opt/activitywatch/", &line, b"\"\n"].concat();
        root = root
            .file(around("/opt/", voice, ""), "")
            .file(around("/home/anna/.local/bin/", voice, ""), "")
            .file(around("/usr/share/applications/", voice, ".desktop"), &exec)
            .file(around("/usr/share/applications/", voice, "-broken.desktop"), "nothing")
            .file(around("/etc/xdg/autostart/", voice, ".desktop"), &exec)
            .file(around("/usr/lib/systemd/system/", voice, ".service"), [b"[Service]\nExecStart=/opt/", &line[..], b"\n"].concat())
            .file(around("/usr/share/dbus-1/services/", voice, ".service"), [b"[D-BUS Service]\nName=", &line[..], b"\n"].concat())
            .file(around("/etc/cron.d/", voice, ""), [b"@daily root /opt/", &line[..], b"\n"].concat())
            .file(around("/etc/pam.d/", voice, ""), [b"auth required pam_", &line[..], b".so\n"].concat())
            .file(around("/var/lib/snapd/snaps/", voice, "_1.snap"), "")
            .folder(around("/var/lib/flatpak/app/", voice, ""))
            .add("/var/lib/dpkg/status", [b"\nPackage: ", &line[..], b"\nStatus: install ok installed\nVersion: ", &line, b"\n"].concat())
            .add("/etc/ld.so.preload", [b"/opt/", &line[..], b".so\n"].concat())
            .add("/etc/environment", [b"http_proxy=http://", &line[..], b":80\n"].concat())
            .add("/etc/resolv.conf", [b"search ", &line[..], b"\n"].concat())
            .add("/etc/passwd", [&line[..], b":x:", (2_000 + number).to_string().as_bytes(), b"::", &line, b":/home/", &line, b":/bin/sh\n"].concat())
            .file(around("/etc/chromium/policies/managed/", voice, ".json"), policy(&line))
            .file(
                around("/etc/chromium/native-messaging-hosts/", voice, ".json"),
                [b"{\"name\":\"", &json(&line)[..], b"\",\"path\":\"/", &json(&line), b"\"}"].concat(),
            )
            .file(around("/home/anna/.config/chromium/Profile ", voice, "/Preferences"), "broken");
        settings.push(
            [
                b"\"",
                &json(&line)[..],
                b"\":{\"location\":7,\"active_permissions\":{\"explicit_host\":[\"<all_urls>\"]},\"manifest\":{\"name\":\"",
                &json(&line),
                b"\"}}",
            ]
            .concat(),
        );
    }
    root = root.file("/home/anna/.config/chromium/Profile 1/Preferences", [b"{\"extensions\":{\"settings\":{", &settings.join(&b","[..])[..], b"}}}"].concat());

    let looks = look(&root);
    assert_good_but_for(&[], &looks.inventory);
    // The names are kept whole, and shown so that one sees what they are.
    let programs = facts(&looks.inventory, "program", "path");
    for name in [
        "/opt/line\nbreak",
        "/opt/c1\u{9b}31m",
        "/opt/raw\u{fffd}9B31m",
        "/opt/bad\u{fffd}FF\u{fffd}FE\u{fffd}C3(",
        "/opt/escape\u{fffd}EF\u{fffd}BF\u{fffd}BD9B\u{fffd}EF\u{fffd}BF\u{fffd}BD",
    ] {
        assert!(programs.contains(&name), "{name:?} is not among {programs:?}");
    }
    for (kind, field) in
        [("package", "id"), ("menu_entry", "id"), ("extension", "id"), ("native_host", "name"), ("preload", "library"), ("browser_policy", "name")]
    {
        assert!(facts(&looks.inventory, kind, field).len() > VOICES.len(), "{kind}");
    }
    for shown in ["\\u{1b}[31m", "\\u{9b}31m", "\\u{202e}"] {
        assert!(looks.text.contains(shown), "{shown} is not in\n{}", looks.text);
    }
    assert_eq!(coverage(&looks.inventory, "programs"), "partial malformed");
    assert_eq!(coverage(&looks.inventory, "browser_extensions"), "partial malformed");
}

/// Letters for a text in JSON; what is no text stays as it is.
fn json(letters: &[u8]) -> Vec<u8> {
    letters.iter().flat_map(|byte| if *byte < 0x20 { format!("\\u{byte:04x}").into_bytes() } else { vec![*byte] }).collect()
}

fn policy(letters: &[u8]) -> Vec<u8> {
    [b"{\"", &json(letters)[..], b"\":\"", &json(letters), b"\",\"ExtensionInstallForcelist\":[\"", &json(letters), b"\"]}"].concat()
}

#[test]
fn paths_as_long_as_the_system_allows() {
    // Fifteen names of 255 bytes: with the root before it and a profile behind it, just below the kernel's 4,096.
    let home = format!("/home{}", format!("/{}", "x".repeat(255)).repeat(15));
    let long = "é".repeat(123);
    let root = healthy_but_for(&[PREFERENCES])
        .file("/etc/passwd", format!("anna:x:1000:1000::{home}:/bin/sh\n"))
        .file(format!("{home}/.config/chromium/Default/Preferences"), GOOD[12].contents)
        .file(format!("/usr/share/applications/{long}.desktop"), "[Desktop Entry]\nName=Long\n")
        .file("/home/x/x", "")
        .file("/etc/crontab", format!("@daily root /{}/x\n", "y/".repeat(500_000)))
        .file("/etc/chromium/native-messaging-hosts/long.json", format!(r#"{{"name":"long","path":"/{}"}}"#, "z".repeat(100_000)));
    let looks = look(&root);
    assert_good_but_for(&[], &looks.inventory);
    assert!(facts(&looks.inventory, "menu_entry", "id").contains(&format!("{long}.desktop").as_str()));
    assert!(facts(&looks.inventory, "extension", "place")[0].len() > 3_800);
    assert_eq!(coverage(&looks.inventory, "browser_extensions"), "full");
}

#[test]
fn a_home_behind_a_longer_path() {
    let name = "x".repeat(255);
    let home = format!("/home{}", format!("/{name}").repeat(20));
    let root = healthy_but_for(&[PREFERENCES]).file("/etc/passwd", format!("anna:x:1000:1000::{home}:/bin/sh\n"));
    let mut folder = open(root.at("/home"), OFlags::DIRECTORY, Mode::empty()).unwrap();
    for _ in 0..20 {
        mkdirat(&folder, &name, Mode::RWXU).unwrap();
        folder = openat(&folder, &name, OFlags::DIRECTORY, Mode::empty()).unwrap();
    }
    let looks = look(&root);
    assert_good_but_for(&[PREFERENCES], &looks.inventory);
    // It is there, so nobody may say that nothing is in it.
    for source in ["browser_extensions", "xdg_autostart", "shell_profiles", "signature_paths"] {
        assert!(coverage(&looks.inventory, source).ends_with(" read_error"), "{source}: {}", coverage(&looks.inventory, source));
    }
}

#[test]
fn links_in_circles() {
    let root = healthy_but_for(&[])
        .link("/home/anna/.config/google-chrome/Default/Preferences", "Preferences")
        .link("/home/anna/.bashrc", ".profile")
        .link("/home/anna/.profile", "/home/anna/.bashrc")
        .link("/opt/circle", "/opt")
        .link("/opt/itself", "itself")
        .link("/etc/ssl/certs/up", "..")
        .link("/usr/share/ca-certificates/mozilla", "/usr/share/ca-certificates/mozilla")
        .link("/usr/local/share/applications", "/var/lib/snapd/desktop/applications")
        .link("/var/lib/snapd/desktop/applications", "/usr/local/share/applications")
        .link("/usr/lib/systemd/system/a.service", "b.service")
        .link("/usr/lib/systemd/system/b.service", "a.service")
        .link("/etc/systemd/system/multi-user.target.wants", ".")
        .link("/etc/chromium/policies/managed/circle.json", "circle.json");
    let looks = look(&root);
    assert_good_but_for(&[], &looks.inventory);
    for source in ["browser_extensions", "browser_policies", "shell_profiles", "programs", "certificates"] {
        assert!(coverage(&looks.inventory, source).ends_with(" link_loop"), "{source}: {}", coverage(&looks.inventory, source));
    }
}

#[test]
fn links_never_lead_out() {
    const CANARY: &str = "canary-outside";
    let replaced = ["/etc/resolv.conf", "/etc/pam.d/login", "/etc/environment"];
    let root = healthy_but_for(&replaced);
    let outside = root.outside();
    let file = |name: &str, contents: &str| {
        fs::write(outside.join(name), contents).unwrap();
        outside.join(name)
    };
    let entry = file("out.desktop", &format!("[Desktop Entry]\nName={CANARY}\nExec=/opt/{CANARY}\n"));
    let cron = file("cron", &format!("@daily root /opt/{CANARY}\n"));
    file("dns", &format!("nameserver {CANARY}\n"));
    file("out.conf", &format!("LD_PRELOAD=/opt/{CANARY}.so\nhttps_proxy=http://{CANARY}:1\n"));
    file("manifest.json", &format!(r#"{{"name":"{CANARY}","version":"1"}}"#));
    let settings =
        file("settings", &format!(r#"{{"extensions":{{"settings":{{"{}":{{"location":1,"path":"x","manifest":{{"name":"{CANARY}"}}}}}}}}}}"#, "p".repeat(32)));
    let climbing = Path::new("../../../../../../../../../../../../../..").join(outside.strip_prefix("/").unwrap());
    let links: [(&str, PathBuf); 9] = [
        ("/usr/share/applications/out.desktop", entry.clone()),
        ("/home/anna/.config/google-chrome/Default/Preferences", settings),
        ("/etc/cron.d/out", cron),
        ("/etc/resolv.conf", "../../outside/dns".into()),
        ("/etc/environment", climbing.join("out.conf")),
        // A way out by two links, each of which stays inside by its letters.
        ("/up", "..".into()),
        ("/usr/local/share/applications", "../../../up/outside".into()),
        ("/etc/environment.d", "../up/outside".into()),
        ("/etc/pam.d", climbing.clone()),
    ];
    let root = links.iter().fold(root, |root, (link, target)| root.link(link, target));
    for (link, _) in links.iter().filter(|(link, _)| *link != "/up") {
        let followed = root.at(link);
        let followed = if followed.is_dir() { followed.join("out.conf") } else { followed };
        assert!(fs::read_to_string(followed).unwrap().contains(CANARY), "who followed {link} would not come out");
    }
    // An extension that says that it lies outside, and an entry that starts what lies there.
    let unpacked = format!(r#"{{"extensions":{{"settings":{{"{EXTENSION}":{{"location":4,"path":"{}"}}}}}}}}"#, outside.display());
    let root = root
        .file("/home/anna/.config/chromium/Profile 1/Preferences", unpacked)
        .file("/home/anna/.config/autostart/asks.desktop", format!("[Desktop Entry]\nExec=\"{}\"\n", entry.display()));
    let looks = look(&root);
    assert!(!looks.inventory.to_string().contains(CANARY), "{}", looks.inventory);
    assert!(!looks.text.contains(CANARY), "{}", looks.text);
    let asks = list(&looks.inventory, "facts").iter().find(|fact| fact["entry"] == "asks.desktop").unwrap();
    assert_eq!(asks["exec_exists"], false, "a file outside was looked for: {asks}");
    assert_good_but_for(&replaced, &looks.inventory);

    // A root that is named by a link is a root all the same.
    let link = root.outside().join("root");
    std::os::unix::fs::symlink(root.path(), &link).unwrap();
    let through = run(inzage(["inventory", "--json", "--unmasked", "--os", "linux", "--user", "anna", "--root"]).arg(&link)).well().json();
    assert_good_but_for(&replaced, &through);
}

/// For each source a file that it reads, which something else takes the place of.
const PLACES: [(&str, &str); 22] = [
    ("packages", "/var/lib/dpkg/status"),
    ("programs", "/usr/share/applications/bad.desktop"),
    ("systemd", "/usr/lib/systemd/system/bad.service"),
    ("xdg_autostart", "/etc/xdg/autostart/bad.desktop"),
    ("cron", "/etc/crontab"),
    ("cron", "/etc/cron.d/bad"),
    ("shell_profiles", "/home/anna/.bashrc"),
    ("dbus_services", "/usr/share/dbus-1/services/bad.service"),
    ("preload", "/etc/ld.so.preload"),
    ("pam", "/etc/pam.d/bad"),
    ("nss", "/etc/nsswitch.conf"),
    ("browser_extensions", PREFERENCES),
    ("browser_extensions", "/home/anna/.config/chromium/Local State"),
    ("browser_extensions", "/home/anna/.config/google-chrome/Default/Secure Preferences"),
    ("browser_policies", "/etc/chromium/policies/managed/bad.json"),
    ("browser_policies", "/etc/firefox/policies/policies.json"),
    ("native_messaging", "/etc/chromium/native-messaging-hosts/bad.json"),
    ("certificates", "/etc/ssl/certs/ca-certificates.crt"),
    ("browser_certificates", "/home/anna/.pki/nssdb/cert9.db"),
    ("proxy", "/etc/environment"),
    ("proxy", "/home/anna/.config/kioslaverc"),
    ("dns", "/etc/resolv.conf"),
];

/// Puts something at every one of these places and looks: each source says why it could not read it.
#[track_caller]
fn check_places(places: &[(&str, &str)], expect: &str, put: &dyn Fn(Root, &str) -> Root) -> Looks {
    let paths: Vec<&str> = places.iter().map(|(_, path)| *path).collect();
    let root = places.iter().fold(healthy_but_for(&paths), |root, (_, path)| put(root, path));
    let looks = look(&root);
    assert_good_but_for(&paths, &looks.inventory);
    for (source, path) in places {
        let told = coverage(&looks.inventory, source);
        assert!([format!("partial {expect}"), format!("none {expect}")].contains(&told), "{source}, {path}: {told}");
    }
    looks
}

/// Puts something there that is not a regular file. Devices need the right to make them.
fn make(root: Root, path: &str, what: FileType) -> Root {
    let root = root.file(path, "");
    fs::remove_file(root.at(path)).unwrap();
    // Zeros without end.
    let device = if what == FileType::CharacterDevice { makedev(1, 5) } else { 0 };
    mknodat(CWD, root.at(path), what, Mode::from_raw_mode(0o666), device).unwrap();
    root
}

#[test]
fn pipes_where_files_should_be() {
    check_places(&PLACES, "not_a_file", &|root, path| make(root, path, FileType::Fifo));
}

#[test]
fn sockets_where_files_should_be() {
    check_places(&PLACES, "not_a_file", &|root, path| make(root, path, FileType::Socket));
}

#[test]
fn devices_where_files_should_be() {
    let folder = Root::new();
    if mknodat(CWD, folder.at("zero"), FileType::CharacterDevice, Mode::RUSR, makedev(1, 5)).is_err() {
        eprintln!("skipped: this account may not make devices");
        return;
    }
    check_places(&PLACES, "not_a_file", &|root, path| make(root, path, FileType::CharacterDevice));
}

#[test]
fn folders_where_files_should_be() {
    // A folder among desktop entries, units and policies is nothing unusual and is passed over.
    let unusual: Vec<_> = PLACES
        .into_iter()
        .filter(|(_, path)| !path.ends_with("/bad.desktop") && !path.ends_with("managed/bad.json") && !path.ends_with("hosts/bad.json"))
        .collect();
    check_places(&unusual, "not_a_file", &|root, path| root.folder(path));
}

#[test]
fn files_of_two_gigabytes() {
    let looks = check_places(&PLACES, "too_large", &|root, path| root.sparse(path, 2 << 30));
    assert!(looks.megabytes < MOST_MEMORY, "{} MB", looks.megabytes);
    assert!(looks.megabytes > 0, "the memory was not measured");
}

#[test]
fn accounts_that_cannot_be_read() {
    for put in [&|root: Root| root.sparse("/etc/passwd", 2 << 30), &|root: Root| make(root, "/etc/passwd", FileType::Fifo)] as [&dyn Fn(Root) -> Root; 2] {
        let root = put(healthy_but_for(&[PREFERENCES]));
        let ran = run(&mut root.inzage(&["scan", "--json"]));
        assert_eq!(ran.code, Some(1), "nobody knows where anna's home is");
        let inventory = run(inzage(["inventory", "--json", "--unmasked", "--os", "linux", "--root"]).arg(root.path())).well().json();
        assert_good_but_for(&[PREFERENCES], &inventory);
        assert!(coverage(&inventory, "browser_extensions").ends_with(" no_home"));
    }
}

#[test]
fn manifests_nested_a_hundred_thousand_deep() {
    let is_json = |(_, path): &(&str, &str)| path.ends_with("Preferences") || path.ends_with("Local State") || path.ends_with(".json");
    let places: Vec<_> = PLACES.into_iter().filter(is_json).chain([("browser_extensions", "/home/anna/.mozilla/firefox/x.default/extensions.json")]).collect();
    assert_eq!(places.len(), 7);
    for [start, open, close, end] in [["", "[", "]", ""], ["", r#"{"a":"#, "}", ""], [r#"{"extensions":{"settings":{"x":"#, "[", "]", "}}}"]] {
        for nested in [open.repeat(100_000), format!("{start}{}0{}{end}", open.repeat(100_000), close.repeat(100_000))] {
            let profiles = "[Profile0]\nIsRelative=1\nPath=x.default\n";
            let put = |root: Root, path: &str| root.file(path, &nested).file("/home/anna/.mozilla/firefox/profiles.ini", profiles);
            check_places(&places, "malformed", &put);
        }
    }
}

#[test]
fn folders_that_may_not_be_read() {
    let closed = [
        ("packages", "/var/lib/dpkg"),
        ("programs", "/opt"),
        ("systemd", "/usr/lib/systemd"),
        ("cron", "/etc/cron.d"),
        ("browser_extensions", "/home/anna/.config/chromium"),
        ("browser_policies", "/etc/chromium/policies/managed"),
        ("certificates", "/etc/ssl"),
        ("proxy", "/etc/environment"),
    ];
    let root = healthy_but_for(&[]);
    let rights = |mode: u32| closed.iter().for_each(|(_, path)| fs::set_permissions(root.at(path), fs::Permissions::from_mode(mode)).unwrap());
    // The right to read is nothing to root, and the program may lie where nobody else may go.
    let copy = root.outside().join("inzage");
    // By another process: a test beside this one that starts a program would inherit the open copy, and Linux starts no file that is open for writing.
    assert!(Command::new("cp").arg(program()).arg(&copy).status().unwrap().success());
    open_to_all(&copy);
    open_to_all(&root.outside());
    let as_nobody = |command: &mut Command| {
        let mut ordinary = Command::new(&copy);
        ordinary.args(command.get_args()).env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        if is_root() {
            ordinary.uid(NOBODY).gid(NOBODY);
        }
        *command = ordinary;
    };
    rights(0o000);
    let looks = look_as(&root, &as_nobody);
    rights(0o755);
    for (source, path) in closed {
        assert!(coverage(&looks.inventory, source).ends_with(" permission_denied"), "{source}, {path}: {}", coverage(&looks.inventory, source));
    }
    let closed_files: Vec<_> = GOOD.iter().map(|good| good.path).filter(|path| closed.iter().any(|(_, closed)| path.starts_with(closed))).collect();
    assert_eq!(closed_files.len(), 8);
    assert_good_but_for(&closed_files, &looks.inventory);
    assert!(looks.text.contains("this account may not read it"), "{}", looks.text);
}

#[test]
fn a_folder_with_a_hundred_thousand_entries() {
    let root = healthy_but_for(&["/opt/good"]).folder("/opt");
    for number in 0..100_000 {
        fs::File::create(root.at(format!("/opt/{number}"))).unwrap();
    }
    let looks = look(&root);
    assert_good_but_for(&["/opt/good"], &looks.inventory);
    assert_eq!(coverage(&looks.inventory, "programs"), "partial too_many");
    assert!(looks.megabytes < MOST_MEMORY, "{} MB", looks.megabytes);
}

#[test]
fn ten_thousand_packages() {
    let mut status = String::from("\n");
    for number in 0..10_000 {
        let _ = write!(status, "Package: p{number}\nStatus: install ok installed\nVersion: {number}\nDescription: x\n y\n\n");
    }
    let root = healthy_but_for(&[]).add("/var/lib/dpkg/status", status);
    let looks = look(&root);
    assert_good_but_for(&[], &looks.inventory);
    assert_eq!(facts(&looks.inventory, "package", "id").len(), 10_001);
    assert_eq!(coverage(&looks.inventory, "packages"), "full");
    assert!(looks.megabytes < MOST_MEMORY, "{} MB", looks.megabytes);
}
