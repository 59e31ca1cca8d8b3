//! Opening the record, adding to it and taking values out of it.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, OpenFlags, TransactionBehavior, params};

use super::chain::{self, Fields, Hash, NOTHING, Salt};
use super::{Receipt, RecordError, file_error};
use crate::history::{self, About, Change, State, What, key};
use crate::report::Report;

/// The form of the tables. A record of an older form is brought to this one; a newer one is left alone.
///
/// A next form is made like this, so that no version of the program ever loses a record:
///
/// * The step from one form to the next is a function of its own that is never changed afterwards. `open_or_make` takes the steps one after the
///   other, each in one transaction (`BEGIN IMMEDIATE`) that sets `user_version` last: after a kill the record is of the one form or of the other.
///   The form is read again in the transaction, because another program may have been first.
/// * Entries are never rewritten, numbered anew or left out, and their hashes stay: receipts and extracts that people keep must fit. What is new goes
///   into tables or columns beside them, or into new fields of new entries. If the hash itself has to change, it does so from an entry on that says so.
/// * `verify` knows the tables of every form, and checks a copy of an older form as it is: it may lie where nothing can be written.
/// * A record of each form lies in `testdata`, made once by the program of its time; a test opens, checks and continues a copy of it.
pub(super) const FORM: i64 = 1;
/// Marks the file as ours: "Inzg".
const APPLICATION: i64 = 0x496e_7a67;
/// How long one program waits for another.
const PATIENCE: Duration = Duration::from_secs(10);
/// The table.
pub(super) const TABLE: &str = "CREATE TABLE entry (number INTEGER PRIMARY KEY, fields TEXT NOT NULL, hash BLOB NOT NULL) STRICT";

/// The record, open.
pub struct Record {
    connection: Connection,
    state: State,
    /// The number of the last entry that the state knows, and its hash.
    last: (u64, Hash),
    /// A random number that tells this record from others.
    id: String,
}

/// What was found when the record was opened.
pub struct Opened {
    /// The record.
    pub record: Record,
    /// A damaged file was found, and is kept here; this record is new.
    pub aside: Option<PathBuf>,
}

impl Record {
    /// Opens the record, and makes it if there is none. `day` is today, as YYYY-MM-DD. A damaged file is kept aside.
    pub fn open(path: &Path, day: &str) -> Result<Opened, RecordError> {
        let folder = path.parent().unwrap_or(Path::new("."));
        make_folder(folder)?;
        // Two programs that find no record must not both make one, and two that find the same damaged file not put each other's new one aside.
        let lock_path = path.with_extension("lock");
        let lock = private(&lock_path)?;
        lock.lock().map_err(file_error(&lock_path))?;
        match Self::open_or_make(path, day) {
            Err(RecordError::Damaged(_)) => {
                let aside = put_aside(path, day)?;
                let mut record = Self::open_or_make(path, day)?;
                record.add(&[Change::new(day, What::Changed, About::Record, "damaged").with(key::REASON, "aside")])?;
                Ok(Opened { record, aside: Some(aside) })
            }
            other => other.map(|record| Opened { record, aside: None }).map_err(|error| told(path, error)),
        }
    }

