//! Folders on Windows and macOS, through `notify`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use inzage_core::collect::Change;
use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Folder, Seen, Watching};

/// The most folders that are watched: on Windows each takes 16 KB, and what is left out is found by the full looks.
pub(super) const MOST: usize = if cfg!(windows) { 60 } else { 2_000 };
/// The most changes that are kept until there is time for them.
const MOST_KEPT: usize = 4_000;

#[derive(Default)]
struct Kept {
    changes: Vec<(PathBuf, Change)>,
    too_much: bool,
}

/// Watches folders.
pub(crate) struct Eyes {
    watcher: RecommendedWatcher,
    watched: HashMap<Arc<Path>, bool>,
    kept: Arc<Mutex<Kept>>,
    is_waiting: Arc<AtomicBool>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Eyes {
    /// `wake` is called from another thread when something happened, and not again before [`Eyes::open`].
    pub(crate) fn new(wake: impl Fn() + Send + Sync + 'static) -> anyhow::Result<Self> {
        let (kept, is_waiting, wake) = (Arc::<Mutex<Kept>>::default(), Arc::new(AtomicBool::new(false)), Arc::new(wake));
        let (into, waits, woken) = (Arc::clone(&kept), Arc::clone(&is_waiting), Arc::clone(&wake));
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            keep(&mut into.lock().unwrap_or_else(PoisonError::into_inner), event);
            if waits.swap(false, Ordering::AcqRel) {
                woken();
            }
        })?;
        Ok(Self { watcher, watched: HashMap::new(), kept, is_waiting, wake })
    }

    /// Wakes from now on when something happens.
    pub(crate) fn open(&self) {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let is_late = kept.too_much || !kept.changes.is_empty();
        self.is_waiting.store(!is_late, Ordering::Release);
        drop(kept);
        if is_late {
            (self.wake)();
        }
    }

    /// Watches these folders and no others.
    pub(crate) fn watch(&mut self, wanted: &[Folder]) -> Watching {
        let mut watching = Watching::default();
        self.watched.values_mut().for_each(|is_wanted| *is_wanted = false);
        // All at once: on macOS every change of the list begins anew.
        let mut paths = self.watcher.paths_mut();
        for folder in wanted {
            if let Some(is_wanted) = self.watched.get_mut(&folder.path) {
                *is_wanted = true;
            } else if paths.add(&folder.path, RecursiveMode::NonRecursive).is_ok() {
                self.watched.insert(Arc::clone(&folder.path), true);
                watching.new = watching.new.and(folder.concerns);
            }
        }
        for (path, _) in self.watched.extract_if(|_, is_wanted| !*is_wanted) {
            // It may be gone already.
            let _ = paths.remove(&path);
        }
        watching.too_few = paths.commit().is_err();
        watching
    }

    /// What happened since the last time.
    pub(crate) fn take(&mut self, see: &mut dyn FnMut(Seen)) {
        let kept = std::mem::take(&mut *self.kept.lock().unwrap_or_else(PoisonError::into_inner));
        if kept.too_much {
            see(Seen::TooMuch);
        }
        for (path, change) in &kept.changes {
            // A watched folder that is lost is told as itself.
            if *change == Change::Entry && self.watched.remove(&**path).is_some() {
                let _ = self.watcher.unwatch(path);
                see(Seen::Change(path, None, Change::Entry));
            }
            if let Some(folder) = path.parent() {
                see(Seen::Change(folder, path.file_name(), *change));
            }
        }
    }
}

fn keep(kept: &mut Kept, event: notify::Result<notify::Event>) {
    let Ok(event) = event else {
        kept.too_much = true;
        return;
    };
    let change = match event.kind {
        EventKind::Access(_) => return,
        EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)) => Change::Contents,
        // Windows says of a change no more than that.
        EventKind::Modify(ModifyKind::Any) if cfg!(windows) => Change::Contents,
        _ => Change::Entry,
    };
    if event.need_rescan() || kept.changes.len() >= MOST_KEPT {
        kept.too_much = true;
        return;
    }
    for path in event.paths {
        let one = (path, change);
        if kept.changes.last() != Some(&one) {
            kept.changes.push(one);
        }
    }
}
