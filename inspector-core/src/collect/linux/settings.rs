//! What the kernel and the loader were told: modules, preloaded libraries, settings of the system.

use std::path::Path;

use super::places;
use crate::collect::log::{Log, not_looked_at};
use crate::collect::{Collected, Context};
use crate::facts::{Fact, KernelModule, Preload, Setting};
use crate::inventory::{ReasonCode, Source};
use crate::text;

const MODULES: &str = "/proc/modules";
const PRELOAD: &str = "/etc/ld.so.preload";

pub(super) fn kernel_modules(context: &Context) -> Collected {
    if !context.live {
        return Collected { facts: Vec::new(), coverage: vec![not_looked_at(Source::KernelModules, ReasonCode::NotLive)] };
    }
    let mut log = Log::new(context, Source::KernelModules);
    let mut facts = Vec::new();
    for line in text::from_bytes(&log.read(Path::new(MODULES)).unwrap_or_default()).lines() {
        // `name size uses users state address (marks)`.
        let mut fields = line.split_whitespace();
        let (name, marks) = (fields.next(), fields.next_back().filter(|marks| marks.starts_with('(')));
        if !line.contains(" Live ") && !line.contains(" Loading ") && !line.contains(" Unloading ") {
            log.trouble(ReasonCode::Malformed, Path::new(MODULES));
        } else if let Some(name) = name {
            facts.push(KernelModule { name: name.into(), out_of_tree: marks.is_some_and(|marks| marks.contains('O')), place: MODULES.into() }.into());
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
}

pub(super) fn preload(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Preload);
    let mut found: Vec<Preload> = Vec::new();
    let mut add = |libraries: &str, system_wide, place: &str| {
        for library in libraries.split([' ', '\t', ':', '\n', '\r']).filter(|library| !library.is_empty()) {
            found.push(Preload { library: library.into(), system_wide, exists: None, place: place.into() });
        }
    };
    for line in text::from_bytes(&log.read_up_to(Path::new(PRELOAD), 1 << 20).unwrap_or_default()).lines() {
        add(line.split('#').next().unwrap_or_default(), true, PRELOAD);
    }
    if let Some(libraries) = context.env.get("LD_PRELOAD") {
        add(libraries, false, "LD_PRELOAD");
    }
    // Files that set variables for the session: `LD_PRELOAD=…`, with or without quotes.
    let mut files: Vec<_> = places(context, &["/etc/environment", "~/.pam_environment"]).collect();
    for folder in places(context, &["/etc/environment.d", "/usr/lib/environment.d", "~/.config/environment.d"]) {
        files.extend(log.list(&folder).iter().map(|entry| folder.join(&entry.name)));
    }
    for file in files {
        for line in text::from_bytes(&log.read_up_to(&file, 1 << 20).unwrap_or_default()).lines() {
            if let Some(value) = line.trim().strip_prefix("LD_PRELOAD").and_then(|rest| rest.trim_start().strip_prefix('=')) {
                add(value.trim().trim_matches(['"', '\'']), false, &crate::collect::path_text(&file));
            }
        }
    }
    // A name without a path, or with the loader's own variables, is searched for by the loader.
    for preload in found.iter_mut().filter(|preload| preload.library.starts_with('/') && !preload.library.contains('$')) {
        preload.exists = log.exists(Path::new(&preload.library));
    }
    super::apps::finish(context, log, found.into_iter().map(Fact::from).collect())
}

/// How many seconds ago the accounting file was written at most while accounting is on: on a computer in use some program ends within
/// that time. Longer ago it may be on or off.
const RECENT: i64 = 60;

pub(super) fn system_settings(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::SystemSettings);
    let mut facts = Vec::new();
    // Process accounting: the kernel writes a line into this file whenever a program ends. The unit of the package may say that it
    // is inactive while accounting is on, so the file is what counts.
    for place in ["/var/log/account/pacct", "/var/account/pacct"] {
        if let Some(meta) = log.meta(Path::new(place)) {
            let grows = context.live && meta.length > 0 && meta.modified.is_some_and(|at| context.now - at < RECENT);
            facts.push(Setting { name: "process-accounting".into(), on: grows.then_some(true), place: place.into() }.into());
        }
    }
    Collected { facts, coverage: vec![log.finish()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    #[test]
    fn loaded_modules() {
        let text = "vboxdrv 5 2 vboxnet, Live 0x0 (OE)\next4 1 1 - Live 0x0\n";
        let collected = Fixture::new().live().file("/proc/modules", text).collect(kernel_modules);
        assert!(matches!(&collected.facts[..], [Fact::KernelModule(a), Fact::KernelModule(b)] if a.name == "vboxdrv" && a.out_of_tree && !b.out_of_tree));
        assert_eq!(
            Fixture::new().live().file("/proc/modules", "rubbish").collect(kernel_modules).of(Source::KernelModules),
            (Status::Partial, Some(ReasonCode::Malformed))
        );
        assert_eq!(
            Fixture::new().live().file("/proc/modules", text).deny("/proc/modules").collect(kernel_modules).of(Source::KernelModules).1,
            Some(ReasonCode::PermissionDenied)
        );
        assert_eq!(Fixture::new().live().collect(kernel_modules).of(Source::KernelModules), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(Fixture::new().collect(kernel_modules).of(Source::KernelModules), (Status::None, Some(ReasonCode::NotLive)));
    }

    #[test]
    fn preloaded_libraries() {
        let collected = Fixture::new()
            .file("/etc/ld.so.preload", "/usr/lib/libsnoopy.so # why\n\n/opt/a.so:/opt/b.so\n")
            .file("/etc/environment", "PATH=/bin\nLD_PRELOAD=\"/opt/c.so\"\n")
            .env("LD_PRELOAD", "/opt/d.so")
            .collect(preload);
        let found: Vec<_> =
            collected.facts.iter().map(|fact| if let Fact::Preload(p) = fact { (p.library.as_str(), p.system_wide) } else { panic!() }).collect();
        assert_eq!(found, [("/usr/lib/libsnoopy.so", true), ("/opt/a.so", true), ("/opt/b.so", true), ("/opt/d.so", false), ("/opt/c.so", false)]);
        assert_eq!(
            Fixture::new().file("/etc/ld.so.preload", "x").deny("/etc/ld.so.preload").collect(preload).of(Source::Preload),
            (Status::None, Some(ReasonCode::PermissionDenied))
        );
        assert_eq!(Fixture::new().collect(preload).of(Source::Preload), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(Fixture::new().folder("/etc/ld.so.preload").collect(preload).of(Source::Preload), (Status::None, Some(ReasonCode::NotAFile)));
    }

    #[test]
    fn accounting_is_told_from_its_file() {
        let on = |collected: &Collected| collected.facts.iter().map(|fact| if let Fact::Setting(s) = fact { s.on } else { panic!() }).collect::<Vec<_>>();
        // The fixture's clock is far ahead of the file, so the file counts as old.
        assert_eq!(on(&Fixture::new().live().file("/var/log/account/pacct", "x").collect(system_settings)), [None]);
        assert!(on(&Fixture::new().live().collect(system_settings)).is_empty());
        assert_eq!(
            Fixture::new().file("/var/log/account/pacct", "x").deny("/var/log").collect(system_settings).of(Source::SystemSettings).1,
            Some(ReasonCode::PermissionDenied)
        );
    }
}
