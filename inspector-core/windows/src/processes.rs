//! Running programs.
//!
//! No library is used: they open every process with the right to read its memory, which this program never does, and which security
//! programs take for the theft of passwords.

use std::collections::HashMap;

use windows::Wdk::System::SystemInformation::{NtQuerySystemInformation, SYSTEM_INFORMATION_CLASS};
use windows::Win32::Foundation::{CloseHandle, HANDLE, UNICODE_STRING};
use windows::Win32::Storage::FileSystem::QueryDosDeviceW;
use windows::Win32::System::Diagnostics::ToolHelp::{CreateToolhelp32Snapshot, PROCESSENTRY32W, Process32FirstW, Process32NextW, TH32CS_SNAPPROCESS};
use windows::Win32::System::Threading::{OpenProcess, PROCESS_NAME_WIN32, PROCESS_QUERY_LIMITED_INFORMATION, QueryFullProcessImageNameW};
use windows::core::PWSTR;

use crate::{Process, Refused, succeeded, token, wide};

/// The longest path that Windows knows, in 16-bit units.
const LONGEST_PATH: u16 = 32_767;

/// Closes a handle whatever happens.
struct Handle(HANDLE);

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: the handle was opened by the one who made this, and is closed nowhere else.
        let _ = unsafe { CloseHandle(self.0) };
    }
}

/// Every running program.
pub fn processes() -> Result<Vec<Process>, Refused> {
    let drives = drives();
    let own = token::user_of_this_program();
    let mut found = Vec::new();
    each(|entry| {
        let pid = entry.th32ProcessID;
        // What has ended and is only held by another program has no threads. The first two numbers are the kernel's.
        if entry.cntThreads == 0 || pid == 0 {
            return;
        }
        let end = entry.szExeFile.iter().position(|unit| *unit == 0).unwrap_or(entry.szExeFile.len());
        // The least right there is: it tells the file and the account, and opens no memory.
        // SAFETY: takes a number; the handle is closed by its guard.
        let opened = unsafe { OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, false, pid) }.ok().map(Handle);
        let exe = opened.as_ref().and_then(|process| path_of(process.0)).or_else(|| on_a_drive(&image_of(pid)?, &drives));
        let user = opened.as_ref().and_then(|process| token::user_of(process.0));
        found.push(Process { pid, name: String::from_utf16_lossy(&entry.szExeFile[..end]), exe, own: own.as_ref().and_then(|own| Some(user? == *own)) });
    })?;
    Ok(found)
}

/// Numbers and names of the running programs. Nothing is opened for it, so it takes little time.
pub fn program_names() -> Result<Vec<(u32, String)>, Refused> {
    let mut found = Vec::new();
    each(|entry| {
        let end = entry.szExeFile.iter().position(|unit| *unit == 0).unwrap_or(entry.szExeFile.len());
        found.push((entry.th32ProcessID, String::from_utf16_lossy(&entry.szExeFile[..end])));
    })?;
    Ok(found)
}

fn each(mut give: impl FnMut(&PROCESSENTRY32W)) -> Result<(), Refused> {
    // SAFETY: takes numbers; the handle is closed by its guard.
    let snapshot = Handle(unsafe { CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0) }?);
    let mut entry = PROCESSENTRY32W { dwSize: u32::try_from(size_of::<PROCESSENTRY32W>()).unwrap_or(0), ..PROCESSENTRY32W::default() };
    // SAFETY: the entry says how long it is and outlives the calls.
    unsafe { Process32FirstW(snapshot.0, &raw mut entry) }?;
    loop {
        give(&entry);
        // SAFETY: as above. It fails when there is no further one.
        if unsafe { Process32NextW(snapshot.0, &raw mut entry) }.is_err() {
            return Ok(());
        }
    }
}

/// The file of a process that could be opened.
fn path_of(process: HANDLE) -> Option<String> {
    let mut room = vec![0_u16; LONGEST_PATH.into()];
    let mut length = u32::from(LONGEST_PATH);
    // SAFETY: the length goes with the buffer, which outlives the call; the handle is open.
    unsafe { QueryFullProcessImageNameW(process, PROCESS_NAME_WIN32, PWSTR(room.as_mut_ptr()), &raw mut length) }.ok()?;
    let path = room.get(..length as usize).filter(|path| !path.is_empty())?;
    Some(String::from_utf16_lossy(path))
}

/// What the kernel is asked for, and writes its answer into.
#[repr(C)]
struct ImageOfProcess {
    pid: usize,
    image: UNICODE_STRING,
}

/// `SystemProcessIdInformation` of the kernel's headers: the file of a process by its number, without opening the process, which a user may
/// not do with programs of the system. It is not in the documented list, so that no answer is nothing to worry about.
const IMAGE_OF_PROCESS: SYSTEM_INFORMATION_CLASS = SYSTEM_INFORMATION_CLASS(0x58);

/// The file of a process as the kernel names it: `\Device\HarddiskVolume3\Windows\…`.
fn image_of(pid: u32) -> Option<String> {
    let mut room = vec![0_u16; LONGEST_PATH.into()];
    let image = UNICODE_STRING { Length: 0, MaximumLength: 2 * (LONGEST_PATH - 1), Buffer: PWSTR(room.as_mut_ptr()) };
    let mut asked = ImageOfProcess { pid: pid as usize, image };
    let size = u32::try_from(size_of::<ImageOfProcess>()).ok()?;
    // SAFETY: the kernel writes at most `MaximumLength` bytes into `room`, which outlives the call.
    let status = unsafe { NtQuerySystemInformation(IMAGE_OF_PROCESS, (&raw mut asked).cast(), size, std::ptr::null_mut()) };
    let written = usize::from(asked.image.Length) / 2;
    (succeeded(status) && written > 0).then(|| String::from_utf16_lossy(&room[..written.min(room.len())]))
}

/// The drives by what the kernel calls them, in lower case.
fn drives() -> HashMap<String, String> {
    let mut drives = HashMap::new();
    for letter in 'A'..='Z' {
        let drive = format!("{letter}:");
        let mut target = [0_u16; 1_024];
        // SAFETY: the buffer's length goes with it, and the name outlives the call.
        let length = unsafe { QueryDosDeviceW(&wide(&drive), Some(&mut target)) } as usize;
        let end = target.iter().take(length).position(|unit| *unit == 0).unwrap_or(0);
        if end > 0 {
            drives.insert(String::from_utf16_lossy(&target[..end]).to_lowercase(), drive);
        }
    }
    drives
}

/// The path on a drive that a path of the kernel means.
fn on_a_drive(path: &str, drives: &HashMap<String, String>) -> Option<String> {
    // `\Device\HarddiskVolume3` and the rest.
    let end = path.match_indices('\\').nth(2)?.0;
    let drive = drives.get(&path[..end].to_lowercase())?;
    Some(format!("{drive}{}", &path[end..]))
}
