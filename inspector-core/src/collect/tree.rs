//! The files of a computer, relative to a root folder.
//!
//! Every collector reads through [`Tree`], so that a folder laid out like another computer can be examined, and so that tests can take
//! rights away in the same place where the real system would.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Why something could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// It does not exist.
    #[error("it does not exist")]
    Absent,
    /// This user may not read it.
    #[error("permission denied")]
    Denied,
    /// Something else lies where a file or folder was expected: a device, a pipe, a folder.
    #[error("not a regular file or folder")]
    NotAFile,
    /// It is larger than what the caller reads.
    #[error("larger than {0} bytes")]
    TooLarge(u64),
    /// Links go round in a circle.
    #[error("too many links")]
    LinkLoop,
    /// There are more entries than what is ever looked at.
    #[error("too many entries")]
    TooMany,
    /// The time for the scan was over.
    #[error("out of time")]
    TimedOut,
    /// It lies on another computer, which is not asked: that would be the network.
    #[error("it is on another computer or drive")]
    Elsewhere,
    /// macOS shows it only to programs with full disk access.
    #[error("only programs with full disk access may read it")]
    Guarded,
    /// macOS would ask the worker whether this program may look there.
    #[error("the system would ask whether this program may look there")]
    WouldAsk,
    /// It is not in the form that it should have.
    #[error("it cannot be understood")]
    Malformed,
    /// Reading failed for another reason.
    #[error("reading failed")]
    Failed,
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Absent,
            // What the rights of the file allow, and macOS does not.
            #[cfg(target_os = "macos")]
            io::ErrorKind::PermissionDenied if error.raw_os_error() == Some(libc::EPERM) => Self::Guarded,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::IsADirectory | io::ErrorKind::InvalidInput => Self::NotAFile,
            #[cfg(unix)]
            _ if error.raw_os_error() == Some(libc::ELOOP) => Self::LinkLoop,
            // A process that ended between listing and reading.
            #[cfg(unix)]
            _ if error.raw_os_error() == Some(libc::ESRCH) => Self::Absent,
            _ => Self::Failed,
        }
    }
}

impl From<inzage_windows::Refused> for Trouble {
    fn from(refused: inzage_windows::Refused) -> Self {
        match refused {
            inzage_windows::Refused::Denied => Self::Denied,
            inzage_windows::Refused::Absent => Self::Absent,
            inzage_windows::Refused::Failed => Self::Failed,
        }
    }
}

impl From<inzage_macos::Refused> for Trouble {
    fn from(refused: inzage_macos::Refused) -> Self {
        match refused {
            inzage_macos::Refused::Denied => Self::Denied,
            inzage_macos::Refused::Absent => Self::Absent,
            inzage_macos::Refused::Failed => Self::Failed,
        }
    }
}

/// What kind of thing a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A device, pipe or socket.
    Other,
}

impl From<fs::FileType> for What {
    fn from(kind: fs::FileType) -> Self {
        if kind.is_file() {
            Self::File
        } else if kind.is_dir() {
            Self::Folder
        } else if kind.is_symlink() {
            Self::Link
        } else {
            Self::Other
        }
    }
}

/// One entry of a folder.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub name: OsString,
    /// What it is; links are not followed.
    pub what: What,
}

/// What is known of a file without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meta {
    /// What it is.
    pub what: What,
    /// Length in bytes.
    pub length: u64,
    /// Whether it may be started as a program; unknown where the system has no such mark.
    pub executable: Option<bool>,
    /// Last change, in seconds since 1970.
    pub modified: Option<i64>,
}

impl From<fs::Metadata> for Meta {
    fn from(meta: fs::Metadata) -> Self {
        let modified = meta.modified().ok().and_then(|at| i64::try_from(at.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok());
        Self { what: meta.file_type().into(), length: meta.len(), executable: executable(&meta), modified }
    }
}

/// An open file of which only parts are read.
pub struct Parts {
    file: File,
    /// Its length in bytes.
    pub length: u64,
}

impl Parts {
    pub(super) fn of(file: File) -> Result<Self, Trouble> {
        let meta = file.metadata()?;
        ensure_small_file(&meta, u64::MAX)?;
        Ok(Self { file, length: meta.len() })
    }

    /// The whole file, if it has at most `limit` bytes.
    pub(super) fn all(mut self, limit: u64) -> Result<Vec<u8>, Trouble> {
        if self.length > limit {
            return Err(Trouble::TooLarge(limit));
        }
        // A file of /proc has no length, and any file may grow: never more than the limit.
        let mut bytes = Vec::with_capacity(usize::try_from(self.length).unwrap_or(0).saturating_add(1).max(USUAL_LENGTH));
        let read = self.file.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if read as u64 > limit { Err(Trouble::TooLarge(limit)) } else { Ok(bytes) }
    }

