//! Every problem has an example in `testdata`, with the text that a contributor sees. `INZAGE_BLESS=1` writes the expected texts anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use inzage_core::signature::{Bundle, Category};
use inzage_signature_compiler::{Code, Report, check_paths, compile};

fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata")
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}

/// The categories, and the product with which the examples may overlap.
fn base() -> (Vec<Category>, Bundle) {
    let folder = tempfile::tempdir().unwrap();
    copy(&testdata().join("base"), folder.path());
    let compiled = compile(folder.path()).unwrap_or_else(|report| panic!("{}", report.render(false)));
    assert!(compiled.warnings.problems.is_empty(), "{}", compiled.warnings.render(false));
    (compiled.bundle.categories.clone(), compiled.bundle)
}

/// Examines one example: a product file, a folder of them, or a folder with its own categories.
fn examine(example: &Path, categories: &[Category], others: &Bundle) -> (Report, String) {
    let name = example.file_name().and_then(OsStr::to_str).unwrap();
    let (code, rest) = name.split_once('-').unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copied = folder.path().join(rest);
    copy(example, &copied);
    if code == Code::TooLarge.id() {
        // Nobody wants a megabyte among the sources.
        let text = fs::read_to_string(&copied).unwrap();
        fs::write(&copied, format!("{text}{}", "# filling\n".repeat(120_000))).unwrap();
    }
    let report = if copied.join("layouts").is_dir() {
        check_paths(&[copied.join("products")], categories, Some(others))
    } else if copied.join("categories.yaml").is_file() {
        compile(&copied).map_or_else(|report| *report, |compiled| compiled.warnings)
    } else {
        check_paths(std::slice::from_ref(&copied), categories, Some(others))
    };
    let rendered = report.render(false).replace(&format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR), "");
    (report, rendered)
}

#[test]
fn every_example_is_shown_as_expected() {
    let bless = std::env::var_os("INZAGE_BLESS").is_some();
    let (categories, bundle) = base();
    let mut missing: BTreeSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    let mut wrong = Vec::new();

    let mut examples: Vec<PathBuf> = fs::read_dir(testdata()).unwrap().map(|entry| entry.unwrap().path()).collect();
    examples.retain(|path| path.file_name().is_some_and(|name| name != "base") && path.extension().is_none_or(|ending| ending != "out"));
    examples.sort();
    for example in examples {
        let (report, rendered) = examine(&example, &categories, &bundle);
        let name = example.file_name().and_then(OsStr::to_str).unwrap();
        let code = name.split_once('-').map_or(name, |(code, _)| code);
        if !report.problems.iter().any(|problem| problem.code.id() == code) {
            wrong.push(format!("{name} does not show {code} but\n{rendered}"));
        }
        missing.remove(code);
        let expected = example.with_extension("out");
        if bless {
            fs::write(&expected, &rendered).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n") != rendered.replace("\r\n", "\n") {
            wrong.push(format!("{name} is shown differently:\n{rendered}"));
        }
    }
    assert!(wrong.is_empty(), "{}\nINZAGE_BLESS=1 writes what is shown as expected", wrong.join("\n"));
    assert!(missing.is_empty(), "no example for {missing:?}");
}

#[test]
fn codes_are_unique_and_in_order() {
    let ids: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
}

#[test]
fn colour_only_when_asked() {
    let (categories, bundle) = base();
    let (report, plain) = examine(&testdata().join("E011-Bad_Id.yaml"), &categories, &bundle);
    assert!(!plain.contains('\u{1b}'));
    assert!(report.render(true).contains('\u{1b}'));
}
