//! Looking at the computer: all input and output of the core, and nothing that can abort a scan.
//!
//! A collector is a function from a [`Context`] to facts and coverage. Whatever fails becomes coverage: a file that may not be read, a
//! manifest that cannot be understood, a fault in a collector itself.

mod browsers;
mod certificates;
mod linux;
mod log;
mod paths;
mod sqlite;
mod tree;

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
use crate::text;

pub use tree::{Disk, Entry, Meta, Tree, Trouble, What};

/// What is to be looked at.
pub struct Request {
    /// A folder laid out like a computer; nothing for this computer.
    pub root: Option<PathBuf>,
    /// The family of systems found there.
    pub os: Os,
    /// The user whose home is looked into, where it is not the caller's own.
    pub user: Option<String>,
    /// The paths that signatures name.
    pub paths: Vec<String>,
    /// The longest a look may take; what was not reached by then becomes coverage.
    pub time: Duration,
}

impl Request {
    /// The longest a look takes unless something else is asked for.
    pub const USUAL_TIME: Duration = Duration::from_secs(30);

    /// A look at this computer.
    pub fn here(paths: Vec<String>) -> Self {
        Self { root: None, os: Os::current(), user: None, paths, time: Self::USUAL_TIME }
    }
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
    /// The paths that signatures name.
    pub(crate) paths: &'a [String],
    /// The caller's environment, on the running computer.
    pub(crate) env: BTreeMap<String, String>,
    /// Now, in seconds since 1970.
    pub(crate) now: i64,
    /// Folders of browsers that are not there: looked for once, for all collectors that would look into them.
    no_browsers: OnceLock<HashSet<PathBuf>>,
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
    let disk = request.root.as_deref().map_or_else(Disk::here, Disk::below);
    collect_from(&disk, request, agent_version, progress)
}

/// Looks at a computer through `tree`, which stands between the collectors and the disk that the request names: to note what is read, or to
/// take rights away.
pub fn collect_from(tree: &dyn Tree, request: &Request, agent_version: &str, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Inventory, CollectError> {
    let live = request.root.is_none() && request.os == Os::current();
    tree.list(Path::new("/"), usize::MAX).map_err(|cause| CollectError::Root { path: request.root.clone().unwrap_or_else(|| "/".into()), cause })?;
    let users = linux::Users::read(tree);
    let uid = user_number();
    let home = match &request.user {
        Some(name) => Some(users.home_of(name).ok_or_else(|| CollectError::NoSuchUser(name.clone()))?),
        None if live => directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf()),
        // Below a root the caller's own name is looked up; a folder from another computer may not know it.
        None => uid.and_then(|uid| linux::Users::read(&Disk::here()).name_of(uid)).and_then(|name| users.home_of(&name)),
    };
    let names = linux::names(tree, &users);
    let now = SystemTime::now();
    let seconds = now.duration_since(UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(0);
    let context = Context {
        tree,
        live,
        home,
        uid,
        paths: &request.paths,
        env: if live { environment() } else { BTreeMap::new() },
        now: seconds,
        no_browsers: OnceLock::new(),
        deadline: Instant::now() + request.time,
    };
    let collected = run(&context, &collectors(request.os), progress);
    Ok(Inventory {
        schema: SCHEMA.into(),
        made_at: OffsetDateTime::from(now).replace_nanosecond(0).ok().and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default(),
        agent_version: agent_version.into(),
        host: Host {
            os: request.os,
            os_version: linux::os_version(tree).unwrap_or_default(),
            root: request.root.as_ref().map_or_else(|| "/".into(), |root| path_text(root)),
            elevated: live && uid == Some(0),
            home: context.home.as_deref().map(path_text),
        },
        facts: collected.facts,
        coverage: collected.coverage,
        names: Some(names),
    })
}

fn collectors(os: Os) -> Vec<&'static Collector> {
    if os != Os::Linux {
        // Their collectors come with their own folders; until then every other source says that it was not looked at.
        return vec![&paths::COLLECTOR];
    }
    // The longest first: one that starts last keeps everybody waiting.
    [&paths::COLLECTOR].into_iter().chain(linux::COLLECTORS).chain(browsers::COLLECTORS).collect()
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
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let mut all = Collected::default();
    for mut result in results.into_inner().unwrap_or_default() {
        all.facts.append(&mut result.facts);
        all.coverage.append(&mut result.coverage);
    }
    for source in Source::ALL {
        if !all.coverage.iter().any(|coverage| coverage.source == source) {
            all.coverage.push(log::not_looked_at(source, never_visible(source)));
        }
    }
    all.coverage.sort_by_key(|coverage| coverage.source);
    all
}

