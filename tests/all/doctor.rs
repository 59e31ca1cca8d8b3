//! What a worker hands to who helps: `inzage doctor`, and the log.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use inzage_tests::{Ran, inzage, run};
use tempfile::TempDir;

/// A worker whose home has a name that must not be told, and a product that must not be told either.
struct Worker(TempDir);

/// The last part of the home's path is taken for the name of its owner.
const NAME: &str = "annajansen";

impl Worker {
    fn new() -> Self {
        let worker = Self(tempfile::tempdir().unwrap());
        let autostart = worker.home().join(".config/autostart");
        fs::create_dir_all(&autostart).unwrap();
        fs::create_dir(worker.home().join(".config/activitywatch")).unwrap();
        fs::write(autostart.join("aw-qt.desktop"), "[Desktop Entry]\nType=Application\nName=ActivityWatch\nExec=/opt/activitywatch/aw-qt\n").unwrap();
        worker
    }

    fn recording() -> Self {
        let worker = Self::new();
        let _ = worker.run(&["record", "on"]).well();
        let _ = worker.run(&["scan"]).well();
        worker
    }

    fn home(&self) -> PathBuf {
        self.0.path().join(NAME)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = inzage(words);
        command.env("HOME", self.home()).env("XDG_RUNTIME_DIR", self.0.path()).current_dir(self.0.path());
        command
    }

    #[track_caller]
    fn run(&self, words: &[&str]) -> Ran {
        run(&mut self.command(words))
    }

    fn folder(&self) -> PathBuf {
        self.home().join(".local/share/inzage")
    }

    /// Every file below, with its length. SQLite keeps two beside a record while it is read, and these may stay.
    fn files(&self) -> Vec<(PathBuf, u64)> {
        fn below(folder: PathBuf, files: &mut Vec<(PathBuf, u64)>) {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                if !["record.sqlite-shm", "record.sqlite-wal"].iter().any(|name| entry.file_name() == *name) {
                    files.push((entry.path(), entry.metadata().unwrap().len()));
                }
                below(entry.path(), files);
            }
        }
        let mut files = Vec::new();
        below(self.0.path().to_owned(), &mut files);
        files.sort();
        files
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder().join("log.txt")).unwrap_or_default()
    }

    /// The value of a line, which may go on in the next ones.
    #[track_caller]
    fn value(page: &str, label: &str) -> String {
        let lines: Vec<_> = page.lines().collect();
        let at = lines.iter().position(|line| line.trim_start().starts_with(&format!("{label}  "))).unwrap_or_else(|| panic!("no {label} in {page}"));
        let more = lines[at + 1..].iter().take_while(|line| line.starts_with("          "));
        let first = lines[at].trim_start().trim_start_matches(label).trim();
        std::iter::once(first).chain(more.map(|line| line.trim())).collect::<Vec<_>>().join(" ")
    }
}

