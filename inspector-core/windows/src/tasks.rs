//! The task scheduler.

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

/// The tasks that this user may see. There can be others: Windows leaves them out without a word.
pub fn tasks() -> Result<Vec<Task>, Refused> {
    // SAFETY: entered once here and left by `Com`.
    unsafe { CoInitializeEx(None, COINIT_MULTITHREADED) }.ok()?;
    let _com = Com;
    let mut found = Vec::new();
    let empty = VARIANT::default();
    // SAFETY: COM was entered; all values outlive the calls.
    let root = unsafe {
        let service: ITaskService = CoCreateInstance(&TaskScheduler, None, CLSCTX_INPROC_SERVER)?;
        service.Connect(&empty, &empty, &empty, &empty)?;
        service.GetFolder(&BSTR::from("\\"))?
    };
    below(&root, DEEPEST, &mut found);
    Ok(found)
}

fn below(folder: &ITaskFolder, depth: u32, found: &mut Vec<Task>) {
    // SAFETY: COM is entered while `tasks` runs; numbers of items begin with 1.
    unsafe {
        if let Ok(tasks) = folder.GetTasks(TASK_ENUM_HIDDEN.0) {
            for number in 1..=tasks.Count().unwrap_or(0) {
                let Ok(task) = tasks.get_Item(&VARIANT::from(number)) else { continue };
                let (Ok(path), Ok(xml)) = (task.Path(), task.Xml()) else { continue };
                if found.len() >= MOST {
                    return;
                }
                found.push(Task { path: path.to_string(), xml: xml.to_string(), enabled: task.Enabled().is_ok_and(|enabled| enabled.as_bool()) });
            }
        }
        if let (Ok(folders), true) = (folder.GetFolders(0), depth > 0) {
            for number in 1..=folders.Count().unwrap_or(0) {
                if let Ok(folder) = folders.get_Item(&VARIANT::from(number)) {
                    below(&folder, depth - 1, found);
                }
            }
        }
    }
}
