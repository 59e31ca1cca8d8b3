//! What only a running Windows can tell: a trait, so that tests can refuse where the real system would.

#[cfg(windows)]
use std::time::Duration;

use inzage_windows::{Process, Refused, Service, Task};

/// What is asked of a running Windows.
pub(crate) trait Calls: Sync {
    /// The running programs.
    fn processes(&self) -> Result<Vec<Process>, Refused>;
    /// Services and drivers with their state.
    fn services(&self) -> Result<Vec<Service>, Refused>;
    /// The scheduled tasks that this user may see; and whether there was time for all of them.
    fn tasks(&self) -> Result<(Vec<Task>, bool), Refused>;
    /// The catalogue file that vouches for a file, if there is one. The whole file is read for it.
    fn catalogue_of(&self, path: &str) -> Result<Option<String>, Refused>;
    /// Whether this program has administrator rights.
    fn is_elevated(&self) -> bool;
    /// A path with its long names, where it has short ones like `PROGRA~1`.
    fn long_path(&self, path: &str) -> Option<String>;
}

/// The Windows that this program runs on.
#[cfg(windows)]
pub(crate) struct Live;

#[cfg(windows)]
impl Calls for Live {
    fn processes(&self) -> Result<Vec<Process>, Refused> {
        inzage_windows::processes()
    }

    fn services(&self) -> Result<Vec<Service>, Refused> {
        inzage_windows::services()
    }

    fn tasks(&self) -> Result<(Vec<Task>, bool), Refused> {
        inzage_windows::tasks(Duration::from_secs(10))
    }

    fn catalogue_of(&self, path: &str) -> Result<Option<String>, Refused> {
        inzage_windows::catalogue_of(path)
    }

    fn is_elevated(&self) -> bool {
        inzage_windows::is_elevated()
    }

    fn long_path(&self, path: &str) -> Option<String> {
        inzage_windows::long_path(path)
    }
}
