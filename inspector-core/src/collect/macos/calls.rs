//! What only a running Mac can tell: a trait, so that tests can answer, and refuse, where the real system would.

#[cfg(target_os = "macos")]
use std::{sync::mpsc, thread, time::Duration};

use inzage_macos::{EventTap, Process, Root};

use crate::collect::tree::Trouble;

/// One of macOS' own programs that tells something of the computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// `system_profiler -xml SPConfigurationProfileDataType -detailLevel full`: configuration profiles with their payloads.
    Profiles,
    /// `profiles status -type enrollment`: whether an organisation manages the computer.
    Enrolment,
    /// `scutil --proxy`: the proxies in use now, also those that a tunnel or the network set.
    Proxies,
    /// `scutil --dns`: the servers for names in use now.
    NameServers,
}

/// What is asked of a running Mac.
pub(crate) trait Calls: Sync {
    /// The running programs.
    fn processes(&self) -> Result<Vec<Process>, Trouble>;
    /// The programs that the window server tells of keys and of the mouse.
    fn event_taps(&self) -> Result<Vec<EventTap>, Trouble>;
    /// The numbers of the processes that take sound in.
    fn microphone_users(&self) -> Result<Vec<u32>, Trouble>;
    /// Whether a camera is on.
    fn camera_in_use(&self) -> Result<bool, Trouble>;
    /// Whether somebody looks at the screen through macOS' own sharing.
    fn screen_is_shared(&self) -> Result<bool, Trouble>;
    /// The roots that trust settings make it trust.
    fn trusted_roots(&self) -> Result<Vec<Root>, Trouble>;
    /// What one of macOS' own programs writes.
    fn ask(&self, tool: Tool) -> Result<Vec<u8>, Trouble>;
}

/// Asks, and waits no longer than some seconds: a daemon that hangs must not hold up the look.
#[cfg(target_os = "macos")]
fn within<T: Send + 'static>(ask: fn() -> Result<T, inzage_macos::Refused>) -> Result<T, Trouble> {
    let (give, take) = mpsc::channel();
    // Nobody waits any more when it took too long.
    thread::spawn(move || drop(give.send(ask())));
    Ok(take.recv_timeout(Duration::from_secs(5)).map_err(|_| Trouble::TimedOut)??)
}

/// The Mac that this program runs on.
#[cfg(target_os = "macos")]
pub(crate) struct Live;

#[cfg(target_os = "macos")]
impl Calls for Live {
    fn processes(&self) -> Result<Vec<Process>, Trouble> {
        within(inzage_macos::processes)
    }

    fn event_taps(&self) -> Result<Vec<EventTap>, Trouble> {
        within(inzage_macos::event_taps)
    }

    fn microphone_users(&self) -> Result<Vec<u32>, Trouble> {
        within(inzage_macos::microphone_users)
    }

    fn camera_in_use(&self) -> Result<bool, Trouble> {
        within(inzage_macos::camera_in_use)
    }

    fn screen_is_shared(&self) -> Result<bool, Trouble> {
        within(inzage_macos::screen_is_shared)
    }

    fn trusted_roots(&self) -> Result<Vec<Root>, Trouble> {
        within(inzage_macos::trusted_roots)
    }

    fn ask(&self, tool: Tool) -> Result<Vec<u8>, Trouble> {
        let (program, words): (_, &[&str]) = match tool {
            Tool::Profiles => ("/usr/sbin/system_profiler", &["-xml", "SPConfigurationProfileDataType", "-detailLevel", "full"]),
            Tool::Enrolment => ("/usr/bin/profiles", &["status", "-type", "enrollment"]),
            Tool::Proxies => ("/usr/sbin/scutil", &["--proxy"]),
            Tool::NameServers => ("/usr/sbin/scutil", &["--dns"]),
        };
        Ok(inzage_macos::run(program, words, Duration::from_secs(15), 16 << 20)?)
    }
}
