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
