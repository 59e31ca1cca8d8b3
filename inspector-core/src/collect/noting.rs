//! What collectors ask of the computer, so that a change can be told to concern one of them.
//!
//! [`Noting`] stands between the collectors and the files. It keeps no answers, only which folders were listed and which names were asked for,
//! and by whom; names as hashes, because a computer has thousands of them and the program that stays must be small.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::hash::{Hash as _, Hasher as _};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHasher};

use super::registry::{Data, Registry};
use super::tree::{Entry, MOST_LINKS, Meta, Parts, Tree, Trouble};

/// Stands for what is looked up before any collector, and for what several share: it concerns everybody.
pub(super) const MACHINE: u32 = 63;
/// Stands for what is looked at after all collectors.
pub(super) const AFTER: u32 = 62;

thread_local! {
    /// Who asks on this thread. What comes after the collectors has threads of its own, which nobody told.
    static ASKING: Cell<u32> = const { Cell::new(AFTER) };
}

/// Runs something on behalf of a collector: a collector runs on one thread, so that whoever asks there is known.
pub(super) fn on_behalf_of<T>(who: u32, run: impl FnOnce() -> T) -> T {
    let before = ASKING.replace(who);
    let answer = run();
    ASKING.set(before);
    answer
}

/// What happened to an entry of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It came, went, or got another name.
    Entry,
    /// Its contents or its rights are others.
    Contents,
}

/// What was asked for in one folder.
#[derive(Default)]
struct Folder {
    /// Who asked for the names in it.
    listed: u64,
    /// Who asked for one name, by its hash.
    names: FxHashMap<u64, u64>,
}

/// What cannot be watched and is read once more: files of /proc and /sys.
struct Polled {
    contents: u64,
    who: u64,
}

/// A key of the registry.
struct Key {
    /// When it was last written, as Windows counts; nothing if it is not there.
    written: Option<u64>,
    who: u64,
    /// The keys in it were asked for.
    listed: bool,
}

/// Everything that was asked for. Folders are where they really lie, links followed.
#[derive(Default)]
pub(super) struct Noted {
    folders: BTreeMap<Arc<Path>, Folder>,
    polled: BTreeMap<PathBuf, Polled>,
    keys: BTreeMap<Box<str>, Key>,
}

impl Noted {
    /// Forgets what these asked for; they ask anew.
    pub(super) fn forget(&mut self, who: u64) {
        self.folders.retain(|_, folder| {
            folder.listed &= !who;
            folder.names.retain(|_, asked| {
                *asked &= !who;
                *asked != 0
            });
            folder.listed != 0 || !folder.names.is_empty()
        });
        self.polled.retain(|_, polled| {
            polled.who &= !who;
            polled.who != 0
        });
        self.keys.retain(|_, key| {
            key.who &= !who;
            key.who != 0
        });
    }

    fn name(&mut self, folder: &Arc<Path>, name: &OsStr, who: u64) {
        let asked = self.folder(folder, who).names.entry(hash_of(name)).or_default();
        *asked |= who;
    }

    /// A folder is where it is because of every folder above it.
    fn folder(&mut self, folder: &Arc<Path>, who: u64) -> &mut Folder {
        let mut at: &Path = folder;
        while let (Some(above), Some(name)) = (at.parent(), at.file_name()) {
            let asked = self.folders.entry(key_of(above)).or_default().names.entry(hash_of(name)).or_default();
            if *asked & who == who {
                break;
            }
            *asked |= who;
            at = above;
        }
        self.folders.entry(key_of(folder)).or_default()
    }

    /// Who is concerned by a change of one name in a folder; without a name by the loss of the folder.
    pub(super) fn concerned(&self, folder: &Path, name: Option<&OsStr>, change: Change) -> u64 {
        let Some(folder) = self.folders.get(&key_of(folder)) else { return 0 };
        let Some(name) = name else { return folder.names.values().fold(folder.listed, |all, who| all | who) };
        let listed = if change == Change::Entry { folder.listed } else { 0 };
        listed | folder.names.get(&hash_of(name)).copied().unwrap_or_default()
    }

    /// The folders, who is concerned by them, and how much was asked for in each.
    pub(super) fn folders(&self) -> impl Iterator<Item = (&Arc<Path>, u64, usize)> {
        let weight = |folder: &Folder| folder.names.len() + if folder.listed == 0 { 0 } else { 8 };
        self.folders.iter().map(move |(path, folder)| (path, folder.names.values().fold(folder.listed, |all, who| all | who), weight(folder)))
    }

    /// Who is concerned by a file that cannot be watched, as if one of them had asked for it.
    pub(super) fn also_poll(&mut self, tree: &dyn Tree, path: &str, who: u64) {
        let path = Path::new(path);
        self.polled.entry(path.into()).or_insert_with(|| Polled { contents: contents(&tree.read(path, MOST_POLLED)), who: 0 }).who |= who;
    }

