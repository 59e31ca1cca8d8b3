//! The record: what changed on this computer, day by day, in one SQLite file that only the worker can read.
//!
//! It is a list of entries that only grows; what is known of the past follows from reading them. Every entry is chained to the one before
//! it (see `chain.rs`), so that a changed, removed or added entry is found. Whoever can write the file can also write a new chain: only
//! a receipt that was kept elsewhere tells that apart, and that is all that is promised.

mod chain;
mod extract;
mod receipt;
mod store;
mod verify;

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

pub use extract::{EXTRACT_SCHEMA, Extract, ExtractEntry, ExtractField, check_extract};
pub use receipt::{RECEIPT_SCHEMA, Receipt};
pub use store::{Opened, Record, make_folder};
pub use verify::{Broken, Verified, verify};

/// The name of the record's file in the program's folder.
pub const FILE_NAME: &str = "record.sqlite";

/// Why the record cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The file or its folder cannot be made or opened.
    #[error("{}: {cause}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A newer version of the program made it.
    #[error("the record was made by a newer version of the program (form {0})")]
    Newer(i64),
    /// It is no record, or it is damaged.
    #[error("the record is damaged: {0}")]
    Damaged(String),
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// It may not be written.
    #[error("the record may not be written")]
    ReadOnly,
    /// Another program keeps it busy.
    #[error("another program keeps the record busy")]
    Busy,
    /// Values were taken out, but another program still reads the record as it was, so that they still stand in the file beside it.
    #[error("another program still reads the record as it was")]
    StillRead,
    /// Something else failed.
    #[error("the record cannot be used: {0}")]
    Other(String),
}

impl From<rusqlite::Error> for RecordError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Other(error.to_string()),
        }
    }
}

fn file_error(path: &Path) -> impl FnOnce(io::Error) -> RecordError {
    let path = path.to_owned();
    move |cause| match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => RecordError::Full,
        io::ErrorKind::ReadOnlyFilesystem => RecordError::ReadOnly,
        _ => RecordError::File { path, cause },
    }
}

#[cfg(test)]
mod tests;
