//! `inzage doctor`: how the program is doing on this computer, for who helps the worker.
//!
//! It is made to be pasted in a letter or on a forum. So names are masked also on the worker's own screen, and of what was found only numbers are
//! told: an employer's product is no matter of the help desk before the worker says so. Nothing is kept.

#[cfg(not(any(windows, target_os = "macos")))]
mod session;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use clap::ArgMatches;
use inzage_core::inventory::{Coverage, Inventory};
use inzage_core::mask::Masker;
use inzage_core::record::{Broken, FILE_NAME, RecordError, Verified, verify};
use inzage_core::report::{self, Confidence, FindingState};
use inzage_core::text;

use crate::face::{self, Face, wrap};
use crate::home::{self, Settings};
use crate::one::{self, Ask};
use crate::output::{Outcome, print};
use crate::texts::{Texts, Value};
use crate::{log, login, run};

/// How much of the hash of the signatures is told: enough to compare.
const START_OF_HASH: usize = 12;
/// How wide the words before a value are.
const LABELS: usize = 40;

/// `doctor`, and its switch of the log.
pub(crate) fn doctor(matches: &ArgMatches, texts: &Texts) -> anyhow::Result<Outcome> {
    if let Some(word) = matches.get_one::<String>("log") {
        return switch_log(word == "on", texts);
    }
    let Some((inventory, took)) = run::look_here(texts)? else { return Ok(Outcome::Done) };
    let masker = (!matches.get_flag("unmasked")).then(|| Masker::new(&inventory));
    let mut page = Page { out: format!("{}\n", texts.get("doctor-title")), texts, masker };
    page.program(&inventory);
    #[cfg(not(any(windows, target_os = "macos")))]
    page.session();
    page.folder();
    page.settings();
    page.record();
    page.resident();
    page.look(&inventory, took);
    let end = if page.masker.is_some() { "doctor-end" } else { "doctor-end-unmasked" };
    let _ = writeln!(page.out, "\n{}", wrap(&texts.get(end), 0));
    print(&page.out)?;
    run::say_of_sharing(texts);
    Ok(Outcome::Done)
}

fn switch_log(on: bool, texts: &Texts) -> anyhow::Result<Outcome> {
    let path = log::path().ok_or_else(|| anyhow!(texts.get("record-no-home")))?;
    Settings::change(|settings| settings.log = on).with_context(|| texts.get("record-cannot-store"))?;
    tracing::info!(on, "the log is switched");
    let path = path.display().to_string();
    let said = if on { texts.with("log-on-text", &[("path", Value::Text(&text::for_terminal(&path, 300)))]) } else { texts.get("log-off-text") };
    print(&format!("{}\n", wrap(&said, 0)))
}

/// What is told, line by line.
struct Page<'a> {
    out: String,
    texts: &'a Texts,
    masker: Option<Masker>,
}

