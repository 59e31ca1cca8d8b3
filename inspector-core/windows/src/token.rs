//! The rights of this program.

use windows::Win32::Foundation::{CloseHandle, HANDLE};
use windows::Win32::Security::{GetTokenInformation, TOKEN_ELEVATION, TOKEN_QUERY, TokenElevation};
use windows::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

/// Whether this program has administrator rights.
pub fn is_elevated() -> bool {
    let mut token = HANDLE::default();
    // SAFETY: the handle of the own process needs no closing, and `token` outlives the call.
    if unsafe { OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw mut token) }.is_err() {
        return false;
    }
    let mut elevation = TOKEN_ELEVATION::default();
    let mut length = 0;
    let size = u32::try_from(size_of::<TOKEN_ELEVATION>()).unwrap_or(0);
    // SAFETY: the buffer is as long as it is said to be, and the handle is open until it is closed here, once.
    let asked = unsafe {
        let asked = GetTokenInformation(token, TokenElevation, Some((&raw mut elevation).cast()), size, &raw mut length);
        let _ = CloseHandle(token);
        asked
    };
    asked.is_ok() && elevation.TokenIsElevated != 0
}
