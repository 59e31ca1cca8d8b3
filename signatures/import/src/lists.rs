//! The lists, and how each is read from a copy of its repository.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::Item;

/// A public list.
pub struct List {
    /// Its word on the command line.
    pub word: &'static str,
    /// Its name and where it is.
    pub name: &'static str,
    /// Reads it from a folder that holds its repository.
    pub read: fn(&Path) -> anyhow::Result<Vec<Item>>,
}

/// The lists that can be read.
pub const LISTS: [List; 2] = [
    List { word: "lolrmm", name: "LOLRMM (https://github.com/magicsword-io/LOLRMM, Apache-2.0)", read: lolrmm },
    List { word: "stalkerware", name: "stalkerware-indicators (https://github.com/AssoEchap/stalkerware-indicators, CC-BY-4.0)", read: stalkerware },
];

/// One YAML file for each tool.
fn lolrmm(folder: &Path) -> anyhow::Result<Vec<Item>> {
    let folder = folder.join("yaml");
    let entries = fs::read_dir(&folder).with_context(|| format!("{} cannot be read: it should be a copy of the LOLRMM repository", folder.display()))?;
    let mut items = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        let file = yaml(&path)?;
        let tool = file["Name"].as_str().with_context(|| format!("{} has no Name", path.display()))?.trim();
        let mut add = |kind, value: &Value| items.extend(texts(value).map(|value| Item { tool: tool.into(), kind, value }));
        for executable in list(&file["Details"]["PEMetadata"]) {
            add("file", &executable["Filename"]);
            add("file", &executable["OriginalFileName"]);
        }
        add("path", &file["Details"]["InstallationPaths"]);
        let artifacts = &file["Artifacts"];
        for (place, field, kind) in
            [("Disk", "File", "path"), ("EventLog", "ServiceName", "service"), ("Registry", "Path", "registry"), ("Network", "Domains", "domain")]
        {
            for artifact in list(&artifacts[place]) {
                add(kind, &artifact[field]);
            }
        }
    }
    sorted(items)
}

/// One YAML file with all vendors.
fn stalkerware(folder: &Path) -> anyhow::Result<Vec<Item>> {
    let file = yaml(&folder.join("ioc.yaml"))?;
    let mut items = Vec::new();
    for vendor in list(&file) {
        let Some(tool) = vendor["name"].as_str() else { continue };
        let mut add = |kind, value: &Value| items.extend(texts(value).map(|value| Item { tool: tool.into(), kind, value }));
        for (field, kind) in [("names", "name"), ("packages", "app"), ("certificates", "certificate"), ("websites", "domain"), ("distribution", "domain")] {
            add(kind, &vendor[field]);
        }
        add("domain", &vendor["c2"]["domains"]);
        add("address", &vendor["c2"]["ips"]);
    }
    sorted(items)
}

fn sorted(mut items: Vec<Item>) -> anyhow::Result<Vec<Item>> {
    items.sort();
    items.dedup();
    if items.is_empty() {
        bail!("nothing was found in it: has the list another form now?");
    }
    Ok(items)
}

fn yaml(path: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_saphyr::from_str(&text).with_context(|| format!("{} is not YAML", path.display()))
}

/// The members of a list; one alone may stand without it.
fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(members) => members,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

/// The texts in a value that say something.
fn texts(value: &Value) -> impl Iterator<Item = String> {
    list(value).iter().filter_map(Value::as_str).map(|text| text.trim().to_owned()).filter(|text| !matches!(text.as_str(), "" | "N/A" | "n/a" | "user_managed"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;

    fn values(items: &[Item]) -> Vec<String> {
        items.iter().map(|item| format!("{} {} {}", item.tool, item.kind, item.value)).collect()
    }

    #[test]
    fn the_lists_are_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("yaml")).unwrap();
        let tool = "Name: Acme\nDetails:\n  PEMetadata:\n    Filename: acme.exe\n    OriginalFileName: N/A\n  InstallationPaths:\n    - C:\\Acme\\*\nArtifacts:\n  Disk:\n    - File: C:\\Acme\\log\n      OS: Windows\n  EventLog:\n    - ServiceName: Acme Service\n  Registry: []\n  Network:\n    - Domains: [acme.example]\n";
        fs::write(folder.path().join("yaml/acme.yaml"), tool).unwrap();
        let items = lolrmm(folder.path()).unwrap();
        assert_eq!(
            values(&items),
            ["Acme domain acme.example", "Acme file acme.exe", "Acme path C:\\Acme\\*", "Acme path C:\\Acme\\log", "Acme service Acme Service"]
        );
        fs::write(folder.path().join("ioc.yaml"), "- name: Acme\n  names: [Acme, Acne]\n  c2:\n    ips: [192.0.2.1]\n").unwrap();
        assert_eq!(values(&stalkerware(folder.path()).unwrap()), ["Acme address 192.0.2.1", "Acme name Acme", "Acme name Acne"]);
        fs::write(folder.path().join("ioc.yaml"), "[]").unwrap();
        assert!(stalkerware(folder.path()).is_err());
    }
}
