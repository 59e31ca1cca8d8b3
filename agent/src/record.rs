//! The commands of the record: `record`, `history`, `verify`, `forget`.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use clap::ArgMatches;
use inzage_core::collect;
use inzage_core::history::{About, Change, What};
use inzage_core::record::{
    Broken, EXTRACT_SCHEMA, Extract, FILE_NAME, RECEIPT_SCHEMA, Receipt, Record, RecordError, Verified, check_extract, verify as verify_record,
};
use inzage_core::text;

use crate::face::{Face, wrap};
use crate::home::{self, Settings};
use crate::keep::not_kept;
use crate::one::{self, Ask};
use crate::output::{Outcome, is_seen, note, print};
use crate::texts::{Texts, Value};
use crate::{ask, login, resident, run};

/// Where receipts are kept, in the program's folder.
const RECEIPTS: &str = "receipts";

/// The record's file.
fn path(texts: &Texts) -> anyhow::Result<PathBuf> {
    home::folder().map(|folder| folder.join(FILE_NAME)).ok_or_else(|| anyhow!(texts.get("record-no-home")))
}

fn open(path: &Path, texts: &Texts) -> anyhow::Result<Record> {
    let opened = Record::open(path, &home::today()).map_err(|error| anyhow!(not_kept(&error, texts)))?;
    if let Some(aside) = opened.aside {
        note(&texts.with("record-aside", &[("path", Value::Text(&aside.display().to_string()))]));
    }
    Ok(opened.record)
}

/// Opens the record that is there; it is no fault of the worker's if there is none yet.
fn existing(texts: &Texts) -> anyhow::Result<Record> {
    let path = path(texts)?;
    if !path.exists() {
        bail!(texts.get("record-none"));
    }
    open(&path, texts)
}

/// `record on|off|status|erase`.
pub(crate) fn record(matches: &ArgMatches, texts: &Texts) -> anyhow::Result<Outcome> {
    match matches.subcommand() {
        Some(("on", _)) => {
            switch(true, texts)?;
            say("record-on-text", &[("path", &path(texts)?.display().to_string())], texts)
        }
        Some(("off", _)) => {
            switch(false, texts)?;
            say(if path(texts)?.exists() { "record-off-text" } else { "record-off-none" }, &[], texts)
        }
        Some(("erase", options)) => {
            let id = options.get_one::<String>("id").map_or("", String::as_str);
            let erased = existing(texts)?.erase(id).map_err(|error| anyhow!(not_erased(&error, texts)))?;
            if erased == 0 {
                bail!(texts.with("record-erase-nothing", &[("id", Value::Text(id))]));
            }
            print(&format!("{}\n", wrap(&texts.with("record-erased", &[("count", Value::Count(erased))]), 0)))
        }
        _ => status(texts),
    }
}

/// Why nothing was taken out, or why that is not finished.
fn not_erased(error: &RecordError, texts: &Texts) -> String {
    match error {
        RecordError::Busy => texts.get("record-erase-busy"),
        RecordError::StillRead => texts.get("record-erase-still-read"),
        other => not_kept(other, texts),
    }
}

/// Stores the worker's answer, and begins or ends the record accordingly.
pub fn switch(on: bool, texts: &Texts) -> anyhow::Result<()> {
    let path = path(texts)?;
    let was_on = Settings::read().record == Some(true);
    Settings::change(|settings| settings.record = Some(on)).with_context(|| texts.get("record-cannot-store"))?;
    // A gap in the history is then told as one.
    if on || path.exists() {
        let mut record = open(&path, texts)?;
        if on != was_on && (record.entries() > 1 || !on) {
            let what = if on { What::Started } else { What::Stopped };
            record.add(&[Change::new(&home::today(), what, About::Record, "recording")]).map_err(|error| anyhow!(not_kept(&error, texts)))?;
        }
    }
    Ok(())
}

fn say(key: &str, values: &[(&str, &str)], texts: &Texts) -> anyhow::Result<Outcome> {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, Value::Text(value))).collect();
    print(&format!("{}\n", wrap(&texts.with(key, &values), 0)))
}

