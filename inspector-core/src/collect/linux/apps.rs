//! Programs outside the distribution's packages: Flatpak, snap, AppImage, /opt, /usr/local, and the entries of the menu.

use std::path::Path;

use super::{command, keys_and_values, places};
use crate::collect::log::Log;
use crate::collect::tree::What;
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Fact, MenuEntry, Package, Program};
use crate::inventory::{ReasonCode, Source};
use crate::text;

pub(super) fn flatpak(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Flatpak);
    let mut facts = Vec::new();
    for folder in places(context, &["/var/lib/flatpak/app", "~/.local/share/flatpak/app"]) {
        for entry in log.list(&folder) {
            let path = folder.join(&entry.name);
            let id = format!("flatpak:{}", text::from_bytes(entry.name.as_encoded_bytes()));
            facts.push(Package { id, since: log.modified(&path_text(&path)), place: path_text(&path), ..Package::default() }.into());
        }
    }
    finish(context, log, facts)
}

pub(super) fn snap(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Snap);
    let folder = Path::new("/var/lib/snapd/snaps");
    let mut facts: Vec<Fact> = Vec::new();
    for entry in log.list(folder) {
        // `name_revision.snap`; several revisions of one snap lie side by side.
        let file = text::from_bytes(entry.name.as_encoded_bytes());
        let Some((name, revision)) = file.strip_suffix(".snap").and_then(|stem| stem.rsplit_once('_')) else { continue };
        let path = path_text(&folder.join(&entry.name));
        facts.push(Package { id: format!("snap:{name}"), version: Some(revision.into()), removed: false, since: log.modified(&path), place: path }.into());
    }
    finish_system(log, facts)
}

pub(super) fn programs(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Programs);
    let mut facts = Vec::new();
    // In these folders everything is a program or a program's folder.
    for folder in places(context, &["/opt", "/usr/local/bin", "/usr/local/sbin", "~/.local/bin", "~/bin"]) {
        for entry in log.list(&folder) {
            program(&mut facts, &log, &folder.join(&entry.name));
        }
    }
    // In these only AppImages are; the names of other files are none of our business.
    for folder in places(context, &["~/Applications", "~/Downloads", "~/Desktop", "~/.local/share/AppImage", "~/AppImages"]) {
        for entry in log.list(&folder) {
            if entry.what == What::File && Path::new(&entry.name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("appimage")) {
                program(&mut facts, &log, &folder.join(&entry.name));
            }
        }
    }
    let menus = [
        "/usr/share/applications",
        "/usr/local/share/applications",
        "~/.local/share/applications",
        "/var/lib/flatpak/exports/share/applications",
        "~/.local/share/flatpak/exports/share/applications",
        "/var/lib/snapd/desktop/applications",
    ];
    for folder in places(context, &menus) {
        desktop_entries(&mut log, &folder, &mut |log, id, path, entry| {
            facts.push(
                MenuEntry {
                    id,
                    name: entry.name,
                    exec_exists: entry.exec.as_deref().and_then(|exec| log.exists(Path::new(exec))),
                    exec: entry.exec,
                    place: path_text(path),
                }
                .into(),
            );
        });
    }
    finish(context, log, facts)
}

fn program(facts: &mut Vec<Fact>, log: &Log, path: &Path) {
    let path = path_text(path);
    facts.push(Program { since: log.modified(&path), place: path.clone(), path }.into());
}

/// A desktop entry, as far as it is of use here.
pub(super) struct DesktopEntry {
    pub(super) name: String,
    /// The program it starts: the last one, behind wrappers such as `env`.
    pub(super) exec: Option<String>,
    /// `Hidden` or switched off.
    pub(super) off: bool,
}

/// The most desktop entries that are read in one folder. The fullest desktops have some hundreds; each that is read is kept as a fact.
const MOST_ENTRIES: usize = 4_000;

/// Gives the desktop entries in a folder one after the other, by their names: id, path and contents.
pub(super) fn desktop_entries(log: &mut Log, folder: &Path, give: &mut dyn FnMut(&Log, String, &Path, DesktopEntry)) {
    let mut left = MOST_ENTRIES;
    for entry in log.list(folder) {
        let id = text::from_bytes(entry.name.as_encoded_bytes());
        if !id.ends_with(".desktop") || entry.what == What::Folder {
            continue;
        }
        let Some(fewer) = left.checked_sub(1) else {
            log.trouble(ReasonCode::TooMany, folder);
            return;
        };
        left = fewer;
        let path = folder.join(&entry.name);
        let Some(bytes) = log.read_up_to(&path, 1 << 20) else { continue };
        match desktop_entry(log, &text::from_bytes(&bytes)) {
            Some(entry) => give(log, id, &path, entry),
            None => log.trouble(ReasonCode::Malformed, &path),
        }
    }
}