    /// Reads what cannot be watched once more: whom it concerns that something changed.
    pub(super) fn poll(&mut self, tree: &dyn Tree) -> u64 {
        let mut concerned = 0;
        for (path, polled) in &mut self.polled {
            let contents = contents(&tree.read(path, MOST_POLLED));
            if contents != polled.contents {
                polled.contents = contents;
                concerned |= polled.who;
            }
        }
        concerned
    }

    /// Asks when keys of the registry were last written: whom it concerns that one was written since. Keys with many beside them, such as those
    /// of services, are left out unless `all` are asked for; that one of them comes or goes is told by the key that they are in.
    pub(super) fn poll_keys(&mut self, all: bool, written: fn(&str) -> Option<u64>) -> u64 {
        let listed: Vec<Box<str>> = self.keys.iter().filter(|(_, key)| key.listed).map(|(path, _)| path.clone()).collect();
        let is_one_of_many = |path: &str| path.rsplit_once('\\').is_some_and(|(above, _)| listed.binary_search_by(|one| (**one).cmp(above)).is_ok());
        let mut concerned = 0;
        for (path, key) in &mut self.keys {
            if !all && is_one_of_many(path) {
                continue;
            }
            let now = written(path);
            if now != key.written {
                key.written = now;
                concerned |= key.who;
            }
        }
        concerned
    }
}

/// The most that is read of a file that cannot be watched.
const MOST_POLLED: u64 = 1 << 20;

fn contents(answer: &Result<Vec<u8>, Trouble>) -> u64 {
    let mut hasher = FxHasher::default();
    answer.as_deref().map_err(ToString::to_string).hash(&mut hasher);
    hasher.finish()
}

/// Where names are told apart without case, so are they here.
const WITHOUT_CASE: bool = cfg!(any(windows, target_os = "macos"));

fn hash_of(name: &OsStr) -> u64 {
    let mut hasher = FxHasher::default();
    if WITHOUT_CASE {
        name.to_string_lossy().to_lowercase().hash(&mut hasher);
    } else {
        name.as_encoded_bytes().hash(&mut hasher);
    }
    hasher.finish()
}

fn key_of(folder: &Path) -> Arc<Path> {
    if WITHOUT_CASE { PathBuf::from(folder.to_string_lossy().to_lowercase()).into() } else { folder.into() }
}

/// Where a path really lies.
#[derive(Clone)]
struct Lies {
    /// The folder; nothing if it is not there.
    at: Option<Arc<Path>>,
    /// The links on the way, and the first name that is not there: each a folder and a name in it.
    through: Vec<(Arc<Path>, OsString)>,
}

#[derive(Default)]
struct State {
    noted: Noted,
    /// Folders that were already followed in this look.
    known: FxHashMap<PathBuf, Arc<Lies>>,
}

/// The files of a computer, with an account of what is asked of them.
pub(super) struct Noting<'a> {
    tree: &'a dyn Tree,
    registry: Option<&'a dyn Registry>,
    written: fn(&str) -> Option<u64>,
    state: Mutex<State>,
}

impl<'a> Noting<'a> {
    pub(super) fn new(tree: &'a dyn Tree, registry: Option<&'a dyn Registry>, written: fn(&str) -> Option<u64>, noted: Noted) -> Self {
        Self { tree, registry, written, state: Mutex::new(State { noted, known: FxHashMap::default() }) }
    }

    pub(super) fn registry(&self) -> Option<&dyn Registry> {
        self.registry.map(|_| self as &dyn Registry)
    }

