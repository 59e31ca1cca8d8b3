//! When to look again, and at what.
//!
//! One thread does everything, so that it can keep the one rule that matters: whatever a step cost, what follows waits many times as long. However
//! much happens on the computer, this program takes a small part of one core. What comes meanwhile waits in the kernel; when that is too much for
//! the kernel, everything is looked at once.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::Context as _;
use inzage_core::collect::{Again, Collectors, Glance, Request, Running};
use inzage_core::inventory::{Inventory, Source};
use inzage_core::kinds::Os;

use super::backing_off::BackingOff;
use super::cost::{Cost, give_memory_back};
use super::eyes::{self, Eyes, Seen};
use super::power;

/// What the process that stays is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Look at everything now.
    Look,
    /// Stop looking for a while, or go on.
    Pause(bool),
    /// End.
    Stop,
}

/// Why a look was made; of several reasons the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// Somebody asked for it, or let it go on.
    Asked,
    /// The program has just started.
    Start,
    /// The computer woke up.
    Woke,
    /// It is another day.
    Day,
    /// Programs started or ended.
    Programs,
    /// The computer is on another network.
    Network,
    /// Files, folders or keys changed.
    Files,
    /// More happened than anybody kept account of.
    TooMuch,
    /// It was long ago.
    Hour,
}

impl Why {
    /// The word in JSON and in the texts.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Asked => "asked",
            Self::Woke => "woke",
            Self::Day => "day",
            Self::Programs => "programs",
            Self::Network => "network",
            Self::Files => "files",
            Self::TooMuch => "too_much",
            Self::Hour => "hour",
        }
    }

    /// Whether it is told even when nothing changed.
    const fn is_told_anyway(self) -> bool {
        matches!(self, Self::Start | Self::Asked | Self::Woke | Self::Day)
    }
}

/// A look that was made.
pub(crate) struct Looked<'a> {
    /// Everything that is known now.
    pub(crate) inventory: &'a Inventory,
    /// Why it was made.
    pub(crate) why: Why,
    /// The sources that tell something else than before, each by the first of its collector.
    pub(crate) changed: Vec<Source>,
    /// The system lets too few folders be watched: told once. Everything is then looked at every few minutes.
    pub(crate) too_few_watched: bool,
}

/// Asks the process that stays for something, from any thread.
#[derive(Clone)]
pub(crate) struct Asker(Sender<Signal>);

impl Asker {
    /// Asks; nobody is there any more when it has ended.
    pub(crate) fn ask(&self, wish: Wish) {
        let _ = self.0.send(Signal::Wish(wish));
    }
}

/// The wishes that come.
pub(crate) struct Wishes {
    signals: Receiver<Signal>,
    own: Sender<Signal>,
}

enum Signal {
    Wish(Wish),
    /// Something happened in a watched folder.
    Stirred,
}

/// Where to ask, and what [`run`] is given.
pub(crate) fn wishes() -> (Asker, Wishes) {
    let (own, signals) = channel();
    (Asker(own.clone()), Wishes { signals, own })
}

/// How often there is a glance at what runs.
const GLANCE: Duration = Duration::from_secs(1);
/// A burst of changes is over after this.
const QUIET: Duration = Duration::from_millis(200);
/// A burst that goes on is looked at after this.
const LONGEST_BURST: Duration = Duration::from_millis(600);
/// How long nobody listens after changes that did not matter; it doubles up to the second.
const DEAF: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(1));
/// How many times as long as a step took what follows waits.
const REST: u32 = 25;
/// How many times slower everything goes to spare the battery.
const SPARING: u32 = 10;
/// How often everything is looked at, for what no watching tells; and where too few folders could be watched.
const FULL: Duration = Duration::from_hours(1);
const FULL_UNWATCHED: Duration = Duration::from_mins(5);
/// How often what tells of no change itself is read, at most; and how many times as long as it took comes between.
const POLL: Duration = Duration::from_secs(5);
const POLL_ALL: Duration = Duration::from_mins(1);
const POLL_REST: u32 = 1_000;
/// How often the battery is asked for.
const POWER: Duration = Duration::from_mins(1);
/// How long it may wait that a program ended; most often another one starts before.
const GONE: Duration = Duration::from_secs(20);
/// How long after a look the memory that it took is given back.
const GIVE_BACK: Duration = Duration::from_secs(10);
/// When a wait took this much longer than it should, the computer slept.
const SLEPT: Duration = Duration::from_secs(5);

