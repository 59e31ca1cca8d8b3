//! A log for who helps: off until the worker asks for it (`inzage doctor --log on`), on this computer only, and made to be handed on.
//!
//! It tells what the program did, how long that took and what went wrong: words of this program, ids of sources, and numbers. It names nobody and no
//! product, no place on the disk, and nothing that another program said. It has no hours either, because those of a program that starts at login
//! would be a diary of the worker: a line tells how long after the start of its process it was written.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::panic::{Location, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use inzage_core::inventory::{Inventory, Status};
use inzage_core::record::RecordError;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::prelude::*;

use crate::home::{self, Settings};

/// The file, and the older one that it becomes when it is full.
const FILE_NAME: &str = "log.txt";
const OLDER_NAME: &str = "log-older.txt";
/// How large one file becomes, in bytes.
const LARGEST: u64 = 256 << 10;

/// Where the log is.
pub(crate) fn path() -> Option<PathBuf> {
    home::folder().map(|folder| folder.join(FILE_NAME))
}

/// From now on lines are written, as long as the worker wants them.
pub(crate) fn begin() {
    let started = Instant::now();
    // Libraries tell more than may stand in it.
    let own = Targets::new().with_target("inzage", LevelFilter::INFO);
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_target(false).with_timer(Since(started)).with_writer(|| Line).with_filter(own);
    // It is the first and only one.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(lines));
}

/// The number of the process, and how long ago it started.
struct Since(Instant);

impl FormatTime for Since {
    fn format_time(&self, out: &mut format::Writer<'_>) -> fmt::Result {
        write!(out, "{:>7} {:>10.3}s", std::process::id(), self.0.elapsed().as_secs_f64())
    }
}

/// Writes a line. The answer of the worker is read for each: there are few, and so it holds at once, also for a process that runs for weeks.
struct Line;

impl Write for Line {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // A log that cannot be written costs nobody the program.
        if let Some(path) = path().filter(|_| Settings::read().log) {
            let _ = append(&path, line);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Adds a line. Nothing is kept open or in mind, because several processes write: who finds the file full puts it aside.
fn append(path: &Path, line: &[u8]) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|meta| meta.len() > LARGEST) {
        fs::rename(path, path.with_file_name(OLDER_NAME))?;
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(line)
}

/// Tells how far the computer was looked at.
pub(crate) fn looked(inventory: &Inventory, took: Duration) {
    let of = |status| inventory.coverage.iter().filter(|one| one.status == status).count();
    let (full, partial, none) = (of(Status::Full), of(Status::Partial), of(Status::None));
    tracing::info!(ms = took.as_millis(), facts = inventory.facts.len(), full, partial, none, "a look");
    for one in inventory.coverage.iter().filter(|one| one.status != Status::Full) {
        let why = one.reason.as_ref().map(|reason| tracing::field::debug(reason.code));
        tracing::info!(source = one.source.word(), status = ?one.status, why, "not looked at fully");
    }
}

/// Tells where this program has a fault: the name of a source file and a line in it.
pub(crate) fn panicked(info: &PanicHookInfo<'_>) {
    let at = info.location();
    let file = at.and_then(|at| at.file().rsplit(['/', '\\']).next()).unwrap_or_default();
    tracing::error!(file, line = at.map(Location::line), "a fault in this program");
}

/// What is wrong with the record, without its place.
pub(crate) const fn fault(error: &RecordError) -> &'static str {
    match error {
        RecordError::File { .. } => "file",
        RecordError::Newer(_) => "newer",
        RecordError::Damaged(_) => "damaged",
        RecordError::Full => "full",
        RecordError::ReadOnly => "read_only",
        RecordError::Busy => "busy",
        RecordError::StillRead => "still_read",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_log_becomes_the_older_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        let older = folder.path().join(OLDER_NAME);
        let line = [b'x'; 1024];
        for _ in 0..=LARGEST / 1024 {
            append(&path, &line).unwrap();
        }
        assert!(!older.exists());
        append(&path, b"first\n").unwrap();
        assert_eq!((fs::read(&path).unwrap().as_slice(), fs::metadata(&older).unwrap().len()), (&b"first\n"[..], LARGEST + 1024));
        // The next older one takes its place: two files are all there ever are.
        for _ in 0..=LARGEST / 1024 {
            append(&path, &line).unwrap();
        }
        append(&path, b"second\n").unwrap();
        assert!(fs::read(&older).unwrap().starts_with(b"first\n"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        #[cfg(unix)]
        for file in [&path, &older] {
            assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(file).unwrap().permissions()) & 0o777, 0o600);
        }
    }
}
