//! The registry of the running computer.

use super::{Data, Registry};
use crate::collect::tree::Trouble;
use crate::text;

/// The registry of the computer that this program runs on.
pub struct Live;

/// Whether a key is one of the user's, and its path below the hive.
fn place(key: &str) -> (bool, Vec<u16>) {
    let (hive, rest) = key.split_once('\\').unwrap_or((key, ""));
    (hive.eq_ignore_ascii_case("HKCU"), text::to_wide(rest))
}

impl Live {
    /// When a key was last written, as Windows counts; nothing if it is not there or may not be asked for.
    pub(in crate::collect) fn written(&self, key: &str) -> Option<u64> {
        let (of_user, path) = place(key);
        inzage_windows::written(of_user, &path).ok()
    }
}

impl Registry for Live {
    fn keys(&self, key: &str, limit: usize) -> Result<Vec<String>, Trouble> {
        let (of_user, path) = place(key);
        let (names, are_more) = inzage_windows::keys(of_user, &path, limit)?;
        if are_more { Err(Trouble::TooMany) } else { Ok(names.iter().map(|name| text::from_wide_name(name)).collect()) }
    }

    fn values(&self, key: &str, limit: usize) -> Result<Vec<(String, Data)>, Trouble> {
        let (of_user, path) = place(key);
        let (values, are_more) = inzage_windows::values(of_user, &path, limit)?;
        let all = values.into_iter().map(|value| (text::from_wide_name(&value.name), value.data.map_or(Data::Broken, |data| Data::new(value.kind, &data))));
        if are_more { Err(Trouble::TooMany) } else { Ok(all.collect()) }
    }
}
