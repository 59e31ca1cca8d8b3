use std::fs;

use rusqlite::Connection;
use tempfile::TempDir;

use super::*;
use crate::history::{About, Change, Sight, What, key};
use crate::inventory::{Host, Inventory};
use crate::kinds::Os;
use crate::mask::{Masker, Names};

const DAY: &str = "2026-11-25";

fn product(id: &str, what: What) -> Change {
    Change::new(DAY, what, About::Product, id).with(key::NAME, id.to_uppercase()).with(key::EVIDENCE, format!("path: /home/anna/{id}"))
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("inzage").join(FILE_NAME)
    }

    fn open(&self) -> Record {
        let opened = Record::open(&self.path(), DAY).unwrap();
        assert_eq!(opened.aside, None);
        opened.record
    }

    /// A record with three products, one of which is gone.
    fn filled() -> Self {
        let folder = Self::new();
        let mut record = folder.open();
        record.add(&[product("a", What::Appeared), product("b", What::Appeared)]).unwrap();
        record.add(&[product("c", What::Appeared), product("a", What::Disappeared)]).unwrap();
        folder
    }

    /// What somebody does who can write the file.
    fn tamper(&self, sql: &str) {
        Connection::open(self.path()).unwrap().execute_batch(sql).unwrap();
    }

    fn verify(&self, receipts: &[Receipt]) -> Verified {
        verify(&self.path(), receipts).unwrap()
    }
}

