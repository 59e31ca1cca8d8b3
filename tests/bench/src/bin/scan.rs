//! A scan against its floor: the same sources read and thrown away.
//!
//! The floor is not guessed. Before each turn a scan is made through a [`Recorder`], which notes everything that is asked of the disk; the
//! floor then asks the same once more, each thing once however often the scan asked it, on as many threads as a scan has. Nothing a
//! scan can do makes the floor higher but reading more.

use std::collections::HashSet;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use inzage_bench::{Times, print_budget, print_ratio, print_times};
use inzage_core::collect::{CollectError, Disk, Entry, Meta, Parts, Request, Tree, Trouble, collect, collect_from};
#[cfg(windows)]
use inzage_core::collect::{Data, LiveRegistry, Registry};
use inzage_core::kinds::Os;
use inzage_core::report;

/// Many: the sources take milliseconds, and on a busy computer the shortest time is the one that says something.
const RUNS: usize = 101;

fn main() -> ExitCode {
    let (mut root, mut user) = (None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--root" => root = arguments.next().map(PathBuf::from),
            "--user" => user = arguments.next(),
            _ => {
                eprintln!("usage: scan [--root DIR] [--user NAME]");
                return ExitCode::FAILURE;
            }
        }
    }
    let mut reading = Times::default();
    let bundle = reading.measure(inzage_signatures::embedded);
    let request = Request { root, os: Os::current(), user, wanted: bundle.wanted(Os::current()), time: Request::USUAL_TIME };
    match compare(&request) {
        Ok(()) => {
            print_times("reading the embedded signatures, once", &reading);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn compare(request: &Request) -> Result<(), CollectError> {
    let disk = request.root.as_deref().map_or_else(Disk::here, Disk::below);
    let (mut floor, mut collecting, mut whole) = (Times::default(), Times::default(), Times::default());
    let mut counts = (0, 0, 0);
    // The first turn warms up.
    for turn in 0..=RUNS {
        let recorder = Recorder { tree: &disk, calls: Mutex::default() };
        let inventory = collect_from(&recorder, recorder.registry(), request, "0", &|_, _| ())?;
        let calls = recorder.calls.into_inner().unwrap_or_default();
        let mut seen = HashSet::new();
        let distinct: Vec<_> = calls.iter().filter(|call| seen.insert(*call)).collect();
        counts = (inventory.facts.len(), calls.len(), distinct.len());
        drop(inventory);
        let mut discarded = Times::default();
        let (floor, collecting, whole) =
            if turn == 0 { (&mut discarded, &mut Times::default(), &mut Times::default()) } else { (&mut floor, &mut collecting, &mut whole) };
        floor.measure(|| replay(&disk, &distinct));
        whole.measure(|| {
            let inventory = collecting.measure(|| collect(request, "0", &|_, _| ()))?;
            Ok(report::build(&inventory, inzage_signatures::embedded(), ""))
        })?;
    }
    let (facts, calls, distinct) = counts;
    println!("{facts} facts; {calls} calls to the disk, {distinct} of them different; {RUNS} runs on {} threads", threads());
    print_times("floor", &floor);
    print_times("scan: collect alone", &collecting);
    print_times("scan: collect, match, observe, report", &whole);
    print_ratio("scan to floor, median", whole.median(), floor.median(), 1.5);
    print_ratio("scan to floor, shortest", whole.shortest(), floor.shortest(), 1.5);
    print_budget("scan", whole.median(), Duration::from_millis(150));
    Ok(())
}

/// As many as a scan has.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(4)
}

/// One thing that was asked of the disk.
#[derive(PartialEq, Eq, Hash)]
enum Call {
    Read(PathBuf, u64),
    /// A file of which parts were read. The floor reads its beginning.
    Open(PathBuf),
    List(PathBuf, usize),
    Meta(PathBuf),
    Link(PathBuf),
    /// A database: the scan opens it by itself, so the floor reads it.
    OnDisk(PathBuf),
    #[cfg(windows)]
    Keys(String, usize),
    #[cfg(windows)]
    Values(String, usize),
}

/// Asks the same once more. The threads take turns call by call, so that none of them ever waits for the others: no scan can divide its
/// work better.
fn replay(disk: &Disk, calls: &[&Call]) {
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(call) = calls.get(next.fetch_add(1, Ordering::Relaxed)) {
            match call {
                Call::Read(path, limit) => drop(black_box(disk.read(path, *limit))),
                Call::Open(path) => drop(black_box(disk.open(path).and_then(|mut file| file.read(0, 4 << 10)))),
                Call::List(path, limit) => drop(black_box(disk.list(path, *limit))),
                Call::Meta(path) => drop(black_box(disk.meta(path))),
                Call::Link(path) => drop(black_box(disk.link(path))),
                Call::OnDisk(path) => drop(black_box(disk.read(path, u64::MAX))),
                #[cfg(windows)]
                Call::Keys(key, limit) => drop(black_box(LiveRegistry.keys(key, *limit))),
                #[cfg(windows)]
                Call::Values(key, limit) => drop(black_box(LiveRegistry.values(key, *limit))),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads() {
            scope.spawn(work);
        }
        work();
    });
}

/// A disk that notes what is asked of it.
struct Recorder<'a> {
    tree: &'a Disk,
    calls: Mutex<Vec<Call>>,
}

impl Recorder<'_> {
    fn note(&self, call: Call) {
        if let Ok(mut calls) = self.calls.lock() {
            calls.push(call);
        }
    }

    #[cfg(windows)]
    fn registry(&self) -> Option<&dyn Registry> {
        Some(self)
    }

    #[cfg(not(windows))]
    #[expect(clippy::unused_self, reason = "as on Windows")]
    fn registry(&self) -> Option<&dyn inzage_core::collect::Registry> {
        None
    }
}

#[cfg(windows)]
impl Registry for Recorder<'_> {
    fn keys(&self, key: &str, limit: usize) -> Result<Vec<String>, Trouble> {
        self.note(Call::Keys(key.into(), limit));
        LiveRegistry.keys(key, limit)
    }

    fn values(&self, key: &str, limit: usize) -> Result<Vec<(String, Data)>, Trouble> {
        self.note(Call::Values(key.into(), limit));
        LiveRegistry.values(key, limit)
    }
}

impl Tree for Recorder<'_> {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
        self.note(Call::Read(path.into(), limit));
        self.tree.read(path, limit)
    }

    fn open(&self, path: &Path) -> Result<Parts, Trouble> {
        self.note(Call::Open(path.into()));
        self.tree.open(path)
    }

    fn list(&self, path: &Path, limit: usize) -> Result<Vec<Entry>, Trouble> {
        self.note(Call::List(path.into(), limit));
        self.tree.list(path, limit)
    }

    fn meta(&self, path: &Path) -> Result<Meta, Trouble> {
        self.note(Call::Meta(path.into()));
        self.tree.meta(path)
    }

    fn link(&self, path: &Path) -> Result<PathBuf, Trouble> {
        self.note(Call::Link(path.into()));
        self.tree.link(path)
    }

    fn on_disk(&self, path: &Path) -> Result<PathBuf, Trouble> {
        self.note(Call::OnDisk(path.into()));
        self.tree.on_disk(path)
    }
}
