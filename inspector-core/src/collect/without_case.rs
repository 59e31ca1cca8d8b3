//! Names without case: the disks of Windows and macOS make no difference of it, the system that this program runs on may.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::tree::{Disk, Tree as _, Trouble};

/// The most folders whose names are kept; the paths of signatures share a few hundred.
const MOST_KEPT: usize = 2_000;
/// The most names of one folder.
const MOST_NAMES: usize = 200_000;

/// The names in a folder by their lower case.
type Names = Arc<HashMap<String, OsString>>;

/// A folder laid out like another computer, in which names are found without case.
pub(super) struct WithoutCase {
    pub(super) disk: Disk,
    folders: Mutex<HashMap<PathBuf, Names>>,
}

impl WithoutCase {
    pub(super) fn below(root: &Path) -> Self {
        Self { disk: Disk::below(root), folders: Mutex::default() }
    }

    /// The place below the root that a path means, given by its names.
    pub(super) fn resolve<'a>(&self, parts: impl Iterator<Item = &'a str>) -> Result<PathBuf, Trouble> {
        let parts: Vec<_> = parts.filter(|part| !part.is_empty() && *part != ".").collect();
        // Most paths come from the names that the folders have, and need no looking for.
        let whole = Path::new("/").join(parts.iter().collect::<PathBuf>());
        if !parts.contains(&"..") && self.disk.meta(&whole) != Err(Trouble::Absent) {
            return Ok(whole);
        }
        let mut real = PathBuf::from("/");
        for part in parts {
            if part == ".." {
                real.pop();
                continue;
            }
            let exact = real.join(part);
            // A folder of this program's own system may differ by case alone; the very name comes first.
            real = match self.disk.meta(&exact) {
                Err(Trouble::Absent) => real.join(self.names(&real)?.get(&part.to_lowercase()).ok_or(Trouble::Absent)?),
                _ => exact,
            };
        }
        Ok(real)
    }

    fn names(&self, folder: &Path) -> Result<Names, Trouble> {
        let kept = self.folders.lock().ok().and_then(|folders| folders.get(folder).cloned());
        if let Some(names) = kept {
            return Ok(names);
        }
        let entries = self.disk.list(folder, MOST_NAMES)?;
        let names: Names = Arc::new(entries.into_iter().filter_map(|entry| Some((entry.name.to_str()?.to_lowercase(), entry.name))).collect());
        if let Ok(mut folders) = self.folders.lock()
            && folders.len() < MOST_KEPT
        {
            folders.insert(folder.into(), Arc::clone(&names));
        }
        Ok(names)
    }
}
