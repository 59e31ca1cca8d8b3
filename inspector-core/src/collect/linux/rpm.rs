//! The database of rpm: SQLite since rpm 4.16, with one header per package.
//!
//! The header is a list of tagged values; only name, version and time of installation are read. The format is described in rpm's
//! documentation, "RPM V4 header format".

use std::path::Path;

use crate::collect::Context;
use crate::collect::log::Log;
use crate::collect::sqlite;
use crate::facts::{Fact, Package};
use crate::inventory::ReasonCode;
use crate::text;

const FOLDERS: [&str; 2] = ["/usr/lib/sysimage/rpm", "/var/lib/rpm"];
/// Forms of the database before SQLite (Berkeley DB, ndb): their presence means packages that cannot be read.
const OTHER_FORMS: [&str; 2] = ["Packages", "Packages.db"];

const TAG_NAME: u32 = 1000;
const TAG_VERSION: u32 = 1001;
const TAG_INSTALL_TIME: u32 = 1008;

pub(super) fn collect(context: &Context, log: &mut Log) -> Vec<Fact> {
    for folder in FOLDERS {
        let path = Path::new(folder).join("rpmdb.sqlite");
        let on_disk = context.tree.on_disk(&path);
        if let Some(on_disk) = log.keep(&path, on_disk) {
            return read(&on_disk, &path, log).unwrap_or_else(|_| {
                log.trouble(ReasonCode::Malformed, &path);
                Vec::new()
            });
        }
        for form in OTHER_FORMS {
            let path = Path::new(folder).join(form);
            if log.exists(&path) == Some(true) {
                log.trouble(ReasonCode::UnsupportedFormat, &path);
                return Vec::new();
            }
        }
    }
    Vec::new()
}

fn read(on_disk: &Path, path: &Path, log: &mut Log) -> rusqlite::Result<Vec<Fact>> {
    let db = sqlite::open(on_disk)?;
    let mut statement = db.prepare("SELECT blob FROM Packages")?;
    let mut rows = statement.query([])?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        let header = row.get_ref(0)?.as_blob().unwrap_or_default();
        match parse(header) {
            // The public keys that rpm trusts are kept as packages of this name.
            Some(package) if package.id == "rpm:gpg-pubkey" => {}
            Some(package) => facts.push(Package { place: crate::collect::path_text(path), ..package }.into()),
            None => log.trouble(ReasonCode::Malformed, path),
        }
    }
    log.checked(facts.len());
    Ok(facts)
}

fn parse(header: &[u8]) -> Option<Package> {
    let entries = number(header, 0)? as usize;
    let store = header.get(8 + entries.checked_mul(16)?..)?;
    let mut package = Package::default();
    for entry in 0..entries {
        let at = 8 + entry * 16;
        let value = store.get(number(header, at + 8)? as usize..)?;
        match number(header, at)? {
            TAG_NAME => package.id = format!("rpm:{}", string(value)?),
            TAG_VERSION => package.version = Some(string(value)?),
            TAG_INSTALL_TIME => package.since = Some(i64::from(number(value, 0)?)),
            _ => {}
        }
    }
    (!package.id.is_empty()).then_some(package)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn string(bytes: &[u8]) -> Option<String> {
    Some(text::from_bytes(&bytes[..memchr::memchr(0, bytes)?]))
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::collect::Collected;
    use crate::collect::testing::Fixture;
    use crate::inventory::{Source, Status};

    fn header() -> Vec<u8> {
        let store = b"osquery\x005.1\x00\x00\x00\x00\x65\x00\x00\x00";
        let mut bytes = Vec::new();
        bytes.extend(3u32.to_be_bytes());
        bytes.extend(u32::try_from(store.len()).unwrap().to_be_bytes());
        for (tag, kind, offset) in [(TAG_NAME, 6u32, 0u32), (TAG_VERSION, 6, 8), (TAG_INSTALL_TIME, 4, 15)] {
            for value in [tag, kind, offset, 1] {
                bytes.extend(value.to_be_bytes());
            }
        }
        bytes.extend(store);
        bytes
    }

    #[test]
    fn a_header_is_read_and_a_lying_one_refused() {
        let package = parse(&header()).unwrap();
        assert_eq!((package.id.as_str(), package.version.as_deref(), package.since), ("rpm:osquery", Some("5.1"), Some(0x6500_0000)));
        for cut in 0..header().len() - 4 {
            assert!(parse(&header()[..cut]).is_none(), "cut at {cut}");
        }
        let mut lying = header();
        lying[0] = 0xff;
        assert!(parse(&lying).is_none());
    }

    fn only_rpm(context: &Context) -> Collected {
        let mut log = Log::new(context, Source::Packages);
        let facts = collect(context, &mut log);
        Collected { facts, coverage: vec![log.finish()] }
    }

    #[test]
    fn a_real_database_and_a_broken_one() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("rpmdb.sqlite");
        let db = Connection::open(&file).unwrap();
        db.execute_batch("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)").unwrap();
        db.execute("INSERT INTO Packages (blob) VALUES (?1)", [header()]).unwrap();
        db.execute("INSERT INTO Packages (blob) VALUES (?1)", [b"rubbish".to_vec()]).unwrap();
        drop(db);
        let collected = Fixture::new().file("/var/lib/rpm/rpmdb.sqlite", std::fs::read(file).unwrap()).collect(only_rpm);
        assert_eq!(collected.facts.len(), 1);
        assert_eq!(collected.of(Source::Packages), (Status::Partial, Some(ReasonCode::Malformed)));
        let broken = Fixture::new().file("/var/lib/rpm/rpmdb.sqlite", "not a database at all").collect(only_rpm);
        assert_eq!(broken.of(Source::Packages).1, Some(ReasonCode::Malformed));
        let old = Fixture::new().file("/var/lib/rpm/Packages", "bdb").collect(only_rpm);
        assert_eq!(old.of(Source::Packages), (Status::None, Some(ReasonCode::UnsupportedFormat)));
        let denied = Fixture::new().file("/var/lib/rpm/rpmdb.sqlite", "").deny("/var/lib/rpm").collect(only_rpm);
        assert_eq!(denied.of(Source::Packages), (Status::None, Some(ReasonCode::PermissionDenied)));
    }
}
