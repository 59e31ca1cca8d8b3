//! The drives of this computer.

use windows::Win32::Storage::FileSystem::{GetDriveTypeW, GetLogicalDrives};

use crate::wide;

/// `DRIVE_REMOTE`: a share of another computer.
const REMOTE: u32 = 4;

/// The letters of the drives that are not shares of another computer.
pub fn local_drives() -> Vec<char> {
    // SAFETY: takes nothing and gives a number.
    let there = unsafe { GetLogicalDrives() };
    let letters = ('A'..='Z').enumerate().filter(|(number, _)| there >> number & 1 == 1).map(|(_, letter)| letter);
    letters
        .filter(|letter| {
            let root = wide(&format!("{letter}:\\"));
            // SAFETY: the text outlives the call. It reads the kind of a drive and does not touch it.
            let kind = unsafe { GetDriveTypeW(&root) };
            kind != REMOTE
        })
        .collect()
}
