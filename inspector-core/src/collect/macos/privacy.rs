//! What programs were allowed or refused: the screen, the keyboard, the camera, files.
//!
//! macOS keeps it in two databases, one for the computer and one for each account, and lets few programs read them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::collect::log::{FILE_LIMIT, Log};
use crate::collect::plist::{self, Dictionary, Value};
use crate::collect::tree::Trouble;
use crate::collect::{Collected, Context, path_text, sqlite};
use crate::facts::{Fact, PrivacyDecision, PrivacyRight, SetBy};
use crate::inventory::{ReasonCode, Source};

/// The folder of the databases, below the root and below a home.
const FOLDER: &str = "Library/Application Support/com.apple.TCC";
/// The most decisions in one database.
const MOST_ROWS: usize = 20_000;
/// The most bytes of the name of a program.
const LONGEST_PROGRAM: usize = 1_024;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::PrivacyDecisions);
    let mut decisions = Vec::new();
    let of_system = Path::new("/").join(FOLDER);
    database(context, &mut log, &of_system.join("TCC.db"), &mut decisions);
    overrides(&mut log, &of_system.join("MDMOverrides.plist"), &mut decisions);
    match context.at_home(FOLDER) {
        None => log.trouble(ReasonCode::NoHome, Path::new("~")),
        Some(own) => {
            let path = own.join("TCC.db");
            // From macOS 27 on it lies where nobody may look. Every account has one.
            if !database(context, &mut log, &path, &mut decisions) && context.tree.meta(&of_system).is_ok() {
                log.trouble(ReasonCode::NotShownBySystem, &path);
            }
        }
    }
    // A running Mac's profiles say the same as the overrides, and may be asked for by everybody.
    for decision in super::profiles::privacy_decisions(context, &mut log) {
        let is_known = |other: &PrivacyDecision| other.right == decision.right && other.program == decision.program && other.set_by == SetBy::Policy;
        if !decisions.iter().any(is_known) {
            decisions.push(decision);
        }
    }
    Collected { facts: decisions.into_iter().map(Fact::from).collect(), coverage: vec![log.finish()] }
}

/// What macOS calls a right, without what it begins with in the databases.
pub(super) fn right(service: &str) -> Option<PrivacyRight> {
    Some(match service.strip_prefix("kTCCService").unwrap_or(service) {
        "ScreenCapture" => PrivacyRight::Screen,
        // Who may press keys and buttons can do with the computer what its user can.
        "Accessibility" | "PostEvent" => PrivacyRight::Accessibility,
        "ListenEvent" => PrivacyRight::Input,
        "Camera" => PrivacyRight::Camera,
        "Microphone" => PrivacyRight::Microphone,
        "SystemPolicyAllFiles" => PrivacyRight::AllFiles,
        "SystemPolicyDesktopFolder"
        | "SystemPolicyDocumentsFolder"
        | "SystemPolicyDownloadsFolder"
        | "SystemPolicyNetworkVolumes"
        | "SystemPolicyRemovableVolumes"
        | "SystemPolicyAppData"
        | "FileProviderDomain" => PrivacyRight::SomeFiles,
        "AppleEvents" => PrivacyRight::Automation,
        "AddressBook" | "ContactsFull" | "ContactsLimited" | "Calendar" | "Reminders" | "Photos" | "PhotosAdd" => PrivacyRight::Personal,
        // What programs of Apple share with each other, and what says nothing of the worker.
        _ => return None,
    })
}

/// What a rule of a profile says. One that leaves it to the worker has not decided.
pub(super) fn allowed_by_rule(rule: &Dictionary) -> Option<bool> {
    match plist::text(rule, "Authorization").as_deref() {
        Some("Allow") => Some(true),
        Some("Deny") => Some(false),
        Some(_) => None,
        None => plist::yes(rule, "Allowed"),
    }
}

