//! Login items, background items and login hooks.
//!
//! What the worker sees under "Login Items & Extensions" is in a database of macOS that only programs with full disk access may read, and that
//! this program never tries on a running Mac. On a disk it is read.

use std::collections::HashMap;
use std::path::Path;

use super::{bundle, command, places, with_home};
use crate::collect::linux::command::words;
use crate::collect::log::Log;
use crate::collect::plist::{self, Dictionary, Unread, Value};
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Autostart, Enabled, Fact, Mechanism};
use crate::inventory::{ReasonCode, Source};
use crate::text;

/// Where macOS keeps the database.
const DATABASE: &str = "/private/var/db/com.apple.backgroundtaskmanagement";
/// The one of macOS 12 and before.
const OLD_DATABASE: &str = "~/Library/Application Support/com.apple.backgroundtaskmanagementagent/backgrounditems.btm";
/// Where the programs are named that macOS runs as administrator when somebody logs in or out.
const HOOKS: [&str; 3] = [
    "/Library/Preferences/com.apple.loginwindow.plist",
    "/private/var/root/Library/Preferences/com.apple.loginwindow.plist",
    "~/Library/Preferences/com.apple.loginwindow.plist",
];
/// The most items of the database.
const MOST: usize = 5_000;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::LoginItems);
    let mut facts = Vec::new();
    if context.live {
        log.trouble(ReasonCode::NeedsFullDiskAccess, Path::new(DATABASE));
    } else {
        database(context, &mut log, &mut facts);
    }
    for path in places(context, &HOOKS) {
        hooks(&mut log, &path, &mut facts);
    }
    for application in bundle::applications(context, &mut log) {
        for path in bundle::in_folder(&mut log, &application.join("Contents/Library/LoginItems"), "app") {
            if facts.len() >= 2 * MOST {
                log.trouble(ReasonCode::TooMany, &path);
                break;
            }
            let Some(helper) = bundle::read(&mut log, &path) else { continue };
            let exec: Vec<_> = helper.executable.into_iter().collect();
            facts.push(
                Autostart {
                    mechanism: Mechanism::LoginItem,
                    name: helper.name,
                    exec_exists: command::last_exists(&log, &exec),
                    exec,
                    // Whether the application ever registered it is in the database.
                    enabled: Enabled::Unknown,
                    place: path_text(&path),
                    ..Autostart::default()
                }
                .into(),
            );
        }
    }
    with_home(context, log, facts)
}

/// The programs that run when somebody logs in or out.
fn hooks(log: &mut Log, path: &Path, facts: &mut Vec<Fact>) {
    let Some(values) = plist::read(log, path) else { return };
    for key in ["LoginHook", "LogoutHook"] {
        let Some(line) = plist::text(&values, key) else { continue };
        let exec = command::programs(log, &words(&line));
        facts.push(
            Autostart {
                mechanism: Mechanism::LoginHook,
                name: key.into(),
                exec_exists: command::last_exists(log, &exec),
                exec,
                enabled: Enabled::Yes,
                place: path_text(path),
                ..Autostart::default()
            }
            .into(),
        );
    }
}

