use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use super::*;
use crate::collect::tree::{Disk, Entry, Meta, Parts, Trouble};
use crate::collect::{Request, collect};
use crate::signature::Wanted;

/// A computer in a folder, and what is asked of it.
struct Computer {
    dir: tempfile::TempDir,
    again: Again,
}

/// A disk that counts what is read.
struct Counting {
    disk: Disk,
    read: Mutex<Vec<PathBuf>>,
}

impl Computer {
    fn new(wanted: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let computer = Self { again: Again::new(request(dir.path(), wanted), "0"), dir };
        computer.put("/etc/passwd", "anna:x:1000:1000:Anna:/home/anna:/bin/sh\n");
        computer.put("/etc/crontab", "5 4 * * * root /usr/bin/backup\n");
        computer.put("/home/anna/.config/autostart/x.desktop", "[Desktop Entry]\nExec=/opt/x\n");
        computer.put("/var/lib/dpkg/status", "Package: acct\nStatus: install ok installed\nVersion: 1\n\n");
        computer
    }

    fn at(&self, path: &str) -> PathBuf {
        self.dir.path().join(path.trim_start_matches('/'))
    }

    fn put(&self, path: &str, contents: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
        fs::write(self.at(path), contents).unwrap();
    }

    /// Looks again, and which files were read for it.
    fn look(&mut self, stale: Collectors) -> (Look, Vec<PathBuf>) {
        let tree = Counting { disk: Disk::below(self.dir.path()), read: Mutex::default() };
        let look = self.again.look_through(&tree, None, stale).unwrap();
        (look, tree.read.into_inner().unwrap())
    }

    /// Which collectors an entry that came, went or changed makes stale.
    fn stale(&self, path: &str, change: Change) -> Collectors {
        let path = Path::new(path);
        self.again.stale(path.parent().unwrap(), path.file_name(), change)
    }

    #[track_caller]
    fn check(&mut self, changed: &str, change: Change, source: Source) {
        let stale = self.stale(changed, change);
        let (look, _) = self.look(stale);
        assert!(self.again.sources(look.changed).any(|one| one == source), "{changed}");
        self.nothing_is_missed();
    }

    /// What is known after looking again at what is stale is what a whole look tells.
    #[track_caller]
    fn nothing_is_missed(&self) {
        let inventory = self.again.inventory().unwrap();
        let whole = collect(&self.again.request, "0", &|_, _| ()).unwrap();
        assert_eq!(inventory.facts, whole.facts);
        assert_eq!(inventory.coverage, whole.coverage);
        assert_eq!(inventory.names, whole.names);
    }
}

fn request(root: &Path, wanted: &[&str]) -> Request {
    let wanted = Wanted { paths: wanted.iter().map(|&path| path.into()).collect(), registry_keys: Vec::new() };
    Request { root: Some(root.into()), os: Os::Linux, user: Some("anna".into()), wanted, time: Duration::from_mins(1) }
}

impl Tree for Counting {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
        self.read.lock().unwrap().push(path.into());
        self.disk.read(path, limit)
    }
    fn open(&self, path: &Path) -> Result<Parts, Trouble> {
        self.disk.open(path)
    }
    fn list(&self, path: &Path, limit: usize) -> Result<Vec<Entry>, Trouble> {
        self.disk.list(path, limit)
    }
    fn meta(&self, path: &Path) -> Result<Meta, Trouble> {
        self.disk.meta(path)
    }
    fn link(&self, path: &Path) -> Result<PathBuf, Trouble> {
        self.disk.link(path)
    }
    fn on_disk(&self, path: &Path) -> Result<PathBuf, Trouble> {
        self.disk.on_disk(path)
    }
}

#[test]
fn only_what_is_stale_is_read_again() {
    let mut computer = Computer::new(&[]);
    let (_, read) = computer.look(Collectors::NONE);
    assert!(read.iter().any(|path| path == "/etc/crontab") && read.iter().any(|path| path == "/var/lib/dpkg/status"));
    computer.nothing_is_missed();
    let (second, read) = computer.look(Collectors::NONE);
    assert!(second.ran.is_empty() && second.changed.is_empty());
    assert!(!read.iter().any(|path| path == "/etc/crontab"), "{read:?}");
    computer.nothing_is_missed();
    let stale = computer.stale("/var/lib/dpkg/status", Change::Entry);
    let (third, read) = computer.look(stale);
    assert_eq!(third.ran, computer.again.of(&[Source::Packages]));
    assert!(third.changed.is_empty(), "nothing changed");
    assert!(read.iter().any(|path| path == "/var/lib/dpkg/status") && !read.iter().any(|path| path == "/etc/crontab"), "{read:?}");
}

#[test]
fn nothing_that_changes_is_missed() {
    let mut computer = Computer::new(&["/opt/acme/agent", "/opt/other-*/bin/tool", "~/.acme/x"]);
    computer.look(Collectors::NONE);
    // A new entry of a folder, and a changed one.
    computer.put("/home/anna/.config/autostart/y.desktop", "[Desktop Entry]\nExec=/opt/y\n");
    computer.check("/home/anna/.config/autostart/y.desktop", Change::Entry, Source::XdgAutostart);
    computer.put("/etc/crontab", "5 4 * * * root /usr/bin/other\n");
    computer.check("/etc/crontab", Change::Contents, Source::Cron);
    // What was absent, with the folders above it.
    computer.put("/opt/acme/agent", "");
    computer.check("/opt", Change::Entry, Source::SignaturePaths);
    computer.put("/opt/other-7/bin/tool", "");
    computer.check("/opt/other-7", Change::Entry, Source::SignaturePaths);
    computer.put("/home/anna/.acme/x", "");
    computer.check("/home/anna/.acme", Change::Entry, Source::SignaturePaths);
    // And a folder that goes, seen from the folder above it.
    fs::rename(computer.at("/opt/acme"), computer.at("/opt/gone")).unwrap();
    computer.check("/opt/acme", Change::Entry, Source::SignaturePaths);
}

