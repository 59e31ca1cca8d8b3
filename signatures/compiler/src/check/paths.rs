//! Paths: absolute, of one system, and of the product's own.

use inzage_core::kinds::{Form, IndicatorKind, Normaliser, Os};

use super::indicators::systems;
use super::values::{Dead, path_too_long};
use super::{Examined, names};
use crate::format::Trace;
use crate::problem::{Code, shown};

/// The places of Windows that a path may start with.
const VARIABLES: [&str; 9] =
    ["programfiles", "programfiles(x86)", "programw6432", "programdata", "systemroot", "windir", "appdata", "localappdata", "userprofile"];

/// Folders that many programs share.
fn shared(os: Os) -> impl Iterator<Item = &'static str> {
    let section = include_str!("../shared-folders.txt").split("\n[").find_map(|section| section.strip_prefix(os.word())).unwrap_or_default();
    section.lines().skip(1).filter(|line| !line.is_empty())
}

/// What a path starts with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// `/`: Linux and macOS.
    Root,
    /// `~/`: every system.
    Home,
    /// `C:\` or `%VARIABLE%\`: Windows.
    Windows,
}

/// A path's start and the rest of it.
fn start(value: &str) -> Option<(Start, &str)> {
    if let Some(rest) = value.strip_prefix("~/") {
        return Some((Start::Home, rest));
    }
    if let Some(rest) = value.strip_prefix('/') {
        return Some((Start::Root, rest));
    }
    let (first, rest) = value.split_once('\\')?;
    let drive = first.len() == 2 && first.ends_with(':') && first.starts_with(|c: char| c.is_ascii_uppercase());
    let variable = first.strip_prefix('%').and_then(|name| name.strip_suffix('%'));
    let variable = variable.is_some_and(|name| VARIABLES.contains(&name.to_ascii_lowercase().as_str()));
    (drive || variable).then_some((Start::Windows, rest))
}

/// Why a path can never match.
pub(super) fn never_matches(value: &str, os: Option<Os>) -> Option<Dead> {
    if value.starts_with('~') && !value.starts_with("~/") && value != "~" {
        return Some(("`~user` is not any user's home", "write `~/` for any user's home"));
    }
    if path_too_long(value) {
        return Some(("it is longer than any path", "give the path as the system shows it"));
    }
    let (start, rest) = start(value)?;
    match (start, os) {
        (Start::Root, Some(Os::Windows)) => {
            return Some(("a path of Linux or macOS on Windows", "write `os: linux` or `os: macos`, or give the path on Windows"));
        }
        (Start::Windows, Some(Os::Linux | Os::Macos)) => return Some(("a path of Windows on another system", "write `os: windows`")),
        (Start::Windows, None) => return Some(("a path of Windows on other systems", "write `os: windows`")),
        _ => {}
    }
    let rest = rest.strip_suffix(['/', '\\']).unwrap_or(rest);
    if !rest.is_empty() && parts(rest, start, os).any(str::is_empty) {
        return Some(("it has two slashes in a row", "write one"));
    }
    parts(rest, start, os).any(|part| matches!(part, "." | "..")).then_some(("it has `.` or `..` in it", "write the path that it leads to"))
}

fn parts(rest: &str, start: Start, os: Option<Os>) -> impl Iterator<Item = &str> {
    let backslash = start == Start::Windows || os == Some(Os::Windows);
    rest.split(move |c| c == '/' || (backslash && c == '\\'))
}

/// Checks how a path is written and whether it is the product's own.
pub(super) fn check(file: &mut Examined<'_>, trace: &Trace) {
    if trace.kind != IndicatorKind::Path {
        return;
    }
    let value = trace.value.value.as_str();
    let Some((start, rest)) = start(value) else {
        let help = "start it with `/`, `~/` for any user's home, `C:\\`, or a variable such as `%ProgramData%\\`";
        file.add(Code::NotAbsolute, &trace.value, format!("{} is not an absolute path", shown(value)), help);
        return;
    };
    if let Some(home) = personal(value) {
        file.add(Code::NotAbsolute, &trace.value, format!("this is the home of one user: {}", shown(home)), "write `~/` for any user's home");
        return;
    }
    if parts(rest, start, trace.os.0).next().is_some_and(has_wildcard) {
        let help = "write the first folder in full; for Windows `C:\\Program Files\\` covers both of its folders";
        file.add(Code::PatternTooBroad, &trace.value, "the wildcard stands too early", help);
        return;
    }
    for os in systems(trace) {
        if let Some((code, message, help)) = too_broad(value, os, trace.generic) {
            file.add(code, &trace.value, message, help);
            return;
        }
    }
}

