//! Checking the chain of a record, of a copy of it, or of an extract.

use std::fs;
use std::path::Path;

use data_encoding::HEXLOWER;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::chain::{self, Fields, Hash};
use super::store::{FORM, TABLE, read_row};
use super::{Receipt, RecordError, file_error};

/// Where a chain is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Broken {
    /// The first entry that is not as it was written, or does not follow the one before it.
    At(u64),
    /// There is something in the file that is not of the record.
    Strange,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Which record.
    pub record: String,
    /// How many entries were checked.
    pub entries: u64,
    /// The days of the first and the last entry.
    pub days: Option<(String, String)>,
    /// How many values were taken out.
    pub hidden: u64,
    /// The first place that is not as it was written.
    pub broken: Option<Broken>,
    /// The hash of the last entry that was checked.
    last: Hash,
    /// The hashes that receipts ask for: number of the entry, its hash.
    asked: Vec<(u64, Option<Hash>)>,
}

impl Verified {
    /// Checks entries one by one; `receipts` are compared afterwards with [`Self::fits`].
    pub(super) fn new(receipts: &[Receipt]) -> Self {
        Self { asked: receipts.iter().map(|receipt| (receipt.entries, None)).collect(), ..Self::default() }
    }

    /// Takes the next entry. After the first broken one nothing more is looked at.
    pub(super) fn take(&mut self, number: u64, fields: &Fields, hash: &Hash) {
        if self.broken.is_some() {
            return;
        }
        let is_right = number == self.entries + 1 && chain::hash(&self.last, number, fields).as_ref() == Some(hash);
        if !is_right {
            self.broken = Some(Broken::At(self.entries + 1));
            return;
        }
        let change = chain::change_of(fields);
        if number == 1 {
            self.record.clone_from(&change.id);
        }
        let first = self.days.take().map_or_else(|| change.day.clone(), |(first, _)| first);
        self.days = Some((first, change.day));
        self.hidden += fields.values().filter(|field| field.value().is_none()).count() as u64;
        (self.entries, self.last) = (number, *hash);
        for (_, found) in self.asked.iter_mut().filter(|(asked, _)| *asked == number) {
            *found = Some(*hash);
        }
    }

    /// Whether everything up to the receipt is as it was on its day. Nothing if the receipt is of another record.
    pub fn fits(&self, receipt: &Receipt) -> Option<bool> {
        let found = self.asked.iter().find_map(|(number, hash)| (*number == receipt.entries).then_some(*hash)).flatten();
        (receipt.record == self.record).then(|| found.is_some_and(|hash| HEXLOWER.encode(&hash) == receipt.hash))
    }

    /// A receipt of what was checked.
    pub fn receipt(&self, day: &str) -> Receipt {
        Receipt::new(day, &self.record, self.entries, &self.last)
    }
}

/// Opens a record to read it, and gives its form. A copy may lie where nothing can be written, not even the files that SQLite keeps beside it.
fn open(path: &Path) -> Result<(Connection, i64), RecordError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read = |connection: Connection| {
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        let form = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        Ok((connection, form))
    };
    match Connection::open_with_flags(path, flags).and_then(read) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) => {
            let uri = format!("file:{}?immutable=1", path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23"));
            Ok(Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI).and_then(read)?)
        }
        // A write was cut short, and SQLite has to take it back before anybody can read.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ReadOnly) => {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            Ok(Connection::open_with_flags(path, flags).and_then(read)?)
        }
        other => Ok(other?),
    }
}

/// Checks a record or a copy of one. It is only read.
pub fn verify(path: &Path, receipts: &[Receipt]) -> Result<Verified, RecordError> {
    fs::metadata(path).map_err(file_error(path))?;
    let (connection, form) = open(path)?;
    if form > FORM {
        return Err(RecordError::Newer(form));
    }
    let mut verified = Verified::new(receipts);
    let schema: Vec<String> = {
        let mut statement = connection.prepare("SELECT coalesce(sql, name) FROM sqlite_schema")?;
        statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    // A program that was ended while it made its record leaves an empty one.
    if form == 0 && schema.is_empty() {
        return Ok(verified);
    }
    if schema != [TABLE] {
        verified.broken = Some(Broken::Strange);
        return Ok(verified);
    }
    let mut statement = connection.prepare("SELECT number, fields, hash FROM entry ORDER BY number")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        match read_row(row) {
            Ok((number, fields, hash)) => verified.take(number, &fields, &hash),
            Err(RecordError::Damaged(_)) if verified.broken.is_none() => verified.broken = Some(Broken::At(verified.entries + 1)),
            Err(RecordError::Damaged(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(verified)
}