    fn open_or_make(path: &Path, day: &str) -> Result<Self, RecordError> {
        make_private(path)?;
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(PATIENCE)?;
        // A file that turns out to be damaged is kept as it is. So nothing is written, and nothing brought over from the log beside it, before all was read.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        // Erased means that it is not in the file any more.
        connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cache_size = -512; PRAGMA secure_delete = ON;")?;
        let form = connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))?;
        match form {
            0 => see_nothing(&connection)?,
            1..=FORM => see_sound(&connection, path)?,
            newer if newer > FORM => return Err(RecordError::Newer(newer)),
            _ => return Err(RecordError::Damaged("its form is no number of a form".into())),
        }
        let mut record = Self { connection, state: State::default(), last: (0, NOTHING), id: String::new() };
        if form != 0 {
            record.catch_up()?;
        }
        // Acknowledged means that it survives a power cut. On a disk that cannot have a log SQLite goes on without one, and says nothing; then a change is only
        // safe when its folder is on the disk as well, and that is what EXTRA adds.
        record.connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = EXTRA;")?;
        if form == 0 {
            Self::make(&mut record.connection, day)?;
            record.catch_up()?;
        }
        record.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok(record)
    }

    fn make(connection: &mut Connection, day: &str) -> Result<(), RecordError> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(&format!("{TABLE}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORM};"))?;
        let id = data_encoding::HEXLOWER.encode(&salt()?);
        insert(&transaction, (0, NOTHING), &[Change::new(day, What::Appeared, About::Record, &id)])?;
        transaction.commit()?;
        Ok(())
    }

    /// Reads what was added since, also by other programs.
    fn catch_up(&mut self) -> Result<(), RecordError> {
        let mut statement = self.connection.prepare_cached("SELECT number, fields, hash FROM entry WHERE number > ?1 ORDER BY number")?;
        let mut rows = statement.query([to_sql(self.last.0)])?;
        while let Some(row) = rows.next()? {
            let (number, fields, hash) = read_row(row)?;
            // A gap or a wrong hash is for `verify` to tell; the history goes on.
            let change = chain::change_of(&fields);
            if number == 1 {
                self.id.clone_from(&change.id);
            }
            self.state.apply(&change);
            self.last = (number, hash);
        }
        if self.last.0 == 0 {
            return Err(RecordError::Damaged("it has no entries".into()));
        }
        Ok(())
    }

    /// What is known of the past.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Compares a report with the past, and keeps what changed. What this gives back is on the disk.
    pub fn keep(&mut self, report: &Report, day: &str) -> Result<Vec<Change>, RecordError> {
        self.add_with(|state| history::changes(state, report, day))
    }

    /// Adds entries.
    pub fn add(&mut self, changes: &[Change]) -> Result<(), RecordError> {
        self.add_with(|_| changes.to_vec()).map(drop)
    }

    fn add_with(&mut self, changes: impl Fn(&State) -> Vec<Change>) -> Result<Vec<Change>, RecordError> {
        self.catch_up()?;
        // Mostly nothing changed: then nobody has to wait for the disk.
        if changes(&self.state).is_empty() {
            return Ok(Vec::new());
        }
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        // Another program may have been first.
        let added = self.catch_up().and_then(|()| {
            let changes = changes(&self.state);
            insert(&self.connection, self.last, &changes).map(|()| changes)
        });
        let added = added.and_then(|changes| self.connection.execute_batch("COMMIT").map(|()| changes).map_err(RecordError::from));
        let changes = added.map_err(|error| {
            // The first fault is the one to tell.
            let _ = self.connection.execute_batch("ROLLBACK");
            told(Path::new(self.connection.path().unwrap_or_default()), error)
        })?;
        // So that the one file is whole when the worker copies it. When another program reads it just now, the next change does it.
        let _ = self.connection.execute_batch("PRAGMA wal_checkpoint(PASSIVE)");
        self.catch_up()?;
        Ok(changes)
    }

    /// Takes the values out of every entry that tells of this product, observation or source, and out of the file. The chain stays whole, and
    /// what happened on which day is still told. Gives back how many entries had any. After [`RecordError::StillRead`] it is done when it is called again.
    pub fn erase(&mut self, id: &str) -> Result<usize, RecordError> {
        let kept = ["day", "what", "about", "id"];
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut erased = 0;
        {
            let mut statement = transaction.prepare("SELECT number, fields, hash FROM entry ORDER BY number")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (number, mut fields, _) = read_row(row)?;
                let to_erase = |name: &str, field: &chain::Field| !kept.contains(&name) && field.value().is_some();
                if chain::change_of(&fields).id != id || !fields.iter().any(|(name, field)| to_erase(name, field)) {
                    continue;
                }
                for (name, field) in &mut fields {
                    if to_erase(name, field)
                        && let Some(without) = field.erased(name)
                    {
                        *field = without;
                    }
                }
                transaction.execute("UPDATE entry SET fields = ?2 WHERE number = ?1", params![to_sql(number), to_json(&fields)?])?;
                erased += 1;
            }
        }
        transaction.commit()?;
        (self.state, self.last) = (State::default(), (0, NOTHING));
        self.catch_up()?;
        // What was in the log beside the file must go too, also when the power goes. A program that reads an older state just now needs that still.
        // SQLite does not wait for one that brings the log over itself, so that is done here.
        let start = Instant::now();
        while self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0))? {
            if start.elapsed() > PATIENCE {
                return Err(RecordError::StillRead);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        if let Some(path) = self.connection.path() {
            let log = beside(Path::new(path), "-wal");
            match File::options().write(true).open(&log).and_then(|log| log.sync_all()) {
                Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(file_error(&log)(cause)),
                _ => {}
            }
        }
        Ok(erased)
    }

    /// Every entry, in their order: its number, its fields and its hash.
    pub(super) fn each(&self, mut give: impl FnMut(u64, Fields, Hash)) -> Result<(), RecordError> {
        let mut statement = self.connection.prepare("SELECT number, fields, hash FROM entry ORDER BY number")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (number, fields, hash) = read_row(row)?;
            give(number, fields, hash);
        }
        Ok(())
    }

    /// Every change that is kept, in their order.
    pub fn changes(&self) -> Result<Vec<Change>, RecordError> {
        let mut changes = Vec::new();
        self.each(|_, fields, _| changes.push(chain::change_of(&fields)))?;
        Ok(changes)
    }

    /// A receipt of the record as it is now.
    pub fn receipt(&self, day: &str) -> Receipt {
        Receipt::new(day, &self.id, self.last.0, &self.last.1)
    }

    /// How many entries there are.
    pub fn entries(&self) -> u64 {
        self.last.0
    }

    /// A random number that tells this record from others.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// Adds changes after the last entry.
