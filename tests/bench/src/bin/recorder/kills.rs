//! Kills: real processes, SIGKILL, at random moments.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use inzage_bench::Random;
use inzage_core::record::FILE_NAME;

use crate::check::{End, check, read};
use crate::fresh;

/// A record is begun anew after so many kills, so that checking it stays quick.
const KILLS_OF_ONE: u64 = 25;

/// Starts a writer; what it says goes into a file.
pub(crate) fn start(record: &Path, output: &Path, mark: &str, seed: u64, count: u64, more: impl FnOnce(&mut Command)) -> Result<Child, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", output.display());
    let mut command = Command::new(std::env::current_exe().map_err(failed)?);
    command.args([Path::new("write"), record, Path::new(mark), Path::new(&seed.to_string()), Path::new(&count.to_string())]);
    command.stdin(Stdio::null()).stdout(File::create(output).map_err(failed)?);
    more(&mut command);
    command.spawn().map_err(failed)
}

/// Kills so many writers, some of them at the same time, and checks after each time.
pub(crate) fn kills(folder: &str, count: u64, writers: u64, seed: u64) -> Result<(), String> {
    let mut random = Random::new(seed);
    let folder = Path::new(folder);
    let mut ends = [0_u64; 3];
    let (mut killed, mut acknowledged, mut round) = (0, 0, 0);
    let mut outputs: Vec<PathBuf> = Vec::new();
    let mut entries_before = 0;
    while killed < count {
        if killed % KILLS_OF_ONE < writers {
            acknowledged += entries_before;
            fresh(folder)?;
            outputs.clear();
        }
        let record = folder.join("data").join(FILE_NAME);
        let mut children = Vec::new();
        for writer in 0..writers {
            round += 1;
            let output = folder.join(format!("{round}.txt"));
            children.push(start(&record, &output, &format!("{round}w{writer}"), seed + round, 0, |_| ())?);
            outputs.push(output);
        }
        while !children.is_empty() {
            std::thread::sleep(Duration::from_micros(1_000 + random.below(60_000)));
            let chosen = random.below(children.len() as u64);
            let mut child = children.swap_remove(usize::try_from(chosen).unwrap_or_default());
            if let Ok(Some(status)) = child.try_wait() {
                return Err(format!("a writer ended by itself: {status}; see {}", folder.display()));
            }
            child.kill().and_then(|()| child.wait()).map_err(|error| error.to_string())?;
            killed += 1;
        }
        for output in outputs.iter().rev().take(usize::try_from(writers).unwrap_or_default()) {
            let output = read(output)?;
            if let Some(error) = output.failed.first() {
                return Err(format!("after {killed} kills a writer failed: {error}"));
            }
            ends[match output.end {
                End::Inside => 0,
                End::Opening => 1,
                End::Outside => 2,
            }] += 1;
        }
        let checked =
            check(&record, outputs.iter().map(PathBuf::as_path), writers == 1).map_err(|error| format!("after {killed} kills, seed {seed}: {error}"))?;
        entries_before = checked.acknowledged;
    }
    let [inside, opening, outside] = ends;
    let share = 100 * inside / killed;
    println!(
        "kills   {killed}, {writers} writers at once, seed {seed}: {inside} inside a transaction ({share} %), {opening} while opening, {outside} elsewhere; {} entries acknowledged, none lost",
        acknowledged + entries_before
    );
    if share < 30 { Err("fewer than 30 % of the kills were inside a transaction".into()) } else { Ok(()) }
}
