//! Whatever a file holds, it gives coded problems and no panic.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::Path;

use inzage_signature_compiler::{Code, Report, check_paths, compile};

fn check_bytes(bytes: &[u8]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme-watch.yaml");
    fs::write(&path, bytes).unwrap();
    let report = check_paths(&[path], &[], None);
    // Showing it must work too, and must not steer a terminal.
    let shown = report.render(false);
    assert!(!shown.chars().any(|c| c != '\n' && inzage_core::text::is_unprintable(c)), "{shown:?}");
    report
}

#[track_caller]
fn check(bytes: &[u8], expect: Code) {
    let codes: Vec<Code> = check_bytes(bytes).problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [expect]);
}

#[test]
fn not_a_product_at_all() {
    check(b"", Code::Syntax);
    check(b"\0\0\0\0", Code::Syntax);
    check(b"\xff\xfe", Code::NotUtf8);
    check("- ".repeat(100_000).as_bytes(), Code::WrongType);
    check("[".repeat(500_000).as_bytes(), Code::Syntax);
    check(&[b"id: ".as_slice(), &b"{a: ".repeat(100_000)].concat(), Code::WrongType);
    check(&[b"\"".as_slice(), &b"x".repeat(1_000_000)].concat(), Code::Syntax);
    check(&b"x".repeat(2_000_000), Code::TooLarge);
    check("\u{1b}[31m\u{202e}: 1".as_bytes(), Code::Syntax);
    check("\"\u{202e}\\e[31m\": 1".as_bytes(), Code::UnknownWord);
}

#[test]
fn a_text_made_of_copies_of_itself() {
    let mut text = String::from("formerly:\n- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let copies = format!("*a{},", level - 1).repeat(10);
        text.extend(["- &a", &level.to_string(), " [", &copies, "]\n"]);
    }
    check(text.as_bytes(), Code::WrongType);
}

#[test]
fn what_is_not_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let only_code = |path: &Path| {
        let report = check_paths(&[path.into()], &[], None);
        assert_eq!(report.problems.len(), 1);
        assert!(report.render(false).contains(&*path.file_name().unwrap().to_string_lossy()));
        report.problems[0].code
    };
    assert_eq!(only_code(&folder.path().join("missing.yaml")), Code::Unreadable);
    fs::create_dir(folder.path().join("folder.yaml")).unwrap();
    assert_eq!(only_code(&folder.path().join("folder.yaml")), Code::Unreadable);
    let report = compile(&folder.path().join("nowhere")).unwrap_err();
    assert!(report.problems.iter().all(|problem| problem.code == Code::Unreadable));
    assert_eq!(report.problems.len(), 2);

    #[cfg(unix)]
    {
        let pipe = folder.path().join("pipe.yaml");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(only_code(&pipe), Code::Unreadable);
        let circle = folder.path().join("circle.yaml");
        std::os::unix::fs::symlink(&circle, &circle).unwrap();
        assert_eq!(only_code(&circle), Code::Unreadable);
    }
}

/// A good file with bytes changed, left out and doubled, by a fixed sequence of numbers.
#[test]
fn a_good_file_gone_bad() {
    let good = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/base/products/acme-watch.yaml")).unwrap();
    let mut state: u64 = 1;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let marks = b"\0\n :-{}[]\"'*&!|>%@`#,?~/\\\xc3\xff\x1b";
    for _ in 0..500 {
        let mut bytes = good.clone();
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            match next(4) {
                0 => bytes[at] = marks[next(marks.len())],
                1 => bytes.insert(at, marks[next(marks.len())]),
                2 => drop(bytes.drain(at..(at + 1 + next(30)).min(bytes.len()))),
                _ => {
                    let end = (at + next(200)).min(bytes.len());
                    let part = bytes[at..end].to_vec();
                    let to = next(bytes.len());
                    bytes.splice(to..to, part);
                }
            }
        }
        check_bytes(&bytes);
    }
}