fn status(texts: &Texts) -> anyhow::Result<Outcome> {
    let path = path(texts)?;
    let answer = match Settings::read().record {
        Some(true) => "record-status-on",
        Some(false) => "record-status-off",
        None => "record-status-unasked",
    };
    let mut out = wrap(&texts.get(answer), 0);
    out.push('\n');
    if path.exists() {
        let record = open(&path, texts)?;
        let kilobytes = fs::metadata(&path).map_or(0, |meta| meta.len().div_ceil(1024));
        let first = record.changes().ok().and_then(|changes| changes.into_iter().next()).map(|change| change.day).unwrap_or_default();
        let values = [
            ("path", Value::Text(&path.display().to_string())),
            ("entries", Value::Count(usize::try_from(record.entries()).unwrap_or(usize::MAX))),
            ("size", Value::Count(usize::try_from(kilobytes).unwrap_or(usize::MAX))),
            ("day", Value::Text(&Face::new(texts, inzage_signatures::embedded()).date(&first))),
        ];
        out += &wrap(&texts.with("record-status-file", &values), 0);
        out.push('\n');
    }
    print(&out)
}

/// `history`.
pub(crate) fn history(matches: &ArgMatches, texts: &Texts) -> anyhow::Result<Outcome> {
    let record = existing(texts)?;
    let (json, unmasked) = (matches.get_flag("json"), matches.get_flag("unmasked"));
    let masker = (!unmasked && (json || !is_seen())).then(collect::own_masker);
    let told = |error: RecordError| anyhow!(not_kept(&error, texts));
    if json {
        print(&text::to_json(&record.extract(masker.as_ref()).map_err(told)?)?)?;
    } else {
        let changes = record.changes().map_err(told)?;
        let shown = Face::new(texts, inzage_signatures::embedded()).history(record.state(), &changes, masker.is_some());
        print(&masker.map_or_else(|| shown.clone(), |masker| masker.text(&shown)))?;
    }
    run::warn_of_sharing(texts);
    Ok(Outcome::Done)
}

/// `verify`: the own record, a copy of one, or an extract.
pub(crate) fn verify(matches: &ArgMatches, texts: &Texts) -> anyhow::Result<Outcome> {
    let given = matches.get_one::<PathBuf>("file");
    let folder = home::folder();
    let mut receipts: Vec<_> = folder.iter().flat_map(|folder| kept_receipts(&folder.join(RECEIPTS))).collect();
    if let Some(path) = matches.get_one::<PathBuf>("receipt") {
        let receipt = fs::read(path).ok().and_then(|bytes| read_receipt(&bytes));
        receipts.push(receipt.with_context(|| texts.with("verify-no-receipt", &[("file", Value::Text(&path.display().to_string()))]))?);
    }
    let own = path(texts)?;
    if given.is_none() && !own.exists() {
        bail!(texts.get("record-none"));
    }
    let verified = check(given.unwrap_or(&own), &receipts, texts)?;
    let face = Face::new(texts, inzage_signatures::embedded());
    if let Some(broken) = verified.broken {
        bail!(match broken {
            Broken::At(number) => texts.with(
                "verify-broken",
                &[
                    ("number", Value::Count(usize::try_from(number).unwrap_or(usize::MAX))),
                    ("fine", Value::Count(usize::try_from(number - 1).unwrap_or(usize::MAX)))
                ]
            ),
            _ => texts.get("verify-strange"),
        });
    }
    if let Some(receipt) = receipts.iter().find(|receipt| verified.fits(receipt) == Some(false)) {
        bail!(texts.with("verify-not-as-then", &[("day", Value::Text(&face.date(&receipt.day)))]));
    }
    let mut out = String::new();
    let mut add = |text: String| {
        out += &wrap(&text, 0);
        out.push('\n');
    };
    let (first, last) = verified.days.clone().unwrap_or_default();
    let values = [
        ("entries", Value::Count(usize::try_from(verified.entries).unwrap_or(usize::MAX))),
        ("first", Value::Text(&face.date(&first))),
        ("last", Value::Text(&face.date(&last))),
    ];
    add(texts.with("verify-whole", &values));
    if verified.hidden > 0 {
        add(texts.with("verify-hidden", &[("count", Value::Count(usize::try_from(verified.hidden).unwrap_or(usize::MAX)))]));
    }
    match receipts.iter().filter(|receipt| verified.fits(receipt) == Some(true)).min_by_key(|receipt| receipt.entries) {
        Some(earliest) => add(texts.with("verify-unchanged-since", &[("day", Value::Text(&face.date(&earliest.day)))])),
        None => add(texts.get("verify-without-receipt")),
    }
    if given.is_none()
        && let Some(folder) = folder
    {
        let receipt = verified.receipt(&home::today());
        match write_receipt(&folder.join(RECEIPTS), &receipt) {
            Ok(path) => add(texts.with("verify-receipt", &[("path", Value::Text(&path.display().to_string()))])),
            Err(error) => note(&texts.with("verify-receipt-failed", &[("why", Value::Text(&error.to_string()))])),
        }
    }
    print(&out)
}