    /// `length` bytes from an offset; fewer where the file ends before.
    pub fn read(&mut self, offset: u64, length: usize) -> Result<Vec<u8>, Trouble> {
        self.file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        self.file.by_ref().take(length as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// The files of a computer. Paths are those of that computer, absolute.
pub trait Tree: Sync {
    /// The contents of a regular file of at most `limit` bytes.
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Trouble>;
    /// Opens a regular file of which only parts are read.
    fn open(&self, path: &Path) -> Result<Parts, Trouble>;
    /// The entries of a folder, sorted by name, at most `limit`.
    fn list(&self, path: &Path, limit: usize) -> Result<Vec<Entry>, Trouble>;
    /// What lies at a path, links followed.
    fn meta(&self, path: &Path) -> Result<Meta, Trouble>;
    /// Where a link points.
    fn link(&self, path: &Path) -> Result<PathBuf, Trouble>;
    /// Where a file of this tree lies on the disk of the running computer, for a reader that cannot work on bytes (SQLite).
    fn on_disk(&self, path: &Path) -> Result<PathBuf, Trouble>;
}

/// The real disk, seen from a root folder.
pub struct Disk {
    /// Nothing for the computer itself.
    root: Option<PathBuf>,
}

/// How many links are followed before it counts as a circle; the kernel's own limit.
pub(super) const MOST_LINKS: u32 = 40;
/// The room for a file whose length is not known: most files of /proc fit, and are read at once.
const USUAL_LENGTH: usize = 4_096;
/// The longest path that the kernel takes. A file may name a longer one, and walking along its parts would take time without end.
const LONGEST_PATH: usize = 4_096;

impl Disk {
    /// This computer.
    pub const fn here() -> Self {
        Self { root: None }
    }

    /// A folder that is laid out like a computer.
    pub fn below(root: &Path) -> Self {
        Self { root: Some(root.to_path_buf()) }
    }

    /// The path on the running computer. Below a root, links are resolved by hand: an absolute link means a place below the root, and
    /// `..` never leaves it.
    fn resolve<'a>(&self, path: &'a Path, follow_last: bool) -> Result<Cow<'a, Path>, Trouble> {
        let Some(root) = &self.root else { return Ok(Cow::Borrowed(path)) };
        let is_too_long = |path: &Path| path.as_os_str().len() >= LONGEST_PATH;
        let mut left = MOST_LINKS;
        let mut done = PathBuf::new();
        let mut todo: Vec<OsString> = if is_too_long(path) { return Err(Trouble::Failed) } else { parts(path) };
        while let Some(part) = todo.pop() {
            if part == ".." {
                done.pop();
                continue;
            }
            let here = root.join(&done).join(&part);
            if is_too_long(&here) {
                return Err(Trouble::Failed);
            }
            let is_link = (follow_last || !todo.is_empty()) && here.symlink_metadata().is_ok_and(|meta| meta.file_type().is_symlink());
            if !is_link {
                done.push(part);
                continue;
            }
            left = left.checked_sub(1).ok_or(Trouble::LinkLoop)?;
            let target = fs::read_link(&here)?;
            if target.is_absolute() {
                done = PathBuf::new();
            }
            todo.extend(parts(&target));
        }
        Ok(Cow::Owned(root.join(done)))
    }
}

/// The names in a path, last first.
pub(super) fn parts(path: &Path) -> Vec<OsString> {
    let named = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_os_string()),
        Component::ParentDir => Some("..".into()),
        _ => None,
    });
    let mut all: Vec<_> = named.collect();
    all.reverse();
    all
}

/// Opens for reading without waiting for the other side of a pipe and without taking a terminal.
fn open_carefully(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    options.open(path)
}

impl Tree for Disk {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
        let path = self.resolve(path, true)?;
        // Opening a device can do something, so it is looked at before; and once more after, because it may have been exchanged.
        if self.root.is_some() || !path.starts_with("/proc") {
            ensure_small_file(&fs::metadata(&path)?, limit)?;
        }
        Parts::of(open_carefully(&path)?)?.all(limit)
    }

    fn open(&self, path: &Path) -> Result<Parts, Trouble> {
        let path = self.resolve(path, true)?;
        ensure_small_file(&fs::metadata(&path)?, u64::MAX)?;
        Parts::of(open_carefully(&path)?)
    }

    fn list(&self, path: &Path, limit: usize) -> Result<Vec<Entry>, Trouble> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(self.resolve(path, true)?)? {
            if entries.len() >= limit {
                return Err(Trouble::TooMany);
            }
            let entry = entry?;
            entries.push(Entry { name: entry.file_name(), what: entry.file_type()?.into() });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn meta(&self, path: &Path) -> Result<Meta, Trouble> {
        Ok(fs::metadata(self.resolve(path, true)?)?.into())
    }

    fn link(&self, path: &Path) -> Result<PathBuf, Trouble> {
        Ok(fs::read_link(self.resolve(path, false)?)?)
    }

    fn on_disk(&self, path: &Path) -> Result<PathBuf, Trouble> {
        let path = self.resolve(path, true)?;
        if fs::metadata(&path)?.is_file() { Ok(path.into_owned()) } else { Err(Trouble::NotAFile) }
    }
}

