//! The registry of the running computer.

use windows_registry::{CURRENT_USER, Key, LOCAL_MACHINE};

use super::{Data, Registry};
use crate::collect::tree::Trouble;

pub(crate) struct Live;

/// Windows' numbers of errors, as the registry gives them.
const FILE_NOT_FOUND: i32 = 2;
const PATH_NOT_FOUND: i32 = 3;
const ACCESS_DENIED: i32 = 5;
const KEY_DELETED: i32 = 1018;

fn open(key: &str) -> Result<Key, Trouble> {
    let (hive, rest) = key.split_once('\\').unwrap_or((key, ""));
    let hive = if hive.eq_ignore_ascii_case("HKCU") { CURRENT_USER } else { LOCAL_MACHINE };
    // Always the 64-bit view: the other one is reached by its own name, `WOW6432Node`.
    hive.options().read().wow64_64().open(rest).map_err(|error| trouble(error.code().0))
}

fn trouble(code: i32) -> Trouble {
    // The low half of an HRESULT made from an error of Windows is that error.
    match code & 0xFFFF {
        FILE_NOT_FOUND | PATH_NOT_FOUND | KEY_DELETED => Trouble::Absent,
        ACCESS_DENIED => Trouble::Denied,
        _ => Trouble::Failed,
    }
}

impl Registry for Live {
    fn keys(&self, key: &str, limit: usize) -> Result<Vec<String>, Trouble> {
        let key = open(key)?;
        let names: Vec<_> = key.keys().map_err(|error| trouble(error.code().0))?.take(limit + 1).collect();
        if names.len() > limit { Err(Trouble::TooMany) } else { Ok(names) }
    }

    fn values(&self, key: &str, limit: usize) -> Result<Vec<(String, Data)>, Trouble> {
        let key = open(key)?;
        let values = key.values().map_err(|error| trouble(error.code().0))?.take(limit + 1);
        let all: Vec<_> = values.map(|(name, value)| (name, Data::new(value.ty().into(), &value))).collect();
        if all.len() > limit { Err(Trouble::TooMany) } else { Ok(all) }
    }
}
