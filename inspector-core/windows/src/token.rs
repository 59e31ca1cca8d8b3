//! Accounts and rights.

use windows::Win32::Foundation::{CloseHandle, HANDLE};
use windows::Win32::Security::{
    GetLengthSid, GetTokenInformation, TOKEN_ELEVATION, TOKEN_INFORMATION_CLASS, TOKEN_QUERY, TOKEN_USER, TokenElevation, TokenUser,
};
use windows::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

/// Whether this program has administrator rights.
pub fn is_elevated() -> bool {
    // SAFETY: the handle of the own process needs no closing.
    let answer = ask(unsafe { GetCurrentProcess() }, TokenElevation);
    // SAFETY: the buffer is aligned for 64 bits, and the answer to this question is this structure of one number.
    answer.is_some_and(|words| unsafe { words.as_ptr().cast::<TOKEN_ELEVATION>().read() }.TokenIsElevated != 0)
}

/// The account of this program, as bytes to compare.
pub(crate) fn user_of_this_program() -> Option<Vec<u8>> {
    // SAFETY: the handle of the own process needs no closing.
    user_of(unsafe { GetCurrentProcess() })
}

/// The account of a process, as bytes to compare.
pub(crate) fn user_of(process: HANDLE) -> Option<Vec<u8>> {
    let words = ask(process, TokenUser)?;
    // SAFETY: the buffer is aligned for 64 bits, and the answer to this question begins with this structure.
    let user = unsafe { words.as_ptr().cast::<TOKEN_USER>().read() };
    // SAFETY: the identifier lies in the same buffer, which outlives both calls, and tells its own length.
    let sid = unsafe { std::slice::from_raw_parts(user.User.Sid.0.cast::<u8>(), GetLengthSid(user.User.Sid) as usize) };
    Some(sid.to_vec())
}

/// Asks the token of a process. No answer is longer than an account's identifier with its structure.
fn ask(process: HANDLE, question: TOKEN_INFORMATION_CLASS) -> Option<[u64; 32]> {
    let mut token = HANDLE::default();
    // SAFETY: `token` outlives the call.
    unsafe { OpenProcessToken(process, TOKEN_QUERY, &raw mut token) }.ok()?;
    let mut answer = [0_u64; 32];
    let mut length = 0;
    let size = u32::try_from(size_of_val(&answer)).ok()?;
    // SAFETY: the buffer is as long as it is said to be, and the handle is open until it is closed here, once.
    let asked = unsafe {
        let asked = GetTokenInformation(token, question, Some(answer.as_mut_ptr().cast()), size, &raw mut length);
        let _ = CloseHandle(token);
        asked
    };
    asked.ok().map(|()| answer)
}
