//! What runs now: programs, those that listen to keys and mouse, and the camera, the microphone and the screen in use.

use std::collections::BTreeMap;
use std::path::Path;

use inzage_macos::Process as Running;

use super::Calls;
use crate::collect::log::{Log, not_looked_at};
use crate::collect::tree::Trouble;
use crate::collect::{Collected, Context};
use crate::facts::{Device, DeviceInUse, EventTap, Executable, Process};
use crate::inventory::{ReasonCode, Source};

/// Where a person looks up what runs.
const PLACE: &str = "Activity Monitor";
/// Where a person looks up what may listen.
const INPUT: &str = "System Settings > Privacy & Security > Input Monitoring";

/// The answers of a running Mac; on a disk there are none, which every one of the sources then says.
fn running<'a>(context: &'a Context, sources: &[Source]) -> Result<&'a dyn Calls, Collected> {
    let none = || Collected { facts: Vec::new(), coverage: sources.iter().map(|source| not_looked_at(*source, ReasonCode::NotLive)).collect() };
    context.mac.ok_or_else(none)
}

pub(super) fn processes(context: &Context) -> Collected {
    const SOURCES: [Source; 3] = [Source::Processes, Source::ProcessesOfOthers, Source::ProcessPaths];
    let mac = match running(context, &SOURCES) {
        Ok(mac) => mac,
        Err(none) => return none,
    };
    let [mut own, mut of_others, mut paths] = SOURCES.map(|source| Log::new(context, source));
    let processes = mac.processes().and_then(|all| if all.is_empty() { Err(Trouble::Failed) } else { Ok(all) });
    // This program runs itself, so an empty answer is none.
    let processes = processes.unwrap_or_else(|trouble| {
        for log in [&mut own, &mut of_others, &mut paths] {
            log.keep::<()>(Path::new(PLACE), Err(trouble.clone()));
        }
        Vec::new()
    });
    let mut facts = Vec::new();
    for process in processes {
        if process.uid == context.uid {
            own.checked(1);
        } else {
            of_others.checked(1);
        }
        // The kernel itself has no file.
        if process.pid == 0 {
            continue;
        }
        let executable = match &process.exe {
            Some(exe) if paths.exists(Path::new(exe)) == Some(false) => Executable::Deleted,
            Some(_) => Executable::Open,
            None => Executable::Closed,
        };
        if executable == Executable::Closed {
            paths.trouble(ReasonCode::PermissionDenied, Path::new(&process.name));
        } else {
            paths.checked(1);
        }
        let Running { pid, name, exe, user, .. } = process;
        facts.push(Process { pid, name, exe, executable, user, place: format!("{PLACE}: {pid}"), ..Process::default() }.into());
    }
    Collected { facts, coverage: vec![own.finish(), of_others.finish(), paths.finish()] }
}

/// The programs by their process numbers.
fn programs(mac: &dyn Calls) -> BTreeMap<u32, String> {
    mac.processes().unwrap_or_default().into_iter().filter_map(|process| Some((process.pid, process.exe?))).collect()
}

pub(super) fn event_taps(context: &Context) -> Collected {
    let mac = match running(context, &[Source::EventTaps]) {
        Ok(mac) => mac,
        Err(none) => return none,
    };
    let mut log = Log::new(context, Source::EventTaps);
    let taps = log.keep(Path::new(INPUT), mac.event_taps()).unwrap_or_default();
    let programs = programs(mac);
    let mut facts: Vec<EventTap> = Vec::new();
    for tap in taps {
        log.checked(1);
        // A program often has several; together they are what it is told.
        if let Some(known) = facts.iter_mut().find(|known| known.pid == tap.pid && known.on == tap.enabled) {
            known.keyboard |= tap.keyboard;
            known.mouse |= tap.mouse;
            known.may_change |= tap.may_change;
            continue;
        }
        let program = programs.get(&tap.pid).cloned();
        let inzage_macos::EventTap { pid, keyboard, mouse, may_change, enabled: on } = tap;
        facts.push(EventTap { pid, program, keyboard, mouse, may_change, on, place: INPUT.into() });
    }
    Collected { facts: facts.into_iter().map(Into::into).collect(), coverage: vec![log.finish()] }
}

