//! Databases of other programs.

use std::fmt::Write as _;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

/// Opens a database that another program may be using: nothing is locked, written or made beside it.
pub(crate) fn open(file: &Path) -> rusqlite::Result<Connection> {
    let mut address = String::from("file:");
    for byte in path_bytes(file) {
        if byte.is_ascii_alphanumeric() || b"/._-:".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address.push_str("?mode=ro&immutable=1");
    Connection::open_with_flags(address, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

#[cfg(unix)]
fn path_bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt as _;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(not(unix))]
fn path_bytes(path: &Path) -> Vec<u8> {
    // An address has its own slashes, and one more before the letter of a drive.
    format!("/{}", path.to_string_lossy().replace('\\', "/")).into_bytes()
}
