//! Keeping account of how far a source was looked at.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::path::Path;

use super::tree::{Entry, Meta, Trouble, What};
use super::{Context, path_text};
use crate::inventory::{Coverage, Reason, ReasonCode, Source, Status};

/// The most that is read of one file, unless a source says otherwise.
pub(crate) const FILE_LIMIT: u64 = 8 << 20;
/// The most programs whose presence is remembered.
const MOST_PROGRAMS: usize = 5_000;
/// The most entries of one folder.
pub(crate) const LIST_LIMIT: usize = 50_000;

/// The account of one source. Collectors read through it, so that nothing can fail without being said.
pub(crate) struct Log<'a> {
    pub(super) context: &'a Context<'a>,
    source: Source,
    checked: u64,
    /// Programs that were asked for: several entries start the same one.
    programs: RefCell<HashMap<OsString, Option<bool>>>,
    /// The first place of each reason, and how many there were.
    troubles: BTreeMap<ReasonCode, (String, u64)>,
}

impl<'a> Log<'a> {
    pub(crate) fn new(context: &'a Context<'a>, source: Source) -> Self {
        Self { context, source, checked: 0, programs: RefCell::default(), troubles: BTreeMap::new() }
    }

    /// Reads a file; nothing if it is absent or could not be read (which is then in the account).
    pub(crate) fn read(&mut self, path: &Path) -> Option<Vec<u8>> {
        self.read_up_to(path, FILE_LIMIT)
    }

    /// Reads a file of at most `limit` bytes.
    pub(crate) fn read_up_to(&mut self, path: &Path, limit: u64) -> Option<Vec<u8>> {
        let result = self.in_time().and_then(|()| self.context.tree.read(path, limit));
        self.keep(path, result)
    }

    /// Lists a folder; empty if it is absent or could not be listed.
    pub(crate) fn list(&mut self, path: &Path) -> Vec<Entry> {
        let result = self.in_time().and_then(|()| self.context.tree.list(path, LIST_LIMIT));
        self.keep(path, result).unwrap_or_default()
    }

    /// What lies at a path; nothing if it is absent.
    pub(crate) fn meta(&mut self, path: &Path) -> Option<Meta> {
        let result = self.in_time().and_then(|()| self.context.tree.meta(path));
        self.keep(path, result)
    }

    /// When a file was last changed, in seconds since 1970, if that can be seen. It is an extra, so its absence is not in the account.
    pub(crate) fn modified(&self, path: &str) -> Option<i64> {
        self.context.tree.meta(Path::new(path)).ok()?.modified
    }

    /// Whether a program is there; unknown where that may not be seen.
    pub(crate) fn exists(&self, path: &Path) -> Option<bool> {
        if let Some(known) = self.programs.borrow().get(path.as_os_str()) {
            return *known;
        }
        if self.context.out_of_time() {
            return None;
        }
        let exists = match self.context.tree.meta(path) {
            Ok(meta) => Some(meta.what != What::Other),
            Err(Trouble::Absent) => Some(false),
            Err(_) => None,
        };
        // A hostile computer can name any number of long paths.
        let mut programs = self.programs.borrow_mut();
        if programs.len() < MOST_PROGRAMS {
            programs.insert(path.into(), exists);
        }
        exists
    }

    /// Keeps account of a result.
    pub(crate) fn keep<T>(&mut self, path: &Path, result: Result<T, Trouble>) -> Option<T> {
        match result {
            Ok(value) => {
                self.checked += 1;
                Some(value)
            }
            Err(Trouble::Absent) => None,
            Err(trouble) => {
                self.trouble(code_of(&trouble), path);
                None
            }
        }
    }

    /// Keeps account of something that could not be looked at.
    pub(crate) fn trouble(&mut self, code: ReasonCode, path: &Path) {
        let first = self.troubles.entry(code).or_insert_with(|| (path_text(path), 0));
        first.1 += 1;
    }

    /// Whether something could not be looked at for this reason.
    pub(crate) fn met(&self, code: ReasonCode) -> bool {
        self.troubles.contains_key(&code)
    }

    /// Counts something that was looked at.
    pub(crate) fn checked(&mut self, number: usize) {
        self.checked += number as u64;
    }

    pub(super) fn in_time(&self) -> Result<(), Trouble> {
        if self.context.out_of_time() { Err(Trouble::TimedOut) } else { Ok(()) }
    }

    /// The coverage of the source.
    pub(crate) fn finish(self) -> Coverage {
        // Of several reasons the one that concerns most places is told; the others are in the count.
        let total: u64 = self.troubles.values().map(|(_, count)| count).sum();
        let worst = self.troubles.into_iter().max_by_key(|(_, (_, count))| *count);
        let status = match (&worst, self.checked) {
            (None, _) => Status::Full,
            (Some(_), 0) => Status::None,
            (Some(_), _) => Status::Partial,
        };
        let reason = match worst {
            Some((code, (path, _))) => Some(Reason { code, args: BTreeMap::from([("path".into(), path), ("count".into(), total.to_string())]) }),
            None if self.checked == 0 => Some(Reason { code: ReasonCode::Absent, args: BTreeMap::new() }),
            None => None,
        };
        Coverage { source: self.source, status, checked: self.checked, reason }
    }
}

/// The coverage of a source that was not looked at for one reason.
pub(crate) fn not_looked_at(source: Source, code: ReasonCode) -> Coverage {
    Coverage { source, status: Status::None, checked: 0, reason: Some(Reason { code, args: BTreeMap::new() }) }
}

fn code_of(trouble: &Trouble) -> ReasonCode {
    match trouble {
        Trouble::Absent => ReasonCode::Absent,
        Trouble::Denied => ReasonCode::PermissionDenied,
        Trouble::NotAFile => ReasonCode::NotAFile,
        Trouble::TooLarge(_) => ReasonCode::TooLarge,
        Trouble::LinkLoop => ReasonCode::LinkLoop,
        Trouble::TooMany => ReasonCode::TooMany,
        Trouble::TimedOut => ReasonCode::TimedOut,
        Trouble::Elsewhere => ReasonCode::NotOnThisComputer,
        Trouble::Guarded => ReasonCode::NeedsFullDiskAccess,
        Trouble::WouldAsk => ReasonCode::WouldAsk,
        Trouble::Malformed => ReasonCode::Malformed,
        Trouble::Failed => ReasonCode::ReadError,
    }
}