pub(super) fn devices(context: &Context) -> Collected {
    let mac = match running(context, &[Source::DevicesInUse]) {
        Ok(mac) => mac,
        Err(none) => return none,
    };
    let mut log = Log::new(context, Source::DevicesInUse);
    let mut facts = Vec::new();
    let mut used = |device, program, place: &str| facts.push(DeviceInUse { device, program, place: place.into() }.into());
    match mac.microphone_users() {
        // macOS before 14.2 does not tell who takes sound in.
        Err(Trouble::Absent) => log.trouble(ReasonCode::NotShownBySystem, Path::new("microphone")),
        answer => {
            let users = log.keep(Path::new("microphone"), answer).unwrap_or_default();
            let programs = if users.is_empty() { BTreeMap::new() } else { programs(mac) };
            for pid in users {
                used(Device::Microphone, programs.get(&pid).cloned(), "Control Centre: microphone");
            }
        }
    }
    if log.keep(Path::new("camera"), mac.camera_in_use()) == Some(true) {
        used(Device::Camera, None, "Control Centre: camera");
    }
    // Without a login session at the screen there is nothing to share.
    if log.keep(Path::new("screen"), mac.screen_is_shared()) == Some(true) {
        used(Device::Screen, None, "System Settings > General > Sharing");
    }
    Collected { facts, coverage: vec![log.finish()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::macos::testing::Answers;
    use crate::collect::testing::Fixture;
    use crate::facts::Fact;
    use crate::inventory::Status;

    fn process(pid: u32, exe: Option<&str>, uid: u32) -> Running {
        let name = exe.and_then(|exe| exe.rsplit('/').next()).unwrap_or("closed").to_owned();
        Running { pid, name, exe: exe.map(str::to_owned), uid: Some(uid), user: None }
    }

    fn answers() -> Answers {
        let processes = vec![process(0, None, 0), process(1, Some("/sbin/launchd"), 0), process(77, Some("/Applications/Acme.app/Contents/MacOS/Acme"), 1000)];
        Answers { processes: Ok(processes), ..Answers::default() }
    }

    #[test]
    fn programs_that_run() {
        let mac = Fixture::new().file("/sbin/launchd", "").mac(answers()).collect_macos(processes);
        let told: Vec<_> = mac.facts.iter().map(|fact| if let Fact::Process(one) = fact { (one.pid, one.executable) } else { panic!("{fact:?}") }).collect();
        assert_eq!(told, [(1, Executable::Open), (77, Executable::Deleted)]);
        for source in [Source::Processes, Source::ProcessesOfOthers, Source::ProcessPaths] {
            assert_eq!(mac.of(source), (Status::Full, None));
        }
        let hidden = Answers { processes: Ok(vec![process(5, None, 0), process(6, Some("/x"), 1000)]), ..Answers::default() };
        assert_eq!(Fixture::new().mac(hidden).collect_macos(processes).of(Source::ProcessPaths), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        for nothing in [Ok(Vec::new()), Err(Trouble::Failed)] {
            let none = Fixture::new().mac(Answers { processes: nothing, ..Answers::default() }).collect_macos(processes);
            assert_eq!(none.of(Source::ProcessesOfOthers).0, Status::None);
        }
        assert_eq!(Fixture::new().collect_macos(processes).of(Source::Processes), (Status::None, Some(ReasonCode::NotLive)));
    }

    #[test]
    fn who_listens() {
        let tap = |keyboard, mouse| inzage_macos::EventTap { pid: 77, keyboard, mouse, may_change: false, enabled: true };
        let listening = Answers { event_taps: Ok(vec![tap(true, false), tap(false, true)]), ..answers() };
        let mac = Fixture::new().mac(listening).collect_macos(event_taps);
        let [Fact::EventTap(one)] = &mac.facts[..] else { panic!("{:?}", mac.facts) };
        assert!(one.keyboard && one.mouse && one.on && one.program.as_deref().is_some_and(|program| program.ends_with("/Acme")));
        let refused = Fixture::new().mac(Answers { event_taps: Err(Trouble::Failed), ..answers() }).collect_macos(event_taps);
        assert_eq!(refused.of(Source::EventTaps), (Status::None, Some(ReasonCode::ReadError)));
        assert_eq!(Fixture::new().collect_macos(event_taps).of(Source::EventTaps), (Status::None, Some(ReasonCode::NotLive)));
    }

    #[test]
    fn what_is_in_use() {
        let used = Answers { microphone: Ok(vec![77]), camera: Ok(true), screen: Ok(true), ..answers() };
        let mac = Fixture::new().mac(used).collect_macos(devices);
        let told: Vec<_> =
            mac.facts.iter().map(|fact| if let Fact::DeviceInUse(one) = fact { (one.device, one.program.is_some()) } else { panic!() }).collect();
        assert_eq!(told, [(Device::Microphone, true), (Device::Camera, false), (Device::Screen, false)]);
        assert_eq!(mac.of(Source::DevicesInUse), (Status::Full, None));
        let old = Fixture::new().mac(Answers { microphone: Err(Trouble::Absent), ..answers() }).collect_macos(devices);
        assert_eq!(old.of(Source::DevicesInUse), (Status::Partial, Some(ReasonCode::NotShownBySystem)));
    }
}
