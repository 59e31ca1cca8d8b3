//! What is looked up of a computer before any collector: who is looking, where their home is, and what it is called.

use std::path::PathBuf;

use super::registry::{Hives, NoRegistry, Registry};
use super::windows::{self, Calls};
use super::{CollectError, Request, Tree, linux, path_text};
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
}

impl<'a> Machine<'a> {
    pub(super) fn look_up(tree: &'a dyn Tree, request: &Request, live: bool) -> Result<Self, CollectError> {
        if request.os == Os::Windows { Self::windows(tree, request, live) } else { Self::unix(tree, request, live) }
    }

    fn unix(tree: &dyn Tree, request: &Request, live: bool) -> Result<Self, CollectError> {
        let users = linux::Users::read(tree);
        let home = match &request.user {
            Some(name) => Some(users.home_of(name).ok_or_else(|| CollectError::NoSuchUser(name.clone()))?),
            None if live => own_home(),
            // Below a root the caller's own name is looked up; a folder from another computer may not know it.
            None => own_name().and_then(|name| users.home_of(&name)),
        };
        let (os_version, names) = (linux::os_version(tree), linux::names(tree, &users));
        Ok(Self { home, uid: user_number(), os_version, names, registry: Box::new(NoRegistry), calls: None })
    }

    fn windows(tree: &'a dyn Tree, request: &Request, live: bool) -> Result<Self, CollectError> {
        let of_machine = registry_of_machine(tree, live);
        let homes = windows::homes(tree, &*of_machine);
        let home = match &request.user {
            Some(name) => Some(windows::home_of(&homes, name).ok_or_else(|| CollectError::NoSuchUser(name.clone()))?),
            None if live => own_home(),
            None => own_name().and_then(|name| windows::home_of(&homes, &name)),
        };
        let (os_version, names) = (windows::os_version(&*of_machine), windows::names(&*of_machine, &homes));
        let registry = match &home {
            Some(home) if !live => Box::new(Hives::of_machine(tree).with_user(&path_text(home))),
            _ => of_machine,
        };
        Ok(Self { home, uid: None, os_version, names, registry, calls: if live { running_windows() } else { None } })
    }
}

#[cfg(windows)]
fn registry_of_machine<'a>(tree: &'a dyn Tree, live: bool) -> Box<dyn Registry + 'a> {
    if live { Box::new(super::registry::Live) } else { Box::new(Hives::of_machine(tree)) }
}

#[cfg(not(windows))]
fn registry_of_machine<'a>(tree: &'a dyn Tree, _: bool) -> Box<dyn Registry + 'a> {
    Box::new(Hives::of_machine(tree))
}

#[cfg(windows)]
const fn running_windows() -> Option<&'static dyn Calls> {
    Some(&windows::Live)
}

#[cfg(not(windows))]
const fn running_windows() -> Option<&'static dyn Calls> {
    None
}

fn own_home() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf())
}

/// The caller's name on this computer.
#[cfg(unix)]
fn own_name() -> Option<String> {
    user_number().and_then(|uid| linux::Users::read(&super::Disk::here()).name_of(uid))
}

/// The caller's name on this computer: that of the home folder.
#[cfg(not(unix))]
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