fn check(file: &Path, receipts: &[Receipt], texts: &Texts) -> anyhow::Result<Verified> {
    let shown = file.display().to_string();
    let unreadable = || texts.with("verify-unreadable", &[("file", Value::Text(&shown))]);
    let mut start = [0; 1];
    let is_json = fs::File::open(file).with_context(unreadable)?.read(&mut start).with_context(unreadable)? == 1 && start[0] == b'{';
    if !is_json {
        return verify_record(file, receipts).map_err(|error| match error {
            RecordError::Newer(_) => anyhow!(texts.get("record-error-newer")),
            RecordError::Busy => anyhow!(texts.get("record-error-busy")),
            _ => anyhow!(unreadable()),
        });
    }
    let bytes = fs::read(file).with_context(unreadable)?;
    if read_receipt(&bytes).is_some() {
        bail!(texts.with("verify-is-receipt", &[("file", Value::Text(&shown))]));
    }
    let extract: Extract = serde_json::from_slice(&bytes).ok().filter(|extract: &Extract| extract.schema == EXTRACT_SCHEMA).with_context(unreadable)?;
    Ok(check_extract(&extract, receipts))
}

fn read_receipt(bytes: &[u8]) -> Option<Receipt> {
    serde_json::from_slice(bytes).ok().filter(|receipt: &Receipt| receipt.schema == RECEIPT_SCHEMA)
}

fn kept_receipts(folder: &Path) -> Vec<Receipt> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| read_receipt(&fs::read(file.path()).ok()?)).collect()
}

/// One file for each state of the record.
fn write_receipt(folder: &Path, receipt: &Receipt) -> io::Result<PathBuf> {
    let path = folder.join(format!("{}-{}.json", receipt.day, receipt.entries));
    if !path.exists() {
        fs::create_dir_all(folder)?;
        let file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&file, receipt)?;
        file.persist(&path)?;
    }
    Ok(path)
}

/// `forget`: removes every file that the program made.
pub(crate) fn forget(matches: &ArgMatches, texts: &Texts) -> anyhow::Result<Outcome> {
    let Some(folder) = home::folder() else { return say("forget-nothing", &[], texts) };
    let resident = one::folder();
    if !folder.exists() && folder.symlink_metadata().is_err() && !login::is_on() && !resident.exists() {
        return say("forget-nothing", &[], texts);
    }
    if !matches.get_flag("yes") {
        match ask::yes_or_no(&texts.with("forget-question", &[("path", Value::Text(&folder.display().to_string()))])) {
            None => bail!(texts.get("forget-needs-yes")),
            Some(false) => return say("forget-kept", &[], texts),
            Some(true) => {}
        }
    }
    forget_all(texts)?;
    say("forget-done", &[], texts)
}

/// Removes every file that the program made, and ends the process that stays.
pub fn forget_all(texts: &Texts) -> anyhow::Result<()> {
    let (folder, resident) = (home::folder(), one::folder());
    // The process that stays would make files again.
    if one::ask(&resident, Ask::Quit).is_ok() {
        resident::ends(&resident);
    }
    if login::is_on() {
        login::off().with_context(|| texts.get("forget-login"))?;
    }
    for folder in folder.iter().chain([&resident]).filter(|folder| folder.symlink_metadata().is_ok()) {
        remove(folder).with_context(|| texts.with("forget-failed", &[("path", Value::Text(&folder.display().to_string()))]))?;
    }
    Ok(())
}

/// Removes the folder, not what a link leads to. On Windows a folder of the program's name lies around it.
fn remove(folder: &Path) -> io::Result<()> {
    if folder.symlink_metadata()?.is_symlink() {
        return fs::remove_file(folder);
    }
    fs::remove_dir_all(folder)?;
    if let Some(around) = folder.parent().filter(|around| around.file_name().is_some_and(|name| name == "inzage")) {
        // Only when it is empty.
        let _ = fs::remove_dir(around);
    }
    Ok(())
}
