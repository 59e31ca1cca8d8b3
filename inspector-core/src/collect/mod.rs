//! Looking at the computer: all input and output of the core, and nothing that can abort a scan.
//!
//! A collector is a function from a [`Context`] to facts and coverage. Whatever fails becomes coverage: a file that may not be read, a
//! manifest that cannot be understood, a fault in a collector itself.

mod browsers;
mod certificates;
mod executable;
mod linux;
mod log;
mod machine;
mod macos;
mod paths;
mod plist;
mod programs;
mod registry;
mod sqlite;
mod tree;
mod windows;
mod without_case;

use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::facts::Fact;
use crate::inventory::{Coverage, Host, Inventory, ReasonCode, SCHEMA, Source};
use crate::kinds::Os;
use crate::mask::Masker;
use crate::signature::Wanted;
use crate::text;

use machine::Machine;
use macos::MacDisk;
use windows::{Calls, Places, WindowsDisk};

#[cfg(fuzzing)]
pub(crate) use executable::fuzz_mach;
#[cfg(fuzzing)]
pub(crate) use plist::fuzz as fuzz_plist;
#[cfg(windows)]
pub use registry::Live as LiveRegistry;
pub use registry::{Data, Registry};
pub use tree::{Disk, Entry, Meta, Parts, Tree, Trouble, What};

/// What is to be looked at.
pub struct Request {
    /// A folder laid out like a computer; nothing for this computer.
    pub root: Option<PathBuf>,
    /// The family of systems found there.
    pub os: Os,
    /// The user whose home is looked into, where it is not the caller's own.
    pub user: Option<String>,
    /// What signatures name, and is looked for.
    pub wanted: Wanted,
    /// The longest a look may take; what was not reached by then becomes coverage.
    pub time: Duration,
}

impl Request {
    /// The longest a look takes unless something else is asked for.
    pub const USUAL_TIME: Duration = Duration::from_secs(30);
}

/// Why no look could be made at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CollectError {
    /// The root is not a folder that can be opened.
    #[error("{} cannot be opened as a folder: {cause}", path.display())]
    Root {
        /// The root that was asked for.
        path: PathBuf,
        /// Why it cannot be opened.
        cause: Trouble,
    },
    /// The user that was asked for has no home there.
    #[error("no user called {0} was found there")]
    NoSuchUser(String),
}

/// What every collector is given.
pub struct Context<'a> {
    /// The files.
    pub(crate) tree: &'a dyn Tree,
    /// Whether this is the running computer.
    pub(crate) live: bool,
    /// The worker's home folder.
    pub(crate) home: Option<PathBuf>,
    /// The caller's user number, on a running Unix.
    pub(crate) uid: Option<u32>,
    /// The registry; an empty one where the system has none.
    pub(crate) registry: &'a dyn Registry,
    /// What only a running Windows can tell.
    pub(crate) calls: Option<&'a dyn Calls>,
    /// What only a running Mac can tell.
    pub(crate) mac: Option<&'a dyn macos::Calls>,
    /// The places of a Windows computer.
    pub(crate) places: Places,
    /// What signatures name.
    pub(crate) wanted: &'a Wanted,
    /// The system of the computer.
    pub(crate) os: Os,
    /// The caller's environment, on the running computer.
    pub(crate) env: BTreeMap<String, String>,
    /// Now, in seconds since 1970.
    pub(crate) now: i64,
    /// Folders of browsers that are not there: looked for once, for all collectors that would look into them.
    no_browsers: OnceLock<HashSet<PathBuf>>,
    /// What the service manager of Windows tells.
    services: OnceLock<Result<Vec<inzage_windows::Service>, inzage_windows::Refused>>,
    /// The configuration profiles that a running Mac tells of: several collectors need them, and asking takes seconds.
    profiles: OnceLock<Result<Vec<macos::Profile>, Trouble>>,
    deadline: Instant,
}

impl Context<'_> {
    /// Whether the time for the look is over.
    pub(crate) fn out_of_time(&self) -> bool {
        Instant::now() > self.deadline
    }

    /// A path below the worker's home.
    pub(crate) fn at_home(&self, path: &str) -> Option<PathBuf> {
        self.home.as_ref().map(|home| home.join(path))
    }
}

