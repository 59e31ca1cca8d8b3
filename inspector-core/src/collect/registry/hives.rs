//! The registry in the files of a disk: one hive for each of a few branches.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::OnceLock;

use nt_hive::{Hive, KeyNode, NtHiveError};

use super::{Data, Registry};
use crate::collect::tree::{Tree, Trouble};
use crate::text;

/// The largest hive that is read: SOFTWARE of an old computer has 200 MB.
const LARGEST: u64 = 512 << 20;

/// The hives of a disk. Each is read when it is first asked for.
pub(crate) struct Hives<'a> {
    tree: &'a dyn Tree,
    files: Vec<File>,
}

/// A hive, and the branch of the registry that it holds.
struct File {
    /// In lower case, without a backslash at its end.
    branch: &'static str,
    path: String,
    contents: OnceLock<Result<Vec<u8>, Trouble>>,
}

impl<'a> Hives<'a> {
    /// The hives of the machine.
    pub(crate) fn of_machine(tree: &'a dyn Tree) -> Self {
        let files = [("hklm\\software", "SOFTWARE"), ("hklm\\system", "SYSTEM")]
            .map(|(branch, name)| File::new(branch, format!("C:\\Windows\\System32\\config\\{name}")));
        Self { tree, files: files.into() }
    }

    /// The same with the hives of a user whose home folder is known.
    pub(crate) fn with_user(mut self, home: &str) -> Self {
        // The second lies inside the first, so it comes before it.
        self.files.push(File::new("hkcu\\software\\classes", format!("{home}\\AppData\\Local\\Microsoft\\Windows\\UsrClass.dat")));
        self.files.push(File::new("hkcu", format!("{home}\\NTUSER.DAT")));
        self
    }

    /// Does something with a key.
    fn at<T>(&self, key: &str, read: impl Fn(&KeyNode<&[u8]>) -> Result<T, Trouble>) -> Result<T, Trouble> {
        let lower = key.to_ascii_lowercase();
        let below = |branch: &str| lower.strip_prefix(branch).is_some_and(|rest| rest.is_empty() || rest.starts_with('\\'));
        let file = self.files.iter().find(|file| below(file.branch)).ok_or(Trouble::Absent)?;
        let contents = file.contents.get_or_init(|| self.tree.read(Path::new(&file.path), LARGEST)).as_ref().map_err(Clone::clone)?;
        let rest = key[file.branch.len()..].trim_start_matches('\\');
        // A hive is hostile input, and its reader takes some things for granted.
        catch_unwind(AssertUnwindSafe(|| {
            // Not `new`: the hives of a computer that was not shut down have changes in their logs, which are then not seen.
            let hive = Hive::without_validation(contents.as_slice()).map_err(broken)?;
            let root = hive.root_key_node().map_err(broken)?;
            let path = if file.branch == "hklm\\system" { in_control_set(&root, rest)? } else { rest.to_owned() };
            if path.is_empty() {
                return read(&root);
            }
            read(&root.subpath(&path).ok_or(Trouble::Absent)?.map_err(broken)?)
        }))
        .unwrap_or(Err(Trouble::Malformed))
    }
}

impl File {
    fn new(branch: &'static str, path: String) -> Self {
        Self { branch, path, contents: OnceLock::new() }
    }
}

/// `CurrentControlSet` exists only while Windows runs; `Select` tells which one it is.
fn in_control_set(root: &KeyNode<&[u8]>, path: &str) -> Result<String, Trouble> {
    const CURRENT: &str = "CurrentControlSet";
    let Some(rest) = path.get(..CURRENT.len()).filter(|start| start.eq_ignore_ascii_case(CURRENT)).map(|_| &path[CURRENT.len()..]) else {
        return Ok(path.to_owned());
    };
    let select = root.subkey("Select").ok_or(Trouble::Absent)?.map_err(broken)?;
    let current = select.value("Current").ok_or(Trouble::Absent)?.and_then(|value| value.dword_data()).map_err(broken)?;
    Ok(format!("ControlSet{current:03}{rest}"))
}

fn broken(_: NtHiveError) -> Trouble {
    Trouble::Malformed
}

impl Registry for Hives<'_> {
    fn keys(&self, key: &str, limit: usize) -> Result<Vec<String>, Trouble> {
        self.at(key, |node| {
            let mut names = Vec::new();
            let Some(keys) = node.subkeys() else { return Ok(names) };
            for key in keys.map_err(broken)? {
                if names.len() >= limit {
                    return Err(Trouble::TooMany);
                }
                names.push(name(&key.map_err(broken)?.name().map_err(broken)?));
            }
            Ok(names)
        })
    }

    fn values(&self, key: &str, limit: usize) -> Result<Vec<(String, Data)>, Trouble> {
        self.at(key, |node| {
            let mut all = Vec::new();
            let Some(values) = node.values() else { return Ok(all) };
            for value in values.map_err(broken)? {
                if all.len() >= limit {
                    return Err(Trouble::TooMany);
                }
                let value = value.map_err(broken)?;
                // Types that Windows itself does not know are kept as bytes.
                let kind = value.data_type().map_or(0, |kind| kind as u32);
                let bytes = value.data().and_then(nt_hive::KeyValueData::into_vec).map_err(broken)?;
                all.push((name(&value.name().map_err(broken)?), Data::new(kind, &bytes)));
            }
            Ok(all)
        })
    }
}

fn name(name: &nt_hive::NtHiveNameString) -> String {
    match name {
        nt_hive::NtHiveNameString::Latin1(bytes) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        nt_hive::NtHiveNameString::Utf16LE(bytes) => text::from_wide(&super::wide(bytes)),
    }
}
