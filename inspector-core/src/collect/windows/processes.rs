//! Running programs.

use std::collections::BTreeMap;
use std::path::Path;

use super::services::files_by_process;
use crate::collect::log::{Log, not_looked_at};
use crate::collect::{Collected, Context};
use crate::facts::{Executable, Process};
use crate::inventory::{ReasonCode, Source};

/// The programs that are the kernel itself and have no file of their own name.
const WITHOUT_FILE: [&str; 8] = ["system", "registry", "memory compression", "secure system", "idle", "system idle process", "vmmem", "vmmemwsl"];

pub(super) fn collect(context: &Context) -> Collected {
    let sources = [Source::Processes, Source::ProcessesOfOthers, Source::ProcessPaths];
    let Some(calls) = context.calls else {
        return Collected { facts: Vec::new(), coverage: sources.map(|source| not_looked_at(source, ReasonCode::NotLive)).into() };
    };
    let [mut own, mut others, mut paths] = sources.map(|source| Log::new(context, source));
    let place = "tasklist";
    let Some(running) = own.keep(Path::new(place), calls.processes().map_err(Into::into)) else {
        let refused = own.finish();
        let coverage = sources.map(|source| crate::inventory::Coverage { source, ..refused.clone() });
        return Collected { facts: Vec::new(), coverage: coverage.into() };
    };
    // Mostly the kernel tells every file; then the services need not be read for it.
    let is_any_closed = running.iter().any(|program| program.exe.is_none() && program.pid != 0);
    let files = if is_any_closed { files_by_process(&mut Log::new(context, Source::ProcessPaths)) } else { BTreeMap::new() };
    let mut facts = Vec::new();
    for program in running {
        if program.pid == 0 || (program.exe.is_none() && WITHOUT_FILE.contains(&program.name.to_lowercase().as_str())) {
            continue;
        }
        let log = if program.own == Some(true) { &mut own } else { &mut others };
        log.checked(1);
        let exe = program.exe.or_else(|| files.get(&program.pid).cloned());
        let executable = match &exe {
            Some(exe) if paths.exists(Path::new(exe)) == Some(false) => Executable::Deleted,
            Some(_) => Executable::Open,
            None => Executable::Closed,
        };
        match executable {
            Executable::Closed => paths.trouble(ReasonCode::PermissionDenied, Path::new(&program.name)),
            _ => paths.checked(1),
        }
        facts.push(Process { pid: program.pid, name: program.name, exe, executable, place: format!("PID {}", program.pid), ..Process::default() }.into());
    }
    Collected { facts, coverage: vec![own.finish(), others.finish(), paths.finish()] }
}

#[cfg(test)]
mod tests {
    use inzage_windows::{Process as Program, Refused, Service};

    use super::super::testing::Running;
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::Status;

    fn program(pid: u32, name: &str, exe: Option<&str>, own: bool) -> Program {
        Program { pid, name: name.into(), exe: exe.map(Into::into), own: Some(own) }
    }

    #[test]
    fn what_runs_is_told_and_services_tell_their_files() {
        let service = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\AcmeWatch";
        let running = Running {
            processes: Ok(vec![
                program(0, "Idle", None, false),
                program(4, "System", None, false),
                program(8, "timer.exe", Some("C:\\Users\\anna\\timer.exe"), true),
                program(9, "renamed.exe", None, false),
                program(10, "closed.exe", None, false),
            ]),
            services: Ok(vec![Service { name: "AcmeWatch".into(), running: true, pid: Some(9) }]),
            ..Running::default()
        };
        let fixture = Fixture::new().number(service, "Type", 16).text(service, "ImagePath", "\"C:\\Program Files\\Acme\\agent.exe\"");
        let collected = fixture.file("C:\\Program Files\\Acme\\agent.exe", "").calls(running).collect_windows(collect);
        let each = collected.facts.iter().map(|fact| match fact {
            Fact::Process(process) => (&*process.name, process.exe.as_deref(), process.executable),
            other => panic!("{other:?}"),
        });
        let expected = [
            ("timer.exe", Some("C:\\Users\\anna\\timer.exe"), Executable::Deleted),
            ("renamed.exe", Some("C:\\Program Files\\Acme\\agent.exe"), Executable::Open),
            ("closed.exe", None, Executable::Closed),
        ];
        assert_eq!(each.collect::<Vec<_>>(), expected);
        assert_eq!(collected.of(Source::Processes), (Status::Full, None));
        assert_eq!(collected.of(Source::ProcessPaths), (Status::Partial, Some(ReasonCode::PermissionDenied)));
    }

    #[test]
    fn a_disk_and_a_refusal() {
        assert_eq!(Fixture::new().collect_windows(collect).of(Source::ProcessesOfOthers), (Status::None, Some(ReasonCode::NotLive)));
        let refused = Running { processes: Err(Refused::Denied), ..Running::default() };
        let collected = Fixture::new().calls(refused).collect_windows(collect);
        assert_eq!(collected.of(Source::ProcessPaths), (Status::None, Some(ReasonCode::PermissionDenied)));
    }
}
