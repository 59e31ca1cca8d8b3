//! What the end-to-end tests share: the real program, and folders laid out like computers.

#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a test that cannot go on should stop")]

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

pub mod mac;

/// The longest that the program may take, whatever it is given.
pub const LONGEST: Duration = Duration::from_secs(20);

/// The program: the one that `INZAGE_BIN` names, otherwise built from these sources. Cargo gives a path only to tests of the same package.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| std::env::var_os("INZAGE_BIN").map_or_else(build, PathBuf::from))
}

/// Builds even when there is a program already: it may be of older sources. When there is nothing to do that takes a moment.
fn build() -> PathBuf {
    // …/target/debug/deps/all-0123 lies two folders below the program.
    let own = std::env::current_exe().unwrap();
    let folder = own.ancestors().nth(2).unwrap();
    let profile = folder.file_name().and_then(OsStr::to_str).map_or("dev", |name| if name == "debug" { "dev" } else { name });
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--package", "inzage", "--bin", "inzage", "--profile", profile, "--target-dir"]);
    cargo.arg(folder.parent().unwrap()).current_dir(env!("CARGO_MANIFEST_DIR"));
    let built = cargo.output().unwrap();
    assert!(built.status.success(), "{}\n(INZAGE_BIN can name a program that is already built)", String::from_utf8_lossy(&built.stderr));
    folder.join(format!("inzage{}", std::env::consts::EXE_SUFFIX))
}

/// The program with these words, in an environment that does not depend on who runs the tests.
pub fn inzage<S: AsRef<OsStr>>(words: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(program());
    command.args(words).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("LC_ALL", "en_US.UTF-8").env("TERM", "xterm");
    command
}

/// How a program ended.
#[derive(Debug)]
pub struct Ran {
    /// Its exit status; nothing after a signal.
    pub code: Option<i32>,
    /// What it printed.
    pub out: String,
    /// What it said on standard error.
    pub err: String,
    /// The most memory that it held, in megabytes; 0 where the system does not tell.
    pub megabytes: u64,
}

impl Ran {
    /// Fails unless it ran well and had nothing to complain of.
    #[track_caller]
    #[must_use]
    pub fn well(self) -> Self {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""));
        self
    }

    /// What it printed, as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {:?}", self.out.chars().take(2_000).collect::<String>()))
    }
}

/// Runs a program to its end. One that takes too long is ended, and the test fails; so does one that prints what is not UTF-8.
#[track_caller]
pub fn run(command: &mut Command) -> Ran {
    let started = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (out, err) = (collect(child.stdout.take()), collect(child.stderr.take()));
    let mut megabytes = 0;
    let status = loop {
        // The kernel keeps the highest mark, so only what is taken in the last moment is missed.
        megabytes = megabytes.max(peak_of(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > LONGEST {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{command:?} took longer than {LONGEST:?}");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    Ran { code: status.code(), out: out.join().unwrap(), err: err.join().unwrap(), megabytes }
}

/// Reads to the end beside the test: a program that waits for a full pipe would never end.
fn collect(pipe: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.unwrap().read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    })
}

fn peak_of(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// A folder laid out like the computer of anna, and a place outside it.
pub struct Root {
    dir: TempDir,
}

impl Default for Root {
    fn default() -> Self {
        Self::new()
    }
}

impl Root {
    /// A computer with nothing but two accounts. Every user may look into it.
    pub fn new() -> Self {
        let root = Self { dir: tempfile::tempdir().unwrap() };
        open_to_all(root.dir.path());
        root.file("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\nanna:x:1000:1000:Anna de Vries,,,:/home/anna:/bin/bash\n").folder("/home/anna")
    }

    /// The folder that is the root.
    pub fn path(&self) -> PathBuf {
        self.dir.path().join("root")
    }

    /// A folder beside the root: nothing in it may ever be told of.
    pub fn outside(&self) -> PathBuf {
        let outside = self.dir.path().join("outside");
        fs::create_dir_all(&outside).unwrap();
        outside
    }

    /// Where a path of that computer really lies.
    pub fn at(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = path.as_ref();
        self.path().join(path.strip_prefix("/").unwrap_or(path))
    }

    fn prepared(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    /// Puts a file there, with the folders above it.
    #[must_use]
    pub fn file(self, path: impl AsRef<Path>, contents: impl AsRef<[u8]>) -> Self {
        fs::write(self.prepared(path), contents).unwrap();
        self
    }

    /// Adds to a file.
    #[must_use]
    pub fn add(self, path: impl AsRef<Path>, contents: impl AsRef<[u8]>) -> Self {
        let mut all = fs::read(self.at(&path)).unwrap_or_default();
        all.extend_from_slice(contents.as_ref());
        self.file(path, all)
    }

    /// Makes a folder.
    #[must_use]
    pub fn folder(self, path: impl AsRef<Path>) -> Self {
        fs::create_dir_all(self.at(path)).unwrap();
        self
    }

    /// Makes a symbolic link.
    #[cfg(unix)]
    #[must_use]
    pub fn link(self, path: impl AsRef<Path>, target: impl AsRef<Path>) -> Self {
        std::os::unix::fs::symlink(target, self.prepared(path)).unwrap();
        self
    }

    /// Puts a program there.
    #[must_use]
    pub fn program(self, path: impl AsRef<Path>) -> Self {
        let root = self.file(&path, "#!/bin/sh\n");
        open_to_all(&root.at(path));
        root
    }

    /// A file that looks this long and takes no place on the disk.
    #[must_use]
    pub fn sparse(self, path: impl AsRef<Path>, length: u64) -> Self {
        fs::File::create(self.prepared(path)).unwrap().set_len(length).unwrap();
        self
    }

    /// The program with these words, looking at this root as anna's.
    pub fn inzage(&self, words: &[&str]) -> Command {
        let mut command = inzage(words);
        command.arg("--root").arg(self.path()).args(["--os", "linux", "--user", "anna"]);
        command
    }

    /// The report of this root.
    #[track_caller]
    pub fn report(&self) -> Value {
        run(&mut self.inzage(&["scan", "--json", "--unmasked"])).well().json()
    }

    /// The inventory of this root.
    #[track_caller]
    pub fn inventory(&self) -> Value {
        run(&mut self.inzage(&["inventory", "--json", "--unmasked"])).well().json()
    }
}

/// Lets every user read and start this.
pub fn open_to_all(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// The entries of a list in a report or inventory.
#[track_caller]
pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("no {key}"))
}

/// Status and reason of a source: `full`, `none absent`.
#[track_caller]
pub fn coverage(value: &Value, source: &str) -> String {
    let one = list(value, "coverage").iter().find(|one| one["source"] == source).unwrap_or_else(|| panic!("no coverage of {source}"));
    [one["status"].as_str(), one["reason"]["code"].as_str()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The values of one field of every fact of one kind.
#[track_caller]
pub fn facts<'a>(inventory: &'a Value, kind: &str, field: &str) -> Vec<&'a str> {
    list(inventory, "facts").iter().filter(|fact| fact["kind"] == kind).map(|fact| fact[field].as_str().unwrap_or_default()).collect()
}

/// The finding of a product, if there is one.
#[track_caller]
pub fn finding<'a>(report: &'a Value, product: &str) -> Option<&'a Value> {
    list(report, "findings").iter().find(|finding| finding["product"] == product)
}

/// Whether the tests run as root.
pub fn is_root() -> bool {
    // A folder of /proc belongs to whom the process belongs to.
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::MetadataExt as _;
        fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
    }
    #[cfg(not(target_os = "linux"))]
    false
}
