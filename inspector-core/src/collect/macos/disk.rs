//! The files of a Mac: those of a disk, seen from any system, and those of the running computer.

use std::path::{Path, PathBuf};

use crate::collect::tree::{Disk, Entry, MOST_LINKS, Meta, Parts, Tree, Trouble, parts};
use crate::collect::without_case::WithoutCase;

/// Links at the top of every Mac. They lie on the volume of the system, which a copy of the worker's data does not have.
const LINKS: [(&str, &str); 3] = [("/var/", "/private/var/"), ("/etc/", "/private/etc/"), ("/tmp/", "/private/tmp/")];
/// The longest path that macOS takes.
const LONGEST_PATH: usize = 1_024;

/// A disk of a Mac below a root folder.
pub(crate) struct MacDisk {
    disk: WithoutCase,
}

impl MacDisk {
    pub(crate) fn below(root: &Path) -> Self {
        Self { disk: WithoutCase::below(root) }
    }

    fn resolve(&self, path: &Path) -> Result<PathBuf, Trouble> {
        let path = path.to_str().filter(|path| path.len() <= LONGEST_PATH).ok_or(Trouble::Failed)?;
        let below = |(link, target): &(&str, &str)| path.strip_prefix(link).map(|rest| format!("{target}{rest}"));
        let path = LINKS.iter().find_map(below).unwrap_or_else(|| path.to_owned());
        // Where the worker's data lie, seen from the system.
        let path = path.strip_prefix("/System/Volumes/Data/").map_or(path.as_str(), |rest| rest);
        self.disk.resolve(path.split('/'))
    }
}

impl Tree for MacDisk {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
        self.disk.disk.read(&self.resolve(path)?, limit)
    }

    fn open(&self, path: &Path) -> Result<Parts, Trouble> {
        self.disk.disk.open(&self.resolve(path)?)
    }

    fn list(&self, path: &Path, limit: usize) -> Result<Vec<Entry>, Trouble> {
        self.disk.disk.list(&self.resolve(path)?, limit)
    }

    fn meta(&self, path: &Path) -> Result<Meta, Trouble> {
        self.disk.disk.meta(&self.resolve(path)?)
    }

    fn link(&self, path: &Path) -> Result<PathBuf, Trouble> {
        self.disk.disk.link(&self.resolve(path)?)
    }

    fn on_disk(&self, path: &Path) -> Result<PathBuf, Trouble> {
        self.disk.disk.on_disk(&self.resolve(path)?)
    }
}

/// The files of the running Mac, without those for which macOS would ask the worker a question, and without other computers.
#[cfg_attr(not(target_os = "macos"), allow(dead_code, reason = "only a running Mac has it; its rules are tested everywhere"))]
pub(crate) struct RunningMac {
    disk: Disk,
    home: Option<PathBuf>,
}

/// Folders in the home folder for which macOS asks: of other programs, and of the worker's own documents.
const ASKED_FOR: [&str; 9] =
    ["Desktop", "Documents", "Downloads", "Movies", "Music", "Pictures", "Library/Containers", "Library/Group Containers", "Library/Mobile Documents"];
/// Folders in the home folder that macOS opens only to programs with full disk access. To try would be noted, and serve nothing.
const GUARDED: [&str; 9] = [
    "Library/Calendars",
    "Library/CloudStorage",
    "Library/Cookies",
    "Library/HomeKit",
    "Library/Mail",
    "Library/Messages",
    "Library/Safari",
    "Library/Suggestions",
    "Library/Application Support/AddressBook",
];
/// Where other volumes and other computers are mounted, some of them at the moment somebody looks.
const ELSEWHERE: [&str; 4] = ["/Volumes", "/Network", "/net", "/home"];

#[cfg_attr(not(target_os = "macos"), allow(dead_code, reason = "only a running Mac has it; its rules are tested everywhere"))]
impl RunningMac {
    pub(crate) fn here(home: Option<PathBuf>) -> Self {
        Self { disk: Disk::here(), home }
    }

