//! Files and folders that signatures name.

use std::path::{Path, PathBuf};

use globset::GlobBuilder;

use super::log::Log;
use super::tree::{Trouble, What};
use super::{Collected, Collector, Context, path_text};
use crate::facts::File;
use crate::inventory::{ReasonCode, Source};

pub(super) const COLLECTOR: Collector = Collector { sources: &[Source::SignaturePaths], collect };

/// The most places one pattern is looked for in.
const MOST_PLACES: usize = 2_000;

fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::SignaturePaths);
    let mut facts = Vec::new();
    for pattern in &context.wanted.paths {
        let start = match place(context, pattern) {
            Ok(start) => start,
            Err(why) => {
                log.trouble(why, Path::new(pattern));
                continue;
            }
        };
        for path in expand(&mut log, &start) {
            // Absent is an answer too: the place was looked at.
            log.checked(1);
            if let Some(meta) = log.meta(&path) {
                facts.push(File { place: path_text(&path), path: path_text(&path), folder: meta.what == What::Folder, since: meta.modified }.into());
            }
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
}

/// The path on this computer that a pattern of a signature means, or why that is not known.
fn place(context: &Context, pattern: &str) -> Result<PathBuf, ReasonCode> {
    match pattern.strip_prefix("~/") {
        Some(rest) => context.at_home(rest).ok_or(ReasonCode::NoHome),
        None if pattern.starts_with('/') => Ok(PathBuf::from(pattern)),
        // Drive letters and variables: no collector resolves them yet.
        None => Err(ReasonCode::UnsupportedFormat),
    }
}

/// The existing candidates for a pattern: itself without wildcards, otherwise one folder after the other. `**` is taken as one level
/// here: a signature that needs more is matched by running programs and autostart entries, not by searching the disk.
fn expand(log: &mut Log, pattern: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::from("/")];
    for part in pattern.components().skip(1) {
        let name = part.as_os_str();
        let wild = name.to_str().filter(|name| name.contains(['*', '?', '[', '{']));
        let Some(wild) = wild else {
            for path in &mut found {
                path.push(name);
            }
            continue;
        };
        let Ok(glob) = GlobBuilder::new(wild).literal_separator(true).build() else { return Vec::new() };
        let matcher = glob.compile_matcher();
        let mut next = Vec::new();
        for folder in found {
            for entry in log.list(&folder) {
                if matcher.is_match(&entry.name) {
                    next.push(folder.join(&entry.name));
                }
            }
        }
        if next.len() > MOST_PLACES {
            log.keep::<()>(pattern, Err(Trouble::TooMany));
            next.truncate(MOST_PLACES);
        }
        found = next;
    }
    found
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
}
