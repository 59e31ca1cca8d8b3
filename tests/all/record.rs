//! The record, as the worker uses it.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use inzage_tests::{Ran, inzage, run};
use serde_json::Value;
use tempfile::TempDir;

use crate::schema::{check_valid, history_schema};

/// A worker with a home of their own, on this computer.
struct Worker(TempDir);

impl Worker {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = inzage(words);
        command.env("HOME", self.0.path()).current_dir(self.0.path());
        command
    }

    #[track_caller]
    fn run(&self, words: &[&str]) -> Ran {
        run(&mut self.command(words))
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join(".local/share/inzage")
    }

    /// A record of one look.
    fn recording() -> Self {
        let worker = Self::new();
        let _ = worker.run(&["record", "on"]).well();
        let _ = worker.run(&["scan"]).well();
        worker
    }

    fn files(&self) -> Vec<String> {
        fn below(folder: PathBuf, files: &mut Vec<String>) {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                files.push(entry.path().display().to_string());
                below(entry.path(), files);
            }
        }
        let mut files = Vec::new();
        below(self.0.path().to_owned(), &mut files);
        files
    }

    fn tamper(&self, sql: &str) {
        let mut python = Command::new("python3");
        python.args(["-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2])"]);
        let status = python.arg(self.folder().join("record.sqlite")).arg(sql).status().unwrap();
        assert!(status.success());
    }
}

#[test]
fn nothing_is_kept_before_a_yes() {
    let worker = Worker::new();
    let ran = worker.run(&["scan"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.starts_with("Not kept: inzage record on"), "{}", ran.err);
    assert!(ran.out.contains("Nothing was stored"), "{}", ran.out);
    for words in [&["scan", "--json", "--no-record"][..], &["inventory", "--json"], &["record", "status"], &["verify"], &["history"], &["forget"]] {
        let _ = worker.run(words);
    }
    let _ = worker.run(&["scan", "--no-record"]).well();
    assert_eq!(worker.files(), Vec::<String>::new());
    let ran = worker.run(&["history"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), "inzage: no record is kept yet; inzage record on begins one\n"));
}

#[test]
fn a_look_is_kept_after_a_yes_and_not_after_a_no() {
    let worker = Worker::recording();
    let days = |worker: &Worker| worker.run(&["history"]).well().out;
    assert!(days(&worker).contains("looked at on 1 day"), "{}", days(&worker));
    let entries = |worker: &Worker| worker.run(&["history", "--json"]).well().json()["entries"].as_array().unwrap().len();
    let before = entries(&worker);
    assert!(before > 3);
    let ran = worker.run(&["scan"]).well();
    assert!(ran.out.contains("kept in the record") && !ran.out.contains("Nothing was stored"), "{}", ran.out);
    assert_eq!(entries(&worker), before, "a look without changes adds nothing on the same day");
    let _ = worker.run(&["record", "off"]).well();
    assert_eq!(entries(&worker), before + 1);
    let ran = worker.run(&["scan"]).well();
    assert!(ran.out.contains("Nothing was stored"), "{}", ran.out);
    assert_eq!(entries(&worker), before + 1);
    assert!(worker.run(&["record", "status"]).well().out.contains("you said no"));
}

#[test]
fn without_record_leaves_an_existing_record_alone() {
    let worker = Worker::recording();
    let bytes = fs::read(worker.folder().join("record.sqlite")).unwrap();
    let _ = worker.run(&["scan", "--no-record"]).well();
    let root = inzage_tests::Root::new();
    let _ = worker.run(&["scan", "--root", root.path().to_str().unwrap(), "--os", "linux"]).well();
    assert_eq!(fs::read(worker.folder().join("record.sqlite")).unwrap(), bytes);
}

#[test]
fn a_report_tells_since_when() {
    let worker = Worker::recording();
    let report = worker.run(&["scan", "--json"]).well().json();
    for finding in report["findings"].as_array().unwrap() {
        assert!(finding["first_seen"].is_string(), "{finding}");
    }
}

