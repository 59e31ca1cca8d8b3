//! A disk of Windows, examined by the program on this system.

use inzage_tests::{Root, inzage, run};
use serde_json::Value;

const SYSTEM: &[u8] = include_bytes!("../../inspector-core/testdata/hives/SYSTEM");
const TASK: &str = r#"<?xml version="1.0"?><Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Triggers><LogonTrigger/></Triggers><Actions><Exec><Command>C:\Acme\agent.exe</Command></Exec></Actions></Task>"#;

/// A disk with a hive, a program of a product, a task and a profile of a browser.
fn disk() -> Root {
    Root::new()
        .file("/Windows/System32/config/SYSTEM", SYSTEM)
        .file("/Windows/System32/Tasks/Acme/Agent", TASK)
        .file("/Program Files/Veyon/veyon-service.exe", "no program, but a file")
        .file(
            "/Users/anna/AppData/Local/Google/Chrome/User Data/Default/Preferences",
            r#"{"extensions":{"settings":{"abcdefghijklmnopabcdefghijklmnop":{"location":1,"path":"x","manifest":{"name":"X"}}}}}"#,
        )
}

fn look(words: &[&str]) -> Value {
    let disk = disk();
    let mut command = inzage(words);
    command.arg("--root").arg(disk.path()).args(["--os", "windows", "--user", "ANNA", "--json"]);
    run(&mut command).well().json()
}

fn status<'a>(look: &'a Value, source: &str) -> &'a str {
    look["coverage"].as_array().unwrap().iter().find(|one| one["source"] == source).unwrap()["status"].as_str().unwrap()
}

#[test]
fn what_lies_there_is_told() {
    let inventory = look(&["inventory"]);
    let facts = inventory["facts"].as_array().unwrap();
    let has = |field: &str, value: &str| facts.iter().any(|fact| fact[field] == value);
    assert!(has("service", "Acme Watch") && has("task", "\\Acme\\Agent") && has("id", "abcdefghijklmnopabcdefghijklmnop"), "{facts:?}");
    assert_eq!(inventory["host"]["os"], "windows");
    let report = look(&["scan"]);
    let veyon = report["findings"].as_array().unwrap().iter().find(|finding| finding["product"] == "veyon").unwrap();
    assert_eq!((&veyon["confidence"], &veyon["running"]), (&"confirmed".into(), &"unknown".into()), "a disk runs nothing");
}

#[test]
fn what_is_not_there_is_not_called_empty() {
    let report = look(&["scan"]);
    assert_eq!(status(&report, "services"), "full");
    // There is no hive of the software, and none of the user.
    for source in ["installed_programs", "run_keys", "certificates", "browser_policies"] {
        assert_ne!(status(&report, source), "full", "{source}");
    }
    for source in ["processes", "process_paths"] {
        assert_eq!(status(&report, source), "none", "{source}");
    }
    let sources: Vec<_> = report["coverage"].as_array().unwrap().iter().map(|one| one["source"].as_str().unwrap()).collect();
    assert!(!sources.contains(&"systemd") && !sources.contains(&"pam"), "those are sources of another system");
}

#[test]
fn a_user_who_is_not_there() {
    let none = Root::new();
    let mut command = inzage(["scan", "--os", "windows", "--user", "nobody", "--root"]);
    command.arg(none.path());
    let ended = run(&mut command);
    assert!(ended.code == Some(1) && ended.err.contains("nobody"), "{ended:?}");
}
