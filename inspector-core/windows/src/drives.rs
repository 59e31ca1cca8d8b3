//! The drives of this computer.

use windows::Win32::Storage::FileSystem::{GetDriveTypeW, GetLogicalDrives, GetLongPathNameW};
use windows::Win32::System::Diagnostics::Debug::{SEM_FAILCRITICALERRORS, SEM_NOOPENFILEERRORBOX, SetErrorMode};

use crate::wide;

/// `DRIVE_FIXED` and `DRIVE_RAMDISK`.
const OWN: [u32; 2] = [3, 6];

/// The letters of the drives that are a part of this computer: no share of another one, and nothing that would have to be put in or woken up.
pub fn local_drives() -> Vec<char> {
    // SAFETY: takes nothing and gives a number.
    let there = unsafe { GetLogicalDrives() };
    let letters = ('A'..='Z').enumerate().filter(|(number, _)| there >> number & 1 == 1).map(|(_, letter)| letter);
    letters
        .filter(|letter| {
            let root = wide(&format!("{letter}:\\"));
            // SAFETY: the text outlives the call. It reads the kind of a drive and does not touch it.
            let kind = unsafe { GetDriveTypeW(&root) };
            OWN.contains(&kind)
        })
        .collect()
}

/// The path with its long names, where it has short ones like `PROGRA~1`.
pub fn long_path(path: &str) -> Option<String> {
    let mut room = vec![0_u16; 32_767];
    // SAFETY: the buffer's length goes with it, and the text outlives the call.
    let length = unsafe { GetLongPathNameW(&wide(path), Some(&mut room)) } as usize;
    room.get(..length).filter(|path| !path.is_empty()).map(String::from_utf16_lossy)
}

/// Never a window of the system that asks for a disk: a drive without one is an answer.
pub fn ask_for_no_disk() {
    // SAFETY: takes numbers.
    unsafe { SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX) };
}