#[test]
fn what_does_not_matter_makes_nothing_stale() {
    let mut computer = Computer::new(&["/opt/*/agent"]);
    computer.put("/opt/acme/x", "");
    computer.look(Collectors::NONE);
    assert!(computer.stale("/etc/motd", Change::Entry).is_empty());
    assert!(computer.stale("/home/anna/notes", Change::Entry).is_empty());
    assert!(computer.stale("/opt/acme/x", Change::Entry).is_empty());
    assert!(!computer.stale("/opt/new", Change::Entry).is_empty());
    assert!(computer.stale("/opt/new", Change::Contents).is_empty(), "what is in a folder that was only listed");
    assert!(!computer.stale("/opt/acme", Change::Contents).is_empty(), "the rights of a folder on the way");
}

#[test]
fn the_accounts_concern_everybody() {
    let mut computer = Computer::new(&[]);
    computer.look(Collectors::NONE);
    computer.put("/etc/passwd", "anna:x:1000:1000:Anna B:/home/anna:/bin/sh\n");
    let stale = computer.stale("/etc/passwd", Change::Contents);
    let (look, _) = computer.look(stale);
    assert_eq!(computer.again.sources(look.ran).count(), computer.again.collectors.len());
    computer.nothing_is_missed();
}

#[test]
fn links_are_followed_to_where_things_lie() {
    let mut computer = Computer::new(&["/opt/acme/agent"]);
    computer.put("/srv/acme/agent", "");
    fs::create_dir_all(computer.at("/opt")).unwrap();
    fs::remove_file(computer.at("/etc/crontab")).unwrap();
    symlink("/srv/acme", computer.at("/opt/acme")).unwrap();
    symlink("../usr/share/crontab", computer.at("/etc/crontab")).unwrap();
    computer.put("/usr/share/crontab", "5 4 * * * root /usr/bin/backup\n");
    computer.look(Collectors::NONE);
    for (path, source) in [
        ("/opt/acme", Source::SignaturePaths),
        ("/srv/acme/agent", Source::SignaturePaths),
        ("/etc/crontab", Source::Cron),
        ("/usr/share/crontab", Source::Cron),
    ] {
        assert!(computer.again.sources(computer.stale(path, Change::Entry)).any(|one| one == source), "{path}");
    }
    assert!(computer.again.folders().any(|(folder, ..)| **folder == *Path::new("/srv/acme")));
    assert!(!computer.again.folders().any(|(folder, ..)| **folder == *Path::new("/opt/acme")), "that is no folder");
    // A circle ends.
    symlink("b", computer.at("/opt/a")).unwrap();
    symlink("a", computer.at("/opt/b")).unwrap();
    computer.again = Again::new(request(computer.dir.path(), &["/opt/a/x"]), "0");
    computer.look(Collectors::NONE);
    assert!(!computer.stale("/opt/b", Change::Entry).is_empty());
}

#[test]
fn a_folder_that_is_lost_concerns_whoever_asked_in_it() {
    let mut computer = Computer::new(&[]);
    computer.look(Collectors::NONE);
    let stale = computer.again.stale(Path::new("/var/lib/dpkg"), None, Change::Entry);
    assert_eq!(computer.again.sources(stale).collect::<Vec<_>>(), [Source::Packages]);
}

#[test]
fn a_look_that_fails_is_made_whole_the_next_time() {
    let mut computer = Computer::new(&[]);
    computer.look(Collectors::NONE);
    let root = computer.dir.path().to_owned();
    let aside = root.with_extension("aside");
    fs::rename(&root, &aside).unwrap();
    assert!(computer.again.look(Collectors::NONE).is_err());
    fs::rename(&aside, &root).unwrap();
    assert!(computer.again.inventory().is_none());
    let look = computer.again.look(Collectors::NONE).unwrap();
    assert_eq!(computer.again.sources(look.ran).count(), computer.again.collectors.len());
    computer.nothing_is_missed();
}

#[test]
fn keys_are_asked_for_their_time() {
    use crate::collect::registry::testing::Memory;
    use std::sync::atomic::{AtomicU64, Ordering};
    static TIME: AtomicU64 = AtomicU64::new(1);
    fn of_service(key: &str) -> Option<u64> {
        Some(if key == "hklm\\services\\a" { TIME.load(Ordering::Relaxed) } else { 1 })
    }
    let (mut memory, disk) = (Memory::default(), Disk::here());
    for key in ["HKLM\\Services", "HKLM\\Services\\A", "HKLM\\Run"] {
        memory.key(key);
    }
    let noting = Noting::new(&disk, Some(&memory), of_service, Noted::default());
    let registry = noting.registry().unwrap();
    on_behalf_of(3, || registry.keys("HKLM\\Services", 10)).unwrap();
    on_behalf_of(3, || registry.values("HKLM\\Services\\A", 10)).unwrap();
    on_behalf_of(4, || registry.values("HKLM\\Run", 10)).unwrap();
    let mut noted = noting.finish();
    assert_eq!(noted.poll_keys(true, of_service), 0);
    TIME.store(2, Ordering::Relaxed);
    assert_eq!(noted.poll_keys(false, of_service), 0, "one of many");
    assert_eq!(noted.poll_keys(true, of_service), 1 << 3);
    assert_eq!(noted.poll_keys(true, of_service), 0);
}
