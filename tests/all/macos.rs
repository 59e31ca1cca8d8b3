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
        assert!(found.values().all(|(confidence, _)| confidence != "confirmed"), "{product} brings {found:?}");
    }
}