impl Page<'_> {
    fn heading(&mut self, key: &str) {
        let _ = writeln!(self.out, "\n{}", self.texts.get(key));
    }

    fn line(&mut self, key: &str, value: &str) {
        let label = format!("  {:LABELS$}", self.texts.get(key));
        let rest = " ".repeat(label.chars().count());
        self.out += &textwrap::fill(value, face::options().initial_indent(&label).subsequent_indent(&rest));
        self.out.push('\n');
    }

    fn yes_or_no(&mut self, key: &str, is_so: bool) {
        let answer = self.texts.get(if is_so { "doctor-yes" } else { "doctor-no" });
        self.line(key, &answer);
    }

    /// What could not be told, and why.
    fn unknown(&self, why: &str) -> String {
        self.texts.with("doctor-unknown", &[("why", Value::Text(&self.own(why)))])
    }

    /// A text of the computer, fit to show and masked.
    fn own(&self, value: &str) -> String {
        let shown = text::for_terminal(value, 300);
        self.masker.as_ref().map_or_else(|| shown.clone().into_owned(), |masker| masker.text(&shown))
    }

    fn path(&self, path: &Path) -> String {
        self.own(&path.display().to_string())
    }

    fn program(&mut self, inventory: &Inventory) {
        self.heading("doctor-program");
        self.line("doctor-version", env!("CARGO_PKG_VERSION"));
        let (bundle, sha256) = (inzage_signatures::embedded(), inzage_signatures::sha256());
        let values = [
            ("version", Value::Text(&bundle.version)),
            ("count", Value::Count(bundle.products.len())),
            ("sha256", Value::Text(sha256.get(..START_OF_HASH).unwrap_or(&sha256))),
        ];
        self.line("doctor-signatures", &self.texts.with("doctor-signatures-value", &values));
        let system = format!("{} ({}, {})", text::for_terminal(&inventory.host.os_version, 100), std::env::consts::OS, std::env::consts::ARCH);
        self.line("doctor-system", &system);
        self.yes_or_no("doctor-elevated", inventory.host.elevated);
        let word = self.texts.language.word();
        let key = if Settings::read().language().is_some_and(|chosen| chosen == self.texts.language) { "chosen" } else { "system" };
        self.line("doctor-language", &self.texts.with(&format!("doctor-language-{key}"), &[("word", Value::Text(word))]));
    }

    fn folder(&mut self) {
        self.heading("doctor-folder");
        let Some(folder) = home::folder() else {
            return self.line("doctor-place", &self.unknown(&self.texts.get("record-no-home")));
        };
        self.line("doctor-place", &self.path(&folder));
        match fs::symlink_metadata(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.line("doctor-rights", &self.texts.get("doctor-folder-absent")),
            Err(error) => self.line("doctor-rights", &self.unknown(&error.to_string())),
            Ok(found) if !found.is_dir() => self.line("doctor-rights", &self.texts.get("doctor-folder-no-folder")),
            Ok(found) => self.rights(&folder, &found),
        }
        self.free(&folder);
    }

    #[cfg(unix)]
    fn rights(&mut self, folder: &Path, found: &fs::Metadata) {
        use rustix::fs::{Access, access};
        let mode = std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & 0o7777;
        self.line("doctor-rights", &format!("{mode:04o}"));
        self.yes_or_no("doctor-writable", access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok());
    }

    #[cfg(unix)]
    fn free(&mut self, folder: &Path) {
        // Of a folder that is not there, the disk that it would come on.
        let there = folder.ancestors().find(|place| place.exists()).unwrap_or(Path::new("/"));
        let free = match rustix::fs::statvfs(there) {
            Ok(disk) => self.texts.with("doctor-free-value", &[("count", Value::Text(&(disk.f_bavail.saturating_mul(disk.f_frsize) >> 20).to_string()))]),
            Err(error) => self.unknown(&error.to_string()),
        };
        self.line("doctor-free", &free);
    }

    #[cfg(not(unix))]
    fn rights(&mut self, _: &Path, _: &fs::Metadata) {
        self.line("doctor-rights", &self.unknown(&self.texts.get("doctor-not-asked")));
    }

    #[cfg(not(unix))]
    fn free(&mut self, _: &Path) {
        self.line("doctor-free", &self.unknown(&self.texts.get("doctor-not-asked")));
    }

    fn settings(&mut self) {
        self.heading("doctor-settings");
        let state = match Settings::check() {
            Ok(true) => self.texts.get("doctor-settings-fine"),
            Ok(false) => self.texts.get("doctor-settings-none"),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => self.texts.get("doctor-settings-malformed"),
            Err(error) => self.texts.with("doctor-settings-unread", &[("why", Value::Text(&self.own(&error.to_string())))]),
        };
        self.line("doctor-record-file", &state);
        // What holds when they cannot be read is told all the same.
        let settings = Settings::read();
        match settings.record {
            Some(record) => self.yes_or_no("doctor-record-wanted", record),
            None => self.line("doctor-record-wanted", &self.texts.get("doctor-record-unasked")),
        }
        self.yes_or_no("doctor-notices", settings.full_notices);
        let mut state = self.texts.get(if settings.log { "doctor-log-on" } else { "doctor-log-off" });
        if let Some((path, found)) = log::path().and_then(|path| fs::metadata(&path).ok().map(|found| (path, found))) {
            let values = [("state", Value::Text(&state)), ("path", Value::Text(&self.path(&path))), ("size", kilobytes(found.len()))];
            state = self.texts.with("doctor-log-value", &values);
        }
        self.line("doctor-log", &state);
    }

    fn record(&mut self) {
        self.heading("doctor-record");
        let Some(folder) = home::folder() else {
            return self.line("doctor-record-file", &self.unknown(&self.texts.get("record-no-home")));
        };
        let path = folder.join(FILE_NAME);
        let state = match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.texts.get("doctor-record-absent"),
            Err(error) => self.unknown(&error.to_string()),
            // It is checked as a copy would be: opening the record puts a damaged one aside, and that is not asked here.
            Ok(found) => self.verified(verify(&path, &[]), found.len()),
        };
        self.line("doctor-record-file", &state);
        let is_aside = |name: &str| name.starts_with("damaged-") && Path::new(name).extension().is_some_and(|end| end == "sqlite");
        let aside = match fs::read_dir(&folder) {
            Ok(entries) => entries.flatten().filter(|entry| is_aside(&entry.file_name().to_string_lossy())).count().to_string(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => "0".to_owned(),
            Err(error) => self.unknown(&error.to_string()),
        };
        self.line("doctor-record-aside", &aside);
    }

    fn verified(&self, verified: Result<Verified, RecordError>, size: u64) -> String {
        let why = match verified {
            Ok(Verified { broken: None, entries, .. }) => {
                let entries = usize::try_from(entries).unwrap_or(usize::MAX);
                return self.texts.with("doctor-record-whole", &[("entries", Value::Count(entries)), ("size", kilobytes(size))]);
            }
            Ok(Verified { broken: Some(Broken::At(number)), .. }) => {
                let count = |number| Value::Count(usize::try_from(number).unwrap_or(usize::MAX));
                self.texts.with("verify-broken", &[("number", count(number)), ("fine", count(number.saturating_sub(1)))])
            }
            Ok(_) => self.texts.get("verify-strange"),
            Err(RecordError::Newer(_)) => self.texts.get("record-error-newer"),
            Err(RecordError::Damaged(_)) => self.texts.get("record-error-damaged"),
            Err(RecordError::Busy) => self.unknown(&self.texts.get("record-error-busy")),
            Err(RecordError::ReadOnly) => self.unknown(&self.texts.get("record-error-read_only")),
            Err(error) => self.unknown(&error.to_string()),
        };
        self.texts.with("doctor-record-broken", &[("size", kilobytes(size)), ("why", Value::Text(&why))])
    }

    fn resident(&mut self) {
        self.heading("doctor-resident");
        self.yes_or_no("doctor-login", login::is_on());
        let folder = one::folder();
        match one::is_taken(&folder) {
            Ok(false) => self.yes_or_no("doctor-runs", false),
            Err(error) => self.line("doctor-runs", &self.unknown(&error.to_string())),
            Ok(true) => {
                let begun = Instant::now();
                let reply = one::ask(&folder, Ask::Status);
                let took = begun.elapsed().as_millis().to_string();
                let said = match reply {
                    Err(error) => self.texts.with("doctor-runs-silent", &[("why", Value::Text(&self.own(&error.to_string())))]),
                    Ok(reply) => {
                        let key = if reply.paused { "doctor-runs-paused" } else { "doctor-runs-answers" };
                        let (pid, version) = (reply.pid.to_string(), text::for_terminal(&reply.version, 40));
                        self.texts.with(key, &[("pid", Value::Text(&pid)), ("version", Value::Text(&version)), ("ms", Value::Text(&took))])
                    }
                };
                self.line("doctor-runs", &said);
            }
        }
    }

    fn look(&mut self, inventory: &Inventory, took: Duration) {
        self.heading("doctor-look");
        self.line("doctor-took", &self.texts.with("doctor-took-value", &[("ms", Value::Text(&took.as_millis().to_string()))]));
        let bundle = inzage_signatures::embedded();
        let report = report::build(inventory, bundle, &inzage_signatures::sha256());
        let sure = report.findings.iter().filter(|finding| finding.confidence == Confidence::Confirmed && finding.state != FindingState::Remains).count();
        let values = [
            ("facts", Value::Text(&inventory.facts.len().to_string())),
            ("sure", Value::Count(sure)),
            ("weak", Value::Count(report.findings.len() - sure)),
            ("settings", Value::Count(report.observations.iter().filter(|observation| !observation.ordinary).count())),
        ];
        self.line("doctor-seen", &self.texts.with("doctor-seen-value", &values));
        // A place that could not be read may be that of a product.
        let without_places = |one: &Coverage| {
            let mut one = one.clone();
            one.reason.iter_mut().for_each(|reason| reason.args.clear());
            one
        };
        let coverage: Vec<_> = report.coverage.iter().map(without_places).collect();
        self.out += &Face::new(self.texts, bundle).coverage(&coverage);
    }
}

fn kilobytes(bytes: u64) -> Value<'static> {
    Value::Count(usize::try_from(bytes.div_ceil(1024)).unwrap_or(usize::MAX))
}
