//! A computer that is looked at again and again: only what changed is looked at again.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::hash::{Hash as _, Hasher as _};
use std::io;
use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::noting::{AFTER, Change, MACHINE, Noted, Noting, on_behalf_of};
use super::registry::Registry;
use super::tree::Tree;
use super::{CollectError, Collected, Collector, Request, collectors, look, run, running_registry, tree_of};
use crate::facts::{Fact, Process};
use crate::inventory::{Coverage, Inventory, Source};
use crate::kinds::Os;

/// Some of the collectors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Collectors(u64);

impl Collectors {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// All of them.
    pub const ALL: Self = Self(u64::MAX);

    /// Whether it is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// These and others.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These without others.
    #[must_use]
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Those that are in both.
    #[must_use]
    pub const fn both(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// Each of them alone.
    pub fn each(self) -> impl Iterator<Item = Self> {
        (0..u64::BITS).map(|at| Self(1 << at)).filter(move |one| self.0 & one.0 != 0)
    }
}

/// One more look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Which collectors looked.
    pub ran: Collectors,
    /// Which of them told something else than before.
    pub changed: Collectors,
}

/// What one collector told last.
#[derive(Default)]
struct Part {
    /// How many facts of the inventory are its own; they stand there in the order of the collectors.
    facts: usize,
    coverage: Vec<Coverage>,
    likeness: u64,
}

/// A computer that is looked at again and again. It keeps what each collector told, once, and what each had asked for.
pub struct Again {
    request: Request,
    agent_version: String,
    collectors: Vec<&'static Collector>,
    inventory: Option<Inventory>,
    parts: Vec<Part>,
    noted: Noted,
}

impl Again {
    /// A computer that was not looked at yet.
    pub fn new(request: Request, agent_version: &str) -> Self {
        let collectors = collectors(request.os);
        let parts = collectors.iter().map(|_| Part::default()).collect();
        Self { request, agent_version: agent_version.into(), collectors, inventory: None, parts, noted: Noted::default() }
    }

    /// Everything that is known; nothing before the first look, and after one that failed.
    pub const fn inventory(&self) -> Option<&Inventory> {
        self.inventory.as_ref()
    }

    /// Looks at what is stale; at everything the first time.
    pub fn look(&mut self, stale: Collectors) -> Result<Look, CollectError> {
        let registry = running_registry().filter(|_| self.is_live() && self.request.os == Os::Windows);
        let tree = tree_of(&self.request);
        let look = self.look_through(&*tree, registry.as_deref(), stale)?;
        if self.is_live() && self.request.os == Os::Linux {
            // Another network often has other servers for names, and another proxy.
            let network = self.of(&[Source::Dns, Source::Proxy]);
            self.noted.also_poll(&*tree, "/proc/net/route", network.0);
        }
        Ok(look)
    }

    /// The same through a tree and a registry that stand between, as for [`super::collect_from`].
    pub fn look_through(&mut self, tree: &dyn Tree, registry: Option<&dyn Registry>, stale: Collectors) -> Result<Look, CollectError> {
        let mut facts = self.inventory.take().map(|old| old.facts);
        let everything = facts.is_none() || stale.0 & 1 << MACHINE != 0;
        let which: Vec<usize> = (0..self.collectors.len()).filter(|at| everything || stale.0 & 1 << at != 0).collect();
        let ran = Collectors(which.iter().fold(0, |all, at| all | 1 << at));
        let mut noted = std::mem::take(&mut self.noted);
        noted.forget(if everything { u64::MAX } else { ran.0 | 1 << AFTER });
        let noting = Noting::new(tree, registry, written, noted);
        let Self { request, agent_version, collectors, parts, .. } = self;
        let mut changed = 0;
        let inventory = on_behalf_of(MACHINE, || {
            look(&noting, noting.registry(), request, agent_version, &mut |context| {
                let mut told = kept(parts, facts.take().unwrap_or_default(), ran);
                // One thread: the program that stays has no hurry, and every thread keeps memory of its own.
                for (at, new) in which.iter().zip(run(context, collectors, &which, 1, &|_, _| ())) {
                    let part = Part { facts: new.facts.len(), coverage: new.coverage.clone(), likeness: likeness(&new) };
                    if part.likeness != parts[*at].likeness {
                        changed |= 1 << at;
                    }
                    (parts[*at], told[*at]) = (part, new);
                }
                told
            })
        });
        self.noted = noting.finish();
        self.inventory = Some(inventory?);
        Ok(Look { ran, changed: Collectors(changed) })
    }

