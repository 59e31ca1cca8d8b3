//! Verdicts: what counts as recognised, in which state, and what it means for the categories, from the disk to the report.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use inzage_tests::{Root, finding, inzage, is_root, list, open_to_all, run};
use serde_json::{Value, json};

const ADDED_ROOT: &str = include_str!("../../inspector-core/testdata/certificates/added-root.pem");
const AUDITD: &str = "Package: auditd\nStatus: install ok installed\nVersion: 1:3.0.9-1\nArchitecture: amd64\n";
const AUDITD_UNIT: &str = "[Service]\nExecStart=/sbin/auditd\n[Install]\nWantedBy=multi-user.target\n";

/// A computer laid out as Debian does, with the package of auditd.
fn debian() -> Root {
    Root::new()
        .file("/usr/lib/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n")
        .link("/sbin", "usr/sbin")
        .link("/lib", "usr/lib")
        .file("/etc/ssl/certs/ca-certificates.crt", "")
        .file("/var/lib/dpkg/status", AUDITD)
        .file("/var/lib/dpkg/info/auditd.list", "")
        .program("/usr/sbin/auditd")
        .file("/usr/lib/systemd/system/auditd.service", AUDITD_UNIT)
}

/// Confidence, state, and the three answers.
fn told(report: &Value, product: &str) -> String {
    let Some(finding) = finding(report, product) else { return "none".into() };
    ["confidence", "state", "installed", "autostart", "running"].map(|part| finding[part].as_str().unwrap()).join(" ")
}

#[track_caller]
fn check(root: &Root, product: &str, expect: &str) -> Value {
    let report = root.report();
    assert_eq!(told(&report, product), expect);
    report
}

fn exposure<'a>(report: &'a Value, category: &str) -> &'a Value {
    list(report, "exposure").iter().find(|one| one["category"] == category).unwrap()
}

fn observation<'a>(report: &'a Value, id: &str) -> &'a Value {
    let found: Vec<_> = list(report, "observations").iter().filter(|one| one["id"] == id).collect();
    assert_eq!(found.len(), 1, "{id}: {found:?}");
    found[0]
}

#[test]
fn nothing_is_found_on_a_plain_computer() {
    let root = Root::new().file("/var/lib/dpkg/status", "Package: coreutils\nStatus: install ok installed\nVersion: 9\n");
    let report = root.report();
    assert_eq!((list(&report, "findings").len(), list(&report, "observations").len()), (0, 0));
    let categories: Vec<_> = list(&report, "exposure").iter().map(|one| one["category"].as_str().unwrap()).collect();
    let known: Vec<_> = inzage_signatures::embedded().categories.iter().map(|category| category.id.as_str()).collect();
    assert_eq!(categories, known);
    // A folder shows no running programs, so nobody may say of what these do that it was not found.
    for one in list(&report, "exposure") {
        assert_eq!(one["level"], if one["blind"].as_array().unwrap().contains(&json!("processes")) { "unknown" } else { "not_found" }, "{one}");
    }
}

#[test]
fn a_package_and_its_unit() {
    let wants = "/etc/systemd/system/multi-user.target.wants/auditd.service";
    let report = check(&debian(), "auditd", "confirmed installed yes no unknown");
    let found = finding(&report, "auditd").unwrap();
    assert_eq!(found["group"], "management");
    let today = found["present_since"]["date"].as_str().unwrap();
    assert!(today.len() == 10 && found["present_since"]["source"] == "/var/lib/dpkg/status", "{found}");
    let evidence: Vec<_> = list(found, "evidence").iter().map(|one| (one["kind"].as_str().unwrap(), one["where"].as_str().unwrap())).collect();
    for expect in [("package", "/var/lib/dpkg/status"), ("path", "/usr/sbin/auditd"), ("unit", "/usr/lib/systemd/system/auditd.service")] {
        assert!(evidence.contains(&expect), "{evidence:?}");
    }
    assert!(list(found, "evidence").iter().all(|one| one["source"].as_str().unwrap().starts_with("https://")));
    // It does not follow people, so it raises no level of the products that do.
    let login = exposure(&report, "login_times");
    assert_eq!((&login["level"], &login["groups"]["management"], &login["others"]), (&json!("unknown"), &json!("possible"), &json!(["auditd"])));

    check(&debian().link(wants, "/lib/systemd/system/auditd.service"), "auditd", "confirmed autostart yes yes unknown");
    check(
        &debian().link(wants, "/lib/systemd/system/auditd.service").link("/etc/systemd/system/auditd.service", "/dev/null"),
        "auditd",
        "confirmed installed yes no unknown",
    );
    let by_timer = debian()
        .file("/usr/lib/systemd/system/auditd.timer", "[Timer]\nOnBootSec=1\n[Install]\nWantedBy=timers.target\n")
        .link("/etc/systemd/system/timers.target.wants/auditd.timer", "/lib/systemd/system/auditd.timer");
    check(&by_timer, "auditd", "confirmed autostart yes yes unknown");
}

