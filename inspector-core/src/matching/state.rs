//! The three answers on a product's state: installed, starts by itself, running.

use super::finding::Judged;
use crate::facts::{Enabled, Executable, Fact};
use crate::inventory::{Inventory, Source, Status};
use crate::kinds::{IndicatorKind, Os};
use crate::report::Answer;
use crate::signature::{Indicator, Part, Product, Proves};

pub(super) struct States {
    pub(super) installed: Answer,
    pub(super) autostart: Answer,
    pub(super) running: Answer,
}

/// Where things are that start by themselves.
const fn starters(os: Os) -> &'static [Source] {
    match os {
        Os::Linux => &[Source::Systemd, Source::XdgAutostart, Source::Cron, Source::CronOfOthers, Source::ShellProfiles],
        Os::Windows => &[Source::Services, Source::RunKeys, Source::StartupFolders, Source::ScheduledTasks],
        // Background items are hidden from every ordinary program, so that hardly ever anybody says "no".
        Os::Macos => &[Source::Launchd, Source::LoginItems, Source::SystemExtensions, Source::Cron, Source::CronOfOthers, Source::ShellProfiles],
    }
}

pub(super) fn states(product: &Product, counted: &[&Judged], only_remains: bool, inventory: &Inventory) -> States {
    if only_remains {
        return States { installed: Answer::No, autostart: Answer::No, running: running(product, &[], inventory) };
    }
    States { installed: installed(counted), autostart: autostart(counted, inventory), running: running(product, counted, inventory) }
}

fn installed(counted: &[&Judged]) -> Answer {
    let is_there = |one: &&&Judged| match one.fact {
        // A name is not yet a file; a program that was deleted while it runs is not there any more.
        Fact::Process(process) => one.kind != IndicatorKind::Process && process.executable == Executable::Open,
        // What can be there without the program.
        Fact::Setting(_)
        | Fact::Certificate(_)
        | Fact::BrowserPolicy(_)
        | Fact::RegistryKey(_)
        | Fact::ManagedPreferences(_)
        | Fact::ConfigurationProfile(_)
        | Fact::NetworkExtension(_) => false,
        // A receipt of macOS stays when the program is dragged away.
        Fact::Package(package) => !package.id.starts_with("pkgutil:"),
        _ => true,
    };
    if counted.iter().any(|one| is_there(&one)) { Answer::Yes } else { Answer::Unknown }
}

fn autostart(counted: &[&Judged], inventory: &Inventory) -> Answer {
    let mut unsure = false;
    for one in counted {
        match one.fact {
            Fact::Autostart(entry) => match entry.enabled {
                Enabled::Yes => return Answer::Yes,
                // It does not start in this way. Whether it does in another one, only all sources tell.
                Enabled::No | Enabled::OnDemand => {}
                Enabled::Unknown => unsure = true,
            },
            Fact::SystemExtension(extension) => match extension.enabled {
                Enabled::Yes => return Answer::Yes,
                Enabled::No | Enabled::OnDemand => {}
                Enabled::Unknown => unsure = true,
            },
            // The loader and the browser start these without being asked.
            Fact::Preload(preload) if preload.system_wide => return Answer::Yes,
            Fact::Extension(extension) if extension.enabled == Some(true) => return Answer::Yes,
            _ if one.indicator.proves == Some(Proves::Autostart) => return Answer::Yes,
            _ => {}
        }
    }
    if !unsure && starters(inventory.host.os).iter().all(|source| is_full(inventory, *source)) { Answer::No } else { Answer::Unknown }
}

fn running(product: &Product, counted: &[&Judged], inventory: &Inventory) -> Answer {
    let mut unsure = false;
    for one in counted {
        match one.fact {
            Fact::Process(_) if !one.name_only => return Answer::Yes,
            Fact::Autostart(entry) if entry.running == Some(true) => return Answer::Yes,
            // The service manager keeps silent on some.
            Fact::Autostart(entry) if entry.service.is_some() && entry.running.is_none() => unsure = true,
            Fact::Preload(preload) if preload.exists != Some(false) => return Answer::Yes,
            Fact::Extension(extension) => match extension.enabled {
                Some(true) => return Answer::Yes,
                Some(false) => {}
                None => unsure = true,
            },
            Fact::Setting(setting) => match setting.on {
                Some(true) => return Answer::Yes,
                Some(false) => {}
                None => unsure = true,
            },
            _ if matches!(one.indicator.proves, Some(Proves::Running | Proves::Enabled)) => return Answer::Yes,
            _ => {}
        }
    }
    let has = |kinds: &[IndicatorKind]| product.indicators.iter().any(|one| kinds.contains(&one.kind) && one.is_for(inventory.host.os));
    let mut needed = vec![Source::Processes, Source::ProcessesOfOthers];
    needed.extend([Source::Preload].into_iter().filter(|source| source.systems().contains(&inventory.host.os)));
    if has(&[IndicatorKind::Service]) {
        needed.push(Source::Services);
    }
    let may_be_program =
        |one: &&Indicator| one.kind == IndicatorKind::Path && one.part != Part::Remains && one.is_for(inventory.host.os) && !is_library(&one.value);
    if product.indicators.iter().any(|one| may_be_program(&one)) {
        // A program can change its name; only its path tells for certain, and paths of other users' programs may be closed.
        needed.push(Source::ProcessPaths);
    }
    if has(&[IndicatorKind::Extension]) {
        needed.push(Source::BrowserExtensions);
    }
    if !unsure && needed.iter().all(|source| is_full(inventory, *source)) { Answer::No } else { Answer::Unknown }
}

/// Whether a path names a library: those never run by themselves.
fn is_library(path: &str) -> bool {
    path.ends_with(".so") || path.contains(".so.") || [".dll", ".dylib"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending))
}

fn is_full(inventory: &Inventory, source: Source) -> bool {
    inventory.coverage.iter().any(|coverage| coverage.source == source && coverage.status == Status::Full)
}
