//! Browsers: their extensions, their policies, the programs that extensions may talk to, and the root certificates they keep themselves.
//!
//! Two families cover nearly every browser: those made from Chromium and those made from Firefox. What differs from one browser to the
//! next, and from one system to the next, is only where things lie: that is a table for each system ([`linux`], [`windows`], [`macos`]). On Windows
//! policies, and what other programs announce, stand in the registry; on macOS policies are managed preferences. Safari stands for itself.

mod certificates;
mod chromium;
mod external;
mod firefox;
mod json;
mod linux;
mod macos;
mod manifest;
mod native;
mod policies;
mod preferences;
mod reach;
mod registry;
mod safari;
mod windows;

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::log::Log;
use super::noting::{MACHINE, on_behalf_of};
use super::tree::Trouble;
use super::windows::{base_name, is_on_a_drive, is_plain, is_within};
use super::{Collected, Collector, Context, path_text};
use crate::facts::{Extension, Install};
use crate::inventory::{ReasonCode, Source};
use crate::kinds::Os;

pub(super) const COLLECTORS: &[Collector] = &[
    Collector { sources: &[Source::BrowserExtensions], collect: extensions },
    Collector { sources: &[Source::BrowserPolicies], collect: policies::collect },
    Collector { sources: &[Source::NativeMessaging], collect: native::collect },
    Collector { sources: &[Source::BrowserCertificates], collect: certificates::collect },
];

/// What a browser is made from; it decides how its files are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Engine {
    Chromium,
    Firefox,
}

/// One browser, and where it keeps things.
///
/// Places begin with `/`, with `~/` or, on Windows, with a variable, and `*` stands for any part of one name. Keys of the registry begin
/// below `SOFTWARE`, those of policies below `SOFTWARE\Policies`.
struct Browser {
    /// The name in facts.
    name: &'static str,
    engine: Engine,
    /// Folders of profiles: beside `Local State`, or beside `profiles.ini`.
    data: &'static [&'static str],
    /// The folder of profiles is itself a profile.
    one_profile: bool,
    /// Chromium: folders with `managed` and `recommended`. Firefox: files.
    policies: &'static [&'static str],
    /// Folders with native-messaging manifests, besides those in `data`.
    hosts: &'static [&'static str],
    /// Folders where another program or package announces extensions, besides those in `data`.
    external: &'static [&'static str],
    /// Folders with a certificate database that is shared by all profiles.
    nss: &'static [&'static str],
    /// Keys with policies.
    policy_keys: &'static [&'static str],
    /// Keys with a key for each native-messaging host.
    host_keys: &'static [&'static str],
    /// Keys where another program announces extensions.
    external_keys: &'static [&'static str],
    /// Domains of managed preferences with policies, on macOS.
    preferences: &'static [&'static str],
}

const CHROMIUM: Browser = Browser {
    name: "",
    engine: Engine::Chromium,
    data: &[],
    one_profile: false,
    policies: &[],
    hosts: &[],
    external: &[],
    nss: &[],
    policy_keys: &[],
    host_keys: &[],
    external_keys: &[],
    preferences: &[],
};
const FIREFOX: Browser = Browser { engine: Engine::Firefox, ..CHROMIUM };

/// The browsers of a system, without Safari, which is like no other.
const fn browsers(os: Os) -> &'static [Browser] {
    match os {
        Os::Linux => linux::BROWSERS,
        Os::Windows => windows::BROWSERS,
        Os::Macos => macos::BROWSERS,
    }
}

/// Whether a text from a file is one name, and may become a part of a path.
fn is_one_name(os: Os, name: &str) -> bool {
    match os {
        Os::Windows => super::windows::is_one_name(name),
        _ => matches!(Path::new(name).components().collect::<Vec<_>>()[..], [Component::Normal(_)]),
    }
}

/// The last name of a folder.
fn name_of(folder: &Path) -> String {
    let path = path_text(folder);
    cut(&if is_on_a_drive(&path) { base_name(&path).to_owned() } else { path_text(Path::new(folder.file_name().unwrap_or_default())) })
}

/// A path, to be told from others and put in order: Windows makes no difference of case, and knows two separators.
fn identity(path: &Path) -> String {
    let path = path_text(path);
    if is_on_a_drive(&path) { path.to_lowercase() } else { path }
}

