//! The window names everything that is built in, with its licence.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::schema::check_published;

/// The list is what cargo builds into the two programs, on any system; `INZAGE_BLESS=1` writes it anew.
#[test]
fn the_window_names_what_is_built_in() {
    let ran = Command::new(env!("CARGO")).args(["metadata", "--format-version", "1", "--locked"]).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let metadata: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let packages: BTreeMap<_, _> = metadata["packages"].as_array().unwrap().iter().map(|package| (text(package, "id"), package)).collect();
    let nodes: BTreeMap<_, _> = metadata["resolve"]["nodes"].as_array().unwrap().iter().map(|node| (text(node, "id"), node)).collect();
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<_> =
        packages.iter().filter(|(_, package)| ["inzage", "inzage-window"].contains(&text(package, "name").as_str())).map(|(id, _)| id.clone()).collect();
    assert_eq!(waiting.len(), 2);
    while let Some(id) = waiting.pop() {
        if !reached.insert(id.clone()) {
            continue;
        }
        let node = nodes[&id];
        for dependency in node["deps"].as_array().unwrap() {
            // What only builds or tests is not in the programs.
            if dependency["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null()) {
                waiting.push(text(dependency, "pkg"));
            }
        }
    }
    let lines: BTreeSet<_> = reached
        .iter()
        .map(|id| packages[id])
        // Our own parts have the licence of the program.
        .filter(|package| !package["source"].is_null())
        .map(|package| format!("{} {} · {}\n", text(package, "name"), text(package, "version"), text(package, "license").replace('/', " OR ")))
        .collect();
    assert!(lines.len() > 100);
    check_published("../agent/window/licences.txt", &lines.into_iter().collect::<String>());
}