#[cfg(unix)]
fn executable(meta: &fs::Metadata) -> Option<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn executable(_: &fs::Metadata) -> Option<bool> {
    None
}

fn ensure_small_file(meta: &fs::Metadata, limit: u64) -> Result<(), Trouble> {
    if !meta.is_file() {
        return Err(Trouble::NotAFile);
    }
    if meta.len() > limit { Err(Trouble::TooLarge(limit)) } else { Ok(()) }
}

/// A tree from which a test takes rights away. It stands between the collector and a real folder, where the real system would refuse.
#[cfg(test)]
pub(crate) struct Denying<'a> {
    pub(crate) disk: Box<dyn Tree + 'a>,
    pub(crate) denied: Vec<PathBuf>,
    /// What may not even be looked at, though the folder above names it, as Windows can have it.
    pub(crate) closed: Vec<PathBuf>,
}

#[cfg(test)]
impl Denying<'_> {
    fn ask(&self, path: &Path) -> Result<&dyn Tree, Trouble> {
        // Paths of Windows are told apart by text: this system may not know their separators.
        let within = |denied: &Path| {
            path.starts_with(denied)
                || path.to_str().zip(denied.to_str()).is_some_and(|(path, denied)| denied.contains('\\') && path.replace('/', "\\").starts_with(denied))
        };
        if self.denied.iter().any(|denied| within(denied)) { Err(Trouble::Denied) } else { Ok(&*self.disk) }
    }
}

#[cfg(test)]
impl Tree for Denying<'_> {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
        self.ask(path)?.read(path, limit)
    }
    fn open(&self, path: &Path) -> Result<Parts, Trouble> {
        self.ask(path)?.open(path)
    }
    fn list(&self, path: &Path, limit: usize) -> Result<Vec<Entry>, Trouble> {
        self.ask(path)?.list(path, limit)
    }
    fn meta(&self, path: &Path) -> Result<Meta, Trouble> {
        if self.closed.iter().any(|closed| closed == path) {
            return Err(Trouble::Denied);
        }
        // As on a real disk: what lies in a closed folder cannot be seen, the folder itself can.
        let parent = path.to_str().and_then(|path| path.rsplit_once('\\')).map_or_else(|| path.parent().unwrap_or(path), |(parent, _)| Path::new(parent));
        self.ask(parent)?.meta(path)
    }
    fn link(&self, path: &Path) -> Result<PathBuf, Trouble> {
        self.ask(path)?.link(path)
    }
    fn on_disk(&self, path: &Path) -> Result<PathBuf, Trouble> {
        self.ask(path)?.on_disk(path)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_stay_below_the_root() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::create_dir_all(root.join("usr/lib")).unwrap();
        fs::create_dir_all(root.join("etc")).unwrap();
        fs::write(root.join("usr/lib/os-release"), "inside").unwrap();
        symlink("/usr/lib/os-release", root.join("etc/absolute")).unwrap();
        symlink("../../../../usr/lib/os-release", root.join("etc/climbing")).unwrap();
        symlink("circle-b", root.join("etc/circle-a")).unwrap();
        symlink("circle-a", root.join("etc/circle-b")).unwrap();
        symlink("/usr/lib", root.join("lib")).unwrap();
        let tree = Disk::below(root);
        for path in ["/etc/absolute", "/etc/climbing", "/lib/os-release", "/../usr/lib/os-release"] {
            assert_eq!(tree.read(Path::new(path), 100).unwrap(), b"inside", "{path}");
        }
        assert_eq!(tree.read(Path::new("/etc/circle-a"), 100), Err(Trouble::LinkLoop));
        assert_eq!(tree.read(Path::new("/etc/none"), 100), Err(Trouble::Absent));
        assert_eq!(tree.read(Path::new("/etc/absolute"), 3), Err(Trouble::TooLarge(3)));
        assert_eq!(tree.read(Path::new("/etc"), 3), Err(Trouble::NotAFile));
        assert_eq!(tree.list(Path::new("/etc"), 2).err(), Some(Trouble::TooMany));
    }
}
