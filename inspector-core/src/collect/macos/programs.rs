//! Programs that are no applications: helpers with the rights of an administrator, and commands outside macOS itself.

use std::path::{Path, PathBuf};

use super::{places, with_home};
use crate::collect::log::Log;
use crate::collect::tree::What;
use crate::collect::{Collected, Context, path_text};
use crate::facts::{Fact, Program};
use crate::inventory::{ReasonCode, Source};

/// Folders of programs.
const FOLDERS: [&str; 5] = ["/Library/PrivilegedHelperTools", "/usr/local/bin", "/usr/local/sbin", "~/.local/bin", "~/bin"];
/// The most programs and folders of makers.
const MOST: usize = 10_000;

pub(super) fn collect(context: &Context) -> Collected {
    let mut log = Log::new(context, Source::Programs);
    let mut facts = Vec::new();
    for folder in places(context, &FOLDERS) {
        executables(&mut log, &folder, &mut facts);
    }
    // In these every maker has a folder.
    for (above, is_of_maker) in [(Path::new("/opt"), is_no_homebrew as fn(&str) -> bool), (Path::new("/usr/local"), is_of_maker)] {
        for entry in log.list(above) {
            let folder = above.join(&entry.name);
            if entry.what == What::Folder && entry.name.to_str().is_some_and(is_of_maker) {
                if facts.len() < MOST {
                    facts.push(program(&log, &folder));
                }
                executables(&mut log, &folder, &mut facts);
                executables(&mut log, &folder.join("bin"), &mut facts);
            }
        }
    }
    if facts.len() >= MOST {
        log.trouble(ReasonCode::TooMany, Path::new("/usr/local"));
    }
    with_home(context, log, facts)
}

/// The programs that lie directly in a folder.
fn executables(log: &mut Log, folder: &Path, facts: &mut Vec<Fact>) {
    for entry in log.list(folder) {
        let path = folder.join(&entry.name);
        if facts.len() >= MOST {
            return;
        }
        if matches!(entry.what, What::File | What::Link)
            && !(entry.what == What::Link && is_of_homebrew(log, &path))
            // Where the system has no mark for programs, everything here is one.
            && log.meta(&path).is_some_and(|meta| meta.what == What::File && meta.executable != Some(false))
        {
            facts.push(program(log, &path));
        }
    }
}

fn program(log: &Log, path: &Path) -> Fact {
    let path = path_text(path);
    Program { since: log.modified(&path), place: path.clone(), path }.into()
}

/// Whether a link leads to what the worker installed with Homebrew: hundreds of commands that nobody needs to be told of.
fn is_of_homebrew(log: &Log, link: &Path) -> bool {
    let target: PathBuf = log.context.tree.link(link).unwrap_or_default();
    target.starts_with("/opt/homebrew") || target.components().any(|part| part.as_os_str() == "Cellar")
}

fn is_no_homebrew(name: &str) -> bool {
    name != "homebrew"
}

/// Whether a folder in /usr/local is that of a maker, not one that every such place has.
fn is_of_maker(name: &str) -> bool {
    const USUAL: [&str; 17] = [
        "bin",
        "sbin",
        "lib",
        "libexec",
        "include",
        "share",
        "etc",
        "var",
        "opt",
        "man",
        "games",
        "src",
        "Cellar",
        "Caskroom",
        "Homebrew",
        "Frameworks",
        "remotedesktop",
    ];
    !USUAL.contains(&name)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::collect::testing::Fixture;
    use crate::inventory::Status;

    fn fixture() -> Fixture {
        Fixture::new()
            .program("/Library/PrivilegedHelperTools/com.acme.helper", "")
            .program("/usr/local/bin/acme", "")
            .file("/usr/local/bin/readme", "")
            .program("/usr/local/Cellar/wget/1/bin/wget", "")
            .link("/usr/local/bin/wget", "../Cellar/wget/1/bin/wget")
            .link("/usr/local/bin/gone", "/nowhere")
            .link("/usr/local/bin/agent", "/usr/local/acme/bin/agent")
            .program("/usr/local/acme/bin/agent", "")
            .program("/opt/orbit/bin/orbit", "")
            .program("/opt/homebrew/bin/git", "")
            .program("/Users/anna/.local/bin/tool", "")
    }

    #[test]
    fn commands_and_helpers_but_not_what_homebrew_brought() {
        let collected = fixture().collect_macos(collect);
        let paths: Vec<_> = collected.facts.iter().map(Fact::place).collect();
        assert_eq!(
            paths,
            [
                "/Library/PrivilegedHelperTools/com.acme.helper",
                "/usr/local/bin/acme",
                "/usr/local/bin/agent",
                "/Users/anna/.local/bin/tool",
                "/opt/orbit",
                "/opt/orbit/bin/orbit",
                "/usr/local/acme",
                "/usr/local/acme/bin/agent"
            ]
        );
        assert!(collected.facts.iter().all(|fact| matches!(fact, Fact::Program(program) if program.since.is_some() && program.path == program.place)));
        assert_eq!(collected.of(Source::Programs), (Status::Full, None));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let of = |fixture: Fixture| fixture.collect_macos(collect).of(Source::Programs);
        assert_eq!(of(Fixture::new()), (Status::Full, Some(ReasonCode::Absent)));
        assert_eq!(of(fixture().deny("/Library/PrivilegedHelperTools")), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(fixture().close("/usr/local/bin/acme")), (Status::Partial, Some(ReasonCode::PermissionDenied)));
        assert_eq!(of(fixture().homeless()), (Status::Partial, Some(ReasonCode::NoHome)));
        assert_eq!(of(Fixture::new().link("/usr/local/bin/a", "b").link("/usr/local/bin/b", "a")), (Status::Partial, Some(ReasonCode::LinkLoop)));
    }
}
