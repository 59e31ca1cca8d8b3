//! Files and folders that signatures name.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;

use super::log::{LIST_LIMIT, Log};
use super::tree::{Trouble, What};
use super::{Collected, Collector, Context, path_text};
use crate::facts::File;
use crate::inventory::{ReasonCode, Source};
use crate::kinds::Os;

pub(super) const COLLECTOR: Collector = Collector { sources: &[Source::SignaturePaths, Source::GuardedFolders], collect };

/// The most places one pattern is looked for in.
const MOST_PLACES: usize = 2_000;

fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::SignaturePaths);
    // Products keep data there, and are recognised by other traces too: that those folders stay closed on every Mac is told for itself.
    let mut guarded = Log::new(context, Source::GuardedFolders);
    let mut facts = Vec::new();
    for pattern in &context.wanted.paths {
        let places = match places(context, pattern) {
            Ok(places) => places,
            Err(why) => {
                log.trouble(why, Path::new(pattern));
                continue;
            }
        };
        if context.out_of_time() {
            log.keep::<()>(Path::new(pattern), Err(Trouble::TimedOut));
            break;
        }
        for path in places.iter().flat_map(|place| expand(&mut log, place)).collect::<Vec<_>>() {
            let answer = context.tree.meta(&path);
            if let Err(Trouble::Guarded | Trouble::WouldAsk) = answer {
                guarded.keep(&path, answer);
                continue;
            }
            // Absent is an answer too: the place was looked at.
            log.checked(1);
            let is_closed = answer == Err(Trouble::Denied);
            let (path, meta) = (path_text(&path), log.keep(&path, answer));
            // What may not be looked at is there all the same when the folder above names it.
            let what = meta.map(|meta| meta.what).or_else(|| if is_closed { listed(context, &path) } else { None });
            if let Some(what) = what {
                let since = meta.and_then(|meta| meta.modified);
                facts.push(File { place: path.clone(), path, folder: what == What::Folder, since }.into());
            }
        }
    }
    let mut coverage = vec![log.finish()];
    if context.os == Os::Macos {
        coverage.push(guarded.finish());
    }
    Collected { facts, coverage }
}

/// What lies at a path, as the list of the folder above it tells.
fn listed(context: &Context, path: &str) -> Option<What> {
    let (folder, name) = path.rsplit_once(if context.os == Os::Windows { '\\' } else { '/' })?;
    let is_it = |entry: &OsStr| entry.to_str().is_some_and(|own| if context.os == Os::Linux { own == name } else { own.eq_ignore_ascii_case(name) });
    let entries = context.tree.list(Path::new(folder), LIST_LIMIT).ok()?;
    entries.into_iter().find(|entry| is_it(&entry.name)).map(|entry| entry.what)
}

/// The paths on this computer that a pattern of a signature means, or why they are not known.
fn places(context: &Context, pattern: &str) -> Result<Vec<String>, ReasonCode> {
    let home = || context.home.as_deref().map(path_text).ok_or(ReasonCode::NoHome);
    match (context.os, pattern.strip_prefix("~/")) {
        (Os::Windows, rest) => {
            let path = if let Some(rest) = rest { context.places.moved(&format!("{}\\{rest}", home()?)) } else { context.places.expand(pattern) };
            // What is left of a variable is one of the worker's own places.
            if path.starts_with('%') { Err(ReasonCode::NoHome) } else { Ok(context.places.both_widths(&path.replace('/', "\\"))) }
        }
        (_, Some(rest)) => Ok(vec![format!("{}/{rest}", home()?)]),
        (_, None) if pattern.starts_with('/') => Ok(vec![pattern.to_owned()]),
        (_, None) => Err(ReasonCode::UnsupportedFormat),
    }
}

/// The existing candidates for a pattern: itself without wildcards, otherwise one folder after the other. `**` is taken as one level
/// here: a signature that needs more is matched by running programs and autostart entries, not by searching the disk.
fn expand(log: &mut Log, pattern: &str) -> Vec<PathBuf> {
    let (windows, without_case) = (log.context.os == Os::Windows, log.context.os != Os::Linux);
    let pattern = pattern.trim_end_matches(['/', '\\']);
    if !pattern.contains(WILDCARDS) {
        return vec![PathBuf::from(pattern)];
    }
    let (start, rest) = if windows { pattern.split_once('\\').unwrap_or((pattern, "")) } else { ("/", pattern.trim_start_matches('/')) };
    let mut found = vec![PathBuf::from(start)];
    for part in rest.split(if windows { '\\' } else { '/' }).filter(|part| !part.is_empty()) {
        if !part.contains(WILDCARDS) {
            found = found.iter().map(|folder| below(windows, folder, part.as_ref())).collect();
            continue;
        }
        let glob = GlobBuilder::new(part).literal_separator(true).case_insensitive(without_case).build();
        let Ok(matcher) = glob.map(|glob| glob.compile_matcher()) else { return Vec::new() };
        let mut next = Vec::new();
        for folder in found {
            // A guarded folder is handed on as it is: what lies in it is asked for, and refused, there.
            if log.context.os == Os::Macos
                && let Err(Trouble::Guarded | Trouble::WouldAsk) = log.context.tree.meta(&folder)
            {
                next.push(below(windows, &folder, part.as_ref()));
                continue;
            }
            next.extend(log.list(&folder).iter().filter(|entry| matcher.is_match(&entry.name)).map(|entry| below(windows, &folder, &entry.name)));
        }
        if next.len() > MOST_PLACES {
            log.keep::<()>(Path::new(pattern), Err(Trouble::TooMany));
            next.truncate(MOST_PLACES);
        }
        found = next;
    }
    found
}

