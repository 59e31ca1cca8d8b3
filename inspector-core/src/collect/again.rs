//! A computer that is looked at again and again: only what changed is looked at again.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use super::noting::{AFTER, Change, MACHINE, Noted, Noting, on_behalf_of};
use super::registry::Registry;
use super::tree::Tree;
use super::{CollectError, Collected, Collector, Request, collectors, look, run, running_registry, tree_of};
use crate::facts::{Executable, Fact};
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
pub struct Look {
    /// Everything that is known now.
    pub inventory: Inventory,
    /// Which collectors looked.
    pub ran: Collectors,
    /// Which of them told something else than before.
    pub changed: Collectors,
}

/// A computer that is looked at again and again. It keeps what each collector told, and what each had asked for.
pub struct Again {
    request: Request,
    agent_version: String,
    collectors: Vec<&'static Collector>,
    /// What each collector told last; empty before the first look.
    kept: Vec<Collected>,
    noted: Noted,
}

impl Again {
    /// A computer that was not looked at yet.
    pub fn new(request: Request, agent_version: &str) -> Self {
        let collectors = collectors(request.os);
        Self { request, agent_version: agent_version.into(), collectors, kept: Vec::new(), noted: Noted::default() }
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
        let everything = self.kept.is_empty() || stale.0 & 1 << MACHINE != 0;
        let which: Vec<usize> = (0..self.collectors.len()).filter(|at| everything || stale.0 & 1 << at != 0).collect();
        let ran = Collectors(which.iter().fold(0, |all, at| all | 1 << at));
        let mut noted = std::mem::take(&mut self.noted);
        noted.forget(if everything { u64::MAX } else { ran.0 | 1 << AFTER });
        let noting = Noting::new(tree, registry, written, noted);
        let Self { request, agent_version, collectors, kept, .. } = self;
        let mut changed = 0;
        let inventory = on_behalf_of(MACHINE, || {
            look(&noting, noting.registry(), request, agent_version, &mut |context| {
                kept.resize_with(collectors.len(), Collected::default);
                // One thread: the program that stays has no hurry, and every thread keeps memory of its own.
                for (at, mut new) in which.iter().zip(run(context, collectors, &which, 1, &|_, _| ())) {
                    new.facts.shrink_to_fit();
                    if !are_alike(&kept[*at], &new) {
                        changed |= 1 << at;
                    }
                    kept[*at] = new;
                }
                kept.clone()
            })
        });
        self.noted = noting.finish();
        if inventory.is_err() {
            // Nobody knows what else is not there any more.
            self.kept.clear();
        }
        Ok(Look { inventory: inventory?, ran, changed: Collectors(changed) })
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

/// Whether two answers of a collector say the same. A program that was started once more is the same program; and how many things were looked at
/// changes with each of them.
fn are_alike(old: &Collected, new: &Collected) -> bool {
    let said = |coverage: &Coverage| (coverage.source, coverage.status, coverage.reason.as_ref().map(|reason| reason.code));
    if !old.coverage.iter().map(said).eq(new.coverage.iter().map(said)) {
        return false;
    }
    if !old.facts.iter().chain(&new.facts).all(|fact| matches!(fact, Fact::Process(_))) {
        return old.facts == new.facts;
    }
    programs(&old.facts) == programs(&new.facts)
}

/// The running programs without what differs from one start to the next.
fn programs<'a>(facts: &'a [Fact]) -> BTreeSet<(Executable, [Option<&'a str>; 7], &'a str)> {
    let of = |fact: &'a Fact| {
        let Fact::Process(process) = fact else { return None };
        let texts = [&process.exe, &process.script, &process.user, &process.unit, &process.company, &process.product, &process.original_name];
        Some((process.executable, texts.map(Option::as_deref), process.name.as_str()))
    };
    facts.iter().filter_map(of).collect()
}

#[cfg(all(test, unix))]
mod tests;
