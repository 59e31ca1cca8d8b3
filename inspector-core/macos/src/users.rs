//! Accounts.

use std::ffi::{CStr, c_char};
use std::mem::MaybeUninit;

use libc::{ERANGE, getpwuid_r, getuid, passwd, uid_t};

/// The full name of who runs this program, as System Settings shows it. Every macOS has it, and it needs no right. On a Mac that is bound to an
/// organisation's directory the system may have to ask that for an account that it does not keep itself.
///
/// To try on a Mac: compare with `id -F`.
#[cfg(target_os = "macos")]
pub fn full_name() -> Option<String> {
    // SAFETY: takes nothing and cannot fail.
    of(unsafe { getuid() }, |account| account.pw_gecos)
}

/// The short name of who runs this program. As [`full_name`]; compare with `id -un`.
#[cfg(target_os = "macos")]
pub fn user_name() -> Option<String> {
    // SAFETY: takes nothing and cannot fail.
    name_of(unsafe { getuid() })
}

/// The short name of an account.
pub(crate) fn name_of(uid: uid_t) -> Option<String> {
    of(uid, |account| account.pw_name)
}

fn of(uid: uid_t, which: impl Fn(&passwd) -> *mut c_char) -> Option<String> {
    let mut account = MaybeUninit::<passwd>::uninit();
    // The texts of one account are seldom longer than the first of these, and never than the last.
    for size in [1_024, 16_384, 262_144] {
        let mut room = vec![0; size];
        let mut found = std::ptr::null_mut();
        // SAFETY: the length goes with the buffer, and all that is pointed at outlives the call.
        let status = unsafe { getpwuid_r(uid, account.as_mut_ptr(), room.as_mut_ptr(), room.len(), &raw mut found) };
        if status == ERANGE {
            continue;
        }
        // SAFETY: it is nothing, or points at `account`, which the call has filled in.
        let text = which(unsafe { found.as_ref() }?);
        if status != 0 || text.is_null() {
            return None;
        }
        // SAFETY: the text ends in a zero and lies in `room`, which lives until the end of this round.
        let text = unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned();
        return Some(text).filter(|text| !text.is_empty());
    }
    None
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_system_says_the_same() {
        let output = std::process::Command::new("id").arg("-un").output().unwrap();
        // SAFETY: takes nothing and cannot fail.
        let own = super::name_of(unsafe { super::getuid() });
        assert_eq!(own.unwrap_or_default(), String::from_utf8_lossy(&output.stdout).trim());
        assert_eq!(super::name_of(0).as_deref(), Some("root"));
        assert_eq!(super::name_of(4_000_000_001), None);
    }
}