fn insert(connection: &Connection, mut last: (u64, Hash), changes: &[Change]) -> Result<(), RecordError> {
    let mut statement = connection.prepare_cached("INSERT INTO entry (number, fields, hash) VALUES (?1, ?2, ?3)")?;
    for change in changes {
        let fields = chain::fields_of(change, || salt().ok()).ok_or_else(|| RecordError::Other("the system gives no random numbers".into()))?;
        let number = last.0 + 1;
        let hash = chain::hash(&last.1, number, &fields).ok_or_else(|| RecordError::Other("an entry is too long".into()))?;
        statement.execute(params![to_sql(number), to_json(&fields)?, hash])?;
        last = (number, hash);
    }
    Ok(())
}

pub(super) fn read_row(row: &rusqlite::Row) -> Result<(u64, Fields, Hash), RecordError> {
    let damaged = |what: &str| RecordError::Damaged(what.into());
    let number = u64::try_from(row.get::<_, i64>(0)?).map_err(|_| damaged("an entry has a wrong number"))?;
    let fields = row.get_ref(1)?.as_str().map_err(|_| damaged("an entry is no text"))?;
    let fields = serde_json::from_str(fields).map_err(|error| RecordError::Damaged(error.to_string()))?;
    let hash = row.get_ref(2)?.as_blob().ok().and_then(|hash| hash.try_into().ok()).ok_or_else(|| damaged("an entry has no hash"))?;
    Ok((number, fields, hash))
}

fn to_json(fields: &Fields) -> Result<String, RecordError> {
    serde_json::to_string(fields).map_err(|error| RecordError::Other(error.to_string()))
}

fn to_sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn salt() -> Result<Salt, RecordError> {
    let mut salt = Salt::default();
    getrandom::fill(&mut salt).map_err(|error| RecordError::Other(error.to_string()))?;
    Ok(salt)
}

/// Makes the program's folder, for the worker alone. On Windows what lies in the worker's own folders is that already.
pub fn make_folder(folder: &Path) -> Result<(), RecordError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    #[cfg(unix)]
    let is_new = !folder.exists();
    builder.create(folder).map_err(file_error(folder))?;
    // SQLite brings the names of the files in it to the disk, but not the name of the folder itself.
    #[cfg(unix)]
    if let Some(parent) = folder.parent().filter(|_| is_new) {
        let _ = File::open(parent).and_then(|parent| parent.sync_all());
    }
    close_to_others(folder, 0o700)
}

