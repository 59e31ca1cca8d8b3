//! The rules of the tree that neither the compiler nor its lints know.

use std::fs;
use std::path::{Path, PathBuf};

/// The most lines of a source file: more than that is more than one thing.
const MOST_LINES: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Every file of the tree, with its path from the top; without what is built, and without what git keeps.
fn files(folder: &Path, top: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = entry.path();
        let name = entry.file_name();
        // In a second work tree it is a file that names a place of one computer.
        if name == ".git" {
            continue;
        }
        // What fuzzers come up with is no part of the tree either.
        let is_built = name == "target"
            || path.ends_with("tests/fuzz/corpus")
            || path.ends_with("tests/fuzz/artifacts")
            || fs::exists(path.join("CACHEDIR.TAG")).unwrap_or_default();
        if entry.file_type().unwrap().is_dir() {
            if !is_built {
                files(&path, top, found);
            }
        } else if let Ok(contents) = fs::read(&path) {
            found.push((path.strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/"), contents));
        }
    }
}

/// What is against the rules in one file.
fn problems(path: &str, contents: &[u8]) -> Vec<String> {
    // Databases of browsers, lists of fingerprints and other samples are what they are.
    let Ok(text) = std::str::from_utf8(contents) else {
        return if path.contains("/testdata/") || path.ends_with(".gz") || path.ends_with(".bin") { Vec::new() } else { vec![format!("{path}: not UTF-8")] };
    };
    let mut found = Vec::new();
    let ending = path.rsplit('.').next().unwrap_or_default();
    let mut forbid = |word: &str, why: &str| {
        found.extend(text.lines().enumerate().filter(|(_, line)| line.contains(word)).map(|(at, _)| format!("{path}:{}: `{word}`: {why}", at + 1)));
    };
    // Put together here, so that this file keeps its own rules.
    for place in ["work", "farm", "tmp/bash_jobs"] {
        forbid(&format!("/{place}/"), "a place of one computer");
    }
    if ending == "rs" {
        for (start, end) in [("to", "do!"), ("db", "g!("), ("#[ig", "nore")] {
            forbid(&format!("{start}{end}"), "not finished");
        }
    }
    if ending == "yaml" && !path.contains("/testdata/") {
        forbid("\t", "a tab in YAML");
        forbid("\r", "lines end with a line feed alone");
        if !text.ends_with('\n') || text.ends_with("\n\n") {
            found.push(format!("{path}: ends with one line feed"));
        }
    }
    if ending == "rs" && text.lines().count() > MOST_LINES {
        found.push(format!("{path}: {} lines, and {MOST_LINES} are enough", text.lines().count()));
    }
    found
}

#[test]
fn the_tree_keeps_its_rules() {
    let top = root();
    let mut all = Vec::new();
    files(&top, &top, &mut all);
    for expect in ["agent/src/main.rs", "signatures/products/veyon.yaml", "tests/all/tidy.rs"] {
        assert!(all.iter().any(|(path, _)| path == expect), "{expect} was not looked at");
    }
    let found: Vec<_> = all.iter().flat_map(|(path, contents)| problems(path, contents)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_rules_find_what_is_against_them() {
    #[track_caller]
    fn check(path: &str, contents: &str, expect: usize) {
        assert_eq!(problems(path, contents.as_bytes()).len(), expect, "{path}: {contents:?}");
    }
    check("a/src/lib.rs", "//! Fine.\n", 0);
    check("a/src/lib.rs", &format!("{}do!()\n{}g!(1)\n#[ig{}]\n", "to", "db", "nore"), 3);
    check("a/src/lib.rs", &"x\n".repeat(MOST_LINES), 0);
    check("a/src/lib.rs", &"x\n".repeat(MOST_LINES + 1), 1);
    check("a.md", &format!("see /{}/x and /{}/y\n", "work", "farm"), 2);
    check("signatures/products/a.yaml", "id: a\n", 0);
    check("signatures/products/a.yaml", "id:\ta", 2);
    check("signatures/compiler/testdata/a.yaml", "id:\ta", 0);
    assert_eq!(problems("a/testdata/x.db", b"\xff").len(), 0);
    assert_eq!(problems("a/src/x.rs", b"\xff").len(), 1);
}
