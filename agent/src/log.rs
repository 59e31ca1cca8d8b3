//! A log for who helps: off until the worker asks for it, on this computer only, and without names, paths or what was found.

use std::fs::OpenOptions;
use std::path::PathBuf;
use std::sync::Mutex;

use file_rotate::compression::Compression;
use file_rotate::suffix::AppendCount;
use file_rotate::{ContentLimit, FileRotate};

use crate::home::{self, Settings};

/// The name of the log's folder in the program's own.
const FOLDER: &str = "log";
/// How large one file becomes, in bytes, and how many older ones stay.
const LARGEST: usize = 256 << 10;
const OLDER: usize = 2;

/// Where the log is.
pub(crate) fn path() -> Option<PathBuf> {
    home::folder().map(|folder| folder.join(FOLDER).join("inzage.log"))
}

/// Begins the log, if the worker asked for one. A log that cannot be written costs nobody the program.
pub(crate) fn begin() {
    let Some(path) = path().filter(|_| Settings::read().log) else { return };
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = FileRotate::new(path, AppendCount::new(OLDER), ContentLimit::BytesSurpassed(LARGEST), Compression::None, Some(options));
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_target(false).with_writer(Mutex::new(file)).finish();
    // It is the first and only one.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
