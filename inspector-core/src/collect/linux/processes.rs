//! Running programs, from /proc.
//!
//! /proc is read directly: libraries for processes do not tell a closed executable from a deleted one, nor which systemd unit a process
//! belongs to, which is how a program of root is recognised by a worker who is not root.

use std::path::Path;

use super::command::{is_interpreter, script_of};
use super::{Users, base_name};
use crate::collect::log::{Log, not_looked_at};
use crate::collect::tree::Trouble;
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Executable, Process};
use crate::inventory::{ReasonCode, Source};
use crate::text;

/// The kernel cuts the name of a process at 15 bytes.
const SHORT_NAME: usize = 15;

pub(super) fn collect(context: &Context) -> Collected {
    if !context.live {
        let sources = [Source::Processes, Source::ProcessesOfOthers, Source::ProcessPaths];
        return Collected { facts: Vec::new(), coverage: sources.map(|source| not_looked_at(source, ReasonCode::NotLive)).into() };
    }
    let users = Users::read(context.tree);
    let mut own = Log::new(context, Source::Processes);
    let mut others = Log::new(context, Source::ProcessesOfOthers);
    let mut paths = Log::new(context, Source::ProcessPaths);
    let mut facts = Vec::new();
    for entry in own.list(Path::new("/proc")) {
        let Some(pid) = entry.name.to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let place = format!("/proc/{pid}");
        let at = |file: &str| format!("{place}/{file}");
        // A process that ended meanwhile is no trouble: `read` gives nothing for what is absent.
        let Some(status) = own.read(Path::new(&at("status"))) else { continue };
        let status = Status::parse(&status);
        if !status.has_memory {
            continue;
        }
        let log = if status.user == context.uid { &mut own } else { &mut others };
        log.checked(1);
        let mut process =
            Process { pid, name: status.name, user: status.user.and_then(|user| users.name_of(user).or_else(|| Some(user.to_string()))), ..Process::default() };
        match context.tree.link(Path::new(&at("exe"))) {
            Ok(exe) => {
                paths.checked(1);
                let exe = path_text(&exe);
                // The kernel appends this when the file is gone, also after an update of the package.
                let gone = exe.strip_suffix(" (deleted)").map(str::to_owned);
                process.executable = if gone.is_some() { Executable::Deleted } else { Executable::Open };
                process.exe = gone.or(Some(exe));
            }
            Err(Trouble::Absent) => {}
            Err(_) => {
                process.executable = Executable::Closed;
                paths.trouble(ReasonCode::PermissionDenied, Path::new(&at("exe")));
            }
        }
        let interpreter = process.exe.as_deref().map_or(process.executable == Executable::Closed, is_interpreter);
        if interpreter || process.name.len() >= SHORT_NAME {
            let words = command_line(context, &at("cmdline"));
            process.name = whole_name(&process.name, &words);
            if words.first().is_some_and(|program| is_interpreter(program)) {
                process.script = script_of(&words[1..]).and_then(|script| absolute(context, script, &at("cwd")));
            }
        }
        process.unit = context.tree.read(Path::new(&at("cgroup")), 1 << 16).ok().and_then(|cgroup| unit_of(&text::from_bytes(&cgroup)));
        process.place = place;
        facts.push(process.into());
    }
    let mut others = others.finish();
    if hides_processes(context) {
        others = not_looked_at(Source::ProcessesOfOthers, ReasonCode::HiddenProcesses);
    }
    Collected { facts, coverage: vec![own.finish(), others, paths.finish()] }
}

struct Status {
    name: String,
    user: Option<u32>,
    /// Threads of the kernel and processes that ended have none.
    has_memory: bool,
}

impl Status {
    fn parse(bytes: &[u8]) -> Self {
        let text = text::from_bytes(bytes);
        let mut status = Self { name: String::new(), user: None, has_memory: false };
        for line in text.lines() {
            match line.split_once(':') {
                Some(("Name", name)) => status.name = unescape(name.trim_start_matches('\t')),
                Some(("Uid", numbers)) => status.user = numbers.split_whitespace().nth(1).and_then(|number| number.parse().ok()),
                Some(("VmSize", _)) => {
                    status.has_memory = true;
                    // What is needed stands before; twice as much follows.
                    break;
                }
                _ => {}
            }
        }
        status
    }
}

/// /proc writes a line feed as `\n` and a backslash as `\\`.
fn unescape(name: &str) -> String {
    name.replace("\\n", "\n").replace("\\\\", "\\")
}

fn command_line(context: &Context, path: &str) -> Vec<String> {
    let bytes = context.tree.read(Path::new(path), 1 << 21).unwrap_or_default();
    bytes.split(|byte| *byte == 0).take(64).map(text::from_bytes).collect()
}

/// The name before the kernel cut it, if the command line begins with the same.
fn whole_name(name: &str, words: &[String]) -> String {
    let whole = words.iter().take(2).map(|word| base_name(word)).find(|whole| name.len() >= SHORT_NAME && whole.len() > name.len() && whole.starts_with(name));
    whole.unwrap_or(name).to_owned()
}

