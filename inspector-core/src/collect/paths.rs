//! Files and folders that signatures name.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use globset::GlobBuilder;

use super::log::Log;
use super::tree::{Trouble, What};
use super::{Collected, Collector, Context, path_text};
use crate::facts::File;
use crate::inventory::{ReasonCode, Source};
use crate::kinds::Os;

pub(super) const COLLECTOR: Collector = Collector { sources: &[Source::SignaturePaths], collect };

/// The most places one pattern is looked for in.
const MOST_PLACES: usize = 2_000;

fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::SignaturePaths);
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
            // Absent is an answer too: the place was looked at.
            log.checked(1);
            let answer = context.tree.meta(&path);
            // Windows refuses only what is there; what is not there it calls absent, also in a closed folder.
            let is_closed = context.os == Os::Windows && context.live && answer == Err(Trouble::Denied);
            let meta = log.keep(&path, answer);
            if meta.is_some() || is_closed {
                let (folder, since) = meta.map_or((false, None), |meta| (meta.what == What::Folder, meta.modified));
                facts.push(File { place: path_text(&path), path: path_text(&path), folder, since }.into());
            }
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
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
    let windows = log.context.os == Os::Windows;
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
        let glob = GlobBuilder::new(part).literal_separator(true).case_insensitive(windows).build();
        let Ok(matcher) = glob.map(|glob| glob.compile_matcher()) else { return Vec::new() };
        let mut next = Vec::new();
        for folder in found {
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