    /// What was asked for.
    pub(super) fn finish(self) -> Noted {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).noted
    }

    /// Keeps account of a question about one path.
    fn asked<T>(&self, path: &Path, answer: &Result<T, Trouble>, is_list: bool) {
        // What may not be touched must not be followed either; and a path of another system means nothing here.
        if matches!(answer, Err(Trouble::Elsewhere | Trouble::Guarded | Trouble::WouldAsk)) || !path.is_absolute() || is_of_kernel(path) {
            return;
        }
        let who = 1 << ASKING.get();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if is_list {
            let lies = self.follow(&mut state.known, path, MOST_LINKS);
            state.noted.through(&lies, who);
            if let Some(at) = &lies.at {
                state.noted.folder(at, who).listed |= who;
            }
        } else {
            self.note_name(&mut state, path, who, MOST_LINKS);
        }
    }

    fn note_name(&self, state: &mut State, path: &Path, who: u64, links_left: u32) {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return };
        let lies = self.follow(&mut state.known, folder, links_left);
        state.noted.through(&lies, who);
        let Some(at) = &lies.at else { return };
        state.noted.name(at, name, who);
        // Windows has so few links to files that each file need not be asked for it.
        if cfg!(unix)
            && links_left > 0
            && let Ok(target) = self.tree.link(&at.join(name))
        {
            self.note_name(state, &at.join(target), who, links_left - 1);
        }
    }

    /// Where a folder really lies.
    fn follow(&self, known: &mut FxHashMap<PathBuf, Arc<Lies>>, folder: &Path, links_left: u32) -> Arc<Lies> {
        if let Some(lies) = known.get(folder) {
            return Arc::clone(lies);
        }
        let lies = Arc::new(self.follow_last(known, folder, links_left));
        known.insert(folder.into(), Arc::clone(&lies));
        lies
    }

    fn follow_last(&self, known: &mut FxHashMap<PathBuf, Arc<Lies>>, folder: &Path, links_left: u32) -> Lies {
        let Some(above) = folder.parent() else { return Lies { at: Some(folder.into()), through: Vec::new() } };
        let mut lies = (*self.follow(known, above, links_left)).clone();
        let Some(at) = lies.at.clone() else { return lies };
        let Some(Component::Normal(name)) = folder.components().next_back() else {
            // `..` is the folder above the one that a link led to.
            lies.at = Some(at.parent().map_or_else(|| Arc::clone(&at), Into::into));
            return lies;
        };
        let here = at.join(name);
        match self.tree.link(&here) {
            Ok(target) => {
                lies.through.push((Arc::clone(&at), name.into()));
                let Some(left) = links_left.checked_sub(1) else { return Lies { at: None, ..lies } };
                let beyond = self.follow(known, &at.join(target), left);
                lies.through.extend(beyond.through.iter().cloned());
                lies.at.clone_from(&beyond.at);
            }
            Err(Trouble::Absent) => {
                lies.through.push((at, name.into()));
                lies.at = None;
            }
            Err(_) => lies.at = Some(here.into()),
        }
        lies
    }
}

impl Noted {
    fn through(&mut self, lies: &Lies, who: u64) {
        for (folder, name) in &lies.through {
            self.name(folder, name, who);
        }
    }
}

/// Whether a path is the kernel's: it tells of no change there.
fn is_of_kernel(path: &Path) -> bool {
    cfg!(target_os = "linux") && ["/proc", "/sys", "/dev"].iter().any(|place| path.starts_with(place))
}

/// Whether a file is one of a process; those come and go, and are looked for in another way.
fn is_of_process(path: &Path) -> bool {
    path.components().nth(2).is_some_and(|part| part.as_os_str().as_encoded_bytes().first().is_some_and(u8::is_ascii_digit))
}

impl Tree for Noting<'_> {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, Trouble> {
        let answer = self.tree.read(path, limit);
        self.asked(path, &answer, false);
        if is_of_kernel(path) && !is_of_process(path) {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let polled = state.noted.polled.entry(path.into()).or_insert(Polled { contents: 0, who: 0 });
            polled.contents = contents(&answer);
            polled.who |= 1 << ASKING.get();
        }
        answer
    }

    fn open(&self, path: &Path) -> Result<Parts, Trouble> {
        let answer = self.tree.open(path);
        self.asked(path, &answer, false);
        answer
    }

    fn list(&self, path: &Path, limit: usize) -> Result<Vec<Entry>, Trouble> {
        let answer = self.tree.list(path, limit);
        self.asked(path, &answer, true);
        answer
    }

    fn meta(&self, path: &Path) -> Result<Meta, Trouble> {
        let answer = self.tree.meta(path);
        self.asked(path, &answer, false);
        answer
    }

    fn link(&self, path: &Path) -> Result<PathBuf, Trouble> {
        let answer = self.tree.link(path);
        self.asked(path, &answer, false);
        answer
    }

    fn on_disk(&self, path: &Path) -> Result<PathBuf, Trouble> {
        let answer = self.tree.on_disk(path);
        self.asked(path, &answer, false);
        // A program that keeps a database open does not close it after each change, but makes and removes these beside it.
        for ending in ["-journal", "-wal"] {
            let mut beside = path.as_os_str().to_os_string();
            beside.push(ending);
            self.asked(Path::new(&beside), &answer, false);
        }
        answer
    }
}

impl Noting<'_> {
    fn asked_key(&self, key: &str, listed: bool) {
        let who = 1 << ASKING.get();
        let key = key.to_lowercase();
        let written = (self.written)(&key);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let noted = state.noted.keys.entry(key.into()).or_insert(Key { written, who: 0, listed: false });
        noted.who |= who;
        noted.listed |= listed;
    }
}

/// What is asked before a key is read: a change while it is read is then one that comes after.
impl Registry for Noting<'_> {
    fn keys(&self, key: &str, limit: usize) -> Result<Vec<String>, Trouble> {
        self.asked_key(key, true);
        self.registry.map_or(Err(Trouble::Absent), |registry| registry.keys(key, limit))
    }

    fn values(&self, key: &str, limit: usize) -> Result<Vec<(String, Data)>, Trouble> {
        self.asked_key(key, false);
        self.registry.map_or(Err(Trouble::Absent), |registry| registry.values(key, limit))
    }

    fn is_settled(&self, key: &str) -> bool {
        self.registry.is_none_or(|registry| registry.is_settled(key))
    }
}
