//! Tries to make the record lose something, as `tests/real/record.sh` asks: see there.
//!
//!     recorder write RECORD MARK SEED COUNT       keeps made-up looks, and says what was acknowledged; COUNT 0 is without end
//!     recorder check RECORD OUTPUT...             fails unless all that was acknowledged is in the record
//!     recorder verify RECORD OUTPUT...            the same without opening it to write
//!     recorder kills FOLDER COUNT WRITERS SEED    kills writers at random moments, and checks after each
//!     recorder cuts FOLDER COUNT MODE SEED LIB    the same with a power cut or a failing disk, made by lose.c
//!     recorder damage FOLDER COUNT SEED           opens damaged copies of a record
//!     recorder examine RECORD                     one of them

mod check;
mod cuts;
mod damage;
mod kills;
mod write;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["write", record, mark, seed, count] => match (number(seed), number(count)) {
            (Ok(seed), Ok(count)) => return write::write(Path::new(record), mark, seed, count),
            (Err(error), _) | (_, Err(error)) => Err(error),
        },
        ["check", record, ref outputs @ ..] => check::check(Path::new(record), outputs.iter().map(Path::new), true).map(|checked| println!("{checked}")),
        ["verify", record, ref outputs @ ..] => check::only_verify(Path::new(record), outputs.iter().map(Path::new)),
        ["kills", folder, count, writers, seed] => three(count, writers, seed).and_then(|(count, writers, seed)| kills::kills(folder, count, writers, seed)),
        ["cuts", folder, count, mode, seed, library] => {
            three(count, seed, "0").and_then(|(count, seed, _)| cuts::cuts(Path::new(folder), count, mode, seed, library))
        }
        ["damage", folder, count, seed] => three(count, seed, "0").and_then(|(count, seed, _)| damage::damage(Path::new(folder), count, seed)),
        ["examine", record] => damage::examine(Path::new(record)),
        _ => Err("usage: see the head of tests/bench/src/bin/recorder/main.rs".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("recorder: {error}");
            ExitCode::FAILURE
        }
    }
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("{text} is no number"))
}

fn three(first: &str, second: &str, third: &str) -> Result<(u64, u64, u64), String> {
    Ok((number(first)?, number(second)?, number(third)?))
}

/// A folder that is new.
fn fresh(folder: &Path) -> Result<(), String> {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}