/// Why no collector answers for a source.
const fn never_visible(source: Source) -> ReasonCode {
    match source {
        Source::ServerSide | Source::NetworkSide => ReasonCode::NotOnThisComputer,
        Source::InputAndScreen => ReasonCode::NotShownBySystem,
        _ => ReasonCode::UnsupportedFormat,
    }
}

/// A path as text, in the escape of [`crate::text`].
pub(crate) fn path_text(path: &Path) -> String {
    text::from_bytes(path.as_os_str().as_encoded_bytes())
}

fn environment() -> BTreeMap<String, String> {
    std::env::vars_os().map(|(name, value)| (text::from_bytes(name.as_encoded_bytes()), text::from_bytes(value.as_encoded_bytes()))).collect()
}

#[cfg(unix)]
fn user_number() -> Option<u32> {
    Some(rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn user_number() -> Option<u32> {
    None
}

#[cfg(test)]
pub(crate) mod testing {
    //! A folder laid out like a computer, and a context that looks at it.

    use std::fs;

    use super::tree::Denying;
    use super::*;

    pub(crate) struct Fixture {
        dir: tempfile::TempDir,
        denied: Vec<PathBuf>,
        env: BTreeMap<String, String>,
        live: bool,
        paths: Vec<String>,
    }

    impl Fixture {
        pub(crate) fn new() -> Self {
            Self { dir: tempfile::tempdir().unwrap(), denied: Vec::new(), env: BTreeMap::new(), live: false, paths: Vec::new() }
        }

        /// Puts a file into the root, with the folders above it.
        pub(crate) fn file(self, path: &str, contents: impl AsRef<[u8]>) -> Self {
            let path = self.real(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, contents).unwrap();
            self
        }

        /// Puts a file there that may be started.
        #[cfg(unix)]
        pub(crate) fn program(self, path: &str, contents: &str) -> Self {
            use std::os::unix::fs::PermissionsExt as _;
            let fixture = self.file(path, contents);
            fs::set_permissions(fixture.real(path), fs::Permissions::from_mode(0o755)).unwrap();
            fixture
        }

        pub(crate) fn folder(self, path: &str) -> Self {
            fs::create_dir_all(self.real(path)).unwrap();
            self
        }

        #[cfg(unix)]
        pub(crate) fn link(self, path: &str, target: &str) -> Self {
            let path = self.real(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::os::unix::fs::symlink(target, path).unwrap();
            self
        }

        /// Takes the right to read a path and everything below it.
        pub(crate) fn deny(mut self, path: &str) -> Self {
            self.denied.push(path.into());
            self
        }

        /// Pretends that this is the running computer, for sources that only such a one has.
        pub(crate) fn live(mut self) -> Self {
            self.live = true;
            self
        }

        pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
            self.env.insert(name.into(), value.into());
            self
        }

        pub(crate) fn names(mut self, path: &str) -> Self {
            self.paths.push(path.into());
            self
        }

        fn real(&self, path: &str) -> PathBuf {
            self.dir.path().join(path.trim_start_matches('/'))
        }

        /// Runs one collector on it; the worker's home is /home/anna, the user number 1000.
        pub(crate) fn collect(self, collect: fn(&Context) -> Collected) -> Collected {
            let tree = Denying { disk: Disk::below(self.dir.path()), denied: self.denied };
            collect(&Context {
                tree: &tree,
                live: self.live,
                home: Some("/home/anna".into()),
                uid: Some(1000),
                paths: &self.paths,
                env: self.env,
                now: 1_800_000_000,
                no_browsers: OnceLock::new(),
                deadline: Instant::now() + Duration::from_mins(1),
            })
        }
    }

    impl Collected {
        /// Status and reason of one source.
        pub(crate) fn of(&self, source: Source) -> (crate::inventory::Status, Option<ReasonCode>) {
            let coverage = self.coverage.iter().find(|coverage| coverage.source == source).unwrap();
            (coverage.status, coverage.reason.as_ref().map(|reason| reason.code))
        }
    }
}