/// Whether a place on Windows that a file or a key names is looked at: on a drive, and in nobody else's home. What is on another computer
/// the files themselves refuse.
fn may_look_at(context: &Context, path: &str) -> bool {
    let places = &context.places;
    let home = context.home.as_deref().map(path_text);
    let own = home.as_deref().is_some_and(|home| is_within(path, home)) || is_within(path, places.get("public"));
    let drive = places.get("systemdrive");
    // Homes lie beside each other, mostly in the first of these.
    let usual = ["Users", "Documents and Settings"].map(|homes| format!("{drive}\\{homes}"));
    let beside = home.as_deref().and_then(|home| home.trim_end_matches('\\').rsplit_once('\\')).map(|(beside, _)| beside).filter(|beside| beside.len() > 2);
    let of_others = usual.iter().map(String::as_str).chain(beside).any(|homes| is_within(path, homes));
    is_plain(path) && (own || !of_others)
}

use policies::File;

/// The most extensions of one profile, and the most files of one folder of policies or manifests.
const MOST: usize = 2_000;
/// The most characters of a name, an id or an entry of a list.
const MOST_CHARACTERS: usize = 300;

/// Text from a browser's files, cut to what is ever needed of it.
fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((at, _)) => text[..at].to_owned(),
        None => text.to_owned(),
    }
}

/// The account of one source; says at once when the worker's own places cannot be looked at.
fn account<'a>(context: &'a Context<'a>, source: Source) -> Log<'a> {
    let mut log = Log::new(context, source);
    if context.home.is_none() {
        log.trouble(ReasonCode::NoHome, Path::new("~"));
    }
    log
}

/// The places on this computer that entries of a table mean. Those in a home that is not known are left out: [`account`] has said it.
fn places(log: &mut Log, context: &Context, entries: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in entries {
        if let Some((variable, rest)) = entry.strip_prefix('%').and_then(|entry| entry.split_once("%/")) {
            found.extend(expand(log, Path::new(context.places.get(variable)), rest));
            continue;
        }
        let Some(rest) = entry.strip_prefix("~/") else {
            found.extend(expand(log, Path::new("/"), entry.trim_start_matches('/')));
            continue;
        };
        let Some(home) = &context.home else { continue };
        // Where Windows keeps these elsewhere, nothing of them lies in the home folder.
        let moved = [("AppData/Roaming/", "appdata"), ("AppData/Local/", "localappdata")]
            .iter()
            .find_map(|(usual, variable)| Some((rest.strip_prefix(usual)?, *variable)));
        if let Some((rest, variable)) = moved.filter(|_| context.os == Os::Windows) {
            found.extend(expand(log, Path::new(context.places.get(variable)), rest));
            continue;
        }
        found.extend(expand(log, home, rest));
        // Programs look into the folders that the session names before the usual ones.
        for (usual, variable) in [(".config/", "XDG_CONFIG_HOME"), (".local/share/", "XDG_DATA_HOME")] {
            let moved = context.env.get(variable).map(Path::new).filter(|moved| moved.is_absolute() && *moved != home.join(usual));
            if let (Some(rest), Some(moved)) = (rest.strip_prefix(usual), moved) {
                found.extend(expand(log, moved, rest));
            }
        }
    }
    found
}

/// The folders of profiles of a browser, without those that are not there: a computer has few of the many browsers.
fn data(log: &mut Log, context: &Context, browser: &Browser) -> Vec<PathBuf> {
    let look_for = || {
        let all = browsers(context.os).iter().flat_map(|browser| places(log, context, browser.data));
        all.filter(|folder| context.tree.meta(folder).is_err_and(|trouble| trouble == Trouble::Absent)).collect()
    };
    // Whoever comes first asks for all: a new browser concerns more than that one.
    let absent = context.no_browsers.get_or_init(|| on_behalf_of(MACHINE, look_for));
    let mut found: Vec<_> = places(log, context, browser.data).into_iter().filter(|folder| !absent.contains(folder)).collect();
    let moved = moved_data(log, context, browser);
    found.extend(moved.filter(|moved| !found.iter().any(|known| identity(known) == identity(moved))));
    found
}