/// Reads one database; tells whether there is one.
fn database(context: &Context, log: &mut Log, path: &Path, decisions: &mut Vec<PrivacyDecision>) -> bool {
    // Opened here first: only so is a refusal told from a broken file.
    let result = log
        .in_time()
        .and_then(|()| context.tree.open(path))
        .and_then(|parts| if parts.length > FILE_LIMIT * 8 { Err(Trouble::TooLarge(FILE_LIMIT * 8)) } else { context.tree.on_disk(path) });
    let is_there = result.as_ref().err() != Some(&Trouble::Absent);
    if let Some(file) = log.keep(path, result) {
        match read(log, &file, path, decisions) {
            Ok(()) => {}
            Err(Unread::Sqlite) => log.trouble(ReasonCode::Malformed, path),
            Err(Unread::OtherLayout) => log.trouble(ReasonCode::UnsupportedFormat, path),
            Err(Unread::TooMany) => log.trouble(ReasonCode::TooMany, path),
            Err(Unread::TimedOut) => log.trouble(ReasonCode::TimedOut, path),
        }
        // The newest changes may be in a file beside it, which is not read: it belongs to who writes it.
        let beside = PathBuf::from(format!("{}-wal", path.display()));
        if context.tree.open(&beside).is_ok_and(|parts| parts.length > 0) {
            log.trouble(ReasonCode::UnsupportedFormat, &beside);
        }
    }
    is_there
}

/// Why a database was not read to its end.
enum Unread {
    Sqlite,
    OtherLayout,
    TooMany,
    TimedOut,
}

impl From<rusqlite::Error> for Unread {
    fn from(_: rusqlite::Error) -> Self {
        Self::Sqlite
    }
}

fn read(log: &mut Log, file: &Path, path: &Path, decisions: &mut Vec<PrivacyDecision>) -> Result<(), Unread> {
    let db = sqlite::open(file)?;
    let columns = columns(&db)?;
    let has = |name: &str| columns.contains(name);
    if !has("service") || !has("client") {
        return Err(Unread::OtherLayout);
    }
    // Up to macOS 10.15 there was yes or no, and nobody noted why.
    let value = match (has("auth_value"), has("allowed")) {
        (true, _) => "auth_value",
        (false, true) => "allowed * 2",
        (false, false) => return Err(Unread::OtherLayout),
    };
    let reason = if has("auth_reason") { "auth_reason" } else { "0" };
    let since = if has("last_modified") { "last_modified" } else { "0" };
    let mut statement = db.prepare(&format!("SELECT service, client, {value}, {reason}, {since} FROM access"))?;
    let mut rows = statement.query([])?;
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        seen += 1;
        if seen > MOST_ROWS {
            return Err(Unread::TooMany);
        }
        if log.in_time().is_err() {
            return Err(Unread::TimedOut);
        }
        let text = |column| row.get_ref(column).ok().and_then(|value| value.as_str().ok()).unwrap_or_default().to_owned();
        let number = |column| row.get_ref(column).ok().and_then(|value| value.as_i64().ok());
        let (Some(right), program) = (right(&text(0)), text(1)) else { continue };
        if program.len() > LONGEST_PROGRAM {
            continue;
        }
        if program.is_empty() {
            log.trouble(ReasonCode::Malformed, path);
            continue;
        }
        let since = number(4).filter(|since| *since > 0);
        let allowed = match number(2) {
            Some(0) => Some(false),
            // 3 allows a part.
            Some(2 | 3) => Some(true),
            _ => None,
        };
        decisions.push(PrivacyDecision { right, program, allowed, set_by: set_by(number(3)), since, place: path_text(path) });
    }
    log.checked(seen);
    Ok(())
}

/// Who decided, from the number that macOS keeps.
const fn set_by(reason: Option<i64>) -> SetBy {
    match reason {
        // Asked, or chosen in the settings.
        Some(2 | 3) => SetBy::User,
        // By the system for its own programs, or because of how they were made.
        Some(5 | 11 | 12) => SetBy::System,
        Some(6 | 7) => SetBy::Policy,
        // 4 is written when somebody with the word of an administrator chose it in the settings: mostly, but not always, the worker.
        _ => SetBy::Unknown,
    }
}