/// What a collector gives back.
#[derive(Default)]
pub(crate) struct Collected {
    pub(crate) facts: Vec<Fact>,
    pub(crate) coverage: Vec<Coverage>,
}

/// One collector, and the sources that it answers for.
pub(crate) struct Collector {
    pub(crate) sources: &'static [Source],
    pub(crate) collect: fn(&Context) -> Collected,
}

/// Looks at a computer. `progress` is told how many collectors are done, and of how many.
pub fn collect(request: &Request, agent_version: &str, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Inventory, CollectError> {
    match (&request.root, request.os) {
        (Some(root), Os::Windows) => collect_from(&WindowsDisk::below(root), None, request, agent_version, progress),
        (Some(root), Os::Macos) => collect_from(&MacDisk::below(root), None, request, agent_version, progress),
        (Some(root), Os::Linux) => collect_from(&Disk::below(root), None, request, agent_version, progress),
        #[cfg(windows)]
        (None, Os::Windows) => collect_from(&windows::LocalDrives::here(), None, request, agent_version, progress),
        #[cfg(target_os = "macos")]
        (None, Os::Macos) => collect_from(&macos::RunningMac::here(machine::own_home()), None, request, agent_version, progress),
        (None, _) => collect_from(&Disk::here(), None, request, agent_version, progress),
    }
}

/// Looks at a computer through `tree` and, on Windows, `registry`, which stand between the collectors and the computer that the request names:
/// to note what is read, or to take rights away. The tree knows the paths of the system that the request names; without a registry it is that
/// of the computer.
pub fn collect_from(
    tree: &dyn Tree,
    registry: Option<&dyn Registry>,
    request: &Request,
    agent_version: &str,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Inventory, CollectError> {
    let live = request.root.is_none() && request.os == Os::current();
    let top = if request.os == Os::Windows { "C:\\" } else { "/" };
    if let Some(path) = &request.root {
        tree.list(Path::new(top), usize::MAX).map_err(|cause| CollectError::Root { path: path.clone(), cause })?;
    }
    let now = SystemTime::now();
    let machine = Machine::look_up(tree, registry, request, live)?;
    let home_text = machine.home.as_deref().map(path_text);
    let context = Context {
        tree,
        live,
        home: machine.home,
        uid: machine.uid,
        places: if request.os == Os::Windows { Places::read(&*machine.registry, home_text.as_deref()) } else { Places::default() },
        registry: &*machine.registry,
        calls: machine.calls,
        mac: machine.mac,
        wanted: &request.wanted,
        os: request.os,
        env: if live { environment() } else { BTreeMap::new() },
        now: now.duration_since(UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(0),
        no_browsers: OnceLock::new(),
        services: OnceLock::new(),
        profiles: OnceLock::new(),
        deadline: Instant::now() + request.time,
    };
    let collected = run(&context, &collectors(request.os), progress);
    Ok(Inventory {
        schema: SCHEMA.into(),
        made_at: OffsetDateTime::from(now).replace_nanosecond(0).ok().and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default(),
        agent_version: agent_version.into(),
        host: Host {
            os: request.os,
            os_version: machine.os_version.unwrap_or_default(),
            root: request.root.as_ref().map_or_else(|| top.into(), |root| path_text(root)),
            elevated: live && (machine.uid == Some(0) || context.calls.is_some_and(Calls::is_elevated)),
            home: home_text,
        },
        facts: collected.facts,
        coverage: collected.coverage,
        names: Some(machine.names),
    })
}

/// What takes the names of this computer out of texts that were kept earlier. It looks at nothing but accounts and names.
pub fn own_masker() -> Masker {
    let request = Request { root: None, os: Os::current(), user: None, wanted: Wanted::default(), time: Request::USUAL_TIME };
    #[cfg(windows)]
    let tree = windows::LocalDrives::here();
    #[cfg(target_os = "macos")]
    let tree = macos::RunningMac::here(machine::own_home());
    #[cfg(not(any(windows, target_os = "macos")))]
    let tree = Disk::here();
    let (names, home) = Machine::look_up(&tree, None, &request, true).map_or_else(|_| Default::default(), |machine| (machine.names, machine.home));
    Masker::of(&names, home.as_deref().map(path_text).as_deref())
}

fn collectors(os: Os) -> Vec<&'static Collector> {
    // The longest first: one that starts last keeps everybody waiting.
    let of_system = match os {
        Os::Linux => linux::COLLECTORS,
        Os::Windows => windows::COLLECTORS,
        Os::Macos => macos::COLLECTORS,
    };
    [&paths::COLLECTOR].into_iter().chain(of_system).chain(browsers::COLLECTORS).collect()
}

/// Runs the collectors on the cores there are. The results come in the order of the collectors, whatever ran first.
fn run(context: &Context, collectors: &[&Collector], progress: &(dyn Fn(usize, usize) + Sync)) -> Collected {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results = Mutex::new((0..collectors.len()).map(|_| Collected::default()).collect::<Vec<_>>());
    let work = || {
        while let Some(collector) = collectors.get(next.fetch_add(1, Ordering::Relaxed)) {
            let at = collectors.iter().position(|other| std::ptr::eq(*other, *collector)).unwrap_or(0);
            // A fault in one collector must not cost the worker the scan; that source then says so.
            let result = catch_unwind(AssertUnwindSafe(|| (collector.collect)(context))).unwrap_or_else(|_| Collected {
                facts: Vec::new(),
                coverage: collector.sources.iter().map(|source| log::not_looked_at(*source, ReasonCode::InternalError)).collect(),
            });
            if let Ok(mut results) = results.lock() {
                results[at] = result;
            }
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, collectors.len());
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads() {
            scope.spawn(work);
        }
        work();
    });
    let mut all = Collected::default();
    for mut result in results.into_inner().unwrap_or_default() {
        all.facts.append(&mut result.facts);
        all.coverage.append(&mut result.coverage);
    }
    let look_at = match context.os {
        Os::Windows => Some(windows::look_at as fn(&Context, &mut Vec<Fact>) -> Coverage),
        Os::Macos => Some(macos::look_at as _),
        Os::Linux => None,
    };
    if let Some(look_at) = look_at {
        let looked_at = catch_unwind(AssertUnwindSafe(|| look_at(context, &mut all.facts)));
        all.coverage.push(looked_at.unwrap_or_else(|_| log::not_looked_at(Source::CodeSignatures, ReasonCode::InternalError)));
    }
    for source in Source::of(context.os) {
        if !all.coverage.iter().any(|coverage| coverage.source == source) {
            all.coverage.push(log::not_looked_at(source, never_visible(source)));
        }
    }
    all.coverage.sort_by_key(|coverage| coverage.source);
    all
}

/// How many things are done at the same time. More would only make other programs wait.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(4)
}

/// Why no collector answers for a source.
const fn never_visible(source: Source) -> ReasonCode {
    match source {
        Source::ServerSide | Source::NetworkSide => ReasonCode::NotOnThisComputer,
        Source::InputAndScreen => ReasonCode::NotShownBySystem,
        _ => ReasonCode::UnsupportedFormat,
    }
}

/// A path as text, in the escape of [`crate::text`]. A path of Windows has backslashes, also where a part of it was written for all systems.
pub(crate) fn path_text(path: &Path) -> String {
    let text = text::from_bytes(path.as_os_str().as_encoded_bytes());
    if windows::is_on_a_drive(&text) { text.replace('/', "\\") } else { text }
}

/// An address without what may be secret in it: a name and password before the host, and a query, which may hold a key.
pub(crate) fn without_secret(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").map_or(("", address), |(scheme, rest)| (scheme, rest));
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    if scheme.is_empty() { rest.to_owned() } else { format!("{scheme}://{rest}") }
}

fn environment() -> BTreeMap<String, String> {
    std::env::vars_os().map(|(name, value)| (text::from_bytes(name.as_encoded_bytes()), text::from_bytes(value.as_encoded_bytes()))).collect()
}

#[cfg(test)]
pub(crate) mod testing;
