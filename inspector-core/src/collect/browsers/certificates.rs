//! Root certificates that browsers keep for themselves.
//!
//! Browsers bring Mozilla's or their maker's list along; what is added to it lies in databases of two kinds. NSS's `cert9.db` has one
//! table of PKCS #11 objects, with a column for each attribute, named by its number in hexadecimal; whether a certificate is trusted is
//! another object with the same issuer and serial number. Chromium's `ServerCertificate` has one row for each certificate.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::{Engine, account, browsers, chromium, data, firefox, places};
use crate::collect::certificates::describe;
use crate::collect::log::{FILE_LIMIT, Log};
use crate::collect::sqlite;
use crate::collect::tree::Trouble;
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Anchor, Certificate, Fact};
use crate::inventory::{ReasonCode, Source};

/// The most rows that are read of one database.
const MOST_ROWS: usize = 20_000;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = account(context, Source::BrowserCertificates);
    let mut facts = Vec::new();
    for browser in browsers(context.os) {
        let mut nss = places(&mut log, context, browser.nss);
        for data in data(&mut log, context, browser) {
            match browser.engine {
                Engine::Chromium => {
                    for profile in chromium::profiles(&mut log, browser, &data) {
                        examine(&mut log, context, &profile.join("ServerCertificate"), browser.name, of_chromium, &mut facts);
                    }
                }
                Engine::Firefox => nss.extend(firefox::profiles(&mut log, context, &data)),
            }
        }
        for folder in nss {
            examine(&mut log, context, &folder.join("cert9.db"), browser.name, of_nss, &mut facts);
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
}

/// Reads the trusted certificates of one database.
type Reader = fn(&Connection) -> Result<BTreeSet<Vec<u8>>, Refused>;

/// Why a database was not understood.
enum Refused {
    Sqlite(rusqlite::Error),
    /// It does not have the tables and columns that it should have.
    OtherLayout,
    TooMany,
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl Refused {
    fn code(&self) -> ReasonCode {
        match self {
            Self::Sqlite(rusqlite::Error::SqliteFailure(error, _)) => match error.code {
                rusqlite::ErrorCode::PermissionDenied => ReasonCode::PermissionDenied,
                rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::SystemIoFailure | rusqlite::ErrorCode::DatabaseBusy => ReasonCode::ReadError,
                _ => ReasonCode::Malformed,
            },
            Self::Sqlite(_) => ReasonCode::Malformed,
            Self::OtherLayout => ReasonCode::UnsupportedFormat,
            Self::TooMany => ReasonCode::TooMany,
        }
    }
}

fn examine(log: &mut Log, context: &Context, path: &Path, store: &str, read: Reader, facts: &mut Vec<Fact>) {
    let result = context.tree.on_disk(path).and_then(|file| small(&file).map(|()| file));
    let Some(file) = log.keep(path, result) else { return };
    match sqlite::open(&file).map_err(Refused::from).and_then(|database| read(&database)) {
        Ok(certificates) => {
            for der in certificates {
                let Some(described) = describe(&der) else {
                    log.trouble(ReasonCode::Malformed, path);
                    continue;
                };
                let certificate = Certificate {
                    sha256: described.sha256,
                    subject: described.subject,
                    names: described.names,
                    anchor: Anchor::Added,
                    // The file changes with every use; it does not tell when this one came.
                    since: None,
                    store: store.into(),
                    place: path_text(path),
                };
                facts.push(certificate.into());
            }
        }
        Err(refused) => log.trouble(refused.code(), path),
    }
}

/// Whether a database is small enough, and may be read: the reader itself tells less of it.
fn small(file: &Path) -> Result<(), Trouble> {
    let length = fs::File::open(file)?.metadata()?.len();
    if length > FILE_LIMIT { Err(Trouble::TooLarge(FILE_LIMIT)) } else { Ok(()) }
}

/// The columns of a table that really is one: a view could be made to answer for ever.
fn columns(database: &Connection, table: &str) -> Result<BTreeSet<String>, Refused> {
    let kind = "SELECT count(*) FROM sqlite_schema WHERE name = ?1 AND type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'";
    if database.query_row(kind, [table], |row| row.get::<_, i64>(0))? != 1 {
        return Err(Refused::OtherLayout);
    }
    let mut statement = database.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get::<_, String>(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Goes through the rows of a table. Nothing is asked of the database that a row can make expensive.
fn each_row(database: &Connection, query: &str, mut each: impl FnMut(&Row)) -> Result<(), Refused> {
    let mut statement = database.prepare(query)?;
    let mut rows = statement.query([])?;
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        seen += 1;
        if seen > MOST_ROWS {
            return Err(Refused::TooMany);
        }
        each(row);
    }
    Ok(())
}

fn blob<'a>(row: &'a Row, column: usize) -> &'a [u8] {
    match row.get_ref(column) {
        Ok(ValueRef::Blob(bytes) | ValueRef::Text(bytes)) => bytes,
        _ => &[],
    }
}

/// Classes of objects, and what they say of trust, as PKCS #11 and NSS number them.
mod object {
    pub(super) const CERTIFICATE: [u8; 4] = [0, 0, 0, 1];
    /// Trust, and "may sign certificates of servers", as NSS wrote it before PKCS #11 had it.
    pub(super) const NSS_TRUST: [u8; 4] = [0xCE, 0x53, 0x43, 0x53];
    pub(super) const NSS_TRUSTED_DELEGATOR: [u8; 4] = [0xCE, 0x53, 0x43, 0x52];
    /// The same in PKCS #11 3.2, which NSS writes since 2025.
    pub(super) const TRUST: [u8; 4] = [0, 0, 0, 0x0B];
    pub(super) const TRUST_ANCHOR: [u8; 4] = [0, 0, 0, 2];
}

/// The certificates that NSS trusts to sign those of servers.
fn of_nss(database: &Connection) -> Result<BTreeSet<Vec<u8>>, Refused> {
    const CLASS: &str = "a0";
    const NEEDED: [&str; 4] = [CLASS, "a11", "a81", "a82"];
    let columns = columns(database, "nssPublic")?;
    if NEEDED.iter().any(|needed| !columns.contains(*needed)) {
        return Err(Refused::OtherLayout);
    }
    let or_null = |column| if columns.contains(column) { column } else { "NULL" };
    let query = format!("SELECT a0, a11, a81, a82, {}, {} FROM nssPublic", or_null("ace536358"), or_null("a62c"));
    let mut certificates: Vec<([Vec<u8>; 2], Vec<u8>)> = Vec::new();
    let mut trusted: BTreeSet<[Vec<u8>; 2]> = BTreeSet::new();
    each_row(database, &query, |row| {
        let issuer_and_serial = [blob(row, 2).to_vec(), blob(row, 3).to_vec()];
        let class = blob(row, 0);
        if class == object::CERTIFICATE {
            certificates.push((issuer_and_serial, blob(row, 1).to_vec()));
        } else if (class == object::NSS_TRUST && blob(row, 4) == object::NSS_TRUSTED_DELEGATOR)
            || (class == object::TRUST && blob(row, 5) == object::TRUST_ANCHOR)
        {
            trusted.insert(issuer_and_serial);
        }
    })?;
    Ok(certificates.into_iter().filter(|(issuer_and_serial, _)| trusted.contains(issuer_and_serial)).map(|(_, der)| der).collect())
}

/// The certificates that the worker, or another program, told Chromium to trust.
fn of_chromium(database: &Connection) -> Result<BTreeSet<Vec<u8>>, Refused> {
    let columns = columns(database, "certificates")?;
    if ["der_cert", "trust_settings"].iter().any(|needed| !columns.contains(*needed)) {
        return Err(Refused::OtherLayout);
    }
    let mut trusted = BTreeSet::new();
    each_row(database, "SELECT der_cert, trust_settings FROM certificates", |row| {
        if is_trusted(blob(row, 1)) {
            trusted.insert(blob(row, 0).to_vec());
        }
    })?;
    Ok(trusted)
}

/// Whether Chromium's note on a certificate says "trusted": a message of protocol buffers, whose first field is the trust, whose first
/// field is 3.
fn is_trusted(note: &[u8]) -> bool {
    matches!(note, [0x0A, 2..=127, 0x08, 3, ..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    const SHA256: &str = "9685b0b3cd85e8bdae8707cd9016955904746fd4f7f9c029f8f5f19fbf1a9159";
    /// Made by `certutil` of NSS 3.87: a trusted root, an untrusted one, and the trusted certificate of one site.
    const NSS_3_87: &[u8] = include_bytes!("../../../testdata/browsers/nss387-cert9.db");
    /// Of a Firefox 153 whose policy installed the same root.
    const FIREFOX_153: &[u8] = include_bytes!("../../../testdata/browsers/firefox153esr-cert9.db");
    /// Of a Chromium 156 that accepted the root for a site.
    const CHROMIUM_156: &[u8] = include_bytes!("../../../testdata/browsers/chromium156-ServerCertificate");

    fn found(collected: &Collected) -> Vec<(&str, &str, &str)> {
        let each = collected.facts.iter().map(|fact| match fact {
            Fact::Certificate(c) => (&*c.sha256, &*c.store, &*c.place),
            other => panic!("{other:?}"),
        });
        each.collect()
    }

    #[test]
    fn of_real_browsers() {
        let shared = "/home/anna/.pki/nssdb/cert9.db";
        let snap = "/home/anna/snap/firefox/common/.mozilla/firefox/a b%?#/cert9.db";
        let own = "/home/anna/.config/google-chrome/Profile 1/ServerCertificate";
        let profiles = "[Profile0]\nPath=a b%?#\n";
        let collected = Fixture::new()
            .file(shared, NSS_3_87)
            .file(snap, FIREFOX_153)
            .file("/home/anna/snap/firefox/common/.mozilla/firefox/profiles.ini", profiles)
            .file(own, CHROMIUM_156)
            .collect(collect);
        assert_eq!(found(&collected), [(SHA256, "Chrome", own), (SHA256, "Chromium", shared), (SHA256, "Firefox", snap)]);
        let Fact::Certificate(certificate) = &collected.facts[0] else { panic!() };
        assert_eq!(certificate.names, ["Werkgever TLS Inspection CA", "Werkgever BV"]);
        assert_eq!((certificate.anchor, certificate.since), (Anchor::Added, None));
        assert_eq!(collected.of(Source::BrowserCertificates), (Status::Full, None));
    }

    #[test]
    fn absent_closed_and_broken() {
        let of = |fixture: Fixture| {
            let collected = fixture.collect(collect);
            assert!(collected.facts.is_empty(), "{:?}", collected.facts);
            collected.of(Source::BrowserCertificates)
        };
        let shared = "/home/anna/.pki/nssdb/cert9.db";
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(Fixture::new().file(shared, NSS_3_87).deny("/home/anna/.pki/nssdb")), (Status::None, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(Fixture::new().folder(shared)), (Status::None, Some(ReasonCode::NotAFile)));
        assert_eq!(
            of(Fixture::new().file(shared, "not a database, though long enough to have a head of one hundred bytes, as every database has, and so on")).1,
            Some(ReasonCode::Malformed)
        );
        assert_eq!(of(Fixture::new().file(shared, &NSS_3_87[..5_000])).1, Some(ReasonCode::Malformed));
        assert_eq!(of(Fixture::new().file(shared, CHROMIUM_156)).1, Some(ReasonCode::UnsupportedFormat));
        let endless =
            "CREATE VIEW nssPublic AS WITH RECURSIVE n(a0) AS (SELECT 1 UNION ALL SELECT a0 + 1 FROM n) SELECT a0, a0 AS a11, a0 AS a81, a0 AS a82 FROM n";
        assert_eq!(of(Fixture::new().file(shared, database(endless))).1, Some(ReasonCode::UnsupportedFormat));
        let no_certificate = "CREATE TABLE nssPublic (id, a0, a11, a81, a82, a62c);
            INSERT INTO nssPublic VALUES (1, x'00000001', x'3000', x'01', x'02', NULL), (2, x'0000000b', NULL, x'01', x'02', x'00000002'), (3, 7, 'x', 1.5, NULL, 'y')";
        assert_eq!(of(Fixture::new().file(shared, database(no_certificate))), (Status::Partial, Some(ReasonCode::Malformed)));
    }

    #[test]
    fn trusted_roots_only() {
        for (note, trusted) in
            [(&[0x0A, 2, 8, 3][..], true), (&[0x0A, 2, 8, 3, 0x12, 0], true), (&[0x0A, 2, 8, 2], false), (&[0x0A, 2, 8, 1], false), (&[], false)]
        {
            assert_eq!(is_trusted(note), trusted, "{note:?}");
        }
    }

    fn database(statements: &str) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("made.db");
        Connection::open(&path).unwrap().execute_batch(statements).unwrap();
        fs::read(path).unwrap()
    }
}