/// Looks again whenever it matters, until it is told to stop. `tell` is given each new inventory: the first at once, later ones when something
/// changed or somebody asked.
pub(crate) fn run(wishes: &Wishes, tell: &mut dyn FnMut(Looked<'_>)) -> anyhow::Result<()> {
    let mut engine = Engine::new(wishes)?;
    loop {
        match engine.wait(wishes) {
            Some(Signal::Wish(Wish::Stop)) => return Ok(()),
            Some(Signal::Wish(Wish::Pause(paused))) => engine.pause(paused),
            Some(Signal::Wish(Wish::Look)) => engine.want(Collectors::ALL, Why::Asked),
            Some(Signal::Stirred) => engine.stirred = Some(Instant::now()),
            None => {}
        }
        engine.step(tell)?;
    }
}

struct Engine {
    again: Again,
    eyes: Eyes,
    running: Running,
    backing_off: BackingOff,
    cost: Cost,
    /// What is to be looked at, and why.
    stale: Collectors,
    why: Option<Why>,
    /// When changes are to be read; nothing while nobody said that there are any.
    stirred: Option<Instant>,
    /// When the first change of a burst was read.
    burst: Option<Instant>,
    /// How long nobody listens after changes that did not matter.
    deaf_for: Duration,
    resting: Instant,
    glance: Instant,
    poll: Instant,
    poll_all: Instant,
    power: Instant,
    /// When to look at what runs.
    ran: Option<Instant>,
    /// When to give back the memory of the last look.
    give_back: Option<Instant>,
    full: Instant,
    day: u64,
    paused: bool,
    sparing: u32,
    too_few: bool,
    told: bool,
    /// Where this program writes itself.
    own: Option<PathBuf>,
    /// The collectors of what runs.
    programs: Collectors,
    others_of_programs: Collectors,
    network: Collectors,
}

impl Engine {
    fn new(wishes: &Wishes) -> anyhow::Result<Self> {
        let os = Os::current();
        // Only what is looked for is kept: the signatures themselves are large.
        let wanted = inzage_signatures::load().wanted(os);
        let again = Again::new(Request { root: None, os, user: None, wanted, time: Request::USUAL_TIME }, env!("CARGO_PKG_VERSION"));
        let stir = wishes.own.clone();
        let eyes = Eyes::new(move || drop(stir.send(Signal::Stirred))).context("watching folders")?;
        let now = Instant::now();
        Ok(Self {
            programs: again.of(&[Source::Processes, Source::EventTaps, Source::DevicesInUse]),
            others_of_programs: if os == Os::Windows { again.of(&[Source::Services]) } else { Collectors::NONE },
            network: again.of(&[Source::Dns, Source::Proxy]),
            again,
            eyes,
            running: Running::default(),
            backing_off: BackingOff::default(),
            cost: Cost::begin(),
            stale: Collectors::ALL,
            why: Some(Why::Start),
            stirred: None,
            burst: None,
            deaf_for: DEAF.0,
            resting: now,
            glance: now,
            poll: now + POLL,
            poll_all: now + POLL_ALL,
            power: now,
            ran: None,
            give_back: None,
            full: now,
            day: today(),
            paused: false,
            sparing: 1,
            too_few: false,
            told: false,
            own: directories::BaseDirs::new().map(|dirs| dirs.data_local_dir().join("inzage")),
        })
    }

    fn want(&mut self, stale: Collectors, why: Why) {
        if !stale.is_empty() {
            self.stale = self.stale.and(stale);
            self.why = Some(self.why.map_or(why, |known| known.min(why)));
        }
    }

    fn pause(&mut self, paused: bool) {
        if self.paused && !paused {
            self.want(Collectors::ALL, Why::Asked);
        }
        self.paused = paused;
    }

    /// Waits for a signal, or for the next thing to do.
    fn wait(&mut self, wishes: &Wishes) -> Option<Signal> {
        if self.paused {
            return wishes.signals.recv().ok();
        }
        let now = Instant::now();
        let next = [Some(self.glance), self.stirred].into_iter().flatten().min().unwrap_or(now).max(self.resting);
        let asked = next.saturating_duration_since(now);
        let before = SystemTime::now();
        match wishes.signals.recv_timeout(asked) {
            Ok(signal) => Some(signal),
            Err(RecvTimeoutError::Disconnected) => Some(Signal::Wish(Wish::Stop)),
            Err(RecvTimeoutError::Timeout) => {
                if before.elapsed().is_ok_and(|took| took > asked + SLEPT) {
                    self.want(Collectors::ALL, Why::Woke);
                }
                None
            }
        }
    }

    /// Does what is due, unless it is time to rest.
    fn step(&mut self, tell: &mut dyn FnMut(Looked<'_>)) -> anyhow::Result<()> {
        let now = Instant::now();
        if self.paused || now < self.resting {
            return Ok(());
        }
        if self.stirred.is_some_and(|at| at <= now) {
            self.read(now);
        }
        if self.glance <= now {
            self.glance = now + GLANCE * self.sparing;
            self.look_around(now);
        }
        if self.give_back.is_some_and(|at| at <= now) {
            self.give_back = None;
            give_memory_back();
        }
        let due = self.backing_off.due(self.stale, now);
        if self.burst.is_none() && !due.is_empty() {
            self.look(due, now, tell)?;
        }
        self.resting = Instant::now() + self.cost.since_last() * REST * self.sparing;
        Ok(())
    }

    /// Reads what changed.
    fn read(&mut self, now: Instant) {
        let (mut stale, mut too_much) = (Collectors::NONE, false);
        let (again, own) = (&self.again, self.own.as_deref());
        let mut any = false;
        self.eyes.take(&mut |seen| {
            any = true;
            match seen {
                Seen::TooMuch => too_much = true,
                // What this program writes concerns nobody.
                Seen::Change(folder, name, _) if own.is_some_and(|own| folder.starts_with(own) || name.is_some_and(|name| folder.join(name) == own)) => {}
                Seen::Change(folder, name, change) => stale = stale.and(again.stale(folder, name, change)),
            }
        });
        if too_much {
            self.want(Collectors::ALL, Why::TooMuch);
        }
        self.want(stale, Why::Files);
        let (quiet, longest) = (QUIET * self.sparing, LONGEST_BURST * self.sparing);
        if too_much || !stale.is_empty() {
            self.deaf_for = DEAF.0;
            let begun = *self.burst.get_or_insert(now);
            if now.duration_since(begun) < longest {
                self.stirred = Some(now + quiet);
                return;
            }
        }
        let was_in_burst = self.burst.take().is_some();
        if was_in_burst || !any {
            self.deaf_for = DEAF.0;
            self.stirred = None;
            self.eyes.open();
            return;
        }
        // Something goes on that does not matter. Nobody is woken for it: it is read later, and in the end together with the glance.
        self.deaf_for = (self.deaf_for * 2).min(DEAF.1);
        self.stirred = Some(if self.deaf_for < DEAF.1 { now + self.deaf_for * self.sparing } else { self.glance.max(now + DEAF.0) });
    }

    /// Looks at what tells of no change itself.
    fn look_around(&mut self, now: Instant) {
        if self.power <= now {
            self.power = now + POWER;
            self.sparing = if power::saves_battery() { SPARING } else { 1 };
        }
        match self.running.glance() {
            Glance::Same => {}
            Glance::New => self.ran = Some(now),
            Glance::Gone => self.ran = self.ran.or(Some(now + GONE)),
        }
        if self.ran.is_some_and(|at| at <= now) {
            self.ran = None;
            self.want(self.programs.and(self.others_of_programs), Why::Programs);
        }
        if self.poll <= now {
            let all = self.poll_all <= now;
            let stale = self.again.poll(all);
            let took = now.elapsed() * POLL_REST;
            if all {
                self.poll_all = now + POLL_ALL.max(took) * self.sparing;
            } else {
                self.poll = now + POLL.max(took) * self.sparing;
            }
            self.want(stale, if stale.both(self.network).is_empty() { Why::Files } else { Why::Network });
        }
        if today() != self.day {
            self.want(Collectors::ALL, Why::Day);
        }
        if now.duration_since(self.full) >= if self.too_few { FULL_UNWATCHED } else { FULL } * self.sparing {
            self.want(Collectors::ALL, Why::Hour);
        }
    }

    /// Looks at what is due, and tells it.
    fn look(&mut self, due: Collectors, now: Instant, tell: &mut dyn FnMut(Looked<'_>)) -> anyhow::Result<()> {
        if due == Collectors::ALL {
            (self.full, self.day) = (now, today());
        }
        // Not after each look of a storm.
        self.give_back = Some(now + GIVE_BACK);
        let why = self.why.unwrap_or(Why::Hour);
        let look = self.again.look(due)?;
        if due == Collectors::ALL || !look.changed.is_empty() {
            tracing::info!(why = why.word(), ms = now.elapsed().as_millis(), all = due == Collectors::ALL, "a look");
        }
        self.stale = if due == Collectors::ALL { Collectors::NONE } else { self.stale.without(due.and(look.ran)) };
        if self.stale.is_empty() {
            self.why = None;
        }
        self.backing_off.note(look.ran.without(self.programs), look.changed, now);
        let (folders, are_too_many) = eyes::folders(&self.again);
        let watching = self.eyes.watch(&folders);
        let too_few = watching.too_few || (are_too_many && cfg!(target_os = "linux"));
        let too_few_watched = too_few && !self.too_few;
        self.too_few = too_few;
        // What changed in them before they were watched, nobody told.
        self.want(watching.new, why);
        if !self.told {
            self.eyes.open();
        }
        if !look.changed.is_empty() || too_few_watched || !self.told || (why.is_told_anyway() && due == Collectors::ALL) {
            self.told = true;
            let changed = self.again.sources(look.changed).collect();
            if let Some(inventory) = self.again.inventory() {
                tell(Looked { inventory, why, changed, too_few_watched });
            }
        }
        Ok(())
    }
}

/// Which day it is.
fn today() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / (24 * 60 * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_at_once_when_asked_and_ends_when_told() {
        let (asker, wishes) = wishes();
        let mut whys = Vec::new();
        let ask = asker.clone();
        run(&wishes, &mut |looked| {
            whys.push(looked.why);
            assert!(!looked.inventory.coverage.is_empty());
            match looked.why {
                Why::Start if whys.len() == 1 => {
                    // A pause that ends asks for a look too.
                    ask.ask(Wish::Pause(true));
                    ask.ask(Wish::Pause(false));
                }
                Why::Asked => ask.ask(Wish::Stop),
                _ => {}
            }
        })
        .unwrap();
        assert_eq!((whys.first(), whys.last()), (Some(&Why::Start), Some(&Why::Asked)));
        asker.ask(Wish::Look);
    }
}
