//! What this program costs the computer.

use std::time::Duration;

/// Time on the processor, where the system tells it.
pub(super) struct Cost {
    last: Duration,
}

impl Cost {
    pub(super) fn begin() -> Self {
        Self { last: spent() }
    }

    /// What was spent since the last time.
    pub(super) fn since_last(&mut self) -> Duration {
        let now = spent();
        let since = now.saturating_sub(self.last);
        self.last = now;
        since
    }
}

#[cfg(unix)]
fn spent() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

#[cfg(windows)]
fn spent() -> Duration {
    inzage_windows::time_spent()
}

/// Makes the memory of this program small at the cost of some speed. Call it before there are threads.
pub(crate) fn keep_memory_together() {
    #[cfg(target_os = "linux")]
    inzage_linux::keep_memory_together();
}

/// Gives back the memory that a look took and waiting does not.
#[cfg(target_os = "linux")]
pub(super) fn give_memory_back() {
    inzage_linux::give_memory_back();
}

#[cfg(windows)]
pub(super) fn give_memory_back() {
    inzage_windows::give_memory_back();
}

/// macOS has no such call: it takes by itself what is not used.
#[cfg(not(any(target_os = "linux", windows)))]
pub(super) const fn give_memory_back() {}