#[test]
fn a_changed_entry_is_found_and_named() {
    let worker = Worker::recording();
    let _ = worker.run(&["verify"]).well();
    worker.tamper("update entry set fields = replace(fields, 'appeared', 'vanished') where number = 1");
    let ran = worker.run(&["verify"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("entry 1 of the record is not as it was written"), "{}", ran.err);
    let ran = worker.run(&["verify", "--lang", "nl"]);
    assert!(ran.err.contains("regel 1 van het logboek is niet zoals die geschreven is"), "{}", ran.err);
}

#[test]
fn a_receipt_kept_elsewhere_finds_a_record_that_was_cut_short() {
    let worker = Worker::recording();
    assert!(worker.run(&["verify"]).well().out.contains("There is no earlier receipt"));
    let receipt = fs::read_dir(worker.folder().join("receipts")).unwrap().next().unwrap().unwrap().path();
    let kept = worker.0.path().join("receipt.json");
    fs::rename(receipt, &kept).unwrap();
    let kept = kept.to_str().unwrap();
    assert!(worker.run(&["verify", "--receipt", kept]).well().out.contains("Unchanged since the receipt of"));
    worker.tamper("delete from entry where number = (select max(number) from entry)");
    let ran = worker.run(&["verify", "--receipt", kept]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("this is not the record of"), "{}", ran.err);
    // The receipt that `verify` wrote before says the same.
    let ran = worker.run(&["verify"]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    let ran = worker.run(&["verify", kept]);
    assert!(ran.err.contains("is a receipt"), "{}", ran.err);
    assert!(worker.run(&["verify", "--receipt", "/etc/hostname"]).err.contains("no receipt that can be read"));
}

#[test]
fn a_masked_history_can_be_checked_by_who_is_given_it() {
    let worker = Worker::recording();
    let ran = worker.run(&["history", "--json"]).well();
    check_valid(&history_schema(), &ran.json());
    let json = ran.out;
    assert!(!json.contains(worker.0.path().to_str().unwrap()), "{json}");
    let file = worker.0.path().join("history.json");
    fs::write(&file, &json).unwrap();
    let somebody = Worker::new();
    let ran = somebody.run(&["verify", file.to_str().unwrap()]).well();
    assert!(ran.out.contains("Each is as it was written"), "{}", ran.out);
    fs::write(&file, json.replace("\"appeared\"", "\"vanished\"")).unwrap();
    assert_eq!(somebody.run(&["verify", file.to_str().unwrap()]).code, Some(1));
    fs::write(&file, "{}").unwrap();
    assert!(somebody.run(&["verify", file.to_str().unwrap()]).err.contains("no record and no history"));
    assert_eq!(somebody.files(), Vec::<String>::new());
}

#[test]
fn a_copy_can_be_checked() {
    let worker = Worker::recording();
    let copy = worker.0.path().join("copy.sqlite");
    fs::copy(worker.folder().join("record.sqlite"), &copy).unwrap();
    assert!(Worker::new().run(&["verify", copy.to_str().unwrap()]).well().out.contains("Each is as it was written"));
}

#[test]
fn what_is_erased_leaves_the_chain_whole() {
    let worker = Worker::recording();
    let said = worker.run(&["record", "erase", "signatures"]).well().out;
    assert!(said.starts_with("1 entry was emptied"), "{said}");
    assert!(worker.run(&["verify"]).well().out.contains("hidden or were taken out"));
    assert!(worker.run(&["record", "erase", "no-such-thing"]).err.contains("nothing is kept of"));
    // The list of products is then told anew, and nothing else.
    let _ = worker.run(&["scan"]).well();
    let _ = worker.run(&["verify"]).well();
}

/// Another program on the record of a worker, from when it has done `sql` until it is let go.
struct Other(Child);

impl Other {
    fn on(worker: &Worker, sql: &str) -> Self {
        let code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); [c.execute(s).fetchall() for s in sys.argv[2].split(';')]; \
                    print('ready', flush=True); sys.stdin.read()";
        let mut python = Command::new("python3");
        python.args(["-c", code]).arg(worker.folder().join("record.sqlite")).arg(sql);
        let mut child = python.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said, "ready\n");
        Self(child)
    }

    fn let_go(mut self) {
        drop(self.0.stdin.take());
        assert!(self.0.wait().unwrap().success());
    }
}

#[test]
fn erasing_waits_for_another_program_and_says_when_it_waits_in_vain() {
    let worker = Worker::recording();
    let values = || worker.run(&["history", "--json"]).well().out.matches(&inzage_signatures::sha256()).count();
    let before = values();
    assert!(before > 0);

    // It writes for longer than anybody waits.
    let other = Other::on(&worker, "begin immediate");
    let ran = worker.run(&["record", "erase", "signatures"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), "inzage: nothing was taken out: another program keeps the record busy; try again later\n"));
    other.let_go();
    assert_eq!(values(), before);

    // It is done soon.
    let other = Other::on(&worker, "begin immediate");
    let ends = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_secs(1));
        other.let_go();
    });
    assert!(worker.run(&["record", "erase", "signatures"]).well().out.starts_with("1 entry was emptied"));
    ends.join().unwrap();
    assert_eq!(values(), before - 1);
    let _ = worker.run(&["verify"]).well();
}

