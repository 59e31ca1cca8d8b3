//! Running programs.
//!
//! No library is used. `sysinfo` never opens a process (it has no `task_for_pid`), but whatever it is asked for it lets the kernel copy the
//! arguments and the environment of every process of this user (`KERN_PROCARGS2`), where passwords stand, and takes the path from there, which the
//! process itself can write and which can be relative. Of other users' processes it does not tell the account. `libproc` tells more and touches no
//! memory: the kernel answers from its own records.

use std::collections::HashMap;
use std::ffi::{c_char, c_int};
use std::mem::MaybeUninit;

use libc::{PROC_PIDPATHINFO_MAXSIZE, PROC_PIDT_SHORTBSDINFO, pid_t, proc_bsdshortinfo, proc_listallpids, proc_pidinfo, proc_pidpath};

use crate::{Process, Refused, users};

/// Every running program of every user. Every macOS has it (10.5 and later). No right is needed: number, file, name and account are what the kernel tells
/// everybody.
///
/// Not shown: arguments, which are not asked for; the path of the kernel itself and of a program whose file is gone; what has ended and only waits to be
/// collected. The name of an account comes from the system's directory service, which on a Mac that is bound to one can ask the
/// organisation's directory for an account that the Mac does not know.
///
/// To try on a Mac: compare with `ps -axo pid,uid,comm`, as an ordinary user; every process of root must have a path and the user `root` here.
pub fn processes() -> Result<Vec<Process>, Refused> {
    let mut names = HashMap::new();
    let mut found = Vec::new();
    for pid in numbers()? {
        let Ok(number) = u32::try_from(pid) else { continue };
        let known = short_info(pid);
        let exe = path_of(pid);
        // The kernel's own process has a name and no file. What has neither has ended since it was listed.
        let file = exe.as_deref().and_then(|path| path.rsplit('/').next()).filter(|name| !name.is_empty()).map(str::to_owned);
        let Some(name) = file.or_else(|| known.as_ref().map(|known| text(&known.pbsi_comm))).filter(|name| !name.is_empty()) else { continue };
        let uid = known.map(|known| known.pbsi_uid);
        let user = uid.and_then(|uid| names.entry(uid).or_insert_with(|| users::name_of(uid)).clone());
        found.push(Process { pid: number, name, exe, uid, user });
    }
    if found.is_empty() { Err(Refused::Failed) } else { Ok(found) }
}

/// The numbers of all running programs. Every macOS has it, and no right is needed. To try on a Mac: compare with `ps -axo pid`.
pub fn program_numbers() -> Result<Vec<u32>, Refused> {
    Ok(numbers()?.into_iter().filter_map(|pid| u32::try_from(pid).ok()).collect())
}

fn numbers() -> Result<Vec<pid_t>, Refused> {
    // SAFETY: without a buffer only the number of processes is given.
    let count = unsafe { proc_listallpids(std::ptr::null_mut(), 0) };
    // Some may start between the two calls.
    let mut numbers: Vec<pid_t> = vec![0; usize::try_from(count).map_err(|_| Refused::Failed)? + 256];
    let size = c_int::try_from(size_of_val(numbers.as_slice())).map_err(|_| Refused::Failed)?;
    // SAFETY: the size is that of the buffer, which outlives the call.
    let count = unsafe { proc_listallpids(numbers.as_mut_ptr().cast(), size) };
    numbers.truncate(usize::try_from(count).map_err(|_| Refused::Failed)?);
    Ok(numbers)
}

/// The kernel's short record of a process: the one that it gives of every user's.
fn short_info(pid: pid_t) -> Option<proc_bsdshortinfo> {
    let mut info = MaybeUninit::<proc_bsdshortinfo>::zeroed();
    let size = c_int::try_from(size_of::<proc_bsdshortinfo>()).ok()?;
    // SAFETY: the size is that of the record, which outlives the call.
    let written = unsafe { proc_pidinfo(pid, PROC_PIDT_SHORTBSDINFO, 0, info.as_mut_ptr().cast(), size) };
    // SAFETY: the kernel has written the whole record; and it is numbers only, which may be zero.
    (written == size).then(|| unsafe { info.assume_init() })
}

fn path_of(pid: pid_t) -> Option<String> {
    let size = u32::try_from(PROC_PIDPATHINFO_MAXSIZE).ok()?;
    let mut room = vec![0_u8; size as usize];
    // SAFETY: the size is that of the buffer, which outlives the call.
    let length = unsafe { proc_pidpath(pid, room.as_mut_ptr().cast(), size) };
    let path = room.get(..usize::try_from(length).ok()?).filter(|path| !path.is_empty())?;
    Some(String::from_utf8_lossy(path).into_owned())
}

/// A text that ends in a zero or where its room does.
fn text(room: &[c_char]) -> String {
    let bytes: Vec<u8> = room.iter().map(|unit| unit.to_ne_bytes()[0]).take_while(|byte| *byte != 0).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}
