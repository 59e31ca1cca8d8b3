//! Which kinds of programs run: a glance that is cheap enough for every second, and tells when the collector of processes should look.
//!
//! Programs come and go all the time; a compiler that starts a thousand times is the same program. So programs are told apart by name and
//! executable, and what ran a moment ago counts as running still.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How long what ran counts as running still.
const LINGERS: Duration = Duration::from_secs(8);
/// A new process is looked at a few times: it may still be the program that started it.
const YOUNG: u8 = 3;
/// After how many glances every process is looked at once more: one may have become another program.
const AFRESH: u32 = 30;
/// After how many glances all are listed, even when no process seems new.
const ANYWAY: u32 = 4;

/// What a glance shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glance {
    /// The same kinds of programs as before.
    #[default]
    Same,
    /// A program runs that did not run before.
    New,
    /// A program does not run any more.
    Gone,
}

/// The programs that run, by what tells them apart.
#[derive(Default)]
pub struct Running {
    /// Of each process, its program and how often it was looked at.
    processes: BTreeMap<u32, (u64, u8)>,
    /// When each program was last seen.
    programs: BTreeMap<u64, Instant>,
    /// The number that the kernel gave to the newest process.
    newest: Option<u64>,
    glances: u32,
}

impl Running {
    /// One more glance.
    pub fn glance(&mut self) -> Glance {
        self.glances = self.glances.wrapping_add(1);
        let newest = system::newest();
        let is_quiet = newest.is_some() && newest == self.newest && self.processes.values().all(|(_, looks)| *looks >= YOUNG);
        if is_quiet && !self.glances.is_multiple_of(ANYWAY) {
            return Glance::Same;
        }
        self.newest = newest;
        let Some(listed) = system::list() else { return Glance::Same };
        self.compare(listed, Instant::now())
    }

    fn compare(&mut self, listed: Vec<system::Listed>, now: Instant) -> Glance {
        let afresh = self.glances.is_multiple_of(AFRESH);
        let mut processes = BTreeMap::new();
        for one in listed {
            let pid = system::number(&one);
            let known = self.processes.get(&pid).filter(|(_, looks)| *looks >= YOUNG && !afresh);
            let looks = self.processes.get(&pid).map_or(1, |(_, looks)| looks.saturating_add(1));
            // A process that ended meanwhile is none.
            let Some(program) = known.map(|(program, _)| *program).or_else(|| system::program(one)) else { continue };
            processes.insert(pid, (program, looks));
        }
        let mut glance = Glance::Same;
        self.programs.retain(|_, seen| {
            let lingers = now.duration_since(*seen) < LINGERS;
            if !lingers {
                glance = Glance::Gone;
            }
            lingers
        });
        for (program, _) in processes.values() {
            if self.programs.insert(*program, now).is_none() {
                glance = Glance::New;
            }
        }
        self.processes = processes;
        glance
    }
}

#[cfg(target_os = "linux")]
#[allow(clippy::trivially_copy_pass_by_ref, reason = "on Windows a process is listed with its name")]
mod system {
    use std::hash::{Hash as _, Hasher as _};
    use std::path::Path;

    use rustc_hash::FxHasher;

    use crate::collect::linux::command::is_interpreter;
    use crate::collect::tree::{Disk, Tree as _};
    use crate::text;

    /// The number of a process.
    pub(super) type Listed = u32;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as on Windows")]
    pub(super) const fn number(listed: &Listed) -> u32 {
        *listed
    }

    /// The number that was given last stands at the end of this file, which is read in no time.
    pub(super) fn newest() -> Option<u64> {
        let load = Disk::here().read(Path::new("/proc/loadavg"), 1_000).ok()?;
        text::from_bytes(&load).split_whitespace().last()?.parse().ok()
    }

    pub(super) fn list() -> Option<Vec<Listed>> {
        // Not through `Tree`: thousands of names would be sorted there each second.
        let entries = std::fs::read_dir("/proc").ok()?;
        Some(entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect())
    }