fn absolute(context: &Context, script: &str, cwd: &str) -> Option<String> {
    if script.starts_with('/') {
        return Some(script.to_owned());
    }
    let folder = context.tree.link(Path::new(cwd)).ok()?;
    Some(path_text(&folder.join(script)))
}

/// The systemd unit in the path of a control group: the last part that is a service.
fn unit_of(cgroup: &str) -> Option<String> {
    let ends_in_service = |part: &&str| Path::new(part).extension().is_some_and(|ending| ending == "service");
    let unit = cgroup.lines().flat_map(|line| line.split('/')).rfind(ends_in_service)?;
    // The manager of a user's units is a unit itself; what runs below it and is no service belongs to none.
    (!unit.starts_with("user@")).then(|| unit.to_owned())
}

/// Whether /proc is mounted so that it hides the processes of others from this user.
fn hides_processes(context: &Context) -> bool {
    if context.uid == Some(0) {
        return false;
    }
    let mounts = context.tree.read(Path::new("/proc/self/mounts"), 1 << 20).unwrap_or_default();
    text::from_bytes(&mounts).lines().any(|line| {
        let mut fields = line.split(' ').skip(1);
        let (place, options) = (fields.next(), fields.nth(1));
        place == Some("/proc")
            && options.is_some_and(|options| {
                options
                    .split(',')
                    .any(|option| matches!(option, "hidepid=1" | "hidepid=2" | "hidepid=noaccess" | "hidepid=invisible" | "hidepid=4" | "hidepid=ptraceable"))
            })
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::Status as Looked;

    fn process(fixture: Fixture, pid: u32, name: &str, uid: u32) -> Fixture {
        fixture.file(&format!("/proc/{pid}/status"), format!("Name:\t{name}\nUid:\t{uid}\t{uid}\t{uid}\t{uid}\nVmSize:\t 10 kB\n"))
    }

    fn found(collected: &Collected) -> Vec<&Process> {
        collected.facts.iter().map(|fact| if let Fact::Process(process) = fact { process } else { panic!("{fact:?}") }).collect()
    }

    #[test]
    fn what_runs_is_told() {
        let mut fixture = Fixture::new().live().file("/etc/passwd", "root:x:0:0::/root:/bin/sh\nanna:x:1000:1000::/home/anna:/bin/sh\n");
        fixture = process(fixture, 10, "renamed", 1000)
            .link("/proc/10/exe", "/usr/bin/x11vnc")
            .file("/proc/10/cgroup", "0::/user.slice/user-1000.slice/user@1000.service/app.slice/x.service\n");
        fixture = process(fixture, 11, "fusioninventory", 0)
            .file("/proc/11/cmdline", "/usr/bin/perl\0/usr/bin/fusioninventory-agent\0--daemon\0")
            .file("/proc/11/cgroup", "0::/system.slice/fusioninventory-agent.service\n");
        fixture = process(fixture, 12, "gone", 1000).link("/proc/12/exe", "/tmp/x (deleted)");
        fixture = process(fixture, 13, "python3", 1000)
            .link("/proc/13/exe", "/usr/bin/python3.11")
            .file("/proc/13/cmdline", "python3\0-u\0tool.py\0")
            .link("/proc/13/cwd", "/home/anna");
        fixture = fixture.file("/proc/14/status", "Name:\tkthreadd\nUid:\t0\t0\t0\t0\n").deny("/proc/11/exe");
        let collected = fixture.collect(collect);
        let found = found(&collected);
        assert_eq!(found.len(), 4);
        assert_eq!((found[0].exe.as_deref(), found[0].unit.as_deref(), found[0].user.as_deref()), (Some("/usr/bin/x11vnc"), Some("x.service"), Some("anna")));
        assert_eq!(
            (found[1].name.as_str(), found[1].executable, found[1].script.as_deref()),
            ("fusioninventory-agent", Executable::Closed, Some("/usr/bin/fusioninventory-agent"))
        );
        assert_eq!((found[2].exe.as_deref(), found[2].executable), (Some("/tmp/x"), Executable::Deleted));
        assert_eq!(found[3].script.as_deref(), Some("/home/anna/tool.py"));
        assert_eq!(collected.of(Source::ProcessPaths), (Looked::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(collected.of(Source::ProcessesOfOthers), (Looked::Full, None));
    }

    #[test]
    fn hidden_processes_are_said() {
        let fixture = process(Fixture::new().live(), 10, "own", 1000).file("/proc/self/mounts", "proc /proc proc rw,nosuid,hidepid=invisible 0 0\n");
        assert_eq!(fixture.collect(collect).of(Source::ProcessesOfOthers), (Looked::None, Some(ReasonCode::HiddenProcesses)));
    }

    #[test]
    fn no_proc_closed_proc_and_broken_proc() {
        let closed = Fixture::new().live().folder("/proc").deny("/proc").collect(collect);
        assert_eq!(closed.of(Source::Processes), (Looked::None, Some(ReasonCode::PermissionDenied)));
        let broken = Fixture::new().live().file("/proc/7/status", b"\xff\xfe\0Uid:").folder("/proc/8").collect(collect);
        assert!(broken.facts.is_empty());
        let folder = Fixture::new().collect(collect);
        assert_eq!(folder.of(Source::Processes), (Looked::None, Some(ReasonCode::NotLive)));
    }
}
