//! A disk of Windows, seen from a root folder on any system.
//!
//! Its paths begin with a drive and are told apart without case. The folder stands for the drive that Windows is on; nothing is known of
//! others.

#[cfg(windows)]
use std::collections::HashMap;
#[cfg(windows)]
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
#[cfg(windows)]
use std::sync::Mutex;

#[cfg(windows)]
use crate::collect::tree::Disk;
use crate::collect::tree::{Entry, Meta, Parts, Tree, Trouble};
use crate::collect::without_case::WithoutCase;

/// The most folders of which is kept whether they lead elsewhere.
#[cfg(windows)]
const MOST_KEPT: usize = 2_000;
/// How many links are followed before it counts as a circle.
#[cfg(windows)]
const MOST_LINKS: u32 = 40;
/// The longest path that Windows knows, in bytes of the text here.
const LONGEST_PATH: usize = 3 * 32_767;

/// A disk of Windows below a root folder.
pub(crate) struct WindowsDisk {
    disk: WithoutCase,
}

impl WindowsDisk {
    pub(crate) fn below(root: &Path) -> Self {
        Self { disk: WithoutCase::below(root) }
    }

    /// The place below the root that a path of Windows means.
    fn resolve(&self, path: &Path) -> Result<PathBuf, Trouble> {
        // All of the program's texts are valid; a name that is none was escaped and cannot be found again.
        let path = path.to_str().filter(|path| path.len() <= LONGEST_PATH).ok_or(Trouble::Failed)?;
        let path = path.strip_prefix("\\\\?\\").unwrap_or(path);
        let rest = match path.get(..2) {
            Some("C:" | "c:") => &path[2..],
            // Another drive, or a share of another computer: not a part of this disk.
            _ => return Err(Trouble::Elsewhere),
        };
        self.disk.resolve(rest.split(['\\', '/']))
    }
}