/// The columns of the table, if it really is one: a view could be made to answer for ever.
fn columns(db: &Connection) -> Result<BTreeSet<String>, Unread> {
    let kind = "SELECT count(*) FROM sqlite_schema WHERE name = 'access' AND type = 'table' AND sql LIKE 'CREATE TABLE %'";
    if db.query_row(kind, [], |row| row.get::<_, i64>(0))? != 1 {
        return Err(Unread::OtherLayout);
    }
    let mut statement = db.prepare("SELECT name FROM pragma_table_info('access')")?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// What profiles decided, as the system itself keeps it: by program, then by right.
fn overrides(log: &mut Log, path: &Path, decisions: &mut Vec<PrivacyDecision>) {
    for (program, services) in plist::read(log, path).into_iter().flatten() {
        for (service, rule) in services.as_dictionary().into_iter().flatten() {
            // For control of other programs the rules lie one deeper, by the program that is controlled.
            let (Some(right), Some(rule)) = (right(service), rule.as_dictionary()) else { continue };
            let allowed = allowed_by_rule(rule).or_else(|| rule.values().filter_map(Value::as_dictionary).find_map(allowed_by_rule));
            let program = program.chars().take(300).collect();
            decisions.push(PrivacyDecision { right, program, allowed, set_by: SetBy::Policy, since: None, place: path_text(path) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::macos::profiles::tests::answer;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    const OF_SYSTEM: &str = "/Library/Application Support/com.apple.TCC/TCC.db";
    const OWN: &str = "/Users/anna/Library/Application Support/com.apple.TCC/TCC.db";
    const OVERRIDES: &str = "/Library/Application Support/com.apple.TCC/MDMOverrides.plist";
    const TABLE: &str = "CREATE TABLE access (service TEXT, client TEXT, client_type INTEGER, auth_value INTEGER, auth_reason INTEGER, last_modified INTEGER);";

    fn made(statements: &str) -> Vec<u8> {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("TCC.db");
        Connection::open(&file).unwrap().execute_batch(statements).unwrap();
        std::fs::read(file).unwrap()
    }

    fn with(values: &str) -> Vec<u8> {
        made(&format!("{TABLE} INSERT INTO access VALUES {values};"))
    }

    fn found(collected: &Collected) -> Vec<(PrivacyRight, &str, Option<bool>, SetBy)> {
        collected
            .facts
            .iter()
            .map(|fact| if let Fact::PrivacyDecision(one) = fact { (one.right, one.program.as_str(), one.allowed, one.set_by) } else { panic!("{fact:?}") })
            .collect()
    }

    #[test]
    fn decisions_of_both_databases_and_of_profiles() {
        let system = with(
            "('kTCCServiceScreenCapture', 'com.acme.agent', 0, 2, 6, 1700000000), ('kTCCServiceListenEvent', '/opt/acme', 1, 0, 4, 5),
            ('kTCCServiceLiverpool', 'com.apple.x', 0, 2, 5, 5)",
        );
        let own = made(
            "CREATE TABLE access (service TEXT, client TEXT, client_type INTEGER, allowed INTEGER, prompt_count INTEGER);
            INSERT INTO access VALUES ('kTCCServiceCamera', 'us.zoom.xos', 0, 1, 1), ('kTCCServiceMicrophone', 'us.zoom.xos', 0, 0, 1);",
        );
        let overrides =
            r#"{"com.acme.agent": {"kTCCServiceAccessibility": {"Allowed": 1}, "kTCCServiceAppleEvents": {"com.apple.finder": {"Allowed": true}}}}"#;
        let payload = r#"{ Services = { Accessibility = ( { Allowed = 1; Identifier = "com.acme.agent"; } );
            SystemPolicyAllFiles = ( { Authorization = Allow; CodeRequirement = "a \"b\""; Identifier = "com.acme.agent"; } );
            ListenEvent = ( { Authorization = AllowStandardUserToSetSystemService; Identifier = "com.acme.keys"; }, { Allowed = 1; } ); }; }"#;
        let collected = Fixture::new()
            .file(OF_SYSTEM, system)
            .file(OWN, own)
            .file(OVERRIDES, overrides)
            .mac(answer(&[("com.apple.TCC.configuration-profile-policy", payload)]))
            .collect_macos(collect);
        let (yes, no) = (Some(true), Some(false));
        let mut found = found(&collected);
        found.sort_by_key(|one| (one.1, one.0));
        assert_eq!(
            found,
            [
                (PrivacyRight::Input, "/opt/acme", no, SetBy::Unknown),
                (PrivacyRight::Screen, "com.acme.agent", yes, SetBy::Policy),
                (PrivacyRight::Accessibility, "com.acme.agent", yes, SetBy::Policy),
                (PrivacyRight::AllFiles, "com.acme.agent", yes, SetBy::Policy),
                (PrivacyRight::Automation, "com.acme.agent", yes, SetBy::Policy),
                (PrivacyRight::Input, "com.acme.keys", None, SetBy::Policy),
                (PrivacyRight::Camera, "us.zoom.xos", yes, SetBy::Unknown),
                (PrivacyRight::Microphone, "us.zoom.xos", no, SetBy::Unknown),
            ]
        );
        assert_eq!(collected.of(Source::PrivacyDecisions), (Status::Partial, Some(ReasonCode::Malformed)), "one rule names no program");
    }

    #[test]
    fn absent_denied_and_malformed() {
        let of = |fixture: Fixture| fixture.collect_macos(collect).of(Source::PrivacyDecisions);
        let usual = || Fixture::new().file(OF_SYSTEM, with("('kTCCServiceCamera', 'x', 0, 2, 2, 1)")).file(OWN, made(TABLE));
        assert_eq!(of(usual()), (Status::Full, None));
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(Fixture::new().file(OF_SYSTEM, made(TABLE))), (Status::Partial, Some(ReasonCode::NotShownBySystem)));
        assert_eq!(of(usual().deny(OWN)), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(usual().homeless()), (Status::Partial, Some(ReasonCode::NoHome)));
        assert_eq!(of(usual().file(OVERRIDES, "<plist>")), (Status::Partial, Some(ReasonCode::Malformed)));
        assert_eq!(of(usual().file(&format!("{OWN}-wal"), "newer")), (Status::Partial, Some(ReasonCode::UnsupportedFormat)));
        assert_eq!(of(usual().file(&format!("{OWN}-wal"), "")), (Status::Full, None));
        let bad: [(Vec<u8>, ReasonCode); 5] = [
            (b"no database at all, but long enough to look at".to_vec(), ReasonCode::Malformed),
            (made("CREATE TABLE other (x);"), ReasonCode::UnsupportedFormat),
            (made("CREATE TABLE access (service TEXT, client TEXT);"), ReasonCode::UnsupportedFormat),
            (
                made("CREATE VIEW access AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x AS service FROM n;"),
                ReasonCode::UnsupportedFormat,
            ),
            (with("('kTCCServiceCamera', '', 0, 2, 2, 1)"), ReasonCode::Malformed),
        ];
        for (bytes, code) in bad {
            assert_eq!(of(usual().file(OF_SYSTEM, bytes)), (Status::Partial, Some(code)));
        }
        let whole = with("('kTCCServiceCamera', 'x', 0, 'y', x'00', -5), (NULL, NULL, 0, 1, 1, 1), ('kTCCServiceCamera', zeroblob(3), 0, 1, 1, 1)");
        for length in (0..whole.len()).step_by(97) {
            of(usual().file(OF_SYSTEM, &whole[..length]));
        }
    }
}
