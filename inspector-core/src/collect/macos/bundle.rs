//! Bundles: folders that macOS shows as one thing, with an `Info.plist` that says what they are.

use std::path::{Path, PathBuf};

use super::places;
use crate::collect::log::Log;
use crate::collect::plist::{self, Dictionary};
use crate::collect::tree::{Trouble, What};
use crate::collect::{Context, path_text};
use crate::facts::Application;
use crate::inventory::ReasonCode;
use crate::text;

/// The most that is read of an `Info.plist`.
const LARGEST: u64 = 1 << 20;
/// Where a bundle keeps its `Info.plist` and its program: as most do, as one made for an iPhone, and as the simplest.
const LAYOUTS: [(&str, &str); 3] = [("Contents/Info.plist", "Contents/MacOS"), ("WrappedBundle/Info.plist", "WrappedBundle"), ("Info.plist", "")];

/// What a bundle says of itself; nothing if it has no `Info.plist`, or one that could not be read, which is then in the account.
pub(super) fn read(log: &mut Log, path: &Path) -> Option<Application> {
    for (info, programs) in LAYOUTS {
        let place = path.join(info);
        let result = log.in_time().and_then(|()| log.context.tree.read(&place, LARGEST));
        if matches!(result, Err(Trouble::Absent)) {
            continue;
        }
        let bytes = log.keep(&place, result)?;
        let values = plist::dictionary(log, &place, &bytes)?;
        return Some(application(log, path, &place, &path.join(programs), &values));
    }
    None
}

fn application(log: &Log, path: &Path, place: &Path, programs: &Path, values: &Dictionary) -> Application {
    let first = |keys: [&str; 2]| keys.into_iter().find_map(|key| plist::text(values, key));
    let own_path = path_text(path);
    let stem = path.file_stem().map(|stem| text::from_bytes(stem.as_encoded_bytes())).unwrap_or_default();
    Application {
        bundle_id: plist::text(values, "CFBundleIdentifier"),
        name: first(["CFBundleDisplayName", "CFBundleName"]).unwrap_or(stem),
        version: first(["CFBundleShortVersionString", "CFBundleVersion"]),
        executable: plist::text(values, "CFBundleExecutable").filter(|name| is_plain(name)).map(|name| path_text(&programs.join(name))),
        since: log.modified(&own_path),
        path: own_path,
        place: path_text(place),
    }
}

/// Whether a text is the name of a file and no way to another folder.
fn is_plain(name: &str) -> bool {
    !name.contains(['/', '\\', '\0']) && name != "." && name != ".."
}

/// Whether the name of a file or folder has an ending, in any case.
pub(super) fn ends_in(name: &Path, ending: &str) -> bool {
    name.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

/// The bundles with an ending that lie directly in a folder.
pub(in crate::collect) fn in_folder(log: &mut Log, folder: &Path, ending: &str) -> Vec<PathBuf> {
    let is_bundle = |what: What, name: &Path| what != What::File && what != What::Other && ends_in(name, ending);
    log.list(folder).into_iter().filter(|entry| is_bundle(entry.what, Path::new(&entry.name))).map(|entry| folder.join(entry.name)).collect()
}

/// Looks for applications in folders and, some levels deep, in the folders in them.
pub(super) struct Search {
    /// What was found.
    pub(super) found: Vec<PathBuf>,
    folders: usize,
}

impl Search {
    /// The most applications that are found.
    const MOST_FOUND: usize = 2_000;
    /// The most folders that are listed.
    const MOST_FOLDERS: usize = 3_000;

    pub(super) fn new() -> Self {
        Self { found: Vec::new(), folders: 0 }
    }

    /// Looks into a folder and into the folders in it. What lies in an application belongs to it and is not looked for here, and a link to a
    /// folder is not followed: it may lead anywhere.
    pub(super) fn look(&mut self, log: &mut Log, folder: &Path, levels: usize, leave_out: fn(&str) -> bool) {
        self.folders += 1;
        for entry in log.list(folder) {
            let (path, name) = (folder.join(&entry.name), text::from_bytes(entry.name.as_encoded_bytes()));
            let is_folder = entry.what == What::Folder;
            if ends_in(&path, "app") && (is_folder || entry.what == What::Link) {
                if self.found.len() >= Self::MOST_FOUND {
                    return log.trouble(ReasonCode::TooMany, folder);
                }
                self.found.push(path);
            } else if is_folder && levels > 0 && !leave_out(&name) {
                if self.folders >= Self::MOST_FOLDERS {
                    return log.trouble(ReasonCode::TooMany, folder);
                }
                self.look(log, &path, levels - 1, leave_out);
            }
        }
    }
}

/// The applications where people put them, which are also where macOS looks for what they bring to start by itself.
pub(in crate::collect) fn applications(context: &Context, log: &mut Log) -> Vec<PathBuf> {
    let mut search = Search::new();
    for folder in places(context, &["/Applications", "~/Applications"]) {
        search.look(log, &folder, 1, |_| false);
    }
    search.found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_named_and_not_pointed_to() {
        for (name, expect) in [("Acme Agent", true), ("..", false), ("../../bin/sh", false), ("a/b", false)] {
            assert_eq!(is_plain(name), expect, "{name}");
        }
        assert!(ends_in(Path::new("/Applications/Acme.APP"), "app") && !ends_in(Path::new("/Applications/app"), "app"));
    }
}
