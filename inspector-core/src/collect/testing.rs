//! For tests: a folder laid out like a computer, and a context that looks at it.

use std::fs;

use super::registry::Data;
use super::registry::testing::Memory;
use super::tree::Denying;
use super::*;

pub(crate) struct Fixture {
    dir: tempfile::TempDir,
    denied: Vec<PathBuf>,
    closed: Vec<PathBuf>,
    env: BTreeMap<String, String>,
    live: bool,
    homeless: bool,
    wanted: Wanted,
    registry: Memory,
    calls: Option<Box<dyn Calls>>,
    mac: Option<Box<dyn macos::Calls>>,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            denied: Vec::new(),
            closed: Vec::new(),
            env: BTreeMap::new(),
            live: false,
            homeless: false,
            wanted: Wanted::default(),
            registry: Memory::default(),
            calls: None,
            mac: None,
        }
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

    /// Takes the right to look at a path that the folder above still names.
    pub(crate) fn close(mut self, path: &str) -> Self {
        self.closed.push(path.into());
        self
    }

    /// Pretends that this is the running computer, for sources that only such a one has.
    pub(crate) fn live(mut self) -> Self {
        self.live = true;
        self
    }

    /// Pretends that nobody knows where the worker's home is.
    pub(crate) fn homeless(mut self) -> Self {
        self.homeless = true;
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.env.insert(name.into(), value.into());
        self
    }

    pub(crate) fn names(mut self, path: &str) -> Self {
        self.wanted.paths.push(path.into());
        self
    }

    /// Puts a value into the registry, with its key; an empty name and no data make the key alone.
    pub(crate) fn value(mut self, key: &str, name: &str, data: Data) -> Self {
        self.registry.key(key).push((name.into(), data));
        self
    }

    /// A text in the registry.
    pub(crate) fn text(self, key: &str, name: &str, text: &str) -> Self {
        self.value(key, name, Data::Text(text.into()))
    }

    /// A number in the registry.
    pub(crate) fn number(self, key: &str, name: &str, number: u64) -> Self {
        self.value(key, name, Data::Number(number))
    }

    /// A key in the registry.
    pub(crate) fn key(mut self, key: &str) -> Self {
        self.registry.key(key);
        self
    }

    /// Takes the right to read keys that begin like this.
    pub(crate) fn deny_key(mut self, key: &str) -> Self {
        self.registry.denied.push(key.into());
        self
    }

    pub(crate) fn names_key(mut self, key: &str) -> Self {
        self.wanted.registry_keys.push(key.into());
        self
    }

    /// What a running Windows would answer.
    pub(crate) fn calls(mut self, calls: impl Calls + 'static) -> Self {
        self.calls = Some(Box::new(calls));
        self
    }

    /// What a running Mac would answer.
    pub(crate) fn mac(mut self, calls: impl macos::Calls + 'static) -> Self {
        self.mac = Some(Box::new(calls));
        self
    }

    /// The place of a path of either system below the folder.
    fn real(&self, path: &str) -> PathBuf {
        self.dir.path().join(path.trim_start_matches("C:").replace('\\', "/").trim_start_matches('/'))
    }

    /// Runs one collector on it as on a Linux; the worker's home is /home/anna, the user number 1000.
    pub(crate) fn collect(self, collect: fn(&Context) -> Collected) -> Collected {
        self.collect_on(Os::Linux, "/home/anna", collect)
    }

    /// Runs one collector on it as on a Windows; the worker's home is `C:\Users\anna`.
    pub(crate) fn collect_windows(self, collect: fn(&Context) -> Collected) -> Collected {
        self.collect_on(Os::Windows, "C:\\Users\\anna", collect)
    }

    /// Runs one collector on it as on a Mac; the worker's home is /Users/anna.
    pub(crate) fn collect_macos(self, collect: fn(&Context) -> Collected) -> Collected {
        self.collect_on(Os::Macos, "/Users/anna", collect)
    }

    fn collect_on(self, os: Os, home: &str, collect: fn(&Context) -> Collected) -> Collected {
        let root = self.dir.path();
        let home = (!self.homeless).then_some(home);
        let tree: Box<dyn Tree> = match os {
            Os::Windows => Box::new(WindowsDisk::below(root)),
            Os::Macos => Box::new(MacDisk::below(root)),
            Os::Linux => Box::new(Disk::below(root)),
        };
        let tree = Denying { disk: tree, denied: self.denied, closed: self.closed };
        collect(&Context {
            tree: &tree,
            live: self.live,
            home: home.map(Into::into),
            uid: Some(1000),
            places: if os == Os::Windows { Places::read(&self.registry, home) } else { Places::default() },
            registry: &self.registry,
            calls: self.calls.as_deref(),
            mac: self.mac.as_deref(),
            wanted: &self.wanted,
            os,
            env: self.env,
            now: 1_800_000_000,
            no_browsers: OnceLock::new(),
            services: OnceLock::new(),
            profiles: OnceLock::new(),
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
