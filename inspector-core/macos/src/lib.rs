//! The few calls to a running macOS that have no safe library: which programs run, which of them are told of keys and the mouse, who uses
//! the microphone, whether a camera or the screen is in use, and Apple's own tools. Every function only asks; none changes anything, needs a
//! right, or makes macOS show a dialog.
//!
//! Nothing of this could be run where it was written: it is type-checked only, and each function says how to try it on a Mac.
//!
//! On other systems there are the answers' types only, and [`run`], which every Unix has.

#[cfg(target_os = "macos")]
mod camera;
#[cfg(any(target_os = "macos", test))]
mod event_taps;
#[cfg(target_os = "macos")]
mod microphone;
#[cfg(target_os = "macos")]
mod processes;
#[cfg(target_os = "macos")]
mod roots;
#[cfg(target_os = "macos")]
mod screen;
#[cfg(unix)]
mod tools;
#[cfg(any(target_os = "macos", all(unix, test)))]
mod users;

#[cfg(target_os = "macos")]
pub use camera::camera_in_use;
#[cfg(target_os = "macos")]
pub use event_taps::event_taps;
#[cfg(target_os = "macos")]
pub use microphone::microphone_users;
#[cfg(target_os = "macos")]
pub use processes::{processes, program_numbers};
#[cfg(target_os = "macos")]
pub use roots::trusted_roots;
#[cfg(target_os = "macos")]
pub use screen::screen_is_shared;
#[cfg(unix)]
pub use tools::run;
#[cfg(target_os = "macos")]
pub use users::{full_name, user_name};

/// A running program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Process {
    /// Process number.
    pub pid: u32,
    /// The name of its file, or where that is hidden the first sixteen bytes of the kernel's name for it.
    pub name: String,
    /// The path of its file, where macOS shows it.
    pub exe: Option<String>,
    /// The number of the account whose rights it has.
    pub uid: Option<u32>,
    /// The name of that account.
    pub user: Option<String>,
}

/// A place where a program is told of what is typed or pointed at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventTap {
    /// The process that is told.
    pub pid: u32,
    /// It is told of keys.
    pub keyboard: bool,
    /// It is told of the mouse or the trackpad.
    pub mouse: bool,
    /// It may change or swallow what it is told of, and does not only listen.
    pub may_change: bool,
    /// It is switched on.
    pub enabled: bool,
}

/// A root certificate that trust settings make this computer or this account trust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// Its bytes, in DER.
    pub certificate: Vec<u8>,
    /// For this account alone; otherwise an administrator or a configuration profile set it for the computer.
    pub of_user: bool,
}

/// Why macOS did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// This user may not ask.
    Denied,
    /// What was asked for is not there.
    Absent,
    /// Something else.
    Failed,
}
