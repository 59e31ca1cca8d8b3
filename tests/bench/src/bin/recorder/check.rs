//! The check: all that writers were told is kept is in the record.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use inzage_bench::day;
use inzage_core::history::What;
use inzage_core::record::{RECEIPT_SCHEMA, Receipt, Record, verify};

/// Where a writer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Before it said a word, or between two things.
    Outside,
    /// While it opened the record.
    Opening,
    /// Between `begin` and `kept` or `erased`.
    Inside,
}

/// What a writer said.
pub(crate) struct Output {
    pub(crate) end: End,
    pub(crate) kept: Vec<(Receipt, Vec<String>)>,
    pub(crate) erased: Vec<String>,
    /// The words of errors.
    pub(crate) failed: Vec<String>,
    /// A damaged record was found.
    pub(crate) damaged: bool,
}

/// Reads what a writer said. A line that it could not end was not said.
pub(crate) fn read(path: &Path) -> Result<Output, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut output = Output { end: End::Outside, kept: Vec::new(), erased: Vec::new(), failed: Vec::new(), damaged: false };
    for line in text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
        let words: Vec<_> = line.split(' ').collect();
        output.end = End::Outside;
        match words[..] {
            ["begin", "open"] => output.end = End::Opening,
            ["begin", _] => output.end = End::Inside,
            ["opened", word, ..] => output.damaged |= word != "whole",
            ["kept", _, record, entries, hash, ref told @ ..] => {
                let entries = entries.parse().map_err(|_| format!("{}: {line}", path.display()))?;
                let receipt = Receipt { schema: RECEIPT_SCHEMA.into(), day: String::new(), record: record.into(), entries, hash: hash.into() };
                output.kept.push((receipt, told.iter().filter(|one| !one.is_empty()).map(|one| (*one).to_owned()).collect()));
            }
            ["erased", id] => output.erased.push(id.into()),
            ["failed", _, ref error @ ..] => output.failed.push(error.join(" ")),
            ["ended"] => {}
            _ => return Err(format!("{}: {line}", path.display())),
        }
    }
    Ok(output)
}

/// What was checked.
pub(crate) struct Checked {
    pub(crate) entries: u64,
    pub(crate) acknowledged: usize,
}

impl fmt::Display for Checked {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{} entries, {} of them acknowledged, all there", self.entries, self.acknowledged)
    }
}

/// Fails unless the record opens, verifies, and holds everything. `alone`: no other program has it open, so what was erased is in no file.
pub(crate) fn check<'a>(record: &Path, outputs: impl Iterator<Item = &'a Path>, alone: bool) -> Result<Checked, String> {
    let outputs = outputs.map(read).collect::<Result<Vec<_>, _>>()?;
    let receipts: Vec<_> = outputs.iter().flat_map(|output| output.kept.iter().map(|(receipt, _)| receipt.clone())).collect();
    let failed = |what: &str| format!("{}: {what}", record.display());
    if let Some(output) = outputs.iter().find(|output| output.damaged) {
        return Err(failed(&format!("a writer found it damaged, at {:?}", output.end)));
    }
    // Before anything was acknowledged it may not be made yet.
    if !receipts.is_empty() {
        see_whole(record, &receipts, "before it is opened")?;
    }
    let opened = Record::open(record, &day(0)).map_err(|error| failed(&format!("does not open: {error}")))?;
    if let Some(aside) = opened.aside {
        return Err(failed(&format!("was put aside as {}", aside.display())));
    }
    see_whole(record, &receipts, "after it is opened")?;
    let changes = opened.record.changes().map_err(|error| failed(&error.to_string()))?;
    let mut there: HashMap<String, usize> = HashMap::new();
    for change in &changes {
        *there.entry(format!("{}/{}/{}/{}", change.day, change.what.word(), change.about.word(), change.id)).or_default() += 1;
    }
    let mut acknowledged = 0;
    for one in outputs.iter().flat_map(|output| output.kept.iter().flat_map(|(_, told)| told)) {
        match there.get_mut(one) {
            Some(count) if *count > 0 => *count -= 1,
            _ => return Err(failed(&format!("{one} is LOST"))),
        }
        acknowledged += 1;
    }
    let erased: HashSet<_> = outputs.iter().flat_map(|output| output.erased.iter().map(String::as_str)).collect();
    // When it disappears after all, its name is told again: only its appearance must be empty.
    if let Some(change) = changes.iter().find(|change| change.what == What::Appeared && erased.contains(change.id.as_str()) && !change.values.is_empty()) {
        return Err(failed(&format!("{} was erased, and is there", change.id)));
    }
    let entries = opened.record.entries();
    if alone {
        for file in [record.to_owned(), PathBuf::from(format!("{}-wal", record.display()))] {
            let bytes = fs::read(&file).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            if let Some(id) = erased.iter().find(|id| text.contains(&format!("/opt/acme/{id}/bin/"))) {
                return Err(failed(&format!("{id} was erased, and is in {}", file.display())));
            }
        }
    }
    Ok(Checked { entries, acknowledged })
}

/// Fails unless the record, which is only read, verifies and holds everything that receipts tell of.
pub(crate) fn only_verify<'a>(record: &Path, outputs: impl Iterator<Item = &'a Path>) -> Result<(), String> {
    let outputs = outputs.map(read).collect::<Result<Vec<_>, _>>()?;
    let receipts: Vec<_> = outputs.into_iter().flat_map(|output| output.kept).map(|(receipt, _)| receipt).collect();
    see_whole(record, &receipts, "only read")
}

fn see_whole(record: &Path, receipts: &[Receipt], when: &str) -> Result<(), String> {
    let failed = |what: String| format!("{} {when}: {what}", record.display());
    let verified = verify(record, receipts).map_err(|error| failed(error.to_string()))?;
    if let Some(broken) = verified.broken {
        return Err(failed(format!("broken: {broken:?}")));
    }
    match receipts.iter().find(|receipt| verified.fits(receipt) != Some(true)) {
        Some(receipt) => Err(failed(format!("what was acknowledged up to entry {} is LOST", receipt.entries))),
        None => Ok(()),
    }
}
