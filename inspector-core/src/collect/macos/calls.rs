//! What only a running Mac can tell: a trait, so that tests can answer, and refuse, where the real system would.

use crate::collect::tree::Trouble;

/// One of macOS' own programs that tells something of the computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// `system_profiler -xml SPConfigurationProfileDataType`: configuration profiles with their payloads.
    Profiles,
    /// `profiles status -type enrollment`: whether an organisation manages the computer.
    Enrolment,
}

/// What is asked of a running Mac.
pub(crate) trait Calls: Sync {
    /// What one of macOS' own programs writes.
    fn ask(&self, tool: Tool) -> Result<Vec<u8>, Trouble>;
}