#[test]
fn what_was_removed() {
    let removed = || Root::new().file("/var/lib/dpkg/status", AUDITD.replace("install ok installed", "deinstall ok config-files"));
    let report = check(&removed(), "auditd", "possible remains no no unknown");
    assert!(exposure(&report, "login_times")["others"].as_array().unwrap().is_empty(), "what is gone observes nothing");
    // A unit that is left behind starts nothing, though it is enabled.
    let left = removed()
        .file("/etc/systemd/system/auditd.service", AUDITD_UNIT)
        .link("/etc/systemd/system/multi-user.target.wants/auditd.service", "/etc/systemd/system/auditd.service")
        .folder("/var/log/audit");
    check(&left, "auditd", "possible remains no no unknown");
    check(&Root::new().folder("/var/log/audit"), "auditd", "possible remains no no unknown");
    check(&Root::new().file("/var/lib/dpkg/status", AUDITD.replace("install ok installed", "purge ok not-installed")), "auditd", "none");
}

#[test]
fn the_program_of_the_one_who_looks_is_not_the_one_that_observes() {
    let package = |name: &str| format!("Package: {name}\nStatus: install ok installed\nVersion: 1\n");
    let report = check(&Root::new().file("/var/lib/dpkg/status", package("veyon-master")), "veyon", "possible installed yes no unknown");
    assert_eq!(exposure(&report, "screen_live")["level"], "unknown");
    let report = check(&Root::new().file("/var/lib/dpkg/status", package("veyon-service")), "veyon", "confirmed installed yes no unknown");
    let live = exposure(&report, "screen_live");
    assert_eq!((&live["level"], &live["by"]), (&json!("possible"), &json!(["veyon"])));
}

#[test]
fn a_preloaded_library() {
    const LIBRARY: &str = "/usr/lib/x86_64-linux-gnu/libsnoopy.so";
    let listed = format!("{LIBRARY}\n/opt/unknown.so\n/usr/lib/libjemalloc.so.2\n/opt/gone.so\n");
    let root = Root::new().file(LIBRARY, "").file("/opt/unknown.so", "").file("/usr/lib/libjemalloc.so.2", "").file("/etc/ld.so.preload", listed);
    let report = check(&root, "snoopy", "confirmed running yes yes yes");
    let preloads: Vec<_> =
        list(&report, "observations").iter().map(|one| (one["by"].as_str().unwrap(), one["level"].as_str().unwrap(), one["ordinary"] == true)).collect();
    assert_eq!(preloads, [("snoopy", "possible", false), ("/opt/unknown.so", "possible", false), ("/usr/lib/libjemalloc.so.2", "possible", true)]);
    let time = exposure(&report, "app_time");
    // The product is management's; the library that nobody knows may be of those who follow people.
    assert_eq!((&time["level"], &time["by"], &time["groups"]["management"]), (&json!("possible"), &json!(["preload"]), &json!("on")));
    assert_eq!(time["others"], json!(["snoopy", "preload"]));
    // A line whose library is gone loads nothing.
    check(&Root::new().file("/etc/ld.so.preload", LIBRARY), "snoopy", "possible remains no no unknown");
}