impl Tree for WindowsDisk {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
        self.disk.disk.read(&self.resolve(path)?, limit)
    }

    fn open(&self, path: &Path) -> Result<Parts, Trouble> {
        self.disk.disk.open(&self.resolve(path)?)
    }

    fn list(&self, path: &Path, limit: usize) -> Result<Vec<Entry>, Trouble> {
        let mut entries = self.disk.disk.list(&self.resolve(path)?, limit)?;
        // A name of another system's folder may look like a path; Windows has no such names, and nobody may be led out of the folder by one.
        entries.retain(|entry| !entry.name.as_encoded_bytes().contains(&b'\\'));
        Ok(entries)
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

/// The drives of the running computer. A share, or a drive or link that stands for one, is another computer's: to look there would be to use
/// the network, with the worker's own password. So would be reading a file that the cloud keeps until somebody opens it.
#[cfg(windows)]
pub(crate) struct LocalDrives {
    disk: Disk,
    letters: Vec<char>,
    /// Whether folders that were looked at lead elsewhere.
    folders: Mutex<HashMap<PathBuf, bool>>,
}

#[cfg(windows)]
impl LocalDrives {
    pub(crate) fn here() -> Self {
        Self { disk: Disk::here(), letters: inzage_windows::local_drives(), folders: Mutex::default() }
    }

    /// The path as Windows takes it, if its drive is one of this computer.
    fn on(&self, path: &Path) -> Result<PathBuf, Trouble> {
        let is_own = |path: &str| {
            let letter = path.chars().next().map(|letter| letter.to_ascii_uppercase()).filter(|_| super::is_on_a_drive(path));
            letter.is_some_and(|letter| self.letters.contains(&letter))
        };
        let text = path.as_os_str().to_string_lossy();
        // A name without a drive would be looked for beside this program.
        if text.len() > LONGEST_PATH || !is_own(&text) {
            return Err(Trouble::Elsewhere);
        }
        // Takes `..` away, and turns the names of devices, which are devices in every folder, into what they are.
        let path = std::path::absolute(path)?;
        if is_own(&path.as_os_str().to_string_lossy()) { Ok(path) } else { Err(Trouble::Elsewhere) }
    }

    /// What lies at a path and where, when every link on the way to it, and from it, stays on this computer.
    fn resolve(&self, path: &Path, links_left: u32) -> Result<(PathBuf, Metadata), Trouble> {
        let path = self.on(path)?;
        if path.parent().is_some_and(|folder| self.leads_elsewhere(folder, links_left)) {
            return Err(Trouble::Elsewhere);
        }
        let meta = fs::symlink_metadata(&path)?;
        if !meta.is_symlink() {
            return Ok((path, meta));
        }
        let left = links_left.checked_sub(1).ok_or(Trouble::LinkLoop)?;
        let target = fs::read_link(&path)?;
        let text = target.as_os_str().to_string_lossy();
        let text = text.strip_prefix("\\\\?\\").unwrap_or(&text);
        // A link without a drive begins at the folder it lies in, or at the top of its drive.
        let target = if super::is_on_a_drive(text) { PathBuf::from(text) } else { path.parent().unwrap_or(&path).join(text) };
        self.resolve(&target, left)
    }

    /// Whether a folder, or one above it, is a link to another computer.
    fn leads_elsewhere(&self, folder: &Path, links_left: u32) -> bool {
        let known = self.folders.lock().ok().and_then(|folders| folders.get(folder).copied());
        if let Some(known) = known {
            return known;
        }
        let above = folder.parent().is_some_and(|above| self.leads_elsewhere(above, links_left));
        let is_link = || fs::symlink_metadata(folder).is_ok_and(|meta| meta.is_symlink());
        // A link to nothing leads nowhere.
        let elsewhere = above || (is_link() && !matches!(self.resolve(folder, links_left), Ok(_) | Err(Trouble::Absent)));
        if let Ok(mut folders) = self.folders.lock()
            && folders.len() < MOST_KEPT
        {
            folders.insert(folder.into(), elsewhere);
        }
        elsewhere
    }

    /// A file that lies here in full, to be read.
    fn file(&self, path: &Path) -> Result<PathBuf, Trouble> {
        use std::os::windows::fs::MetadataExt as _;
        // `FILE_ATTRIBUTE_OFFLINE`, `…_RECALL_ON_OPEN` and `…_RECALL_ON_DATA_ACCESS`.
        const IN_THE_CLOUD: u32 = 0x1000 | 0x4_0000 | 0x40_0000;
        let (path, meta) = self.resolve(path, MOST_LINKS)?;
        if meta.file_attributes() & IN_THE_CLOUD != 0 {
            return Err(Trouble::Elsewhere);
        }
        if meta.is_file() { Ok(path) } else { Err(Trouble::NotAFile) }
    }
}

#[cfg(windows)]
impl Tree for LocalDrives {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
        self.open(path)?.all(limit)
    }

    fn open(&self, path: &Path) -> Result<Parts, Trouble> {
        Parts::of(fs::File::open(self.file(path)?)?)
    }

    fn list(&self, path: &Path, limit: usize) -> Result<Vec<Entry>, Trouble> {
        self.disk.list(&self.resolve(path, MOST_LINKS)?.0, limit)
    }

    fn meta(&self, path: &Path) -> Result<Meta, Trouble> {
        Ok(self.resolve(path, MOST_LINKS)?.1.into())
    }

    fn link(&self, path: &Path) -> Result<PathBuf, Trouble> {
        let path = self.on(path)?;
        if path.parent().is_some_and(|folder| self.leads_elsewhere(folder, MOST_LINKS)) { Err(Trouble::Elsewhere) } else { self.disk.link(&path) }
    }

    fn on_disk(&self, path: &Path) -> Result<PathBuf, Trouble> {
        self.file(path)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn names_are_found_without_case() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("Program Files/Acme")).unwrap();
        fs::write(dir.path().join("Program Files/Acme/Agent.exe"), "agent").unwrap();
        fs::write(dir.path().join("secret"), "outside of nothing").unwrap();
        let disk = WindowsDisk::below(dir.path());
        for path in [
            "C:\\Program Files\\Acme\\Agent.exe",
            "c:\\PROGRAM FILES\\acme/AGENT.EXE",
            "\\\\?\\C:\\program files\\acme\\agent.exe",
            "C:\\x\\..\\program files\\acme\\agent.exe",
        ] {
            let expected = if path.contains("\\x\\") { Err(Trouble::Absent) } else { Ok(b"agent".to_vec()) };
            assert_eq!(disk.read(Path::new(path), 100), expected, "{path}");
        }
        fs::write(dir.path().join("Program Files\\..\\secret"), "").unwrap();
        assert_eq!(disk.list(Path::new("C:\\"), 100).unwrap().len(), 2, "a name that looks like a path is none");
        assert_eq!(disk.open(Path::new("C:\\program files\\acme\\agent.exe")).unwrap().read(2, 2).unwrap(), b"en");
        assert_eq!(disk.meta(Path::new("D:\\x")).err(), Some(Trouble::Elsewhere));
        assert_eq!(disk.meta(Path::new("\\\\server\\share\\x")).err(), Some(Trouble::Elsewhere));
        assert_eq!(disk.read(Path::new("C:\\..\\..\\..\\SECRET"), 100).unwrap(), b"outside of nothing", "the root is never left");
        assert_eq!(disk.read(Path::new("C:\\none"), 100), Err(Trouble::Absent));
    }
}
