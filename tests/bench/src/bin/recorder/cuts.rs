//! Power cuts and failing disks, made by `tests/real/record/lose.c`: see there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use inzage_bench::Random;
use inzage_core::record::FILE_NAME;

use crate::check::{Output, check, read};
use crate::fresh;
use crate::kills::start;
use crate::write::GAVE_UP;

/// A record is begun anew after so many runs, so that checking it stays quick.
const RUNS_OF_ONE: u64 = 25;
const SIGKILL: i32 = 9;

/// What came of all runs.
#[derive(Default)]
struct Sum {
    cut: u64,
    to_the_end: u64,
    acknowledged: usize,
    lost: u64,
    /// What writers were told, and how often.
    errors: BTreeMap<String, u64>,
}

pub(crate) fn cuts(folder: &Path, count: u64, mode: &str, seed: u64, library: &str) -> Result<(), String> {
    let mut random = Random::new(seed);
    let mut sum = Sum::default();
    let mut outputs: Vec<PathBuf> = Vec::new();
    let mut acknowledged = 0;
    let data = folder.join("data");
    let record = data.join(FILE_NAME);
    for run in 0..count {
        let failed = |error: String| format!("{mode}, run {run}, seed {seed}: {error}");
        if run % RUNS_OF_ONE == 0 || matches!(mode, "lie" | "aside") {
            sum.acknowledged += acknowledged;
            fresh(folder)?;
            fs::create_dir(&data).map_err(|error| error.to_string())?;
            outputs.clear();
        }
        let damaged = if mode == "aside" { Some(make_damaged(&record, &mut random)?) } else { None };
        let output = folder.join(format!("{run}.txt"));
        let plan = Plan::new(mode, &mut random);
        let writer = start(&record, &output, &format!("r{run}"), seed + run, plan.looks, |command| {
            command.env("LD_PRELOAD", library).env("LOSE_FOLDER", &data).env("LOSE_MODE", if mode == "aside" { "cut" } else { mode });
            command.env("LOSE_SEED", random.next().to_string()).env("LOSE_AT", plan.cut_at.to_string());
            command.env("LOSE_FAIL_AT", plan.fail_at.to_string()).env("LOSE_FAIL_FOR", plan.fail_for.to_string());
        });
        let status = writer.and_then(|mut child| child.wait().map_err(|error| error.to_string()))?;
        match (signal(status), status.code()) {
            (Some(SIGKILL), _) => sum.cut += 1,
            (_, Some(0)) => sum.to_the_end += 1,
            (_, Some(code)) if code == i32::from(GAVE_UP) && mode != "cut" => sum.to_the_end += 1,
            _ => return Err(failed(format!("the writer ended with {status}"))),
        }
        let said = read(&output)?;
        look_at_errors(&said, mode, &mut sum).map_err(failed)?;
        outputs.push(output);
        if let Some(bytes) = damaged {
            find_damaged(&data, &bytes).map_err(failed)?;
            continue;
        }
        let checked = check(&record, outputs.iter().map(PathBuf::as_path), mode != "lie");
        match checked {
            Ok(checked) => acknowledged = checked.acknowledged,
            Err(_) if mode == "lie" => sum.lost += 1,
            Err(error) => return Err(failed(error)),
        }
    }
    let Sum { cut, to_the_end, lost, errors, .. } = &sum;
    let acknowledged = sum.acknowledged + acknowledged;
    print!("{mode:<11}{count} runs, seed {seed}: {cut} cuts, {to_the_end} to the end");
    match mode {
        "lie" => println!("; on a disk that lies about fsync {lost} times something was lost, so these tests can find it"),
        "aside" => println!("; the damaged file was there each time, byte for byte"),
        _ => println!("; {acknowledged} entries acknowledged, none lost"),
    }
    for (error, times) in errors {
        println!("        told {times} times: {error}");
    }
    if mode == "lie" && *lost == 0 { Err("the equipment finds nothing".into()) } else { Ok(()) }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

/// There the equipment cannot be loaded either.
#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

/// When what goes wrong.
struct Plan {
    looks: u64,
    cut_at: u64,
    fail_at: u64,
    fail_for: u64,
}

impl Plan {
    fn new(mode: &str, random: &mut Random) -> Self {
        // Often while the record is opened or made, which is a small part of all operations.
        let early = random.once_in(3);
        let mut soon = |early: bool| 1 + random.below(if early { 25 } else { 400 });
        let moment = soon(early);
        match mode {
            "cut" | "lie" => Self { looks: 0, cut_at: moment, fail_at: 0, fail_for: 0 },
            "aside" => Self { looks: 0, cut_at: soon(true), fail_at: 0, fail_for: 0 },
            // The power goes some time after the fault, or not at all.
            _ => {
                let later = moment + soon(true) * random.below(3);
                let fail_for = 1 + random.below(4) * random.below(30);
                Self { looks: 25, cut_at: if later == moment { 0 } else { later }, fail_at: moment, fail_for }
            }
        }
    }
}

/// An error must be the right one: a full disk is called so, and a disk that fails for once does not make a record damaged.
fn look_at_errors(said: &Output, mode: &str, sum: &mut Sum) -> Result<(), String> {
    for error in &said.failed {
        let word = error.split(' ').next().unwrap_or_default();
        let is_right = match mode {
            // When only one write was refused, nobody can tell afterwards.
            "write-full" => word == "Full" || error.contains("unable to open database file"),
            "fsync-eio" | "write-eio" => error.contains("I/O error") || error.contains("os error 5"),
            "lie" => true,
            _ => false,
        };
        if !is_right {
            return Err(format!("the writer was told: {error}"));
        }
        *sum.errors.entry(error.clone()).or_default() += 1;
    }
    Ok(())
}

/// Makes a record of which the beginning is something else.
fn make_damaged(record: &Path, random: &mut Random) -> Result<Vec<u8>, String> {
    let made = start(record, &record.with_extension("txt"), "d", random.next() % 1_000, 3, |_| ());
    made.and_then(|mut child| child.wait().map_err(|error| error.to_string()))?;
    let mut bytes = fs::read(record).map_err(|error| error.to_string())?;
    for byte in bytes.iter_mut().take(40) {
        *byte = random.next().to_le_bytes()[0];
    }
    fs::write(record, &bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// A damaged file must be somewhere: in its place, or aside.
pub(crate) fn find_damaged(folder: &Path, bytes: &[u8]) -> Result<(), String> {
    let files = fs::read_dir(folder).map_err(|error| error.to_string())?;
    let mut paths = files.filter_map(|entry| Some(entry.ok()?.path()));
    if paths.any(|path| fs::read(path).is_ok_and(|other| other == bytes)) { Ok(()) } else { Err("the damaged file is LOST".into()) }
}