    /// Name and executable; of an interpreter also what it was told to run.
    pub(super) fn program(pid: Listed) -> Option<u64> {
        let (disk, at) = (Disk::here(), |file: &str| format!("/proc/{pid}/{file}"));
        let name = disk.read(Path::new(&at("comm")), 1_000).ok()?;
        let exe = disk.link(Path::new(&at("exe")));
        let mut hasher = FxHasher::default();
        name.hash(&mut hasher);
        exe.as_ref().ok().hash(&mut hasher);
        let program = exe.as_ref().map_or_else(|_| text::from_bytes(name.trim_ascii()), |exe| text::from_bytes(exe.as_os_str().as_encoded_bytes()));
        if is_interpreter(&program) {
            disk.read(Path::new(&at("cmdline")), 1 << 16).ok().hash(&mut hasher);
        }
        Some(hasher.finish())
    }
}

#[cfg(windows)]
#[allow(clippy::trivially_copy_pass_by_ref, reason = "on Windows a process is listed with its name")]
mod system {
    use std::hash::{Hash as _, Hasher as _};

    use rustc_hash::FxHasher;

    /// Number and name.
    pub(super) type Listed = (u32, String);

    pub(super) const fn number(listed: &Listed) -> u32 {
        listed.0
    }

    pub(super) const fn newest() -> Option<u64> {
        None
    }

    pub(super) fn list() -> Option<Vec<Listed>> {
        inzage_windows::program_names().ok()
    }

    pub(super) fn program(listed: Listed) -> Option<u64> {
        let mut hasher = FxHasher::default();
        listed.1.hash(&mut hasher);
        Some(hasher.finish())
    }
}

/// Elsewhere every process counts as a program of its own.
#[cfg(not(any(target_os = "linux", windows)))]
#[allow(clippy::trivially_copy_pass_by_ref, reason = "on Windows a process is listed with its name")]
mod system {
    pub(super) type Listed = u32;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as on Windows")]
    pub(super) const fn number(listed: &Listed) -> u32 {
        *listed
    }

    pub(super) const fn newest() -> Option<u64> {
        None
    }

    #[cfg(target_os = "macos")]
    pub(super) fn list() -> Option<Vec<Listed>> {
        inzage_macos::program_numbers().ok()
    }

    #[cfg(not(target_os = "macos"))]
    pub(super) const fn list() -> Option<Vec<Listed>> {
        None
    }

    pub(super) fn program(pid: Listed) -> Option<u64> {
        Some(u64::from(pid))
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_starts_is_new_once() {
        // A program of this test alone: others on the computer sleep too.
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("sleeps");
        std::fs::copy("/bin/sleep", &own).unwrap();
        let mut running = Running::default();
        running.glance();
        let mut sleep = std::process::Command::new(&own).arg("60").spawn().unwrap();
        let look = |running: &mut Running| running.compare(system::list().unwrap(), Instant::now());
        // Other tests start programs too, so this one alone is asked for.
        let program = |running: &Running| running.processes.get(&sleep.id()).map(|(program, _)| *program);
        look(&mut running);
        std::thread::sleep(Duration::from_millis(50));
        look(&mut running);
        let first = program(&running).unwrap();
        assert!(running.programs.contains_key(&first));
        let mut second = std::process::Command::new(&own).arg("61").spawn().unwrap();
        std::thread::sleep(Duration::from_millis(50));
        look(&mut running);
        assert_eq!(running.processes[&second.id()].0, first, "the same program");
        for child in [&mut sleep, &mut second] {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        running.compare(system::list().unwrap(), Instant::now() + LINGERS / 2);
        assert!(running.programs.contains_key(&first), "it lingers");
        assert_eq!(running.compare(system::list().unwrap(), Instant::now() + LINGERS * 2), Glance::New, "all others are seen anew");
        assert!(!running.programs.contains_key(&first));
    }
}