    fn is_live(&self) -> bool {
        self.request.root.is_none() && self.request.os == Os::current()
    }

    /// The collectors that answer for sources.
    pub fn of(&self, sources: &[Source]) -> Collectors {
        let answers = |collector: &Collector| collector.sources.iter().any(|source| sources.contains(source));
        Collectors(self.collectors.iter().enumerate().filter(|(_, one)| answers(one)).fold(0, |all, (at, _)| all | 1 << at))
    }

    /// The first source of each collector, to name them.
    pub fn sources(&self, which: Collectors) -> impl Iterator<Item = Source> {
        self.collectors.iter().enumerate().filter(move |(at, _)| which.0 & 1 << at != 0).filter_map(|(_, one)| one.sources.first().copied())
    }

    /// Which collectors a change in a folder makes stale; without a name the loss of the folder itself.
    pub fn stale(&self, folder: &Path, name: Option<&OsStr>, change: Change) -> Collectors {
        Collectors(self.noted.concerned(folder, name, change))
    }

    /// The folders in which changes matter, where they really lie; whom they concern, and how much was asked for in each.
    pub fn folders(&self) -> impl Iterator<Item = (&Arc<Path>, Collectors, usize)> {
        self.noted.folders().map(|(path, who, weight)| (path, Collectors(who), weight))
    }

    /// Looks at what tells of no change itself, and is small: which collectors it made stale. On Windows, `all` asks for every key of the registry
    /// that was read, and not only for those that have few beside them.
    pub fn poll(&mut self, all: bool) -> Collectors {
        let tree = tree_of(&self.request);
        Collectors(self.noted.poll(&*tree) | self.noted.poll_keys(all, written))
    }
}

/// When a key of the running computer's registry was last written.
#[cfg(windows)]
fn written(key: &str) -> Option<u64> {
    super::registry::Live.written(key)
}

#[cfg(not(windows))]
const fn written(_: &str) -> Option<u64> {
    None
}

/// What the collectors told last, but for those that look again: theirs is given back before, so that it is never kept twice.
fn kept(parts: &[Part], facts: Vec<Fact>, again: Collectors) -> Vec<Collected> {
    let mut facts = facts.into_iter();
    let each = parts.iter().enumerate().map(|(at, part)| {
        let own = facts.by_ref().take(part.facts);
        if again.0 & 1 << at == 0 {
            Collected { facts: own.collect(), coverage: part.coverage.clone() }
        } else {
            own.for_each(drop);
            Collected::default()
        }
    });
    each.collect()
}

/// A number that is the same when two answers of a collector say the same. A program that was started once more is the same program; and how many
/// things were looked at changes with each of them.
fn likeness(told: &Collected) -> u64 {
    let mut hasher = FxHasher::default();
    for coverage in &told.coverage {
        (coverage.source, coverage.status, coverage.reason.as_ref().map(|reason| reason.code)).hash(&mut hasher);
    }
    let mut programs = BTreeSet::new();
    for fact in &told.facts {
        if let Fact::Process(process) = fact {
            programs.insert(likeness_of(process));
        } else {
            // A fact is not hashed but written, as it is anyway: this cannot fail.
            let _ = serde_json::to_writer(Hashing(&mut hasher), fact);
        }
    }
    programs.hash(&mut hasher);
    hasher.finish()
}

/// A running program without what differs from one start to the next.
fn likeness_of(process: &Process) -> u64 {
    let mut hasher = FxHasher::default();
    (&process.name, process.executable, &process.exe, &process.script, &process.user, &process.unit).hash(&mut hasher);
    hasher.finish()
}

struct Hashing<'a>(&'a mut FxHasher);

impl io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests;
