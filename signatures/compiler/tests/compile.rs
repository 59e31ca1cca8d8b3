//! From files to the bundle, and what editors get.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::{Path, PathBuf};

use inzage_core::signature::{Group, Part, Proves, When};
use inzage_signature_compiler::{Code, check_paths, compile, layout_schema, product_schema};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn base() -> PathBuf {
    here().join("testdata/base")
}

#[test]
fn a_file_becomes_a_product() {
    let bundle = compile(&base()).unwrap().bundle;
    assert_eq!(bundle.version, "2026-11-22");
    assert_eq!(bundle.categories.len(), 5);
    let [product] = &bundle.products[..] else { panic!("one product") };
    assert_eq!(product.id, "acme-watch");
    assert_eq!(product.group, Group::Monitoring);
    assert_eq!(product.card.about.keys().collect::<Vec<_>>(), ["en", "nl"]);
    assert_eq!((product.card.observes[0].when, &product.card.observes[0].cite), (When::Undocumented, &None));
    let cite = product.card.observes[1].cite.as_ref().unwrap();
    let page = product.page(cite);
    assert_eq!((page.url.as_str(), cite.at.as_deref(), page.read.as_str()), ("https://acme.example/manual?page=1", Some("Time"), "2026-11-21"));
    assert_eq!((product.indicators[0].part, product.indicators[0].os.is_some()), (Part::Agent, true));
    assert!(product.indicators[5].os.is_none());
    assert!(product.indicators.iter().any(|indicator| indicator.proves == Some(Proves::Category("websites".into()))));

    let json = serde_json::to_string(&bundle).unwrap();
    assert_eq!(serde_json::from_str::<inzage_core::signature::Bundle>(&json).unwrap(), bundle);
}

#[test]
fn a_product_is_not_compared_with_its_older_self() {
    let bundle = compile(&base()).unwrap().bundle;
    let file = base().join("products/acme-watch.yaml");
    assert!(check_paths(std::slice::from_ref(&file), &bundle.categories, Some(&bundle)).problems.is_empty());

    let folder = tempfile::tempdir().unwrap();
    let renamed = folder.path().join("acme-two.yaml");
    fs::write(&renamed, fs::read_to_string(&file).unwrap().replacen("id: acme-watch", "id: acme-two", 1)).unwrap();
    let report = check_paths(std::slice::from_ref(&renamed), &bundle.categories, Some(&bundle));
    let overlaps = report.problems.iter().filter(|problem| problem.code == Code::Overlap).count();
    // Everything but the one name that both call generic.
    assert_eq!(overlaps, bundle.products[0].indicators.len() - 1);
    // Two files that are checked together are compared with each other.
    let together = check_paths(&[file, renamed], &bundle.categories, None);
    assert_eq!(together.problems.iter().filter(|problem| problem.code == Code::Overlap).count(), overlaps);
    assert_eq!(together.files, 2);
}

#[test]
fn a_problem_in_one_line() {
    let report = check_paths(&[here().join("testdata/E011-Bad_Id.yaml")], &[], None);
    let line = report.problems[0].to_string();
    assert!(line.ends_with("E011-Bad_Id.yaml:1:5: error[E011]: `Bad_Id` cannot be an id"), "{line}");
}

#[test]
fn the_schemas_are_up_to_date() {
    for (name, schema) in [("product", product_schema()), ("layout", layout_schema())] {
        let path = here().join(format!("../schema/{name}.schema.json"));
        if std::env::var_os("INZAGE_BLESS").is_some() {
            fs::write(&path, &schema).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(kept == schema, "INZAGE_BLESS=1 writes the schema of a {name} anew");
    }
}
