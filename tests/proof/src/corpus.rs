//! Corpora: lists of what is on ordinary computers.
//!
//! A corpus is a table of tab-separated values, gzipped or not, whose first lines tell where it comes from: `# source: …`, `# licence: …`, `# os: …`
//! and `# columns: …`. Each line is one computer with one thing on it; the first column is the item's name in the list of true hits.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use inzage_core::facts::{Application, Autostart, Executable, Extension, Fact, File, InstalledProgram, Package, Process, Program, Signature};
use inzage_core::inventory::Inventory;
use inzage_core::kinds::Os;

/// A list of what is on ordinary computers.
pub struct Corpus {
    /// The name of its file, without endings.
    pub name: String,
    /// Its items.
    pub items: Vec<Item>,
}

/// A computer with one thing on it.
pub struct Item {
    /// What it is called in the list of true hits.
    pub name: String,
    /// The computer.
    pub inventory: Inventory,
}

/// Every corpus of the project.
pub fn all() -> anyhow::Result<Vec<Corpus>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
    let mut paths: Vec<_> = fs::read_dir(&folder)?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| read(path).with_context(|| format!("{} cannot be understood", path.display()))).collect()
}

fn read(path: &Path) -> anyhow::Result<Corpus> {
    let mut text = String::new();
    if path.extension().is_some_and(|ending| ending == "gz") {
        flate2::read::GzDecoder::new(fs::File::open(path)?).read_to_string(&mut text)?;
    } else {
        text = fs::read_to_string(path)?;
    }
    let header = |name: &str| {
        let start = format!("# {name}: ");
        text.lines().take_while(|line| line.starts_with('#')).find_map(|line| line.strip_prefix(&start)).with_context(|| format!("there is no line `{start}`"))
    };
    header("source")?;
    header("licence")?;
    let os = header("os")?;
    let os = Os::ALL.into_iter().find(|own| own.word() == os).context("this system is not known")?;
    let columns: Vec<&str> = header("columns")?.split(' ').collect();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let items: anyhow::Result<Vec<Item>> = lines.map(|line| item(os, &columns, line)).collect();
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    Ok(Corpus { name: name.split('.').next().unwrap_or_default().into(), items: items? })
}

fn item(os: Os, columns: &[&str], line: &str) -> anyhow::Result<Item> {
    let values: Vec<&str> = line.split('\t').collect();
    let value = |name: &str| columns.iter().position(|column| *column == name).and_then(|at| values.get(at)).filter(|value| !value.is_empty()).copied();
    let text = |name: &str| value(name).map(str::to_owned);
    let mut facts: Vec<Fact> = Vec::new();
    if let Some(path) = value("path") {
        facts.extend(file(path));
    }
    if let Some(name) = text("process") {
        facts.push(Process { name, executable: Executable::Closed, ..Process::default() }.into());
    }
    if value("program_name").or(value("uninstall_key")).is_some() {
        let program = InstalledProgram {
            key: text("uninstall_key").unwrap_or_default(),
            name: text("program_name"),
            upgrade_code: text("upgrade_code"),
            ..InstalledProgram::default()
        };
        facts.push(program.into());
    }
    if let Some(id) = text("extension") {
        facts.push(Extension { id, enabled: Some(true), ..Extension::default() }.into());
    }
    if let Some(id) = text("package") {
        facts.push(Package { id, ..Package::default() }.into());
    }
    let app = value("app").map(|name| format!("/Applications/{name}"));
    if app.is_some() || value("bundle_id").is_some() {
        let path = app.clone().unwrap_or_default();
        if let Some(app) = &app {
            facts.extend(file(&format!("{app}/")));
        }
        facts.push(Application { path, bundle_id: text("bundle_id"), ..Application::default() }.into());
    }
    if let Some(team_id) = text("team_id") {
        facts.push(Signature { path: app.unwrap_or_default(), team_id: Some(team_id), ..Signature::default() }.into());
    }
    for (column, is_service) in [("service", true), ("label", false)] {
        if let Some(name) = text(column) {
            let (service, label) = if is_service { (Some(name), None) } else { (None, Some(name)) };
            // A list of names does not tell what is switched on.
            facts.push(Autostart { service, label, ..Autostart::default() }.into());
        }
    }
    if facts.is_empty() {
        bail!("nothing is there: {line:?}");
    }
    Ok(Item { name: values.first().copied().unwrap_or_default().into(), inventory: Inventory::of_facts(os, facts) })
}

/// What a file or folder is on a computer: itself and, for a program, also that program while it runs.
pub(crate) fn file(path: &str) -> Vec<Fact> {
    let trimmed = path.trim_end_matches(['/', '\\']);
    let name = trimmed.rsplit(['/', '\\']).next().unwrap_or(trimmed);
    let mut facts: Vec<Fact> = vec![File { path: trimmed.into(), folder: trimmed != path, ..File::default() }.into()];
    let lower = trimmed.to_lowercase();
    let folders = ["/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/", "/usr/games/", "/usr/libexec/", "/opt/"];
    if lower.ends_with(".exe") || folders.iter().any(|folder| trimmed.starts_with(folder)) {
        facts.push(Program { path: trimmed.into(), ..Program::default() }.into());
        facts.push(Process { name: name.into(), exe: Some(trimmed.into()), executable: Executable::Open, ..Process::default() }.into());
    }
    facts
}
