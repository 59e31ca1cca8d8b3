//! The battery, and what this program takes of the processors.

use std::time::Duration;

use windows::Win32::Foundation::FILETIME;
use windows::Win32::System::Power::{GetSystemPowerStatus, SYSTEM_POWER_STATUS};
use windows::Win32::System::Threading::{GetCurrentProcess, GetProcessTimes, SetProcessWorkingSetSize};

/// Whether Windows saves the battery, because it is low or because somebody asked for it.
pub fn saves_battery() -> bool {
    let mut status = SYSTEM_POWER_STATUS::default();
    // SAFETY: the record outlives the call.
    unsafe { GetSystemPowerStatus(&raw mut status) }.is_ok() && status.SystemStatusFlag == 1
}

/// The time that this program has had on the processors.
pub fn time_spent() -> Duration {
    let [mut made, mut ended, mut kernel, mut user] = [FILETIME::default(); 4];
    // SAFETY: the handle of the program itself needs no closing, and the times outlive the call.
    let asked = unsafe { GetProcessTimes(GetCurrentProcess(), &raw mut made, &raw mut ended, &raw mut kernel, &raw mut user) };
    let steps = [kernel, user].map(|time| u64::from(time.dwHighDateTime) << 32 | u64::from(time.dwLowDateTime));
    if asked.is_ok() { Duration::from_nanos((steps[0] + steps[1]) * 100) } else { Duration::ZERO }
}

/// Gives back the memory that this program does not use now. What it uses later comes back by itself.
pub fn give_memory_back() {
    // SAFETY: the handle of the program itself needs no closing; these sizes mean that nothing is to be kept by force.
    let _ = unsafe { SetProcessWorkingSetSize(GetCurrentProcess(), usize::MAX, usize::MAX) };
}
