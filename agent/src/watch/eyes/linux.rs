//! Folders on Linux: inotify, through `rustix`.
//!
//! `notify` asks the kernel for every opening too, and this program would be woken by each program that opens /etc/ld.so.cache; only its
//! next version can be told not to. It also reads at full speed whatever comes, and here reading waits until there is time for it.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use inzage_core::collect::Change;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, Reader, WatchFlags};
use rustix::io::Errno;

use super::{Folder, Seen, Watching};

/// The most folders that are watched.
pub(super) const MOST: usize = 4_000;

/// What the kernel is asked to tell.
const WANTED: WatchFlags = WatchFlags::CREATE
    .union(WatchFlags::DELETE)
    .union(WatchFlags::MOVED_FROM)
    .union(WatchFlags::MOVED_TO)
    .union(WatchFlags::CLOSE_WRITE)
    .union(WatchFlags::ATTRIB)
    .union(WatchFlags::DELETE_SELF)
    .union(WatchFlags::MOVE_SELF)
    .union(WatchFlags::ONLYDIR);

/// Watches folders.
pub(crate) struct Eyes {
    inotify: Arc<OwnedFd>,
    folders: HashMap<i32, Arc<Path>>,
    numbers: HashMap<Arc<Path>, i32>,
    is_waiting: Arc<AtomicBool>,
    waiter: JoinHandle<()>,
}

impl Eyes {
    /// `wake` is called from another thread when something happened, and not again before [`Eyes::open`].
    pub(crate) fn new(wake: impl Fn() + Send + 'static) -> anyhow::Result<Self> {
        let inotify = Arc::new(inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?);
        let is_waiting = Arc::new(AtomicBool::new(false));
        let (watched, waits) = (Arc::clone(&inotify), Arc::clone(&is_waiting));
        let wait = move || {
            loop {
                while !waits.load(Ordering::Acquire) {
                    thread::park();
                }
                if poll(&mut [PollFd::new(&*watched, PollFlags::IN)], None).is_ok() {
                    waits.store(false, Ordering::Release);
                    wake();
                }
            }
        };
        let waiter = thread::Builder::new().name("inzage-eyes".into()).stack_size(64 << 10).spawn(wait)?;
        Ok(Self { inotify, folders: HashMap::new(), numbers: HashMap::new(), is_waiting, waiter })
    }

    /// Wakes from now on when something happens.
    pub(crate) fn open(&self) {
        self.is_waiting.store(true, Ordering::Release);
        self.waiter.thread().unpark();
    }

    /// Watches these folders and no others.
    pub(crate) fn watch(&mut self, wanted: &[Folder]) -> Watching {
        let mut watching = Watching::default();
        let keep: std::collections::HashSet<&Path> = wanted.iter().map(|folder| &*folder.path).collect();
        let leave: Vec<_> = self.numbers.iter().filter(|(path, _)| !keep.contains(&***path)).map(|(path, number)| (Arc::clone(path), *number)).collect();
        for (path, number) in leave {
            self.numbers.remove(&path);
            self.folders.remove(&number);
            // It may be gone already.
            let _ = inotify::remove_watch(&self.inotify, number);
        }
        for folder in wanted {
            if self.numbers.contains_key(&folder.path) {
                continue;
            }
            match inotify::add_watch(&self.inotify, &*folder.path, WANTED) {
                Ok(number) => {
                    // Two names of one folder, which a mount can make, have one number.
                    if self.folders.insert(number, Arc::clone(&folder.path)).is_none() {
                        watching.new = watching.new.and(folder.concerns);
                    }
                    self.numbers.insert(Arc::clone(&folder.path), number);
                }
                Err(Errno::NOSPC | Errno::NOMEM) => watching.too_few = true,
                // A folder that this user may not list, or that went meanwhile.
                Err(_) => {}
            }
        }
        watching
    }

    /// What happened since the last time.
    pub(crate) fn take(&mut self, see: &mut dyn FnMut(Seen)) {
        let mut room = [MaybeUninit::uninit(); 8 << 10];
        let mut reader = Reader::new(&*self.inotify, &mut room);
        let mut gone = Vec::new();
        while let Ok(event) = reader.next() {
            let flags = event.events();
            if flags.contains(ReadFlags::QUEUE_OVERFLOW) {
                see(Seen::TooMuch);
                continue;
            }
            let Some(folder) = self.folders.get(&event.wd()) else { continue };
            let is_lost = flags.intersects(ReadFlags::DELETE_SELF | ReadFlags::MOVE_SELF | ReadFlags::UNMOUNT | ReadFlags::IGNORED);
            let change = if flags.intersects(ReadFlags::CLOSE_WRITE | ReadFlags::ATTRIB) { Change::Contents } else { Change::Entry };
            match event.file_name() {
                Some(name) => see(Seen::Change(folder, Some(OsStr::from_bytes(name.to_bytes())), change)),
                None if is_lost => {
                    see(Seen::Change(folder, None, Change::Entry));
                    gone.push(event.wd());
                }
                // The rights of the folder itself: the folder above tells too.
                None => {}
            }
        }
        for number in gone {
            if let Some(path) = self.folders.remove(&number) {
                self.numbers.remove(&path);
                let _ = inotify::remove_watch(&self.inotify, number);
            }
        }
    }
}
