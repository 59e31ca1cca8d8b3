//! Running programs.

use std::path::Path;

use super::services::files_by_process;
use crate::collect::log::{Log, not_looked_at};
use crate::collect::{Collected, Context};
use crate::facts::{Executable, Process};
use crate::inventory::{ReasonCode, Source};

/// The programs that are the kernel itself and have no file of their own name.
const WITHOUT_FILE: [&str; 6] = ["system", "registry", "memory compression", "secure system", "idle", "system idle process"];

pub(super) fn collect(context: &Context) -> Collected {
    let sources = [Source::Processes, Source::ProcessesOfOthers, Source::ProcessPaths];
    let Some(calls) = context.calls else {
        return Collected { facts: Vec::new(), coverage: sources.map(|source| not_looked_at(source, ReasonCode::NotLive)).into() };
    };
    let [mut own, mut others, mut paths] = sources.map(|source| Log::new(context, source));
    let place = "Task Manager";
    let Some(running) = own.keep(Path::new(place), calls.processes().map_err(Into::into)) else {
        let refused = own.finish();
        let coverage = sources.map(|source| crate::inventory::Coverage { source, ..refused.clone() });
        return Collected { facts: Vec::new(), coverage: coverage.into() };
    };
    let files = files_by_process(&mut Log::new(context, Source::ProcessPaths));
    let mut facts = Vec::new();
    for program in running {
        if program.pid == 0 || WITHOUT_FILE.contains(&program.name.to_lowercase().as_str()) {
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
        facts.push(Process { pid: program.pid, name: program.name, exe, executable, place: format!("{place}: {}", program.pid), ..Process::default() }.into());
    }
    Collected { facts, coverage: vec![own.finish(), others.finish(), paths.finish()] }
}
