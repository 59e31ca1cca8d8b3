//! Scheduled tasks: their files, what the scheduler of a running Windows shows, and their names in the registry.
//!
//! An ordinary user may not list the files and is shown only some tasks, without a word about the others. Those of the system, as which
//! monitoring software usually registers, are then known by their names in the registry at best; the coverage says so.

use std::collections::BTreeMap;
use std::path::Path;

use super::classes::{library_of, server_of};
use super::command::{programs, still_starts};
use super::places::base_name;
use super::task_xml::{Action, Definition, decode, parse};
use super::{CURRENT_VERSION, is_on_a_drive, is_on_disk, is_there};
use crate::collect::log::Log;
use crate::collect::tree::What;
use crate::collect::{Collected, Context};
use crate::facts::{Autostart, Enabled, Fact, Mechanism};
use crate::inventory::{ReasonCode, Source};
use crate::text;

/// The most that is read of one definition, the most tasks, and how deep their folders are looked into.
const LARGEST: u64 = 1 << 20;
const MOST: usize = 20_000;
const DEEPEST: usize = 16;

/// A task that was found.
struct Found {
    /// Its full name, from a backslash on.
    name: String,
    place: String,
    /// Nothing if it could not be read.
    definition: Option<Definition>,
    /// The scheduler says that it is switched off.
    is_off: bool,
    /// The scheduler knows it: a file alone starts nothing.
    is_known: bool,
}

/// Tasks by their full names in lower case.
type Tasks = BTreeMap<String, Found>;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::ScheduledTasks);
    let mut tasks = Tasks::new();
    read_files(&mut log, &mut tasks);
    // Who may read every file has seen everything; asking for each task again takes seconds.
    let is_closed = log.met(ReasonCode::PermissionDenied) || tasks.is_empty() && context.calls.is_some();
    if is_closed {
        ask_scheduler(&mut log, &mut tasks);
    }
    let (names, is_whole) = names_in_registry(&mut log);
    for (name, place) in names {
        let found = tasks.entry(name.to_lowercase()).or_insert_with(|| {
            if is_closed {
                log.trouble(ReasonCode::PermissionDenied, Path::new(&name));
            }
            Found { name, place, definition: None, is_off: false, is_known: true }
        });
        found.is_known = true;
    }
    for task in tasks.values_mut() {
        task.is_known |= !is_whole;
    }
    let facts = tasks.into_values().map(|task| fact(&mut log, task)).collect();
    Collected { facts, coverage: vec![log.finish()] }
}

