//! A disk of a Mac, examined by the program on this system.

use std::collections::BTreeMap;
use std::path::Path;

use inzage_tests::mac::Mac;
use inzage_tests::{inzage, run};
use serde_json::Value;

fn look(mac: &Mac, words: &[&str]) -> Value {
    let mut command = inzage(words);
    command.arg("--root").arg(mac.path()).args(["--os", "macos", "--user", "anna", "--json"]);
    run(&mut command).well().json()
}

/// The products that were found, with how sure and in which state.
fn found(report: &Value) -> BTreeMap<String, (String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    report["findings"].as_array().unwrap().iter().map(|one| (text(&one["product"]), (text(&one["confidence"]), text(&one["state"])))).collect()
}

fn status<'a>(look: &'a Value, source: &str) -> (&'a str, Option<&'a str>) {
    let one = look["coverage"].as_array().unwrap().iter().find(|one| one["source"] == source).unwrap_or_else(|| panic!("{source}"));
    (one["status"].as_str().unwrap(), one["reason"]["code"].as_str())
}

/// The layouts of macOS, by their products.
fn layouts() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../signatures/layouts");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| serde_saphyr::from_str::<Value>(&std::fs::read_to_string(path).unwrap()).unwrap();
    let of_macos = files.filter(|path| path.to_string_lossy().ends_with("-macos.yaml")).map(read);
    of_macos.map(|layout| (layout["product"].as_str().unwrap().to_owned(), layout)).collect()
}

#[test]
fn a_clean_mac_has_nothing() {
    let report = look(&Mac::clean(), &["scan"]);
    assert_eq!(found(&report), BTreeMap::new());
    assert_eq!(report["observations"], Value::Array(Vec::new()));
    assert_eq!(report["host"]["os_version"], "macOS 15.7.2 (24G325)");
    for source in ["applications", "receipts", "launchd", "system_extensions", "code_signatures"] {
        assert_eq!(status(&report, source).0, "full", "{source}: {:?}", status(&report, source));
    }
    // A disk runs nothing, and has not the answers of a running Mac.
    for source in ["processes", "process_paths", "event_taps", "devices_in_use"] {
        assert_eq!(status(&report, source).0, "none", "{source}");
    }
    assert!(report["exposure"].as_array().unwrap().len() > 20);
    for exposure in report["exposure"].as_array().unwrap() {
        assert_ne!(exposure["level"], "not_found", "programs that run were not looked at: {exposure}");
    }
}

#[test]
fn every_layout_is_found_alone_and_nothing_else_with_it() {
    let layouts = layouts();
    assert!(layouts.len() >= 60);
    for (product, layout) in &layouts {
        let mac = Mac::clean();
        mac.lay(layout);
        let mut found = found(&look(&mac, &["scan"]));
        let own = found.remove(product);
        assert_eq!(own.as_ref().map(|(confidence, _)| confidence.as_str()), Some("confirmed"), "{product}: {layout}");
        // Tactical RMM brings the agent of MeshCentral along.
        found.retain(|other, (confidence, _)| confidence == "confirmed" && (product.as_str(), other.as_str()) != ("tactical-rmm", "meshcentral"));
        assert!(found.is_empty(), "{product} brings {found:?}");
    }
}

#[test]
fn a_renamed_application_is_found_by_its_identifier_or_its_signature() {
    let renamed = "/Users/anna/Applications/Notes Helper.app";
    let mac = Mac::clean();
    mac.application(renamed, "coing.ClockifyDesktop", "Notes Helper", Some("3PWTDBRQZQ"));
    assert_eq!(found(&look(&mac, &["scan"]))["clockify"].0, "confirmed");
    // Also where the application calls itself something else: what it was signed as cannot be changed without its maker.
    let mac = Mac::clean();
    mac.application(renamed, "com.example.notes", "Notes Helper", None);
    mac.program(&format!("{renamed}/Contents/MacOS/Program"), Some(("3PWTDBRQZQ", "coing.ClockifyDesktop")));
    assert_eq!(found(&look(&mac, &["scan"]))["clockify"].0, "confirmed");
    // The team alone is the maker, who makes other things too.
    let mac = Mac::clean();
    mac.application(renamed, "com.example.notes", "Notes Helper", Some("3PWTDBRQZQ"));
    assert!(found(&look(&mac, &["scan"])).values().all(|(confidence, _)| confidence != "confirmed"));
}

#[test]
fn what_is_left_of_a_product_is_not_the_product() {
    let mac = Mac::clean();
    mac.receipt("com.wazuh.pkg.wazuh-agent");
    mac.receipt("com.fleetdm.orbit.base.pkg");
    let report = look(&mac, &["scan"]);
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 2, "{findings:?}");
    for one in findings {
        assert_ne!(one["installed"], "yes", "{one}");
        assert_ne!(one["running"], "yes", "{one}");
    }
    for one in report["exposure"].as_array().unwrap() {
        assert!(one["by"].as_array().unwrap().is_empty() && one["groups"]["management"] != "possible", "{one}");
    }
}

