//! The registry. Libraries for it lose names that are not valid text, and end a list at the first trouble without a word.

use windows::Win32::Foundation::{ERROR_MORE_DATA, ERROR_NO_MORE_ITEMS, ERROR_SUCCESS, FILETIME, WIN32_ERROR};
use windows::Win32::System::Registry::{
    HKEY, HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, KEY_READ, KEY_WOW64_64KEY, RegCloseKey, RegEnumKeyExW, RegEnumValueW, RegOpenKeyExW, RegQueryInfoKeyW,
};
use windows::core::{HRESULT, HSTRING, PWSTR};

use crate::{Refused, Value};

/// The longest name of a key, and of a value, with a zero at its end.
const LONGEST_KEY: usize = 256;
const LONGEST_VALUE: usize = 16_384;
/// The most data of one value that is read.
const MOST_DATA: usize = 1 << 20;

/// Closes a key whatever happens.
struct Key(HKEY);

impl Drop for Key {
    fn drop(&mut self) {
        // SAFETY: the key was opened by `open` and is closed nowhere else.
        let _ = unsafe { RegCloseKey(self.0) };
    }
}

fn open(of_user: bool, path: &[u16]) -> Result<Key, Refused> {
    let mut key = HKEY::default();
    let hive = if of_user { HKEY_CURRENT_USER } else { HKEY_LOCAL_MACHINE };
    // Always the 64-bit view: the other one is reached by its own name, `WOW6432Node`.
    // SAFETY: the path and `key` outlive the call.
    check(unsafe { RegOpenKeyExW(hive, &HSTRING::from_wide(path), None, KEY_READ | KEY_WOW64_64KEY, &raw mut key) })?;
    Ok(Key(key))
}

fn check(error: WIN32_ERROR) -> Result<(), Refused> {
    if error == ERROR_SUCCESS { Ok(()) } else { Err(windows::core::Error::from(HRESULT::from_win32(error.0)).into()) }
}

/// The names of the keys in a key of the machine or of the user, at most `limit`; and whether there are more.
pub fn keys(of_user: bool, path: &[u16], limit: usize) -> Result<(Vec<Vec<u16>>, bool), Refused> {
    let key = open(of_user, path)?;
    let mut names = Vec::new();
    let mut room = [0_u16; LONGEST_KEY];
    for number in 0.. {
        let mut length = u32::try_from(room.len()).unwrap_or(0);
        // SAFETY: the length goes with the buffer, and both outlive the call.
        let error = unsafe { RegEnumKeyExW(key.0, number, Some(PWSTR(room.as_mut_ptr())), &raw mut length, None, None, None, None) };
        if error == ERROR_NO_MORE_ITEMS {
            break;
        }
        check(error)?;
        if names.len() >= limit {
            return Ok((names, true));
        }
        names.push(room[..(length as usize).min(room.len())].to_vec());
    }
    Ok((names, false))
}

/// The values of a key, at most `limit`; and whether there are more.
pub fn values(of_user: bool, path: &[u16], limit: usize) -> Result<(Vec<Value>, bool), Refused> {
    let key = open(of_user, path)?;
    let mut all = Vec::new();
    let mut name = vec![0_u16; LONGEST_VALUE];
    let mut data = vec![0_u8; 4 << 10];
    let mut number = 0;
    loop {
        let (mut name_length, mut length, mut kind) = (u32::try_from(name.len()).unwrap_or(0), u32::try_from(data.len()).unwrap_or(0), 0);
        // SAFETY: the lengths go with their buffers, and all outlive the call.
        let error = unsafe {
            RegEnumValueW(
                key.0,
                number,
                Some(PWSTR(name.as_mut_ptr())),
                &raw mut name_length,
                None,
                Some(&raw mut kind),
                Some(data.as_mut_ptr()),
                Some(&raw mut length),
            )
        };
        let length = length as usize;
        if error == ERROR_NO_MORE_ITEMS {
            return Ok((all, false));
        }
        if error == ERROR_MORE_DATA && length > data.len() && length <= MOST_DATA {
            // Asked for once more with room for it.
            data.resize(length, 0);
            continue;
        }
        if all.len() >= limit {
            return Ok((all, true));
        }
        let is_read = error == ERROR_SUCCESS;
        if !is_read && error != ERROR_MORE_DATA {
            check(error)?;
        }
        // When the data is too long the name was written all the same, but its length is not told.
        let name_length = if is_read { name_length as usize } else { name.iter().position(|unit| *unit == 0).unwrap_or(0) };
        let data = is_read.then(|| data[..length.min(data.len())].to_vec());
        all.push(Value { name: name[..name_length.min(name.len())].to_vec(), kind, data });
        number += 1;
    }
}

/// When a key was last written: one of its values, or a key directly in it was made or removed. In steps of 100 nanoseconds.
pub fn written(of_user: bool, path: &[u16]) -> Result<u64, Refused> {
    let key = open(of_user, path)?;
    let mut at = FILETIME::default();
    // SAFETY: nothing but the time is asked for, and it outlives the call.
    check(unsafe { RegQueryInfoKeyW(key.0, None, None, None, None, None, None, None, None, None, None, Some(&raw mut at)) })?;
    Ok(u64::from(at.dwHighDateTime) << 32 | u64::from(at.dwLowDateTime))
}