    /// Whether a place may be looked at, and every place on the way to it: what macOS guards is what is read, wherever the path begins.
    /// A link is judged before it is followed, so that nothing behind it is touched.
    fn allow(&self, path: &Path) -> Result<(), Trouble> {
        let (mut left, mut done, mut todo) = (MOST_LINKS, PathBuf::from("/"), parts(path));
        while let Some(part) = todo.pop() {
            if part == ".." {
                done.pop();
                continue;
            }
            let here = done.join(&part);
            self.judge(&here)?;
            let Ok(target) = std::fs::read_link(&here) else {
                done = here;
                continue;
            };
            left = left.checked_sub(1).ok_or(Trouble::LinkLoop)?;
            if target.is_absolute() {
                done = PathBuf::from("/");
            }
            todo.extend(parts(&target));
        }
        Ok(())
    }

    fn judge(&self, path: &Path) -> Result<(), Trouble> {
        let path = path.strip_prefix("/System/Volumes/Data").map_or_else(|_| path.to_path_buf(), |rest| Path::new("/").join(rest));
        let lower = PathBuf::from(path.to_string_lossy().to_lowercase());
        let is_in = |folders: &[&str], above: &Path| folders.iter().any(|folder| lower.starts_with(above.join(folder).to_string_lossy().to_lowercase()));
        if is_in(&ELSEWHERE, Path::new("/")) {
            return Err(Trouble::Elsewhere);
        }
        let Some(home) = &self.home else { return Ok(()) };
        if is_in(&ASKED_FOR, home) {
            return Err(Trouble::WouldAsk);
        }
        if is_in(&GUARDED, home) { Err(Trouble::Guarded) } else { Ok(()) }
    }
}

impl Tree for RunningMac {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
        self.allow(path)?;
        self.disk.read(path, limit)
    }

    fn open(&self, path: &Path) -> Result<Parts, Trouble> {
        self.allow(path)?;
        self.disk.open(path)
    }

    fn list(&self, path: &Path, limit: usize) -> Result<Vec<Entry>, Trouble> {
        self.allow(path)?;
        self.disk.list(path, limit)
    }

    fn meta(&self, path: &Path) -> Result<Meta, Trouble> {
        self.allow(path)?;
        self.disk.meta(path)
    }

    fn link(&self, path: &Path) -> Result<PathBuf, Trouble> {
        self.allow(path)?;
        self.disk.link(path)
    }

    fn on_disk(&self, path: &Path) -> Result<PathBuf, Trouble> {
        self.allow(path)?;
        self.disk.on_disk(path)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn names_are_found_without_case_and_behind_the_links_of_every_mac() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("private/var/db/receipts")).unwrap();
        fs::write(dir.path().join("private/var/db/receipts/com.Acme.plist"), "x").unwrap();
        let disk = MacDisk::below(dir.path());
        for path in
            ["/var/db/receipts/com.Acme.plist", "/private/var/db/RECEIPTS/com.acme.plist", "/System/Volumes/Data/private/var/db/receipts/com.acme.plist"]
        {
            assert_eq!(disk.read(Path::new(path), 10).unwrap(), b"x", "{path}");
        }
        assert_eq!(disk.meta(Path::new("/var/db/none")).err(), Some(Trouble::Absent));
    }

    #[test]
    fn nothing_is_touched_that_would_ask() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("anna");
        for folder in ["Documents", "Library/Group Containers/x", "Library/Mail", "Library/LaunchAgents"] {
            fs::create_dir_all(home.join(folder)).unwrap();
        }
        std::os::unix::fs::symlink(home.join("Documents"), home.join("link")).unwrap();
        std::os::unix::fs::symlink("/net/nobody/x", home.join("away")).unwrap();
        let mac = RunningMac::here(Some(home.clone()));
        let of = |path: &str| mac.list(&home.join(path), 10).map(|entries| entries.len());
        assert_eq!((of("Documents"), of("documents/x"), of("link")), (Err(Trouble::WouldAsk), Err(Trouble::WouldAsk), Err(Trouble::WouldAsk)));
        assert_eq!((of("link/none"), of("away")), (Err(Trouble::WouldAsk), Err(Trouble::Elsewhere)), "nothing behind a link is touched");
        assert_eq!((of("Library/Group Containers/x"), of("Library/Mail")), (Err(Trouble::WouldAsk), Err(Trouble::Guarded)));
        assert_eq!(of("Library/LaunchAgents"), Ok(0));
        assert_eq!(mac.meta(Path::new("/Volumes/share/x")).err(), Some(Trouble::Elsewhere));
        assert_eq!(mac.meta(Path::new("/System/Volumes/Data/Volumes/share")).err(), Some(Trouble::Elsewhere));
    }
}