fn desktop_entry(log: &Log, text: &str) -> Option<DesktopEntry> {
    let mut entry = None;
    for (section, key, value) in keys_and_values(text) {
        if section != "Desktop Entry" {
            continue;
        }
        let entry = entry.get_or_insert(DesktopEntry { name: String::new(), exec: None, off: false });
        match (key, value) {
            ("Name", name) => entry.name = name.chars().take(300).collect(),
            ("Exec", exec) => entry.exec = command::programs(log, exec).pop(),
            ("Hidden", "true") | ("X-GNOME-Autostart-enabled", "false") => entry.off = true,
            _ => {}
        }
    }
    // An entry that only hides the one of the system may consist of this section alone.
    entry.or_else(|| text.contains("[Desktop Entry]").then(|| DesktopEntry { name: String::new(), exec: None, off: true }))
}

/// The result of a source that also has places in the worker's home.
pub(super) fn finish(context: &Context, mut log: Log, facts: Vec<Fact>) -> Collected {
    if context.home.is_none() {
        log.trouble(ReasonCode::NoHome, Path::new("~"));
    }
    finish_system(log, facts)
}

fn finish_system(log: Log, facts: Vec<Fact>) -> Collected {
    Collected { facts, coverage: vec![log.finish()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    fn keys(collected: &Collected) -> Vec<String> {
        let mut keys = Vec::new();
        for fact in &collected.facts {
            fact.each_key(|kind, value| keys.push(format!("{} {value}", kind.word())));
        }
        keys
    }

    #[test]
    fn everything_outside_packages() {
        let fixture = || {
            Fixture::new()
                .file("/home/anna/Applications/Workpuls.AppImage", "")
                .file("/home/anna/Downloads/letter.pdf", "")
                .file("/opt/agent/bin/agent", "")
                .file("/usr/share/applications/a.desktop", "[Desktop Entry]\nName=A\nExec=env X=1 /opt/agent/bin/agent %u\n")
                .file("/usr/share/applications/b.desktop", b"\xff\0")
                .folder("/var/lib/flatpak/app/net.example.Agent")
                .file("/var/lib/snapd/snaps/some_agent_12.snap", "")
        };
        let programs = fixture().collect(programs);
        assert_eq!(
            keys(&programs),
            ["path /opt/agent", "path /home/anna/Applications/Workpuls.AppImage", "desktop_entry a.desktop", "path /opt/agent/bin/agent"]
        );
        assert_eq!(programs.of(Source::Programs), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(keys(&fixture().collect(flatpak)), ["package flatpak:net.example.Agent"]);
        assert_eq!(keys(&fixture().collect(snap)), ["package snap:some_agent"]);
        assert_eq!(fixture().deny("/var/lib/flatpak").collect(flatpak).of(Source::Flatpak), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(fixture().deny("/var/lib/snapd").collect(snap).of(Source::Snap), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(Fixture::new().collect(flatpak).of(Source::Flatpak), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(Fixture::new().file("/opt", "a file").collect(super::programs).of(Source::Programs), (Status::Full, Some(ReasonCode::Absent)));
    }

    #[test]
    fn a_folder_with_entries_without_end_is_read_in_part() {
        let read = |entries: usize| {
            let mut fixture = Fixture::new().file("/usr/share/applications/z.desktop", "[Desktop Entry]\nName=Z\n");
            for number in 0..entries {
                fixture = fixture.file(&format!("/home/anna/.local/share/applications/{number}.desktop"), "[Desktop Entry]\n");
            }
            let told = fixture.collect(programs);
            (told.facts.len(), told.of(Source::Programs))
        };
        assert_eq!(read(MOST_ENTRIES), (MOST_ENTRIES + 1, (Status::Full, None)));
        assert_eq!(read(MOST_ENTRIES + 1), (MOST_ENTRIES + 1, (Status::Partial, Some(ReasonCode::TooMany))));
    }
}
