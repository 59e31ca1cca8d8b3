//! The writer: keeps looks on which something always changes, back to back, and says each time what the record acknowledged.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use inzage_bench::{Computer, Random, day};
use inzage_core::record::{Record, RecordError};

/// After so many failures in a row the disk will not get better.
const MOST_FAILURES: u32 = 5;
/// The status when it gave up.
pub(crate) const GAVE_UP: u8 = 3;

/// One line, at once: after a kill it has been said or not. Nobody listening is no reason to stop.
macro_rules! say {
    ($($argument:tt)*) => {{
        let line = format!($($argument)*) + "\n";
        let _ = std::io::stdout().write_all(line.as_bytes());
        let _ = std::io::stdout().flush();
    }};
}

/// The name of an error, so that a check can tell whether it is the right one.
fn word(error: &RecordError) -> String {
    let debug = format!("{error:?}");
    let end = debug.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(debug.len());
    debug[..end].into()
}

pub(crate) fn write(path: &Path, mark: &str, seed: u64, count: u64) -> ExitCode {
    let mut random = Random::new(seed);
    let mut computer = Computer::new(mark, seed, 3, 2);
    let mut erasable = Vec::new();
    let mut record = None;
    let mut failures = 0;
    for number in (1..).take_while(|number| count == 0 || *number <= count) {
        if failures >= MOST_FAILURES {
            return ExitCode::from(GAVE_UP);
        }
        // The program is started anew now and then.
        if record.is_none() || random.once_in(12) {
            drop(record.take());
            say!("begin open");
            match Record::open(path, &day(0)) {
                Ok(opened) => {
                    say!("opened {}", opened.aside.map_or_else(|| "whole".into(), |aside| format!("damaged {}", aside.display())));
                    record = Some(opened.record);
                }
                Err(error) => {
                    say!("failed open {} {error}", word(&error));
                    failures += 1;
                    continue;
                }
            }
        }
        let Some(record) = &mut record else { continue };
        change(&mut computer, &mut random, &mut erasable);
        // Each look on a day of its own, so that there is always something to keep.
        let today = day(i64::try_from(record.entries()).unwrap_or_default());
        say!("begin {number}");
        match record.keep(&computer.report, &today) {
            Ok(changes) => {
                let receipt = record.receipt(&today);
                let told: Vec<_> =
                    changes.iter().map(|change| format!("{}/{}/{}/{}", change.day, change.what.word(), change.about.word(), change.id)).collect();
                say!("kept {number} {} {} {} {}", receipt.record, receipt.entries, receipt.hash, told.join(" "));
                failures = 0;
            }
            Err(error) => {
                say!("failed {number} {} {error}", word(&error));
                failures += 1;
                continue;
            }
        }
        // What is new is in the log still, what is old is not.
        let newest = computer.report.findings.len().saturating_sub(1);
        if newest > 0 && random.once_in(6) {
            erasable.insert(0, computer.report.findings.remove(newest).product);
        }
        if erasable.len() > 2 {
            let id = erasable.remove(0);
            say!("begin erase");
            match record.erase(&id) {
                Ok(_) => say!("erased {id}"),
                Err(error) => say!("failed erase {} {error}", word(&error)),
            }
        }
    }
    drop(record);
    say!("ended");
    ExitCode::SUCCESS
}

/// Something happens on the computer.
fn change(computer: &mut Computer, random: &mut Random, erasable: &mut Vec<String>) {
    for _ in 0..=random.below(3) {
        match random.below(6) {
            0 => computer.install(),
            1 => {
                // What comes back could not be told from what was not erased: only what is gone for ever.
                erasable.extend(computer.report.findings.first().map(|finding| finding.product.clone()));
                computer.remove();
            }
            2 => computer.set(),
            3 => computer.unset(),
            4 => computer.close_or_open(),
            _ => computer.start_or_end(),
        }
    }
    if random.once_in(14) {
        computer.update_signatures();
    }
}
