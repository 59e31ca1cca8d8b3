//! Running programs.

use std::collections::HashMap;

use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System, UpdateKind};
use windows::Wdk::System::SystemInformation::{NtQuerySystemInformation, SYSTEM_INFORMATION_CLASS};
use windows::Win32::Foundation::UNICODE_STRING;
use windows::Win32::Storage::FileSystem::QueryDosDeviceW;
use windows::core::PWSTR;

use crate::{Process, Refused, succeeded, wide};

/// Every running program.
pub fn processes() -> Result<Vec<Process>, Refused> {
    // Only what is needed: memory, disk and times of every program would take many times as long.
    let wanted = ProcessRefreshKind::nothing().with_exe(UpdateKind::Always).with_user(UpdateKind::Always);
    let mut system = System::new().map_err(|_| Refused::Failed)?;
    system.refresh_processes_specifics(ProcessesToUpdate::All, false, wanted);
    let own = system.process(Pid::from_u32(std::process::id())).and_then(sysinfo::Process::user_id).cloned();
    if system.processes().is_empty() {
        return Err(Refused::Failed);
    }
    let drives = drives();
    let mut found: Vec<_> = system
        .processes()
        .iter()
        .map(|(pid, process)| {
            let shown = process.exe().filter(|exe| exe.is_absolute()).map(|exe| exe.to_string_lossy().into_owned());
            Process {
                pid: pid.as_u32(),
                name: process.name().to_string_lossy().into_owned(),
                exe: shown.or_else(|| on_a_drive(&image_of(pid.as_u32())?, &drives)),
                own: own.as_ref().and_then(|own| Some(process.user_id()? == own)),
            }
        })
        .collect();
    found.sort_by_key(|process| process.pid);
    Ok(found)
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
    let mut room = vec![0_u16; 0x4000];
    let length = u16::try_from(room.len() * 2 - 2).ok()?;
    let image = UNICODE_STRING { Length: 0, MaximumLength: length, Buffer: PWSTR(room.as_mut_ptr()) };
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
