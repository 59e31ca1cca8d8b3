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

/// The most data of one value, and of all values of a key: many values may name the same bytes.
const MOST_DATA: usize = 1 << 20;
const MOST_OF_KEY: usize = 64 << 20;
/// The longest name of a key; of a value it is 16,383.
const LONGEST_NAME: usize = 255;

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
    is_settled: OnceLock<bool>,
}

impl<'a> Hives<'a> {
    /// The hives of the machine.
    pub(crate) fn of_machine(tree: &'a dyn Tree) -> Self {
        let files = [("hklm\\software", "SOFTWARE"), ("hklm\\system", "SYSTEM")]
            .map(|(branch, name)| File::new(branch, format!("C:\\Windows\\System32\\config\\{name}")));
        Self { tree, files: files.into() }
    }

    /// Adds the hives of a user, whose home folder is known.
    pub(crate) fn add_user(&mut self, home: &str) {
        // The second lies inside the first, so it comes before it.
        self.files.push(File::new("hkcu\\software\\classes", format!("{home}\\AppData\\Local\\Microsoft\\Windows\\UsrClass.dat")));
        self.files.push(File::new("hkcu", format!("{home}\\NTUSER.DAT")));
    }

    /// The hive that holds a key.
    fn file_of(&self, key: &str) -> Option<&File> {
        let lower = key.to_ascii_lowercase();
        let below = |branch: &str| lower.strip_prefix(branch).is_some_and(|rest| rest.is_empty() || rest.starts_with('\\'));
        self.files.iter().find(|file| below(file.branch))
    }

