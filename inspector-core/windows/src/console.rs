//! The console of a program that was not started from one.

use windows::Win32::Storage::FileSystem::{FILE_TYPE_CHAR, GetFileType};
use windows::Win32::System::Console::{AllocConsole, FreeConsole, GetConsoleProcessList, GetStdHandle, STD_OUTPUT_HANDLE};

/// Makes the console ready; gives back whether there is one that closes together with this program, so that the worker had no time to read.
///
/// From a double click Windows before 11 24H2 opens a console; later ones leave it to the program, as its manifest asks. Whose output goes
/// elsewhere needs none, and one that was opened for it is closed at once: a scan that is started by a schedule must not flash on the screen.
///
/// Only a double click comes without arguments: who starts a command from elsewhere is not there to press a key.
pub fn has_own_console() -> bool {
    let is_double_click = std::env::args_os().len() < 2;
    let mut programs = [0; 2];
    // SAFETY: the length goes with the buffer.
    let count = unsafe { GetConsoleProcessList(&mut programs) };
    // SAFETY: takes a constant; the handle belongs to the process and is not closed.
    let output = unsafe { GetStdHandle(STD_OUTPUT_HANDLE) }.ok().filter(|handle| !handle.is_invalid());
    // SAFETY: the handle is that of the standard output, which nobody has closed yet.
    let is_console = output.is_some_and(|output| unsafe { GetFileType(output) } == FILE_TYPE_CHAR);
    match (count, output.is_some()) {
        // SAFETY: takes nothing.
        (0, false) if is_double_click => unsafe { AllocConsole() }.is_ok(),
        (1, _) if is_console => is_double_click,
        (1, _) => {
            // SAFETY: takes nothing; it is the console of this program alone.
            let _ = unsafe { FreeConsole() };
            false
        }
        _ => false,
    }
}