/// A list in which each of `depth` lists names the next one fourteen times.
fn laughing(depth: u8) -> Vec<u8> {
    let mut bytes = b"bplist00".to_vec();
    let mut offsets = Vec::new();
    for level in 0..=depth {
        offsets.push(u8::try_from(bytes.len()).unwrap());
        if level == depth {
            bytes.push(0x09);
        } else {
            bytes.push(0xae);
            bytes.extend([level + 1; 14]);
        }
    }
    let table = bytes.len() as u64;
    bytes.extend(&offsets);
    bytes.extend([0, 0, 0, 0, 0, 0, 1, 1]);
    bytes.extend((offsets.len() as u64).to_be_bytes());
    bytes.extend([0; 8]);
    bytes.extend(table.to_be_bytes());
    bytes
}

#[test]
#[cfg(unix)]
fn a_hostile_mac_neither_stops_the_scan_nor_speaks_through_it() {
    let mac = Mac::clean();
    let put = |path: &str, bytes: &[u8]| {
        let place = mac.at(path);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(place, bytes).unwrap();
    };
    let deep = format!("<plist>{}{}</plist>", "<array>".repeat(200_000), "</array>".repeat(200_000));
    put("/Applications/Laugh.app/Contents/Info.plist", &laughing(14));
    put("/Applications/Deep.app/Contents/Info.plist", deep.as_bytes());
    put("/Applications/Cut.app/Contents/Info.plist", b"bplist00\xd1\x01");
    put(
        "/Applications/Speak.app/Contents/Info.plist",
        br#"{"CFBundleIdentifier": "com.example.\u001b[31mred", "CFBundleName": "\u202egnp", "CFBundleExecutable": "../../../../../etc/passwd"}"#,
    );
    put("/Library/LaunchDaemons/deep.plist", deep.as_bytes());
    put("/Library/LaunchDaemons/laugh.plist", &laughing(14));
    put("/Library/LaunchAgents/type.plist", br#"{"Label": 7, "ProgramArguments": {"a": "b"}, "RunAtLoad": "perhaps"}"#);
    put("/Library/SystemExtensions/db.plist", &laughing(14));
    put("/Library/Application Support/com.apple.TCC/TCC.db", b"SQLite format 3\0 and then nothing of it");
    put("/Users/anna/Library/Application Support/com.apple.TCC/TCC.db", &[0; 100]);
    put(
        "/Library/Preferences/SystemConfiguration/preferences.plist",
        br#"{"NetworkServices": {"a": {"Proxies": {"ProxyAutoConfigEnable": 1, "ProxyAutoConfigURLString": "http://x.example/seen\u001b[31m\u202e"}}}}"#,
    );
    put("/private/var/protected/trustd/private/Admin.plist", &laughing(14));
    put("/Library/Keychains/System.keychain", b"kych\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff");
    put("/Library/Preferences/com.apple.networkextension.plist", &laughing(14));
    put("/Library/Managed Preferences/com.google.Chrome.plist", deep.as_bytes());
    put("/private/var/db/receipts/com.example.broken.plist", b"<plist><dict><key>PackageIdentifier");
    // A program whose places all lie outside of it, in a file that says to hold many.
    let mut lying = [0xcafe_babe_u32, 40].iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<_>>();
    lying.extend([0xff; 4_000]);
    put("/Applications/Lie.app/Contents/MacOS/Program", &lying);
    mac.list("/Applications/Lie.app/Contents/Info.plist", &plist_of("com.example.lie"));
    let huge = std::fs::File::create(mac.at("/Applications/Huge.plist")).unwrap();
    huge.set_len(1 << 40).unwrap();
    std::fs::create_dir_all(mac.at("/Applications/Huge.app/Contents")).unwrap();
    std::fs::rename(mac.at("/Applications/Huge.plist"), mac.at("/Applications/Huge.app/Contents/Info.plist")).unwrap();
    std::os::unix::fs::symlink("Loop.app", mac.at("/Applications/Loop.app")).unwrap();
    std::os::unix::fs::symlink("/Applications", mac.at("/Applications/Again")).unwrap();
    std::fs::create_dir_all(mac.at("/Applications/Pipe.app/Contents")).unwrap();
    rustix::fs::mknodat(rustix::fs::CWD, mac.at("/Applications/Pipe.app/Contents/Info.plist"), rustix::fs::FileType::Fifo, 0o644.into(), 0).unwrap();
    let report = look(&mac, &["scan"]);
    for source in [
        "applications",
        "launchd",
        "system_extensions",
        "privacy_decisions",
        "certificates",
        "network_extensions",
        "browser_policies",
        "receipts",
        "code_signatures",
    ] {
        assert_ne!(status(&report, source).0, "full", "{source}");
    }
    for one in report["coverage"].as_array().unwrap() {
        assert_ne!(one["reason"]["code"], "internal_error", "{one}");
    }
    assert!(found(&report).is_empty(), "{:?}", found(&report));
    let mut command = inzage(["scan", "--os", "macos", "--user", "anna", "--root"]);
    let said = run(command.arg(mac.path())).well().out;
    assert!(said.contains("seen"), "{said}");
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said}");
}

fn plist_of(id: &str) -> plist::Value {
    let entries = [("CFBundleIdentifier", id), ("CFBundleExecutable", "Program")];
    plist::Value::Dictionary(entries.map(|(key, text)| (key.to_owned(), plist::Value::from(text))).into_iter().collect())
}