/// Reads the files of all tasks. One that cannot be read still tells that there is a task of its name.
fn read_files(log: &mut Log, tasks: &mut Tasks) {
    let top = format!("{}\\System32\\Tasks", log.context.places.get("systemroot"));
    let mut folders = vec![(String::new(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let path = format!("{top}{folder}");
        if depth > DEEPEST {
            log.trouble(ReasonCode::TooMany, Path::new(&path));
            continue;
        }
        for entry in log.list(Path::new(&path)) {
            let name = format!("{folder}\\{}", text::from_bytes(entry.name.as_encoded_bytes()));
            let place = format!("{top}{name}");
            match entry.what {
                What::Folder => folders.push((name, depth + 1)),
                What::File if tasks.len() >= MOST => return log.trouble(ReasonCode::TooMany, Path::new(&top)),
                What::File => {
                    let definition = log.read_up_to(Path::new(&place), LARGEST).and_then(|bytes| understood(log, &decode(&bytes), &place));
                    tasks.insert(name.to_lowercase(), Found { name, place, definition, is_off: false, is_known: false });
                }
                // A way out of the folder, which Windows itself never makes.
                What::Link | What::Other => log.trouble(ReasonCode::NotAFile, Path::new(&place)),
            }
        }
    }
}

fn understood(log: &mut Log, xml: &str, place: &str) -> Option<Definition> {
    parse(xml).map_err(|code| log.trouble(code, Path::new(place))).ok()
}

/// Asks the scheduler of a running Windows, and takes what the files did not tell.
fn ask_scheduler(log: &mut Log, tasks: &mut Tasks) {
    let Some(calls) = log.context.calls else { return };
    let scheduler = Path::new("Task Scheduler");
    let Some((shown, is_all)) = log.keep(scheduler, calls.tasks().map_err(Into::into)) else { return };
    if !is_all {
        log.trouble(ReasonCode::TimedOut, scheduler);
    }
    for task in shown.into_iter().take(MOST) {
        let mut known = tasks.get_mut(&task.path.to_lowercase());
        if let Some(known) = &mut known {
            known.is_known = true;
            if known.definition.is_some() {
                continue;
            }
        }
        let place = format!("Task Scheduler: {}", task.path);
        log.checked(1);
        let definition = if task.xml.len() as u64 > LARGEST {
            log.trouble(ReasonCode::TooLarge, Path::new(&place));
            None
        } else {
            understood(log, &task.xml, &place)
        };
        match known {
            Some(known) => (known.definition, known.is_off) = (definition, !task.enabled),
            None => {
                tasks.insert(task.path.to_lowercase(), Found { name: task.path, place, definition, is_off: !task.enabled, is_known: true });
            }
        }
    }
}

/// The full names of all tasks and their keys, and whether all could be seen: a key with the value `Id` is a task, the others are folders.
fn names_in_registry(log: &mut Log) -> (Vec<(String, String)>, bool) {
    let top = format!("{CURRENT_VERSION}\\Schedule\\TaskCache\\Tree");
    let mut names = Vec::new();
    let mut folders: Vec<_> = log.keys(&top).into_iter().map(|key| (format!("\\{key}"), 0)).collect();
    let mut is_whole = !folders.is_empty();
    while let Some((name, depth)) = folders.pop() {
        let key = format!("{top}{name}");
        if depth > DEEPEST || names.len() >= MOST {
            log.trouble(ReasonCode::TooMany, Path::new(&key));
            is_whole = false;
            // Of too many, the first is enough to be told.
            if names.len() >= MOST {
                break;
            }
            continue;
        }
        if log.values(&key).is_some_and(|values| values.get("Id").is_some()) {
            names.push((name, key));
        } else if let Ok(keys) = log.seen_keys(&key) {
            folders.extend(keys.into_iter().map(|key| (format!("{name}\\{key}"), depth + 1)));
        } else {
            is_whole = false;
        }
    }
    (names, is_whole)
}

fn fact(log: &mut Log, task: Found) -> Fact {
    let mut exec = Vec::new();
    let mut there = Vec::new();
    for action in task.definition.iter().flat_map(|definition| &definition.actions) {
        let mut started = started(log, action);
        there.extend((!started.is_empty()).then(|| still_starts(&started, |path| is_on_disk(log, path))));
        exec.append(&mut started);
    }
    let enabled = match &task.definition {
        _ if task.is_off => Enabled::No,
        Some(_) if !task.is_known => Enabled::Unknown,
        None => Enabled::Unknown,
        Some(definition) if !definition.is_on => Enabled::No,
        Some(definition) if definition.has_trigger => Enabled::Yes,
        Some(_) => Enabled::OnDemand,
    };
    Autostart {
        mechanism: Mechanism::ScheduledTask,
        name: base_name(&task.name).into(),
        exec,
        // Of several, one that is there keeps the task alive, and one that nobody knows of may.
        exec_exists: there
            .into_iter()
            .reduce(|a, b| match (a, b) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            })
            .flatten(),
        enabled,
        place: task.place,
        task: Some(task.name),
        ..Autostart::default()
    }
    .into()
}

/// The programs that an action starts, or the library it calls.
fn started(log: &mut Log, action: &Action) -> Vec<String> {
    match action {
        Action::Program { command, arguments, folder } => {
            let mut started = programs(&format!("\"{}\" {arguments}", command.trim_matches('"')), &log.context.places, &is_there(log));
            if let Some(program) = started.first_mut().filter(|program| !program.contains('\\')) {
                let beside = format!("{}\\{program}", log.context.absolute(folder.trim_matches('"')).trim_end_matches('\\'));
                if is_on_a_drive(&beside) && log.exists(Path::new(&beside)) == Some(true) {
                    *program = beside;
                }
            }
            started
        }
        Action::Handler(class) => match library_of(log, class) {
            Some(library) => vec![library],
            None => server_of(log, class, "LocalServer32").map(|line| programs(&line, &log.context.places, &is_there(log))).unwrap_or_default(),
        },
    }
}

#[cfg(test)]
mod tests {
    use inzage_windows::{Refused, Task};

    use super::super::run_keys::testing::entries;
    use super::super::task_xml::testing::{on_disk, task};
    use super::super::testing::Running;
    use super::*;
    use crate::collect::registry::Data;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    const FOLDER: &str = "C:\\Windows\\System32\\Tasks";
    const TREE: &str = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree";
    const LOGON: &str = "<LogonTrigger><Enabled>true</Enabled></LogonTrigger>";

    fn program(command: &str, arguments: &str) -> String {
        format!("<Exec><Command>{command}</Command><Arguments>{arguments}</Arguments></Exec>")
    }

    fn monitor() -> String {
        task(LOGON, "", &program("C:\\Program Files\\Acme\\monitor.exe", "-quiet"))
    }

    fn usual() -> Fixture {
        Fixture::new()
            .file("C:\\Program Files\\Acme\\monitor.exe", "")
            .file(&format!("{FOLDER}\\Acme\\Monitor"), on_disk(&monitor()))
            .file(&format!("{FOLDER}\\Update"), task("", "", &program("%windir%\\gone.exe", "")))
            .text(&format!("{TREE}\\Acme\\Monitor"), "Id", "{1}")
            .text(&format!("{TREE}\\UPDATE"), "Id", "{2}")
            .key(&format!("{TREE}\\Empty"))
    }

    const MONITOR: &str = "C:\\Program Files\\Acme\\monitor.exe";

    #[test]
    fn tasks_of_a_disk() {
        let collected = usual().collect_windows(collect);
        assert_eq!(
            entries(&collected),
            [("\\Acme\\Monitor", Enabled::Yes, Some(true), vec![MONITOR]), ("\\Update", Enabled::OnDemand, Some(false), vec!["C:\\Windows\\gone.exe"]),]
        );
        assert_eq!(collected.of(Source::ScheduledTasks), (Status::Full, None));
        let Fact::Autostart(first) = &collected.facts[0] else { panic!() };
        assert_eq!((first.name.as_str(), first.place.as_str()), ("Monitor", &*format!("{FOLDER}\\Acme\\Monitor")));
        assert_eq!(Fixture::new().collect_windows(collect).of(Source::ScheduledTasks), (Status::Full, Some(ReasonCode::Absent)));
        let only_named = usual().text(&format!("{TREE}\\Left"), "Id", "{3}").collect_windows(collect);
        assert_eq!(entries(&only_named)[1], ("\\Left", Enabled::Unknown, None, vec![]));
        assert_eq!(only_named.of(Source::ScheduledTasks).0, Status::Full, "there is nothing more to see of it");
        let file = || usual().file(&format!("{FOLDER}\\Acme\\Stray"), on_disk(&monitor()));
        assert_eq!(entries(&file().collect_windows(collect))[1], ("\\Acme\\Stray", Enabled::Unknown, Some(true), vec![MONITOR]), "a file alone starts nothing");
        for unseen in ["", "\\Empty"] {
            let collected = file().deny_key(&format!("{TREE}{unseen}")).collect_windows(collect);
            assert_eq!(entries(&collected)[1], ("\\Acme\\Stray", Enabled::Yes, Some(true), vec![MONITOR]), "{unseen}");
        }
    }

    #[test]
    fn an_ordinary_user_sees_some_tasks() {
        let shown = |xml: String, enabled| Task { path: "\\acme\\monitor".into(), xml, enabled };
        let closed = |tasks| usual().deny(FOLDER).calls(Running { tasks, ..Running::default() }).collect_windows(collect);
        let some = closed(Ok(vec![shown(monitor(), true)]));
        let expected = [("\\acme\\monitor", Enabled::Yes, Some(true), vec![MONITOR]), ("\\UPDATE", Enabled::Unknown, None, vec![])];
        assert_eq!(entries(&some), expected);
        assert_eq!(some.of(Source::ScheduledTasks), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(some.coverage[0].reason.as_ref().unwrap().args["count"], "2", "the folder, and the task that is only named");
        assert_eq!(some.facts[0].place(), "Task Scheduler: \\acme\\monitor");
        assert_eq!(some.facts[1].place(), format!("{TREE}\\UPDATE"));
        assert_eq!(entries(&closed(Ok(vec![shown(monitor(), false)])))[0].1, Enabled::No);
        let broken = closed(Ok(vec![shown("<Task".into(), true), shown("x".repeat(2 << 20), true)]));
        assert_eq!(entries(&broken)[0], ("\\acme\\monitor", Enabled::Unknown, None, vec![]));
        for (refused, code) in [(Refused::Denied, ReasonCode::PermissionDenied), (Refused::Failed, ReasonCode::PermissionDenied)] {
            let collected = closed(Err(refused));
            assert_eq!((collected.facts.len(), collected.of(Source::ScheduledTasks)), (2, (Status::Partial, Some(code))));
        }
        let nothing = usual().deny(FOLDER).deny_key(TREE).calls(Running { tasks: Err(Refused::Denied), ..Running::default() }).collect_windows(collect);
        assert_eq!((nothing.facts.len(), nothing.of(Source::ScheduledTasks)), (0, (Status::None, Some(ReasonCode::PermissionDenied))));
        // The files tell everything to who may read them, so a scheduler that does not answer takes nothing away.
        let administrator = usual().calls(Running { tasks: Err(Refused::Failed), ..Running::default() }).collect_windows(collect);
        assert_eq!(administrator.of(Source::ScheduledTasks), (Status::Full, None));
        let part = usual().deny(&format!("{FOLDER}\\Acme")).calls(Running::default()).collect_windows(collect);
        assert_eq!((part.facts.len(), part.of(Source::ScheduledTasks)), (2, (Status::Partial, Some(ReasonCode::PermissionDenied))));
    }

    #[test]
    fn what_tasks_start() {
        let class = "{0C0F33DE-2D4F-4A85-9B1B-5D7A0C8B5A11}";
        let bare = "{1C0F33DE-2D4F-4A85-9B1B-5D7A0C8B5A11}";
        let collected = |actions: &str| {
            Fixture::new()
                .text(&format!("HKLM\\SOFTWARE\\Classes\\CLSID\\{bare}\\InprocServer32"), "", "bare.dll")
                .file("C:\\Acme\\agent.exe", "")
                .file("C:\\Windows\\System32\\rundll32.exe", "")
                .text(&format!("HKLM\\SOFTWARE\\Classes\\CLSID\\{class}\\InprocServer32"), "", "%ProgramFiles%\\Acme\\handler.dll")
                .file(&format!("{FOLDER}\\T"), on_disk(&task(LOGON, "", actions)))
                .collect_windows(collect)
        };
        let handler = |class: &str| format!("<ComHandler><ClassId>{class}</ClassId><Data>x</Data></ComHandler>");
        let beside = "<Exec><Command>agent.exe</Command><WorkingDirectory>C:\\Acme\\</WorkingDirectory></Exec>";
        for (actions, exists, exec) in [
            (program("\"C:\\Acme\\agent.exe\"", "/x"), Some(true), vec!["C:\\Acme\\agent.exe"]),
            (program("rundll32.exe", "C:\\Acme\\hook.dll,Run"), Some(false), vec!["C:\\Windows\\System32\\rundll32.exe", "C:\\Acme\\hook.dll"]),
            (beside.into(), Some(true), vec!["C:\\Acme\\agent.exe"]),
            (program("C:\\gone.exe", "") + beside, Some(true), vec!["C:\\gone.exe", "C:\\Acme\\agent.exe"]),
            (handler(class), Some(false), vec!["C:\\Program Files\\Acme\\handler.dll"]),
            (handler(bare), Some(false), vec!["C:\\Windows\\System32\\bare.dll"]),
            (handler("..\\..\\x"), None, vec![]),
            (handler("{00000000-0000-0000-0000-000000000000}"), None, vec![]),
            (program("", ""), None, vec![]),
            (program("\\\\server\\share\\x.exe", ""), None, vec!["\\\\server\\share\\x.exe"]),
            (String::new(), None, vec![]),
        ] {
            assert_eq!(entries(&collected(&actions)), [("\\T", Enabled::Yes, exists, exec)], "{actions}");
        }
        let off = Fixture::new().file(&format!("{FOLDER}\\T"), task(LOGON, "<Enabled>false</Enabled>", "")).collect_windows(collect);
        assert_eq!(entries(&off)[0].1, Enabled::No);
    }

    #[test]
    fn files_of_tasks_that_are_not_as_they_should_be() {
        for (contents, code) in [
            (b"<Task><Actions>".to_vec(), ReasonCode::Malformed),
            (b"\xFF\xFE<\0T\0\x00\xD8".to_vec(), ReasonCode::Malformed),
            (b"<!DOCTYPE t [<!ENTITY a \"ha\">]><Task><Actions>&a;</Actions></Task>".to_vec(), ReasonCode::Malformed),
            (Vec::new(), ReasonCode::Malformed),
            (vec![b' '; (1 << 20) + 1], ReasonCode::TooLarge),
        ] {
            let collected = usual().file(&format!("{FOLDER}\\Bad"), contents).collect_windows(collect);
            assert_eq!(collected.of(Source::ScheduledTasks), (Status::Partial, Some(code)));
            assert_eq!(entries(&collected)[1], ("\\Bad", Enabled::Unknown, None, vec![]), "the others are still read");
        }
        let deep = format!("{FOLDER}{}\\T", "\\d".repeat(DEEPEST + 1));
        let collected = usual().file(&deep, on_disk(&monitor())).collect_windows(collect);
        assert_eq!((collected.facts.len(), collected.of(Source::ScheduledTasks)), (2, (Status::Partial, Some(ReasonCode::TooMany))));
        let wrong = usual().value(&format!("{TREE}\\\u{202e}x\n"), "Id", Data::Bytes(vec![1])).collect_windows(collect);
        assert_eq!(entries(&wrong).last().unwrap().0, "\\\u{202e}x\n", "a name is kept as it is");
    }
}
