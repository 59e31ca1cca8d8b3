//! The task scheduler.

use std::time::{Duration, Instant};

use windows::Win32::System::Com::{CLSCTX_INPROC_SERVER, COINIT_MULTITHREADED, CoCreateInstance, CoInitializeEx, CoUninitialize};
use windows::Win32::System::TaskScheduler::{ITaskFolder, ITaskService, TASK_ENUM_HIDDEN, TaskScheduler};
use windows::Win32::System::Variant::VARIANT;
use windows::core::BSTR;

use crate::{Refused, Task};

/// The most tasks, and how deep their folders are looked into.
const MOST: usize = 20_000;
const DEEPEST: u32 = 16;

/// Leaves COM for this thread whatever happens.
struct Com;

impl Drop for Com {
    fn drop(&mut self) {
        // SAFETY: made only after COM was entered on this thread, and dropped on it.
        unsafe { CoUninitialize() };
    }
}

/// The tasks that this user may see, as far as `time` allows; and whether these were all. There can be others: Windows leaves out without a word
/// those that the user may not see.
pub fn tasks(time: Duration) -> Result<(Vec<Task>, bool), Refused> {
    let until = Instant::now() + time;
    // A thread of its own: COM is entered once for each, in one way only, and the caller's may belong to a window.
    std::thread::spawn(move || all(until)).join().unwrap_or(Err(Refused::Failed))
}

fn all(until: Instant) -> Result<(Vec<Task>, bool), Refused> {
    // SAFETY: entered once here and left by `Com`.
    unsafe { CoInitializeEx(None, COINIT_MULTITHREADED) }.ok()?;
    let _com = Com;
    let empty = VARIANT::default();
    // SAFETY: COM was entered; all values outlive the calls.
    let root = unsafe {
        let service: ITaskService = CoCreateInstance(&TaskScheduler, None, CLSCTX_INPROC_SERVER)?;
        service.Connect(&empty, &empty, &empty, &empty)?;
        service.GetFolder(&BSTR::from("\\"))?
    };
    let mut found = Vec::new();
    let is_all = below(&root, DEEPEST, until, &mut found);
    Ok((found, is_all))
}

/// Adds the tasks of a folder and of those in it; false if it had to stop.
fn below(folder: &ITaskFolder, depth: u32, until: Instant, found: &mut Vec<Task>) -> bool {
    // SAFETY: COM is entered while `all` runs; numbers of items begin with 1.
    unsafe {
        if let Ok(tasks) = folder.GetTasks(TASK_ENUM_HIDDEN.0) {
            for number in 1..=tasks.Count().unwrap_or(0) {
                if found.len() >= MOST || Instant::now() > until {
                    return false;
                }
                let Ok(task) = tasks.get_Item(&VARIANT::from(number)) else { continue };
                let (Ok(path), Ok(xml)) = (task.Path(), task.Xml()) else { continue };
                // What cannot be told is not said to be switched off.
                let enabled = task.Enabled().map_or(true, |enabled| enabled.as_bool());
                found.push(Task { path: path.to_string(), xml: xml.to_string(), enabled });
            }
        }
        let Ok(folders) = folder.GetFolders(0) else { return true };
        for number in 1..=folders.Count().unwrap_or(0) {
            let Ok(folder) = folders.get_Item(&VARIANT::from(number)) else { continue };
            if depth == 0 || !below(&folder, depth - 1, until, found) {
                return false;
            }
        }
    }
    true
}