/// The database of a disk, the newest where several versions of macOS left theirs.
fn database(context: &Context, log: &mut Log, facts: &mut Vec<Fact>) {
    let names = log.list(Path::new(DATABASE)).into_iter().map(|entry| text::from_bytes(entry.name.as_encoded_bytes()));
    let numbers = names.filter_map(|name| name.strip_prefix("BackgroundItems-v")?.strip_suffix(".btm")?.parse::<u32>().ok());
    let Some(newest) = numbers.max() else {
        for old in places(context, &[OLD_DATABASE]).filter(|old| log.exists(old) == Some(true)).collect::<Vec<_>>() {
            log.trouble(ReasonCode::UnsupportedFormat, &old);
        }
        return;
    };
    let path = Path::new(DATABASE).join(format!("BackgroundItems-v{newest}.btm"));
    let Some(archive) = plist::read(log, &path) else { return };
    let plain = match plist::unarchive(&archive) {
        Ok(Value::Dictionary(plain)) => plain,
        Ok(_) | Err(Unread::Malformed) => return log.trouble(ReasonCode::UnsupportedFormat, &path),
        Err(Unread::TooMany) => return log.trouble(ReasonCode::TooMany, &path),
    };
    // A later macOS may call these otherwise.
    let Some(by_person) = plist::inner(&plain, "store").and_then(|store| plist::inner(store, "itemsByUserIdentifier")) else {
        return log.trouble(ReasonCode::UnsupportedFormat, &path);
    };
    let mut seen = 0;
    for (person, _) in by_person {
        let items: Vec<_> = plist::inners(by_person, person).collect();
        let by_identifier: HashMap<_, _> = items.iter().filter_map(|item| Some((plist::text(item, "identifier")?, *item))).collect();
        for item in items {
            seen += 1;
            if seen > MOST {
                return log.trouble(ReasonCode::TooMany, &path);
            }
            match of_item(log, item, &by_identifier, &path) {
                Ok(Some(entry)) => {
                    let entry = Fact::from(entry);
                    // What is set for everybody is told for each person.
                    if !facts.contains(&entry) {
                        facts.push(entry);
                    }
                }
                Ok(None) => {}
                Err(code) => log.trouble(code, &path),
            }
        }
    }
}

/// What one item of the database starts; nothing for those that start nothing by themselves: makers, and parts for searching and previews.
fn of_item(log: &mut Log, item: &Dictionary, others: &HashMap<String, &Dictionary>, place: &Path) -> Result<Option<Autostart>, ReasonCode> {
    let number = |key| item.get(key).and_then(Value::as_signed_integer);
    let (Some(sort), Some(disposition)) = (number("type"), number("disposition")) else { return Err(ReasonCode::UnsupportedFormat) };
    let own_place = plist::text(item, "url").and_then(|url| path_of(&url));
    let (mechanism, exec) = if sort & 0x18 != 0 {
        let mechanism = if sort & 0x10 == 0 { Mechanism::LaunchdAgent } else { Mechanism::LaunchdDaemon };
        (mechanism, plist::text(item, "executablePath").into_iter().collect())
    } else if sort & 0x6 != 0 {
        // The place of an item in an application is told from the application.
        let container = plist::text(item, "container").and_then(|container| plist::text(others.get(&container)?, "url")).and_then(|url| path_of(&url));
        let place = match (own_place, container) {
            (Some(own), Some(container)) if !own.starts_with('/') => Some(format!("{container}/{own}")),
            (own, _) => own.filter(|own| own.starts_with('/')),
        };
        (Mechanism::LoginItem, place.map(|place| with_program(log, place)).unwrap_or_default())
    } else {
        return Ok(None);
    };
    let identifier = plist::text(item, "identifier").map(|identifier| without_sort(&identifier).to_owned());
    Ok(Some(Autostart {
        mechanism,
        name: plist::text(item, "name").or_else(|| identifier.clone()).unwrap_or_default(),
        label: identifier.filter(|_| mechanism != Mechanism::LoginItem),
        exec_exists: command::last_exists(log, &exec),
        exec,
        // Switched on by the program, and not switched off by the worker.
        enabled: if disposition & 0x3 == 0x3 { Enabled::Yes } else { Enabled::No },
        place: path_text(place),
        ..Autostart::default()
    }))
}

/// An application with the program in it.
fn with_program(log: &mut Log, application: String) -> Vec<String> {
    let program = bundle::read(log, Path::new(&application)).and_then(|application| application.executable);
    [application].into_iter().chain(program).collect()
}

/// An identifier of the database without the number of its sort: `8.com.acme.agent`.
fn without_sort(identifier: &str) -> &str {
    identifier.split_once('.').filter(|(sort, _)| sort.bytes().all(|byte| byte.is_ascii_digit())).map_or(identifier, |(_, rest)| rest)
}

