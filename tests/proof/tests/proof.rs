//! The signatures find what is there and nothing else, on everything the project holds.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;

use inzage_proof::hits::{Hits, Score};
use inzage_proof::{Trial, debian, project, prove, signatures, table};

#[test]
fn nothing_is_found_where_it_is_not() {
    let (bundle, layouts) = signatures().unwrap();
    let hits = Hits::read(&project().join("tests/proof/true-hits.yaml")).unwrap();
    let results = prove(&bundle, &layouts, &hits).unwrap();
    assert!(results.faults.is_empty(), "{}", results.faults.join("\n"));
    let kept = fs::read_to_string(project().join("signatures/PROOF.md")).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == table::page(&bundle, &results), "`cargo run --release -p inzage-proof -- --write` writes signatures/PROOF.md anew");
}

#[test]
fn a_false_alarm_is_a_fault() {
    let (bundle, _) = signatures().unwrap();
    let trial = Trial::new(&bundle);
    let contents = "usr/bin/veyon-service     net/innocent,otherosfs/veyon-service\nusr/bin/ls   utils/coreutils\nnot a line\n";
    let (score, paths) = debian::score(contents.as_bytes(), &trial, &Hits::default()).unwrap();
    assert_eq!((paths, score.items), (3, 4));
    let wrong: Vec<_> = score.wrong.iter().map(|(item, product)| format!("{item} {product}")).collect();
    assert_eq!(wrong, ["innocent veyon", "veyon-service veyon"]);
    let mut results = inzage_proof::Results::default();
    results.take(debian::NAME, score, &Hits::default());
    assert_eq!(results.faults.len(), 2);
    assert_eq!(results.products["veyon"].wrong, 2);
}

#[test]
fn one_possible_in_ten_thousand_is_enough() {
    let pair = || ("item".to_owned(), "product".to_owned());
    let score = |possible, items| Score { items, possible: vec![pair(); possible], ..Score::default() };
    assert!(!score(1, 10_000).too_many_possible());
    assert!(score(1, 9_999).too_many_possible());
    assert!(!score(0, 0).too_many_possible());
}
