//! Being told of changes in folders.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod others;

use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use inzage_core::collect::{Again, Change, Collectors};

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(not(target_os = "linux"))]
use others as system;

pub(super) use system::Eyes;

/// A folder to be watched.
pub(super) struct Folder {
    path: Arc<Path>,
    /// Whom a change in it may concern.
    concerns: Collectors,
}

/// What came of watching folders.
#[derive(Default)]
pub(super) struct Watching {
    /// Whom the folders concern that were not watched before: what changed in them until now was not told.
    pub(super) new: Collectors,
    /// Not all of them could be watched.
    pub(super) too_few: bool,
}

/// What happened.
pub(super) enum Seen<'a> {
    /// An entry of a folder changed; without a name the folder itself is lost.
    Change(&'a Path, Option<&'a OsStr>, Change),
    /// More than anybody kept account of.
    TooMuch,
}

/// The folders to be watched; when there are too many, those in which most was asked for. And whether there were too many.
pub(super) fn folders(again: &Again) -> (Vec<Folder>, bool) {
    let mut all: Vec<_> = again.folders().map(|(path, concerns, weight)| (weight, Folder { path: Arc::clone(path), concerns })).collect();
    let are_too_many = all.len() > system::MOST;
    if are_too_many {
        all.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        all.truncate(system::MOST);
    }
    (all.into_iter().map(|(_, folder)| folder).collect(), are_too_many)
}