#[test]
fn a_forced_extension() {
    const ID: &str = "abcdefghijklmnopabcdefghijklmnop";
    let settings = |id: &str, location: u8| {
        format!(
            r#"{{"extensions":{{"settings":{{"{id}":{{"location":{location},"path":"{id}/1","active_permissions":{{"explicit_host":["<all_urls>"]}},"manifest":{{"name":"X","version":"1"}}}}}}}}}}"#
        )
    };
    let profile = "/home/anna/.config/chromium/Default/Secure Preferences";
    let policy = |id: &str| format!(r#"{{"ExtensionInstallForcelist":["{id};https://updates.example/x"]}}"#);
    let forced = Root::new().file(profile, settings(ID, 7)).file("/etc/chromium/policies/managed/it.json", policy(ID)).report();
    let seen = observation(&forced, "forced-extension");
    assert_eq!((&seen["by"], &seen["set_by"], &seen["level"], &seen["ordinary"]), (&json!(ID), &json!("policy"), &json!("possible"), &json!(false)));
    assert_eq!(seen["evidence"][0]["where"], "/etc/chromium/policies/managed/it.json");
    for category in ["websites", "typed_text"] {
        assert_eq!((&exposure(&forced, category)["level"], &exposure(&forced, category)["by"]), (&json!("possible"), &json!(["forced-extension"])));
    }
    // The same extension, which the worker chose.
    assert_eq!(list(&Root::new().file(profile, settings(ID, 1)).report(), "observations").len(), 0);
    // A known one is told by its product's name, and its group is that of the product, not that of those who follow people.
    let known = "nglaklhklhcoonedhgnpgddginnjdadi";
    let root = Root::new().file(profile, settings(known, 7)).file("/etc/chromium/policies/managed/it.json", policy(known));
    let report = check(&root, "activitywatch", "confirmed running yes yes yes");
    assert_eq!(observation(&report, "forced-extension")["by"], "activitywatch");
    assert_eq!((&exposure(&report, "websites")["groups"]["own"], &exposure(&report, "websites")["by"]), (&json!("on"), &json!([])));
}

#[test]
fn an_added_root_certificate() {
    let bundle = "/etc/ssl/certs/ca-certificates.crt";
    let report = Root::new().file(bundle, ADDED_ROOT).file("/usr/local/share/ca-certificates/acme.crt", ADDED_ROOT).report();
    let seen = observation(&report, "added-root-certificate");
    assert_eq!((&seen["by"], &seen["level"]), (&json!("Acme Inspection Root"), &json!("possible")));
    assert_eq!(seen["evidence"][0]["where"], "/usr/local/share/ca-certificates/acme.crt");
    assert_eq!(exposure(&report, "websites")["by"], json!(["added-root-certificate"]));
    // The same one, brought by the distribution.
    let report = Root::new().file(bundle, ADDED_ROOT).file("/usr/share/ca-certificates/mozilla/acme.crt", ADDED_ROOT).report();
    assert_eq!(list(&report, "observations").len(), 0);
}

#[test]
fn a_proxy() {
    for (file, contents, by, level, set_by) in [
        ("/etc/environment", "https_proxy=http://proxy.acme.example:3128\n", "http://proxy.acme.example:3128", "on", "system"),
        ("/etc/environment", "https_proxy=http://127.0.0.1:8080\n", "http://127.0.0.1:8080", "possible", "system"),
        ("/etc/dconf/db/local.d/00-proxy", "[system/proxy]\nautoconfig-url='http://pac.acme.example/x'\n", "http://pac.acme.example/x", "on", "policy"),
        ("/home/anna/.config/kioslaverc", "[Proxy Settings]\nProxyType=1\nhttpProxy=http://own.example:1\n", "http://own.example:1", "on", "user"),
        ("/etc/chromium/policies/managed/a.json", r#"{"ProxyMode":"pac_script"}"#, "Chromium", "on", "policy"),
    ] {
        let report = Root::new().file(file, contents).report();
        let seen = observation(&report, "proxy");
        assert_eq!((&seen["by"], &seen["level"], &seen["set_by"], &seen["ordinary"]), (&json!(by), &json!(level), &json!(set_by), &json!(set_by == "user")));
        let traffic = exposure(&report, "network_traffic");
        if set_by == "user" {
            // What the worker set is the worker's own.
            assert_eq!((&traffic["groups"]["own"], &traffic["by"], &traffic["others"]), (&json!("on"), &json!([]), &json!(["proxy"])));
        } else {
            assert_eq!((&traffic["level"], &traffic["by"]), (&json!(level), &json!(["proxy"])));
        }
    }
    // What only the package manager goes through says nothing about the worker's own traffic.
    let of_apt = Root::new().file("/etc/apt/apt.conf.d/proxy", "Acquire::http::Proxy \"http://cache.example:3142\";\n");
    assert_eq!(list(&of_apt.report(), "observations").len(), 0);
    assert_eq!(list(&Root::new().file("/etc/chromium/policies/managed/a.json", r#"{"ProxyMode":"direct"}"#).report(), "observations").len(), 0);
}

/// A real program that waits, under a path of the test's choosing. It is a shell, which can change its own name as any program may; it ends
/// with the test, and its file goes.
struct Waiting {
    child: Child,
    path: PathBuf,
}

impl Waiting {
    /// Starts it; nothing where a program may not be put or started there.
    fn start(path: &Path, name: &str) -> Option<Self> {
        assert!(!path.exists());
        fs::copy("/bin/sh", path).ok()?;
        open_to_all(path);
        let rename = format!("printf %s '{name}' > /proc/$$/comm && echo ready && read end");
        let mut command = Command::new(path);
        let started = command.arg0(name).args(["-c", &rename]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let Ok(mut child) = started else {
            fs::remove_file(path).unwrap();
            return None;
        };
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let waiting = Self { child, path: path.to_path_buf() };
        assert_eq!(line, "ready\n");
        Some(waiting)
    }

    /// Where the running computer shows it.
    fn place(&self) -> String {
        format!("/proc/{}", self.child.id())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.path);
    }
}

fn here(words: [&str; 2]) -> Value {
    let mut command = inzage(words);
    if words[0] == "scan" {
        command.arg("--no-record");
    }
    run(command.arg("--unmasked")).well().json()
}

#[test]
fn a_name_alone_proves_nothing() {
    if finding(&here(["scan", "--json"]), "veyon").is_some() {
        eprintln!("skipped: there is something of veyon on this computer");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let Some(waiting) = Waiting::start(&folder.path().join("veyon-service"), "veyon-service") else {
        eprintln!("skipped: programs in {} may not be started", folder.path().display());
        return;
    };
    let inventory = here(["inventory", "--json"]);
    let seen = list(&inventory, "facts").iter().find(|fact| fact["place"] == waiting.place().as_str()).expect("the program was not seen");
    assert_eq!((&seen["name"], &seen["exe"]), (&json!("veyon-service"), &json!(waiting.path.to_str())));
    let report = here(["scan", "--json"]);
    let veyon = finding(&report, "veyon").expect("what has the name is told, as no more than that");
    assert_eq!(veyon["confidence"], "possible");
    assert_ne!(veyon["running"], "yes");
    assert!(list(veyon, "evidence").iter().all(|one| one["generic"] == true && one["proves"] == "nothing"), "{veyon}");
    assert!(list(&report, "exposure").iter().all(|one| !one["by"].to_string().contains("veyon")));
}

#[test]
fn a_changed_name_hides_nothing() {
    let path = Path::new("/usr/bin/tlog-rec-session");
    if !is_root() || path.exists() || finding(&here(["scan", "--json"]), "tlog").is_some() {
        eprintln!("skipped: only root may put a program into /usr/bin, and only where tlog is not");
        return;
    }
    let Some(waiting) = Waiting::start(path, "firefox") else {
        eprintln!("skipped: /usr/bin cannot be written here");
        return;
    };
    let report = here(["scan", "--json"]);
    assert_eq!(told(&report, "tlog"), "confirmed running yes no yes");
    let evidence = list(finding(&report, "tlog").unwrap(), "evidence").iter().find(|one| one["where"] == waiting.place().as_str()).unwrap();
    assert_eq!((&evidence["kind"], &evidence["value"], &evidence["proves"]), (&json!("path"), &json!(path.to_str()), &json!("running")));
    let inventory = here(["inventory", "--json"]);
    let seen = list(&inventory, "facts").iter().find(|fact| fact["place"] == waiting.place().as_str()).unwrap();
    assert_eq!(seen["name"], "firefox", "the test does not test what it should");

    // Nor does it help to take the file away while it runs.
    fs::remove_file(path).unwrap();
    let report = here(["scan", "--json"]);
    assert_eq!(told(&report, "tlog"), "confirmed running unknown no yes");
    drop(waiting);
    assert_eq!(told(&here(["scan", "--json"]), "tlog"), "none");
}
