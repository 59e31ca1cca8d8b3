//! What ten years of daily looks cost: size, the time to open, and what a look without changes adds.
//!
//! `record FILE` only makes the record, for measurements of other parts.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use inzage_bench::{Computer, Times, day, print_budget, print_bytes, print_times};
use inzage_core::record::{FILE_NAME, Record, RecordError, verify};

/// Ten years.
const DAYS: i64 = 3_650;
/// Looks without changes, of which the mean is taken: the file grows by whole pages.
const QUIET_DAYS: i64 = 365;
const RUNS: usize = 21;

fn main() -> ExitCode {
    if let Some(path) = std::env::args_os().nth(1) {
        // It ends before today, as a real one does.
        return ended(make(Path::new(&path), -DAYS).map(|_| ()).map_err(anyhow::Error::from));
    }
    // In memory where there is a folder for that: ten years of waiting for a disk tell nothing of the record.
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    ended(folder.map_err(anyhow::Error::from).and_then(|folder| Ok(measure(&folder.path().join(FILE_NAME))?)))
}

fn ended(done: anyhow::Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes the record from a day on, and gives back the computer that it is of.
fn make(path: &Path, first: i64) -> Result<Computer, RecordError> {
    let mut computer = Computer::new("bench", 1, 12, 8);
    let start = Instant::now();
    let mut changes = 0;
    {
        let mut record = Record::open(path, &day(first))?.record;
        for number in 0..DAYS {
            computer.live(number);
            changes += record.keep(&computer.report, &day(first + number))?.len();
        }
    }
    println!("{DAYS} days, {changes} changes, made in {:.1} s", start.elapsed().as_secs_f64());
    Ok(computer)
}

fn measure(path: &Path) -> Result<(), RecordError> {
    let computer = make(path, 0)?;
    println!("size    {:<44} {:>9} bytes", "record of ten years", size(path));

    let (mut opening, mut verifying, mut same_day, mut quiet_day) = (Times::default(), Times::default(), Times::default(), Times::default());
    for _ in 0..RUNS {
        // A new process has to read it all, though from the memory of the system.
        drop(opening.measure(|| Record::open(path, &day(DAYS)))?);
        verifying.measure(|| verify(path, &[]))?;
    }
    let mut record = Record::open(path, &day(DAYS))?.record;
    let before = size(path);
    for number in DAYS..DAYS + QUIET_DAYS {
        quiet_day.measure(|| record.keep(&computer.report, &day(number)))?;
    }
    let after_days = size(path);
    for _ in 0..100 {
        same_day.measure(|| record.keep(&computer.report, &day(DAYS + QUIET_DAYS - 1)))?;
    }
    let after_looks = size(path);
    print_budget("record of ten years: open", opening.median(), Duration::from_millis(50));
    print_bytes("a look without changes, on a new day", (after_days - before) / QUIET_DAYS.unsigned_abs(), 1_024);
    print_bytes("a look without changes, again on that day", (after_looks - after_days) / 100, 0);
    print_times("record of ten years: open", &opening);
    print_times("record of ten years: verify", &verifying);
    print_times("keep: a new day without changes", &quiet_day);
    print_times("keep: again on that day, without changes", &same_day);
    Ok(())
}

/// The record alone: the log beside it is taken over after each change, and used again from its beginning.
fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |meta| meta.len())
}