#[test]
fn what_was_added_is_there_when_it_is_opened_again() {
    let folder = Folder::filled();
    let record = folder.open();
    assert_eq!(record.entries(), 5);
    assert_eq!(record.state().products["a"].sight, Sight::Gone);
    assert_eq!(record.state().products["b"].value(key::NAME), Some("B"));
    assert_eq!(record.changes().unwrap()[1], product("a", What::Appeared));
    let verified = folder.verify(&[]);
    assert_eq!((verified.entries, verified.broken, verified.hidden), (5, None, 0));
    assert_eq!(verified.record, record.id());
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    fs::create_dir(folder.path().parent().unwrap()).unwrap();
    fs::set_permissions(folder.path().parent().unwrap(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut record = folder.open();
    record.add(&[product("a", What::Appeared)]).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder.path().parent().unwrap()), 0o700);
    let files: Vec<_> = fs::read_dir(folder.path().parent().unwrap()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[test]
fn every_changed_value_is_found() {
    let entries = 5;
    for number in 1..=entries {
        let fields = {
            let folder = Folder::filled();
            let mut fields = Vec::new();
            folder.open().each(|at, all, _| fields.extend(all.into_keys().filter(|_| at == number))).unwrap();
            fields
        };
        assert!(fields.len() >= 4);
        let mut tampered: Vec<_> = fields
            .iter()
            .flat_map(|name| {
                let set = |at: u8, value: &str| format!("UPDATE entry SET fields = json_replace(fields, '$.{name}[{at}]', '{value}') WHERE number = {number}");
                [
                    set(1, "x"),
                    set(0, "00000000000000000000000000000000"),
                    format!("UPDATE entry SET fields = json_remove(fields, '$.{name}') WHERE number = {number}"),
                ]
            })
            .collect();
        tampered.push(format!("UPDATE entry SET fields = json_insert(fields, '$.more', 'x') WHERE number = {number}"));
        tampered.push(format!("UPDATE entry SET fields = 'x' WHERE number = {number}"));
        tampered.push(format!("UPDATE entry SET hash = zeroblob(32) WHERE number = {number}"));
        tampered.push(format!("UPDATE entry SET hash = zeroblob(3) WHERE number = {number}"));
        for sql in tampered {
            let folder = Folder::filled();
            folder.tamper(&sql);
            assert_eq!(folder.verify(&[]).broken, Some(Broken::At(number)), "{sql}");
        }
        if number < entries {
            let folder = Folder::filled();
            folder.tamper(&format!("DELETE FROM entry WHERE number = {number}"));
            assert_eq!(folder.verify(&[]).broken, Some(Broken::At(number)));
        }
    }
    let folder = Folder::filled();
    folder.tamper("UPDATE entry SET number = number + 10 WHERE number > 2");
    assert_eq!(folder.verify(&[]).broken, Some(Broken::At(3)));
    let folder = Folder::filled();
    folder.tamper("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END");
    assert_eq!(folder.verify(&[]).broken, Some(Broken::Strange));
}

#[test]
fn a_receipt_tells_what_the_chain_alone_cannot() {
    let folder = Folder::filled();
    let receipt = folder.open().receipt(DAY);
    folder.open().add(&[product("d", What::Appeared)]).unwrap();
    let verified = folder.verify(std::slice::from_ref(&receipt));
    assert_eq!(verified.fits(&receipt), Some(true));
    assert_eq!(verified.receipt(DAY).entries, 6);

    // Truncated, and rolled back to an older copy: each is a whole chain.
    folder.tamper("DELETE FROM entry WHERE number > 4");
    let verified = folder.verify(std::slice::from_ref(&receipt));
    assert_eq!((verified.broken, verified.fits(&receipt)), (None, Some(false)));

    // Made anew, with all hashes right.
    let other = Folder::filled();
    other.tamper(&format!("UPDATE entry SET fields = json_replace(fields, '$.id[1]', '{}') WHERE number = 1", receipt.record));
    recompute(&other);
    let verified = other.verify(std::slice::from_ref(&receipt));
    assert_eq!((verified.broken, verified.fits(&receipt)), (None, Some(false)));

    // A receipt of another record says nothing.
    let other = Folder::filled();
    assert_eq!(other.verify(std::slice::from_ref(&receipt)).fits(&receipt), None);
}

/// What somebody does who knows how the chain is made.
fn recompute(folder: &Folder) {
    let mut rows = Vec::new();
    folder.open().each(|number, fields, _| rows.push((number, fields))).unwrap();
    let connection = Connection::open(folder.path()).unwrap();
    let mut before = chain::NOTHING;
    for (number, fields) in rows {
        before = chain::hash(&before, number, &fields).unwrap();
        connection.execute("UPDATE entry SET hash = ?1 WHERE number = ?2", rusqlite::params![before, i64::try_from(number).unwrap()]).unwrap();
    }
}

#[test]
fn a_masked_extract_can_be_checked_and_names_nobody() {
    let folder = Folder::filled();
    let mut record = folder.open();
    record.add(&[Change::new(DAY, What::Appeared, About::Observation, "proxy").with(key::BY, "proxy.acme.example")]).unwrap();
    let names = Names { people: vec!["anna".into()], ..Names::default() };
    let host = Host { os: Os::Linux, os_version: String::new(), root: "/".into(), elevated: false, home: Some("/home/anna".into()) };
    let inventory = Inventory {
        schema: String::new(),
        made_at: String::new(),
        agent_version: String::new(),
        host,
        facts: Vec::new(),
        coverage: Vec::new(),
        names: Some(names),
    };
    let masker = Masker::new(&inventory);
    let json = serde_json::to_string(&record.extract(Some(&masker)).unwrap()).unwrap();
    assert!(!json.contains("anna") && !json.contains("acme.example"), "{json}");
    assert!(json.contains("path: ~/a"), "{json}");
    let extract: Extract = serde_json::from_str(&json).unwrap();
    let receipt = record.receipt(DAY);
    let verified = check_extract(&extract, std::slice::from_ref(&receipt));
    assert_eq!((verified.entries, verified.broken, verified.fits(&receipt)), (6, None, Some(true)));
    assert_eq!(verified.hidden, 5);
    assert_eq!(extract.subjects.len(), 4);

    let mut other = extract.clone();
    other.entries[2].fields.get_mut("day").unwrap().value = Some("2020-01-01".into());
    assert_eq!(check_extract(&other, &[]).broken, Some(Broken::At(3)));
    let mut other = extract.clone();
    other.entries[3].fields.get_mut(key::EVIDENCE).unwrap().commitment = Some("00".repeat(32));
    assert_eq!(check_extract(&other, &[]).broken, Some(Broken::At(4)));
    let whole = record.extract(None).unwrap();
    assert_eq!((check_extract(&whole, &[]).broken, check_extract(&whole, &[]).hidden), (None, 0));
}

#[test]
fn an_erased_value_is_not_in_the_file_and_breaks_nothing() {
    let folder = Folder::filled();
    let mut record = folder.open();
    let receipt = record.receipt(DAY);
    assert_eq!(record.erase("a").unwrap(), 2);
    assert_eq!(record.erase("a").unwrap(), 0);
    assert_eq!(record.state().products["a"].value(key::NAME), None);
    record.add(&[product("d", What::Appeared)]).unwrap();
    drop(record);
    let bytes = fs::read(folder.path()).unwrap();
    let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(!has("/home/anna/a") && has("/home/anna/b"));
    let verified = folder.verify(std::slice::from_ref(&receipt));
    assert_eq!((verified.broken, verified.hidden, verified.fits(&receipt)), (None, 4, Some(true)));
}

#[test]
fn a_damaged_record_is_kept_aside() {
    for damage in ["not a database at all", ""] {
        let folder = Folder::filled();
        let mut bytes = fs::read(folder.path()).unwrap();
        if damage.is_empty() {
            bytes.truncate(5000);
        } else {
            bytes = damage.into();
        }
        fs::write(folder.path(), &bytes).unwrap();
        let opened = Record::open(&folder.path(), DAY).unwrap();
        let aside = opened.aside.unwrap();
        assert_eq!(fs::read(aside).unwrap(), bytes);
        assert_eq!(opened.record.entries(), 2);
        assert_eq!(folder.verify(&[]).broken, None);
        drop(opened.record);
        assert_eq!(folder.open().entries(), 2);
    }
}

#[test]
fn what_only_writing_would_find_is_found_when_it_is_opened() {
    // The list of free pages; a file that says that it may not be written; a form that is no number.
    for (at, value) in [(35, 9), (18, 9), (60, 0xff)] {
        let folder = Folder::filled();
        let mut bytes = fs::read(folder.path()).unwrap();
        bytes[at] = value;
        fs::write(folder.path(), &bytes).unwrap();
        let opened = Record::open(&folder.path(), DAY).unwrap();
        let aside = opened.aside.unwrap();
        assert_eq!(fs::read(&aside).unwrap(), bytes, "byte {at}");
        assert_eq!(opened.record.entries(), 2);
    }
}

/// The locks that this process has on a file.
#[cfg(target_os = "linux")]
fn locks(path: &Path) -> usize {
    use std::os::unix::fs::MetadataExt as _;
    let end = format!(":{}", fs::metadata(path).unwrap().ino());
    let process = std::process::id().to_string();
    let is_ours = |line: &&str| {
        let words: Vec<_> = line.split_whitespace().collect();
        words.contains(&process.as_str()) && words.iter().any(|word| word.ends_with(&end))
    };
    fs::read_to_string("/proc/locks").unwrap().lines().filter(is_ours).count()
}

#[cfg(target_os = "linux")]
#[test]
fn opening_it_twice_in_one_program_releases_no_lock() {
    let folder = Folder::filled();
    let record = folder.open();
    let before = locks(&folder.path());
    // Not every system shows them.
    if before == 0 {
        return;
    }
    let second = folder.open();
    assert_eq!(locks(&folder.path()), before);
    drop(second);
    folder.verify(&[]);
    assert_eq!(locks(&folder.path()), before);
    drop(record);
}

#[test]
fn a_record_of_form_1_is_opened_read_and_continued() {
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/record-form-1.sqlite");
    let receipt = Receipt {
        schema: RECEIPT_SCHEMA.into(),
        day: "2026-03-16".into(),
        record: "e7c9070e3e7c2a6c5c80546772670e87".into(),
        entries: 78,
        hash: "2f9e7f1317e36893683828a138e86f0ce09f9bb71ae0ab9518753b7ce3e90b5e".into(),
    };
    // A copy is checked as it is, also by later versions.
    let folder = Folder::new();
    fs::create_dir(folder.path().parent().unwrap()).unwrap();
    fs::copy(&original, folder.path()).unwrap();
    let is_as_it_was = |folder: &Folder, entries| {
        let verified = folder.verify(std::slice::from_ref(&receipt));
        assert_eq!((verified.entries, verified.broken, verified.fits(&receipt)), (entries, None, Some(true)));
    };
    is_as_it_was(&folder, receipt.entries);
    let mut record = folder.open();
    assert_eq!((record.id(), record.entries()), (receipt.record.as_str(), receipt.entries));
    let changes = record.changes().unwrap();
    for what in What::ALL {
        assert!(changes.iter().any(|change| change.what == *what), "{what:?}");
    }
    assert!(changes.iter().any(|change| change.what == What::Appeared && change.about == About::Product && change.values.is_empty()), "one was erased");
    let subject = |sight| record.state().products.values().filter(|subject| subject.sight == sight).count();
    assert_eq!((subject(Sight::Seen), subject(Sight::Lost), subject(Sight::Gone)), (4, 0, 6));
    record.add(&[product("new", What::Appeared)]).unwrap();
    drop(record);
    is_as_it_was(&folder, receipt.entries + 1);
}

#[test]
fn a_record_of_something_else_or_of_a_newer_version_is_not_touched() {
    let folder = Folder::filled();
    folder.tamper("PRAGMA user_version = 2");
    let before = fs::read(folder.path()).unwrap();
    assert!(matches!(Record::open(&folder.path(), DAY), Err(RecordError::Newer(2))));
    assert!(matches!(verify(&folder.path(), &[]), Err(RecordError::Newer(2))));
    assert_eq!(fs::read(folder.path()).unwrap(), before);
}

#[test]
fn an_empty_file_is_a_new_record() {
    let folder = Folder::new();
    fs::create_dir(folder.path().parent().unwrap()).unwrap();
    fs::write(folder.path(), "").unwrap();
    // Left by a program that was ended while it made its record.
    assert_eq!((folder.verify(&[]).entries, folder.verify(&[]).broken), (0, None));
    assert_eq!(folder.open().entries(), 1);
}

#[test]
fn a_copy_can_be_checked_where_nothing_can_be_written() {
    let folder = Folder::filled();
    let copy = folder.0.path().join("a copy?#%.sqlite");
    fs::copy(folder.path(), &copy).unwrap();
    assert_eq!(verify(&copy, &[]).unwrap().entries, 5);
    assert!(matches!(verify(Path::new("/no/such/file"), &[]), Err(RecordError::File { .. })));
    fs::write(&copy, "no record").unwrap();
    assert!(matches!(verify(&copy, &[]), Err(RecordError::Damaged(_))));
}

#[test]
fn programs_that_write_at_the_same_time_lose_nothing() {
    let folder = Folder::new();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let folder = &folder;
            scope.spawn(move || {
                for at in 0..25 {
                    let mut record = Record::open(&folder.path(), DAY).unwrap().record;
                    record.add(&[product(&format!("p{writer}x{at}"), What::Appeared)]).unwrap();
                }
            });
        }
    });
    assert_eq!(folder.open().state().products.len(), 100);
    assert_eq!((folder.verify(&[]).entries, folder.verify(&[]).broken), (101, None));
}