const WILDCARDS: [char; 4] = ['*', '?', '[', '{'];

/// A path one level below a folder. This program may run on a system that does not know the separators of Windows.
fn below(windows: bool, folder: &Path, name: &OsStr) -> PathBuf {
    if !windows {
        return folder.join(name);
    }
    let mut path = folder.as_os_str().to_os_string();
    path.push("\\");
    path.push(name);
    path.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::Status;

    fn paths(collected: &Collected) -> Vec<(&str, bool)> {
        collected
            .facts
            .iter()
            .map(|fact| match fact {
                Fact::File(file) => (file.path.as_str(), file.folder),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn names_and_patterns_are_found() {
        let collected = Fixture::new()
            .file("/opt/agent-7/bin/agent", "")
            .file("/opt/other/bin/agent", "")
            .folder("/home/anna/.config/agent")
            .names("/opt/agent-*/bin/agent")
            .names("~/.config/agent/")
            .names("/opt/none")
            .collect(collect);
        assert_eq!(paths(&collected), [("/opt/agent-7/bin/agent", false), ("/home/anna/.config/agent", true)]);
        assert_eq!(collected.of(Source::SignaturePaths), (Status::Full, None));
    }

    #[test]
    fn a_closed_folder_is_said() {
        let collected = Fixture::new().file("/var/ossec/bin/agent", "").names("/var/ossec/bin/agent").names("/opt/none").deny("/var/ossec").collect(collect);
        assert!(collected.facts.is_empty());
        assert_eq!(collected.of(Source::SignaturePaths), (Status::Partial, Some(ReasonCode::PermissionDenied)));
    }

    #[test]
    fn nothing_is_there() {
        let collected = Fixture::new().names("/opt/none").collect(collect);
        assert!(collected.facts.is_empty());
        assert_eq!(collected.of(Source::SignaturePaths), (Status::Full, None));
    }

    #[test]
    fn what_may_not_be_looked_at_is_there_when_it_is_listed() {
        let (agent, none) = ("C:\\ProgramData\\Acme\\Agent.exe", "C:\\ProgramData\\Acme\\none.exe");
        let fixture = Fixture::new().file(agent, "").names("C:\\ProgramData\\Acme\\agent.exe").names(none);
        // A system that refuses whatever it is asked for proves nothing.
        let collected = fixture.close("C:\\ProgramData\\Acme\\agent.exe").close(none).collect_windows(collect);
        assert_eq!(paths(&collected), [("C:\\ProgramData\\Acme\\agent.exe", false)]);
        assert_eq!(collected.of(Source::SignaturePaths), (Status::Partial, Some(ReasonCode::PermissionDenied)));
    }

    #[test]
    fn places_of_a_mac() {
        let collected = Fixture::new()
            .file("/private/var/Acme/agent", "")
            .folder("/Users/anna/Library/Application Support/Acme")
            .names("/var/acme/*")
            .names("~/Library/Application Support/acme/")
            .collect_macos(collect);
        assert_eq!(paths(&collected), [("/var/acme/agent", false), ("/Users/anna/Library/Application Support/acme", true)]);
        for source in [Source::SignaturePaths, Source::GuardedFolders] {
            assert_eq!(collected.of(source).0, Status::Full);
        }
    }

    #[test]
    fn places_of_windows() {
        let collected = Fixture::new()
            .file("C:\\Program Files (x86)\\Acme\\Agent-7\\AGENT.exe", "")
            .file("C:\\Users\\anna\\AppData\\Local\\Acme\\x.log", "")
            .folder("C:\\ProgramData\\Acme")
            .names("C:\\Program Files\\Acme\\agent-*\\agent.exe")
            .names("%LocalAppData%\\Acme\\")
            .names("%ProgramData%\\Acme\\")
            .names("~/AppData/Local/Acme/x.log")
            .names("C:\\Windows\\none.exe")
            .collect_windows(collect);
        let expected = [
            ("C:\\Program Files (x86)\\Acme\\Agent-7\\agent.exe", false),
            ("C:\\Users\\anna\\AppData\\Local\\Acme", true),
            ("C:\\ProgramData\\Acme", true),
            ("C:\\Users\\anna\\AppData\\Local\\Acme\\x.log", false),
        ];
        assert_eq!(paths(&collected), expected);
        assert_eq!(collected.of(Source::SignaturePaths), (Status::Full, None));
        let homeless = Fixture::new().homeless().names("%AppData%\\Acme").names("C:\\Acme").collect_windows(collect);
        assert_eq!(homeless.of(Source::SignaturePaths), (Status::Partial, Some(ReasonCode::NoHome)));
    }
}