/// The start of a path that lies in the home of a user who is named.
fn personal(value: &str) -> Option<&str> {
    let lower = value.to_ascii_lowercase();
    let homes = ["/home/", "/users/", "c:\\users\\"];
    let home = homes.into_iter().find(|home| lower.starts_with(home))?;
    let everybody = ["shared", "public"].into_iter().any(|name| lower[home.len()..].starts_with(name));
    let (user, _) = value[home.len()..].split_once(['/', '\\'])?;
    (!everybody).then(|| &value[..home.len() + user.len()])
}

fn has_wildcard(value: &str) -> bool {
    value.contains(['*', '?'])
}

/// A path is the product's own if some part below the shared folders carries a name that is neither common nor hidden behind wildcards.
fn too_broad(value: &str, os: Os, generic: bool) -> Option<(Code, String, &'static str)> {
    let compared = Normaliser::new(os, None).value(Form::Path, value).into_owned();
    let path = compared.trim_end_matches('/');
    let in_shared = |folder: &&str| path.strip_prefix(*folder).is_some_and(|rest| rest.is_empty() || folder.ends_with('/') || rest.starts_with('/'));
    let folder = shared(os).filter(in_shared).max_by_key(|folder| folder.len()).unwrap_or_default();
    let below = path[folder.len()..].trim_start_matches('/');
    if below.is_empty() {
        let help = "name a file or folder of the product itself";
        return Some((Code::PathTooBroad, format!("{} is on every computer", shown(value)), help));
    }
    if generic || below.split('/').any(is_own) {
        return None;
    }
    if has_wildcard(below) {
        let help = "below the folders that programs share, write at least one name of the product itself";
        return Some((Code::PatternTooBroad, format!("{} matches things of other programs", shown(value)), help));
    }
    let help = "choose a path with the product's own name, or add `generic: true`";
    Some((Code::PathTooBroad, format!("nothing in {} is the product's own name", shown(value)), help))
}

fn is_own(part: &str) -> bool {
    let letters = part.chars().filter(|c| c.is_alphanumeric()).count();
    !names::is_common(part) && letters >= if has_wildcard(part) { 3 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(os: Os, value: &str, expect: Option<Code>) {
        assert_eq!(too_broad(value, os, false).map(|(code, ..)| code), expect, "{value}");
    }

    #[test]
    fn a_path_must_be_the_products_own() {
        for path in ["/opt/acme/", "/usr/bin/acmed", "/bin/acmed", "~/.acme/", "~/.config/acme/*", "/usr/lib/*/acme.so", "/opt/*/bin/acme-agent"] {
            check(Os::Linux, path, None);
        }
        for path in
            ["/", "/usr/bin/", "/bin/", "/usr/bin", "~/", "~/.config/", "/opt/", "/usr/bin/python3", "/opt/agent/bin/", "~/.config/autostart/agent.desktop"]
        {
            check(Os::Linux, path, Some(Code::PathTooBroad));
        }
        for path in ["/opt/*", "/opt/*/bin/agent", "/usr/bin/a*", "~/.config/**"] {
            check(Os::Linux, path, Some(Code::PatternTooBroad));
        }
        check(Os::Windows, "C:\\Program Files (x86)\\", Some(Code::PathTooBroad));
        check(Os::Windows, "%ProgramData%\\Agent\\client.exe", Some(Code::PathTooBroad));
        check(Os::Windows, "%LocalAppData%\\Programs\\Acme\\", None);
        check(Os::Windows, "D:\\Acme\\", None);
        check(Os::Macos, "/Applications/Memory.app/", Some(Code::PathTooBroad));
        check(Os::Macos, "/Library/LaunchDaemons/com.acme.plist", None);
    }

    #[test]
    fn no_home_of_a_named_user() {
        assert_eq!(personal("/home/anna/.acme"), Some("/home/anna"));
        assert_eq!(personal("C:\\Users\\Anna\\x"), Some("C:\\Users\\Anna"));
        assert_eq!(personal("/Users/Shared/acme"), None);
        assert_eq!(personal("/home.acme"), None);
    }

    #[test]
    fn shared_folders_are_in_compared_form() {
        for os in Os::ALL {
            assert!(shared(os).count() > 10);
            for folder in shared(os) {
                let with_slash = format!("{}/", folder.trim_end_matches('/'));
                if !["/", "/users/shared", "c:/users/public"].contains(&folder) {
                    assert_eq!(Normaliser::new(os, None).value(Form::Path, &with_slash), with_slash, "{os:?}");
                }
            }
        }
    }
}