    fn contents<'b>(&self, file: &'b File) -> Result<&'b [u8], Trouble> {
        let contents = file.contents.get_or_init(|| self.tree.read(Path::new(&file.path), LARGEST)).as_ref();
        // Every Windows has these files. Without one nobody knows what would be in it, and nothing of it is said to be absent.
        contents.map(Vec::as_slice).map_err(|trouble| if *trouble == Trouble::Absent { Trouble::Failed } else { trouble.clone() })
    }

    /// Does something with a key.
    fn at<T>(&self, key: &str, read: impl Fn(&KeyNode<&[u8]>) -> Result<T, Trouble>) -> Result<T, Trouble> {
        let file = self.file_of(key).ok_or(Trouble::Absent)?;
        let contents = self.contents(file)?;
        let rest = key[file.branch.len()..].trim_start_matches('\\');
        // A hive is hostile input, and its reader takes some things for granted.
        catch_unwind(AssertUnwindSafe(|| {
            // Not `new`, which refuses a hive with changes in its logs: `is_settled` tells that those are not seen.
            let hive = Hive::without_validation(contents).map_err(broken)?;
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
        Self { branch, path, contents: OnceLock::new(), is_settled: OnceLock::new() }
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
    fn is_settled(&self, key: &str) -> bool {
        let Some(file) = self.file_of(key) else { return true };
        *file.is_settled.get_or_init(|| {
            let contents = self.contents(file).unwrap_or_default();
            // A hive that cannot be read at all says so by itself.
            let checked = catch_unwind(|| Hive::without_validation(contents).and_then(|hive| hive.validate()));
            !matches!(checked, Ok(Err(NtHiveError::SequenceNumberMismatch { .. })))
        })
    }

    fn keys(&self, key: &str, limit: usize) -> Result<Vec<String>, Trouble> {
        self.at(key, |node| {
            let mut names = Vec::new();
            let Some(keys) = node.subkeys() else { return Ok(names) };
            for key in keys.map_err(broken)? {
                if names.len() >= limit {
                    return Err(Trouble::TooMany);
                }
                let key = key.map_err(broken)?;
                let name = name(&key.name().map_err(broken)?);
                // Many entries may name the same cell.
                if name.chars().count() > LONGEST_NAME {
                    return Err(Trouble::Malformed);
                }
                names.push(name);
            }
            Ok(names)
        })
    }

    fn values(&self, key: &str, limit: usize) -> Result<Vec<(String, Data)>, Trouble> {
        self.at(key, |node| {
            let (mut all, mut left) = (Vec::new(), MOST_OF_KEY);
            let Some(values) = node.values() else { return Ok(all) };
            for value in values.map_err(broken)? {
                if all.len() >= limit {
                    return Err(Trouble::TooMany);
                }
                let value = value.map_err(broken)?;
                // Types that Windows itself does not know are kept as bytes. Old hives keep long data in one piece, which the reader does not take.
                let kind = value.data_type().map_or(0, |kind| kind as u32);
                let data = value.data().ok().and_then(|data| bytes(data, left.min(MOST_DATA)));
                left -= data.as_ref().map_or(0, Vec::len);
                let name = name(&value.name().map_err(broken)?);
                left = left.checked_sub(name.len()).ok_or(Trouble::TooLarge(MOST_OF_KEY as u64))?;
                all.push((name, data.map_or(Data::Broken, |bytes| Data::new(kind, &bytes))));
            }
            Ok(all)
        })
    }
}

/// The data of a value, if there is not more of it than `most`.
fn bytes(data: nt_hive::KeyValueData<&[u8]>, most: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    match data {
        nt_hive::KeyValueData::Small(part) => bytes.extend(part.get(..part.len().min(most + 1))?),
        nt_hive::KeyValueData::Big(parts) => {
            for part in parts {
                bytes.extend(part.ok()?);
                if bytes.len() > most {
                    break;
                }
            }
        }
    }
    (bytes.len() <= most).then_some(bytes)
}

fn name(name: &nt_hive::NtHiveNameString) -> String {
    match name {
        nt_hive::NtHiveNameString::Latin1(bytes) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        nt_hive::NtHiveNameString::Utf16LE(bytes) => text::from_wide_name(&super::wide(bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::windows::WindowsDisk;
    use std::fs;

    const SYSTEM: &[u8] = include_bytes!("../../../testdata/hives/SYSTEM");
    const SERVICES: &str = "HKLM\\SYSTEM\\CurrentControlSet\\Services";

    fn with<T>(hive: Option<&[u8]>, look: impl FnOnce(&Hives) -> T) -> T {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("Windows/System32/config");
        fs::create_dir_all(&folder).unwrap();
        if let Some(hive) = hive {
            fs::write(folder.join("SYSTEM"), hive).unwrap();
        }
        look(&Hives::of_machine(&WindowsDisk::below(dir.path())))
    }

    #[test]
    fn keys_and_values_of_the_current_set() {
        with(Some(SYSTEM), |hives| {
            let keys = hives.keys(SERVICES, 10).unwrap();
            assert_eq!(keys, ["Acme Watch".to_owned(), "k".repeat(255), "Zoë 監視".to_owned()]);
            assert_eq!(hives.keys(SERVICES, 2), Err(Trouble::TooMany));
            assert_eq!(hives.keys("hklm\\system\\currentcontrolset\\services\\none", 10), Err(Trouble::Absent));
            assert_eq!(hives.keys("HKLM\\SYSTEM", 10).unwrap(), ["ControlSet002", "Select"]);
            let values = hives.values(&format!("{SERVICES}\\acme watch"), 100).unwrap();
            let get = |name: &str| values.iter().find(|(own, _)| own == name).map(|(_, data)| data.clone()).unwrap();
            assert_eq!(get("Start"), Data::Number(2));
            assert_eq!(get("ImagePath"), Data::Text("\"C:\\A\"".into()), "without an end mark");
            assert_eq!(get("Number"), Data::Number(0x1_0000_0001));
            assert_eq!(get("List"), Data::Texts(vec!["a".into(), "b".into()]));
            assert_eq!(get("Odd"), Data::Text("a".into()));
            assert_eq!(get("Strange"), Data::Bytes(vec![1, 2]));
            assert_eq!(get(""), Data::Text("no name".into()));
            assert_eq!(get("Big"), Data::Broken, "the other values are not lost with it");
            assert_eq!(hives.values(&format!("{SERVICES}\\Zoë 監視"), 100).unwrap(), [("Naïve 値".to_owned(), Data::Text("ja".into()))]);
        });
    }

    #[test]
    fn a_hive_with_changes_beside_it_says_so() {
        with(Some(SYSTEM), |hives| assert!(hives.is_settled(SERVICES)));
        let mut hive = SYSTEM.to_vec();
        // The second of the two numbers of the last writing.
        hive[8] ^= 1;
        with(Some(&hive), |hives| assert!(!hives.is_settled(SERVICES) && hives.keys(SERVICES, 10).is_ok()));
        with(None, |hives| assert!(hives.is_settled(SERVICES)));
    }

    #[test]
    fn a_disk_without_a_hive_says_so() {
        with(None, |hives| assert_eq!(hives.keys(SERVICES, 10), Err(Trouble::Failed)));
        with(Some(SYSTEM), |hives| assert_eq!(hives.keys("HKLM\\SOFTWARE", 10), Err(Trouble::Failed)));
        with(Some(SYSTEM), |hives| assert_eq!(hives.keys("HKCU\\Software", 10), Err(Trouble::Absent), "no home was given"));
    }

    #[test]
    fn a_broken_hive_gives_an_answer() {
        let ask = |hive: &[u8]| {
            with(Some(hive), |hives| {
                for name in hives.keys(SERVICES, 1_000).unwrap_or_default() {
                    let _ = hives.values(&format!("{SERVICES}\\{name}"), 1_000);
                }
            });
        };
        for length in (0..SYSTEM.len()).step_by(97) {
            ask(&SYSTEM[..length]);
        }
        // A fixed sequence: the same damage at every run.
        let mut state = 7_u64;
        for _ in 0..2_000 {
            let mut hive = SYSTEM.to_vec();
            for _ in 0..4 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = usize::try_from(state >> 33).unwrap() % hive.len();
                hive[at] = u8::try_from(state >> 24 & 0xFF).unwrap();
            }
            ask(&hive);
        }
    }
}