/// Where a policy on Windows moves the profiles of a browser made from Chromium. All channels that read the policy then have the same
/// profiles; they are told of the first.
fn moved_data(log: &mut Log, context: &Context, browser: &Browser) -> Option<PathBuf> {
    let first = browsers(context.os).iter().find(|first| first.policy_keys == browser.policy_keys);
    if browser.engine != Engine::Chromium || first.is_none_or(|first| first.name != browser.name) {
        return None;
    }
    for (hive, key) in ["HKLM", "HKCU"].into_iter().flat_map(|hive| browser.policy_keys.iter().map(move |key| (hive, key))) {
        let key = format!("{hive}\\SOFTWARE\\Policies\\{key}");
        let Some(values) = log.values(&key) else { continue };
        let Some(written) = values.text(log, "UserDataDir") else { continue };
        let path = with_variables(context, written);
        if may_look_at(context, &path) && !path.contains("${") {
            return Some(path.into());
        }
        log.trouble(ReasonCode::UnsupportedFormat, Path::new(&format!("{key}\\UserDataDir")));
        return None;
    }
    None
}

/// A path of a policy with those of Chromium's variables replaced that are known here.
fn with_variables(context: &Context, path: &str) -> String {
    let home = context.home.as_deref().map(path_text).unwrap_or_default();
    let known = [
        ("${local_app_data}", context.places.get("localappdata")),
        ("${roaming_app_data}", context.places.get("appdata")),
        ("${profile}", context.places.get("userprofile")),
        ("${global_app_data}", context.places.get("programdata")),
        ("${program_files}", context.places.get("programfiles")),
        ("${windows}", context.places.get("systemroot")),
        ("${user_name}", base_name(&home)),
    ];
    let path = path.trim().trim_matches('"').replace('/', "\\");
    // Without a home its variables stay, and with them the path is no place.
    known.iter().filter(|(_, value)| !value.is_empty()).fold(path, |path, (variable, value)| path.replace(variable, value))
}

fn expand(log: &mut Log, start: &Path, entry: &str) -> Vec<PathBuf> {
    let mut found = vec![start.to_path_buf()];
    for part in entry.split('/') {
        let Some((before, after)) = part.split_once('*') else {
            for path in &mut found {
                path.push(part);
            }
            continue;
        };
        let mut next = Vec::new();
        for folder in found {
            let fits = |name: &str| name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after);
            next.extend(log.list(&folder).into_iter().filter(|entry| entry.name.to_str().is_some_and(fits)).map(|entry| folder.join(entry.name)));
        }
        next.truncate(MOST);
        found = next;
    }
    found
}

/// An extension that something outside the profiles asks for: a policy, or another program.
struct Asked {
    /// The browsers that read this file.
    browsers: Vec<&'static str>,
    id: String,
    /// The file or key that asks for it.
    place: PathBuf,
    install: Install,
}

fn extensions(context: &Context) -> Collected {
    let mut log = account(context, Source::BrowserExtensions);
    let browsers = browsers(context.os);
    let policies = policies::files(&mut log, context, browsers);
    let asked: Vec<Asked> = policies.iter().flat_map(File::asked).chain(external::asked(&mut log, context, browsers)).collect();
    let mut facts = Vec::new();
    for browser in browsers {
        let policies = policies::Of::new(&policies, browser.name);
        match browser.engine {
            Engine::Chromium => chromium::extensions(&mut log, context, browser, &policies, &mut facts),
            Engine::Firefox => firefox::extensions(&mut log, context, browser, &policies, &mut facts),
        }
    }
    if context.os == Os::Macos {
        safari::extensions(&mut log, context, &mut facts);
    }
    // What is asked for counts before any profile has it: it comes with the next start of the browser.
    let mut told: BTreeSet<(String, String)> = facts.iter().map(|fact: &Extension| (fact.browser.clone(), fact.id.clone())).collect();
    for Asked { browsers, id, place, install } in asked {
        if browsers.iter().any(|browser| told.contains(&((*browser).to_owned(), id.clone()))) {
            continue;
        }
        let Some(browser) = browsers.first().copied().map(str::to_owned) else { continue };
        told.insert((browser.clone(), id.clone()));
        let place = path_text(&place);
        let policy = (install == Install::Policy).then(|| place.clone());
        facts.push(Extension { id, browser, install, policy, place, ..Extension::default() });
    }
    Collected { facts: facts.into_iter().map(Into::into).collect(), coverage: vec![log.finish()] }
}

#[cfg(test)]
mod tests;