/// Makes the file if it is not there, for the worker alone: SQLite gives the files beside it the same rights.
///
/// A file that is there is not opened, not even for a moment: closing it again would release the locks that this program has on it through another
/// open record. The next program would take itself for the only one, and remove the log that this one writes to.
fn make_private(path: &Path) -> Result<(), RecordError> {
    if path.exists() { close_to_others(path, 0o600) } else { private(path).map(drop) }
}

/// A file that says that it has no form yet must have nothing in it.
fn see_nothing(connection: &Connection) -> Result<(), RecordError> {
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))? {
        0 => Ok(()),
        _ => Err(RecordError::Damaged("it is a database of something else".into())),
    }
}

/// Reads every page. A page that is damaged would else be found only when something is added, and that on each day anew.
fn see_sound(connection: &Connection, path: &Path) -> Result<(), RecordError> {
    let table = connection.query_row("SELECT sql FROM sqlite_schema WHERE name = 'entry'", [], |row| row.get::<_, String>(0));
    match table {
        Ok(table) if table == TABLE => {}
        Ok(_) | Err(rusqlite::Error::QueryReturnedNoRows) => return Err(RecordError::Damaged("its table is another one".into())),
        Err(error) => return Err(error.into()),
    }
    let found = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))?;
    if found != "ok" {
        return Err(RecordError::Damaged(found));
    }
    // The file itself says that it may not be written, though the system allows it.
    if connection.is_readonly(MAIN_DB)? {
        let writable = File::options().append(true).open(path).is_ok();
        return Err(if writable { RecordError::Damaged("it says that it may not be written".into()) } else { RecordError::ReadOnly });
    }
    Ok(())
}

/// Opens a file for the worker alone, and makes it if it is not there.
fn private(path: &Path) -> Result<File, RecordError> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(file_error(path))?;
    close_to_others(path, 0o600)?;
    Ok(file)
}

#[cfg(unix)]
fn close_to_others(path: &Path, mode: u32) -> Result<(), RecordError> {
    use std::os::unix::fs::PermissionsExt as _;
    let now = fs::metadata(path).map_err(file_error(path))?.permissions().mode() & 0o777;
    if now & !mode == 0 { Ok(()) } else { fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(file_error(path)) }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same as on Unix")]
fn close_to_others(_: &Path, _: u32) -> Result<(), RecordError> {
    Ok(())
}

/// Says that the disk is full where SQLite does not: it does only when a write into the record or its log is refused, and not when a file beside it
/// cannot be made or grow. So it is tried.
fn told(path: &Path, error: RecordError) -> RecordError {
    let RecordError::Other(_) = &error else { return error };
    let probe = path.with_extension("probe");
    let tried = private(&probe).and_then(|mut file| file.write_all(&vec![0; 64 << 10]).map_err(file_error(&probe)));
    let _ = fs::remove_file(&probe);
    match tried {
        Err(known @ (RecordError::Full | RecordError::ReadOnly)) => known,
        _ => error,
    }
}

/// Gives a damaged record another name, with the files beside it.
fn put_aside(path: &Path, day: &str) -> Result<PathBuf, RecordError> {
    let name = |number: u32| path.with_file_name(if number == 1 { format!("damaged-{day}.sqlite") } else { format!("damaged-{day}-{number}.sqlite") });
    let ends = ["-journal", "-wal", "-shm", ""];
    let is_free = |aside: &PathBuf| ends.iter().all(|end| !beside(aside, end).exists());
    let aside = (1..10_000).map(name).find(is_free).unwrap_or_else(|| name(1));
    // The file itself goes last: until then it is found to be damaged, and the rest follows when this program is ended in between.
    for end in ends {
        match fs::rename(beside(path, end), beside(&aside, end)) {
            Err(cause) if end.is_empty() || cause.kind() != std::io::ErrorKind::NotFound => return Err(file_error(path)(cause)),
            _ => {}
        }
    }
    Ok(aside)
}

/// The name of a file that SQLite keeps beside another one.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
