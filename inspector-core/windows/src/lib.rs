//! The few calls to a running Windows that have no safe library: the service manager, the task scheduler, catalogues of signatures, and the
//! files of programs that this user may not open. Every function only asks; none changes anything.
//!
//! On other systems there are the answers' types only.

#[cfg(windows)]
mod catalogue;
#[cfg(windows)]
mod console;
#[cfg(windows)]
mod drives;
#[cfg(windows)]
mod power;
#[cfg(windows)]
mod processes;
#[cfg(windows)]
mod registry;
#[cfg(windows)]
mod services;
#[cfg(windows)]
mod tasks;
#[cfg(windows)]
mod token;

#[cfg(windows)]
pub use catalogue::catalogue_of;
#[cfg(windows)]
pub use console::has_own_console;
#[cfg(windows)]
pub use drives::{ask_for_no_disk, local_drives, long_path};
#[cfg(windows)]
pub use power::{give_memory_back, saves_battery, time_spent};
#[cfg(windows)]
pub use processes::{processes, program_names};
#[cfg(windows)]
pub use registry::{keys, values, written};
#[cfg(windows)]
pub use services::services;
#[cfg(windows)]
pub use tasks::tasks;
#[cfg(windows)]
pub use token::is_elevated;

#[cfg(windows)]
use windows::Win32::Foundation::{ERROR_ACCESS_DENIED, ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND};
#[cfg(windows)]
use windows::core::{HRESULT, HSTRING, PWSTR};

/// A running program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Process {
    /// Process number.
    pub pid: u32,
    /// The name of its file.
    pub name: String,
    /// The path of its file, where Windows shows it.
    pub exe: Option<String>,
    /// Whether it runs under this program's account; unknown where Windows does not tell.
    pub own: Option<bool>,
}

/// A service or driver as the service manager knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// Its key name.
    pub name: String,
    /// Whether it runs.
    pub running: bool,
    /// The process it runs in, which several services can share; none for drivers and for what does not run.
    pub pid: Option<u32>,
}

/// A scheduled task as the task scheduler shows it to this user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// Its full name, from a backslash on.
    pub path: String,
    /// Its definition.
    pub xml: String,
    /// Whether it is switched on.
    pub enabled: bool,
}

/// A value of the registry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// Its name, in 16-bit units.
    pub name: Vec<u16>,
    /// The registry's number of its type.
    pub kind: u32,
    /// Its data; nothing if it is longer than what is read.
    pub data: Option<Vec<u8>>,
}

/// Why Windows did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// This user may not ask.
    Denied,
    /// What was asked for is not there.
    Absent,
    /// Something else.
    Failed,
}

#[cfg(windows)]
impl From<windows::core::Error> for Refused {
    fn from(error: windows::core::Error) -> Self {
        match error.code() {
            code if code == ERROR_ACCESS_DENIED.to_hresult() => Self::Denied,
            code if code == ERROR_FILE_NOT_FOUND.to_hresult() || code == ERROR_PATH_NOT_FOUND.to_hresult() => Self::Absent,
            _ => Self::Failed,
        }
    }
}

/// A text that ends in a zero, as Windows gives it.
#[cfg(windows)]
fn text(text: PWSTR) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: the callers pass texts that Windows has just written and ended with a zero.
    String::from_utf16_lossy(unsafe { text.as_wide() })
}

/// Whether a call of the kernel went well.
#[cfg(windows)]
fn succeeded(status: windows::Win32::Foundation::NTSTATUS) -> bool {
    HRESULT(status.0).is_ok()
}

#[cfg(windows)]
fn wide(text: &str) -> HSTRING {
    HSTRING::from(text)
}
