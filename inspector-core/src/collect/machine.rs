//! What is looked up of a computer before any collector: who is looking, where their home is, and what it is called.

use std::path::PathBuf;

use super::registry::{Hives, NoRegistry, Registry};
use super::windows::{self, Calls};
use super::{CollectError, Request, Tree, linux, macos, path_text};
use crate::kinds::Os;
use crate::mask::Names;

/// What every collector needs to know of the computer.
pub(super) struct Machine<'a> {
    pub(super) home: Option<PathBuf>,
    /// The caller's user number, on Unix.
    pub(super) uid: Option<u32>,
    pub(super) os_version: Option<String>,
    pub(super) names: Names,
    pub(super) registry: Box<dyn Registry + 'a>,
    pub(super) calls: Option<&'static dyn Calls>,
    pub(super) mac: Option<&'static dyn macos::Calls>,
}

impl<'a> Machine<'a> {
    pub(super) fn look_up(tree: &'a dyn Tree, registry: Option<&'a dyn Registry>, request: &Request, live: bool) -> Result<Self, CollectError> {
        match request.os {
            Os::Windows => Self::windows(tree, registry, request, live),
            Os::Macos => Self::macos(tree, request, live),
            Os::Linux => Self::linux(tree, request, live),
        }
    }

    fn macos(tree: &dyn Tree, request: &Request, live: bool) -> Result<Self, CollectError> {
        let homes = macos::homes(tree);
        let home = match &request.user {
            Some(name) => Some(macos::home_of(&homes, name).ok_or_else(|| CollectError::NoSuchUser(name.clone()))?),
            None if live => own_home(),
            None => own_name().and_then(|name| macos::home_of(&homes, &name)),
        };
        let (os_version, mut names) = (macos::os_version(tree), macos::names(tree, &homes));
        if live {
            names.people.extend(own_names());
        }
        let mac = if live { running_mac() } else { None };
        Ok(Self { home, uid: user_number(), os_version, names, registry: Box::new(NoRegistry), calls: None, mac })
    }

    fn linux(tree: &dyn Tree, request: &Request, live: bool) -> Result<Self, CollectError> {
        let users = linux::Users::read(tree);
        let home = match &request.user {
            Some(name) => Some(users.home_of(name).ok_or_else(|| CollectError::NoSuchUser(name.clone()))?),
            None if live => own_home(),
            // Below a root the caller's own name is looked up; a folder from another computer may not know it.
            None => own_name().and_then(|name| users.home_of(&name)),
        };
        let (os_version, names) = (linux::os_version(tree), linux::names(tree, &users));
        Ok(Self { home, uid: user_number(), os_version, names, registry: Box::new(NoRegistry), calls: None, mac: None })
    }

    fn windows(tree: &'a dyn Tree, given: Option<&'a dyn Registry>, request: &Request, live: bool) -> Result<Self, CollectError> {
        let mut registry = match given {
            Some(given) => OfMachine::Whole(Box::new(given)),
            None if live => OfMachine::Whole(running_registry()),
            None => OfMachine::Hives(Hives::of_machine(tree)),
        };
        let of_machine = registry.get();
        let homes = windows::homes(tree, of_machine);
        let home = match &request.user {
            Some(name) => Some(windows::home_of(&homes, name).ok_or_else(|| CollectError::NoSuchUser(name.clone()))?),
            None if live => own_home(),
            None => own_name().and_then(|name| windows::home_of(&homes, &name)),
        };
        let (os_version, names) = (windows::os_version(of_machine), windows::names(of_machine, &homes));
        if let (OfMachine::Hives(hives), Some(home)) = (&mut registry, &home) {
            hives.add_user(&path_text(home));
        }
        let registry = match registry {
            OfMachine::Whole(registry) => registry,
            OfMachine::Hives(hives) => Box::new(hives),
        };
        Ok(Self { home, uid: None, os_version, names, registry, calls: if live { running_windows() } else { None }, mac: None })
    }
}

/// The registry before anybody knows whose home is looked into.
enum OfMachine<'a> {
    /// It has the worker's part already.
    Whole(Box<dyn Registry + 'a>),
    /// The worker's hives come to it later.
    Hives(Hives<'a>),
}

impl OfMachine<'_> {
    fn get(&self) -> &dyn Registry {
        match self {
            Self::Whole(registry) => &**registry,
            Self::Hives(hives) => hives,
        }
    }
}

#[cfg(windows)]
fn running_registry() -> Box<dyn Registry> {
    Box::new(super::registry::Live)
}

/// No look at a Windows is one at the running computer here.
#[cfg(not(windows))]
fn running_registry() -> Box<dyn Registry> {
    Box::new(NoRegistry)
}

#[cfg(windows)]
const fn running_windows() -> Option<&'static dyn Calls> {
    Some(&windows::Live)
}

#[cfg(not(windows))]
const fn running_windows() -> Option<&'static dyn Calls> {
    None
}

#[cfg(target_os = "macos")]
const fn running_mac() -> Option<&'static dyn macos::Calls> {
    Some(&macos::Live)
}

#[cfg(not(target_os = "macos"))]
const fn running_mac() -> Option<&'static dyn macos::Calls> {
    None
}

/// What the caller is called on a running Mac, where no file tells.
#[cfg(target_os = "macos")]
fn own_names() -> Vec<String> {
    [inzage_macos::user_name(), inzage_macos::full_name()].into_iter().flatten().collect()
}

#[cfg(not(target_os = "macos"))]
const fn own_names() -> Vec<String> {
    Vec::new()
}

pub(super) fn own_home() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf())
}

/// The caller's name on this computer.
#[cfg(target_os = "linux")]
fn own_name() -> Option<String> {
    user_number().and_then(|uid| linux::Users::read(&super::Disk::here()).name_of(uid))
}

/// The caller's name on this computer: that of the home folder.
#[cfg(not(target_os = "linux"))]
fn own_name() -> Option<String> {
    own_home().and_then(|home| Some(home.file_name()?.to_string_lossy().into_owned()))
}

#[cfg(unix)]
fn user_number() -> Option<u32> {
    Some(rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn user_number() -> Option<u32> {
    None
}