#[test]
fn what_another_program_still_reads_is_not_said_to_be_gone() {
    let worker = Worker::recording();
    // What was erased is looked for in all files; the log beside the record is there as long as somebody reads it.
    let sha256 = inzage_signatures::sha256();
    let stands = || {
        let holds = |file: &String| fs::read(file).is_ok_and(|bytes| bytes.windows(sha256.len()).any(|part| part == sha256.as_bytes()));
        worker.files().iter().filter(|file| file.contains("record.sqlite")).any(holds)
    };
    assert!(stands());
    let other = Other::on(&worker, "begin; select count(*) from entry");
    let ran = worker.run(&["record", "erase", "signatures"]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert!(ran.err.contains("do the same again") && ran.err.lines().count() == 1, "{}", ran.err);
    other.let_go();
    let ran = worker.run(&["record", "erase", "signatures"]);
    assert!(ran.err.contains("nothing is kept of"), "{}", ran.err);
    assert!(!stands(), "the old values are still on the disk");
    let _ = worker.run(&["verify"]).well();
}

#[test]
fn forget_removes_everything() {
    let worker = Worker::recording();
    let _ = worker.run(&["verify"]).well();
    let ran = worker.run(&["forget"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("inzage forget --yes"), "{}", ran.err);
    assert!(!worker.files().is_empty());
    let _ = worker.run(&["forget", "--yes"]).well();
    assert!(!worker.files().iter().any(|file| file.contains("inzage")), "{:?}", worker.files());
}

#[test]
fn a_damaged_or_newer_or_closed_record_costs_nobody_the_report() {
    let worker = Worker::recording();
    fs::write(worker.folder().join("record.sqlite"), "no record").unwrap();
    let ran = worker.run(&["scan"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains("The damaged file is kept here") && ran.out.contains("What can be seen"), "{} {}", ran.err, ran.out);
    assert_eq!(fs::read(worker.folder().join(format!("damaged-{}.sqlite", today()))).unwrap(), b"no record");
    assert!(worker.run(&["history"]).well().out.contains("An earlier record was damaged"));

    worker.tamper("pragma user_version = 99");
    let ran = worker.run(&["scan"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains("newer version") && ran.out.contains("Nothing was stored"), "{} {}", ran.err, ran.out);
    let ran = worker.run(&["history"]);
    assert_eq!(ran.code, Some(1));

    fs::remove_file(worker.folder().join("record.sqlite")).unwrap();
    fs::create_dir(worker.folder().join("record.sqlite")).unwrap();
    let ran = worker.run(&["scan"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains("nothing can be kept now") && ran.out.contains("What can be seen"), "{} {}", ran.err, ran.out);
}

fn today() -> String {
    let out = Command::new("date").arg("+%F").output().unwrap();
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

/// On a terminal the program asks once; the answer is stored, and the look that was just made begins the record.
#[test]
fn on_a_terminal_it_asks_once() {
    let worker = Worker::new();
    let scan = |answers: &str| {
        // A real terminal, from the tool that records them.
        let mut script = worker.command(&[]);
        let program = script.get_program().to_owned();
        let mut command = Command::new("script");
        command.args(["-qec", &format!("{} scan", program.display()), "/dev/null"]);
        command.env_clear().env("HOME", worker.0.path()).env("PATH", "/usr/bin:/bin").env("LC_ALL", "en_US.UTF-8").env("TERM", "dumb");
        script.env_clear();
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
        let out = child.wait_with_output().unwrap();
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let shown = scan("no\n");
    assert!(shown.contains("Stopped. Nothing was looked at.") && !shown.contains("Keep a record?"), "{shown}");
    assert!(worker.files().is_empty());
    let shown = scan("yes\nno\n");
    assert!(shown.contains("Keep a record? (yes/no)"), "{shown}");
    assert!(worker.folder().join("settings.json").exists() && !worker.folder().join("record.sqlite").exists());
    assert!(!scan("").contains("(yes/no)"));
    let _ = worker.run(&["forget", "--yes"]).well();
    let _ = scan("yes\nyes\n");
    let history: Value = worker.run(&["history", "--json"]).well().json();
    assert!(history["entries"].as_array().unwrap().len() > 3, "{history}");
    assert!(!scan("").contains("(yes/no)"));
}
