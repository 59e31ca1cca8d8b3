//! A value in the worker's own part of the registry of Windows.

use std::io;

use windows_registry::CURRENT_USER;

/// What Windows starts for this user.
const RUN: &str = r"Software\Microsoft\Windows\CurrentVersion\Run";
/// Where the task manager keeps which of these the user switched off.
const APPROVED: &str = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run";
const VALUE: &str = "Inzage";

pub(super) fn is_on() -> bool {
    // An odd first byte means: switched off.
    let is_off = CURRENT_USER.open(APPROVED).and_then(|key| key.get_value(VALUE)).is_ok_and(|value| value.first().is_some_and(|byte| byte % 2 == 1));
    !is_off && CURRENT_USER.open(RUN).and_then(|key| key.get_string(VALUE)).is_ok()
}

pub(super) fn write(exe: &str) -> io::Result<()> {
    // A file name can hold no quotation mark there.
    CURRENT_USER.create(RUN).and_then(|key| key.set_string(VALUE, format!("\"{exe}\" tray")))?;
    // The worker has just said yes, which counts more than an earlier no.
    if let Ok(key) = CURRENT_USER.options().read().write().open(APPROVED) {
        let _ = key.remove_value(VALUE);
    }
    Ok(())
}

pub(super) fn remove() -> io::Result<()> {
    if CURRENT_USER.open(RUN).and_then(|key| key.get_value(VALUE)).is_err() {
        return Ok(());
    }
    Ok(CURRENT_USER.options().read().write().open(RUN).and_then(|key| key.remove_value(VALUE))?)
}