/// A process that is ended with the test.
struct Beside(Child);

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[track_caller]
fn wait_for(what: &str, is_so: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        assert!(Instant::now() < until, "{what} did not come");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn names_of_this_computer() -> Vec<String> {
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default().trim().to_owned();
    // A short one is part of too many words.
    [NAME.to_owned(), host].into_iter().filter(|name| name.len() > 4).collect()
}

#[test]
fn doctor_tells_what_a_helper_needs_and_names_nobody() {
    let worker = Worker::recording();
    assert!(worker.run(&["scan"]).well().out.contains("ActivityWatch"), "there is nothing here that could be told");
    let before = worker.files();
    for language in ["en", "nl"] {
        let page = worker.run(&["doctor", "--lang", language]).well().out;
        for name in names_of_this_computer() {
            assert!(!page.contains(&name), "{name} stands in {page}");
        }
        assert!(!page.to_lowercase().contains("activitywatch"), "{page}");
        assert!(page.contains(env!("CARGO_PKG_VERSION")) && page.contains(std::env::consts::ARCH) && page.contains("~/.local/share/inzage"), "{page}");
        // A text that is missing would show as its key.
        assert!(!page.contains("doctor-") && page.lines().all(|line| line.chars().count() <= 90) && !page.contains('\u{1b}'), "{page}");
    }
    assert_eq!(worker.files(), before, "it made or changed a file");
    let page = worker.run(&["doctor"]).well().out;
    let value = |label| Worker::value(&page, label);
    assert_eq!((value("Rights"), value("May be written"), value("Keep a record")), ("0700".to_owned(), "yes".to_owned(), "yes".to_owned()));
    assert!(page.contains("entries, each as it was written"), "{page}");
    assert_eq!((value("Runs now"), value("Starts at login"), value("Log")), ("no".to_owned(), "no".to_owned(), "off".to_owned()));
    assert!(value("Took").ends_with(" ms") && value("Seen").contains(" facts; "), "{page}");
    assert!(page.contains("Servers and the cloud: it is not on this computer."), "{page}");

    let unmasked = worker.run(&["doctor", "--unmasked"]).well().out;
    assert!(unmasked.contains(NAME) && unmasked.contains("Names were not masked") && !unmasked.contains("ActivityWatch"), "{unmasked}");
}

#[test]
fn doctor_on_a_computer_where_nothing_is_kept_makes_nothing() {
    let worker = Worker::new();
    let before = worker.files();
    let page = worker.run(&["doctor"]).well().out;
    assert_eq!(worker.files(), before);
    assert!(page.contains("it is not there: nothing is kept"), "{page}");
    assert_eq!(Worker::value(&page, "Keep a record"), "not asked yet");
    // Without a home it can still be told what is not known.
    let page = run(inzage(["doctor"]).env("XDG_RUNTIME_DIR", worker.0.path()).env("HOME", "")).well().out;
    assert!(page.contains("not known: ") || page.contains("it is not there"), "{page}");
}

#[test]
fn doctor_tells_of_a_damaged_record_and_leaves_it() {
    let worker = Worker::recording();
    let record = worker.folder().join("record.sqlite");
    let file = || Worker::value(worker.run(&["doctor"]).well().out.split("The record\n").nth(1).unwrap(), "File");
    let tamper = |sql: &str| {
        let mut python = Command::new("python3");
        python.args(["-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2])"]);
        assert!(python.arg(&record).arg(sql).status().unwrap().success());
    };
    assert!(file().contains("each as it was written"), "{}", file());
    tamper("update entry set fields = replace(fields, 'appeared', 'vanished') where number = 1");
    assert!(file().contains("entry 1 of the record is not as it was written"), "{}", file());
    tamper("pragma user_version = 99");
    assert!(file().contains("newer version"), "{}", file());
    fs::write(&record, "no record").unwrap();
    assert!(file().contains("the record is damaged"), "{}", file());
    assert_eq!(fs::read(&record).unwrap(), b"no record", "it was put aside, and nobody asked for that");
    fs::write(worker.folder().join("settings.json"), "{").unwrap();
    assert!(worker.run(&["doctor"]).well().out.contains("they cannot be understood"));
}

#[test]
fn doctor_waits_for_no_bus_that_is_silent() {
    let worker = Worker::new();
    let path = worker.0.path().join("bus");
    // It takes who comes, and never answers.
    let _listener = UnixListener::bind(&path).unwrap();
    let page = run(worker.command(&["doctor"]).env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", path.display()))).well().out;
    assert!(page.contains("it gives no answer within 3 seconds"), "{page}");
    let page = run(worker.command(&["doctor"]).env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", worker.0.path().join("no-bus").display()))).well().out;
    assert!(Worker::value(&page, "Session bus").starts_with("not known: "), "{page}");
    // A real bus on which nobody keeps icons.
    let mut session = Command::new("dbus-run-session");
    let command = worker.command(&["doctor"]);
    session.arg("--").arg(command.get_program()).arg("doctor").env_clear();
    session.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    match session.output() {
        Err(_) => eprintln!("skipped: there is no dbus-run-session here"),
        Ok(ran) => {
            let page = String::from_utf8(ran.stdout).unwrap();
            assert_eq!((Worker::value(&page, "Session bus"), Worker::value(&page, "Panel with icons")), ("answers".to_owned(), "there is none".to_owned()));
            assert!(Worker::value(&page, "Notifications").starts_with("nobody shows them"), "{page}");
        }
    }
}

#[test]
fn the_log_is_written_only_when_the_worker_wants_it() {
    let worker = Worker::recording();
    let file = worker.folder().join("log.txt");
    assert!(!file.exists(), "it is off until it is asked for");
    let said = worker.run(&["doctor", "--log", "on"]).well().out;
    assert!(said.starts_with("From now on a log is kept in "), "{said}");
    let _ = worker.run(&["scan"]).well();
    let log = worker.log();
    for expect in ["begins", "command=\"scan\"", "a look ms=", "source=\"server_side\"", "partial="] {
        assert!(log.contains(expect), "no {expect} in {log}");
    }
    // It can be handed on: no names, no places, no product, no hours.
    let home = worker.home().display().to_string();
    for name in names_of_this_computer().into_iter().chain([home, "activitywatch".to_owned(), "/".to_owned()]) {
        assert!(!log.to_lowercase().contains(&name.to_lowercase()), "{name} stands in {log}");
    }
    assert!(!log.contains(':'), "a time of the day stands in {log}");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let page = worker.run(&["doctor"]).well().out;
    assert!(Worker::value(&page, "Log").starts_with("on; ~/.local/share/inzage/log.txt, "), "{page}");

    // No file means not this one either.
    let length = worker.log().len();
    let _ = worker.run(&["scan", "--no-record"]).well();
    assert_eq!(worker.log().len(), length);

    let _ = worker.run(&["doctor", "--log", "off"]).well();
    let length = worker.log().len();
    let _ = worker.run(&["scan"]).well();
    assert_eq!(worker.log().len(), length, "it is written after the worker said no");
    let _ = worker.run(&["forget", "--yes"]).well();
    assert!(!worker.folder().exists());
}

#[test]
fn the_log_tells_what_is_wrong_with_the_record() {
    let worker = Worker::recording();
    let _ = worker.run(&["doctor", "--log", "on"]).well();
    fs::remove_file(worker.folder().join("record.sqlite")).unwrap();
    fs::create_dir(worker.folder().join("record.sqlite")).unwrap();
    assert_eq!(worker.run(&["scan"]).code, Some(0));
    let log = worker.log();
    assert!(log.lines().any(|line| line.contains("WARN") && line.contains("the record fault=")), "{log}");
    assert!(!log.contains("record.sqlite"), "{log}");
}

#[test]
fn the_process_that_stays_is_told_of_and_hears_of_the_log_at_once() {
    let worker = Worker::new();
    let child = worker.command(&["watch"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (pid, _beside) = (child.id(), Beside(child));
    let ask = || run(&mut worker.command(&["tray", "look"])).code == Some(0);
    wait_for("the process that stays", ask);
    let page = worker.run(&["doctor"]).well().out;
    let runs = Worker::value(&page, "Runs now");
    assert!(runs.starts_with(&format!("yes, process {pid}, version ")) && runs.contains("it answers in"), "{runs}");

    let of_it = || worker.log().lines().filter(|line| line.trim_start().starts_with(&format!("{pid} "))).count();
    assert_eq!(of_it(), 0);
    let _ = worker.run(&["doctor", "--log", "on"]).well();
    wait_for("a line of the process that stays", || ask() && of_it() > 1);
    assert!(worker.log().contains("asked what=Look"), "{}", worker.log());
    let _ = worker.run(&["doctor", "--log", "off"]).well();
    // What it was about to write is written.
    std::thread::sleep(Duration::from_millis(500));
    let lines = of_it();
    assert!(ask());
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(of_it(), lines, "it goes on after the worker said no");
}