/// The path that an address of a file means; of one inside an application the rest of the way.
fn path_of(url: &str) -> Option<String> {
    let path = match url.strip_prefix("file://") {
        Some(rest) => rest.strip_prefix("localhost").unwrap_or(rest),
        None if url.contains("://") => return None,
        None => url,
    };
    let path = unescaped(path);
    let path = path.trim_end_matches('/');
    // `/.file/id=…` names a file by a number, not by its place.
    (!path.is_empty() && !path.starts_with("/.file/") && !path.split('/').any(|part| part == "..")).then(|| path.to_owned())
}

/// A text with its `%20` and the like replaced.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).filter(|digits| *first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let escaped = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    text::from_bytes(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    /// What `NSKeyedArchiver` would write, from JSON in which `{"UID": 1}` names the object with that number.
    fn archive(json: &str) -> Vec<u8> {
        fn with_uids(value: Value) -> Value {
            match value {
                Value::Dictionary(values) => match values.get("UID").and_then(Value::as_unsigned_integer) {
                    Some(uid) => Value::Uid(::plist::Uid::new(uid)),
                    None => Value::Dictionary(values.into_iter().map(|(key, value)| (key, with_uids(value))).collect()),
                },
                Value::Array(values) => Value::Array(values.into_iter().map(with_uids).collect()),
                other => other,
            }
        }
        let mut bytes = Vec::new();
        with_uids(plist::parse(json.as_bytes()).unwrap()).to_writer_binary(&mut bytes).unwrap();
        bytes
    }

    /// A database with these items, for one person. Before them is a number, so that there may be none.
    fn items(items: &[&str]) -> Vec<u8> {
        let named: Vec<_> = (0..items.len()).map(|number| format!(r#"{{"UID": {}}}"#, number + 6)).collect();
        archive(&format!(
            r#"{{"$archiver": "NSKeyedArchiver", "$top": {{"version": 8, "store": {{"UID": 1}}}}, "$objects": ["$null", {{"itemsByUserIdentifier": {{"UID": 2}}}},
                {{"NS.keys": [{{"UID": 3}}], "NS.objects": [{{"UID": 4}}]}}, "FFFFEEEE-DDDD-CCCC-BBBB-AAAA000001F5", {{"NS.objects": [{}]}}, {}]}}"#,
            named.join(", "),
            [&["0"], items].concat().join(", ")
        ))
    }

    const APP: &str =
        r#"{"type": 2, "disposition": 3, "name": "Acme", "identifier": "2.com.acme", "url": {"NS.relative": "file:///Applications/Acme%20Watch.app/"}}"#;
    const HELPER: &str = r#"{"type": 4, "disposition": 11, "name": "Helper", "identifier": "4.com.acme.helper", "container": "2.com.acme",
        "url": {"NS.relative": "Contents/Library/LoginItems/Helper.app"}}"#;
    const AGENT: &str = r#"{"type": 65544, "disposition": 9, "name": "agent", "identifier": "8.com.acme.agent", "executablePath": "/Library/Acme/agent"}"#;
    const MAKER: &str = r#"{"type": 32, "disposition": 2, "name": "Acme Inc."}"#;
    const FILE: &str = "/private/var/db/com.apple.backgroundtaskmanagement/BackgroundItems-v8.btm";

    fn fixture() -> Fixture {
        let helper = "/Applications/Acme Watch.app/Contents/Library/LoginItems/Helper.app/Contents";
        Fixture::new()
            .file("/Applications/Acme Watch.app/Contents/Info.plist", r#"{"CFBundleExecutable": "acme"}"#)
            .file(&format!("{helper}/Info.plist"), r#"{"CFBundleExecutable": "helper", "CFBundleIdentifier": "com.acme.helper"}"#)
            .file(&format!("{helper}/MacOS/helper"), "")
    }

    fn told(collected: &Collected) -> Vec<(Mechanism, &str, Enabled, &str)> {
        collected
            .facts
            .iter()
            .map(|fact| match fact {
                Fact::Autostart(entry) => (entry.mechanism, entry.name.as_str(), entry.enabled, entry.exec.last().map_or("", String::as_str)),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    const INSIDE: (Mechanism, &str, Enabled, &str) =
        (Mechanism::LoginItem, "Helper", Enabled::Unknown, "/Applications/Acme Watch.app/Contents/Library/LoginItems/Helper.app/Contents/MacOS/helper");

    #[test]
    fn the_database_of_a_disk() {
        let old = format!("{}7.btm", FILE.trim_end_matches("8.btm"));
        let collected = fixture().file(FILE, items(&[APP, HELPER, AGENT, MAKER, AGENT])).file(&old, "old").collect_macos(collect);
        assert_eq!(
            told(&collected),
            [
                (Mechanism::LoginItem, "Acme", Enabled::Yes, "/Applications/Acme Watch.app/Contents/MacOS/acme"),
                (Mechanism::LoginItem, "Helper", Enabled::Yes, INSIDE.3),
                (Mechanism::LaunchdAgent, "agent", Enabled::No, "/Library/Acme/agent"),
                INSIDE
            ]
        );
        let Fact::Autostart(agent) = &collected.facts[2] else { panic!() };
        assert_eq!((agent.label.as_deref(), agent.exec_exists), (Some("com.acme.agent"), Some(false)));
        assert_eq!(collected.of(Source::LoginItems), (Status::Full, None));
    }

    #[test]
    fn a_running_mac_is_not_asked_for_it() {
        let collected = fixture().file(FILE, items(&[APP])).live().collect_macos(collect);
        assert_eq!(told(&collected), [INSIDE]);
        assert_eq!(collected.of(Source::LoginItems), (Status::Partial, Some(ReasonCode::NeedsFullDiskAccess)));
    }

    #[test]
    fn hooks_at_login() {
        let hooks = r#"{"LoginHook": "/Library/Acme/hook.sh --key secret", "LogoutHook": "", "lastUser": "anna"}"#;
        let collected = Fixture::new().file(HOOKS[1], hooks).file("/Library/Acme/hook.sh", "").collect_macos(collect);
        assert_eq!(told(&collected), [(Mechanism::LoginHook, "LoginHook", Enabled::Yes, "/Library/Acme/hook.sh")]);
        let denied = fixture().file(HOOKS[1], hooks).deny("/private/var/root").collect_macos(collect);
        assert_eq!(denied.of(Source::LoginItems), (Status::Partial, Some(ReasonCode::PermissionDenied)));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let of = |fixture: Fixture| fixture.collect_macos(collect).of(Source::LoginItems);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(fixture().file(FILE, "x").deny(DATABASE)), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(fixture().file(FILE, "bplist00")), (Status::Partial, Some(ReasonCode::Malformed)));
        let circle = archive(r#"{"$top": {"store": {"UID": 0}}, "$objects": [{"itemsByUserIdentifier": {"UID": 0}}]}"#);
        assert_eq!(of(fixture().file(FILE, circle)), (Status::Partial, Some(ReasonCode::TooMany)));
        let later = archive(r#"{"$top": {"store": {"UID": 0}}, "$objects": [{"somethingElse": 1}]}"#);
        for unknown in [later, b"{}".to_vec(), items(&[r#"{"type": "app"}"#])] {
            assert_eq!(of(fixture().file(FILE, unknown)), (Status::Partial, Some(ReasonCode::UnsupportedFormat)));
        }
        let old = OLD_DATABASE.replace('~', "/Users/anna");
        assert_eq!(of(fixture().file(&old, "x")), (Status::Partial, Some(ReasonCode::UnsupportedFormat)));
        assert_eq!(of(fixture().file(&old, "x").file(FILE, items(&[]))), (Status::Full, None));
    }

    #[test]
    fn addresses_of_files() {
        for (url, expect) in [
            ("file:///Applications/A%20%C3%A9.app/", Some("/Applications/A é.app")),
            ("file://localhost/x", Some("/x")),
            ("Contents/Library/LoginItems/H.app", Some("Contents/Library/LoginItems/H.app")),
            ("file:///.file/id=6571367.1", None),
            ("file:///A.app/%2e%2e/x", None),
            ("https://acme.example/x", None),
            ("", None),
        ] {
            assert_eq!(path_of(url).as_deref(), expect, "{url}");
        }
    }
}
