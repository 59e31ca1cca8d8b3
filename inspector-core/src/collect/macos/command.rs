//! Which programs are started on a Mac, and whether they are still there. Only their paths are kept, never what else they are told.

use std::path::Path;

use super::bundle;
use crate::collect::linux::command::programs_of;
use crate::collect::log::Log;

/// Longer texts of a property list are cut, and then are no path any more.
const LONGEST_PATH: usize = 300;

/// The programs that the words of a command line start: the program itself, and what a wrapper, an interpreter or `open` runs.
pub(super) fn programs(log: &mut Log, words: &[String]) -> Vec<String> {
    let mut found = programs_of(log, words);
    if let [program, arguments @ ..] = words
        && matches!(program.as_str(), "open" | "/usr/bin/open")
        && let Some(opened) = opened(log, arguments)
    {
        let executable = bundle::read(log, Path::new(&opened)).and_then(|application| application.executable);
        found.push(opened);
        found.extend(executable);
    }
    found
}

/// What `open` was told to open: an application by its name or its place, or a file.
fn opened(log: &Log, arguments: &[String]) -> Option<String> {
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "-a" => {
                let application = rest.next()?;
                if application.starts_with('/') {
                    return Some(application.clone());
                }
                let name = application.strip_suffix(".app").unwrap_or(application);
                let place = format!("/Applications/{name}.app");
                return (!name.contains('/') && log.exists(Path::new(&place)) == Some(true)).then_some(place);
            }
            // An identifier, a header, a file for what is written: no place of a program.
            "-b" | "-s" | "-u" | "-i" | "-o" | "--env" | "--stdin" | "--stdout" | "--stderr" | "--arch" => drop(rest.next()),
            "--args" => return None,
            option if option.starts_with('-') => {}
            file => return file.starts_with('/').then(|| file.to_owned()),
        }
    }
    None
}

/// Whether the last of the programs is there; unknown where that cannot be told.
pub(super) fn last_exists(log: &Log, programs: &[String]) -> Option<bool> {
    let last = programs.last().filter(|last| last.starts_with('/') && last.chars().count() < LONGEST_PATH)?;
    // macOS itself lies on a volume of its own, which a copy of the worker's data does not have.
    log.exists(Path::new(last)).filter(|exists| *exists || !is_of_macos(last))
}

fn is_of_macos(path: &str) -> bool {
    ["/bin/", "/sbin/", "/usr/", "/System/"].iter().any(|folder| path.starts_with(folder)) && !path.starts_with("/usr/local/")
}
