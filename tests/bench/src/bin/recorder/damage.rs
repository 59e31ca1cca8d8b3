//! Damaged records: bytes flipped, pieces zeroed, exchanged or cut off, at random.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use inzage_bench::{Computer, Random, day};
use inzage_core::record::{Broken, FILE_NAME, Record, RecordError, check_extract, verify};

use crate::cuts::find_damaged;
use crate::fresh;
use crate::kills::start;

/// Longer than this is a hang.
const PATIENCE: Duration = Duration::from_secs(20);
const PAGE: usize = 4_096;
/// What the one that looks at a damaged record says.
const WHOLE: &str = "whole";
const BROKEN: &str = "broken";
const ASIDE: &str = "aside";
const NEWER: &str = "newer";

pub(crate) fn damage(folder: &Path, count: u64, seed: u64) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let mut random = Random::new(seed);
    fresh(folder)?;
    let made = folder.join("made.sqlite");
    let status = start(&made, &folder.join("made.txt"), "made", seed, 40, |_| ())?.wait().map_err(failed)?;
    if !status.success() {
        return Err(format!("the writer ended with {status}"));
    }
    let bytes = fs::read(&made).map_err(failed)?;
    let entries = verify(&made, &[]).map_err(|error| error.to_string())?.entries;
    let data = folder.join("data");
    let mut found = [(WHOLE, 0_u64), (BROKEN, 0), (ASIDE, 0), (NEWER, 0)];
    for run in 0..count {
        fresh(&data)?;
        let mut bytes = bytes.clone();
        spoil(&mut bytes, run, &mut random);
        let record = data.join(FILE_NAME);
        fs::write(&record, &bytes).map_err(failed)?;
        let failed = |error: &dyn fmt::Display| format!("damage, run {run}, seed {seed}: {error}; see {}", data.display());
        let said = examine_apart(&record).map_err(|error| failed(&error))?;
        let (word, rest) = said.split_once(' ').unwrap_or((&said, ""));
        match word {
            WHOLE if rest != entries.to_string() => return Err(failed(&format!("{rest} entries of {entries} are called whole"))),
            ASIDE | NEWER => find_damaged(&data, &bytes).map_err(|error| failed(&error))?,
            _ => {}
        }
        match found.iter_mut().find(|(one, _)| *one == word) {
            Some((_, times)) => *times += 1,
            None => return Err(failed(&said)),
        }
    }
    let [(_, whole), (_, broken), (_, aside), (_, newer)] = found;
    println!("damage  {count} damaged copies of {entries} entries, seed {seed}: {aside} put aside byte for byte, {broken} opened and the broken entry named,");
    println!("        {whole} whole because the damage hit nothing, {newer} taken for one of a newer version and left alone");
    Ok(())
}

/// Damages a file. Half of all times its beginning, where it says what it is.
fn spoil(bytes: &mut Vec<u8>, run: u64, random: &mut Random) {
    let mut below = |limit: usize| usize::try_from(random.below(limit as u64)).unwrap_or_default();
    let pages = bytes.len() / PAGE;
    match run % 8 {
        // Each byte of the header has its turn.
        0 | 1 => {
            let at = usize::try_from(run / 4).unwrap_or_default() % 100;
            bytes[at] ^= 1 << below(8);
        }
        2 => {
            let at = below(PAGE);
            bytes[at] ^= 1 << below(8);
        }
        3 | 4 => {
            for _ in 0..=below(8) {
                let at = below(bytes.len());
                bytes[at] ^= 1 << below(8);
            }
        }
        5 => {
            let at = below(bytes.len() / 512) * 512;
            let length = 512 * (1 + below(16));
            let end = (at + length).min(bytes.len());
            bytes[at..end].fill(0);
        }
        6 => {
            let (one, other) = (below(pages) * PAGE, below(pages) * PAGE);
            for at in 0..PAGE {
                bytes.swap(one + at, other + at);
            }
        }
        _ => {
            let length = 1 + below(bytes.len());
            bytes.truncate(length);
        }
    }
}

/// Looks at a record in a process of its own, so that a crash or a hang is seen as one.
fn examine_apart(record: &Path) -> Result<String, String> {
    let failed = |error: std::io::Error| error.to_string();
    let mut command = Command::new(std::env::current_exe().map_err(failed)?);
    let mut child = command.arg("examine").arg(record).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(failed)?;
    let start = Instant::now();
    while child.try_wait().map_err(failed)?.is_none() {
        if start.elapsed() > PATIENCE {
            let _ = child.kill();
            return Err("it hangs".into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let output = child.wait_with_output().map_err(failed)?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().into())
    } else {
        Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim()))
    }
}

/// Does with a record what the program does: checks it, opens it, shows it, adds to it.
pub(crate) fn examine(path: &Path) -> Result<(), String> {
    let before = verify(path, &[]);
    let opened = match Record::open(path, &day(0)) {
        Err(RecordError::Newer(_)) => {
            println!("{NEWER}");
            return Ok(());
        }
        other => other.map_err(|error| format!("does not open: {error:?}"))?,
    };
    let mut record = opened.record;
    let text = |error: RecordError| format!("{error:?}");
    record.changes().map_err(text)?;
    let extract = record.extract(None).map_err(text)?;
    let in_extract = check_extract(&extract, &[]);
    let entries = record.entries();
    let computer = Computer::new("after", 1, 3, 2);
    let kept = record.keep(&computer.report, &day(4_000)).map_err(|error| format!("nothing can be added: {error:?}"))?;
    let after = verify(path, &[]).map_err(|error| format!("cannot be checked after it was opened: {error:?}"))?;
    drop(record);
    let again = Record::open(path, &day(0)).map_err(text)?;
    if again.aside.is_some() {
        return Err("it was opened and added to, and is damaged the next time".into());
    }
    match (opened.aside, after.broken) {
        (Some(_), None) => println!("{ASIDE}"),
        (Some(_), Some(broken)) => return Err(format!("the new record is broken: {broken:?}")),
        (None, None) => {
            if after.entries != entries + kept.len() as u64 {
                return Err(format!("{} entries after adding {} to {entries}", after.entries, kept.len()));
            }
            println!("{WHOLE} {entries}");
        }
        (None, Some(broken)) => {
            // The same place must be named before, after, and in an extract, which has only the entries.
            if !before.as_ref().is_ok_and(|before| before.broken == Some(broken)) {
                return Err(format!("it was {before:?} and then {broken:?}"));
            }
            if broken != Broken::Strange && in_extract.broken != Some(broken) {
                return Err(format!("its extract is {:?} and not {broken:?}", in_extract.broken));
            }
            println!("{BROKEN}");
        }
    }
    Ok(())
}
